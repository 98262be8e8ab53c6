// Units, posts, people and contact windows one by one, each with its history; which account is whose; and lists as they were known on a past day.
import { agencies, must, parseCsv, sleep, startCity, today } from "./support.mjs";

let city;
let known;
let controller;
let admin;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  controller = await city.as("controller");
  admin = await city.as("admin");
});
afterAll(() => city.finish());

const detail = (id, query = "") => controller.read(`/api/agencies/${id}${query}`);
const post_in = async (agency, id, query = "") => (await detail(agency, query)).units.flatMap(unit => unit.posts.map(post => ({ ...post, unit }))).find(post => post.id === id);
const new_unit = async (agency, name, valid_from = "2026-01-01") => (await controller.do(`/api/agencies/${agency}/units`, { name, valid_from })).id;
const new_post = async (agency, unit_id, name, valid_from = "2026-01-01") => (await controller.do(`/api/agencies/${agency}/posts`, { unit_id, name, kind: "officer", valid_from })).id;
const refused = async (answer, status, key, path) => {
  const got = await answer;
  expect(got.status, got.text).toBe(status);
  expect(got.body.fields?.[0]?.key ?? got.body.key).toBe(key);
  if (path) expect(got.body.fields[0].path).toBe(path);
};

describe("units and posts", () => {
  it("a unit is renamed from a day on, and every row of it can be read", async () => {
    const unit = await new_unit(known.water.id, "雨水下水道科");
    must(await controller.put(`/api/agency-units/${unit}`, { name: "雨水工程科", valid_from: "2026-12-01" }));
    const name = async day => (await detail(known.water.id, `?as_of=${day}`)).units.find(one => one.id === unit)?.name;
    expect([await name("2025-12-31"), await name("2026-11-30"), await name("2026-12-01")]).toEqual([undefined, "雨水下水道科", "雨水工程科"]);
    const { history } = await controller.read(`/api/agency-units/${unit}`);
    expect(history.map(row => [row.name, row.valid_from, row.valid_to, row.superseded_at !== null])).toEqual([
      ["雨水工程科", "2026-12-01", null, false], ["雨水下水道科", "2026-01-01", "2026-11-30", false], ["雨水下水道科", "2026-01-01", null, true],
    ]);
    expect(history[0].changed_by_name).toBe("研考會管考人員（示範）");
    // The same again changes nothing.
    must(await controller.put(`/api/agency-units/${unit}`, { name: "雨水工程科", valid_from: "2026-12-01" }));
    expect((await controller.read(`/api/agency-units/${unit}`)).history).toHaveLength(3);
  });

  it("a unit that moves to another agency takes its posts along from that day, and no earlier", async () => {
    const unit = await new_unit(known.water.id, "坡地管理科");
    const post = await new_post(known.water.id, unit, "技士");
    must(await controller.put(`/api/agency-units/${unit}`, { name: "坡地管理科", agency_id: known.construction.id, valid_from: "2026-12-01" }));
    expect((await post_in(known.water.id, post, "?as_of=2026-11-30")).unit.id).toBe(unit);
    expect(await post_in(known.water.id, post, "?as_of=2026-12-01")).toBeUndefined();
    expect((await post_in(known.construction.id, post, "?as_of=2026-12-01")).unit.id).toBe(unit);
    expect((await controller.read(`/api/agency-posts/${post}`)).history.map(row => row.agency_name)).toEqual([known.construction.name, known.water.name, known.water.name]);
    await refused(controller.put(`/api/agency-units/${unit}`, { name: "坡地管理科", agency_id: "5", valid_from: "2026-12-05" }), 422, "agency.not_found", "agency_id");
  });

  it("a post is renamed, moved to another unit and ended, and whoever holds it leaves it then", async () => {
    const [first, second] = [await new_unit(known.water.id, "甲科"), await new_unit(known.water.id, "乙科")];
    const post = await new_post(known.water.id, first, "股長");
    const { id: person } = await controller.do(`/api/agency-posts/${post}/holders`, { person_name: "周丁卯", valid_from: "2026-02-01" });
    must(await controller.put(`/api/agency-posts/${post}`, { name: "科長", kind: "unit_head", unit_id: second, valid_from: "2026-06-01" }));
    expect(await post_in(known.water.id, post, "?as_of=2026-05-31")).toMatchObject({ name: "股長", kind: "officer", unit: { id: first }, holder_id: person });
    expect(await post_in(known.water.id, post, "?as_of=2026-06-01")).toMatchObject({ name: "科長", kind: "unit_head", unit: { id: second }, holder_name: "周丁卯", holder_from: "2026-02-01", holder_to: null });
    await refused(controller.post(`/api/agency-units/${second}/closure`, { last_on: "2026-12-31" }), 409, "agency.unit_has_posts");
    must(await controller.post(`/api/agency-posts/${post}/closure`, { last_on: "2026-12-31" }));
    const { holders, history } = await controller.read(`/api/agency-posts/${post}`);
    expect(holders.map(row => [row.person_name, row.valid_to, row.superseded_at !== null])).toEqual([["周丁卯", "2026-12-31", false], ["周丁卯", null, true]]);
    expect(history[0]).toMatchObject({ name: "科長", unit_name: "乙科", valid_to: "2026-12-31" });
    expect(await post_in(known.water.id, post, "?as_of=2027-01-01")).toBeUndefined();
    must(await controller.post(`/api/agency-units/${second}/closure`, { last_on: "2026-12-31" }));
    await refused(controller.post(`/api/agency-posts/${post}/closure`, { last_on: "2026-12-31" }), 409, "agency.post_already_closed");
    await refused(controller.post(`/api/agency-units/${second}/closure`, { last_on: "2027-01-31" }), 409, "agency.unit_already_closed");
  });

  it("refuse what cannot be, and name the field", async () => {
    const unit = await new_unit(known.water.id, "丙科");
    const post = await new_post(known.water.id, unit, "科員");
    const elsewhere = await new_unit(known.construction.id, "外科");
    await refused(controller.put("/api/agency-units/5", { name: "x", valid_from: today }), 404, "agency.unit_not_found");
    await refused(controller.put("/api/agency-posts/5", { name: "x", kind: "officer", valid_from: today }), 404, "agency.post_not_found");
    await refused(controller.get("/api/agency-posts/5"), 404, "agency.post_not_found");
    await refused(controller.get("/api/agency-units/5"), 404, "agency.unit_not_found");
    await refused(controller.put(`/api/agency-units/${unit}`, { name: " ", valid_from: today }), 422, "agency.bad_name", "name");
    await refused(controller.put(`/api/agency-units/${unit}`, { name: "丙科", valid_from: "1800-01-01" }), 422, "agency.date_range", "valid_from");
    await refused(controller.put(`/api/agency-posts/${post}`, { name: "科員", kind: "officer", unit_id: elsewhere, valid_from: today }), 422, "agency.unit_not_found", "unit_id");
    await refused(controller.post(`/api/agency-units/${unit}/closure`, { last_on: "2025-12-31" }), 422, "agency.ends_before", "last_on");
    await refused(controller.post(`/api/agency-posts/${post}/closure`, { last_on: "2025-12-31" }), 422, "agency.ends_before", "last_on");
  });
});

describe("people and contact windows", () => {
  it("people are found by a part of their name and paged, by those who may name holders", async () => {
    const all = [];
    let cursor = "";
    do {
      const page = await controller.read(`/api/agency-people?limit=40${cursor && `&cursor=${cursor}`}`);
      all.push(...page.rows);
      expect(page.total).toBeGreaterThan(40);
      cursor = page.next;
    } while (cursor);
    expect(new Set(all.map(row => row.id)).size).toBe(all.length);
    expect(all).toHaveLength((await controller.read("/api/agency-people?limit=1")).total);
    const one = all.find(row => row.posts.length > 0);
    const found = await controller.read(`/api/agency-people?q=${encodeURIComponent(one.name.slice(1))}`);
    expect(found.rows.map(row => row.id)).toContain(one.id);
    expect(found.rows.every(row => row.name.includes(one.name.slice(1)))).toBe(true);
    expect((await (await city.as("handler")).get("/api/agency-people")).status).toBe(403);
  });

  it("a deputy's period ends earlier or is withdrawn, and stays in the history", async () => {
    const [head, other] = (await detail(known.construction.id)).units.flatMap(unit => unit.posts).filter(post => post.holder_id);
    const deputies = `/api/agency-people/${head.holder_id}/deputies`;
    await controller.do(deputies, { deputy_id: other.holder_id, valid_from: "2026-12-01", valid_to: "2026-12-10" });
    await controller.do(deputies, { deputy_id: other.holder_id, valid_from: "2027-01-01", valid_to: "2027-01-10" });
    const closure = body => controller.post(`/api/agency-people/${head.holder_id}/deputy-closure`, body);
    await refused(closure({ valid_from: "2026-12-02" }), 404, "agency.deputy_not_found");
    await refused(closure({ valid_from: "2026-12-01", last_on: "2026-11-30" }), 422, "agency.ends_before", "last_on");
    await refused(closure({ valid_from: "2026-12-01", last_on: "2026-12-10" }), 422, "agency.deputy_ends_already", "last_on");
    must(await closure({ valid_from: "2026-12-01", last_on: "2026-12-05" }));
    must(await closure({ valid_from: "2027-01-01" }));
    const { person_name, rows } = await controller.read(deputies);
    expect(person_name).toBe(head.holder_name);
    expect(rows.map(row => [row.valid_from, row.valid_to, row.superseded_at !== null])).toEqual([["2027-01-01", "2027-01-10", true], ["2026-12-01", "2026-12-05", false], ["2026-12-01", "2026-12-10", true]]);
    expect(await post_in(known.construction.id, head.id, "?as_of=2026-12-05")).toMatchObject({ deputy_name: other.holder_name, deputy_to: "2026-12-05" });
    expect((await post_in(known.construction.id, head.id, "?as_of=2027-01-02")).deputy_name).toBeNull();
    // The days that are free again can be given to somebody.
    await controller.do(deputies, { deputy_id: other.holder_id, valid_from: "2026-12-06", valid_to: "2026-12-08" });
  });

  it("a contact window is set, corrected and removed, and every one of them can be read", async () => {
    const path = `/api/agencies/${known.water.id}/contacts`;
    const window = { kind: "防汛", name: "防汛聯絡人", phone: "(04)0000-9999", email: "flood@sample.invalid" };
    await controller.do(path, window);
    await controller.do(path, { ...window, phone: "(04)0000-9998" });
    // The general window's own word names the same window.
    await controller.do(path, { ...window, kind: "綜合" });
    const shown = (await detail(known.water.id)).contacts;
    expect(shown.filter(row => row.key === "general")).toHaveLength(1);
    expect(shown.find(row => row.key === "防汛").phone).toBe("(04)0000-9998");
    must(await controller.post(`/api/agencies/${known.water.id}/contact-closure`, { kind: "防汛" }));
    expect((await detail(known.water.id)).contacts.map(row => row.key)).toEqual(["general"]);
    const { rows } = await controller.read(path);
    expect(rows.filter(row => row.key === "防汛").map(row => [row.phone, row.superseded_at !== null])).toEqual([["(04)0000-9998", true], ["(04)0000-9999", true]]);
    await refused(controller.post(`/api/agencies/${known.water.id}/contact-closure`, { kind: "防汛" }), 404, "agency.contact_not_found");
    await refused(controller.post(path, { ...window, phone: "", email: "" }), 422, "agency.contact_empty", "phone");
    await refused(controller.post(path, { ...window, email: "nobody" }), 422, "agency.bad_email", "email");
    await refused(controller.post(path, { ...window, name: "" }), 422, "agency.bad_name", "name");
  });

  it("nobody else's role edits them, and no name or telephone reaches the audit log", async () => {
    const handler = await city.as("handler");
    const routes = [["put", "/api/agency-units/1"], ["put", "/api/agency-posts/1"], ["post", "/api/agency-units/1/closure"], ["post", "/api/agency-posts/1/closure"], ["post", "/api/agency-people/1/deputy-closure"],
      ["post", "/api/agencies/1/contact-closure"], ["put", "/api/accounts/1/person"], ["remove", "/api/accounts/1/person"]];
    for (const [method, path] of routes) expect((await handler[method](path, {})).status, path).toBe(403);
    await city.setClock(city.clock); // events get their places in the log
    const log = JSON.stringify((await admin.read("/api/audit-events?limit=200")).rows);
    expect(log.includes("雨水工程科")).toBe(true);
    for (const personal of ["周丁卯", "防汛聯絡人", "0000-9999", "flood@sample"]) expect(log.includes(personal), personal).toBe(false);
  });
});

describe("accounts and people", () => {
  it("an account is linked with a person, moved to another and unlinked", async () => {
    const account = await admin.do("/api/accounts", { login_name: "linked", display_name: "連結同仁", password: "Seven-lamps-on-the-quay", grants: [] });
    expect(account.person).toBeNull();
    const free = (await admin.read("/api/agency-people?limit=200")).rows.filter(row => !row.has_account && row.posts.length > 0);
    const row = async () => (await admin.read("/api/accounts?q=linked")).rows[0];
    must(await admin.put(`/api/accounts/${account.id}/person`, { person_id: free[0].id }));
    expect((await row()).person).toEqual({ id: free[0].id, name: free[0].name, posts: free[0].posts.join("、") });
    must(await admin.put(`/api/accounts/${account.id}/person`, { person_id: free[1].id }));
    expect((await row()).person.id).toBe(free[1].id);
    const other = await admin.do("/api/accounts", { login_name: "linked-too", display_name: "另一同仁", password: "Seven-lamps-on-the-quay", grants: [] });
    await refused(admin.put(`/api/accounts/${other.id}/person`, { person_id: free[1].id }), 422, "agency.person_has_account", "person_id");
    await refused(admin.put(`/api/accounts/${other.id}/person`, { person_id: "5" }), 422, "agency.person_not_found", "person_id");
    await refused(admin.put("/api/accounts/5/person", { person_id: free[0].id }), 404, "agency.account_not_found");
    must(await admin.remove(`/api/accounts/${account.id}/person`));
    expect((await row()).person).toBeNull();
    must(await admin.put(`/api/accounts/${other.id}/person`, { person_id: free[1].id }));
    expect((await controller.put(`/api/accounts/${other.id}/person`, { person_id: free[1].id })).status).toBe(403);
  });

  it("the worklist of a linked person follows the post they hold", async () => {
    const account = await admin.do("/api/accounts", { login_name: "holder", display_name: "任職同仁", password: "Seven-lamps-on-the-quay", grants: [{ role: "handler", agency_id: known.water.id }] });
    const post = await new_post(known.water.id, null, "專員");
    const { id: person } = await controller.do(`/api/agency-posts/${post}/holders`, { person_name: "吳戊辰", valid_from: "2026-02-01" });
    await controller.do("/api/duties", { title: "由專員辦理", origin: "own", agency_id: known.water.id, post_id: post, due_on: "2026-12-20" });
    const client = city.client();
    await client.signIn("holder", "Seven-lamps-on-the-quay");
    const mine = async () => (await client.read("/api/duties?view=mine")).rows.map(row => row.title);
    expect(await mine()).not.toContain("由專員辦理");
    must(await admin.put(`/api/accounts/${account.id}/person`, { person_id: person }));
    await sleep(400); // names on screens are at most a quarter of a second old
    expect(await mine()).toContain("由專員辦理");
  });

  it("roles name agencies and units that exist, or are refused by their field", async () => {
    const account = await admin.do("/api/accounts", { login_name: "granted", display_name: "角色同仁", password: "Seven-lamps-on-the-quay", grants: [] });
    const grants = list => admin.put(`/api/accounts/${account.id}/grants`, { grants: list });
    await refused(grants([{ role: "auditor" }, { role: "handler", agency_id: "123456" }]), 422, "account.unknown_agency", "grants[1].agency_id");
    const elsewhere = await new_unit(known.construction.id, "他機關單位");
    await refused(grants([{ role: "unit_head", agency_id: known.water.id, unit_id: elsewhere }]), 422, "account.unknown_unit", "grants[0].unit_id");
    await refused(grants([{ role: "handler" }]), 422, "input.required", "grants[0].agency_id");
    const both = await grants([{ role: "mayor" }, { role: "handler", agency_id: "123456" }]);
    expect(both.body.fields.map(field => field.path)).toEqual(["grants[0].role", "grants[1].agency_id"]);
    await refused(admin.post("/api/accounts", { login_name: "never", display_name: "不應建立", password: "Seven-lamps-on-the-quay", grants: [{ role: "handler", agency_id: "123456" }] }), 422, "account.unknown_agency", "grants[0].agency_id");
    expect((await admin.read("/api/accounts?q=never")).rows).toEqual([]);
    must(await grants([{ role: "unit_head", agency_id: known.construction.id, unit_id: elsewhere }]));
  });

  it("accounts are counted and paged like other lists", async () => {
    const whole = await admin.read("/api/accounts?limit=200");
    expect(whole.total).toBe(whole.rows.length);
    expect(whole.next).toBeNull();
    const seen = [];
    let cursor = "";
    do {
      const page = await admin.read(`/api/accounts?limit=4${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      expect(page.total).toBe(whole.total);
      expect(page.rows.length).toBeLessThanOrEqual(4);
      seen.push(...page.rows.map(row => row.id));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(whole.rows.map(row => row.id));
    const some = await admin.read("/api/accounts?q=linked&limit=1");
    expect(some).toMatchObject({ total: 2 });
    expect(some.rows).toHaveLength(1);
  });
});

describe("as known on a past day", () => {
  it("agencies, their windows and their file read as they were known, the calendar and the policies too", async () => {
    const before = { agency: (await detail(known.water.id)).contacts, csv: (await controller.get("/api/agencies.csv")).text };
    await city.setClock("2026-11-26T02:00:00Z");
    controller = await city.as("controller");
    await controller.do(`/api/agencies/${known.water.id}/contacts`, { kind: "general", name: "新窗口", phone: "(04)0000-1111", email: "" });
    must(await controller.put(`/api/agencies/${known.water.id}`, { name: "臺中市政府水務局", kind: "first_level", parent_id: (await detail(known.water.id)).parent_id, valid_from: "2026-11-01" }));
    await controller.do("/api/policies/duty.severe_days/values", { value: "9", valid_from: "2026-11-01", source: "unsourced" });
    await controller.do("/api/calendar-days", { on: "2026-12-10", kind: "typhoon", closed: "all", note: "停止上班" });
    const then = "as_known_on=2026-11-25";
    expect((await detail(known.water.id, `?${then}`)).contacts).toEqual(before.agency);
    expect((await detail(known.water.id, `?${then}`)).name).toBe(known.water.name);
    expect((await detail(known.water.id)).name).toBe("臺中市政府水務局");
    const known_then = (await detail(known.water.id, `?${then}`)).history;
    expect(known_then.every(row => row.name !== "臺中市政府水務局" && row.superseded_at === null)).toBe(true);
    expect((await controller.get(`/api/agencies.csv?${then}`)).text).toBe(before.csv);
    const now = parseCsv((await controller.get("/api/agencies.csv?as_of=2026-11-24")).text).slice(1);
    expect(now.map(row => row[1])).toContain("臺中市政府水務局");
    const listed = (await controller.read("/api/agencies?as_of=2026-11-24")).rows;
    expect(now.map(row => row[0]).sort()).toEqual(listed.map(row => row.code).sort());
    expect(parseCsv((await controller.get(`/api/agencies.csv?as_of=2026-11-24&${then}`)).text).map(row => row[1])).toContain(known.water.name);
    expect((await controller.get("/api/agencies.csv?as_of=gestern")).status).toBe(422);
    const day = async query => (await controller.read(`/api/calendar?year=2026${query}`)).days.find(one => one.on === "2026-12-10").kind;
    expect([await day(`&${then}`), await day("")]).toEqual(["workday", "typhoon"]);
    const policy = async query => (await controller.read(`/api/policies?as_of=2026-11-24${query}`)).rows.find(row => row.key === "duty.severe_days");
    expect([(await policy(`&${then}`)).value, (await policy("")).value]).toEqual(["15", "9"]);
    // What was recorded later is no part of the history as it was known then.
    expect((await policy(`&${then}`)).history.map(row => row.value)).not.toContain("9");
    const versions = (await controller.read(`/api/calendar?year=2026&${then}`)).versions;
    expect(versions.length).toBe((await controller.read("/api/calendar?year=2026")).versions.length - 1);
  });
});
