// An advert with emoji, accents and CRLF in a real VS Code: what stands under the squiggles by the screen's own measure, what the
// hover says, what a rewrite, its undo, all rewrites and the report do. Run by .ci/vscode: node vscode.cjs ENTRY HOME, where
// ENTRY is code-server's and HOME a folder that holds the .vsix.

const { chromium } = require("playwright-core");
const assert = require("node:assert/strict");
const { execFileSync, spawn, spawnSync } = require("node:child_process");
const { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } = require("node:fs");
const { createServer } = require("node:net");
const { join } = require("node:path");

const [, , entry, home] = process.argv;
const jdlint = process.env.JDLINT;
const pictures = process.env.JDLINT_SCREENSHOTS;
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" ");
const adverts = join(home, "adverts");
const ADVERT = [
  "# Café Manager 👩‍💼", "", "Our naïve 🏗️ chairman is a 💪 rockstar – “young” and energetic.", "", "## Essential", "",
  "- 🎓 A degree", "- Must be a native English speaker", "", "## Desirable", "", "- Crème de la crème 🍰 experience", "",
].join("\r\n");
const SAFE = "# Chair\r\n\r\nThe chairman and the salesman: 500 man hours. Café 🏗️ manpower.\r\n";

const SETTINGS = {
  "workbench.startupEditor": "none", "security.workspace.trust.enabled": false, "workbench.tips.enabled": false, "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false, "window.commandCenter": false, "chat.disableAIFeatures": true, "workbench.secondarySideBar.defaultVisibility": "hidden",
  "editor.minimap.enabled": false, "editor.unicodeHighlight.nonBasicASCII": false, "editor.unicodeHighlight.ambiguousCharacters": false,
  "editor.wordWrap": "on", "editor.fontSize": 15, "editor.lineHeight": 26, "files.simpleDialog.enable": true,
  "workbench.colorTheme": "Default Light Modern", "explorer.openEditors.visible": 0,
};

/** The folder's settings, which the editor reads again as soon as they are written. */
function settings(more) {
  writeFileSync(join(adverts, ".vscode/settings.json"), JSON.stringify(more));
}

function prepare() {
  mkdirSync(adverts, { recursive: true });
  mkdirSync(join(home, "data/User"), { recursive: true });
  writeFileSync(join(adverts, "advert.md"), ADVERT);
  writeFileSync(join(adverts, "safe.md"), SAFE);
  writeFileSync(join(adverts, "README.md"), "# parser\n\nA small parser; its author is a rockstar.\n\n## Installation\n\n```sh\nnpm install parser\n```\n\n## Usage\n\nCall `parse(text)`.\n\n## License\n\nMIT\n");
  mkdirSync(join(adverts, "broken"));
  writeFileSync(join(adverts, "broken/jdlint.toml"), 'jurisdiction = "atlantis"\n');
  writeFileSync(join(home, "data/User/settings.json"), JSON.stringify(SETTINGS));
  // The editor's path is that of the person's shell.
  for (const name of [".bashrc", ".profile"]) writeFileSync(join(home, name), `export PATH="$PATH:${join(jdlint, "..")}"\n`);
  mkdirSync(join(adverts, ".vscode"));
  settings({});
}

const serve = (args, stdio) => [process.execPath, [entry, "--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions"), ...args], { stdio, detached: stdio === "ignore", env: { ...process.env, HOME: home, SHELL: "/bin/bash", XDG_CACHE_HOME: join(home, "cache"), XDG_CONFIG_HOME: join(home, "config"), XDG_DATA_HOME: join(home, "share") } }];

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function start() {
  const vsix = readdirSync(home).find((name) => name.endsWith(".vsix"));
  assert.match(vsix, /^jdlint-(linux|alpine)-\w+-\d+\.\d+\.\d+\.vsix$/);
  execFileSync(...serve(["--install-extension", join(home, vsix)], "pipe"));
  const port = await freePort();
  const server = spawn(...serve(["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust", adverts], "ignore"));
  server.on("error", (error) => console.error(`code-server: ${error.message}`));
  const address = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(adverts)}`;
  for (let n = 0; n < 300; n++) {
    if (await fetch(`http://127.0.0.1:${port}/healthz`).then((r) => r.ok, () => false)) return { server, address };
    await new Promise((r) => setTimeout(r, 100));
  }
  await stop(server);
  throw new Error("code-server does not answer");
}

/** Ends it and all that it started, which write into its folder until they end. */
async function stop(server) {
  const ended = new Promise((resolve) => server.once("exit", resolve));
  process.kill(-server.pid, "SIGTERM");
  await ended;
}

/** The words that stand over each squiggle, by the screen's own measure: a character belongs to one if its middle does. */
function underlined(page) {
  return page.evaluate(() => {
    const lines = [...document.querySelectorAll(".editor-instance .view-line")].map((line) => {
      const characters = [];
      const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        for (let at = 0; at < node.data.length; ) {
          const character = String.fromCodePoint(node.data.codePointAt(at));
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + character.length);
          characters.push({ character, box: range.getBoundingClientRect() });
          at += character.length;
        }
      }
      return { box: line.getBoundingClientRect(), characters };
    });
    const squiggles = [...document.querySelectorAll(".editor-instance .cdr")].filter((mark) => /squiggly-(error|warning|info)/.test(mark.className));
    const over = squiggles.map((mark) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      const line = lines.find((l) => l.box.top <= (top + bottom) / 2 && (top + bottom) / 2 <= l.box.bottom);
      const inside = ({ box }) => left <= (box.left + box.right) / 2 && (box.left + box.right) / 2 <= right;
      return (line?.characters ?? []).filter(inside).map((c) => c.character).join("").replaceAll("\u00a0", " ");
    });
    return [...new Set(over)].sort();
  });
}

const text = (page) => page.evaluate(() => {
  const lines = [...document.querySelectorAll(".editor-instance .view-line")].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  return lines.map((line) => line.textContent.replaceAll("\u00a0", " ")).join("\n");
});

/** Waits until what is asked for is so; what it was at last is told. */
async function until(what, seen, holds) {
  let last;
  for (let n = 0; n < 300; n++) {
    last = await seen();
    if (holds(last)) return last;
    await new Promise((r) => setTimeout(r, 100));
  }
  throw new Error(`${what}: ${JSON.stringify(last)}`);
}

const same = (wanted) => (seen) => JSON.stringify(seen) === JSON.stringify(wanted);

/** Types into the box that a key opens, and takes the line with these words; a key that comes while a page takes the focus is lost. */
async function choose(page, key, typed, line) {
  const box = page.locator(".quick-input-widget:visible input").first();
  await until(`the box of ${key}`, async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press(key);
    return box.fill(typed, { timeout: 2000 }).then(() => true, () => false);
  }, same(true));
  // What is typed is looked for a moment later, so that Enter could take another line.
  await page.locator(".quick-input-list .monaco-list-row", { hasText: line }).first().click();
}

async function open(page, name) {
  await choose(page, "Control+P", name, name);
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
}

const run = (page, command) => choose(page, "F1", `>${command}`, command);

/** Where a word stands on the screen. */
async function place(page, word) {
  const box = await page.evaluate((wanted) => {
    for (const line of document.querySelectorAll(".editor-instance .view-line")) {
      const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const at = node.data.replaceAll("\u00a0", " ").indexOf(wanted);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }
    }
    return null;
  }, word);
  assert.ok(box, `“${word}” is on the screen`);
  return box;
}

async function keep(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

const status = (page) => page.locator("#jdlint\\.jdlint\\.jdlint\\.status, [id='jdlint.jdlint.jdlint.status']").first().textContent({ timeout: 20000 });

const steps = {
  async "the right words are underlined"(page) {
    await open(page, "advert.md");
    const found = JSON.parse(await checked("advert.md")).files[0].findings.map((f) => f.text);
    assert.deepEqual([...found].sort(), ["chairman", "degree", "energetic", "native English speaker", "rockstar"]);
    await until("underlined", () => underlined(page), same([...found].sort()));
    await until("status", () => status(page), (s) => /jdlint: \d+ warnings/.test(s));
  },
  async "the hover says why and for whom"(page) {
    const { x, y } = await place(page, "chairman");
    await page.mouse.move(x - 3, y);
    await page.mouse.move(x, y, { steps: 5 });
    // The editor shows the message at once, and below it what the server says as soon as it is there.
    const hover = page.locator(".monaco-hover:visible", { hasText: "May be read as" }).first();
    await hover.waitFor();
    const said = (await hover.textContent()).replaceAll("\u00a0", " ");
    assert.equal(said.split("pictures one sex in the job").length, 2, "the message is said once");
    assert.match(said, /May be read as “not for me” by/);
    assert.match(said, /Evidence/);
    await keep(page, "hover");
    await page.mouse.move(5, 5);
  },
  async "a rewrite is made and undone"(page) {
    const { x, y } = await place(page, "chairman");
    await page.mouse.click(x, y);
    const best = page.locator(".action-widget .monaco-list-row.action", { hasText: "Write “chair”" }).first();
    // The menu closes when the editor asks for diagnostics meanwhile.
    const offered = async () => {
      await page.keyboard.press("Control+.");
      return best.waitFor({ timeout: 3000 }).then(() => true, () => false);
    };
    await until("offered", offered, same(true));
    await keep(page, "rewrites");
    await best.click();
    await until("rewritten", () => text(page), (t) => t.includes("Our naïve 🏗️ chair is a 💪 rockstar"));
    await until("underlined", () => underlined(page), (words) => !words.includes("chairman") && words.includes("native English speaker") && words.includes("degree"));
    await page.keyboard.press("Control+Z");
    await until("undone", () => text(page), (t) => t.includes("Our naïve 🏗️ chairman is a 💪 rockstar"));
    await until("underlined", () => underlined(page), (words) => words.includes("chairman") && words.length === 5);
  },
  async "typing before a word moves its squiggle"(page) {
    const { x, y } = await place(page, "chairman");
    await page.mouse.click(x, y);
    await page.keyboard.press("Home");
    await page.keyboard.insertText("👩‍💼🏗️é ");
    await until("typed", () => text(page), (t) => t.includes("👩‍💼🏗️é Our naïve"));
    await until("underlined", () => underlined(page), (words) => words.includes("chairman") && words.length === 5);
    // What was put in at once may have been typed in two steps.
    const undone = async () => {
      await page.keyboard.press("Control+Z");
      return text(page);
    };
    await until("undone", undone, (t) => t.includes("\nOur naïve"));
    await page.keyboard.press("Control+S");
    assert.equal(readFileSync(join(adverts, "advert.md"), "utf8"), ADVERT);
  },
  async "the report stands beside the text"(page) {
    await run(page, "jdlint: Report on This Advert");
    const inner = await until("report", () => frameOf(page, "How this document reads"), (frame) => frame !== null);
    assert.match(await inner.locator("body").innerText(), /native English speaker/);
    await keep(page, "report");
    await run(page, "View: Close All Editors");
  },
  async "all rewrites that keep the meaning are those of the command line"(page) {
    await open(page, "safe.md");
    await until("underlined", () => underlined(page), (words) => words.includes("chairman"));
    await run(page, "jdlint: Make All Rewrites That Keep the Meaning");
    await until("rewritten", () => text(page), (t) => !t.includes("chairman"));
    await page.keyboard.press("Control+S");
    writeFileSync(join(home, "by-hand.md"), SAFE);
    execFileSync(jdlint, ["fix", join(home, "by-hand.md")], { stdio: "pipe" });
    await until("saved", async () => readFileSync(join(adverts, "safe.md"), "utf8"), same(readFileSync(join(home, "by-hand.md"), "utf8")));
  },
  async "what is no advert is left alone and the status says why"(page) {
    await open(page, "README.md");
    await until("status", () => status(page), (s) => s.includes("left alone"));
    assert.deepEqual(await underlined(page), []);
  },
  async "mistakes in jdlint.toml are shown"(page) {
    await open(page, "jdlint.toml");
    await until("underlined", () => underlined(page), (words) => words.some((w) => w.includes("atlantis")));
  },
  async "settings count at once"(page) {
    await open(page, "advert.md");
    await until("underlined", () => underlined(page), (words) => words.length === 5);
    settings({ "jdlint.ignore": ["prerequisite"], "jdlint.codeLens": true });
    await until("underlined", () => underlined(page), same(["chairman", "energetic", "rockstar"]));
    const lens = page.locator(".codelens-decoration a", { hasText: "essential criteria" }).first();
    await lens.waitFor();
    await keep(page, "lens");
    await lens.click();
    await until("report", () => frameOf(page, "How this document reads"), (frame) => frame !== null);
    await run(page, "View: Close All Editors");
    settings({ "jdlint.minSeverity": "error" });
    await open(page, "advert.md");
    await until("status", () => status(page), (s) => s.includes("jdlint"));
    await until("underlined", () => underlined(page), same([]));
    settings({});
    await until("underlined", () => underlined(page), (words) => words.length === 5);
  },
  async "the jdlint of the setting, then that of the path is started, and a message says where there is none"(page) {
    settings({ "jdlint.useBundled": false, "jdlint.path": "~/nowhere/jdlint" });
    const message = page.locator(".notification-list-item", { hasText: "which is no program that can be started" }).first();
    await message.waitFor();
    assert.match(await message.textContent(), /“jdlint\.path” names .*\/nowhere\/jdlint/);
    await keep(page, "no-jdlint");
    await until("underlined", () => underlined(page), same([]));
    mkdirSync(join(home, "own"));
    copyFileSync(jdlint, join(home, "own/jdlint"));
    settings({ "jdlint.useBundled": false, "jdlint.path": "~/own/jdlint" });
    await until("underlined", () => underlined(page), (words) => words.length === 5);
    await until("log", log, (l) => /starting \S+\/own\/jdlint \(jdlint\.path\)/.test(l));
    settings({ "jdlint.useBundled": false });
    await until("log", log, (l) => l.trimEnd().endsWith("(on the path)"));
    await until("underlined", () => underlined(page), (words) => words.length === 5);
    settings({});
    await until("log", log, (l) => l.trimEnd().endsWith("(comes with the extension)"));
    await until("underlined", () => underlined(page), (words) => words.length === 5);
    await run(page, "Notifications: Clear All Notifications");
  },
  async "a rule is explained"(page) {
    await run(page, "jdlint: Explain a Rule…");
    await page.locator(".quick-input-widget:visible", { hasText: "Explain a rule" }).locator("input").first().fill("gendered.title");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "gendered.title" }).first().click();
    const inner = await until("page", () => frameOf(page, "Who may read it"), (frame) => frame !== null);
    assert.match(await inner.locator("body").innerText(), /Evidence/);
    await keep(page, "rule");
    await run(page, "View: Close All Editors");
  },
  async "the walkthrough and the sample open"(page) {
    await page.setViewportSize({ width: 1600, height: 900 });
    await run(page, "jdlint: Open the Walkthrough");
    await page.locator(".gettingStartedContainer", { hasText: "Write adverts that let people in" }).first().waitFor();
    await page.locator(".gettingStartedContainer .step-title", { hasText: "Take a rewrite" }).first().click();
    const pictures = () => frameOf(page, "Make this criterion desirable").then((frame) => frame && frame.evaluate(() => [...document.images].map((i) => i.naturalWidth)));
    await until("its picture", pictures, (widths) => widths?.length === 1 && widths[0] > 300);
    await keep(page, "walkthrough");
    await run(page, "jdlint: Try It on a Sample Advert");
    await until("underlined", () => underlined(page), (words) => words.includes("rockstar") && words.includes("degree"));
    await keep(page, "sample");
  },
  async "after a restart the words are underlined again"(page) {
    await run(page, "jdlint: Restart the Server");
    await until("status", () => status(page), (s) => /\d+ (errors?|warnings?)/.test(s));
    await until("underlined", () => underlined(page), (words) => words.includes("rockstar"));
  },
};

/** The frame that shows a page with these words; pages stand in frames of frames. */
async function frameOf(page, words) {
  for (const frame of page.frames()) {
    const shown = await frame.locator("body").innerText({ timeout: 500 }).catch(() => "");
    if (frame !== page.mainFrame() && shown.includes(words)) return frame;
  }
  return null;
}

/** Which jdlint was started last, and why that one, as the extension's log says. */
function log() {
  const logs = readdirSync(join(home, "data/logs"), { recursive: true }).filter((name) => name.endsWith("jdlint.log"));
  const lines = logs.flatMap((name) => readFileSync(join(home, "data/logs", name), "utf8").split("\n"));
  return Promise.resolve(lines.filter((line) => line.includes("starting ")).join("\n"));
}

/** What the command line finds; findings make it end with 1, which is no fault here. */
async function checked(name) {
  return spawnSync(jdlint, ["check", "--format", "json", name], { cwd: adverts, env: { ...process.env, HOME: home }, encoding: "utf8" }).stdout;
}

async function main() {
  prepare();
  const { server, address } = await start();
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  let n_failed = 0;
  try {
    const page = await browser.newPage({ viewport: { width: 1180, height: 760 } });
    await page.goto(address);
    await page.locator(".monaco-workbench .statusbar").waitFor({ timeout: 60000 });
    for (const [name, step] of Object.entries(steps)) {
      try {
        await step(page);
        console.log(`vscode: ${name}`);
      } catch (fault) {
        n_failed += 1;
        console.error(`vscode: not so: ${name}: ${fault.message}`);
        await keep(page, `fault-${n_failed}`);
        await page.keyboard.press("Escape");
      }
    }
  } finally {
    await browser.close();
    await stop(server);
  }
  console.log(`${Object.keys(steps).length - n_failed} passed, ${n_failed} failed`);
  process.exitCode = n_failed === 0 ? 0 : 1;
}

main();
