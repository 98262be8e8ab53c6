import { agencies, must, newDuty, password, send, startCity } from "./support.mjs";

let city;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.finish());

const minutesLater = (from, minutes) => new Date(Date.parse(from) + minutes * 60_000).toISOString().replace(/\.\d+Z$/, "Z");

describe("signing in", () => {
  it("signs every sample account in and names its role", async () => {
    const logins = ["citizen", "handler", "unit-head", "liaison", "agency-head", "controller", "rdec-head", "executive", "agent-1999", "supervisor-1999", "inspector", "youth", "council-liaison", "auditor", "admin"];
    const roles = [];
    for (const login of logins) {
      const client = await city.as(login);
      const session = await client.read("/api/session");
      expect(session.account.login_name).toBe(login);
      expect(session.grants).toHaveLength(1);
      expect(session.today).toBe("2026-11-24");
      expect(session.sample).toBe(true);
      roles.push(session.grants[0].role);
    }
    expect(new Set(roles).size).toBe(15);
  });

  it("sets a cookie that scripts cannot read and other sites do not send", async () => {
    const answer = await city.client().call("POST", "/api/session", { login_name: "controller", password }, { key: null });
    const cookie = answer.headers["set-cookie"];
    expect(cookie).toHaveLength(1);
    expect(cookie[0]).toMatch(/^mandate_session=[\w-]{40,}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  it("refuses a body that names a member twice, whichever of the two is right", async () => {
    const twice = `{"login_name":"controller","password":"x","password":${JSON.stringify(password)}}`;
    const answer = await send(city.servers[0].port, "POST", "/api/session", { "Content-Type": "application/json" }, twice);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("兩次");
  });

  it("takes a login name in any case or width", async () => {
    expect((await city.client().signIn("CONTROLLER", password)).status).toBe(200);
    expect((await city.client().signIn("ｃontroller", password)).status).toBe(200);
  });

  it("answers an unknown user as it answers a wrong password", async () => {
    const wrong = await city.client().signIn("supervisor-1999", "not the password of anybody");
    const unknown = await city.client().signIn("nobody-of-that-name", "not the password of anybody");
    expect(wrong.status).toBe(401);
    expect({ ...wrong.body, instance: "" }).toEqual({ ...unknown.body, instance: "" });
    expect(wrong.headers["set-cookie"]).toBeUndefined();
  });

  it("locks an account for a while after five wrong passwords", async () => {
    for (let i = 0; i < 5; ++i) expect((await city.client().signIn("youth", `wrong password ${i}`)).status).toBe(401);
    const locked = await city.client().signIn("youth", password);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers["retry-after"])).toBeGreaterThan(0);
    expect(Number(locked.headers["retry-after"])).toBeLessThanOrEqual(15 * 60 + 1);
    // Others are not locked with it, and the lock ends by itself.
    expect((await city.client().signIn("executive", password)).status).toBe(200);
    await city.setClock(minutesLater(city.clock, 16));
    expect((await city.client().signIn("youth", password)).status).toBe(200);
  });

  it("locks an unknown name in the same way, so that the lock tells nothing", async () => {
    for (let i = 0; i < 5; ++i) expect((await city.client().signIn("no-such-person", `wrong password ${i}`)).status).toBe(401);
    const locked = await city.client().signIn("no-such-person", password);
    expect(locked.status).toBe(429);
    expect(locked.headers["retry-after"]).toBeDefined();
  });

  it("forgets failures after a sign-in that succeeds", async () => {
    for (let round = 0; round < 2; ++round) {
      for (let i = 0; i < 4; ++i) expect((await city.client().signIn("inspector", `wrong password ${i}`)).status).toBe(401);
      expect((await city.client().signIn("inspector", password)).status).toBe(200);
    }
  });
});

describe("sessions", () => {
  it("ends a session when its owner signs out", async () => {
    const client = await city.signIn("handler");
    expect((await client.get("/api/session")).status).toBe(200);
    const out = await client.remove("/api/session");
    expect(out.status).toBe(200);
    expect(out.headers["set-cookie"][0]).toMatch(/^mandate_session=; .*Max-Age=0/);
    // On each of the servers.
    for (let i = 0; i < 2; ++i) expect((await client.get("/api/session")).status).toBe(401);
  });

  it("lists the sessions of an account and ends one of them", async () => {
    const here = await city.signIn("unit-head");
    const there = await city.signIn("unit-head");
    const before = (await here.read("/api/sessions")).rows;
    expect(before.length).toBeGreaterThanOrEqual(2);
    expect(before.filter(row => row.current)).toHaveLength(1);
    const other = (await there.read("/api/sessions")).rows.find(row => row.current);
    expect(other.id).not.toBe(before.find(row => row.current).id);
    must(await here.remove(`/api/sessions/${other.id}`));
    expect((await there.get("/api/session")).status).toBe(401);
    expect((await here.get("/api/session")).status).toBe(200);
    expect((await here.read("/api/sessions")).rows.map(row => row.id)).not.toContain(other.id);
  });

  it("does not end a session of somebody else", async () => {
    const mine = await city.signIn("liaison");
    const theirs = await city.signIn("agency-head");
    const id = (await theirs.read("/api/sessions")).rows.find(row => row.current).id;
    expect((await mine.remove(`/api/sessions/${id}`)).status).toBe(404);
    expect((await theirs.get("/api/session")).status).toBe(200);
  });

  it("refuses a disabled account at its next request and at sign-in", async () => {
    const admin = await city.as("admin");
    const made = await admin.do("/api/accounts", { login_name: "short-stay", display_name: "短期同仁", password: "Seven-lamps-on-the-quay", grants: [{ role: "executive" }] });
    const client = await city.signIn("short-stay", "Seven-lamps-on-the-quay");
    expect((await client.get("/api/duties")).status).toBe(200);
    expect((await admin.post(`/api/accounts/${made.id}/disablement`, { reason: "" })).status).toBe(422);
    await admin.do(`/api/accounts/${made.id}/disablement`, { reason: "離職" });
    for (let i = 0; i < 2; ++i) expect((await client.get("/api/duties")).status).toBe(401);
    const again = await city.client().signIn("short-stay", "Seven-lamps-on-the-quay");
    expect(again.status).toBe(401);
    expect(again.body.key).toBe("account.wrong_credentials");
    must(await admin.remove(`/api/accounts/${made.id}/disablement`));
    expect((await city.client().signIn("short-stay", "Seven-lamps-on-the-quay")).status).toBe(200);
    // The session that ended with the account does not come back.
    expect((await client.get("/api/duties")).status).toBe(401);
  });

  it("lets nobody disable oneself or take the last administrator away", async () => {
    const admin = await city.as("admin");
    const me = admin.session.account.id;
    expect((await admin.post(`/api/accounts/${me}/disablement`, { reason: "試試" })).body.key).toBe("account.not_oneself");
    expect((await admin.put(`/api/accounts/${me}/grants`, { grants: [{ role: "auditor" }] })).body.key).toBe("account.last_admin");
  });

  it("takes new roles of an account into force at its next request", async () => {
    const admin = await city.as("admin");
    const { construction } = await agencies(city);
    const made = await admin.do("/api/accounts", { login_name: "mover", display_name: "調任同仁", password: "Seven-lamps-on-the-quay", grants: [{ role: "executive" }] });
    const client = await city.signIn("mover", "Seven-lamps-on-the-quay");
    expect((await client.post("/api/duties", newDuty(construction.id))).status).toBe(403);
    must(await admin.put(`/api/accounts/${made.id}/grants`, { grants: [{ role: "agency_liaison", agency_id: construction.id }] }));
    expect((await client.post("/api/duties", newDuty(construction.id))).status).toBe(200);
  });

  it("signs out after the idle time, and not before it", async () => {
    const busy = await city.signIn("controller");
    const idle = await city.signIn("controller");
    const began = city.clock;
    await city.setClock(minutesLater(began, 20));
    expect((await busy.get("/api/session")).status).toBe(200);
    await city.setClock(minutesLater(began, 31));
    expect((await busy.get("/api/session")).status).toBe(200);
    const answer = await idle.get("/api/session");
    expect(answer.status).toBe(401);
    expect(answer.body.key).toBe("session.expired");
  });

  it("ends an administrator session after a shorter idle time", async () => {
    const admin = await city.signIn("admin");
    const staff = await city.signIn("controller");
    await city.setClock(minutesLater(city.clock, 16));
    expect((await admin.get("/api/session")).status).toBe(401);
    expect((await staff.get("/api/session")).status).toBe(200);
  });

  it("ends a session after its longest time however busy it is", async () => {
    const client = await city.signIn("controller");
    const began = city.clock;
    for (let minutes = 25; minutes < 12 * 60; minutes += 25) {
      await city.setClock(minutesLater(began, minutes));
      expect((await client.get("/api/session")).status).toBe(200);
    }
    await city.setClock(minutesLater(began, 12 * 60 + 1));
    expect((await client.get("/api/session")).status).toBe(401);
  });

  it("refuses weak passwords by name of the field", async () => {
    const admin = await city.as("admin");
    for (const weak of ["short", "newcomer-and-more", "aaaaaaaaaaaaaa", "password1234"]) {
      const answer = await admin.post("/api/accounts", { login_name: "newcomer", display_name: "新進同仁", password: weak, grants: [] });
      expect(answer.status).toBe(422);
      expect(answer.body.fields.map(field => field.path)).toEqual(["password"]);
      expect(answer.text).not.toContain(weak === "short" ? "\u0000" : weak);
    }
  });

  it("answers a cookie that nobody gave with 401 and an open page all the same", async () => {
    const headers = { Cookie: "mandate_session=made-up" };
    expect((await send(city.port(), "GET", "/api/session", headers)).status).toBe(401);
    expect((await send(city.port(), "GET", "/", headers)).status).toBe(200);
  });
});
