// The page in Chromium → how long a person waits for the first result, cold and warm: `editors/web/tests/speed.cjs [RUNS]`.
// Cold: a browser that never saw the page. Warm: one that keeps it for offline use, and asks the host for nothing.
const { loadavg } = require("node:os");
const { serve, launch, open } = require("./stage.cjs");

const RUNS = Number(process.argv[2] ?? 10);
const ADVERT = "# Site Manager\n\n## The work\n\n- Lead the site team\n\n## Essential\n\n- A degree\n- Five years' experience\n- The chairman is your line manager\n";

/** Milliseconds of one visit, from the start of the navigation unless it says otherwise. */
async function visit(page) {
  const stands = await page.evaluate(() => ({
    load: performance.getEntriesByType("navigation")[0].loadEventEnd,
    ready: performance.getEntriesByName("jdlint:ready")[0].startTime,
    compile: performance.getEntriesByName("jdlint:compiled")[0].duration,
  }));
  const [worker] = page.workers();
  const took = (task) => worker.evaluate((task) => performance.getEntriesByName(task)[0]?.duration ?? null, task);
  // The engine reads its example when it is ready.
  while ((await took("open")) === null) await new Promise((done) => setTimeout(done, 20));
  return { ...stands, start: await took("settings"), first: await took("open") };
}

/** In the page: pastes, and resolves when findings are on the screen, with the time at which they were. */
function shownAfter(text) {
  return new Promise((resolve) => {
    performance.clearMarks("jdlint:shown");
    new PerformanceObserver((list) => list.getEntriesByName("jdlint:shown").slice(0, 1).forEach((mark) => resolve(mark.startTime))).observe({ type: "mark" });
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const content = document.getElementById("editor").shadowRoot.querySelector(".cm-content");
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
}

/** From a paste to its findings on the screen. */
const pasted = (page) => page.evaluate(`(async () => { const before = performance.now(); return (await (${shownAfter})(${JSON.stringify(ADVERT)})) - before; })()`);

/** A paste as soon as there is something to paste into, whether the engine is ready or not: when that was, and how long its findings took. */
async function atOnce(context, address) {
  const page = await context.newPage();
  const script = `(() => {
    const there = () => document.getElementById("editor")?.shadowRoot?.querySelector(".cm-content");
    const begin = () => {
      if (!there()) return void setTimeout(begin, 1);
      const before = performance.now();
      window.shown = (${shownAfter})(${JSON.stringify(ADVERT)}).then((at) => [before, at - before]);
    };
    begin();
  })()`;
  await page.addInitScript(script);
  await page.goto(address);
  await page.waitForFunction(() => window.shown);
  const figures = await page.evaluate(() => window.shown);
  await page.close();
  return figures;
}

async function once(browser, address) {
  const { page, context } = await open(browser, address);
  const cold = { ...(await visit(page)), pasted: await pasted(page) };
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.close();
  const again = await context.newPage();
  await again.goto(address);
  await again.waitForFunction(() => performance.getEntriesByName("jdlint:ready").length > 0);
  const warm = { ...(await visit(again)), pasted: await pasted(again) };
  await again.close();
  [warm.there, warm.atOnce] = await atOnce(context, address);
  await context.close();
  const fresh = await browser.newContext();
  [cold.there, cold.atOnce] = await atOnce(fresh, address);
  await fresh.close();
  return { cold, warm };
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function main() {
  const host = await serve();
  const { browser, close } = await launch();
  const runs = [];
  for (let n = 0; n < RUNS; n++) runs.push(await once(browser, host.address));
  for (const kind of ["cold", "warm"]) {
    const all = runs.map((run) => run[kind]);
    const of = (name) => `${median(all.map((run) => run[name] ?? NaN)).toFixed(0)} ms`;
    console.log(`${kind}, median of ${RUNS}: page loaded ${of("load")}, engine ready ${of("ready")} after the navigation began`);
    console.log(`  of it the engine fetched and compiled in ${of("compile")}, started in ${of("start")}; then it read its example in ${of("first")}`);
    console.log(`  a paste once it was ready: ${of("pasted")}; a paste as soon as there is something to paste into (${of("there")}): ${of("atOnce")}`);
  }
  console.log(`load of the machine: ${loadavg().map((n) => n.toFixed(1)).join(" ")}, ${require("node:os").cpus().length} cores`);
  await close();
  host.close();
}

main();
