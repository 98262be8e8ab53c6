// Statistics in the browser: choosing what to look at, drilling down, keeping and sharing, dashboards, the home page and the overview.
import assert from "node:assert/strict";
import { test } from "node:test";
import { account, againstStandIn, inspect, journeys, settled } from "./browser.mjs";

const house = journeys();
const { inside, go, ask } = house;
const real = { skip: againstStandIn ? "needs the program" : false };
const as = login => ({ as: { login, password: account.password } });

test("a statistic is chosen, read as chart and table, and leads to its records", real, () => inside(async (page, complaints) => {
  await go(page, "/statistics");
  await page.getByRole("img", { name: /依承辦機關/ }).waitFor();
  await inspect(page, complaints, "statistics");
  await page.getByLabel("第一層分類").selectOption("origin");
  await page.getByRole("img", { name: /依來源/ }).waitFor();
  await page.getByRole("button", { name: "加條件" }).click();
  await page.getByLabel("條件的類別").selectOption("lateness");
  await page.getByRole("dialog").getByLabel("已撤銷").check();
  await page.getByRole("dialog").getByLabel("不是下列").check();
  await page.getByRole("dialog").getByRole("button", { name: "加條件" }).click();
  await page.getByRole("button", { name: /拿掉條件/ }).waitFor();
  await settled(page);
  assert.match(new URL(page.url()).searchParams.get("where"), /^lateness!=cancelled$/);
  const link = page.getByRole("link", { name: /應辦：\d+，看是哪些事項/ }).first();
  const count = Number((await link.innerText()).replaceAll(",", ""));
  await link.click();
  await page.waitForURL(/\/duties\?/);
  await settled(page);
  const lead = await page.locator(".page-title__lead").innerText();
  assert.ok(lead.replaceAll(",", "").includes(`${count}`), `${lead} holds ${count}`);
  await page.getByText(/時效：不含已撤銷；來源：/).waitFor();
  await inspect(page, complaints, "records behind a number");
}));

test("a period stands beside the year before, and words stand where there is no figure", real, () => inside(async (page, complaints) => {
  await go(page, "/statistics?by=due_month&measures=owed,late,on_time_rate");
  await page.getByLabel("常用期間").selectOption("year");
  await page.getByLabel("和前一年同期比較").check();
  await page.getByRole("columnheader", { name: "應辦（前一年同期）" }).waitFor();
  await settled(page);
  assert.ok((await page.getByText("查無資料").count()) > 0);
  await page.getByText(/分母：已完成與逾期未完成的事項數.*定義第 1 版/).waitFor();
  await inspect(page, complaints, "statistics beside the year before");
  await page.getByLabel("圖的樣式").selectOption("table");
  await page.waitForFunction("document.querySelector('.chart') === null");
}));

test("statistics are kept, put on the home page and on a dashboard, and shared", real, () => inside(async (page, complaints) => {
  await go(page, "/statistics?by=origin&measures=owed,late");
  await settled(page);
  await page.getByRole("button", { name: "儲存與分享" }).click();
  await page.getByRole("menuitem", { name: "放到我的首頁" }).click();
  await page.getByText("已放到首頁").waitFor();
  await page.getByRole("button", { name: "儲存與分享" }).click();
  await page.getByRole("menuitem", { name: "放到儀表板…" }).click();
  const name = `週會 ${Date.now()}`;
  await page.getByLabel("儀表板名稱").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "儲存" }).click();
  await page.getByText("已放到儀表板").waitFor();
  await go(page, "/dashboards");
  await page.getByRole("link", { name }).click();
  await page.getByText("看這張圖的表").click();
  await page.getByRole("table").waitFor();
  await inspect(page, complaints, "dashboard");
  await page.getByRole("button", { name: "編輯" }).click();
  await page.getByLabel("分享對象").selectOption("city");
  await page.getByRole("dialog").getByRole("button", { name: "儲存" }).click();
  await page.getByText("已儲存").waitFor();
  await go(page, "/");
  await page.getByRole("region", { name: "首頁的統計" }).getByRole("img").first().waitFor();
  await inspect(page, complaints, "home with statistics");
}));

test("the overview says where the city stands on one page, and prints on one", real, () => inside(async (page, complaints) => {
  const controller = await ask("controller");
  const owners = (await controller("GET", "/api/agencies")).rows.slice(0, 12);
  const places = ["66000090", "66000250", "66000290", "66000110", "66000260"];
  for (let i = 0; i < 15; ++i) await controller("POST", "/api/duties", { title: `區里事項 ${i}`, origin: "own", agency_id: owners[i % owners.length].id, due_on: "2026-01-05", district: places[Math.floor(Math.sqrt(i))] });
  await go(page, "/overview");
  await page.getByText(/承諾 .+ 件，.+ 件嚴重逾期/).waitFor();
  const map = page.getByRole("img", { name: "各行政區逾期件數" });
  await map.waitFor();
  const numbers = await map.locator(".map__number").count();
  assert.ok(numbers >= 4, `${numbers} districts with late duties`);
  await inspect(page, complaints, "overview");
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length, 1, "pages");
  await page.getByText("全部行政區的表").click();
  assert.equal(await page.getByRole("region", { name: "依行政區" }).getByRole("row").count() >= 30, true);
  await page.getByRole("link", { name: /^逾期：\d/ }).first().click();
  await page.waitForURL(/\/duties\?/);
}, as("executive")));

for (const [width, scheme] of [[390, "light"], [390, "dark"], [1440, "dark"]]) {
  test(`statistics, a dashboard and the overview at ${width} px, ${scheme}`, real, () => inside(async (page, complaints) => {
    for (const path of ["/statistics?by=agency,lateness&measures=count&show=stacked", "/statistics?by=due_month,origin&measures=late&show=lines", "/statistics?by=&measures=owed,late,on_time_rate&show=number", "/dashboards", "/overview"]) {
      await go(page, path);
      await settled(page);
      await inspect(page, complaints, `${path} ${width} ${scheme}`);
    }
  }, { width, scheme }));
}
