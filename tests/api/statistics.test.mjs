// Statistics through HTTP: each clause, whose records, what was written a moment ago, several processes, a restart, and wrong input.
import { agencies, figures as ask, mandate, must, newDuty, parseCsv, sleep, sqlite, startCity } from "./support.mjs";

let city;
let controller;
let construction;
let transport;
beforeAll(async () => {
  city = await startCity();
  ({ construction, transport } = await agencies(city));
  controller = await city.as("controller");
});
afterAll(() => city.finish());

const query = parameters => `/api/statistics?${new URLSearchParams(parameters)}`;
const cell = (answer, ...keys) => answer.rows.find(row => row.keys.every((key, at) => key.value === keys[at]))?.cells[0];
const create = (more = {}) => controller.do("/api/duties", newDuty(construction.id, more));

describe("statistics", () => {
  it("say what can be counted: data sets, dimensions with their values, and figures with their definitions", async () => {
    const { rows } = await controller.read("/api/statistic-datasets");
    expect(rows.map(one => one.name)).toEqual(["duties", "steps"]);
    const duties = rows[0];
    expect(duties.dimensions.find(one => one.name === "origin").choices).toContainEqual({ value: "council", label: "議會" });
    expect(duties.dimensions.find(one => one.name === "district").choices).toHaveLength(29);
    expect(duties.dimensions.find(one => one.name === "due_quarter")).toMatchObject({ is_period: true, label: "期限（季）" });
    for (const measure of duties.measures.filter(one => one.is_rate)) {
      expect(measure.numerator.length, measure.name).toBeGreaterThan(3);
      expect(measure.denominator.length, measure.name).toBeGreaterThan(3);
      expect(measure.version).toBe(1);
      expect(measure.source.length).toBeGreaterThan(3);
    }
    const english = await (await city.signIn("controller", undefined, { language: "en" })).read("/api/statistic-datasets");
    expect(english.rows[0].measures.find(one => one.name === "overdue_rate").label).toBe("Overdue rate");
  });

  it("hold what was written a moment ago, whichever process is asked", async () => {
    await ask(controller, {});
    for (let i = 0; i < 12; ++i) {
      const before = await ask(controller, { by: "agency,origin" });
      await create({ origin: "meeting" });
      const after = await ask(controller, { by: "agency,origin" });
      expect(cell(after, construction.id, "meeting").value).toBe((cell(before, construction.id, "meeting")?.value ?? 0) + 1);
      expect(after.total.cells[0].value).toBe(before.total.cells[0].value + 1);
    }
    const { duty } = await create({ origin: "meeting", severity: "critical" });
    const where = { by: "lateness", where: `origin=meeting;severity=critical;agency=${construction.id}` };
    expect((await ask(controller, where)).rows.map(row => row.keys[0].value)).toEqual(["on_time"]);
    await controller.do(`/api/duties/${duty.id}/completion`, { evidence: "完成證明" });
    expect((await ask(controller, where)).rows.map(row => row.keys[0].value)).toEqual(["done"]);
  });

  it("count for each reader what the worklist shows that reader, and drill down to as many records", async () => {
    await (await city.as("rdec-head")).do("/api/duties", newDuty(construction.id, { confidentiality: "confidential", origin: "council" }));
    for (const login of ["controller", "rdec-head", "executive", "liaison", "handler", "unit-head", "agency-head", "auditor", "council-liaison", "agent-1999", "youth"]) {
      const client = await city.as(login);
      const all = await client.read("/api/duties?view=city&state=all&limit=1");
      const answer = await ask(client, { by: "agency,lateness", measures: "count,late,done,on_time_rate" });
      expect(answer.total.cells[0].value ?? 0, login).toBe(all.total);
      for (const row of answer.rows.slice(0, 6)) {
        for (const [at, where] of row.drill.entries()) {
          if (!where) continue;
          const list = await client.read(`/api/duties?view=city&state=all&limit=200&where=${encodeURIComponent(where)}`);
          expect(list.total, `${login} ${where}`).toBe(row.cells[at].value);
          expect(list.where_in_words.length).toBeGreaterThan(3);
        }
      }
    }
    expect((await (await city.as("admin")).get(query({}))).status).toBe(403);
    expect((await city.client().get(query({}))).status).toBe(401);
  });

  it("know periods, the year before beside them, and what is missing, zero or not yet due", async () => {
    for (const due_on of ["2026-05-04", "2026-05-05", "2025-05-06", "2027-03-02"]) await create({ origin: "tender", due_on });
    const answer = await ask(controller, { by: "due_month", measures: "count,late,severe,on_time_rate", where: "origin=tender", from: "2026-05-01", to: "2027-03-31", compare: "true" });
    expect(answer.rows.map(row => row.keys[0].label).slice(0, 2)).toEqual(["115年5月", "115年6月"]);
    expect(answer.rows).toHaveLength(11);
    const may = answer.rows[0];
    expect(may.cells.map(one => one.state)).toEqual(["filed", "filed", "filed", "filed"]);
    expect(may.cells[0].value).toBe(2);
    expect(may.cells[3]).toEqual({ state: "filed", value: 0, of: 2, rate: 0 });
    expect(may.before[0]).toMatchObject({ state: "filed", value: 1 });
    const june = answer.rows[1];
    expect(june.cells.every(one => one.state === "missing" && one.value === null)).toBe(true);
    expect(answer.rows.find(row => row.keys[0].value === "2027-01-01").cells[0].state).toBe("not_yet_due");
    const march = answer.rows.at(-1);
    expect(march.cells[0]).toMatchObject({ state: "filed", value: 1 });
    expect(march.cells.slice(1).map(one => one.state)).toEqual(["not_yet_due", "not_yet_due", "not_yet_due"]);
    const zero = await ask(controller, { measures: "cancelled", where: "origin=tender" });
    expect(zero.total.cells[0]).toMatchObject({ state: "zero", value: 0 });
    expect((await ask(controller, { by: "district", empty: "true", where: "origin=tender" })).rows.filter(row => row.cells[0].state === "missing").length).toBeGreaterThan(20);
  });

  it("leave out small cells of petitions, also from the file and from who may see each of them", async () => {
    await create({ origin: "petition", agency_id: construction.id });
    for (let i = 0; i < 7; ++i) await create({ origin: "petition", agency_id: transport.id });
    const answer = await ask(controller, { by: "agency", where: "origin=petition" });
    const mine = cell(answer, construction.id);
    expect(mine).toEqual({ state: "suppressed", value: null, of: null, rate: null });
    expect(answer.suppressed_below).toBe(3);
    expect(answer.rows.filter(row => row.cells[0].state === "suppressed").length).toBeGreaterThan(1);
    const file = await controller.get(`/api/statistics.csv?by=agency&where=origin%3Dpetition`);
    expect(parseCsv(file.text).find(row => row[0] === construction.name)[1]).toBe("不顯示");
    expect(file.text).toContain("少於 3 件");
  });

  it("come as a file with the definitions, formulas neutralised", async () => {
    const file = await controller.get("/api/statistics.csv?by=agency&measures=owed,overdue_rate");
    expect(file.status).toBe(200);
    expect(file.headers["content-disposition"]).toContain("filename*=UTF-8''");
    const rows = parseCsv(file.text);
    expect(rows[0]).toEqual(["承辦機關", "應辦", "逾限率", "逾限率（分子）", "逾限率（分母）"]);
    expect(rows.flat().some(text => text.includes("分母：應辦事項數（不含已撤銷）；定義第 1 版"))).toBe(true);
    const answer = await ask(controller, { by: "agency", measures: "owed,overdue_rate" });
    expect(rows.filter(row => row.length === 5)).toHaveLength(answer.rows.length + 2);
  });

  it("count the steps of duties too", async () => {
    const answer = await ask(controller, { dataset: "steps", by: "what", measures: "step_count" });
    expect(cell(answer, "created").value).toBeGreaterThan(0);
    const before = cell(answer, "reassigned")?.value ?? 0;
    const { duty } = await create();
    await controller.do(`/api/duties/${duty.id}/reassignment`, { agency_id: transport.id, reason: "改由交通局辦理" });
    expect(cell(await ask(controller, { dataset: "steps", by: "what", measures: "step_count" }), "reassigned").value).toBe(before + 1);
    expect(cell(await ask(controller, { dataset: "steps", by: "what,agency", measures: "step_count" }), "reassigned", transport.id).value).toBeGreaterThan(0);
  });

  it("refuse what cannot be asked, by its field", async () => {
    const wrong = [
      [{ by: "colour" }, "by"], [{ by: "agency,agency" }, "by"], [{ by: "agency,unit,post,origin" }, "by"], [{ dataset: "cats" }, "dataset"], [{ measures: "happiness" }, "measures"], [{ measures: "," }, "measures"],
      [{ where: "colour=red" }, "where"], [{ where: "severity=purple" }, "where"], [{ where: "agency>=5" }, "where"], [{ where: "due>=soon" }, "where"], [{ where: "gibberish" }, "where"], [{ where: "due_month>=2026-01-01" }, "where"],
      [{ where: "agency=1' OR '1'='1" }, "where"], [{ where: "a=b;".repeat(40) }, "where"], [{ period: "birthday", from: "2026-01-01" }, "period"], [{ from: "2026-02-30" }, "from"], [{ from: "2026-03-01", to: "2026-01-01" }, "to"],
      [{ compare: "true" }, "compare"], [{ as_known_on: "2027-01-01" }, "as_known_on"], [{ colour: "red" }, "colour"],
    ];
    for (const [parameters, field] of wrong) {
      const answer = await controller.get(query(parameters));
      expect(answer.status, JSON.stringify(parameters)).toBe(422);
      expect(answer.body.fields[0].path, JSON.stringify(parameters)).toBe(field);
    }
    for (const where of ["colour=red", "severity=purple", "due>=soon", "gibberish"]) {
      expect((await controller.get(`/api/duties?view=city&where=${encodeURIComponent(where)}`)).body.fields[0].path).toBe("where");
    }
    // Days as people here write them.
    expect((await ask(controller, { where: "due>=115/01/01;due<=民國115年12月31日" })).filter).toContain("115/01/01");
  });

  it("are asked from the shell as well, with and without a server", async () => {
    const table = await mandate(["query", "origin", "--measures", "count,on_time_rate", "--where", "origin=pledge|council", ...city.where]);
    expect(table.code, table.err).toBe(0);
    expect(table.out).toMatch(/^來源 +件數 +期限內完成率\n/);
    const json = await mandate(["query", "origin,due_year", "--where", "origin=pledge", "--where", "due>=2026-01-01", "--json", ...city.where]);
    expect(JSON.parse(json.out).rows.length).toBeGreaterThan(0);
    const refused = await mandate(["query", "colour", ...city.where]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("colour");
    expect((await mandate(["query", "--from", "yesterday", ...city.where])).code).toBe(1);
  });
});

describe("dashboards", () => {
  const tile = { title: "各機關逾期", query: "by=agency&measures=late", show: "bars" };
  it("keep statistics together, are shared, changed by their maker alone, and never written over unseen", async () => {
    const made = await controller.do("/api/dashboards", { name: "週會", shared: "city", tiles: [tile] });
    const executive = await city.as("executive");
    const seen = await executive.read(`/api/dashboards/${made.id}`);
    expect(seen).toMatchObject({ name: "週會", mine: false, tiles: [tile] });
    expect((await executive.put(`/api/dashboards/${made.id}`, { name: "我的", shared: "me", tiles: [], revision: 1 })).status).toBe(403);
    expect((await executive.read("/api/dashboards")).rows.map(row => row.name)).toContain("週會");
    const change = { name: "週會", shared: "me", tiles: [tile, { ...tile, title: "第二格", show: "lines" }], revision: made.revision };
    expect(must(await controller.put(`/api/dashboards/${made.id}`, change)).tiles).toHaveLength(2);
    expect((await controller.put(`/api/dashboards/${made.id}`, change)).status).toBe(412);
    expect((await executive.get(`/api/dashboards/${made.id}`)).status).toBe(404);
    expect((await controller.post("/api/dashboards", { name: "週會", shared: "me", tiles: [] })).body.fields[0].path).toBe("name");
    expect((await controller.remove(`/api/dashboards/${made.id}`)).status).toBe(200);
    expect((await controller.get(`/api/dashboards/${made.id}`)).status).toBe(404);
  });

  it("refuse what is no tile, and sharing with whom one may not", async () => {
    const fields = async (body, by = controller) => (await by.post("/api/dashboards", { name: "甲", shared: "me", tiles: [], ...body })).body.fields?.[0]?.path;
    expect(await fields({ name: " " })).toBe("name");
    expect(await fields({ tiles: [{ ...tile, title: "" }] })).toBe("tiles[0].title");
    expect(await fields({ tiles: [{ ...tile, query: "by=<script>" }] })).toBe("tiles[0].query");
    expect(await fields({ tiles: Array.from({ length: 25 }, () => tile) })).toBe("tiles");
    expect(await fields({ tiles: [{ ...tile, show: "pie" }] })).toBe("tiles[0].show");
    expect(await fields({ shared: "city" }, await city.as("handler"))).toBe("shared");
  });

  it("put a statistic on one's own home page, and nobody else's", async () => {
    const liaison = await city.as("liaison");
    expect((await liaison.read("/api/home-dashboard")).dashboard).toBeNull();
    await liaison.do("/api/home-dashboard/tiles", tile);
    await liaison.do("/api/home-dashboard/tiles", { ...tile, title: "再一格" });
    const home = (await liaison.read("/api/home-dashboard")).dashboard;
    expect(home).toMatchObject({ at_home: true, mine: true, revision: 2 });
    expect(home.tiles.map(one => one.title)).toEqual(["各機關逾期", "再一格"]);
    expect((await (await city.as("handler")).get(`/api/dashboards/${home.id}`)).status).toBe(404);
    expect((await liaison.remove(`/api/dashboards/${home.id}`)).status).toBe(409);
    expect((await liaison.put(`/api/dashboards/${home.id}`, { name: home.name, shared: "agency", tiles: [], revision: home.revision })).body.fields[0].path).toBe("shared");
    await controller.do("/api/views", { page: "statistics", name: "逾期排名", query: "by=agency&measures=late", shared: "city" });
    expect((await liaison.read("/api/views?page=statistics")).rows.map(row => row.name)).toContain("逾期排名");
  });
});

describe("after a restart", () => {
  it("the figures are read anew and are the same, also after the process was killed", async () => {
    const before = await ask(controller, { by: "agency,lateness", measures: "count,late" });
    for (const signal of ["SIGTERM", "SIGKILL"]) {
      await city.stop(signal);
      city.servers = [];
      await city.start();
      const again = await city.signIn("controller");
      const after = await ask(again, { by: "agency,lateness", measures: "count,late" });
      expect(after.rows).toEqual(before.rows);
    }
    controller = await city.signIn("controller");
    city.sessions.clear();
  });

  it.runIf(sqlite)("a question during the rebuild is told how far it is, never a part of the figures", async () => {
    must({ status: (await mandate(["sample", "--duties", "120000", ...city.where], { timeout: 300_000 })).code === 0 ? 200 : 500, text: "sample" });
    const client = await city.signIn("controller");
    let told = 0;
    let total;
    for (let i = 0; i < 600; ++i) {
      const answer = await client.get(query({ measures: "count" }));
      if (answer.status === 200) {
        total = answer.body.total.cells[0].value;
        break;
      }
      expect(answer.status).toBe(503);
      expect(answer.body.key).toBe("facts.being_read");
      expect(answer.headers["retry-after"]).toBe("1");
      ++told;
      await sleep(20);
    }
    expect(told).toBeGreaterThan(0);
    expect(total).toBeGreaterThan(117_000); // those that are not confidential
  });
});

describe("the overview", () => {
  it("says how many were severe a week ago, as it was known then, beside how many are today", async () => {
    const severe_now = async more => (await ask(await city.as("controller"), { where: "lateness=severe", ...more })).total.cells[0].value ?? 0;
    const severe = async () => ({ then: (await (await city.as("controller")).read("/api/overview")).severe_a_week_ago, now: await severe_now() });
    const make = async more => (await city.as("controller")).do("/api/duties", newDuty(construction.id, { due_on: "2026-08-05", ...more }));
    const begin = new Date(city.clock);
    const before = await severe();
    const made = [await make(), await make(), await make({ severity: "high" })];
    // Made today with a day long gone: severe today, and unknown a week ago.
    expect(await severe()).toEqual({ then: before.then, now: before.now + 3 });
    await city.setClock(new Date(begin.getTime() + 7 * 86_400_000).toISOString());
    const later = await severe();
    expect(later.then).toBe(before.now + 3);
    // Done since: that changes today, and not what was known.
    await (await city.as("controller")).do(`/api/duties/${made[0].duty.id}/completion`, { evidence: "已辦結" });
    expect(await severe()).toEqual({ then: later.then, now: later.now - 1 });
    expect(await severe_now({ as_known_on: begin.toISOString().slice(0, 10) })).toBe(later.then);
  });
});
