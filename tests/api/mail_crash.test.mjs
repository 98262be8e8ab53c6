// kill -9 at every step around sending: each mail leaves at least once, and twice only when the process ended between the server's 250 and our commit,
// then under the same Message-ID.
import { send, start_at, startCity } from "./support.mjs";
import { SmtpServer } from "./servers/mail_servers.mjs";

let city;
let smtp;
let now = new Date(start_at);
const iso = () => now.toISOString().replace(".000", "");
const admin = () => city.as("admin");

beforeAll(async () => {
  smtp = await new SmtpServer().start();
  // One process of the two that share a database on PostgreSQL: whose death it is must be certain.
  city = await startCity({ servers: 1, extra: ["--smtp", `smtp://127.0.0.1:${smtp.port}`, "--smtp-tls", "none", "--mail-from", "duties@city.test", "--public-url", "https://duties.city.test", "--mail-stall-seconds", "30"] });
  city.may_complain = true;
});
afterAll(async () => {
  delete process.env.MANDATE_TEST_STOP_AT;
  await city.finish();
  await smtp.stop();
});

const burst = 3;
async function queue(name) {
  const all = Array.from({ length: burst }, (_, i) => `${name}-${i}@example.test`);
  for (const to of all) await (await admin()).do("/api/mail-tests", { address: to });
  return all;
}
/** Lets the city send; it dies meanwhile, and nobody answers. */
const send_and_die = () => send(city.servers[0].port, "POST", "/api/test-clock", { "Content-Type": "application/json" }, JSON.stringify({ now: iso() }), { once: true }).then(() => "answered", () => "died");
async function again() {
  city.sessions.clear();
  now = new Date(now.getTime() + 11 * 60_000);  // beyond the lease
  city.clock = iso();
  await city.startServer(0);
  await settle();
}
/** Long enough for every back-off and probe. */
async function settle() {
  for (let i = 0; i < 3; ++i) {
    await city.setClock(iso());
    now = new Date(now.getTime() + 20 * 60_000);
  }
}
function left(all) {
  const ids = new Map(all.map(to => [to, []]));
  for (const mail of smtp.mails) if (ids.has(mail.recipients[0])) ids.get(mail.recipients[0]).push(smtp.header(mail, "Message-ID"));
  return [...ids.values()];
}

describe("a process that is killed", () => {
  for (const step of ["connect", "hello", "sender", "recipient", "content", "accepting"]) {
    it(`while the server is at ${step} loses no mail and sends none twice`, async () => {
      const all = await queue(`at-${step}`);
      await smtp.at(step, "stall");
      const before = smtp.steps.filter(one => one === step).length;
      const answer = send_and_die();
      await smtp.reached(step, before + 1);
      city.servers[0].child.kill("SIGKILL");
      expect(await answer).toBe("died");
      await city.servers[0].exited;
      await smtp.at(step, "ok");
      await again();
      for (const ids of left(all)) expect(ids).toHaveLength(1);
    });
  }

  for (const [step, twice] of [["leased", 0], ["accepted", 1], ["recorded", 0]]) {
    it(`at the step ${step} of its own ${twice ? "sends that one mail twice under one Message-ID, and no other" : "loses no mail and sends none twice"}`, async () => {
      const all = await queue(`own-${step}`);
      await city.stop();
      process.env.MANDATE_TEST_STOP_AT = step;
      city.clock = iso();
      await city.startServer(0);
      expect(await send_and_die()).toBe("died");
      await city.servers[0].exited;
      expect(city.servers[0].signal).toBe("SIGKILL");
      delete process.env.MANDATE_TEST_STOP_AT;
      await again();
      const ids = left(all);
      for (const one of ids) expect(new Set(one).size).toBe(1);
      expect(ids.filter(one => one.length === 2)).toHaveLength(twice);
      expect(ids.filter(one => one.length === 1)).toHaveLength(burst - twice);
    });
  }

  it("again and again, at any moment, loses no mail", async () => {
    const all = Array.from({ length: 60 }, (_, i) => `any-${i}@example.test`);
    for (const to of all) await (await admin()).do("/api/mail-tests", { address: to });
    for (let round = 0; round < 8; ++round) {
      const answer = send_and_die();
      const at = smtp.mails.length + Math.floor(Math.random() * 6);
      for (let i = 0; i < 400 && smtp.mails.length < at; ++i) await new Promise(done => setTimeout(done, 1));
      city.servers[0].child.kill("SIGKILL");
      await answer;
      await city.servers[0].exited;
      city.sessions.clear();
      now = new Date(now.getTime() + 11 * 60_000);
      city.clock = iso();
      await city.startServer(0);
    }
    await settle();
    const ids = left(all);
    expect(ids.filter(one => one.length === 0)).toEqual([]);
    for (const one of ids) expect(new Set(one).size).toBe(1);
    // At most the one mail in hand at each of the eight deaths.
    expect(ids.filter(one => one.length > 1).length).toBeLessThanOrEqual(8);
  });
});

it("the step to stop at counts under the clock of tests only", async () => {
  process.env.MANDATE_TEST_STOP_AT = "leased";
  const other = await startCity({ sample: true, fake: false, servers: 1, extra: ["--smtp", `smtp://127.0.0.1:${smtp.port}`, "--smtp-tls", "none", "--mail-from", "duties@city.test", "--public-url", "https://duties.city.test"] });
  delete process.env.MANDATE_TEST_STOP_AT;
  await (await other.as("admin")).do("/api/mail-tests", { address: "alive@example.test" });
  for (let i = 0; i < 100 && left(["alive@example.test"])[0].length === 0; ++i) await new Promise(done => setTimeout(done, 100));
  expect(left(["alive@example.test"])[0]).toHaveLength(1);
  expect(other.servers[0].running).toBe(true);
  await other.finish();
});
