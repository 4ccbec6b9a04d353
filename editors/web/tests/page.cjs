// The page in Chromium → faults: what an HR person does with it, with mouse and with keys alone; what it asks of the network;
// what axe finds; whether it finds what `jdlint check` finds.
const { execFileSync, spawn } = require("node:child_process");
const { readFileSync, readdirSync, statSync, mkdtempSync } = require("node:fs");
const { join, basename, extname } = require("node:path");
const { tmpdir } = require("node:os");
const { brotliCompressSync, constants, gzipSync } = require("node:zlib");
const { dist, root, faults, expect, serve, launch, open, ready, text, paste, shown, drop } = require("./stage.cjs");

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const jdlint = process.env.JDLINT ?? join(root, "target/debug/jdlint");
const folder = mkdtempSync(join(tmpdir(), "jdlint-page-test-"));
const fixture = (name) => readFileSync(join(root, "tests/documents", name));
const ADVERT = "# Site Manager\n\n## The work\n\n- Lead the site team\n\n## Essential\n\n- A degree\n- The chairman is your line manager\n";
const figures = {};
/** What it may weigh, in bytes. */
const LIMIT = 2.5e6;

/** Bytes that a browser fetches, where the server compresses in either way. */
function sizes() {
  const files = readdirSync(dist, { recursive: true }).map((name) => join(dist, name)).filter((path) => statSync(path).isFile());
  const total = (packed) => files.map((path) => packed(readFileSync(path)).length).reduce((a, b) => a + b, 0);
  const brotli = total((bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }));
  const gzip = total((bytes) => gzipSync(bytes, { level: 9 }));
  figures["size, compressed"] = `${(brotli / 1e6).toFixed(2)} MB by brotli, ${(gzip / 1e6).toFixed(2)} MB by gzip`;
  expect(brotli < LIMIT, `the page is ${brotli} bytes compressed by brotli, over ${LIMIT}`);
}

const count = (page) => page.textContent("#count");
const found = async (page, rule) => (await page.$$(`#list [data-rule="${rule}"]`)).length;
const settled = (page) => page.waitForFunction(() => document.getElementById("count").textContent !== "");

async function writes(browser, address) {
  const { page, context } = await open(browser, address);
  const times = await page.evaluate(() => [performance.getEntriesByName("jdlint:ready")[0].startTime, performance.getEntriesByType("navigation")[0].loadEventEnd]);
  await page.evaluate(() => performance.clearMarks("jdlint:shown"));
  const before = await page.evaluate(() => performance.now());
  await paste(page, ADVERT);
  await page.waitForFunction(() => performance.getEntriesByName("jdlint:shown").length > 0);
  const first = await page.evaluate(() => performance.getEntriesByName("jdlint:shown")[0].startTime);
  figures["engine ready after the page began to load"] = `${times[0].toFixed(0)} ms (page loaded: ${times[1].toFixed(0)} ms)`;
  figures["first result after a paste"] = `${(first - before).toFixed(0)} ms`;
  expect((await found(page, "prerequisite.degree")) === 1, "a pasted advert shows its degree");
  expect((await found(page, "gendered.title")) === 1, "a pasted advert shows its chairman");
  const marks = await page.locator(".cm-lintRange").count();
  expect(marks >= 2, `words are marked in the text: ${marks}`);
  await page.locator("#list [data-rule='gendered.title'] .take").first().click();
  await page.waitForFunction(() => !document.querySelector("#list [data-rule='gendered.title']"));
  expect(/The chair is/.test(await text(page)), `a rewrite is taken by a click: ${await text(page)}`);
  await page.click("#undo");
  await page.waitForFunction(() => document.querySelector("#list [data-rule='gendered.title']"));
  expect(/The chairman is/.test(await text(page)), "Undo takes it back");
  await page.click("#redo");
  await page.waitForFunction(() => !document.querySelector("#list [data-rule='gendered.title']"));
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelector("#list [data-rule='gendered.title']"));
  await page.keyboard.press("Control+End");
  await page.keyboard.type("- Native English speaker\n", { delay: 5 });
  await page.waitForFunction(() => document.querySelectorAll("#list .card.error, #list .card.warning").length >= 3);
  await page.click("#clear");
  expect((await text(page)).includes("Paste or type"), "Clear clears");
  expect((await page.evaluate(() => window.breaches)).length === 0, "nothing breaches the policy");
  await context.close();
}

async function reviews(browser, address) {
  const { page, context } = await open(browser, address);
  await drop(page, [{ name: "advert.docx", bytes: readFileSync(process.env.DOCX ?? join(root, "editors/web/tests/advert.docx")) }]);
  await page.waitForFunction(() => document.getElementById("source").textContent.startsWith("advert.docx"));
  await settled(page);
  expect(await page.locator("#insight table.criteria").count() > 0, "a dropped Word file shows its criteria");
  expect(await page.locator("#insight .picture").count() > 0, "… and its coded words");
  const take = page.locator("#list [data-rule='gendered.title'] .take").first();
  await take.click();
  expect((await take.getAttribute("aria-pressed")) === "true", "a rewrite in a Word file is marked as taken");
  expect((await page.locator(".jd-inserted").count()) === 1, "it stands in the text as a tracked change");
  await page.click("#undo");
  expect((await page.locator(".jd-inserted").count()) === 0, "Undo takes it back");
  await page.click("#redo");
  await page.locator(".cm-content").focus();
  await page.keyboard.type("typed");
  expect(!(await text(page)).includes("typed"), "the text of a file stays as it is");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#review")]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  expect(basename(path) === "advert.reviewed.docx", `the review is named for the file: ${basename(path)}`);
  const told = JSON.parse(execFileSync(process.env.PYTHON ?? "python3", [join(__dirname, "reviewed.py"), path], { encoding: "utf8" }));
  const cards = await page.$$eval("#list .card", (all) => all.length);
  expect(told.comments.some((c) => c.includes("names a man") || c.includes("chairman")), `its comments say what was found: ${told.comments}`);
  expect(told.inserted.length === 1 && told.deleted.join("").length > 0, `the taken rewrite, and no other, is a tracked change: ${JSON.stringify(told)}`);
  figures["review of advert.docx, opened with python-docx"] = `${told.comments.length} comments for ${cards} findings, ${told.inserted.length} tracked change`;
  const [report] = await Promise.all([page.waitForEvent("download"), page.click("#report")]);
  expect(readFileSync(await report.path(), "utf8").startsWith("<!doctype html>"), "the report is a page of HTML");
  await page.click("#as-text");
  await page.keyboard.type("typed ");
  expect((await text(page)).includes("typed "), "as a text it can be written on");
  await context.close();
}

/** HTML comes back with the rewrites made, OpenDocument with comments; all else in them is as it was. */
async function givesBack(browser, address) {
  const { page, context } = await open(browser, address);
  const html = "<!doctype html><title>Post</title>\n<h1>Site Manager</h1>\n<p>The <b>chairman</b> leads caf&eacute; staff. The salesman sells.</p>\n";
  await drop(page, [{ name: "post.html", bytes: Buffer.from(html) }]);
  await page.waitForFunction(() => document.getElementById("source").textContent.startsWith("post.html"));
  await page.locator("#list .card", { hasText: "chairman" }).locator(".take").first().click();
  const [fixed] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
  expect(readFileSync(await fixed.path(), "utf8") === html.replace("chairman", "chair"), "one rewrite is made in the HTML, and nothing else is changed");
  await drop(page, [{ name: "advert.odt", bytes: fixture("formats/advert.odt") }]);
  await page.waitForFunction(() => document.getElementById("source").textContent.startsWith("advert.odt"));
  const [reviewed] = await Promise.all([page.waitForEvent("download"), page.click("#review")]);
  expect(reviewed.suggestedFilename() === "advert.reviewed.odt", `an OpenDocument text stays one: ${reviewed.suggestedFilename()}`);
  const script = "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('content.xml').decode().count('<office:annotation '))";
  const comments = Number(execFileSync(process.env.PYTHON ?? "python3", ["-c", script, await reviewed.path()], { encoding: "utf8" }));
  expect(comments > 0, `it has comments: ${comments}`);
  await page.click("#settings-open");
  await page.uncheck("#notes");
  await page.click("#settings-close");
  await page.waitForFunction(() => document.querySelectorAll("#list .card.info").length === 0 && document.querySelectorAll("#list .card").length > 0);
  await page.click("#copy").catch(() => {});
  await context.close();
}

async function refuses(browser, address) {
  const { page, context } = await open(browser, address);
  await drop(page, [{ name: "broken.docx", bytes: Buffer.from("PK\x03\x04 no zip") }]);
  await page.waitForSelector("#trouble:not([hidden])");
  const said = await page.textContent("#trouble");
  expect(said.startsWith("broken.docx: ") && said.length > 30, `a broken file is named and told: ${said}`);
  await drop(page, [{ name: "advert.pdf", bytes: fixture("formats/advert.pdf") }]);
  await page.waitForFunction(() => document.getElementById("source").textContent.startsWith("advert.pdf") || /jdlint serve/.test(document.getElementById("trouble").textContent));
  await drop(page, [{ name: "jdlint.toml", bytes: Buffer.from("juristiction = 'us'\n") }]);
  await page.waitForSelector("#house-wrong:not([hidden])");
  expect((await page.textContent("#house-wrong")).includes("jdlint.toml, line 1: there is no key “juristiction”"), "a mistake in the house rules is told with its place");
  expect((await page.locator("#house li").count()) === 0, "… and they are not taken");
  await page.click("#settings-close");
  await context.close();
}

/** House rules and jurisdiction hold, are kept, and can be forgotten. */
async function sets(browser, address) {
  const { page, context } = await open(browser, address);
  await paste(page, "We need a salesman with a UK passport.\n");
  await settled(page);
  const house = readFileSync(join(root, "tests/cli/house/chairman.toml"));
  await drop(page, [{ name: "jdlint.toml", bytes: Buffer.from("rules = 'house/'\n") }, { name: "chairman.toml", bytes: house }]);
  await page.waitForSelector("#list [data-rule='house.chairman']");
  await page.selectOption("#jurisdiction", "us");
  await page.click("#settings-close");
  await page.reload();
  await ready(page);
  await paste(page, "We need a salesman.\n");
  await page.waitForSelector("#list [data-rule='house.chairman']");
  expect((await page.inputValue("#jurisdiction")) === "us", "the jurisdiction is kept");
  await page.click("#settings-open");
  await page.click("#forget");
  await page.waitForFunction(() => !document.querySelector("#list [data-rule='house.chairman']"));
  expect((await page.evaluate(() => JSON.stringify(localStorage))).includes("chairman") === false, "forgotten settings are gone");
  expect(!(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).includes("salesman"), "no text is kept");
  await context.close();
}

/** The main job with keys alone: write, hear of the findings, take a rewrite, undo, download. */
async function keys(browser, address) {
  const { page, context } = await open(browser, address);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  const tabTo = async (id) => {
    for (let n = 0; n < 120; n++) {
      if ((await focused()) === id) return true;
      await page.keyboard.press("Tab");
    }
    return false;
  };
  await page.keyboard.press("Tab");
  expect((await focused()).startsWith("Skip to"), "Tab reaches the skip link first");
  expect(await tabTo("editor"), "Tab reaches the text");
  await page.keyboard.type("Site Manager\n\nThe chairman manages manpower.\n");
  await page.waitForFunction(() => document.querySelectorAll("#list .card").length >= 2);
  await page.waitForFunction(() => /warning/.test(document.getElementById("said").textContent));
  expect(/\d+ warning/.test(await page.textContent("#said")), "the number of findings is read out");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("F8");
  const heard = await page.textContent("#said");
  expect(/warning|error|note/.test(heard), `F8 reads the finding out: ${heard}`);
  const here = await page.$$eval("#list .card.here", (all) => all.length);
  expect(here === 1, "… and its card stands out");
  for (let n = 0; n < 8 && !/chairman/.test(await page.textContent("#said")); n++) await page.keyboard.press("F8");
  await page.keyboard.press("Control+.");
  await page.waitForFunction(() => !/chairman/.test([...document.getElementById("editor").shadowRoot.querySelectorAll(".cm-line")].map((l) => l.textContent).join()));
  await page.keyboard.press("Control+z");
  expect(/chairman/.test(await text(page)), "Ctrl-Z takes a rewrite back");
  await page.waitForSelector("#list .take");
  const reached = await tabTo(await page.$eval("#list .take", (b) => b.textContent));
  expect(reached, "Tab reaches the rewrites, and leaves the text on the way");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(400);
  expect(await page.evaluate(() => document.getElementById("list").contains(document.activeElement)), `who took a rewrite stands in the list still: ${await focused()}`);
  await page.keyboard.press("Control+z");
  await page.waitForTimeout(300);
  await page.focus("body");
  await page.keyboard.press("Shift+F8");
  await context.close();
}

async function asksNothing(browser) {
  const host = await serve();
  const { page, context, requests } = await open(browser, host.address);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.waitForLoadState("networkidle");
  expect(requests.every((url) => url.startsWith(host.address) || url.startsWith("data:")), `only its own files: ${requests.filter((url) => !url.startsWith(host.address))}`);
  const [before, served] = [requests.length, host.asked.length];
  figures["requests of a first visit"] = `${before} by the page, ${served} of the host with those of the service worker`;
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  const log = [];
  cdp.on("Network.requestWillBeSent", (event) => log.push(event.request.url));
  await paste(page, ADVERT);
  await settled(page);
  await drop(page, [{ name: "advert.docx", bytes: readFileSync(join(__dirname, "advert.docx")) }]);
  await page.waitForFunction(() => document.getElementById("source").textContent.startsWith("advert.docx"));
  await page.click("#settings-open");
  await page.selectOption("#jurisdiction", "us");
  await page.click("#settings-close");
  const asked = log.filter((url) => !/^(blob|data):/.test(url));
  expect(asked.length === 0 && requests.filter((url) => !/^(blob|data):/.test(url)).length === before && host.asked.length === served, `nothing is asked of the network after loading: ${asked} ${requests.slice(before)}`);
  // No network, and no host any more.
  await context.setOffline(true);
  host.close();
  await page.reload();
  await ready(page);
  await paste(page, ADVERT);
  await page.waitForSelector("#list [data-rule='prerequisite.degree']");
  await context.close();
}

/** The rules are compiled on the first visit only; spoilt, they are left and compiled anew. */
async function recalls(browser) {
  const host = await serve();
  const { page, context } = await open(browser, host.address);
  const bytes = (change) => page.evaluate(async (change) => {
    const cache = await caches.open("rules of jdlint");
    const [key] = await cache.keys();
    if (!key) return [];
    const bytes = new Uint8Array(await (await cache.match(key)).arrayBuffer());
    if (change) bytes[bytes.length >> 1] ^= 1;
    if (change) await cache.put(key, new Response(bytes));
    return [bytes.length, bytes[bytes.length >> 1]];
  }, change);
  const kept = async (wanted) => {
    for (let n = 0; n < 200 && (await bytes(false)).join() !== wanted.join(); n++) await new Promise((done) => setTimeout(done, 50));
    return (await bytes(false)).join() === wanted.join();
  };
  const found = async () => {
    await paste(page, ADVERT);
    await page.waitForSelector("#list [data-rule='prerequisite.degree']");
    return (await shown(page)).sort().join();
  };
  const first = await found();
  for (let n = 0; n < 200 && (await bytes(false)).length === 0; n++) await new Promise((done) => setTimeout(done, 50));
  const whole = await bytes(false);
  expect(whole[0] > 1e6, `the compiled rules are kept: ${whole}`);
  await page.reload();
  await ready(page);
  expect((await found()) === first, "the next visit finds the same with the rules that were kept");
  expect(await kept(whole), "… and keeps them");
  await bytes(true);
  await page.reload();
  await ready(page);
  expect((await found()) === first, "with spoilt ones, too");
  expect(await kept(whole), "… which are replaced");
  figures["compiled rules that are kept for the next visit"] = `${(whole[0] / 1e6).toFixed(1)} MB`;
  await context.close();
  host.close();
}

const looks = [
  { name: "light", viewport: { width: 1280, height: 900 }, media: { colorScheme: "light" } },
  { name: "dark", viewport: { width: 1280, height: 900 }, media: { colorScheme: "dark" } },
  { name: "phone", viewport: { width: 320, height: 640 }, media: { colorScheme: "light" } },
  { name: "forced", viewport: { width: 1280, height: 900 }, media: { forcedColors: "active" } },
];

async function looksWell(browser, address, look) {
  const { page, context } = await open(browser, address, look);
  const pictures = process.env.JDLINT_SCREENSHOTS;
  const picture = (what) => pictures && page.screenshot({ path: join(pictures, `${what}-${look.name}.png`) });
  await axeRun(page, `${look.name}, empty`);
  await drop(page, [{ name: "advert.docx", bytes: readFileSync(join(__dirname, "advert.docx")) }]);
  await settled(page);
  await page.locator("#list [data-rule='gendered.title'] .take").first().click();
  await axeRun(page, `${look.name}, a Word file`);
  await picture("word");
  await page.click("#clear");
  await page.click("#example");
  await settled(page);
  await page.locator("#list details.why summary").first().click();
  await axeRun(page, `${look.name}, a text`);
  await picture("text");
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over <= 0, `${look.name}: ${over} px too wide`);
  await page.locator("#insight").scrollIntoViewIfNeeded();
  await page.evaluate(() => document.getElementById("insight").scrollIntoView());
  await picture("insight");
  await page.click("#settings-open");
  await axeRun(page, `${look.name}, settings`);
  await picture("settings");
  await page.click("#settings-close");
  await page.locator("#list details[open] .link").first().click();
  await page.waitForSelector("#rule[open]");
  await axeRun(page, `${look.name}, a rule`);
  await context.close();
}

async function axeRun(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate((t) => window.axe.run(document, { runOnly: t, resultTypes: ["violations"] }), tags);
  for (const v of found.violations) faults.push(`${where}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + n.any.map((a) => a.message).join()).join(" | ")}`);
}

async function prints(browser, address) {
  const { page, context } = await open(browser, address);
  await page.click("#example");
  await settled(page);
  // A browser without a screen has no dialogue; the events are those of any way to print.
  await page.evaluate(() => (window.print = () => dispatchEvent(new Event("beforeprint"))));
  await page.click("#print");
  await page.waitForSelector("#paper", { state: "attached" });
  expect((await page.textContent("#paper")).includes("Change first"), "the report is what is printed");
  await page.emulateMedia({ media: "print" });
  expect(!(await page.locator("#editor").isVisible()) && (await page.locator("#paper").isVisible()), "… and nothing else");
  if (process.env.JDLINT_SCREENSHOTS) await page.screenshot({ path: join(process.env.JDLINT_SCREENSHOTS, "print.png") });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  expect((await page.locator("#editor").isVisible()) && (await page.locator("#paper").count()) === 0, "afterwards all is as it was");
  await context.close();
}

/** Every readable document is opened on the page; its list is held against the command line's. */
async function agrees(browser, address, files, label) {
  const { page, context } = await open(browser, address);
  // A page that an old compiler built reads no PDF, and says so.
  if (/reads no PDF/.test(await page.textContent("#about"))) files = files.filter((file) => !/\.pdf$/i.test(file));
  const told = checkedBy(files);
  let [same, findings, read] = [0, 0, 0];
  for (const [n, file] of files.entries()) {
    const cli = told[n];
    if (n > 0) await page.click("#clear", { timeout: 3000 }).catch(() => {});
    await page.setInputFiles("#file", file);
    await page.waitForFunction((name) => document.getElementById("trouble").hidden === false || (document.getElementById("source").textContent.startsWith(name) && document.getElementById("count").textContent !== ""), basename(file));
    const trouble = await page.$eval("#trouble", (e) => (e.hidden ? null : e.textContent));
    if (trouble || cli.error) {
      expect(Boolean(trouble) === Boolean(cli.error), `${basename(file)}: page: ${trouble}; jdlint check: ${cli.error?.message}`);
      if (trouble && cli.error) expect(trouble.endsWith(cli.error.message), `${basename(file)}: told otherwise: ${trouble} / ${cli.error.message}`);
      await page.reload();
      await ready(page);
      continue;
    }
    read++;
    const ours = (await shown(page)).sort();
    const theirs = cli.findings.map((f) => `${f.severity} ${f.rule} ${f.fingerprint}`).sort();
    findings += theirs.length;
    if (JSON.stringify(ours) === JSON.stringify(theirs)) same++;
    else faults.push(`${basename(file)}: the page and jdlint check differ: ${ours.filter((x) => !theirs.includes(x)).slice(0, 3)} / ${theirs.filter((x) => !ours.includes(x)).slice(0, 3)}`);
  }
  figures[`${label}: as jdlint check`] = `${same} of ${read} documents, ${findings} findings`;
  await context.close();
}

function checkedBy(files) {
  const all = [];
  for (let n = 0; n < files.length; n += 50) {
    let out;
    try {
      out = execFileSync(jdlint, ["check", "--no-config", "--format", "json", ...files.slice(n, n + 50)], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
    } catch (error) {
      out = error.stdout;
    }
    all.push(...JSON.parse(out).files);
  }
  return all;
}

const documents = (where) => readdirSync(where, { recursive: true }).map((name) => join(where, name)).filter((path) => /\.(docx|odt|html?|md|txt|json|pdf)$/i.test(path) && statSync(path).isFile()).sort();

/** A folder's documents at once, in a table. */
async function folders(browser, address) {
  const { page, context } = await open(browser, address);
  await drop(page, [{ name: "a.md", bytes: Buffer.from(ADVERT) }, { name: "b.txt", bytes: Buffer.from("Welcome.\n") }, { name: "c.docx", bytes: Buffer.from("PK\x03\x04") }]);
  await page.waitForFunction(() => /^3 documents: /.test(document.getElementById("batch-sum").textContent));
  expect(/1 could not be read/.test(await page.textContent("#batch-sum")), `several files give a table: ${await page.textContent("#batch-sum")}`);
  await axeRun(page, "several files");
  await page.click("#batch-table .link");
  await page.waitForSelector("#list [data-rule='prerequisite.degree']");
  await context.close();
}

/** The page that `jdlint serve` opens. */
async function served(browser) {
  const server = spawn(jdlint, ["serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const address = await new Promise((resolve, reject) => {
      let said = "";
      server.stdout.on("data", (part) => ((said += part), /#token=\S+/.test(said) && resolve(said.match(/http:\S+#token=\S+/)[0])));
      server.on("exit", () => reject(new Error(`jdlint serve ended: ${said}`)));
    });
    const { page, context } = await open(browser, address);
    expect(!page.url().includes("token"), "the token leaves the address");
    await paste(page, ADVERT);
    await page.waitForSelector("#list [data-rule='prerequisite.degree']");
    const natively = page.waitForResponse((response) => response.url().includes("/api/check") && response.ok());
    await drop(page, [{ name: "a.md", bytes: Buffer.from(ADVERT) }, { name: "b.docx", bytes: readFileSync(join(__dirname, "advert.docx")) }]);
    await natively;
    await page.waitForFunction(() => /^2 documents: /.test(document.getElementById("batch-sum").textContent));
    expect((await page.evaluate(() => window.breaches)).length === 0, "nothing breaches the server's policy");
    await page.reload();
    await ready(page);
    expect((await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length))) === 0, "a port that others may get is not kept by a service worker");
    expect((await page.evaluate(() => caches.keys())).length === 0, "… and nothing else is kept there");
    figures["jdlint serve"] = "opens with its token, works, checks several files natively";
    await context.close();
  } finally {
    server.kill();
  }
}

(async () => {
  const host = await serve();
  const { browser, close } = await launch();
  const steps = [
    ["sizes", sizes],
    ["writes", () => writes(browser, host.address)],
    ["reviews", () => reviews(browser, host.address)],
    ["gives back", () => givesBack(browser, host.address)],
    ["refuses", () => refuses(browser, host.address)],
    ["sets", () => sets(browser, host.address)],
    ["keys", () => keys(browser, host.address)],
    ["asks nothing", () => asksNothing(browser)],
    ["recalls", () => recalls(browser)],
    ["folders", () => folders(browser, host.address)],
    ["prints", () => prints(browser, host.address)],
    ...looks.map((look) => [`looks: ${look.name}`, () => looksWell(browser, host.address, look)]),
    ["agrees", () => agrees(browser, host.address, documents(join(root, "tests/documents")), "the fixtures")],
    ...(process.env.JDLINT_DEV ? [["agrees on all", () => agrees(browser, host.address, documents(process.env.JDLINT_DEV), "JDLINT_DEV")]] : []),
    ["served", () => served(browser)],
  ];
  const wanted = process.argv.slice(2);
  let passed = 0;
  let failed = 0;
  for (const [name, step] of steps.filter(([name]) => wanted.length === 0 || wanted.some((w) => name.startsWith(w)))) {
    const before = faults.length;
    await Promise.resolve(step()).catch((error) => faults.push(`${name}: ${error.message.split("\n").slice(0, 4).join(" ")}`));
    faults.length > before ? failed++ : passed++;
    console.log(`${faults.length > before ? "FAILED" : "ok"} ${name}`);
  }
  await close();
  host.close();
  for (const [what, figure] of Object.entries(figures)) console.log(`${what}: ${figure}`);
  for (const fault of faults) console.error(fault);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
})();
