// People: where an account is written to, and who may see and change it.
import { must, password, startCity } from "./support.mjs";

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
    const events = await admin.get("/api/audit-events?limit=200");
    expect(events.text).toContain("account.created");
    expect(events.text).not.toContain("canary-of-mail");
  });
});
