// Meetings in the browser: a series is made, a meeting planned, its agenda filled and frozen into a pack, held, decided, minuted; the decision comes back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { againstStandIn, inspect, journeys, settled } from "./browser.mjs";

const house = journeys();
const { inside, go } = house;
const real = { skip: againstStandIn ? "needs the program" : false };
const dialog = page => page.getByRole("dialog");
const button = (page, name) => page.getByRole("button", { name, exact: true });

async function chooseAgency(page, label, name) {
  const box = dialog(page).getByRole("combobox", { name: label });
  await box.fill(name);
  await page.getByRole("option", { name: new RegExp(name) }).first().click();
}

for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  test(`a meeting from its series to its approved minutes at ${width} px`, real, () => inside(async (page, complaints) => {
    const name = `推動委員會測試 ${width}`;
    await go(page, "/meetings");
    await page.getByRole("link", { name: "標案進度管制會報" }).first().waitFor();
    await inspect(page, complaints, `meetings ${width}`);
    await page.getByRole("tab", { name: "決議追蹤" }).click();
    await page.waitForURL(/view=decisions/);
    await go(page, "/meetings?view=decisions&state=withdrawn"); // open ones may be there from the journey before
    await page.getByText("沒有符合的決議").waitFor();
    await inspect(page, complaints, `meeting decisions empty ${width}`);
    await page.getByRole("tab", { name: "會議系列" }).click();
    await page.getByText("重大工程品質推動委員會").first().waitFor();
    await inspect(page, complaints, `meeting series ${width}`);
    await button(page, "建立會議系列").click();
    await dialog(page).getByRole("button", { name: "儲存" }).click();
    await dialog(page).getByRole("alert").waitFor();
    await inspect(page, complaints, `series dialog faults ${width}`);
    await dialog(page).getByLabel(/^會議名稱/).fill(name);
    await dialog(page).getByLabel("類別").selectOption("committee");
    await chooseAgency(page, /^主辦機關/, "研考會");
    await dialog(page).getByText(/^逾期列管事項（按機關）/).click();
    await dialog(page).getByText(/^嚴重逾期事項/).click();
    await dialog(page).getByRole("button", { name: "儲存" }).click();
    await page.getByText("會議系列已建立").waitFor();
    await page.getByText(name).first().waitFor();
    await page.getByRole("button", { name: `「${name}」的操作` }).click();
    await page.getByRole("menuitem", { name: "排定會議" }).click();
    await inspect(page, complaints, `plan dialog ${width}`);
    await dialog(page).getByRole("button", { name: "排定會議" }).click();
    await page.waitForURL(/\/meetings\/\d+/);
    await page.getByText("議程尚未開放").waitFor();
    await inspect(page, complaints, `meeting planned ${width}`);

    await button(page, "開放議程").click();
    await page.getByText(/規則 duties\.late 第 1 版/).waitFor();
    await page.getByText(/個機關有逾期事項共/).first().waitFor();
    await settled(page);
    assert.ok(await page.getByRole("img", { name: /個機關有逾期事項/ }).evaluate(image => image.complete && image.naturalWidth > 0), "the chart is drawn");
    await inspect(page, complaints, `agenda ${width}`);
    await button(page, "列入議案").click();
    await dialog(page).getByLabel(/^案由/).fill("管線遷移協調");
    await dialog(page).getByRole("button", { name: "列入議案" }).click();
    await dialog(page).getByRole("alert").waitFor();
    await inspect(page, complaints, `entry dialog faults ${width}`);
    await dialog(page).getByLabel(/^列入理由/).fill("跨機關協調");
    await chooseAgency(page, /^相關機關/, "水利局");
    await dialog(page).getByRole("button", { name: "列入議案" }).click();
    await page.getByText("議案已列入").waitFor();
    await page.getByRole("heading", { name: "管線遷移協調" }).waitFor();
    // By keyboard: take it off again, with the reason.
    await page.getByRole("button", { name: "不列入「管線遷移協調」" }).focus();
    await page.keyboard.press("Enter");
    await dialog(page).getByLabel(/^不列入的理由/).fill("已另案協調");
    await page.keyboard.press("Tab");
    await dialog(page).getByRole("button", { name: "不列入" }).click();
    await page.getByText("不列入：已另案協調").waitFor();

    await button(page, "凍結會議資料").click();
    await inspect(page, complaints, `freeze dialog ${width}`);
    await dialog(page).getByRole("button", { name: "凍結會議資料" }).click();
    await page.getByText(/SHA-256 [0-9a-f]{64}/).first().waitFor();
    assert.equal(await button(page, "列入議案").count(), 0);
    const [print] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("link", { name: "列印", exact: true }).click()]);
    await print.waitForLoadState("load");
    assert.match(await print.locator("h1").innerText(), new RegExp(name));
    assert.match(await print.locator("main").innerText(), /議程規則 duties\.late 第 1 版/);
    assert.ok(await print.locator("svg.chart").first().isVisible());
    const tooWide = await print.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert.ok(tooWide <= 0, `the page to print is ${tooWide} px too wide`);
    if (process.env.MANDATE_E2E_SHOTS) await print.screenshot({ path: `${process.env.MANDATE_E2E_SHOTS}/pack_${width}.png`, fullPage: true });
    await print.close();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "可驗證檔案" }).click()]);
    assert.match(file.suggestedFilename(), /\.json$/);

    await button(page, "登錄已召開").click();
    await dialog(page).getByRole("button", { name: "登錄已召開" }).click();
    await page.getByText("已登錄召開").waitFor();
    await button(page, "登錄決議").click();
    await dialog(page).getByRole("button", { name: "登錄決議" }).click();
    await dialog(page).getByRole("alert").waitFor();
    await inspect(page, complaints, `decision dialog faults ${width}`);
    await dialog(page).getByLabel(/^決議內容/).fill("請水利局於期限前完成管線遷移。");
    await chooseAgency(page, /^承辦機關/, "水利局");
    await dialog(page).getByRole("textbox", { name: /^期限/ }).fill("119/12/31");
    await dialog(page).getByRole("button", { name: "登錄決議" }).click();
    await page.getByText("決議已登錄，並已列管").waitFor();
    await button(page, "登錄出席").click();
    await dialog(page).getByRole("button", { name: "加入一人" }).click();
    await dialog(page).getByLabel("人員").last().fill("外聘委員");
    await inspect(page, complaints, `attendance dialog ${width}`);
    await dialog(page).getByRole("button", { name: "儲存" }).click();
    await page.getByText("出席已登錄").waitFor();
    await button(page, "撰寫紀錄").click();
    await dialog(page).getByLabel(/^紀錄內容/).fill("一、逐案檢討。\n二、照案通過。");
    await dialog(page).getByRole("button", { name: "儲存" }).click();
    await page.getByText("紀錄已儲存").waitFor();
    await button(page, "核定紀錄").click();
    await dialog(page).getByRole("button", { name: "核定紀錄" }).click();
    await page.getByText("紀錄已核定").first().waitFor();
    await inspect(page, complaints, `meeting over ${width}`);
    await go(page, "/meetings?view=decisions");
    await page.getByText("請水利局於期限前完成管線遷移。").first().waitFor();
    await inspect(page, complaints, `meeting decisions ${width}`);
  }, { width, scheme }));
}
