// kill -9 in the middle of the daily run of chases: every rung once, every notice with it, nothing lost.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agencies, inParallel, newDuty, send, sleep, startCity } from "./support.mjs";

const count = 150;

let city;
beforeAll(async () => {
  city = await startCity();
  city.may_complain = true; // of what was cut off
});
afterAll(() => city.finish());

describe("a crash while chases are made", () => {
  it("runs no rung twice and loses none, and each chase has its notice", async () => {
    await city.setClock("2026-12-15T00:59:00Z");
    const { construction } = await agencies(city);
    const controller = await city.as("controller");
    const before = (await (await city.as("liaison")).read("/api/notices?category=chase")).last_seq;
    const duties = [];
    await inParallel(Array.from({ length: count }), 8, async (_, i) => {
      duties.push((await controller.do("/api/duties", newDuty(construction.id, { title: `當機測試 ${i}`, due_on: "2026-12-15" }))).duty);
    });
    // The hourly run is due again; each attempt is killed a little later than the one before.
    for (let attempt = 0; attempt < 8; ++attempt) {
      const server = city.servers[0];
      const asked = send(server.port, "POST", "/api/test-clock", { "Content-Type": "application/json" }, JSON.stringify({ now: "2026-12-15T03:00:00Z" }), { once: true }).catch(() => undefined);
      await sleep(2 + attempt * 6);
      await server.stop("SIGKILL");
      await asked;
      await city.startServer(0);
    }
    // The schedule may count as run: the next hour is.
    await city.setClock("2026-12-15T05:00:00Z");
    await city.setClock("2026-12-15T07:00:00Z");
    const reader = await city.as("controller");
    const wrong = [];
    await inParallel(duties, 8, async duty => {
      const rows = (await reader.read(`/api/duties/${duty.id}/chases`)).rows;
      if (rows.length !== 1 || rows[0].rung.offset_days !== 0 || rows[0].told_count !== 1) wrong.push([duty.number, rows]);
    });
    expect(wrong).toEqual([]);
    const liaison = await city.as("liaison");
    const told = [];
    let page;
    do {
      page = await liaison.read(`/api/notices?category=chase&limit=200${page?.next ? `&before=${page.next}` : ""}`);
      told.push(...page.rows.filter(row => row.seq > before));
    } while (page.next && page.rows.at(-1).seq > before);
    const counted = told.filter(row => row.kind.startsWith("chase.today")).reduce((sum, row) => sum + (row.record ? 1 : Number(/(\d+) 筆/.exec(row.text)[1])), 0);
    // Other duties of the sample city may fall due on that day as well, each of them told once too.
    const others = (await reader.read("/api/chase-effect?from=2026-12-15&to=2026-12-15")).agencies.find(one => one.key === construction.id).chases;
    expect(counted).toBeGreaterThanOrEqual(count);
    expect(counted).toBeLessThanOrEqual(others);
  }, 120_000);
});
