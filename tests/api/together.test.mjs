// Several people on one record: comments and mentions, bulk actions with a dry run and undo, macros, saved views, two officers editing one text.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agencies, must, newDuty, sleep, startCity } from "./support.mjs";

let city, controller, liaison, head, all;

beforeAll(async () => {
  city = await startCity();
  controller = await city.as("controller");
  liaison = await city.as("liaison");
  head = await city.as("agency-head");
  all = await agencies(city);
});
afterAll(() => city.finish());

const create = async (more = {}) => (await controller.do("/api/duties", newDuty(all.construction.id, more))).duty;
const said = async (client, id) => (await client.read(`/api/comments?record_kind=duty&record_id=${id}`)).rows;
const say = (client, id, text, mentions = []) => client.post("/api/comments", { record_kind: "duty", record_id: id, text, mentions });
const notices = async client => (await client.read("/api/notices?limit=100")).rows;

describe("comments", () => {
  it("are read by who reads the record, and name people who may read it and nobody else", async () => {
    const duty = await create({ title: "大家討論的一件事" });
    const people = (await controller.read(`/api/mentionable?record_kind=duty&record_id=${duty.id}&q=${encodeURIComponent("建設局")}`)).rows;
    expect(people.map(one => one.name)).toEqual(expect.arrayContaining(["建設局首長（示範）", "建設局研考窗口（示範）"]));
    const everybody = (await controller.read(`/api/mentionable?record_kind=duty&record_id=${duty.id}`)).rows.map(one => one.name);
    for (const name of ["市民（示範）", "系統管理者（示範）", "1999 話務人員（示範）"]) expect(everybody).not.toContain(name);
    const boss = people.find(one => one.name.includes("首長"));
    const comment = must(await say(controller, duty.id, `@${boss.name} 請協助確認預算`, [boss.id]));
    expect(comment).toMatchObject({ mine: true, mentions: [boss], changed_at: null });
    const mention = (await notices(head)).find(row => row.record?.id === duty.id);
    expect(mention).toMatchObject({ kind: "comment.mention", category: "mention", place: `/duties/${duty.id}` });
    // The owner of the work hears of it too, as a change; who said it does not.
    expect((await notices(liaison)).some(row => row.kind === "comment.added" && row.record?.id === duty.id)).toBe(true);
    expect((await notices(controller)).some(row => row.kind === "comment.added" && row.record?.id === duty.id)).toBe(false);
    const stranger = (await (await city.as("admin")).read("/api/accounts?limit=200")).rows.find(row => row.login_name === "youth");
    const refused = await say(controller, duty.id, "@青諮委員", [stranger.id]);
    expect([refused.status, refused.body.fields[0].path]).toEqual([422, "mentions[0]"]);
  });

  it("are changed and withdrawn by their writer alone; two windows do not overwrite each other", async () => {
    const duty = await create({ title: "修改留言的一件事" });
    const first = must(await say(liaison, duty.id, "第一版"));
    expect((await controller.put(`/api/comments/${first.id}`, { text: "別人改的", mentions: [], revision: 1 })).status).toBe(403);
    const second = must(await liaison.put(`/api/comments/${first.id}`, { text: "第二版", mentions: [], revision: 1 }));
    expect(second).toMatchObject({ text: "第二版", revision: 2 });
    expect(second.changed_at).not.toBeNull();
    const stale = await liaison.put(`/api/comments/${first.id}`, { text: "另一個視窗", mentions: [], revision: 1 });
    expect(stale.body.key).toBe("comment.stale");
    expect((await controller.remove(`/api/comments/${first.id}`)).status).toBe(403);
    must(await liaison.remove(`/api/comments/${first.id}`));
    expect((await said(controller, duty.id))[0]).toMatchObject({ withdrawn: true, text: "" });
    expect((await liaison.put(`/api/comments/${first.id}`, { text: "x", mentions: [], revision: 2 })).status).toBe(409);
    const history = (await controller.read(`/api/duties/${duty.id}`)).history.map(row => row.text);
    expect(history).toEqual(expect.arrayContaining(["留言", "修改留言", "收回留言"]));
    expect(JSON.stringify(history)).not.toContain("第二版");
  });

  it("are paged, refused when empty or too long, and closed to who sees no details", async () => {
    const duty = await create({ title: "很多留言的一件事", origin: "contact" });
    for (let i = 0; i < 5; ++i) must(await say(controller, duty.id, `第 ${i} 則`));
    const page = await controller.read(`/api/comments?record_kind=duty&record_id=${duty.id}&limit=2`);
    expect(page.rows.map(row => row.text)).toEqual(["第 4 則", "第 3 則"]);
    const next = await controller.read(`/api/comments?record_kind=duty&record_id=${duty.id}&limit=10&cursor=${page.next}`);
    expect(next.rows.map(row => row.text)).toEqual(["第 2 則", "第 1 則", "第 0 則"]);
    expect((await say(controller, duty.id, " \n")).body.fields[0].path).toBe("text");
    expect((await say(controller, duty.id, "長".repeat(4001))).body.fields[0].path).toBe("text");
    expect((await say(controller, "77", "x")).status).toBe(404);
    expect((await controller.get("/api/comments?record_kind=nothing&record_id=1")).body.fields[0].path).toBe("record_kind");
    const agent = await city.as("agent-1999");
    expect((await agent.get(`/api/duties/${duty.id}`)).status).toBe(200);
    expect((await agent.get(`/api/comments?record_kind=duty&record_id=${duty.id}`)).status).toBe(403);
    expect((await say(await city.as("auditor"), duty.id, "稽核不留言")).status).toBe(403);
  });
});

describe("one text and two officers", () => {
  it("keeps what the first one wrote, and tells the second one that it is stale, with the present text to merge", async () => {
    const duty = await create({ title: "原來的名稱", detail: "原來的說明" });
    const base = await liaison.read(`/api/duties/${duty.id}`);
    expect(base.actions).toContain("edit");
    const mine = must(await liaison.put(`/api/duties/${duty.id}`, { title: "原來的名稱", detail: "窗口改的說明", severity: "normal", revision: base.revision }));
    expect(mine.detail).toBe("窗口改的說明");
    const late = await head.put(`/api/duties/${duty.id}`, { title: "首長改的名稱", detail: "原來的說明", severity: "normal", revision: base.revision });
    expect([late.status, late.body.key]).toEqual([412, "duty.stale"]);
    const present = await head.read(`/api/duties/${duty.id}`);
    expect(present.detail).toBe("窗口改的說明");
    const merged = must(await head.put(`/api/duties/${duty.id}`, { title: "首長改的名稱", detail: "窗口改的說明", severity: "high", revision: present.revision }));
    expect([merged.duty.title, merged.detail, merged.duty.severity]).toEqual(["首長改的名稱", "窗口改的說明", "high"]);
    expect(merged.history.some(row => row.text.includes("原來的名稱") && row.text.includes("首長改的名稱"))).toBe(true);
    // Nothing changed is nothing recorded.
    const same = must(await head.put(`/api/duties/${duty.id}`, { title: "首長改的名稱", detail: "窗口改的說明", severity: "high", revision: merged.revision }));
    expect(same.revision).toBe(merged.revision);
  });

  it("lets one of two who save at the same moment win", async () => {
    const duty = await create({ title: "同時儲存的一件事" });
    const base = await liaison.read(`/api/duties/${duty.id}`);
    const answers = await Promise.all([liaison, head, controller].map((client, i) => client.put(`/api/duties/${duty.id}`, { title: `第 ${i} 人的名稱`, detail: "", severity: "normal", revision: base.revision })));
    expect(answers.map(one => one.status).sort()).toEqual([200, 412, 412]);
  });
});

describe("bulk actions", () => {
  it("say before what each would come to, do it, and undo it within the time", async () => {
    const duties = [];
    for (let i = 0; i < 4; ++i) duties.push(await create({ title: `整批的第 ${i} 件` }));
    await controller.do(`/api/duties/${duties[3].id}/completion`, { evidence: "已先辦結" });
    const ids = [...duties.map(one => one.id), "77"];
    const action = { kind: "complete", text: "年度例行事項，一併辦結" };
    const dry = await liaison.do("/api/duty-batches", { duty_ids: ids, action, dry_run: true });
    expect(dry).toMatchObject({ batch_id: null, done: 3 });
    expect(dry.refused.map(row => row.number).sort()).toEqual(["", duties[3].number]);
    expect((await liaison.read(`/api/duties/${duties[0].id}`)).duty.state).toBe("open");
    const done = await liaison.do("/api/duty-batches", { duty_ids: ids, action });
    expect(done.done).toBe(3);
    expect(done.refused).toHaveLength(2);
    const after = await liaison.read(`/api/duties/${duties[0].id}`);
    expect([after.duty.state, after.evidence[0].text]).toEqual(["done", action.text]);
    // One of them is changed by somebody else meanwhile: it stays as that one left it.
    await controller.do(`/api/duties/${duties[1].id}/reopening`, { reason: "佐證不足" });
    expect((await head.post(`/api/duty-batches/${done.batch_id}/undo`)).status).toBe(403);
    const undone = await liaison.do(`/api/duty-batches/${done.batch_id}/undo`);
    expect(undone.done).toBe(2);
    expect(undone.refused.map(row => row.number)).toEqual([duties[1].number]);
    const restored = await liaison.read(`/api/duties/${duties[0].id}`);
    expect([restored.duty.state, restored.evidence]).toEqual(["open", []]);
    expect(restored.history.some(row => row.text.includes("復原整批作業（辦結）"))).toBe(true);
    expect((await liaison.post(`/api/duty-batches/${done.batch_id}/undo`)).body.key).toBe("duty.undone_already");
  });

  it("reassign, cancel, ask for more time, set the severity and comment, each by its own right", async () => {
    const duties = [];
    for (let i = 0; i < 2; ++i) duties.push(await create({ title: `整批的另外第 ${i} 件`, due_on: "2026-12-15" }));
    const ids = duties.map(one => one.id);
    const run = (client, action) => client.do("/api/duty-batches", { duty_ids: ids, action });
    const asked = await run(liaison, { kind: "ask_extension", text: "廠商延後進場", days: 14 });
    expect(asked.done).toBe(2);
    expect((await liaison.read(`/api/duties/${ids[0]}`)).extensions[0]).toMatchObject({ state: "asked", asked_due_on: "2026-12-29" });
    await liaison.do(`/api/duty-batches/${asked.batch_id}/undo`);
    expect((await liaison.read(`/api/duties/${ids[0]}`)).extensions[0].state).toBe("withdrawn");
    expect((await run(head, { kind: "set_severity", severity: "critical", text: "" })).done).toBe(2);
    expect((await run(head, { kind: "set_severity", severity: "critical", text: "" })).refused).toHaveLength(2);
    const talk = await run(liaison, { kind: "comment", text: "請各科於週五前回報" });
    expect([talk.done, talk.batch_id]).toEqual([2, null]);
    expect((await said(controller, ids[1]))[0].text).toBe("請各科於週五前回報");
    const moved = await run(controller, { kind: "reassign", agency_id: all.water.id, text: "業務移撥" });
    expect(moved.done).toBe(2);
    await controller.do(`/api/duty-batches/${moved.batch_id}/undo`);
    expect((await controller.read(`/api/duties/${ids[0]}`)).duty.agency_id).toBe(all.construction.id);
    // The liaison may not cancel: refused one by one, nothing done.
    const refused = await run(liaison, { kind: "cancel", text: "不列管" });
    expect([refused.done, refused.refused.length, refused.batch_id]).toEqual([0, 2, null]);
    for (const [action, path] of [[{ kind: "complete", text: "" }, "action.text"], [{ kind: "reassign", text: "x" }, "action.agency_id"], [{ kind: "ask_extension", text: "x", days: 0 }, "action.days"], [{ kind: "set_severity", text: "" }, "action.severity"]]) {
      const answer = await controller.post("/api/duty-batches", { duty_ids: ids, action });
      expect([answer.status, answer.body.fields[0].path]).toEqual([422, path]);
    }
    expect((await controller.post("/api/duty-batches", { duty_ids: [], action: { kind: "comment", text: "x" } })).body.fields[0].path).toBe("duty_ids");
    expect((await controller.post("/api/duty-batches", { duty_ids: Array.from({ length: 501 }, (_, i) => String(i + 1)), action: { kind: "comment", text: "x" } })).body.fields[0].path).toBe("duty_ids");
  });

  it("cannot be undone when the time is over, and chases that they answered wait again when undone in time", async () => {
    const duty = await create({ title: "稽催後整批辦結的一件", due_on: "2026-11-24" });
    await controller.do("/api/chases", { duty_ids: [duty.id], channel: "phone", note: "請辦理" });
    const done = await controller.do("/api/duty-batches", { duty_ids: [duty.id], action: { kind: "complete", text: "完成" } });
    const waits = async () => (await controller.read(`/api/duties/${duty.id}/chases`)).rows.map(row => row.answer_kind);
    for (let i = 0; i < 60 && (await waits())[0] === null; ++i) await sleep(50);
    expect(await waits()).toContain("done");
    await controller.do(`/api/duty-batches/${done.batch_id}/undo`);
    for (let i = 0; i < 60 && (await waits())[0] !== null; ++i) await sleep(50);
    expect((await waits()).every(kind => kind === null)).toBe(true);
    const again = await controller.do("/api/duty-batches", { duty_ids: [duty.id], action: { kind: "complete", text: "完成" } });
    await city.setClock("2026-11-24T02:31:00Z");
    const later = await city.as("controller");
    expect((await later.post(`/api/duty-batches/${again.batch_id}/undo`)).body.key).toBe("duty.undo_over");
    await city.setClock("2026-11-24T02:00:00Z");
    [controller, liaison, head] = await Promise.all(["controller", "liaison", "agency-head"].map(login => city.as(login)));
  });
});

describe("macros and views", () => {
  it("are kept, shared with the agency or the city, and changed by their maker alone", async () => {
    const action = { kind: "ask_extension", text: "廠商延後進場，擬展延二週", days: 14, severity: null, agency_id: null, unit_id: null, post_id: null };
    const macro = await liaison.do("/api/duty-macros", { name: "展延二週", shared: "agency", action });
    expect(macro).toMatchObject({ mine: true, shared: "agency", action: { kind: "ask_extension", days: 14 } });
    expect((await head.read("/api/duty-macros")).rows.find(row => row.id === macro.id)).toMatchObject({ mine: false, by_name: "建設局研考窗口（示範）" });
    expect((await (await city.as("handler")).read("/api/duty-macros")).rows.some(row => row.id === macro.id)).toBe(false);
    expect((await liaison.post("/api/duty-macros", { name: "展延二週", shared: "me", action })).body.fields[0].path).toBe("name");
    expect((await liaison.post("/api/duty-macros", { name: "全市", shared: "city", action })).body.fields[0].path).toBe("shared");
    expect((await head.put(`/api/duty-macros/${macro.id}`, { name: "改名", shared: "me", action })).status).toBe(403);
    must(await liaison.put(`/api/duty-macros/${macro.id}`, { name: "展延兩週", shared: "me", action }));
    expect((await head.read("/api/duty-macros")).rows.some(row => row.id === macro.id)).toBe(false);
    must(await liaison.remove(`/api/duty-macros/${macro.id}`));
    expect((await liaison.remove(`/api/duty-macros/${macro.id}`)).status).toBe(404);
    expect((await controller.do("/api/duty-macros", { name: "全市可用", shared: "city", action })).shared).toBe("city");
    expect((await (await city.as("handler")).read("/api/duty-macros")).rows.map(row => row.name)).toContain("全市可用");
  });

  it("are kept as the filters of a list, for oneself, the agency or the city, and hold nothing but filters", async () => {
    const view = await liaison.do("/api/views", { page: "duties", name: "本月到期", query: "view=agency&due_to=2026-11-30&sort=due", shared: "agency" });
    expect((await head.read("/api/views?page=duties")).rows).toEqual([expect.objectContaining({ id: view.id, name: "本月到期", mine: false })]);
    expect((await controller.read("/api/views?page=duties")).rows).toEqual([]);
    expect((await liaison.read("/api/views?page=chases")).rows).toEqual([]);
    for (const [change, path] of [[{ page: "nothing" }, "page"], [{ name: " " }, "name"], [{ name: "本月到期" }, "name"], [{ query: "javascript:alert(1)" }, "query"], [{ query: "<b>" }, "query"], [{ shared: "city" }, "shared"]]) {
      const answer = await liaison.post("/api/views", { page: "duties", name: "另一個", query: "state=done", shared: "me", ...change });
      expect([answer.status, answer.body.fields[0].path]).toEqual([422, path]);
    }
    expect((await head.remove(`/api/views/${view.id}`)).status).toBe(403);
    must(await liaison.put(`/api/views/${view.id}`, { name: "本月到期", query: "view=agency&lateness=overdue", shared: "me" }));
    expect((await head.read("/api/views?page=duties")).rows).toEqual([]);
    must(await liaison.remove(`/api/views/${view.id}`));
    expect((await liaison.read("/api/views?page=duties")).rows).toEqual([]);
  });
});
