// Search: what is found, what nobody may find, and that a record is found by the next request whatever happened in between.
import { agencies, gauge, mandate, newDuty, sleep, startCity } from "./support.mjs";

let city;
let known;
let controller;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  controller = await city.as("controller");
});
afterAll(() => city.finish());

const create = async (more = {}, by = controller) => (await by.do("/api/duties", newDuty(known.construction.id, more))).duty;
const search = (by, q, more = {}) => by.read(`/api/search?${new URLSearchParams({ q, ...more })}`);
const titles = async (by, q, more) => (await search(by, q, more)).rows.map(row => row.title);
const marked = (text, marks) => marks.map(mark => Array.from(text).slice(mark.from, mark.from + mark.length).join(""));

describe("search", () => {
  it("finds two characters, variants, full width, Simplified, phrases and exclusions, and marks the hits", async () => {
    await create({ title: "臺灣大道騎樓整平工程", detail: "第３期 LED 號誌汰換，含人行道 鋪面" });
    await create({ title: "台灣大道行道樹修剪" });
    const both = ["台灣大道行道樹修剪", "臺灣大道騎樓整平工程"];
    expect(await titles(controller, "臺灣大道")).toEqual(both);
    expect(await titles(controller, "台灣大道")).toEqual(both);
    expect(await titles(controller, "台湾大道")).toEqual(both);
    expect(await titles(controller, "騎樓")).toEqual([both[1]]);
    expect(await titles(controller, "骑楼")).toEqual([both[1]]);
    expect(await titles(controller, "ｌｅｄ")).toEqual([both[1]]);
    expect(await titles(controller, "第3期")).toEqual([both[1]]);
    expect(await titles(controller, "大道 號誌")).toEqual([both[1]]);
    expect(await titles(controller, "灣大道 -騎樓")).toEqual([both[0]]);
    expect(await titles(controller, "灣大道　－騎樓")).toEqual([both[0]]);
    expect(await titles(controller, "\"人行道 鋪面\"")).toEqual([both[1]]);
    expect(await titles(controller, "\"鋪面 人行道\"")).toEqual([]);
    expect(await titles(controller, "樓整")).toEqual([both[1]]);
    const { rows } = await search(controller, "台灣 号志");
    expect(marked(rows[0].title, rows[0].title_marks)).toEqual(["臺灣"]);
    expect(marked(rows[0].excerpt, rows[0].excerpt_marks)).toEqual(["號誌"]);
    expect(rows[0].address).toBe(`/duties/${rows[0].id}`);
  });

  it("finds by number, by agency and by the name of who holds the post", async () => {
    const duty = await create({ title: "號碼可查的事項" });
    expect((await search(controller, duty.number)).rows[0].id).toBe(duty.id);
    expect((await search(controller, duty.number, { sort: "relevance" })).rows[0].id).toBe(duty.id);
    expect((await search(controller, duty.number.slice(4))).rows.map(row => row.id)).toContain(duty.id);
    const by_agency = await search(controller, `號碼可查 ${known.construction.name}`);
    expect(by_agency.rows.map(row => [row.id, row.by_agency])).toEqual([[duty.id, true]]);
    const places = (await search(controller, known.construction.name)).places;
    expect(places.map(place => place.kind)).toContain("agency");
    expect((await search(controller, "號碼可查 臺中市政府")).rows).toEqual([]); // what all agencies are called names none of them
    const posts = (await controller.read(`/api/agencies/${known.rdec.id}`)).units.flatMap(unit => unit.posts).filter(post => post.holder_name);
    const held = posts[0];
    const theirs = await create({ title: "有承辦人的事項", agency_id: known.rdec.id, post_id: held.id });
    const of_person = await search(controller, `${held.holder_name} 承辦人的事項`);
    expect(of_person.rows.map(row => [row.id, row.by_holder])).toEqual([[theirs.id, true]]);
    expect((await search(controller, held.holder_name)).places.some(place => place.kind === "post" && place.name.includes(held.holder_name))).toBe(true);
    expect((await search(controller, `承辦人的事項 -${held.holder_name}`)).total).toBe(0);
  });

  it("narrows by origin, agency, state and dates, in pages, newest first or by relevance", async () => {
    for (let i = 0; i < 25; ++i) await create({ title: `篩選測試第${i}件`, origin: i % 2 ? "council" : "own", agency_id: i % 5 === 0 ? known.transport.id : known.construction.id, due_on: i < 10 ? "2026-12-15" : "2027-03-15" });
    const done = await create({ title: "篩選測試完成件" });
    await controller.do(`/api/duties/${done.id}/completion`, { evidence: "已完成", revision: 1 });
    const count = async more => (await search(controller, "篩選測試", more)).total;
    expect(await count({})).toBe(26);
    expect(await count({ state: "done" })).toBe(1);
    expect(await count({ origin: "council" })).toBe(12);
    expect(await count({ agency_id: known.transport.id })).toBe(5);
    expect(await count({ origin: "council", agency_id: known.transport.id })).toBe(2);
    expect(await count({ from: "2027-01-01" })).toBe(15);
    expect(await count({ from: "2026-12-01", to: "2026-12-31", state: "open" })).toBe(10);
    expect(await count({ kind: "duty" })).toBe(26);
    for (const sort of ["newest", "relevance"]) {
      const seen = [];
      let cursor;
      do {
        const page = await search(controller, "篩選測試", { sort, limit: "10", ...(cursor ? { cursor } : {}) });
        seen.push(...page.rows.map(row => row.title));
        cursor = page.next;
      } while (cursor);
      expect(new Set(seen).size).toBe(26);
      if (sort === "newest") expect(seen.slice(0, 3)).toEqual(["篩選測試完成件", "篩選測試第24件", "篩選測試第23件"]);
    }
  });

  it("shows and counts what the reader may see and nothing else", async () => {
    const secret = await create({ title: "機密甲案保留件", confidentiality: "confidential" }, await city.as("rdec-head"));
    const other = await create({ title: "保留件交通案", agency_id: known.transport.id });
    const own = await create({ title: "保留件建設案", detail: "詳情只給看得到的人" });
    const totals = async login => {
      const found = await search(await city.as(login), "保留件");
      return [found.total, found.rows.map(row => row.id).sort()];
    };
    expect(await totals("rdec-head")).toEqual([3, [secret.id, other.id, own.id].sort()]);
    expect(await totals("controller")).toEqual([2, [other.id, own.id].sort()]);
    expect(await totals("liaison")).toEqual([1, [own.id]]);
    for (const login of ["youth", "agent-1999", "admin"]) expect((await search(await city.as(login), "保留件")).total, login).toBe(0);
    const contact = await create({ title: "保留件路燈陳情", origin: "contact", detail: "詳情只給看得到的人" });
    const agent = await city.as("agent-1999"); // sees what came by 1999, without its details
    expect((await search(agent, "保留件")).rows.map(row => [row.id, row.excerpt])).toEqual([[contact.id, ""]]);
    expect((await search(agent, "詳情只給")).total).toBe(0);
    expect((await search(agent, "保留件 -詳情只給")).total).toBe(1);
    expect((await search(await city.as("supervisor-1999"), "詳情只給")).total).toBe(1);
    expect((await city.client().get("/api/search?q=x")).status).toBe(401);
  });

  it("finds a record, and what became of it, by the next request", async () => {
    for (let i = 0; i < 30; ++i) {
      const duty = await create({ title: `即時查得到${"甲乙丙丁戊己庚辛壬癸"[i % 10]}${i}` });
      expect((await search(controller, `即時查得到${"甲乙丙丁戊己庚辛壬癸"[i % 10]}${i}`)).rows[0]?.id).toBe(duty.id);
      if (i % 3) continue;
      const changed = await controller.put(`/api/duties/${duty.id}`, { title: `改名後的${i}號事項`, detail: "", severity: "normal", revision: 1 });
      expect(changed.status, changed.text).toBe(200);
      if (i % 6) await sleep(120);
      expect((await search(controller, `改名後的${i}號`)).rows[0]?.id).toBe(duty.id);
      expect((await search(controller, `即時查得到 甲${i}`)).total).toBe(0);
    }
  });

  it("moves what was written into the index by itself, without being asked for it", async () => {
    const waiting = () => gauge(city.port(), "search_waiting");
    for (let i = 0; i < 5; ++i) await create({ title: `編入索引的第${i}件` });
    const until = Date.now() + 20_000;
    while ((await waiting()) > 0 && Date.now() < until) await sleep(50);
    expect(await waiting()).toBe(0);
    expect(await titles(controller, "編入索引")).toHaveLength(5);
  });

  it("finds all that many write at once, exactly once", async () => {
    await Promise.all(Array.from({ length: 8 }, (_, w) => (async () => {
      for (let i = 0; i < 12; ++i) {
        await create({ title: `同時寫入 ${w}-${i}` });
        await search(controller, "同時寫入");
      }
    })()));
    const found = await search(controller, "同時寫入", { limit: "100" });
    expect(found.total).toBe(96);
    expect(new Set(found.rows.map(row => row.title)).size).toBe(96);
  });

  it("refuses what it cannot read, and takes hostile words for words", async () => {
    const refused = async (query, path) => {
      const answer = await controller.get(`/api/search?${query}`);
      expect(answer.status, answer.text).toBe(422);
      expect(answer.body.fields.map(field => field.path)).toContain(path);
    };
    await refused("", "q");
    await refused("q=%20%E3%80%80", "q");
    await refused(`q=${"x".repeat(201)}`, "q");
    await refused(`q=${Array.from({ length: 17 }, (_, i) => `a${i}`).join("+")}`, "q");
    await refused("q=a&kind=nothing", "kind");
    await refused("q=a&sort=random", "sort");
    await refused("q=a&from=2026-13-01", "from");
    await refused("q=a&from=2026-02-02&to=2026-02-01", "to");
    await refused("q=a&limit=0", "limit");
    await refused("q=a&cursor=x", "cursor");
    await refused("q=a&agency_id=x", "agency_id");
    await refused("q=a&colour=red", "colour");
    for (const q of ["\"", "\"\"\"", "-", "--", "a AND b", "a OR", "NOT", "NEAR(", "*", "a*", "^a", "{a}", "(a", "a)", "'", "''", "\\", "a:b", "tokens:a", "&|!<->", "%", "_", "; DROP TABLE duty", "\u{1F600}", "\u0000", "xkduty"]) {
      const answer = await controller.get(`/api/search?q=${encodeURIComponent(q)}`);
      expect([200, 400, 422], `${JSON.stringify(q)}: ${answer.text}`).toContain(answer.status);
    }
    expect((await search(controller, "xkduty")).total).toBe(0);
  });

  it("answers the shell as it answers the console", async () => {
    const duty = await create({ title: "命令列查詢得到的事項" });
    const found = await mandate(["search", "命令列", "查詢得到", "--json", ...city.where]);
    expect(found.err).toBe("");
    expect(found.code).toBe(0);
    expect(JSON.parse(found.out).rows.map(row => row.id)).toEqual([duty.id]);
    const plain = await mandate(["search", "命令列", "--leave-out", "查詢", ...city.where]);
    expect(plain.out).toBe("0 found\n");
    expect((await mandate(["search", "命令列", ...city.where])).out).toMatch(/^115-\d{6} {2}2026-12-15 {2}命令列查詢得到的事項 {2}/);
    const wrong = await mandate(["search", "命令列", "--from", "yesterday", ...city.where]);
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain("from");
  });
});

describe("search over a crash", () => {
  it("finds all that was answered, whether or not the index had it", async () => {
    const own = await startCity({ servers: 1 });
    own.may_complain = true;
    const by = await own.as("controller");
    const { construction } = await agencies(own);
    const made = [];
    for (let round = 0; round < 4; ++round) {
      for (let i = 0; i < 6; ++i) made.push((await by.do("/api/duties", newDuty(construction.id, { title: `當機前第${round}回第${i}件` }))).duty.id);
      if (round % 2) await sleep(90);
      await own.servers[0].stop("SIGKILL");
      await own.startServer(0);
      const found = await by.read(`/api/search?q=${encodeURIComponent("當機前第")}&limit=100`);
      expect(found.rows.map(row => row.id).sort()).toEqual([...made].sort());
      expect(found.index_incomplete).toBe(false);
    }
    await own.finish();
  });
});
