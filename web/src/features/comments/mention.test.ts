import { describe, expect, it } from "vitest";
import { cutByNames, mentionAt, withMention } from "./mention";

describe("mentions", () => {
  it("begin at an @ before the caret, and not in an address or after a space", () => {
    expect(mentionAt("請 @王", 4)).toEqual({ from: 2, words: "王" });
    expect(mentionAt("@", 1)).toEqual({ from: 0, words: "" });
    expect(mentionAt("a@b", 3)).toBeNull();
    expect(mentionAt("@王 好", 4)).toBeNull();
    expect(mentionAt("沒有", 2)).toBeNull();
  });
  it("put the name and leave the rest", () => {
    expect(withMention("請 @王 確認", 2, 4, "王小明")).toEqual({ text: "請 @王小明  確認", caret: 7 });
  });
  it("are found again in the text, the longer name first", () => {
    expect(cutByNames("@王小明 與 @王小 好", ["王小", "王小明"])).toEqual([
      { text: "@王小明", name: true },
      { text: " 與 ", name: false },
      { text: "@王小", name: true },
      { text: " 好", name: false },
    ]);
    expect(cutByNames("沒有提及", [])).toEqual([{ text: "沒有提及", name: false }]);
  });
});
