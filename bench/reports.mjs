// A million duties as CSV, ODS and XLSX: the memory that it takes beyond the server's own, and how long. The reader is as quick as it can be, then slow.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const json = process.argv.includes("--json");
const quick = process.argv.includes("--quick");
const program = process.env.MANDATE_BIN ?? "build/release/mandate";
const count = quick ? 50_000 : 1_000_000;
const folder = mkdtempSync(join(tmpdir(), "mandate-bench-reports-"));
const rows = [];

function figure(name, value, unit, target) {
  const [sign, limit] = (target ?? "").split(" ");
  const good = target === undefined || (sign === ">=" ? value >= Number(limit) : value <= Number(limit));
  rows.push({ name, value, unit, target: target ?? "", good });
  if (json) console.log(JSON.stringify({ name, value, unit, target, command: "node bench/reports.mjs" }));
}

const memory = (pid, what) => Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

function ask(port, path, headers, take) {
  return new Promise((done, fail) => {
    const request = http.get({ host: "127.0.0.1", port, path, headers, agent: false }, response => {
      if (response.statusCode !== 200) return fail(new Error(`${path} was answered with ${response.statusCode}`));
      response.on("data", piece => take(piece, response));
      response.on("aborted", () => fail(new Error(`${path} was broken off`)));
      response.on("end", () => done());
    });
    request.on("error", fail);
  });
}

let child;
try {
  execFileSync(program, ["--data", folder, "sample", "--duties", String(count)], { stdio: ["ignore", "ignore", "inherit"] });
  child = spawn(program, ["--data", folder, "serve", "--port", "0", "--quiet", "--print-port"], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise((done, fail) => {
    child.on("exit", code => fail(new Error(`the server ended with ${code}`)));
    child.stdout.on("data", text => {
      const found = /port (\d+)/.exec(String(text));
      if (found) done(Number(found[1]));
    });
  });
  const cookie = await new Promise((done, fail) => {
    const body = JSON.stringify({ login_name: "rdec-head", password: "Taichung-sample-112" });
    const request = http.request({ host: "127.0.0.1", port, path: "/api/session", method: "POST", headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) } }, response => {
      response.resume();
      response.on("end", () => done(response.headers["set-cookie"][0].split(";")[0]));
    });
    request.on("error", fail);
    request.end(body);
  });
  const headers = { Cookie: cookie };
  // What the server needs for itself: the columns of its statistics, which are read in the background after the start, and one page of the list.
  for (let ready = false; !ready; ) {
    let text = "";
    await ask(port, "/api/statistic-datasets", headers, piece => (text += piece));
    ready = JSON.parse(text).rows.every(row => row.ready);
    if (!ready) await new Promise(done => setTimeout(done, 200));
  }
  await ask(port, "/api/duties?view=city&state=all&limit=200", headers, () => undefined);
  for (const format of ["csv", "ods", "xlsx"]) {
    writeFileSync(`/proc/${child.pid}/clear_refs`, "5"); // the highest mark starts anew
    const before = memory(child.pid, "VmRSS");
    let lines = 0;
    let bytes = 0;
    const begun = performance.now();
    await ask(port, `/api/lists/duties/file?format=${format}&filter=${encodeURIComponent("view=city&state=all")}`, headers, piece => {
      bytes += piece.length;
      if (format === "csv") for (const byte of piece) if (byte === 10) lines += 1;
    });
    const took = (performance.now() - begun) / 1000;
    if (format === "csv" && lines - 1 < count) throw new Error(`${lines - 1} rows came instead of ${count}`);
    const label = { csv: "CSV", ods: "ODS", xlsx: "XLSX" }[format];
    figure(`memory added by ${label} of ${count.toLocaleString("en")} rows`, Number((memory(child.pid, "VmHWM") - before).toFixed(1)), "MB", "<= 64");
    figure(`${label} of ${count.toLocaleString("en")} rows`, Number(took.toFixed(1)), "s");
    figure(`size of that ${label}`, Number((bytes / (1 << 20)).toFixed(1)), "MB");
  }
  // Twenty slow readers at once: none holds more than a piece.
  writeFileSync(`/proc/${child.pid}/clear_refs`, "5");
  const before = memory(child.pid, "VmRSS");
  const slow = Array.from({ length: 20 }, () => new Promise((done, fail) => {
    const request = http.get({ host: "127.0.0.1", port, path: "/api/lists/duties/file?format=ods&filter=view%3Dcity%26state%3Dall", headers, agent: false }, response => {
      response.pause();
      setTimeout(() => {
        request.destroy();
        done();
      }, 5_000);
    });
    request.on("error", error => (error.code === "ECONNRESET" ? done() : fail(error)));
  }));
  await Promise.all(slow);
  figure("memory a slow reader of an export, of 20", Number(((memory(child.pid, "VmHWM") - before) / 20).toFixed(2)), "MB", "<= 4");
} finally {
  if (child) {
    child.removeAllListeners("exit");
    const gone = new Promise(done => child.on("exit", done));
    child.kill("SIGTERM");
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}

if (!json) for (const row of rows) console.log(`${row.good ? "ok  " : "MISS"} ${row.name}: ${row.value} ${row.unit} ${row.target}`);
process.exit(rows.every(row => row.good) ? 0 : 1);
