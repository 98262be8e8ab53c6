import { expect, it } from "vitest";
import { fold } from "./fold";

it("finds 臺 by 台, and half width by full width", () => {
  expect(fold("臺中市政府")).toBe(fold("台中市 政府"));
  expect(fold("ＲＤＥＣ")).toBe("rdec");
});
