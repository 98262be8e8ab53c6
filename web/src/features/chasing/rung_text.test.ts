import { describe, expect, it } from "vitest";
import { rungOfKey, rungText } from "./rung_text";
import { chasing } from "./words";

const { zh, en } = chasing;

describe("a rung in words", () => {
  it("says before, on and after, in days and working days", () => {
    expect(rungText(zh, { offset_days: -7, day_kind: "calendar_day" })).toBe("到期前 7 天");
    expect(rungText(zh, { offset_days: -1, day_kind: "working_day" })).toBe("到期前 1 個工作天");
    expect(rungText(zh, { offset_days: 0, day_kind: "working_day" })).toBe("到期當天");
    expect(rungText(zh, { offset_days: 3, day_kind: "calendar_day", repeat_days: 7 })).toBe("逾期 3 天，之後每 7 天");
    expect(rungText(en, { offset_days: 3, day_kind: "working_day" })).toBe("3 working days late");
  });
  it("reads the keys of figures, and shows one it does not know as it is", () => {
    expect(rungOfKey(zh, "15c:agency_head")).toBe("逾期 15 天 · 機關首長");
    expect(rungOfKey(zh, "phone")).toBe("電話");
    expect(rungOfKey(zh, "something")).toBe("something");
  });
});
