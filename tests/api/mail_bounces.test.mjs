// Bounces are read back from a real Dovecot over TLS; only those that carry a Message-ID of ours count.
import { start_at, startCity } from "./support.mjs";
import { certificates, Dovecot, SmtpServer } from "./servers/mail_servers.mjs";

let city;
let smtp;
let dovecot;
let now = new Date(start_at);
const iso = () => now.toISOString().replace(".000", "");

beforeAll(async () => {
  const certificate = certificates();
  smtp = await new SmtpServer().start();
  dovecot = await new Dovecot(certificate).start();
  process.env.MANDATE_IMAP_PASSWORD = dovecot.password;
  city = await startCity({ extra: ["--smtp", `smtp://127.0.0.1:${smtp.port}`, "--smtp-tls", "none", "--mail-from", "duties@city.test", "--public-url", "https://duties.city.test",
    "--imap", `imaps://127.0.0.1:${dovecot.ports.imaps}/INBOX`, "--imap-user", dovecot.user, "--mail-ca", certificate.ca, "--mail-connect-seconds", "2", "--mail-stall-seconds", "2"] });
  city.may_complain = true;
});
afterAll(async () => {
  await city.finish();
  await smtp.stop();
  await dovecot.stop().catch(() => undefined);
});

async function later(minutes) {
  now = new Date(now.getTime() + minutes * 60_000);
  await city.setClock(iso());
}
const admin = () => city.as("admin");
const find = async id => (await (await admin()).read(`/api/mail/${id}`)).mail;
async function sent(to) {
  const { mail } = await (await admin()).do("/api/mail-tests", { address: to });
  await later(0);
  return { id: mail.id, message_id: smtp.header(smtp.mails.find(one => one.recipients.includes(to)), "Message-ID") };
}
const report = (message_id, { action = "failed", status = "5.1.1" } = {}) => `From: MAILER-DAEMON@mx.example.test
To: duties@city.test
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status;
	boundary="mark"

--mark
Content-Type: text/plain

Your message could not be delivered.
--mark
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.test

Final-Recipient: rfc822; somebody@example.test
Action: ${action}
Status: ${status}

--mark
Content-Type: message/rfc822

From: duties@city.test
Message-ID: ${message_id}
Subject: test

text
--mark--
`;

it("a mail that comes back for good is a dead letter, and its address is not written to again until a person says so", async () => {
  const { id, message_id } = await sent("gone@example.test");
  dovecot.deliver(report(message_id));
  await later(6);
  expect(await find(id)).toMatchObject({ state: "failed", bounced: true, error_key: "bounced" });
  expect((await find(id)).error).toContain("511");
  expect(await (await admin()).read("/api/mail-status")).toMatchObject({ bounced: 1, bounces_configured: true, bounces_error: "", bounces_read_at: iso() });
  expect((await (await admin()).read("/api/mail?state=bounced")).rows.map(row => row.id)).toEqual([id]);
  const { mail } = await (await admin()).do("/api/mail-tests", { address: "Gone@example.test" });
  await later(0);
  expect(await find(mail.id)).toMatchObject({ state: "failed", error_key: "address_bounced" });
  await (await admin()).do(`/api/mail/${id}/resending`);
  await later(0);
  expect((await find(id)).state).toBe("sent");
});

it("one that is only late is noted and left alone", async () => {
  const { id, message_id } = await sent("late@example.test");
  dovecot.deliver(report(message_id, { action: "delayed", status: "4.4.7" }));
  await later(6);
  const view = await (await admin()).read(`/api/mail/${id}`);
  expect(view.mail.state).toBe("sent");
  expect(view.steps.map(step => step.what)).toEqual(["sent", "delayed"]);
});

it("a forged report, a letter and nonsense change nothing, and each is read once", async () => {
  const { id } = await sent("safe@example.test");
  dovecot.deliver(report(`<${id}.${"0".repeat(32)}@city.test>`));
  dovecot.deliver(report("<anything@elsewhere.test>"));
  dovecot.deliver(`Subject: hello\nMessage-ID: <x@y>\n\n${"Status: 5.1.1\n".repeat(50_000)}`);
  dovecot.deliver("\n");
  await later(6);
  expect((await find(id)).state).toBe("sent");
  expect((await (await admin()).read("/api/mail-status")).bounces_error).toBe("");
  const { message_id } = await sent("after@example.test");
  dovecot.deliver(report(message_id));
  await later(6);
  expect((await (await admin()).read("/api/mail?state=bounced")).rows).toHaveLength(1);
});

it("a mailbox that cannot be read is told of, and read on when it is back", async () => {
  const { id, message_id } = await sent("slow@example.test");
  dovecot.deliver(report(message_id));
  await dovecot.stop();
  await later(6);
  expect((await (await admin()).read("/api/mail-status")).bounces_error).toBe("無法讀取退信信箱，請檢查 IMAP 設定與伺服器。");
  expect((await find(id)).state).toBe("sent");
  await dovecot.restart();
  await later(6);
  expect((await find(id)).state).toBe("failed");
  expect((await (await admin()).read("/api/mail-status")).bounces_error).toBe("");
});
