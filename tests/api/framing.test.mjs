// Requests as bytes: hostile framings are refused and the connection closed, and what was smuggled behind them is never answered.
import { agent, agencies, must, newDuty, rawRequest, send, startCity } from "./support.mjs";

let city;
let controller;
let construction;
beforeAll(async () => {
  city = await startCity();
  controller = await city.as("controller");
  ({ construction } = await agencies(city));
});
afterAll(() => city.finish());

const host = "Host: 127.0.0.1\r\n";
const smuggled = `GET /healthz HTTP/1.1\r\n${host}\r\n`;
const sign_in = JSON.stringify({ login_name: "x", password: "y" });

// name, bytes, status. Behind each stands a whole second request.
const hostile = [
  ["gzip as a transfer coding", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello`, 501],
  ["identity as a transfer coding", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello`, 501],
  ["a misspelt chunked", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 501],
  ["chunked with a tab before it and gzip after", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding:\tchunked, gzip\r\n\r\n0\r\n\r\n`, 501],
  ["chunked twice in one header", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`, 501],
  ["two transfer codings", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 501],
  ["chunked and a second unknown coding", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n`, 501],
  ["chunked with a length", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`, 400],
  ["a length with chunked after it", `POST /api/session HTTP/1.1\r\n${host}Content-Length: 60\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ["chunked in HTTP/1.0", `POST /api/session HTTP/1.0\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ["a space before the colon of the coding", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`, 400],
  ["a folded transfer coding", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`, [400, 501]],
  ["two equal lengths", `POST /api/session HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`, 400],
  ["two different lengths", `POST /api/session HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello`, 400],
  ["a list of lengths", `POST /api/session HTTP/1.1\r\n${host}Content-Length: 5, 5\r\n\r\nhello`, 400],
  ["a length with a sign", `POST /api/session HTTP/1.1\r\n${host}Content-Length: +5\r\n\r\nhello`, 400],
  ["a negative length", `POST /api/session HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, 400],
  ["a length in hexadecimal", `POST /api/session HTTP/1.1\r\n${host}Content-Length: 0x5\r\n\r\nhello`, 400],
  ["a length with a fraction", `POST /api/session HTTP/1.1\r\n${host}Content-Length: 5.0\r\n\r\nhello`, 400],
  ["a length with letters after it", `POST /api/session HTTP/1.1\r\n${host}Content-Length: 5a\r\n\r\nhello`, 400],
  ["a length beyond 64 bits", `POST /api/session HTTP/1.1\r\n${host}Content-Length: 18446744073709551621\r\n\r\nhello`, 400],
  ["an empty length", `POST /api/session HTTP/1.1\r\n${host}Content-Length:\r\n\r\n`, 400],
  ["a vertical tab before the length", `POST /api/session HTTP/1.1\r\n${host}Content-Length:\x0b5\r\n\r\nhello`, 400],
  ["a folded header", `GET / HTTP/1.1\r\n${host}X-A: b\r\n c\r\n\r\n`, 400],
  ["a header that begins with a space", `GET / HTTP/1.1\r\n Host: a\r\n\r\n`, 400],
  ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
  ["two hosts", `GET / HTTP/1.1\r\n${host}${host}\r\n`, 400],
  ["two hosts in two spellings", `GET / HTTP/1.1\r\n${host}HOST: b\r\n\r\n`, 400],
  ["a host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400],
  ["a host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400],
  ["an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400],
  ["a header name with a space", `GET / HTTP/1.1\r\n${host}X A: b\r\n\r\n`, 400],
  ["a header name with a bracket", `GET / HTTP/1.1\r\n${host}X(A): b\r\n\r\n`, 400],
  ["a header without a name", `GET / HTTP/1.1\r\n${host}: b\r\n\r\n`, 400],
  ["a header without a colon", `GET / HTTP/1.1\r\n${host}X-A\r\n\r\n`, 400],
  ["a NUL in a header", `GET / HTTP/1.1\r\n${host}X-A: a\0b\r\n\r\n`, 400],
  ["a bare CR in a header", `GET / HTTP/1.1\r\n${host}X-A: a\rb\r\n\r\n`, 400],
  ["a bare LF that ends a header", `GET / HTTP/1.1\r\n${host}X-A: a\nContent-Length: 5\r\n\r\n`, 400],
  ["a bare LF after the request line", `GET / HTTP/1.1\n${host}\r\n`, 400],
  ["a header block of bare LF", "GET / HTTP/1.1\nHost: 127.0.0.1\n\n", 400],
  ["a control character in a header", `GET / HTTP/1.1\r\n${host}X-A: \x07\r\n\r\n`, 400],
  ["a raw byte in the target", `GET /\xe8\x87\xba HTTP/1.1\r\n${host}\r\n`, 400],
  ["a space in the target", `GET /a b HTTP/1.1\r\n${host}\r\n`, 400],
  ["a tab after the method", `GET\t/ HTTP/1.1\r\n${host}\r\n`, 400],
  ["a target with a scheme", `GET http://elsewhere.example/ HTTP/1.1\r\n${host}\r\n`, 400],
  ["a target of an asterisk", `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 400],
  ["no target", `GET HTTP/1.1\r\n${host}\r\n`, 400],
  ["a target with a fragment", `GET /#a HTTP/1.1\r\n${host}\r\n`, 400],
  ["a target with a backslash", `GET /\\..\\etc HTTP/1.1\r\n${host}\r\n`, 400],
  ["a target that climbs", `GET /public/../../etc/passwd HTTP/1.1\r\n${host}\r\n`, 400],
  ["a target that climbs in percent signs", `GET /public/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n${host}\r\n`, 400],
  ["a slash in percent signs", `GET /api%2Fduties HTTP/1.1\r\n${host}\r\n`, 400],
  ["a backslash in percent signs", `GET /api/duties%5c5 HTTP/1.1\r\n${host}\r\n`, 400],
  ["a target with two slashes", `GET //elsewhere.example/ HTTP/1.1\r\n${host}\r\n`, 400],
  ["a target with a NUL in percent signs", `GET /a%00b HTTP/1.1\r\n${host}\r\n`, 400],
  ["a broken percent sign", `GET /%zz HTTP/1.1\r\n${host}\r\n`, 400],
  ["the same query name twice", `GET /api/duties?limit=1&limit=2 HTTP/1.1\r\n${host}\r\n`, 400],
  ["a target longer than any", `GET /${"a".repeat(5000)} HTTP/1.1\r\n${host}\r\n`, 414],
  ["a method in lower case", `get / HTTP/1.1\r\n${host}\r\n`, 400],
  ["a method with a sign", `GE+T / HTTP/1.1\r\n${host}\r\n`, 400],
  ["an unknown method", `BREW / HTTP/1.1\r\n${host}\r\n`, 501],
  ["CONNECT", `CONNECT / HTTP/1.1\r\n${host}\r\n`, 501],
  ["TRACE", `TRACE / HTTP/1.1\r\n${host}\r\n`, 501],
  ["version 2.0", `GET / HTTP/2.0\r\n${host}\r\n`, 505],
  ["version 1.2", `GET / HTTP/1.2\r\n${host}\r\n`, 505],
  ["a version in lower case", `GET / http/1.1\r\n${host}\r\n`, 400],
  ["no version", `GET /\r\n${host}\r\n`, 400],
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400, 501, 505]],
  ["a TLS greeting", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400],
  ["an unknown expectation", `POST /api/session HTTP/1.1\r\n${host}Content-Length: 5\r\nExpect: something\r\n\r\nhello`, 417],
  ["a chunk with an extension", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n5;x=${"y".repeat(50)}\r\nhello\r\n0\r\n\r\n`, 400],
  ["a chunk size in a sign", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n`, 400],
  ["a chunk size of 0x5", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n`, 400],
  ["a chunk size beyond 64 bits", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n10000000000000005\r\nhello\r\n0\r\n\r\n`, 400],
  ["a chunk longer than its size", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n`, 400],
  ["a chunk that ends in a bare LF", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\n0\r\n\r\n`, 400],
  ["a trailer", `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 40\r\n\r\n`, 400],
  ["a hundred and twenty headers", `GET / HTTP/1.1\r\n${host}${Array.from({ length: 120 }, (_, i) => `X-${i}: a\r\n`).join("")}\r\n`, 431],
];

describe("hostile framings", () => {
  it("are refused, the connection is closed and nothing behind them is answered", async () => {
    expect(hostile.length).toBeGreaterThanOrEqual(40);
    const wrong = [];
    for (const [name, bytes, status] of hostile) {
      const answer = await rawRequest(city.port(), bytes + smuggled);
      if (answer.statuses.length !== 1 || ![].concat(status).includes(answer.statuses[0])) wrong.push(`${name}: ${answer.statuses} instead of ${status}`);
      if (!answer.closed) wrong.push(`${name}: the connection stays open`);
      if (answer.text.includes("\r\n\r\nok\n")) wrong.push(`${name}: the smuggled request was answered`);
      if (!/\r\nconnection: close\r\n/i.test(answer.text)) wrong.push(`${name}: does not say that it closes`);
    }
    expect(wrong).toEqual([]);
  });

  it("are refused in the same way when they arrive byte by byte", async () => {
    const wrong = [];
    for (const [name, bytes, status] of hostile.filter(([, text]) => text.length < 120).slice(0, 12)) {
      const answer = await rawRequest(city.port(), [...bytes].concat(smuggled), { pause: 1 });
      if (answer.statuses.length !== 1 || ![].concat(status).includes(answer.statuses[0]) || !answer.closed) wrong.push(`${name}: ${answer.statuses} instead of ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe("limits", () => {
  it("refuses a header that is too large with 431, whole or without an end", async () => {
    const large = await rawRequest(city.port(), `GET / HTTP/1.1\r\n${host}X-A: ${"a".repeat(17_000)}\r\n\r\n`);
    expect([large.statuses, large.closed]).toEqual([[431], true]);
    const endless = await rawRequest(city.port(), `GET / HTTP/1.1\r\n${host}${"X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(600)}`);
    expect([endless.statuses, endless.closed]).toEqual([[431], true]);
  });

  it("refuses a body that is too large with 413 before reading it", async () => {
    const told = await rawRequest(city.port(), `POST /api/duties HTTP/1.1\r\n${host}Content-Length: 300000\r\n\r\n`);
    expect([told.statuses, told.closed]).toEqual([[413], true]);
    const huge = await rawRequest(city.port(), `POST /api/duties HTTP/1.1\r\n${host}Content-Length: 999999999999999999\r\n\r\n`);
    expect([huge.statuses, huge.closed]).toEqual([[413], true]);
    const chunk = "4000\r\n" + "a".repeat(0x4000) + "\r\n";
    const chunked = await rawRequest(city.port(), [`POST /api/duties HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`, chunk.repeat(20)]);
    expect([chunked.statuses, chunked.closed]).toEqual([[413], true]);
    // A path that takes no body takes none.
    const nowhere = await rawRequest(city.port(), `POST /nowhere HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nhello`);
    expect([nowhere.statuses, nowhere.closed]).toEqual([[404], true]);
  });

  it("does not ask for the body of a request that it will refuse", async () => {
    const answer = await rawRequest(city.port(), `POST /api/duties HTTP/1.1\r\n${host}Content-Length: 300000\r\nExpect: 100-continue\r\n\r\n`);
    expect(answer.statuses).toEqual([413]);
    const good = await rawRequest(city.port(), `POST /api/session HTTP/1.1\r\n${host}Content-Length: ${sign_in.length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`, { wait: 500 });
    expect(good.statuses).toEqual([100]);
  });

  it("cuts a header that comes too slowly, within its limit", async () => {
    const slow = await rawRequest(city.port(), ["GET / HTTP/1.1\r\n", ...Array.from({ length: 40 }, (_, i) => `X-${i}: a\r\n`)], { pause: 300, wait: 15_000 });
    expect(slow.closed).toBe(true);
    expect(slow.ms).toBeGreaterThan(3_000);
    expect(slow.ms).toBeLessThan(9_000);
    expect(slow.text).toBe("");
  });

  it("cuts a body that comes too slowly, within its limit", async () => {
    const slow = await rawRequest(city.port(), [`POST /api/session HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\n`, ..."x".repeat(60)], { pause: 300, wait: 20_000 });
    expect(slow.closed).toBe(true);
    expect(slow.ms).toBeLessThan(10_000);
  });

  it("lets a slow peer keep nobody else waiting", async () => {
    const slow = Array.from({ length: 200 }, () => rawRequest(city.port(0), `GET / HTTP/1.1\r\n${host}`, { wait: 8_000 }));
    const began = Date.now();
    for (let i = 0; i < 5; ++i) expect((await send(city.port(0), "GET", "/healthz")).status).toBe(200);
    expect(Date.now() - began).toBeLessThan(2_000);
    for (const answer of await Promise.all(slow)) expect(answer.closed).toBe(true);
  });
});

describe("ordinary requests", () => {
  it("may come in chunks of any size", async () => {
    const body = JSON.stringify(newDuty(construction.id, { title: "分段傳送" }));
    const bytes = Buffer.from(body);
    const parts = [`POST /api/duties HTTP/1.1\r\n${host}Cookie: ${controller.cookie}\r\nX-Form-Token: ${controller.form_token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`];
    for (let at = 0; at < bytes.length; at += 7) {
      const piece = bytes.subarray(at, at + 7);
      parts.push(Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]));
    }
    parts.push("0\r\n\r\n");
    const answer = await rawRequest(city.port(), parts, { pause: 1 });
    expect(answer.statuses).toEqual([200]);
    expect(Buffer.from(answer.text, "latin1").toString("utf8")).toContain("分段傳送");
  });

  it("may be sent one behind the other and are answered in order", async () => {
    const get = (path, more = "") => `GET ${path} HTTP/1.1\r\n${host}${more}\r\n`;
    const answer = await rawRequest(city.port(), get("/healthz") + get("/api/plans") + get("/nowhere") + get("/healthz") + get("/readyz", "Connection: close\r\n"));
    expect(answer.statuses).toEqual([200, 401, 404, 200, 200]);
    expect(answer.closed).toBe(true);
    expect(answer.text.lastIndexOf("ready\n")).toBeGreaterThan(answer.text.lastIndexOf("ok\n"));
  });

  it("answer HEAD with the headers of GET and no body", async () => {
    const { socket: _, ...get } = await send(city.port(0), "GET", "/");
    const head = await send(city.port(0), "HEAD", "/");
    expect(head.status).toBe(200);
    expect(head.text).toBe("");
    expect(head.headers["content-type"]).toBe(get.headers["content-type"]);
    expect(Number(head.headers["content-length"])).toBe(get.raw.length);
    const raw = await rawRequest(city.port(0), `HEAD / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
    expect(raw.text.endsWith("\r\n\r\n")).toBe(true);
  });

  it("in HTTP/1.0 are answered and the connection closed", async () => {
    const answer = await rawRequest(city.port(), "GET /healthz HTTP/1.0\r\n\r\n");
    expect([answer.statuses, answer.closed]).toEqual([[200], true]);
  });

  it("get 405 where the path is known and the method is not", async () => {
    for (const [method, path] of [["DELETE", "/api/duties"], ["PATCH", "/api/duties/1"], ["GET", "/api/plan-imports"], ["POST", "/api/roles"], ["PUT", "/"], ["OPTIONS", "/api/duties"]]) {
      const answer = await controller.call(method, path);
      expect(answer.status, `${method} ${path}`).toBe(405);
      expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    }
  });

  it("get problem details in their own language when there is no such route", async () => {
    const zh = await city.client().get("/api/nowhere");
    const en = await city.client({ language: "en" }).get("/api/nowhere");
    for (const answer of [zh, en]) {
      expect(answer.status).toBe(404);
      expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
      expect(Object.keys(answer.body).sort()).toEqual(["detail", "fields", "instance", "key", "status", "title", "type"]);
      expect(answer.body).toMatchObject({ status: 404, key: "fault.no_route", type: "/problems/fault.no_route", fields: [] });
      expect(answer.body.instance).toBe(answer.headers["x-request-id"]);
    }
    expect(zh.body.title).toBe("查無資料");
    expect(en.body.title).toBe("Not found");
    const page = await city.client({ language: "en" }).get("/nowhere");
    expect(page.status).toBe(404);
    expect(page.headers["content-type"]).toMatch(/^text\/html/);
    expect(page.text).toContain("There is no such page");
  });
});

describe("bodies", () => {
  const fields = answer => answer.body.fields.map(field => `${field.path} ${field.key}`);
  const post = body => controller.post("/api/duties", body);

  it("are refused by the name of a member that nobody knows", async () => {
    const answer = await post({ ...newDuty(construction.id), colour: "red", recurrence: { every: "month", months: [], day: 7, hour: 3 } });
    expect(answer.status).toBe(422);
    expect(fields(answer).sort()).toEqual(["colour input.unknown", "recurrence.hour input.unknown"]);
    // A member that the path names is a second opinion.
    expect(fields(await controller.post("/api/duties/5/completion", { id: "6", evidence: "x" }))).toEqual(["id input.unknown"]);
  });

  it("are refused by the path of every member of a wrong type, all at once", async () => {
    const answer = await post({ title: 5, origin: [], agency_id: 77, due_on: "2026-02-30", severity: "dire", confidentiality: false, recurrence: { every: "now", months: ["x", 2, null], day: "7" } });
    expect(answer.status).toBe(422);
    expect(fields(answer).sort()).toEqual(
      [
        "agency_id input.expected_id", "confidentiality input.expected_choice", "due_on input.expected_date", "origin input.expected_text", "recurrence.day input.expected_integer", "recurrence.every input.expected_choice",
        "recurrence.months[0] input.expected_integer", "recurrence.months[2] input.expected_integer", "severity input.expected_choice", "title input.expected_text",
      ].sort(),
    );
    const choices = answer.body.fields.find(field => field.path === "severity").message;
    expect(choices).toContain("normal, high, critical");
  });

  it("are refused by the path of every member that is missing", async () => {
    const answer = await post({});
    expect(fields(answer).sort()).toEqual(["agency_id input.required", "due_on input.required", "origin input.required", "title input.required"]);
  });

  it("that are no JSON are refused, whatever they are", async () => {
    const bad = ["{", "nonsense", "{}{}", "{} x", "{'a':1}", "{\"title\":\"\u0001\"}", "{\"title\":\"\\ud800\"}", "// no\n{}", "[1,]", "\u0000", "{\"title\": NaN}", "\xef\xbb\xbf"];
    for (const text of bad) {
      const answer = await post(text);
      expect(answer.status, JSON.stringify(text)).toBe(422);
      expect(["input.not_json", "input.required"], JSON.stringify(text)).toContain(answer.body.fields[0].key);
    }
    for (const text of ["[]", "\"text\"", "5", "null", "true"]) expect(fields(await post(text)), text).toEqual([" input.expected_object"]);
  });

  it("nested a thousand deep are refused", async () => {
    for (const text of ["[".repeat(1000) + "]".repeat(1000), `{"title":${"{\"a\":".repeat(50_000)}1${"}".repeat(50_000)}}`.slice(0, 250_000), "[".repeat(200_000)]) {
      const answer = await post(text);
      expect(answer.status).toBe(422);
      expect(answer.body.fields[0].key).toBe("input.not_json");
    }
  });

  it("with a character that no database keeps are refused by its path", async () => {
    expect(fields(await post(newDuty(construction.id, { title: "a\u0000b" })))).toEqual(["title input.nul"]);
    expect(fields(await post(newDuty(construction.id, { detail: "\u0000" })))).toEqual(["detail input.nul"]);
    expect(fields(await controller.post("/api/plan-imports", { file_name: "x", text: "臺中市\u0000" }))).toEqual(["text input.nul"]);
    // Other signs are kept as they are.
    for (const title of ["第一行\n第二行", "左\u202e右", "😀", "é", "𠮷野家"]) {
      const made = await post(newDuty(construction.id, { title }));
      expect(must(await controller.get(`/api/duties/${made.body.duty.id}`)).duty.title).toBe(title);
    }
  });

  it("of blanks alone count as missing", async () => {
    for (const title of ["   ", "\u3000\u3000", "\n\t "]) expect(fields(await post(newDuty(construction.id, { title }))), JSON.stringify(title)).toEqual(["title input.required"]);
  });

  it("with bytes that are no UTF-8 are refused", async () => {
    const bytes = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from(`","origin":"own","agency_id":"${construction.id}","due_on":"2026-12-15"}`)]);
    const answer = await send(city.port(), "POST", "/api/duties", { Cookie: controller.cookie, "X-Form-Token": controller.form_token, "Content-Type": "application/json" }, bytes);
    expect(answer.status).toBe(422);
  });

  it("hold texts of the greatest length and not one more", async () => {
    expect((await post(newDuty(construction.id, { title: "字".repeat(200) }))).status).toBe(200);
    const answer = await post(newDuty(construction.id, { title: "字".repeat(201) }));
    expect(fields(answer)).toEqual(["title input.too_long"]);
    expect((await post(newDuty(construction.id, { detail: "字".repeat(4001) }))).status).toBe(422);
    expect((await post(newDuty(construction.id, { title: "" }))).status).toBe(422);
  });

  it("of queries are checked like those of requests", async () => {
    expect(fields(await controller.get("/api/duties?colour=red"))).toEqual(["colour input.unknown"]);
    expect(fields(await controller.get("/api/duties?state=gone&limit=x&due_from=soon")).sort()).toEqual(["due_from input.expected_date", "limit input.expected_integer", "state input.expected_choice"]);
    expect(fields(await controller.get("/api/duties/abc"))).toEqual(["id input.expected_id"]);
    expect((await controller.get("/api/duties/99999999999999999999")).status).toBe(422);
    expect((await controller.get("/api/duties/-1")).status).toBe(422);
    expect((await controller.get("/api/duties/1")).status).toBe(404);
  });

  it("are answered in the language that is asked for", async () => {
    const en = await controller.post("/api/duties", {}, { headers: { "Accept-Language": "en-GB,en;q=0.9" } });
    expect(en.body.title).toBe("Some input is not right");
    const zh = await controller.post("/api/duties", {}, { headers: { "Accept-Language": "zh-TW,en;q=0.5" } });
    expect(zh.body.title).toBe("輸入內容有誤");
  });
});

it("serves on after all of that", async () => {
  expect(must(await controller.get("/api/session")).account.login_name).toBe("controller");
  agent.destroy();
});
