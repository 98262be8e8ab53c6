// People: where an account is written to, links for a password, the second step, devices; and who may see and change it.
import { must, password, sleep, startCity, totp } from "./support.mjs";

const secret = "Seven-lamps-on-the-quay";

let city;
let admin;
beforeAll(async () => {
  city = await startCity();
  admin = await city.as("admin");
});
afterAll(() => city.finish());

let made = 0;
const account = async (body = {}) => admin.do("/api/accounts", { login_name: `person-${++made}`, display_name: `同仁${made}`, password: secret, grants: [], ...body });

// Events have their positions once the sequencer has run; setting the clock runs it.
const sealed = async () => {
  await city.setClock(city.clock);
  admin = await city.as("admin");
};

describe("an account's address", () => {
  it("is given with the account, changed by the administrator, and seen only by those who may see accounts", async () => {
    const one = await account({ email: "first@sample.invalid" });
    expect(one.email).toBe("first@sample.invalid");
    expect(must(await admin.put(`/api/accounts/${one.id}/email`, { email: "second@sample.invalid" })).email).toBe("second@sample.invalid");
    for (const login of ["rdec-head", "auditor"]) {
      const seen = await (await city.as(login)).read("/api/accounts?q=person-");
      expect(seen.rows.find(row => row.id === one.id).email).toBe("second@sample.invalid");
      expect((await (await city.as(login)).put(`/api/accounts/${one.id}/email`, { email: "third@sample.invalid" })).status).toBe(403);
    }
    for (const login of ["handler", "controller", "citizen"]) expect((await (await city.as(login)).get("/api/accounts")).status).toBe(403);
    expect(must(await admin.put(`/api/accounts/${one.id}/email`, {})).email).toBe(null);
  });

  it("is refused by its field when no mail could be sent to it", async () => {
    const one = await account();
    for (const bad of ["nobody", "a@b", "a@b.tw\r\nBcc: c@d.tw", "x".repeat(300) + "@sample.invalid"]) {
      for (const answer of [await admin.put(`/api/accounts/${one.id}/email`, { email: bad }), await admin.post("/api/accounts", { login_name: "never", display_name: "未建立", password: secret, grants: [], email: bad })]) {
        expect(answer.status).toBe(422);
        expect(answer.body.fields.map(field => field.path)).toEqual(["email"]);
      }
    }
  });

  it("is one's own to change, with the present password", async () => {
    const one = await account({ email: "mine@sample.invalid" });
    const client = await city.signIn(`person-${made}`, secret);
    expect(await client.read("/api/own-account")).toMatchObject({ login_name: `person-${made}`, email: "mine@sample.invalid" });
    const wrong = await client.put("/api/own-account/email", { email: "new@sample.invalid", password: "not-the-password" });
    expect(wrong.status).toBe(422);
    expect(wrong.body.fields.map(field => [field.path, field.key])).toEqual([["password", "account.wrong_password"]]);
    expect(must(await client.put("/api/own-account/email", { email: "new@sample.invalid", password: secret })).email).toBe("new@sample.invalid");
    expect((await admin.read("/api/accounts?q=person-")).rows.find(row => row.id === one.id).email).toBe("new@sample.invalid");
  });

  it("is not changed by a service token, whatever it may otherwise do", async () => {
    const token = (await admin.do("/api/service-tokens", { name: "介接", permissions: ["account.read"], expires_on: "2026-12-31" })).token;
    const answer = await city.client().withToken(token).put("/api/own-account/email", { email: "new@sample.invalid", password });
    expect(answer.status).toBe(403);
    expect(answer.body.key).toBe("account.people_only");
  });

  it("is not told by the audit log", async () => {
    await account({ email: "canary-of-mail@sample.invalid" });
    await sealed();
    const events = await admin.get("/api/audit-events?limit=200");
    expect(events.text).toContain("account.created");
    expect(events.text).not.toContain("canary-of-mail");
  });
});

const later = (from, seconds) => new Date(Date.parse(from) + seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
const tokenOf = link => link.path.split("#")[1];
// A process notices within a quarter of a second what another changed of the policies.
const setPolicy = async (by, key, value) => {
  await by.do(`/api/policies/${key}/values`, { value, valid_from: city.clock.slice(0, 10), source: "unsourced" });
  await sleep(300);
};
const door = (path, body) => city.client().post(path, body, { key: null });

describe("invitation and reset by one-time link", () => {
  it("invites an account that has no password, and lets its owner in by the link, once", async () => {
    const one = await admin.do("/api/accounts", { login_name: "invited", display_name: "新進同仁", grants: [{ role: "executive" }] });
    expect(one.has_password).toBe(false);
    expect((await city.client().signIn("invited", "")).status).toBe(401);
    const link = await admin.do(`/api/accounts/${one.id}/links`);
    expect(link).toMatchObject({ kind: "invitation", mailed: false });
    expect(link.path).toMatch(/^\/console\/link#[\w-]{43}$/);
    expect(Date.parse(link.expires_at) - Date.parse(city.clock)).toBe(7 * 86_400_000);
    expect(must(await door("/api/account-link-views", { token: tokenOf(link) }))).toMatchObject({ kind: "invitation", login_name: "invited", display_name: "新進同仁", user_class: "staff" });
    const weak = await door("/api/account-link-uses", { token: tokenOf(link), password: "Taichung2026" });
    expect(weak.status).toBe(422);
    expect(weak.body.fields.map(field => [field.path, field.key])).toEqual([["password", "account.password_too_plain"]]);
    must(await door("/api/account-link-uses", { token: tokenOf(link), password: secret }));
    expect((await city.client().signIn("invited", secret)).status).toBe(200);
    const again = await door("/api/account-link-uses", { token: tokenOf(link), password: "Eight-lamps-on-the-quay" });
    expect([again.status, again.body.key]).toEqual([404, "link.not_valid"]);
    expect((await city.client().signIn("invited", secret)).status).toBe(200);
  });

  it("makes links for administrators only, and answers a made-up one like an old one", async () => {
    const one = await account();
    for (const login of ["rdec-head", "auditor", "controller"]) expect((await (await city.as(login)).post(`/api/accounts/${one.id}/links`)).status).toBe(403);
    const old = await admin.do(`/api/accounts/${one.id}/links`);
    await admin.do(`/api/accounts/${one.id}/links`);
    const withdrawn = await door("/api/account-link-views", { token: tokenOf(old) });
    const unknown = await door("/api/account-link-views", { token: "made-up" });
    expect(withdrawn.status).toBe(404);
    expect({ ...withdrawn.body, instance: "" }).toEqual({ ...unknown.body, instance: "" });
  });

  it("takes a request for a new password from anybody and says the same of every name", async () => {
    const one = await account();
    const known = await door("/api/password-reset-requests", { login_name: `person-${made}` });
    const unknown = await door("/api/password-reset-requests", { login_name: "nobody-of-that-name" });
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    expect(known.status).toBe(200);
    const waits = async () => (await admin.read(`/api/accounts?q=person-${made}`)).rows.find(row => row.id === one.id).reset_asked_at;
    expect(await waits()).toBe(city.clock);
    const link = await admin.do(`/api/accounts/${one.id}/links`);
    expect(link.kind).toBe("reset");
    expect(await waits()).toBe(null);
    for (const name of [`person-${made}`, "nobody-of-that-name"]) {
      const answers = [];
      for (let i = 0; i < 3; ++i) answers.push((await door("/api/password-reset-requests", { login_name: name })).status);
      expect(answers, name).toEqual([200, 200, 429]);
    }
  });
});

describe("one's own password", () => {
  it("is changed with the present one; other devices are signed out and old passwords stay old", async () => {
    await account();
    const here = await city.signIn(`person-${made}`, secret);
    const there = await city.signIn(`person-${made}`, secret);
    const change = (from, to) => here.put("/api/own-account/password", { password: from, new_password: to });
    expect((await change("wrong", "Eight-lamps-on-the-quay")).body.fields[0].path).toBe("password");
    expect((await change(secret, secret)).body.fields[0]).toMatchObject({ path: "new_password", key: "account.password_used" });
    must(await change(secret, "Eight-lamps-on-the-quay"));
    expect((await here.get("/api/session")).status).toBe(200);
    expect((await there.get("/api/session")).status).toBe(401);
    // The policy: a password that its owner set stays for a day.
    const soon = await change("Eight-lamps-on-the-quay", "Nine-lamps-on-the-quay");
    expect([soon.status, soon.body.key]).toEqual([409, "account.password_too_young"]);
  });

  it("has its rules told to anybody, for each class of users", async () => {
    const rules = must(await city.client().get("/api/password-rules")).classes;
    expect(rules.map(one => [one.user_class, one.length_min, one.history, one.mixed])).toEqual([["staff", 12, 3, false], ["administrator", 15, 3, true]]);
    const policies = (await admin.read("/api/policies")).rows;
    for (const key of ["password.length_min_admin", "password.history", "password.age_max_days", "second_step.required", "link.reset_minutes"]) expect(policies.find(row => row.key === key)?.source, key).toBeTruthy();
    const weak = await admin.post("/api/accounts", { login_name: "second-admin", display_name: "管理", password: "seven lamps on the quay", grants: [{ role: "system_admin" }] });
    expect(weak.body.fields.map(field => field.key)).toEqual(["account.password_not_mixed"]);
  });

  it("that is too old lets its owner do nothing but change it", async () => {
    const controller = await city.as("controller");
    await account({ grants: [{ role: "rdec_controller" }] });
    const before = city.clock;
    await setPolicy(controller, "password.age_max_days", "30");
    await city.setClock(later(before, 31 * 86_400));
    const client = await city.signIn(`person-${made}`, secret);
    expect(client.session.must).toEqual(["password"]);
    expect(client.session.permissions).toEqual([]);
    expect((await client.get("/api/duties")).status).toBe(403);
    must(await client.put("/api/own-account/password", { password: secret, new_password: "Eight-lamps-on-the-quay" }));
    expect((await client.read("/api/session")).must).toEqual([]);
    expect((await client.get("/api/duties")).status).toBe(200);
    await setPolicy(client, "password.age_max_days", "0");
    admin = await city.as("admin");
  });
});

describe("the second step of signing in", () => {
  const set_up = async () => {
    await account({ grants: [{ role: "executive" }] });
    const login = `person-${made}`;
    const client = await city.signIn(login, secret);
    const begun = await client.do("/api/own-account/authenticator");
    expect(begun.uri).toContain("algorithm=SHA1&digits=6&period=30");
    expect(begun.qr_path).toMatch(/^M4 4h7/);
    expect((await client.post("/api/own-account/authenticator-confirmation", { password: secret, code: "000000" })).body.fields[0].path).toBe("code");
    // Until it is confirmed the password alone opens.
    expect((await city.client().signIn(login, secret)).status).toBe(200);
    await client.do("/api/own-account/authenticator-confirmation", { password: secret, code: totp(begun.secret, city.clock) });
    await city.setClock(later(city.clock, 30));
    admin = await city.as("admin");
    return { login, client, ...begun };
  };

  it("is asked for after the password, takes each code once, and recovery codes when the telephone is lost", async () => {
    const one = await set_up();
    const without = await city.client().signIn(one.login, secret);
    expect([without.status, without.body.key]).toEqual([401, "account.code_needed"]);
    expect((await city.client().signIn(one.login, "wrong password")).body.key).toBe("account.wrong_credentials");
    const code = totp(one.secret, city.clock);
    expect((await city.client().signIn(one.login, secret, code)).status).toBe(200);
    expect((await city.client().signIn(one.login, secret, code)).body.key).toBe("account.wrong_code");
    expect((await city.client().signIn(one.login, secret, one.recovery_codes[0].toUpperCase())).status).toBe(200);
    expect((await city.client().signIn(one.login, secret, one.recovery_codes[0])).body.key).toBe("account.wrong_code");
    const own = await one.client.read("/api/own-account");
    expect(own.recovery_codes_left).toBe(9);
    // Its secret and its codes are in no other answer and no event.
    const seen = (await admin.get("/api/audit-events?limit=200")).text + (await admin.get("/api/accounts?limit=200")).text + JSON.stringify(own);
    for (const hidden of [one.secret, ...one.recovery_codes]) expect(seen).not.toContain(hidden);
    expect(seen).toContain("設定兩步驟驗證");
  });

  it("is locked like passwords when somebody guesses", async () => {
    const one = await set_up();
    for (let i = 0; i < 5; ++i) expect((await city.client().signIn(one.login, secret, "000000")).status).toBe(401);
    expect((await city.client().signIn(one.login, secret, totp(one.secret, city.clock))).status).toBe(429);
  });

  it("is taken away by an administrator with a reason when the device is lost; sessions end, codes are never shown", async () => {
    const one = await set_up();
    const id = one.client.session.account.id;
    for (const login of ["rdec-head", "auditor", "controller"]) expect((await (await city.as(login)).post(`/api/accounts/${id}/authenticator-removal`, { reason: "遺失" })).status).toBe(403);
    expect((await admin.post(`/api/accounts/${id}/authenticator-removal`, { reason: "" })).body.fields[0].path).toBe("reason");
    const answer = await admin.post(`/api/accounts/${id}/authenticator-removal`, { reason: "手機遺失，已當面確認身分" });
    expect([answer.status, answer.body]).toEqual([200, {}]);
    expect((await one.client.get("/api/session")).status).toBe(401);
    expect((await city.client().signIn(one.login, secret)).status).toBe(200);
    await sealed();
    expect((await admin.get("/api/audit-events?limit=20")).text).toContain("手機遺失，已當面確認身分");
  });

  it("is required by policy after days of grace", async () => {
    await account({ grants: [{ role: "executive" }] });
    const login = `person-${made}`;
    await setPolicy(await city.as("controller"), "second_step.required", "yes");
    const early = await city.signIn(login, secret);
    expect(early.session.must).toEqual([]);
    expect(Date.parse(early.session.second_step_due_on) - Date.parse(city.clock.slice(0, 10))).toBe(14 * 86_400_000);
    await city.setClock(later(city.clock, 15 * 86_400));
    const late = await city.signIn(login, secret);
    expect(late.session.must).toEqual(["second_step"]);
    expect((await late.get("/api/duties")).status).toBe(403);
    const begun = await late.do("/api/own-account/authenticator");
    await late.do("/api/own-account/authenticator-confirmation", { password: secret, code: totp(begun.secret, city.clock) });
    expect((await late.get("/api/duties")).status).toBe(200);
    expect((await late.post("/api/own-account/authenticator-removal", { password: secret })).body.key).toBe("second_step.required");
    admin = await city.as("admin");
    const staff = await city.signIn("rdec-head");
    expect(staff.session.second_step_due_on).toBeTruthy();
    await setPolicy(staff, "second_step.required", "no");
  });
});

describe("one's own devices", () => {
  it("have names, and all others are signed out at once", async () => {
    await account();
    const login = `person-${made}`;
    const here = await city.signIn(login, secret);
    const others = [await city.signIn(login, secret), await city.signIn(login, secret)];
    const current = (await here.read("/api/sessions")).rows.find(row => row.current);
    must(await here.put(`/api/sessions/${current.id}/name`, { name: "辦公室電腦" }));
    expect((await here.read("/api/sessions")).rows.find(row => row.current).name).toBe("辦公室電腦");
    const stranger = await city.as("handler");
    expect((await stranger.put(`/api/sessions/${current.id}/name`, { name: "別人的" })).status).toBe(404);
    expect(must(await here.remove("/api/sessions")).ended).toBe(2);
    for (const other of others) expect((await other.get("/api/session")).status).toBe(401);
    expect((await here.read("/api/sessions")).rows).toHaveLength(1);
  });
});
