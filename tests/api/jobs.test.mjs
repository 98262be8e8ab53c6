// Scheduled work: run when it is due, once, however many processes there are, and after a restart as well.
import { agencies, allRows, newDuty, send, startCity } from "./support.mjs";

let city;
let known;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
});
afterAll(() => city.finish());

const title = "每月彙整工程進度";
const rows_of = async () => (await allRows(await city.as("controller"), `/api/duties?view=city&state=all&q=${encodeURIComponent(title)}`)).map(row => row.due_on);
const at_once = async now => {
  city.clock = now;
  city.sessions.clear();
  const answers = await Promise.all(city.servers.map(server => send(server.port, "POST", "/api/test-clock", { "Content-Type": "application/json" }, JSON.stringify({ now }))));
  expect(answers.map(answer => answer.status)).toEqual(city.servers.map(() => 200));
};

describe("scheduled work", () => {
  it("makes the further occurrences of a recurring duty, each once, when all servers find it due at once", async () => {
    const made = await (await city.as("controller")).do("/api/duties", newDuty(known.water.id, { title, due_on: "2026-12-01", recurrence: { every: "month", day: 7 } }));
    const before = await rows_of();
    expect(before).toHaveLength(made.duties_made);
    for (const now of ["2027-02-01T02:00:00Z", "2027-03-20T02:00:00Z", "2027-06-01T02:00:00Z", "2027-06-01T03:00:00Z", "2027-06-03T02:00:00Z"]) await at_once(now);
    const after = await rows_of();
    expect(after.length).toBeGreaterThan(before.length);
    const months = after.map(day => day.slice(0, 7));
    expect(new Set(months).size, months.join(" ")).toBe(months.length);
    expect(months.at(-1) >= "2028-06").toBe(true);
  });

  it("says on the jobs page when each ran and will run", async () => {
    const jobs = await (await city.as("auditor")).read("/api/jobs");
    expect(jobs.schedules.map(row => row.name).sort()).toEqual(expect.arrayContaining(["audit.verify", "duties.extend_series", "http.forget_idempotency", "identity.forget_sessions"]));
    for (const row of jobs.schedules) {
      expect(row.last_run_at, row.name).not.toBeNull();
      expect(row.next_run_at > row.last_run_at, row.name).toBe(true);
      expect(row.next_run_at > city.clock, row.name).toBe(true);
    }
    expect(jobs.rows.filter(row => row.state === "failed")).toEqual([]);
  });

  it("goes on after a restart from where it was", async () => {
    await city.stop();
    await city.start();
    city.sessions.clear();
    const before = await rows_of();
    await at_once("2027-06-03T04:00:00Z");
    expect(await rows_of()).toEqual(before);
    await at_once("2027-08-10T02:00:00Z");
    const after = await rows_of();
    expect(after.length).toBeGreaterThan(before.length);
    expect(new Set(after.map(day => day.slice(0, 7))).size).toBe(after.length);
  });

  it("forgets idempotency keys after three days and not before", async () => {
    const key = "kept-for-three-days";
    const send_one = async () => (await city.as("controller")).post("/api/duties", newDuty(known.water.id, { title: "保留三日" }), { key });
    const first = (await send_one()).body.duty.id;
    await at_once("2027-08-12T02:00:00Z");
    expect((await send_one()).body.duty.id).toBe(first);
    await at_once("2027-08-15T02:00:00Z");
    expect((await send_one()).body.duty.id).not.toBe(first);
  });

  it("checks the audit log and leaves its finding", async () => {
    const status = await (await city.as("auditor")).read("/api/audit-status");
    expect(status.verification).toMatchObject({ good: true });
    expect(status.checkpoint.size).toBeGreaterThan(0);
  });
});
