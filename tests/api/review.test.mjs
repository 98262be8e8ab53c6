// Going through accounts, explaining permissions, and acting as another: which nobody can.
import { agencies, inParallel, must, newDuty, openapi, parseCsv, sleep, startCity } from "./support.mjs";

const secret = "Seven-lamps-on-the-quay";

let city;
let admin;
let known;
beforeAll(async () => {
  city = await startCity();
  admin = await city.as("admin");
  known = await agencies(city);
});
afterAll(() => city.finish());

const account = (login_name, grants) => admin.do("/api/accounts", { login_name, display_name: login_name, password: secret, grants });

describe("account review", () => {
  let round;
  const item = async login => (await admin.read(`/api/account-reviews/${round.id}?limit=200`)).rows.find(row => row.login_name === login);
  const decide = (login, body) => item(login).then(row => admin.post(`/api/account-reviews/${round.id}/decisions`, { account_id: row.account_id, note: "依清查結果", ...body }));

  it("finds what is idle, never used, of too many or conflicting roles, and of people who left, each with its reason", async () => {
    await account("two-keys", [{ role: "system_admin" }, { role: "rdec_controller" }]);
    await account("three-houses", [{ role: "handler", agency_id: known.rdec.id }, { role: "handler", agency_id: known.construction.id }, { role: "handler", agency_id: known.transport.id }]);
    const left = await account("has-left", [{ role: "handler", agency_id: known.rdec.id }]);
    const post = (await (await city.as("controller")).do(`/api/agencies/${known.rdec.id}/posts`, { name: "已離任", kind: "officer", valid_from: "2026-01-01" })).id;
    const person = (await (await city.as("controller")).do(`/api/agency-posts/${post}/holders`, { person_name: "吳離開", valid_from: "2026-01-01", valid_to: "2026-06-30" })).id;
    must(await admin.put(`/api/accounts/${left.id}/person`, { person_id: person }));
    await city.signIn("two-keys", secret);
    await city.setClock("2027-03-01T02:00:00Z");
    admin = await city.as("admin");
    const before = await admin.read("/api/account-reviews");
    expect(before.rows).toEqual([]);
    expect(before.found_now).toBeGreaterThan(10);
    round = await admin.do("/api/account-reviews");
    expect(round.items).toBe(before.found_now);
    expect(round.undecided).toBe(before.found_now);
    const reasons = async login => (await item(login)).reasons.map(reason => [reason.finding, reason.text]);
    expect(await reasons("two-keys")).toEqual([["idle", "已 97 天未登入"], ["conflict", "同時具系統管理人員與管考人員角色，職責應分離"]]);
    expect(await reasons("three-houses")).toEqual([["never_used", "建立 97 天從未登入"], ["many_agencies", "在 3 個機關有角色"]]);
    expect((await reasons("has-left")).map(([finding]) => finding)).toEqual(["never_used", "left"]);
    expect((await item("admin"))).toBe(undefined); // signed in today
    expect((await admin.post("/api/account-reviews")).body.key).toBe("review.open_already");
  });

  it("disables, takes a role, or keeps until a day, and writes down who decided what", async () => {
    must(await decide("has-left", { decision: "disable", note: "已離職" }));
    expect((await city.client().signIn("has-left", secret)).status).toBe(401);
    must(await decide("two-keys", { decision: "take_role", role: { role: "rdec_controller" } }));
    expect((await admin.read("/api/accounts?q=two-keys")).rows[0].grants.map(grant => grant.role)).toEqual(["system_admin"]);
    expect((await decide("three-houses", { decision: "keep" })).body.fields[0].path).toBe("keep_until");
    expect((await decide("three-houses", { decision: "take_role" })).body.fields[0].path).toBe("role");
    must(await decide("three-houses", { decision: "keep", keep_until: "2027-06-30", note: "支援三局至六月" }));
    expect((await decide("three-houses", { decision: "disable" })).body.key).toBe("review.decided");
    expect(await item("three-houses")).toMatchObject({ decision: "keep", keep_until: "2027-06-30", note: "支援三局至六月", decided_by_name: admin.session.account.display_name });
    expect(await item("two-keys")).toMatchObject({ decision: "take_role", role_taken: "管考人員" });
    expect((await admin.post(`/api/account-reviews/${round.id}/closure`)).body.key).toBe("review.undecided");
    const undecided = (await admin.read(`/api/account-reviews/${round.id}?decided=false&limit=200`)).rows;
    expect(undecided.map(row => row.login_name)).not.toContain("two-keys");
    for (const row of undecided) must(await admin.post(`/api/account-reviews/${round.id}/decisions`, { account_id: row.account_id, decision: "keep", keep_until: "2027-04-30", note: "示範帳號" }));
    const closed = await admin.do(`/api/account-reviews/${round.id}/closure`, { note: "第一季清查完成" });
    expect(closed).toMatchObject({ undecided: 0, closed_by_name: admin.session.account.display_name, note: "第一季清查完成" });
    // One role less, and idle all the same: the next round holds that account again.
    expect((await admin.read("/api/account-reviews")).found_now).toBe(1);
  });

  it("is read page by page and as a file by who may see accounts, and changed by administrators only", async () => {
    const first = await admin.read(`/api/account-reviews/${round.id}?limit=5`);
    expect(first.rows).toHaveLength(5);
    const second = await admin.read(`/api/account-reviews/${round.id}?limit=5&cursor=${first.next}`);
    expect(second.rows[0].login_name > first.rows[4].login_name).toBe(true);
    const auditor = await city.as("auditor");
    const file = await auditor.get(`/api/account-reviews/${round.id}/record.csv`);
    const rows = parseCsv(file.text);
    expect(rows).toHaveLength(round.items + 1);
    expect(rows.find(row => row[0] === "two-keys").slice(4, 6)).toEqual(["移除角色", "管考人員"]);
    for (const login of ["auditor", "rdec-head"]) {
      const client = await city.as(login);
      expect((await client.post("/api/account-reviews")).status).toBe(403);
      expect((await client.post(`/api/account-reviews/${round.id}/decisions`, {})).status).toBe(403);
    }
    expect((await (await city.as("controller")).get("/api/account-reviews")).status).toBe(403);
  });
});

describe("why somebody may or may not", () => {
  it("answers as the program itself decides, role by role, of a duty too", async () => {
    const head = await city.as("rdec-head");
    const duty = (await head.do("/api/duties", newDuty(known.construction.id, { confidentiality: "confidential", due_on: "2027-12-15" }))).duty;
    const accounts = (await admin.read("/api/accounts?limit=200")).rows;
    const tries = { "duty.read": client => client.get(`/api/duties/${duty.id}`), "duty.create": client => client.post("/api/duties", newDuty(known.construction.id, { title: "權限說明", due_on: "2027-12-15" })) };
    const auditor = await city.as("auditor");
    const wrong = [];
    await inParallel(["handler", "liaison", "agency-head", "controller", "rdec-head", "executive", "auditor", "admin", "citizen"], 3, async login => {
      const id = accounts.find(row => row.login_name === login).id;
      const client = await city.as(login);
      const told = await auditor.read(`/api/permission-explanations?account_id=${id}&permission=duty.read&duty=${duty.number}`);
      if (told.allowed !== ((await tries["duty.read"](client)).status === 200)) wrong.push(`${login} duty.read: ${JSON.stringify(told)}`);
      const create = await auditor.read(`/api/permission-explanations?account_id=${id}&permission=duty.create`);
      if (create.may !== client.session.permissions.includes("duty.create")) wrong.push(`${login} duty.create`);
    });
    expect(wrong).toEqual([]);
    const liaison = accounts.find(row => row.login_name === "liaison").id;
    const why = await auditor.read(`/api/permission-explanations?account_id=${liaison}&permission=duty.read&duty=${duty.number}`);
    expect(why).toMatchObject({ may: true, reaches: false, allowed: false, grants: [{ role: "agency_liaison", has_permission: true, reaches: false, outside: "confidentiality" }] });
    expect(why.duty.title).toBe(duty.title);
  });

  it("tells of a duty only what the reader may know of it", async () => {
    const head = await city.as("rdec-head");
    const duty = (await head.do("/api/duties", newDuty(known.construction.id, { confidentiality: "confidential", due_on: "2027-12-15" }))).duty;
    const told = await admin.read(`/api/permission-explanations?account_id=${admin.session.account.id}&permission=duty.read&duty=${duty.number}`);
    expect(told.duty).toEqual({ number: duty.number, id: null, title: null, agency_name: null, confidentiality: null });
    const own = await (await city.as("liaison")).read(`/api/own-permission-explanations?permission=duty.read&duty=${duty.number}`);
    expect(own.allowed).toBe(false);
    expect(own.grants[0].outside).toBe(null);
    expect((await admin.get(`/api/permission-explanations?account_id=${admin.session.account.id}&permission=duty.read&duty=999-000001`)).body.fields[0]).toMatchObject({ path: "duty", key: "duty.no_number" });
    expect((await admin.get("/api/permission-explanations?account_id=1&permission=duty.read")).body.fields[0].path).toBe("account_id");
    expect((await admin.get(`/api/permission-explanations?account_id=${admin.session.account.id}&permission=no.such`)).body.fields[0].path).toBe("permission");
    expect((await (await city.as("handler")).get("/api/permission-explanations?account_id=1&permission=duty.read")).status).toBe(403);
  });
});

describe("acting as another", () => {
  it("is offered by no permission, no route and no input", async () => {
    const { permissions } = await (await city.as("auditor")).read("/api/roles");
    expect(permissions.filter(name => /impersonat|act.?as|sudo|switch|on.?behalf/i.test(name))).toEqual([]);
    const document = must(await city.client().get("/api/openapi.json"));
    expect(Object.keys(document.paths).filter(path => /impersonat|act.?as|sudo|switch|on.?behalf/i.test(path))).toEqual([]);
    // Nothing that is sent names who acts: the session or the token alone does.
    const names = [];
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (method === "get") continue;
        const properties = operation.requestBody?.content?.["application/json"]?.schema?.properties ?? {};
        for (const name of Object.keys(properties)) if (/^(actor|actor_id|as_account|acting|by|by_account|on_behalf)/.test(name)) names.push(`${method} ${path}: ${name}`);
      }
    }
    expect(names).toEqual([]);
  });

  it("is given by no answer: only signing in with one's own secret makes a session", async () => {
    const routes = (await openapi(city)).filter(route => route.mutating && route.permission !== "open" && !["DELETE /api/session", "DELETE /api/sessions"].includes(route.name));
    const wrong = [];
    for (const route of routes) {
      const answer = await admin.call(route.method, route.path.replace(/\{\w+\}/g, "1"), route.method === "DELETE" ? undefined : {});
      if (answer.headers["set-cookie"] || /mandate_session|form_token/.test(answer.text)) wrong.push(route.name);
    }
    expect(wrong).toEqual([]);
  });

  it("is not believed of a header", async () => {
    const other = (await admin.read("/api/accounts?q=controller")).rows[0].id;
    for (const name of ["X-Actor", "X-Account-Id", "X-Impersonate", "X-Forwarded-User", "Remote-User", "Sudo"]) {
      const session = must(await admin.get("/api/session", { headers: { [name]: other } }));
      expect(session.account.login_name, name).toBe("admin");
    }
  });

  it("leaves the person's own account in the event of whatever a deputy does", async () => {
    const controller = await city.as("controller");
    const unit = (await controller.do(`/api/agencies/${known.rdec.id}/units`, { name: "代行組", valid_from: "2027-01-01" })).id;
    const people = [];
    for (const login of ["principal", "acting"]) {
      const post = (await controller.do(`/api/agencies/${known.rdec.id}/posts`, { name: `代行${login}`, kind: "officer", unit_id: unit, valid_from: "2027-01-01" })).id;
      const person = (await controller.do(`/api/agency-posts/${post}/holders`, { person_name: login, valid_from: "2027-01-01" })).id;
      const made = await account(login, login === "principal" ? [{ role: "handler", agency_id: known.rdec.id, unit_id: unit }] : []);
      must(await admin.put(`/api/accounts/${made.id}/person`, { person_id: person }));
      people.push({ post, person, account: made.id });
    }
    const [principal, deputy] = people;
    const duty = (await controller.do("/api/duties", newDuty(known.rdec.id, { unit_id: unit, post_id: principal.post, due_on: "2027-12-15" }))).duty;
    await (await city.as("principal", secret)).do("/api/own-delegations", { deputy_id: deputy.person, valid_from: city.clock.slice(0, 10), valid_to: city.clock.slice(0, 10), reason: "trip" });
    await sleep(300); // another process notices a new deputy within a quarter of a second
    await city.setClock(city.clock);
    admin = await city.as("admin");
    const acting = await city.as("acting", secret);
    // Whatever the deputy does to the duty, of each kind the holder may.
    await acting.do(`/api/duties/${duty.id}/extensions`, { due_on: "2027-12-31", reason: "等候廠商" });
    await acting.do(`/api/duties/${duty.id}/completion`, { evidence: "完成" });
    await city.setClock(city.clock);
    const auditor = await city.as("auditor");
    const mine = (await auditor.read(`/api/audit-events?actor=${deputy.account}&record_kind=duty&record_id=${duty.id}`)).rows;
    expect(mine.map(row => row.kind).sort()).toEqual(["duty.done", "duty.extension_asked"]);
    for (const row of mine) expect(row.actor_name).toBe("acting（代理principal）");
    expect((await auditor.read(`/api/audit-events?actor=${principal.account}&record_kind=duty&record_id=${duty.id}`)).rows).toEqual([]);
    // Lent rights are for work that is owed, duties and filings: nothing else of the principal's opens.
    expect(acting.session.permissions.filter(name => !/^(duty|tracking)\./.test(name))).toEqual([]);
  });
});
