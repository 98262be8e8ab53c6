// The same key and content twice is one change and one answer. Every mutating route of the OpenAPI document has a row here; a route without one fails.
import { randomUUID } from "node:crypto";
import { agencies, allRows, eventCount, inParallel, must, newDuty, openapi, password, sqlite, startCity, totp } from "./support.mjs";

let city;
let routes;
let known;
let controller;
let admin;
const secret = "Seven-lamps-on-the-quay";

// A plan of the test's own, so that decisions on it disturb nothing.
const planText = year => `臺中市政府交通局${year}年度施政計畫

參、年度重要計畫

工作計畫名稱	重要計畫項目	實施內容
號誌維護	號誌巡檢	一、每月巡檢路口號誌20處以上。 二、每季召開號誌檢討會議。 三、每年3月底前完成號誌汰換計畫。 四、每半年公布巡檢結果。 五、每月彙整故障通報。
`;
let obligations;
let sentences;

beforeAll(async () => {
  city = await startCity();
  routes = (await openapi(city)).filter(route => route.mutating);
  known = await agencies(city);
  controller = await city.as("controller");
  admin = await city.as("admin");
  const plan = await controller.do("/api/plan-imports", { file_name: "交通局.txt", text: planText(114) });
  sentences = (await controller.read(`/api/plans/${plan.plan_id}/sentences`)).rows;
  obligations = sentences.flatMap(row => row.obligations);
  expect(obligations.length).toBeGreaterThanOrEqual(5);
});
afterAll(() => city.finish());

const duty = async () => (await controller.do("/api/duties", newDuty(known.construction.id))).duty.id;
const agency = async () => (await controller.do("/api/agencies", { code: `T-${randomUUID().slice(0, 8)}`, name: "測試機關", kind: "second_level", parent_id: known.construction.id, valid_from: "2026-01-01" })).id;
const post = async () => (await controller.do(`/api/agencies/${await agency()}/posts`, { name: "科員", kind: "officer", valid_from: "2026-01-01" })).id;
const unit = async () => (await controller.do(`/api/agencies/${await agency()}/units`, { name: "第一科", valid_from: "2026-01-01" })).id;
const person = async name => (await controller.do(`/api/agency-posts/${await post()}/holders`, { person_name: name, valid_from: "2026-02-01" })).id;
const account = async () => (await admin.do("/api/accounts", { login_name: `u-${randomUUID().slice(0, 8)}`, display_name: "同仁", password: secret, grants: [] })).id;
const newcomer = async () => {
  const login_name = `u-${randomUUID().slice(0, 8)}`;
  await admin.do("/api/accounts", { login_name, display_name: "同仁", password: secret, grants: [] });
  return city.signIn(login_name, secret);
};
const secured = async () => {
  const by = await newcomer();
  const begun = await by.do("/api/own-account/authenticator");
  await by.do("/api/own-account/authenticator-confirmation", { password: secret, code: totp(begun.secret, city.clock) });
  return { by, codes: begun.recovery_codes };
};

// Work under control: a tender in the state asked for, and a period of it that is owed.
const checkpoints = [{ name: "設計", weight_bp: 4000, planned_finish: "2026-06-30" }, { name: "完工", weight_bp: 6000, planned_finish: "2026-12-31" }];
const curves = [{ measure: "overall", first_period: "2026-10-01", planned: [3000, 6000, 10000] }];
const tracked = async (state = "executing", tier = "city") => {
  const of = await controller.do("/api/tenders", { title: `標案 ${randomUUID()}`, tier, agency_id: known.construction.id, fields: { status_code: 162, works_kind: "road", summary: "", place: "", budget: 1000, central_share: 0, contractor: "", designer: "", supervisor: "", public_number: "" } });
  const path = `/api/tracking-items/${of.id}`;
  if (state === "filing") return { path, id: of.id, revision: 1 };
  must(await controller.put(`${path}/checkpoints`, { checkpoints, revision: 1 }));
  must(await controller.put(`${path}/curves`, { curves, revision: 2 }));
  if (state === "planned") return { path, id: of.id, revision: 3 };
  await controller.do(`${path}/set-up`);
  if (state === "review") return { path, id: of.id, revision: 4 };
  const done = await controller.do(`${path}/set-up-decision`, { approve: true });
  return { path, id: of.id, revision: done.revision };
};
const owed = async () => {
  const one = await tracked();
  await controller.do(`${one.path}/filings/2026-10-01/request`);
  return { ...one, path: `${one.path}/filings/2026-10-01` };
};
const lag = { category: "天候因素", responsibility: "不可歸責", cause: "豪雨", countermeasure: "趕工", help: "無", deadline_on: "2026-12-31" };
const filing = { actuals: [{ measure: "overall", actual: 1000 }], narrative: "辦理中", lag, revision: 0 };
const filed = async () => {
  const one = await owed();
  await (await city.as("rdec-head")).do(`${one.path}/submission`, filing);
  return one;
};
const part = async () => {
  const one = await tracked();
  return (await controller.do(`${one.path}/parts`, { title: "分工", agency_id: known.construction.id })).parts[0].id;
};
const exception = { kind: "tender", period: "2026-10-01", reason: "資料更正", expires_at: "2026-12-01T00:00:00Z" };
let meetings = 0;
const seriesBody = () => ({ kind: "committee", name: `測試會議 ${++meetings}`, agency_id: known.rdec.id, frequency: "month", day: 10, stage: 1, sources: ["duties.late"] });
/** A meeting that took these steps, each with the revision that stands then. */
const meeting = async (...steps) => {
  let view = await controller.do("/api/meetings", { series_id: (await controller.do("/api/meeting-series", seriesBody())).id, period_on: "2026-11-15" });
  for (const step of steps) {
    const { id, revision } = view.meeting;
    view = await controller.do(`/api/meetings/${id}/${step}`, step === "agenda-runs" ? {} : step === "holding" ? { held_on: "2026-11-24", revision } : { revision });
  }
  return view.meeting.id;
};
const decision = async () => (await controller.do(`/api/meetings/${await meeting("agenda-runs", "pack", "holding")}/decisions`, { text: "請辦理", agency_id: known.water.id, due_on: "2026-12-18" })).decisions[0];

const mail = async () => (await admin.do("/api/mail-tests", { address: "a@sample.invalid" })).mail.id;
const upload = async (more = {}) => (await controller.do("/api/attachment-uploads", { record_kind: "duty", record_id: await duty(), name: "a.txt", size: 7, ...more })).id;
let sheets = 0;
/** An import that has come so far: uploaded, checking, checked, loading or done. */
const sheet = async state => {
  const run = must(await controller.call("PUT", "/api/imports?kind=duties&file_name=a.csv", `事項名稱,承辦機關,期限\n由檔案來的 ${++sheets},建設局,116/1/5\n`));
  if (state === "uploaded") return run;
  await controller.do(`/api/imports/${run.run.id}/check`, { mapping: run.mapping });
  if (state === "checking") return run;
  await eventCount(city);
  if (state === "checked") return run;
  await controller.do(`/api/imports/${run.run.id}/load`, {});
  if (state === "done") await eventCount(city);
  return run;
};
const wholeUpload = async () => {
  const id = await upload();
  must(await controller.put(`/api/attachment-uploads/${id}/content?offset=0`, { a: 1 }));
  return id;
};
const attachment = async () => (await controller.do(`/api/attachment-uploads/${await wholeUpload()}/completion`)).id;

// Two people who hold posts and have accounts; `by` is signed in as the first.
const holders = async () => {
  const there = await agency();
  const out = [];
  for (const name of ["許十一", "何十二"]) {
    const held = (await controller.do(`/api/agencies/${there}/posts`, { name: "科員", kind: "officer", valid_from: "2026-01-01" })).id;
    const id = (await controller.do(`/api/agency-posts/${held}/holders`, { person_name: name, valid_from: "2026-02-01" })).id;
    const by = await newcomer();
    must(await admin.put(`/api/accounts/${by.session.account.id}/person`, { person_id: id }));
    out.push({ id, by });
  }
  return { by: out[0].by, person: out[0].id, deputy: out[1].id };
};
const item = async id => controller.do("/api/checklist", { record_kind: "duty", record_id: id ?? (await duty()), text: "一項" });
const comment = async () => (await controller.do("/api/comments", { record_kind: "duty", record_id: await duty(), text: "留言", mentions: [] })).id;
const schedule = async () => ({ report: "duties-month", format: "ods", rhythm: "monthly", day: 1, about: "month_before", readers: [(await controller.read("/api/report-readers?report=duties-month")).rows[0].account_id] });
const macro = async () => (await controller.do("/api/duty-macros", { name: randomUUID(), shared: "me", action: { kind: "comment", text: "x" } })).id;
const tile = { title: "逾期", query: "by=agency&measures=late", show: "bars" };
const dashboard = async () => (await controller.do("/api/dashboards", { name: randomUUID(), shared: "me", tiles: [tile] })).id;
const view = async () => (await controller.do("/api/views", { page: "duties", name: randomUUID(), query: "state=done", shared: "me" })).id;

// Somebody who leaves a post; `by` is signed in as that person.
const handover = async () => {
  const held = (await controller.do(`/api/agencies/${await agency()}/posts`, { name: "科員", kind: "officer", valid_from: "2026-01-01" })).id;
  const id = (await controller.do(`/api/agency-posts/${held}/holders`, { person_name: "沈十三", valid_from: "2026-02-01" })).id;
  const by = await newcomer();
  must(await admin.put(`/api/accounts/${by.session.account.id}/person`, { person_id: id }));
  await controller.do(`/api/agency-posts/${held}/vacancy`, { last_on: "2026-12-31" });
  return { by, id: (await by.read("/api/handovers")).rows[0].id };
};

// A round holds at least one account: two roles that should lie apart.
const keepAll = async round => {
  for (const item of (await admin.read(`/api/account-reviews/${round}?decided=false&limit=200`)).rows) {
    await admin.do(`/api/account-reviews/${round}/decisions`, { account_id: item.account_id, decision: "keep", keep_until: "2026-12-31", note: "確認在職" });
  }
};
const closeRounds = async () => {
  for (const round of (await admin.read("/api/account-reviews")).rows.filter(row => !row.closed_at)) {
    await keepAll(round.id);
    await admin.do(`/api/account-reviews/${round.id}/closure`);
  }
  must(await admin.put(`/api/accounts/${await account()}/grants`, { grants: [{ role: "auditor" }, { role: "rdec_head" }] }));
};
const openRound = async () => {
  await closeRounds();
  return (await admin.do("/api/account-reviews")).id;
};

// What each route is sent, and what differs under the same key. `by` is the controller unless said otherwise.
const rows = {
  "POST /api/accounts": async () => ({ by: admin, path: "/api/accounts", body: { login_name: `u-${randomUUID().slice(0, 8)}`, display_name: "同仁", password: secret, grants: [] }, other: { display_name: "別人" } }),
  "POST /api/accounts/{id}/disablement": async () => ({ by: admin, path: `/api/accounts/${await account()}/disablement`, body: { reason: "離職" }, other: { reason: "調職" } }),
  "DELETE /api/accounts/{id}/disablement": async () => ({ by: admin, path: `/api/accounts/${await account()}/disablement` }),
  "PUT /api/accounts/{id}/grants": async () => ({ by: admin, path: `/api/accounts/${await account()}/grants`, body: { grants: [{ role: "auditor" }] }, other: { grants: [{ role: "executive" }] } }),
  "POST /api/account-reviews": async () => {
    await closeRounds();
    return { by: admin, path: "/api/account-reviews", body: {}, other: { more: 1 } };
  },
  "POST /api/account-reviews/{id}/decisions": async () => {
    const round = await openRound();
    const item = (await admin.read(`/api/account-reviews/${round}?decided=false`)).rows[0];
    return { by: admin, path: `/api/account-reviews/${round}/decisions`, body: { account_id: item.account_id, decision: "keep", keep_until: "2026-12-31", note: "確認在職" }, other: { note: "另一說明" } };
  },
  "POST /api/account-reviews/{id}/closure": async () => {
    const round = await openRound();
    await keepAll(round);
    return { by: admin, path: `/api/account-reviews/${round}/closure`, body: { note: "完成" }, other: { note: "完成了" } };
  },
  "PUT /api/handovers/{id}/notes": async () => {
    const { by, id } = await handover();
    return { by, path: `/api/handovers/${id}/notes`, body: { note: "鑰匙交給總務" }, other: { note: "鑰匙在抽屜" } };
  },
  "POST /api/handovers/{id}/signatures": async () => {
    const { by, id } = await handover();
    return { by, path: `/api/handovers/${id}/signatures`, body: { part: "leaving" }, other: { part: "coming" } };
  },
  "POST /api/own-delegations": async () => {
    const { by, deputy } = await holders();
    return { by, path: "/api/own-delegations", body: { deputy_id: deputy, valid_from: "2026-12-01", valid_to: "2026-12-04", reason: "leave" }, other: { reason: "trip" } };
  },
  "POST /api/own-delegations/closure": async () => {
    const { by, deputy } = await holders();
    for (const on of ["2026-12-01", "2026-12-02"]) await by.do("/api/own-delegations", { deputy_id: deputy, valid_from: on, valid_to: on, reason: "leave" });
    return { by, path: "/api/own-delegations/closure", body: { valid_from: "2026-12-01" }, other: { valid_from: "2026-12-02" } };
  },
  "POST /api/delegations": async () => {
    const { person, deputy } = await holders();
    return { path: "/api/delegations", body: { person_id: person, deputy_id: deputy, valid_from: "2026-12-01", valid_to: "2026-12-04", reason: "leave" }, other: { reason: "trip" } };
  },
  "POST /api/delegations/closure": async () => {
    const { person, deputy } = await holders();
    for (const on of ["2026-12-01", "2026-12-02"]) await controller.do("/api/delegations", { person_id: person, deputy_id: deputy, valid_from: on, valid_to: on, reason: "leave" });
    return { path: "/api/delegations/closure", body: { person_id: person, valid_from: "2026-12-01" }, other: { valid_from: "2026-12-02" } };
  },
  "PUT /api/accounts/{id}/email": async () => ({ by: admin, path: `/api/accounts/${await account()}/email`, body: { email: "a@sample.invalid" }, other: { email: "b@sample.invalid" } }),
  "PUT /api/own-account/email": async () => ({ path: "/api/own-account/email", body: { email: "a@sample.invalid", password }, other: { email: "b@sample.invalid" } }),
  "PUT /api/own-account/password": async () => ({ by: await newcomer(), path: "/api/own-account/password", body: { password: secret, new_password: "Eight-lamps-on-the-quay" }, other: { new_password: "Nine-lamps-on-the-quay" } }),
  "POST /api/own-account/authenticator": async () => ({ path: "/api/own-account/authenticator", body: {}, other: { more: 1 }, secret: true }),
  "POST /api/own-account/authenticator-confirmation": async () => {
    const by = await newcomer();
    return { by, path: "/api/own-account/authenticator-confirmation", body: { password: secret, code: totp((await by.do("/api/own-account/authenticator")).secret, city.clock) }, other: { code: "000000" } };
  },
  "POST /api/own-account/authenticator-removal": async () => ({ by: (await secured()).by, path: "/api/own-account/authenticator-removal", body: { password: secret }, other: { password: "other" } }),
  "POST /api/own-account/recovery-codes": async () => {
    const { by, codes } = await secured();
    return { by, path: "/api/own-account/recovery-codes", body: { code: codes[0] }, other: { code: codes[1] }, secret: true };
  },
  "POST /api/accounts/{id}/authenticator-removal": async () => ({ by: admin, path: `/api/accounts/${(await secured()).by.session.account.id}/authenticator-removal`, body: { reason: "手機遺失" }, other: { reason: "手機損壞" } }),
  "POST /api/accounts/{id}/links": async () => ({ by: admin, path: `/api/accounts/${await account()}/links`, body: {}, other: { more: 1 }, secret: true }),
  "DELETE /api/sessions": async () => {
    const by = await newcomer();
    return { by, path: "/api/sessions" };
  },
  "PUT /api/sessions/{id}/name": async () => ({ path: `/api/sessions/${(await controller.read("/api/sessions")).rows.find(row => row.current).id}/name`, body: { name: "辦公室電腦" }, other: { name: "手機" } }),
  "POST /api/agencies": async () => ({ path: "/api/agencies", body: { code: `T-${randomUUID().slice(0, 8)}`, name: "測試機關", kind: "second_level", parent_id: known.construction.id, valid_from: "2026-01-01" }, other: { name: "另一機關" } }),
  "PUT /api/agencies/{id}": async () => ({ path: `/api/agencies/${await agency()}`, body: { name: "改名機關", kind: "second_level", parent_id: known.construction.id, valid_from: "2026-06-01" }, other: { name: "又改名" } }),
  "POST /api/agencies/{id}/closure": async () => ({ path: `/api/agencies/${await agency()}/closure`, body: { last_on: "2026-12-31" }, other: { last_on: "2027-01-31" } }),
  "POST /api/agencies/{id}/contacts": async () => ({ path: `/api/agencies/${await agency()}/contacts`, body: { kind: "general", name: "窗口", phone: "04-0000-0000", email: "a@sample.invalid" }, other: { name: "別的窗口" } }),
  "POST /api/agencies/{id}/posts": async () => ({ path: `/api/agencies/${await agency()}/posts`, body: { name: "科長", kind: "unit_head", valid_from: "2026-01-01" }, other: { name: "股長" } }),
  "POST /api/agencies/{id}/units": async () => ({ path: `/api/agencies/${await agency()}/units`, body: { name: "第一科", valid_from: "2026-01-01" }, other: { name: "第二科" } }),
  "POST /api/agency-imports": async () => ({ path: "/api/agency-imports", body: { file_name: "a.csv", csv: (await controller.get("/api/agencies.csv")).text, dry_run: true }, other: { dry_run: false } }),
  "POST /api/agency-people/{id}/deputies": async () => ({ path: `/api/agency-people/${await person("趙一")}/deputies`, body: { deputy_id: await person("錢二"), valid_from: "2026-12-01", valid_to: "2026-12-31" }, other: { valid_to: "2027-01-31" } }),
  "POST /api/agency-posts/{id}/holders": async () => ({ path: `/api/agency-posts/${await post()}/holders`, body: { person_name: "孫三", valid_from: "2026-03-01" }, other: { person_name: "李四" } }),
  "POST /api/agency-posts/{id}/vacancy": async () => {
    const id = await post();
    await controller.do(`/api/agency-posts/${id}/holders`, { person_name: "周五", valid_from: "2026-03-01" });
    return { path: `/api/agency-posts/${id}/vacancy`, body: { last_on: "2026-12-31" }, other: { last_on: "2027-01-31" } };
  },
  "POST /api/agency-posts/{id}/closure": async () => ({ path: `/api/agency-posts/${await post()}/closure`, body: { last_on: "2026-12-31" }, other: { last_on: "2027-01-31" } }),
  "PUT /api/agency-posts/{id}": async () => ({ path: `/api/agency-posts/${await post()}`, body: { name: "股長", kind: "officer", valid_from: "2026-06-01" }, other: { name: "科長" } }),
  "POST /api/agency-units/{id}/closure": async () => ({ path: `/api/agency-units/${await unit()}/closure`, body: { last_on: "2026-12-31" }, other: { last_on: "2027-01-31" } }),
  "PUT /api/agency-units/{id}": async () => ({ path: `/api/agency-units/${await unit()}`, body: { name: "第二科", valid_from: "2026-06-01" }, other: { name: "第三科" } }),
  "POST /api/agencies/{id}/contact-closure": async () => {
    const id = await agency();
    for (const kind of ["general", "防汛"]) await controller.do(`/api/agencies/${id}/contacts`, { kind, name: "窗口", phone: "04-0000-0000", email: "" });
    return { path: `/api/agencies/${id}/contact-closure`, body: { kind: "防汛" }, other: { kind: "general" } };
  },
  "POST /api/agency-people/{id}/deputy-closure": async () => {
    const id = await person("吳六");
    await controller.do(`/api/agency-people/${id}/deputies`, { deputy_id: await person("鄭七"), valid_from: "2026-12-01", valid_to: "2026-12-31" });
    return { path: `/api/agency-people/${id}/deputy-closure`, body: { valid_from: "2026-12-01", last_on: "2026-12-10" }, other: { last_on: "2026-12-09" } };
  },
  "PUT /api/accounts/{id}/person": async () => ({ by: admin, path: `/api/accounts/${await account()}/person`, body: { person_id: await person("衛八") }, other: { person_id: await person("馮九") } }),
  "DELETE /api/accounts/{id}/person": async () => {
    const id = await account();
    must(await admin.put(`/api/accounts/${id}/person`, { person_id: await person("陳十") }));
    return { by: admin, path: `/api/accounts/${id}/person` };
  },
  "POST /api/attachment-uploads": async () => ({ path: "/api/attachment-uploads", body: { record_kind: "duty", record_id: await duty(), name: "a.txt", size: 5 }, other: { name: "b.txt" } }),
  "PUT /api/attachment-uploads/{id}/content": async () => ({ path: `/api/attachment-uploads/${await upload({ size: 100 })}/content?offset=0`, body: { a: 1 }, other: { a: 12345 } }),
  "POST /api/attachment-uploads/{id}/completion": async () => ({ path: `/api/attachment-uploads/${await wholeUpload()}/completion`, body: {}, other: { caption: "說明" } }),
  "DELETE /api/attachment-uploads/{id}": async () => ({ path: `/api/attachment-uploads/${await upload()}` }),
  "PUT /api/attachments": async () => ({ path: `/api/attachments?record_kind=duty&record_id=${await duty()}&name=a.txt`, body: { a: 1 }, other: { a: 12345 } }),
  "PUT /api/attachments/{id}": async () => ({ path: `/api/attachments/${await attachment()}`, body: { caption: "會議紀錄", place: 1 }, other: { caption: "照片" } }),
  "POST /api/attachments/{id}/withdrawal": async () => ({ path: `/api/attachments/${await attachment()}/withdrawal`, body: { reason: "誤傳" }, other: { reason: "別的理由" } }),
  "PUT /api/imports": async () => ({ path: "/api/imports?kind=duties&file_name=a.csv", body: { a: 1 }, other: { a: 12345 } }),
  "POST /api/imports/{id}/check": async () => {
    const run = await sheet("uploaded");
    return { path: `/api/imports/${run.run.id}/check`, body: { mapping: run.mapping }, other: { mapping: [] } };
  },
  "POST /api/imports/{id}/load": async () => ({ path: `/api/imports/${(await sheet("checked")).run.id}/load`, body: {}, other: { skip_bad: true } }),
  "POST /api/imports/{id}/cancel": async () => ({ path: `/api/imports/${(await sheet("checking")).run.id}/cancel`, body: {}, other: { a: 1 } }),
  "POST /api/imports/{id}/undo": async () => ({ path: `/api/imports/${(await sheet("done")).run.id}/undo`, body: {}, other: { a: 1 } }),
  "POST /api/links": async () => ({ path: "/api/links", body: { record_kind: "duty", record_id: await duty(), relation: "blocks", other_id: await duty() }, other: { relation: "follows" } }),
  "DELETE /api/links/{id}": async () => {
    const made = await controller.do("/api/links", { record_kind: "duty", record_id: await duty(), relation: "blocks", other_id: await duty() });
    return { path: `/api/links/${made.rows[0].id}` };
  },
  "POST /api/tenders": async () => ({ path: "/api/tenders", body: { title: "新標案", agency_id: known.construction.id, fields: { status_code: 162, works_kind: "road", summary: "", place: "", budget: 1, central_share: 0, contractor: "", designer: "", supervisor: "", public_number: "" } }, other: { title: "另一標案" } }),
  "PUT /api/tenders/{id}": async () => ({ path: `/api/tenders/${(await tracked("filing")).id}`, body: { fields: { status_code: 236, works_kind: "road", summary: "", place: "", budget: 2, central_share: 0, contractor: "", designer: "", supervisor: "", public_number: "" }, revision: 1 }, other: { revision: 2 } }),
  "PUT /api/tracking-items/{id}": async () => {
    const one = await tracked("filing");
    return { path: one.path, body: { title: "改名標案", agency_id: known.construction.id, revision: 1 }, other: { title: "又改名" } };
  },
  "PUT /api/tracking-items/{id}/checkpoints": async () => ({ path: `${(await tracked("filing")).path}/checkpoints`, body: { checkpoints, revision: 1 }, other: { revision: 2 } }),
  "PUT /api/tracking-items/{id}/curves": async () => ({ path: `${(await tracked("filing")).path}/curves`, body: { curves, revision: 1 }, other: { revision: 2 } }),
  "POST /api/tracking-items/{id}/set-up": async () => ({ path: `${(await tracked("planned")).path}/set-up`, body: {}, other: { note: "送審" } }),
  "POST /api/tracking-items/{id}/set-up-decision": async () => ({ path: `${(await tracked("review")).path}/set-up-decision`, body: { approve: true }, other: { approve: false, note: "退回" } }),
  "POST /api/tracking-items/{id}/baselines": async () => {
    const one = await tracked();
    return { path: `${one.path}/baselines`, body: { approval_number: "第2號", reason: "變更設計", curves: [], revision: one.revision }, other: { reason: "展延" } };
  },
  "POST /api/tracking-items/{id}/closing": async () => {
    const one = await owed();
    const view = await controller.read(`/api/tracking-items/${one.id}`);
    await controller.do(`${one.path}/submission`, { ...filing, checkpoints: view.checkpoints.map(row => ({ id: row.id, actual_finish: "2026-10-31" })) });
    return { path: `/api/tracking-items/${one.id}/closing`, body: { note: "完成" }, other: { note: "辦畢" } };
  },
  "POST /api/tracking-items/{id}/closing-decision": async () => {
    const one = await owed();
    const view = await controller.read(`/api/tracking-items/${one.id}`);
    await controller.do(`${one.path}/submission`, { ...filing, checkpoints: view.checkpoints.map(row => ({ id: row.id, actual_finish: "2026-10-31" })) });
    await controller.do(`/api/tracking-items/${one.id}/closing`, { note: "完成" });
    return { path: `/api/tracking-items/${one.id}/closing-decision`, body: { approve: true, note: "驗收證明書" }, other: { approve: false } };
  },
  "POST /api/tracking-items/{id}/requests": async () => ({ path: `${(await tracked()).path}/requests`, body: { kind: "data", reason: "案名誤植", title: "正確案名" }, other: { title: "另一案名" } }),
  "POST /api/tracking-requests/{id}/decision": async () => {
    const one = await tracked();
    const view = await (await city.as("rdec-head")).do(`${one.path}/requests`, { kind: "data", reason: "案名誤植", title: "正確案名" });
    return { path: `/api/tracking-requests/${view.requests[0].id}/decision`, body: { approve: true }, other: { approve: false, comment: "不同意" } };
  },
  "POST /api/tracking-items/{id}/parts": async () => ({ path: `${(await tracked()).path}/parts`, body: { title: "分工", agency_id: known.construction.id, due_on: "2026-12-31" }, other: { title: "另一分工" } }),
  "POST /api/tracking-parts/{id}/closing": async () => ({ path: `/api/tracking-parts/${await part()}/closing`, body: { report: "已辦", revision: 1 }, other: { report: "辦畢" } }),
  "POST /api/tracking-parts/{id}/closing-decision": async () => {
    const id = await part();
    await controller.do(`/api/tracking-parts/${id}/closing`, { report: "已辦", revision: 1 });
    return { path: `/api/tracking-parts/${id}/closing-decision`, body: { agree: true, revision: 2 }, other: { agree: false, answer: "再辦" } };
  },
  "POST /api/tracking-items/{id}/filings/{period}/request": async () => ({ path: `${(await tracked()).path}/filings/2026-10-01/request`, body: {}, other: { more: 1 } }),
  "PUT /api/tracking-items/{id}/filings/{period}": async () => ({ path: (await owed()).path, body: filing, other: { narrative: "改寫" } }),
  "POST /api/tracking-items/{id}/filings/{period}/submission": async () => ({ path: `${(await owed()).path}/submission`, body: filing, other: { narrative: "改寫" } }),
  "POST /api/tracking-items/{id}/filings/{period}/decision": async () => ({ path: `${(await filed()).path}/decision`, body: { accept: true, revision: 1 }, other: { accept: false, note: "退回" } }),
  "POST /api/tracking-items/{id}/filings/{period}/lateness-waiver": async () => ({ path: `${(await filed()).path}/lateness-waiver`, body: { reason: "系統異常" }, other: { reason: "停電" } }),
  "POST /api/tracking-cycles/{id}/lock": async () => {
    // Of the other tier, so that nothing else here is locked with it.
    const one = await tracked("executing", "self");
    await controller.do(`${one.path}/filings/2026-10-01/request`);
    const cycle = (await controller.read("/api/tracking-cycles?kind=tender")).rows.find(row => row.period === "2026-10-01" && row.tier === "self");
    if (cycle.phase === "locked") await controller.do(`/api/tracking-cycles/${cycle.id}/lock`, { locked: false, reason: "再試" });
    return { path: `/api/tracking-cycles/${cycle.id}/lock`, body: { locked: true }, other: { locked: false, reason: "解鎖" } };
  },
  "POST /api/tracking-exceptions": async () => ({ path: "/api/tracking-exceptions", body: exception, other: { reason: "補件" } }),
  "POST /api/tracking-exceptions/{id}/end": async () => ({ path: `/api/tracking-exceptions/${(await controller.do("/api/tracking-exceptions", exception)).rows.at(-1).id}/end`, body: {}, other: { more: 1 } }),
  "PUT /api/tracking-tiers": async () => ({ path: "/api/tracking-tiers", body: { kind: "tender", code: "own", name_zh: "自辦", name_en: "Own", every: "month", reviewers: ["agency"], valid_from: "2026-12-01", source: "unsourced" }, other: { name_en: "Other" } }),
  "POST /api/checklist": async () => ({ path: "/api/checklist", body: { record_kind: "duty", record_id: await duty(), text: "一項" }, other: { text: "別的" } }),
  "PUT /api/checklist": async () => {
    const id = await duty();
    await item(id);
    const [a, b] = (await item(id)).rows.map(row => row.id);
    return { path: "/api/checklist", body: { record_kind: "duty", record_id: id, ids: [b, a] }, other: { ids: [a, b] } };
  },
  "PUT /api/checklist/{id}": async () => ({ path: `/api/checklist/${(await item()).rows[0].id}`, body: { text: "改過" }, other: { text: "又改過" } }),
  "DELETE /api/checklist/{id}": async () => ({ path: `/api/checklist/${(await item()).rows[0].id}` }),
  "POST /api/checklist/{id}/completion": async () => ({ path: `/api/checklist/${(await item()).rows[0].id}/completion`, body: {}, other: { note: 1 } }),
  "DELETE /api/checklist/{id}/completion": async () => {
    const { id } = (await item()).rows[0];
    await controller.do(`/api/checklist/${id}/completion`);
    return { path: `/api/checklist/${id}/completion` };
  },
  "POST /api/presence": async () => ({ path: "/api/presence", body: { record_kind: "duty", record_id: await duty() }, other: { record_id: await duty() } }),
  "POST /api/feeds": async () => ({ path: "/api/feeds", body: { kind: "duties.mine" }, other: { name: "別的" }, secret: true }),
  "DELETE /api/feeds/{id}": async () => ({ path: `/api/feeds/${(await controller.do("/api/feeds", { kind: "duties.mine" })).feed.id}` }),
  "POST /api/calendar-days": async () => ({ path: "/api/calendar-days", body: { on: "2026-08-04", kind: "typhoon", closed: "all", note: "颱風" }, other: { note: "別的颱風" } }),
  "POST /api/calendar-imports": async () => ({ path: "/api/calendar-imports", body: { file_name: "2027.csv", text: yearCsv(2027), dry_run: false }, other: { dry_run: true } }),
  "POST /api/duties": async () => ({ path: "/api/duties", body: newDuty(known.construction.id), other: { title: "另一件事" } }),
  "POST /api/comments": async () => ({ path: "/api/comments", body: { record_kind: "duty", record_id: await duty(), text: "留言", mentions: [] }, other: { text: "別的留言" } }),
  "PUT /api/comments/{id}": async () => ({ path: `/api/comments/${await comment()}`, body: { text: "改過", mentions: [], revision: 1 }, other: { text: "又改過" } }),
  "DELETE /api/comments/{id}": async () => ({ path: `/api/comments/${await comment()}` }),
  "PUT /api/duties/{id}": async () => ({ path: `/api/duties/${await duty()}`, body: { title: "改名的一件事", detail: "", severity: "normal", revision: 1 }, other: { title: "又改名" } }),
  "POST /api/duty-batches": async () => ({ path: "/api/duty-batches", body: { duty_ids: [await duty()], action: { kind: "complete", text: "完成" } }, other: { dry_run: true } }),
  "POST /api/duty-batches/{id}/undo": async () => ({ path: `/api/duty-batches/${(await controller.do("/api/duty-batches", { duty_ids: [await duty()], action: { kind: "complete", text: "完成" } })).batch_id}/undo` }),
  "POST /api/duty-macros": async () => ({ path: "/api/duty-macros", body: { name: randomUUID(), shared: "me", action: { kind: "comment", text: "x" } }, other: { name: randomUUID() } }),
  "PUT /api/duty-macros/{id}": async () => ({ path: `/api/duty-macros/${await macro()}`, body: { name: randomUUID(), shared: "me", action: { kind: "comment", text: "y" } }, other: { name: randomUUID() } }),
  "DELETE /api/duty-macros/{id}": async () => ({ path: `/api/duty-macros/${await macro()}` }),
  "POST /api/report-issues": async () => ({ path: "/api/report-issues", body: { report: "duties-month", format: "csv" }, other: { report: "duties-late" } }),
  "POST /api/report-schedules": async () => ({ path: "/api/report-schedules", body: await schedule(), other: { day: 5 } }),
  "PUT /api/report-schedules/{id}": async () => ({ path: `/api/report-schedules/${(await controller.do("/api/report-schedules", await schedule())).id}`, body: { revision: 1, state: "paused" }, other: { state: "active" } }),
  "DELETE /api/report-schedules/{id}": async () => ({ path: `/api/report-schedules/${(await controller.do("/api/report-schedules", await schedule())).id}` }),
  "POST /api/views": async () => ({ path: "/api/views", body: { page: "duties", name: randomUUID(), query: "state=done", shared: "me" }, other: { name: randomUUID() } }),
  "PUT /api/views/{id}": async () => ({ path: `/api/views/${await view()}`, body: { name: randomUUID(), query: "state=open", shared: "me" }, other: { name: randomUUID() } }),
  "DELETE /api/views/{id}": async () => ({ path: `/api/views/${await view()}` }),
  "POST /api/dashboards": async () => ({ path: "/api/dashboards", body: { name: randomUUID(), shared: "me", tiles: [tile] }, other: { name: randomUUID() } }),
  "PUT /api/dashboards/{id}": async () => ({ path: `/api/dashboards/${await dashboard()}`, body: { name: randomUUID(), shared: "me", tiles: [], revision: 1 }, other: { name: randomUUID() } }),
  "DELETE /api/dashboards/{id}": async () => ({ path: `/api/dashboards/${await dashboard()}` }),
  "POST /api/home-dashboard/tiles": async () => ({ path: "/api/home-dashboard/tiles", body: tile, other: { title: "另一格" } }),
  "POST /api/meeting-series": async () => ({ path: "/api/meeting-series", body: seriesBody(), other: { name: "別的會議" } }),
  "PUT /api/meeting-series/{id}": async () => {
    const of = await controller.do("/api/meeting-series", seriesBody());
    return { path: `/api/meeting-series/${of.id}`, body: { ...seriesBody(), name: "改名", revision: 1 }, other: { name: "又改名" } };
  },
  "POST /api/meetings": async () => ({ path: "/api/meetings", body: { series_id: (await controller.do("/api/meeting-series", seriesBody())).id, period_on: "2026-11-15" }, other: { period_on: "2026-12-15" } }),
  "PUT /api/meetings/{id}": async () => ({ path: `/api/meetings/${await meeting()}`, body: { planned_on: "2026-12-15", begins_at: "", place: "B1", revision: 1 }, other: { place: "B2" } }),
  "POST /api/meetings/{id}/cancellation": async () => ({ path: `/api/meetings/${await meeting()}/cancellation`, body: { reason: "併入下月", revision: 1 }, other: { reason: "別的" } }),
  "POST /api/meetings/{id}/agenda-runs": async () => ({ path: `/api/meetings/${await meeting()}/agenda-runs`, body: {}, other: { a: 1 } }),
  "POST /api/meetings/{id}/entries": async () => ({ path: `/api/meetings/${await meeting("agenda-runs")}/entries`, body: { title: "提案", reason: "協調" }, other: { title: "別案" } }),
  "POST /api/meetings/{id}/entries/{entry_id}/striking": async () => {
    const id = await meeting("agenda-runs");
    const added = await controller.do(`/api/meetings/${id}/entries`, { title: "提案", reason: "協調" });
    return { path: `/api/meetings/${id}/entries/${added.entries.at(-1).id}/striking`, body: { reason: "撤案" }, other: { reason: "別的" } };
  },
  "POST /api/meetings/{id}/waivers": async () => {
    const first = await controller.do("/api/meeting-series", seriesBody());
    const of = await controller.do("/api/meeting-series", { ...seriesBody(), kind: "review", stage: 2, gates: [first.id] });
    const { id } = (await controller.do("/api/meetings", { series_id: of.id, period_on: "2026-11-15" })).meeting;
    await controller.do(`/api/meetings/${id}/agenda-runs`);
    return { path: `/api/meetings/${id}/waivers`, body: { series_id: first.id, reason: "無列管標案" }, other: { reason: "別的" } };
  },
  "POST /api/meetings/{id}/pack": async () => ({ path: `/api/meetings/${await meeting("agenda-runs")}/pack`, body: { revision: 2 }, other: { revision: 3 } }),
  "POST /api/meetings/{id}/holding": async () => ({ path: `/api/meetings/${await meeting("agenda-runs", "pack")}/holding`, body: { held_on: "2026-11-24", revision: 3 }, other: { revision: 4 } }),
  "PUT /api/meetings/{id}/attendance": async () => ({ path: `/api/meetings/${await meeting("agenda-runs", "pack")}/attendance`, body: { rows: [{ who: "委員", presence: "present" }], revision: 3 }, other: { revision: 4 } }),
  "POST /api/meetings/{id}/minutes": async () => ({ path: `/api/meetings/${await meeting("agenda-runs", "pack", "holding")}/minutes`, body: { text: "紀錄", after: 0 }, other: { text: "別的紀錄" } }),
  "POST /api/meetings/{id}/minutes-approval": async () => {
    const id = await meeting("agenda-runs", "pack", "holding");
    await controller.do(`/api/meetings/${id}/minutes`, { text: "紀錄", after: 0 });
    return { path: `/api/meetings/${id}/minutes-approval`, body: { version: 1 }, other: { version: 2 } };
  },
  "POST /api/meetings/{id}/decisions": async () => ({ path: `/api/meetings/${await meeting("agenda-runs", "pack", "holding")}/decisions`, body: { text: "請辦理", agency_id: known.water.id, due_on: "2026-12-18" }, other: { text: "別的" } }),
  "POST /api/meeting-decisions/{id}/closure": async () => {
    const made = await decision();
    await controller.do(`/api/duties/${made.duty.id}/completion`, { evidence: "完成" });
    return { path: `/api/meeting-decisions/${made.id}/closure`, body: { reason: "確認完成", revision: 1 }, other: { reason: "別的" } };
  },
  "POST /api/meeting-decisions/{id}/withdrawal": async () => ({ path: `/api/meeting-decisions/${(await decision()).id}/withdrawal`, body: { reason: "改由他案", revision: 1 }, other: { reason: "別的" } }),
  "POST /api/chases": async () => ({ path: "/api/chases", body: { duty_ids: [await duty()], channel: "phone", note: "電話催辦" }, other: { note: "又催" } }),
  "POST /api/duties/{id}/chase-answer": async () => {
    const id = await duty();
    await controller.do("/api/chases", { duty_ids: [id], channel: "phone", note: "電話催辦" });
    return { path: `/api/duties/${id}/chase-answer`, body: { text: "本週完成" }, other: { text: "下週完成" } };
  },
  "POST /api/ladders": async () => ({ path: "/api/ladders", body: { valid_from: "2027-01-01", source: "測試", rungs: [], origin: "council" }, other: { source: "別的" } }),
  "POST /api/notices/marks": async () => ({ path: "/api/notices/marks", body: { seqs: [], up_to: 1 }, other: { up_to: 2 } }),
  "POST /api/notices/record-marks": async () => ({ path: "/api/notices/record-marks", body: { record_kind: "duty", record_id: await duty() }, other: { record_kind: "plan" } }),
  "PUT /api/notice-preferences": async () => ({ path: "/api/notice-preferences", body: (await controller.read("/api/notice-preferences")).preferences, other: { weekly_on: 5 } }),
  "PUT /api/watch": async () => ({ path: "/api/watch", body: { record_kind: "duty", record_id: await duty(), state: "watching" }, other: { state: "muted" } }),
  "POST /api/duties/{id}/completion": async () => ({ path: `/api/duties/${await duty()}/completion`, body: { evidence: "辦理完成" }, other: { evidence: "不同的說明" } }),
  "POST /api/duties/{id}/cancellation": async () => ({ path: `/api/duties/${await duty()}/cancellation`, body: { reason: "免列管" }, other: { reason: "別的理由" } }),
  "POST /api/duties/{id}/extensions": async () => ({ path: `/api/duties/${await duty()}/extensions`, body: { due_on: "2027-01-15", reason: "進場延後" }, other: { due_on: "2027-01-20" } }),
  "POST /api/duties/{id}/extensions/{extension_id}/decision": async () => {
    const id = await duty();
    const asked = await (await city.as("liaison")).do(`/api/duties/${id}/extensions`, { due_on: "2027-01-15", reason: "進場延後" });
    return { path: `/api/duties/${id}/extensions/${asked.extensions[0].id}/decision`, body: { approve: true }, other: { approve: false } };
  },
  "POST /api/duties/{id}/reassignment": async () => ({ path: `/api/duties/${await duty()}/reassignment`, body: { agency_id: known.transport.id, reason: "業務移撥" }, other: { agency_id: known.water.id } }),
  "POST /api/duties/{id}/reopening": async () => {
    const id = await duty();
    await controller.do(`/api/duties/${id}/completion`, { evidence: "辦理完成" });
    return { path: `/api/duties/${id}/reopening`, body: { reason: "缺件" }, other: { reason: "別的理由" } };
  },
  "PUT /api/label-texts/{key}/{language}": async () => ({ by: admin, path: "/api/label-texts/nav.tokens/en", body: { wording: `Keys ${randomUUID().slice(0, 8)}` }, other: { wording: "Other keys" } }),
  "DELETE /api/label-texts/{key}/{language}": async () => {
    must(await admin.put("/api/label-texts/nav.home/en", { wording: `Start ${randomUUID().slice(0, 8)}` }));
    return { by: admin, path: "/api/label-texts/nav.home/en" };
  },
  "POST /api/mail-resendings": async () => {
    await mail();
    return { by: admin, path: "/api/mail-resendings", body: { state: "waiting" }, other: { state: "failed" } };
  },
  "POST /api/mail-tests": async () => ({ by: admin, path: "/api/mail-tests", body: { address: "a@sample.invalid" }, other: { address: "b@sample.invalid" } }),
  "PUT /api/mail/{id}/address": async () => ({ by: admin, path: `/api/mail/${await mail()}/address`, body: { address: "b@sample.invalid" }, other: { address: "c@sample.invalid" } }),
  "POST /api/mail/{id}/giving-up": async () => ({ by: admin, path: `/api/mail/${await mail()}/giving-up`, body: { reason: "不再需要" }, other: { reason: "別的理由" } }),
  "POST /api/mail/{id}/opening": async () => ({ by: admin, path: `/api/mail/${await mail()}/opening`, body: {}, other: { id: "2" }, secret: true }),
  "POST /api/mail/{id}/resending": async () => ({ by: admin, path: `/api/mail/${await mail()}/resending`, body: {}, other: { id: "2" } }),
  "POST /api/plan-imports": async () => ({ path: "/api/plan-imports", body: { file_name: "a.txt", text: planText(113) }, other: { text: planText(112) } }),
  "POST /api/plan-indicators/{id}/values": async () => {
    await controller.do(`/api/plan-obligations/${obligations[0].id}/acceptance`);
    const item = await controller.read(`/api/plan-items/${sentences[0].node_id}`);
    return { path: `/api/plan-indicators/${item.indicators[0].id}/values`, body: { value: 12 }, other: { value: 13 } };
  },
  "PUT /api/plan-obligations/{id}": async () => ({ path: `/api/plan-obligations/${obligations[1].id}`, body: { what: "每季召開會議", every: "quarter" }, other: { every: "month" } }),
  "POST /api/plan-obligations/{id}/acceptance": async () => ({ path: `/api/plan-obligations/${obligations[2].id}/acceptance`, body: {}, other: { agency_id: known.water.id } }),
  "POST /api/plan-obligations/{id}/drop": async () => ({ path: `/api/plan-obligations/${obligations[3].id}/drop`, body: { reason: "不是列管事項" }, other: { reason: "別的理由" } }),
  "POST /api/plan-obligations/{id}/withdrawal": async () => {
    await controller.do(`/api/plan-obligations/${obligations[4].id}/acceptance`);
    return { path: `/api/plan-obligations/${obligations[4].id}/withdrawal`, body: { reason: "誤按" }, other: { reason: "別的理由" } };
  },
  "POST /api/plan-sentences/{id}/decision": async () => ({ path: `/api/plan-sentences/${sentences[1].id}/decision`, body: { decision: "undecided" }, other: { decision: "obligation" } }),
  "POST /api/plan-sentences/{id}/obligations": async () => ({ path: `/api/plan-sentences/${sentences[1].id}/obligations`, body: { what: "另行檢討", every: "year" }, other: { every: "month" } }),
  "POST /api/plans/{id}/acceptance": async () => {
    const plan = await controller.do("/api/plan-imports", { file_name: "b.txt", text: planText(111) });
    return { path: `/api/plans/${plan.plan_id}/acceptance`, body: { all: true }, other: { all: false } };
  },
  "POST /api/policies/{key}/values": async () => ({ path: "/api/policies/duty.severe_days/values", body: { value: "20", valid_from: "2027-05-01", source: "測試" }, other: { value: "21" } }),
  "POST /api/schedules/{name}/runs": async () => ({ by: admin, path: "/api/schedules/mail.forget/runs", body: {}, other: { name: "audit.verify" } }),
  "POST /api/service-tokens": async () => ({ by: admin, path: "/api/service-tokens", body: { name: "x", permissions: ["duty.read"], expires_on: "2027-01-31" }, other: { name: "y" }, secret: true }),
  "DELETE /api/service-tokens/{id}": async () => ({ by: admin, path: `/api/service-tokens/${(await admin.do("/api/service-tokens", { name: "x", permissions: ["duty.read"], expires_on: "2027-01-31" })).id}` }),
  "DELETE /api/sessions/{id}": async () => {
    const other = await city.signIn("controller");
    return { path: `/api/sessions/${(await other.read("/api/sessions")).rows.find(row => row.current).id}` };
  },
};
// A sign-in is a session each time, and after a sign-out there is nobody left to answer twice: these two are tried by themselves below. At the door
// nobody has keys yet: a link is good once by itself, and what is asked for there is counted (people.test.mjs). A job that failed has to be put into
// the database first: system.test.mjs does, and tries these two there. A plan's document is no JSON: plan.test.mjs brings the same one twice. A table turned into text changes nothing at all.
const apart = ["POST /api/session", "DELETE /api/session", "POST /api/account-link-views", "POST /api/account-link-uses", "POST /api/password-reset-requests", "POST /api/jobs/{id}/giving-up", "POST /api/jobs/{id}/retries", "PUT /api/plan-documents", "PUT /api/sheet-texts"];

function yearCsv(year) {
  const rows = ["西元日期,星期,是否放假,備註"];
  for (let on = Date.UTC(year, 0, 1); on <= Date.UTC(year, 11, 31); on += 86_400_000) {
    const day = new Date(on);
    rows.push(`${day.toISOString().slice(0, 10).replaceAll("-", "")},${"日一二三四五六"[day.getUTCDay()]},${[0, 6].includes(day.getUTCDay()) ? 2 : 0},`);
  }
  return `${rows.join("\r\n")}\r\n`;
}

describe("idempotency keys", () => {
  it("have a row here for every mutating route", () => {
    expect(Object.keys(rows).concat(apart).sort()).toEqual(routes.map(route => route.name).sort());
  });

  it("give the same answer again on every mutating route, and refuse other content under the same key", async () => {
    const wrong = [];
    const size = () => eventCount(city);
    await size(); // the schedules that are due at the start run now
    for (const [name, prepare] of Object.entries(rows)) {
      const { by = controller, path, body, other, secret: hidden } = await prepare();
      const method = name.split(" ")[0];
      const key = randomUUID();
      const first = await by.call(method, path, body, { key });
      if (first.status !== 200) {
        wrong.push(`${name}: ${first.status} ${first.text.slice(0, 300)}`);
        continue;
      }
      const events = await size();
      for (let i = 0; i < 2; ++i) {
        const again = await by.call(method, path, body, { key });
        if (hidden) {
          if (again.status !== 409 || again.body.key !== "fault.secret_given" || again.text.includes(first.body.token ?? first.body.address)) wrong.push(`${name} again: ${again.status} ${again.text}`);
        } else if (again.status !== 200 || again.text !== first.text || again.headers["idempotent-replay"] !== "true") wrong.push(`${name} again: ${again.status} ${again.text.slice(0, 200)}`);
      }
      const differing = await by.call(method, path, method === "DELETE" ? { other: 1 } : { ...body, ...other }, { key });
      if (differing.status !== 422 || differing.body.fields[0]?.key !== "fault.key_reused") wrong.push(`${name} with other content: ${differing.status} ${differing.text.slice(0, 200)}`);
      if ((await size()) !== events) wrong.push(`${name}: changed something again`);
    }
    expect(wrong).toEqual([]);
  });

  it("make a second session of a second sign-in, and leave nobody to ask twice after a sign-out", async () => {
    const key = randomUUID();
    const sign_in = () => city.client().call("POST", "/api/session", { login_name: "auditor", password }, { key });
    const [first, second] = [await sign_in(), await sign_in()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.headers["set-cookie"][0]).not.toBe(first.headers["set-cookie"][0]);
    const client = await city.signIn("auditor");
    expect((await client.remove("/api/session", { key })).status).toBe(200);
    expect((await client.remove("/api/session", { key })).status).toBe(401);
  });

  it("create one duty when eight requests with one key arrive at once", async () => {
    for (let round = 0; round < 5; ++round) {
      const title = `同時送出 ${randomUUID()}`;
      const key = randomUUID();
      const body = newDuty(known.construction.id, { title });
      const answers = await Promise.all(Array.from({ length: 8 }, () => controller.post("/api/duties", body, { key })));
      expect(answers.map(answer => answer.status), answers.map(answer => answer.text.slice(0, 200)).join("\n")).toEqual(Array(8).fill(200));
      expect(new Set(answers.map(answer => answer.text)).size).toBe(1);
      expect(answers.filter(answer => answer.headers["idempotent-replay"]).length).toBe(7);
      expect(await allRows(controller, `/api/duties?view=city&q=${encodeURIComponent(title)}`)).toHaveLength(1);
    }
  });

  it("belong to one account and one address: somebody else with the same key does something else", async () => {
    const key = randomUUID();
    const body = newDuty(known.construction.id);
    const first = must(await controller.post("/api/duties", body, { key }));
    const other = must(await (await city.as("rdec-head")).post("/api/duties", body, { key }));
    expect(other.duty.id).not.toBe(first.duty.id);
    expect((await controller.post(`/api/duties/${first.duty.id}/completion`, { evidence: "x" }, { key })).status).toBe(200);
  });

  it("are not spent by a refusal", async () => {
    const key = randomUUID();
    expect((await controller.post("/api/duties", newDuty(known.construction.id, { title: "" }), { key })).status).toBe(422);
    expect((await controller.post("/api/duties", newDuty(known.construction.id), { key })).status).toBe(200);
    expect((await controller.post("/api/duties", newDuty(known.construction.id), { key: "k".repeat(201) })).status).toBe(422);
  });

  it("number duties without gap or repeat when many are created at once", async () => {
    const numbers = [];
    await inParallel(Array.from({ length: 60 }), 12, async () => numbers.push((await controller.do("/api/duties", newDuty(known.water.id))).duty.number));
    expect(new Set(numbers).size).toBe(60);
    const ordinals = numbers.map(number => Number(number.split("-")[1])).sort((a, b) => a - b);
    if (sqlite) expect(ordinals[59] - ordinals[0]).toBe(59);
    expect(numbers.every(number => number.startsWith("115-"))).toBe(true);
  });
});
