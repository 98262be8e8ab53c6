// What is being built near me, how late, why: the public pages of works, by a citizen with and without scripts, at two widths.
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

const press = async (page, link) => {
  await link.click();
  await page.waitForLoadState("load");
};

for (const [width, scheme] of [[1440, "light"], [390, "dark"], [390, "light"], [1440, "dark"]]) {
  test(`from the front page to a work behind plan and one without reports at ${width} px, ${scheme}`, { skip }, async () => {
    const { context, page, complaints } = await openWindow(browser, { width, scheme });
    await visit(page, `${server.base}/`);
    await press(page, page.getByRole("navigation").getByRole("link", { name: "工程進度" }));
    assert.match(await page.locator(".lead").innerText(), /\d+ 件施工或辦理中，其中 \d+ 件進度落後/);
    await inspect(page, complaints, `works-${width}-${scheme}`);
    await press(page, page.getByRole("link", { name: "太平區" }));
    await inspect(page, complaints, `works-district-${width}-${scheme}`);
    await press(page, page.getByRole("link", { name: /新光橋/ }));
    assert.match(await page.locator(".lead").innerText(), /原訂完成 55%，實際完成 31%，落後 24 個百分點，約落後 [\d.]+ 個月/);
    assert.match(await page.locator("main").innerText(), /天候因素/);
    assert.equal(await page.locator("main svg").count(), 1);
    await inspect(page, complaints, `works-late-${width}-${scheme}`);
    await press(page, page.getByRole("link", { name: "工程進度" }).first());
    await press(page, page.getByRole("link", { name: "沙鹿區" }));
    await press(page, page.getByRole("link", { name: /停車場/ }));
    assert.match(await page.locator("main").innerText(), /目前進度不明/);
    // The chart has an axis from 0 on; nothing that is said of the work is a 0.
    assert.doesNotMatch(await page.locator("main").evaluate((node) => {
      const words = node.cloneNode(true);
      for (const chart of words.querySelectorAll("svg")) chart.remove();
      return words.textContent;
    }), /(^|[^\d.])0%/);
    await inspect(page, complaints, `works-missing-${width}-${scheme}`);
    await context.close();
  });
}

test("works read without scripts and in English, within the limits of a first load", { skip }, async () => {
  const { context, page } = await openWindow(browser, { width: 390, script: false });
  const seen = [];
  page.on("response", (response) => seen.push(response));
  await page.goto(`${server.base}/works/66000270?lang=en`, { waitUntil: "load" });
  let bytes = 0;
  for (const response of seen) if (/css|javascript/.test(response.headers()["content-type"] ?? "")) bytes += gzipSync(await response.body(), { level: 9 }).length;
  assert.ok(bytes > 0 && bytes <= 25_000, `${bytes} bytes of script and style`);
  assert.match(await page.locator("h1").innerText(), /Works in Taiping District/);
  await press(page, page.locator("main table a").first());
  assert.match(await page.locator(".lead").innerText(), /points behind, about/);
  assert.match(page.url(), /lang=en/);
  await context.close();
});
