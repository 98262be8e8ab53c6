import { describe, expect, it } from "vitest";
import { en as main_en } from "./en";
import { nameOf } from "./names";
import { zh as main_zh } from "./zh";

// The texts of features stand in files of their own: zh_plan.ts beside en_plan.ts. Some are part of the first dictionary, the others come with their feature.
const zh_files = import.meta.glob<Record<string, object>>("./zh_*.ts", { eager: true });
const en_files = import.meta.glob<Record<string, object>>("./en_*.ts", { eager: true });
const together = (files: Record<string, Record<string, object>>) => Object.fromEntries(Object.entries(files).map(([path, file]) => [path.replace(/^\.\/.._|\.ts$/g, ""), Object.values(file)[0]]));
const zh = { ...main_zh, ...together(zh_files) };
const en = { ...main_en, ...together(en_files) };

type Leaf = [string, unknown];
function leaves(value: unknown, path = ""): Leaf[] {
  if (value !== null && typeof value === "object") return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
  return [[path, value]];
}
/** The text of a leaf; a sentence with parts is called with samples. */
function text(leaf: unknown): string {
  return typeof leaf === "function" ? String((leaf as (...parts: unknown[]) => unknown)(...Array.from({ length: leaf.length }, (_, index) => index + 3))) : String(leaf);
}

describe("the two dictionaries", () => {
  it("hold the same keys", () => {
    expect(leaves(en).map(([path]) => path).sort()).toEqual(leaves(zh).map(([path]) => path).sort());
  });
  it("have sentences that take the same number of parts", () => {
    const other = new Map(leaves(en));
    for (const [path, value] of leaves(zh)) if (typeof value === "function") expect([path, (other.get(path) as () => void).length]).toEqual([path, value.length]);
  });
  it("leave nothing empty but the marks of plain days", () => {
    for (const dictionary of [zh, en]) for (const [path, value] of leaves(dictionary)) if (!/\.marks\.(workday|weekend)$/.test(path)) expect([path, text(value) !== ""]).toEqual([path, true]);
  });
  it("write 臺, never 台, and keep Chinese out of English", () => {
    for (const [path, value] of leaves(zh)) expect([path, text(value).includes("台")]).toEqual([path, false]);
    for (const [path, value] of leaves(en)) if (path !== ".shell.switch_language") expect([path, /[\u4e00-\u9fff]/.test(text(value))]).toEqual([path, false]);
  });
  it("use every part of a sentence", () => {
    const silent = [".agencies.lead"];
    for (const [path, value] of leaves(zh)) {
      if (typeof value !== "function" || silent.includes(path)) continue;
      expect([path, text(value)]).not.toEqual([path, text("")]);
    }
  });
  it("show a code they do not know as it is", () => {
    expect(nameOf(zh.origins, "plan")).toBe("施政計畫");
    expect(nameOf(zh.origins, "new_thing")).toBe("new_thing");
    expect(nameOf(zh.origins, "toString")).toBe("toString");
    expect(nameOf(zh.origins, null, "—")).toBe("—");
  });
});
