// Work under control in the browser: a tender is created and set up, approved, filed with the last period beside it, reviewed; lists and cycles are read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { account, againstStandIn, inspect, journeys } from "./browser.mjs";

const house = journeys();
const { inside, go } = house;
const real = { skip: againstStandIn ? "needs the program" : false };
const as = (login, more = {}) => ({ as: { login, password: account.password }, ...more });
const now = new Date(Date.now() + 8 * 3_600_000); // in Taipei
const roc = (year, month, day) => `${year - 1911}/${String(month).padStart(2, "0")}/${String(day).padStart(2, "0")}`;
/** The first day of the month so many months from this one. */
const month = count => {
  const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + count, 1));
  return roc(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
};
const title = width => `豐原大道拓寬工程 ${width}`;

for (const width of [390, 1440]) {
  test(`a tender is set up, approved, filed and found at ${width}`, real, async () => {
    let address = "";
    await inside(async (page, complaints) => {
      await go(page, "/tracking/new");
      await page.getByRole("button", { name: "建立" }).click();
      assert.match(await page.getByRole("alert").innerText(), /標案名稱/);
      await page.getByLabel(/標案名稱/).fill(title(width));
      await page.getByRole("combobox", { name: /主辦機關/ }).fill("建設局");
      await page.getByRole("option", { name: /建設局/ }).first().click();
      await page.getByLabel("行政區").selectOption({ label: "豐原區" });
      await page.getByLabel(/工程預算/).fill("60,000,000");
      await inspect(page, complaints, `new tender ${width}`);
      await page.getByRole("button", { name: "建立" }).click();
      await page.getByRole("heading", { name: "設定檢核點與預定進度" }).waitFor();
      const steps = [["規劃設計", "20", month(1)], ["完工", "80", month(4)]];
      for (const [at, [name, weight, finish]] of steps.entries()) {
        if (at > 0) await page.getByRole("button", { name: "加一個檢核點" }).click();
        await page.getByLabel(/^檢核點/).nth(at).fill(name);
        await page.getByLabel(/權重/).nth(at).fill(weight);
        await page.getByRole("textbox", { name: /預定完成/ }).nth(at).fill(finish);
      }
      await page.getByRole("textbox", { name: /第一期/ }).fill(month(-1));
      await page.getByLabel(/各期累計百分比/).fill("30 60 50 100");
      await page.getByRole("button", { name: "儲存" }).click();
      await page.getByText("預定累計進度低於前一期").first().waitFor();
      await page.getByLabel(/各期累計百分比/).fill("30 60 80 100");
      await inspect(page, complaints, `set-up ${width}`);
      await page.getByRole("button", { name: "儲存" }).click();
      await page.getByRole("heading", { name: title(width) }).waitFor();
      address = new URL(page.url()).pathname.replace("/console", "");
      await page.getByRole("button", { name: "送審設定" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "送審設定" }).click();
      await page.getByText("設定審查中").first().waitFor();
      await page.getByRole("button", { name: "審查設定" }).click();
      await page.getByRole("dialog").getByLabel(/核定文號/).fill("府授研管字第1號");
      await page.getByRole("dialog").getByRole("button", { name: "審查設定" }).click();
      await page.getByText("列管執行中").first().waitFor();
      await inspect(page, complaints, `item ${width}`);
      // The month before is asked for, so that there is something to file today.
      await page.getByRole("button", { name: "補填一期" }).click();
      await page.getByRole("dialog").getByRole("textbox", { name: /期別/ }).fill(month(-1));
      await page.getByRole("dialog").getByRole("button", { name: "補填一期" }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.getByRole("link", { name: /^填報 / }).first().click();
      await page.getByRole("heading", { name: "本期辦理情形" }).waitFor();
      await page.getByLabel(/本期實際累計/).first().fill("12.5");
      await page.getByText("落後 17.5 點").first().waitFor();
      await page.getByRole("textbox", { name: /本期辦理情形/ }).fill("完成測量及地質鑽探。");
      await page.getByRole("button", { name: "送出" }).click();
      await page.getByText(/有 6 個地方需要修正/).waitFor();
      await inspect(page, complaints, `filing with faults ${width}`);
      await page.getByLabel(/落後因素/).selectOption("天候因素");
      await page.getByLabel(/責任歸屬/).selectOption("不可歸責");
      await page.getByRole("textbox", { name: /改善期限/ }).fill(month(2));
      await page.getByLabel(/落後原因分析/).fill("連日豪雨，鑽探延後。");
      await page.getByLabel(/因應對策/).fill("增加機組，趕辦鑽探。");
      await page.getByLabel(/需協調事項/).fill("無");
      await page.getByRole("button", { name: "送出" }).click();
      await page.getByText("已送出", { exact: false }).first().waitFor();
      await inspect(page, complaints, `filed ${width}`);
      await go(page, "/tracking?view=severe");
      await page.getByRole("link", { name: title(width) }).first().waitFor();
      await inspect(page, complaints, `list ${width}`);
      await go(page, "/tracking/cycles");
      await page.getByRole("heading", { name: "填報週期" }).waitFor();
      await inspect(page, complaints, `cycles ${width}`);
    }, as("controller", { width, scheme: width === 390 ? "dark" : "light" }));
    await inside(async (page, complaints) => {
      await go(page, address);
      await page.getByRole("link", { name: /^\d{3}-\d{2}$/ }).first().click();
      await page.getByRole("heading", { name: "審核意見" }).waitFor();
      await page.getByLabel("審核評等").selectOption({ label: "嚴重落後" });
      await inspect(page, complaints, `review ${width}`);
      await page.getByRole("button", { name: "審核通過" }).click();
      await page.getByText("已通過 1／2 關審核").waitFor();
    }, as("agency-head", { width }));
  });
}
