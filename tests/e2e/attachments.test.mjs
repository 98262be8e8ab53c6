// Attachments in the browser: several files at once, a line that breaks, a refusal in plain words, previews, and withdrawing; at two widths.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { againstStandIn, inspect, journeys } from "./browser.mjs";
import { pdf, png } from "../api/made_files.mjs";

const j = journeys();
const skip = againstStandIn ? "needs the program" : false;

/** A duty's page with nothing attached yet. */
async function openDuty(page, at) {
  await j.go(page, "/duties?view=city");
  await page.locator("tbody a").nth(at).click();
  await page.getByRole("heading", { name: "附件" }).waitFor();
}
const choose = (page, files) => page.getByLabel("選擇檔案").setInputFiles(files.map(([name, buffer, mimeType = "application/octet-stream"]) => ({ name, buffer, mimeType })));

for (const [width, scheme, at] of [[1440, "light", 0], [390, "dark", 1]]) {
  test(`files are attached, looked at and withdrawn at ${width} px, ${scheme}`, { skip }, () => j.inside(async (page, complaints) => {
    await openDuty(page, at);
    await choose(page, [["現場照片.png", png(640, 400)], ["會議紀錄.pdf", pdf({ pages: 3, text: "Minutes" })], ["工具.exe", Buffer.from("MZ")], ["假報告.pdf", pdf({ catalog: "/OpenAction << /S /JavaScript /JS (x) >>" })]]);
    await page.getByRole("link", { name: "現場照片.png" }).waitFor();
    await page.getByRole("link", { name: "會議紀錄.pdf" }).waitFor();
    await page.getByText("PDF 內含會自動執行的動作").waitFor();
    await page.getByText(/不收這種檔案/).waitFor();
    await page.getByRole("button", { name: "預覽「會議紀錄.pdf」" }).waitFor(); // made in the background, shown by itself
    await page.getByRole("button", { name: "預覽「現場照片.png」" }).waitFor();
    await inspect(page, complaints, `attachments-${width}-${scheme}`);
    const dismiss = page.getByRole("button", { name: "知道了" });
    while ((await dismiss.count()) > 0) await dismiss.first().click();

    await page.getByRole("button", { name: "預覽「會議紀錄.pdf」" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("第 1 頁，共 3 頁").waitFor();
    await page.waitForFunction("document.querySelector('.attach-preview img').naturalWidth > 1000");
    await dialog.getByRole("button", { name: "下一頁" }).click();
    await dialog.getByText("第 2 頁，共 3 頁").waitFor();
    await inspect(page, complaints, `attachments-preview-${width}-${scheme}`);
    await dialog.getByRole("button", { name: "關閉" }).click();

    await page.getByRole("button", { name: "撤下 現場照片.png" }).click();
    await page.getByRole("dialog").getByLabel("理由").fill("換成改善後的照片");
    await page.getByRole("dialog").getByRole("button", { name: "撤下" }).click();
    await page.getByRole("button", { name: /顯示已撤下的 1 個附件/ }).click();
    await page.getByText("換成改善後的照片").first().waitFor();
    await inspect(page, complaints, `attachments-withdrawn-${width}-${scheme}`);
  }, { width, scheme }));
}

test("an upload goes on by itself after the line broke, and after the page was left when the same file is chosen again", { skip }, () => j.inside(async (page) => {
  await openDuty(page, 2);
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  const set = (offline, uploadThroughput) => line.send("Network.emulateNetworkConditions", { offline, latency: 0, downloadThroughput: -1, uploadThroughput });
  const far = page.getByText(/：[23]\.\d MB／4/);

  await set(false, 1 << 20);
  await choose(page, [["長紀錄.txt", Buffer.from("這是很長的紀錄。\n".repeat(180_000))]]); // five pieces
  await far.waitFor();
  await set(true, -1);
  await page.getByText(/連線中斷，\d+ 秒後自動續傳/).waitFor();
  await set(false, -1);
  await page.getByRole("link", { name: "長紀錄.txt" }).waitFor();

  // Left in the middle: what came is kept, and the same file (from disk, with its date) goes on from there.
  const folder = mkdtempSync(join(tmpdir(), "mandate-attach-"));
  const path = join(folder, "續傳.txt");
  writeFileSync(path, "另一份很長的紀錄。\n".repeat(160_000));
  await set(false, 1 << 20);
  await page.getByLabel("選擇檔案").setInputFiles(path);
  await far.waitFor();
  await page.reload();
  await set(false, -1);
  await page.getByRole("heading", { name: "附件" }).waitFor();
  const sent = [];
  page.on("request", (request) => {
    const found = /content\?offset=(\d+)/.exec(request.url());
    if (found) sent.push(Number(found[1]));
  });
  await page.getByLabel("選擇檔案").setInputFiles(path);
  await page.getByRole("link", { name: "續傳.txt" }).waitFor();
  rmSync(folder, { recursive: true });
  assert.ok(sent[0] >= 1 << 20, `went on from ${sent[0]}`);
}));
