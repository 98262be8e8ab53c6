// A month of tenders from filing to the meeting: the snapshot by agency, district and kind of works, frozen and counted anew, and what the rules bring
// before the two stages. Thresholds are tried below, at and above.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { agencies, mandate, must, parseCsv, startCity, tempFolder } from "./support.mjs";
import { unzip } from "./office_files.mjs";

let city, known, liaison, controller;
const signIn = async () => {
  [liaison, controller] = await Promise.all(["liaison", "controller"].map(login => city.as(login)));
};
const at = async now => {
  await city.setClock(now);
  await signIn();
};
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  await signIn();
});
afterAll(() => city.finish());

const fields = { status_code: 165, works_kind: "road", summary: "", place: "", budget: 60_000_000, central_share: 0, award_price: 50_000_000, contractor: "", designer: "", supervisor: "", public_number: "" };
const checkpoints = [
  { name: "規劃設計", weight_bp: 1000, planned_start: "2026-11-01", planned_finish: "2026-12-20" },
  { name: "開工", weight_bp: 1000, planned_finish: "2027-01-31", flag: "start" },
  { name: "完工", weight_bp: 6000, planned_finish: "2027-04-30", flag: "completion" },
  { name: "驗收", weight_bp: 2000, planned_finish: "2027-06-30", flag: "acceptance" },
];
const curves = [{ measure: "overall", first_period: "2026-11-01", planned: [2000, 3000, 4000, 6000, 8000, 9000, 9500, 10000] }];
const lag = { category: "天候因素", responsibility: "不可歸責", cause: "連日豪雨", countermeasure: "增加工班", help: "無", deadline_on: "2027-01-31" };
const month = "2026-11-01";

async function controlled(title, more = {}) {
  const tender = await liaison.do("/api/tenders", { title, agency_id: known.construction.id, district: "66000090", fields: { ...fields, ...more.fields } });
  const path = `/api/tracking-items/${tender.id}`;
  must(await liaison.put(`${path}/checkpoints`, { checkpoints, revision: 1 }));
  must(await liaison.put(`${path}/curves`, { curves, revision: 2 }));
  await liaison.do(`${path}/set-up`);
  await controller.do(`${path}/set-up-decision`, { approve: true, approval_number: "府授研管字第1150001號" });
  return { id: tender.id, path, title };
}
const file = (tender, overall) => liaison.do(`${tender.path}/filings/${month}/submission`, { actuals: [{ measure: "overall", actual: overall }], narrative: `${tender.title}本月辦理情形`, revision: 0, ...(overall < 2000 ? { lag } : {}) });
const report = async (name, query = {}) => {
  const answer = await controller.get(`/api/reports/${name}/file?${new URLSearchParams({ format: "csv", as_of: "2026-11-30", ...query })}`);
  const rows = parseCsv(must({ ...answer, body: answer.text }));
  const head = rows.findIndex(row => row.includes("總件數"));
  return rows.slice(head + 1).filter(row => row.length > 5).map(row => Object.fromEntries(rows[head].map((title, place) => [title, row[place]])));
};
const line = (rows, name) => rows.find(row => Object.values(row)[0] === name);

describe("a month of tenders", () => {
  let tenders;

  it("is counted by agency, district and kind of works, with both lag rates under their own names", async () => {
    tenders = {
      on_time: await controlled("準時完成的道路"),
      below: await controlled("差一點的道路"),
      at_it: await controlled("剛好達門檻的道路"),
      above: await controlled("超過門檻的道路", { fields: { works_kind: "park", central_share: 1 } }),
      silent: await controlled("沒有填報的道路"),
    };
    await at("2026-12-02T02:00:00Z");
    await file(tenders.on_time, 2000);
    await file(tenders.below, 1001);
    await file(tenders.at_it, 1000);
    await file(tenders.above, 999);
    const [total] = (await report("tender-month")).slice(-1);
    expect(total).toMatchObject({ 總件數: "5", 已結案: "0", 符合: "2", 開工前逾期: "3", 落後: "3", 撤銷: "0", 未填報: "1", 中央補助: "1", "落後率（占總件數）": "60", "落後率（占未結案件數）": "60", 連續落後1個月: "3", 連續落後2個月: "0" });
    expect(line(await report("tender-month"), known.construction.name)).toMatchObject({ 落後: "3", 落後件數名次: "1", 落後率名次: "1", 綜合名次: "1" });
    expect(line(await report("tender-month-district"), "豐原區")).toMatchObject({ 總件數: "5", 落後: "3" });
    const works = await report("tender-month-works");
    expect(line(works, "公園綠地")).toMatchObject({ 總件數: "1", 落後: "1", "落後率（占總件數）": "100" });
    expect(line(works, "道路")).toMatchObject({ 總件數: "4", 落後: "2", "落後率（占總件數）": "50" });
  });

  it("is the same for ever when it is asked as known on its day, whatever is filed and decided afterwards", async () => {
    const then = await report("tender-month", { known_on: "2026-12-02" });
    await at("2026-12-05T02:00:00Z");
    await file(tenders.silent, 0);
    expect((await report("tender-month")).at(-1)).toMatchObject({ 落後: "4", 未填報: "0" });
    expect(await report("tender-month", { known_on: "2026-12-02" })).toEqual(then);
    const folder = tempFolder("tender-month");
    const out = join(folder, "month.ods");
    const made = await mandate(["report", "tender-month", ...city.where, "--month", "115-11", "--out", out]);
    expect(made, made.err).toMatchObject({ code: 0 });
    expect(unzip(readFileSync(out))["content.xml"].toString()).toContain("落後率（占未結案件數）");
    const wrong = await mandate(["report", "tender-month", ...city.where, "--month", "115-13", "--out", out]);
    expect(wrong.code).not.toBe(0);
    expect(wrong.err).toContain("--month");
  });

  it("brings before stage one what lags, and before stage two the agencies under the floor and each severe case, at the threshold and above", async () => {
    const series = (more = {}) => controller.do("/api/meeting-series", { kind: "agency", name: "標案月會", agency_id: known.construction.id, frequency: "month", day: 10, months_after: 1, stage: 1, sources: ["tenders.lagging"], ...more });
    const run = async of => {
      const { meeting } = await controller.do("/api/meetings", { series_id: of.id, period_on: "2026-11-15" });
      return controller.do(`/api/meetings/${meeting.id}/agenda-runs`, {});
    };
    const one = await run(await series());
    expect(one.runs[0]).toMatchObject({ key: "tenders.lagging", version: 1 });
    expect(one.runs[0].finding).toContain("4 件標案進度落後");
    // The worst first.
    expect(one.entries.map(entry => entry.title.split(" ").slice(1).join(" "))).toEqual([tenders.silent, tenders.above, tenders.at_it, tenders.below].map(tender => tender.title));
    const two = await run(await series({ kind: "review", name: "標案檢討會議", agency_id: known.rdec.id, stage: 2, sources: ["tenders.below_floor", "tenders.severe"] }));
    const of = key => two.entries.filter(entry => entry.source_key === key);
    expect(of("tenders.below_floor").map(entry => [entry.agency_name, entry.title])).toEqual([[known.construction.name, "績效公式P1 符合率 20%"]]);
    expect(of("tenders.severe").map(entry => entry.title.split(" ").slice(1).join(" "))).toEqual([tenders.silent, tenders.above, tenders.at_it].map(tender => tender.title));
    expect(of("tenders.severe").at(-1).reason).toContain("標案進度落後 10 個百分點（門檻 10）");
    expect(JSON.stringify(two.runs)).toContain("第1版，未載明來源");
  });
});
