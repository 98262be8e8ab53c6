// What the journeys share: a browser, a server to talk to, and a page that reports what it should not have done.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("../../web/", import.meta.url));
const require = createRequire(`${web}package.json`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const account = { login: process.env.MANDATE_E2E_LOGIN ?? "controller", password: process.env.MANDATE_E2E_PASSWORD ?? "mandate" };
export const admin = process.env.MANDATE_E2E_ADMIN_LOGIN ? { login: process.env.MANDATE_E2E_ADMIN_LOGIN, password: process.env.MANDATE_E2E_ADMIN_PASSWORD ?? "" } : null;
export const againstStandIn = !process.env.MANDATE_E2E_BASE;

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The server of the environment, or the stand-in. */
export async function startServer() {
  if (!againstStandIn) return { base: process.env.MANDATE_E2E_BASE.replace(/\/$/, ""), stop: () => undefined };
  assert.ok(existsSync(`${web}dist/index.html`), "build web/ first: npm run build");
  const port = await freePort();
  const child = spawn(process.execPath, [`${web}node_modules/vite/bin/vite.js`, "preview", "--port", String(port), "--strictPort", "--host", "127.0.0.1"], { cwd: web, stdio: "ignore" });
  const base = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 100; ++attempt) {
    try {
      await fetch(`${base}/console/`);
      return { base, stop: () => child.kill() };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  child.kill();
  throw new Error("the stand-in did not start");
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

const waiting = new WeakMap(); // what each page has asked for and not got yet; the stream of notices, which never ends, is left out

/** Nothing is on its way for a while: the page shows what it has to show. */
export async function settled(page) {
  await page.waitForLoadState("load");
  const open = waiting.get(page);
  const until = Date.now() + 12_000;
  for (let quiet = 0; quiet < 4; quiet = open.size === 0 ? quiet + 1 : 0) {
    if (Date.now() > until) throw new Error(`still waiting for ${[...open].map((request) => request.url()).join(", ")}`);
    await page.waitForTimeout(100);
  }
}

/** Goes to an address and waits until the page is settled. */
export async function visit(page, address) {
  const answer = await page.goto(address);
  await settled(page);
  return answer;
}

/** A window whose pages keep a list of complaints. */
export async function openWindow(browser, { width = 1440, scheme = "light", script = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: scheme, locale: "zh-TW", javaScriptEnabled: script });
  const page = await context.newPage();
  page.setDefaultTimeout(12_000);
  const complaints = [];
  page.on("console", (message) => {
    // A refusal that the page shows to its user is no fault of the page.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message)); // where it came from is half of the answer
  const open = new Set();
  waiting.set(page, open);
  page.on("request", (request) => {
    if (request.resourceType() !== "eventsource") open.add(request);
  });
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => open.delete(request));
  return { context, page, complaints };
}

export async function signIn(page, base, { login, password } = account) {
  await visit(page, `${base}/console/sign-in`);
  await page.getByLabel("帳號").fill(login);
  await page.getByLabel("密碼").fill(password);
  await page.getByRole("button", { name: "登入", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  await page.locator("h1").waitFor();
}

/** axe, overflow and complaints of the page now shown. */
export async function inspect(page, complaints, name) {
  await settled(page);
  // A control half under a sticky bar is not a small control.
  await page.evaluate("window.scrollTo(0, 0)");
  await page.waitForTimeout(150);
  if (process.env.MANDATE_E2E_SHOTS) {
    mkdirSync(process.env.MANDATE_E2E_SHOTS, { recursive: true });
    await page.screenshot({ path: `${process.env.MANDATE_E2E_SHOTS}/${name.replace(/[^\w-]+/g, "_")}.png`, fullPage: true });
  }
  // Through the protocol, so that the page's own policy stays as strict as it is for its users.
  const found = await page.evaluate(`${axe}; axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })`);
  const faults = found.violations.map((violation) => `${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  assert.deepEqual(faults, [], `${name}: axe`);
  const tooWide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  assert.ok(tooWide <= 0, `${name} is ${tooWide} px too wide`);
  assert.deepEqual(complaints.splice(0), [], `${name}: console`);
}

/** Asks the server as an account of the sample city, beside the browser. */
async function ask(base, login) {
  const answer = await fetch(`${base}/api/session`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ login_name: login, password: account.password }) });
  const cookie = answer.headers.get("set-cookie").split(";")[0];
  const token = (await answer.json()).form_token;
  return async (method, path, body) => {
    const got = await fetch(base + path, { method, headers: { Cookie: cookie, "X-Form-Token": token, "Content-Type": "application/json" }, ...(body ? { body: JSON.stringify(body) } : {}) });
    const text = await got.text();
    assert.equal(got.status, 200, `${method} ${path}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  };
}

/** A server and a browser for all journeys of a file; each runs signed in, in a window of its own. */
export function journeys() {
  let browser;
  let server;
  before(async () => {
    server = await startServer();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.stop();
  });
  return {
    get browser() {
      return browser;
    },
    get server() {
      return server;
    },
    async inside(run, options) {
      const window = await openWindow(browser, options);
      try {
        await signIn(window.page, server.base, options?.as ?? account);
        await run(window.page, window.complaints);
      } finally {
        await window.context.close();
      }
    },
    ask: (login) => ask(server.base, login),
    /** A duty of the public works bureau, made by the controller. */
    async newDuty(title, more = {}) {
      const controller = await ask(server.base, account.login);
      const agencies = (await controller("GET", "/api/agencies")).rows;
      return (await controller("POST", "/api/duties", { title, origin: "own", agency_id: agencies.find((one) => one.name.endsWith("建設局")).id, due_on: "2030-03-05", ...more })).duty;
    },
    async go(page, path) {
      await visit(page, `${server.base}/console${path}`);
      await page.locator("h1").waitFor();
    },
  };
}
