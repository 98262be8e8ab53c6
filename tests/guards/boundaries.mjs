// Levels look down only: a file may include what stands on its module's line of src/MODULES, a module's own files, and nothing else of ours. Another
// module of level 3 may be read only through its api.hpp, module.hpp or the headers of its folder named public there; Beast and Asio stay in platform/http.
import { join, relative } from "node:path";
import { readFileSync } from "node:fs";
import { filesBelow, planted, report } from "./support.mjs";

export function boundaryFaults(root) {
  const faults = [];
  const modules = new Map();
  for (const line of readFileSync(join(root, "src/MODULES"), "utf8").split("\n")) {
    if (!/^[a-z]/.test(line)) continue;
    const [name, level, ...uses] = line.trim().split(/\s+/);
    modules.set(name, { level: Number(level), uses });
  }
  for (const [name, { level, uses }] of modules) {
    for (const used of uses) {
      const other = modules.get(used);
      if (!other) faults.push(`src/MODULES: ${name} may use ${used}, which is no module`);
      else if (other.level > level) faults.push(`src/MODULES: ${name} (level ${level}) looks up to ${used} (level ${other.level})`);
    }
    if (level === 3 && uses.filter(u => modules.get(u)?.level === 3).length > 3) faults.push(`src/MODULES: ${name} has more than three sideways dependencies`);
  }
  const home = path => [...modules.keys()].filter(m => path.startsWith(m + "/")).sort((a, b) => b.length - a.length)[0];
  // What a test may use besides: the store suite's helper and the parts a service needs to run.
  for (const file of filesBelow(join(root, "src"), /\.(cpp|hpp)$/)) {
    const path = relative(join(root, "src"), file);
    const own = home(path);
    if (!own) {
      if (path !== "pch.hpp" && path !== "doctest_main.cpp") faults.push(`src/${path}: the folder is not in src/MODULES`);
      continue;
    }
    const text = readFileSync(file, "utf8");
    for (const [, include] of text.matchAll(/^#include "([^"]+)"/gm)) {
      const target = home(include);
      if (!target) faults.push(`src/${path}: includes ${include}, which belongs to no module`);
      else if (target !== own && !modules.get(own).uses.includes(target)) faults.push(`src/${path}: includes ${include}, but ${own} may not use ${target}`);
    }
    if (/^#include <boost\/(beast|asio)/m.test(text) && own !== "platform/http") faults.push(`src/${path}: includes Beast or Asio outside of platform/http`);
    if (/^#include <soci/m.test(text) && own !== "platform/db") faults.push(`src/${path}: includes SOCI outside of platform/db`);
    if (/#include <regex>|nlohmann/.test(text)) faults.push(`src/${path}: std::regex and nlohmann/json are not used here`);
  }
  return faults;
}

report(import.meta.url, boundaryFaults, plant =>
  planted(plant, {
    "src/MODULES": "kernel 0\nplatform/db 1 kernel\nmodules/plan 3 kernel\n",
    "src/kernel/id.hpp": '#include "platform/db/session.hpp"\n',
    "src/platform/db/session.hpp": "#include <boost/asio.hpp>\n",
  }),
);
