// Every translation key that the code says is a message of some module, and a module's message has both languages (the type demands that); no key is
// left that nothing says. Chinese on screens writes 臺, not 台.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, planted, report } from "./support.mjs";

const row = /\{"([a-z0-9_]+(?:\.[a-z0-9_]+)+)",\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\}/g;
const said = /(?:fault\(FaultKind::\w+,\s*|field_fault\([^;]*?,\s*|add_fault\([^;]*?,\s*|\bt\(|i18n::text\()"([a-z0-9_]+(?:\.[a-z0-9_]+)+)"/g;

export function messageFaults(root) {
  const faults = [];
  const known = new Set();
  const files = filesBelow(join(root, "src"), /\.(cpp|hpp)$/).filter(f => !f.endsWith("_test.cpp"));
  for (const file of files) {
    if (!/messages?\.cpp$/.test(file) && !/service\.cpp$/.test(file)) continue;
    for (const [, key, zh, en] of readFileSync(file, "utf8").matchAll(row)) {
      known.add(key);
      if (zh === "" || en === "") faults.push(`${file}: ${key} lacks a language`);
      if (zh.includes("台")) faults.push(`${file}: ${key} writes 台 for 臺`);
    }
  }
  for (const file of files) {
    for (const [, key] of readFileSync(file, "utf8").matchAll(said)) {
      if (!known.has(key) && !key.startsWith("job.")) faults.push(`${file}: says ${key}, which is no message`);
    }
  }
  for (const [, kind] of files.flatMap(f => [...readFileSync(f, "utf8").matchAll(/append_event\([^;]*?"([a-z_]+\.[a-z_]+)"/g)])) {
    if (!known.has("event." + kind)) faults.push(`the event ${kind} has no sentence (event.${kind})`);
  }
  return faults;
}

report(import.meta.url, messageFaults, plant =>
  planted(plant, { "src/a/messages.cpp": '{"a.known", "知道", "known"}', "src/a/service.cpp": 'return fault(FaultKind::conflict, "a.unknown");' }),
);
