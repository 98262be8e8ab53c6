// Files in: columns matched and remembered, every row accounted for, nothing half loaded, undone as a whole, the same from the shell, and real files.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zip } from "./made_files.mjs";
import { agencies, allRows, mandate, must, parseCsv, root, send, sleep, sqlite, startCity, tempFolder } from "./support.mjs";

let city, controller, liaison, all;
const shared = join(root, "../shared/data");

beforeAll(async () => {
  city = await startCity();
  controller = await city.as("controller");
  liaison = await city.as("liaison");
  all = await agencies(city);
});
afterAll(() => city.finish());

async function upload(client, content, { kind = "duties", name = "清冊.csv" } = {}) {
  return send(city.port(0), "PUT", `/api/imports?kind=${kind}&file_name=${encodeURIComponent(name)}`, client.headers("PUT", { headers: { "Content-Type": "application/octet-stream" } }), Buffer.from(content));
}
/** Runs what is queued. */
const workOut = () => send(city.port(0), "POST", "/api/test-clock", { "Content-Type": "application/json" }, JSON.stringify({ now: city.clock }));
const view = (client, id) => client.read(`/api/imports/${id}`);
async function check(client, id, mapping, more = {}) {
  must(await client.post(`/api/imports/${id}/check`, { mapping, ...more }));
  await workOut();
  return view(client, id);
}
async function load(client, id, skip_bad = false) {
  must(await client.post(`/api/imports/${id}/load`, { skip_bad }));
  await workOut();
  return view(client, id);
}
async function bring(client, content, options = {}) {
  const run = must(await upload(client, content, options));
  const checked = await check(client, run.run.id, options.mapping ?? run.mapping);
  return options.load === false ? checked : load(client, run.run.id, options.skip_bad);
}
const remarks = async (client, id, what) => (await client.read(`/api/imports/${id}/remarks?what=${what}`)).rows;
const account = p => [p.rows_read, p.unchanged, p.mended, p.duplicate, p.refused];
const effect = p => [p.created, p.changed, p.same];
const titled = async word => (await controller.read(`/api/duties?state=all&view=city&q=${encodeURIComponent(word)}`)).rows;

const header = "事項名稱,承辦機關,期限,外部編號,說明,來源,重要性,密等,行政區\n";

describe("an import", () => {
  it("matches the columns by their titles, checks every row, loads, and changes nothing the second time", async () => {
    const content = header + "匯入甲,臺中市政府建設局,112/12/31,甲-1,說明一,施政計畫,重要,內部,豐原區\n" + "　匯入乙 ,台中市政府建設局,113年6月30日,甲-2,,,,,台中市中區\n" + "匯入甲,臺中市政府建設局,112/12/31,甲-1,說明一,施政計畫,重要,內部,豐原區\n";
    const uploaded = must(await upload(controller, content));
    expect(uploaded.mapping.map(one => one.column)).toEqual(["title", "agency", "due_on", "source_number", "detail", "origin", "severity", "confidentiality", "district"]);
    expect(uploaded).toMatchObject({ run: { format: "csv", progress: { state: "uploaded" } }, encoding: "UTF-8", header_row: 1, mapping_is_remembered: false, actions: ["check"] });
    expect(uploaded.sample[1].cells[0]).toBe("匯入甲");
    const checked = await check(controller, uploaded.run.id, uploaded.mapping);
    expect(account(checked.run.progress)).toEqual([3, 1, 1, 1, 0]);
    expect(effect(checked.run.progress)).toEqual([2, 0, 0]);
    expect(await titled("匯入甲")).toEqual([]); // a check writes nothing
    expect(await remarks(controller, uploaded.run.id, "duplicate")).toMatchObject([{ row_number: 4, message: "與第 2 列完全相同。" }]);
    expect(await remarks(controller, uploaded.run.id, "mended")).toMatchObject([{ row_number: 3, column: "事項名稱", message: "已去除前後空白。" }]);
    const loaded = await load(controller, uploaded.run.id);
    expect(loaded.run.progress).toMatchObject({ state: "done", rows_read: 3, created: 2, duplicate: 1 });
    // Whoever owes them hears of it.
    await workOut();
    const told = (await liaison.read("/api/notices?limit=50")).rows.filter(row => row.kind.startsWith("duty.imported"));
    expect(told.map(row => row.text).join()).toContain("由檔案匯入");
    const [one] = await titled("匯入甲");
    expect(one).toMatchObject({ agency_id: all.construction.id, due_on: "2024-01-02", severity: "high", district: "66000090", origin: "plan" });
    expect((await titled("匯入乙"))[0]).toMatchObject({ district: "66000010", due_on: "2024-07-01" }); // a Sunday moves on
    const history = (await controller.read(`/api/duties/${one.id}`)).history.map(row => row.text).join();
    expect(history).toContain("由檔案匯入");
    // The same file again: matched as before, and nothing is new.
    const again = await bring(controller, content);
    expect(again.mapping_is_remembered).toBe(true);
    expect(effect(again.run.progress)).toEqual([0, 0, 2]);
    expect((await titled("匯入甲")).length).toBe(1);
    // A row that says something else under its number changes its record.
    const changed = await bring(controller, content.replaceAll("說明一", "說明二"));
    expect(effect(changed.run.progress)).toEqual([0, 1, 1]);
    expect((await controller.read(`/api/duties/${one.id}`)).detail).toBe("說明二");
  });

  it("loads nothing while a row is bad, says why by row and column, and skips bad rows when told to", async () => {
    const content = header + "好的一列,建設局,113/1/5,,,,,,\n" + ",建設局,113/1/5,,,,,,\n" + "不存在的機關,火星辦事處,113/1/5,,,,,,\n" + "壞日期,建設局,113/2/30,,,,,,\n" + "壞選項,建設局,113/1/5,,,,超級重要,,\n" + "別的城市,建設局,113/1/5,,,,,,板橋區\n";
    const checked = await bring(controller, content, { load: false });
    const id = checked.run.id;
    expect(account(checked.run.progress)).toEqual([6, 1, 0, 0, 5]);
    expect((await remarks(controller, id, "refused")).map(row => [row.row_number, row.column])).toEqual([[3, "事項名稱"], [4, "承辦機關"], [5, "期限"], [6, "重要性"], [7, "行政區"]]);
    const refused = await controller.post(`/api/imports/${id}/load`, {});
    expect([refused.status, refused.body.key]).toEqual([409, "import.has_bad_rows"]);
    expect(await titled("好的一列")).toEqual([]);
    const rows = (await controller.get(`/api/imports/${id}/refused.csv`)).text;
    expect(rows).toContain("不能匯入的原因");
    expect(rows).toContain("火星辦事處");
    expect(rows).not.toContain("好的一列");
    const loaded = await load(controller, id, true);
    expect(loaded.run.progress).toMatchObject({ state: "done", created: 1, refused: 5, rows_read: 6 });
    expect((await titled("好的一列")).length).toBe(1);
  });

  it("takes constants, several columns joined, another header row, and refuses a mapping that cannot be", async () => {
    const content = "一〇二年度工程清冊\n\n年,月,案由,經費\n2013,12,合併欄位測試,100\n2014,,合併欄位測試二,200\n";
    const run = must(await upload(controller, content, { name: "工程.csv" }));
    expect(run.header_row).toBe(3);
    const bad = await controller.post(`/api/imports/${run.run.id}/check`, { mapping: [{ column: "title", from: [9], otherwise: null }] });
    expect([bad.status, bad.body.fields.map(one => one.path).sort()]).toEqual([422, ["mapping.agency", "mapping.due_on", "mapping.title"]]);
    expect((await controller.post(`/api/imports/${run.run.id}/check`, { mapping: [], header_row: 99 })).body.fields[0].path).toBe("header_row");
    const mapping = [{ column: "title", from: [2], otherwise: null }, { column: "agency", from: [], otherwise: "建設局" }, { column: "due_on", from: [0, 1], otherwise: null }, { column: "detail", from: [3, 0], otherwise: null }, { column: "origin", from: [], otherwise: "里民大會" }];
    const refusedWord = await check(controller, run.run.id, mapping);
    expect((await remarks(controller, run.run.id, "refused"))[0].message).toContain("里民大會");
    expect(refusedWord.run.progress.refused).toBe(2);
    const checked = await check(controller, run.run.id, mapping.slice(0, 4));
    expect(account(checked.run.progress)).toEqual([2, 0, 2, 0, 0]);
    await load(controller, run.run.id);
    const [first] = (await titled("合併欄位測試")).filter(row => row.title === "合併欄位測試");
    expect(first.due_on).toBe("2013-12-31");
    expect((await controller.read(`/api/duties/${first.id}`)).detail).toBe("經費：100\n年：2013");
  });

  it("is undone as a whole while nothing happened to its records, and not after", async () => {
    const content = header + "復原一,建設局,113/3/5,復-1,,,,,\n復原二,建設局,113/3/5,復-2,,,,,\n";
    const first = await bring(controller, content);
    expect(first.actions).toEqual(["undo"]);
    const [duty] = await titled("復原一");
    const updated = await bring(controller, content.replace("復原一", "復原一（改）"));
    expect(effect(updated.run.progress)).toEqual([0, 1, 1]);
    // The earlier import is depended on by the later one.
    const blocked = await controller.post(`/api/imports/${first.run.id}/undo`);
    expect([blocked.status, blocked.body.key]).toEqual([409, "import.depended_on"]);
    must(await controller.post(`/api/imports/${updated.run.id}/undo`));
    await workOut();
    expect((await view(controller, updated.run.id)).run.progress.state).toBe("undone");
    expect((await controller.read(`/api/duties/${duty.id}`)).duty.title).toBe("復原一");
    must(await controller.post("/api/comments", { record_kind: "duty", record_id: duty.id, text: "已在辦理", mentions: [] }));
    expect((await controller.post(`/api/imports/${first.run.id}/undo`)).body.key).toBe("import.depended_on");
    const other = await bring(controller, header + "復原三,建設局,113/3/5,復-3,,,,,\n");
    const [third] = await titled("復原三");
    must(await controller.post(`/api/imports/${other.run.id}/undo`));
    await workOut();
    expect(await titled("復原三")).toEqual([]);
    expect((await controller.get(`/api/duties/${third.id}`)).status).toBe(404);
    // And may come again.
    expect(effect((await bring(controller, header + "復原三,建設局,113/3/5,復-3,,,,,\n")).run.progress)).toEqual([1, 0, 0]);
  });

  it("is everybody's own: agencies bring in their own duties only, and see no other's imports", async () => {
    const theirs = await bring(controller, header + "別人的,民政局,113/3/5,,,,,,\n", { load: false });
    expect((await liaison.get(`/api/imports/${theirs.run.id}`)).status).toBe(404);
    expect((await liaison.get(`/api/imports/${theirs.run.id}/refused.csv`)).status).toBe(404);
    expect((await liaison.read("/api/imports")).rows.some(row => row.id === theirs.run.id)).toBe(false);
    const own = await bring(liaison, header + "自己的,建設局,113/3/5,,,,,,\n不是自己的,民政局,113/3/5,,,,,,\n機密的,建設局,113/3/5,,,,,密,\n", { load: false });
    expect((await remarks(liaison, own.run.id, "refused")).map(row => row.row_number)).toEqual([3, 4]);
    expect((await controller.post(`/api/imports/${own.run.id}/load`, { skip_bad: true })).status).toBe(403);
    expect((await upload(await city.as("auditor"), header)).status).toBe(403); // sees imports, makes none
    expect((await (await city.as("handler")).get("/api/imports")).status).toBe(403);
    expect((await upload(controller, header, { kind: "secrets" })).status).toBe(404);
  });

  it("refuses what is no table, and keeps nothing of it", async () => {
    for (const [content, key] of [["", "input.required"], ["%PDF-1.7", "sheet.unknown_format"], ["PK\x03\x04broken", "sheet.broken"], ["a,\"b\nc", "sheet.open_quote"]]) {
      const answer = await upload(controller, content);
      expect([answer.status, answer.body.fields?.[0].key ?? answer.body.key]).toEqual([422, key]);
    }
    const bomb = await upload(controller, zip([["content.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"]]), { name: "x.ods" });
    expect([bomb.status, bomb.body.fields[0].key]).toEqual([422, "sheet.forbidden"]);
  });

  it("reads ODS, XLSX and Big5 alike, results of formulas included", async () => {
    const cell = (value, more = "") => `<table:table-cell office:value-type="string"${more}><text:p>${value}</text:p></table:table-cell>`;
    const ods = zip([["mimetype", "application/vnd.oasis.opendocument.spreadsheet", { stored: true }], ["content.xml", `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="清冊"><table:table-row>${cell("案名")}${cell("主辦機關")}${cell("到期日")}</table:table-row><table:table-row>${cell("由試算表匯入", ' table:formula="of:=A1"')}${cell("建設局")}<table:table-cell office:value-type="date" office:date-value="2026-12-31"><text:p>115/12/31</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`]]);
    const fromOds = await bring(controller, ods, { name: "清冊.ods" });
    expect(fromOds).toMatchObject({ sheet: "清冊", run: { format: "ods", progress: { state: "done", created: 1, mended: 1 } } });
    expect((await remarks(controller, fromOds.run.id, "mended"))[0].message).toContain("公式的計算結果");
    const big5 = Buffer.concat([Buffer.from("title,department,due_on\n"), Buffer.from([0xa5, 0xd1]), Buffer.from("Big5"), Buffer.from([0xb6, 0xd7, 0xa4, 0x4a]), Buffer.from(","), Buffer.from([0xab, 0xd8, 0xb3, 0x5d, 0xa7, 0xbd]), Buffer.from(",115/12/31\n")]);
    const fromBig5 = await bring(controller, big5);
    expect([fromBig5.encoding, fromBig5.run.progress.created]).toEqual(["Big5", 1]);
    expect((await titled("由Big5匯入")).length).toBe(1);
    const rows = (await controller.get("/api/import-template?kind=duties&format=csv")).text;
    expect(rows).toContain("事項名稱,承辦機關,期限");
    for (const format of ["ods", "xlsx"]) {
      const empty = await send(city.port(0), "GET", `/api/import-template?kind=duties&format=${format}`, controller.headers("GET"), undefined, { binary: true });
      expect(empty.status).toBe(200);
    }
    expect((await controller.get("/api/import-template?kind=duties&format=pdf")).status).toBe(422);
  });

  it("stops when asked to, and what was loaded goes", async () => {
    const many = header + Array.from({ length: 3000 }, (_, i) => `要停止的 ${i},建設局,113/3/5,停-${i},,,,,`).join("\n");
    const run = must(await upload(controller, many));
    await check(controller, run.run.id, run.mapping);
    must(await controller.post(`/api/imports/${run.run.id}/load`, {}));
    must(await controller.post(`/api/imports/${run.run.id}/cancel`, {}));
    await workOut();
    const after = await view(controller, run.run.id);
    expect(after.run.progress.state).toBe("cancelled");
    expect(after.failure).toContain("沒有留下任何資料");
    expect(await titled("要停止的")).toEqual([]);
    expect((await controller.post(`/api/imports/${run.run.id}/load`, {})).status).toBe(409);
  });

  it.skipIf(!sqlite)("goes on where it stood when its process is killed, and makes each record once", async () => {
    const count = 6000;
    const run = must(await upload(controller, header + Array.from({ length: count }, (_, i) => `要中斷的 ${i},建設局,113/3/5,斷-${i},,,,,`).join("\n")));
    await check(controller, run.run.id, run.mapping);
    must(await controller.post(`/api/imports/${run.run.id}/load`, {}));
    let at = new Date(city.clock).getTime();
    const seen = [];
    for (let round = 0; round < 3; ++round) {
      const going = workOut().catch(() => null);
      // Killed as soon as it has come further than the last time, however slow the machine is.
      const watcher = await city.signIn("controller");
      for (let i = 0; i < 600; ++i) {
        const now = (await view(watcher, run.run.id)).run.progress;
        if (now.rows_read > (seen.at(-1) ?? 0) || now.state !== "loading") break;
        await sleep(10);
      }
      await city.servers[0].stop("SIGKILL");
      await going;
      // The lease of the killed process runs out.
      city.clock = new Date(at += 600_000).toISOString();
      await city.startServer(0);
      seen.push((await view(await city.signIn("controller"), run.run.id)).run.progress.rows_read);
    }
    await workOut();
    city.sessions.clear();
    controller = await city.as("controller");
    liaison = await city.as("liaison");
    const after = await view(controller, run.run.id);
    expect(after.run.progress).toMatchObject({ state: "done", rows_read: count, created: count, duplicate: 0, refused: 0 });
    expect(seen.some(rows => rows > 0 && rows < count), `broken off at ${seen}`).toBe(true);
    const rows = await allRows(controller, `/api/duties?view=city&state=all&q=${encodeURIComponent("要中斷的")}`);
    expect(new Set(rows.map(row => row.title)).size).toBe(count);
    expect(rows.length).toBe(count);
  }, 120_000);

  it("takes everything back when a row that was good at the check is not any more", async () => {
    const run = must(await upload(controller, header + "先好一,建設局,113/3/5,,,,,,\n先好二,建設局,113/3/5,,,,,,\n"));
    await check(controller, run.run.id, run.mapping);
    // Between the check and the loading the person loses the right to make duties.
    const admin = await city.as("admin");
    const account_row = (await admin.read("/api/accounts?limit=200")).rows.find(row => row.login_name === "controller");
    must(await controller.post(`/api/imports/${run.run.id}/load`, {}));
    must(await admin.put(`/api/accounts/${account_row.id}/grants`, { grants: [{ role: "auditor", agency_id: "0", unit_id: "0" }] }));
    await workOut();
    must(await admin.put(`/api/accounts/${account_row.id}/grants`, { grants: account_row.grants.map(({ role, agency_id, unit_id }) => ({ role, agency_id, unit_id })) }));
    const after = await view(await city.as("controller"), run.run.id);
    expect(after.run.progress.state).toBe("failed");
    expect(await titled("先好")).toEqual([]);
  });
});

describe("lists that are brought in as a whole", () => {
  const rows = content => `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="a">${content.map(cells => `<table:table-row>${cells.map(cell => `<table:table-cell office:value-type="string"><text:p>${cell}</text:p></table:table-cell>`).join("")}</table:table-row>`).join("")}</table:table></office:spreadsheet></office:body></office:document-content>`;
  const ods = zip([["mimetype", "application/vnd.oasis.opendocument.spreadsheet", { stored: true }], ["content.xml", rows([["code", "name", "short_name", "kind", "valid_from"], ["387990000Z", "臺中市政府測試局", "測試局", "first_level", "2020-01-01"]])]]);

  it("may be ODS, XLSX or Big5 as well: agencies from a spreadsheet, by the console and the shell", async () => {
    const admin = await city.as("admin");
    const put = content => send(city.port(0), "PUT", "/api/sheet-texts", admin.headers("PUT", { headers: { "Content-Type": "application/octet-stream" } }), content);
    const { csv } = must(await put(ods));
    expect(csv.split("\r\n")[0]).toBe("code,name,short_name,kind,valid_from");
    const tried = must(await admin.post("/api/agency-imports", { file_name: "機關.ods", csv, dry_run: true }));
    expect(tried).toMatchObject({ faults: [], created: 1 });
    expect((await put(Buffer.from("PK\x03\x04x"))).body.fields[0].key).toBe("sheet.broken");
    const file = join(tempFolder("agencies"), "機關.ods");
    writeFileSync(file, ods);
    const shell = await mandate(["import", "agencies", file, "--dry-run", "--json", ...city.where]);
    expect([shell.code, JSON.parse(shell.out)]).toEqual([0, { rows: 1, created: 1, changed: 0, unchanged: 0, faults: 0 }]);
  });
});

describe("from the shell", () => {
  it("does the same, as a dry run and for real", async () => {
    const folder = tempFolder("import");
    const file = join(folder, "shell.csv");
    writeFileSync(file, header + "由命令列匯入,建設局,113/3/5,殼-1,,,,,\n壞列,火星,113/3/5,殼-2,,,,,\n");
    const dry = await mandate(["import", "duties", file, "--dry-run", "--json", ...city.where]);
    expect(dry.code).toBe(1);
    expect(JSON.parse(dry.out)).toMatchObject({ progress: { state: "checked", rows_read: 2, unchanged: 1, refused: 1, created: 1 } });
    expect(await titled("由命令列匯入")).toEqual([]);
    const refused = await mandate(["import", "duties", file, ...city.where]);
    expect([refused.code, refused.out]).toEqual([1, expect.stringContaining("2 rows read = 1 unchanged + 0 mended + 0 duplicate + 1 refused")]);
    expect(refused.err).toContain("row 3, Agency");
    const loaded = await mandate(["import", "duties", file, "--skip-bad", ...city.where]);
    expect([loaded.code, loaded.out]).toEqual([0, expect.stringContaining("1 new, 0 changed, 0 there already")]);
    expect((await titled("由命令列匯入")).length).toBe(1);
    const missing = await mandate(["import", "duties", join(folder, "none.csv"), ...city.where]);
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining("no such file")]);
  });
});

describe.skipIf(!existsSync(shared))("real files", () => {
  const read = name => gunzipSync(readFileSync(join(shared, name)));
  const sum = p => p.unchanged + p.mended + p.duplicate + p.refused;

  it("dig permits with ROC dates: every row is accounted for, and the well-formed ones load", async () => {
    const content = read("events/tainan_dig_permits_roc_dates.csv.gz");
    const run = must(await upload(controller, content, { name: "挖掘許可.csv" }));
    const of = title => run.titles.indexOf(title);
    const mapping = [{ column: "title", from: [of("permit"), of("from")], otherwise: null }, { column: "agency", from: [], otherwise: "建設局" }, { column: "due_on", from: [of("period_roc")], otherwise: null }, { column: "detail", from: [of("applicant"), of("district"), of("no")], otherwise: null }];
    const loaded = await (async () => {
      const checked = await check(controller, run.run.id, mapping);
      expect(sum(checked.run.progress)).toBe(checked.run.progress.rows_read);
      return load(controller, run.run.id, true);
    })();
    const p = loaded.run.progress;
    expect(p.rows_read).toBe(4500);
    expect(sum(p)).toBe(p.rows_read);
    // A row is well formed when its period is two dates that exist, in order.
    const day = text => {
      const [y, m, d] = text.split("/").map(Number);
      const date = new Date(Date.UTC(y + 1911, m - 1, d));
      return date.getUTCMonth() === m - 1 ? date.getTime() : NaN;
    };
    const well = parseCsv(content.toString("utf8")).filter(line => {
      const found = /^(\d{2,3}\/\d{2}\/\d{2})至(\d{2,3}\/\d{2}\/\d{2})$/.exec(line[of("period_roc")]);
      return found && day(found[2]) >= day(found[1]);
    }).length;
    expect((p.unchanged + p.mended + p.duplicate) / well).toBeGreaterThanOrEqual(0.995);
    // And again: not one duty more.
    const again = await bring(controller, content, { mapping, skip_bad: true, name: "挖掘許可.csv" });
    expect(again.run.progress).toMatchObject({ created: 0, changed: 0, same: p.created });
  }, 300_000);

  it("council suggestions: years and months become dates, bureaus their agencies", async () => {
    const run = must(await upload(controller, read("council/suggestions_kaohsiung.csv.gz"), { name: "建議事項.csv" }));
    const of = title => run.titles.indexOf(title);
    const mapping = [{ column: "title", from: [of("suggestion")], otherwise: null }, { column: "agency", from: [of("brought_by")], otherwise: null }, { column: "due_on", from: [of("suggest_year"), of("suggest_month")], otherwise: null }, { column: "source_number", from: [of("uid")], otherwise: null }, { column: "detail", from: [of("councilor"), of("position"), of("approved_expense"), of("bid_type")], otherwise: null }, { column: "origin", from: [], otherwise: "council" }];
    await check(controller, run.run.id, mapping);
    const p = (await load(controller, run.run.id, true)).run.progress;
    expect(p.rows_read).toBe(3461);
    expect(sum(p)).toBe(p.rows_read);
    // What cannot load names an agency that this city does not have, and nothing else.
    const refused = await remarks(controller, run.run.id, "refused");
    expect(refused.filter(row => row.column !== "承辦機關")).toEqual([]);
  }, 300_000);

  it("district projects become duties with their owners and years", async () => {
    const run = must(await upload(controller, readFileSync(join(shared, "tenders/taichung_district_projects_2016.csv")), { name: "建設計畫.csv" }));
    const of = title => run.titles.indexOf(title);
    const mapping = [{ column: "title", from: [of("name")], otherwise: null }, { column: "agency", from: [of("department")], otherwise: null }, { column: "due_on", from: [of("to_year_roc")], otherwise: "112/12/31" }, { column: "district", from: [of("district")], otherwise: null }, { column: "detail", from: [of("place"), of("budget"), of("summary"), of("schedule")], otherwise: null }];
    await check(controller, run.run.id, mapping);
    const p = (await load(controller, run.run.id, true)).run.progress;
    expect(p.rows_read).toBe(164);
    expect(sum(p)).toBe(p.rows_read);
    expect(p.refused).toBe(0);
    const [school] = await titled("瑞穗國小老舊校舍改建工程");
    expect(school).toMatchObject({ agency_id: all.construction.id, district: "66000090", due_on: "2013-12-31" });
  }, 300_000);
});
