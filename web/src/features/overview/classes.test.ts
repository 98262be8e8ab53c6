import { expect, it } from "vitest";
import { classesOf } from "./classes";
import shapes from "./districts.json";

it("puts districts into at most four classes that hold every number once", () => {
  expect(classesOf([])).toEqual([]);
  expect(classesOf([3, 3, 3])).toEqual([{ from: 3, to: 3 }]);
  expect(classesOf([1, 2])).toEqual([{ from: 1, to: 1 }, { from: 2, to: 2 }]);
  for (const values of [[1, 1, 1, 1, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 5, 6, 6, 6, 6, 6, 7, 20]]) {
    const classes = classesOf(values);
    expect(classes.length).toBeLessThanOrEqual(4);
    for (const value of values) expect(classes.filter((one) => value >= one.from && value <= one.to)).toHaveLength(1);
  }
});

it("has the outlines of all 29 districts, under their official names", () => {
  expect(shapes.districts).toHaveLength(29);
  expect(JSON.stringify(shapes)).not.toContain("台");
  for (const district of shapes.districts) {
    expect(district.path).toMatch(/^M[\d. ]+(L[\d. ]+){2,}Z/);
    expect(district.x).toBeGreaterThan(0);
    expect(district.x).toBeLessThan(shapes.width);
  }
});
