// Makes the sample city once for the whole run; each test file works on a copy of its own.
import { rmSync } from "node:fs";
import { backend, databaseUrl, makeDatabase, Server, sql, start_at, tempFolder } from "./support.mjs";

export async function setup() {
  // Everything that a run leaves lies in one folder: a worker that is ended has no time to clear up.
  const whole = tempFolder("tests");
  process.env.MANDATE_TEST_FOLDER = whole;
  const folder = tempFolder("sample");
  process.env.MANDATE_TEST_SAMPLE = folder;
  const args = ["--port", "0", "--print-port", "--quiet", "--sample", "--fake-clock", start_at, "--data", folder];
  let database;
  if (backend === "postgres") {
    if (!process.env.MANDATE_TEST_POSTGRES) throw new Error("MANDATE_BACKEND=postgres needs MANDATE_TEST_POSTGRES: run under tools/with-postgres");
    database = await makeDatabase();
    process.env.MANDATE_TEST_TEMPLATE = database;
    args.push("--database", databaseUrl(database));
  }
  const server = await new Server(args).start();
  const code = await server.stop();
  if (code !== 0) throw new Error(`the sample city's server ended with ${code}: ${server.err}`);
  return async () => {
    rmSync(whole, { recursive: true, force: true });
    if (database) await sql("postgres", `DROP DATABASE IF EXISTS ${database}`);
  };
}
