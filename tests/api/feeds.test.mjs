// Calendars by secret links and the feed of public changes: what they say, who may have them, and that two independent readers take each without complaint.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { agencies, must, newDuty, root, send, sleep, startCity } from "./support.mjs";

let city;
let known;
let controller;
let admin;
let liaison;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  [controller, admin, liaison] = await Promise.all(["controller", "admin", "liaison"].map(login => city.as(login)));
});
afterAll(() => city.finish());

function reader(program, args, text) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    const out = [];
    let err = "";
    child.stdout.on("data", part => out.push(part));
    child.stderr.on("data", part => (err += part));
    child.on("close", code => (code === 0 ? done(JSON.parse(Buffer.concat(out).toString())) : fail(new Error(`${program} ${args[0]}: ${err}`))));
    child.stdin.end(text);
  });
}
const tool = name => join(root, "tests/api", name);
/** What both readers say of a calendar; they have to say the same. */
async function calendar(text) {
  const said = await reader("/usr/bin/python3", [tool("read_feeds.py"), "calendar"], text);
  expect(said.vobject).toEqual(said.icalendar);
  return said.icalendar;
}
async function atom(text) {
  const [python, perl] = await Promise.all([reader("/usr/bin/python3", [tool("read_feeds.py"), "atom"], text), reader("/usr/bin/perl", [tool("read_atom.pl")], text)]);
  expect(perl).toEqual(python);
  return python;
}
// Without a cookie, as a calendar program asks.
const fetchFeed = (path, headers = {}, index = 0) => send(city.port(index), "GET", path, headers);
const link = async (client, body) => must(await client.post("/api/feeds", body));
// The head of the commission: the one who may make confidential ones too.
const makeDuty = async (more = {}) => (await (await city.as("rdec-head")).do("/api/duties", newDuty(known.construction.id, more))).duty;

describe("calendar links", () => {
  it("give an agency's duties as a calendar that two independent readers take and understand alike", async () => {
    const title = `檢討路燈；含「逗號,分號;反斜線\\」與很長很長的標題${"，逐一清查各區路燈並回報".repeat(8)}`;
    const duty = await makeDuty({ title, due_on: "2026-12-15" });
    const secret = await makeDuty({ title: "不可外流的密件", due_on: "2026-12-16", confidentiality: "confidential" });
    const { feed, path } = await link(await city.as("agency-head"), { kind: "duties.agency", alarm_days: 3 });
    expect(feed.last_used_at).toBeNull();
    const answer = await fetchFeed(path);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/calendar; charset=utf-8");
    expect(answer.headers["cache-control"]).toBe("private, no-cache");
    for (const line of answer.raw.toString("latin1").split("\r\n")) expect(line.length).toBeLessThanOrEqual(75);
    expect(answer.text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const said = await calendar(answer.raw);
    expect(said.name).toBe("本機關列管事項");
    const mine = said.entries.find(entry => entry.uid === `duty-${duty.id}@mandate`);
    expect(mine).toMatchObject({ title, on: "2026-12-15", until: "2026-12-16", status: "CONFIRMED", sequence: 0, class: "PRIVATE", alarms: [-(2 * 24 + 15) * 3600] });
    expect(mine.text).toContain(duty.number);
    const hidden = said.entries.find(entry => entry.uid === `duty-${secret.id}@mandate`);
    expect(hidden).toMatchObject({ title: "密件列管事項", text: "", class: "CONFIDENTIAL", on: "2026-12-16" });
    expect(answer.text).not.toContain("不可外流");
    expect(answer.text).not.toContain(secret.number);
    expect(answer.text).toContain(`URL:http://127.0.0.1:${city.port(0)}/console/duties/`);
  });

  it("keep the UID, raise the sequence and say CANCELLED, and answer 304 until something changes", async () => {
    const duty = await makeDuty({ title: "會改期的事" });
    const { path } = await link(liaison, { kind: "duties.agency" });
    const first = await fetchFeed(path);
    expect((await fetchFeed(path, { "If-None-Match": first.headers.etag })).status).toBe(304);
    const asked = await liaison.do(`/api/duties/${duty.id}/extensions`, { due_on: "2027-01-15", reason: "進場延後" });
    await controller.do(`/api/duties/${duty.id}/extensions/${asked.extensions[0].id}/decision`, { approve: true });
    const second = await fetchFeed(path, { "If-None-Match": first.headers.etag });
    expect(second.status).toBe(200);
    const entryIn = async answer => (await calendar(answer.raw)).entries.find(entry => entry.uid === `duty-${duty.id}@mandate`);
    const [before, moved] = [await entryIn(first), await entryIn(second)];
    expect([before.on, moved.on, moved.sequence > before.sequence, moved.alarms]).toEqual(["2026-12-15", "2027-01-15", true, []]);
    await controller.do(`/api/duties/${duty.id}/cancellation`, { reason: "免列管" });
    const gone = await entryIn(await fetchFeed(path));
    expect([gone.status, gone.title, gone.sequence > moved.sequence]).toEqual(["CANCELLED", "（已撤銷）會改期的事", true]);
  });

  it("give one series: a recurring duty with its occurrences, and what is assigned to oneself", async () => {
    const made = await controller.do("/api/duties", newDuty(known.construction.id, { title: "每月路燈檢討會", due_on: "2026-12-01", recurrence: { every: "month", day: 10 } }));
    const view = await controller.read(`/api/duties/${made.duty.id}`);
    const { feed, path } = await link(liaison, { kind: "duties.series", record_id: view.series.id });
    expect(feed.name).toBe("定期事項：每月路燈檢討會");
    const said = await calendar((await fetchFeed(path)).raw);
    expect(said.entries.length).toBe(made.duties_made);
    expect(new Set(said.entries.map(entry => entry.title))).toEqual(new Set(["每月路燈檢討會"]));
    const mine = await link(liaison, { kind: "duties.mine", name: "我的" });
    expect((await calendar((await fetchFeed(mine.path)).raw)).name).toBe("我的");
  });

  it("ask for the owner's rights at every read", async () => {
    const secret = "Seven-lamps-on-the-quay";
    const account = await admin.do("/api/accounts", { login_name: "feeder", display_name: "訂閱者", password: secret, grants: [{ role: "agency_liaison", agency_id: known.construction.id }] });
    const feeder = await city.signIn("feeder", secret);
    const { path } = await link(feeder, { kind: "duties.agency" });
    const [whole, one] = [await link(feeder, { kind: "duties.agency", record_id: known.construction.id }), await fetchFeed(path)];
    expect((await calendar(one.raw)).entries.length).toBeGreaterThan(0);
    expect((await feeder.post("/api/feeds", { kind: "duties.agency", record_id: known.transport.id })).body.fields[0].path).toBe("record_id");
    must(await admin.put(`/api/accounts/${account.id}/grants`, { grants: [{ role: "agency_liaison", agency_id: known.transport.id }] }));
    const moved = await calendar((await fetchFeed(path)).raw);
    const uids = new Set((await calendar(one.raw)).entries.map(entry => entry.uid));
    expect(moved.entries.filter(entry => uids.has(entry.uid))).toEqual([]);
    expect((await fetchFeed(whole.path)).status).toBe(404);
    must(await admin.put(`/api/accounts/${account.id}/grants`, { grants: [] }));
    expect((await fetchFeed(path)).status).toBe(404);
    must(await admin.put(`/api/accounts/${account.id}/grants`, { grants: [{ role: "agency_liaison", agency_id: known.construction.id }] }));
    expect((await fetchFeed(path)).status).toBe(200);
    must(await admin.post(`/api/accounts/${account.id}/disablement`, { reason: "離職" }));
    expect((await fetchFeed(path)).status).toBe(404);
  });

  it("are listed to their owner alone with their last use, without the secret, and end when they are revoked", async () => {
    const { feed, path } = await link(controller, { kind: "duties.agency", record_id: known.water.id, name: "水利局" });
    expect(path).toMatch(/^\/feeds\/calendar\/[0-9a-f]{64}\.ics$/);
    const answer = await fetchFeed(path);
    expect(answer.status).toBe(200);
    const rows = (await controller.read("/api/feeds")).rows;
    const row = rows.find(each => each.id === feed.id);
    expect([row.name, row.last_used_at]).toEqual(["水利局", city.clock]);
    expect(JSON.stringify(rows)).not.toContain(path.slice(16, 40));
    expect((await liaison.read("/api/feeds")).rows.map(each => each.id)).not.toContain(feed.id);
    expect((await liaison.remove(`/api/feeds/${feed.id}`)).status).toBe(404);
    must(await controller.remove(`/api/feeds/${feed.id}`));
    const gone = await fetchFeed(path, { "If-None-Match": answer.headers.etag });
    expect([gone.status, gone.body.key]).toEqual([404, "feed.no_such_link"]);
    expect((await controller.remove(`/api/feeds/${feed.id}`)).status).toBe(404);
    await city.setClock(city.clock); // the log is in order once its events have their positions
    const log = (await admin.read("/api/audit-events?limit=200")).rows.map(each => each.text);
    expect(log).toContain("撤銷行事曆訂閱連結");
  });

  it("refuse wrong kinds, records, names and numbers by their field, service tokens, and more than there may be", async () => {
    for (const [body, field] of [[{ kind: "duties.none" }, "kind"], [{ kind: "duties.mine", record_id: "1" }, "record_id"], [{ kind: "duties.series" }, "record_id"], [{ kind: "duties.series", record_id: "1" }, "record_id"],
      [{ kind: "duties.agency" }, "record_id"], [{ kind: "duties.mine", alarm_days: 31 }, "alarm_days"], [{ kind: "duties.mine", name: "名".repeat(101) }, "name"]]) {
      const answer = await controller.post("/api/feeds", body);
      expect([body.kind, answer.status, answer.body.fields?.[0]?.path]).toEqual([body.kind, 422, field]);
    }
    const token = await admin.do("/api/service-tokens", { name: "x", permissions: ["agency.read"], expires_on: "2027-01-31" });
    expect((await city.client().withToken(token.token).post("/api/feeds", { kind: "duties.mine" })).body.key).toBe("feed.people_only");
    expect((await (await city.as("citizen")).post("/api/feeds", { kind: "duties.mine" })).status).toBe(403);
    const executive = await city.as("executive");
    for (let n = 0; n < 20; ++n) await link(executive, { kind: "duties.mine", name: `第 ${n} 個` });
    expect((await executive.post("/api/feeds", { kind: "duties.mine" })).body.key).toBe("feed.too_many");
  });

  it("are slowed down when a program asks without end, as are guesses", async () => {
    const { path } = await link(await city.as("unit-head"), { kind: "duties.mine" });
    const statuses = [];
    for (let n = 0; n < 32; ++n) statuses.push((await fetchFeed(path, {}, 0)).status);
    expect(statuses.filter(status => status === 200)).toHaveLength(30);
    const slow = await fetchFeed(path, {}, 0);
    expect([slow.status, slow.headers["retry-after"]]).toEqual([429, "600"]);
    let guess;
    for (let n = 0; n < 40; ++n) guess = await fetchFeed(`/feeds/calendar/${String(n).padStart(64, "0")}.ics`, {}, 0);
    expect(guess.status).toBe(429);
    expect((await fetchFeed("/feeds/calendar/x", {}, 0)).status).toBe(429);
  });
});

describe("the feed of public changes", () => {
  it("is taken by two independent readers, bounded, cached, and says what was accepted, done and moved without what people typed", async () => {
    const rows = (await controller.read("/api/duties?view=city&origin=plan&limit=50")).rows;
    const [done, moved] = rows.filter(row => row.source?.kind === "plan_obligation");
    await controller.do(`/api/duties/${done.id}/completion`, { evidence: "含有民眾姓名的說明" });
    const plan = await controller.do("/api/plan-imports", { file_name: "交通局.txt", text: "臺中市政府交通局114年度施政計畫\n\n參、年度重要計畫\n\n工作計畫名稱\t重要計畫項目\t實施內容\n號誌維護\t號誌巡檢\t一、每月巡檢路口號誌20處以上。\n" });
    const obligation = (await controller.read(`/api/plans/${plan.plan_id}/sentences`)).rows.flatMap(row => row.obligations)[0];
    await controller.do(`/api/plan-obligations/${obligation.id}/acceptance`);
    const asked = await (await city.as("rdec-head")).do(`/api/duties/${moved.id}/extensions`, { due_on: "2027-06-30", reason: "不可公開的理由" });
    await controller.do(`/api/duties/${moved.id}/extensions/${asked.extensions[0].id}/decision`, { approve: true, note: "也不公開" });
    await city.setClock(new Date(Date.parse(city.clock) + 120_000).toISOString().replace(/\.\d+Z$/, "Z"));
    [controller, admin, liaison] = await Promise.all(["controller", "admin", "liaison"].map(login => city.as(login)));
    const answer = await fetchFeed("/feeds/changes.atom?lang=zh");
    expect([answer.status, answer.headers["content-type"], answer.headers["cache-control"]]).toEqual([200, "application/atom+xml; charset=utf-8", "public, max-age=60"]);
    const said = await atom(answer.raw);
    expect(said.title).toBe("市政承諾簿：異動");
    expect(said.entries.length).toBeLessThanOrEqual(50);
    expect(new Set(said.entries.map(entry => entry.id)).size).toBe(said.entries.length);
    const titles = said.entries.map(entry => entry.title);
    expect(titles).toContain(`已完成：${done.title}`);
    expect(titles).toContain(`期限延後：${moved.title}`);
    expect(titles).toContain(`列入承諾：${obligation.what}`);
    for (const words of ["民眾姓名", "不可公開", "也不公開"]) expect(answer.text).not.toContain(words);
    const updated = said.entries.map(entry => entry.updated);
    expect(updated).toEqual([...updated].sort().reverse());
    expect(said.updated).toBe(updated[0]);
    const page = await fetchFeed(new URL(said.entries[0].link).pathname);
    expect(page.status).toBe(200);
    expect((await fetchFeed("/feeds/changes.atom?lang=zh", { "If-None-Match": answer.headers.etag })).status).toBe(304);
    expect((await atom((await fetchFeed("/feeds/changes.atom?lang=en")).raw)).entries.map(entry => entry.title)).toContain(`Done: ${done.title}`);
  });

  it("is found from every public page, and shows no duty that is not everybody's", async () => {
    const page = await fetchFeed("/");
    expect(page.text).toMatch(/<link rel="alternate" type="application\/atom\+xml" title="[^"]+" href="\/feeds\/changes\.atom\?lang=zh">/);
    const secret = await makeDuty({ title: "不公開的內部事項" });
    await controller.do(`/api/duties/${secret.id}/completion`, { evidence: "完成" });
    await sleep(10);
    await city.setClock(new Date(Date.parse(city.clock) + 120_000).toISOString().replace(/\.\d+Z$/, "Z"));
    expect((await fetchFeed("/feeds/changes.atom")).text).not.toContain("不公開的內部事項");
  });
});
