import { describe, expect, it } from "vitest";
import { changedPart, cutByMarks } from "./marks";

describe("marks in a sentence", () => {
  it("cuts between the marks", () => {
    expect(cutByMarks("每月7日前催辦", [{ begin: 0, end: 5, part: "every" }])).toEqual([{ text: "每月7日前", part: "every" }, { text: "催辦", part: null }]);
  });
  it("counts code points, so a rare letter is one", () => {
    expect(cutByMarks("𠮷月召開", [{ begin: 1, end: 2, part: "months" }]).map((piece) => piece.text)).toEqual(["𠮷", "月", "召開"]);
  });
  it("loses no letter when marks overlap or lie outside", () => {
    const text = "於每年1月及7月召開大會";
    const pieces = cutByMarks(text, [{ begin: 1, end: 8, part: "months" }, { begin: 3, end: 5, part: "day" }, { begin: 5, end: 99, part: "what" }, { begin: 4, end: 4, part: "what" }]);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.filter((piece) => piece.part !== null)).toHaveLength(1);
  });
});

describe("the changed part", () => {
  it("lies between the common beginning and end", () => {
    expect(changedPart("於每年1月召開大會", "於每年1月及7月召開大會")).toEqual({ head: "於每年1月", before: "", after: "及7月", tail: "召開大會" });
  });
  it("is nothing for equal texts", () => expect(changedPart("甲", "甲")).toEqual({ head: "甲", before: "", after: "", tail: "" }));
  it("does not count a letter twice", () => expect(changedPart("甲甲", "甲甲甲")).toEqual({ head: "甲甲", before: "", after: "甲", tail: "" }));
});
