// The page in Firefox → faults: the main job, by mouse and keys, the review that it gives back, and what it asks of the network.
const { execFileSync } = require("node:child_process");
const { existsSync, mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { join } = require("node:path");
const { tmpdir } = require("node:os");
const puppeteer = require("puppeteer-core");
const { root, faults, expect, serve } = require("./stage.cjs");

const ADVERT = "# Site Manager\n\n## The work\n\n- Lead the site team\n\n## Essential\n\n- A degree\n- The chairman is your line manager\n";
const figures = {};
const folder = mkdtempSync(join(tmpdir(), "jdlint-firefox-"));

/** Downloads go to a folder, and Firefox asks nothing of anybody by itself. */
const preferences = {
  "browser.download.folderList": 2,
  "browser.download.dir": folder,
  "browser.download.always_ask_before_handling_new_types": false,
  "app.update.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

const launch = () =>
  puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", headless: true, extraPrefsFirefox: preferences, env: { ...process.env, HOME: folder }, defaultViewport: { width: 1280, height: 900 } });

const mark = (page, name) => page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, {}, name);
const says = (page, id, words) => page.waitForFunction((id, words) => document.getElementById(id).textContent.includes(words), {}, id, words);
const text = (page) => page.evaluate(() => [...document.getElementById("editor").shadowRoot.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));
const marks = (page) => page.evaluate(() => document.getElementById("editor").shadowRoot.querySelectorAll(".cm-lintRange").length);

/** As a person does it: copied elsewhere, pasted over all there is. */
async function paste(page, words) {
  await page.evaluate((text) => {
    const elsewhere = document.createElement("textarea");
    document.body.append(elsewhere);
    elsewhere.value = text;
    elsewhere.select();
  }, words);
  await control(page, "c");
  await page.evaluate(() => {
    document.querySelector("body > textarea").remove();
    document.getElementById("editor").shadowRoot.querySelector(".cm-content").focus();
  });
  await control(page, "a");
  await control(page, "v");
}

async function control(page, key) {
  await page.keyboard.down("Control");
  await page.keyboard.press(key);
  await page.keyboard.up("Control");
}

async function drop(page, name, bytes) {
  await page.evaluate((name, base64) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    for (const kind of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, name, bytes.toString("base64"));
}

async function downloaded(name) {
  const path = join(folder, name);
  for (let n = 0; n < 100 && !(existsSync(path) && !existsSync(`${path}.part`)); n++) await new Promise((done) => setTimeout(done, 50));
  expect(existsSync(path), `${name} is downloaded`);
  return path;
}

async function writes(page) {
  await page.evaluate(() => performance.clearMarks("jdlint:shown"));
  await paste(page, ADVERT);
  await mark(page, "jdlint:shown");
  await page.waitForSelector("#list [data-rule='prerequisite.degree']");
  expect((await page.$$("#list [data-rule='gendered.title']")).length === 1, "a pasted advert shows its chairman");
  expect((await marks(page)) >= 2, `words are marked in the text: ${await marks(page)}`);
  if (process.env.JDLINT_SCREENSHOTS) await page.screenshot({ path: join(process.env.JDLINT_SCREENSHOTS, "text-firefox.png") });
  await (await page.$("#list [data-rule='gendered.title'] .take")).click();
  await page.waitForFunction(() => !document.querySelector("#list [data-rule='gendered.title']"));
  expect(/The chair is/.test(await text(page)), `a rewrite is taken by a click: ${await text(page)}`);
  await page.evaluate(() => document.getElementById("editor").shadowRoot.querySelector(".cm-content").focus());
  await control(page, "z");
  await page.waitForSelector("#list [data-rule='gendered.title']");
  expect(/The chairman is/.test(await text(page)), "Ctrl-Z takes it back");
  await control(page, "End");
  await page.keyboard.type("- Native English speaker\n");
  await page.waitForFunction(() => document.querySelectorAll("#list .card.error, #list .card.warning").length >= 3);
}

async function reviews(page) {
  await drop(page, "advert.docx", readFileSync(join(root, "editors/web/tests/advert.docx")));
  await says(page, "source", "advert.docx");
  await page.waitForSelector("#list [data-rule='gendered.title'] .take");
  await (await page.$("#list [data-rule='gendered.title'] .take")).click();
  if (process.env.JDLINT_SCREENSHOTS) await page.screenshot({ path: join(process.env.JDLINT_SCREENSHOTS, "word-firefox.png") });
  await (await page.$("#review")).click();
  const path = await downloaded("advert.reviewed.docx");
  const told = JSON.parse(execFileSync(process.env.PYTHON ?? "python3", [join(__dirname, "reviewed.py"), path], { encoding: "utf8" }));
  expect(told.inserted.length === 1 && told.deleted.join("").length > 0, `the taken rewrite, and no other, is a tracked change: ${JSON.stringify(told)}`);
  figures["review of advert.docx, opened with python-docx"] = `${told.comments.length} comments, ${told.inserted.length} tracked change`;
  await drop(page, "advert.pdf", readFileSync(join(root, "tests/documents/formats/advert.pdf")));
  await page.waitForFunction(() => document.getElementById("source").textContent.startsWith("advert.pdf") || /jdlint serve/.test(document.getElementById("trouble").textContent));
}

async function main() {
  const host = await serve();
  const browser = await launch();
  const page = await browser.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  await page.goto(host.address);
  await mark(page, "jdlint:ready");
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const outside = requests.filter((url) => !url.startsWith(host.address) && !/^(data|blob):/.test(url));
  expect(outside.length === 0, `only its own files: ${outside}`);
  const [before, served] = [requests.length, host.asked.length];
  await writes(page);
  await reviews(page);
  const since = requests.slice(before).filter((url) => !/^(data|blob):/.test(url));
  expect(since.length === 0 && host.asked.length === served, `nothing is asked of the network after loading: ${since} ${host.asked.slice(served)}`);
  figures["requests"] = `${before} to load the page (${served} with those of the service worker), ${since.length} after`;
  // No host any more.
  host.close();
  await page.reload();
  await mark(page, "jdlint:ready");
  await paste(page, ADVERT);
  await page.waitForSelector("#list [data-rule='prerequisite.degree']");
  figures["browser"] = await browser.version();
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

main()
  .catch((error) => faults.push(error.stack))
  .finally(() => {
    for (const [what, figure] of Object.entries(figures)) console.log(`${what}: ${figure}`);
    for (const fault of faults) console.error(`fault: ${fault}`);
    process.exit(faults.length > 0 ? 1 : 0);
  });
