import { describe, expect, it } from "vitest";
import { readDay, readMonths } from "./recurrence";

describe("recurrence as typed", () => {
  it("reads the day", () => {
    expect(readDay("7", "月底")).toBe(7);
    expect(readDay("３１", "月底")).toBe(31);
    expect(readDay("月底", "月底")).toBe(0);
    expect(readDay("last", "月底")).toBe(0);
    expect(readDay(" ", "月底")).toBeNull();
    for (const bad of ["0", "32", "七", "1.5", "-1"]) expect(readDay(bad, "月底")).toBeUndefined();
  });
  it("reads the months", () => {
    expect(readMonths("7,1")).toEqual([1, 7]);
    expect(readMonths("1月、7月")).toEqual([1, 7]);
    expect(readMonths("")).toEqual([]);
    for (const bad of ["13", "0", "x"]) expect(readMonths(bad)).toBeUndefined();
  });
});
