// Every route of the OpenAPI document against nobody, every role that lacks its permission, and the auditor. Generated: no route is left out.
import { eventCount, inParallel, openapi, openStream, startCity } from "./support.mjs";

const logins = ["citizen", "handler", "unit-head", "liaison", "agency-head", "controller", "rdec-head", "executive", "agent-1999", "supervisor-1999", "inspector", "youth", "council-liaison", "auditor", "admin"];
// What may be done without signing in, and what by everybody who signed in: written here so that a route that becomes open is noticed.
const open_routes = ["POST /api/account-link-uses", "POST /api/account-link-views", "GET /api/password-rules", "POST /api/password-reset-requests", "POST /api/session"];
const signed_in_routes = ["GET /api/session", "DELETE /api/session", "GET /api/sessions", "DELETE /api/sessions/{id}", "GET /api/home", "GET /api/search", "POST /api/presence", "GET /api/labels", "GET /api/feeds", "POST /api/feeds", "DELETE /api/feeds/{id}", "GET /api/own-account", "PUT /api/own-account/email",
  "PUT /api/own-account/password", "POST /api/own-account/authenticator", "POST /api/own-account/authenticator-confirmation", "POST /api/own-account/authenticator-removal", "POST /api/own-account/recovery-codes",
  "DELETE /api/sessions", "PUT /api/sessions/{id}/name",
  "GET /api/notices",
  "GET /api/notices/stream",
  "POST /api/notices/marks",
  "POST /api/notices/record-marks",
  "GET /api/notice-preferences",
  "PUT /api/notice-preferences",
  "GET /api/watch",
  "PUT /api/watch",
  "GET /api/watched",
  "GET /api/own-delegations", "POST /api/own-delegations", "POST /api/own-delegations/closure", "GET /api/delegation-candidates",
  "GET /api/districts", "GET /api/goals",
  "GET /api/views",
  "POST /api/views",
  "PUT /api/views/{id}",
  "DELETE /api/views/{id}",
  "GET /api/dashboards", "POST /api/dashboards", "GET /api/dashboards/{id}", "PUT /api/dashboards/{id}", "DELETE /api/dashboards/{id}", "GET /api/home-dashboard", "POST /api/home-dashboard/tiles",
  "GET /api/lists", "GET /api/lists/{list}/file", "GET /api/reports", "GET /api/reports/{name}", "GET /api/reports/{name}/file", "GET /api/reports/{name}/chart.svg",
  "GET /api/report-issues", "GET /api/report-issues/{id}/file", "GET /api/report-issues/{id}/comparison",
  "GET /api/own-permission-explanations", "GET /api/handovers", "GET /api/handovers/{id}", "PUT /api/handovers/{id}/notes", "POST /api/handovers/{id}/signatures",
];

let city;
let routes;
beforeAll(async () => {
  city = await startCity();
  routes = (await openapi(city)).filter(route => route.path !== "/api/openapi.json");
});
afterAll(() => city.finish());

const filled = path => path.replace("{key}", "duty.severe_days").replace(/\{\w+\}/g, "1");
const send = (client, route, options) => client.call(route.method, filled(route.path), route.mutating && route.method !== "DELETE" ? {} : undefined, options);

describe("routes and permissions", () => {
  it("names a permission or says open on every route", () => {
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.filter(route => !route.permission).map(route => route.name)).toEqual([]);
    expect(routes.filter(route => route.permission === "open").map(route => route.name).sort()).toEqual([...open_routes].sort());
    expect(routes.filter(route => route.permission === "signed_in").map(route => route.name).sort()).toEqual([...signed_in_routes].sort());
  });

  it("answers nobody with 401 on every route that is not open", async () => {
    const wrong = [];
    const nobody = city.client();
    for (const route of routes.filter(one => one.permission !== "open")) {
      const answer = await send(nobody, route);
      if (answer.status !== 401 || answer.body?.key !== "fault.sign_in_first" || answer.headers["www-authenticate"] !== "Bearer") wrong.push(`${route.name}: ${answer.status} ${answer.text.slice(0, 100)}`);
    }
    expect(wrong).toEqual([]);
  });

  it("answers every role that lacks the permission with 403 on every route", async () => {
    const wrong = [];
    const refused = new Map(routes.filter(one => !["open", "signed_in"].includes(one.permission)).map(route => [route.name, 0]));
    for (const login of logins) {
      const client = await city.as(login);
      const has = new Set(client.session.permissions);
      await inParallel(routes.filter(one => refused.has(one.name) && !has.has(one.permission)), 6, async route => {
        const answer = await send(client, route);
        if (answer.status !== 403 || answer.body?.key !== "fault.no_permission") wrong.push(`${login} ${route.name}: ${answer.status} ${answer.body?.key}`);
        refused.set(route.name, refused.get(route.name) + 1);
      });
    }
    expect(wrong).toEqual([]);
    // A citizen lacks every permission, so every route was refused to somebody.
    expect([...refused].filter(([, count]) => count === 0).map(([name]) => name)).toEqual([]);
  });

  it("lets a role that has the permission through to the route itself", async () => {
    const wrong = [];
    for (const login of logins) {
      const client = await city.as(login);
      const has = new Set(client.session.permissions);
      for (const route of routes.filter(one => !one.mutating && (one.permission === "signed_in" || has.has(one.permission)))) {
        if (route.stream) {
          const stream = await openStream(client, route.path);
          stream.close();
          if (stream.status !== 200) wrong.push(`${login} ${route.name}: ${stream.status}`);
          continue;
        }
        const answer = await send(client, route);
        if ([401, 403].includes(answer.status) || answer.status >= 500) wrong.push(`${login} ${route.name}: ${answer.status} ${answer.text.slice(0, 100)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("lets the auditor change nothing on any route", async () => {
    const auditor = await city.as("auditor");
    const count = () => eventCount(city);
    await count(); // the schedules that are due at the start run now
    const before = await count();
    const mutating = routes.filter(one => one.mutating && !["open", "signed_in"].includes(one.permission));
    expect(mutating.length).toBeGreaterThan(20);
    for (const route of mutating) {
      const answer = await send(auditor, route);
      expect(answer.status, route.name).toBe(403);
    }
    expect(await count()).toBe(before);
  });

  it("shows the system administrator no duty and no petition", async () => {
    const admin = await city.as("admin");
    for (const path of ["/api/duties", "/api/duties.csv", "/api/duties/1", "/api/duty-calendar?from=2026-11-01&to=2026-11-30", "/api/statistics?by=agency"]) expect((await admin.get(path)).status, path).toBe(403);
    const plan = (await admin.read("/api/plans")).rows[0];
    const tree = await admin.read(`/api/plans/${plan.id}`);
    const items = [];
    const walk = node => (node.kind === "item" ? items.push(node) : node.children.forEach(walk));
    tree.tree.forEach(walk);
    const item = await admin.read(`/api/plan-items/${items[0].id}`);
    expect(item.duties).toEqual([]);
  });

  it("does not let metrics out to an address elsewhere, nor the command door to the network", async () => {
    const nobody = city.client();
    expect((await nobody.post("/command", { name: "status", args: {}, files: {} })).status).toBe(404);
    const signed = await city.as("admin");
    expect((await signed.post("/command", { name: "status", args: {}, files: {} })).status).toBe(404);
  });
});
