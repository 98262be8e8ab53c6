// Reports that go out by mail: in time, once a period for each reader whatever crashes, and to nobody more than they may see.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unzip } from "./office_files.mjs";
import { parseCsv, send, startCity } from "./support.mjs";
import { SmtpServer } from "./servers/mail_servers.mjs";

let city, smtp, accounts;
const client = login => city.as(login);
const emails = { controller: "controller@reader.test", liaison: "liaison@reader.test", handler: "handler@reader.test" };

beforeAll(async () => {
  smtp = await new SmtpServer().start();
  // One process of the two that share a database on PostgreSQL: whose death it is must be certain.
  city = await startCity({ servers: 1, extra: ["--smtp", `smtp://127.0.0.1:${smtp.port}`, "--smtp-tls", "none", "--mail-from", "duties@city.test", "--public-url", "https://duties.city.test"] });
  city.may_complain = true;
  const admin = await client("admin");
  accounts = Object.fromEntries((await admin.read("/api/accounts?limit=200")).rows.map(row => [row.login_name, row.id]));
  for (const [login, email] of Object.entries(emails)) await admin.put(`/api/accounts/${accounts[login]}/email`, { email });
});
afterAll(async () => {
  delete process.env.MANDATE_TEST_STOP_AT;
  await city?.finish();
  await smtp?.stop();
});

const wanted = (more = {}) => ({ report: "duties-late", format: "csv", rhythm: "monthly", day: 1, about: "month_before", readers: [accounts.controller, accounts.liaison], ...more });
const make = async more => (await client("controller")).do("/api/report-schedules", wanted(more));
const schedule = async id => (await (await client("controller")).read("/api/report-schedules?limit=200")).rows.find(row => row.id === id);
const runs = async id => (await (await client("controller")).read(`/api/report-schedules/${id}/runs`)).rows;
const got = to => smtp.mails.filter(mail => mail.recipients.includes(to) && mail.content.includes("multipart/mixed"));
const got_or_led = to => smtp.mails.filter(mail => mail.recipients.includes(to));
/** The mail as Python's own reader takes it apart: its subject and its attachments. */
function parts(mail) {
  const script = "import email, email.policy, sys, json, base64\nm = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\nprint(json.dumps({'subject': m['subject'], 'text': m.get_body(('plain',)).get_content(), 'files': [{'name': a.get_filename(), 'type': a.get_content_type(), 'bytes': base64.b64encode(a.get_payload(decode=True)).decode()} for a in m.iter_attachments()]}))";
  const read = JSON.parse(execFileSync("/usr/bin/python3", ["-c", script], { input: mail.content, encoding: "utf8", maxBuffer: 64 << 20 }));
  return { ...read, files: read.files.map(file => ({ ...file, bytes: Buffer.from(file.bytes, "base64") })) };
}
const sha = bytes => createHash("sha256").update(bytes).digest("hex");

describe("a report by mail", () => {
  it("goes to each reader on its day, with what that reader may see, and is kept", async () => {
    const made = await make();
    expect(made).toMatchObject({ state: "active", next_on: "2026-12-01", actions: ["pause", "remove"] });
    await city.setClock("2026-11-30T02:00:00Z");
    expect(got(emails.controller)).toHaveLength(0);
    await city.setClock("2026-12-01T02:00:00Z");
    for (const login of ["controller", "liaison"]) {
      expect(got(emails[login]), login).toHaveLength(1);
      const mail = parts(got(emails[login])[0]);
      expect(mail.subject).toBe("逾期事項清單（資料日期民國115年11月30日）");
      expect(mail.files).toHaveLength(1);
      expect(mail.files[0]).toMatchObject({ name: "逾期事項清單-2026-11-30.csv", type: "text/csv" });
      expect(mail.text).toContain(sha(mail.files[0].bytes));
      // The same question by the same account gives the same rows; and the file is kept for them.
      const own = (await (await client(login)).get("/api/reports/duties-late/file?format=csv&as_of=2026-11-30")).raw;
      expect(mail.files[0].bytes.equals(own)).toBe(true);
      const [issue] = (await (await client(login)).read("/api/report-issues")).rows;
      expect(issue).toMatchObject({ sha256: sha(own), scheduled: true });
    }
    const rows = login => parseCsv(parts(got(emails[login])[0]).files[0].bytes.toString()).length;
    expect(rows("liaison")).toBeLessThan(rows("controller"));
    expect((await runs(made.id)).map(run => run.outcome)).toEqual(["queued", "queued"]);
    expect((await schedule(made.id)).next_on).toBe("2027-01-01");
    // Nobody gets it twice, however often the city looks.
    for (const time of ["03", "04", "05"]) await city.setClock(`2026-12-01T${time}:00:00Z`);
    expect(got(emails.controller)).toHaveLength(1);
    await (await client("controller")).remove(`/api/report-schedules/${made.id}`);
  });

  it("carries a statistic with its chart, which says what it shows in words too", async () => {
    const filter = new URLSearchParams({ title: "各機關應辦事項", by: "agency", measures: "owed", span: "year" }).toString();
    const made = await make({ report: "statistic-duties", filter, rhythm: "weekly", day: 3, about: "day" });
    expect(made.title).toBe("各機關應辦事項");
    await city.setClock("2026-12-02T02:00:00Z");
    const mail = parts(got(emails.controller).at(-1));
    expect(mail.subject).toContain("各機關應辦事項");
    expect(mail.files.map(file => [file.name, file.type])).toEqual([["各機關應辦事項-2026-12-02.csv", "text/csv"], ["各機關應辦事項-圖表.svg", "image/svg+xml"]]);
    const chart = mail.files[1].bytes.toString();
    expect(chart).toMatch(/^<svg [^>]*role="img"/);
    const description = /<desc[^>]*>([^<]*)/.exec(chart)[1];
    expect(mail.text).toContain(description);
    for (const [name] of parseCsv(mail.files[0].bytes.toString()).slice(1, 2)) expect(chart).toContain(name.slice(0, 3));
    const own = parts(got(emails.liaison).at(-1)).files[0].bytes.toString();
    expect(parseCsv(own).length).toBeLessThan(parseCsv(mail.files[0].bytes.toString()).length);
    const refused = await (await client("controller")).post("/api/report-schedules", wanted({ report: "statistic-duties", filter: "by=colour" }));
    expect(refused.status).toBe(422);
    await (await client("controller")).remove(`/api/report-schedules/${made.id}`);
  });

  it("goes out once for each reader though the process is killed at every step", async () => {
    for (const step of ["report_made", "report_sent"]) {
      const made = await make({ rhythm: "weekly", day: 4, about: "day", format: "ods" });
      const before = { controller: got(emails.controller).length, liaison: got(emails.liaison).length };
      const day = step === "report_made" ? "2026-12-03" : "2026-12-10";
      await city.stop();
      process.env.MANDATE_TEST_STOP_AT = step;
      city.sessions.clear();
      await city.startServer(0);
      await send(city.servers[0].port, "POST", "/api/test-clock", { "Content-Type": "application/json" }, JSON.stringify({ now: `${day}T02:00:00Z` }), { once: true }).then(() => "answered", () => "died").then(how => expect(how, step).toBe("died"));
      await city.servers[0].exited;
      expect(city.servers[0].signal).toBe("SIGKILL");
      delete process.env.MANDATE_TEST_STOP_AT;
      city.sessions.clear();
      city.clock = `${day}T02:30:00Z`;
      await city.startServer(0);
      for (const time of ["03:00", "03:30", "04:00", "05:00"]) await city.setClock(`${day}T${time}:00Z`);
      expect((await runs(made.id)).map(run => run.outcome), step).toEqual(["queued", "queued"]);
      for (const login of ["controller", "liaison"]) {
        expect(got(emails[login]).length - before[login], `${step} ${login}`).toBe(1);
        const [file] = parts(got(emails[login]).at(-1)).files;
        expect(unzip(file.bytes).mimetype.toString()).toBe("application/vnd.oasis.opendocument.spreadsheet");
      }
      await (await client("controller")).remove(`/api/report-schedules/${made.id}`);
    }
  }, 120_000);

  it("rests while it is paused, and does not make up for it", async () => {
    const made = await make({ rhythm: "weekly", day: 5, about: "day" });
    const paused = (await (await client("controller")).put(`/api/report-schedules/${made.id}`, { revision: 1, state: "paused" })).body;
    expect(paused).toMatchObject({ state: "paused", actions: ["resume", "remove"] });
    expect((await (await client("controller")).put(`/api/report-schedules/${made.id}`, { revision: 1, state: "active" })).status).toBe(412);
    const before = got(emails.controller).length;
    await city.setClock("2026-12-12T02:00:00Z");
    expect(got(emails.controller).length).toBe(before);
    expect((await (await client("controller")).put(`/api/report-schedules/${made.id}`, { revision: paused.revision, state: "active" })).body.next_on).toBe("2026-12-18");
    await (await client("controller")).remove(`/api/report-schedules/${made.id}`);
    await city.setClock("2026-12-18T02:00:00Z");
    expect(got(emails.controller).length).toBe(before);
    expect(await schedule(made.id)).toMatchObject({ state: "stopped", reason: "已移除", actions: [] });
  });

  it("passes over a reader who may not see it any more or has no address, and stops when its owner may not", async () => {
    const admin = await client("admin");
    const head = await client("agency-head");
    const silent = await admin.do("/api/accounts", { login_name: "silent", display_name: "沒有信箱", password: "Taichung-sample-112", grants: [{ role: "rdec_controller" }] });
    const made = await head.do("/api/report-schedules", wanted({ rhythm: "weekly", day: 1, about: "day", readers: [accounts.handler, accounts.liaison, silent.id] }));
    const handler = (await admin.read("/api/accounts?limit=200")).rows.find(row => row.login_name === "handler");
    await admin.put(`/api/accounts/${accounts.handler}/grants`, { grants: [] });
    const before = got(emails.handler).length;
    await city.setClock("2026-12-21T02:00:00Z");
    const outcomes = Object.fromEntries((await (await client("agency-head")).read(`/api/report-schedules/${made.id}/runs`)).rows.map(run => [run.reader_name, run.outcome]));
    expect(Object.values(outcomes).sort()).toEqual(["no_address", "no_permission", "queued"]);
    expect(got(emails.handler).length).toBe(before);
    await (await client("admin")).put(`/api/accounts/${accounts.handler}/grants`, { grants: handler.grants.map(({ role, agency_id, unit_id }) => ({ role, agency_id, unit_id })) });
    // Its owner steps down.
    const owner = (await (await client("admin")).read("/api/accounts?limit=200")).rows.find(row => row.login_name === "agency-head");
    await (await client("admin")).put(`/api/accounts/${accounts["agency-head"]}/grants`, { grants: [] });
    const liaison_before = got(emails.liaison).length;
    await city.setClock("2026-12-28T02:00:00Z");
    expect(got(emails.liaison).length).toBe(liaison_before);
    await (await client("admin")).put(`/api/accounts/${accounts["agency-head"]}/grants`, { grants: owner.grants.map(({ role, agency_id, unit_id }) => ({ role, agency_id, unit_id })) });
    const stopped = (await (await client("agency-head")).read("/api/report-schedules")).rows.find(row => row.id === made.id);
    expect(stopped).toMatchObject({ state: "stopped" });
    expect(stopped.reason).toContain("已無此權限");
  });

  it("is led to by the mail instead of going with it, when it is too large or a page to print", async () => {
    const file_of = async () => (await (await client("controller")).read("/api/report-issues")).rows[0];
    const large = await make({ rhythm: "weekly", day: 2, about: "day", format: "ods", readers: [accounts.controller] });
    const page = await make({ rhythm: "weekly", day: 2, about: "day", format: "html", readers: [accounts.controller] });
    await city.stop();
    city.sessions.clear();
    city.extra.push("--mail-attached-max", "3000");
    await city.startServer(0);
    await city.setClock("2026-12-29T02:00:00Z");
    const mails = got_or_led(emails.controller).slice(-2).map(parts);
    for (const mail of mails) {
      expect(mail.files).toEqual([]);
      expect(mail.text).toContain("https://duties.city.test/console/reports/issued");
      expect(mail.text).toMatch(/[0-9a-f]{64}/);
    }
    expect((await file_of()).scheduled).toBe(true);
    city.extra.splice(-2);
    for (const one of [large, page]) await (await client("controller")).remove(`/api/report-schedules/${one.id}`);
  });

  it("is refused with a day that is none, without readers, to who may not see it, and of somebody else", async () => {
    const controller = await client("controller");
    for (const [more, path] of [[{ day: 0 }, "day"], [{ day: 32 }, "day"], [{ rhythm: "weekly", day: 8 }, "day"], [{ readers: [] }, "readers"], [{ readers: [accounts.admin] }, "readers"], [{ readers: ["999"] }, "readers"], [{ report: "nothing" }, "report"],
      [{ filter: "colour=red" }, "colour"], [{ format: "pdf" }, "format"], [{ rhythm: "daily" }, "rhythm"]]) {
      const answer = await controller.post("/api/report-schedules", wanted(more));
      expect(answer.status, JSON.stringify(more)).toBe(422);
      expect(answer.body.fields[0].path, JSON.stringify(more)).toBe(path);
    }
    const made = await make();
    expect((await (await client("executive")).put(`/api/report-schedules/${made.id}`, { revision: 1, state: "paused" })).status).toBe(404);
    expect((await (await client("executive")).remove(`/api/report-schedules/${made.id}`)).status).toBe(404);
    expect((await (await client("executive")).get(`/api/report-schedules/${made.id}/runs`)).status).toBe(404);
    expect((await (await client("liaison")).get("/api/report-schedules")).status).toBe(403);
    const readers = (await controller.read("/api/report-readers?report=duties-late")).rows.map(row => row.account_id);
    expect(readers).toContain(accounts.liaison);
    expect(readers).not.toContain(accounts.admin);
  });
});
