// What was known on a past day: worklist, statistics and the plan tree, with the clock moved across days.
import { agencies, allRows, figures, newDuty, startCity } from "./support.mjs";

let city;
let known;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
});
afterAll(() => city.finish());

const by_agency = { by: "agency", measures: "open,late,severe,done,done_late,on_time_rate" };
const counted = ({ as_of, rows, total }) => [as_of, ...[...rows, total].map(row => [row.keys.map(key => key.value), row.cells])];
const strip = rows => rows.map(row => [row.id, row.due_on, row.state, row.agency_id, row.lateness]);

describe("as known on a past day", () => {
  it("a worklist reads as it read on the evening of that day, whatever happened since", async () => {
    const kept = {};
    const look = async () => {
      const controller = await city.as("controller");
      return {
        list: strip(await allRows(controller, "/api/duties?view=city&state=all")),
        late: strip(await allRows(controller, "/api/duties?view=city&lateness=overdue")),
        statistics: counted(await figures(controller, by_agency)),
      };
    };
    let controller = await city.as("controller");
    const make = async more => (await controller.do("/api/duties", newDuty(known.construction.id, more))).duty.id;
    const moved = await make({ title: "將改派", due_on: "2026-11-26" });
    const finished = await make({ title: "將完成", due_on: "2026-11-25" });
    const extended = await make({ title: "將展期", due_on: "2026-11-25" });
    const dropped = await make({ title: "將撤銷", due_on: "2026-11-30" });
    kept["2026-11-24"] = await look();

    await city.setClock("2026-11-25T03:00:00Z");
    controller = await city.as("controller");
    await controller.do(`/api/duties/${moved}/reassignment`, { agency_id: known.transport.id, reason: "移撥" });
    const asked = await controller.do(`/api/duties/${extended}/extensions`, { due_on: "2026-12-18", reason: "延後" });
    await (await city.as("rdec-head")).do(`/api/duties/${extended}/extensions/${asked.extensions[0].id}/decision`, { approve: true });
    kept["2026-11-25"] = await look();

    await city.setClock("2026-11-26T03:00:00Z");
    controller = await city.as("controller");
    await controller.do(`/api/duties/${finished}/completion`, { evidence: "遲一日完成" });
    await controller.do(`/api/duties/${dropped}/cancellation`, { reason: "免辦" });
    await make({ title: "後來才有", due_on: "2026-11-27" });
    kept["2026-11-26"] = await look();

    await city.setClock("2026-12-01T03:00:00Z");
    controller = await city.as("controller");
    await controller.do(`/api/duties/${finished}/reopening`, { reason: "缺件" });
    for (const [day, then] of Object.entries(kept)) {
      expect(strip(await allRows(controller, `/api/duties?view=city&state=all&as_known_on=${day}`)), day).toEqual(then.list);
      expect(strip(await allRows(controller, `/api/duties?view=city&lateness=overdue&as_known_on=${day}`)), day).toEqual(then.late);
      expect(counted(await figures(controller, { ...by_agency, as_known_on: day })), day).toEqual(then.statistics);
    }
    // What was said of one duty on each of the days.
    const state = async day => (await allRows(controller, `/api/duties?view=city&state=all&as_known_on=${day}`)).find(row => row.id === finished);
    expect((await state("2026-11-24")).lateness).toBe("at_risk");
    expect((await state("2026-11-26")).lateness).toBe("done_late");
    expect((await state("2026-12-01")).lateness).toBe("late");
    const rows = await allRows(controller, "/api/duties?view=city&state=all&as_known_on=2026-11-25");
    expect(rows.find(row => row.title === "後來才有")).toBeUndefined();
  });

  it("lies in the past: a day to come is refused by name", async () => {
    const controller = await city.as("controller");
    const plan = (await controller.read("/api/plans")).rows[0];
    for (const path of ["/api/duties?", "/api/duties.csv?", `/api/plans/${plan.id}?`, "/api/agencies?", "/api/agencies.csv?", "/api/policies?", "/api/calendar?year=2026&"].map(path => `${path}as_known_on=2027-01-01`)) {
      const answer = await controller.get(path);
      expect(answer.status).toBe(422);
      expect(answer.body.fields[0]).toMatchObject({ path: "as_known_on", key: "input.known_in_future" });
    }
  });

  it("a plan tree reads as it read then, with its decisions and duties", async () => {
    let controller = await city.as("controller");
    const day_one = city.clock.slice(0, 10);
    const plans = (await controller.read("/api/plans")).rows;
    const plan = plans.find(row => row.standing.total === 0); // last year's, imported and not decided
    const tree = async day => {
      const view = await (await city.as("controller")).read(`/api/plans/${plan.id}${day ? `?as_known_on=${day}` : ""}`);
      const { coverage, standing } = view.plan;
      return { coverage, standing, tree: view.tree, as_of: view.as_of };
    };
    const before = await tree();
    await city.setClock("2026-12-02T03:00:00Z");
    controller = await city.as("controller");
    const sentences = (await controller.read(`/api/plans/${plan.id}/sentences?decision=waiting`)).rows;
    const obligation = sentences.flatMap(row => row.obligations).find(one => one.every === "month");
    await controller.do(`/api/plan-obligations/${obligation.id}/acceptance`);
    const undecided = sentences.find(row => row.obligations.length > 0 && row.obligations.every(one => one.id !== obligation.id));
    await controller.do(`/api/plan-sentences/${undecided.id}/decision`, { decision: "none" });
    const second = await tree();
    expect(second.standing.total).toBeGreaterThan(0);
    expect(second.coverage.waiting).toBeLessThan(before.coverage.waiting);
    await city.setClock("2026-12-03T03:00:00Z");
    controller = await city.as("controller");
    await controller.do(`/api/plan-obligations/${obligation.id}/withdrawal`, { reason: "再議" });
    expect(await tree(day_one)).toEqual(before);
    expect(await tree("2026-12-02")).toEqual(second);
    expect((await tree()).standing.open).toBe(0);
  });
});
