// Files out: every list in every format, with the scope and the filters of its screen; nothing that becomes a formula; readable by others.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import net from "node:net";
import { has_schemas, schemaFaults, throughLibreOffice, unzip } from "./office_files.mjs";
import { agencies, allRows, newDuty, parseCsv, sleep, startCity } from "./support.mjs";

let city, controller, admin, head, liaison;
const formulas = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", "=HYPERLINK(\"http://example.invalid\",\"x\")"];
const odd = ["  兩端有空白  ", "一行\n第二行", "甲\t乙", "引號\"、逗號,、<標籤>&amp;", "_x0041_ 不是跳脫", "𠮷野家 與 emoji 🙂"];

beforeAll(async () => {
  city = await startCity();
  controller = await city.as("controller");
  admin = await city.as("admin");
  head = await city.as("rdec-head");
  liaison = await city.as("liaison");
  const agency = (await agencies(city)).construction;
  for (const [at, title] of [...formulas, ...odd].entries()) await controller.do("/api/duties", newDuty(agency.id, { title, origin: "own", due_on: `2029-03-${String(at + 1).padStart(2, "0")}` }));
});
afterAll(() => city?.finish());

const file = (client, list, format, query = {}, options) => client.get(`/api/lists/${list}/file?${new URLSearchParams({ format, filter: new URLSearchParams(query).toString() })}`, options);
/** Under title, facts and an empty line: the header and the rows. */
const table = text => {
  const rows = parseCsv(text);
  const at = rows.findIndex(row => row.every(cell => cell === ""));
  return { title: rows[0][0], facts: Object.fromEntries(rows.slice(1, at).map(row => [row[0], row[1]])), header: rows[at + 1], rows: rows.slice(at + 2) };
};
const roc = iso => (iso ? `${Number(iso.slice(0, 4)) - 1911}/${iso.slice(5, 7)}/${iso.slice(8, 10)}` : "");

describe("lists as files", () => {
  it("are named to who may read them", async () => {
    const names = async client => (await client.read("/api/lists")).rows.map(row => row.name);
    expect(await names(controller)).toEqual(expect.arrayContaining(["duties", "chases", "agencies", "plans", "plan-sentences", "policies", "notices"]));
    expect(await names(controller)).not.toContain("audit-events");
    expect(await names(admin)).toEqual(expect.arrayContaining(["accounts", "mail", "jobs", "audit-events"]));
    expect(await names(admin)).not.toContain("duties");
    expect((await city.client().get("/api/lists")).status).toBe(401);
  });

  it("hold every row of the list in every format, with title, filter and definition, and no word without a translation", async () => {
    const [plan] = (await controller.read("/api/plans")).rows;
    const [review] = (await admin.read("/api/account-reviews")).rows;
    const made = {};
    const wanted = {};
    for (const client of [controller, admin]) {
      for (const { name } of (await client.read("/api/lists")).rows) {
        if ((name === "account-review-items" && !review) || name === "import-remarks") continue;
        const query = name === "plan-sentences" ? { id: plan.id } : name === "account-review-items" ? { id: review.id } : name.startsWith("tracking-") ? { kind: "tender" } : {};
        for (const format of ["csv", "ods", "xlsx", "html"]) {
          const answer = await file(client, name, format, query);
          expect(answer.status, `${name} ${format} ${answer.text.slice(0, 200)}`).toBe(200);
          expect(answer.headers["transfer-encoding"]).toBe("chunked");
          expect(decodeURIComponent(answer.headers["content-disposition"])).toMatch(new RegExp(`^${format === "html" ? "inline" : "attachment"}; filename\\*=UTF-8''.+2026-11-24\\.${format}$`));
          if (format === "csv") {
            wanted[name] = parseCsv(answer.text);
            if (name !== "label-texts") for (const cell of wanted[name].flat()) expect(cell, `${name}: a key for a word`).not.toMatch(/^(list|column|state|origin|severity|lateness|role)\.[a-z_.]+$/);
          } else if (format === "html") {
            const rows = answer.text.match(/<tr>/g).length;
            expect(rows, name).toBe(wanted[name].length);
            expect(answer.text).not.toMatch(/ style=|<script|<style/);
            expect(answer.headers["content-security-policy"]).toContain("style-src 'self'");
          } else {
            made[`${name}.${format}`] = answer.raw;
          }
        }
      }
    }
    expect(Object.keys(wanted).length).toBeGreaterThanOrEqual(19);
    const read = await throughLibreOffice(Object.fromEntries(Object.entries(made)));
    for (const [name, [text, ...more]] of Object.entries(read)) {
      const list = name.replace(/\.\w+$/, "");
      expect(more, name).toEqual([]);
      const found = table(text);
      const [header, ...rows] = wanted[list];
      expect(found.header.slice(0, header.length), name).toEqual(header);
      expect(found.rows.length, name).toBe(rows.length);
      expect(found.facts["篩選"], name).toMatch(/無（全部）|：/);
      expect(found.facts["製表"], name).toContain("115年11月24日 10:00");
    }
    // Cell by cell where the values are of every type.
    for (const format of ["ods", "xlsx"]) {
      const found = table(read[`duties.${format}`][0]);
      const [, ...rows] = wanted.duties;
      expect(found.facts["定義"]).toMatch(/嚴重逾期：逾期超過\d+日/);
      expect(found.rows.map(row => [row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], Number(row[8].replaceAll(",", "")), row[9]])).toEqual(
        rows.map(row => [row[0], row[1].replace(/^'(?=[=+\-@\t\r＝＋－＠])/, ""), row[2], row[3], row[4], roc(row[5]), row[6], row[7], Number(row[8]), row[9]]));
    }
    for (const name of ["duties.ods", "plans.ods"]) expect(unzip(made[name]).mimetype.toString()).toBe("application/vnd.oasis.opendocument.spreadsheet");
  }, 300_000);

  it("goes on as its route's pages do: the parameter is the route's own, and none has pages that nobody asks for", async () => {
    const document = await controller.read("/api/openapi.json");
    for (const client of [controller, admin]) {
      for (const { name, path, page } of (await client.read("/api/lists")).rows) {
        const operation = document.paths[path].get;
        const answer = operation.responses["200"].content["application/json"].schema.$ref.split("/").at(-1);
        const has_pages = "next" in document.components.schemas[answer].properties;
        expect(page !== "", name).toBe(has_pages);
        const parameters = operation.parameters?.map(one => one.name) ?? [];
        if (has_pages) expect(parameters, name).toEqual(expect.arrayContaining([page, "limit"]));
      }
    }
  });

  it("has OpenDocument files that keep the schema of 1.3", async context => {
    if (!has_schemas) return context.skip("skipped: no ../shared");
    const made = {};
    for (const name of ["duties", "chases", "policies", "plans", "agencies"]) made[name] = (await file(controller, name, "ods")).raw;
    expect(await schemaFaults(made)).toEqual([]);
    // And the check can fail: an element that stands where none may.
    const broken = Buffer.from("PK");
    await expect(schemaFaults({ broken })).rejects.toThrow();
  }, 120_000);

  it("make no formula of what people wrote, in any format", async () => {
    const query = { view: "city", due_from: "2029-03-01", due_to: "2029-03-31" };
    const csv = parseCsv((await file(controller, "duties", "csv", query)).text).slice(1);
    expect(csv.map(row => row[1]).slice(0, formulas.length)).toEqual(formulas.map(text => `'${text}`));
    const ods = unzip((await file(controller, "duties", "ods", query)).raw)["content.xml"].toString();
    expect(ods).not.toContain("table:formula");
    const sheet = unzip((await file(controller, "duties", "xlsx", query)).raw)["xl/worksheets/sheet1.xml"].toString();
    expect(sheet).not.toContain("<f");
    expect(sheet.match(/ s="4" t="inlineStr"/g).length).toBeGreaterThanOrEqual(formulas.filter(text => "=+-@".includes(text[0])).length);
    const read = await throughLibreOffice({ "a.ods": (await file(controller, "duties", "ods", query)).raw, "b.xlsx": (await file(controller, "duties", "xlsx", query)).raw });
    for (const name of ["a.ods", "b.xlsx"]) expect(table(read[name][0]).rows.map(row => row[1]), name).toEqual([...formulas, ...odd.map(text => (name === "a.ods" ? text.replace("\t", " ") : text))]);
  }, 120_000);

  it("says the filter in words and applies it", async () => {
    const agency = (await agencies(city)).construction;
    const query = { view: "city", state: "all", agency_id: agency.id, due_from: "2029-03-01" };
    const rows = await allRows(controller, `/api/duties?${new URLSearchParams(query)}`);
    const answer = await file(controller, "duties", "csv", query);
    expect(parseCsv(answer.text).slice(1).map(row => row[0])).toEqual(rows.map(row => row.number));
    const page = (await file(controller, "duties", "html", query)).text;
    expect(page).toContain(`承辦機關：${agency.name}`);
    expect(page).toContain("狀態：全部");
    expect(page).toContain("期限起：民國118年3月1日");
    const english = (await file(controller, "duties", "html", query, { headers: { "Accept-Language": "en" } })).text;
    expect(english).toContain("State: all");
    expect(english).toContain("<html lang=\"en\">");
  });

  it("never holds more than its list: by scope and by permission", async () => {
    for (const query of [{ state: "all", view: "city" }, { state: "all" }, { lateness: "overdue", view: "city" }]) {
      const rows = await allRows(liaison, `/api/duties?${new URLSearchParams(query)}`);
      const csv = parseCsv((await file(liaison, "duties", "csv", query)).text).slice(1);
      expect(csv.map(row => row[0])).toEqual(rows.map(row => row.number));
    }
    const all = parseCsv((await file(controller, "duties", "csv", { state: "all", view: "city" })).text).length;
    expect(parseCsv((await file(liaison, "duties", "csv", { state: "all", view: "city" })).text).length).toBeLessThan(all);
    for (const [client, list] of [[admin, "duties"], [controller, "audit-events"], [liaison, "accounts"], [liaison, "mail"], [liaison, "jobs"], [controller, "service-tokens"]]) {
      expect((await file(client, list, "csv")).status, list).toBe(403);
      expect((await file(client, list, "ods")).status, list).toBe(403);
    }
    expect((await file(city.client(), "duties", "csv")).status).toBe(401);
    expect((await file(head, "audit-events", "csv", { record_kind: "duty" })).status).toBe(200);
  });

  it("goes on over pages as the list does", async () => {
    const events = await allRows(head, "/api/audit-events");
    const csv = parseCsv((await file(head, "audit-events", "csv")).text).slice(1);
    expect(csv.length).toBeGreaterThan(200);
    expect(csv.map(row => row[0]).slice(-100)).toEqual(events.map(row => String(row.position)).slice(-100));
  });

  it("refuses what the list refuses, and what is no list, no format, no filter", async () => {
    expect((await file(controller, "nothing", "csv")).status).toBe(404);
    expect((await file(controller, "duties", "pdf")).body.fields[0]).toMatchObject({ path: "format" });
    expect((await file(controller, "duties", "csv", { colour: "red" })).body.fields[0]).toMatchObject({ path: "colour", key: "input.unknown" });
    expect((await file(controller, "duties", "csv", { due_from: "yesterday" })).status).toBe(422);
    expect((await file(controller, "duties", "csv", { as_known_on: "2027-01-01" })).body.fields[0]).toMatchObject({ key: "input.known_in_future" });
    expect((await file(controller, "plan-sentences", "csv")).body.fields[0]).toMatchObject({ key: "list.id_missing" });
    expect((await file(controller, "plan-sentences", "csv", { id: "999" })).status).toBe(404);
    expect((await controller.get("/api/lists/duties/file?format=csv&filter=%25zz")).status).toBe(422);
    expect((await controller.get("/api/lists/duties/file?format=csv&colour=red")).status).toBe(422);
    const before = (await controller.get("/api/lists/duties/file?format=csv&filter=cursor%3D2026-01-01~1%26limit%3D1")).status;
    expect(before).toBe(200); // where a page began and how long it was says nothing of the whole
  });

  it("ends when the client goes away, and the server goes on", async () => {
    const port = city.port();
    for (let i = 0; i < 5; ++i) {
      await new Promise(done => {
        const socket = net.connect(port, "127.0.0.1", () => socket.write(`GET /api/lists/duties/file?format=ods HTTP/1.1\r\nHost: here\r\nCookie: ${controller.cookie}\r\n\r\n`));
        socket.once("data", () => {
          socket.destroy();
          done();
        });
      });
    }
    await sleep(200);
    expect((await file(controller, "duties", "csv")).status).toBe(200);
  });

  it("answers HEAD without making the file, and a script's token like its owner", async () => {
    const head_answer = await controller.call("HEAD", "/api/lists/duties/file?format=ods");
    expect(head_answer.status).toBe(200);
    expect(head_answer.raw.length).toBe(0);
    const token = (await admin.do("/api/service-tokens", { name: "files", permissions: ["agency.read"], expires_on: "2026-12-24" })).token;
    const script = city.client().withToken(token);
    expect((await file(script, "agencies", "xlsx")).status).toBe(200);
    expect((await file(script, "accounts", "csv")).status).toBe(403);
  });
});

describe("a statistic as a file", () => {
  const file = (client, format, query) => client.get(`/api/statistics/file?${new URLSearchParams({ format, ...query })}`);
  it("holds the figures of its screen in every format, with filter and definitions, and words where there is no figure", async () => {
    const query = { by: "agency", measures: "count,late,on_time_rate", period: "due", from: "2026-01-01", to: "2026-12-31", compare: "true" };
    const answer = await controller.read(`/api/statistics?${new URLSearchParams(query)}`);
    const csv = parseCsv((await file(controller, "csv", query)).text);
    expect(csv[0].slice(0, 2)).toEqual([answer.dimensions[0].label, answer.measures[0].label]);
    expect(csv.slice(1, -1).map(row => row[0])).toEqual(answer.rows.map(row => row.keys[0].label));
    const shown = cell => (cell.state === "filed" ? String(cell.value) : { zero: "零", missing: "查無資料", not_yet_due: "未到期", suppressed: "不顯示" }[cell.state]);
    expect(csv.slice(1, -1).map(row => [row[1], row[2]])).toEqual(answer.rows.map(row => [shown(row.cells[0]), shown(row.before[0])]));
    const rate = answer.measures[2];
    const page = (await file(controller, "html", query)).text;
    for (const part of [rate.label, rate.numerator, rate.denominator, `第${rate.version}版`, "<svg"]) expect(page).toContain(part);
    const read = await throughLibreOffice({ "s.ods": (await file(controller, "ods", query)).raw, "s.xlsx": (await file(controller, "xlsx", query)).raw });
    for (const name of ["s.ods", "s.xlsx"]) expect(table(read[name][0]).rows.map(row => [row[0], row[1].replaceAll(",", "")]), name).toEqual(csv.slice(1).map(row => [row[0], row[1]]));
  }, 120_000);

  it("is bounded by what its reader may see, and refused where the statistic is", async () => {
    const own = parseCsv((await file(liaison, "csv", { by: "agency" })).text);
    expect(own.length).toBeLessThan(parseCsv((await file(controller, "csv", { by: "agency" })).text).length);
    expect((await file(admin, "csv", { by: "agency" })).status).toBe(403);
    expect((await file(controller, "csv", { by: "colour" })).status).toBe(422);
    expect((await file(controller, "pdf", { by: "agency" })).status).toBe(422);
  });
});
