// docs/acceptance.md speaks of tests that exist: each id in its second column stands in the title of a test, or names a file.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, planted, report } from "./support.mjs";

export function acceptanceFaults(root) {
  const faults = [];
  const file = join(root, "docs/acceptance.md");
  if (!existsSync(file)) return ["docs/acceptance.md is missing"];
  const sources = ["src", "tests", "web/src", "web/scripts", "bench", "tools"].filter(f => existsSync(join(root, f))).flatMap(f => filesBelow(join(root, f), /\.(cpp|mjs|ts|tsx)$|^[a-z-]+$/));
  const titles = new Set();
  for (const source of sources) {
    for (const [, , title] of readFileSync(source, "utf8").matchAll(/(?:TEST_CASE|test|it|describe)(?:\.\w+(?:\([^)]*\))?)?\(\s*(["'`])((?:(?!\1).)+)\1/g)) titles.add(title);
  }
  // A title with ${values} in it stands for every title that it can make.
  const made = [...titles].filter(t => t.includes("${")).map(t => new RegExp("^" + t.split(/\$\{[^}]*\}/).map(p => p.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*") + "$"));
  readFileSync(file, "utf8").split("\n").forEach((line, index) => {
    if (!line.startsWith("|") || /^\|\s*(-|requirement)/.test(line)) return;
    const cells = line.split("|").slice(1, -1).map(c => c.trim());
    if (cells.length !== 4) return void faults.push(`docs/acceptance.md:${index + 1}: four columns are wanted`);
    const [, tests, , state] = cells;
    if (!["done", "partly", "not yet"].includes(state)) faults.push(`docs/acceptance.md:${index + 1}: the state is done, partly or not yet`);
    if (state === "done" && tests === "") faults.push(`docs/acceptance.md:${index + 1}: done, by which test?`);
    for (const [, id] of tests.matchAll(/`([^`]+)`/g)) {
      const known = titles.has(id) || made.some(t => t.test(id)) || existsSync(join(root, id)) || id.startsWith("./");
      if (!known) faults.push(`docs/acceptance.md:${index + 1}: there is no test or file "${id}"`);
    }
  });
  return faults;
}

report(import.meta.url, acceptanceFaults, plant =>
  planted(plant, { "docs/acceptance.md": "| requirement | test | screen | state |\n| --- | --- | --- | --- |\n| a | `no such test` | - | done |\n", "tests/a.mjs": "" }),
);
