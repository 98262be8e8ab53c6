// Work under control through its routes: a tender from its set-up to a locked month, by the people who do each step.
import { agencies, allRows, must, parseCsv, startCity } from "./support.mjs";

let city;
let known;
let liaison;
let head;
let controller;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
});
afterAll(() => city.finish());
const signIn = async () => {
  [liaison, head, controller] = await Promise.all(["liaison", "agency-head", "controller"].map(login => city.as(login)));
};
beforeEach(signIn);
const at = async now => {
  await city.setClock(now);
  await signIn();
};

const fields = { status_code: 165, works_kind: "road", summary: "道路拓寬", place: "豐原大道", budget: 60_000_000, central_share: 20_000_000, contractor: "", designer: "", supervisor: "", public_number: "" };
const checkpoints = [
  { name: "規劃設計", weight_bp: 1000, planned_start: "2026-11-01", planned_finish: "2026-11-30" },
  { name: "開工", weight_bp: 1000, planned_finish: "2027-01-31", flag: "start" },
  { name: "完工", weight_bp: 6000, planned_finish: "2027-04-30", flag: "completion" },
  { name: "驗收", weight_bp: 2000, planned_finish: "2027-06-30", flag: "acceptance" },
];
const curves = [{ measure: "overall", first_period: "2026-11-01", planned: [1000, 2500, 4000, 6000, 8000, 9000, 9500, 10000] }];
const lag = { category: "天候因素", responsibility: "不可歸責", cause: "連日豪雨", countermeasure: "增加工班", help: "無", deadline_on: "2027-01-31" };
const filing = (overall, more = {}) => ({ actuals: [{ measure: "overall", actual: overall }], narrative: "本月完成設計審查", revision: 0, ...more });

let made = 0;
/** A tender of the liaison's agency under control. */
async function controlled(more = {}) {
  const tender = await liaison.do("/api/tenders", { title: `豐原大道拓寬 ${++made}`, agency_id: known.construction.id, district: "66000090", fields, ...more });
  const path = `/api/tracking-items/${tender.id}`;
  must(await liaison.put(`${path}/checkpoints`, { checkpoints, revision: 1 }));
  must(await liaison.put(`${path}/curves`, { curves, revision: 2 }));
  await liaison.do(`${path}/set-up`);
  await controller.do(`${path}/set-up-decision`, { approve: true, approval_number: "府授研管字第1150001號" });
  return { id: tender.id, path };
}
const keys = answer => answer.body.fields.map(one => `${one.path} ${one.key}`);

describe("work under control", () => {
  let tender;

  it("is set up by its agency, with faults at the field, and approved by the controller only", async () => {
    expect((await liaison.post("/api/tenders", { title: "別局的標案", agency_id: known.water.id, fields })).status).toBe(403);
    const bad = await liaison.post("/api/tenders", { title: "超過預算", agency_id: known.construction.id, fields: { ...fields, award_price: 60_000_001 } });
    expect(keys(bad)).toEqual(["award_price tender.above_budget"]);
    const draft = await liaison.do("/api/tenders", { title: "設定中", agency_id: known.construction.id, fields });
    const path = `/api/tracking-items/${draft.id}`;
    const wrong = await liaison.put(`${path}/checkpoints`, { checkpoints: checkpoints.map((one, at) => (at === 0 ? { ...one, weight_bp: 999 } : one)), revision: 1 });
    expect(wrong.status).toBe(422);
    expect(keys(wrong)).toEqual(["checkpoints tracking.weights"]);
    const fallen = await liaison.put(`${path}/curves`, { curves: [{ ...curves[0], planned: [2000, 1000, 10000] }], revision: 1 });
    expect(keys(fallen)).toEqual(["curves[0].planned[1] tracking.plan_falls"]);
    tender = await controlled();
    expect((await head.post(`${tender.path}/set-up-decision`, { approve: true })).status).toBe(403);
    const view = await liaison.read(tender.path);
    expect(view.item.state).toBe("executing");
    expect(view.baselines).toHaveLength(1);
    expect(view.baselines[0].approval_number).toBe("府授研管字第1150001號");
    expect((await liaison.put(`${path}/checkpoints`, { checkpoints, revision: 7 })).status).toBe(412);
    expect((await (await city.as("handler")).get(tender.path)).status).toBe(404);
  });

  it("owes a filing when the month is over: a duty in the worklist that is done when it is submitted", async () => {
    await at("2026-12-02T02:00:00Z");
    const duties = async state => (await allRows(liaison, `/api/duties?view=agency&state=${state}&origin=tender`)).filter(row => row.source?.kind === "tracking_filing");
    const [duty] = await duties("open");
    expect(duty.due_on).toBe("2026-12-07");
    const place = await liaison.read(`/api/tracking-owed/${duty.source.id}`);
    expect(place).toEqual({ item_id: tender.id, period: "2026-11-01" });
    const path = `${tender.path}/filings/2026-11-01`;
    const form = await liaison.read(path);
    expect(form.phase).toBe("open");
    expect(form.measures.map(one => [one.measure, one.asked, one.state])).toEqual([["overall", true, "not_yet_due"], ["construction", false, "not_yet_due"]]);
    const refused = await liaison.post(`${path}/submission`, filing(0));
    expect(refused.status).toBe(422);
    expect(keys(refused).sort()).toEqual(["category", "cause", "countermeasure", "deadline_on", "help", "responsibility"].map(one => `lag.${one} tracking.lag_required`));
    const whole = await liaison.post(`${path}/submission`, filing(10_001, { lag }));
    expect(keys(whole)).toEqual(["actuals.overall tracking.not_percent"]);
    const empty = await liaison.post(`${path}/submission`, { ...filing(0, { lag }), actuals: [] });
    expect(keys(empty)).toEqual(["actuals.overall input.required"]); // nothing written is no zero
    const kept = must(await liaison.put(path, filing(0)));
    expect(kept.faults.map(one => one.path).sort()).toContain("lag.cause");
    expect((await liaison.put(path, filing(0))).status).toBe(412); // somebody saved first
    const filed = must(await liaison.post(`${path}/submission`, filing(0, { lag, revision: kept.revision })));
    expect(filed.state).toBe("submitted");
    expect(filed.late_days).toBe(0);
    expect(filed.measures[0]).toMatchObject({ state: "confirmed_zero", actual: 0, lag_first: 1000, lag_current: 1000 });
    expect(await duties("open")).toEqual([]);
    expect((await duties("done")).map(row => row.id)).toEqual([duty.id]);
  });

  it("is reviewed level by level and shows in lists and files with its lag against both baselines", async () => {
    const path = `${tender.path}/filings/2026-11-01`;
    let form = await liaison.read(path);
    expect(form.actions).not.toContain("accept"); // nobody accepts what they filed
    expect((await liaison.post(`${path}/decision`, { accept: true, revision: form.revision })).status).toBe(403);
    form = await head.do(`${path}/decision`, { accept: true, rating: "behind", revision: form.revision });
    expect([form.state, form.level]).toEqual(["submitted", 1]);
    form = await controller.do(`${path}/decision`, { accept: true, revision: form.revision });
    expect(form.state).toBe("accepted");
    const view = await controller.read(tender.path);
    expect(view.periods[0]).toMatchObject({ reviewer_rating: "behind", computed: "severe", lag_kind: "before_start" });
    const later = { approval_number: "府授研管字第1150002號", reason: "用地取得展延", granted_days: 30, curves: [{ measure: "overall", first_period: "2026-11-01", planned: [300, 1000, 2500, 4000, 6000, 8000, 9000, 9500, 10000] }], revision: view.revision };
    expect((await head.post(`${tender.path}/baselines`, later)).status).toBe(403);
    await controller.do(`${tender.path}/baselines`, later);
    const [row] = (await controller.read("/api/tracking-items?kind=tender&view=lagging&sort=lag")).rows.filter(one => one.id === tender.id);
    expect(row.measures[0]).toMatchObject({ lag_first: 1000, lag_current: 300, severe: false, graded: true });
    expect((await controller.read("/api/tracking-items?kind=tender&view=severe")).rows.map(one => one.id)).not.toContain(tender.id);
    const file = parseCsv((await controller.get("/api/lists/tracking-items/file?format=csv&filter=kind%3Dtender")).text);
    const [titles, ...lines] = file;
    const line = Object.fromEntries(titles.map((title, index) => [title, lines.find(one => one.includes(row.number))?.[index]]));
    expect(line["落後百分點（對原基準）"]).toBe("10");
    expect(line["落後百分點（對現行基準）"]).toBe("3");
    expect(line["落後月數（對現行基準）"]).toMatch(/^\d/);
  });

  it("is read as it was known on a past day", async () => {
    const before = await controller.read(`${tender.path}?as_known_on=2026-12-01`);
    expect(before.item.measures).toEqual([]);
    expect(before.actions).toEqual([]);
    expect((await controller.read("/api/tracking-items?kind=tender&as_known_on=2026-11-23")).rows).toEqual([]);
    expect((await controller.read("/api/tracking-items?kind=tender&as_known_on=2026-11-24")).rows.map(one => one.id)).toContain(tender.id);
  });

  it("wants award price and contract finish once works have started, and clears them when the start is taken away", async () => {
    const other = await controlled();
    await controller.do(`${other.path}/filings/2026-11-01/request`).catch(() => undefined); // it came under control in December
    const path = `${other.path}/filings/2026-11-01`;
    const form = await controller.read(path);
    const start = [{ id: form.checkpoints[0].id, actual_finish: "2026-11-30" }, { id: form.checkpoints[1].id, actual_finish: "2026-12-01" }];
    const refused = await controller.post(`${path}/submission`, filing(1000, { checkpoints: start, revision: form.revision }));
    expect(refused.status).toBe(422);
    expect(keys(refused)).toEqual(["award_price tender.needed_when_started", "contract_finish_on tender.needed_when_started"]);
    const record = await controller.read(`/api/tenders/${other.id}`);
    must(await controller.put(`/api/tenders/${other.id}`, { fields: { ...record.fields, award_price: 50_000_000, contract_finish_on: "2027-04-30" }, revision: record.revision }));
    const filed = must(await controller.post(`${path}/submission`, filing(1000, { checkpoints: start, revision: form.revision })));
    expect(filed.lag_kind).toBeNull();
    must(await controller.post(`${path}/submission`, filing(1000, { checkpoints: [{ id: start[1].id, actual_finish: null }], revision: filed.revision })));
    const cleared = await controller.read(`/api/tenders/${other.id}`);
    expect([cleared.fields.award_price, cleared.fields.contract_finish_on]).toEqual([null, null]);
    expect((await controller.put(`/api/tenders/${other.id}`, { fields, revision: record.revision })).status).toBe(412);
  });

  it("says when it would be done, warns early, and lists where the ratings differ", async () => {
    const view = await controller.read(tender.path);
    expect(view.forecast).toBeNull(); // nothing is done yet
    const list = await controller.read("/api/tracking-disagreements?kind=tender&period=2026-11-01");
    // The second baseline made of a severe lag a plain one, as the reviewer had rated it: the two agree now.
    expect([view.periods[0].reviewer_rating, view.periods[0].computed]).toEqual(["behind", "behind"]);
    expect(list.rows.map(row => row.item_id)).not.toContain(tender.id);
    const quality = await controller.read("/api/tracking-warning-quality?kind=tender");
    expect(quality.rows.map(row => row.rule)).toEqual(["all", "worsening", "checkpoint", "heading", "steep"]);
    expect((await (await city.as("admin")).get("/api/tracking-warning-quality?kind=tender")).status).toBe(403);
  });

  it("is changed under control by a request only, and leaves control with its outcome", async () => {
    const other = await controlled();
    expect((await liaison.put(`${other.path}/checkpoints`, { checkpoints, revision: 9 })).status).not.toBe(200);
    const asked = await liaison.do(`${other.path}/requests`, { kind: "cancel", reason: "中央停止補助，計畫取消", release_reason: "given_up" });
    const request = asked.requests[0];
    expect((await head.post(`/api/tracking-requests/${request.id}/decision`, { approve: true })).status).toBe(403);
    const done = await controller.do(`/api/tracking-requests/${request.id}/decision`, { approve: true, comment: "同意" });
    expect(done.item.state).toBe("cancelled");
    expect(done.release).toMatchObject({ reason: "given_up", evidence: "中央停止補助，計畫取消", planned_first: "2027-06-30", baselines: 1 });
    expect(done.release.days_first).toBeLessThan(0);
    expect((await liaison.post(`${other.path}/requests`, { kind: "data", reason: "x", title: "y" })).status).toBe(409);
  });

  it("closes, locks, and opens again for one agency by an exception with a reason and an end", async () => {
    const other = await controlled();
    await at("2027-01-25T02:00:00Z");
    const path = `${other.path}/filings/2026-12-01`;
    const input = filing(2000, { lag, narrative: "十二月辦理情形" });
    const late = await liaison.post(`${path}/submission`, input);
    expect([late.status, late.body.key]).toEqual([409, "tracking.closed"]);
    const cycle = (await controller.read("/api/tracking-cycles?kind=tender")).rows.find(row => row.period === "2026-12-01");
    expect(cycle.missing).toBeGreaterThan(0);
    expect((await liaison.post(`/api/tracking-cycles/${cycle.id}/lock`, { locked: true })).status).toBe(403);
    await controller.do(`/api/tracking-cycles/${cycle.id}/lock`, { locked: true });
    const locked = await controller.post(`${path}/submission`, input);
    expect([locked.status, locked.body.key]).toEqual([409, "tracking.locked"]);
    const exception = { kind: "tender", period: "2026-12-01", agency_id: known.construction.id, reason: "資料更正", expires_at: "2027-01-26T15:59:59Z" };
    expect((await controller.post("/api/tracking-exceptions", { ...exception, reason: " " })).status).toBe(422);
    await controller.do("/api/tracking-exceptions", exception);
    const filed = must(await liaison.post(`${path}/submission`, input));
    expect(filed.late_days).toBe(18); // since the 7th
    expect((await liaison.read(`${tender.path}/filings/2026-12-01`)).measures[0].state).toBe("missing");
    await at("2027-01-27T02:00:00Z");
    expect((await liaison.post(`${path}/submission`, { ...input, revision: filed.revision })).body.key).toBe("tracking.locked");
  });
});
