import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { en } from "./en";
import { originalOf, withLabels } from "./labels";
import { zh } from "./zh";

it("finds every label that the server lets be worded, in both dictionaries", () => {
  const source = readFileSync(import.meta.url.replace("file://", "").replace("web/src/i18n/labels.test.ts", "src/foundation/labels/rules.cpp"), "utf8");
  const list = /label_keys\(\) \{(.*?)return keys;/s.exec(source)?.[1] ?? "";
  const keys = [...list.matchAll(/"([a-z_]+\.[a-z0-9_]+)"/g)].map((found) => found[1] ?? "");
  expect(keys.length).toBeGreaterThan(50);
  for (const key of keys) for (const text of [zh, en]) expect([key, originalOf(text, key)]).not.toEqual([key, undefined]);
});

it("lays wordings over the dictionary and leaves the dictionary as it is", () => {
  const worded = withLabels(zh, { "role.handler": "承辦同仁", "nav.duties": "<b>事項</b>", "lateness.late": "已逾期" });
  expect([worded.roles.handler, worded.nav.duties, worded.status.late]).toEqual(["承辦同仁", "<b>事項</b>", "已逾期"]);
  expect([zh.roles.handler, zh.nav.duties, zh.status.late]).toEqual(["承辦人", "列管事項", "逾期"]);
  expect(worded.duties.states.open).toBe(zh.duties.states.open);
  expect(withLabels(zh, {})).toBe(zh);
  expect(withLabels(zh, { "role.__proto__": "x", "toString.call": "x", "nav.no_such": "x", "common.cancel": "x" })).toBe(zh);
});
