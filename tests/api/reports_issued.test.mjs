// Reports about a day, as known on a day: issued and kept byte for byte, and computed anew with equal figures from what was known then.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { has_schemas, schemaFaults, throughLibreOffice, unzip } from "./office_files.mjs";
import { agencies, allRows, eventCount, figures as statistics, mandate, newDuty, parseCsv, startCity, tempFolder, today } from "./support.mjs";

let city, controller, head, agency;
beforeAll(async () => {
  city = await startCity();
  controller = await city.as("controller");
  head = await city.as("rdec-head");
  agency = (await agencies(city)).construction;
});
afterAll(() => city?.finish());

const file = (client, name, format, query = {}) => client.get(`/api/reports/${name}/file?${new URLSearchParams({ format, ...query })}`);
const figures = async (client, name, query = {}) => (await client.read(`/api/reports/${name}?${new URLSearchParams(query)}`)).rows.map(row => row.cells);
const sha = bytes => createHash("sha256").update(bytes).digest("hex");
const issue = (client, body) => client.do("/api/report-issues", body);

describe("reports", () => {
  it("are named to who may ask, with what they show", async () => {
    const { rows } = await controller.read("/api/reports");
    expect(rows.map(row => row.name)).toEqual(["duties-month", "duties-late", "tender-month", "tender-month-district", "tender-month-works"]);
    for (const row of rows) expect(row.about.length).toBeGreaterThan(10);
    expect((await (await city.as("admin")).read("/api/reports")).rows).toEqual([]);
    expect((await (await city.as("admin")).get("/api/reports/duties-late")).status).toBe(403);
  });

  it("count a month by agency as the list counts it, with rate, numerator, denominator and version on the sheet", async () => {
    const [from, to] = ["2026-11-01", "2026-11-30"];
    const duties = (await allRows(controller, `/api/duties?view=city&state=all&due_from=${from}&due_to=${to}`)).filter(row => row.state !== "cancelled");
    const view = await controller.read("/api/reports/duties-month");
    expect(view.as_of).toBe(today);
    const facts = Object.fromEntries(view.facts.map(fact => [fact.label, fact.value]));
    expect(facts["期限內完成率"]).toMatch(/如期完成的事項數／已完成與逾期未完成的事項數.*第1版/);
    expect(facts["定義"]).toContain("嚴重逾期");
    expect(facts["資料日期"]).toBe("民國115年11月24日");
    const by = new Map();
    for (const duty of duties) {
      const row = by.get(duty.agency_name) ?? { owed: 0, in_time: 0, late_done: 0, late: 0, severe: 0 };
      row.owed += 1;
      row.in_time += duty.lateness === "done" ? 1 : 0;
      row.late_done += duty.lateness === "done_late" ? 1 : 0;
      row.late += ["late", "severe"].includes(duty.lateness) ? 1 : 0;
      row.severe += duty.lateness === "severe" ? 1 : 0;
      by.set(duty.agency_name, row);
    }
    const number = text => Number(text.replaceAll(",", ""));
    const rows = view.rows.map(row => row.cells);
    expect(rows.length).toBe(by.size + 1);
    for (const [name, owed, in_time, late_done, open, late, severe, rate] of rows.slice(0, -1)) {
      const want = by.get(name);
      expect([owed, in_time, late_done, open, late, severe].map(number), name).toEqual([want.owed, want.in_time, want.late_done, want.owed - want.in_time - want.late_done - want.late, want.late, want.severe]);
      const settled = want.in_time + want.late_done + want.late;
      expect(rate, name).toBe(settled === 0 ? "" : `${Number(((Math.floor((want.in_time * 20000) / settled) + 1) >> 1) / 100)}%`);
    }
    expect(rows.at(-1)[0]).toBe("合計");
    expect(number(rows.at(-1)[1])).toBe(duties.length);
  });

  it("list what is late on the day", async () => {
    const late = await allRows(controller, "/api/duties?view=city&lateness=overdue");
    expect((await figures(controller, "duties-late")).map(row => row[0])).toEqual(late.map(row => row.number));
    const one = await figures(controller, "duties-late", { filter: `agency_id=${agency.id}` });
    expect(one.length).toBeLessThan(late.length);
    expect(new Set(one.map(row => row[3]))).toEqual(new Set([agency.name]));
  });

  it("keep to what the reader may see", async () => {
    const liaison = await city.as("liaison");
    const own = await figures(liaison, "duties-month");
    expect(own.length).toBeLessThanOrEqual(2);
    expect(own.flat()).not.toContain("交通局");
    const late = await allRows(liaison, "/api/duties?lateness=overdue&view=agency");
    expect((await figures(liaison, "duties-late")).map(row => row[0])).toEqual(late.map(row => row.number));
  });

  it("leave in every format, the text with its chart, and each is taken by its readers", async context => {
    const csv = parseCsv((await file(controller, "duties-month", "csv")).text);
    const ods = (await file(controller, "duties-month", "ods")).raw;
    const xlsx = (await file(controller, "duties-month", "xlsx")).raw;
    const odt = (await file(controller, "duties-month", "odt")).raw;
    const read = await throughLibreOffice({ "m.ods": ods, "m.xlsx": xlsx });
    for (const name of ["m.ods", "m.xlsx"]) {
      const rows = parseCsv(read[name][0]);
      const at = rows.findIndex(row => row[0] === csv[0][0] && row[1] === csv[0][1]);
      expect(rows.slice(at + 1).map(row => row.slice(0, 7).map(cell => cell.replaceAll(",", ""))), name).toEqual(csv.slice(1).map(row => row.slice(0, 7)));
      expect(rows.slice(at + 1).map(row => row[7] && Number.parseFloat(row[7])), name).toEqual(csv.slice(1).map(row => row[7] && Number(row[7])));
    }
    const text = (await throughLibreOffice({ "m.odt": odt }, "txt"))["m.odt"][0];
    for (const row of csv.slice(1)) expect(text).toContain(row[0]);
    expect(text).toContain("列管事項月報");
    expect(Object.keys(unzip(odt))).toContain("Pictures/chart-1.svg");
    const html = (await file(controller, "duties-month", "html")).text;
    expect(html).toContain("<svg");
    expect(html).toMatch(/<desc id="chart-desc">當月到期\d+件/);
    const svg = await controller.get("/api/reports/duties-month/chart.svg");
    expect(svg.headers["content-type"]).toBe("image/svg+xml");
    expect(svg.headers["content-security-policy"]).not.toContain("script-src");
    expect((await controller.get("/api/reports/duties-late/chart.svg")).status).toBe(404);
    if (!has_schemas) return context.skip("skipped: no ../shared");
    expect(await schemaFaults({ ods, odt })).toEqual([]);
  }, 240_000);

  it("refuse days to come, unknown reports and parameters, and a wrong agency", async () => {
    for (const [path, key] of [["as_of=2026-11-25", "report.as_of_in_future"], ["known_on=2026-11-25", "input.known_in_future"], ["as_of=never", "input.expected_date"], ["filter=colour%3Dred", "input.unknown"], ["filter=agency_id%3Dx", "input.expected_id"]]) {
      const answer = await controller.get(`/api/reports/duties-month?${path}`);
      expect(answer.status, path).toBe(422);
      expect(answer.body.fields[0].key, path).toBe(key);
    }
    expect((await controller.get("/api/reports/nothing")).status).toBe(404);
    expect((await controller.get("/api/reports/duties-month/file?format=pdf")).status).toBe(422);
    expect((await issue(head, { report: "duties-month", format: "csv" })).report).toBe("duties-month");
    expect((await controller.post("/api/report-issues", { report: "nothing", format: "csv" })).status).toBe(404);
  });
});

describe("an issued report", () => {
  it("comes back byte for byte, and its figures hold though the world went on", async () => {
    const due = `${today.slice(0, 8)}20`;
    const made = [];
    for (const title of ["甲案", "乙案", "丙案", "丁案"]) made.push((await controller.do("/api/duties", newDuty(agency.id, { title, due_on: due }))).duty.id);
    await controller.do(`/api/duties/${made[0]}/completion`, { evidence: "辦畢" });
    const before = await eventCount(city);
    const issued = {};
    for (const format of ["csv", "ods", "xlsx", "html", "odt"]) issued[format] = await issue(controller, { report: "duties-month", format });
    const late = await issue(controller, { report: "duties-late", format: "ods" });
    expect(await eventCount(city)).toBe(before + 6);
    const bytes = {};
    for (const [format, one] of Object.entries(issued)) {
      const answer = await controller.get(`/api/report-issues/${one.id}/file`);
      expect(answer.status).toBe(200);
      expect(answer.raw.length, format).toBe(one.size);
      expect(sha(answer.raw), format).toBe(one.sha256);
      expect(answer.headers.etag).toBe(`"${one.sha256}"`);
      bytes[format] = answer.raw;
    }
    const on_the_day = await figures(controller, "duties-month");
    const late_then = await figures(controller, "duties-late");

    // The days after: one is done, one cancelled, one gets more time; and one of the day turns out to have been forgotten.
    await city.setClock("2026-11-27T02:00:00Z");
    controller = await city.as("controller");
    head = await city.as("rdec-head");
    await controller.do(`/api/duties/${made[1]}/completion`, { evidence: "補辦" });
    await controller.do(`/api/duties/${made[2]}/cancellation`, { reason: "免列管" });
    for (const title of ["漏列的一件", "漏列的另一件"]) await controller.do("/api/duties", newDuty(agency.id, { title, due_on: due }));

    // As of that day, as known that day: the same figures. As known now: others.
    const then = { as_of: today, known_on: today };
    expect(await figures(controller, "duties-month", then)).toEqual(on_the_day);
    expect(await figures(controller, "duties-late", then)).toEqual(late_then);
    const now = await figures(controller, "duties-month", { as_of: today });
    expect(now).not.toEqual(on_the_day);
    const row = rows => rows.find(one => one[0] === agency.name).slice(1, 7).map(Number);
    const [owed, in_time, done_late, open, late_count] = row(on_the_day);
    // What was done on the 27th was late on the 24th still; what was cancelled counts no more, what was forgotten counts.
    expect(row(now).slice(0, 5)).toEqual([owed - 1 + 2, in_time, done_late, open, late_count - 1 + 2]);
    expect((await figures(controller, "duties-month"))).not.toEqual(now);

    for (const [format, one] of Object.entries(issued)) {
      expect((await controller.get(`/api/report-issues/${one.id}/file`)).raw.equals(bytes[format]), format).toBe(true);
    }
    const same = await controller.read(`/api/report-issues/${issued.ods.id}/comparison?known_on=${today}`);
    expect(same).toMatchObject({ file_intact: true, same_as_issued: true, equal: true, difference_count: 0 });
    const later = await controller.read(`/api/report-issues/${late.id}/comparison`);
    expect(later).toMatchObject({ file_intact: true, same_as_issued: true, equal: false });
    expect(later.difference_count).toBe(3); // one cancelled, two forgotten
    expect(later.differences.map(one => [one.before, one.after]).sort()).toEqual([["", "漏列的一件"], ["", "漏列的另一件"], ["丙案", ""]]);
    expect((await controller.get(`/api/report-issues/${late.id}/comparison?known_on=2026-12-01`)).status).toBe(422);
  }, 120_000);

  it("is listed, newest first, and given to those alone who reach all that it was made from", async () => {
    const agency_head = await city.as("agency-head");
    const own = await issue(agency_head, { report: "duties-late", format: "csv" });
    const mine = await agency_head.read("/api/report-issues");
    expect(mine.rows.map(row => row.id)).toEqual([own.id]);
    expect(own).toMatchObject({ issued_by_name: expect.any(String), as_of: "2026-11-27", format: "csv", scheduled: false });
    // The controller's reach ends below what is confidential: a head's report may hold such.
    expect((await controller.read("/api/report-issues?limit=200")).rows.map(row => row.id)).not.toContain(own.id);
    expect((await controller.get(`/api/report-issues/${own.id}/file`)).status).toBe(404);
    const all = (await head.read("/api/report-issues?limit=200")).rows;
    expect(all.map(row => row.id)).toContain(own.id);
    expect(all.map(row => BigInt(row.id)).every((id, at, ids) => at === 0 || ids[at - 1] > id)).toBe(true);
    const pages = await allRows(head, "/api/report-issues?report=duties-month");
    expect(new Set(pages.map(row => row.report))).toEqual(new Set(["duties-month"]));
    const theirs = (await controller.read("/api/report-issues")).rows[0];
    expect((await agency_head.get(`/api/report-issues/${theirs.id}/file`)).status).toBe(404);
    expect((await agency_head.get(`/api/report-issues/${theirs.id}/comparison`)).status).toBe(404);
    expect((await (await city.as("admin")).get(`/api/report-issues/${theirs.id}/file`)).status).toBe(404);
    expect((await (await city.as("auditor")).post("/api/report-issues", { report: "duties-month" })).status).toBe(403);
  });

  it("is told apart from its figures when somebody touches the file", async () => {
    const one = await issue(controller, { report: "duties-month", format: "csv" });
    const path = join(city.files, one.sha256.slice(0, 2), one.sha256.slice(2, 4), one.sha256);
    expect(existsSync(path)).toBe(true);
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.concat([whole.subarray(0, whole.length - 1), Buffer.from("x")]));
    expect(await controller.read(`/api/report-issues/${one.id}/comparison`)).toMatchObject({ file_intact: false, same_as_issued: true });
    writeFileSync(path, whole);
    expect(await controller.read(`/api/report-issues/${one.id}/comparison`)).toMatchObject({ file_intact: true });
  });
});

describe("a statistic as a report", () => {
  const asked = { by: "agency", measures: "owed,late,on_time_rate", where: "origin!=petition|contact" };
  const filter = more => new URLSearchParams({ ...asked, ...more }).toString();

  it("is issued under its own title, kept byte for byte, and counted anew from what was known then with equal figures", async () => {
    for (const set of ["duties", "steps"]) {
      const more = set === "steps" ? { measures: "step_count,created_steps", where: "" } : {};
      const issued = await issue(controller, { report: `statistic-${set}`, format: "csv", filter: filter({ title: "機關辦理情形", ...more }) });
      expect(issued).toMatchObject({ title: "機關辦理情形", file_name: `機關辦理情形-${city.clock.slice(0, 10)}.csv` });
      const kept = (await controller.get(`/api/report-issues/${issued.id}/file`)).raw;
      expect(sha(kept)).toBe(issued.sha256);
      const answer = await statistics(controller, { dataset: set, ...asked, ...more });
      const rows = parseCsv(kept.toString()).slice(1);
      expect(rows.slice(0, answer.rows.length).map(row => [row[0], Number(row[1])])).toEqual(answer.rows.map(row => [row.keys[0].label, row.cells[0].value ?? 0]));
      await city.setClock(new Date(Date.parse(city.clock) + 60_000).toISOString());
      await controller.do("/api/duties", newDuty(agency.id, { title: `發布之後才有（${set}）`, due_on: `${today.slice(0, 8)}20` }));
      const comparison = await controller.read(`/api/report-issues/${issued.id}/comparison`);
      expect(comparison, set).toMatchObject({ file_intact: true, same_as_issued: true, equal: false });
      expect(comparison.differences.map(one => one.row)).toContain(agency.name);
    }
  });

  it("leaves as a sheet that says filter, days and definitions, and as a text with its chart", async context => {
    const made = {};
    for (const format of ["ods", "xlsx", "odt"]) made[`s.${format}`] = (await controller.get(`/api/report-issues/${(await issue(controller, { report: "statistic-duties", format, filter: filter({ title: "機關辦理情形" }) })).id}/file`)).raw;
    expect(Object.keys(unzip(made["s.odt"]))).toContain("Pictures/chart-1.svg");
    const read = await throughLibreOffice({ "s.ods": made["s.ods"], "s.xlsx": made["s.xlsx"] });
    for (const name of ["s.ods", "s.xlsx"]) {
      const facts = Object.fromEntries(parseCsv(read[name][0]).map(row => row.slice(0, 2)));
      expect(facts["篩選"], name).toContain("不含");
      expect(facts["資料日期"], name).toContain("115年");
      expect(facts["期限內完成率"], name).toContain("第1版");
      expect(parseCsv(read[name][0]).filter(row => row[0] === "資料日期"), name).toHaveLength(1);
    }
    if (!has_schemas) return context.skip("skipped: no ../shared");
    expect(await schemaFaults({ ods: made["s.ods"], odt: made["s.odt"] })).toEqual([]);
  }, 240_000);

  it("moves its period with the report's day, keeps to what the reader may see, and stands in no list of reports", async () => {
    expect((await controller.read("/api/reports")).rows.map(row => row.name)).not.toContain("statistic-duties");
    const read = async (client, query) => (await client.read(`/api/reports/statistic-duties?${new URLSearchParams(query)}`)).rows.map(row => row.cells);
    for (const as_of of ["2026-09-30", "2026-11-24"]) {
      const [row] = await read(controller, { as_of, filter: new URLSearchParams({ measures: "count", span: "month" }) });
      const month = as_of.slice(0, 7);
      const due = await allRows(controller, `/api/duties?view=city&state=all&due_from=${month}-01&due_to=${month}-30`);
      expect(Number(row[0]), as_of).toBe(due.length);
    }
    const liaison = await city.as("liaison");
    expect((await read(liaison, { filter: filter() })).map(row => row[0])).toEqual([agency.name, "合計"]);
    for (const [more, field] of [[{ by: "colour" }, "by"], [{ span: "decade" }, "span"], [{ span: "month", from: "2026-01-01" }, "span"], [{ from: "soon" }, "from"], [{ compare: "maybe" }, "compare"], [{ dataset: "steps" }, "dataset"], [{ where: "x" }, "where"]]) {
      const answer = await controller.post("/api/report-issues", { report: "statistic-duties", format: "csv", filter: filter(more) });
      expect(answer.status, field).toBe(422);
      expect(answer.body.fields[0].path, field).toBe(field);
    }
    expect((await (await city.as("admin")).get("/api/reports/statistic-duties")).status).toBe(403);
  });
});

describe("from the shell", () => {
  it("mandate report writes the same file, by the running server and without one, for the owner or an account", async () => {
    const folder = tempFolder("shell");
    const out = join(folder, "late.csv");
    const made = await mandate(["report", "duties-late", ...city.where, "--as-of", today, "--known-on", today, "--for", "controller", "--out", out]);
    expect(made, made.err).toMatchObject({ code: 0 });
    const through = parseCsv((await file(controller, "duties-late", "csv", { as_of: today, known_on: today })).text);
    expect(parseCsv(readFileSync(out, "utf8"))).toEqual(through);
    const ods = join(folder, "month.ods");
    expect((await mandate(["report", "duties-month", ...city.where, "--out", ods])).code).toBe(0);
    expect(unzip(readFileSync(ods)).mimetype.toString()).toBe("application/vnd.oasis.opendocument.spreadsheet");
    const piped = await mandate(["report", "duties-month", ...city.where, "--format", "csv", "--out", "-"]);
    expect(piped.out).toContain("合計");
    for (const [args, says] of [[["nothing", "--out", out], "duties-late"], [["duties-late", "--as-of", "2999-01-01", "--out", out], "--as-of"], [["duties-late", "--as-of", "1/2/3", "--out", out], "--as-of"], [["duties-late", "--format", "pdf", "--out", out], "--format"],
      [["duties-late", "--for", "nobody", "--out", out], "nobody"], [["duties-late", "--for", "admin", "--out", out], "See duties"], [["duties-late", "--filter", "x=1", "--out", out], "x"], [["duties-late", "--out", join(folder, "no/such/folder.csv")], "cannot write"]]) {
      const refused = await mandate(["report", ...args, ...city.where]);
      expect(refused.code, args.join(" ")).not.toBe(0);
      expect(refused.err, args.join(" ")).toContain(says);
    }
    // Nothing is left where the file was handed over; what somebody broke off a day ago goes with the next.
    const handed = join(city.folders[0], "made");
    expect(readdirSync(handed)).toEqual([]);
    const [old, fresh] = ["1", "2"].map(name => join(handed, name));
    for (const left of [old, fresh]) writeFileSync(left, "half a report");
    const [day_ago, hour_ago] = [25, 23].map(hours => new Date(Date.now() - hours * 3_600_000));
    utimesSync(old, day_ago, day_ago);
    utimesSync(fresh, hour_ago, hour_ago);
    expect((await mandate(["report", "duties-month", ...city.where, "--out", out])).code).toBe(0);
    expect(readdirSync(handed)).toEqual(["2"]);
  }, 60_000);
});

describe("letters of a round of chasing", () => {
  it("are a text with a page for each agency, which keeps the schema and opens", async context => {
    const rows = (await controller.read("/api/chases?limit=200")).rows;
    const first = rows[0];
    const second = rows.find(row => row.agency_id !== first.agency_id);
    await controller.do("/api/chases", { duty_ids: [first.id, second.id], channel: "letter", note: "請 <儘速>\n辦理 & 回復", reply_by: "2026-12-04" });
    const [batch] = (await controller.read("/api/chase-batches")).rows;
    const odt = await controller.get(`/api/chase-batches/${batch.id}/letters.odt`);
    expect(odt.status).toBe(200);
    expect(decodeURIComponent(odt.headers["content-disposition"])).toContain(`稽催通知-${batch.number}.odt`);
    const text = (await throughLibreOffice({ "l.odt": odt.raw }, "txt"))["l.odt"][0];
    for (const part of [`受文者：${first.agency_name}`, `受文者：${second.agency_name}`, first.number, second.number, "請 <儘速>", "辦理 & 回復", "民國115年12月4日", batch.number]) expect(text).toContain(part);
    expect(unzip(odt.raw)["content.xml"].toString().match(/heading-1-new-page" text:outline/g).length).toBe(1);
    expect((await (await city.as("handler")).get(`/api/chase-batches/${batch.id}/letters.odt`)).status).toBe(403);
    if (!has_schemas) return context.skip("skipped: no ../shared");
    expect(await schemaFaults({ odt: odt.raw })).toEqual([]);
  }, 120_000);
});
