// Links between duties, checklists, who else has a duty open, and its timeline.
import { agencies, must, newDuty, startCity } from "./support.mjs";

let city;
let known;
let controller;
let liaison;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  [controller, liaison] = await Promise.all(["controller", "liaison"].map(login => city.as(login)));
});
afterAll(() => city.finish());

const makeDuty = async (more = {}) => (await controller.do("/api/duties", newDuty(known.construction.id, more))).duty;
const of = duty => `record_kind=duty&record_id=${duty.id}`;
const place = duty => ({ record_kind: "duty", record_id: duty.id });
const links = async (client, duty) => (await client.read(`/api/links?${of(duty)}`)).rows;
const addLink = (client, duty, relation, other, more = {}) => client.post("/api/links", { ...place(duty), relation, other_id: other.id, ...more });
const add = (client, duty, text) => client.post("/api/checklist", { ...place(duty), text });
const timeline = async (client, duty, more = "") => (await client.read(`/api/timeline?${of(duty)}${more}`)).rows.map(row => row.text);

describe("links between duties", () => {
  it("are seen from both ends, each in its own direction, and end with who took them away", async () => {
    const [first, second, third] = [await makeDuty({ title: "先辦的事" }), await makeDuty({ title: "後辦的事" }), await makeDuty({ title: "有關的事" })];
    must(await addLink(liaison, first, "blocks", second));
    must(await addLink(liaison, first, "follows", third, { inverse: true }));
    expect((await links(liaison, first)).map(row => [row.relation, row.inverse, row.other.title, row.other.number, row.other.state])).toEqual([["blocks", false, "後辦的事", second.number, "open"], ["follows", true, "有關的事", third.number, "open"]]);
    const [seen] = await links(liaison, second);
    expect([seen.relation, seen.inverse, seen.other.title]).toEqual(["blocks", true, "先辦的事"]);
    expect((await timeline(controller, first))[1]).toBe("建立關聯（須先完成本筆）");
    expect((await timeline(controller, second))[0]).toBe("建立關聯（須等候另一筆）");
    must(await controller.remove(`/api/links/${seen.id}`));
    expect((await controller.remove(`/api/links/${seen.id}`)).status).toBe(404);
    expect(await links(liaison, second)).toEqual([]);
    expect((await timeline(controller, first))[0]).toBe("移除關聯（須先完成本筆）");
  });

  it("are refused to oneself, twice, and in circles, with the reason", async () => {
    const [a, b, c] = [await makeDuty(), await makeDuty(), await makeDuty()];
    expect((await addLink(controller, a, "relates", a)).body.fields[0].key).toBe("link.itself");
    must(await addLink(controller, a, "relates", b));
    expect((await addLink(controller, b, "relates", a)).body.key).toBe("link.there_already");
    must(await addLink(controller, a, "blocks", b));
    must(await addLink(controller, b, "blocks", c));
    for (const answer of [await addLink(controller, b, "blocks", a), await addLink(controller, c, "blocks", a), await addLink(controller, a, "blocks", c, { inverse: true })]) expect([answer.status, answer.body.key]).toEqual([409, "link.circle"]);
    must(await addLink(controller, c, "duplicates", a));
    expect((await addLink(controller, a, "duplicates", c)).body.key).toBe("link.circle");
    expect((await addLink(controller, a, "sits_beside", b)).status).toBe(422);
  });

  it("form no circle however many add them at once", async () => {
    for (let round = 0; round < 6; ++round) {
      const [a, b, c] = [await makeDuty(), await makeDuty(), await makeDuty()];
      const answers = await Promise.all([addLink(controller, a, "blocks", b), addLink(controller, b, "blocks", c), addLink(controller, c, "blocks", a)]);
      expect(answers.map(answer => answer.status).sort()).toEqual([200, 200, 409]);
      expect(answers.find(answer => answer.status === 409).body.key).toBe("link.circle");
    }
  });

  it("ask for both ends, and hide an end that the reader may not see", async () => {
    const mine = await makeDuty();
    const elsewhere = (await controller.do("/api/duties", newDuty(known.transport.id, { title: "別的機關的事" }))).duty;
    const answer = await addLink(liaison, mine, "relates", elsewhere);
    expect([answer.status, answer.body.fields[0].key]).toEqual([422, "link.no_other"]);
    expect((await addLink(liaison, elsewhere, "relates", mine)).status).toBe(404);
    must(await addLink(controller, mine, "relates", elsewhere));
    const [link] = await links(controller, mine);
    expect(link.other.title).toBe("別的機關的事");
    expect(await links(liaison, mine)).toEqual([]);
    expect(JSON.stringify(await timeline(liaison, mine))).not.toContain("別的機關");
    expect((await liaison.remove(`/api/links/${link.id}`)).status).toBe(404);
    expect((await (await city.as("executive")).get(`/api/links?${of(mine)}`)).body.may_change).toBe(false);
    expect((await (await city.as("executive")).post("/api/links", {})).status).toBe(403);
    for (const login of ["handler", "youth", "agent-1999"]) expect([login, (await (await city.as(login)).get(`/api/links?${of(mine)}`)).status]).toEqual([login, 404]);
  });
});

describe("a checklist", () => {
  it("is ticked item by item with who and when, counted, changed, put in order and taken off", async () => {
    const duty = await makeDuty();
    for (const text of ["擬訂計畫", " 函送各機關 ", "彙整回復"]) must(await add(liaison, duty, text));
    let list = await liaison.read(`/api/checklist?${of(duty)}`);
    expect(list.rows.map(row => row.text)).toEqual(["擬訂計畫", "函送各機關", "彙整回復"]);
    const [first, second, third] = list.rows.map(row => row.id);
    list = must(await controller.post(`/api/checklist/${second}/completion`));
    expect([list.done_count, list.total_count, list.rows[1].done_by_name, list.rows[1].done_at]).toEqual([1, 3, controller.session.account.display_name, city.clock]);
    must(await controller.post(`/api/checklist/${second}/completion`)); // again is once
    list = must(await liaison.remove(`/api/checklist/${second}/completion`));
    expect([list.done_count, list.rows[1].done_at]).toEqual([0, null]);
    expect(must(await liaison.put("/api/checklist", { ...place(duty), ids: [third, first, second] })).rows.map(row => row.text)).toEqual(["彙整回復", "擬訂計畫", "函送各機關"]);
    must(await liaison.put(`/api/checklist/${first}`, { text: "擬訂實施計畫" }));
    list = must(await liaison.remove(`/api/checklist/${third}`));
    expect(list.rows.map(row => row.text)).toEqual(["擬訂實施計畫", "函送各機關"]);
    expect(await timeline(controller, duty)).toEqual(["移除檢核項目「彙整回復」", "檢核項目由「擬訂計畫」改為「擬訂實施計畫」", "調整檢核表順序", "取消完成「函送各機關」", "完成檢核項目「函送各機關」", "新增檢核項目「彙整回復」", "新增檢核項目「函送各機關」", "新增檢核項目「擬訂計畫」", expect.stringContaining("列管「")]);
    for (const ids of [[first], [first, second, third], [first, first]]) expect((await liaison.put("/api/checklist", { ...place(duty), ids })).body.key).toBe("checklist.stale");
    expect((await add(liaison, duty, "  ")).body.fields[0].path).toBe("text");
    expect((await add(liaison, duty, "字".repeat(201))).body.fields[0].path).toBe("text");
  });

  it("ticks an item once when two tick it at once, and holds its length however many add", async () => {
    const duty = await makeDuty();
    const id = must(await add(liaison, duty, "同時勾選")).rows[0].id;
    const answers = await Promise.all([controller, liaison, controller, liaison].map(client => client.post(`/api/checklist/${id}/completion`)));
    expect(answers.map(answer => answer.status)).toEqual([200, 200, 200, 200]);
    expect((await timeline(controller, duty)).filter(text => text.startsWith("完成檢核項目"))).toHaveLength(1);
    for (let n = 0; n < 98; ++n) must(await add(liaison, duty, `第 ${n} 項`));
    const last = await Promise.all(Array.from({ length: 4 }, (_, n) => add(liaison, duty, `最後 ${n}`)));
    expect(last.map(answer => answer.status).sort()).toEqual([200, 409, 409, 409]);
  });

  it("is kept by those who may change the record, and read by those who see its details", async () => {
    const duty = await makeDuty();
    const id = must(await add(liaison, duty, "一項")).rows[0].id;
    const executive = await city.as("executive");
    expect((await executive.read(`/api/checklist?${of(duty)}`)).may_change).toBe(false);
    for (const answer of [await add(executive, duty, "x"), await executive.post(`/api/checklist/${id}/completion`)]) expect(answer.status).toBe(403);
    const handler = await city.as("handler");
    for (const answer of [await handler.get(`/api/checklist?${of(duty)}`), await add(handler, duty, "x"), await handler.post(`/api/checklist/${id}/completion`), await handler.put(`/api/checklist/${id}`, { text: "x" }), await handler.remove(`/api/checklist/${id}`)]) expect(answer.status).toBe(404);
    expect((await controller.get("/api/checklist?record_kind=plan&record_id=1")).status).toBe(422);
  });
});

describe("who else has a duty open", () => {
  it("is named to the others while it lasts, over several processes, and only to who may see the duty", async () => {
    const duty = await makeDuty();
    const beat = async client => must(await client.post("/api/presence", place(duty), { key: null })).names;
    expect(await beat(controller)).toEqual([]);
    expect(await beat(liaison)).toEqual([controller.session.account.display_name]);
    expect(await beat(controller)).toEqual([liaison.session.account.display_name]);
    for (const login of ["handler", "citizen", "youth"]) expect((await (await city.as(login)).post("/api/presence", place(duty))).status).toBe(404);
    expect((await city.client().post("/api/presence", place(duty))).status).toBe(401);
    await city.setClock(new Date(Date.parse(city.clock) + 76_000).toISOString().replace(/\.\d+Z$/, "Z"));
    expect(await beat(controller)).toEqual([]);
  });
});

describe("the timeline", () => {
  it("shows every change with who, when and why, in pages, and tells changes from comments", async () => {
    const duty = await makeDuty();
    const asked = await liaison.do(`/api/duties/${duty.id}/extensions`, { due_on: "2027-01-15", reason: "材料延後進場" });
    await controller.do(`/api/duties/${duty.id}/extensions/${asked.extensions[0].id}/decision`, { approve: true });
    await liaison.do("/api/comments", { record_kind: "duty", record_id: duty.id, text: "已洽廠商", mentions: [] });
    const rows = (await liaison.read(`/api/timeline?${of(duty)}`)).rows;
    expect(rows.map(row => row.text)).toEqual(["留言", expect.stringMatching(/^同意展期/), "申請展期至 116/01/15：材料延後進場", expect.stringContaining("列管「")]);
    expect(rows[2].actor_name).toBe(liaison.session.account.display_name);
    expect(await timeline(liaison, duty, "&filter=comments")).toEqual(["留言"]);
    expect(await timeline(liaison, duty, "&filter=changes")).toHaveLength(3);
    const paged = [];
    for (let cursor = ""; cursor !== null; ) {
      const page = await liaison.read(`/api/timeline?${of(duty)}&limit=3${cursor ? `&cursor=${cursor}` : ""}`);
      paged.push(...page.rows.map(row => row.text));
      cursor = page.next;
    }
    expect(paged).toEqual(rows.map(row => row.text));
    expect((await (await city.as("handler")).get(`/api/timeline?${of(duty)}`)).status).toBe(404);
  });
});
