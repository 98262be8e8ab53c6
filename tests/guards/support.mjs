// What the guards share: walking a tree, planting a violation, saying what is wrong.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export function filesBelow(folder, pattern) {
  const found = [];
  for (const name of readdirSync(folder).sort()) {
    if (name === "node_modules" || name === "build" || name === "dist" || name === ".git") continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) found.push(...filesBelow(path, pattern));
    else if (pattern.test(name)) found.push(path);
  }
  return found;
}

export function planted(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** `node guard.mjs ROOT` fails on faults; `node guard.mjs --plant` fails when a planted violation goes unseen. */
export function report(url, faultsOf, plant) {
  if (process.argv[1] !== fileURLToPath(url)) return;
  if (process.argv[2] === "--plant") {
    const folder = mkdtempSync(join(tmpdir(), "mandate-guard-"));
    try {
      plant(folder);
      const faults = faultsOf(folder);
      console.log(faults.join("\n"));
      process.exitCode = faults.length > 0 ? 0 : 1;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return;
  }
  const faults = faultsOf(process.argv[2] ?? ".");
  for (const fault of faults) console.log(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
