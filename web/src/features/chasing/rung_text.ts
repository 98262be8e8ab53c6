import type { Rung } from "../../api/types";
import type { ChasingText } from "./words";

/** A rung as people say it: 逾期 3 天，之後每 7 天. */
export function rungText(words: ChasingText, rung: Pick<Rung, "offset_days" | "day_kind"> & { repeat_days?: number }): string {
  const said = words.ladders.rung_text(rung.offset_days, rung.day_kind === "working_day");
  return rung.repeat_days ? said + words.ladders.repeat_text(rung.repeat_days) : said;
}

/** The same from the key that figures go by, "3c:owner", or of a person's chase, "phone". */
export function rungOfKey(words: ChasingText, key: string): string {
  const found = /^(-?\d+)([cw]):(\w+)$/.exec(key);
  if (!found) return words.channels[key as "phone"] ?? key;
  const audience = found[3] as keyof typeof words.audiences;
  return `${rungText(words, { offset_days: Number(found[1]), day_kind: found[2] === "w" ? "working_day" : "calendar_day" })} · ${words.audiences[audience] ?? audience}`;
}
