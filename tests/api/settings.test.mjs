// Calendar, policy values and agencies: imports with a dry run, bad files named by line, and what a change does and does not touch.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { agencies, allRows, mandate, must, newDuty, parseCsv, root, sleep, startCity, tempFolder } from "./support.mjs";

let city;
let known;
let controller;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  controller = await city.as("controller");
});
afterAll(() => city.finish());

const weekday = on => "日一二三四五六"[new Date(`${on}T00:00:00Z`).getUTCDay()];
function year(number, closed = {}) {
  const rows = [];
  for (let at = Date.UTC(number, 0, 1); at <= Date.UTC(number, 11, 31); at += 86_400_000) {
    const on = new Date(at).toISOString().slice(0, 10);
    const weekend = "日六".includes(weekday(on));
    rows.push({ on, week: weekday(on), closed: closed[on] ?? weekend });
  }
  return rows;
}
const as_csv = rows => ["西元日期,星期,是否放假,備註", ...rows.map(row => `${row.on.replaceAll("-", "")},${row.week},${row.closed ? 2 : 0},${row.note ?? ""}`), ""].join("\r\n");
const as_json = rows => JSON.stringify(rows.map(row => ({ date: row.on.replaceAll("-", ""), week: row.week, isHoliday: row.closed, description: row.note ?? "" })), null, 1);
const due = async (start, amount, clock = "working_day") => (await controller.read(`/api/calendar-due?start=${encodeURIComponent(start)}&amount=${amount}&clock=${clock}`)).due_on;
const versions = async of => (await controller.read(`/api/calendar?year=${of}`)).versions.length;

describe("office calendar", () => {
  it("counts due dates by the four clocks and skips what is closed", async () => {
    // From Tuesday 24 November 2026; 25 December is a holiday, a Friday.
    expect(await due("2026-11-24", 3)).toBe("2026-11-27");
    expect(await due("2026-11-24", 4)).toBe("2026-11-30");
    expect(await due("2026-12-24", 1)).toBe("2026-12-28");
    expect(await due("2026-12-24", 1, "calendar_day")).toBe("2026-12-25");
    const hours = await controller.read(`/api/calendar-due?start=${encodeURIComponent("2026-11-27T16:00:00+08:00")}&amount=2&clock=hour`);
    expect(hours.due_on).toBe("2026-11-30");
    const half = await controller.read("/api/calendar-due?start=2026-11-24&amount=1&clock=half_day");
    expect(half.due_on).toBe("2026-11-25");
    const skipped = await controller.read("/api/calendar-due?start=2026-12-24&amount=1&clock=working_day");
    expect(skipped.skipped.map(day => day.on)).toEqual(["2026-12-25", "2026-12-26", "2026-12-27"]);
  });

  it("refuses a year that was not published, by its name", async () => {
    const answer = await controller.get("/api/calendar-due?start=2029-05-01&amount=3&clock=working_day");
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(answer.body)).toContain("2029");
    expect((await controller.post("/api/calendar-days", { on: "2029-05-02", kind: "typhoon" })).body.fields[0].message).toContain("2029");
  });

  it("takes a year as CSV or JSON, first as a dry run that changes nothing", async () => {
    const rows = year(2027, { "2027-01-01": true });
    const dry = await controller.do("/api/calendar-imports", { file_name: "2027.csv", text: as_csv(rows), dry_run: true });
    expect(dry).toMatchObject({ year: 2027, days: 365, changed: 365, fault_count: 0 });
    expect((await controller.get("/api/calendar-due?start=2027-05-03&amount=3&clock=working_day")).status).toBeGreaterThanOrEqual(400);
    const real = await controller.do("/api/calendar-imports", { file_name: "2027.csv", text: as_csv(rows), dry_run: false });
    expect(real).toMatchObject({ year: 2027, days: 365, changed: 365 });
    expect(await due("2026-12-31", 1)).toBe("2027-01-04");
    // The same year in the other form is the same calendar.
    const again = await controller.do("/api/calendar-imports", { file_name: "2027.json", text: as_json(rows), dry_run: false });
    expect(again).toMatchObject({ changed: 0, version: real.version });
    expect(await versions(2027)).toBe(1);
  });

  it("names line and reason of everything wrong in a file, and changes nothing", async () => {
    const good = year(2028);
    const lines = as_csv(good).split("\r\n");
    const broken = (n, text) => lines.map((line, i) => (i === n - 1 ? text : line)).join("\r\n");
    const json = as_json(good);
    const cases = [
      ["a day that is none", broken(61, "20280230,三,0,"), 61],
      ["the wrong day of the week", broken(10, "20280109,一,2,"), 10],
      ["a word for holiday", broken(20, "20280119,三,maybe,"), 20],
      ["another year", broken(30, "20270129,五,0,"), 30],
      ["a day twice", broken(40, lines[38]), 40],
      ["a day missing", lines.filter((_, i) => i !== 99).join("\r\n"), undefined],
      ["a field too many", broken(50, `${lines[49]},x`), 50],
      ["a quote without an end", broken(5, '20280104,二,0,"x'), 5],
      ["no header", "a,b\r\n1,2\r\n", 1],
      ["an empty file", "", undefined],
      ["JSON that ends early", json.slice(0, 400), undefined],
      ["JSON that is no list", '{"a":1}', 1],
    ];
    for (const [name, text, line] of cases) {
      const dry = await controller.post("/api/calendar-imports", { file_name: "x", text, dry_run: true });
      const answer = await controller.post("/api/calendar-imports", { file_name: "x", text, dry_run: false });
      expect(answer.status, name).toBe(422);
      const paths = answer.body.fields.map(field => field.path);
      if (line) expect(paths.some(path => path.startsWith(`line ${line}`)), `${name}: ${paths}`).toBe(true);
      for (const field of answer.body.fields) expect(field.message, name).toMatch(/[\u4e00-\u9fff]/);
      if (dry.status === 200) {
        expect(dry.body.fault_count, name).toBeGreaterThan(0);
        if (line) expect(dry.body.faults.map(fault => fault.line), name).toContain(line);
      }
    }
    expect((await controller.get("/api/calendar-due?start=2028-05-03&amount=3&clock=working_day")).status).toBeGreaterThanOrEqual(400);
    expect(await versions(2028)).toBe(0);
  });

  it("moves the due dates that fall on a typhoon day and keeps the old ones to be seen", async () => {
    const duty = (await controller.do("/api/duties", newDuty(known.construction.id, { title: "颱風日到期", due_on: "2026-12-10" }))).duty;
    const beside = (await controller.do("/api/duties", newDuty(known.construction.id, { title: "次日到期", due_on: "2026-12-11" }))).duty;
    const asked = (await controller.do("/api/duties", newDuty(known.construction.id, { title: "展期到颱風日", due_on: "2026-12-08" }))).duty;
    const extension = await controller.do(`/api/duties/${asked.id}/extensions`, { due_on: "2026-12-10", reason: "x" });
    await (await city.as("rdec-head")).do(`/api/duties/${asked.id}/extensions/${extension.extensions[0].id}/decision`, { approve: true });

    const storm = { on: "2026-12-10", kind: "typhoon", closed: "all", note: "颱風停止上班" };
    const dry = await controller.do("/api/calendar-days", { ...storm, dry_run: true });
    expect(dry.due_dates_moved).toBeGreaterThanOrEqual(1);
    expect((await controller.read(`/api/duties/${duty.id}`)).duty.due_on).toBe("2026-12-10");
    const before = (await controller.read(`/api/duties/${duty.id}`)).calendar_version;
    const declared = await controller.do("/api/calendar-days", storm);
    expect(declared.due_dates_moved).toBe(dry.due_dates_moved);

    const view = await controller.read(`/api/duties/${duty.id}`);
    expect(view.duty.due_on).toBe("2026-12-11");
    expect(view.nominal_due_on).toBe("2026-12-10");
    expect(view.calendar_version).toBe(Number(declared.version));
    expect(view.calendar_version).toBeGreaterThan(before);
    expect(view.history[0]).toMatchObject({ kind: "duty.calendar_moved" });
    const english = await controller.get(`/api/duties/${duty.id}`, { headers: { "Accept-Language": "en" } });
    expect(english.body.history[0].text).toContain("2026-12-10 → 2026-12-11");
    expect((await controller.read(`/api/duties/${beside.id}`)).duty.due_on).toBe("2026-12-11");
    // A date that somebody granted is not the calendar's to move.
    expect((await controller.read(`/api/duties/${asked.id}`)).duty.due_on).toBe("2026-12-10");
    expect(await due("2026-12-09", 1)).toBe("2026-12-11");
    const days = (await controller.read("/api/calendar?year=2026")).days;
    expect(days.find(day => day.on === "2026-12-10")).toMatchObject({ working: "none", kind: "typhoon", note: "颱風停止上班" });
    expect((await controller.read("/api/calendar?year=2026")).versions.at(-1).note).toContain("2026-12-10");
  });

  it("counts a half day as a working day and refuses what no day can be", async () => {
    await controller.do("/api/calendar-days", { on: "2026-12-16", kind: "half_day", closed: "afternoon", note: "半日停止上班" });
    expect((await controller.read("/api/calendar?year=2026")).days.find(day => day.on === "2026-12-16")).toMatchObject({ working: "half", open_morning: true, open_afternoon: false });
    expect(await due("2026-12-15", 1)).toBe("2026-12-16");
    for (const body of [{ on: "2026-12-19", kind: "workday" }, { on: "2026-12-17", kind: "makeup" }, { on: "2026-12-17", kind: "weekend" }, { on: "2026-12-20", kind: "typhoon" }]) {
      expect([409, 422], JSON.stringify(body)).toContain((await controller.post("/api/calendar-days", body)).status);
    }
  });

  it("agrees with the due dates that were worked out by hand for the published calendars", async ({ skip }) => {
    const shared = join(process.env.MANDATE_SHARED ?? join(root, "../shared"), "data/calendar");
    if (!existsSync(shared)) {
      console.log("skipped: no ../shared");
      skip();
    }
    const [header, ...rows] = parseCsv(readFileSync(join(shared, "expected_due_dates.csv"), "utf8"));
    expect(header.slice(0, 3)).toEqual(["start", "working_days", "due"]);
    expect(rows.length).toBeGreaterThan(50);
    const files = ["2021", "2022", "2023", "2024", "2025_amended", "2026"].flatMap(name => ["--calendar", join(shared, `${name}.json`)]);
    const batch = join(tempFolder("batch"), "cases.csv");
    writeFileSync(batch, ["start,working_days", ...rows.map(row => row.slice(0, 2).join(",")), ""].join("\n"));
    const made = await mandate(["calendar", "due", ...files, "--batch", batch]);
    expect(made.code, made.err).toBe(0);
    expect(parseCsv(made.out).slice(1)).toEqual(rows.map(row => row.slice(0, 3)));
  });
});

describe("policy values", () => {
  it("name a source for every number, or say that there is none", async () => {
    const { rows } = await controller.read("/api/policies");
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) {
      expect(row.source, row.key).not.toBe("");
      expect(row.value, row.key).not.toBe("");
      expect(row.title, row.key).toMatch(/[\u4e00-\u9fff]/);
    }
    expect(rows.find(row => row.key === "performance.floor").value).toMatch(/^90/);
  });

  it("change lateness from their own day on and not before it", async () => {
    const duty = (await controller.do("/api/duties", newDuty(known.construction.id, { title: "逾期十日", due_on: "2026-11-13" }))).duty;
    const lateness = async () => (await (await city.as("controller")).read(`/api/duties/${duty.id}`)).duty.lateness;
    expect(await lateness()).toBe("late"); // 11 days, severe from 15
    // In force from 27 November, when it will be 14 days late.
    await controller.do("/api/policies/duty.severe_days/values", { value: "10", valid_from: "2026-11-27", source: "府授研管字第1150000000號函" });
    await sleep(1200);
    expect(await lateness()).toBe("late");
    await city.setClock("2026-11-26T02:00:00Z");
    expect(await lateness()).toBe("late"); // 13 days, still under the old 15
    await city.setClock("2026-11-27T02:00:00Z");
    expect(await lateness()).toBe("severe");
    controller = await city.as("controller");
    const list = async day => (await allRows(controller, `/api/duties?view=city&state=all&as_known_on=${day}`)).find(row => row.id === duty.id).lateness;
    expect(await list("2026-11-26")).toBe("late");
    expect(await list("2026-11-27")).toBe("severe");
    const severe = await allRows(controller, "/api/duties?view=city&lateness=severe");
    expect(severe.map(row => row.id)).toContain(duty.id);
  });

  it("keep what was in force and who changed it", async () => {
    await controller.do("/api/policies/duty.at_risk_days/values", { value: 5, valid_from: "2026-12-01", source: "unsourced" });
    await controller.do("/api/policies/duty.at_risk_days/values", { value: 6, valid_from: "2026-12-01", source: "unsourced" });
    const { rows } = await controller.read("/api/policies/duty.at_risk_days/values");
    expect(rows.map(row => row.value)).toEqual(["6", "5", "3"]);
    expect(rows[1].superseded_at).not.toBeNull();
    expect(rows[0].changed_by_name).toBe("研考會管考人員（示範）");
    const on = async day => (await controller.read(`/api/policies?as_of=${day}`)).rows.find(row => row.key === "duty.at_risk_days").value;
    expect([await on("2026-11-30"), await on("2026-12-01")]).toEqual(["3", "6"]);
  });

  it("are refused out of range, without a source, of the wrong kind or under an unknown name", async () => {
    const set = (key, body) => controller.post(`/api/policies/${key}/values`, { valid_from: "2027-01-01", source: "x", value: "1", ...body });
    for (const [key, body] of [["duty.severe_days", { value: "0" }], ["duty.severe_days", { value: "366" }], ["duty.severe_days", { value: "ten" }], ["performance.floor", { value: "101" }], ["performance.floor", { value: "1.234" }], ["duty.severe_days", { value: { a: 1 } }],
      ["duty.severe_days", { value: "20", source: "" }], ["recurrence.day", { value: "middle" }], ["office.morning_from", { value: "25:00" }], ["recurrence.quarter_months", { value: ["3", "13"] }]]) {
      expect((await set(key, body)).status, `${key} ${JSON.stringify(body)}`).toBe(422);
    }
    expect((await set("no.such_key", {})).status).toBe(404);
  });
});

describe("agencies and districts", () => {
  it("hold the thirty first-level agencies of 2023 and the twenty-nine districts", async () => {
    const { rows } = await controller.read("/api/agencies?as_of=2023-12-01");
    expect(rows.filter(row => row.kind === "first_level")).toHaveLength(30);
    const districts = rows.filter(row => /區公所$/.test(row.name));
    expect(districts).toHaveLength(29);
    // The indigenous district governs itself: a partner, no office of the city.
    expect(districts.filter(row => row.self_governing).map(row => [row.name, row.kind])).toEqual([["臺中市和平區公所", "partner"]]);
    expect(districts.filter(row => row.kind === "district_office")).toHaveLength(28);
  });

  it("come out as CSV and go in again without a change", async () => {
    const before = (await controller.read("/api/agencies")).rows;
    const csv = (await controller.get("/api/agencies.csv")).text;
    const [header, ...rows] = parseCsv(csv);
    expect(header.slice(0, 3)).toEqual(["code", "name", "short_name"]);
    const again = await controller.do("/api/agency-imports", { file_name: "agencies.csv", csv, dry_run: false });
    expect(again).toMatchObject({ rows: rows.length, created: 0, changed: 0, unchanged: rows.length, fault_count: 0 });
    expect((await controller.read("/api/agencies")).rows).toEqual(before);
  });

  it("come in new and changed, first as a dry run", async () => {
    const csv = "code,name,kind,parent_code,valid_from\r\nNEW-01,臺中市新設管理處,second_level,TC-06,2026-01-01\r\nTC-09,臺中市政府水利局,first_level,TC-00,2010-12-25\r\n";
    const city_code = (await controller.read("/api/agencies")).rows.find(row => row.kind === "city").code;
    const file = csv.replace("TC-00", city_code);
    const dry = await controller.do("/api/agency-imports", { file_name: "a.csv", csv: file, dry_run: true });
    expect(dry).toMatchObject({ rows: 2, created: 1, fault_count: 0 });
    expect((await controller.read("/api/agencies")).rows.map(row => row.code)).not.toContain("NEW-01");
    await controller.do("/api/agency-imports", { file_name: "a.csv", csv: file, dry_run: false });
    expect((await controller.read("/api/agencies")).rows.map(row => row.code)).toContain("NEW-01");
  });

  it("name every bad row with its reason and load none, or only the good ones when told so", async () => {
    const csv = ["code,name,kind,parent_code,valid_from,phone,email", "OK-01,好機關,second_level,TC-06,2026-01-01,,", "BAD 1,壞代碼,second_level,TC-06,2026-01-01,,", "BAD-2,壞類別,third_level,TC-06,2026-01-01,,", "BAD-3,壞日期,second_level,TC-06,2026-13-01,,",
      "BAD-4,沒有上級,second_level,XX-99,2026-01-01,,", "BAD-5,壞信箱,second_level,TC-06,2026-01-01,,nobody", ""].join("\n");
    const dry = await controller.do("/api/agency-imports", { file_name: "a.csv", csv, dry_run: true });
    expect(dry.fault_count).toBeGreaterThanOrEqual(5);
    expect([...new Set(dry.faults.map(fault => fault.line))].sort()).toEqual([3, 4, 5, 6, 7]);
    const refused = await controller.post("/api/agency-imports", { file_name: "a.csv", csv, dry_run: false });
    expect(refused.status).toBe(422);
    expect([...new Set(refused.body.fields.map(field => /line (\d+)/.exec(field.path)?.[1]))].sort()).toEqual(["3", "4", "5", "6", "7"]);
    const codes = async () => (await controller.read("/api/agencies")).rows.map(row => row.code);
    expect(await codes()).not.toContain("OK-01");
    const skipped = await controller.do("/api/agency-imports", { file_name: "a.csv", csv, dry_run: false, skip_bad: true });
    expect(skipped).toMatchObject({ created: 1, skipped: 5 });
    expect(await codes()).toContain("OK-01");
    expect((await codes()).filter(code => code.startsWith("BAD"))).toEqual([]);
    for (const broken of ["", "name\nx\n", "code,name,kind,valid_from,colour\nA,b,city,2026-01-01,red\n", 'code,name,kind,valid_from\n"A,b\n']) expect((await controller.post("/api/agency-imports", { file_name: "a.csv", csv: broken, dry_run: false })).status, broken).toBe(422);
  });

  it("change their name from a day on, and read as they were known then", async () => {
    const made = await controller.do("/api/agencies", { code: "REN-01", name: "舊名機關", kind: "second_level", parent_id: known.construction.id, valid_from: "2026-01-01" });
    must(await controller.put(`/api/agencies/${made.id}`, { name: "新名機關", kind: "second_level", parent_id: known.construction.id, valid_from: "2026-12-01" }));
    const name = async (as_of, known_on) => (await controller.read(`/api/agencies?as_of=${as_of}${known_on ? `&as_known_on=${known_on}` : ""}`)).rows.find(row => row.id === made.id)?.name;
    expect([await name("2026-11-30"), await name("2026-12-01"), await name("2025-12-31")]).toEqual(["舊名機關", "新名機關", undefined]);
    expect(await name("2026-12-01", "2026-11-23")).toBeUndefined();
    expect((await controller.put(`/api/agencies/${made.id}`, { code: "REN-02", name: "x", kind: "second_level", parent_id: known.construction.id, valid_from: "2026-12-01" })).body.fields[0].path).toBe("code");
    expect((await controller.put(`/api/agencies/${known.construction.id}`, { name: "x", kind: "first_level", parent_id: made.id, valid_from: "2026-12-01" })).status).toBe(422);
    await controller.do(`/api/agencies/${made.id}/closure`, { last_on: "2026-12-31" });
    expect(await name("2027-01-01")).toBeUndefined();
    expect((await controller.post("/api/duties", newDuty(made.id, { due_on: "2026-12-20" }))).status).toBe(200);
  });

  it("let a deputy stand in for a time, once at a time", async () => {
    const posts = (await controller.read(`/api/agencies/${known.water.id}`)).units.flatMap(unit => unit.posts);
    const [head, other] = posts.filter(post => post.holder_id);
    await controller.do(`/api/agency-people/${head.holder_id}/deputies`, { deputy_id: other.holder_id, valid_from: "2026-11-25", valid_to: "2026-11-30" });
    const shown = async day => (await controller.read(`/api/agencies/${known.water.id}?as_of=${day}`)).units.flatMap(unit => unit.posts).find(post => post.id === head.id).deputy_name;
    expect([await shown("2026-11-24"), await shown("2026-11-26"), await shown("2026-12-01")]).toEqual([null, other.holder_name, null]);
    expect((await controller.post(`/api/agency-people/${head.holder_id}/deputies`, { deputy_id: other.holder_id, valid_from: "2026-11-29", valid_to: "2026-12-05" })).body.fields[0]?.key ?? "agency.deputy_overlap").toBe("agency.deputy_overlap");
    expect((await controller.post(`/api/agency-people/${head.holder_id}/deputies`, { deputy_id: head.holder_id, valid_from: "2027-01-01", valid_to: "2027-01-05" })).status).toBe(422);
  });
});
