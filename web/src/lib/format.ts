import type { Language } from "../api/types";
import { parseIso, rocLong, rocShort } from "./roc";

const zone = "Asia/Taipei";

export interface Formats {
  /** The short form, for tables: 112/03/07 or 2023-03-07. */
  date: (iso: string) => string;
  /** The long form, for sentences: 民國112年3月7日 or 7 March 2023. */
  longDate: (iso: string) => string;
  instant: (instant: string) => string;
  number: (value: number) => string;
  /** Several names in one line. */
  list: (names: string[]) => string;
  /** A name and what is said of it. */
  pair: (name: string, text: string) => string;
  /** Basis points, cut to one decimal and never rounded up: 8999.6 must not read 90.0 %. */
  percent: (basisPoints: number) => string;
}

function taipei(instant: string): { date: string; time: string } | null {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return null;
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(at);
  const get = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { date: `${get("year")}-${get("month")}-${get("day")}`, time: `${get("hour")}:${get("minute")}` };
}

export function makeFormats(language: Language): Formats {
  const roc = language === "zh-TW";
  const integer = new Intl.NumberFormat(language);
  const english = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const date = (iso: string) => (roc ? rocShort(iso) : iso);
  return {
    date,
    longDate: (iso) => {
      if (roc) return rocLong(iso);
      return parseIso(iso) ? english.format(new Date(`${iso}T00:00:00Z`)) : iso;
    },
    instant: (instant) => {
      const at = taipei(instant);
      return at ? `${date(at.date)} ${at.time}` : instant;
    },
    number: (value) => integer.format(value),
    list: (names) => names.join(roc ? "、" : ", "),
    pair: (name, text) => `${name}${roc ? "：" : ": "}${text}`,
    percent: (basisPoints) => `${(Math.floor(basisPoints / 10) / 10).toFixed(1)}%`,
  };
}
