// What stands in the head of every answer, and the files of the web.
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { join } from "node:path";
import { inParallel, openapi, root, send, startCity } from "./support.mjs";

let city;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.finish());

async function visited() {
  const controller = await city.as("controller");
  const plan = (await controller.read("/api/plans")).rows.find(row => row.standing.total > 0);
  const tree = await controller.read(`/api/plans/${plan.id}`);
  let item;
  const walk = node => (node.kind === "item" && node.standing.total > 0 ? (item = node) : node.children.forEach(walk));
  tree.tree.forEach(walk);
  const pages = ["/", "/?lang=en", `/plans/${plan.id}`, `/promises/${item.id}`, "/console", "/console/", "/console/duties", `/console/duties/${item.id}`, "/console/plans/1/a/b", "/console/a/b/c/d/e", "/nowhere", "/plans/1", "/promises/x", "/plans/", "/favicon.ico"];
  const others = ["/healthz", "/readyz", "/metrics", "/api/openapi.json", "/api/nowhere", "/public/public.css", "/public/nothing.css", "/assets/nothing.js"];
  return { plan, item, pages, others };
}

const problems = (name, answer) => {
  const faults = [];
  const want = (header, value) => {
    const found = answer.headers[header];
    if (value instanceof RegExp ? !value.test(found ?? "") : found !== value) faults.push(`${name}: ${header} is ${found}`);
  };
  want("x-content-type-options", "nosniff");
  want("referrer-policy", "same-origin");
  want("cross-origin-opener-policy", "same-origin");
  want("cross-origin-resource-policy", "same-origin");
  want("content-security-policy", /default-src 'none'/);
  want("content-security-policy", /frame-ancestors 'none'/);
  want("x-request-id", /^\d+-\d+$/);
  const policy = answer.headers["content-security-policy"] ?? "";
  if (/unsafe|\*|https?:|data: *;? *script/.test(policy.replace("img-src 'self' data:", ""))) faults.push(`${name}: policy ${policy}`);
  if (/^text\/html/.test(answer.headers["content-type"] ?? "")) {
    for (const part of ["script-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'", "require-trusted-types-for 'script'"]) if (!policy.includes(part)) faults.push(`${name}: the policy lacks ${part}`);
    if (/<script(?![^>]*\bsrc=)|<style(?![^>]*\bnonce=)|\son[a-z]+=|\sstyle="/i.test(answer.text)) faults.push(`${name}: script or style within the page`);
    for (const [, url] of answer.text.matchAll(/(?:src|href|action)="([^"]*)"/g)) if (/^(https?:)?\/\//.test(url)) faults.push(`${name}: refers to ${url}`);
  }
  if (answer.headers.server) faults.push(`${name}: names its program`);
  return faults;
};

describe("heads of answers", () => {
  it("carry a strict content security policy and their companions on every page and error", async () => {
    const { pages, others } = await visited();
    const faults = [];
    for (const path of [...pages, ...others]) {
      for (const client of [city.client(), await city.as("controller"), city.client({ language: "en" })]) {
        const answer = await client.get(path);
        if (answer.status >= 500 && !path.startsWith("/console")) faults.push(`${path}: ${answer.status}`);
        faults.push(...problems(path, answer));
      }
    }
    expect(faults).toEqual([]);
  });

  it("carry them on every route of the OpenAPI document, refused or not", async () => {
    const faults = [];
    const routes = (await openapi(city)).filter(route => !route.stream);  // which ends with its session: notices.test.mjs
    const admin = await city.as("admin");
    await inParallel(routes, 4, async route => {
      const path = route.path.replace("{key}", "x").replace(/\{\w+\}/g, "1");
      for (const client of [city.client(), admin]) {
        if (route.name === "DELETE /api/session" && client === admin) continue;
        const answer = await client.call(route.method, path, route.mutating && route.method !== "DELETE" ? {} : undefined);
        faults.push(...problems(route.name, answer));
        // Wordings are kept by their ETag, and asked for again each time.
        const kept = route.name === "GET /api/labels" && answer.status === 200 ? "private, no-cache" : "no-store";
        if (answer.headers["cache-control"] !== kept) faults.push(`${route.name}: may be cached`);
        if (answer.status >= 400 && !/^application\/problem\+json/.test(answer.headers["content-type"])) faults.push(`${route.name}: ${answer.status} without problem details`);
      }
    });
    expect(faults).toEqual([]);
  });

  it("give the console a new nonce for its styles each time", async () => {
    const nonce = answer => /'nonce-([0-9a-f]{32})'/.exec(answer.headers["content-security-policy"])?.[1];
    const first = await send(city.port(), "GET", "/console/");
    const second = await send(city.port(), "GET", "/console/");
    if (first.status === 503) return expect(first.text).toContain("not built");
    expect(nonce(first)).toBeTruthy();
    expect(nonce(first)).not.toBe(nonce(second));
    expect(first.text).toContain(nonce(first));
    expect(first.text).not.toContain("__CSP_NONCE__");
  });
});

describe("files", () => {
  const assets = () => (existsSync(join(root, "web/dist/assets")) ? readdirSync(join(root, "web/dist/assets")).filter(name => /\.(js|css)$/.test(name)) : []);

  it("with a hash in their name are kept for a year", async ({ skip }) => {
    skip(assets().length === 0, "the web console is not built");
    for (const name of assets().slice(0, 5)) {
      const answer = await send(city.port(), "GET", `/assets/${name}`);
      expect(answer.status).toBe(200);
      expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      expect(answer.raw.equals(readFileSync(join(root, "web/dist/assets", name)))).toBe(true);
    }
  });

  it("of the public pages are kept for a year under their version and checked without it", async () => {
    const page = await send(city.port(), "GET", "/");
    const urls = [...page.text.matchAll(/(?:href|src)="(\/public\/[^"]+)"/g)].map(found => found[1]);
    expect(urls.length).toBeGreaterThanOrEqual(2);
    for (const url of urls) {
      expect(url).toMatch(/\?v=[0-9a-f]{8}$/);
      const answer = await send(city.port(), "GET", url);
      expect(answer.status, url).toBe(200);
      expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      const plain = await send(city.port(), "GET", url.split("?")[0]);
      expect(plain.headers["cache-control"]).toBe("public, max-age=0, must-revalidate");
      const old = await send(city.port(), "GET", `${url.split("?")[0]}?v=00000000`);
      expect(old.headers["cache-control"]).toBe("public, max-age=0, must-revalidate");
    }
  });

  it("that did not change are answered with 304", async () => {
    const first = await send(city.port(), "GET", "/public/public.css");
    const etag = first.headers.etag;
    expect(etag).toMatch(/^"[0-9a-f]{16}"$/);
    const again = await send(city.port(), "GET", "/public/public.css", { "If-None-Match": etag });
    expect([again.status, again.raw.length]).toEqual([304, 0]);
    expect(again.headers.etag).toBe(etag);
    expect((await send(city.port(), "GET", "/public/public.css", { "If-None-Match": '"other"' })).status).toBe(200);
  });

  it("and answers are compressed for whoever takes that, and not otherwise", async () => {
    const plain = await send(city.port(), "GET", "/public/public.css");
    const zipped = await send(city.port(), "GET", "/public/public.css", { "Accept-Encoding": "gzip, br" });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(zipped.headers.vary).toContain("Accept-Encoding");
    expect(zipped.headers.etag).not.toBe(plain.headers.etag);
    expect(gunzipSync(zipped.raw).equals(plain.raw)).toBe(true);
    expect(zipped.raw.length).toBeLessThan(plain.raw.length / 2);
    const controller = await city.as("controller");
    const list = await controller.get("/api/duties?limit=50", { headers: { "Accept-Encoding": "gzip" } });
    expect(list.headers["content-encoding"]).toBe("gzip");
    expect(JSON.parse(gunzipSync(list.raw).toString()).rows.length).toBeGreaterThan(10);
    // The answer that holds the form token never is.
    const session = await controller.get("/api/session", { headers: { "Accept-Encoding": "gzip" } });
    expect(session.headers["content-encoding"]).toBeUndefined();
  });

  it("outside of the web folders are not given out", async () => {
    for (const path of ["/public/../package.json", "/public/%2e%2e/package.json", "/public/..%2fpackage.json", "/assets/..%2f..%2fpackage.json", "/public/.gitignore", "/public/", "/assets/", "/public//etc/passwd", "/public/%2fetc/passwd"]) {
      const answer = await send(city.port(), "GET", path);
      expect([400, 404], path).toContain(answer.status);
    }
  });

  it("make a public first load of at most eight requests and 25 kB", async () => {
    const { plan, item } = await visited();
    for (const path of ["/", `/plans/${plan.id}`, `/promises/${item.id}`]) {
      const page = await send(city.port(), "GET", path);
      const urls = [...new Set([...page.text.matchAll(/(?:href|src)="(\/public\/[^"]+)"/g)].map(found => found[1]))];
      expect(1 + urls.length).toBeLessThanOrEqual(8);
      let bytes = 0;
      for (const url of urls.filter(one => /\.(css|js)\?/.test(one))) bytes += (await send(city.port(), "GET", url, { "Accept-Encoding": "gzip" })).raw.length;
      expect(bytes).toBeLessThanOrEqual(25 * 1024);
    }
  });
});
