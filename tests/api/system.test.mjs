// How the system stands, what it takes, and what people do with jobs: each part that fails says so with its cure.
import { execFileSync } from "node:child_process";
import { chmodSync, renameSync } from "node:fs";
import { join } from "node:path";
import { sql, sqlite, start_at, startCity } from "./support.mjs";

let city;
let now = new Date(start_at);
const iso = () => now.toISOString().replace(".000", "");
beforeAll(async () => {
  city = await startCity();
  city.may_complain = true;
  await later(1);
});
afterAll(() => city.finish());

async function later(minutes) {
  now = new Date(now.getTime() + minutes * 60_000);
  await city.setClock(iso());
}
const admin = () => city.as("admin");
const item = async key => (await (await admin()).read("/api/system-health")).items.find(one => one.key === key);

/** Puts rows into the database as a program before us may have left them. */
async function statement(text) {
  if (!sqlite) return void (await sql(city.database, text));
  await city.stop();
  execFileSync("/usr/bin/python3", ["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()", join(city.folders[0], "mandate.db"), text]);
  city.clock = iso();
  city.sessions.clear();
  await city.start();
}

describe("the state of the system", () => {
  it("has a word, a state and a cure for each part, in both languages", async () => {
    const health = await (await admin()).read("/api/system-health");
    expect(health.items.map(one => one.key)).toEqual(["database", "disk", "keys", "sequencer", "audit", "jobs", "failed", "search", "mail"]);
    for (const one of health.items) {
      expect(one.name, one.key).not.toContain("health.");
      expect(one.value, one.key).not.toBe("");
      expect(one.cure === "", one.key).toBe(one.state === "good");
    }
    expect(health.state).toBe("warning");  // no mail server is named
    expect(health.items.at(-1)).toMatchObject({ state: "warning", value: "尚未設定郵件伺服器" });
    const english = await (await city.signIn("auditor", undefined, { language: "en" })).read("/api/system-health");
    expect(english.items.at(-1).cure).toContain("--smtp");
    for (const one of english.items) expect(/[\u4e00-\u9fff]/.test(one.name + one.value + one.cure), one.key).toBe(false);
  });

  it("sees a key that is missing or open to others", async () => {
    const folders = city.folders.map(folder => join(folder, "keys"));
    for (const folder of folders) chmodSync(join(folder, "mail.key"), 0o644);
    expect(await item("keys")).toMatchObject({ state: "warning", value: "mail.key 可被其他使用者讀取" });
    for (const folder of folders) {
      chmodSync(join(folder, "mail.key"), 0o600);
      renameSync(join(folder, "master.key"), join(folder, "away.key"));
    }
    expect(await item("keys")).toMatchObject({ state: "bad", value: "缺少 master.key" });
    for (const folder of folders) renameSync(join(folder, "away.key"), join(folder, "master.key"));
    expect((await item("keys")).state).toBe("good");
  });

  it("sees an audit log that was not verified for days, and one that is verified on request", async () => {
    expect((await item("audit")).state).toBe("good");
    await statement("UPDATE schedule SET next_run_at = 9000000000000000 WHERE name = 'audit.verify'");
    await later(60 * 24 * 3);
    expect(await item("audit")).toMatchObject({ state: "warning", value: "3 天前驗證無誤" });
    await (await admin()).do("/api/schedules/audit.verify/runs");
    await later(0);
    await later(0);
    expect((await item("audit")).state).toBe("good");
    const row = (await (await admin()).read("/api/jobs")).schedules.find(one => one.name === "audit.verify");
    expect(row).toMatchObject({ last_run_at: iso(), last_error: "" });
    expect(row.last_took_ms).toBeGreaterThanOrEqual(0);
    expect((await (await admin()).post("/api/schedules/no.such/runs")).status).toBe(404);
  });

  it("is nobody's to see without the permission", async () => {
    for (const login of ["controller", "executive", "handler"]) {
      for (const path of ["/api/system-health", "/api/system-storage"]) expect((await (await city.as(login)).get(path)).status, `${login} ${path}`).toBe(403);
    }
    const auditor = await city.as("auditor");
    expect((await auditor.get("/api/system-storage")).status).toBe(200);
    for (const path of ["/api/schedules/audit.verify/runs", "/api/jobs/1/retries", "/api/jobs/1/giving-up"]) expect((await auditor.post(path, path.endsWith("up") ? { reason: "x" } : {})).status, path).toBe(403);
  });
});

describe("a job that failed", () => {
  beforeAll(async () => {
    await statement(`INSERT INTO job (id, kind, payload, state, run_at, attempts, last_error, done_count, total_count) VALUES (71, 'old.kind', '{}', 'failed', 1, 8, 'mail.mailbox_away', 0, 0), (72, 'old.kind', '{}', 'failed', 2, 8, 'away', 0, 0)`);
  });

  it("shows in the state of the system and in the list, with its error in words", async () => {
    expect(await item("failed")).toMatchObject({ state: "warning", value: "作業 2 項、排程 0 項" });
    const list = await (await admin()).read("/api/jobs?state=failed&limit=1");
    expect(list).toMatchObject({ failed: 2 });
    expect(list.rows[0]).toMatchObject({ id: "72", actions: ["retry", "give_up"] });
    const second = await (await city.as("auditor")).read(`/api/jobs?state=failed&limit=1&cursor=${encodeURIComponent(list.next)}`);
    expect(second.rows[0]).toMatchObject({ id: "71", last_error: "無法讀取退信信箱，請檢查 IMAP 設定與伺服器。", actions: [] });
    expect(second.next).toBeNull();
    expect((await (await admin()).get("/api/jobs?cursor=nonsense")).body.fields[0]).toMatchObject({ path: "cursor", key: "input.bad_cursor" });
  });

  it("runs again when a person says so, and keeps a log of its tries", async () => {
    const again = { key: "run-it-again" };
    const first = await (await admin()).post("/api/jobs/71/retries", {}, again);
    expect(first.body.job.state).toBe("waiting");
    const second = await (await admin()).post("/api/jobs/71/retries", {}, again);
    expect([second.text, second.headers["idempotent-replay"]]).toEqual([first.text, "true"]);
    expect((await (await admin()).read("/api/jobs?state=waiting")).rows.map(row => row.id)).toContain("71");
    await later(0);
    const after = await (await admin()).read("/api/jobs/71");
    expect(after.job).toMatchObject({ state: "waiting", attempts: 1 });
    expect(after.tries).toMatchObject([{ number: 1, error: "no handler for this kind in this program" }]);
    await later(0);
    const events = (await (await admin()).read("/api/audit-events?record_kind=job&record_id=71")).rows;
    expect(events[0].text).toBe("重新執行作業 old.kind");
    expect((await (await admin()).post("/api/jobs/70/retries")).status).toBe(404);
  });

  it("is given up with a reason, and no more runs", async () => {
    expect((await (await admin()).post("/api/jobs/72/giving-up", { reason: "" })).body.fields[0].path).toBe("reason");
    const key = "give-it-up";
    const first = await (await admin()).post("/api/jobs/72/giving-up", { reason: "已改由新作業處理" }, { key });
    expect(first.body.job.state).toBe("cancelled");
    expect((await (await admin()).post("/api/jobs/72/giving-up", { reason: "已改由新作業處理" }, { key })).text).toBe(first.text);
    expect((await (await admin()).post("/api/jobs/72/giving-up", { reason: "別的理由" }, { key })).status).toBe(422);
    expect((await (await admin()).post("/api/jobs/72/giving-up", { reason: "再次" })).body.key).toBe("job.ended_already");
    await later(60);
    expect((await (await admin()).read("/api/jobs?state=cancelled")).rows.map(row => row.id)).toEqual(["72"]);
  });
});

describe("storage", () => {
  it("is measured once a day, by parts and tables, and grows in the picture", async () => {
    const first = await (await admin()).read("/api/system-storage");
    expect(first.measured_on).not.toBeNull();
    expect(first.bytes).toBeGreaterThan(100_000);
    expect(first.disk_free).toBeGreaterThan(0);
    expect(first.disk_total).toBeGreaterThanOrEqual(first.disk_free);
    expect(first.parts.map(part => part.name)).toContain(sqlite ? "mandate.db" : "postgres");
    expect(first.parts.map(part => part.name)).toContain("keys");
    expect(first.parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(first.bytes);
    const duty = first.tables.find(table => table.name === "duty");
    expect(duty.bytes).toBeGreaterThan(0);
    if (sqlite) expect(duty.rows).toBeGreaterThan(10);
    expect(first.tables.map(table => table.bytes)).toEqual([...first.tables.map(table => table.bytes)].sort((a, b) => b - a));
    const days = first.growth.length;
    await later(60 * 24);
    await later(60 * 24);
    const after = await (await admin()).read("/api/system-storage");
    expect(after.growth.length).toBe(days + 2);
    expect(new Set(after.growth.map(point => point.day)).size).toBe(after.growth.length);
    expect(after.bytes_a_day).not.toBeNull();
  });
});
