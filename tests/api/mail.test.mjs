// Mail against a server that refuses, stalls and drops at each step of SMTP, with and without TLS; a server that is away; and what people do with
// mail that did not leave.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { must, send, start_at, startCity } from "./support.mjs";
import { certificates, SmtpServer } from "./servers/mail_servers.mjs";

let city;
let smtp;
let certificate;
let now = new Date(start_at);
const common = ["--mail-from", "市政承諾簿 <duties@city.test>", "--public-url", "https://duties.city.test", "--mail-connect-seconds", "2", "--mail-stall-seconds", "1"];
const plain = port => ["--smtp", `smtp://127.0.0.1:${port}`, "--smtp-tls", "none", ...common];

beforeAll(async () => {
  process.env.MANDATE_SMTP_PASSWORD = "Seven-lamps-on-the-quay";
  certificate = certificates();
  smtp = await new SmtpServer().start();
  city = await startCity({ extra: plain(smtp.port) });
  city.may_complain = true;  // of a server that is away
});
afterAll(async () => {
  await city.finish();
  await smtp.stop();
});

/** Minutes on: everything that is due is tried before the answer comes. */
async function later(minutes) {
  now = new Date(now.getTime() + minutes * 60_000);
  await city.setClock(now.toISOString().replace(".000", ""));
}
const admin = () => city.as("admin");
let count = 0;
const address = () => `reader-${++count}@example.test`;
const queued = async to => (await (await admin()).do("/api/mail-tests", { address: to })).mail;
const find = async id => (await (await admin()).read(`/api/mail/${id}`)).mail;
const arrived = (server, to) => server.mails.filter(mail => mail.recipients.includes(to));
async function restart(extra) {
  await city.stop();
  city.extra = extra;
  city.clock = now.toISOString().replace(".000", "");
  city.sessions.clear();
  await city.start();
}

describe("a mail that leaves", () => {
  it("is whole: sender, date, subject, Message-ID, text and HTML", async () => {
    const to = address();
    const mail = await queued(to);
    expect(mail).toMatchObject({ state: "waiting", address: "re***@example.test", kind_name: "測試信" });
    await later(0);
    expect(await find(mail.id)).toMatchObject({ state: "sent", attempts: 1, error: "" });
    const [got] = arrived(smtp, to);
    expect(got.sender).toBe("duties@city.test");
    expect(smtp.header(got, "From")).toMatch(/^=\?UTF-8\?B\?.*\?= <duties@city\.test>$/);
    expect(smtp.header(got, "To")).toBe(to);
    expect(smtp.header(got, "Message-ID")).toMatch(new RegExp(`^<${mail.id}\\.[0-9a-f]{32}@city\\.test>$`));
    expect(Buffer.from(/=\?UTF-8\?B\?(.*?)\?=/.exec(smtp.header(got, "Subject"))[1], "base64").toString()).toBe("郵件設定測試");
    // Read by another hand than ours.
    const read = JSON.parse(execFileSync("/usr/bin/python3", ["-c", `
import email, email.policy, json, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
print(json.dumps({"type": m.get_content_type(), "parts": [[p.get_content_type(), p.get_content()] for p in m.iter_parts()], "defects": [str(d) for p in m.walk() for d in p.defects], "date": m["Date"].datetime.isoformat(), "auto": m["Auto-Submitted"], "list": m["List-Unsubscribe"]}))`], { input: got.content, encoding: "utf8" }));
    expect(read).toMatchObject({ type: "multipart/alternative", defects: [], auto: "auto-generated", list: null, date: "2026-11-24T10:00:00+08:00" });
    expect(read.parts.map(([type]) => type)).toEqual(["text/plain", "text/html"]);
    for (const [, text] of read.parts) expect(text).toContain("收到這封信，表示市政承諾簿可以寄信到這個信箱。");
  });

  it("shares one connection with the others of its batch", async () => {
    const before = smtp.steps.filter(step => step === "connect").length;
    const all = Array.from({ length: 30 }, address);
    for (const to of all) await queued(to);
    await later(0);
    for (const to of all) expect(arrived(smtp, to)).toHaveLength(1);
    expect(smtp.steps.filter(step => step === "connect").length - before).toBe(1);
  });
});

// What becomes of a mail when a step goes wrong: its state, why, and whether it leaves by itself afterwards.
const rows = [
  ["connect", "refuse", 421, "waiting", "busy"],
  ["connect", "refuse", 554, "waiting", "server_refused"],
  ["connect", "stall", 0, "waiting", "time_out"],
  ["connect", "drop", 0, "waiting", "dropped"],
  ["hello", "refuse", 421, "waiting", "busy"],
  ["hello", "refuse", 550, "waiting", "server_refused"],
  ["hello", "stall", 0, "waiting", "time_out"],
  ["hello", "drop", 0, "waiting", "dropped"],
  ["sender", "refuse", 451, "waiting", "busy"],
  ["sender", "refuse", 550, "waiting", "sender_refused"],
  ["sender", "stall", 0, "waiting", "time_out"],
  ["sender", "drop", 0, "waiting", "dropped"],
  ["recipient", "refuse", 450, "waiting", "busy"],
  ["recipient", "refuse", 550, "failed", "recipient_refused"],
  ["recipient", "stall", 0, "waiting", "time_out"],
  ["recipient", "drop", 0, "waiting", "dropped"],
  ["content", "refuse", 452, "waiting", "busy"],
  ["content", "refuse", 554, "failed", "content_refused"],
  ["content", "stall", 0, "waiting", "time_out"],
  ["content", "drop", 0, "waiting", "dropped"],
  ["accepting", "refuse", 451, "waiting", "busy"],
  ["accepting", "refuse", 554, "failed", "content_refused"],
  ["accepting", "stall", 0, "waiting", "time_out"],
  ["accepting", "drop", 0, "waiting", "dropped"],
];

describe("a server that at a step", () => {
  for (const [step, doing, code, state, error_key] of rows) {
    it(`${step}: does ${doing}${code ? ` ${code}` : ""} keeps the mail as ${state}`, async () => {
      const to = address();
      const mail = await queued(to);
      await smtp.at(step, doing, code);
      await later(0);
      const after = await find(mail.id);
      expect(after).toMatchObject({ state, error_key, attempts: 1 });
      expect(after.error).not.toBe("");
      expect(after.cure).not.toBe("");
      if (code) expect(after.error).toContain(String(code));
      expect(arrived(smtp, to)).toHaveLength(0);
      await smtp.at(step, "ok");
      if (state === "failed") {
        await later(600);
        expect((await find(mail.id)).state).toBe("failed");
        await (await admin()).do(`/api/mail/${mail.id}/resending`);
      }
      await later(2);
      expect((await find(mail.id)).state).toBe("sent");
      expect(arrived(smtp, to)).toHaveLength(1);
    });
  }

  it("quit: stalls or drops has the mail already, and it does not leave again", async () => {
    for (const doing of ["stall", "drop"]) {
      const to = address();
      const mail = await queued(to);
      await smtp.at("quit", doing);
      await later(0);
      expect((await find(mail.id)).state).toBe("sent");
      await later(120);
      expect(arrived(smtp, to)).toHaveLength(1);
    }
    await smtp.at("quit", "ok");
  });
});

describe("a mail server that is down", () => {
  it("for an hour loses nothing: a probe now and then, and every mail once when it is back", async () => {
    await smtp.command({ mute: true });
    const all = Array.from({ length: 25 }, address);
    const mails = [];
    for (const to of all) mails.push(await queued(to));
    await later(0);
    const status = await (await admin()).read("/api/mail-status");
    expect(status).toMatchObject({ configured: true, error: "連不上郵件伺服器" });
    expect(status.down_since).toBe(now.toISOString().replace(".000", ""));
    expect(status.waiting).toBe(25);
    for (let i = 0; i < 12; ++i) await later(5);
    const tries = await Promise.all(mails.map(async mail => (await find(mail.id)).attempts));
    expect(tries.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(8);
    await smtp.command({ mute: false });
    for (let i = 0; i < 16; ++i) await later(5);
    for (const to of all) expect(arrived(smtp, to), to).toHaveLength(1);
    expect(await (await admin()).read("/api/mail-status")).toMatchObject({ down_since: null, error: "", waiting: 0 });
  });

  it("is asked again at once when a person resends", async () => {
    await smtp.command({ mute: true });
    const to = address();
    const mail = await queued(to);
    await later(0);
    await smtp.command({ mute: false });
    await later(0);
    expect(arrived(smtp, to)).toHaveLength(0);
    await (await admin()).do(`/api/mail/${mail.id}/resending`);
    await later(0);
    expect(arrived(smtp, to)).toHaveLength(1);
  });

  it("beyond the hours of the policy leaves the mail to a person", async () => {
    await smtp.command({ mute: true });
    const mail = await queued(address());
    for (let hours = 0; hours < 71; ++hours) await later(60);
    expect((await find(mail.id)).state).toBe("waiting");
    for (let hours = 0; hours < 3; ++hours) await later(60);
    expect(await find(mail.id)).toMatchObject({ state: "failed", error_key: "unreachable" });
    await smtp.command({ mute: false });
    await (await admin()).do("/api/mail-resendings", { state: "failed" });
    await later(0);
    expect((await find(mail.id)).state).toBe("sent");
  });
});

describe("TLS and signing in", () => {
  const secure = (port, ca, more = []) => ["--smtp", `smtp://127.0.0.1:${port}`, "--smtp-user", "duties", ...(ca ? ["--mail-ca", ca] : []), ...common, ...more];
  let server;
  beforeAll(async () => {
    server = await new SmtpServer(["--cert", certificate.cert, "--key", certificate.key, "--user", "duties", "--password", "Seven-lamps-on-the-quay"]).start();
  });
  afterAll(async () => {
    await server.stop();
    await restart(plain(smtp.port));
  });

  it("sends by STARTTLS, signed in, under a certificate that is checked", async () => {
    await restart(secure(server.port, certificate.ca));
    const to = address();
    await queued(to);
    await later(0);
    expect(arrived(server, to)).toMatchObject([{ tls: true, user: "duties" }]);
  });

  it("sends nothing to a server whose certificate is not known, and says so", async () => {
    await restart(secure(server.port, null));
    const mail = await queued(address());
    await later(0);
    const after = await find(mail.id);
    expect(after).toMatchObject({ state: "waiting", error_key: "certificate" });
    expect(after.cure).toContain("--mail-ca");
  });

  it("sends nothing in the clear to a server without STARTTLS", async () => {
    await restart(secure(smtp.port, certificate.ca));
    const mail = await queued(address());
    await later(0);
    expect(await find(mail.id)).toMatchObject({ state: "waiting", error_key: "no_tls" });
  });

  for (const [step, doing, code, error_key] of [
    ["starttls", "refuse", 454, "no_tls"], ["starttls", "stall", 0, "time_out"], ["starttls", "drop", 0, "dropped"],
    ["sign_in", "refuse", 535, "sign_in"], ["sign_in", "refuse", 454, "busy"], ["sign_in", "stall", 0, "time_out"], ["sign_in", "drop", 0, "dropped"],
  ]) {
    it(`waits when the server does ${doing}${code ? ` ${code}` : ""} at ${step}, and leaves when it is mended`, async () => {
      await restart(secure(server.port, certificate.ca));
      const to = address();
      const mail = await queued(to);
      await server.at(step, doing, code);
      await later(0);
      expect(await find(mail.id)).toMatchObject({ state: "waiting", error_key });
      await server.at(step, "ok");
      await (await admin()).do("/api/mail-resendings", { state: "waiting" });
      await later(0);
      expect(arrived(server, to)).toHaveLength(1);
    });
  }

  it("sends by TLS from the first byte", async () => {
    const wrapped = await new SmtpServer(["--cert", certificate.cert, "--key", certificate.key, "--wrapped", "--user", "duties", "--password", "Seven-lamps-on-the-quay"]).start();
    await restart(["--smtp", `smtps://127.0.0.1:${wrapped.port}`, "--smtp-user", "duties", "--mail-ca", certificate.ca, ...common]);
    const to = address();
    await queued(to);
    await later(0);
    expect(arrived(wrapped, to)).toMatchObject([{ tls: true, user: "duties" }]);
    await wrapped.stop();
  });
});

describe("unsent mail and people", () => {
  it("is listed by state in pages, masked, with plain words in the reader's language", async () => {
    await smtp.at("recipient", "refuse", 550);
    for (let i = 0; i < 5; ++i) await queued(address());
    await later(0);
    await smtp.at("recipient", "ok");
    const client = await city.signIn("auditor", undefined, { language: "en" });
    const first = await client.read("/api/mail?state=failed&limit=3");
    expect(first.rows).toHaveLength(3);
    expect(first.rows[0]).toMatchObject({ error: "The mail server refused the recipient (550)", cure: "Ask for the right address, mend it and send again.", address: "re***@example.test" });
    const second = await client.read(`/api/mail?state=failed&limit=3&cursor=${first.next}`);
    expect(second.rows.length).toBeGreaterThanOrEqual(2);
    const ids = [...first.rows, ...second.rows].map(row => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await client.get("/api/mail?state=lost")).status).toBe(422);
    expect((await client.read("/api/mail?state=failed&error=content_refused")).rows).toEqual([]);
    expect(JSON.stringify(first)).not.toContain("reader-");
  });

  it("shows an address only to who may mend it, and notes that it was shown", async () => {
    const row = (await (await admin()).read("/api/mail?state=failed")).rows[0];
    const auditor = await city.as("auditor");
    expect((await auditor.post(`/api/mail/${row.id}/opening`)).status).toBe(403);
    expect((await auditor.read(`/api/mail/${row.id}`)).actions).toEqual([]);
    const key = "open-it-once";
    const opened = must(await (await admin()).post(`/api/mail/${row.id}/opening`, {}, { key }));
    expect(opened.address).toMatch(/^reader-\d+@example\.test$/);
    expect(opened.subject).toBe("郵件設定測試");
    expect((await (await admin()).post(`/api/mail/${row.id}/opening`, {}, { key })).status).toBe(409);
    await later(0);
    const events = (await (await admin()).read(`/api/audit-events?record_kind=mail&record_id=${row.id}`)).rows;
    expect(events.map(event => event.text)).toContain("開啟郵件的地址與內容");
    expect(JSON.stringify(events)).not.toContain("@example.test");
  });

  it("gets another address, for this mail alone, and leaves", async () => {
    const row = (await (await admin()).read("/api/mail?state=failed")).rows[0];
    const bad = await (await admin()).put(`/api/mail/${row.id}/address`, { address: "two@example.test, three@example.test" });
    expect(bad.status).toBe(422);
    expect(bad.body.fields[0]).toMatchObject({ path: "address", key: "mail.not_an_address" });
    const to = address();
    must(await (await admin()).put(`/api/mail/${row.id}/address`, { address: to }));
    await later(0);
    expect(arrived(smtp, to)).toHaveLength(1);
    const view = await (await admin()).read(`/api/mail/${row.id}`);
    expect(view.steps.map(step => step.what)).toEqual(["failed", "mended", "resent", "sent"]);
    expect(view.steps[1].by).not.toBe("");
    expect((await (await admin()).post(`/api/mail/${row.id}/resending`)).body.key).toBe("mail.sent_already");
    expect((await (await admin()).put(`/api/mail/${row.id}/address`, { address: to })).status).toBe(409);
  });

  it("is given up with a reason, which stays", async () => {
    const row = (await (await admin()).read("/api/mail?state=failed")).rows[0];
    expect((await (await admin()).post(`/api/mail/${row.id}/giving-up`, { reason: "" })).body.fields[0].path).toBe("reason");
    await (await admin()).do(`/api/mail/${row.id}/giving-up`, { reason: "收件人已離職" });
    const view = await (await admin()).read(`/api/mail/${row.id}`);
    expect(view.mail.state).toBe("cancelled");
    expect(view.steps.at(-1)).toMatchObject({ what: "given_up", reason: "收件人已離職" });
    await later(600);
    expect((await find(row.id)).state).toBe("cancelled");
  });

  it("is refused to everybody without the permission", async () => {
    for (const login of ["handler", "controller", "executive", "citizen"]) {
      const client = await city.as(login);
      for (const path of ["/api/mail", "/api/mail-status", "/api/mail/1"]) expect((await client.get(path)).status, `${login} ${path}`).toBe(403);
      for (const [path, body] of [["/api/mail-tests", { address: "a@b.test" }], ["/api/mail-resendings", { state: "failed" }], ["/api/mail/1/resending", {}], ["/api/mail/1/giving-up", { reason: "x" }]]) expect((await client.post(path, body)).status, `${login} ${path}`).toBe(403);
    }
    expect((await (await admin()).get("/api/mail/1")).status).toBe(404);
  });

  it("is stopped by its readers with one button or one request of their mail reader", async () => {
    const account = (await admin()).session.account.id;
    const key = readFileSync(join(city.folders[0], "keys/mail.key"), "utf8").trim();
    const mark = execFileSync("/usr/bin/python3", ["-c", `import hashlib, sys; print(hashlib.blake2b(sys.argv[1].encode(), digest_size=16, key=bytes.fromhex(sys.argv[2])).hexdigest())`, `unsubscribe\n${account}`, key], { encoding: "utf8" }).trim();
    const path = `/mail/unsubscribe?t=${account}.${mark}`;
    const page = await send(city.port(), "GET", path, { "Accept-Language": "zh-TW" });
    expect(page.status).toBe(200);
    expect(page.text).toContain(`<form method="post" action="${path}">`);
    expect(page.text).toContain("停止寄送");
    expect((await send(city.port(), "GET", `/mail/unsubscribe?t=${account}.${"0".repeat(32)}`)).status).toBe(404);
    expect((await send(city.port(), "POST", "/mail/unsubscribe?t=1.2")).status).toBe(404);
    const stopped = await send(city.port(), "POST", path, { "Content-Type": "application/x-www-form-urlencoded" }, "List-Unsubscribe=One-Click");
    expect(stopped.status).toBe(200);
    expect((await send(city.port(), "POST", path, { Origin: "https://elsewhere.test" }, "")).status).toBe(403);
  });
});

describe("a city without a mail server", () => {
  it("keeps its mail and says that no server is named", async () => {
    await restart([]);
    const mail = await queued(address());
    await later(60);
    expect(await find(mail.id)).toMatchObject({ state: "waiting", attempts: 0 });
    expect(await (await admin()).read("/api/mail-status")).toMatchObject({ configured: false, bounces_configured: false });
  });
});
