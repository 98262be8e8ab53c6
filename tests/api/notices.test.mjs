// Notices: who is told what, live and after a break; reading, preferences, watching, deputies.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agencies, must, newDuty, openStream, sleep, startCity } from "./support.mjs";

let city, controller, liaison, head, construction;

beforeAll(async () => {
  city = await startCity();
  controller = await city.as("controller");
  liaison = await city.as("liaison");
  head = await city.as("agency-head");
  construction = (await agencies(city)).construction;
});
afterAll(() => city.finish());

const notices = async (client, query = "") => client.read(`/api/notices${query}`);
/** The newest notice about this duty, once the followers have come so far. */
async function told(client, duty_id, kind) {
  for (let i = 0; i < 60; ++i) {
    const found = (await notices(client)).rows.find(row => row.record?.id === duty_id && (!kind || row.kind === kind));
    if (found) return found;
    await sleep(50);
  }
  throw new Error(`no notice ${kind} about ${duty_id}`);
}
const create = async (more = {}) => (await controller.do("/api/duties", newDuty(construction.id, more))).duty;

describe("notices", () => {
  it("tell the owner of new work in one sentence, with the place where it is done, and not its maker", async () => {
    const duty = await create({ title: "通知的一件事" });
    const notice = await told(liaison, duty.id, "duty.created");
    expect(notice).toMatchObject({ category: "task", read: false, hidden: false, place: `/duties/${duty.id}`, record: { number: duty.number, title: "通知的一件事" } });
    expect(notice.text).toContain("期限 115/12/15");
    expect(notice.text).toContain("管考人員");
    expect((await notices(controller)).rows.some(row => row.record?.id === duty.id)).toBe(false);
  });

  it("come live to every window, and after a break from the number that was seen last", async () => {
    const before = (await notices(liaison)).last_seq;
    const first = await openStream(liaison, "/api/notices/stream");
    const second = await openStream(liaison, "/api/notices/stream", { index: 1 });
    await first.until(events => events.some(one => one.event === "ready" && one.id === before));
    const duty = await create({ title: "即時的一件事" });
    for (const stream of [first, second]) {
      await stream.until(events => events.some(one => one.event === "notice" && one.data.record.id === duty.id), "the notice");
      expect(stream.events.find(one => one.event === "notice").data).toMatchObject({ place: `/duties/${duty.id}`, unread: expect.any(Number) });
    }
    const seen = first.events.filter(one => one.event === "notice").at(-1).id;
    expect(seen).toBe(before + 1);
    first.close();
    second.close();
    const missed = [];
    for (const title of ["斷線時的一件事", "斷線時的另一件事"]) missed.push(await create({ title }));
    await told(liaison, missed[1].id);
    const again = await openStream(liaison, "/api/notices/stream", { headers: { "Last-Event-ID": String(seen) } });
    await again.until(events => events.filter(one => one.event === "notice").length === 2);
    expect(again.events.filter(one => one.event === "notice").map(one => [one.id, one.data.record.id])).toEqual([[seen + 1, missed[0].id], [seen + 2, missed[1].id]]);
    again.close();
  });

  it("say when too much was missed to be sent one by one", async () => {
    const stream = await openStream(liaison, "/api/notices/stream?after=0");
    await stream.until(events => events.length > 1);
    expect(stream.events[0].event).toBe("count");
    const all = (await notices(liaison)).last_seq;
    expect(stream.events.some(one => one.event === (all > 100 ? "reload" : "notice"))).toBe(true);
    stream.close();
  });

  it("are counted, read one by one, all at once or with their record, in every window", async () => {
    const one = await create({ title: "待讀的一件事" });
    const other = await create({ title: "待讀的另一件事" });
    await told(liaison, other.id);
    const stream = await openStream(liaison, "/api/notices/stream");
    await stream.until(events => events.some(each => each.event === "count"));
    const unread = (await notices(liaison)).unread;
    expect((await liaison.do("/api/notices/record-marks", { record_kind: "duty", record_id: one.id })).unread).toBe(unread - 1);
    await stream.until(events => events.some(each => each.event === "count" && each.data.unread === unread - 1), "the count after reading");
    const notice = await told(liaison, other.id);
    expect((await liaison.do("/api/notices/marks", { seqs: [notice.seq] })).unread).toBe(unread - 2);
    expect((await liaison.do("/api/notices/marks", { seqs: [notice.seq] })).unread).toBe(unread - 2);
    expect((await liaison.do("/api/notices/marks", { seqs: [notice.seq], read: false })).unread).toBe(unread - 1);
    const all = (await notices(liaison)).last_seq;
    expect((await liaison.do("/api/notices/marks", { seqs: [], up_to: all })).unread).toBe(0);
    expect((await notices(liaison, "?filter=unread")).rows).toEqual([]);
    stream.close();
  });

  it("are paged by their number and filtered by what they are about", async () => {
    const rows = [];
    let before;
    do {
      const page = await notices(liaison, `?limit=3${before ? `&before=${before}` : ""}`);
      rows.push(...page.rows);
      before = page.next;
    } while (before);
    expect(rows.map(row => row.seq)).toEqual([...rows.map(row => row.seq)].sort((a, b) => b - a));
    expect(new Set(rows.map(row => row.seq)).size).toBe(rows.length);
    expect((await notices(liaison, "?category=task")).rows.every(row => row.category === "task")).toBe(true);
  });

  it("tell whoever decides of a request, and whoever asked of the decision", async () => {
    const duty = await create({ title: "要展期的一件事" });
    const asked = await liaison.do(`/api/duties/${duty.id}/extensions`, { due_on: "2026-12-30", reason: "廠商延誤" });
    const notice = await told(head, duty.id, "duty.extension_asked");
    expect(notice.text).toContain("115/12/30");
    expect(notice.text).not.toContain("廠商延誤");
    await head.do(`/api/duties/${duty.id}/extensions/${asked.extensions[0].id}/decision`, { approve: true });
    expect((await told(liaison, duty.id, "duty.extension_approved")).text).toContain("115/12/30");
  });

  it("of many alike are told as one", async () => {
    const before = (await notices(liaison)).last_seq;
    const made = await controller.do("/api/duties", newDuty(construction.id, { title: "每月的事", recurrence: { every: "month", months: [], day: 10 } }));
    expect(made.duties_made).toBeGreaterThan(5);
    for (let i = 0; i < 60 && (await notices(liaison)).last_seq === before; ++i) await sleep(50);
    const list = await notices(liaison);
    expect(list.last_seq).toBe(before + 1);
    expect(list.rows[0]).toMatchObject({ kind: "duty.created.many", place: "/duties" });
    expect(list.rows[0].text).toContain(`${made.duties_made} 筆`);
  });

  it("follow a record that one watches, and stop with that", async () => {
    const duty = await create({ title: "被追蹤的一件事" });
    await told(liaison, duty.id);
    const auditor = await city.as("auditor");
    const watch = { record_kind: "duty", record_id: duty.id };
    expect(must(await auditor.put("/api/watch", { ...watch, state: "watching" }))).toEqual({ state: "watching", watchers: 2 });
    expect((await auditor.read("/api/watched")).rows[0]).toMatchObject({ title: "被追蹤的一件事", place: `/duties/${duty.id}` });
    await liaison.do(`/api/duties/${duty.id}/completion`, { evidence: "已辦理" });
    expect((await told(auditor, duty.id, "duty.done")).category).toBe("change");
    // Its maker follows it unasked.
    await told(controller, duty.id, "duty.done");
    must(await auditor.put("/api/watch", { ...watch, state: "none" }));
    const last = (await notices(auditor)).last_seq;
    await controller.do(`/api/duties/${duty.id}/reopening`, { reason: "佐證不足" });
    await told(liaison, duty.id, "duty.reopened");
    expect((await notices(auditor)).last_seq).toBe(last);
  });

  it("name nothing of a record that one may not see any more", async () => {
    const duty = await create({ title: "改派後看不到的一件事" });
    await told(liaison, duty.id);
    const water = (await agencies(city)).water;
    await controller.do(`/api/duties/${duty.id}/reassignment`, { agency_id: water.id, reason: "權責移轉" });
    const rows = (await notices(liaison)).rows;
    const hidden = rows.find(row => row.hidden);
    expect(hidden).toMatchObject({ record: null, place: "" });
    expect(JSON.stringify(rows)).not.toContain("改派後看不到的一件事");
    const refused = await liaison.put("/api/watch", { record_kind: "duty", record_id: duty.id, state: "watching" });
    expect(refused.status).toBe(404);
  });

  it("go by mail as each person chose, with wrong choices refused by their field", async () => {
    const usual = await liaison.read("/api/notice-preferences");
    expect(usual.preferences).toMatchObject({ chase: "single", change: "daily", office_days: true, quiet_from: "18:00" });
    expect(usual.next_mail_at).toHaveLength(3);
    const field = async change => {
      const answer = await liaison.put("/api/notice-preferences", { ...usual.preferences, ...change });
      expect(answer.status).toBe(422);
      return answer.body.fields[0].path;
    };
    expect(await field({ chase: "none" })).toBe("chase");
    expect(await field({ digest_at: "07:00" })).toBe("digest_at");
    expect(await field({ quiet_to: "8點" })).toBe("quiet_to");
    expect(await field({ weekly_on: 8 })).toBe("weekly_on");
    const chosen = must(await liaison.put("/api/notice-preferences", { ...usual.preferences, change: "none", task: "weekly", weekly_on: 5 }));
    expect(chosen.preferences).toMatchObject({ change: "none", task: "weekly", weekly_on: 5 });
    must(await liaison.put("/api/notice-preferences", usual.preferences));
  });

  it("are of people: nobody signed in, and a service token, are refused", async () => {
    const stranger = city.client();
    for (const path of ["/api/notices", "/api/notices/stream", "/api/notice-preferences", "/api/watched"]) expect((await stranger.get(path)).status).toBe(401);
    const admin = await city.as("admin");
    const me = await admin.read("/api/session");
    const token = must(await admin.post("/api/service-tokens", { name: "通知測試", permissions: ["policy.read"], expires_on: "2026-12-31" }));
    const robot = city.client().withToken(token.token);
    for (const path of ["/api/notices", "/api/notices/stream", "/api/notice-preferences", "/api/watched"]) expect((await robot.get(path)).status).toBe(403);
    expect(me.account.id).toBeTruthy();
  });

  it("take no number to go on from that is none", async () => {
    const guest = await city.signIn("youth");
    const stream = await openStream(guest, "/api/notices/stream?after=abc");
    expect(stream.status).toBe(422);
  });
});
