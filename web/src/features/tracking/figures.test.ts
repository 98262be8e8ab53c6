import { expect, it } from "vitest";
import { curveData, nextPeriod, plannedAt, readPercent, readPercents } from "./figures";

const curve = { measure: "overall", first_period: "2026-11-01", planned: [1000, 4000, 10000], generated: false };

it("reads percentages of two decimals at most, and nothing else", () => {
  expect(readPercent("12.5")).toBe(1250);
  expect(readPercent("１００")).toBe(10000);
  expect(readPercent("0")).toBe(0);
  for (const bad of ["", "100.01", "-1", "1.234", "a"]) expect(readPercent(bad), bad).toBeNull();
  expect(readPercents("5, 12 30、100")).toEqual([500, 1200, 3000, 10000]);
  expect(readPercents("5 x")).toBeNull();
  expect(readPercents(" ")).toBeNull();
});

it("walks periods over the turn of a year", () => {
  expect(nextPeriod("2026-12-01", "month")).toBe("2027-01-01");
  expect(nextPeriod("2026-10-01", "quarter")).toBe("2027-01-01");
  expect(nextPeriod("2026-01-01", "month", -1)).toBe("2025-12-01");
});

it("knows what was planned before, within and behind a curve", () => {
  expect(plannedAt(curve, "2026-10-01", "month")).toBe(0);
  expect(plannedAt(curve, "2026-12-01", "month")).toBe(4000);
  expect(plannedAt(curve, "2027-06-01", "month")).toBe(10000);
  expect(plannedAt(undefined, "2026-12-01", "month")).toBeNull();
});

it("draws no point where nothing was filed, and the typed value where it is typed", () => {
  const base = {
    title: "t", measure: "overall", first: [curve], current: [curve], every: "month" as const, label: (on: string) => on, labels: { first: "f", current: "c", actual: "a", missing: "none" },
    periods: [{ period: "2026-11-01", label: "", due_on: "", filing: null, values: [{ measure: "overall", state: "missing" as const, actual: null, lag_first: null, lag_current: null, months_first: null, months_current: null }], late_days: 0, late_waived: false, lag_kind: null, own_rating: null, reviewer_rating: null, computed: null, narrative: "" }],
  };
  const data = curveData(base as never);
  expect(data?.series).toHaveLength(2);
  expect(data?.series[1]?.marks[0]).toEqual({ value: null, text: "none" });
  const typed = curveData({ ...base, typed: { period: "2026-11-01", actual: 500 } } as never);
  expect(typed?.series[1]?.marks[0]).toEqual({ value: 5, text: "5%" });
});
