import { describe, expect, it } from "vitest";
import { moved } from "./checklist_panel";

describe("the order of a checklist", () => {
  it("moves one item to another place and keeps the others in theirs", () => {
    expect(moved(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"]);
    expect(moved(["a", "b", "c", "d"], 3, 0)).toEqual(["d", "a", "b", "c"]);
    expect(moved(["a", "b"], 0, 1)).toEqual(["b", "a"]);
  });
});
