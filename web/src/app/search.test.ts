import { expect, it } from "vitest";
import { parseSearch, writeSearch } from "./search";

it("keeps filters as plain text, numbers included", () => {
  expect(parseSearch("?q=112&view=city")).toEqual({ q: "112", view: "city" });
  expect(writeSearch({ q: "112", view: "city", none: undefined, empty: "", gone: null })).toBe("?q=112&view=city");
  expect(writeSearch({})).toBe("");
  expect(parseSearch(writeSearch({ q: "臺中 & 區" }))).toEqual({ q: "臺中 & 區" });
});
