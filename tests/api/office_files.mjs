// Office files as others read them: the parts of a package, what LibreOffice makes of it, what the schema of OpenDocument says.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { root, tempFolder } from "./support.mjs";

/** The parts of a ZIP by its directory: { name: Buffer }. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06"));
  if (end < 0) throw new Error("no archive");
  const parts = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); ++i) {
    const [packed, size, name, extra] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(from, from + packed);
    const whole = bytes.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content);
    if (whole.length !== size) throw new Error("a part has another size than the directory says");
    parts[bytes.toString("utf8", at + 46, at + 46 + name)] = whole;
    at += 46 + name + extra + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

const run = (program, args, options = {}) =>
  new Promise(done => execFile(program, args, { timeout: 240_000, maxBuffer: 64 << 20, ...options }, (error, out, err) => done({ code: error ? (error.code ?? -1) : 0, out, err })));

export const schemas = join(root, "../shared/data/odf");
export const has_schemas = existsSync(schemas);

/** What jing says against the parts of these ODF packages: [] when it has nothing to say. */
export async function schemaFaults(packages) {
  const folder = tempFolder("odf");
  const contents = [];
  const manifests = [];
  for (const [name, bytes] of Object.entries(packages)) {
    for (const [part, content] of Object.entries(unzip(bytes))) {
      if (!part.endsWith(".xml")) continue;
      const path = join(folder, `${name}-${part.replaceAll("/", "-")}`);
      writeFileSync(path, content);
      (part === "META-INF/manifest.xml" ? manifests : contents).push(path);
    }
  }
  const faults = [];
  for (const [schema, files] of [["OpenDocument-v1.3-schema.rng", contents], ["OpenDocument-v1.3-manifest-schema.rng", manifests]]) {
    const { code, out, err } = await run("jing", ["-i", join(schemas, schema), ...files]);
    if (code !== 0) faults.push(`${code} ${out}${err}`);
  }
  return faults;
}

/** These files through LibreOffice: { name: [text of each sheet] }, as CSV with the cells as they are shown, or "txt" for texts. */
export async function throughLibreOffice(files, to = "csv") {
  const folder = tempFolder("office");
  mkdirSync(join(folder, "in"));
  mkdirSync(join(folder, "out"));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, "in", name), bytes);
  const filter = to === "csv" ? "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1" : "txt:Text (encoded):UTF8";
  const { code, out, err } = await run("soffice", ["--headless", "--norestore", `-env:UserInstallation=file://${folder}/profile`, "--convert-to", filter, "--outdir", join(folder, "out"), ...Object.keys(files).map(name => join(folder, "in", name))], {
    env: { ...process.env, HOME: folder, LC_ALL: "C.UTF-8" },
  });
  if (code !== 0) throw new Error(`soffice ended with ${code}: ${out}${err}`);
  const texts = {};
  for (const name of Object.keys(files)) {
    const stem = name.replace(/\.[^.]+$/, "");
    const made = readdirSync(join(folder, "out")).filter(one => one.startsWith(`${stem}-`) || one === `${stem}.${to}`).sort();
    if (made.length === 0) throw new Error(`LibreOffice did not open ${name}: ${out}${err}`);
    texts[name] = made.map(one => readFileSync(join(folder, "out", one), "utf8").replace(/^\uFEFF/, ""));
  }
  return texts;
}
