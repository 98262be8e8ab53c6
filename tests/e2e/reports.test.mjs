// Files out in the browser: the export menu of a list, the page to print, a report issued and checked, a schedule made, paused and removed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { againstStandIn, inspect, journeys, settled } from "./browser.mjs";

const house = journeys();
const { inside, go } = house;
const real = { skip: againstStandIn ? "needs the program" : false };
const dialog = page => page.getByRole("dialog");

for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  test(`a list leaves as a file with the filters of its screen, and as a page to print, at ${width} px`, real, () => inside(async (page, complaints) => {
    await go(page, "/duties?lateness=overdue");
    await page.getByRole("button", { name: /^匯出/ }).click();
    await page.getByRole("menuitem", { name: /ODS/ }).waitFor();
    await inspect(page, complaints, `export menu ${width}`);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: /CSV/ }).click()]);
    assert.match(file.suggestedFilename(), /^列管事項-\d{4}-\d\d-\d\d\.csv$/);
    const lines = readFileSync(await file.path(), "utf8").trim().split("\r\n");
    assert.ok(lines.length > 1 && lines.slice(1).every(line => /逾期/.test(line)), lines.slice(0, 3).join("\n"));
    await page.getByRole("button", { name: /^匯出/ }).click();
    const [print] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("menuitem", { name: "列印版面" }).click()]);
    await print.waitForLoadState("load");
    assert.equal(await print.locator("h1").innerText(), "列管事項");
    assert.match(await print.locator(".print-facts").innerText(), /時效：逾期/);
    assert.equal(await print.locator("tbody tr").count(), lines.length - 1);
    // Style without any that the policy forbids: the sheet is there.
    assert.notEqual(await print.locator("th").first().evaluate(element => getComputedStyle(element).borderBottomWidth), "0px");
    const tooWide = await print.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert.ok(tooWide <= 0, `the page to print is ${tooWide} px too wide`);
    if (process.env.MANDATE_E2E_SHOTS) await print.screenshot({ path: `${process.env.MANDATE_E2E_SHOTS}/print_${width}.png` });
    await print.close();
  }, { width, scheme }));

  test(`a report is read, issued and checked at ${width} px`, real, () => inside(async (page, complaints) => {
    await go(page, "/reports");
    await inspect(page, complaints, `reports ${width}`);
    await page.getByRole("link", { name: "列管事項月報" }).click();
    await page.waitForURL(/\/reports\/duties-month/);
    await page.getByText("期限內完成率").first().waitFor();
    await settled(page);
    assert.ok(await page.getByRole("img", { name: /當月到期/ }).evaluate(image => image.complete && image.naturalWidth > 0), "the chart is drawn");
    await inspect(page, complaints, `report ${width}`);
    await page.getByRole("button", { name: "發布" }).click();
    await inspect(page, complaints, `issue dialog ${width}`);
    await dialog(page).getByRole("button", { name: "發布" }).click();
    await page.getByText("已發布，檔案已保存。").waitFor();
    await go(page, "/reports/issued");
    await page.getByText("列管事項月報").first().waitFor();
    await inspect(page, complaints, `issued ${width}`);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /^下載/ }).first().click()]);
    assert.match(file.suggestedFilename(), /\.ods$/);
    await page.getByRole("button", { name: /的操作$/ }).first().click();
    await page.getByRole("menuitem", { name: "核對" }).click();
    await dialog(page).getByText("逐位元組相同").waitFor();
    await dialog(page).getByText("數字完全相同").waitFor();
    await inspect(page, complaints, `comparison ${width}`);
  }, { width, scheme }));

  test(`a statistic becomes a report that is issued and sent by mail, at ${width} px`, real, () => inside(async (page, complaints) => {
    await go(page, "/statistics?by=agency&measures=owed,late&from=2026-01-01&to=2026-12-31");
    await page.getByRole("button", { name: /^儲存與分享/ }).click();
    await page.getByRole("menuitem", { name: /作為報表/ }).click();
    await page.waitForURL(/\/reports\/statistic-duties/);
    await page.getByText("應辦").first().waitFor();
    await inspect(page, complaints, `statistic as a report ${width}`);
    await page.getByRole("button", { name: "發布" }).click();
    await dialog(page).getByRole("button", { name: "發布" }).click();
    await page.getByText("已發布，檔案已保存。").waitFor();
    await page.getByRole("button", { name: "排程寄送" }).click();
    await dialog(page).getByRole("combobox", { name: "以姓名尋找收件人" }).fill("研考窗口");
    await settled(page);
    if ((await page.getByRole("option", { name: /研考窗口/ }).count()) === 0) await dialog(page).getByRole("combobox", { name: "以姓名尋找收件人" }).press("ArrowDown");
    await page.getByRole("option", { name: /研考窗口/ }).first().click();
    await inspect(page, complaints, `schedule of a statistic ${width}`);
    await dialog(page).getByRole("button", { name: "新增排程" }).click();
    await page.getByText("排程已建立。").waitFor();
    await page.getByRole("link", { name: "回到統計" }).click();
    await page.waitForURL(/\/statistics\?.*by=agency/);
    // Out of the way of the next journey.
    await go(page, "/reports/schedules");
    await page.getByRole("button", { name: /的操作$/ }).first().click();
    await page.getByRole("menuitem", { name: "移除" }).click();
    await dialog(page).getByRole("button", { name: "移除" }).click();
    await page.getByText("排程已移除。").waitFor();
  }, { width, scheme }));

  test(`a report is scheduled by mail, paused and removed at ${width} px`, real, () => inside(async (page, complaints) => {
    await go(page, "/reports/schedules");
    await inspect(page, complaints, `schedules empty ${width}`);
    await page.getByRole("button", { name: "新增排程" }).first().click();
    await dialog(page).getByRole("button", { name: "新增排程" }).click();
    assert.match(await dialog(page).getByRole("alert").innerText(), /收件人/);
    await dialog(page).getByRole("combobox", { name: "以姓名尋找收件人" }).fill("研考窗口");
    await settled(page);
    // On a phone the window moves under the keyboard and the list may have closed.
    if ((await page.getByRole("option", { name: /研考窗口/ }).count()) === 0) await dialog(page).getByRole("combobox", { name: "以姓名尋找收件人" }).press("ArrowDown");
    await page.getByRole("option", { name: /研考窗口/ }).first().click();
    await dialog(page).getByRole("list", { name: "收件人" }).getByText("研考窗口").waitFor();
    await inspect(page, complaints, `schedule dialog ${width}`);
    await dialog(page).getByRole("button", { name: "新增排程" }).click();
    await page.getByText("排程已建立。").waitFor();
    await page.getByText("進行中").first().waitFor();
    await inspect(page, complaints, `schedules ${width}`);
    const menu = () => page.getByRole("button", { name: /的操作$/ }).first().click();
    await menu();
    await page.getByRole("menuitem", { name: "暫停" }).click();
    await page.getByText("已暫停").first().waitFor();
    await menu();
    await page.getByRole("menuitem", { name: "寄送紀錄" }).click();
    await dialog(page).waitFor();
    await inspect(page, complaints, `history ${width}`);
    await dialog(page).getByRole("button", { name: "關閉" }).click();
    await menu();
    await page.getByRole("menuitem", { name: "移除" }).click();
    await inspect(page, complaints, `removal of a schedule ${width}`);
    await dialog(page).getByRole("button", { name: "移除" }).click();
    await page.getByText("排程已移除。").waitFor();
  }, { width, scheme }));
}
