// Chasing: a duty on its way up the ladder, chases by people, answers, effect; each rung once.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agencies, must, newDuty, startCity } from "./support.mjs";

let city, construction, water;

beforeAll(async () => {
  city = await startCity();
  const all = await agencies(city);
  construction = all.construction;
  water = all.water;
});
afterAll(() => city.finish());

const day = iso => `${iso}T02:00:00Z`;
const chasesOf = async (client, id) => (await client.read(`/api/duties/${id}/chases`)).rows;
const rungs = rows => rows.map(row => `${row.rung.offset_days}${row.rung.day_kind === "working_day" ? "w" : "c"} ${row.rung.audience} ${row.chased_at.slice(0, 10)}`).reverse();
async function create(more = {}) {
  return (await (await city.as("controller")).do("/api/duties", newDuty(construction.id, more))).duty;
}
async function days(...list) {
  for (const iso of list) await city.setClock(day(iso));
}

describe("chasing", () => {
  it("walks a duty through its whole ladder, each rung once and on its day, until it is done", async () => {
    await days("2026-11-24");
    const duty = await create({ title: "走完階梯的一件事", due_on: "2026-12-15" });
    // 2026-12-15 is a Tuesday: the working day before is Monday.
    for (let on = 25; on <= 30; ++on) await days(`2026-11-${on}`);
    for (let on = 1; on <= 31; ++on) await days(`2026-12-${String(on).padStart(2, "0")}`);
    for (let on = 1; on <= 15; ++on) await days(`2027-01-${String(on).padStart(2, "0")}`);
    const controller = await city.as("controller");
    const rows = await chasesOf(controller, duty.id);
    expect(rungs(rows).slice().sort()).toEqual(["-7c owner 2026-12-08", "-1w owner 2026-12-14", "0c owner 2026-12-15", "3c owner 2026-12-18", "3c liaison 2026-12-18", "7c unit_head 2026-12-22", "3c owner 2026-12-25", "15c agency_head 2026-12-30", "3c owner 2027-01-01", "3c owner 2027-01-08", "30c rdec 2027-01-14", "3c owner 2027-01-15"].sort());
    // Everybody on the ladder was told, and nobody of a unit that the duty does not have.
    expect(rows.find(row => row.rung.audience === "unit_head").told_count).toBe(0);
    expect(rows.find(row => row.rung.audience === "agency_head").told_count).toBe(1);
    const head = await city.as("agency-head");
    expect((await head.read("/api/notices?category=chase&limit=200")).rows.some(row => row.kind.startsWith("chase.late_above"))).toBe(true);
    const liaison = await city.as("liaison");
    await liaison.do(`/api/duties/${duty.id}/completion`, { evidence: "全部辦理完成" });
    await days("2027-01-22", "2027-01-30");
    const after = await chasesOf(await city.as("controller"), duty.id);
    expect(after).toHaveLength(rows.length);
    expect(after.every(row => row.answer_kind === "done")).toBe(true);
    expect(after[0].answer_days).toBe(0);
  }, 240_000);

  it("starts again from the new date when more time is granted", async () => {
    await days("2027-02-01");
    const duty = await create({ title: "展期後重來的一件事", due_on: "2027-02-03" });
    await days("2027-02-02", "2027-02-03");
    const liaison = await city.as("liaison");
    const asked = await liaison.do(`/api/duties/${duty.id}/extensions`, { due_on: "2027-03-10", reason: "需要更多時間" });
    await (await city.as("agency-head")).do(`/api/duties/${duty.id}/extensions/${asked.extensions[0].id}/decision`, { approve: true });
    await days("2027-02-10", "2027-03-02", "2027-03-03");
    const rows = await chasesOf(await city.as("controller"), duty.id);
    expect(rungs(rows).at(-1)).toBe("-7c owner 2027-03-03");
    expect(rows.filter(row => row.due_on === "2027-02-03").every(row => row.answer_kind === "extension")).toBe(true);
    expect(rows.filter(row => row.chased_at.startsWith("2027-02-10"))).toEqual([]);
  }, 60_000);

  it("goes by the origin, the severity and the confidentiality of a duty", async () => {
    await days("2027-04-01");
    const document = await create({ title: "公文一件", origin: "document", due_on: "2027-04-02" });
    const critical = await create({ title: "關鍵的一件事", severity: "critical", due_on: "2027-04-15" });
    const rdecHead = await city.as("rdec-head");
    const secret = (await rdecHead.do("/api/duties", newDuty(construction.id, { title: "密件", confidentiality: "confidential", due_on: "2027-04-02" }))).duty;
    await days("2027-04-02", "2027-04-20");
    const reader = await city.as("rdec-head");
    expect(rungs(await chasesOf(reader, document.id))).toContain("3c unit_head 2027-04-20");
    expect(rungs(await chasesOf(reader, critical.id))).toContain("-14c owner 2027-04-02");
    const chases = await chasesOf(reader, secret.id);
    expect(chases.map(row => row.rung.audience)).not.toContain("liaison");
    expect(chases.map(row => row.rung.audience)).not.toContain("rdec");
    // The liaison does not reach confidential duties: told is who may know.
    const liaison = await city.as("liaison");
    expect(JSON.stringify((await liaison.read("/api/notices?limit=200")).rows)).not.toContain("密件");
    expect((await liaison.get(`/api/duties/${secret.id}/chases`)).status).toBe(404);
  }, 60_000);

  it("is done by people too: a dry run first, then phone, mail and letter, each with what came of it", async () => {
    await days("2027-05-03");
    const first = await create({ title: "電話催辦的一件事", due_on: "2027-05-03" });
    const second = (await (await city.as("controller")).do("/api/duties", newDuty(water.id, { title: "公函催辦的一件事", due_on: "2027-05-03" }))).duty;
    const closed = await create({ title: "已結案的一件事", due_on: "2027-05-03" });
    await (await city.as("liaison")).do(`/api/duties/${closed.id}/completion`, { evidence: "完成" });
    await days("2027-05-12");
    const controller = await city.as("controller");
    const listed = await controller.read("/api/chases?limit=200");
    expect(listed.rows.map(row => row.id)).toEqual(expect.arrayContaining([first.id, second.id]));
    expect(listed.rows.map(row => row.id)).not.toContain(closed.id);
    const body = { duty_ids: [first.id, second.id, closed.id, "77"], channel: "phone", note: "承辦人表示本週完成", reply_by: "2027-05-20" };
    const dry = await controller.do("/api/chases", { ...body, dry_run: true });
    expect(dry).toMatchObject({ batch_id: null, chased: 2 });
    expect(dry.refused.map(row => row.number)).toEqual(expect.arrayContaining([closed.number, ""]));
    expect((await chasesOf(controller, first.id)).some(row => row.channel === "phone")).toBe(false);
    const made = await controller.do("/api/chases", body);
    const batch = await controller.read(`/api/chase-batches/${made.batch_id}`);
    expect(batch.batch).toMatchObject({ channel: "phone", chase_count: 2, note: "承辦人表示本週完成", reply_by: "2027-05-20" });
    expect(batch.agencies.map(one => one.agency_name).sort()).toEqual([construction.name, water.name].sort());
    expect(batch.agencies[0].duties[0]).toMatchObject({ days_late: 9 });
    const letter = await controller.do("/api/chases", { ...body, duty_ids: [second.id], channel: "letter" });
    expect((await controller.read(`/api/chase-batches/${letter.batch_id}`)).batch.number).toMatch(/^116-\d{5}$/);
    // The answer of the one who owes it, and the notice of it to the one who chased.
    const liaison = await city.as("liaison");
    const before = await liaison.read(`/api/duties/${first.id}/chases`);
    expect(before.may_answer).toBe(true);
    const answered = await liaison.do(`/api/duties/${first.id}/chase-answer`, { text: "已派工，週五完成" });
    expect(answered.rows.every(row => row.answered_at !== null)).toBe(true);
    expect(answered.rows.find(row => row.channel === "phone")).toMatchObject({ answer: "已派工，週五完成", answer_kind: "reply", answer_days: 0 });
    expect((await controller.read("/api/notices?limit=10")).rows.some(row => row.kind === "chase.answered" && row.record.id === first.id)).toBe(true);
    expect((await liaison.post(`/api/duties/${first.id}/chase-answer`, { text: "再一次" })).status).toBe(409);
    expect((await controller.read("/api/chases?filter=answered&limit=200")).rows.map(row => row.id)).toContain(first.id);
    expect((await controller.read("/api/chases?filter=waiting&limit=200")).rows.map(row => row.id)).toContain(second.id);
    const history = (await controller.read(`/api/duties/${first.id}`)).history.map(row => row.text).join("\n");
    expect(history).toContain("以電話催辦");
    expect(history).toContain("回復稽催：已派工，週五完成");
  }, 60_000);

  it("measures what it brings, by rung and by agency", async () => {
    const controller = await city.as("controller");
    const effect = await controller.read("/api/chase-effect?from=2026-11-01&to=2027-12-31&within=7");
    expect(effect.all.chases).toBe(effect.agencies.reduce((sum, one) => sum + one.chases, 0));
    expect(effect.all.chases).toBe(effect.rungs.reduce((sum, one) => sum + one.chases, 0));
    expect(effect.all.answered_within).toBeLessThanOrEqual(effect.all.answered);
    expect(effect.rungs.map(one => one.key)).toEqual(expect.arrayContaining(["-7c:owner", "3c:owner", "phone", "letter"]));
    const phone = effect.rungs.find(one => one.key === "phone");
    expect(phone).toMatchObject({ chases: 2, answered: 1, answered_within: 1, median_days: 0 });
    const ours = await (await city.as("liaison")).read("/api/chase-effect?from=2026-11-01&to=2027-12-31");
    expect(ours.agencies.map(one => one.key)).toEqual([construction.id]);
  });

  it("has ladders that are set from a day on, with a look at the effect first, and wrong ones refused by their place", async () => {
    const controller = await city.as("controller");
    const list = await controller.read("/api/ladders");
    expect(list.rows.filter(row => row.in_force)).toHaveLength(5);
    expect(list.rows.every(row => row.source !== "")).toBe(true);
    const ladder = { valid_from: "2027-06-01", source: "本府列管事項稽催注意事項", rungs: [{ offset_days: 1, day_kind: "calendar_day", audience: "liaison", repeat_days: 0 }] };
    const dry = await controller.do("/api/ladders", { ...ladder, origin: "own", dry_run: true });
    expect(dry.duties_to_chase).toBeGreaterThan(0);
    expect((await controller.read("/api/ladders")).rows).toHaveLength(5);
    await controller.do("/api/ladders", { ...ladder, origin: "own" });
    await controller.do("/api/ladders", { ...ladder, origin: "own", rungs: [] });
    expect((await controller.read("/api/ladders")).rows).toHaveLength(6);
    expect((await controller.read("/api/ladders?all=true")).rows).toHaveLength(7);
    for (const [change, path] of [[{ valid_from: "2027-05-11" }, "valid_from"], [{ source: "" }, "source"], [{ origin: "nothing" }, "origin"], [{ rungs: [{ offset_days: 400, day_kind: "calendar_day", audience: "owner", repeat_days: 0 }] }, "rungs[0].offset_days"]]) {
      const answer = await controller.post("/api/ladders", { ...ladder, ...change });
      expect([answer.status, answer.body.fields[0].path]).toEqual([422, path]);
    }
    // From then on duties of one's own are not chased by themselves.
    await days("2027-05-30");
    const quiet = await create({ title: "不再自動稽催的一件事", due_on: "2027-05-31" });
    await days("2027-06-02", "2027-06-10");
    expect((await chasesOf(await city.as("controller"), quiet.id)).filter(row => row.chased_at >= "2027-06-01")).toEqual([]);
  }, 60_000);

  it("is closed to those whose work it is not", async () => {
    const handler = await city.as("handler");
    expect((await handler.get("/api/chases")).status).toBe(403);
    expect((await handler.post("/api/chases", { duty_ids: ["1"], channel: "phone", note: "x" })).status).toBe(403);
    const auditor = await city.as("auditor");
    expect((await auditor.get("/api/chases")).status).toBe(200);
    expect((await auditor.post("/api/chases", { duty_ids: ["1"], channel: "phone", note: "x" })).status).toBe(403);
    expect((await (await city.as("liaison")).post("/api/ladders", { valid_from: "2027-07-01", source: "x", rungs: [] })).status).toBe(403);
    const liaison = await city.as("liaison");
    const foreign = (await (await city.as("controller")).read("/api/chases?limit=200&days_late_min=-300")).rows.find(row => row.agency_name === water.name);
    const refused = must(await liaison.post("/api/chases", { duty_ids: [foreign.id], channel: "phone", note: "x" }));
    expect(refused).toMatchObject({ chased: 0, batch_id: null });
  });
});
