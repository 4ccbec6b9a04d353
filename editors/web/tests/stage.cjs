// What the tests stand on: a server of plain files, a browser that notes each request and each breach of the page's policy.
const { createServer } = require("node:http");
const { readFileSync, existsSync, mkdtempSync, rmSync } = require("node:fs");
const { extname, join, normalize } = require("node:path");
const { tmpdir } = require("node:os");
const { chromium } = require("playwright-core");

const dist = join(__dirname, "..", "dist");
const root = join(__dirname, "..", "..", "..");
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" ");
const faults = [];

function expect(truth, words) {
  if (!truth) faults.push(words);
}

/** Serves dist/ below a folder, as an intranet would; notes what is asked for. */
function serve() {
  const asked = [];
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)).replace(/^\/advert-check\//, "/");
    asked.push(path);
    const file = join(dist, path.endsWith("/") ? "index.html" : path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({ asked, address: `http://127.0.0.1:${server.address().port}/advert-check/`, close: () => (server.close(), server.closeAllConnections()) })));
}

async function launch() {
  const profile = mkdtempSync(join(tmpdir(), "jdlint-page-"));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags, env: { ...process.env, HOME: profile } });
  return { browser, close: async () => (await browser.close(), rmSync(profile, { recursive: true, force: true })) };
}

/** A page at an address, its engine ready. What goes wrong in it is a fault. */
async function open(browser, address, { viewport = { width: 1280, height: 900 }, media = {}, context: options = {} } = {}) {
  const context = await browser.newContext({ viewport, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  await page.addInitScript(() => {
    window.breaches = [];
    addEventListener("securitypolicyviolation", (event) => window.breaches.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.emulateMedia(media);
  await page.goto(address);
  await ready(page);
  return { page, context, requests };
}

const ready = (page) => page.waitForFunction(() => performance.getEntriesByName("jdlint:ready").length > 0);

/** The text in the editor, whose tree is its own. */
const text = (page) => page.evaluate(() => [...document.getElementById("editor").shadowRoot.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));

/** Writes over all there is, by paste. */
async function paste(page, words) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const content = document.getElementById("editor").shadowRoot.querySelector(".cm-content");
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, words);
}

/** What the list shows, a line a finding. */
const shown = (page) => page.$$eval("#list .card", (cards) => cards.map((card) => [...card.classList].find((c) => ["error", "warning", "info"].includes(c)) + " " + card.dataset.rule + " " + card.dataset.fingerprint));

/** Drops a file on the page. */
async function drop(page, files) {
  const sent = files.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") }));
  await page.evaluate((files) => {
    const data = new DataTransfer();
    for (const { name, base64 } of files) data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    for (const kind of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, sent);
}

module.exports = { dist, root, faults, expect, serve, launch, open, ready, text, paste, shown, drop };
