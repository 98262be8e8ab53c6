// The life of a duty, recurring duties, worklists, export, calendar and statistics.
import { agencies, allRows, figures, must, newDuty, parseCsv, startCity } from "./support.mjs";

let city;
let known;
let controller;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  controller = await city.as("controller");
});
afterAll(() => city.finish());

const create = async (more = {}, by = controller) => (await by.do("/api/duties", newDuty(known.construction.id, more))).duty;
const refused = async (answer, status, key) => {
  const got = await answer;
  expect(got.status, got.text).toBe(status);
  expect(got.body.fields[0]?.key ?? got.body.key).toBe(key);
};

describe("where a duty lies and what it serves", () => {
  it("is said at its creation and changed later, only by a district and a goal that there are, and the worklist is narrowed by both", async () => {
    const districts = (await controller.read("/api/districts")).districts;
    expect(districts).toHaveLength(29);
    const [central, fengyuan] = [districts.find(one => one.name === "中區"), districts.find(one => one.name === "豐原區")];
    const goals = (await controller.read("/api/goals")).goals;
    const goal = goals[0];
    expect(goal).toBeDefined();
    const duty = await create({ title: "豐原區的一件事", district: fengyuan.code, goal_id: goal.id });
    expect(duty).toMatchObject({ district: fengyuan.code, goal_id: goal.id });
    expect((await controller.post("/api/duties", newDuty(known.construction.id, { district: "66999999" }))).body.fields[0]).toMatchObject({ path: "district", key: "duty.no_district" });
    expect((await controller.post("/api/duties", newDuty(known.construction.id, { goal_id: "77" }))).body.fields[0]).toMatchObject({ path: "goal_id", key: "duty.no_goal" });
    const found = async query => (await controller.read(`/api/duties?view=city&${query}`)).rows.map(row => row.id);
    expect(await found(`district=${fengyuan.code}`)).toContain(duty.id);
    expect(await found(`district=${central.code}`)).not.toContain(duty.id);
    expect(await found("district=none&limit=200")).not.toContain(duty.id);
    const edited = must(await controller.put(`/api/duties/${duty.id}`, { title: duty.title, detail: "", severity: "normal", district: central.code, goal_id: "0", revision: 1 }));
    expect(edited.duty).toMatchObject({ district: central.code, goal_id: null });
    // What is not said stays.
    const again = must(await controller.put(`/api/duties/${duty.id}`, { title: "改名", detail: "", severity: "normal", revision: 2 }));
    expect(again.duty.district).toBe(central.code);
    expect(await found(`goal_id=${goal.id}`)).not.toContain(duty.id);
    const series = await controller.do("/api/duties", newDuty(known.construction.id, { title: "每月在豐原", district: fengyuan.code, recurrence: { every: "month", months: [], day: 5 } }));
    expect(series.duty.district).toBe(fengyuan.code);
  });
});

describe("the life of a duty", () => {
  it("goes from creation over more time, hand-over and evidence to its end, and back", async () => {
    const liaison = await city.as("liaison");
    const head = await city.as("agency-head");
    const duty = await create({ title: "檢討路燈維護契約", detail: "含里長意見", severity: "high" });
    expect(duty.number).toMatch(/^115-\d{6}$/);
    expect(duty).toMatchObject({ state: "open", lateness: "on_time", days_left: 21, severity: "high", confidentiality: "internal", recurring: false, agency_name: known.construction.name });

    const asked = await liaison.do(`/api/duties/${duty.id}/extensions`, { due_on: "2027-01-15", reason: "契約送審中" });
    expect(asked.extensions).toHaveLength(1);
    expect(asked.actions).not.toContain("ask_extension");
    expect(asked.actions).not.toContain("decide_extension");
    const extension = asked.extensions[0];
    expect((await head.read(`/api/duties/${duty.id}`)).actions).toContain("decide_extension");
    const approved = await head.do(`/api/duties/${duty.id}/extensions/${extension.id}/decision`, { approve: true, note: "同意" });
    expect(approved.duty.due_on).toBe("2027-01-15");
    expect(approved.first_due_on).toBe("2026-12-15");
    expect(approved.extensions[0]).toMatchObject({ state: "approved", asked_due_on: "2027-01-15" });

    const moved = await controller.do(`/api/duties/${duty.id}/reassignment`, { agency_id: known.transport.id, reason: "業務移撥交通局" });
    expect(moved.duty.agency_id).toBe(known.transport.id);
    await refused(liaison.get(`/api/duties/${duty.id}`), 404, "duty.not_found");

    const done = await controller.do(`/api/duties/${duty.id}/completion`, { evidence: "已完成檢討，紀錄存查。", revision: moved.revision });
    expect(done.duty).toMatchObject({ state: "done", lateness: "done" });
    expect(done.evidence.map(one => one.text)).toEqual(["已完成檢討，紀錄存查。"]);
    expect(done.actions).toEqual(["reopen"]);

    const reopened = await controller.do(`/api/duties/${duty.id}/reopening`, { reason: "附件不齊" });
    expect(reopened.duty.state).toBe("open");
    expect(reopened.evidence).toHaveLength(1);
    const cancelled = await controller.do(`/api/duties/${duty.id}/cancellation`, { reason: "併入他案" });
    expect(cancelled.duty).toMatchObject({ state: "cancelled", lateness: "cancelled" });
    // Each step stands in its history, the latest first, in words.
    expect(cancelled.history.map(one => one.kind)).toEqual(["duty.cancelled", "duty.reopened", "duty.done", "duty.reassigned", "duty.extension_approved", "duty.extension_asked", "duty.created"]);
    expect(cancelled.history[3].text).toContain("業務移撥交通局");
    for (const change of cancelled.history) expect(change.text).not.toMatch(/[{}]|duty\./);
    const english = await controller.get(`/api/duties/${duty.id}`, { headers: { "Accept-Language": "en" } });
    expect(english.body.history.at(-1).text).toMatch(/^Created “檢討路燈維護契約”/);
  });

  it("refuses what its present state does not allow", async () => {
    const duty = await create();
    await refused(controller.post(`/api/duties/${duty.id}/reopening`, { reason: "x" }), 409, "duty.already_open");
    await controller.do(`/api/duties/${duty.id}/completion`, { evidence: "完成" });
    for (const [action, body] of [["completion", { evidence: "x" }], ["cancellation", { reason: "x" }], ["reassignment", { agency_id: known.transport.id, reason: "x" }], ["extensions", { due_on: "2027-02-01", reason: "x" }]]) {
      await refused(controller.post(`/api/duties/${duty.id}/${action}`, body), 409, "duty.not_open");
    }
  });

  it("asks for a reason or evidence in words", async () => {
    const duty = await create();
    for (const [action, body, field] of [["completion", { evidence: "" }, "evidence"], ["cancellation", { reason: "" }, "reason"], ["reassignment", { agency_id: known.transport.id, reason: "" }, "reason"], ["extensions", { due_on: "2027-02-01", reason: "" }, "reason"]]) {
      const answer = await controller.post(`/api/duties/${duty.id}/${action}`, body);
      expect(answer.status).toBe(422);
      expect(answer.body.fields).toMatchObject([{ path: field, key: "input.required" }]);
    }
  });

  it("lets nobody decide on a request of their own, nor twice on one request", async () => {
    const duty = await create();
    const asked = await controller.do(`/api/duties/${duty.id}/extensions`, { due_on: "2027-01-15", reason: "x" });
    const path = `/api/duties/${duty.id}/extensions/${asked.extensions[0].id}/decision`;
    await refused(controller.post(path, { approve: true }), 403, "duty.not_own_request");
    await refused(controller.post(`/api/duties/${duty.id}/extensions`, { due_on: "2027-01-20", reason: "y" }), 409, "duty.extension_pending");
    const head = await city.as("rdec-head");
    await refused(head.post(path, { approve: false }), 422, "input.required");
    const denied = await head.do(path, { approve: false, note: "請如期完成" });
    expect(denied.duty.due_on).toBe("2026-12-15");
    expect(denied.extensions[0]).toMatchObject({ state: "refused", decision_note: "請如期完成" });
    await refused(head.post(path, { approve: true }), 409, "duty.extension_decided");
    await refused(head.post(`/api/duties/${duty.id}/extensions/1/decision`, { approve: true }), 404, "duty.no_extension");
    // After a refusal one may ask again.
    await controller.do(`/api/duties/${duty.id}/extensions`, { due_on: "2027-01-15", reason: "再次申請" });
  });

  it("takes one of two decisions that arrive at once", async () => {
    const head = await city.as("rdec-head");
    const other = await city.as("agency-head");
    for (let round = 0; round < 5; ++round) {
      const duty = await create();
      const asked = await controller.do(`/api/duties/${duty.id}/extensions`, { due_on: "2027-01-15", reason: "x" });
      const path = `/api/duties/${duty.id}/extensions/${asked.extensions[0].id}/decision`;
      const answers = await Promise.all([head.post(path, { approve: true }), other.post(path, { approve: false, note: "不同意" })]);
      expect(answers.map(answer => answer.status).sort()).toEqual([200, 409]);
      const after = await controller.read(`/api/duties/${duty.id}`);
      expect(after.duty.due_on).toBe(after.extensions[0].state === "approved" ? "2027-01-15" : "2026-12-15");
    }
  });

  it("asks for a later date within three years", async () => {
    const duty = await create();
    await refused(controller.post(`/api/duties/${duty.id}/extensions`, { due_on: "2026-12-15", reason: "x" }), 422, "duty.extension_not_later");
    await refused(controller.post(`/api/duties/${duty.id}/extensions`, { due_on: "2030-12-31", reason: "x" }), 422, "duty.extension_too_far");
  });

  it("tells the second of two people that somebody changed it meanwhile", async () => {
    const duty = await create();
    const seen = await controller.read(`/api/duties/${duty.id}`);
    await controller.do(`/api/duties/${duty.id}/reassignment`, { agency_id: known.transport.id, reason: "x" });
    await refused(controller.post(`/api/duties/${duty.id}/completion`, { evidence: "完成", revision: seen.revision }), 412, "duty.stale");
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => controller.post(`/api/duties/${duty.id}/completion`, { evidence: `完成 ${i}` })));
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    expect((await controller.read(`/api/duties/${duty.id}`)).evidence).toHaveLength(1);
  });

  it("refuses agencies that are not there and dates out of range", async () => {
    await refused(controller.post("/api/duties", newDuty("12345")), 422, "duty.no_agency");
    await refused(controller.post("/api/duties", newDuty(known.construction.id, { due_on: "1999-12-31" })), 422, "input.out_of_range");
    await refused(controller.post("/api/duties", newDuty(known.construction.id, { due_on: "2101-01-01" })), 422, "input.out_of_range");
    await refused(controller.post("/api/duties", newDuty(known.construction.id, { origin: "rumour" })), 422, "duty.unknown_origin");
    const duty = await create();
    await refused(controller.post(`/api/duties/${duty.id}/reassignment`, { agency_id: "12345", reason: "x" }), 422, "duty.no_agency");
    await refused(controller.post(`/api/duties/${duty.id}/reassignment`, { agency_id: known.construction.id, reason: "x" }), 422, "duty.same_assignee");
  });

  it("refuses units and posts that the agency does not have", async () => {
    const units = (await controller.read(`/api/agencies/${known.rdec.id}`)).units.filter(unit => unit.id !== "0");
    const [first, second] = units;
    const cases = [[{ unit_id: "12345" }, "unit_id"], [{ post_id: "12345" }, "post_id"], [{ unit_id: first.id, post_id: second.posts[0].id }, "post_id"]];
    for (const [place, path] of cases) {
      const answer = await controller.post("/api/duties", newDuty(known.rdec.id, place));
      expect(answer.status, JSON.stringify(place)).toBe(422);
      expect(answer.body.fields).toMatchObject([{ path, key: "duty.no_place" }]);
    }
    const duty = (await controller.do("/api/duties", newDuty(known.rdec.id, { unit_id: first.id, post_id: first.posts[0].id }))).duty;
    // The unit of one agency is none of another.
    await refused(controller.post(`/api/duties/${duty.id}/reassignment`, { agency_id: known.construction.id, unit_id: first.id, reason: "x" }), 422, "duty.no_place");
    await controller.do(`/api/duties/${duty.id}/reassignment`, { agency_id: known.rdec.id, unit_id: second.id, post_id: second.posts[0].id, reason: "x" });
  });

  it("moves a due date off a closed day and keeps the day it was meant for", async () => {
    const duty = await create({ due_on: "2026-12-25" }); // Constitution Day, a Friday: closed, and the weekend after it
    const view = await controller.read(`/api/duties/${duty.id}`);
    expect(view.nominal_due_on).toBe("2026-12-25");
    expect(view.duty.due_on).toBe("2026-12-28");
    expect(view.calendar_version).toBeGreaterThan(0);
  });

  it("names the holder of a post, and changes nothing when the holder changes", async () => {
    const posts = (await controller.read(`/api/agencies/${known.construction.id}`)).units.flatMap(unit => unit.posts);
    const post = posts.find(one => one.kind === "liaison");
    const duty = await create({ post_id: post.id });
    expect(duty).toMatchObject({ post_id: post.id, post_name: post.name, holder_name: post.holder_name });
    await controller.do(`/api/agency-posts/${post.id}/holders`, { person_name: "褚新任", valid_from: "2026-11-24" });
    let now;
    for (let i = 0; i < 50 && now?.duty.holder_name !== "褚新任"; ++i) {
      now = await controller.read(`/api/duties/${duty.id}`);
      await new Promise(done => setTimeout(done, 100));
    }
    expect(now.duty.holder_name).toBe("褚新任");
    expect(now.revision).toBe(1);
  });
});

describe("recurring duties", () => {
  const occurrences = async (recurrence, due_on = "2026-12-01", title = `週期 ${Object.values(recurrence).join("/").replaceAll("_", "-")}`) => {
    const made = await controller.do("/api/duties", newDuty(known.water.id, { title, due_on, recurrence }));
    const rows = await allRows(controller, `/api/duties?view=city&agency_id=${known.water.id}&q=${encodeURIComponent(title)}`);
    expect(rows).toHaveLength(made.duties_made);
    expect(rows.every(row => row.recurring)).toBe(true);
    const nominal = [];
    for (const row of rows) nominal.push((await controller.read(`/api/duties/${row.id}`)).nominal_due_on);
    return nominal;
  };

  it("fall due each month by the 7th", async () => {
    const days = await occurrences({ every: "month", day: 7 });
    expect(days.slice(0, 4)).toEqual(["2026-12-07", "2027-01-07", "2027-02-07", "2027-03-07"]);
    expect(days.length).toBeGreaterThanOrEqual(13);
  });

  it("fall due each quarter, in January and July, by the end of March, and each week", async () => {
    expect((await occurrences({ every: "quarter" })).slice(0, 3)).toEqual(["2026-12-31", "2027-03-31", "2027-06-30"]);
    expect((await occurrences({ every: "year", months: [1, 7], day: 31 })).slice(0, 2)).toEqual(["2027-01-31", "2027-07-31"]);
    expect((await occurrences({ every: "year", months: [3] }))[0]).toBe("2027-03-31");
    expect((await occurrences({ every: "half_year" })).slice(0, 2)).toEqual(["2026-12-31", "2027-06-30"]);
    expect((await occurrences({ every: "two_months" })).slice(0, 2)).toEqual(["2026-12-31", "2027-02-28"]);
    expect((await occurrences({ every: "week", day: 1 })).slice(0, 2)).toEqual(["2026-12-07", "2026-12-14"]);
    expect((await occurrences({ every: "month", day: 31 })).slice(0, 3)).toEqual(["2026-12-31", "2027-01-31", "2027-02-28"]);
  });

  it("are refused when their rhythm makes no sense", async () => {
    for (const [recurrence, path] of [[{ every: "month", day: 32 }, "recurrence.day"], [{ every: "week", day: 8 }, "recurrence.day"], [{ every: "month", months: [3] }, "recurrence.months"], [{ every: "year", months: [13] }, "recurrence.months"]]) {
      const answer = await controller.post("/api/duties", newDuty(known.water.id, { recurrence }));
      expect(answer.status).toBe(422);
      expect(answer.body.fields[0].path).toBe(path);
    }
  });

  it("carry their rhythm on the page of each duty", async () => {
    const made = await controller.do("/api/duties", newDuty(known.water.id, { title: "每月會報", recurrence: { every: "month", day: 7 } }));
    expect((await controller.read(`/api/duties/${made.duty.id}`)).series).toMatchObject({ every: "month", months: [], day: 7 });
  });
});

describe("worklists", () => {
  let every;
  beforeAll(async () => {
    for (let i = 0; i < 25; ++i) await create({ title: `名冊測試 ${i}`, due_on: `2026-${i % 2 ? "09" : "12"}-${String(1 + (i % 3) * 7).padStart(2, "0")}`, origin: ["own", "council", "meeting"][i % 3] });
    await create({ title: "名冊測試 剛逾期", due_on: "2026-11-20" });
    await create({ title: "名冊測試 即將到期", due_on: "2026-11-26" });
    every = await allRows(controller, "/api/duties?view=city&state=all");
  });

  it("page without a repeat and without a gap, in every order", async () => {
    expect(every.length).toBeGreaterThan(120);
    for (const sort of ["due", "-due", "created", "-created", "state", "-state"]) {
      for (const limit of [7, 50]) {
        const rows = [];
        let cursor;
        do {
          const page = await controller.read(`/api/duties?view=city&state=all&sort=${sort}&limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
          expect(page.rows.length).toBe(page.next ? limit : page.rows.length);
          expect(page.total).toBe(every.length);
          rows.push(...page.rows);
          cursor = page.next;
        } while (cursor);
        expect(new Set(rows.map(row => row.id)).size, sort).toBe(rows.length);
        expect(rows.length, sort).toBe(every.length);
        const keys = rows.map(row => (sort.endsWith("due") ? `${row.due_on}~${row.id}` : sort.endsWith("state") ? `${row.state}~${row.due_on}~${row.id}` : row.id.padStart(20, "0")));
        expect(keys, sort).toEqual([...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0) * (sort.startsWith("-") ? -1 : 1)));
      }
    }
  });

  it("run by agency in the order of the city's list, and by due date within one, now and as known then", async () => {
    // Some that are done, and agencies of every kind.
    const order = (await controller.read("/api/agencies?as_of=2026-11-24")).rows;
    const kinds = ["city", "first_level", "second_level", "district_office", "partner"];
    const rank = new Map([...order].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.code < b.code ? -1 : 1)).map((row, at) => [row.id, at]));
    const key = row => `${String(rank.get(row.agency_id)).padStart(4, "0")}~${row.due_on}~${row.id}`;
    for (const more of ["state=all", "state=open", `state=all&as_known_on=2026-11-24`, "state=all&q=" + encodeURIComponent("名冊")]) {
      const whole = await allRows(controller, `/api/duties?view=city&${more}`);
      expect(new Set(whole.map(row => row.agency_id)).size, more).toBeGreaterThan(more.includes("q=") ? 0 : 2);
      for (const sort of ["agency", "-agency"]) {
        const rows = [];
        for (let cursor = ""; cursor !== null; ) {
          const page = await controller.read(`/api/duties?view=city&${more}&sort=${sort}&limit=23${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
          rows.push(...page.rows);
          cursor = page.next;
        }
        expect(rows.length, `${more} ${sort}`).toBe(whole.length);
        expect(rows.map(key), `${more} ${sort}`).toEqual(whole.map(key).sort((a, b) => (a < b ? -1 : 1) * (sort === "agency" ? 1 : -1)));
        const csv = parseCsv((await controller.get(`/api/duties.csv?view=city&${more}&sort=${sort}`)).text).slice(1);
        expect(csv.map(row => row[0]), `${more} ${sort} csv`).toEqual(rows.map(row => row.number));
      }
    }
    const liaison = await city.as("liaison");
    const own = await allRows(liaison, "/api/duties?view=agency&state=all");
    const sorted = await allRows(liaison, "/api/duties?view=agency&state=all&sort=agency");
    expect(sorted.map(row => row.id).sort()).toEqual(own.map(row => row.id).sort());
    for (const [sort, cursor] of [["agency", "2026-01-01~5"], ["agency", "x~2026-01-01~5"], ["state", "shut~2026-01-01~5"], ["state", "open~5"], ["due", "open~2026-01-01~5"]]) {
      expect((await controller.get(`/api/duties?sort=${sort}&cursor=${encodeURIComponent(cursor)}`)).body.fields?.[0]?.path, `${sort} ${cursor}`).toBe("cursor");
    }
  });

  it("keep their place when duties come and go between two pages", async () => {
    const first = await controller.read("/api/duties?view=city&state=all&sort=due&limit=40");
    await create({ title: "插入在前", due_on: "2026-01-05" });
    const rest = await allRows(controller, "/api/duties?view=city&state=all&sort=due");
    const second = await controller.read(`/api/duties?view=city&state=all&sort=due&limit=40&cursor=${encodeURIComponent(first.next)}`);
    const ids = rest.map(row => row.id);
    expect(ids.indexOf(second.rows[0].id)).toBe(ids.indexOf(first.rows.at(-1).id) + 1);
  });

  it("filter by state, lateness, origin, agency, words and dates, and by several at once", async () => {
    every = await allRows(controller, "/api/duties?view=city&state=all");
    const today = "2026-11-24";
    const ids = rows => rows.map(row => row.id).sort();
    const cases = {
      "state=open": row => row.state === "open",
      "state=done": row => row.state === "done",
      "state=cancelled": row => row.state === "cancelled",
      "lateness=overdue": row => row.state === "open" && row.due_on < today,
      "lateness=severe": row => row.lateness === "severe",
      "lateness=late": row => row.lateness === "late",
      "lateness=at_risk": row => row.lateness === "at_risk",
      "lateness=on_time": row => row.lateness === "on_time",
      "state=all&origin=council": row => row.origin === "council",
      [`state=all&agency_id=${known.construction.id}`]: row => row.agency_id === known.construction.id,
      "state=all&due_from=2026-09-01&due_to=2026-09-30": row => row.due_on >= "2026-09-01" && row.due_on <= "2026-09-30",
      [`state=all&q=${encodeURIComponent("名冊測試")}`]: row => row.title.includes("名冊測試"),
      [`state=open&origin=council&agency_id=${known.construction.id}&lateness=overdue&q=${encodeURIComponent("名冊測試")}`]: row =>
        row.state === "open" && row.origin === "council" && row.agency_id === known.construction.id && row.due_on < today && row.title.includes("名冊測試"),
    };
    for (const [query, fits] of Object.entries(cases)) {
      const want = every.filter(fits);
      const rows = await allRows(controller, `/api/duties?view=city&${query}`);
      expect(ids(rows), query).toEqual(ids(want));
      if (!query.includes("cancelled")) expect(rows.length, query).toBeGreaterThan(0);
    }
    const by_number = await controller.read(`/api/duties?view=city&state=all&q=${every[5].number}`);
    expect(by_number.rows.map(row => row.id)).toEqual([every[5].id]);
  });

  it("search for words of two characters, and take no search for an instruction", async () => {
    await create({ title: "臺中捷運ＡＢＣ月臺改善" });
    for (const q of ["臺中", "月臺", "捷運"]) expect((await controller.read(`/api/duties?view=city&q=${encodeURIComponent(q)}`)).rows.map(row => row.title), q).toContain("臺中捷運ＡＢＣ月臺改善");
    expect((await controller.get("/api/duties?view=city&q=%22")).status).toBe(422); // nothing to look for
    for (const q of ["_", "' OR 1=1 --", "*", "\\", "NEAR("]) expect((await controller.read(`/api/duties?view=city&state=all&q=${encodeURIComponent(q)}`)).total, q).toBe(0);
  });

  it("show mine, my unit, my agency and the city", async () => {
    const liaison = await city.as("liaison");
    const agency = await allRows(liaison, "/api/duties?view=agency&state=all");
    expect(new Set(agency.map(row => row.agency_id))).toEqual(new Set([known.construction.id]));
    expect((await liaison.read("/api/duties?state=all")).total).toBe(agency.length);
    const handler = await city.as("handler");
    const grant = handler.session.grants[0];
    const own = await controller.do("/api/duties", newDuty(known.rdec.id, { title: "本組業務", unit_id: grant.unit_id }));
    const of_post = (await controller.read(`/api/agencies/${known.rdec.id}`)).units.find(unit => unit.id === grant.unit_id).posts.find(post => post.kind === "officer");
    const mine = await controller.do("/api/duties", newDuty(known.rdec.id, { title: "本人業務", unit_id: grant.unit_id, post_id: of_post.id }));
    const unit_rows = (await allRows(handler, "/api/duties?view=unit")).map(row => row.id);
    expect(unit_rows).toEqual(expect.arrayContaining([own.duty.id, mine.duty.id]));
    const my_rows = (await allRows(handler, "/api/duties?view=mine")).map(row => row.id);
    expect(my_rows).toContain(mine.duty.id);
    expect(my_rows).not.toContain(own.duty.id);
    const head_rows = (await allRows(await city.as("unit-head"), "/api/duties?view=mine")).map(row => row.id);
    expect(head_rows).not.toContain(mine.duty.id);
  });

  it("refuse page marks that they did not give", async () => {
    for (const cursor of ["x", "2026-12-01", "2026-12-01~x", "yesterday~5", "~", "2026-12-01~5~6"]) {
      const answer = await controller.get(`/api/duties?view=city&cursor=${encodeURIComponent(cursor)}`);
      expect(answer.status, cursor).toBe(422);
      expect(answer.body.fields[0]).toMatchObject({ path: "cursor", key: "input.bad_cursor" });
    }
    expect((await controller.get("/api/duties?sort=colour")).status).toBe(422);
  });
});

describe("exports", () => {
  it("hold what the list holds, in its order and language", async () => {
    for (const query of ["view=city&state=all&sort=-due", "view=city&state=open&origin=plan", "view=city&lateness=overdue"]) {
      const list = await allRows(controller, `/api/duties?${query}`);
      const answer = await controller.get(`/api/duties.csv?${query}`);
      expect(answer.status).toBe(200);
      expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
      expect(decodeURIComponent(answer.headers["content-disposition"])).toContain("列管事項-2026-11-24.csv");
      const [header, ...rows] = parseCsv(answer.text);
      expect(header).toEqual(["編號", "事項", "來源", "承辦機關", "職務", "期限", "狀態", "時效", "剩餘天數", "重要性", "行政區"]);
      expect(rows.map(row => [row[0], row[3], row[5], Number(row[8])])).toEqual(list.map(row => [row.number, row.agency_name, row.due_on, row.days_left]));
    }
    const english = await controller.get("/api/duties.csv?view=city", { headers: { "Accept-Language": "en" } });
    expect(parseCsv(english.text)[0][0]).toBe("Number");
  });

  it("make no formula of a title", async () => {
    const titles = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "一般, \"引號\"\n第二行"];
    for (const title of titles) await create({ title, origin: "meeting", due_on: "2028-05-05" });
    const answer = await controller.get("/api/duties.csv?view=city&due_from=2028-05-05&due_to=2028-05-08");
    const cells = parseCsv(answer.text).slice(1).map(row => row[1]);
    expect(cells).toHaveLength(titles.length);
    for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(cells).toContain("一般, \"引號\"\n第二行");
    // Excel needs the mark of order to know it is UTF-8.
    expect(answer.raw.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });
});

describe("calendar and statistics", () => {
  it("show each day with its duties and whether the office works", async () => {
    const view = await controller.read("/api/duty-calendar?from=2026-12-01&to=2026-12-31&view=city");
    expect(view.days.map(day => day.on)).toEqual(Array.from({ length: 31 }, (_, i) => `2026-12-${String(i + 1).padStart(2, "0")}`));
    const day = on => view.days.find(one => one.on === on);
    expect(day("2026-12-05").working).toBe(false);
    expect(day("2026-12-07").working).toBe(true);
    expect(day("2026-12-25").working).toBe(false);
    const rows = (await allRows(controller, "/api/duties?view=city&state=all&due_from=2026-12-01&due_to=2026-12-31")).filter(row => row.state !== "cancelled");
    for (const one of view.days) {
      expect(one.duties.length + one.more, one.on).toBe(rows.filter(row => row.due_on === one.on).length);
      expect(one.duties.every(row => row.due_on === one.on)).toBe(true);
    }
    expect((await controller.get("/api/duty-calendar?from=2026-12-31&to=2026-12-01")).status).toBe(422);
    expect((await controller.get("/api/duty-calendar?from=2026-01-01&to=2026-12-31")).status).toBe(422);
  });

  it("add up: by agency, by origin and in all, to the list itself", async () => {
    // Petitions apart: of those a small cell is not shown.
    const personal = ["petition", "contact"];
    const where = `origin=${["plan", "pledge", "tender", "council", "document", "inspection", "youth_council", "meeting", "own"].join("|")}`;
    const rows = (await allRows(controller, "/api/duties?view=city&state=all")).filter(row => !personal.includes(row.origin));
    const measures = ["open", "late", "severe", "done", "done_late", "on_time_rate"];
    for (const by of ["agency", "origin"]) {
      const statistics = await figures(controller, { by, measures: measures.join(","), where });
      const value = (row, name) => row.cells[measures.indexOf(name)].value ?? 0;
      expect(statistics.rows.map(row => row.keys[0].value).sort()).toEqual([...new Set(rows.map(row => (by === "agency" ? row.agency_id : row.origin)))].sort());
      for (const name of measures.slice(0, 5)) expect(statistics.rows.reduce((sum, row) => sum + value(row, name), 0), `${by} ${name}`).toBe(value(statistics.total, name));
      for (const row of statistics.rows) {
        const key = row.keys[0].value;
        const own = rows.filter(one => (by === "agency" ? one.agency_id : one.origin) === key);
        const count = fits => own.filter(fits).length;
        expect(Object.fromEntries(measures.slice(0, 5).map(name => [name, value(row, name)])), key).toEqual({
          open: count(one => one.state === "open"),
          late: count(one => ["late", "severe"].includes(one.lateness)),
          severe: count(one => one.lateness === "severe"),
          done: count(one => one.state === "done"),
          done_late: count(one => one.lateness === "done_late"),
        });
        // In time, of those that are done or late; in basis points. Nothing due yet has no rate, not a rate of 0.
        const due = value(row, "done") + value(row, "late");
        expect(row.cells[5].rate, key).toBe(due === 0 ? null : Math.round(((value(row, "done") - value(row, "done_late")) * 10_000) / due));
      }
      const rate = statistics.measures[5];
      expect(rate).toMatchObject({ name: "on_time_rate", version: 1 });
      expect(rate.numerator).not.toBe("");
    }
  });

  it("say on the home page what the worklist says", async () => {
    const home = await controller.read("/api/home");
    expect(home.today).toBe("2026-11-24");
    const total = async query => (await controller.read(`/api/duties?view=city&${query}`)).total;
    expect(home.counts.open).toBe(await total("state=open"));
    expect(home.counts.late).toBe(await total("lateness=overdue"));
    expect(home.counts.severe).toBe(await total("lateness=severe"));
    expect(home.late.count).toBe(home.counts.late);
    expect(home.late.rows.every(row => row.days_left < 0)).toBe(true);
    expect(home.changes.length).toBeGreaterThan(0);
    must(await (await city.as("citizen")).get("/api/home"));
  });
});
