// What a new policy value would move is told before it is saved, changes nothing by itself, and is what then happens.
import { agencies, newDuty, sleep, start_at, startCity, today } from "./support.mjs";

let city;
let known;
let controller;
let now = new Date(start_at);
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  controller = await city.as("controller");
});
afterAll(() => city.finish());

const preview = async (key, value, valid_from = today, client = controller) => client.read(`/api/policies/${key}/preview?value=${encodeURIComponent(value)}&valid_from=${valid_from}`);
async function set(key, value, valid_from = today) {
  await controller.do(`/api/policies/${key}/values`, { value, valid_from, source: "測試" });
  await sleep(300);  // another process looks for new values four times a second
}
const total = async lateness => (await controller.read(`/api/duties?view=city&lateness=${lateness}&limit=1`)).total;
const states = async () => Object.fromEntries(await Promise.all(["severe", "late", "at_risk", "on_time"].map(async one => [one, await total(one)])));

describe("a policy's preview", () => {
  it("counts the duties that would move, from which state to which, and the save moves exactly those", async () => {
    const moved_by = async value => (await preview("duty.at_risk_days", value)).moved;
    const on_the_sixth_day = async () => (await moved_by("6")) - (await moved_by("5"));
    const others = await on_the_sixth_day();
    // Days on which the office is open, so that no due date moves off them: three, six, six and seven days on.
    for (const due_on of ["2026-11-27", "2026-11-30", "2026-11-30", "2026-12-01"]) await controller.do("/api/duties", newDuty(known.construction.id, { due_on }));
    const before = await states();
    const told = await preview("duty.at_risk_days", "6");
    expect(told.before).toBe("3");
    expect(told.after).toBe("6");
    expect(told.effects).toHaveLength(1);
    expect(told.effects[0].text).toBe(`${told.moved} 件事項由「未到期」變為「即將到期」`);
    expect(told.summary).toBe(`依目前資料，這項變更會影響 ${told.moved} 筆。`);
    expect(told.moved).toBeGreaterThanOrEqual(2);
    expect((await on_the_sixth_day()) - others).toBe(2);
    expect(await states()).toEqual(before);
    await set("duty.at_risk_days", "6");
    const after = await states();
    expect(after.at_risk - before.at_risk).toBe(told.moved);
    expect(before.on_time - after.on_time).toBe(told.moved);
    expect([after.late, after.severe]).toEqual([before.late, before.severe]);
    const back = await preview("duty.at_risk_days", "3");
    expect(back.moved).toBe(told.moved);
    expect(back.effects[0].text).toBe(`${told.moved} 件事項由「即將到期」變為「未到期」`);
  });

  it("counts at the threshold of severe lateness: the day itself, one before, one after", async () => {
    for (const back of [9, 10, 11]) await controller.do("/api/duties", newDuty(known.water.id, { due_on: "2026-11-25", title: `嚴重門檻 ${back}` }));
    now = new Date(`2026-12-05T02:00:00Z`);  // ten days on
    await city.setClock(now.toISOString().replace(".000", ""));
    controller = await city.as("controller");
    const before = await states();
    const at = async days => (await preview("duty.severe_days", String(days), "2026-12-05")).moved;
    const [nine, ten, eleven] = [await at(9), await at(10), await at(11)];
    expect(nine - ten).toBeGreaterThanOrEqual(3);
    expect(ten).toBeGreaterThanOrEqual(eleven);
    await set("duty.severe_days", "9", "2026-12-05");
    const after = await states();
    expect(after.severe - before.severe).toBe(nine);
    expect(before.late - after.late).toBe(nine);
  });

  it("says when it starts, when another value stands in its way, and when nothing is counted", async () => {
    const later = await preview("duty.at_risk_days", "20", "2027-03-01");
    expect(later.summary).toMatch(/^自 116\/03\/01 起適用；以今日資料試算，/);
    expect((await preview("duty.at_risk_days", "6", "2026-12-05")).summary).toBe("與目前的數值相同，沒有影響。");
    const behind = await preview("duty.severe_days", "30", "2026-12-01");
    expect(behind).toMatchObject({ summary: "115/12/05 起已另有數值生效，這項變更不影響目前的資料。", moved: 0, effects: [] });
    expect((await preview("subsidy.chase_day", "9", "2026-12-05")).summary).toBe("這項參數的影響無法事先試算，自生效日起適用。");
    const english = await city.signIn("controller", undefined, { language: "en" });
    expect((await preview("duty.at_risk_days", "6", "2026-12-05", english)).summary).toBe("This is the value in force; nothing moves.");
  });

  it("counts accounts for the rules of signing in", async () => {
    const accounts = (await (await city.as("admin")).read("/api/accounts?limit=200")).rows.filter(row => row.state === "active");
    const admins = accounts.filter(row => row.grants.some(grant => grant.role === "system_admin")).length;
    const staff = accounts.length - admins;
    const sum = async (key, value) => (await preview(key, value, "2026-12-05")).effects;
    expect((await sum("password.length_min", "14"))[0]).toMatchObject({ count: staff, text: `${staff} 個帳號自下次設定密碼起適用` });
    expect((await sum("password.length_min_admin", "20"))[0].count).toBe(admins);
    expect((await sum("session.idle_minutes", "10"))[0].count).toBe(staff);
    expect((await sum("session.idle_minutes_admin", "10"))[0].count).toBe(admins);
    const old = await sum("password.age_max_days", "1");
    expect(old[0].count).toBe(staff);  // the sample accounts are older than a day by now
    expect((await sum("second_step.required", "yes"))[0].count).toBeLessThanOrEqual(staff);
  });

  it("is refused like the value itself, by its field, and to whoever may not set it", async () => {
    const refused = await controller.get("/api/policies/duty.severe_days/preview?value=soon&valid_from=2026-12-05");
    expect(refused.status).toBe(422);
    expect(refused.body.fields[0].path).toBe("value");
    expect((await controller.get("/api/policies/duty.severe_days/preview?value=9&valid_from=1900-01-01")).status).toBe(422);
    expect((await controller.get("/api/policies/no.such/preview?value=9&valid_from=2026-12-05")).status).toBe(404);
    for (const login of ["handler", "auditor", "executive"]) expect((await (await city.as(login)).get("/api/policies/duty.severe_days/preview?value=9&valid_from=2026-12-05")).status, login).toBe(403);
  });
});
