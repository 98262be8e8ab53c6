import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { DayPlot, steps } from "./plot";

it("marks an axis in round steps that reach the largest value", () => {
  expect(steps(0)).toEqual([0, 1]);
  expect(steps(4)).toEqual([0, 1, 2, 3, 4]);
  expect(steps(90)).toEqual([0, 50, 100]);
  expect(steps(1_300_000)).toEqual([0, 500_000, 1_000_000, 1_500_000]);
  for (const most of [1, 3, 7, 11, 99, 101, 12_345]) {
    const marks = steps(most);
    expect(marks.at(-1)).toBeGreaterThanOrEqual(most);
    expect(marks.length).toBeLessThanOrEqual(6);
  }
});

it("draws a line from the first day to the last, and nothing of a single day", () => {
  const texts = { title: "growth", valueText: String, dayText: (iso: string) => iso };
  const { rerender, container } = render(<DayPlot points={[{ day: "2026-11-24", value: 10 }]} {...texts} />);
  expect(container.querySelector("svg")).toBeNull();
  rerender(<DayPlot points={[{ day: "2026-11-24", value: 10 }, { day: "2026-11-26", value: 20 }]} {...texts} />);
  expect(screen.getByRole("img", { name: "growth" })).toBeTruthy();
  const [first, last] = (container.querySelector("polyline")?.getAttribute("points") ?? "").split(" ").map((pair) => pair.split(",").map(Number));
  expect(first?.[0]).toBeLessThan(last?.[0] ?? 0);
  expect(first?.[1]).toBeGreaterThan(last?.[1] ?? 0);  // up is less on a screen
});
