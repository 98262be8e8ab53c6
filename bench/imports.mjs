// A million rows as a CSV brought in as duties, and the same file a second time: seconds, rows a second, and the memory it takes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const json = process.argv.includes("--json");
const count = process.argv.includes("--quick") ? 20_000 : 1_000_000;
const program = "build/release/mandate";
const folder = mkdtempSync(join(tmpdir(), "mandate-bench-imports-"));
const rows = [];

function figure(name, value, unit, target) {
  const [sign, limit] = target === null ? [] : target.split(" ");
  rows.push({ name, value, unit, target, good: target === null || (sign === ">=" ? value >= Number(limit) : value <= Number(limit)) });
  if (json) console.log(JSON.stringify({ name, value, unit, target, command: "./dev bench" }));
}

/** Runs a command and samples its memory on the way. */
async function run(...args) {
  const begun = performance.now();
  const child = spawn(program, ["--data", join(folder, "city"), ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", text => (out += text));
  let most = 0;
  const watch = setInterval(() => {
    try {
      most = Math.max(most, Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) / 1024);
    } catch { /* it has ended */ }
  }, 100);
  const [code] = await once(child, "exit");
  clearInterval(watch);
  if (code !== 0) throw new Error(`mandate ${args[0]} ended with ${code}: ${out}`);
  return { out, seconds: (performance.now() - begun) / 1000, memory: most };
}

try {
  const file = join(folder, "rows.csv");
  const to = createWriteStream(file);
  to.write("事項名稱,承辦機關,期限,外部編號,說明,行政區\n");
  const agencies = ["建設局", "交通局", "水利局", "社會局", "民政局", "教育局"];
  for (let i = 0; i < count; ++i) {
    if (!to.write(`道路改善工程第${i}案,${agencies[i % 6]},11${2 + (i % 5)}/${1 + (i % 12)}/${1 + (i % 28)},M-${i},中山路${i % 900}號周邊,豐原區\n`)) await once(to, "drain");
  }
  to.end();
  await once(to, "finish");
  await run("sample");
  const small = await run("status");
  const first = await run("import", "duties", file, "--json");
  const made = JSON.parse(first.out).progress;
  if (made.created !== count) throw new Error(`only ${made.created} of ${count} rows were loaded`);
  const rowsSaid = `${count.toLocaleString("en")} rows`;
  figure(`${rowsSaid} of a CSV checked and loaded as duties`, Math.round(count / first.seconds), "rows/s", null);
  figure(`memory added by that import`, Number((first.memory - small.memory).toFixed(1)), "MB", "<= 200");
  const second = await run("import", "duties", file, "--json");
  if (JSON.parse(second.out).progress.same !== count) throw new Error("the second import of the same file changed something");
  figure(`the same ${rowsSaid} a second time`, Math.round(count / second.seconds), "rows/s", null);
  if (!json) for (const row of rows) console.log(`${row.good ? "met   " : "MISSED"} ${row.name}: ${row.value} ${row.unit}${row.target ? ` (${row.target})` : ""}`);
  if (rows.some(row => !row.good)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
