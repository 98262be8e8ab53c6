// Standing in for another: a deputy's week under the fake clock, and who may name deputies.
import { agencies, allRows, must, newDuty, sleep, startCity } from "./support.mjs";

const secret = "Seven-lamps-on-the-quay";

let city;
let known;
let principal; // the sample handler: holds a post of a unit of the commission
let post;
let colleague; // holds a post of another agency unit, with an account of his own
let me; // people
const week = { monday: "2026-11-23", tuesday: "2026-11-24", wednesday: "2026-11-25", thursday: "2026-11-26", friday: "2026-11-27", next_monday: "2026-11-30" };
const morning = day => `${day}T01:00:00Z`;
const on = day => city.setClock(morning(day));

beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  principal = await city.as("handler");
  me = (await principal.read("/api/own-delegations")).person;
  const grant = principal.session.grants[0];
  const detail = await principal.read(`/api/agencies/${known.rdec.id}`);
  const unit = detail.units.find(one => one.id === grant.unit_id);
  post = unit.posts.find(one => one.holder_id === me.id);
  // A colleague of another unit, whom the administrator gives an account.
  const elsewhere = detail.units.find(one => one.id !== grant.unit_id && one.id !== "0" && one.posts.some(each => each.holder_id));
  const held = elsewhere.posts.find(one => one.holder_id);
  colleague = { person: held.holder_id, name: held.holder_name, unit: elsewhere.id };
  const admin = await city.as("admin");
  const account = await admin.do("/api/accounts", { login_name: "colleague", display_name: held.holder_name, password: secret, grants: [{ role: "handler", agency_id: known.rdec.id, unit_id: elsewhere.id }] });
  must(await admin.put(`/api/accounts/${account.id}/person`, { person_id: held.holder_id }));
});
afterAll(() => city.finish());

const deputy = () => city.as("colleague", secret);
const holder = () => city.as("handler");
const create = async more => (await (await city.as("rdec-head")).do("/api/duties", newDuty(known.rdec.id, { unit_id: principal.session.grants[0].unit_id, due_on: "2026-12-15", ...more }))).duty.id;
const name = async body => (await holder()).post("/api/own-delegations", { deputy_id: colleague.person, valid_from: week.wednesday, valid_to: week.friday, reason: "leave", ...body });

describe("a deputy's week", () => {
  let open;
  let secretDuty;
  let others;

  it("begins on Monday, when a holder names who stands in from Wednesday to Friday", async () => {
    await on(week.monday);
    open = await create({ title: "代理週：公開事項", post_id: post.id });
    secretDuty = await create({ title: "代理週：密件", post_id: post.id, confidentiality: "confidential" });
    others = await create({ title: "代理週：同單位他人事項" });
    must(await name());
    await sleep(300);
    const own = await (await holder()).read("/api/own-delegations");
    expect(own.for_me.map(row => [row.deputy.name, row.state, row.reason, row.confidential])).toEqual([[colleague.name, "coming", "leave", false]]);
    expect((await (await deputy()).read("/api/own-delegations")).by_me.map(row => [row.person.id, row.state])).toEqual([[me.id, "coming"]]);
    // Not yet.
    expect((await (await deputy()).get(`/api/duties/${open}`)).status).toBe(404);
    expect((await (await deputy()).read("/api/session")).stands_in_for).toEqual([]);
  });

  it("takes effect on Wednesday: the post's duties and no others, nothing confidential", async () => {
    await on(week.wednesday);
    const client = await deputy();
    expect((await client.read("/api/session")).stands_in_for).toEqual([principal.session.account.display_name]);
    const mine = await allRows(client, "/api/duties?view=mine");
    expect(mine.map(row => row.id)).toContain(open);
    const listed = (await allRows(client, `/api/duties?view=city&q=${encodeURIComponent("代理週")}`)).map(row => row.id);
    expect(listed).toEqual([open]);
    expect((await client.read(`/api/duties/${open}`)).standing_in_for).toBe(principal.session.account.display_name);
    for (const hidden of [secretDuty, others]) expect((await client.get(`/api/duties/${hidden}`)).status).toBe(404);
    // What the holder may, and no more.
    expect((await client.post(`/api/duties/${open}/cancellation`, { reason: "不需要" })).status).toBe(403);
  });

  it("brings the deputy what the holder is told and reminded of, and says whose it is; nothing confidential", async () => {
    const controller = await city.as("rdec-head");
    await controller.do("/api/chases", { duty_ids: [open, secretDuty], channel: "phone", note: "請儘速辦理" });
    const told = (await (await deputy()).read("/api/notices?category=chase")).rows;
    expect(told.filter(row => row.kind === "chase.by_hand").map(row => [row.record.id, row.instead_of, row.hidden])).toEqual([[open, principal.session.account.display_name, false]]);
    const own = (await (await holder()).read("/api/notices?category=chase")).rows.filter(row => row.kind === "chase.by_hand");
    expect(own.map(row => row.record.id).sort()).toEqual([open, secretDuty].sort());
    expect(own.every(row => row.instead_of === null)).toBe(true);
  });

  it("has the deputy act under the deputy's own name, and say for whom", async () => {
    const client = await deputy();
    const asked = await client.do(`/api/duties/${open}/extensions`, { due_on: "2026-12-31", reason: "等候廠商" });
    const both = `${colleague.name}（代理${principal.session.account.display_name}）`;
    expect(asked.extensions.at(-1).asked_by_name).toBe(both);
    const done = await client.do(`/api/duties/${open}/completion`, { evidence: "已辦理完成" });
    expect(done.evidence.at(-1).by_name).toBe(both);
    expect(done.history.filter(row => row.kind === "duty.done").map(row => row.actor_name)).toEqual([both]);
    await on(week.wednesday); // events have their positions
    const auditor = await city.as("auditor");
    const events = (await auditor.read(`/api/audit-events?record_kind=duty&record_id=${open}`)).rows;
    expect(events.find(row => row.kind === "duty.done").actor_name).toBe(both);
    // The event's own actor is the deputy's account: who asks for what that account did finds it.
    const account = (await client.read("/api/session")).account.id;
    expect((await auditor.read(`/api/audit-events?actor=${account}&record_kind=duty`)).rows.map(row => row.kind)).toContain("duty.done");
    expect((await auditor.read(`/api/audit-events?actor=${principal.session.account.id}&record_kind=duty&record_id=${open}`)).rows).toEqual([]);
    await (await city.as("rdec-head")).do(`/api/duties/${open}/reopening`, { reason: "續辦" });
  });

  it("lets nobody decide on what their deputy asked for them, nor a deputy pass it on", async () => {
    const client = await deputy();
    const third = (await client.read("/api/delegation-candidates")).rows.find(row => row.id !== me.id);
    expect(third, "a third person with an account").toBeTruthy();
    const chain = await client.post("/api/own-delegations", { deputy_id: third.id, valid_from: week.thursday, valid_to: week.friday, reason: "leave" });
    expect([chain.status, chain.body.key]).toEqual([409, "agency.stands_in_then"]);
    const back = await (await holder()).post("/api/own-delegations", { deputy_id: me.id, valid_from: "2026-12-07", valid_to: "2026-12-08", reason: "trip" });
    expect(back.body.fields.map(field => field.key)).toEqual(["agency.own_deputy"]);
    const overlap = await (await holder()).post("/api/own-delegations", { deputy_id: third.id, valid_from: week.friday, valid_to: "2026-12-01", reason: "trip" });
    expect([overlap.status, overlap.body.key]).toEqual([409, "agency.deputy_overlap"]);
  });

  it("is ended early on Thursday, and the right is gone with the next request", async () => {
    await on(week.thursday);
    const client = await deputy();
    expect((await client.get(`/api/duties/${open}`)).status).toBe(200);
    must(await (await holder()).post("/api/own-delegations/closure", { valid_from: week.wednesday }));
    for (let i = 0; i < 2; ++i) expect((await client.get(`/api/duties/${open}`)).status).toBe(404);
    const own = await (await holder()).read("/api/own-delegations");
    expect(own.for_me.map(row => [row.state, row.valid_to])).toEqual([["over", week.wednesday]]);
    expect((await (await holder()).post("/api/own-delegations/closure", { valid_from: week.wednesday })).body.key).toBe("agency.deputy_over");
  });

  it("is named again with what is confidential, and ends by itself", async () => {
    must(await name({ valid_from: week.friday, valid_to: week.friday, confidential: true }));
    expect((await (await deputy()).get(`/api/duties/${secretDuty}`)).status).toBe(404);
    await sleep(300); // another process notices a new deputy within a quarter of a second; one that ended, at once
    await on(week.friday);
    expect((await (await deputy()).get(`/api/duties/${secretDuty}`)).status).toBe(200);
    await on(week.next_monday);
    for (const duty of [open, secretDuty]) expect((await (await deputy()).get(`/api/duties/${duty}`)).status).toBe(404);
    expect((await (await deputy()).read("/api/session")).stands_in_for).toEqual([]);
    expect((await (await holder()).read("/api/own-delegations")).for_me.map(row => row.state)).toEqual(["over", "over"]);
  });
});

describe("naming deputies", () => {
  it("is for oneself, or for whoever looks after the agency", async () => {
    const body = { person_id: me.id, deputy_id: colleague.person, valid_from: "2026-12-07", valid_to: "2026-12-08", reason: "trip" };
    for (const login of ["handler", "unit-head", "auditor", "citizen"]) expect((await (await city.as(login)).post("/api/delegations", body)).status, login).toBe(403);
    // The liaison and the head of another agency are told so, and see nothing of this one.
    for (const login of ["liaison", "agency-head"]) {
      const client = await city.as(login);
      expect((await client.post("/api/delegations", body)).body.fields.map(field => [field.path, field.key]), login).toEqual([["person_id", "agency.not_looked_after"]]);
      expect((await client.read("/api/delegations")).rows.filter(row => row.person.id === me.id)).toEqual([]);
      expect((await client.read("/api/delegation-people")).rows.map(row => row.id)).not.toContain(me.id);
    }
    const controller = await city.as("controller");
    must(await controller.post("/api/delegations", body));
    const rows = (await controller.read("/api/delegations?state=coming")).rows;
    expect(rows.filter(row => row.person.id === me.id).map(row => [row.deputy.id, row.reason])).toEqual([[colleague.person, "trip"]]);
    must(await controller.post("/api/delegations/closure", { person_id: me.id, valid_from: "2026-12-07" }));
    expect((await controller.read("/api/delegations?state=coming")).rows.filter(row => row.person.id === me.id)).toEqual([]);
  });

  it("is refused with the field and the cure", async () => {
    const client = await holder();
    const ask = async body => (await client.post("/api/own-delegations", { deputy_id: colleague.person, valid_from: "2026-12-07", valid_to: "2026-12-08", reason: "leave", ...body })).body;
    expect((await ask({ valid_from: "2026-11-01" })).fields.map(field => [field.path, field.key])).toEqual([["valid_from", "agency.deputy_in_past"]]);
    expect((await ask({ valid_to: "2026-12-06" })).fields.map(field => [field.path, field.key])).toEqual([["valid_to", "agency.ends_before"]]);
    expect((await ask({ valid_to: "2028-01-01" })).fields.map(field => [field.path, field.key])).toEqual([["valid_to", "agency.deputy_too_long"]]);
    expect((await ask({ deputy_id: "1" })).fields.map(field => [field.path, field.key])).toEqual([["deputy_id", "agency.person_not_found"]]);
    expect((await ask({ reason: "sick" })).fields[0].path).toBe("reason");
    const stranger = (await (await city.as("controller")).read("/api/agency-people?limit=200")).rows.find(row => !row.has_account && row.posts.length > 0);
    expect((await ask({ deputy_id: stranger.id })).fields.map(field => [field.path, field.key])).toEqual([["deputy_id", "agency.deputy_without_account"]]);
    expect((await (await city.as("executive")).post("/api/own-delegations", { deputy_id: colleague.person, valid_from: "2026-12-07", valid_to: "2026-12-08", reason: "leave" })).body.key).toBe("agency.nothing_to_stand_in");
  });
});
