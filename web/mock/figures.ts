import type { Dashboard, DashboardRow, OfferedDataset, Overview, ReportIssue, ReportRow, ReportSchedule, ReportView, SearchResult, StatisticAnswer, StatisticCell, StatisticRow } from "../src/api/types";
import shapes from "../src/features/overview/districts.json";
import * as data from "./data";

// Made-up figures of the stand-in: the same for the same question.

const goals = ["強化管考", "便民服務", "青年參與", "淨零排放與循環經濟示範城市"].map((label, at) => ({ value: String(at + 1), label }));
const origins = ["plan", "pledge", "tender", "council", "petition", "own"].map((value, at) => ({ value, label: ["施政計畫", "政見", "標案管制", "議會決議", "陳情", "自行列管"][at] ?? value }));
const months = Array.from({ length: 15 }, (_, at) => ({ value: `${2022 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`, label: `${111 + Math.floor(at / 12)}年${(at % 12) + 1}月` }));
const dimensions: OfferedDataset["dimensions"] = [
  { name: "agency", label: "承辦機關", is_period: false, choices: data.agencies.slice(0, 30).map((row) => ({ value: row.id, label: row.name })) },
  { name: "origin", label: "來源", is_period: false, choices: origins },
  { name: "goal", label: "施政目標", is_period: false, choices: goals },
  { name: "district", label: "行政區", is_period: false, choices: shapes.districts.map((one) => ({ value: one.code, label: one.name })) },
  { name: "lateness", label: "時效", is_period: false, choices: [{ value: "late", label: "逾期" }, { value: "cancelled", label: "已撤銷" }] },
  { name: "due_month", label: "期限月份", is_period: true, choices: months },
];
const measures = ["應辦", "符合期限", "即將到期", "逾期", "嚴重逾期", "已完成", "期限內完成率"].map((label, at) => ({
  name: ["owed", "on_time", "at_risk", "late", "severe", "done", "on_time_rate"][at] ?? "", label, is_rate: at === 6,
  numerator: at === 6 ? "期限內完成的事項數" : `${label}的事項數`, denominator: at === 6 ? "已完成與逾期未完成的事項數" : "", version: 1, source: "未有明文依據",
}));
export const datasets: OfferedDataset[] = [{ name: "duties", label: "列管事項", dimensions, measures, period: "due", days: [{ name: "due", label: "期限" }, { name: "created", label: "列管日" }], ready: true, percent: 100, facts: 1200 }];

const spread = (text: string, most: number) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % most;
function cell(name: string, key: string): StatisticCell {
  const value = spread(name + key, name === "owed" ? 90 : name === "severe" ? 6 : 24);
  if (name === "on_time_rate") return { state: spread(key, 9) === 0 ? "not_yet_due" : "filed", value: 40 + (value % 30), of: 72, rate: Math.floor(((40 + (value % 30)) * 10000) / 72) } as StatisticCell;
  return { state: value === 0 ? "zero" : spread(key, 13) === 5 ? "missing" : "filed", value: spread(key, 13) === 5 ? null : value, of: null, rate: null } as StatisticCell;
}

export function statistic(query: URLSearchParams): StatisticAnswer {
  const by = (query.get("by") ?? "").split(",").map((name) => dimensions.find((one) => one.name === name)).filter((one) => one !== undefined);
  const asked = (query.get("measures") ?? "count").split(",").map((name) => measures.find((one) => one.name === name)).filter((one) => one !== undefined);
  const figures = asked.length > 0 ? asked : measures.slice(0, 1);
  const compared = query.get("compare") === "true";
  const row = (keys: StatisticRow["keys"]): StatisticRow => {
    const key = keys.map((one) => one.value).join("|");
    return { keys, cells: figures.map((one) => cell(one.name, key)), before: compared ? figures.map((one) => cell(one.name, `${key} before`)) : [], drill: figures.map(() => "lateness=late") };
  };
  const rows = by.reduce<StatisticRow["keys"][]>((all, dimension) => all.flatMap((keys) => dimension.choices.map((choice) => [...keys, choice])), [[]]);
  return {
    dataset: "duties", title: "列管事項", as_of: data.today, as_known_on: query.get("as_known_on"), dimensions: by.map(({ name, label }) => ({ name, label })), measures: figures,
    rows: by.length > 0 && !query.get("where")?.includes("cancelled") ? rows.slice(0, 400).map(row) : [], total: row([{ value: "", label: "合計" }]), filter: query.get("where") ? "時效：不含已撤銷" : "", list: "duties", suppressed_below: 0,
  };
}

export function overview(): Overview {
  const all = measures.map((one) => one.name).join(",");
  const ask = (by: string) => statistic(new URLSearchParams({ by, measures: all }));
  return {
    as_of: data.today, term_starts_on: "2022-12-25", week_starts_on: "2023-03-06", severe_a_week_ago: 2, totals: ask(""), agencies: ask("agency"), goals: ask("goal"), districts: ask("district"), trend: ask("due_month"),
    week: ["created", "done", "became_late", "extended"].map((name, at) => ({ name, count: [12, 31, 4, 0][at] ?? 0, where: "lateness=late", meaning: "這一週內的事項數" })),
  };
}

const board: Dashboard = {
  id: "1", name: "主管會報", by_name: "林雅文", shared: "city", mine: true, at_home: false, revision: 1,
  tiles: [{ title: "逾期（依承辦機關）", query: "by=agency&measures=late,severe", show: "stacked" }, { title: "期限內完成率（依期限月份）", query: "by=due_month&measures=on_time_rate", show: "lines" }, { title: "目前情形", query: "measures=owed,late,on_time_rate", show: "number" }, { title: "應辦（依來源）", query: "by=origin&measures=owed", show: "bars" }],
};
export const boards: DashboardRow[] = [{ id: board.id, name: board.name, by_name: board.by_name, shared: board.shared, mine: true, at_home: false, tiles: board.tiles.length }];
export const dashboard = (id: string): Dashboard | null => (id === board.id ? board : null);

export const reports: ReportRow[] = [{ name: "late", title: "逾期事項月報", about: "逐件列出逾期未完成的事項，依承辦機關排列。", parameters: [] }, { name: "agencies", title: "機關別管考統計", about: "每個機關應辦、完成與逾期的件數。", parameters: [] }];
export function report(name: string, query: URLSearchParams): ReportView | null {
  const one = reports.find((row) => row.name === name);
  if (!one) return null;
  return {
    name, title: one.title, about: one.about, as_of: query.get("as_of") ?? data.today, known_at: `${data.today}T02:00:00Z`, facts: [{ label: "資料日期", value: "民國112年3月7日" }, { label: "依此時所知", value: "112/03/07 10:00" }],
    columns: [{ title: "機關", type: "long_text" }, { title: "應辦", type: "integer" }, { title: "逾期", type: "integer" }, { title: "期限內完成率", type: "percent" }],
    rows: data.agencies.slice(0, 30).map((row) => ({ cells: [row.name, String(spread(row.name, 90)), String(spread(row.name, 7)), `${60 + spread(row.name, 40)}.0%`] })), more: false, has_chart: false, chart_description: "",
  };
}
export const issues: ReportIssue[] = [{ id: "1", report: "late", title: "逾期事項月報", format: "ods", as_of: "2023-02-28", known_at: "2023-03-01T01:00:00Z", file_name: "late-2023-02-28.ods", size: 41234, sha256: "0".repeat(64), row_count: 214, issued_at: "2023-03-01T01:00:00Z", issued_by_name: "林雅文", scheduled: true }];
export const schedules: ReportSchedule[] = [{ id: "1", report: "late", title: "逾期事項月報", filter: "", format: "ods", rhythm: "monthly", day: 1, about: "month_before", state: "active", reason: "", next_on: "2023-04-06", owner_name: "林雅文", readers: [{ account_id: "500", name: "林雅文" }, { account_id: "501", name: "趙甲子" }], revision: 1, actions: ["pause", "remove"] }];

export function search(query: URLSearchParams): SearchResult {
  const words = (query.get("q") ?? "").trim();
  const marks = (text: string) => (text.includes(words) ? [{ from: [...text.slice(0, text.indexOf(words))].length, length: [...words].length }] : []);
  const rows = data.duties.filter((row) => row.title.includes(words));
  const places = data.agencies.filter((row) => row.name.includes(words));
  return {
    rows: rows.slice(0, Number(query.get("limit") ?? 20)).map((row) => ({ kind: "duty", id: row.id, address: `/duties/${row.id}`, number: row.number, number_marks: [], title: row.title, title_marks: marks(row.title), excerpt: "", excerpt_marks: [], agency_id: row.agency_id, agency_name: row.agency_name, by_agency: false, by_holder: false, origin: row.origin, state: row.state, on: row.due_on })),
    next: null, total: rows.length, total_is_capped: false, places_total: places.length, index_incomplete: false,
    places: places.slice(0, 4).map((row) => ({ kind: "agency", id: row.id, address: `/agencies/${row.id}`, name: row.name, name_marks: marks(row.name), note: "", note_marks: [] })),
  };
}
