// Dates of the Republic of China calendar: year 1 is 1912.

export interface DateParts {
  year: number;
  month: number;
  day: number;
}

const offset = 1911;

export function parseIso(iso: string): DateParts | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) return null;
  return checked(Number(match[1]), Number(match[2]), Number(match[3]));
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function checked(year: number, month: number, day: number): DateParts | null {
  if (year < 1912 || year > 2910 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return { year, month, day };
}

export function toIso({ year, month, day }: DateParts): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/**
 * Reads what an official would type: 112/03/07, 112-3-7, 112.3.7, 1120307, 民國112年3月7日, full-width digits, and ISO.
 * A three-digit (or shorter) year is a ROC year, a four-digit one is of the common era.
 */
export function parseTypedDate(text: string): string | null {
  const plain = text.normalize("NFKC").replace(/\s+/g, "").replace(/^(中華)?民國/, "");
  let match = /^(\d{1,4})年(\d{1,2})月(\d{1,2})日$/.exec(plain) ?? /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,2})$/.exec(plain);
  if (match) {
    const numbers = match.length === 5 ? [match[1], match[3], match[4]] : [match[1], match[2], match[3]];
    const typed = Number(numbers[0]);
    const parts = checked((numbers[0] ?? "").length === 4 ? typed : typed + offset, Number(numbers[1]), Number(numbers[2]));
    return parts && typed > 0 ? toIso(parts) : null;
  }
  match = /^(\d{2,3}|\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (match) {
    const typed = Number(match[1]);
    const parts = checked((match[1] ?? "").length === 4 ? typed : typed + offset, Number(match[2]), Number(match[3]));
    return parts && typed > 0 ? toIso(parts) : null;
  }
  return null;
}

/** 112/03/07 */
export function rocShort(iso: string): string {
  const parts = parseIso(iso);
  if (!parts) return iso;
  return `${parts.year - offset}/${String(parts.month).padStart(2, "0")}/${String(parts.day).padStart(2, "0")}`;
}

/** 民國112年3月7日 */
export function rocLong(iso: string): string {
  const parts = parseIso(iso);
  return parts ? `民國${parts.year - offset}年${parts.month}月${parts.day}日` : iso;
}

export function rocYear(year: number): number {
  return year - offset;
}

export function addDays(iso: string, days: number): string {
  const parts = parseIso(iso);
  if (!parts) return iso;
  const date = new Date(Date.UTC(parts.year, parts.month - 1, parts.day + days));
  return date.toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekday(iso: string): number {
  const parts = parseIso(iso);
  return parts ? new Date(Date.UTC(parts.year, parts.month - 1, parts.day)).getUTCDay() : 0;
}

export function monthGrid(year: number, month: number): (string | null)[][] {
  const cells: (string | null)[] = Array.from({ length: weekday(toIso({ year, month, day: 1 })) }, () => null);
  for (let day = 1; day <= daysInMonth(year, month); ++day) cells.push(toIso({ year, month, day }));
  while (cells.length % 7 !== 0) cells.push(null);
  const weeks: (string | null)[][] = [];
  for (let at = 0; at < cells.length; at += 7) weeks.push(cells.slice(at, at + 7));
  return weeks;
}
