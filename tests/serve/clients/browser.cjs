// `jdlint serve` in Chromium: its page works, has no fault that axe sees, and asks nobody else; pages of others, and a page whose
// name points here, get nothing; a browser add-on gets LanguageTool's answers and nothing more.
//
// NODE_PATH=… node browser.cjs http://127.0.0.1:PORT TOKEN   (JDLINT_SCREENSHOTS=FOLDER keeps pictures)
const { chromium } = require("playwright-core");
const { createServer } = require("node:http");
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { tmpdir } = require("node:os");

const [origin, token] = process.argv.slice(2);
const port = new URL(origin).port;
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const flags = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" ");
const faults = [];
const holds = (what, is) => is || faults.push(what);

async function axeRun(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate((t) => window.axe.run(document, { runOnly: t, resultTypes: ["violations"] }), tags);
  for (const v of found.violations) faults.push(`${where}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 160)}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) faults.push(`${where}: ${over} px too wide`);
}

async function picture(page, name) {
  if (process.env.JDLINT_SCREENSHOTS) await page.screenshot({ path: join(process.env.JDLINT_SCREENSHOTS, `serve-${name}.png`), fullPage: true });
}

async function ownPages(browser) {
  for (const [name, viewport, colorScheme] of [["light", { width: 1280, height: 900 }, "light"], ["dark", { width: 1280, height: 900 }, "dark"], ["phone", { width: 320, height: 640 }, "light"]]) {
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    page.on("request", (r) => holds(`${name}: asks for ${r.url()}`, r.url().startsWith(origin)));
    page.on("console", (m) => m.type() === "error" && faults.push(`${name}: ${m.text()}`));
    await page.goto(`${origin}/`);
    holds(`${name}: no form without the token`, (await page.locator("form").count()) === 0);
    await axeRun(page, `start without token, ${name}`);
    await page.goto(`${origin}/?token=${token}`);
    await axeRun(page, `start, ${name}`);
    await picture(page, `start-${name}`);
    // By the keyboard alone: files, text, jurisdiction, button.
    await page.locator("body").press("Tab");
    holds(`${name}: Tab reaches the files first`, (await page.evaluate(() => document.activeElement.id)) === "files");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Wanted: a chairman, young and dynamic.");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    const text = await page.locator("main").innerText();
    holds(`${name}: the report shows the finding`, text.includes("chairman") && text.includes("Gendered job titles"));
    await picture(page, `report-${name}`);
    await page.goto(`${origin}/rules/prerequisite.degree`);
    await axeRun(page, `rule, ${name}`);
    await picture(page, `rule-${name}`);
    await context.close();
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/?token=${token}`);
  await page.locator("#files").setInputFiles(["tests/cli/word/advert.docx", "tests/documents/advert.md"]);
  await Promise.all([page.waitForNavigation(), page.locator("button").click()]);
  const text = await page.locator("main").innerText();
  holds("files: both are in the report", text.includes("advert.docx") && text.includes("advert.md"));
  await context.close();
}

// A page of somebody else, on a server of its own, tries all that a page can.
async function foreignPages(browser) {
  const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end("<!doctype html><title>evil</title><body></body>"));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const their = server.address().port;
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const host of [`http://127.0.0.1:${their}`, `http://evil.example:${their}`]) {
    const seen = [];
    page.on("response", (r) => r.url().includes(`:${port}/`) && seen.push([r.request().method(), r.url(), r.status()]));
    await page.goto(host);
    const got = await page.evaluate(async ({ origin, token }) => {
      const tried = {};
      const attempt = async (name, work) => { try { tried[name] = await work(); } catch (e) { tried[name] = `refused: ${e.name}`; } };
      const body = new URLSearchParams({ text: "A chairman", language: "en-GB" });
      await attempt("read", async () => (await fetch(`${origin}/v2/check?${body}`)).text());
      await attempt("post", async () => (await fetch(`${origin}/v2/check`, { method: "POST", body })).text());
      await attempt("blind", async () => (await fetch(`${origin}/v2/check`, { method: "POST", body, mode: "no-cors" })).type);
      await attempt("token", async () => (await fetch(`${origin}/api/rules`, { headers: { Authorization: `Bearer ${token}` } })).text());
      await attempt("page", async () => (await fetch(`${origin}/?token=${token}`)).text());
      await attempt("image", () => new Promise((ok, no) => { const i = new Image(); i.onload = () => ok("loaded"); i.onerror = () => no(new Error("x")); i.src = `${origin}/v2/check?${body}`; }));
      await attempt("style", () => new Promise((ok, no) => { const l = document.createElement("link"); l.rel = "stylesheet"; l.href = `${origin}/jdlint.css`; l.onload = () => ok("loaded"); l.onerror = () => no(new Error("x")); document.head.append(l); }));
      await attempt("script", () => new Promise((ok, no) => { const s = document.createElement("script"); s.src = `${origin}/v2/info`; s.onload = () => ok("loaded"); s.onerror = () => no(new Error("x")); document.head.append(s); }));
      return tried;
    }, { origin, token });
    for (const [name, result] of Object.entries(got)) holds(`a page at ${host}: ${name} got ${String(result).slice(0, 80)}`, String(result).startsWith("refused") || result === "opaque");
    // A form needs no permission to be sent, so it is the server that refuses it.
    await page.setContent(`<form method="post" action="${origin}/report" enctype="multipart/form-data"><input name="token" value="${token}"><input name="text" value="chairman"><button>x</button></form>`);
    const [sent] = await Promise.all([page.waitForResponse((r) => r.url().endsWith("/report")), page.click("button")]);
    holds(`a form at ${host} was answered ${sent.status()}`, sent.status() === 403);
    await page.goto(host);
    await page.setContent(`<iframe src="${origin}/?token=${token}"></iframe>`);
    await page.waitForTimeout(500);
    const framed = await Promise.all(page.frames().slice(1).map((f) => f.content().catch(() => "")));
    holds(`a frame at ${host} shows our page`, !framed.some((html) => html.includes("<form")));
    holds(`a page at ${host} was answered ${JSON.stringify(seen.filter(([, , s]) => s !== 403))}`, seen.length > 1 && seen.every(([, , status]) => status === 403));
    page.removeAllListeners("response");
  }
  // A name that first points at its own server, then here: to the browser it is one origin.
  const rebound = await page.goto(`http://evil.example:${port}/?token=${token}`);
  holds(`a name that was made to point here was answered ${rebound.status()}`, rebound.status() === 403);
  await context.close();
  server.close();
}

const MANIFEST = { manifest_version: 3, name: "LanguageTool client", version: "1", background: { service_worker: "work.js" } };

// An add-on without any permission for our address, so that it depends on what we allow.
async function addOn() {
  const folder = mkdtempSync(join(tmpdir(), "jdlint-add-on-"));
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(MANIFEST));
  writeFileSync(join(folder, "work.js"), "self.onmessage = () => {};\n");
  const arguments_ = [...flags, `--disable-extensions-except=${folder}`, `--load-extension=${folder}`, "--disable-features=DisableLoadExtensionCommandLineSwitch"];
  const profile = mkdtempSync(join(tmpdir(), "jdlint-profile-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", headless: false, args: [...arguments_, "--headless=new"] });
  const worker = context.serviceWorkers()[0] || (await context.waitForEvent("serviceworker", { timeout: 20000 }));
  const got = await worker.evaluate(async ({ origin, token }) => {
    const attempt = async (work) => { try { return await work(); } catch (e) { return `refused: ${e.name}`; } };
    const body = new URLSearchParams({ text: "👩🏽‍🔧 A chairman", language: "en-GB" });
    return {
      own: self.location.origin,
      check: await attempt(async () => (await fetch(`${origin}/v2/check`, { method: "POST", body })).json()),
      preflighted: await attempt(async () => (await fetch(`${origin}/v2/check`, { method: "POST", body: body.toString(), headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" } })).status),
      api: await attempt(async () => (await fetch(`${origin}/api/rules`, { headers: { Authorization: `Bearer ${token}` } })).text()),
    };
  }, { origin, token });
  const found = got.check.matches && got.check.matches[0];
  holds(`the add-on (${got.own}) was answered ${JSON.stringify(got.check).slice(0, 120)}`, found && "👩🏽‍🔧 A chairman".slice(found.offset, found.offset + found.length) === "chairman");
  holds(`the add-on's headers were answered ${got.preflighted}`, got.preflighted === 200);
  holds(`the add-on got ${String(got.api).slice(0, 60)} of our own API`, String(got.api).startsWith("refused"));
  await context.close();
  rmSync(folder, { recursive: true });
  rmSync(profile, { recursive: true, force: true });
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: [...flags, `--host-resolver-rules=MAP evil.example 127.0.0.1`] });
  await ownPages(browser);
  await foreignPages(browser);
  await browser.close();
  await addOn();
  if (faults.length) {
    console.error(faults.join("\n"));
    process.exit(1);
  }
  console.log("Chromium: the page works by keyboard, pages of others get nothing, an add-on gets what LanguageTool's would");
})();
