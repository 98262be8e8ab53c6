// The audit log holds, and says so when somebody changed what lies below it.
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { agencies, mandate, newDuty, sql, sqlite, startCity, tempFolder } from "./support.mjs";

const tool = ["/usr/bin/sqlite3", "/usr/local/bin/sqlite3"].find(existsSync);
let city;
let controller;
let construction;

beforeAll(async () => {
  city = await startCity();
  ({ construction } = await agencies(city));
  controller = await city.as("controller");
  for (let i = 0; i < 30; ++i) {
    const made = await controller.do("/api/duties", newDuty(construction.id, { title: `稽核測試 ${i}` }));
    if (i % 3 === 0) await controller.do(`/api/duties/${made.duty.id}/completion`, { evidence: "完成" });
    if (i % 10 === 0) await city.setClock(city.clock); // seals
    controller = await city.as("controller");
  }
  await city.setClock(city.clock);
  controller = await city.as("controller");
});
afterAll(() => city.finish());

describe("audit log", () => {
  it("holds an event of every change, who did it and when, and of no refusal", async () => {
    const auditor = await city.as("auditor");
    const before = (await auditor.read("/api/audit-events?limit=5")).rows;
    const made = await controller.do("/api/duties", newDuty(construction.id, { title: "留下紀錄" }));
    await controller.post("/api/duties", newDuty(construction.id, { title: "" }));
    await (await city.as("liaison")).post(`/api/duties/${made.duty.id}/cancellation`, { reason: "x" });
    await city.setClock(city.clock);
    const after = (await (await city.as("auditor")).read(`/api/audit-events?record_kind=duty&record_id=${made.duty.id}`)).rows;
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ kind: "duty.created", actor_name: "研考會管考人員（示範）", record_title: "留下紀錄" });
    expect(after[0].position).toBeGreaterThan(before[0].position);
    expect((await city.as("controller")).session.permissions).not.toContain("audit.read");
  });

  it("tells an administrator that duties changed, and not what they are about", async () => {
    const head = await city.as("rdec-head");
    const made = await head.do("/api/duties", newDuty(construction.id, { title: "機密陳情調查", confidentiality: "confidential" }));
    await city.setClock(city.clock);
    const path = `/api/audit-events?record_kind=duty&record_id=${made.duty.id}`;
    const of_admin = await (await city.as("admin")).get(path);
    expect(of_admin.body.rows).toMatchObject([{ kind: "duty.created", record_title: "" }]);
    expect(of_admin.text).not.toContain("機密陳情調查");
    expect((await (await city.as("admin")).get("/api/audit-events?limit=200")).text).not.toContain("稽核測試");
    expect((await (await city.as("auditor")).get(path)).text).toContain("機密陳情調查");
  });

  it("pages through its events without a gap", async () => {
    const auditor = await city.as("auditor");
    const positions = [];
    let cursor;
    do {
      const page = await auditor.read(`/api/audit-events?limit=37${cursor ? `&cursor=${cursor}` : ""}`);
      positions.push(...page.rows.map(row => row.position));
      cursor = page.next;
    } while (cursor);
    expect(positions).toEqual(Array.from({ length: positions[0] }, (_, i) => positions[0] - i));
  });

  it("verifies beside the server, on the screen and after a stop", async () => {
    const beside = await mandate(["audit", "verify", ...city.where]);
    expect(beside.code, beside.err).toBe(0);
    expect(beside.out).toMatch(/^good: /m);
    const status = await (await city.as("auditor")).read("/api/audit-status");
    expect(status.size).toBeGreaterThan(60);
    await city.stop();
    const after = await mandate(["audit", "verify", ...city.where]);
    expect(after.out).toMatch(/^good: /m);
    await city.start();
    city.sessions.clear();
  });

  it("writes its checkpoints outside of the database too", async () => {
    for (const folder of sqlite ? city.folders : city.folders.slice(0, 1)) expect(readFileSync(join(folder, "audit/checkpoints.txt"), "utf8").length).toBeGreaterThan(100);
  });

  it("finds an event that was edited, deleted, swapped, cut off or put back in the database file", async ({ skip }) => {
    skip(sqlite && !tool, "skipped: no sqlite3 command");
    await city.stop();
    const tamper = {
      edited: "UPDATE event SET data = replace(data, '稽核測試 7', '稽核測試 8') WHERE data LIKE '%稽核測試 7\"%';",
      "by another": "UPDATE event SET actor_id = actor_id + 1 WHERE position = 40;",
      "at another time": "UPDATE event SET at = at - 1000000 WHERE position = 41;",
      deleted: "DELETE FROM event WHERE position = 50;",
      "deleted and closed up": "DELETE FROM event WHERE position = 50; UPDATE event SET position = -position WHERE position > 50; UPDATE event SET position = -position - 1 WHERE position < 0;",
      swapped: "UPDATE event SET position = -1 WHERE position = 60; UPDATE event SET position = 60 WHERE position = 61; UPDATE event SET position = 61 WHERE position = -1;",
      "cut off": "DELETE FROM event WHERE position > (SELECT MAX(position) - 5 FROM event);",
    };
    for (const [name, text] of Object.entries(tamper)) {
      let where;
      let undo;
      if (sqlite) {
        const copy = tempFolder("tampered");
        cpSync(city.folders[0], copy, { recursive: true });
        const said = execFileSync(tool, [join(copy, "mandate.db"), `${text} SELECT changes();`]).toString().trim();
        expect(Number(said.split("\n").at(-1)), name).toBeGreaterThan(0);
        where = ["--data", copy, "--fake-clock", city.clock];
      } else {
        // A copy of the whole database, so that each deed stands alone.
        const copy = `${city.database}_t`;
        await sql("postgres", `CREATE DATABASE ${copy} TEMPLATE ${city.database}`);
        await sql(copy, text);
        where = ["--data", city.folders[0], "--fake-clock", city.clock, "--database", `${process.env.MANDATE_TEST_POSTGRES}/${copy}`];
        undo = () => sql("postgres", `DROP DATABASE ${copy}`);
      }
      const kept = readFileSync(join(city.folders[0], "audit/checkpoints.txt"));
      const checked = await mandate(["audit", "verify", ...where]);
      if (!sqlite) writeFileSync(join(city.folders[0], "audit/checkpoints.txt"), kept);
      await undo?.();
      expect(checked.code, `${name}: ${checked.out}`).not.toBe(0);
      expect(checked.err, name).toMatch(/^fault: /m);
    }
    await city.start();
    city.sessions.clear();
  });

  it("finds a database that was rolled back to an earlier copy, and a checkpoint file that was edited", async ({ skip }) => {
    skip(!sqlite, "the copies of a PostgreSQL database are tried above");
    await city.stop();
    const old = tempFolder("old");
    cpSync(city.folders[0], old, { recursive: true });
    await city.start();
    city.sessions.clear();
    controller = await city.as("controller");
    for (let i = 0; i < 5; ++i) await controller.do("/api/duties", newDuty(construction.id, { title: `之後 ${i}` }));
    await city.stop();
    const rolled = tempFolder("rolled");
    cpSync(city.folders[0], rolled, { recursive: true });
    for (const name of ["mandate.db", "mandate.db-wal", "mandate.db-shm"]) {
      const from = join(old, name);
      if (existsSync(from)) cpSync(from, join(rolled, name));
    }
    const checked = await mandate(["audit", "verify", "--data", rolled, "--fake-clock", city.clock]);
    expect(checked.code, checked.out).not.toBe(0);
    expect(checked.err).toMatch(/^fault: /m);

    const edited = tempFolder("edited");
    cpSync(city.folders[0], edited, { recursive: true });
    const path = join(edited, "audit/checkpoints.txt");
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    writeFileSync(path, `${lines.slice(0, -1).join("\n")}\n`);
    appendFileSync(path, lines.at(-1).replace(/[0-9a-f](?=[^0-9a-f]*$)/, digit => (digit === "0" ? "1" : "0")) + "\n");
    expect((await mandate(["audit", "verify", "--data", edited, "--fake-clock", city.clock])).code).not.toBe(0);
    await city.start();
    city.sessions.clear();
  });
});
