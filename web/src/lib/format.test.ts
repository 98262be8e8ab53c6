import { describe, expect, it } from "vitest";
import { makeFormats } from "./format";

describe("formats", () => {
  const zh = makeFormats("zh-TW");
  const en = makeFormats("en");
  it("shows dates by language", () => {
    expect(zh.date("2023-03-07")).toBe("112/03/07");
    expect(zh.longDate("2023-03-07")).toBe("民國112年3月7日");
    expect(en.date("2023-03-07")).toBe("2023-03-07");
    expect(en.longDate("2023-03-07")).toBe("7 March 2023");
  });
  it("shows instants in Taipei, whatever the browser's zone", () => {
    expect(zh.instant("2023-03-07T16:30:00Z")).toBe("112/03/08 00:30");
    expect(en.instant("2023-03-07T16:30:00Z")).toBe("2023-03-08 00:30");
    expect(zh.instant("not a time")).toBe("not a time");
  });
  it("cuts percents and never rounds one up over a threshold", () => {
    expect(zh.percent(8999)).toBe("89.9%");
    expect(zh.percent(9000)).toBe("90.0%");
    expect(zh.percent(9001)).toBe("90.0%");
    expect(zh.percent(0)).toBe("0.0%");
  });
});
