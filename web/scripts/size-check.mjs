// Holds the weight of what a browser must load, in gzip bytes, from the build's manifest.
//   node scripts/size-check.mjs              fails when something is over its limit
//   node scripts/size-check.mjs --self-test  lowers the limits and fails unless that is noticed
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const kB = 1000;
export const limits = { home: 180 * kB, route: 40 * kB, piece: 40 * kB, public: 25 * kB };

const gzipped = new Map();
function weigh(path) {
  if (!gzipped.has(path)) gzipped.set(path, gzipSync(readFileSync(path), { level: 9 }).length);
  return gzipped.get(path);
}

/** All chunks that come with one, by static imports. */
function closure(manifest, key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of manifest[key].imports ?? []) closure(manifest, next, found);
  return found;
}

export function measure() {
  const manifest = JSON.parse(readFileSync(here("dist/manifest.json"), "utf8"));
  const size = (keys) => [...keys].reduce((sum, key) => sum + weigh(here(`dist/${manifest[key].file}`)), 0);
  const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
  const home = closure(manifest, entry);
  // One language is loaded before anything is drawn; the heavier of the two counts.
  const words = ["src/i18n/zh.ts", "src/i18n/en.ts"].filter((key) => manifest[key]);
  const language = Math.max(...words.map((key) => size([key])));
  const rows = [{ name: "home page after sign-in", bytes: size(home) + language, limit: "home" }];
  for (const key of Object.keys(manifest)) {
    if (!manifest[key].isDynamicEntry || words.includes(key)) continue;
    const more = [...closure(manifest, key)].filter((each) => !home.has(each));
    rows.push({ name: key.replace(/^src\//, "").replace(/\.tsx?$/, ""), bytes: size(more), limit: /_page\.tsx$/.test(key) ? "route" : "piece" });
  }
  const shared = readdirSync(here("public")).filter((name) => /\.(css|js)$/.test(name));
  rows.push({ name: `public pages (${shared.join(" + ")})`, bytes: shared.reduce((sum, name) => sum + weigh(here(`public/${name}`)), 0), limit: "public" });
  return rows;
}

function over(rows, scale) {
  return rows.filter((row) => row.bytes > limits[row.limit] * scale);
}

if (!existsSync(here("dist/manifest.json"))) {
  console.error("size-check: no build; run `npm run build` first");
  process.exit(2);
}
const rows = measure();
if (process.argv.includes("--self-test")) {
  const kinds = new Set(over(rows, 0.001).map((row) => row.limit));
  const all = ["home", "route", "piece", "public"].every((kind) => kinds.has(kind));
  console.log(all ? "size-check self-test: lowered limits are noticed" : "size-check self-test: a lowered limit went unnoticed");
  process.exit(all ? 0 : 1);
}
for (const row of rows.sort((a, b) => b.bytes - a.bytes)) {
  const limit = limits[row.limit];
  console.log(`${(row.bytes / kB).toFixed(1).padStart(7)} kB of ${String(limit / kB).padStart(3)}  ${row.bytes > limit ? "OVER " : ""}${row.name}`);
}
const bad = over(rows, 1);
if (bad.length > 0) {
  console.error(`size-check: ${bad.length} over the limit`);
  process.exit(1);
}
