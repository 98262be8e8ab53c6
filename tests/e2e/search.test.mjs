// The search page and the palette, in the browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { againstStandIn, inspect, journeys, settled } from "./browser.mjs";

const house = journeys();
const { inside, go, newDuty } = house;
const real = { skip: againstStandIn ? "needs the program" : false };
const dialog = page => page.getByRole("dialog");

for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  test(`search finds, marks, narrows and pages at ${width} px, ${scheme}`, real, () => inside(async (page, complaints) => {
    const mark = `騎樓${width}`;
    const duty = await newDuty(`臺灣大道${mark}整平`, { detail: "第３期工程，含路燈與號誌", origin: "council" });
    await go(page, "/search");
    await page.getByText("要找什麼？").waitFor();
    await inspect(page, complaints, `search empty ${width}`);
    await page.getByRole("searchbox", { name: "編號、字詞、機關或人員" }).fill(`台灣大道 ${mark} 第3期`);
    await page.keyboard.press("Enter");
    const hit = page.getByRole("link", { name: duty.title });
    await hit.waitFor();
    assert.equal(await page.locator(".hits mark").first().innerText(), `臺灣大道${mark}`);
    assert.equal(await page.locator(".hits__excerpt mark").first().innerText(), "第３期");
    assert.match(page.url(), /q=/);
    await inspect(page, complaints, `search found ${width}`);
    if (width < 500) await page.getByRole("button", { name: "篩選條件" }).click();
    await page.getByLabel("狀態").selectOption("done");
    await page.getByText("找不到符合的資料").waitFor();
    await inspect(page, complaints, `search nothing ${width}`);
    await page.getByRole("button", { name: "清除篩選" }).click();
    await hit.click();
    await page.waitForURL(new RegExp(`/duties/${duty.id}$`));
    await go(page, "/search?q=%E5%A7%94%E5%93%A1%E6%9C%83");
    await page.getByRole("heading", { name: "機關與人員" }).waitFor();
    await inspect(page, complaints, `search places ${width}`);
    await go(page, "/search");
    await page.getByRole("button", { name: `台灣大道 ${mark} 第3期` }).click(); // what was looked for before
    await hit.waitFor();
  }, { width, scheme }));

  test(`the palette opens by Ctrl-K, finds records, pages and actions, all by keyboard, at ${width} px, ${scheme}`, real, () => inside(async (page, complaints) => {
    const duty = await newDuty(`快速查詢測試事項${width}`);
    await page.keyboard.press("Control+k");
    const box = dialog(page).getByRole("combobox");
    await box.waitFor();
    await inspect(page, complaints, `palette ${width}`);
    await box.fill(`快速查詢測試事項${width}`);
    await dialog(page).getByRole("option", { name: new RegExp(duty.number) }).waitFor();
    await inspect(page, complaints, `palette found ${width}`);
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/duties/${duty.id}$`));
    await dialog(page).waitFor({ state: "detached" });
    await settled(page);
    await page.keyboard.press("Control+k");
    await box.fill("參數");
    await dialog(page).getByRole("option", { name: /管考參數/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/policies$/);
    await settled(page);
    await page.keyboard.press("Control+k");
    await box.fill("新增列管");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/duties\/new$/);
    await settled(page);
    await page.keyboard.press("Control+k");
    await box.fill("完全不存在的字");
    await dialog(page).getByRole("option", { name: /全部結果/ }).waitFor();
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "查詢" }).first().click();
    await box.waitFor();
    await page.keyboard.press("Control+k");
    await dialog(page).waitFor({ state: "detached" });
  }, { width, scheme }));
}
