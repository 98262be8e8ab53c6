// Stopping: what was accepted is answered, and a start afterwards goes on from there.
import http from "node:http";
import { randomUUID } from "node:crypto";
import { agencies, allRows, inParallel, mandate, newDuty, rawRequest, send, sleep, sqlite, startCity } from "./support.mjs";

let city;
let controller;
let construction;
beforeAll(async () => {
  city = await startCity();
  ({ construction } = await agencies(city));
  controller = await city.as("controller");
});
afterAll(() => city.finish());

describe("stopping", () => {
  it("answers every request that was accepted, ends with 0 and starts again", async () => {
    for (let round = 0; round < 3; ++round) {
      const target = city.servers[0];
      const other = city.servers.length > 1 ? city.servers[1] : undefined;
      const own = new http.Agent({ keepAlive: true });
      const acknowledged = [];
      const faults = [];
      let refused = 0;
      let going = true;
      const load = inParallel(Array.from({ length: 12 }), 12, async () => {
        while (going) {
          const title = `停機測試 ${randomUUID()}`;
          try {
            const answer = await controller.call("POST", "/api/duties", newDuty(construction.id, { title }), { port: target.port, agent: own, once: true });
            if (answer.status === 200) acknowledged.push(title);
            else faults.push(`${answer.status}: ${answer.text.slice(0, 200)}`);
          } catch (error) {
            // A connection that is refused was never accepted; one that was idle may be closed. A request that was sent whole and not answered shows
            // below as a duty that nobody heard of.
            if (!["ECONNREFUSED", "ECONNRESET"].includes(error.code) && error.message !== "socket hang up") faults.push(error.message);
            ++refused;
            await sleep(5);
          }
        }
      });
      while (acknowledged.length < 30 && faults.length === 0) await sleep(5);
      const code = await target.stop("SIGTERM");
      // Let the writers find the door closed.
      await sleep(30);
      going = false;
      await load;
      own.destroy();
      expect(code, target.err).toBe(0);
      expect(target.err).toBe("");
      expect(faults).toEqual([]);
      expect(refused).toBeGreaterThan(0);
      if (other) expect((await send(other.port, "GET", "/readyz")).status).toBe(200);
      await city.startServer(0);
      const titles = (await allRows(controller, `/api/duties?view=city&q=${encodeURIComponent("停機測試")}`)).map(row => row.title);
      expect(titles).toEqual(expect.arrayContaining(acknowledged));
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  it("says on /readyz that it is stopping while it still answers what it has", async () => {
    const target = city.servers[0];
    expect((await send(target.port, "GET", "/readyz")).text).toBe("ready\n");
    // Every worker waits for its turn to check a password, and more sign-ins wait for a worker; a question behind them is accepted and not yet answered.
    let first;
    const answered = new Promise(done => (first = done));
    const sign_ins = Array.from({ length: 80 }, (_, i) => {
      const body = JSON.stringify({ login_name: `nobody-${i}`, password: "a wrong one" });
      const bytes = `POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      return rawRequest(target.port, bytes, { wait: 30_000, on_data: first });
    });
    await answered;
    const question = rawRequest(target.port, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", { wait: 30_000 });
    await sleep(40);
    const code = target.stop("SIGTERM");
    for (const answer of await Promise.all(sign_ins)) {
      expect(answer.statuses).toEqual([401]);
      expect(answer.closed).toBe(true);
    }
    const ready = await question;
    expect(ready.statuses).toEqual([503]);
    expect(ready.text).toMatch(/\r\n\r\nstopping\n$/);
    expect(await code).toBe(0);
    await city.startServer(0);
    expect((await send(city.servers[0].port, "GET", "/readyz")).status).toBe(200);
  });

  it("does not wait for peers that only hold a connection open", async () => {
    const idle = Array.from({ length: 20 }, () => rawRequest(city.servers[0].port, "GET / HT", { wait: 15_000 }));
    await sleep(100);
    const began = Date.now();
    expect(await city.servers[0].stop("SIGTERM")).toBe(0);
    expect(Date.now() - began).toBeLessThan(4_000);
    for (const answer of await Promise.all(idle)) expect(answer.closed).toBe(true);
    await city.startServer(0);
  });

  it("stops as well on Ctrl-C, and twice on one is once", async () => {
    const target = city.servers[0];
    target.child.kill("SIGINT");
    target.child.kill("SIGINT");
    expect(await target.stop("SIGTERM")).toBe(0);
    await city.startServer(0);
    expect((await controller.get("/api/session")).status).toBe(200);
  });

  it("seals what happened before it ends", async () => {
    await controller.do("/api/duties", newDuty(construction.id, { title: "最後一筆" }));
    await city.stop();
    const checked = await mandate(["audit", "verify", ...city.where]);
    expect(checked.out).toMatch(/^good: /m);
    await city.start();
    if (sqlite) expect((await controller.get("/api/session")).status).toBe(200);
  });
});
