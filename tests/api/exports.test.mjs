// What tenders show the outside: OC4IDS projects and OCDS releases, by command and by address, held against schemas of our own; the public pages.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { checker } from "./schema_check.mjs";
import { agencies, mandate, must, sleep, sqlite, startCity, tempFolder } from "./support.mjs";

const faults = { oc4ids: checker("oc4ids"), ocds: checker("ocds") };
const list = { oc4ids: "projects", ocds: "releases" };

let city;
let known;
let liaison;
let head;
let controller;
const signIn = async () => {
  [liaison, head, controller] = await Promise.all(["liaison", "agency-head", "controller"].map(login => city.as(login)));
};
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
});
afterAll(() => city.finish());
beforeEach(signIn);
const at = async now => {
  await city.setClock(now);
  await signIn();
};

const secrets = { cause: "連日豪雨內情不公開", countermeasure: "增派工班內部措施", help: "請某局長協調", narrative: "本月完成設計審查內部紀錄", reason: "用地取得展延之內部理由" };
const fields = {
  status_code: 165, works_kind: "road", summary: "道路拓寬及人行道改善", place: "豐原大道", latitude: 24.25, longitude: 120.72, budget: 60_000_000, central_share: 20_000_000, award_price: 50_000_000, contract_price: 52_000_000, awarded_on: "2026-10-20",
  contract_start_on: "2026-11-01", contract_finish_on: "2027-04-30", contract_finish_changed_on: "2027-05-31", contractor: "甲營造股份有限公司", designer: "不公開的設計人", supervisor: "不公開的監造人", public_number: "A115-01",
};
const bare = { status_code: 162, works_kind: "other", summary: "", place: "", budget: 0, central_share: 0, contractor: "", designer: "", supervisor: "", public_number: "" };
const checkpoints = [
  { name: "規劃設計", weight_bp: 2000, planned_start: "2026-11-01", planned_finish: "2026-11-30" },
  { name: "開工", weight_bp: 1000, planned_finish: "2027-01-31", flag: "start" },
  { name: "完工", weight_bp: 5000, planned_finish: "2027-04-30", flag: "completion" },
  { name: "驗收", weight_bp: 2000, planned_finish: "2027-06-30", flag: "acceptance" },
];
const curves = [{ measure: "overall", first_period: "2026-11-01", planned: [1000, 2500, 4000, 6000, 8000, 9000, 9500, 10000] }];

let made = 0;
async function setUp({ by = liaison, ...more } = {}) {
  const tender = await by.do("/api/tenders", { title: `公開工程 ${++made}`, agency_id: known.construction.id, district: "66000090", confidentiality: "open", fields, ...more });
  const path = `/api/tracking-items/${tender.id}`;
  must(await by.put(`${path}/checkpoints`, { checkpoints, revision: 1 }));
  must(await by.put(`${path}/curves`, { curves, revision: 2 }));
  await by.do(`${path}/set-up`);
  return { id: String(tender.id), path };
}
async function controlled({ approver = controller, ...more } = {}) {
  const tender = await setUp(more);
  await approver.do(`${tender.path}/set-up-decision`, { approve: true, approval_number: "府授研管字第1150001號" });
  return tender;
}
const page = async (path, options) => (await city.client(options)).get(path);
const read = async name => {
  const answer = await page(`/open-data/${name}.json`);
  expect(answer.status).toBe(200);
  const value = JSON.parse(answer.text);
  expect(faults[name](value)).toEqual([]);
  return value;
};
const projectOf = (value, id) => value.projects.find(one => one.id === `oc4ids-000000-${id}`);

describe("open data of tenders", () => {
  let open;
  let empty;

  it("holds what is open and has an approved plan, in both formats, and nothing else", async () => {
    open = await controlled();
    empty = await controlled({ district: "", fields: bare });
    const hidden = await controlled({ by: head, approver: await city.as("rdec-head"), confidentiality: "confidential", title: "密件工程" });
    const internal = await controlled({ confidentiality: "internal", title: "內部工程" });
    const draft = await setUp({ title: "設定中的工程" });
    for (const name of ["oc4ids", "ocds"]) {
      const value = await read(name);
      const text = JSON.stringify(value);
      for (const id of [open.id, empty.id]) expect(text).toContain(`-${id}"`);
      for (const id of [hidden.id, internal.id, draft.id]) expect(text).not.toContain(id);
      for (const word of ["密件工程", "內部工程", "設定中的工程", "不公開的設計人", "不公開的監造人", "府授研管字"]) expect(text).not.toContain(word);
    }
    for (const id of [hidden.id, internal.id, draft.id, "1", "66000999"]) expect((await page(`/works/${id}`)).status).toBe(404);
    const project = projectOf(await read("oc4ids"), open.id);
    expect(project.metrics).toBeUndefined();
    expect(project.forecasts[0].observations.map(one => one.measure)).toEqual([10, 25, 40, 60, 80, 90, 95, 100]);
    expect(project.documents[0].url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/works/${open.id}$`));
    expect(projectOf(await read("oc4ids"), empty.id).budget).toBeUndefined();
  });

  it("says what was accepted, not what is under review, and a missing report by its absence", async () => {
    await at("2026-12-02T02:00:00Z");
    const path = `${open.path}/filings/2026-11-01`;
    const lag = { category: "天候因素", responsibility: "不可歸責", cause: secrets.cause, countermeasure: secrets.countermeasure, help: secrets.help, deadline_on: "2027-01-31" };
    let form = must(await liaison.post(`${path}/submission`, { actuals: [{ measure: "overall", actual: 0 }], narrative: secrets.narrative, lag, revision: 0 }));
    expect(projectOf(await read("oc4ids"), open.id).metrics).toBeUndefined();
    expect((await page(`/works/${open.id}`)).text).toContain("審核中");
    form = await head.do(`${path}/decision`, { accept: true, revision: form.revision });
    await controller.do(`${path}/decision`, { accept: true, revision: form.revision });
    const project = projectOf(await read("oc4ids"), open.id);
    expect(project.metrics[0].observations).toMatchObject([{ id: "2026-11", measure: 0, notes: "天候因素" }]); // a zero that somebody confirmed
    await at("2026-12-20T02:00:00Z");
    const value = await read("oc4ids");
    expect(projectOf(value, empty.id).metrics).toBeUndefined(); // owed since the 8th, and not a zero
    const text = JSON.stringify([value, await read("ocds")]);
    for (const word of Object.values(secrets)) expect(text).not.toContain(word);
  });

  it("tells the plan that was changed beside the first one, and changes of the contract", async () => {
    const view = await controller.read(open.path);
    await controller.do(`${open.path}/baselines`, { approval_number: "府授研管字第1150002號", reason: secrets.reason, granted_days: 30, curves: [{ measure: "overall", first_period: "2026-11-01", planned: [300, 1000, 2500, 4000, 6000, 8000, 9000, 9500, 10000] }], revision: view.revision });
    const project = projectOf(await read("oc4ids"), open.id);
    expect(project.forecasts.map(one => [one.id, one.observations.length])).toEqual([["physicalProgress", 9], ["physicalProgress.firstBaseline", 8]]);
    expect(project.contractingProcesses[0].summary.modifications[0]).toMatchObject({ oldContractValue: { amount: 50_000_000 }, newContractValue: { amount: 52_000_000 } });
    const release = (await read("ocds")).releases.find(one => one.ocid === `ocds-000000-${open.id}`);
    expect(release.tag).toEqual(["tender", "award", "contract", "implementation"]);
    expect(release.contracts[0].amendments.map(one => one.id)).toEqual(["value", "period"]);
    expect(release.planning.budget.projectID).toBe(project.id);
    expect(JSON.stringify([project, release])).not.toContain(secrets.reason);
  });

  it("is not sent again while nothing changed, and may be read by any page", async () => {
    const first = await page("/open-data/ocds.json");
    expect(first.headers["cache-control"]).toBe("public, max-age=300");
    expect(first.headers["access-control-allow-origin"]).toBe("*");
    expect(first.headers["transfer-encoding"]).toBe("chunked");
    const same = await page("/open-data/ocds.json", undefined);
    expect(same.headers.etag).toBe(first.headers.etag);
    const again = await city.client().get("/open-data/ocds.json", { headers: { "If-None-Match": first.headers.etag } });
    expect([again.status, again.text]).toEqual([304, ""]);
    await liaison.do("/api/tenders", { title: "讓資料變動", agency_id: known.construction.id, fields: bare });
    expect((await page("/open-data/ocds.json")).headers.etag).not.toBe(first.headers.etag);
  });

  it("leaves by the command too, with a server running, and refuses what it does not know", async () => {
    const folder = tempFolder("export");
    for (const name of ["oc4ids", "ocds"]) {
      const out = join(folder, `${name}.json`);
      const made = await mandate(["export", name, ...city.where, "--url", "https://example.org/", "--out", out]);
      expect(made.code, made.err).toBe(0);
      const value = JSON.parse(readFileSync(out, "utf8"));
      expect(faults[name](value)).toEqual([]);
      expect(value.uri).toBe(`https://example.org/open-data/${name}.json`);
      expect(value[list[name]].length).toBe((await read(name))[list[name]].length);
    }
    const piped = await mandate(["export", "oc4ids", ...city.where, "--out", "-"]);
    expect(faults.oc4ids(JSON.parse(piped.out))).toEqual([]);
    expect(JSON.parse(piped.out).uri).toBe("urn:mandate:oc4ids");
    expect(JSON.parse(piped.out).projects[0].documents).toBeUndefined();
    expect((await mandate(["export", "ocds2", ...city.where, "--out", "-"])).code).not.toBe(0);
    expect((await mandate(["export", "ocds", ...city.where])).code).not.toBe(0);
    const nowhere = await mandate(["export", "ocds", ...city.where, "--out", "/nowhere/at/all.json"]);
    expect(nowhere.code).toBe(1);
    expect(nowhere.err).toContain("cannot write /nowhere/at/all.json");
    expect(existsSync(join(city.folders[0], "made")) ? readdirSync(join(city.folders[0], "made")) : []).toEqual([]);
  });

  it("is checked by a schema that finds what is planted", async () => {
    const project = projectOf(await read("oc4ids"), open.id);
    const value = { ...(await read("oc4ids")), projects: [project] };
    const release = (await read("ocds")).releases.find(one => one.ocid === `ocds-000000-${open.id}`);
    const plant = (name, whole, change) => {
      const copy = structuredClone(whole);
      change(copy);
      return faults[name](copy).join("\n");
    };
    const oc4ids = change => plant("oc4ids", value, copy => change(copy.projects[0], copy));
    const ocds = change => plant("ocds", { ...value, projects: undefined, version: "1.1", uri: "urn:x:y", releases: [release] }, copy => {
      delete copy.projects;
      change(copy.releases[0]);
    });
    expect(oc4ids(() => {})).toBe("");
    expect(ocds(() => {})).toBe("");
    expect(oc4ids(one => delete one.title)).toContain("'title'");
    expect(oc4ids(one => (one.status = "building"))).toContain(".status");
    expect(oc4ids(one => (one.narrative = "x"))).toContain("(narrative)");
    expect(oc4ids(one => (one.updated = "2026-12-20"))).toContain("date-time");
    expect(oc4ids(one => (one.budget.amount.amount = "60000000"))).toContain("integer");
    expect(oc4ids(one => (one.budget = null))).toContain("object");
    expect(oc4ids(one => (one.metrics = []))).toContain(".metrics");
    expect(oc4ids(one => (one.metrics[0].observations[0].measure = 101))).toContain("measure");
    expect(oc4ids(one => one.locations[0].geometry.coordinates.reverse())).toContain("coordinates");
    expect(oc4ids(one => (one.parties[0].roles = ["officer"]))).toContain("roles");
    expect(oc4ids((_, whole) => delete whole.publisher)).toContain("'publisher'");
    expect(ocds(one => (one.tag = []))).toContain(".tag");
    expect(ocds(one => (one.tender.status = "open"))).toContain("tender.status");
    expect(ocds(one => delete one.contracts[0].awardID)).toContain("'awardID'");
    expect(ocds(one => delete one.awards)).toContain("awards");
    expect(ocds(one => (one.contracts[0].contactPoint = { name: "x" }))).toContain("(contactPoint)");
    expect(ocds(one => (one.contracts[0].implementation.milestones[0].status = "met"))).toContain("dateMet");
  });
});

describe.runIf(sqlite)("open data without a server, and its reader who goes away", () => {
  it("leaves by the command from the folder alone", async () => {
    const still = await startCity({ start: false });
    const out = join(tempFolder("export"), "still.json");
    const made = await mandate(["export", "oc4ids", ...still.where, "--out", out]);
    expect(made.code, made.err).toBe(0);
    expect(faults.oc4ids(JSON.parse(readFileSync(out, "utf8")))).toEqual([]);
  });

  it("survives a reader who breaks off", async () => {
    for (let i = 0; i < 20; ++i) {
      await new Promise(done => {
        const request = http.get({ host: "127.0.0.1", port: city.port(), path: "/open-data/oc4ids.json", agent: false }, answer => answer.once("data", () => request.destroy()));
        request.on("error", () => {});
        request.on("close", done);
      });
    }
    await sleep(50);
    await read("oc4ids");
  });
});
