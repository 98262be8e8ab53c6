// Other wordings of labels: who may give them, where they show, and that they stay plain text.
import { agencies, newDuty, parseCsv, send, startCity } from "./support.mjs";

let city;
let admin;
beforeAll(async () => {
  city = await startCity();
  admin = await city.as("admin");
});
afterAll(() => city.finish());

const set = (key, language, wording) => admin.put(`/api/label-texts/${key}/${language}`, { wording });
const everywhere = async () => {
  for (let i = 0; i < city.servers.length; ++i) await (await city.signIn("executive", undefined, { index: i })).read("/api/labels");
};

describe("wordings of labels", () => {
  it("come to every signed-in console by their ETag, in both languages", async () => {
    const handler = await city.as("handler");
    const first = await handler.get("/api/labels");
    expect(first.body).toEqual({ "zh-TW": {}, en: {} });
    expect(first.headers["cache-control"]).toBe("private, no-cache");
    expect((await handler.get("/api/labels", { headers: { "If-None-Match": first.headers.etag } })).status).toBe(304);
    expect((await set("role.handler", "zh-TW", "  承辦同仁 ")).status).toBe(200);
    expect((await set("role.handler", "en", "Case officer")).status).toBe(200);
    const second = await handler.get("/api/labels", { headers: { "If-None-Match": first.headers.etag } });
    expect(second.status).toBe(200);
    expect(second.body).toEqual({ "zh-TW": { "role.handler": "承辦同仁" }, en: { "role.handler": "Case officer" } });
    expect((await city.client().get("/api/labels")).status).toBe(401);
  });

  it("are what the server itself says, and the original is put back", async () => {
    await set("origin.own", "zh-TW", "自訂事項");
    await everywhere();
    const controller = await city.as("controller");
    const cells = async () => parseCsv((await controller.get("/api/duties.csv?view=city&state=all")).text).flat();
    await controller.do("/api/duties", newDuty((await agencies(city)).construction.id, { origin: "own" }));
    expect(await cells()).toContain("自訂事項");
    expect((await admin.remove("/api/label-texts/origin.own/zh-TW")).status).toBe(200);
    await everywhere();
    expect(await cells()).not.toContain("自訂事項");
    expect((await admin.remove("/api/label-texts/origin.own/zh-TW")).body.key).toBe("label.unchanged");
  });

  it("keep who said what and when", async () => {
    await set("severity.high", "zh-TW", "優先");
    await set("severity.high", "zh-TW", "速辦");
    await admin.remove("/api/label-texts/severity.high/zh-TW");
    const label = (await (await city.as("auditor")).read("/api/label-texts")).rows.find(one => one.key === "severity.high");
    const zh = label.wordings.find(one => one.language === "zh-TW");
    expect(zh.wording).toBeNull();
    expect(zh.history.map(one => one.wording)).toEqual([null, "速辦", "優先"]);
    expect(zh.history[0].superseded_at).toBeNull();
    expect(zh.history[1].superseded_at).not.toBeNull();
    expect(zh.history[2].changed_by_name).toBe("系統管理者（示範）");
  });

  it("show markup as it was typed on the public pages", async () => {
    const pages = [];
    const home = await send(city.port(), "GET", "/", { "Accept-Language": "zh-TW" });
    for (const [, path] of home.text.matchAll(/href="(\/promises\/\d+)"/g)) pages.push(path);
    expect(pages.length).toBeGreaterThan(0);
    const hostile = '<img src=x onerror="alert(1)">';
    for (const state of ["on_time", "at_risk", "late", "severe", "done", "done_late"]) expect((await set(`lateness.${state}`, "zh-TW", hostile)).status, state).toBe(200);
    await everywhere();
    let shown = 0;
    for (const path of pages) {
      const page = await send(city.port(), "GET", path, { "Accept-Language": "zh-TW" });
      expect(page.text, path).not.toContain("<img src=x");
      if (page.text.includes("&lt;img src=x")) ++shown;
    }
    expect(shown).toBeGreaterThan(0);
    for (const state of ["on_time", "at_risk", "late", "severe", "done", "done_late"]) await admin.remove(`/api/label-texts/lateness.${state}/zh-TW`);
  });

  it("are refused by their field when they are no short plain text, and for what is no label", async () => {
    const refused = async (wording, key) => {
      const answer = await set("nav.duties", "zh-TW", wording);
      expect(answer.status, JSON.stringify(wording)).toBe(422);
      expect(answer.body.fields[0]).toMatchObject({ path: "wording", key });
    };
    await refused("", "input.required");
    await refused("　 ", "input.required");
    await refused("字".repeat(41), "input.too_long");
    await refused("兩\n行", "label.plain_text");
    await refused("{title}", "label.plain_text");
    await refused("反\u202e轉", "label.plain_text");
    expect((await set("nav.duties", "zh-TW", "字".repeat(40))).status).toBe(200);
    await admin.remove("/api/label-texts/nav.duties/zh-TW");
    expect((await set("fault.forbidden", "zh-TW", "歡迎")).status).toBe(404);
    expect((await set("nav.duties", "fr", "x")).body.fields[0].path).toBe("language");
  });

  it("are nobody's to change but an administrator's", async () => {
    for (const login of ["controller", "rdec-head", "auditor", "handler"]) {
      const client = await city.as(login);
      expect((await client.put("/api/label-texts/nav.duties/en", { wording: "x" })).status, login).toBe(403);
      expect((await client.remove("/api/label-texts/nav.duties/en")).status, login).toBe(403);
      expect((await client.get("/api/label-texts")).status, login).toBe(login === "auditor" ? 200 : 403);
    }
  });
});
