// Counts that a request or a write may cost: SQL statements and fsync calls. Not times, which differ from machine to machine.
import net from "node:net";
import { agencies, gauge, newDuty, sleep, sqlite, startCity } from "./support.mjs";

let city;
let controller;
let construction;
beforeAll(async () => {
  city = await startCity({ servers: 1 });
  ({ construction } = await agencies(city));
  controller = await city.as("controller");
});
afterAll(() => city.finish());

const port = () => city.servers[0].port;
async function cost(name, count, job) {
  for (let i = 0; i < 3; ++i) await job(i); // caches are warm, as they are in service
  const before = await gauge(port(), name);
  for (let i = 0; i < count; ++i) await job(i);
  return ((await gauge(port(), name)) - before) / count;
}

// As many clients as sockets, each with its next request ready at once: a client that is slow itself would make the server's groups small.
function creations(clients, count) {
  const body = Buffer.from(JSON.stringify(newDuty(construction.id)));
  const head = `POST /api/duties HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${controller.cookie}\r\nX-Form-Token: ${controller.form_token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  let sent = 0;
  return Promise.all(
    Array.from(
      { length: clients },
      () =>
        new Promise((done, fail) => {
          const socket = net.connect(port(), "127.0.0.1");
          socket.setNoDelay(true);
          let text = "";
          const next = () => {
            if (sent >= count) return socket.end(done);
            socket.write(Buffer.concat([Buffer.from(`${head}Idempotency-Key: count-${++sent}\r\n\r\n`), body]));
          };
          socket.on("connect", next);
          socket.on("error", fail);
          socket.on("data", bytes => {
            text += bytes.toString("latin1");
            const end = text.indexOf("\r\n\r\n");
            if (end < 0 || text.length < end + 4 + Number(/content-length: (\d+)/i.exec(text)[1])) return;
            if (!text.startsWith("HTTP/1.1 200")) return fail(new Error(text.slice(0, 600)));
            text = "";
            next();
          });
        }),
    ),
  );
}

describe("costs", () => {
  it("a page of a worklist takes at most six statements", async () => {
    expect(await cost("db_statements", 20, () => controller.read("/api/duties?view=city&limit=50"))).toBeLessThanOrEqual(6);
    const liaison = await city.as("liaison");
    expect(await cost("db_statements", 20, () => liaison.read("/api/duties?limit=50&state=all"))).toBeLessThanOrEqual(6);
  });

  it("a duty and the home page take no more statements for a longer list", async () => {
    const id = (await controller.read("/api/duties?view=city&limit=1")).rows[0].id;
    expect(await cost("db_statements", 10, () => controller.read(`/api/duties/${id}`))).toBeLessThanOrEqual(12);
    expect(await cost("db_statements", 10, () => controller.read("/api/home"))).toBeLessThanOrEqual(20);
    expect(await cost("db_statements", 10, () => controller.read("/api/statistics?by=agency"))).toBeLessThanOrEqual(6);
  });

  // Nine of its own; the notices and the index that follow are made of bursts, which hold fewer duties on a slow machine.
  it("creating a duty takes at most sixteen statements, with what follows from it", async () => {
    expect(await cost("db_statements", 50, () => controller.do("/api/duties", newDuty(construction.id)))).toBeLessThanOrEqual(16);
  });

  it("a public page takes a number of statements that does not grow with its items", async () => {
    expect(await cost("db_statements", 10, () => city.client().get("/"))).toBeLessThanOrEqual(20);
  });

  it("one client alone costs at most 1.5 fsync a duty, with what follows from it", async ({ skip }) => {
    skip(!sqlite, "PostgreSQL writes its own log");
    expect(await cost("db_syncs", 200, () => controller.do("/api/duties", newDuty(construction.id)))).toBeLessThanOrEqual(1.5);
  });

  it("thirty-two clients at once cost at most 0.1 fsync a duty", async ({ skip }) => {
    skip(!sqlite, "PostgreSQL writes its own log");
    const [syncs, writes, commits] = [await gauge(port(), "db_syncs"), await gauge(port(), "db_writes"), await gauge(port(), "db_commits")];
    await creations(32, 6400);
    const made = (await gauge(port(), "db_writes")) - writes;
    expect(made).toBeGreaterThanOrEqual(6400);
    expect(((await gauge(port(), "db_syncs")) - syncs) / made).toBeLessThanOrEqual(0.1);
    expect(((await gauge(port(), "db_commits")) - commits) / made).toBeLessThanOrEqual(0.1);
  });

  it("a read costs no fsync and no write", async ({ skip }) => {
    skip(!sqlite, "PostgreSQL writes its own log");
    // What follows from the changes before (notices) is written a moment after them.
    for (let before = -1, now = 0; before !== now; await sleep(200)) [before, now] = [now, await gauge(port(), "db_writes")];
    expect(await cost("db_syncs", 50, () => controller.read("/api/duties?view=city"))).toBe(0);
    expect(await cost("db_writes", 50, () => controller.read("/api/home"))).toBe(0);
  });
});
