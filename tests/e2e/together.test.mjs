// Notices, chasing and work together, in the browser: what one officer does, another sees.
import assert from "node:assert/strict";
import { test } from "node:test";
import { account, againstStandIn, inspect, journeys, settled } from "./browser.mjs";

const house = journeys();
const { inside, go, ask, newDuty } = house;
const real = { skip: againstStandIn ? "needs the program" : false };
const as = login => ({ as: { login, password: account.password } });
const dialog = page => page.getByRole("dialog");

test("a notice comes live, and one press leads to where the work is done", real, () => inside(async (page, complaints) => {
  await page.getByRole("button", { name: /^通知/ }).waitFor();
  await page.waitForTimeout(600);
  const duty = await newDuty(`即時通知的一件事 ${Date.now()}`);
  await page.getByText(`新通知：${duty.title}`).waitFor();
  await page.getByRole("button", { name: /^通知，\d+ 則未讀/ }).click();
  await page.getByRole("menuitem", { name: new RegExp(duty.title) }).click();
  await page.waitForURL(new RegExp(`/duties/${duty.id}$`));
  await settled(page);
  await inspect(page, complaints, "duty from a notice");
  await go(page, "/notices");
  await page.getByRole("link", { name: duty.title }).waitFor();
  await inspect(page, complaints, "notices");
  await page.getByRole("button", { name: "全部標為已讀" }).click();
  await page.getByText("沒有未讀通知").waitFor();
}, as("liaison")));

test("notice settings say what is wrong and when the next mail would go", real, () => inside(async (page, complaints) => {
  await go(page, "/account/notices");
  await page.getByLabel("彙整信時間").fill("07:00");
  await page.getByRole("button", { name: "儲存" }).click();
  assert.match(await page.getByRole("alert").innerText(), /勿擾/);
  await inspect(page, complaints, "notice settings refused");
  await page.getByLabel("彙整信時間").fill("09:00");
  await page.getByLabel("交辦與核定").selectOption("weekly");
  await page.getByRole("button", { name: "儲存" }).click();
  await page.getByText("已儲存通知設定").waitFor();
  await inspect(page, complaints, "notice settings");
}, as("handler")));

for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  test(`late duties are chased by letter, answered and measured, at ${width} px`, real, () => inside(async (page, complaints) => {
    const duty = await newDuty(`公函稽催的一件事 ${width}`, { due_on: "2026-01-05" });
    await go(page, "/chases");
    await inspect(page, complaints, `chases ${width}`);
    await page.getByRole("button", { name: `「${duty.title}」的操作` }).click();
    await page.getByRole("menuitem", { name: "稽催" }).click();
    await dialog(page).getByRole("radio", { name: "公函" }).check();
    await dialog(page).getByText(/將稽催 1 件/).waitFor();
    await dialog(page).getByRole("button", { name: "產生公函" }).click();
    assert.match(await dialog(page).getByRole("alert").innerText(), /公函內容/);
    await dialog(page).getByLabel(/公函內容/).fill("貴局承辦下列事項已逾期，請儘速辦理。");
    await inspect(page, complaints, `chase dialog ${width}`);
    await dialog(page).getByRole("button", { name: "產生公函" }).click();
    await page.waitForURL(/\/chases\/rounds\/\d+$/);
    await page.getByText("受文者：臺中市政府建設局").waitFor();
    await inspect(page, complaints, `letters ${width}`);
    const liaison = await ask("liaison");
    await liaison("POST", `/api/duties/${duty.id}/chase-answer`, { text: "已排入本週施作" });
    await go(page, `/duties/${duty.id}`);
    await page.getByText("已排入本週施作").first().waitFor();
    await inspect(page, complaints, `chased duty ${width}`);
    await go(page, "/chases/effect");
    await page.getByRole("heading", { name: "各級別" }).waitFor();
    await inspect(page, complaints, `effect ${width}`);
    await go(page, "/chases/rounds");
    await inspect(page, complaints, `rounds ${width}`);
    await go(page, "/ladders");
    await page.getByRole("button", { name: "修訂" }).first().click();
    await dialog(page).getByText(/生效當日/).waitFor();
    await inspect(page, complaints, `ladder dialog ${width}`);
    await dialog(page).getByRole("button", { name: "返回" }).click();
    await inspect(page, complaints, `ladders ${width}`);
  }, { width, scheme }));
}

test("two officers edit one duty: the second one merges both texts", real, () => inside(async (page, complaints) => {
  const duty = await newDuty(`兩人同時修改的一件事 ${Date.now()}`, { detail: "原來的說明" });
  await go(page, `/duties/${duty.id}`);
  await page.getByRole("button", { name: "修改內容" }).click();
  await dialog(page).getByLabel(/事項名稱/).fill("首長改的名稱");
  const liaison = await ask("liaison");
  const base = await liaison("GET", `/api/duties/${duty.id}`);
  await liaison("PUT", `/api/duties/${duty.id}`, { title: duty.title, detail: "窗口改的說明", severity: "normal", revision: base.revision });
  await dialog(page).getByRole("button", { name: "儲存" }).click();
  await page.getByRole("heading", { name: "有人同時修改了這筆事項" }).waitFor();
  await inspect(page, complaints, "merge");
  assert.equal(await dialog(page).getByLabel("合併結果（可再修改）").first().inputValue(), "首長改的名稱");
  await dialog(page).getByRole("button", { name: "儲存合併結果" }).click();
  await dialog(page).waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "首長改的名稱" }).waitFor();
  await page.getByText("窗口改的說明").waitFor();
}, as("agency-head")));

test("a colleague is mentioned, hears of it, and the comment is changed and withdrawn", real, () => inside(async (page, complaints) => {
  const duty = await newDuty(`討論中的一件事 ${Date.now()}`);
  await go(page, `/duties/${duty.id}`);
  const box = page.getByRole("textbox", { name: "留言" });
  await box.fill("請 ");
  await box.press("End");
  await box.pressSequentially("@首長");
  await page.getByRole("group", { name: "可提及的同仁" }).getByRole("button", { name: /建設局首長/ }).click();
  await box.pressSequentially("確認經費");
  await page.getByRole("button", { name: "送出留言" }).click();
  await page.locator(".talk__name", { hasText: "@建設局首長" }).waitFor();
  await inspect(page, complaints, "comments");
  const head = await ask("agency-head");
  const notices = (await head("GET", "/api/notices?category=mention")).rows;
  assert.ok(notices.some(row => row.record?.id === duty.id));
  await page.getByRole("button", { name: "修改", exact: true }).click();
  await page.getByRole("textbox", { name: "留言" }).last().fill("改過的留言");
  await page.getByRole("button", { name: "儲存修改" }).click();
  await page.getByText("改過的留言").waitFor();
  await page.getByRole("button", { name: "收回" }).click();
  await page.getByText("（留言已收回）").waitFor();
}));

test("a bulk action is tried, done and undone; it is kept as a macro, and the list as a view", real, () => inside(async (page, complaints) => {
  const mark = String(Date.now()).slice(-6);
  for (const number of [1, 2]) await newDuty(`整批${mark}之${number}`);
  await go(page, `/duties?q=${encodeURIComponent(`整批${mark}`)}`);
  await page.getByRole("row", { name: new RegExp(`整批${mark}之1`) }).waitFor();
  await page.locator(".tick").first().click();
  await page.getByText("已選 2 件").waitFor();
  await page.getByRole("button", { name: "整批處理" }).click();
  await dialog(page).getByText("2 件都可處理").waitFor();
  await dialog(page).getByLabel(/辦理情形與佐證/).fill("年度例行事項，一併辦結");
  await dialog(page).getByRole("button", { name: "存成常用處理" }).click();
  await dialog(page).getByLabel("名稱").fill(`一併辦結${mark}`);
  await inspect(page, complaints, "bulk dialog");
  await dialog(page).getByRole("button", { name: "儲存" }).click();
  await page.getByText("已存成常用處理").waitFor();
  await dialog(page).getByRole("button", { name: "處理 2 件" }).click();
  await page.getByRole("button", { name: "復原" }).click();
  await page.getByText("已復原 2 件").waitFor();
  await page.getByRole("row", { name: new RegExp(`整批${mark}之2`) }).waitFor();
  await page.getByRole("button", { name: /^檢視/ }).click();
  await page.getByRole("menuitem", { name: "儲存目前的檢視" }).click();
  await dialog(page).getByLabel(/名稱/).fill(`檢視${mark}`);
  await inspect(page, complaints, "view dialog");
  await dialog(page).getByRole("button", { name: "儲存" }).click();
  await dialog(page).waitFor({ state: "detached" });
  await go(page, "/duties");
  await page.getByRole("button", { name: /^檢視/ }).click();
  await page.getByRole("menuitem", { name: `檢視${mark}`, exact: true }).click();
  await page.getByRole("row", { name: new RegExp(`整批${mark}之1`) }).waitFor();
  await page.getByRole("link", { name: `整批${mark}之1` }).click();
  await page.getByRole("button", { name: /^常用處理/ }).click();
  await page.getByRole("menuitem", { name: `一併辦結${mark}` }).click();
  assert.equal(await dialog(page).getByLabel(/辦理情形與佐證/).inputValue(), "年度例行事項，一併辦結");
}));
