// A JSON Schema (draft 7) as a check of ours: what the exports write is held against tests/api/schemas.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./support.mjs";

const Ajv = createRequire(join(root, "web/package.json"))("ajv");
const ajv = new Ajv({ allErrors: true, format: "full" });

/** A function from a value to its faults, as "path: what is wrong"; none: it holds. */
export function checker(name) {
  const validate = ajv.compile(JSON.parse(readFileSync(new URL(`./schemas/${name}.json`, import.meta.url), "utf8")));
  return value => (validate(value) ? [] : validate.errors.map(one => `${one.dataPath}: ${one.message}${one.params.additionalProperty ? ` (${one.params.additionalProperty})` : ""}`));
}
