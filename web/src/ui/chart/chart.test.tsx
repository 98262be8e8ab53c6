import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { BarChart, LineChart, stateOf, type ChartData } from "./chart";

const mark = (value: number | null, text = String(value)) => ({ value, text });
const data: ChartData = {
  title: "late by month",
  categories: ["a", "b", "c", "d"].map((key) => ({ key, label: key })),
  series: [
    { key: "late", label: "Late", marks: [mark(4), mark(null, "no record"), mark(2), mark(0, "zero")] },
    { key: "severe", label: "Severe", marks: [mark(1), mark(1), mark(1), mark(1)] },
  ],
};

it("says a word where there is no figure, and draws no bar of it", () => {
  const { container } = render(<BarChart data={data} />);
  expect(screen.getByRole("img", { name: "late by month" })).toBeTruthy();
  expect(screen.getByText("no record")).toBeTruthy();
  expect(screen.getByText("zero")).toBeTruthy();
  expect(container.querySelectorAll(".chart__bar rect")).toHaveLength(6);
  const fills = new Set([...container.querySelectorAll(".chart__bar rect")].map((rect) => rect.getAttribute("fill")));
  expect(fills.size).toBe(2);  // told apart by their pattern
});

it("gives a state the colour that it has everywhere, with a pattern of its own", () => {
  const { container } = render(<BarChart data={{ ...data, series: data.series.map((one) => ({ ...one, state: stateOf(one.key) })) }} stacked />);
  expect([...container.querySelectorAll("pattern")].slice(0, 3).map((one) => one.firstElementChild?.getAttribute("class"))).toEqual(["chart__fill chart__fill--late", "chart__fill chart__fill--severe", "chart__fill chart__fill--2"]);
  expect(stateOf("council")).toBeUndefined();
});

it("stacks without a gap and says the sum", () => {
  const { container } = render(<BarChart data={data} stacked />);
  const [first, second] = [...container.querySelectorAll(".chart__row")][0]?.querySelectorAll("rect.chart__edge") ?? [];
  expect(parseFloat(second?.getAttribute("x") ?? "")).toBeCloseTo(parseFloat(first?.getAttribute("width") ?? ""));
  expect(screen.getByText("5")).toBeTruthy();
});

it("breaks a line where a figure is missing, and names each line at its end", () => {
  const { container } = render(<LineChart data={data} valueText={String} />);
  expect(container.querySelectorAll("polyline")).toHaveLength(2);  // two months of one line stand together, and the other line is whole
  expect(screen.getByText("Late zero")).toBeTruthy();
  expect(screen.getByText("Severe 1")).toBeTruthy();
});
