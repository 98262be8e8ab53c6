// kill -9 under load: what was acknowledged is there, once.
import { randomUUID } from "node:crypto";
import http from "node:http";
import { agencies, allRows, inParallel, mandate, newDuty, sleep, sqlite, startCity } from "./support.mjs";

let city;
let construction;
let token;
beforeAll(async () => {
  city = await startCity();
  ({ construction } = await agencies(city));
  // A token outlives every restart and needs no sign-in.
  token = (await mandate(["token", ...city.where, "--name", "load", "--for", "controller", "--permissions", "duty.read,duty.create"])).out.trim();
});
afterAll(() => city.finish());

// Each writer sends its request with a key until it is acknowledged; an answer that was lost is asked for again with the same key.
function writers(count, ports, record) {
  const state = { going: true, faults: [], retried: 0 };
  const client = city.client().withToken(token);
  const own = new http.Agent({ keepAlive: true });
  state.done = inParallel(Array.from({ length: count }), count, async (_, i) => {
    for (let n = 0; state.going; ++n) {
      const title = `斷電測試 ${randomUUID()}`;
      const key = randomUUID();
      for (let attempt = 0; state.going || attempt > 0; ++attempt) {
        const all = ports();
        if (all.length === 0) {
          if (!state.going) break;
          await sleep(10);
          continue;
        }
        try {
          const answer = await client.call("POST", "/api/duties", newDuty(construction.id, { title }), { key, port: all[(i + n + attempt) % all.length], agent: own, once: true });
          if (answer.status === 200) {
            record.push({ title, id: answer.body.duty.id });
            break;
          }
          if (answer.status !== 503) state.faults.push(`${answer.status} ${answer.text.slice(0, 200)}`);
        } catch {
          ++state.retried;
        }
        if (!state.going) break;
        await sleep(10);
      }
    }
  }).finally(() => own.destroy());
  return state;
}

async function check(record) {
  const client = city.client().withToken(token);
  const rows = await allRows(client, `/api/duties?view=city&sort=created&q=${encodeURIComponent("斷電測試")}`);
  const by_title = new Map();
  for (const row of rows) by_title.set(row.title, [...(by_title.get(row.title) ?? []), row.id]);
  const lost = record.filter(one => !by_title.has(one.title));
  const twice = [...by_title.values()].filter(ids => ids.length > 1);
  const other = record.filter(one => by_title.has(one.title) && by_title.get(one.title)[0] !== one.id);
  expect({ lost: lost.length, twice: twice.length, other: other.length }).toEqual({ lost: 0, twice: 0, other: 0 });
  expect(new Set(rows.map(row => row.number)).size).toBe(rows.length);
}

it("twenty kills under load lose no acknowledged duty and make none twice", async ({ skip }) => {
  skip(!sqlite, "the kill of one of two servers is tried below");
  const record = [];
  let port = city.servers[0].port;
  const load = writers(8, () => (port ? [port] : []), record);
  for (let round = 0; round < 20; ++round) {
    const before = record.length;
    while (record.length < before + 15) await sleep(5);
    await sleep(Math.random() * 40);
    port = undefined;
    city.servers[0].child.kill("SIGKILL");
    await city.servers[0].exited;
    expect(city.servers[0].err).toBe("");
    await city.startServer(0);
    port = city.servers[0].port;
  }
  load.going = false;
  await load.done;
  expect(load.faults.slice(0, 5)).toEqual([]);
  expect(load.retried).toBeGreaterThan(0);
  expect(record.length).toBeGreaterThan(300);
  await check(record);
  const verified = await mandate(["audit", "verify", ...city.where]);
  expect(verified.out + verified.err).toMatch(/^good: /m);
});

it("a kill of one of two servers under load loses nothing, and the other serves on", async ({ skip }) => {
  skip(sqlite, "a SQLite database has one server");
  const record = [];
  let dead = 0;
  const load = writers(8, () => city.servers.filter(server => server.running).map(server => server.port), record);
  for (let round = 0; round < 6; ++round) {
    const before = record.length;
    while (record.length < before + 40) await sleep(5);
    const victim = round % 2;
    city.servers[victim].child.kill("SIGKILL");
    await city.servers[victim].exited;
    ++dead;
    // The other one goes on alone.
    const alone = record.length;
    const began = Date.now();
    while (record.length < alone + 20) {
      if (Date.now() - began > 20_000) throw new Error(`the other server stands still: ${load.faults.slice(0, 3)}`);
      await sleep(5);
    }
    await city.startServer(victim);
  }
  load.going = false;
  await load.done;
  expect(dead).toBe(6);
  expect(load.faults.slice(0, 5)).toEqual([]);
  await check(record);
  const verified = await mandate(["audit", "verify", ...city.where]);
  expect(verified.out + verified.err).toMatch(/^good: /m);
});
