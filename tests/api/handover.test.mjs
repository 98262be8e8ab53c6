// Handover lists: made when a post changes its holder, read by those it names, signed by each for themselves; the work stays on the post.
import { agencies, allRows, must, newDuty, startCity } from "./support.mjs";

const secret = "Seven-lamps-on-the-quay";

let city;
let known;
let controller;
let admin;
let post;
let unit;
const people = {};

async function person(name, login) {
  const made = await admin.do("/api/accounts", { login_name: login, display_name: name, password: secret, grants: [{ role: "handler", agency_id: known.rdec.id, unit_id: unit }] });
  return made.id;
}

beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  controller = await city.as("controller");
  admin = await city.as("admin");
  unit = (await controller.do(`/api/agencies/${known.rdec.id}/units`, { name: "交接組", valid_from: "2026-01-01" })).id;
  post = (await controller.do(`/api/agencies/${known.rdec.id}/posts`, { name: "交接承辦", kind: "officer", unit_id: unit, valid_from: "2026-01-01" })).id;
  for (const [login, name] of [["leaver", "趙離任"], ["comer", "錢到任"], ["stranger", "孫旁人"]]) {
    const spare = (await controller.do(`/api/agencies/${known.rdec.id}/posts`, { name: `備用${login}`, kind: "officer", valid_from: "2026-01-01" })).id;
    const id = (await controller.do(`/api/agency-posts/${spare}/holders`, { person_name: name, valid_from: "2026-01-01", valid_to: "2026-01-02" })).id;
    const account = await person(name, login);
    must(await admin.put(`/api/accounts/${account}/person`, { person_id: id }));
    people[login] = { id, name, account };
  }
  await controller.do(`/api/agency-posts/${post}/holders`, { person_id: people.leaver.id, valid_from: "2026-02-01" });
});
afterAll(() => city.finish());

const as = login => city.as(login, secret);
const appoint = (login, from) => controller.do(`/api/agency-posts/${post}/holders`, { person_id: people[login].id, valid_from: from });
const lists = async (login, view = "mine") => (await (await as(login)).read(`/api/handovers?view=${view}`)).rows;
const duty = async more => (await (await city.as("rdec-head")).do("/api/duties", newDuty(known.rdec.id, { unit_id: unit, post_id: post, due_on: "2026-12-15", ...more }))).duty;

describe("a post that changes its holder", () => {
  let open;
  let late;
  let id;

  it("makes a list of its open duties, with what is late and what was asked for", async () => {
    open = await duty({ title: "交接：一般事項" });
    late = await duty({ title: "交接：逾期事項", due_on: "2026-10-01" });
    const done = await duty({ title: "交接：已辦結" });
    await (await city.as("rdec-head")).do(`/api/duties/${done.id}/completion`, { evidence: "完成" });
    await (await as("leaver")).do(`/api/duties/${open.id}/extensions`, { due_on: "2027-01-15", reason: "等候廠商" });
    await appoint("comer", "2026-12-01");
    const [row] = await lists("leaver");
    expect(row).toMatchObject({ post_name: "交接承辦", from_name: "趙離任", to_name: "錢到任", changes_on: "2026-12-01", state: "open", signatures: [] });
    id = row.id;
    const view = await (await as("leaver")).read(`/api/handovers/${id}`);
    expect(view.items.map(item => [item.duty.title, item.extension_asked])).toEqual([["交接：逾期事項", false], ["交接：一般事項", true]]);
    expect(view.late).toBe(1);
    expect(view.actions).toEqual(["sign_leaving", "note"]);
  });

  it("is read by those it names and by who looks after the agency, and by nobody else", async () => {
    expect((await lists("comer")).map(row => row.id)).toEqual([id]);
    expect(await lists("stranger")).toEqual([]);
    for (const client of [await as("stranger"), await city.as("liaison"), await city.as("citizen"), await city.as("auditor")]) {
      expect((await client.get(`/api/handovers/${id}`)).status).toBe(404);
      expect((await client.post(`/api/handovers/${id}/signatures`, { part: "leaving" })).status).toBe(404);
      expect((await client.put(`/api/handovers/${id}/notes`, { note: "x" })).status).toBe(404);
    }
    const seen = await controller.read("/api/handovers?view=agency");
    expect(seen.rows.map(row => row.id)).toContain(id);
    expect((await controller.read(`/api/handovers/${id}`)).actions).toEqual(["sign_supervisor"]);
    expect((await (await city.as("liaison")).read("/api/handovers?view=agency")).rows.map(row => row.id)).not.toContain(id);
  });

  it("follows a correction of the appointment while nobody has signed", async () => {
    await appoint("comer", "2026-11-28");
    expect((await lists("leaver")).map(row => [row.id, row.changes_on])).toEqual([[id, "2026-11-28"]]);
  });

  it("takes notes of both, and each signature by its own person only", async () => {
    const leaver = await as("leaver");
    const view = must(await leaver.put(`/api/handovers/${id}/notes`, { duty_id: late.id, note: "廠商電話在資料夾第一頁" }));
    expect(view.items.find(item => item.duty.id === late.id).note).toBe("廠商電話在資料夾第一頁");
    must(await leaver.put(`/api/handovers/${id}/notes`, { note: "鑰匙交給總務" }));
    expect((await leaver.put(`/api/handovers/${id}/notes`, { duty_id: "1", note: "x" })).body.key).toBe("handover.no_item");
    expect((await controller.put(`/api/handovers/${id}/notes`, { note: "x" })).body.key).toBe("handover.not_yours");
    for (const [client, part] of [[await as("comer"), "leaving"], [leaver, "coming"], [leaver, "supervisor"], [controller, "leaving"]]) {
      expect((await client.post(`/api/handovers/${id}/signatures`, { part })).body.key).toBe("handover.not_your_signature");
    }
    const signed = await leaver.do(`/api/handovers/${id}/signatures`, { part: "leaving" });
    expect(signed.frozen_at).toBe(city.clock);
    expect(signed.handover).toMatchObject({ state: "half", signatures: [{ part: "leaving", by_name: "趙離任" }] });
    expect((await leaver.put(`/api/handovers/${id}/notes`, { note: "改一下" })).body.key).toBe("handover.signed");
    expect((await leaver.post(`/api/handovers/${id}/signatures`, { part: "leaving" })).body.key).toBe("handover.signed");
  });

  it("keeps what was signed, shows what became of it, and is signed off by who comes", async () => {
    const later = await duty({ title: "交接：定案後新增" });
    await (await city.as("rdec-head")).do(`/api/duties/${late.id}/completion`, { evidence: "完成" });
    const comer = await as("comer");
    const view = await comer.read(`/api/handovers/${id}`);
    expect(view.items.map(item => [item.duty.id, item.duty.state])).toEqual([[late.id, "done"], [open.id, "open"]]);
    expect(view.items.map(item => item.duty.id)).not.toContain(later.id);
    const off = await comer.do(`/api/handovers/${id}/signatures`, { part: "coming" });
    expect(off.handover.state).toBe("signed_off");
    expect(off.actions).toEqual([]);
    const watched = await controller.do(`/api/handovers/${id}/signatures`, { part: "supervisor" });
    expect(watched.handover.signatures.map(one => one.part)).toEqual(["leaving", "coming", "supervisor"]);
  });

  it("leaves the work on the post: the next holder has it from the first day", async () => {
    const mine = async login => (await allRows(await as(login), "/api/duties?view=mine")).map(row => row.id);
    expect(await mine("leaver")).toContain(open.id);
    await city.setClock("2026-11-28T01:00:00Z");
    controller = await city.as("controller");
    expect(await mine("leaver")).not.toContain(open.id);
    expect(await mine("comer")).toContain(open.id);
  });

  it("waits for who comes when the post is left vacant, and is void when nobody leaves after all", async () => {
    await controller.do(`/api/agency-posts/${post}/vacancy`, { last_on: "2026-12-10" });
    const [row] = await lists("comer");
    expect(row).toMatchObject({ from_name: "錢到任", to_name: null, changes_on: "2026-12-11" });
    await (await as("comer")).do(`/api/handovers/${row.id}/signatures`, { part: "leaving" });
    expect((await controller.post(`/api/handovers/${row.id}/signatures`, { part: "coming" })).body.key).toBe("handover.vacant");
    await appoint("stranger", "2026-12-20");
    expect((await lists("stranger")).map(one => [one.id, one.to_name])).toEqual([[row.id, "孫旁人"]]);
    await controller.do(`/api/agency-posts/${post}/vacancy`, { last_on: "2026-12-25" });
    expect(await lists("stranger")).toHaveLength(2);
    await appoint("stranger", "2026-12-26");
    expect((await lists("stranger")).map(one => one.id)).toEqual([row.id]);
  });
});
