import type { ChartData, Series } from "../../ui/chart/chart";
import type { PlannedCurve, TrackedPeriod } from "../../api/types";

/** Basis points as people read them: two decimals at most, none when they say nothing. */
export const percentText = (basisPoints: number): string => String(basisPoints / 100);
/** Hundredths of a month with one decimal. */
export const monthText = (hundredths: number): string => (Math.round(hundredths / 10) / 10).toFixed(1);

/** "12.5" as basis points; null for what is no percentage of two decimals at most. */
export function readPercent(text: string): number | null {
  const plain = text.normalize("NFKC").trim().replace(/%$/, "");
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return null;
  const value = Math.round(Number(plain) * 100);
  return value <= 10_000 ? value : null;
}

/** The cumulative percentages of a line; null when one of them is none. */
export function readPercents(text: string): number[] | null {
  const parts = text.normalize("NFKC").split(/[\s,、]+/).filter(Boolean);
  const values = parts.map(readPercent);
  return parts.length === 0 || values.some((value) => value === null) ? null : (values as number[]);
}

const months_of = { month: 1, quarter: 3, year: 12 } as const;
export type Every = keyof typeof months_of;

export function nextPeriod(period: string, every: Every, count = 1): string {
  const [year = 0, month = 1] = period.split("-").map(Number);
  const index = year * 12 + month - 1 + months_of[every] * count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01`;
}

export function plannedAt(curve: PlannedCurve | undefined, period: string, every: Every): number | null {
  if (!curve || curve.planned.length === 0) return null;
  if (period < curve.first_period) return 0;
  let at = 0;
  for (let on = curve.first_period; on < period && at < curve.planned.length - 1; on = nextPeriod(on, every)) ++at;
  return curve.planned[at] ?? null;
}

/** Planned by the first and by the current baseline, and actual, over all periods. A period without a filing breaks the line: it is never drawn as 0. */
export function curveData({ title, measure, first, current, periods, typed, every, labels, label }: {
  title: string;
  measure: string;
  first: PlannedCurve[];
  current: PlannedCurve[];
  periods: TrackedPeriod[];
  typed?: { period: string; actual: number | null };
  every: Every;
  labels: { first: string; current: string; actual: string; missing: string };
  label: (period: string) => string;
}): ChartData | null {
  const curve_first = first.find((one) => one.measure === measure);
  const curve_current = current.find((one) => one.measure === measure);
  const start = [curve_first?.first_period, curve_current?.first_period, periods[0]?.period].filter((one): one is string => Boolean(one)).sort()[0];
  if (!start || (!curve_first && !curve_current)) return null;
  const ends = [curve_first, curve_current].filter((one): one is PlannedCurve => Boolean(one)).map((one) => nextPeriod(one.first_period, every, one.planned.length - 1));
  const last_filed = periods[periods.length - 1]?.period;
  const end = [...ends, ...(last_filed ? [last_filed] : [])].sort().at(-1) ?? start;
  const all: string[] = [];
  for (let on = start; on <= end && all.length < 600; on = nextPeriod(on, every)) all.push(on);
  const actual_of = (on: string): number | null => {
    if (typed && typed.period === on) return typed.actual;
    return periods.find((one) => one.period === on)?.values.find((one) => one.measure === measure)?.actual ?? null;
  };
  const line = (key: string, name: string, value: (on: string) => number | null, faint = false): Series => ({
    key, label: name, ...(faint ? { faint } : {}),
    marks: all.map((on) => {
      const basis_points = value(on);
      return { value: basis_points === null ? null : basis_points / 100, text: basis_points === null ? labels.missing : `${percentText(basis_points)}%` };
    }),
  });
  const same = JSON.stringify(curve_first) === JSON.stringify(curve_current);
  const series = [line("current", labels.current, (on) => plannedAt(curve_current, on, every), true), line("actual", labels.actual, actual_of)];
  if (!same) series.unshift(line("first", labels.first, (on) => plannedAt(curve_first, on, every), true));
  return { title, categories: all.map((on) => ({ key: on, label: label(on) })), series };
}
