// A large upload, durable duty creations over HTTP against a bare program that only commits, the worklist with a million duties, start-up and memory.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { factsFigures } from "./facts.mjs";
import { searchFigures } from "./search.mjs";

const json = process.argv.includes("--json");
const quick = process.argv.includes("--quick"); // smaller, for trying the bench itself out
const only = process.argv[process.argv.indexOf("--only") + 1]; // upload, live, creations, duties (with search) or facts
const wanted = part => !process.argv.includes("--only") || part === only;
const program = "build/release/mandate";
const folder = mkdtempSync(join(tmpdir(), "mandate-bench-"));
const command = "./dev bench";
const rows = [];

function figure(name, value, unit, target) {
  const [sign, limit] = target.split(" ");
  const good = sign === ">=" ? value >= Number(limit) : value <= Number(limit);
  rows.push({ name, value, unit, target, good });
  if (json) console.log(JSON.stringify({ name, value, unit, target, command }));
}

function start(data, ...more) {
  const begun = performance.now();
  const child = spawn(program, ["--data", data, "serve", "--port", "0", "--quiet", "--print-port", ...more], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("exit", code => reject(new Error(`the server ended with ${code}`)));
    child.stdout.on("data", text => {
      const port = /port (\d+)/.exec(String(text));
      if (port) resolve({ child, port: Number(port[1]), took: performance.now() - begun });
    });
  });
}

const stop = server => new Promise(done => {
  server.child.removeAllListeners("exit");
  server.child.on("exit", done);
  server.child.kill("SIGTERM");
});

/** One keep-alive connection that answers request after request. */
class Client {
  constructor(port) {
    this.port = port;
    this.buffer = "";
    this.socket = net.connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.setEncoding("latin1");
    this.socket.on("data", text => {
      this.buffer += text;
      const head = this.buffer.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(this.buffer.slice(0, head))?.[1] ?? 0);
      if (this.buffer.length < head + 4 + length) return;
      const answer = { status: Number(this.buffer.slice(9, 12)), head: this.buffer.slice(0, head), body: this.buffer.slice(head + 4, head + 4 + length) };
      this.buffer = this.buffer.slice(head + 4 + length);
      this.done(answer);
    });
  }
  send(method, path, headers, body = "") {
    return new Promise(resolve => {
      this.done = resolve;
      this.socket.write(`${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.port}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    });
  }
  close() {
    this.socket.destroy();
  }
}

async function signIn(port, name) {
  const client = new Client(port);
  const answer = await client.send("POST", "/api/session", "Content-Type: application/json\r\n", JSON.stringify({ login_name: name, password: "Taichung-sample-112" }));
  client.close();
  const cookie = /set-cookie: (mandate_session=[^;]+)/i.exec(answer.head)[1];
  return { headers: `Cookie: ${cookie}\r\nX-Form-Token: ${JSON.parse(answer.body).form_token}\r\nContent-Type: application/json\r\n` };
}

async function metrics(port) {
  const client = new Client(port);
  const { body } = await client.send("GET", "/metrics", "");
  client.close();
  return name => Number(new RegExp(`what="${name}"\\} ([0-9.e+]+)`).exec(body)[1]);
}

let runs = 0;
/** Creations a second by so many connections, each with one request in hand. */
function create(port, who, agency, clients, seconds) {
  runs += 1;
  const words = [port, clients, seconds, JSON.stringify(agency), `${process.pid}-${runs}`].map(String);
  return Number(execFileSync("build/release/bench/load", words, { input: who.headers, encoding: "utf8" }));
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];

const memoryOf = (pid, name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

/** One request whose body is made while it is sent; the answer's status. */
function sendLong(port, path, headers, bytes, piece) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, method: "PUT", path, headers: { ...headers, "Content-Length": bytes } }, response => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
    });
    request.on("error", reject);
    let left = bytes;
    const more = () => {
      while (left > 0) {
        const part = piece.subarray(0, Math.min(left, piece.length));
        left -= part.length;
        if (!request.write(part)) return void request.once("drain", more);
      }
      request.end();
    };
    more();
  });
}

try {
  // ---- a large upload
  if (wanted("upload")) {
    const server = await start(join(folder, "upload"), "--sample");
    const who = await signIn(server.port, "controller");
    const client = new Client(server.port);
    const duty = JSON.parse((await client.send("GET", "/api/duties?view=city&limit=1", who.headers)).body).rows[0].id;
    client.close();
    const headers = Object.fromEntries(who.headers.trim().split("\r\n").map(line => line.split(": ")));
    const lines = Buffer.from(`${randomBytes(48).toString("hex")}\n`.repeat(600));
    const path = name => `/api/attachments?record_kind=duty&record_id=${duty}&name=${name}.txt`;
    await sendLong(server.port, path("small"), headers, 10_000, lines); // what is loaded once
    writeFileSync(`/proc/${server.child.pid}/clear_refs`, "5"); // the peak begins anew
    const before = memoryOf(server.child.pid, "VmRSS");
    const status = await sendLong(server.port, path("large"), headers, 100 << 20, lines);
    if (status !== 200) throw new Error(`the upload was answered with ${status}`);
    figure("memory added by an upload of 100 MB", Number((memoryOf(server.child.pid, "VmHWM") - before).toFixed(1)), "MB", "<= 16");
    await stop(server);
  }
  // ---- live notices: a thousand windows of fifty people who all follow one duty
  if (wanted("live")) {
    const server = await start(join(folder, "live"), "--sample");
    const admin = await signIn(server.port, "admin");
    const controller = await signIn(server.port, "controller");
    const client = new Client(server.port);
    const ask = async (method, path, who, body) => {
      const answer = await client.send(method, path, who.headers, body === undefined ? "" : JSON.stringify(body));
      if (answer.status !== 200) throw new Error(`${method} ${path} was answered with ${answer.status}: ${answer.body}`);
      return JSON.parse(answer.body);
    };
    const duty = (await ask("GET", "/api/duties?view=city&limit=1", controller)).rows[0].id;
    const people = [];
    for (let i = 0; i < (quick ? 5 : 50); i += 1) {
      await ask("POST", "/api/accounts", admin, { login_name: `live-${i}`, display_name: `同仁 ${i}`, password: "Taichung-sample-112", grants: [{ role: "rdec_controller" }] });
      const person = await signIn(server.port, `live-${i}`);
      await ask("PUT", "/api/watch", person, { record_kind: "duty", record_id: duty, state: "watching" });
      people.push(person);
    }
    const before = memoryOf(server.child.pid, "VmRSS");
    const heard = new Map(); // when each window got the notice of this round
    const windows = [];
    for (const person of people) {
      for (let w = 0; w < 20; w += 1) {
        const at = windows.length;
        windows.push(new Promise((open, fail) => {
          const request = http.get({ host: "127.0.0.1", port: server.port, path: "/api/notices/stream", headers: { Cookie: /Cookie: ([^\r]+)/.exec(person.headers)[1] }, agent: false }, response => {
            response.setEncoding("utf8");
            response.on("data", text => {
              if (text.includes("event: notice")) heard.set(at, performance.now());
              open(request);
            });
          });
          request.on("error", fail);
        }));
      }
    }
    const open = await Promise.all(windows);
    figure(`memory a live connection, of ${open.length}`, Number((((memoryOf(server.child.pid, "VmRSS") - before) * 1024) / open.length).toFixed(1)), "kB", "<= 32");
    const waits = [];
    for (let round = 0; round < 6; round += 1) {
      heard.clear();
      const begun = performance.now();
      await ask("POST", "/api/comments", controller, { record_kind: "duty", record_id: duty, text: `第 ${round} 次`, mentions: [] });
      while (heard.size < open.length) {
        if (performance.now() - begun > 10_000) throw new Error(`${open.length - heard.size} of ${open.length} windows heard nothing`);
        await new Promise(done => setTimeout(done, 5));
      }
      if (round > 0) waits.push(...[...heard.values()].map(at => at - begun));
    }
    figure(`a notice at all of ${open.length} windows, median`, Number(median(waits).toFixed(1)), "ms", "<= 100");
    if (!json) console.log(`(the last of them: ${Math.round(Math.max(...waits))} ms)`);
    for (const one of open) one.destroy();
    client.close();
    await stop(server);
  }
  // ---- durable creations
  if (wanted("creations")) {
    const data = join(folder, "create");
    const bareData = join(folder, "bare");
    execFileSync(program, ["--data", bareData, "sample", "--duties", "1"], { stdio: ["ignore", "ignore", "inherit"] });
    const server = await start(data, "--sample");
    const who = await signIn(server.port, "controller");
    const client = new Client(server.port);
    const agencies = JSON.parse((await client.send("GET", "/api/agencies", who.headers)).body).rows;
    const agency = agencies.find(a => a.kind === "first_level").id;
    client.close();
    const slot = quick ? 1 : 3;
    const pairs = quick ? 3 : 7;
    const ratios = [];
    const ones = [];
    const many = [];
    const perDuty = [];
    const speedUps = [];
    create(server.port, who, agency, 4, 1);
    for (let i = 0; i < pairs; i += 1) {
      const bare = Number(execFileSync("build/release/bench/bare_commits", [join(bareData, "mandate.db"), String(slot)], { encoding: "utf8" }));
      const one = create(server.port, who, agency, 1, slot);
      const before = await metrics(server.port);
      const rate = create(server.port, who, agency, 32, slot);
      const after = await metrics(server.port);
      ratios.push(one / bare);
      ones.push(one);
      many.push(rate);
      speedUps.push(rate / one);
      perDuty.push((after("db_syncs") - before("db_syncs")) / (after("db_writes") - before("db_writes")));
    }
    figure("duty creations, 1 client, against bare commits", Number(median(ratios).toFixed(2)), "ratio", ">= 0.5");
    figure("duty creations, 32 clients, against 1 client", Number(median(speedUps).toFixed(1)), "ratio", ">= 6");
    figure("duty creations, 32 clients", Math.round(median(many)), "1/s", ">= 3000");
    figure("fsync a duty, 32 clients", Number(median(perDuty).toFixed(3)), "1", "<= 0.1");
    if (!json) console.log(`(1 client: ${Math.round(median(ones))}/s)`);
    await stop(server);
  }
  // ---- a million duties
  if (wanted("duties")) {
    const data = join(folder, "million");
    const count = quick ? 50_000 : 1_000_000;
    execFileSync(program, ["--data", data, "sample", "--duties", String(count)], { stdio: ["ignore", "ignore", "inherit"] });
    const starts = [];
    let server;
    for (let i = 0; i < 3; i += 1) {
      if (server) await stop(server);
      server = await start(data);
      starts.push(server.took);
    }
    figure(`start-up with ${count} duties`, Number((median(starts) / 1000).toFixed(2)), "s", "<= 1");
    for (const [name, view] of [["controller", "city"], ["liaison", "agency"], ["handler", "unit"]]) {
      const who = await signIn(server.port, name);
      const client = new Client(server.port);
      const times = [];
      for (let i = 0; i < (quick ? 200 : 1000); i += 1) {
        const begun = performance.now();
        const answer = await client.send("GET", `/api/duties?view=${view}`, who.headers);
        times.push(performance.now() - begun);
        if (answer.status !== 200) throw new Error(`the worklist answered ${answer.status}`);
      }
      client.close();
      figure(`worklist first page, ${view} view, p99`, Number(quantile(times, 0.99).toFixed(1)), "ms", "<= 20");
    }
    const read = await metrics(server.port);
    figure(`memory with ${count} duties`, Math.round(read("resident_bytes") / 1e6), "MB", "<= 200");
    await searchFigures({ figure, Client, signIn, quantile, median, port: server.port, quick, json });
    const took = [];
    for (let i = 0; i < 3; i += 1) took.push(Number(/in (\d+) ms/.exec(execFileSync(program, ["--data", data, "sample", "--mails", "10000"], { encoding: "utf8" }))[1]));
    figure("10,000 reminders queued", Number((median(took) / 1000).toFixed(2)), "s", "<= 5");
    await stop(server);
  }
  if (wanted("facts")) await factsFigures({ figure, start, stop, metrics, signIn, Client, folder, quick, program });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (!json) {
  console.log("\n| figure | value | unit | target | |\n| --- | ---: | --- | --- | --- |");
  for (const r of rows) console.log(`| ${r.name} | ${r.value} | ${r.unit} | ${r.target} | ${r.good ? "ok" : "MISSED"} |`);
}
process.exitCode = rows.every(r => r.good) ? 0 : 1;
