import assert from "node:assert/strict";
import { test } from "node:test";
import { account, admin, againstStandIn, inspect, journeys } from "./browser.mjs";

const house = journeys();
const { inside, go } = house;
const button = (page, name) => page.getByRole("button", { name, exact: true });
const choose = async (page, of, entry) => {
  await page.getByRole("button", { name: `${of}的操作` }).first().click();
  await page.getByRole("menuitem", { name: entry }).click();
  await page.getByRole("dialog").waitFor();
};
const save = async (page, name = "儲存") => {
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
};
const real = { skip: againstStandIn ? "needs the program" : false };

for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  test(`an agency is kept one unit, post, holder, deputy and contact at a time, at ${width} px`, real, () => inside(async (page, complaints) => {
  const mark = String(Date.now()).slice(-6);
  await go(page, "/agencies");
  await page.getByRole("searchbox", { name: "找機關" }).fill("水利局");
  await page.getByRole("link", { name: "臺中市政府水利局" }).click();
  await page.getByRole("heading", { name: "單位與職務" }).waitFor();
  await inspect(page, complaints, `agency ${width}`);

  await button(page, "新增單位").click();
  await page.getByRole("dialog").getByRole("button", { name: "儲存" }).click();
  assert.match(await page.getByRole("dialog").getByRole("alert").innerText(), /單位名稱/);
  await inspect(page, complaints, `unit dialog refused ${width}`);
  await page.getByLabel("單位名稱").fill(`工程${mark}科`);
  await page.getByLabel(/^生效日/).fill("112/01/01");
  await save(page);
  await choose(page, `工程${mark}科`, "新增職務");
  await page.getByLabel("職務名稱").fill(`技正${mark}`);
  await page.getByLabel(/^生效日/).fill("112/01/01");
  await inspect(page, complaints, `post dialog ${width}`);
  await save(page);

  await choose(page, `技正${mark}`, "登錄任職者");
  await page.getByRole("radio", { name: "登錄新人員" }).click();
  await page.getByRole("dialog").getByLabel("姓名").fill(`鄭${mark}`);
  await page.getByLabel(/^到任日/).fill("112/02/01");
  await inspect(page, complaints, `holder dialog ${width}`);
  await save(page);
  await page.getByRole("cell", { name: `鄭${mark}` }).waitFor();

  await choose(page, `技正${mark}`, "設定代理人");
  const person = page.getByRole("combobox", { name: /代理人/ });
  await person.click();
  await page.locator("[role=option]").first().click();
  await page.getByLabel(/^代理迄日/).fill("119/12/31");
  await inspect(page, complaints, `deputy dialog ${width}`);
  await save(page);
  await page.getByText("至119/12/31").waitFor();
  await choose(page, `技正${mark}`, "代理紀錄");
  await inspect(page, complaints, `deputies ${width}`);
  await page.getByRole("button", { name: /^結束代理/ }).click();
  await save(page, "結束代理");

  await choose(page, `技正${mark}`, "改名或移動職務");
  await page.getByLabel("職務名稱").fill(`科長${mark}`);
  await page.getByLabel("所屬單位").selectOption({ label: "機關本部（不屬任何單位）" });
  await save(page);
  await choose(page, `科長${mark}`, "歷任");
  await page.getByRole("dialog").getByText(`技正${mark}`).first().waitFor();
  await inspect(page, complaints, `post record ${width}`);
  await page.getByRole("dialog").getByRole("button", { name: "關閉" }).click();
  await choose(page, `科長${mark}`, "停設職務");
  await save(page);
  await choose(page, `工程${mark}科`, "裁撤單位");
  await save(page);
  await choose(page, `工程${mark}科`, "沿革");
  await page.getByRole("dialog").getByText("有效").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "關閉" }).click();

  await button(page, "新增聯絡窗口").click();
  await page.getByRole("textbox", { name: "業務" }).fill(`防汛${mark}`);
  await page.getByLabel("窗口名稱").fill("防汛值班");
  await page.getByRole("dialog").getByRole("button", { name: "儲存" }).click();
  await page.getByRole("dialog").getByRole("alert").getByText("請填寫電話或電子郵件").waitFor();
  await page.getByLabel("電話").fill("(04)0000-1234");
  await save(page);
  await choose(page, `防汛${mark}`, "移除聯絡窗口");
  await save(page, "移除聯絡窗口");
  await button(page, "歷次聯絡窗口").click();
  await page.getByRole("dialog").getByText(`防汛${mark}`).waitFor();
  await inspect(page, complaints, `contact history ${width}`);
}, { width, scheme }));
}

test("an account is linked with a person, and a role without an agency is refused in its place", { skip: againstStandIn || !admin ? "needs the program" : false }, () => inside(async (page, complaints) => {
  await go(page, "/accounts?q=executive");
  assert.match(await page.locator(".page-title__lead").innerText(), /1 個/);
  const actions = page.getByRole("button", { name: /的操作$/ }).first();
  await actions.click();
  await page.getByRole("menuitem", { name: "連結人員" }).click();
  await page.getByRole("combobox", { name: /人員/ }).fill("甲");
  await page.locator("[role=option]", { hasText: "甲" }).first().waitFor();
  await page.locator("[role=option]").last().click();
  await inspect(page, complaints, "account person dialog");
  await save(page);
  await page.getByText("未連結").waitFor({ state: "detached" });
  await actions.click();
  await page.getByRole("menuitem", { name: "連結人員" }).click();
  await save(page, "解除連結");
  await page.getByText("未連結").waitFor();
  await actions.click();
  await page.getByRole("menuitem", { name: "設定角色" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "加一個角色" }).click();
  await page.getByLabel("角色").last().selectOption("handler");
  await page.getByRole("dialog").getByRole("button", { name: "儲存" }).click();
  await page.getByRole("dialog").locator(".field--error").waitFor();
  await inspect(page, complaints, "grants refused");
}, { as: admin }));

for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  test(`agencies, calendar and policies can be read as they were known, at ${width} px`, () => inside(async (page, complaints) => {
    for (const path of ["/agencies", "/calendar", "/policies"]) {
      await go(page, path);
      const filters = page.getByRole("button", { name: "篩選條件" });
      if (await filters.isVisible()) await filters.click();
      await page.getByRole("textbox", { name: "當時已知" }).fill("112/01/03");
      await page.keyboard.press("Enter");
      await page.waitForURL(/as_known_on=2023-01-03/);
      await page.getByRole("button", { name: "回到現況" }).first().waitFor();
      assert.equal(await page.getByRole("button", { name: /新增機關|宣布停止上班/ }).count(), 0, `${path}: the past is not changed`);
      await inspect(page, complaints, `${path} known ${width}`);
    }
  }, { width, scheme }));
}

test("the policies are found by a word, paged, and those without a source listed apart", () => inside(async (page, complaints) => {
  await go(page, "/policies");
  const rows = page.getByRole("row");
  const first = await rows.nth(1).innerText();
  const next = page.getByRole("button", { name: "下一頁" });
  if (await next.isEnabled()) {
    await next.click();
    await page.getByText(/第 2 頁/).waitFor();
    assert.notEqual(await rows.nth(1).innerText(), first);
  }
  await page.getByLabel("依據").selectOption({ label: "未載明來源" });
  await page.waitForURL(/sourced=no/);
  await page.getByText(/第 1 頁/).waitFor();
  for (const text of (await rows.allInnerTexts()).slice(1)) assert.match(text, /未載明來源/);
  await page.getByRole("searchbox").fill("不會有這樣的參數");
  await page.getByRole("button", { name: "清除篩選" }).click();
  await rows.nth(1).waitFor();
  await inspect(page, complaints, "policies found");
}));

test("faults of a file name the column by its title", real, () => inside(async (page, complaints) => {
  await go(page, "/agencies/import");
  await page.locator("input[type=file]").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("code,name,kind,parent_code,valid_from\nX-1,某機關,second_level,NO-SUCH,2026-01-01\n") });
  await page.getByRole("button", { name: "試匯入" }).click();
  await page.getByRole("cell", { name: "上級機關代碼 parent_code" }).waitFor();
  await inspect(page, complaints, "agency import faults");
  await go(page, "/calendar/import");
  await page.locator("input[type=file]").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("西元日期,星期,是否放假,備註\n20280101,六,也許,\n") });
  await page.getByRole("button", { name: "試匯入" }).click();
  await page.getByRole("cell", { name: "是否放假 isHoliday" }).waitFor();
}));
