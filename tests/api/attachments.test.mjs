// Attachments: uploads in pieces and whole, hostile files, who may do what, what is served and how, and what a killed process leaves behind.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { docx, gif, hostile, jpeg, nestedZip, odt, pdf, png, unzipStored, zip } from "./made_files.mjs";
import { agencies, must, newDuty, send, sleep, startCity } from "./support.mjs";

let city;
let known;
let controller;
let liaison;
let handler;
beforeAll(async () => {
  city = await startCity();
  known = await agencies(city);
  controller = await city.as("controller");
  liaison = await city.as("liaison");
  handler = await city.as("handler");
});
afterAll(() => city.finish());

const makeDuty = async (more = {}) => (await controller.do("/api/duties", newDuty(known.construction.id, more))).duty.id;
const of = duty => `record_kind=duty&record_id=${duty}`;
const sha256 = bytes => createHash("sha256").update(bytes).digest("hex");

function put(client, path, bytes, options = {}) {
  return send(client.city.port(client.index), "PUT", path, { ...client.headers("PUT", options), "Content-Type": "application/octet-stream" }, bytes, { once: true });
}
const attach = (client, duty, name, content) => put(client, `/api/attachments?${of(duty)}&name=${encodeURIComponent(name)}`, content);
const begin = (client, duty, name, size) => client.post("/api/attachment-uploads", { record_kind: "duty", record_id: duty, name, size });

/** Every file below files/, without the previews. */
function kept() {
  const found = [];
  const walk = folder => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== "previews") walk(path);
      } else if (entry.name !== "lock") found.push(path.slice(city.files.length + 1));
    }
  };
  if (existsSync(city.files)) walk(city.files);
  return found.sort();
}
const later = hours => new Date(Date.parse(city.clock) + hours * 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");

describe("uploading", () => {
  it("takes every kind of file that is on the list, told by its content, and keeps it under its hash", async () => {
    const duty = await makeDuty();
    const files = [["報告.pdf", pdf({ pages: 3 }), "application/pdf"], ["現場.jpg", jpeg(), "image/jpeg"], ["圖.png", png(20, 10), "image/png"], ["動畫.gif", gif(), "image/gif"], ["說明.txt", "一、照辦。\n", "text/plain"], ["這是.txt", "這是以 E9 起頭的文字，有人會看成程式。\n".repeat(3000), "text/plain"],
      ["名單.csv", "區,件數\n西屯,3\n", "text/csv"], ["公文.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"], ["公文.odt", odt(), "application/vnd.oasis.opendocument.text"],
      ["資料.zip", zip([["資料/一.txt", "1"], ["資料/二.txt", "2"]]), "application/zip"], ["兩層.zip", nestedZip(2), "application/zip"]];
    for (const [name, content, type] of files) {
      const bytes = Buffer.from(content);
      const made = must(await attach(liaison, duty, name, bytes));
      expect([made.name, made.type, made.size, made.hash]).toEqual([name, type, bytes.length, sha256(bytes)]);
      const hash = made.hash;
      expect(statSync(join(city.files, hash.slice(0, 2), hash.slice(2, 4), hash)).size).toBe(bytes.length);
    }
    const list = await liaison.read(`/api/attachments?${of(duty)}`);
    expect(list.rows.map(row => row.name)).toEqual(files.map(([name]) => name));
    expect(list.rows[0].pages).toBe(3);
    expect([list.rows[2].width, list.rows[2].height]).toEqual([20, 10]);
    expect(list.files_count).toBe(files.length);
    expect(list.rows.every(row => row.added_by_name === list.rows[0].added_by_name && row.actions.includes("withdraw"))).toBe(true);
    const history = (await controller.read(`/api/duties/${duty}`)).history.map(row => row.text);
    expect(history[0]).toMatch(/^加入附件：ZIP 檔/);
    expect(history.join()).not.toContain("公文"); // a file's name may name a citizen
  });

  it("keeps one file for the same content, however often and under whatever name it comes", async () => {
    const [one, two] = [await makeDuty(), await makeDuty()];
    const before = kept().length;
    const content = randomText(5000);
    await attach(liaison, one, "甲.txt", content);
    await attach(liaison, two, "乙.txt", content);
    must(await attach(liaison, two, "丙.txt", content));
    expect(kept().length).toBe(before + 1);
  });

  it("goes on where a broken line left it, takes a piece twice without harm, and refuses a gap", async () => {
    const duty = await makeDuty();
    const content = Buffer.from(randomText(900_000));
    const upload = must(await begin(liaison, duty, "長文.txt", content.length));
    expect(upload.bytes).toBe(0);
    const path = offset => `/api/attachment-uploads/${upload.id}/content?offset=${offset}`;
    expect(must(await put(liaison, path(0), content.subarray(0, 200_000))).bytes).toBe(200_000);
    // The line breaks in the middle of the next piece: what came of it is kept.
    await new Promise(done => {
      const request = http.request({ host: "127.0.0.1", port: city.port(0), method: "PUT", path: path(200_000), headers: { ...liaison.headers("PUT"), "Content-Length": 300_000 } });
      request.on("error", done);
      request.write(content.subarray(200_000, 350_000), () => setTimeout(() => request.destroy(), 100));
      request.on("close", done);
    });
    let far = 0;
    for (let i = 0; i < 50 && far <= 200_000; ++i) {
      await sleep(50);
      far = (await liaison.read(`/api/attachment-uploads/${upload.id}`)).bytes;
    }
    expect(far).toBeGreaterThan(200_000);
    expect(far).toBeLessThanOrEqual(350_000);
    expect(must(await put(liaison, path(100_000), content.subarray(100_000, 500_000))).bytes).toBe(500_000); // a part of it for the second time
    const gap = await put(liaison, path(600_000), content.subarray(600_000));
    expect([gap.status, gap.body.key]).toEqual([409, "file.gap"]);
    expect(gap.body.detail).toContain("500000");
    const early = await liaison.post(`/api/attachment-uploads/${upload.id}/completion`);
    expect([early.status, early.body.key]).toEqual([409, "file.incomplete"]);
    expect((await liaison.read(`/api/attachment-uploads?${of(duty)}`)).rows.map(row => row.bytes)).toEqual([500_000]);
    must(await put(liaison, path(500_000), content.subarray(500_000)));
    const made = await liaison.do(`/api/attachment-uploads/${upload.id}/completion`, { caption: "往來全文" });
    expect([made.hash, made.caption]).toEqual([sha256(content), "往來全文"]);
    expect((await liaison.do(`/api/attachment-uploads/${upload.id}/completion`)).id).toBe(made.id); // asked twice, attached once
    expect((await liaison.read(`/api/attachments?${of(duty)}`)).rows).toHaveLength(1);
    expect(kept().filter(name => name.includes(upload.id))).toEqual([]);
  });

  it("refuses more than was announced, two connections at once, and whatever is beyond the limits, each with its reason", async () => {
    const duty = await makeDuty();
    const upload = must(await begin(liaison, duty, "短.txt", 10));
    const long = await put(liaison, `/api/attachment-uploads/${upload.id}/content?offset=0`, Buffer.alloc(20, 65));
    expect([long.status, long.body.key]).toEqual([413, "file.longer_than_said"]);
    for (const [input, status, key] of [[{ name: "大.txt", size: 201 << 20 }, 413, "attachment.file_too_large"], [{ name: "空.txt", size: 0 }, 422, "input.invalid"], [{ name: "\u202e../..", size: 5 }, 422, "input.invalid"]]) {
      const answer = await begin(liaison, duty, input.name, input.size);
      expect([answer.status, answer.body.key]).toEqual([status, key]);
    }
    must(await controller.post("/api/policies/attachment.record_files_max/values", { value: "1", valid_from: "2026-11-24", source: "unsourced" }));
    await sleep(400); // another process asks about changed policies a quarter of a second later
    must(await attach(liaison, duty, "一.txt", "1\n"));
    const full = await attach(liaison, duty, "二.txt", "2\n");
    expect([full.status, full.body.key]).toEqual([409, "attachment.too_many"]);
    must(await controller.post("/api/policies/attachment.record_files_max/values", { value: "200", valid_from: "2026-11-24", source: "unsourced again" }));
    await sleep(400);
    must(await attach(liaison, duty, "二.txt", "2\n"));
  });

  it("holds a record's limit and attaches once, however many complete at once", async () => {
    const duty = await makeDuty();
    must(await controller.post("/api/policies/attachment.record_files_max/values", { value: "2", valid_from: "2026-11-24", source: "unsourced, for a race" }));
    await sleep(400);
    const uploads = [];
    for (let n = 0; n < 5; ++n) {
      const upload = must(await begin(liaison, duty, `${n}.txt`, 2));
      must(await put(liaison, `/api/attachment-uploads/${upload.id}/content?offset=0`, `${n}\n`));
      uploads.push(upload.id);
    }
    // Each twice, all together: two places for five files.
    const answers = await Promise.all([...uploads, ...uploads].map(id => liaison.post(`/api/attachment-uploads/${id}/completion`)));
    const rows = (await liaison.read(`/api/attachments?${of(duty)}`)).rows;
    expect(rows).toHaveLength(2);
    expect(new Set(answers.filter(answer => answer.status === 200).map(answer => answer.body.id))).toEqual(new Set(rows.map(row => row.id)));
    expect(new Set(answers.filter(answer => answer.status !== 200).map(answer => answer.body.key)).size).toBeGreaterThan(0);
    for (const answer of answers.filter(one => one.status !== 200)) expect(["attachment.too_many", "file.upload_busy"]).toContain(answer.body.key);
    must(await controller.post("/api/policies/attachment.record_files_max/values", { value: "200", valid_from: "2026-11-24", source: "unsourced, after the race" }));
    await sleep(400);
  });

  it("keeps of a name only what can be shown without harm", async () => {
    const duty = await makeDuty();
    const names = [["../../etc/公文.txt", "公文.txt"], ["C:\\windows\\公文.txt", "公文.txt"], ["報告\u202etxt.txt", "報告txt.txt"], ["a\u0301<b>.txt", "á_b_.txt"], [`${"長".repeat(300)}.txt`, `${"長".repeat(116)}.txt`]];
    for (const [given, shown] of names) expect(must(await attach(liaison, duty, given, "x\n")).name).toBe(shown);
  });
});

describe("hostile files", () => {
  const cases = hostile();
  it("come in at least twelve classes", () => expect(new Set(cases.map(([, , , key]) => String(key))).size).toBeGreaterThanOrEqual(12));

  it("are refused with the reason and kept nowhere", async () => {
    const duty = await makeDuty();
    const before = kept();
    const wrong = [];
    for (const [what, name, content, key] of cases) {
      const answer = await attach(liaison, duty, name, Buffer.from(content));
      if (answer.status !== 422 || ![key].flat().includes(answer.body?.key)) wrong.push(`${what}: ${answer.status} ${answer.body?.key}`);
      else if (answer.body.detail === answer.body.key || answer.body.detail.length < 10) wrong.push(`${what}: no reason is given`);
    }
    expect(wrong).toEqual([]);
    expect(kept()).toEqual(before);
    expect((await liaison.read(`/api/attachments?${of(duty)}`)).rows).toEqual([]);
    expect((await liaison.read(`/api/attachment-uploads?${of(duty)}`)).rows).toEqual([]);
  });
});

describe("serving", () => {
  it("sends the original as an attachment from a path where nothing runs, whole or a range of it", async () => {
    const duty = await makeDuty();
    const content = pdf({ pages: 2 });
    const made = must(await attach(liaison, duty, "會議 紀錄\"112\".pdf", content));
    const whole = await liaison.get(`/files/attachments/${made.id}`);
    expect(whole.raw.equals(content)).toBe(true);
    expect(whole.headers["content-disposition"]).toBe(`attachment; filename="_ __112_.pdf"; filename*=UTF-8''${encodeURIComponent("會議 紀錄_112_.pdf")}`);
    expect(whole.headers["content-security-policy"]).toMatch(/^sandbox; default-src 'none'/);
    expect(whole.headers["x-content-type-options"]).toBe("nosniff");
    expect(whole.headers["cross-origin-resource-policy"]).toBe("same-origin");
    expect(whole.headers["cache-control"]).toBe("private, no-cache");
    const range = await liaison.get(`/files/attachments/${made.id}`, { headers: { Range: "bytes=5-14" } });
    expect([range.status, range.text, range.headers["content-range"]]).toEqual([206, content.subarray(5, 15).toString("latin1"), `bytes 5-14/${content.length}`]);
    expect((await liaison.get(`/files/attachments/${made.id}`, { headers: { "If-None-Match": whole.headers.etag } })).status).toBe(304);
  });

  it("sends all of a record as one archive whose files are what was uploaded, names told apart", async () => {
    const duty = await makeDuty();
    expect((await liaison.get(`/files/attachments.zip?${of(duty)}`)).body.key).toBe("attachment.none");
    const contents = { "報告.pdf": pdf(), "名單.csv": Buffer.from(`區\n${randomText(300_000)}`), "圖.png": png(30, 30) };
    for (const [name, content] of Object.entries(contents)) must(await attach(liaison, duty, name, content));
    const second = Buffer.from("另一份\n");
    must(await attach(liaison, duty, "名單.csv", second));
    const gone = must(await attach(liaison, duty, "誤傳.txt", "x\n"));
    await liaison.do(`/api/attachments/${gone.id}/withdrawal`, { reason: "誤傳" });
    const answer = await liaison.get(`/files/attachments.zip?${of(duty)}`);
    const number = (await controller.read(`/api/duties/${duty}`)).duty.number;
    expect(decodeURIComponent(answer.headers["content-disposition"])).toContain(`${number}-附件.zip`);
    const files = unzipStored(answer.raw);
    expect(Object.keys(files).sort()).toEqual(["名單 (2).csv", "名單.csv", "圖.png", "報告.pdf"].sort());
    for (const [name, content] of Object.entries(contents)) expect(files[name].equals(content), name).toBe(true);
    expect(files["名單 (2).csv"].equals(second)).toBe(true);
  });

  it("draws pictures and pages anew for preview, turned as they were held and without their place, and leaves the original as it was", async () => {
    const duty = await makeDuty();
    const photo = jpeg({ orientation: 6, place: "24.1618N 120.6469E" });
    expect(photo.includes("120.6469E")).toBe(true);
    const picture = must(await attach(liaison, duty, "現場.jpg", photo));
    const paper = must(await attach(liaison, duty, "報告.pdf", pdf({ pages: 12 })));
    expect([picture.preview, paper.preview]).toEqual(["waiting", "waiting"]);
    expect((await liaison.get(`/files/attachments/${picture.id}/pages/1`)).status).toBe(404);
    const clock = city.clock;
    await city.setClock(later(0));
    expect(city.clock).toBe(clock);
    [controller, liaison, handler] = await Promise.all(["controller", "liaison", "handler"].map(login => city.as(login)));
    const rows = (await liaison.read(`/api/attachments?${of(duty)}`)).rows;
    expect(rows.map(row => [row.preview, row.preview_pages])).toEqual([["ready", 1], ["ready", 10]]);
    const shown = await liaison.get(`/files/attachments/${picture.id}/pages/1`);
    expect(shown.headers["content-type"]).toBe("image/jpeg");
    expect(shown.raw.includes("120.6469E")).toBe(false);
    expect(shown.raw.includes("Exif")).toBe(false);
    expect(jpegSize(shown.raw)).toEqual([8, 16]); // was 16 by 8
    expect(jpegSize((await liaison.get(`/files/attachments/${paper.id}/pages/10`)).raw)).toEqual([1600, 1067]);
    expect(Math.max(...jpegSize((await liaison.get(`/files/attachments/${paper.id}/pages/thumbnail`)).raw))).toBe(320);
    for (const page of ["0", "11", "999", "..%2f1", "x"]) expect([400, 404]).toContain((await liaison.get(`/files/attachments/${paper.id}/pages/${page}`)).status);
    const original = await liaison.get(`/files/attachments/${picture.id}`);
    expect(sha256(original.raw)).toBe(sha256(photo));
  });
});

describe("who may do what with attachments", () => {
  it("follows the record: who does not see its details learns nothing of its attachments", async () => {
    const duty = await makeDuty();
    const made = must(await attach(liaison, duty, "一.txt", "1\n"));
    const upload = must(await begin(liaison, duty, "二.txt", 5));
    // The handler belongs to another agency; the executive reads all and adds nothing; a youth councillor sees no details.
    for (const login of ["handler", "youth", "agent-1999", "inspector"]) {
      const client = await city.as(login);
      for (const path of [`/api/attachments?${of(duty)}`, `/files/attachments/${made.id}`, `/files/attachments/${made.id}/pages/1`, `/files/attachments.zip?${of(duty)}`]) {
        const answer = await client.get(path);
        expect([login, path, answer.status]).toEqual([login, path, 404]);
      }
    }
    // Nobody, and roles without the permission, come no further than the door.
    for (const path of [`/files/attachments/${made.id}`, `/files/attachments/${made.id}/pages/1`, `/files/attachments.zip?${of(duty)}`]) {
      expect((await city.client().get(path)).status).toBe(401);
      for (const login of ["citizen", "admin"]) expect((await (await city.as(login)).get(path)).body.key).toBe("fault.no_permission");
    }
    for (const answer of [await begin(handler, duty, "a.txt", 1), await attach(handler, duty, "a.txt", "x"), await handler.put(`/api/attachments/${made.id}`, { caption: "x", place: 1 }), await handler.post(`/api/attachments/${made.id}/withdrawal`, { reason: "x" })]) expect(answer.status).toBe(404);
    const executive = await city.as("executive");
    expect((await executive.get(`/files/attachments/${made.id}`)).text).toBe("1\n");
    expect((await executive.read(`/api/attachments?${of(duty)}`)).may_add).toBe(false);
    expect((await attach(executive, duty, "a.txt", "x")).status).toBe(403);
    // An upload is its sender's alone.
    for (const answer of [await controller.get(`/api/attachment-uploads/${upload.id}`), await put(controller, `/api/attachment-uploads/${upload.id}/content?offset=0`, "12345"), await controller.post(`/api/attachment-uploads/${upload.id}/completion`), await controller.remove(`/api/attachment-uploads/${upload.id}`)]) expect(answer.body.key).toBe("attachment.no_upload");
    expect((await controller.get(`/api/attachments?record_kind=plan&record_id=1`)).status).toBe(422);
  });

  it("hang on a plan's item too: read by all who read plans, kept by who decides on them", async () => {
    const plan = (await controller.read("/api/plans")).rows[0];
    const items = [];
    const walk = node => (node.kind === "item" ? items.push(node.id) : node.children.forEach(walk));
    (await controller.read(`/api/plans/${plan.id}`)).tree.forEach(walk);
    const where = `record_kind=plan_node&record_id=${items[0]}`;
    const made = must(await put(controller, `/api/attachments?${where}&name=${encodeURIComponent("核定公文.pdf")}`, pdf()));
    expect((await liaison.read(`/api/attachments?${where}`)).rows.map(row => [row.id, row.actions])).toEqual([[made.id, []]]);
    expect((await liaison.get(`/files/attachments/${made.id}`)).status).toBe(200);
    expect((await put(liaison, `/api/attachments?${where}&name=a.txt`, "x")).status).toBe(403);
    expect((await liaison.post(`/api/attachments/${made.id}/withdrawal`, { reason: "x" })).body.key).toBe("attachment.not_yours");
    expect((await controller.get("/api/attachments?record_kind=plan_node&record_id=1")).status).toBe(404);
  });

  it("lets an attachment be withdrawn by who added it and by who may, with the reason, once, and keeps its file for those", async () => {
    const duty = await makeDuty();
    const made = must(await attach(controller, duty, "一.txt", "1\n"));
    expect((await liaison.read(`/api/attachments?${of(duty)}`)).rows[0].actions).toEqual([]);
    expect((await liaison.post(`/api/attachments/${made.id}/withdrawal`, { reason: "x" })).body.key).toBe("attachment.not_yours");
    expect((await liaison.put(`/api/attachments/${made.id}`, { caption: "x", place: 1 })).body.key).toBe("attachment.not_yours");
    expect(must(await controller.put(`/api/attachments/${made.id}`, { caption: "第一次會議", place: 3 })).caption).toBe("第一次會議");
    expect((await controller.post(`/api/attachments/${made.id}/withdrawal`, { reason: " " })).body.fields[0].path).toBe("reason");
    const gone = await controller.do(`/api/attachments/${made.id}/withdrawal`, { reason: "內含個資" });
    expect([gone.withdrawn_why, gone.actions]).toEqual(["內含個資", []]);
    expect((await controller.post(`/api/attachments/${made.id}/withdrawal`, { reason: "再一次" })).body.key).toBe("attachment.withdrawn_already");
    expect((await liaison.get(`/files/attachments/${made.id}`)).body.key).toBe("attachment.withdrawn_gone");
    expect((await controller.get(`/files/attachments/${made.id}`)).text).toBe("1\n");
    expect((await controller.read(`/api/duties/${duty}`)).history[0].text).toBe("撤下附件（TXT 檔）：內含個資");
  });
});

describe("what is left behind", () => {
  it("is swept: uploads after their day, those given up at once, and nothing that a record holds", async () => {
    const duty = await makeDuty();
    const made = must(await attach(liaison, duty, "留.txt", "keep\n"));
    const [late, cancelled] = [must(await begin(liaison, duty, "a.txt", 10)), must(await begin(liaison, duty, "b.txt", 10))];
    for (const upload of [late, cancelled]) must(await put(liaison, `/api/attachment-uploads/${upload.id}/content?offset=0`, "12345"));
    must(await liaison.remove(`/api/attachment-uploads/${cancelled.id}`));
    expect(kept().filter(name => name.includes(cancelled.id))).toEqual([]);
    expect(kept().filter(name => name.includes(late.id))).toHaveLength(2);
    await city.setClock(later(25));
    [controller, liaison, handler] = await Promise.all(["controller", "liaison", "handler"].map(login => city.as(login)));
    expect((await liaison.get(`/api/attachment-uploads/${late.id}`)).body.key).toBe("attachment.no_upload");
    expect(kept().filter(name => name.includes(late.id))).toEqual([]);
    expect((await liaison.get(`/files/attachments/${made.id}`)).text).toBe("keep\n");
  });

  it("can be taken up again after a process was killed in the middle of an upload", async () => {
    const duty = await makeDuty();
    const content = Buffer.from(randomText(600_000));
    const upload = must(await begin(liaison, duty, "長文.txt", content.length));
    const path = offset => `/api/attachment-uploads/${upload.id}/content?offset=${offset}`;
    must(await put(liaison, path(0), content.subarray(0, 250_000)));
    const broken = new Promise(done => {
      const request = http.request({ host: "127.0.0.1", port: city.servers[0].port, method: "PUT", path: path(250_000), headers: { ...liaison.headers("PUT"), "Content-Length": 350_000 } });
      request.on("error", done);
      request.on("close", done);
      request.write(content.subarray(250_000, 400_000));
    });
    await sleep(150);
    await city.servers[0].stop("SIGKILL");
    await broken;
    await city.startServer(0);
    const far = (await liaison.read(`/api/attachment-uploads/${upload.id}`)).bytes;
    expect(far).toBeGreaterThanOrEqual(250_000);
    must(await put(liaison, path(far), content.subarray(far)));
    expect((await liaison.do(`/api/attachment-uploads/${upload.id}/completion`)).hash).toBe(sha256(content));
  });

  it("is whole however a process was killed around completions: no row without its file", async () => {
    const duty = await makeDuty();
    for (let round = 0; round < 4; ++round) {
      const contents = Array.from({ length: 6 }, () => Buffer.from(randomText(60_000)));
      const uploads = [];
      for (const content of contents) {
        const upload = must(await begin(liaison, duty, `${round}.txt`, content.length));
        must(await put(liaison, `/api/attachment-uploads/${upload.id}/content?offset=0`, content));
        uploads.push(upload);
      }
      const asked = uploads.map(upload => liaison.post(`/api/attachment-uploads/${upload.id}/completion`, {}, { port: city.servers[0].port, once: true }).catch(() => undefined));
      await sleep(40 + 90 * round);
      await city.servers[0].stop("SIGKILL");
      const answers = await Promise.all(asked);
      await city.startServer(0);
      const rows = (await liaison.read(`/api/attachments?${of(duty)}`)).rows;
      for (const answer of answers.filter(one => one?.status === 200)) expect(rows.map(row => row.id)).toContain(answer.body.id);
      for (const row of rows) expect(sha256((await liaison.get(`/files/attachments/${row.id}`)).raw)).toBe(row.hash);
      for (const [index, upload] of uploads.entries()) expect((await liaison.do(`/api/attachment-uploads/${upload.id}/completion`)).hash).toBe(sha256(contents[index]));
    }
  });
});

function randomText(bytes) {
  return `${randomBytes(Math.ceil(bytes / 2)).toString("hex").slice(0, bytes - 1)}\n`;
}
function jpegSize(bytes) {
  for (let at = 2; at < bytes.length; ) {
    const mark = bytes[at + 1];
    if (mark === 0xc0 || mark === 0xc2) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
