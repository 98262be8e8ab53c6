// One-time links by mail: to their owner alone, after a request at the door or an administrator's.
import { execFileSync } from "node:child_process";
import { must, start_at, startCity } from "./support.mjs";
import { SmtpServer } from "./servers/mail_servers.mjs";

let city;
let smtp;
let admin;
const secret = "Seven-lamps-on-the-quay";
let now = Date.parse(start_at);

beforeAll(async () => {
  smtp = await new SmtpServer().start();
  city = await startCity({ extra: ["--smtp", `smtp://127.0.0.1:${smtp.port}`, "--smtp-tls", "none", "--mail-from", "市政承諾簿 <duties@city.test>", "--public-url", "https://duties.city.test"] });
  admin = await city.as("admin");
});
afterAll(async () => {
  await city.finish();
  await smtp.stop();
});

async function later(seconds) {
  now += seconds * 1000;
  await city.setClock(new Date(now).toISOString().replace(".000", ""));
  admin = await city.as("admin");
}
const letters = to => smtp.mails.filter(mail => mail.recipients.includes(to));
/** The secret of the link in a mail's plain text, read by another hand than ours. */
const linkIn = mail => {
  const text = execFileSync("/usr/bin/python3", ["-c", "import email, email.policy, sys; print(email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default).get_body(('plain',)).get_content())"], { input: mail.content, encoding: "utf8" });
  return /https:\/\/duties\.city\.test\/console\/link#([\w-]+)/.exec(text)[1];
};
const door = (path, body) => city.client().post(path, body, { key: null });

describe("one-time links by mail", () => {
  it("invite, and are shown to the administrator as well", async () => {
    const one = await admin.do("/api/accounts", { login_name: "mailed", display_name: "新進同仁", grants: [], email: "mailed@reader.test" });
    const link = await admin.do(`/api/accounts/${one.id}/links`);
    expect(link).toMatchObject({ kind: "invitation", mailed: true });
    await later(1);
    const [mail] = letters("mailed@reader.test");
    expect(linkIn(mail)).toBe(link.path.split("#")[1]);
    must(await door("/api/account-link-uses", { token: linkIn(mail), password: secret }));
    expect((await city.client().signIn("mailed", secret)).status).toBe(200);
  });

  it("are turned to no other address by whoever looks after the mail", async () => {
    const one = await admin.do("/api/accounts", { login_name: "turned", display_name: "另一位同仁", grants: [], email: "turned@reader.test" });
    await admin.do(`/api/accounts/${one.id}/links`);
    const row = (await admin.read("/api/mail?state=waiting")).rows.find(each => each.kind === "account.invitation");
    expect((await admin.read(`/api/mail/${row.id}`)).actions).not.toContain("mend");
    const refused = await admin.put(`/api/mail/${row.id}/address`, { address: "somebody-else@reader.test" });
    expect([refused.status, refused.body.key]).toEqual([403, "mail.link_stays"]);
    const opened = must(await admin.post(`/api/mail/${row.id}/opening`));
    expect(JSON.stringify(opened)).not.toContain("/console/link");
    await later(1);
    expect(letters("turned@reader.test")).toHaveLength(1);
    expect(letters("somebody-else@reader.test")).toHaveLength(0);
  });

  it("reset, to the owner alone: asked for at the door, or made by the administrator who does not see them", async () => {
    expect((await door("/api/password-reset-requests", { login_name: "mailed" })).status).toBe(200);
    expect((await door("/api/password-reset-requests", { login_name: "nobody-of-that-name" })).status).toBe(200);
    // The job of each minute makes the link, and the post takes it along.
    await later(61);
    await later(1);
    expect(letters("mailed@reader.test")).toHaveLength(2);
    const one = (await admin.read("/api/accounts?q=mailed")).rows[0];
    expect(one.reset_asked_at).toBe(null);
    const made = await admin.do(`/api/accounts/${one.id}/links`);
    expect(made).toMatchObject({ kind: "reset", mailed: true, path: null });
    await later(1);
    const all = letters("mailed@reader.test").map(linkIn);
    expect(all).toHaveLength(3);
    expect((await door("/api/account-link-uses", { token: all[1], password: "Eight-lamps-on-the-quay" })).status).toBe(404); // the newer one counts
    const session = await city.signIn("mailed", secret);
    must(await door("/api/account-link-uses", { token: all[2], password: "Eight-lamps-on-the-quay" }));
    expect((await session.get("/api/session")).status).toBe(401);
    expect((await city.client().signIn("mailed", secret)).status).toBe(401);
    expect((await city.client().signIn("mailed", "Eight-lamps-on-the-quay")).status).toBe(200);
  });
});
