import { expect, it } from "vitest";
import { asked, list, presetDays, readWhere, writeWhere } from "./question";

it("reads and writes conditions alike", () => {
  const text = "origin=plan|council;severity!=normal;due>=2026-01-01;district=";
  expect(readWhere(text)).toEqual([
    { dimension: "origin", sign: "=", values: ["plan", "council"] },
    { dimension: "severity", sign: "!=", values: ["normal"] },
    { dimension: "due", sign: ">=", values: ["2026-01-01"] },
    { dimension: "district", sign: "=", values: [""] },
  ]);
  expect(writeWhere(readWhere(text))).toBe(text);
  expect(readWhere("nonsense; ;=x")).toEqual([]);
});

it("asks the server without what only the page needs", () => {
  expect(asked({ by: "agency", show: "lines", sort: "-late", where: "origin=plan" })).toEqual({ by: "agency", measures: "count", where: "origin=plan", show: undefined, sort: undefined });
  expect(list("a,,b")).toEqual(["a", "b"]);
});

it("knows the usual periods", () => {
  expect(presetDays("quarter", "2026-11-24")).toEqual({ from: "2026-10-01", to: "2026-12-31" });
  expect(presetDays("month", "2024-02-10")).toEqual({ from: "2024-02-01", to: "2024-02-29" });
  expect(presetDays("last_year", "2026-11-24")).toEqual({ from: "2025-01-01", to: "2025-12-31" });
  expect(presetDays("to_date", "2026-11-24")).toEqual({ from: "2026-01-01", to: "2026-11-24" });
});
