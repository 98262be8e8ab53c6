// Migrations only grow: a file that has been released keeps its bytes. tests/guards/migrations.lock holds the checksum of each; a new file is added to it.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { filesBelow, planted, report } from "./support.mjs";

export function migrationFaults(root) {
  const faults = [];
  const lock = new Map();
  const lockFile = join(root, "tests/guards/migrations.lock");
  if (existsSync(lockFile)) {
    for (const line of readFileSync(lockFile, "utf8").split("\n").filter(Boolean)) {
      const [sum, path] = line.split("  ");
      lock.set(path, sum);
    }
  }
  const seen = new Set();
  for (const file of filesBelow(join(root, "src"), /\.sql$/)) {
    const path = relative(root, file);
    seen.add(path);
    const sum = createHash("sha256").update(readFileSync(file)).digest("hex");
    if (!/migrations\/\d{4}_[a-z_]+\.sql$/.test(path)) faults.push(`${path}: migrations are named 0001_what.sql`);
    if (!lock.has(path)) faults.push(`${path}: add to tests/guards/migrations.lock: ${sum}  ${path}`);
    else if (lock.get(path) !== sum) faults.push(`${path}: changed after it was locked; write a new migration`);
  }
  for (const path of lock.keys()) if (!seen.has(path)) faults.push(`${path}: locked, but gone`);
  return faults;
}

report(import.meta.url, migrationFaults, plant =>
  planted(plant, { "src/a/migrations/0001_a.sql": "CREATE TABLE a (id INT);", "tests/guards/migrations.lock": "00  src/a/migrations/0001_a.sql\n" }),
);
