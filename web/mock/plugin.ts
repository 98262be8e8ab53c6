import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { Connect, Plugin } from "vite";
import type { ObligationInput, Plan, PlanImport, PlanNode, Session } from "../src/api/types";
import { addDays } from "../src/lib/roc";
import * as data from "./data";
import * as figures from "./figures";

// The server's part of the contract, held in memory, so that every page can be looked at. Development only.

const everything = ["duty.read", "duty.create", "report.issue", "report.schedule", "plan.read", "plan.import", "plan.decide", "agency.read", "agency.edit", "calendar.read", "calendar.edit", "policy.read", "policy.edit", "audit.read", "jobs.read", "account.read", "account.edit", "token.edit"];
const session: Session = {
  account: { id: "500", login_name: "controller", display_name: "林雅文", language: "zh-TW" },
  grants: [{ role: "rdec_controller", agency_id: null, agency_name: "", unit_id: null }],
  permissions: everything, form_token: "form", today: data.today, sample: true, must: [], second_step_due_on: null, stands_in_for: [],
};
let signedIn = true;
const tokens = [{ id: "1", name: "開放資料匯出", permissions: "duty.read", created_at: "2023-01-06T20:00:00Z", expires_at: "2023-12-31T15:59:59Z", revoked_at: null }];

class Refusal extends Error {
  constructor(readonly status: number, title: string, readonly fields: { path: string; message: string; key: string }[] = [], readonly detail: string | null = null) {
    super(title);
  }
}

function absent(): never {
  throw new Refusal(404, "查無資料");
}

interface Request { query: URLSearchParams; body: Record<string, unknown>; parts: string[] }

function page<T>(rows: T[], query: URLSearchParams, size = 25) {
  const at = Number(query.get("cursor") ?? 0);
  return { rows: rows.slice(at, at + size), next: at + size < rows.length ? String(at + size) : null, total: rows.length, total_is_capped: false };
}

function filtered(query: URLSearchParams) {
  const state = query.get("state") ?? "open";
  const late = query.get("lateness");
  const q = query.get("q") ?? "";
  const view = query.get("view") ?? "mine";
  let rows = data.duties.filter((row) =>
    (state === "all" || row.state === state) && (!late || row.lateness === late || (late === "overdue" && (row.lateness === "late" || row.lateness === "severe"))) && (!query.get("origin") || row.origin === query.get("origin")) &&
    (!query.get("agency_id") || row.agency_id === query.get("agency_id")) && (q === "" || row.title.includes(q) || row.number.includes(q)) &&
    (!query.get("due_from") || row.due_on >= (query.get("due_from") ?? "")) && (!query.get("due_to") || row.due_on <= (query.get("due_to") ?? "")) &&
    (view !== "mine" || row.holder_name === "林雅文") && (view !== "unit" || Number(row.id) % 4 === 0) && (view !== "agency" || Number(row.id) % 2 === 0));
  const sort = query.get("sort") ?? "due";
  const by = sort.replace("-", "");
  const value = (row: (typeof rows)[number]) => (by === "due" ? row.due_on : by === "agency" ? row.agency_name : by === "title" ? row.title : row.number);
  rows = [...rows].sort((a, b) => (value(a) < value(b) ? -1 : 1) * (sort.startsWith("-") ? -1 : 1));
  return rows;
}

function coverage() {
  const count = (decision: string) => data.sentences.filter((each) => each.decision === decision).length;
  return { sentences: data.sentences.length, obligation: count("obligation"), none: count("none"), undecided: count("undecided"), waiting: data.sentences.filter((each) => each.decision === "undecided" || each.obligations.some((one) => one.state === "proposed")).length };
}

const difference = [
  { change: "changed", line: 11, before: "於每年1月召開青年大會", after: "於每年1月及7月召開青年大會" },
  { change: "added", line: 15, before: "", after: "整體執行績效未達9成之機關，每月提報標案辦理情形。" },
  { change: "removed", line: 30, before: "視需要辦理參訪。", after: "" },
];

function planImport(same: boolean): PlanImport {
  return { plan_id: "1", year_roc: 112, agency_name: "研究發展考核委員會", file_name: "112.txt", same_as_before: same, difference: same ? [] : difference, coverage: coverage(), obligation_count: 17 };
}

function tree(): PlanNode[] {
  const item = (id: string, title: string, total: number, done: number, late: number, severe: number, covered: number | null): PlanNode => ({ kind: "item", id, title, sentences: 6, decided: 4, coverage: covered, obligations: 3, standing: data.standing(total, done, late, severe), children: [] });
  const node = (kind: PlanNode["kind"], id: string, title: string, children: PlanNode[]): PlanNode => {
    const sum = (of: (child: PlanNode) => number) => children.reduce((total, child) => total + of(child), 0);
    return { kind, id, title, sentences: 8, decided: 6, coverage: 8125, obligations: 4, standing: data.standing(sum((c) => c.standing.total), sum((c) => c.standing.done), sum((c) => c.standing.late), sum((c) => c.standing.severe)), children };
  };
  return [
    node("goal", "g1", "擴大青年公共參與", [node("strategy", "s1", "推動青年事務諮詢", [node("work_plan", "w1", "青年參與", [item("300", "青年事務諮詢", 8, 3, 0, 0, 10000)])])]),
    node("goal", "g2", "提升施政效能", [
      node("strategy", "s2", "強化分層管考", [node("work_plan", "w2", "強化管考", [item("301", "標案進度管制", 18, 5, 2, 1, 9000), item("302", "補助計畫管考", 9, 2, 1, 0, 6667), item("304", "公文時效管制", 0, 0, 0, 0, null)])]),
      node("strategy", "s3", "落實三級品管", [node("work_plan", "w3", "提升工程品質", [item("303", "施工查核", 11, 4, 0, 0, 7500)])]),
    ]),
  ];
}

const obligationOf = (id: string) => {
  for (const sentence of data.sentences) {
    const found = sentence.obligations.find((each) => each.id === id);
    if (found) return { sentence, obligation: found };
  }
  throw new Refusal(404, "查無此應辦事項");
};
const nameOf = (id: unknown) => data.agencies.find((row) => row.id === id)?.short_name ?? "";

type Handler = (request: Request) => unknown;
const routes: [string, RegExp, Handler][] = [
  ["POST", /^session$/, ({ body }) => {
    if (body.login_name === "locked") throw new Refusal(423, "帳號已暫時鎖定", [], null);
    if (body.password !== "mandate") throw new Refusal(401, "帳號或密碼不正確");
    signedIn = true;
    return session;
  }],
  ["GET", /^session$/, () => session],
  ["DELETE", /^session$/, () => { signedIn = false; return {}; }],
  ["GET", /^sessions$/, () => ({ rows: [
    { id: "1", created_at: "2023-03-07T00:30:00Z", seen_at: "2023-03-07T04:00:00Z", expires_at: "2023-03-07T12:30:00Z", device: "Firefox，Windows 10", current: true },
    { id: "2", created_at: "2023-03-05T00:30:00Z", seen_at: "2023-03-06T04:00:00Z", expires_at: "2023-03-08T12:30:00Z", device: "Safari，iPhone", current: false }] })],
  ["DELETE", /^sessions\/.+$/, () => ({})],
  ["GET", /^home$/, () => {
    const mine = filtered(new URLSearchParams("view=city"));
    const late = mine.filter((row) => row.lateness === "late" || row.lateness === "severe");
    const needs = mine.filter((row) => row.holder_name === "林雅文");
    return { today: data.today, needs_me: { count: needs.length, count_is_capped: false, rows: needs.slice(0, 6) }, late: { count: late.length, count_is_capped: false, rows: late.slice(0, 6) }, changes: data.changes(), counts: { open: mine.length, due_this_week: mine.filter((row) => row.lateness === "at_risk").length, late: late.length, severe: late.filter((row) => row.lateness === "severe").length, done_this_month: 31 }, scope: "city" };
  }],
  ["GET", /^duties$/, ({ query }) => page(filtered(query), query)],
  ["POST", /^duties$/, ({ body }) => {
    if (typeof body.title !== "string" || body.title.length < 4) throw new Refusal(422, "資料需要修正", [{ path: "title", message: "事項名稱至少 4 個字", key: "duties.title_short" }]);
    return data.duty("1000");
  }],
  ["GET", /^duties\/(\d+)$/, ({ parts }) => data.duty(parts[1] ?? "") ?? (() => { throw new Refusal(404, "查無此事項"); })()],
  ["POST", /^duties\/(\d+)\/[a-z]+/, ({ parts, body }) => {
    const row = data.duties.find((each) => each.id === parts[1]);
    if (!row) throw new Refusal(404, "查無此事項");
    if (parts[2] === "completion") {
      if (String(body.evidence ?? "").length < 5) throw new Refusal(422, "資料需要修正", [{ path: "evidence", message: "辦理情形至少 5 個字", key: "duties.evidence_short" }]);
      Object.assign(row, { state: "done", lateness: "done" });
    } else if (parts[2] === "reopening") Object.assign(row, { state: "open", ...{ lateness: data.lateness(row.due_on, "open").lateness } });
    else if (parts[2] === "reassignment") Object.assign(row, { agency_id: body.agency_id, agency_name: nameOf(body.agency_id) });
    else if (parts[2] === "cancellation") Object.assign(row, { state: "cancelled" });
    return data.duty(row.id);
  }],
  ["GET", /^duty-calendar$/, ({ query }) => {
    const days = [];
    for (let on = query.get("from") ?? data.today; on <= (query.get("to") ?? data.today); on = addDays(on, 1)) {
      const due = data.duties.filter((row) => row.due_on === on && row.state === "open");
      const office = data.calendar(Number(on.slice(0, 4))).days.find((day) => day.on === on);
      days.push({ on, working: office?.working !== "none", note: office?.note ?? "", duties: due.slice(0, 3), more: Math.max(0, due.length - 3) });
    }
    return { days };
  }],
  ["GET", /^duty-statistics$/, ({ query }) => {
    const by = query.get("by") ?? "agency";
    const groups = new Map<string, { key: string; label: string; open: number; late: number; severe: number; done: number; done_late: number; rate: number | null }>();
    const total = { key: "total", label: "合計", open: 0, late: 0, severe: 0, done: 0, done_late: 0, rate: 0 as number | null };
    for (const row of data.duties) {
      const key = by === "agency" ? row.agency_id : row.origin;
      const group = groups.get(key) ?? { key, label: by === "agency" ? row.agency_name : row.origin, open: 0, late: 0, severe: 0, done: 0, done_late: 0, rate: null };
      for (const into of [group, total]) {
        if (row.state === "open") into.open += 1;
        if (row.lateness === "late" || row.lateness === "severe") into.late += 1;
        if (row.lateness === "severe") into.severe += 1;
        if (row.state === "done") into.done += 1;
        if (row.lateness === "done_late") into.done_late += 1;
        into.rate = into.open > 0 ? Math.floor((10000 * into.late) / into.open) : null;
      }
      groups.set(key, group);
    }
    return { as_of: data.today, definition: { name: "逾期率", numerator: "統計時已逾期限且未辦結之事項數", denominator: "統計時辦理中之事項數", version: 1 }, rows: [...groups.values()].sort((a, b) => b.late - a.late), total };
  }],
  ["GET", /^statistic-datasets$/, () => ({ rows: figures.datasets })],
  ["GET", /^statistics$/, ({ query }) => figures.statistic(query)],
  ["GET", /^overview$/, () => figures.overview()],
  ["GET", /^dashboards$/, () => ({ rows: figures.boards })],
  ["GET", /^dashboards\/\d+$/, ({ parts }) => figures.dashboard(parts[1] ?? "") ?? absent()],
  ["GET", /^home-dashboard$/, () => ({ dashboard: null })],
  ["GET", /^views$/, () => ({ rows: [] })],
  ["GET", /^reports$/, () => ({ rows: figures.reports })],
  ["GET", /^reports\/[\w-]+$/, ({ query, parts }) => figures.report(parts[1] ?? "", query) ?? absent()],
  ["GET", /^report-issues$/, ({ query }) => page(figures.issues, query)],
  ["GET", /^report-schedules$/, ({ query }) => page(figures.schedules, query)],
  ["GET", /^search$/, ({ query }) => figures.search(query)],
  ["GET", /^agencies$/, () => ({ rows: data.agencies })],
  ["GET", /^agencies\/(\d+)$/, ({ parts }) => data.agency(parts[1] ?? "") ?? (() => { throw new Refusal(404, "查無此機關"); })()],
  ["PUT", /^agencies\/(\d+)$/, ({ parts, body }) => { Object.assign(data.agencies.find((row) => row.id === parts[1]) ?? {}, body); return data.agency(parts[1] ?? ""); }],
  ["POST", /^agencies$/, ({ body }) => { data.agencies.push({ ...(body as object), id: String(900 + data.agencies.length), valid_to: null } as never); return body; }],
  ["GET", /^agencies\/(\d+)\/contacts$/, ({ parts }) => ({ rows: (data.agency(parts[1] ?? "")?.contacts ?? []).map((row) => ({ ...row, recorded_at: "2022-12-01T02:00:00Z", changed_by_name: "系統", superseded_at: null })) })],
  ["POST", /^agencies\/\d+\/(units|posts|contacts|contact-closure|closure)$/, () => ({ id: "9001" })],
  ["GET", /^agency-(units|posts)\/(\d+)$/, ({ parts }) => ({
    id: parts[2], name: "管制考核組", kind: "officer", agency_id: "10", unit_id: null,
    history: [{ name: "管制考核組", kind: null, agency_name: "研究發展考核委員會", unit_name: null, valid_from: "2010-12-25", valid_to: null, recorded_at: "2022-12-01T02:00:00Z", changed_by_name: "系統", superseded_at: null }],
    holders: [{ person_id: "1", person_name: "林雅文", valid_from: "2022-12-25", valid_to: null, recorded_at: "2022-12-01T02:00:00Z", changed_by_name: "系統", superseded_at: null }],
  })],
  ["PUT", /^agency-(units|posts)\/\d+$/, () => ({})],
  ["POST", /^agency-(units|posts)\/\d+\/(closure|vacancy|holders)$/, () => ({ id: "1" })],
  ["GET", /^agency-people$/, ({ query }) => page([{ id: "1", name: "林雅文", posts: ["研考會 組長"], has_account: true }, { id: "2", name: "王志明", posts: [], has_account: false }].filter((row) => row.name.includes(query.get("q") ?? "")), query)],
  ["GET", /^agency-people\/\d+\/deputies$/, () => ({ person_name: "林雅文", rows: [] })],
  ["POST", /^agency-people\/\d+\/(deputies|deputy-closure)$/, () => ({})],
  ["PUT", /^accounts\/(\d+)\/person$/, ({ parts }) => Object.assign(data.accounts.find((row) => row.id === parts[1]) ?? {}, { person: { id: "2", name: "王志明", posts: "" } })],
  ["DELETE", /^accounts\/(\d+)\/person$/, ({ parts }) => Object.assign(data.accounts.find((row) => row.id === parts[1]) ?? {}, { person: null })],
  ["POST", /^agency-imports$/, ({ body }) => (String(body.csv).includes("壞") ? { rows: 3, created: 0, changed: 0, unchanged: 0, skipped: 0, fault_count: 2, faults: [{ line: 2, column: "code", message: "代碼重複：387010000X" }, { line: 4, column: "valid_from", message: "日期「112/13/01」不存在" }] } : { rows: 3, created: 1, changed: 1, unchanged: 1, skipped: 0, fault_count: 0, faults: [] })],
  ["GET", /^calendar$/, ({ query }) => {
    const year = Number(query.get("year"));
    return year > 2024 ? { year, version: "0", years: [2023], versions: [], days: [] } : data.calendar(year);
  }],
  ["POST", /^calendar-imports$/, ({ body }) => (String(body.text).startsWith("x") ? { year: 2023, days: 0, changed: 0, due_dates_moved: 0, kept: 0, version: "2", fault_count: 1, faults: [{ line: 1, column: "", message: "不是 JSON，也沒有 CSV 標題列" }] } : { year: 2023, days: 365, changed: 2, due_dates_moved: 14, kept: 363, version: "3", fault_count: 0, faults: [] })],
  ["POST", /^calendar-days$/, () => ({ version: "2023-3", due_dates_moved: 6 })],
  ["GET", /^calendar-due$/, ({ query }) => ({ due_on: addDays(query.get("start") ?? data.today, Number(query.get("amount")) + 2), due_at: `${addDays(query.get("start") ?? data.today, Number(query.get("amount")) + 2)}T15:59:59Z`, version: "2", skipped: [{ on: "2023-03-11", kind: "weekend", note: "" }, { on: "2023-03-12", kind: "weekend", note: "" }] })],
  ["GET", /^policies$/, () => ({ rows: data.policies })],
  ["POST", /^policies\/.+\/values$/, ({ parts, body }) => {
    const row = data.policies.find((each) => each.key === decodeURIComponent(parts[1] ?? ""));
    if (row) Object.assign(row, body);
    return row;
  }],
  ["GET", /^audit-events$/, ({ query }) => page(data.audit.filter((row) => (!query.get("record_kind") || row.record_kind === query.get("record_kind")) && (!query.get("actor") || row.actor_name?.includes(query.get("actor") ?? ""))), query, 30)],
  ["GET", /^audit-status$/, () => ({ size: 8421, checkpoint: { size: 8400, root: "1d7a33c58e6f0a1b9f2c4be0", at: "2023-03-07T03:00:00Z", key_id: "2023-a" }, verification: { at: "2023-03-07T03:05:00Z", size: 8400, good: true, report: "" } })],
  ["GET", /^labels$/, () => ({ "zh-TW": {}, en: {} })],
  ["GET", /^jobs$/, ({ query }) => ({ rows: [
    { id: "1", kind: "due_dates.recompute", state: "running", run_at: "2023-03-07T04:00:00Z", attempts: 1, last_error: "", done_count: 42, total_count: 100, actions: [] },
    { id: "2", kind: "notices.chase", state: "failed", run_at: "2023-03-07T00:00:00Z", attempts: 3, last_error: "郵件伺服器未回應", done_count: 0, total_count: 0, actions: [] },
    { id: "3", kind: "series.extend", state: "waiting", run_at: "2023-03-08T00:00:00Z", attempts: 0, last_error: "", done_count: 0, total_count: 0, actions: [] }].filter((row) => (query.get("state") === "failed") === (row.state === "failed")),
    next: null, failed: 1, waiting: 1,
    schedules: [{ name: "notices.chase", every_seconds: 86400, last_run_at: "2023-03-07T00:00:00Z", next_run_at: "2023-03-08T00:00:00Z", last_took_ms: 12, last_error: "" }] })],
  ["GET", /^accounts$/, ({ query }) => page(data.accounts.filter((row) => row.display_name.includes(query.get("q") ?? "")), query)],
  ["POST", /^accounts$/, ({ body }) => ({ ...body, id: "999", state: "active", grants: [], last_sign_in_at: null })],
  ["PUT", /^accounts\/(\d+)\/grants$/, ({ parts, body }) => Object.assign(data.accounts.find((row) => row.id === parts[1]) ?? {}, { grants: (body.grants as { agency_id: string }[]).map((grant) => ({ ...grant, agency_name: nameOf(grant.agency_id) })) })],
  ["POST", /^accounts\/(\d+)\/disablement$/, ({ parts }) => Object.assign(data.accounts.find((row) => row.id === parts[1]) ?? {}, { state: "disabled" })],
  ["DELETE", /^accounts\/(\d+)\/disablement$/, ({ parts }) => Object.assign(data.accounts.find((row) => row.id === parts[1]) ?? {}, { state: "active" })],
  ["GET", /^roles$/, () => ({ roles: [{ role: "handler", permissions: ["duty.read"] }, { role: "rdec_controller", permissions: everything.slice(0, 12) }, { role: "auditor", permissions: ["duty.read", "plan.read", "audit.read"] }, { role: "system_admin", permissions: ["account.read", "account.edit", "token.edit", "jobs.read"] }] })],
  ["GET", /^service-tokens$/, () => ({ rows: tokens, next: null, total: tokens.length, total_is_capped: false })],
  ["POST", /^service-tokens$/, ({ body }) => { tokens.push({ ...(body as unknown as (typeof tokens)[0]), permissions: String(body.permissions), id: String(tokens.length + 1), created_at: "2023-03-07T04:00:00Z", expires_at: `${String(body.expires_on)}T15:59:59Z` }); return { id: "2", name: body.name, token: "mdt_4f6b1c0de7a94b5c8e21" }; }],
  ["DELETE", /^service-tokens\/.+$/, () => { tokens.pop(); return {}; }],
  ["GET", /^plans$/, () => ({ rows: data.plans, next: null, total: 2, total_is_capped: false })],
  ["POST", /^plan-imports$/, ({ body }) => {
    if (!String(body.text).includes("計畫")) throw new Refusal(422, "讀不出計畫", [{ path: "text", message: "第 1 行：找不到年度與機關名稱", key: "plan.no_heading" }]);
    return planImport(String(body.text).includes("相同"));
  }],
  ["GET", /^plans\/\d+\/sentences$/, ({ query }) => {
    const decision = query.get("decision");
    return page(data.sentences.filter((each) => (!decision || (decision === "waiting" ? each.obligations.some((one) => one.state === "proposed") : each.decision === decision)) && (!query.get("part") || each.part === query.get("part"))), query, 20);
  }],
  ["POST", /^plan-sentences\/(\d+)\/decision$/, ({ parts, body }) => Object.assign(data.sentences.find((each) => each.id === parts[1]) ?? {}, { decision: body.decision })],
  ["POST", /^plan-sentences\/(\d+)\/obligations$/, ({ parts, body }) => {
    const sentence = data.sentences.find((each) => each.id === parts[1]);
    sentence?.obligations.push({ ...(body as unknown as ObligationInput), id: `${parts[1]}9${sentence.obligations.length}`, spans: [], agency_id: String(body.agency_id ?? "0"), state: "proposed", agency_name: nameOf(body.agency_id), found_by: "controller", reason: "", standing: data.standing(0) });
    if (sentence) sentence.decision = "obligation";
    return sentence;
  }],
  ["GET", /^plan-obligations\/(\d+)$/, ({ parts }) => ({ id: parts[1], plan_id: "112", node_id: null, title: "", sentence: "" })],
  ["PUT", /^plan-obligations\/(\d+)$/, ({ parts, body }) => Object.assign(obligationOf(parts[1] ?? "").obligation, body, { agency_name: nameOf(body.agency_id) })],
  ["POST", /^plan-obligations\/(\d+)\/acceptance$/, ({ parts }) => {
    const { obligation } = obligationOf(parts[1] ?? "");
    if (obligation.agency_id === "0") throw new Refusal(422, "尚未指定承辦機關", [], "請先以「編輯」指定承辦機關，再列管這項應辦事項。");
    return Object.assign(obligation, { state: "accepted", standing: data.standing(2) });
  }],
  ["POST", /^plan-obligations\/(\d+)\/drop$/, ({ parts }) => Object.assign(obligationOf(parts[1] ?? "").obligation, { state: "dropped" })],
  ["POST", /^plan-obligations\/(\d+)\/withdrawal$/, ({ parts }) => Object.assign(obligationOf(parts[1] ?? "").obligation, { state: "proposed" })],
  ["POST", /^plans\/\d+\/acceptance$/, ({ body }) => {
    const ids = (body.obligation_ids as string[] | undefined) ?? [];
    for (const id of ids) Object.assign(obligationOf(id).obligation, { state: "accepted", standing: data.standing(1) });
    return { accepted: ids.length, duties: ids.length * 3 };
  }],
  ["GET", /^plans\/\d+$/, ({ parts }) => ({ plan: { ...data.plans[Number(parts[1]) - 1], ...(parts[1] === "1" ? { coverage: coverage() } : {}) }, as_of: data.today, difference: parts[1] === "1" ? difference : [], tree: tree() }) as Plan],
  ["GET", /^plan-items\/\d+$/, ({ parts }) => {
    const rows = data.sentences.filter((each) => each.node_id === parts[1]);
    return {
      id: parts[1], plan_id: "1", kind: "item", year_roc: 112, agency_name: "研究發展考核委員會", title: rows[0]?.item ?? "標案進度管制", parent_title: rows[0]?.work_plan ?? "強化管考", sentences: rows, standing: data.standing(8, 3, 1),
      indicators: [{ id: "1", name: "查核件數", unit: "件", bound: "at_least", target: 200, actual: 38, state: "filed" }, { id: "2", name: "與會人數", unit: "位", bound: "exactly", target: 100, actual: null, state: "not_yet_due" }, { id: "3", name: "逾期件數", unit: "件", bound: "at_most", target: 5, actual: 0, state: "confirmed_zero" }, { id: "4", name: "填報率", unit: "%", bound: "at_least", target: 95, actual: null, state: "missing" }],
      duties: data.duties.filter((row) => row.origin === "plan").slice(0, 8), history: data.changes("1000"),
      evidence: [{ at: "2023-03-01T03:00:00Z", by_name: "陳志豪", duty_id: data.duties[0]?.id, duty_number: data.duties[0]?.number, text: "已於 112 年 3 月 1 日完成，文號 1120001234。" }],
    };
  }],
  ["POST", /^plan-indicators\/\d+\/values$/, () => ({})],
  ["GET", /^plan-comparison$/, () => ({ rows: [
    { work_plan: "青年參與", item: "青年事務諮詢", change: "changed", before: ["於每年1月召開青年大會。"], after: ["於每年1月及7月召開青年大會，邀請100位青年代表出席。"], obligations_before: Array(1).fill(null), obligations_after: Array(2).fill(null) },
    { work_plan: "強化管考", item: "標案進度管制", change: "same", before: ["每月召開進度會報。"], after: ["每月召開進度會報。"], obligations_before: Array(1).fill(null), obligations_after: Array(1).fill(null) },
    { work_plan: "強化管考", item: "補助計畫管考", change: "added", before: [], after: ["3月底前完成檢核點設定。"], obligations_before: Array(0).fill(null), obligations_after: Array(2).fill(null) },
    { work_plan: "服務精進", item: "櫃檯評鑑", change: "removed", before: ["每半年辦理櫃檯評鑑。"], after: [], obligations_before: Array(1).fill(null), obligations_after: Array(0).fill(null) }] })],
];

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const path = url.pathname.replace(/^\/api\//, "");
  const send = (status: number, body: unknown, type = "application/json") => {
    response.statusCode = status;
    response.setHeader("content-type", type);
    response.setHeader("x-request-id", "mock-1");
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
  try {
    if (path.endsWith(".csv")) return send(200, "﻿number,title\r\n", "text/csv; charset=utf-8");
    if (!signedIn && !(path === "session" && request.method === "POST")) throw new Refusal(401, "請先登入");
    for (const [method, pattern, handle] of routes) {
      if (method !== request.method || !pattern.test(path)) continue;
      const text = method === "GET" ? "" : await read(request);
      await new Promise((resolve) => setTimeout(resolve, 60));
      return send(200, handle({ query: url.searchParams, body: text ? (JSON.parse(text) as Record<string, unknown>) : {}, parts: path.split("/") }) ?? {});
    }
    throw new Refusal(404, "查無此功能");
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, String(error));
    send(refusal.status, { type: "about:blank", title: refusal.message, status: refusal.status, detail: refusal.detail, instance: "mock-1", key: null, fields: refusal.fields }, "application/problem+json");
  }
}

/** The same answer header the server gives with the shell. */
export function policyOf(nonce: string): string {
  return `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
}

const types: Record<string, string> = { css: "text/css", js: "text/javascript", svg: "image/svg+xml" };

export function mockServer(): Plugin {
  const api: Connect.NextHandleFunction = (request, response, next) => {
    if (!request.url?.startsWith("/api/")) return next();
    void answer(request, response);
  };
  return {
    name: "mock-server",
    configureServer(server) {
      server.middlewares.use(api);
    },
    transformIndexHtml: {
      order: "post",
      handler: (html, context) => (context.server ? html.replaceAll("__LANG__", "zh-Hant-TW").replaceAll(/ nonce="__CSP_NONCE__"/g, "") : html),
    },
    configurePreviewServer(server) {
      const dist = (path: string) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));
      server.middlewares.use(api);
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? "/").split("?")[0] ?? "/";
        if (/^\/(assets|public)\/[\w.-]+$/.test(path)) {
          response.setHeader("content-type", types[path.split(".").pop() ?? ""] ?? "application/octet-stream");
          return void response.end(readFileSync(dist(path.slice(1))));
        }
        if (path !== "/console" && !path.startsWith("/console/")) return next();
        const nonce = randomBytes(16).toString("base64");
        response.setHeader("content-type", "text/html; charset=utf-8");
        response.setHeader("content-security-policy", policyOf(nonce));
        response.end(readFileSync(dist("index.html"), "utf8").replaceAll("__CSP_NONCE__", nonce).replaceAll("__LANG__", "zh-Hant-TW"));
      });
    },
  };
}
