// No personal data in the log: what people type appears nowhere in what the server writes about itself.
import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { agencies, must, newDuty, send, startCity } from "./support.mjs";

let city;
let canaries;
beforeAll(async () => {
  city = await startCity({ start: false });
  // Everything is logged, every request too.
  city.argsOf = (index => city.constructor.prototype.argsOf.call(city, index).filter(arg => arg !== "--quiet"));
  city.may_complain = true;
  await city.start();
});
afterAll(() => city.finish());

const canary = () => `canary${randomUUID().replaceAll("-", "")}`;

describe("logs", () => {
  it("hold one line a request with its id, and nothing that a person typed", async () => {
    const known = await agencies(city);
    const controller = await city.as("controller");
    const admin = await city.as("admin");
    canaries = Object.fromEntries(["title", "detail", "evidence", "reason", "person", "account", "password", "login", "query", "path", "agent", "phone", "key", "file", "cookie", "token", "plan", "email"].map(name => [name, canary()]));
    const c = canaries;
    const made = await controller.do("/api/duties", newDuty(known.construction.id, { title: c.title, detail: c.detail }), { key: c.key, headers: { "User-Agent": c.agent } });
    await controller.do(`/api/duties/${made.duty.id}/completion`, { evidence: c.evidence });
    await controller.do(`/api/duties/${made.duty.id}/reopening`, { reason: c.reason });
    const agency = await controller.do("/api/agencies", { code: "LOG-1", name: "紀錄機關", kind: "second_level", parent_id: known.construction.id, valid_from: "2026-01-01" });
    const post = await controller.do(`/api/agencies/${agency.id}/posts`, { name: "科員", kind: "officer", valid_from: "2026-01-01" });
    await controller.do(`/api/agency-posts/${post.id}/holders`, { person_name: c.person, valid_from: "2026-02-01" });
    await controller.do(`/api/agencies/${agency.id}/contacts`, { kind: "general", name: c.phone, phone: "04-1234-0000", email: `${c.phone}@sample.invalid` });
    await admin.do("/api/accounts", { login_name: c.login.slice(0, 40), display_name: c.account, password: c.password, grants: [] });
    await admin.do("/api/accounts", { login_name: "mailed", display_name: c.account, password: c.password, grants: [], email: `${c.email.slice(0, 38)}@sample.invalid` });
    await (await city.signIn("mailed", c.password)).put("/api/own-account/email", { email: `${c.email.slice(0, 38)}x@sample.invalid`, password: c.password });
    await city.client().signIn(c.login.slice(0, 40), c.password);
    await city.client().signIn(c.login.slice(0, 40), `${c.password}-wrong`);
    await city.client().signIn(canaries.password, canaries.login); // the password typed where the name belongs
    await controller.get(`/api/duties?view=city&q=${c.query}`);
    await controller.get(`/${c.path}`);
    await controller.get(`/api/${c.path}/x`);
    await controller.post("/api/duties", { [c.title]: c.detail });
    await controller.post("/api/duties", `{"title": "${c.title}`);
    await controller.post("/api/plan-imports", { file_name: `${c.file}.txt`, text: `臺中市政府水利局99年度施政計畫\n\n參、年度重要計畫\n\n每月檢查${c.plan}。\n` });
    await controller.post("/api/agency-imports", { file_name: c.file, csv: `code,name,kind,valid_from\n${c.file},${c.person},bad,2026-01-01\n`, dry_run: false });
    await send(city.port(), "GET", "/api/duties", { Cookie: `mandate_session=${c.cookie}` });
    await send(city.port(), "GET", "/api/duties", { Authorization: `Bearer ${c.token}` });
    await Promise.all(Array.from({ length: 8 }, () => controller.do("/api/duties", newDuty(known.construction.id, { title: c.title }), { key: c.key + "2" })));
    must(await controller.get("/api/session"));
    await city.stop();

    const log = city.errors() + city.servers.map(server => server.out).join("");
    for (const [name, value] of Object.entries(canaries)) expect(log.toLowerCase().includes(value.toLowerCase().slice(0, 30)), `${name} stands in the log`).toBe(false);
    for (const secret of [controller.cookie.split("=")[1], controller.form_token, "Taichung-sample-112", "04-1234-0000"]) expect(log.includes(secret)).toBe(false);
    const lines = log.trim().split("\n").filter(line => line.startsWith("{"));
    const requests = lines.map(line => JSON.parse(line)).filter(line => line.event === "request");
    expect(requests.length).toBeGreaterThan(25);
    for (const line of requests) expect(Object.keys(line).sort()).toEqual(["at", "bytes", "event", "level", "method", "micros", "request", "status"]);
    expect(new Set(requests.map(line => line.request)).size).toBe(requests.length);
  });

  it("and files beside the database hold no password, session or token in clear", () => {
    const walk = folder => readdirSync(folder).flatMap(name => (statSync(join(folder, name)).isDirectory() ? walk(join(folder, name)) : [join(folder, name)]));
    for (const file of city.folders.flatMap(walk)) {
      const bytes = readFileSync(file);
      for (const name of ["password", "cookie", "token"]) expect(bytes.includes(canaries[name]), `${name} in ${file}`).toBe(false);
      if (/keys\/[^/]*\.key$/.test(file)) expect(statSync(file).mode & 0o77, file).toBe(0);
    }
  });
});
