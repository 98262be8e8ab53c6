// A file comes in: uploaded, matched, checked, mended, loaded and undone; and the page that shows the interface for programs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { account, againstStandIn, inspect, journeys } from "./browser.mjs";

const house = journeys();
const { inside, go } = house;
const real = { skip: againstStandIn ? "needs the program" : false };
const as = (login, more = {}) => ({ as: { login, password: account.password }, ...more });
const sheet = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

for (const width of [390, 1440]) {
  test(`a file is uploaded, matched, checked, loaded and undone at ${width}`, real, () => inside(async (page, complaints) => {
    const word = `瀏覽器匯入 ${width} ${Date.now()}`;
    await go(page, "/imports");
    await inspect(page, complaints, "imports");
    await page.getByRole("link", { name: "匯入檔案" }).last().click();
    await page.getByRole("button", { name: "上傳並檢視" }).click();
    assert.match(await page.getByRole("alert").innerText(), /請選擇要匯入的檔案/);
    await page.getByLabel("檔案").setInputFiles(sheet("清冊.csv", `案名,單位${width},到期日\n${word}一, 建設局 ,116/3/5\n${word}二,建設局,116年3月\n${word}三,火星辦事處,116/3/5\n${word}一, 建設局 ,116/3/5\n`));
    await inspect(page, complaints, "new import");
    await page.getByRole("button", { name: "上傳並檢視" }).click();
    await page.getByRole("heading", { name: "欄位對應" }).waitFor();
    await inspect(page, complaints, "columns to match");
    // The agency's column has a title that nobody knows: it is named where it is missing.
    await page.getByRole("button", { name: "檢查全部資料列" }).click();
    assert.match(await page.getByRole("alert").innerText(), /承辦機關/);
    await page.getByRole("group", { name: /承辦機關/ }).getByLabel("檔案中的欄").selectOption({ label: `單位${width}` });
    await page.getByRole("button", { name: "檢查全部資料列" }).click();
    await page.getByText("讀到 4 列＝0 列原樣＋2 列經整理＋1 列重複＋1 列不能匯入").waitFor();
    await page.getByText("沒有名稱為「火星辦事處」的機關").waitFor();
    await inspect(page, complaints, "checked import");
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "下載不能匯入的列" }).click();
    assert.match((await downloading).suggestedFilename(), /不能匯入的列\.csv$/);
    await page.getByRole("button", { name: "略過不能匯入的列，匯入其餘 2 列" }).click();
    await page.getByText("新增 2 筆、更新 0 筆、與現有資料相同 0 筆").waitFor();
    await page.getByText("已匯入", { exact: true }).waitFor();
    await inspect(page, complaints, "loaded import");
    await page.getByRole("button", { name: "復原整批匯入" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "復原整批匯入" }).click();
    await page.getByText("已復原", { exact: true }).waitFor();
    await inspect(page, complaints, "undone import");
    // The same titles are matched by themselves the next time.
    await go(page, "/imports/new");
    await page.getByLabel("檔案").setInputFiles(sheet("清冊二.csv", `案名,單位${width},到期日\n${word}四,建設局,116/3/5\n`));
    await page.getByRole("button", { name: "上傳並檢視" }).click();
    await page.getByText("已套用上次的對應").waitFor();
    await go(page, "/imports");
    await page.getByRole("row", { name: /清冊二/ }).first().waitFor();
  }, as("controller", { width, scheme: width === 390 ? "dark" : "light" })));
}

test("the interface for programs is found by its words, with what each address takes and answers", real, () => inside(async (page, complaints) => {
  await go(page, "/interface");
  await page.getByLabel("篩選介面").fill("import undo");
  await page.getByText("/api/imports/{id}/undo").click();
  await page.getByText("import.use").waitFor();
  await inspect(page, complaints, "interface");
  await page.getByLabel("篩選介面").fill("沒有這種介面");
  await page.getByText("沒有符合的介面").waitFor();
}, as("admin")));

test("a duty says where it lies and what it serves", real, () => inside(async (page, complaints) => {
  await go(page, "/duties/new");
  await page.getByLabel("事項名稱").fill("豐原區的一件事");
  await page.getByLabel("行政區").selectOption({ label: "豐原區" });
  await inspect(page, complaints, "new duty with a district");
}, as("controller")));
