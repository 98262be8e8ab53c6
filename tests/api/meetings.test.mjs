// Meetings: series, agenda by rules, the frozen pack and its check, stages, minutes, decisions that are duties and come back until they are closed.
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { agencies, allRows, mandate, must, newDuty, sleep, startCity, tempFolder, today } from "./support.mjs";

let city;
let known;
let controller;
let liaison;
let head;
const secret = "Seven-lamps-on-the-quay";

beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  controller = await city.as("controller");
  liaison = await city.as("liaison"); // of the construction bureau
  head = await city.as("rdec-head");
  await (await city.as("admin")).do("/api/accounts", { login_name: "water", display_name: "水利局窗口", password: secret, grants: [{ role: "agency_liaison", agency_id: known.water.id }] });
});
afterAll(() => city.finish());

let names = 0;
const series = (more = {}) => controller.do("/api/meeting-series", { kind: "agency", name: `會議 ${++names}`, agency_id: known.construction.id, frequency: "month", day: 10, months_after: 1, stage: 1, sources: ["duties.late", "duties.severe"], ...more });
const review = more => series({ kind: "review", agency_id: known.rdec.id, stage: 2, ...more });
const plan = async (of, more = {}) => (await controller.do("/api/meetings", { series_id: of.id, period_on: "2026-11-15", ...more })).meeting;
const read = (client, id) => client.read(`/api/meetings/${id}`);
const step = async (client, id, what, body = {}) => client.do(`/api/meetings/${id}/${what}`, body);
const revised = async (client, id, what, body = {}) => step(client, id, what, { ...body, revision: (await read(client, id)).meeting.revision });
const run = (client, id) => step(client, id, "agenda-runs");
const freeze = (client, id, body) => revised(client, id, "pack", body);
const duty = async (agency, more = {}) => (await head.do("/api/duties", newDuty(agency.id, { due_on: "2026-11-20", ...more }))).duty;
async function held(of, more) {
  const { id } = await plan(of, more);
  await run(controller, id);
  await freeze(controller, id);
  await revised(controller, id, "holding", { held_on: city.clock.slice(0, 10) });
  return id;
}
const water = () => city.as("water", secret);

describe("a series and its meetings", () => {
  it("plans a meeting by the series' rule, and moves it off closed days", async () => {
    const of = await series({ day: 28, months_after: 0 }); // the 28th of November 2026 is a Saturday
    const meeting = await plan(of);
    expect(meeting).toMatchObject({ state: "planned", period_from: "2026-11-01", period_to: "2026-11-30", nominal_on: "2026-11-28", planned_on: "2026-11-30" });
    expect(meeting.number).toMatch(/^115-M\d{5}$/);
    expect((await controller.post("/api/meetings", { series_id: of.id, period_on: "2026-11-02" })).body.fields[0]).toMatchObject({ path: "period_on", key: "meeting.period_taken" });
    // A typhoon day moves it on, and its history says so.
    const { id } = await plan(await series({ day: 29 }));
    expect((await read(controller, id)).meeting.planned_on).toBe("2026-12-29");
    await controller.do("/api/calendar-days", { on: "2026-12-29", kind: "typhoon", closed: "all", note: "颱風" });
    const moved = await read(controller, id);
    expect([moved.meeting.planned_on, moved.meeting.nominal_on, moved.history[0].kind]).toEqual(["2026-12-30", "2026-12-29", "meeting.calendar_moved"]);
  });

  it("refuses an agency's own staff another agency's meetings and the making of series", async () => {
    const of = await series();
    const { id } = await plan(of);
    expect((await liaison.post("/api/meeting-series", { kind: "agency", name: "x", agency_id: known.construction.id, frequency: "month", day: 1, stage: 1 })).status).toBe(403);
    expect((await read(liaison, id)).actions).toContain("open_agenda");
    const other = await water();
    for (const answer of [await other.get(`/api/meetings/${id}`), await other.get(`/api/meeting-series/${of.id}`), await other.post(`/api/meetings/${id}/agenda-runs`), await other.get(`/api/meetings/${id}/pack.html`)]) expect(answer.status).toBe(404);
    expect((await allRows(other, "/api/meetings")).map(row => row.id)).not.toContain(id);
    expect((await (await city.as("youth")).get("/api/meetings")).status).toBe(403);
  });

  it("refuses a stale change, a cancellation without a reason, and anything after it", async () => {
    const { id, revision } = await plan(await series());
    must(await controller.put(`/api/meetings/${id}`, { planned_on: "2026-12-15", begins_at: "14:00", place: "市政大樓 B1", revision }));
    const stale = await liaison.put(`/api/meetings/${id}`, { planned_on: "2026-12-16", begins_at: "", place: "", revision });
    expect([stale.status, stale.body.key]).toEqual([412, "meeting.stale"]);
    const bad = await liaison.put(`/api/meetings/${id}`, { planned_on: "2026-12-16", begins_at: "2 pm", place: "", revision: revision + 1 });
    expect(bad.body.fields[0]).toMatchObject({ path: "begins_at", key: "meeting.bad_time" });
    expect((await liaison.post(`/api/meetings/${id}/cancellation`, { reason: " ", revision: revision + 1 })).body.fields[0].path).toBe("reason");
    const cancelled = await liaison.do(`/api/meetings/${id}/cancellation`, { reason: "併入下月", revision: revision + 1 });
    expect(cancelled.meeting).toMatchObject({ state: "cancelled", reason: "併入下月" });
    expect(cancelled.actions).toEqual([]);
    expect((await liaison.post(`/api/meetings/${id}/agenda-runs`)).status).toBe(409);
    expect(cancelled.history.map(row => row.kind)).toEqual(["meeting.cancelled", "meeting.changed", "meeting.planned"]);
  });
});

describe("an agenda filled by rules", () => {
  it("says rule, version and cut-off, takes additions with a reason only, and shows an agency what concerns it", async () => {
    const severe = await duty(known.construction, { title: "議程：嚴重逾期", due_on: "2026-10-01" });
    const { id } = await plan(await review());
    const view = await run(controller, id);
    expect(view.meeting.state).toBe("agenda_open");
    expect(view.runs.map(one => [one.key, one.version, one.as_of])).toEqual([["duties.late", 1, today], ["duties.severe", 1, today]]);
    expect(view.runs[0].finding).toMatch(/個機關有逾期事項共 \d+ 件/);
    const entry = view.entries.find(one => one.record.kind === "duty" && one.record.id === severe.id);
    expect(entry).toMatchObject({ origin: "rule", source_key: "duties.severe", agency_name: known.construction.name, reason: "逾期 54 天，超過 15 天" });
    expect((await controller.post(`/api/meetings/${id}/entries`, { title: "管線遷移協調", reason: "" })).body.fields[0].path).toBe("reason");
    const added = await step(controller, id, "entries", { title: "管線遷移協調", reason: "跨機關協調", agency_id: known.water.id });
    const manual = added.entries.find(one => one.origin === "manual");
    expect(manual).toMatchObject({ title: "管線遷移協調", reason: "跨機關協調", agency_name: known.water.name });
    const struck = await step(controller, id, `entries/${entry.id}/striking`, { reason: "已專案報告" });
    expect(struck.entries.find(one => one.id === entry.id).struck_reason).toBe("已專案報告");
    const seen = await read(await water(), id);
    expect(seen.meeting.whole).toBe(false);
    expect(seen.entries.filter(one => one.agency_name !== known.water.name)).toEqual([]);
    expect(seen.entries.map(one => one.title)).toContain("管線遷移協調");
    expect([seen.actions, seen.history, seen.minutes, seen.packs, seen.attendance]).toEqual([[], [], [], [], []]);
    expect(seen.runs.every(one => one.finding === null && one.table === null)).toBe(true);
    expect((await (await water()).post(`/api/meetings/${id}/entries`, { title: "x", reason: "y", agency_id: known.water.id })).status).toBe(403);
    expect((await (await water()).get(`/api/meetings/${id}/charts/duties.late`)).status).toBe(404);
    expect((await controller.get(`/api/meetings/${id}/charts/duties.late`)).text).toMatch(/^<svg/);
  });

  it("keeps a closed entry from everybody who may not know of it, counts, history and pack included", async () => {
    const { id } = await plan(await review());
    const before = await run(controller, id);
    await step(head, id, "entries", { title: "密件提案", reason: "涉及個案", confidentiality: "confidential" });
    const seen = await read(controller, id);
    expect(seen.entries.length).toBe(before.entries.length);
    expect(JSON.stringify(seen)).not.toContain("密件提案");
    expect(seen.history.length).toBe(before.history.length);
    expect((await controller.post(`/api/meetings/${id}/entries`, { title: "x", reason: "y", confidentiality: "confidential" })).body.fields[0].key).toBe("meeting.too_secret");
    expect(JSON.stringify(await read(head, id))).toContain("密件提案");
    await freeze(controller, id);
    for (const path of ["pack.json", "pack.html"]) expect(must(await controller.get(`/api/meetings/${id}/${path}`)) ?? "").not.toContain("密件");
    expect((await read(controller, id)).packs.map(one => one.part)).toEqual(["main"]);
    expect((await controller.get(`/api/meetings/${id}/pack.json?part=closed`)).status).toBe(404);
    expect((await head.get(`/api/meetings/${id}/pack.html?part=closed`)).text).toContain("密件提案");
    expect((await head.get(`/api/meetings/${id}/pack.html`)).text).not.toContain("密件提案");
  });
});

describe("a frozen pack", () => {
  const file = (name, text) => {
    const path = join(tempFolder("pack"), name);
    writeFileSync(path, text);
    return path;
  };
  let id;
  let text;

  it("changes no more, and is given as a file, as ODT and as a page to print with its charts", async () => {
    await duty(known.construction, { title: "會前：逾期事項" });
    ({ id } = await plan(await review()));
    await run(controller, id);
    const { revision } = (await read(controller, id)).meeting;
    expect((await controller.post(`/api/meetings/${id}/pack`, { revision, cutoff_on: "2026-11-25" })).body.fields[0].path).toBe("cutoff_on");
    expect((await controller.post(`/api/meetings/${id}/pack`, { revision: revision + 5 })).body.key).toBe("meeting.stale");
    const view = await freeze(controller, id);
    expect(view.meeting.state).toBe("frozen");
    expect(view.packs).toHaveLength(1);
    for (const [what, body] of [["agenda-runs", {}], ["entries", { title: "x", reason: "y" }], ["pack", { revision: view.meeting.revision }], [`entries/${view.entries[0].id}/striking`, { reason: "x" }]]) {
      expect((await controller.post(`/api/meetings/${id}/${what}`, body)).body.key).toBe("meeting.agenda_frozen");
    }
    const json = await controller.get(`/api/meetings/${id}/pack.json`);
    text = json.text;
    const pack = JSON.parse(text);
    expect(pack.sha256).toBe(view.packs[0].sha256);
    expect(pack.content.sections.map(one => [one.key, one.version])).toEqual([["duties.late", 1], ["duties.severe", 1]]);
    const page = (await controller.get(`/api/meetings/${id}/pack.html`)).text;
    for (const part of [pack.sha256, "議程規則 duties.late 第 1 版", "<svg", "會前：逾期事項", "未載明來源"]) expect(page).toContain(part);
    const odt = await controller.get(`/api/meetings/${id}/pack.odt`);
    expect(odt.raw.subarray(0, 2).toString()).toBe("PK");
    expect(odt.headers["content-type"]).toBe("application/vnd.oasis.opendocument.text");
    // What happens in the ledger afterwards changes nothing of it.
    await duty(known.construction, { title: "會後才有的事項", due_on: "2026-11-01" });
    expect((await controller.get(`/api/meetings/${id}/pack.json`)).text).toBe(text);
  });

  it("is good by itself and against the ledger", async () => {
    const path = file("pack.json", text);
    const alone = await mandate(["pack", "verify", path, "--data", join(tempFolder("none"), "nothing")]);
    expect([alone.code, alone.err]).toEqual([0, ""]);
    expect(alone.out).toMatch(/^good: .*\nSHA-256 [0-9a-f]{64}\nno data at hand/);
    const asked = await mandate(["pack", "verify", path, ...city.where]);
    expect([asked.code, asked.err]).toEqual([0, ""]);
    expect(asked.out).toContain("the ledger holds the same hash");
    expect(JSON.parse((await mandate(["pack", "verify", path, "--json", ...city.where])).out)).toMatchObject({ good: true, ledger: "same", part: "main", faults: [] });
  });

  it("is refused when it was tampered with, and the place is named", async () => {
    const tampered = file("tampered.json", text.replace("會前：逾期事項", "會前：沒有事項"));
    for (const where of [["--data", join(tempFolder("none"), "nothing")], city.where]) {
      const { code, out, err } = await mandate(["pack", "verify", tampered, ...where]);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain("the content was changed: its SHA-256 is");
      expect(err).toMatch(/fault: sections\[0\] was changed/);
    }
    expect((await mandate(["pack", "verify", tampered, ...city.where])).err).toMatch(/sections\[0\]\.entries\[\d+\]\.table\.rows\[\d+\]\[1\]: "會前：沒有事項", not "會前：逾期事項"/);
    // With every hash made anew it agrees with itself; the ledger does not.
    const forged = JSON.parse(text);
    forged.content.sections[0].finding = "沒有逾期事項。";
    const path = file("forged.json", await forge(forged));
    expect((await mandate(["pack", "verify", path, "--data", join(tempFolder("none"), "nothing")])).code).toBe(0);
    const { code, err } = await mandate(["pack", "verify", path, ...city.where]);
    expect(code).toBe(1);
    expect(err).toMatch(/the ledger froze [0-9a-f]{64}, the file holds [0-9a-f]{64}/);
    expect(err).toContain('sections[0].finding: "沒有逾期事項。", not');
    for (const bad of ["", "{}", "PK\u0003\u0004", '{"content":{},"format":"mandate-pack/1","sha256":"x"}']) expect((await mandate(["pack", "verify", file("bad.json", bad), ...city.where])).code).toBe(1);
  });

  it("is known to the ledger it came from alone", async () => {
    const pack = JSON.parse(text);
    pack.content.meeting.id = "4711";
    const { code, err } = await mandate(["pack", "verify", file("strange.json", await forge(pack)), ...city.where]);
    expect(code).toBe(1);
    expect(err).toContain("the ledger has no pack of meeting");
  });

  it("stands for a past day as that day was known", async () => {
    const made = await duty(known.transport, { title: "截止前完成", due_on: "2026-11-10" });
    const { id: other } = await plan(await review());
    await run(controller, other);
    await city.setClock("2026-11-26T02:00:00Z");
    [controller, liaison, head] = [await city.as("controller"), await city.as("liaison"), await city.as("rdec-head")];
    await controller.do(`/api/duties/${made.id}/completion`, { evidence: "完成" });
    await freeze(controller, other, { cutoff_on: "2026-11-24" });
    const pack = JSON.parse((await controller.get(`/api/meetings/${other}/pack.json`)).text).content;
    expect([pack.as_of, pack.known_at]).toEqual(["2026-11-24", "2026-11-24T15:59:59.999999Z"]);
    expect(JSON.stringify(pack)).toContain("截止前完成");
    // The meeting as it stood before it was frozen.
    const then = await controller.read(`/api/meetings/${other}?as_known_on=2026-11-24`);
    expect([then.meeting.state, then.packs, then.actions]).toEqual(["agenda_open", [], []]);
    expect((await controller.get(`/api/meetings/${other}?as_known_on=2026-11-23`)).status).toBe(404);
    expect((await read(controller, other)).meeting.state).toBe("frozen");
  });

  it("is whole or not there when the server is killed while it is being made", async () => {
    for (let i = 0; i < 60; ++i) await duty(known.transport, { title: `斷電前逾期 ${i}`, due_on: "2026-10-01" });
    const of = await review();
    let frozen = 0;
    for (let round = 0; round < 8; ++round) {
      const month = String((round % 12) + 1).padStart(2, "0");
      const made = await plan(of, { period_on: `2026-${month}-15` });
      await run(controller, made.id);
      const { revision } = (await read(controller, made.id)).meeting;
      const asked = controller.post(`/api/meetings/${made.id}/pack`, { revision }, { port: city.servers[0].port, once: true }).catch(() => undefined);
      await sleep(round * 4);
      await city.servers[0].stop("SIGKILL");
      await asked;
      await city.startServer(0);
      const view = await read(controller, made.id);
      if (view.meeting.state === "agenda_open") {
        expect([view.packs, (await controller.get(`/api/meetings/${made.id}/pack.json`)).status]).toEqual([[], 404]);
      } else {
        ++frozen;
        const path = file("killed.json", (await controller.get(`/api/meetings/${made.id}/pack.json`)).text);
        expect((await mandate(["pack", "verify", path, ...city.where])).code).toBe(0);
      }
    }
    expect(frozen).toBeLessThanOrEqual(8);
  });
});

// As somebody would who knows the format: canonical JSON with every hash made anew.
async function forge(pack) {
  const { createHash } = await import("node:crypto");
  const canonical = value =>
    Array.isArray(value) ? `[${value.map(canonical).join(",")}]` : value !== null && typeof value === "object" ? `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}` : JSON.stringify(value);
  const sum = value => createHash("sha256").update(canonical(value)).digest("hex");
  const digests = Object.keys(pack.content).filter(name => name !== "sections").sort().map(path => ({ path, sha256: sum(pack.content[path]) }));
  pack.content.sections.forEach((section, at) => digests.push({ path: `sections[${at}]`, sha256: sum(section) }));
  return `${canonical({ ...pack, digests, sha256: sum(pack.content) })}\n`;
}

describe("two stages", () => {
  it("freeze no second-stage pack before the first stage's minutes are approved, or the controller says why not", async () => {
    const own = await series();
    const other = await series({ agency_id: known.water.id, name: `水利局會議 ${++names}` });
    const { id } = await plan(await review({ gates: [own.id, other.id] }));
    const opened = await run(controller, id);
    expect(opened.gates.map(gate => [gate.series_name, gate.approved_at])).toEqual(expect.arrayContaining([[own.name, null], [other.name, null]]));
    const refused = await controller.post(`/api/meetings/${id}/pack`, { revision: opened.meeting.revision });
    expect([refused.status, refused.body.key]).toEqual([409, "meeting.gates_closed"]);
    expect(refused.body.detail).toContain(own.name);
    const first = await held(own);
    await step(liaison, first, "minutes", { text: "一、落後標案檢討。", after: 0 });
    expect((await liaison.post(`/api/meetings/${first}/minutes`, { text: "別人同時寫的", after: 0 })).body.key).toBe("meeting.stale");
    const approved = await step(liaison, first, "minutes-approval", { version: 1 });
    expect(approved.meeting.state).toBe("minutes_approved");
    expect((await liaison.post(`/api/meetings/${first}/minutes`, { text: "核定後再改", after: 1 })).status).toBe(409);
    expect((await liaison.post(`/api/meetings/${first}/decisions`, { text: "核定後再決議", agency_id: known.construction.id, due_on: "2026-12-20" })).status).toBe(409);
    expect((await liaison.post(`/api/meetings/${id}/waivers`, { series_id: other.id, reason: "x" })).status).toBe(403);
    await step(controller, id, "waivers", { series_id: other.id, reason: "本月無列管標案" });
    expect((await controller.post(`/api/meetings/${id}/waivers`, { series_id: other.id, reason: "又一次" })).body.key).toBe("meeting.gate_open");
    await freeze(controller, id);
    const page = (await controller.get(`/api/meetings/${id}/pack.html`)).text;
    expect(page).toContain("本月無列管標案");
    expect(page).toMatch(/紀錄已於.*核定/);
  });
});

describe("decisions", () => {
  it("are duties at once, come back until closed, and are closed by the controller after the agency reported", async () => {
    const of = await review();
    const id = await held(of, { period_on: "2026-10-15" });
    const text = `請於期限前完成管線遷移 ${randomUUID()}`;
    const decision = { text, agency_id: known.construction.id, due_on: "2026-12-18" };
    expect((await controller.post(`/api/meetings/${id}/decisions`, { ...decision, due_on: "2026-11-01" })).body.fields[0].path).toBe("due_on");
    const { decisions } = await step(controller, id, "decisions", decision);
    const again = await controller.post(`/api/meetings/${id}/decisions`, decision);
    expect([again.status, again.body.key]).toEqual([409, "meeting.decided_twice"]);
    const [made] = decisions;
    const owed = await liaison.read(`/api/duties/${made.duty.id}`);
    expect(owed.duty).toMatchObject({ title: text, origin: "meeting", due_on: "2026-12-18", source: { kind: "meeting_decision", id: made.id } });
    const next = await plan(of, { period_on: "2026-11-15" });
    expect((await read(controller, next.id)).followed.map(one => one.number)).toEqual([made.number]);
    // What concerns it the agency sees without being the meeting's owner.
    expect((await read(liaison, id)).decisions.map(one => one.text)).toEqual([text]);
    expect((await read(liaison, id)).decisions[0].actions).toEqual([]);
    expect((await controller.post(`/api/meeting-decisions/${made.id}/closure`, { reason: "完成", revision: 1 })).body.key).toBe("meeting.duty_open");
    await liaison.do(`/api/duties/${made.duty.id}/completion`, { evidence: "管線已遷移" });
    expect((await read(controller, next.id)).followed[0].duty.state).toBe("done");
    expect((await liaison.post(`/api/meeting-decisions/${made.id}/closure`, { reason: "完成", revision: 1 })).status).toBe(403);
    await run(controller, next.id);
    await freeze(controller, next.id);
    expect((await controller.get(`/api/meetings/${next.id}/pack.html`)).text).toContain(made.number);
    const closed = await controller.do(`/api/meeting-decisions/${made.id}/closure`, { reason: "會議確認完成", revision: 1 });
    expect(closed.state).toBe("closed");
    expect((await controller.post(`/api/meeting-decisions/${made.id}/closure`, { reason: "又", revision: 2 })).body.key).toBe("meeting.decision_not_open");
    // The frozen agenda keeps it; the next one does not have it.
    expect((await read(controller, next.id)).followed).toHaveLength(1);
    expect((await read(controller, (await plan(of, { period_on: "2026-12-15" })).id)).followed).toEqual([]);
    const listed = await allRows(controller, `/api/meeting-decisions?series_id=${of.id}`);
    expect(listed.map(one => [one.number, one.state])).toEqual([[made.number, "closed"]]);
    expect(await allRows(await water(), `/api/meeting-decisions?series_id=${of.id}`)).toEqual([]);
    expect((await allRows(liaison, `/api/meeting-decisions?series_id=${of.id}`)).length).toBe(1);
  });

  it("bind an agency in its own meeting only, and are withdrawn with their duty", async () => {
    const id = await held(await series(), { period_on: "2026-10-15" });
    const other = await liaison.post(`/api/meetings/${id}/decisions`, { text: "請他局辦理", agency_id: known.water.id, due_on: "2026-12-18" });
    expect(other.body.fields[0].key).toBe("meeting.not_to_bind");
    const [made] = (await step(liaison, id, "decisions", { text: "自行辦理", agency_id: known.construction.id, due_on: "2026-12-18" })).decisions;
    expect((await liaison.post(`/api/meeting-decisions/${made.id}/withdrawal`, { reason: "x", revision: 1 })).status).toBe(403);
    const withdrawn = await (await city.as("agency-head")).do(`/api/meeting-decisions/${made.id}/withdrawal`, { reason: "改由他案辦理", revision: 1 });
    expect([withdrawn.state, withdrawn.duty.state]).toEqual(["withdrawn", "cancelled"]);
  });
});

describe("attendance", () => {
  it("is kept by post or name, with deputies named, and refuses a stale list", async () => {
    const posts = (await controller.read(`/api/agencies/${known.construction.id}`)).units.flatMap(unit => unit.posts);
    const of = await series({ attendants: [posts[0].id], chair_post_id: posts[0].id });
    const { id } = await plan(of);
    await run(controller, id);
    await freeze(controller, id);
    const view = await read(controller, id);
    expect(view.attendance.map(seat => seat.post_id)).toEqual([posts[0].id]);
    const rows = [{ post_id: posts[0].id, presence: "deputy", deputy: "王副局長" }, { who: "外聘委員", presence: "absent" }];
    expect((await controller.put(`/api/meetings/${id}/attendance`, { rows: [{ post_id: posts[0].id, presence: "deputy" }], revision: view.meeting.revision })).body.fields[0].path).toBe("rows[0].deputy");
    const kept = must(await controller.put(`/api/meetings/${id}/attendance`, { rows, revision: view.meeting.revision }));
    expect(kept.attendance.map(seat => [seat.presence, seat.deputy])).toEqual([["deputy", "王副局長"], ["absent", ""]]);
    expect((await controller.put(`/api/meetings/${id}/attendance`, { rows: [], revision: view.meeting.revision })).body.key).toBe("meeting.stale");
    expect(kept.attendance_kept).toBe(true);
  });
});

describe("calendars", () => {
  it("give the meetings of a reader and of a series", async () => {
    const of = await series({ name: `行事曆會議 ${++names}`, begins_at: "14:30" });
    const { id, revision } = await plan(of, { period_on: "2026-12-15" });
    const lines = async (client, body) => {
      const made = await client.do("/api/feeds", body);
      return (await client.get(made.path)).text.replaceAll("\r\n ", "").split("\r\n");
    };
    const mine = await lines(liaison, { kind: "meetings.all" });
    expect(mine).toEqual(expect.arrayContaining([`SUMMARY:14:30 ${of.name}`, `UID:meeting-${id}@mandate`]));
    expect(await lines(await water(), { kind: "meetings.all" })).not.toContain(`UID:meeting-${id}@mandate`);
    expect((await (await water()).post("/api/feeds", { kind: "meetings.series", record_id: of.id })).status).toBe(404);
    await liaison.do(`/api/meetings/${id}/cancellation`, { reason: "併入下月", revision });
    expect(await lines(liaison, { kind: "meetings.series", record_id: of.id })).toEqual(expect.arrayContaining([`UID:meeting-${id}@mandate`, "STATUS:CANCELLED"]));
  });
});
