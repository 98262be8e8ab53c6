// The server's answer as a chart and a table need it; pure.
import type { Formats } from "../../lib/format";
import { stateOf, type ChartData, type Mark } from "../../ui/chart/chart";
import type { StatisticAnswer, StatisticCell, StatisticRow } from "../../api/types";
import type { StatisticsWords } from "../../i18n/zh_statistics";

export type Show = "bars" | "stacked" | "lines" | "table" | "number";
export const drawn_max = 24;
/** So many on a dashboard, where several charts stand beside each other. */
export const drawn_on_board = 10;

/** Figures of one dimension may hold each other, as late holds severely late: stacked they would add up to nothing. */
export const stacks = (answer: StatisticAnswer) => answer.dimensions.length > 1;

type Words = StatisticsWords["figures"];

export function cellText(cell: StatisticCell | undefined, rate: boolean, s: Words, f: Formats): string {
  if (!cell) return s.cells.missing;
  if (cell.state !== "filed") return s.cells[cell.state];
  return rate ? f.percent(cell.rate ?? 0) : f.number(cell.value ?? 0);
}

/** A column to sort by, as it stands in an address: "-late" has the most first. */
export function readSort(sort: string | undefined): { by: string; down: boolean } | null {
  return sort ? { by: sort.replace(/^-/, ""), down: sort.startsWith("-") } : null;
}

/** Rows by a figure or by the order of their first dimension. Cells without a figure stay last, whichever way it goes. */
export function sorted(answer: StatisticAnswer, sort: string | undefined): StatisticRow[] {
  const wanted = readSort(sort);
  if (!wanted) return answer.rows;
  const at = answer.measures.findIndex((one) => one.name === wanted.by);
  if (at < 0) return wanted.by === answer.dimensions[0]?.name && wanted.down ? [...answer.rows].reverse() : answer.rows;
  const value = (row: StatisticRow) => {
    const cell = row.cells[at];
    if (cell?.state === "zero") return 0;
    return cell?.state === "filed" ? ((answer.measures[at]?.is_rate ? cell.rate : cell.value) ?? 0) : null;
  };
  return [...answer.rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0);
    return wanted.down ? right - left : left - right;
  });
}

/** What a chart draws of a cell: confirmed zero has no length but its word, whatever is missing has a word alone. */
function markOf(cell: StatisticCell | undefined, rate: boolean, s: Words, f: Formats): Mark {
  const value = cell?.state === "filed" ? (rate ? (cell.rate ?? 0) / 100 : (cell.value ?? 0)) : null;
  return { value: cell?.state === "zero" ? 0 : value, text: cellText(cell, rate, s, f) };
}

/** What a statistic is called: its figures, and by what. */
export function captionOf(answer: StatisticAnswer, s: Words, f: Formats): string {
  return s.chart_of(f.list(answer.measures.map((one) => one.label)), f.list(answer.dimensions.map((one) => one.label)) || s.none);
}

const isPeriod = (name: string) => /_(day|week|month|quarter|year)$/.test(name);

/** The chart that fits best when nobody chose one. */
export function usualShow(answer: StatisticAnswer): Show {
  if (answer.dimensions.length === 0) return "number";
  return isPeriod(answer.dimensions[0]?.name ?? "") && answer.rows.length > 3 ? "lines" : "bars";
}

/**
 * One dimension: its values against the figures of one kind (counts or rates). Two: the second one's values side by side, of the first figure.
 * Three: the first two together against the third.
 */
export function chartOf(answer: StatisticAnswer, s: Words, f: Formats, sort?: string, most = drawn_max): { data: ChartData; rate: boolean; cut: boolean } | null {
  const first = answer.measures[0];
  if (!first || answer.dimensions.length === 0) return null;
  const rate = first.is_rate;
  const by = f.list(answer.dimensions.map((one) => one.label));
  if (answer.dimensions.length === 1) {
    const measures = answer.measures.map((one, at) => ({ one, at })).filter(({ one }) => one.is_rate === rate);
    const period = isPeriod(answer.dimensions[0]?.name ?? "");
    const rows = period ? answer.rows : sorted(answer, sort ?? `-${first.name}`);
    const shown = period ? rows : rows.slice(0, most);
    const series = measures.flatMap(({ one, at }) => [
      { key: one.name, label: one.label, marks: shown.map((row) => markOf(row.cells[at], rate, s, f)) },
      ...(answer.total.before.length > 0 ? [{ key: `${one.name}-before`, label: s.year_before(one.label), faint: true, marks: shown.map((row) => markOf(row.before[at], rate, s, f)) }] : []),
    ]);
    return { data: { title: s.chart_of(f.list(measures.map(({ one }) => one.label)), by), categories: shown.map(category), series }, rate, cut: shown.length < rows.length };
  }
  const last = answer.dimensions.length - 1;
  const names = new Map<string, string>();
  const lines = new Map<string, { label: string; cells: Map<string, StatisticCell | undefined> }>();
  for (const row of answer.rows) {
    const key = row.keys.slice(0, last).map((one) => one.value).join("\u0001");
    const series = row.keys[last];
    if (!series) continue;
    names.set(series.value, series.label);
    const line = lines.get(key) ?? { label: row.keys.slice(0, last).map((one) => one.label).join("・"), cells: new Map<string, StatisticCell | undefined>() };
    line.cells.set(series.value, row.cells[0]);
    lines.set(key, line);
  }
  const all = [...lines.entries()];
  const shown = isPeriod(answer.dimensions[0]?.name ?? "") ? all : all.slice(0, most);
  const kinds = [...names.entries()].slice(0, 7);
  return {
    data: {
      title: s.chart_of(first.label, by),
      categories: shown.map(([key, line]) => ({ key, label: line.label })),
      series: kinds.map(([value, label]) => ({ key: value || "-", label, state: answer.dimensions[last]?.name === "lateness" ? stateOf(value) : undefined, marks: shown.map(([, line]) => markOf(line.cells.get(value), rate, s, f)) })),
    },
    rate,
    cut: shown.length < all.length || kinds.length < names.size,
  };
}

function category(row: StatisticRow): { key: string; label: string } {
  return { key: row.keys[0]?.value ?? "", label: row.keys[0]?.label ?? "" };
}
