import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { againstStandIn, inspect, launch, openWindow, startServer, visit } from "./browser.mjs";

const skip = againstStandIn ? "skipped: the stand-in has no public pages" : false;
let browser;
let server;
before(async () => {
  if (skip) return;
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.stop();
});

/** The pages for citizens, found by following the links of the first one inside the site. */
async function addresses(page) {
  await visit(page, `${server.base}/`);
  const links = await page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.href)");
  const inside = links.filter((href) => href.startsWith(`${server.base}/`) && !href.startsWith(`${server.base}/console`) && !/\.(csv|ods|xlsx|ics|json|atom)(\?|$)/.test(href)).map((href) => href.split("#")[0]);
  return [...new Set([`${server.base}/`, ...inside])].slice(0, 12);
}

for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  test(`public pages pass axe at ${width} px, ${scheme}`, { skip }, async () => {
    const { context, page, complaints } = await openWindow(browser, { width, scheme });
    for (const address of await addresses(page)) {
      await visit(page, address);
      await inspect(page, complaints, `public ${new URL(address).pathname} ${width}`);
    }
    await context.close();
  });
}

test("public pages read without scripts", { skip }, async () => {
  const { context, page } = await openWindow(browser, { width: 390, script: false });
  await page.goto(`${server.base}/`, { waitUntil: "load" });
  assert.ok((await page.locator("h1").innerText()).length > 0);
  assert.ok((await page.locator("main").innerText()).length > 40);
  await context.close();
});

test("a first load is at most 8 requests and 25 kB of script and style", { skip }, async () => {
  const probe = await openWindow(browser);
  const all = await addresses(probe.page);
  await probe.context.close();
  for (const address of all) {
    const { context, page } = await openWindow(browser, { width: 390 });
    const seen = [];
    page.on("response", (response) => seen.push(response));
    await visit(page, address);
    let bytes = 0;
    for (const response of seen) if (/css|javascript/.test(response.headers()["content-type"] ?? "")) bytes += gzipSync(await response.body(), { level: 9 }).length;
    assert.ok(seen.length <= 8, `${address}: ${seen.length} requests`);
    assert.ok(bytes <= 25_000, `${address}: ${bytes} bytes of script and style`);
    await context.close();
  }
});
