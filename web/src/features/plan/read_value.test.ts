import { expect, it } from "vitest";
import { readValue } from "./read_value";

it("reads figures as people type them", () => {
  expect(["0", " 12 ", "1,200", "１２．５", "1,234,567.25", "0.00"].map(readValue)).toEqual([0, 12, 1200, 12.5, 1234567.25, 0]);
});
it("takes nothing that would be stored as something else", () => {
  expect(["", "-1", "0.001", "1e3", "約 5", "1,2", "NaN", "Infinity", "9999999999999"].map(readValue)).toEqual(Array(9).fill(null));
});
