// Calendar links: made, shown once, listed and revoked; at two widths.
import assert from "node:assert/strict";
import { test } from "node:test";
import { againstStandIn, inspect, journeys, settled } from "./browser.mjs";

const j = journeys();
const skip = againstStandIn ? "needs the program" : false;

for (const [width, scheme] of [[1440, "dark"], [390, "light"]]) {
  test(`a calendar link is made, read and revoked at ${width} px, ${scheme}`, { skip }, () => j.inside(async (page, complaints) => {
    await j.go(page, "/account/feeds");
    await page.getByRole("button", { name: "建立連結" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("內容").selectOption({ label: "機關的列管事項" });
    await dialog.getByRole("combobox", { name: "機關" }).fill("建設局");
    await page.getByRole("option").first().click();
    await dialog.getByLabel("提醒").selectOption({ label: "前 3 日上午 9 時" });
    await inspect(page, complaints, `feeds-create-${width}-${scheme}`);
    await dialog.getByRole("button", { name: "建立連結" }).click();
    await page.getByRole("heading", { name: "請立即複製連結" }).waitFor();
    const address = await page.locator("code.secret").innerText();
    const answer = await fetch(address);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /^BEGIN:VCALENDAR\r\n/);
    await inspect(page, complaints, `feeds-made-${width}-${scheme}`);
    await page.getByRole("dialog").getByRole("button", { name: "關閉" }).click();
    await page.reload();
    await settled(page);
    const row = page.getByRole("row").filter({ hasText: "建設局" });
    await row.waitFor();
    assert.doesNotMatch(await page.locator("main").innerText(), /feeds\/calendar/);
    await inspect(page, complaints, `feeds-${width}-${scheme}`);
    await row.getByRole("button", { name: /撤銷/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "撤銷" }).click();
    await page.getByRole("heading", { name: "尚未建立訂閱連結" }).waitFor();
    assert.equal((await fetch(address)).status, 404);
  }, { width, scheme }));
}
