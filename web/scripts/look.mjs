// Looks at pages of a running console in Chromium: pictures at two widths, light and dark, and axe on each.
//   node scripts/look.mjs BASE OUT [--axe-only] PATH...     (PATH may carry "@name" at its end to name the picture)
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const [base, out, ...rest] = process.argv.slice(2);
const axeOnly = rest.includes("--axe-only");
const quick = rest.includes("--quick");
const paths = rest.filter((word) => !word.startsWith("--"));
mkdirSync(out, { recursive: true });
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let faults = 0;
const looks = quick ? [[1440, "light"]] : [[1440, "light"], [390, "light"], [1440, "dark"], [390, "dark"]];
for (const [width, colorScheme] of looks) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme, locale: "zh-TW", bypassCSP: false });
  for (const path of paths) {
    const [address, given] = path.split("@");
    const name = given ?? (address.replace(/[^a-z0-9]+/gi, "_").replace(/^_|_$/g, "") || "home");
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        console.log(`${name} ${width} ${colorScheme} console: ${message.text().slice(0, 300)}`);
        ++faults;
      }
    });
    page.on("pageerror", (error) => {
      console.log(`${name} ${width} ${colorScheme} error: ${error.message.slice(0, 300)}`);
      ++faults;
    });
    await page.goto(base + address, { waitUntil: "networkidle" });
    await page.waitForTimeout(250);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) {
      console.log(`${name} ${width} ${colorScheme} is ${wide} px too wide`);
      ++faults;
    }
    if (!axeOnly) await page.screenshot({ path: `${out}/${name}_${width}_${colorScheme}.png`, fullPage: true });
    // Evaluated through the protocol, so the page's own policy stays as strict as it is for users.
    const found = await page.evaluate(`${axe}; axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`);
    for (const violation of found.violations) {
      ++faults;
      console.log(`${name} ${width} ${colorScheme} axe ${violation.id} (${violation.impact}): ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(" | ")}`);
    }
    await page.close();
  }
  await context.close();
}
await browser.close();
console.log(faults === 0 ? "no faults" : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
