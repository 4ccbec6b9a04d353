// Pages → faults: what axe finds, what the pages ask of the network, which findings the keyboard does not reach.
const { chromium } = require("playwright-core");
const { readFileSync, mkdtempSync, rmSync } = require("node:fs");
const { basename, join } = require("node:path");
const { tmpdir } = require("node:os");

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const wide = { width: 1280, height: 900 };
const looks = [
  { name: "light", viewport: wide, media: { colorScheme: "light" } },
  { name: "dark", viewport: wide, media: { colorScheme: "dark" } },
  { name: "phone", viewport: { width: 320, height: 640 }, media: { colorScheme: "light" } },
  { name: "print", viewport: { width: 794, height: 1123 }, media: { media: "print" } },
  { name: "forced", viewport: wide, media: { forcedColors: "active" } },
];
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" ");
const faults = [];

async function axeRun(page, where) {
  // Through the debugger, so that the page's own policy stays as it is.
  await page.evaluate(axe);
  const found = await page.evaluate((t) => window.axe.run(document, { runOnly: t, resultTypes: ["violations"] }), tags);
  for (const v of found.violations) faults.push(`${where}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + n.any.map((a) => a.message).join()).join(" | ")}`);
}

async function reflows(page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) faults.push(`${where}: ${over} px too wide`);
}

// Every number in the text is reached by Tab, and Enter brings its card into view.
async function keyboardReaches(page, where) {
  const wanted = await page.$$eval("a.ref", (all) => all.map((a) => a.id));
  const reached = new Set();
  const stops = await page.$$eval("a[href], summary, [tabindex='0']", (all) => all.length);
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement.classList.contains("skip")))) faults.push(`${where}: Tab reaches the skip link first`);
  for (let n = 0; n <= stops; n++) {
    reached.add(await page.evaluate(() => document.activeElement.id));
    await page.keyboard.press("Tab");
  }
  for (const id of wanted) if (!reached.has(id)) faults.push(`${where}: the keyboard does not reach ${id}`);
  for (const id of wanted) {
    await page.focus(`[id="${id}"]`);
    await page.keyboard.press("Enter");
    const seen = await page.evaluate(() => document.querySelector(":target")?.matches(".card"));
    if (!seen) faults.push(`${where}: ${id} leads to no card`);
  }
  return wanted.length;
}

async function look(browser, file, { name, viewport, media }) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const where = `${basename(file)}, ${name}`;
  page.on("request", (r) => r.url().startsWith("file:") && r.url().endsWith(basename(file)) || faults.push(`${where}: asks for ${r.url()}`));
  page.on("console", (m) => m.type() === "error" && faults.push(`${where}: ${m.text()}`));
  await page.emulateMedia(media);
  await page.goto(`file://${file}`);
  await axeRun(page, where);
  if (name !== "print") await reflows(page, where);
  if (process.env.JDLINT_SCREENSHOTS) {
    const at = join(process.env.JDLINT_SCREENSHOTS, `${basename(file, ".html")}-${name}`);
    await page.screenshot({ path: `${at}.png`, fullPage: true });
    if (name === "print") await page.pdf({ path: `${at}.pdf`, format: "A4" });
  }
  if (name === "light") console.log(`${where}: ${await keyboardReaches(page, where)} findings reached by keyboard`);
  await context.close();
}

(async () => {
  const profile = mkdtempSync(join(tmpdir(), "jdlint-browser-"));
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: flags, env: { ...process.env, HOME: profile } });
  for (const file of process.argv.slice(2)) for (const one of looks) await look(browser, file, one);
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
  for (const fault of faults) console.error(fault);
  console.log(faults.length ? `${faults.length} faults` : "no faults");
  process.exit(faults.length ? 1 : 0);
})();
