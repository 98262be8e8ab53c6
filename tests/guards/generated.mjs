// Generated files are current: docs/openapi.json and the web client's types say what the routes say. Needs a built program.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { planted, report } from "./support.mjs";

export function generatedFaults(root) {
  const committed = readFileSync(join(root, "docs/openapi.json"), "utf8");
  const program = ["release", "sanitize", "debug"].map(p => join("build", p, "mandate")).find(existsSync);
  if (!program) return ["no program is built: ./dev build"];
  const printed = execFileSync(program, ["openapi"], { encoding: "utf8", maxBuffer: 1 << 28 });
  return committed.trim() === printed.trim() ? [] : ["docs/openapi.json is not what the routes say: ./dev gen"];
}

report(import.meta.url, generatedFaults, plant => planted(plant, { "docs/openapi.json": "{}" }));
