import assert from "node:assert/strict";
import { test } from "node:test";
import { account, admin, againstStandIn, inspect, journeys, openWindow, settled, visit } from "./browser.mjs";

const house = journeys();
const { inside, go } = house;

const plan = `示範市政府研究發展考核委員會113年度施政計畫

壹、前言

本會持續精進施政管考。

貳、年度施政目標及策略

一、強化管考

按季檢視各項政見之辦理進度。

參、年度重要計畫

工作計畫名稱\t重要計畫項目\t實施內容
強化管考\t標案進度管制\t每月由各機關召開進度會報，進度落後10%以上者應提出改進對策。
\t補助計畫管考\t每年於1月底前召開選案會議；每月7日前稽催各機關完成填報。
`;

test("a wrong password is refused with its cure, and an empty form says what is missing", async () => {
  const { context, page, complaints } = await openWindow(house.browser);
  await visit(page, `${house.server.base}/console/sign-in`);
  await page.getByRole("button", { name: "登入", exact: true }).click();
  assert.match(await page.getByRole("alert").innerText(), /有 2 個地方需要修正/);
  await page.getByLabel("帳號").fill(account.login);
  await page.getByLabel("密碼").fill("surely not this one");
  await page.getByRole("button", { name: "登入", exact: true }).click();
  await page.getByText("帳號或密碼不正確").waitFor();
  await inspect(page, complaints, "sign-in refused");
  await context.close();
});

test("home answers in one sentence what needs me", () => inside(async (page, complaints) => {
  assert.match(await page.locator(".page-title__lead").innerText(), /今天/);
  await inspect(page, complaints, "home");
}));

test("a duty is assigned, found, extended in vain and reported done", () => inside(async (page, complaints) => {
  const title = `瀏覽器旅程測試事項 ${Date.now()}`;
  await go(page, "/duties/new");
  await page.getByRole("button", { name: "新增列管事項" }).click();
  assert.match(await page.getByRole("alert").innerText(), /需要修正/);
  await page.getByLabel("事項名稱").fill(title);
  const agency = page.getByRole("combobox", { name: /承辦機關/ });
  await agency.fill("研究發展");
  await page.locator("[role=option]", { hasText: "研究發展" }).first().click();
  await page.getByLabel(/^期限/).first().fill("1190307");
  await page.getByRole("button", { name: "新增列管事項" }).click();
  await page.waitForURL(/\/duties\/\d+$/);
  await inspect(page, complaints, "duty");
  const open = page.getByRole("button", { name: "辦結", exact: true });
  if (await open.isVisible()) {
    await open.click();
    await page.getByRole("dialog").getByRole("button", { name: "辦結" }).click();
    assert.match(await page.getByRole("dialog").getByRole("alert").innerText(), /請填寫/);
    await inspect(page, complaints, "duty done dialog");
    await page.getByRole("dialog").getByRole("textbox").fill("已於期限前完成，詳如所附紀錄。");
    await page.getByRole("dialog").getByRole("button", { name: "辦結" }).click();
    await page.getByRole("button", { name: "重新列管" }).waitFor();
  }
}));

test("the worklist filters, sorts, hides columns and opens a row by the keyboard", () => inside(async (page, complaints) => {
  await go(page, "/duties?view=city&state=all");
  await page.getByRole("columnheader", { name: /期限/ }).click();
  await page.waitForURL(/sort=-due/);
  await page.getByRole("button", { name: "欄位" }).click();
  await page.getByRole("menuitemcheckbox", { name: "來源" }).click();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("columnheader", { name: "來源" }).count(), 0);
  await page.getByRole("searchbox", { name: "關鍵字" }).fill("不會有這樣的事項名稱");
  await page.getByText("沒有符合條件的列管事項").waitFor();
  await page.getByRole("button", { name: "清除篩選" }).click();
  await page.getByRole("row").nth(1).waitFor();
  await inspect(page, complaints, "worklist");
  await page.getByRole("row").nth(1).getByRole("gridcell").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/duties\/\d+$/);
}));

test("a plan is imported, reviewed by the keyboard and seen as a tree", () => inside(async (page, complaints) => {
  await go(page, "/plans/import");
  await page.getByRole("button", { name: "讀取計畫" }).click();
  assert.match(await page.getByRole("alert").innerText(), /請先選擇檔案或貼上計畫全文/);
  await page.locator("input[type=file]").setInputFiles({ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from([0xff, 0xfe, 0x41, 0x00]) });
  await page.getByRole("button", { name: "讀取計畫" }).click();
  await page.getByRole("alert").getByText(/不是 UTF-8/).waitFor();
  await inspect(page, complaints, "plan import refused");
  await page.locator("input[type=file]").setInputFiles({ name: "113.txt", mimeType: "text/plain", buffer: Buffer.from(plan) });
  await page.getByRole("button", { name: "讀取計畫" }).click();
  await page.waitForURL(/\/plans\/\d+\/review/);
  await page.locator(".sentence").first().waitFor();
  assert.match(await page.locator(".review-bar").innerText(), /全文 \d+ 句/);
  assert.ok(await page.getByRole("radio", { name: "待認定" }).isChecked(), "what waits is shown first");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await page.locator(".sentence[aria-current=true]").count(), 1);
  await inspect(page, complaints, "review");
  await page.getByRole("radio", { name: "全部語句" }).click();
  await page.waitForURL(/show=all/);
  await inspect(page, complaints, "review of all sentences");
  await page.getByRole("radio", { name: "待認定" }).click();
  await page.waitForURL(/show=waiting/);
  await page.locator(".obligation").first().waitFor();
  await page.keyboard.press("e");
  await page.getByRole("dialog", { name: "編輯應辦事項" }).waitFor();
  await inspect(page, complaints, "obligation dialog");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "查看計畫執行情形" }).click();
  await page.getByRole("button", { name: "全部收合" }).click();
  await page.getByRole("button", { name: "全部展開" }).click();
  await inspect(page, complaints, "plan tree");
}));

test("an empty file and one in another encoding are told apart", () => inside(async (page, complaints) => {
  for (const [path, button] of [["/plans/import", "讀取計畫"], ["/agencies/import", "試匯入"], ["/calendar/import", "試匯入"]]) {
    await go(page, path);
    // A plan is UTF-8 text; tables may be Big5 too, and bytes that are neither are refused by the server.
    const foreign = path === "/plans/import" ? [Buffer.from([0xa5, 0x78, 0xa4, 0xa4]), /不是 UTF-8/] : [Buffer.from(Array.from({ length: 4000 }, (_, i) => 0x80 + ((i * 7919) % 128))), /編碼無法辨識/];
    for (const [buffer, words] of [[Buffer.alloc(0), /這個檔案是空的/], ...(againstStandIn && path !== "/plans/import" ? [] : [foreign])]) {
      await page.locator("input[type=file]").setInputFiles({ name: "file.csv", mimeType: "text/csv", buffer });
      await page.getByRole("button", { name: button }).click();
      await page.getByRole("alert").getByText(words).waitFor();
    }
    await inspect(page, complaints, `${path} refused`);
  }
}));

test("a session that ends in the middle of a form loses nothing that was typed", () => inside(async (page, complaints) => {
  const title = `逾時也不遺失 ${Date.now()}`;
  await go(page, "/duties/new");
  await page.getByLabel("事項名稱").fill(title);
  const agency = page.getByRole("combobox", { name: /承辦機關/ });
  await agency.fill("研究發展");
  await page.locator("[role=option]", { hasText: "研究發展" }).first().click();
  await page.getByLabel(/^期限/).first().fill("1190307");
  await page.context().clearCookies();
  if (againstStandIn) await page.evaluate("fetch('/api/session', { method: 'DELETE' })");
  await page.getByRole("button", { name: "新增列管事項" }).click();
  const again = page.getByRole("dialog", { name: "登入已逾時" });
  await again.waitFor();
  await inspect(page, complaints, "signing in again");
  await page.keyboard.press("Escape");
  assert.ok(await again.isVisible(), "there is no way round it");
  await again.getByLabel(/密碼/).fill(account.password);
  await again.getByRole("button", { name: "登入", exact: true }).click();
  await again.waitFor({ state: "detached" });
  assert.equal(await page.getByLabel("事項名稱").inputValue(), title);
  await page.getByRole("button", { name: "新增列管事項" }).click();
  await page.waitForURL(/\/duties\/\d+$/);
}));

test("the due-date calculator counts and names what it skipped", () => inside(async (page, complaints) => {
  await go(page, "/calendar/due");
  await page.getByLabel(/^起算日/).fill("112/03/20");
  await page.getByLabel(/^期間/).fill("5");
  await page.getByRole("button", { name: "試算" }).click();
  await page.getByText(/期限為/).waitFor();
  await inspect(page, complaints, "due calculator");
}));

const pages = ["/", "/duties", "/duties/new", "/duties/calendar", "/overview", "/statistics", "/statistics?by=due_month&measures=owed,late&from=2026-01-01&to=2026-12-31&compare=true", "/statistics?by=agency,lateness&measures=count&show=stacked", "/dashboards", "/plans", "/plans/import", "/plans/compare", "/agencies", "/agencies/import", "/calendar", "/calendar/import", "/calendar/due", "/policies", "/account/sessions", "/accounts", "/accounts/tokens", "/audit", "/jobs", "/mail", "/system", "/labels", "/no-such-page"];
for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  test(`every page passes axe at ${width} px, ${scheme}`, () => inside(async (page, complaints) => {
    for (const path of pages) {
      await go(page, path);
      await inspect(page, complaints, `${path} ${width} ${scheme}`);
    }
  }, { width, scheme, ...(admin && width < 500 ? { as: admin } : {}) }));
}

test("the console speaks English and keeps doing so", () => inside(async (page, complaints) => {
  await page.getByRole("button", { name: /帳號選單/ }).click();
  await page.getByRole("menuitem", { name: "English" }).click();
  await page.getByRole("link", { name: "Duties", exact: true }).waitFor();
  await settled(page);
  await go(page, "/duties");
  assert.equal(await page.evaluate("document.documentElement.lang"), "en");
  assert.equal(await page.locator("h1").innerText(), "Duties");
  await inspect(page, complaints, "duties in English");
}));

test("keys: help, going to a page, and the skip link", () => inside(async (page, complaints) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate("document.activeElement.className"), "skip-link");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate("document.activeElement.id"), "main");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "鍵盤操作說明" }).waitFor();
  await inspect(page, complaints, "shortcuts");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await page.waitForURL(/\/console\/plans$/);
}));

test("the shell's policy is strict and holds no inline script", async () => {
  const response = await fetch(`${house.server.base}/console/`);
  const policy = response.headers.get("content-security-policy") ?? "";
  assert.match(policy, /script-src 'self'(;|$)/);
  assert.match(policy, /require-trusted-types-for 'script'/);
  assert.doesNotMatch(policy, /unsafe/);
  const html = await response.text();
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)[^>]*>/);
  assert.doesNotMatch(html, /__CSP_NONCE__|__LANG__/);
});

test("signing out ends the session, and the page asked for comes back after signing in", () => inside(async (page) => {
  await page.getByRole("button", { name: /帳號選單/ }).click();
  await page.getByRole("menuitem", { name: "登出" }).click();
  await page.waitForURL(/\/sign-in/);
  await visit(page, `${house.server.base}/console/policies`);
  await page.waitForURL(/\/sign-in\?return=/);
  await page.getByLabel("帳號").fill(account.login);
  await page.getByLabel("密碼").fill(account.password);
  await page.getByRole("button", { name: "登入", exact: true }).click();
  await page.waitForURL(/\/console\/policies$/);
}));

test("a label is worded anew, shows at once as plain text, and reads as at first when it is put back", { skip: !admin }, () => inside(async (page, complaints) => {
  await go(page, "/labels?kind=nav&q=" + encodeURIComponent("排程作業"));
  const menu = page.getByRole("navigation", { name: "主選單" });
  const act = async (name) => {
    await page.getByRole("row", { name: /排程作業/ }).getByRole("button").last().click();
    await page.getByRole("menuitem", { name }).click();
  };
  await act("更改中文");
  await page.getByRole("dialog").getByLabel("新用語").fill("<img src=x onerror=document.title=1>");
  await inspect(page, complaints, "label dialog");
  await page.getByRole("dialog").getByRole("button", { name: "儲存" }).click();
  await menu.getByRole("link", { name: "<img src=x onerror=document.title=1>" }).waitFor();
  assert.equal(await menu.locator("img").count(), 0);
  assert.equal(await page.title() === "1", false);
  await inspect(page, complaints, "labels worded");
  await act("恢復中文原文");
  await menu.getByRole("link", { name: "排程作業", exact: true }).waitFor();
}, { as: admin }));
