// Role × action × relation, tried through HTTP. The table of roles is read from the program; what it must say is written here again, by hand.
import { agencies, allRows, figures, inParallel, must, parseCsv, startCity } from "./support.mjs";

const common = ["agency.read", "calendar.read", "policy.read", "plan.read"];
const handler = [...common, "duty.read", "duty.complete", "duty.ask_extension", "attachment.read", "attachment.add", "chase.answer", "comment.read", "comment.add", "collaboration.read", "collaboration.change", "tracking.read", "tracking.file", "meeting.read"];
const unit_head = [...handler, "duty.reassign", "chase.read", "chase.make", "tracking.review"];
const liaison = [...unit_head, "duty.create", "duty.edit", "deputy.edit", "import.read", "import.use", "meeting.run"];
const agency_head = [...liaison, "duty.decide_extension", "duty.reopen", "attachment.withdraw", "report.issue", "report.schedule", "meeting.close"];
const controller = [...agency_head, "duty.cancel", "plan.import", "plan.decide", "calendar.edit", "policy.edit", "agency.edit", "import.read_all", "tracking.control", "meeting.arrange"];
const watcher = [...common, "duty.read", "attachment.read", "comment.read", "collaboration.read", "tracking.read"];
const permissions = {
  citizen: [],
  handler,
  unit_head,
  agency_liaison: liaison,
  agency_head,
  rdec_controller: controller,
  rdec_head: [...controller, "audit.read", "account.read"],
  executive: [...watcher, "chase.read", "comment.add", "report.issue", "report.schedule", "meeting.read"],
  agent_1999: watcher,
  supervisor_1999: watcher,
  inspector: watcher,
  youth_councillor: watcher,
  council_liaison: watcher,
  auditor: [...watcher, "chase.read", "meeting.read", "audit.read", "account.read", "jobs.read", "mail.read", "system.health", "label.read", "import.read", "import.read_all"],
  system_admin: [...common, "account.read", "account.edit", "token.edit", "deputy.edit", "calendar.edit", "policy.edit", "agency.edit", "audit.read", "jobs.read", "jobs.edit", "mail.read", "mail.edit", "system.health", "system.metrics", "label.read", "label.edit", "import.read", "import.use", "import.read_all"],
};

const logins = {
  citizen: "citizen", handler: "handler", unit_head: "unit-head", agency_liaison: "liaison", agency_head: "agency-head", rdec_controller: "controller", rdec_head: "rdec-head", executive: "executive",
  agent_1999: "agent-1999", supervisor_1999: "supervisor-1999", inspector: "inspector", youth_councillor: "youth", council_liaison: "council-liaison", auditor: "auditor", system_admin: "admin",
};
const roles = Object.keys(logins);

const secrecy = ["open", "internal", "confidential"];
const origins = ["own", "plan", "council", "contact", "inspection", "youth_council"];
// Where a duty is owed: the unit of the handler and the unit head, their agency without a unit, the liaison's and the head's agency, a third one.
const places = ["their unit", "their agency", "construction", "elsewhere"];

// Whether the rules let a role see a duty at all; what it may do to it follows from its permissions.
function sees(role, { place, origin, confidentiality }) {
  const secret = secrecy.indexOf(confidentiality);
  switch (role) {
    case "handler":
    case "unit_head": return place === "their unit";
    case "agency_liaison": return place === "construction" && secret <= 1;
    case "agency_head": return place === "construction";
    case "rdec_controller": return secret <= 1;
    case "rdec_head":
    case "executive":
    case "auditor": return true;
    case "agent_1999":
    case "supervisor_1999": return origin === "contact" && secret <= 1;
    case "inspector": return origin === "inspection" && secret <= 1;
    case "youth_councillor": return origin === "youth_council" && secret === 0;
    case "council_liaison": return origin === "council" && secret <= 1;
    default: return false;
  }
}
const sees_detail = role => !["agent_1999", "youth_councillor"].includes(role);
const may = (role, action) => permissions[role].includes(`duty.${action}`);

// Creating is refused outright where reading hides that there is anything.
function expected(role, action, duty) {
  if (!may(role, action)) return 403;
  if (sees(role, duty)) return 200;
  return action === "create" ? 403 : 404;
}

let city;
let where;
const clients = {};
const duties = [];
let keeper;
let asker;
const secret = "Seven-lamps-on-the-quay";

beforeAll(async () => {
  city = await startCity();
  const known = await agencies(city);
  const admin = await city.as("admin");
  // Two more heads of the commission: one who puts everything back, one who asks for more time.
  for (const login of ["keeper", "asker"]) await admin.do("/api/accounts", { login_name: login, display_name: login, password: secret, grants: [{ role: "rdec_head" }] });
  keeper = await city.signIn("keeper", secret);
  asker = await city.signIn("asker", secret);
  for (const role of roles) clients[role] = await city.as(logins[role]);
  const grant = clients.handler.session.grants[0];
  expect(grant.unit_id, "the sample handler has a unit").toBeTruthy();
  expect(clients.unit_head.session.grants[0].unit_id).toBe(grant.unit_id);
  const posts = async (agency, unit) => (await keeper.read(`/api/agencies/${agency}`)).units.find(one => one.id === unit).posts;
  where = {
    "their unit": { agency_id: known.rdec.id, unit_id: grant.unit_id, post_id: (await posts(known.rdec.id, grant.unit_id))[0].id },
    "their agency": { agency_id: known.rdec.id, post_id: (await posts(known.rdec.id, "0"))[0].id },
    construction: { agency_id: known.construction.id, post_id: (await posts(known.construction.id, "0"))[0].id },
    elsewhere: { agency_id: known.transport.id, post_id: (await posts(known.transport.id, "0"))[0].id },
  };
  for (const place of places) {
    for (const origin of origins) for (const confidentiality of secrecy) duties.push({ place, origin, confidentiality, title: `權限測試 ${place} ${origin} ${confidentiality}` });
  }
  await inParallel(duties, 6, async duty => {
    const { agency_id, unit_id } = where[duty.place];
    const made = await keeper.do("/api/duties", { title: duty.title, detail: "細節只給該看的人", origin: duty.origin, agency_id, unit_id, due_on: "2026-12-15", confidentiality: duty.confidentiality });
    duty.id = made.duty.id;
  });
});
afterAll(() => city.finish());

// One action as a role would send it; what made it possible before, and what puts the duty back after.
const actions = {
  read: { send: (client, duty) => client.get(`/api/duties/${duty.id}`) },
  create: {
    send: (client, duty) => client.post("/api/duties", { title: "權限測試：新增", origin: duty.origin, agency_id: where[duty.place].agency_id, unit_id: where[duty.place].unit_id, due_on: "2027-01-15", confidentiality: duty.confidentiality }),
  },
  edit: {
    before: async duty => (duty.revision = (await keeper.read(`/api/duties/${duty.id}`)).revision),
    send: (client, duty) => client.put(`/api/duties/${duty.id}`, { title: duty.title, detail: "細節只給該看的人", severity: "normal", revision: duty.revision ?? 1 }),
  },
  complete: { send: (client, duty) => client.post(`/api/duties/${duty.id}/completion`, { evidence: "已辦理完成" }), after: duty => keeper.do(`/api/duties/${duty.id}/reopening`, { reason: "還原" }) },
  reopen: { before: duty => keeper.do(`/api/duties/${duty.id}/completion`, { evidence: "備妥" }), send: (client, duty) => client.post(`/api/duties/${duty.id}/reopening`, { reason: "重新列管" }) },
  cancel: { send: (client, duty) => client.post(`/api/duties/${duty.id}/cancellation`, { reason: "不再需要" }), after: duty => keeper.do(`/api/duties/${duty.id}/reopening`, { reason: "還原" }) },
  reassign: {
    send: (client, duty) => client.post(`/api/duties/${duty.id}/reassignment`, { ...where[duty.place], reason: "指定承辦職務" }),
    after: duty => keeper.do(`/api/duties/${duty.id}/reassignment`, { ...where[duty.place], post_id: undefined, reason: "還原" }),
  },
  ask_extension: {
    send: (client, duty) => client.post(`/api/duties/${duty.id}/extensions`, { due_on: "2027-02-01", reason: "等候廠商" }),
    // Completion withdraws what was asked.
    after: async duty => {
      await keeper.do(`/api/duties/${duty.id}/completion`, { evidence: "還原" });
      await keeper.do(`/api/duties/${duty.id}/reopening`, { reason: "還原" });
    },
  },
  decide_extension: {
    before: async duty => (duty.extension = (await asker.do(`/api/duties/${duty.id}/extensions`, { due_on: "2027-02-01", reason: "等候廠商" })).extensions.find(one => one.state === "asked").id),
    send: (client, duty) => client.post(`/api/duties/${duty.id}/extensions/${duty.extension ?? 1}/decision`, { approve: false, note: "請如期完成" }),
  },
};

describe("who may do what", () => {
  it("gives each of the fifteen roles the permissions that are written down, and no others", async () => {
    const told = await (await city.as("auditor")).read("/api/roles");
    expect(told.roles.map(row => row.role).sort()).toEqual([...roles].sort());
    for (const row of told.roles) expect([...row.permissions].sort(), row.role).toEqual([...permissions[row.role]].sort());
    expect([...told.permissions].sort()).toEqual([...new Set(Object.values(permissions).flat())].sort());
    // Every duty permission that a role can have is tried below.
    expect(told.permissions.filter(name => name.startsWith("duty.")).sort()).toEqual(Object.keys(actions).map(name => `duty.${name}`).sort());
  });

  it("answers every role, action and relation as the rules say", async () => {
    const wrong = [];
    let tried = 0;
    await inParallel(duties, 6, async duty => {
      for (const [name, action] of Object.entries(actions)) {
        for (const role of roles) {
          const want = expected(role, name, duty);
          if (want === 200 && action.before) await action.before(duty);
          const answer = await action.send(clients[role], duty);
          ++tried;
          if (answer.status !== want) wrong.push(`${role} ${name} ${duty.place}/${duty.origin}/${duty.confidentiality}: ${answer.status} instead of ${want} (${answer.body?.key})`);
          if (answer.status === 200 && action.after) await action.after(duty);
          if (name === "read" && answer.status === 200 && (answer.body.detail !== null) !== sees_detail(role)) wrong.push(`${role} reads the detail of ${duty.place}/${duty.origin}: ${answer.body.detail}`);
          delete duty.extension;
        }
      }
    });
    expect(wrong.slice(0, 20), `${wrong.length} of ${tried}`).toEqual([]);
    expect(tried).toBe(roles.length * Object.keys(actions).length * duties.length);
  });

  it("offers on each duty the actions that this reader may take, and those only", async () => {
    const buttons = { done: "complete", ask_extension: "ask_extension", reassign: "reassign", cancel: "cancel", edit: "edit" };
    const wrong = [];
    await inParallel(duties, 6, async duty => {
      for (const role of roles.filter(one => may(one, "read") && sees(one, duty))) {
        const view = await clients[role].read(`/api/duties/${duty.id}`);
        const want = Object.keys(buttons).filter(button => may(role, buttons[button])).sort();
        if (JSON.stringify([...view.actions].sort()) !== JSON.stringify(want)) wrong.push(`${role} ${duty.place}: ${view.actions} instead of ${want}`);
      }
    });
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  it("shows in worklist, search, export and count exactly the duties that a role may read", async () => {
    const wrong = [];
    const ours = new Map(duties.map(duty => [duty.id, duty]));
    for (const role of roles.filter(one => may(one, "read"))) {
      const want = duties.filter(duty => sees(role, duty)).map(duty => duty.id).sort();
      const listed = await allRows(clients[role], "/api/duties?view=city&state=all");
      const found = await allRows(clients[role], `/api/duties?view=city&state=all&q=${encodeURIComponent("權限測試 ")}`);
      const seen = rows => rows.map(row => row.id).filter(id => ours.has(id)).sort();
      if (JSON.stringify(seen(listed)) !== JSON.stringify(want)) wrong.push(`${role} list: ${seen(listed).length} instead of ${want.length}`);
      if (JSON.stringify(seen(found)) !== JSON.stringify(want)) wrong.push(`${role} search: ${seen(found).length} instead of ${want.length}`);
      const csv = parseCsv(must2(await clients[role].get("/api/duties.csv?view=city&state=all")).text).slice(1);
      if (JSON.stringify(csv.map(row => row[0]).sort()) !== JSON.stringify(listed.map(row => row.number).sort())) wrong.push(`${role} export: ${csv.length} instead of ${listed.length}`);
      const first = await clients[role].read("/api/duties?view=city&state=all&limit=1");
      if (!first.total_is_capped && first.total !== listed.length) wrong.push(`${role} total: ${first.total} instead of ${listed.length}`);
      const [counted_open, counted_done] = (await figures(clients[role], { measures: "open,done" })).total.cells.map(one => one.value ?? 0);
      const open = listed.filter(row => row.state === "open").length;
      const done = listed.filter(row => row.state === "done").length;
      if (counted_open !== open || counted_done !== done) wrong.push(`${role} statistics: ${counted_open}+${counted_done} instead of ${open}+${done}`);
    }
    expect(wrong).toEqual([]);
  });

  it("shows in calendar and home page nothing that a role may not read", async () => {
    const wrong = [];
    for (const role of roles.filter(one => may(one, "read"))) {
      const calendar = await clients[role].read("/api/duty-calendar?from=2026-11-01&to=2026-12-31&view=city");
      const home = await clients[role].read("/api/home");
      const rows = [...calendar.days.flatMap(day => day.duties), ...home.needs_me.rows, ...home.late.rows];
      for (const row of rows) if ((await clients[role].get(`/api/duties/${row.id}`)).status !== 200) wrong.push(`${role} ${row.number}`);
      for (const change of home.changes) if ((await clients[role].get(`/api/duties/${change.record_id}`)).status !== 200) wrong.push(`${role} change of ${change.record_title}`);
    }
    expect(wrong).toEqual([]);
    expect((await clients.citizen.read("/api/home")).needs_me.rows).toEqual([]);
    expect((await clients.system_admin.read("/api/home")).changes).toEqual([]);
  });

  it("lets an agency hand its work to nobody outside of itself", async () => {
    const duty = duties.find(one => one.place === "construction" && one.origin === "own" && one.confidentiality === "internal");
    for (const role of ["agency_liaison", "agency_head"]) {
      const answer = await clients[role].post(`/api/duties/${duty.id}/reassignment`, { agency_id: where.elsewhere.agency_id, reason: "非本局業務" });
      expect(answer.status, role).toBe(403);
      expect(answer.body.key).toBe("duty.not_to_there");
    }
    const unit = duties.find(one => one.place === "their unit" && one.origin === "own" && one.confidentiality === "internal");
    expect((await clients.unit_head.post(`/api/duties/${unit.id}/reassignment`, { agency_id: where["their agency"].agency_id, reason: "改由他組" })).body.key).toBe("duty.not_to_there");
    expect((await clients.rdec_controller.post(`/api/duties/${duty.id}/reassignment`, { agency_id: where.elsewhere.agency_id, reason: "改由交通局" })).status).toBe(200);
  });

  it("adds what several roles of one account may see, and nothing else", async () => {
    const admin = await city.as("admin");
    await admin.do("/api/accounts", { login_name: "two-hats", display_name: "兼職", password: secret, grants: [{ role: "inspector" }, { role: "agency_liaison", agency_id: where.elsewhere.agency_id }] });
    const client = await city.signIn("two-hats", secret);
    const fresh = new Set((await allRows(client, `/api/duties?view=city&state=all&q=${encodeURIComponent("權限測試 ")}`)).map(row => row.id));
    const moved = duties.find(one => one.place === "construction" && one.origin === "own" && one.confidentiality === "internal");
    for (const duty of duties) {
      const place = duty === moved ? "elsewhere" : duty.place;
      const want = (sees("inspector", duty) || (place === "elsewhere" && duty.confidentiality !== "confidential"));
      expect(fresh.has(duty.id), `${place} ${duty.origin} ${duty.confidentiality}`).toBe(want);
    }
    // A role's permission holds for what that role reaches: an inspector does not complete what only the inspector sees.
    const seen = duties.find(one => one.place === "construction" && one.origin === "inspection" && one.confidentiality === "internal");
    expect((await client.get(`/api/duties/${seen.id}`)).status).toBe(200);
    expect((await client.post(`/api/duties/${seen.id}/completion`, { evidence: "x" })).status).toBe(403);
  });
});

function must2(answer) {
  if (answer.status !== 200) throw new Error(`${answer.path}: ${answer.status} ${answer.text}`);
  return answer;
}
