// Yearly plans: from a text to decisions, duties and public pages.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zip } from "./made_files.mjs";
import { agencies, allRows, mandate, must, root, send, startCity, tempFolder } from "./support.mjs";

let city;
let known;
let controller;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  controller = await city.as("controller");
});
afterAll(() => city.finish());

const folder = join(root, "tests/plans");
const ours = readdirSync(folder).filter(name => name.endsWith(".txt"));
const text_of = name => readFileSync(join(folder, name), "utf8");
const load = (file_name, text) => controller.do("/api/plan-imports", { file_name, text });
const sentences_of = async id => {
  const rows = [];
  let cursor = 0;
  do {
    const page = await controller.read(`/api/plans/${id}/sentences?limit=100&cursor=${cursor}`);
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor);
  return rows;
};
const tree_of = async id => controller.read(`/api/plans/${id}`);
const duties_of = async () => (await allRows(controller, "/api/duties?view=city&state=all&origin=plan")).length;
const adds_up = coverage => expect(coverage.obligation + coverage.none + coverage.undecided, JSON.stringify(coverage)).toBe(coverage.sentences);

const head = year => `臺中市政府水利局${year}年度施政計畫

參、年度重要計畫

工作計畫名稱	重要計畫項目	實施內容
`;
const small = year => `${head(year)}排水防汛	抽水站維護	一、每月7日前完成抽水站檢查。 二、每季召開防汛會議。 三、本年度清淤長度達30公里以上。
	防汛演練	於4月辦理防汛演練，邀請各區公所參加。
河川環境	水岸巡檢	一、每半年公布水質檢測結果。 二、持續維護水岸步道。
`;

describe("importing a plan", () => {
  it("takes every plan of ours as a preview that makes no duty", async () => {
    expect(ours.length).toBeGreaterThanOrEqual(5);
    const before = await duties_of();
    for (const name of ours) {
      const outcome = await load(name, text_of(name));
      adds_up(outcome.coverage);
      expect(outcome.obligation_count, name).toBeGreaterThan(0);
      expect(outcome.same_as_before).toBe(false);
      const rows = await sentences_of(outcome.plan_id);
      expect(rows.length, name).toBe(outcome.coverage.sentences);
      expect(rows.flatMap(row => row.obligations).every(one => one.state === "proposed")).toBe(true);
      // Every part that was found stands in its sentence.
      for (const row of rows) for (const one of row.obligations) for (const span of one.spans) expect(span.end, row.text).toBeLessThanOrEqual([...row.text].length * 4);
    }
    expect(await duties_of()).toBe(before);
  });

  it("finds on the screen what the command reads from the same file", async () => {
    for (const name of ours.slice(0, 4)) {
      const read = JSON.parse((await mandate(["plan", "read", join(folder, name), "--json"])).out);
      const outcome = await load(name, text_of(name));
      const rows = await sentences_of(outcome.plan_id);
      expect(rows.map(row => row.text)).toEqual(read.sentences.map(row => row.text));
      expect(rows.map(row => row.obligations.length)).toEqual(read.sentences.map(row => row.obligations.length));
      expect(outcome.coverage).toMatchObject(read.coverage);
    }
  });

  it("changes nothing when the same file comes twice", async () => {
    const first = await load("水利局.txt", small(120));
    await controller.do(`/api/plans/${first.plan_id}/acceptance`, { all: true });
    const before = [await tree_of(first.plan_id), await sentences_of(first.plan_id), await duties_of()];
    const again = await load("水利局.txt", small(120));
    expect(again.same_as_before).toBe(true);
    expect(again.difference).toEqual([]);
    expect(again.plan_id).toBe(first.plan_id);
    expect([await tree_of(first.plan_id), await sentences_of(first.plan_id), await duties_of()]).toEqual(before);
    await Promise.all(Array.from({ length: 4 }, () => load("水利局.txt", small(121))));
    expect((await controller.read("/api/plans")).rows.filter(row => row.year_roc === 121)).toHaveLength(1);
  });

  it("reads an office document as it reads its text, lists numbered by the program and tables included, from the shell too", async () => {
    const paragraph = text => `<text:p>${text}</text:p>`;
    const cell = text => `<table:table-cell>${text.split("\u2028").map(paragraph).join("")}</table:table-cell>`;
    const row = cells => `<table:table-row>${cells.map(cell).join("")}</table:table-row>`;
    const lines = small(116).split("\n").filter(Boolean);
    const rows = lines.filter(line => line.includes("\t")).map(line => line.split("\t"));
    const odt = zip([["mimetype", "application/vnd.oasis.opendocument.text", { stored: true }], ["content.xml", `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s"><office:body><office:text>${lines.filter(line => !line.includes("\t")).map(paragraph).join("")}<table:table>${rows.map(row).join("")}</table:table></office:text></office:body></office:document-content>`]]);
    const bring = (content, name) => send(city.port(), "PUT", `/api/plan-documents?file_name=${encodeURIComponent(name)}`, controller.headers("PUT", { headers: { "Content-Type": "application/octet-stream" } }), content);
    const made = must(await bring(odt, "計畫.odt"));
    expect(made).toMatchObject({ year_roc: 116, agency_name: "臺中市政府水利局", same_as_before: false, obligation_count: 5 });
    const from_text = await load("計畫.txt", small(116));
    expect(from_text.difference).toEqual([]);
    const again = must(await bring(odt, "計畫.odt"));
    expect(again.plan_id).toBe(made.plan_id);
    for (const [content, key] of [[zip([["a.txt", "x"]]), "document.unknown_format"], [Buffer.from("PK\x03\x04"), "document.unknown_format"], [zip([["content.xml", "<a><b></a>"]]), "sheet.broken"], [zip([["content.xml", "<office:text><text:p>沒有年度</text:p></office:text>"]]), "plan.no_parts"]]) {
      const refused = await bring(content, "x.odt");
      expect([refused.status, refused.body.fields[0].key]).toEqual([422, key]);
    }
    expect((await send(city.port(), "PUT", "/api/plan-documents?file_name=x.odt", (await city.as("liaison")).headers("PUT"), odt)).status).toBe(403);
    const file = join(tempFolder("plan"), "計畫.odt");
    writeFileSync(file, odt);
    const read = await mandate(["plan", "read", file]);
    expect([read.code, read.out]).toEqual([0, expect.stringContaining("臺中市政府水利局 116")]);
  });

  it("shows the difference of a corrected file and keeps the duties that were accepted", async () => {
    const first = await load("水利局.txt", small(122));
    await controller.do(`/api/plans/${first.plan_id}/acceptance`, { all: true });
    const before = await tree_of(first.plan_id);
    const corrected = small(122).replace("每季召開防汛會議", "每月召開防汛會議").replace("二、持續維護水岸步道。", "").replace("參加。", "參加。 二、每年5月底前完成防汛整備。");
    const outcome = await load("水利局-更正.txt", corrected);
    expect(outcome.same_as_before).toBe(false);
    expect(outcome.difference.map(row => row.kind ?? row.change).sort()).toEqual(["added", "changed", "removed"]);
    const changed = outcome.difference.find(row => (row.kind ?? row.change) === "changed");
    expect([changed.before, changed.after]).toEqual(["每季召開防汛會議。", "每月召開防汛會議。"]);
    const after = await tree_of(first.plan_id);
    expect(after.plan.standing.total).toBe(before.plan.standing.total);
    expect(after.plan.standing.cancelled).toBe(0);
    expect(after.difference).toEqual(outcome.difference);
    adds_up(outcome.coverage);
    // What is new waits for a decision; what was accepted and did not change is still accepted.
    const rows = await sentences_of(first.plan_id);
    const states = rows.flatMap(row => row.obligations.map(one => `${one.what}: ${one.state}`));
    expect(states.filter(one => one.endsWith("accepted")).length).toBeGreaterThanOrEqual(4);
    expect(rows.find(row => row.text.includes("每月召開防汛會議")).obligations.map(one => one.state).sort()).toEqual(["accepted", "proposed"]);
    expect(rows.find(row => row.text.includes("5月底前")).obligations.map(one => one.state)).toEqual(["proposed"]);
  });

  it("refuses what is no plan, saying why, and changes nothing", async () => {
    const before = await controller.read("/api/plans");
    for (const [text, path] of [["", "text"], ["這不是計畫。\n", "text"], ["臺中市政府水利局施政計畫\n\n每月召開會議。\n", "text"], ["115年度施政計畫\n\n每月召開會議。\n", "text"]]) {
      const answer = await controller.post("/api/plan-imports", { file_name: "x.txt", text });
      expect(answer.status, text).toBe(422);
      expect(answer.body.fields[0]?.path ?? path).toMatch(/^(text|line \d+)$/);
      expect(answer.body.fields[0]?.message ?? answer.body.detail).toMatch(/[\u4e00-\u9fff]/);
    }
    const bytes = Buffer.concat([Buffer.from('{"file_name":"x","text":"'), Buffer.from([0xa4, 0xa4, 0xa4, 0xe5]), Buffer.from('"}')]);
    const big5 = await send(city.port(), "POST", "/api/plan-imports", { ...controller.headers("POST"), "Content-Type": "application/json" }, bytes);
    expect(big5.status).toBe(422);
    expect(await controller.read("/api/plans")).toEqual(before);
  });
});

describe("deciding on a plan", () => {
  it("accepts, edits, adds, drops and withdraws, and coverage follows each step", async () => {
    const { plan_id } = await load("水利局.txt", small(115));
    const coverage = async () => (await tree_of(plan_id)).plan.coverage;
    const find = async text => (await sentences_of(plan_id)).find(row => row.text.includes(text));
    const waiting = (await coverage()).waiting;
    adds_up(await coverage());
    expect(waiting).toBeGreaterThanOrEqual(4);

    const monthly = (await find("抽水站檢查")).obligations[0];
    expect(monthly).toMatchObject({ every: "month", day: 7, agency_id: known.water.id });
    const accepted = await controller.do(`/api/plan-obligations/${monthly.id}/acceptance`);
    expect(accepted).toEqual({ accepted: 1, duties: 12 });
    expect((await controller.post(`/api/plan-obligations/${monthly.id}/acceptance`)).body.key).toBe("plan.already_accepted");
    expect((await coverage()).waiting).toBe(waiting - 1);
    const rows = (await allRows(controller, "/api/duties?view=city&state=all&origin=plan&q=" + encodeURIComponent("抽水站檢查"))).filter(row => row.source?.id === monthly.id);
    expect(rows.map(row => row.due_on.slice(0, 7))).toEqual(Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, "0")}`));
    expect(rows.every(row => row.confidentiality === "open" && row.agency_id === known.water.id)).toBe(true);

    // An edit changes what will become duties.
    const quarterly = (await find("防汛會議")).obligations[0];
    const edit = { what: "召開防汛會議並公布紀錄", every: "half_year", months: [], day: 20, amounts: [], responsible: [], agency_id: known.transport.id };
    must(await controller.put(`/api/plan-obligations/${quarterly.id}`, edit));
    expect((await find("防汛會議")).obligations[0]).toMatchObject({ what: edit.what, every: "half_year", day: 20, agency_id: known.transport.id, state: "proposed" });
    expect(await controller.do(`/api/plan-obligations/${quarterly.id}/acceptance`)).toEqual({ accepted: 1, duties: 2 });
    expect((await controller.put(`/api/plan-obligations/${quarterly.id}`, edit)).body.key).toBe("plan.accepted_withdraw_first");

    // One the reader did not find.
    const steps = await find("維護水岸步道");
    await controller.do(`/api/plan-sentences/${steps.id}/obligations`, { what: "巡檢水岸步道", every: "year", months: [6], day: 30 });
    expect((await find("維護水岸步道")).obligations).toMatchObject([{ what: "巡檢水岸步道", found_by: "controller", state: "proposed" }]);
    adds_up(await coverage());

    // Dropped: it waits no longer, and no duty comes of it.
    const water = (await find("水質檢測")).obligations[0];
    const before = await duties_of();
    await controller.do(`/api/plan-obligations/${water.id}/drop`, { reason: "已由他案列管" });
    expect((await find("水質檢測")).obligations[0]).toMatchObject({ state: "dropped", reason: "已由他案列管" });
    expect(await duties_of()).toBe(before);

    // Withdrawn: its open duties are cancelled, those that were done stay done.
    const first_due = rows[0];
    await controller.do(`/api/duties/${first_due.id}/completion`, { evidence: "一月份已檢查" });
    expect((await controller.post(`/api/plan-obligations/${monthly.id}/withdrawal`, {})).status).toBe(422);
    await controller.do(`/api/plan-obligations/${monthly.id}/withdrawal`, { reason: "期程有誤" });
    const left = (await find("抽水站檢查")).obligations[0];
    expect(left.state).toBe("proposed");
    expect(left.standing).toMatchObject({ total: 12, done: 1, cancelled: 11, open: 0 });
    expect((await controller.post(`/api/plan-obligations/${monthly.id}/withdrawal`, { reason: "x" })).body.key).toBe("plan.not_decided");

    // A sentence that holds none.
    await controller.do(`/api/plan-sentences/${steps.id}/decision`, { decision: "none" });
    expect((await find("維護水岸步道")).obligations.every(one => one.state === "dropped")).toBe(true);
    expect((await controller.post(`/api/plan-sentences/${(await find("防汛會議")).id}/decision`, { decision: "none" })).body.key).toBe("plan.accepted_withdraw_first");
    adds_up(await coverage());
  });

  it("accepts many at once: all that wait, or those that are named", async () => {
    const { plan_id } = await load("水利局.txt", small(116));
    const obligations = (await sentences_of(plan_id)).flatMap(row => row.obligations);
    expect((await controller.post(`/api/plans/${plan_id}/acceptance`, {})).status).toBe(422);
    const two = await controller.do(`/api/plans/${plan_id}/acceptance`, { obligation_ids: obligations.slice(0, 2).map(one => one.id) });
    expect(two.accepted).toBe(2);
    const rest = await controller.do(`/api/plans/${plan_id}/acceptance`, { all: true });
    expect(rest.accepted).toBe(obligations.length - 2);
    expect((await controller.do(`/api/plans/${plan_id}/acceptance`, { all: true })).accepted).toBe(0);
    const tree = await tree_of(plan_id);
    expect(tree.plan.standing.total).toBe(two.duties + rest.duties);
  });

  it("rolls duties, lateness and coverage up the tree", async () => {
    for (const plan of (await controller.read("/api/plans")).rows) {
      const view = await tree_of(plan.id);
      const check = node => {
        const sum = field => node.children.reduce((total, child) => total + child[field], 0);
        node.children.forEach(check);
        expect(node.sentences, node.title).toBeGreaterThanOrEqual(sum("sentences"));
        expect(node.decided).toBeLessThanOrEqual(node.sentences);
        expect(node.coverage).toBe(node.sentences === 0 ? null : Math.round((node.decided * 10_000) / node.sentences));
        for (const field of ["total", "open", "done", "late", "severe", "cancelled"]) expect(node.standing[field]).toBeGreaterThanOrEqual(node.children.reduce((total, child) => total + child.standing[field], 0));
        expect(node.standing.open + node.standing.done + node.standing.cancelled).toBe(node.standing.total);
        expect(node.standing.late).toBeLessThanOrEqual(node.standing.open);
      };
      view.tree.forEach(check);
      const roots = field => view.tree.reduce((total, node) => total + node.standing[field], 0);
      expect(view.plan.standing.total).toBeGreaterThanOrEqual(roots("total"));
      adds_up(view.plan.coverage);
    }
  });

  it("keeps an indicator apart from its value: a filed zero is no missing value", async () => {
    const { plan_id } = await load("水利局.txt", small(117));
    const row = (await sentences_of(plan_id)).find(one => one.text.includes("30公里"));
    await controller.do(`/api/plan-obligations/${row.obligations[0].id}/acceptance`);
    const item = () => controller.read(`/api/plan-items/${row.node_id}`);
    const indicator = (await item()).indicators[0];
    expect(indicator).toMatchObject({ bound: "at_least", target: 30, unit: "公里", state: "not_yet_due", actual: null, met: null });
    await controller.do(`/api/plan-indicators/${indicator.id}/values`, { value: 0 });
    expect((await item()).indicators[0]).toMatchObject({ state: "confirmed_zero", actual: 0, met: false });
    await controller.do(`/api/plan-indicators/${indicator.id}/values`, { value: 30.5, note: "含支線" });
    expect((await item()).indicators[0]).toMatchObject({ state: "filed", actual: 30.5, met: true });
    expect((await controller.post(`/api/plan-indicators/${indicator.id}/values`, { value: -1 })).status).toBe(422);
  });

  it("compares two years item by item", async () => {
    const plans = (await controller.read("/api/plans")).rows.filter(row => row.agency_name === known.rdec.name).sort((a, b) => a.year_roc - b.year_roc);
    const [before, after] = plans.filter(row => row.file_name.startsWith("示範"));
    const { rows } = await controller.read(`/api/plan-comparison?from=${before.id}&to=${after.id}`);
    const change = item => rows.find(row => row.item === item)?.change;
    expect(change("施工品質查核")).toBe("changed"); // 200 inspections last year, 220 this year
    expect(change("跨縣市治理平臺")).toBe("added");
    expect(change("1999話務服務")).toBe("same");
    const mirrored = (await controller.read(`/api/plan-comparison?from=${after.id}&to=${before.id}`)).rows;
    expect(mirrored.find(row => row.item === "跨縣市治理平臺").change).toBe("removed");
    expect(mirrored).toHaveLength(rows.length);
    const same = (await controller.read(`/api/plan-comparison?from=${after.id}&to=${after.id}`)).rows;
    expect(new Set(same.map(row => row.change))).toEqual(new Set(["same"]));
  });
});

describe("public pages of a plan", () => {
  it("show without sign-in what was accepted, and nothing else", async () => {
    const { plan_id } = await load("水利局.txt", small(118));
    const rows = await sentences_of(plan_id);
    const wanted = rows.find(row => row.text.includes("抽水站檢查"));
    const hidden = rows.find(row => row.text.includes("防汛演練"));
    const nobody = city.client();
    expect((await nobody.get(`/plans/${plan_id}`)).status).toBe(404);
    await controller.do(`/api/plan-obligations/${wanted.obligations[0].id}/acceptance`);
    const page = await nobody.get(`/plans/${plan_id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain("水利局118年度施政計畫");
    expect(page.text).toContain("12");
    const item = await nobody.get(`/promises/${wanted.node_id}`);
    expect(item.status).toBe(200);
    expect(item.text.match(/抽水站檢查/g).length).toBeGreaterThanOrEqual(12);
    const other = await nobody.get(`/promises/${hidden.node_id}`);
    expect(other.text).not.toMatch(/民國118年4月/);
    // Proposed and dropped promises are nobody's promise yet.
    const figures = await nobody.get("/");
    expect(figures.status).toBe(200);
  });

  it("say in their first sentence how many promises there are, done and late", async () => {
    const plan = (await controller.read("/api/plans")).rows.find(row => row.file_name.startsWith("示範-115"));
    const page = await city.client().get(`/plans/${plan.id}`);
    const { total, cancelled, done, late } = plan.standing;
    for (const number of [total - cancelled, done, late]) expect(page.text).toContain(String(number));
    // Drawn too, with a title and a sentence for who does not see it, and the numbers in the tables below.
    const [svg] = /<svg[^]*?<\/svg>/.exec(page.text) ?? [""];
    expect(svg).toMatch(/role="img" aria-labelledby="standing-title standing-desc"/);
    expect(svg).toContain("各類承諾的辦理情形");
    expect(/<desc[^>]*>([^<]*)/.exec(svg)[1]).toContain(String(total - cancelled));
    expect(svg).not.toMatch(/<script|style=|onload|href=/);
    expect(page.text).toContain('<link rel="stylesheet" href="/public/chart');
    const groups = [...page.text.matchAll(/id="n-\d+"[^>]*>([^<]+)/g)].map(found => found[1]);
    expect(groups.filter(group => svg.includes(group.slice(0, 4))).length).toBeGreaterThan(1);
    const english = await city.client().get(`/plans/${plan.id}?lang=en`);
    expect(english.text).toContain('lang="en"');
    expect(english.text).toContain(String(total - cancelled));
    expect(page.text).toContain('lang="zh-Hant-TW"');
  });

  it("write what a plan says as text, never as markup", async () => {
    const nasty = `${head(119)}<script>alert(1)</script>	"><img src=x onerror=alert(2)>	一、每月檢查<b onmouseover=alert(3)>閘門</b>{{X}}，3 < 5 & 7 > 6 "引號" 'x'。
`;
    const { plan_id } = await load("<script>.txt", nasty);
    await controller.do(`/api/plans/${plan_id}/acceptance`, { all: true });
    const rows = await sentences_of(plan_id);
    for (const path of [`/plans/${plan_id}`, `/promises/${rows[0].node_id}`]) {
      const page = await city.client().get(path);
      expect(page.status).toBe(200);
      expect(page.text).not.toMatch(/<script>alert|<img src=x|<b onmouse/);
      expect(page.text).toMatch(/&(lt|quot|amp);/);
    }
  });

  it("show no name of a person and no duty that is not open to all", async () => {
    const nobody = city.client();
    const plan = (await controller.read("/api/plans")).rows.find(row => row.file_name.startsWith("示範-115"));
    const tree = await tree_of(plan.id);
    const people = (await controller.read(`/api/agencies/${known.rdec.id}`)).units.flatMap(unit => unit.posts.map(post => post.holder_name)).filter(Boolean);
    const items = [];
    const walk = node => (node.kind === "item" ? items.push(node.id) : node.children.forEach(walk));
    tree.tree.forEach(walk);
    for (const id of items) {
      const page = await nobody.get(`/promises/${id}`);
      expect(page.status).toBe(200);
      for (const name of people) expect(page.text).not.toContain(name);
      expect(page.text).not.toContain("（示範）");
    }
  });
});

describe("the real plan of the year 112", () => {
  const real = process.env.MANDATE_SHARED ?? join(root, "../shared");
  const file = join(real, "plan/taichung-rdec-112.txt");

  it("yields the obligations that the commission counts on", async ({ skip }) => {
    if (!existsSync(file)) {
      console.log("skipped: no ../shared");
      skip();
    }
    const outcome = await load("taichung-rdec-112.txt", readFileSync(file, "utf8"));
    expect(outcome).toMatchObject({ year_roc: 112 });
    adds_up(outcome.coverage);
    const rows = await sentences_of(outcome.plan_id);
    const found = rows.flatMap(row => row.obligations.map(one => ({ ...one, text: row.text })));
    const has = (name, fits) => expect(found.some(fits), `${name} is not among ${found.filter(one => one.text.includes(name.slice(0, 2))).map(one => JSON.stringify([one.what, one.every, one.months, one.day, one.amounts])).join("\n")}`).toBe(true);
    const amount = (one, bound, value, unit) => one.amounts.some(a => a.bound === bound && a.value === value && a.unit.includes(unit));
    const months = (one, list) => JSON.stringify(one.months) === JSON.stringify(list);
    has("青年事務諮詢委員會大會", one => /青年|委員/.test(one.text) && months(one, [1, 7]));
    has("百位委員", one => found.some(other => other.text === one.text && other.amounts.some(a => a.value === 100)));
    has("政見每季檢討", one => /政見/.test(one.text) && one.every === "quarter");
    has("標案落後10%", one => one.amounts.some(a => a.value === 10 && a.unit === "%") && /落後/.test(one.text));
    has("標案落後20%", one => one.amounts.some(a => a.value === 20 && a.unit === "%") && /落後/.test(one.text));
    has("公文每月評核", one => /公文/.test(one.text) && one.every === "month");
    has("公文實地檢核最後5名", one => /公文/.test(one.text) && one.amounts.some(a => a.value === 5));
    has("補助款1月", one => one.every === "year" && months(one, [1]) && one.day !== null);
    has("補助款3月", one => one.every === "year" && months(one, [3]) && one.day !== null);
    has("補助款每月7日", one => one.every === "month" && one.day === 7);
    has("補助款每季", one => /補助/.test(one.text) && one.every === "quarter");
    has("品質督導每季", one => /品質|督導/.test(one.text) && one.every === "quarter");
    has("查核比率10%", one => /查核/.test(one.text) && one.amounts.some(a => a.value === 10 && a.unit === "%"));
    has("查核200件", one => /查核/.test(one.text) && amount(one, "at_least", 200, "件"));
    has("創新每月", one => /創新/.test(one.text) && one.every === "month");
    has("和平區每年", one => /和平/.test(one.text) && one.every === "year");
  });

  it("becomes duties when it is accepted, and coverage and tree add up", async ({ skip }) => {
    if (!existsSync(file)) {
      console.log("skipped: no ../shared");
      skip();
    }
    const outcome = await load("taichung-rdec-112.txt", readFileSync(file, "utf8"));
    const accepted = await controller.do(`/api/plans/${outcome.plan_id}/acceptance`, { all: true });
    expect(accepted.accepted).toBe(outcome.obligation_count);
    expect(accepted.duties).toBeGreaterThan(30);
    const tree = await tree_of(outcome.plan_id);
    expect(tree.plan.standing.total).toBe(accepted.duties);
    const page = await city.client().get(`/plans/${outcome.plan_id}`);
    expect(page.status).toBe(200);
  });
});
