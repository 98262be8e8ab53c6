// What the behaviour tests share: servers of one city, clients that alternate between them, raw sockets, temporary folders.
import { execFile, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const bin = resolve(root, process.env.MANDATE_BIN ?? "build/release/mandate");
export const backend = process.env.MANDATE_BACKEND ?? "sqlite";
export const sqlite = backend === "sqlite";
export const password = "Taichung-sample-112";
export const start_at = "2026-11-24T02:00:00Z"; // 10 in the morning of a Tuesday in Taipei
export const today = "2026-11-24";

// ---- folders and processes: each removed or ended by whoever made it, by its own id

const folders = new Set();
const children = new Set();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function tempFolder(name = "city") {
  const folder = mkdtempSync(join(process.env.MANDATE_TEST_FOLDER ?? tmpdir(), `mandate-${name}-`));
  folders.add(folder);
  return folder;
}
export function removeFolder(folder) {
  folders.delete(folder);
  rmSync(folder, { recursive: true, force: true });
}
export const sleep = milliseconds => new Promise(done => setTimeout(done, milliseconds));

/** Runs the program to its end: { code, out, err, ms }. */
export function mandate(args, { timeout = 120_000, input } = {}) {
  const began = Date.now();
  return new Promise(done => {
    const child = execFile(bin, args, { timeout, maxBuffer: 256 << 20, cwd: tmpdir() }, (error, out, err) =>
      done({ code: error ? (typeof error.code === "number" ? error.code : -1) : 0, out, err, ms: Date.now() - began }),
    );
    if (input !== undefined) child.stdin.end(input);
  });
}

function run(program, args) {
  return new Promise((done, fail) => execFile(program, args, (error, out, err) => (error ? fail(new Error(`${program} ${args.join(" ")}: ${err}`)) : done(out))));
}

// ---- databases

const psql = existsSync("/usr/lib/postgresql/15/bin/psql") ? "/usr/lib/postgresql/15/bin/psql" : "psql";
export const sql = (database, text) => run(psql, ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", `${process.env.MANDATE_TEST_POSTGRES}/${database}`, "-c", text]);

export async function makeDatabase(template) {
  const name = `city_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
  await sql("postgres", template ? `CREATE DATABASE ${name} TEMPLATE ${template}` : `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`);
  return name;
}
export const databaseUrl = name => `${process.env.MANDATE_TEST_POSTGRES}/${name}`;

// ---- one server

export class Server {
  constructor(args, wrapper) {
    this.command = [...(wrapper ?? []), bin, "serve", ...args];
    this.out = "";
    this.err = "";
  }
  async start() {
    this.child = spawn(this.command[0], this.command.slice(1), { stdio: ["ignore", "pipe", "pipe"], cwd: tmpdir() });
    const child = this.child;
    children.add(child);
    this.exited = new Promise(done =>
      child.on("exit", (code, signal) => {
        children.delete(child);
        this.code = code;
        this.signal = signal;
        done(code);
      }),
    );
    child.stderr.on("data", bytes => (this.err += bytes));
    await new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`the server did not start: ${this.err}`)), 120_000);
      child.stdout.on("data", bytes => {
        this.out += bytes;
        const found = /^port (\d+)$/m.exec(this.out);
        if (!found) return;
        clearTimeout(timer);
        this.port = Number(found[1]);
        done();
      });
      child.on("exit", code => {
        clearTimeout(timer);
        fail(new Error(`the server ended with ${code}: ${this.err}`));
      });
      child.on("error", fail);
    });
    return this;
  }
  get running() {
    return this.child && this.child.exitCode === null && this.child.signalCode === null;
  }
  async stop(signal = "SIGTERM") {
    if (this.running) this.child.kill(signal);
    await this.exited;
    return this.code;
  }
}

// ---- a city: one server on SQLite, two on PostgreSQL

export class City {
  constructor() {
    this.servers = [];
    this.folders = [];
    this.turn = 0;
    this.sessions = new Map();
    this.clock = start_at;
  }
  /** The arguments that name the city's data to a command. */
  get where() {
    // The clock counts where no server runs the command: on PostgreSQL, and while nobody serves.
    const args = ["--data", this.folders[0], ...(this.fake ? ["--fake-clock", this.clock] : [])];
    return this.database ? [...args, "--database", databaseUrl(this.database)] : args;
  }
  argsOf(index) {
    const args = ["--port", "0", "--print-port", "--quiet", "--web", join(root, "web"), "--data", this.folders[index]];
    if (this.fake) args.push("--fake-clock", this.clock);
    // The servers of one database share its uploaded files too.
    if (this.database) args.push("--database", databaseUrl(this.database), "--files", this.files);
    return [...args, ...(this.extra ?? [])];
  }
  get files() {
    return join(this.folders[0], "files");
  }
  async startServer(index) {
    this.servers[index] = await new Server(this.argsOf(index), this.wrapper).start();
    return this.servers[index];
  }
  async start() {
    for (let i = 0; i < this.folders.length; ++i) {
      await this.startServer(i);
      // The servers of one database share its keys: what one signed and sealed, the other must be able to check and open.
      if (i === 0 && this.folders.length > 1 && !existsSync(join(this.folders[1], "keys"))) cpSync(join(this.folders[0], "keys"), join(this.folders[1], "keys"), { recursive: true });
    }
    return this;
  }
  port(index = this.turn++) {
    const running = this.servers.filter(server => server?.running);
    return running[index % running.length].port;
  }
  async setClock(now) {
    this.clock = now;
    this.sessions.clear();
    for (const server of this.servers) {
      const answer = await send(server.port, "POST", "/api/test-clock", { "Content-Type": "application/json" }, JSON.stringify({ now }));
      if (answer.status !== 200) throw new Error(`the clock was not set: ${answer.text}`);
    }
  }
  client(options) {
    return new Client(this, options);
  }
  async signIn(login, secret = password, options = {}) {
    const client = this.client(options);
    must(await client.signIn(login, secret));
    return client;
  }
  /** A signed-in client for this account, the same one each time until the clock is set. */
  as(login, secret = password) {
    if (!this.sessions.has(login)) this.sessions.set(login, this.signIn(login, secret));
    return this.sessions.get(login);
  }
  async stop(signal) {
    const codes = await Promise.all(this.servers.filter(Boolean).map(server => server.stop(signal)));
    agent.destroy();
    return codes;
  }
  errors() {
    return this.servers.filter(Boolean).map(server => server.err).join("");
  }
  /** Ends the city of a test file: clean exits, and an audit log that still holds. */
  async finish() {
    const codes = await this.stop();
    const checked = await mandate(["audit", "verify", ...this.where]);
    for (const folder of this.folders) removeFolder(folder);
    const faults = [];
    if (codes.some(code => code !== 0)) faults.push(`exit codes ${codes}: ${this.errors()}`);
    if (checked.code !== 0 || !/^good: /m.test(checked.out)) faults.push(`audit verify: ${checked.out}${checked.err}`);
    if (this.database) await sql("postgres", `DROP DATABASE IF EXISTS ${this.database}`);
    // A server has nothing to complain of while its requests are only refused; a test that provokes a complaint says so.
    if (!this.may_complain && this.errors() !== "") faults.push(`the log holds: ${this.errors().slice(0, 4000)}`);
    if (faults.length > 0) throw new Error(faults.join("\n"));
  }
}

/** sample: a copy of the sample city that was made once for all files; else an empty database. */
export async function startCity({ sample = true, clock = start_at, fake = true, extra = [], servers = sqlite ? 1 : 2, start = true } = {}) {
  const city = new City();
  city.clock = clock;
  city.fake = fake;
  city.extra = extra;
  for (let i = 0; i < servers; ++i) city.folders.push(tempFolder());
  const from = process.env.MANDATE_TEST_SAMPLE;
  if (sample) {
    for (const folder of city.folders) {
      if (sqlite) cpSync(from, folder, { recursive: true });
      else cpSync(join(from, "keys"), join(folder, "keys"), { recursive: true });
    }
  }
  if (!sqlite) city.database = await makeDatabase(sample ? process.env.MANDATE_TEST_TEMPLATE : undefined);
  if (start) await city.start();
  return city;
}

/** Events in the log, once all that follows from what was done so far has been done and every event has its position. */
export async function eventCount(city) {
  const answer = await send(city.port(0), "POST", "/api/test-clock", { "Content-Type": "application/json" }, JSON.stringify({ now: city.clock }));
  if (answer.status !== 200) throw new Error(`the clock was not set: ${answer.text}`);
  return (await (await city.as("admin")).read("/api/audit-status")).size;
}

// ---- requests

export const agent = new http.Agent({ keepAlive: true, maxSockets: 96 });

/** One request: { status, headers, text, body }, body being the JSON when it is some. */
export function send(port, method, path, headers = {}, body = undefined, options = {}) {
  const bytes = body === undefined ? undefined : Buffer.from(body);
  return new Promise((done, fail) => {
    const request = http.request(
      { host: "127.0.0.1", port, method, path, agent: options.agent ?? agent, headers: { ...headers, ...(bytes ? { "Content-Length": bytes.length } : {}) } },
      response => {
        const parts = [];
        response.on("data", part => parts.push(part));
        response.on("error", fail);
        response.on("end", () => {
          const raw = Buffer.concat(parts);
          const text = raw.toString("utf8");
          let json;
          if (/json/.test(response.headers["content-type"] ?? "") && !response.headers["content-encoding"]) {
            try {
              json = JSON.parse(text);
            } catch {
              json = undefined;
            }
          }
          done({ status: response.statusCode, headers: response.headers, rawHeaders: response.rawHeaders, raw, text, body: json, method, path });
        });
      },
    );
    request.on("error", error => {
      // The server let go of an idle connection at the moment we used it: not an answer, and nothing was run.
      if (request.reusedSocket && error.code === "ECONNRESET" && !options.once) send(port, method, path, headers, body, options).then(done, fail);
      else fail(error);
    });
    request.end(bytes);
  });
}

export function must(answer, status = 200) {
  if (answer.status !== status) throw new Error(`${answer.method} ${answer.path}: ${answer.status} instead of ${status}: ${answer.text.slice(0, 600)}`);
  return answer.body;
}

export class Client {
  constructor(city, { language = "zh-TW", index } = {}) {
    this.city = city;
    this.language = language;
    this.index = index; // always this server; else in turn
  }
  async signIn(login, secret, code) {
    const answer = await this.call("POST", "/api/session", { login_name: login, password: secret, code }, { key: null });
    if (answer.status === 200) {
      this.cookie = /^mandate_session=[^;]+/.exec(answer.headers["set-cookie"][0])[0];
      this.form_token = answer.body.form_token;
      this.session = answer.body;
    }
    return answer;
  }
  withToken(token) {
    this.token = token;
    return this;
  }
  headers(method, { key, headers = {}, json = false } = {}) {
    const all = { "Accept-Language": this.language };
    if (this.cookie) all.Cookie = this.cookie;
    if (this.token) all.Authorization = `Bearer ${this.token}`;
    if (method !== "GET" && method !== "HEAD") {
      if (this.form_token) all["X-Form-Token"] = this.form_token;
      if (key !== null) all["Idempotency-Key"] = key ?? randomUUID();
    }
    if (json) all["Content-Type"] = "application/json";
    for (const [name, value] of Object.entries(headers)) {
      if (value === null) delete all[name];
      else all[name] = value;
    }
    return all;
  }
  call(method, path, body, options = {}) {
    const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    const port = options.port ?? this.city.port(this.index);
    return send(port, method, path, this.headers(method, { ...options, json: text !== undefined }), text, options);
  }
  get(path, options) {
    return this.call("GET", path, undefined, options);
  }
  post(path, body = {}, options) {
    return this.call("POST", path, body, options);
  }
  put(path, body = {}, options) {
    return this.call("PUT", path, body, options);
  }
  remove(path, options) {
    return this.call("DELETE", path, undefined, options);
  }
  async read(path) {
    return must(await this.get(path));
  }
  async do(path, body = {}, options) {
    return must(await this.post(path, body, options));
  }
}

/** The code that an authenticator shows at that moment (RFC 6238). */
export function totp(secret, at, steps = 0) {
  const bits = [...secret].map(sign => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.parse(at) / 30_000) + steps));
  const mac = createHmac("sha1", key).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** Bytes as they are; collects what comes back until the peer closes or `wait` ms pass without that. */
export function rawRequest(port, bytes, { wait = 3000, half_close = false, pause = 0, on_data } = {}) {
  return new Promise(done => {
    const began = Date.now();
    const parts = Array.isArray(bytes) ? bytes : [bytes];
    let text = "";
    const socket = net.connect(port, "127.0.0.1");
    const finish = closed => {
      clearTimeout(timer);
      socket.destroy();
      done({ text, closed, ms: Date.now() - began, statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(found => Number(found[1])) });
    };
    const timer = setTimeout(() => finish(false), wait);
    socket.on("connect", async () => {
      for (const part of parts) {
        if (socket.destroyed) break;
        socket.write(typeof part === "string" ? Buffer.from(part, "latin1") : part);
        if (pause) await sleep(pause);
      }
      if (half_close) socket.end();
    });
    socket.on("data", part => {
      text += part.toString("latin1");
      on_data?.();
    });
    socket.on("close", () => finish(true));
    socket.on("error", () => undefined);
  });
}

/** Runs `job` over the items, a few at a time. */
export async function inParallel(items, width, job) {
  const queue = [...items.entries()];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await job(next[1], next[0]);
    }),
  );
}

// ---- facts of the sample city

export async function openapi(city) {
  const document = must(await city.client().get("/api/openapi.json"));
  const operations = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      operations.push({ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, permission: operation["x-permission"], mutating: method !== "get", stream: "text/event-stream" in (operation.responses["200"].content ?? {}), operation });
    }
  }
  return operations.filter(one => one.path !== "/api/test-clock");
}

export async function agencies(city) {
  const rows = (await (await city.as("controller")).read("/api/agencies")).rows;
  const named = name => rows.find(row => row.name.endsWith(name));
  return { rows, rdec: named("研究發展考核委員會"), construction: named("建設局"), transport: named("交通局"), water: named("水利局") };
}

export function newDuty(agency_id, more = {}) {
  return { title: "檢討路燈維護契約", origin: "own", agency_id, due_on: "2026-12-15", ...more };
}

/** Asks the statistics, and asks again while the figures are being read at the start. */
export async function figures(client, parameters) {
  for (let i = 0; i < 200; ++i) {
    const answer = await client.get(`/api/statistics?${new URLSearchParams(parameters)}`);
    if (answer.status !== 503) return must(answer);
    if (answer.body.key !== "facts.being_read") throw new Error(`the figures are not being read, but: ${answer.body.key}`);
    await sleep(50);
  }
  throw new Error("the figures did not come");
}

export const gauge = async (port, name) => {
  const text = (await send(port, "GET", "/metrics")).text;
  return Number(new RegExp(`mandate_state\\{what="${name}"\\} (\\S+)`).exec(text)[1]);
};

/** Every row of a paged list. */
export async function allRows(client, path) {
  const rows = [];
  const pages = [];
  let cursor;
  do {
    const page = await client.read(`${path}${path.includes("?") ? "&" : "?"}${cursor ? `cursor=${encodeURIComponent(cursor)}&` : ""}limit=200`);
    rows.push(...page.rows);
    pages.push(page);
    cursor = page.next;
  } while (cursor);
  return rows;
}

export function parseCsv(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  const body = text.replace(/^\uFEFF/, "");
  for (let i = 0; i < body.length; ++i) {
    const c = body[i];
    if (quoted) {
      if (c === '"' && body[i + 1] === '"') {
        cell += '"';
        ++i;
      } else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ",") {
      row.push(cell);
      cell = "";
    } else if (c === "\n" || c === "\r") {
      if (c === "\r" && body[i + 1] === "\n") ++i;
      row.push(cell);
      rows.push(row);
      row = [];
      cell = "";
    } else cell += c;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}

export function ensureFolder(path) {
  mkdirSync(path, { recursive: true });
  return path;
}

/** A stream of server-sent events: { events: [{ id, event, data }], until(test), close() }. */
export async function openStream(client, path, { headers = {}, index = 0 } = {}) {
  const stream = { events: [], status: 0, ended: false };
  const waiting = new Set();
  const check = () => waiting.forEach(one => one());
  await new Promise((done, fail) => {
    const request = http.get({ port: client.city.port(index), host: "127.0.0.1", path, headers: client.headers("GET", { headers }), agent: false }, answer => {
      stream.status = answer.statusCode;
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", piece => {
        text += piece;
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          const fields = Object.fromEntries(text.slice(0, end).split("\n").map(line => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
          text = text.slice(end + 2);
          if (fields.event) stream.events.push({ id: fields.id === undefined ? null : Number(fields.id), event: fields.event, data: JSON.parse(fields.data), at: Date.now() });
        }
        check();
      });
      answer.on("close", () => {
        stream.ended = true;
        check();
      });
      done();
    });
    request.on("error", error => (stream.status ? undefined : fail(error)));
    stream.close = () => request.destroy();
  });
  /** Waits until the test holds for the events so far; throws after a while. */
  stream.until = async (test, what = "the event", wait = 8000) => {
    if (test(stream.events)) return;
    await new Promise((done, fail) => {
      const timer = setTimeout(() => {
        waiting.delete(again);
        fail(new Error(`${what} did not come; came: ${JSON.stringify(stream.events).slice(0, 800)}`));
      }, wait);
      const again = () => {
        if (!test(stream.events)) return;
        clearTimeout(timer);
        waiting.delete(again);
        done();
      };
      waiting.add(again);
    });
  };
  return stream;
}
