// The disk is full, or the database is gone: requests are refused in words, reads go on where they can, and nothing that was acknowledged is lost.
import { randomUUID } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { agencies, allRows, inParallel, mandate, newDuty, send, sleep, sql, sqlite, startCity } from "./support.mjs";

let city;
let construction;
let client;
beforeAll(async () => {
  city = await startCity();
  ({ construction } = await agencies(city));
  const made = await mandate(["token", ...city.where, "--name", "load", "--for", "controller", "--permissions", "duty.read,duty.create"]);
  client = city.client().withToken(made.out.trim());
  city.may_complain = true; // that is what the log is for
});
afterAll(() => city.finish());

const create = (title, key = randomUUID()) => client.post("/api/duties", newDuty(construction.id, { title }), { key });
const titles = async mark => (await allRows(client, `/api/duties?view=city&sort=created&q=${encodeURIComponent(mark)}`)).map(row => row.title);

it("a full disk refuses changes in words and keeps what was acknowledged", async ({ skip }) => {
  skip(!sqlite, "the disk of PostgreSQL is its own");
  await city.stop();
  const largest = Math.max(...readdirSync(city.folders[0]).map(name => statSync(join(city.folders[0], name)).size));
  // No file of this process may grow beyond the limit: writing fails as it does on a full disk.
  city.wrapper = ["sh", "-c", `ulimit -f ${Math.ceil(largest / 512) + 1500}; trap '' XFSZ; exec "$0" "$@"`];
  await city.startServer(0);
  const acknowledged = [];
  const refused = [];
  for (let i = 0; i < 4000 && refused.length < 10; ++i) {
    const title = `滿碟測試 ${i} ${"字".repeat(150)}`;
    const answer = await create(title);
    if (answer.status === 200) acknowledged.push(title);
    else refused.push(answer);
  }
  expect(refused.length).toBe(10);
  for (const answer of refused) {
    expect(answer.status, answer.text).toBe(503);
    expect(answer.body.key).toMatch(/^fault\.(database|storage_full)$/);
    expect(answer.body.detail).toMatch(/未儲存任何變更/);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/SQL|INSERT|mandate\.db/i);
  }
  // Reading goes on.
  expect((await client.get("/api/duties?limit=1")).status).toBe(200);
  expect((await send(city.servers[0].port, "GET", "/")).status).toBe(200);
  expect(await titles("滿碟測試")).toEqual(acknowledged);
  await city.servers[0].stop();
  city.wrapper = undefined;
  await city.startServer(0);
  expect(await titles("滿碟測試")).toEqual(acknowledged);
  expect((await create("滿碟測試 之後")).status).toBe(200);
  expect((await mandate(["audit", "verify", ...city.where])).out).toMatch(/^good: /m);
});

it("a database that is gone for a while refuses in words, and comes back by itself", async ({ skip }) => {
  skip(sqlite, "a SQLite database is a file");
  const gone = await sql("postgres", `ALTER DATABASE ${city.database} ALLOW_CONNECTIONS false`).then(() => sql("postgres", `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '${city.database}'`));
  expect(Number(gone)).toBeGreaterThan(0);
  for (let i = 0; i < 6; ++i) {
    const read = await client.get("/api/duties?limit=1");
    expect(read.status, read.text).toBe(503);
    expect(read.body.key).toBe("fault.database");
    expect(read.text).not.toMatch(/FATAL|SELECT|postgres/i);
    expect(Number(read.headers["retry-after"])).toBeGreaterThan(0);
  }
  for (const server of city.servers) {
    expect((await send(server.port, "GET", "/readyz")).status).toBeGreaterThanOrEqual(500);
    expect((await send(server.port, "GET", "/healthz")).status).toBe(200);
  }
  await sql("postgres", `ALTER DATABASE ${city.database} ALLOW_CONNECTIONS true`);
  expect((await create("資料庫回復")).status).toBe(200);
  for (const server of city.servers) expect((await send(server.port, "GET", "/readyz")).status).toBe(200);
});

it("connections that break under load lose no acknowledged duty and make none twice", async ({ skip }) => {
  skip(sqlite, "a SQLite database is a file");
  const acknowledged = [];
  const strange = [];
  let going = true;
  const load = inParallel(Array.from({ length: 8 }), 8, async () => {
    while (going) {
      const title = `斷線測試 ${randomUUID()}`;
      const key = randomUUID();
      for (let attempt = 0; attempt < 200; ++attempt) {
        const answer = await create(title, key);
        if (answer.status === 200) {
          acknowledged.push(title);
          break;
        }
        if (answer.status !== 503) strange.push(`${answer.status} ${answer.text}`);
        await sleep(20);
      }
    }
  });
  for (let round = 0; round < 10; ++round) {
    await sleep(150);
    await sql("postgres", `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '${city.database}'`);
  }
  await sleep(300);
  going = false;
  await load;
  expect(strange.slice(0, 3)).toEqual([]);
  const kept = await titles("斷線測試");
  expect(new Set(kept).size).toBe(kept.length);
  expect([...kept].sort()).toEqual([...acknowledged].sort());
  expect((await mandate(["audit", "verify", ...city.where])).out).toMatch(/^good: /m);
});
