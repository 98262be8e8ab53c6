// Requests that a browser could be made to send from elsewhere, and tokens that no browser sends by itself.
import { agencies, mandate, must, newDuty, startCity } from "./support.mjs";

let city;
let construction;
beforeAll(async () => {
  city = await startCity();
  ({ construction } = await agencies(city));
});
afterAll(() => city.finish());

const makeToken = async (...args) => {
  const made = await mandate(["token", ...city.where, ...args]);
  return { ...made, token: made.out.trim() };
};

describe("requests from elsewhere", () => {
  it("refuses a change without the form token, or with another one", async () => {
    const client = await city.as("controller");
    const other = await city.as("rdec-head");
    for (const token of [null, "", "x", other.form_token, client.form_token.slice(1), `${client.form_token}x`]) {
      const answer = await client.post("/api/duties", newDuty(construction.id), { headers: { "X-Form-Token": token } });
      expect(answer.status, String(token)).toBe(403);
      expect(answer.body.key).toBe("fault.form_token");
    }
    expect((await client.post("/api/duties", newDuty(construction.id))).status).toBe(200);
  });

  it("refuses a change that a browser says comes from another site", async () => {
    const client = await city.as("controller");
    const port = city.port(0);
    const refused = [
      { Origin: "https://elsewhere.example" },
      { Origin: "null" },
      { Origin: "http://127.0.0.1.elsewhere.example" },
      { Origin: `http://localhost:${port}` },
      { Origin: "http://127.0.0.1" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { Origin: `http://127.0.0.1:${port}`, "Sec-Fetch-Site": "cross-site" },
    ];
    for (const headers of refused) {
      const answer = await client.post("/api/duties", newDuty(construction.id), { headers, port });
      expect(answer.status, JSON.stringify(headers)).toBe(403);
      expect(answer.body.key).toBe("fault.other_origin");
    }
    const accepted = [{ Origin: `http://127.0.0.1:${port}` }, { "Sec-Fetch-Site": "same-origin" }, { "Sec-Fetch-Site": "none" }];
    for (const headers of accepted) expect((await client.post("/api/duties", newDuty(construction.id), { headers, port })).status, JSON.stringify(headers)).toBe(200);
  });

  it("refuses a sign-in that another site starts", async () => {
    const answer = await city.client().call("POST", "/api/session", { login_name: "controller", password: "x" }, { headers: { Origin: "https://elsewhere.example" } });
    expect(answer.status).toBe(403);
    expect(answer.body.key).toBe("fault.other_origin");
  });

  it("asks for the form token on every kind of change, and on none that only reads", async () => {
    const client = await city.as("admin");
    const none = { headers: { "X-Form-Token": null } };
    expect((await client.put("/api/accounts/1/grants", { grants: [] }, none)).body.key).toBe("fault.form_token");
    expect((await client.remove("/api/service-tokens/1", none)).body.key).toBe("fault.form_token");
    expect((await client.remove("/api/session", none)).body.key).toBe("fault.form_token");
    expect((await client.get("/api/accounts", none)).status).toBe(200);
  });
});

describe("service tokens", () => {
  it("work without a cookie and without a form token, for what they name and no more", async () => {
    const made = await makeToken("--name", "nightly export", "--for", "controller", "--permissions", "duty.read,duty.create", "--days", "30");
    expect(made.code, made.err).toBe(0);
    expect(made.token).toMatch(/^mdt_[\w-]{40,}$/);
    const client = city.client().withToken(made.token);
    expect((await client.get("/api/duties")).status).toBe(200);
    expect((await client.post("/api/duties", newDuty(construction.id))).status).toBe(200);
    // What the owner may do and the token does not name.
    expect((await client.get("/api/plans")).status).toBe(403);
    expect((await client.post("/api/policies/duty.severe_days/values", { value: "16", valid_from: "2027-01-01", source: "x" })).status).toBe(403);
    expect((await client.remove("/api/session")).body.key).toBe("session.none");
    // A foreign page cannot use it either way: it would have to know it.
    expect((await client.post("/api/duties", newDuty(construction.id), { headers: { Origin: "https://elsewhere.example" } })).status).toBe(200);
  });

  it("never give what their owner may not do", async () => {
    const made = await makeToken("--name", "too much", "--for", "liaison", "--permissions", "duty.read,duty.cancel,policy.edit");
    expect(made.code, made.err).toBe(0);
    const client = city.client().withToken(made.token);
    const list = must(await client.get("/api/duties?state=all"));
    expect(new Set(list.rows.map(row => row.agency_id))).toEqual(new Set([construction.id]));
    expect((await client.post("/api/duties/1/cancellation", { reason: "x" })).status).toBe(403);
    expect((await client.post("/api/policies/duty.severe_days/values", { value: "16", valid_from: "2027-01-01", source: "x" })).status).toBe(403);
  });

  it("are refused with a clear message when name, owner, permission or days are wrong", async () => {
    const cases = [
      [["--name", "a", "--for", "nobody-here", "--permissions", "duty.read"], /no account nobody-here/],
      [["--name", "a", "--for", "controller", "--permissions", "duty.fly"], /duty\.fly/],
      [["--name", "a", "--for", "controller", "--permissions", "duty.read", "--days", "0"], /expires_on/],
      [["--name", "a", "--for", "controller", "--permissions", "duty.read", "--days", "4000"], /expires_on/],
      [["--name", "", "--for", "controller", "--permissions", "duty.read"], /name/],
    ];
    for (const [args, text] of cases) {
      const made = await makeToken(...args);
      expect(made.code, args.join(" ")).not.toBe(0);
      expect(made.err).toMatch(text);
      expect(made.out).toBe("");
    }
  });

  it("are shown once, listed without their secret, and end when they are revoked", async () => {
    const admin = await city.as("admin");
    const made = await admin.do("/api/service-tokens", { name: "revoked soon", permissions: ["policy.read"], expires_on: "2027-03-01" });
    const client = city.client().withToken(made.token);
    expect((await client.get("/api/policies")).status).toBe(200);
    const list = await admin.get("/api/service-tokens");
    expect(list.body.rows.map(row => row.name)).toContain("revoked soon");
    expect(list.text).not.toContain(made.token);
    must(await admin.remove(`/api/service-tokens/${made.id}`));
    for (let i = 0; i < 2; ++i) {
      const answer = await client.get("/api/policies");
      expect(answer.status).toBe(401);
      expect(answer.headers["www-authenticate"]).toBe("Bearer");
    }
    expect((await admin.remove(`/api/service-tokens/${made.id}`)).status).toBe(404);
  });

  it("make no token that may do more than they may themselves", async () => {
    const admin = await city.as("admin");
    const made = await admin.do("/api/service-tokens", { name: "maker", permissions: ["token.edit", "policy.read"], expires_on: "2027-03-01" });
    const client = city.client().withToken(made.token);
    const more = await client.post("/api/service-tokens", { name: "more", permissions: ["policy.read", "account.edit"], expires_on: "2027-03-01" });
    expect(more.status).toBe(422);
    expect(more.body.fields).toMatchObject([{ path: "permissions", key: "token.beyond_own" }]);
    expect((await client.post("/api/service-tokens", { name: "less", permissions: ["policy.read"], expires_on: "2027-03-01" })).status).toBe(200);
  });

  it("end with their last day", async () => {
    const made = await makeToken("--name", "two days", "--for", "auditor", "--permissions", "duty.read", "--days", "2");
    const client = city.client().withToken(made.token);
    const began = city.clock;
    await city.setClock("2026-11-26T15:59:00Z");
    expect((await client.get("/api/duties")).status).toBe(200);
    await city.setClock("2026-11-26T16:00:01Z");
    expect((await client.get("/api/duties")).status).toBe(401);
    await city.setClock(began);
  });

  it("end with the account of their owner", async () => {
    const admin = await city.as("admin");
    const account = await admin.do("/api/accounts", { login_name: "token-owner", display_name: "介接帳號", password: "Seven-lamps-on-the-quay", grants: [{ role: "executive" }] });
    const made = await makeToken("--name", "of an account", "--for", "token-owner", "--permissions", "duty.read");
    const client = city.client().withToken(made.token);
    expect((await client.get("/api/duties")).status).toBe(200);
    await admin.do(`/api/accounts/${account.id}/disablement`, { reason: "停用" });
    for (let i = 0; i < 2; ++i) expect((await client.get("/api/duties")).status).toBe(401);
  });

  it("made up are refused even where a session would do", async () => {
    const client = city.client().withToken("mdt_0000000000000000000000000000000000000000000");
    expect((await client.get("/api/duties")).status).toBe(401);
    const session = await city.as("controller");
    expect((await session.get("/api/duties", { headers: { Authorization: "Bearer mdt_made-up" } })).status).toBe(401);
  });
});
