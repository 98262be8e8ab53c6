// Statistics at size: the column store against the same SQL on PostgreSQL, in turn, and a server with two million duties and ten million facts.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const sleep = milliseconds => new Promise(done => setTimeout(done, milliseconds));

export async function factsFigures({ figure, start, stop, metrics, signIn, Client, folder, quick, program }) {
  const facts = quick ? 1_000_000 : 10_000_000;
  const printed = execFileSync("tools/with-postgres", ["bash", "-c", `build/release/bench/facts ${facts} ${quick ? 100_000 : 1_000_000} $MANDATE_TEST_POSTGRES/postgres`], { encoding: "utf8", maxBuffer: 1 << 24 });
  const lines = printed.trim().split("\n").map(line => JSON.parse(line));
  const questions = lines.filter(line => line.question);
  for (const one of questions) console.error(`${one.question}: ${one.ms} ms (at least ${one.least_ms}), SQL ${one.sql_ms} ms, ${one.groups} groups`);
  figure(`group-by of three dimensions over ${facts} facts, slowest of ${questions.length}`, Math.max(...questions.map(one => one.ms)), "ms", "<= 60");
  figure("the same against SQL on PostgreSQL, least ratio", Number(Math.min(...questions.map(one => one.sql_ms / one.ms)).toFixed(0)), "1", ">= 50");
  figure("bytes a fact", lines.find(line => line.bytes_a_fact).bytes_a_fact, "B", "<= 12");

  const data = join(folder, "facts");
  const duties = quick ? 50_000 : 2_000_000;
  const steps = quick ? 250_000 : 10_000_000;
  execFileSync(program, ["--data", data, "sample", "--duties", String(duties), "--steps", String(steps)], { stdio: ["ignore", "ignore", "inherit"] });
  const server = await start(data);
  figure(`start to ready with ${duties} duties and ${steps} facts`, Number((server.took / 1000).toFixed(2)), "s", "<= 1");
  const who = await signIn(server.port, "rdec-head");
  const client = new Client(server.port);
  const begun = performance.now();
  let told = 0;
  for (;;) {
    const answer = await client.send("GET", "/api/statistics?dataset=steps&by=at_month,agency,what&measures=step_count", who.headers);
    if (answer.status === 200) break;
    if (answer.status !== 503) throw new Error(`statistics answered ${answer.status}`);
    ++told;
    await sleep(250);
  }
  console.error(`figures rebuilt after ${((performance.now() - begun) / 1000).toFixed(1)} s; ${told} questions were told how far it was`);
  const times = [];
  for (let i = 0; i < 20; i += 1) {
    const asked = performance.now();
    await client.send("GET", "/api/statistics?dataset=steps&by=at_year,district,what&measures=step_count", who.headers);
    times.push(performance.now() - asked);
  }
  client.close();
  times.sort((a, b) => a - b);
  figure("a statistic over HTTP, three dimensions, median", Number(times[10].toFixed(0)), "ms", "<= 100");
  await sleep(3000);
  figure(`memory with ${duties} duties and ${steps} facts`, Math.round((await metrics(server.port))("resident_bytes") / 1e6), "MB", "<= 250");
  await stop(server);
}
