import assert from "node:assert/strict";
import { test } from "node:test";
import { createHmac } from "node:crypto";
import { admin, againstStandIn, inspect, journeys, openWindow, signIn } from "./browser.mjs";

const house = journeys();
const { inside, go } = house;
const real = { skip: againstStandIn || !admin ? "needs the program" : false };
const button = (page, name) => page.getByRole("button", { name, exact: true });
const secret = "Seven-lamps-on-the-quay";

/** The code that an authenticator shows so many seconds from now (RFC 6238). */
function code(key, seconds = 0) {
  const bits = [...key.replaceAll(" ", "")].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0")).join("");
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor((Date.now() / 1000 + seconds) / 30)));
  const mac = createHmac("sha1", Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)))).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  test(`somebody is invited, sets a password by the link and an authenticator, and signs in with both, at ${width} px`, real, async () => {
    const login = `guest-${width}-${String(Date.now()).slice(-6)}`;
    let link;
    await inside(async (page, complaints) => {
      await go(page, "/accounts");
      await button(page, "新增帳號").click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(/^帳號/).fill(login);
      await dialog.getByLabel(/^姓名/).fill("受邀同仁");
      await dialog.getByRole("button", { name: "建立帳號並產生邀請連結" }).click();
      link = await page.getByLabel("連結", { exact: true }).innerText();
      assert.match(link, /\/console\/link#[\w-]{43}$/);
      await inspect(page, complaints, `invitation ${width}`);
    }, { width, scheme, as: admin });

    const { context, page, complaints } = await openWindow(house.browser, { width, scheme });
    await page.goto(`${house.server.base}${new URL(link).pathname}${new URL(link).hash}`);
    await page.getByRole("heading", { name: "設定您的密碼" }).waitFor();
    const field = page.locator("#field-password");
    await field.fill("short");
    await page.getByText("至少 12 個字元").waitFor();
    assert.equal(await page.locator(".password-checks__unmet", { hasText: "至少 12 個字元" }).count(), 1);
    await field.fill(secret);
    assert.equal(await page.locator(".password-checks__met", { hasText: "至少 12 個字元" }).count(), 1);
    await button(page, "設定密碼").click();
    assert.match(await page.getByRole("alert").innerText(), /兩次輸入的新密碼不同/);
    await page.locator("#field-again").fill(secret);
    await inspect(page, complaints, `link ${width}`);
    await button(page, "設定密碼").click();
    await page.getByRole("heading", { name: "密碼已設定" }).waitFor();

    await signIn(page, house.server.base, { login, password: secret });
    await go(page, "/account/security");
    await inspect(page, complaints, `security ${width}`);
    await button(page, "設定驗證器").click();
    const key = await page.locator(".dialog .secret").innerText();
    await page.locator("#field-code").fill(code(key));
    await page.getByRole("dialog").locator("#field-password").fill(secret);
    await inspect(page, complaints, `authenticator ${width}`);
    await button(page, "啟用").click();
    await page.getByRole("heading", { name: "請收好備用碼" }).waitFor();
    const recovery = await page.locator(".recovery-codes li").first().innerText();
    await inspect(page, complaints, `recovery codes ${width}`);
    await button(page, "我已收好").click();
    await page.getByText("備用碼還有 10 組可用").waitFor();
    await context.close();

    // The password alone opens no more: the code of the next half minute does, and a recovery code.
    for (const second of [code(key, 30), recovery]) {
      const window = await openWindow(house.browser, { width, scheme });
      await window.page.goto(`${house.server.base}/console/sign-in`);
      await window.page.getByLabel("帳號").fill(login);
      await window.page.getByLabel("密碼").fill(secret);
      await button(window.page, "登入").click();
      await window.page.getByRole("heading", { name: "兩步驟驗證" }).waitFor();
      await window.page.getByLabel("驗證碼或備用碼").fill("000000");
      await button(window.page, "登入").click();
      await window.page.getByText("驗證碼不正確或已用過").waitFor();
      await window.page.getByLabel("驗證碼或備用碼").fill(second);
      await button(window.page, "登入").click();
      await window.page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
      await window.context.close();
    }
  });

  test(`the pages of people pass axe at ${width} px, ${scheme}`, real, async () => {
    const pages = ["/account/security", "/account/password-rules", "/account/sessions", "/delegations", "/delegations?tab=agency", "/handovers", "/handovers?view=agency", "/accounts/review", "/accounts/permissions"];
    await inside(async (page, complaints) => {
      for (const path of pages) {
        await go(page, path);
        await inspect(page, complaints, `${path} ${width} ${scheme}`);
      }
    }, { width, scheme, as: admin });
    const { context, page, complaints } = await openWindow(house.browser, { width, scheme });
    for (const path of ["/forgot", "/link", "/link#made-up"]) {
      await page.goto(`${house.server.base}/console${path}`);
      await page.locator("h1").waitFor();
      await inspect(page, complaints, `${path} ${width} ${scheme}`);
    }
    await context.close();
  });
}

test("why somebody may or may not is told step by step", real, () => inside(async (page, complaints) => {
  await go(page, "/accounts/permissions");
  await page.getByRole("combobox", { name: /^帳號/ }).fill("handler");
  await page.locator("[role=option]", { hasText: "handler" }).first().click();
  await page.getByRole("combobox", { name: /^權限/ }).fill("撤銷");
  await page.locator("[role=option]", { hasText: "撤銷列管" }).first().click();
  await button(page, "說明原因").click();
  await page.getByText("這個角色沒有這項權限").waitFor();
  assert.match(await page.locator(".because__verdict").innerText(), /不可以/);
  await inspect(page, complaints, "permission explained");
}, { as: admin }));
