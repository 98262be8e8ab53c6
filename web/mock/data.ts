// An invented city to look at the console without its server. Development only; nothing here is built.
import type {
  AccountRow, Agency, AgencyRow, AuditEvent, ChangeRow, Duty, DutyRow, Lateness, Obligation, OfficeCalendar, OfficeDay, PlanRow, Policy, Sentence, Span, Standing,
} from "../src/api/types";
import { addDays, daysInMonth, toIso, weekday } from "../src/lib/roc";

export const today = "2023-03-07";

let seed = 7;
export function random(below: number): number {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * below);
}
export const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;

const firstLevel = ["研究發展考核委員會", "民政局", "教育局", "建設局", "交通局", "都市發展局", "水利局", "環境保護局", "社會局", "衛生局", "經濟發展局", "農業局", "觀光旅遊局", "文化局", "數位治理局", "財政局", "地政局", "法制局", "新聞局", "運動局"];
const districts = ["中區", "東區", "西屯區", "北屯區", "豐原區", "大里區", "太平區", "清水區", "沙鹿區", "大甲區", "東勢區", "和平區"];
const people = ["林雅文", "陳志豪", "黃淑芬", "張家瑋", "李怡君", "王俊傑", "吳佩珊", "劉冠廷", "蔡宜庭", "楊承翰", "許家豪", "鄭雅婷"];

export const agencies: AgencyRow[] = [
  { id: "1", code: "387000000A", name: "臺中市政府", short_name: "市府", kind: "city", parent_id: null, valid_from: "2010-12-25", valid_to: null, aliases: "", self_governing: false },
  ...firstLevel.map((name, index): AgencyRow => ({
    id: String(10 + index), code: `3870${String(index + 1).padStart(2, "0")}000X`, name: `臺中市政府${name}`, short_name: name, kind: "first_level", parent_id: "1", valid_from: "2010-12-25", valid_to: null, aliases: "", self_governing: false,
  })),
  { id: "60", code: "387040100X", name: "臺中市政府教育局示範圖書中心", short_name: "圖書中心", kind: "second_level", parent_id: "12", valid_from: "2015-01-01", valid_to: null, aliases: "", self_governing: false },
  ...districts.map((name, index): AgencyRow => ({
    id: String(70 + index), code: `3878${String(index + 1).padStart(2, "0")}000Y`, name: `臺中市${name}公所`, short_name: `${name}公所`, kind: "district_office", parent_id: "1", valid_from: "2010-12-25", valid_to: null, aliases: "", self_governing: name === "和平區",
  })),
];

export function agency(id: string): Agency | null {
  const row = agencies.find((each) => each.id === id);
  if (!row) return null;
  const post = (id: string, name: string, holder: string | null, deputy: string | null) => ({ id, name, kind: "officer" as const, valid_from: "2010-12-25", valid_to: null, holder_id: holder ? "1" : null, holder_name: holder, holder_from: holder ? "2022-12-25" : null, holder_to: null, deputy_name: deputy, deputy_to: deputy ? "2023-12-31" : null });
  return {
    ...row, parent_name: null,
    units: [{ id: "0", name: "機關本部", valid_from: null, valid_to: null, posts: [post(`${id}90`, "首長", pick(people), pick(people))] },
      { id: `${id}01`, name: "綜合規劃組", valid_from: "2010-12-25", valid_to: null, posts: [post(`${id}11`, "組長", pick(people), pick(people)), post(`${id}12`, "科員", pick(people), null)] },
      { id: `${id}02`, name: "管制考核組", valid_from: "2010-12-25", valid_to: null, posts: [post(`${id}21`, "組長", pick(people), pick(people)), post(`${id}22`, "專員", null, pick(people))] },
    ],
    contacts: [{ key: "施政計畫", kind: "施政計畫", name: pick(people), phone: "04-2228-0000 分機 21100", email: "plan@example.test" }],
    history: [{ name: row.name, short_name: row.short_name, kind: row.kind, parent_name: null, self_governing: row.self_governing, valid_from: row.valid_from, valid_to: null, recorded_at: "2022-12-01T02:00:00Z", changed_by_name: "系統", superseded_at: null }],
  };
}

const titles = ["彙整各機關政見達成情形並陳核", "召開跨局處區域治理工作會議", "完成基本設施補助計畫檢核點設定", "稽催未填報機關並彙整名單", "提報重大工程品質推動委員會議資料", "辦理公文時效實地檢核", "回復議員關心議題辦理情形", "完成簡政創新提案評選作業", "召開青年事務諮詢委員會大會", "落後標案改進對策提報府級會議", "公布每季績效目標達成情形", "更新合作備忘錄專區資料", "彙整陳情熱點時空分析報告", "辦理話務系統備援演練", "完成登山步道巡檢與缺失改善"];
const origins = ["plan", "plan", "pledge", "tender", "council", "document", "inspection", "youth_council", "meeting", "own"];

export function lateness(due: string, state: string): { lateness: Lateness; days: number } {
  const days = Math.round((Date.parse(due) - Date.parse(today)) / 86400000);
  if (state === "done") return { lateness: days % 5 === 0 ? "done_late" : "done", days };
  if (days < -14) return { lateness: "severe", days };
  if (days < 0) return { lateness: "late", days };
  if (days <= 7) return { lateness: "at_risk", days };
  return { lateness: "on_time", days };
}

export const duties: DutyRow[] = Array.from({ length: 230 }, (_, index): DutyRow => {
  const owner = pick(agencies.filter((row) => row.kind !== "city"));
  const state = random(5) === 0 ? "done" : "open";
  const due = addDays(today, random(120) - 28);
  const { lateness: late, days } = lateness(due, state);
  const origin = pick(origins);
  return {
    id: String(1000 + index), number: `112-${String(index + 1).padStart(5, "0")}`, title: `${pick(titles)}${index % 11 === 0 ? "（含後續三年延續性計畫之經費檢討與跨機關協調事項）" : ""}`,
    origin, agency_id: owner.id, agency_name: owner.short_name, post_id: `${owner.id}12`, post_name: "管考承辦", holder_name: random(9) === 0 ? null : pick(people),
    due_on: due, state, lateness: late, days_left: days, severity: pick(["normal", "normal", "high", "critical"] as const), confidentiality: "open",
    recurring: origin === "plan", source: origin === "plan" ? { kind: "plan_obligation", id: "30" } : null, district: null, goal_id: null,
  };
});

export function changes(id?: string): ChangeRow[] {
  const acts: [string, string][] = [["extend", "展期至 112/03/31"], ["done", "填報辦結"], ["reassign", "由民政局改派至建設局"], ["create", "立案"], ["chase", "發出稽催通知"]];
  return acts.map(([kind, text], index) => {
    const duty = id ? duties.find((each) => each.id === id) : duties[index * 7];
    return { position: 9000 - index, at: `2023-03-0${6 - index}T0${index + 1}:${20 + index}:00Z`, actor_name: index === 4 ? "" : pick(people), kind, record_kind: "duty", record_id: duty?.id ?? "1000", record_title: id ? "" : (duty?.title ?? ""), text };
  });
}

export function duty(id: string): Duty | null {
  const row = duties.find((each) => each.id === id);
  if (!row) return null;
  const open = row.state === "open";
  return {
    duty: row, revision: 1, standing_in_for: null, nominal_due_on: row.due_on,
    detail: "請於期限前完成，並填報辦理情形。\n如遇跨機關協調事項，請提府級會議討論。",
    created_at: "2023-01-05T02:00:00Z", created_by_name: "林雅文",
    evidence: open ? [] : [{ at: "2023-03-01T03:00:00Z", by_name: "陳志豪", text: "已於 112 年 3 月 1 日完成，文號 1120001234。" }],
    extensions: Number(id) % 3 === 0 ? [{ id: "1", asked_at: "2023-03-05T01:00:00Z", asked_by_name: "黃淑芬", asked_due_on: "2023-04-14", reason: "廠商資料未到齊，需補件。", state: "asked", decided_at: null, decided_by_name: null, decision_note: "" }] : [],
    history: changes(id),
    actions: (open ? ["done", "ask_extension", "reassign", ...(Number(id) % 3 === 0 ? ["decide_extension"] : []), "cancel"] : ["reopen"]),
    calendar_version: 2, first_due_on: addDays(row.due_on, -10),
    series: row.recurring ? { id: "1", every: "month", months: [], day: 7 } : null,
    siblings: duties.slice(3, 6),
  };
}

export function calendar(year: number): OfficeCalendar {
  const holidays: Record<string, string> = { "01-02": "補假", "01-20": "調整放假", "01-23": "春節", "01-24": "春節", "01-25": "春節", "01-26": "春節", "01-27": "調整放假", "02-27": "調整放假", "02-28": "和平紀念日", "04-03": "調整放假", "04-04": "兒童節", "04-05": "清明節", "06-22": "端午節", "06-23": "調整放假", "09-29": "中秋節", "10-09": "調整放假", "10-10": "國慶日" };
  const makeup = ["01-07", "02-04", "02-18", "03-25", "06-17", "09-23"];
  const days: OfficeDay[] = [];
  const put = (on: string, working: OfficeDay["working"], kind: OfficeDay["kind"], note: string) => days.push({ on, working, kind, open_morning: working !== "none", open_afternoon: working === "full", note });
  for (let month = 1; month <= 12; ++month) {
    for (let day = 1; day <= daysInMonth(year, month); ++day) {
      const on = toIso({ year, month, day });
      const short = on.slice(5);
      const weekend = weekday(on) % 6 === 0;
      if (year === 2023 && makeup.includes(short)) put(on, "full", "makeup", "補行上班");
      else if (year === 2023 && holidays[short]) put(on, "none", "holiday", holidays[short] ?? "");
      else if (short === "08-03") put(on, "none", "typhoon", "颱風停班");
      else if (short === "08-04") put(on, "half", "half_day", "下午停班");
      else put(on, weekend ? "none" : "full", weekend ? "weekend" : "workday", "");
    }
  }
  const version = (id: string, at: string, source: string, note: string) => ({ id, recorded_at: at, source, file_name: "", note, changed: 1 });
  return { year, version: "2", years: [2022, 2023, 2024], versions: [version("1", "2022-06-10T01:00:00Z", "政府行政機關辦公日曆表", ""), version("2", "2023-02-01T03:00:00Z", "人工宣布", "颱風停班")], days };
}

export const standing = (total: number, done = 0, late = 0, severe = 0): Standing => ({ total, open: total - done, done, done_late: 0, late, severe, cancelled: 0 });

interface Mark { text: string; part: string }
function sentence(id: number, part: Sentence["part"], plan: string, item: string, itemId: string | null, text: string, obligations: (Partial<Obligation> & { marks: Mark[] })[], columns: { name: string; text: string }[] = []): Sentence {
  return {
    id: String(id), line: id * 2 + 5, part, work_plan: plan, item, node_id: itemId, text, decided: false,
    decision: obligations.length > 0 ? "obligation" : id % 4 === 0 ? "undecided" : "none", columns,
    obligations: obligations.map((each, index): Obligation => {
      const spans: Span[] = each.marks.map((mark) => {
        const begin = Array.from(text.slice(0, text.indexOf(mark.text))).length;
        return { begin, end: begin + Array.from(mark.text).length, part: mark.part };
      });
      return { id: `${id}0${index}`, what: "", every: null, months: [], day: null, within: null, amounts: [], responsible: [], agency_id: "0", agency_name: "", state: "proposed", found_by: "reader", reason: "", standing: standing(0), ...each, spans };
    }),
  };
}

const rdec = { agency_id: "10", agency_name: "研究發展考核委員會" };
export const sentences: Sentence[] = [
  sentence(1, "preface", "", "", null, "本會以服務市民為念，持續精進施政管考。", []),
  sentence(2, "strategy", "", "", null, "按季檢視各項政見之辦理進度，並公開達成情形。", [{ what: "檢視各項政見辦理進度並公開達成情形", every: "quarter", ...rdec, marks: [{ text: "按季", part: "rhythm" }, { text: "檢視各項政見之辦理進度", part: "what" }] }]),
  sentence(3, "work_plan", "青年參與", "青年事務諮詢", "300", "於每年1月及7月召開青年大會，邀請100位青年代表出席，會後一個月內公布建議處理情形。", [
    { what: "召開青年大會", every: "year", months: [1, 7], amounts: [{ bound: "exactly", value: 100, unit: "位" }], ...rdec, marks: [{ text: "每年", part: "rhythm" }, { text: "1月及7月", part: "date" }, { text: "召開青年大會", part: "what" }, { text: "100位", part: "amount" }] },
    { what: "公布建議處理情形", within: { count: 1, unit: "month" }, ...rdec, marks: [{ text: "一個月內", part: "limit" }, { text: "公布建議處理情形", part: "what" }] },
  ]),
  sentence(4, "work_plan", "青年參與", "青年事務諮詢", "300", "另視需要辦理培力活動。", []),
  sentence(5, "work_plan", "強化管考", "標案進度管制", "301", "每月由各機關自行召開進度會報，進度落後10%以上者應提出改進對策。", [
    { what: "召開進度會報", every: "month", responsible: ["各機關"], marks: [{ text: "每月", part: "rhythm" }, { text: "各機關", part: "who" }, { text: "召開進度會報", part: "what" }] },
    { what: "提出改進對策", every: "month", amounts: [{ bound: "at_least", value: 10, unit: "%" }], responsible: ["各機關"], agency_id: "13", agency_name: "建設局", marks: [{ text: "落後10%以上", part: "amount" }, { text: "提出改進對策", part: "what" }] },
  ], [{ name: "預算（千元）", text: "1,200" }]),
  sentence(6, "work_plan", "強化管考", "標案進度管制", "301", "整體執行績效未達9成之機關，每月提報標案辦理情形。", [{ what: "提報標案辦理情形", every: "month", amounts: [{ bound: "below", value: 90, unit: "%" }], ...rdec, marks: [{ text: "未達9成", part: "amount" }, { text: "每月", part: "rhythm" }, { text: "提報標案辦理情形", part: "what" }] }]),
  sentence(7, "work_plan", "強化管考", "補助計畫管考", "302", "3月底前完成檢核點設定，每月7日前催辦各機關填報進度。", [
    { what: "完成檢核點設定", every: "year", months: [3], day: 0, ...rdec, marks: [{ text: "3月底前", part: "date" }, { text: "完成檢核點設定", part: "what" }] },
    { what: "催辦各機關填報進度", every: "month", day: 7, ...rdec, marks: [{ text: "每月7日前", part: "rhythm" }, { text: "催辦各機關填報進度", part: "what" }] },
  ]),
  sentence(8, "work_plan", "提升工程品質", "施工查核", "303", "本年度查核件數達200件以上，並定期辦理教育訓練。", [{ what: "辦理施工查核", every: "year", amounts: [{ bound: "at_least", value: 200, unit: "件" }], ...rdec, marks: [{ text: "本年度", part: "rhythm" }, { text: "200件以上", part: "amount" }] }]),
  ...Array.from({ length: 24 }, (_, index) => sentence(20 + index, "work_plan", "服務精進", `服務措施${Math.floor(index / 6) + 1}`, String(310 + Math.floor(index / 6)), index % 3 === 0 ? "每季檢討服務流程，並於次月10日前陳核檢討結果。" : "持續改善服務環境，提供便民措施。", index % 3 === 0 ? [{ what: "檢討服務流程並陳核結果", every: "quarter", day: 10, ...rdec, marks: [{ text: "每季", part: "rhythm" }, { text: "次月10日前", part: "date" }, { text: "檢討服務流程", part: "what" }] }] : [])),
];

export const plans: PlanRow[] = [
  { id: "1", year_roc: 112, agency_name: "研究發展考核委員會", title: "112 年度施政計畫", file_name: "112.txt", imported_at: "2023-01-09T01:30:00Z", coverage: { sentences: 32, obligation: 14, none: 12, undecided: 6, waiting: 9 }, standing: standing(46, 14, 3, 1) },
  { id: "2", year_roc: 111, agency_name: "研究發展考核委員會", title: "111 年度施政計畫", file_name: "111.txt", imported_at: "2022-01-10T02:00:00Z", coverage: { sentences: 70, obligation: 26, none: 44, undecided: 0, waiting: 0 }, standing: standing(44, 44) },
];

export const policies: Policy[] = [
  ["tender.lag", "標案進度落後門檻", "10", "%", "標案進度管制作業規定", "進度落後達此比率者，應提出改進對策。"],
  ["tender.lag_severe", "施工進度嚴重落後門檻", "20", "%", "標案進度管制作業規定", "逐案檢討。"],
  ["tender.performance", "執行績效門檻", "90", "%", "unsourced", "未達者須報告辦理情形。"],
  ["duty.at_risk", "即將到期天數", "7", "天", "unsourced", "期限前幾天起標為即將到期。"],
  ["filing.day", "每月填報截止日", "7", "日", "一般性補助款考核要點", null],
  ["inspection.count", "年度查核件數", "200", "件", "施工查核小組作業辦法", null],
].map(([key, title, value, unit, source, explanation]) => ({
  key: key as string, title: title as string, value: value as string, unit: unit as string, kind: "integer" as const, least: null, most: null, choices: [], source: source as string, explanation: explanation ?? "", valid_from: "2022-01-01", valid_to: null, changed_by_name: "林雅文", recorded_at: "2021-12-20T03:00:00Z",
  history: [{ value: String(Number(value) + 5), valid_from: "2019-01-01", valid_to: "2021-12-31", superseded_at: null, source: "unsourced", changed_by_name: "陳志豪", recorded_at: "2018-12-20T03:00:00Z" }],
}));

export const accounts: AccountRow[] = people.map((name, index) => ({
  id: String(500 + index), login_name: `user${index + 1}`, display_name: name, state: index === 3 ? "locked" : index === 8 ? "disabled" : "active",
  grants: [{ role: pick(["handler", "unit_head", "rdec_controller", "agency_liaison", "auditor"]), agency_id: index % 3 === 0 ? null : String(10 + index), agency_name: index % 3 === 0 ? "" : (firstLevel[index] ?? ""), unit_id: null }],
  person: index === 1 ? { id: "1", name, posts: "研考會 組長" } : null,
  last_sign_in_at: index === 5 ? null : `2023-03-0${(index % 6) + 1}T01:10:00Z`,
  has_password: index !== 5, second_step: index === 1, reset_asked_at: null,
  email: index % 2 === 0 ? `user${index + 1}@sample.invalid` : null,
}));

export const audit: AuditEvent[] = Array.from({ length: 120 }, (_, index) => {
  const kinds: [string, string, string][] = [["sign_in", "session", "登入"], ["duty_done", "duty", "填報辦結"], ["duty_extend", "duty", "核定展期至 112/04/14"], ["policy_value", "policy", "新增設定值 10 %"], ["obligation_accept", "plan_obligation", "列管應辦事項"]];
  const [kind, record, text] = kinds[index % kinds.length] as [string, string, string];
  return { position: 8421 - index, at: new Date(Date.parse("2023-03-07T04:00:00Z") - index * 3_700_000).toISOString(), actor_name: index % 9 === 0 ? "" : pick(people), kind, record_kind: record, record_id: String(1000 + index), record_title: "", text };
});
