// Working together on a duty: a checklist ticked and put in order by keyboard and by drag, links, who else is here, and the timeline; at two widths.
import assert from "node:assert/strict";
import { test } from "node:test";
import { againstStandIn, inspect, journeys, openWindow, settled, signIn } from "./browser.mjs";

const j = journeys();
const skip = againstStandIn ? "needs the program" : false;

for (const [width, scheme, at] of [[1440, "light", 3], [390, "dark", 4]]) {
  test(`a checklist, links and the timeline of a duty at ${width} px, ${scheme}`, { skip }, () => j.inside(async (page, complaints) => {
    await j.go(page, "/duties?view=city");
    const others = await page.locator("tbody a").allInnerTexts();
    await page.locator("tbody a").nth(at).click();
    const checklist = page.getByRole("list", { name: "檢核表" });
    for (const text of ["擬訂計畫", "函送各機關", "彙整回復"]) {
      await page.getByRole("textbox", { name: "新增一項" }).fill(text);
      await page.getByRole("button", { name: "新增", exact: true }).click();
      await checklist.getByText(text).waitFor();
    }
    await page.getByRole("button", { name: "將「彙整回復」上移" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("「彙整回復」移到第 2 項，共 3 項").waitFor();
    await settled(page);
    const order = async () => (await checklist.getByRole("checkbox").evaluateAll((boxes) => boxes.map((box) => box.parentElement.innerText.trim())));
    assert.deepEqual(await order(), ["擬訂計畫", "彙整回復", "函送各機關"]);
    if (width > 1000) {
      await checklist.getByRole("listitem").nth(2).dragTo(checklist.getByRole("listitem").nth(0));
      await page.getByText("「函送各機關」移到第 1 項，共 3 項").waitFor();
      await settled(page);
      assert.deepEqual(await order(), ["函送各機關", "擬訂計畫", "彙整回復"]);
    }
    await checklist.getByRole("checkbox").first().click();
    await page.getByText("已完成 1／3 項").waitFor();
    await checklist.getByText(/完成$/).waitFor();

    await page.getByRole("button", { name: "新增關聯" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("關係").selectOption({ label: "須等候完成" });
    await dialog.getByLabel(/另一筆列管事項/).fill(others[0].slice(0, 4));
    await dialog.getByRole("button", { name: "尋找" }).click();
    await dialog.getByRole("radio").first().check();
    await inspect(page, complaints, `collaboration-link-${width}-${scheme}`);
    await dialog.getByRole("button", { name: "新增關聯" }).click();
    await page.locator(".links").getByText("須等候完成").waitFor();
    await page.getByText("建立關聯（須等候另一筆）").waitFor();
    await page.getByText("完成檢核項目「").waitFor();
    await page.getByLabel("顯示").selectOption({ label: "留言" });
    await page.getByText("尚無留言紀錄。").waitFor();
    await inspect(page, complaints, `collaboration-${width}-${scheme}`);
  }, { width, scheme }));
}

test("who has a duty open is named to the others", { skip }, () => j.inside(async (page) => {
  await j.go(page, "/duties?view=city");
  await page.locator("tbody a").nth(5).click();
  await page.getByRole("heading", { name: "檢核表" }).waitFor();
  const second = await openWindow(j.browser);
  try {
    await signIn(second.page, j.server.base, { login: "rdec-head", password: "Taichung-sample-112" });
    await second.page.goto(page.url());
    await second.page.getByText(/研考會管考人員（示範） 也正在看這筆事項/).waitFor();
  } finally {
    await second.context.close();
  }
}));
