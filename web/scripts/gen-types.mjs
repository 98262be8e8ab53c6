// Writes src/api/schema.ts from docs/openapi.json.   node scripts/gen-types.mjs [--check] [FILE]
// An answer always holds every property; what has no value is null. So an optional property becomes "T | null".
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const target = here("src/api/schema.ts");
const given = process.argv.slice(2).find((word) => !word.startsWith("--"));
const document = JSON.parse(readFileSync(given ?? here("../docs/openapi.json"), "utf8"));

const plainName = (name) => name.replace(/[^A-Za-z0-9_]/g, "").replace(/^anonymous(?:_?namespace)?/, "");

function type(schema) {
  if (schema.$ref) return plainName(schema.$ref.split("/").pop());
  const any = schema.anyOf ?? schema.oneOf;
  if (any) return [...new Set(any.map(type))].join(" | ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const kinds = Array.isArray(schema.type) ? schema.type : [schema.type];
  return kinds.map((kind) => {
    if (kind === "array") {
      const inner = type(schema.items ?? {});
      return inner.includes(" | ") ? `(${inner})[]` : `${inner}[]`;
    }
    if (kind === "integer" || kind === "number") return "number";
    if (kind === "string" || kind === "boolean" || kind === "null") return kind;
    if (kind === "object" && schema.properties) return `{ ${properties(schema).join(" ")} }`;
    return kind === "object" ? "Record<string, unknown>" : "unknown";
  }).join(" | ");
}

function properties(schema) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const text = type(property);
    return `${/^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name)}: ${required.has(name) || /(^|\| )null( \||$)/.test(text) ? text : `${text} | null`};`;
  });
}

const parts = ["// Written by `npm run gen` from docs/openapi.json; changes here are lost.", ""];
for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
  if (!schema.properties || Object.keys(schema.properties).length === 0) parts.push(`export type ${plainName(name)} = Record<string, never>;`, "");
  else parts.push(`export interface ${plainName(name)} {`, ...properties(schema).map((line) => `  ${line}`), "}", "");
}
const text = parts.join("\n");
if (process.argv.includes("--check")) {
  const same = existsSync(target) && readFileSync(target, "utf8") === text;
  console.log(same ? "src/api/schema.ts is current" : "src/api/schema.ts is not current: run npm run gen in web/");
  process.exit(same ? 0 : 1);
}
writeFileSync(target, text);
console.log(`src/api/schema.ts: ${Object.keys(document.components?.schemas ?? {}).length} types`);
