import { describe, expect, it } from "vitest";
import { parts } from "./marked";

describe("marks of hits", () => {
  it("cut a text by characters, not by the halves of rare ones", () => {
    expect(parts("𠮷野家臺中", [{ from: 3, length: 2 }])).toEqual([{ text: "𠮷野家", hit: false }, { text: "臺中", hit: true }]);
  });
  it("may touch, reach both ends, and be none", () => {
    expect(parts("abc", [{ from: 0, length: 1 }, { from: 1, length: 2 }])).toEqual([{ text: "a", hit: true }, { text: "bc", hit: true }]);
    expect(parts("abc", [])).toEqual([{ text: "abc", hit: false }]);
    expect(parts("", [])).toEqual([]);
  });
});
