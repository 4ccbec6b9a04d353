// Runs the engine beside the page, so that typing never waits for it.
import init, { Engine, compiled, recall } from "./engine/jdlint_web.js";
import address from "./engine/jdlint_web_bg.wasm?url";
import type { Begin, Request, Response, Task, Tasks, Written } from "./view";

/** Where the rules of this very engine, whose address tells its content, are kept as they were compiled. */
const KEPT = "rules of jdlint";
let ready: Promise<void>;
let engine: Engine | null = null;

type Done<T extends Task> = (asked: Tasks[T]["asked"]) => Tasks[T]["answer"] | Promise<Tasks[T]["answer"]>;

/** With the rules that an earlier visit kept there is nothing to compile. */
async function begin({ module, recalls }: Begin): Promise<void> {
  const [kept] = await Promise.all([recalls ? recalled() : forgotten(), init({ module_or_path: module })]);
  if (kept && !recall(kept)) await forgotten();
}

async function recalled(): Promise<Uint8Array | null> {
  try {
    // Unlike `open`, this makes no cache where there is none.
    const kept = await caches.match(address, { cacheName: KEPT });
    return kept ? new Uint8Array(await kept.arrayBuffer()) : null;
  } catch {
    // No cache: not by https, or the browser keeps nothing.
    return null;
  }
}

async function forgotten(): Promise<null> {
  await caches.delete(KEPT).catch(() => false);
  return null;
}

async function keep(): Promise<null> {
  try {
    const cache = await caches.open(KEPT);
    if (await cache.match(address)) return null;
    for (const outdated of await cache.keys()) await cache.delete(outdated);
    await cache.put(address, new Response(new Blob([compiled() as Uint8Array<ArrayBuffer>])));
  } catch {
    // Then the next visit compiles them again.
  }
  return null;
}

/** The engine under the settings that were given last. */
function current(): Engine {
  engine ??= new Engine(JSON.stringify({ jurisdiction: null, files: [] }));
  return engine;
}

function written(file: { bytes: Uint8Array; comments: number; changes: number; notices: string }): Written {
  return { bytes: new Uint8Array(file.bytes), comments: file.comments, changes: file.changes, notices: file.notices };
}

const tasks: { [T in Task]: Done<T> } = {
  settings(asked) {
    const next = new Engine(JSON.stringify(asked));
    engine?.free();
    engine = next;
    return JSON.parse(next.about());
  },
  open: ({ name, bytes }) => JSON.parse(current().open(name, bytes)),
  check: ({ name, bytes }) => current().check(name, bytes),
  report: ({ name, bytes, from }) => current().report(name, bytes, from),
  review: ({ name, bytes, chosen, from, date }) => written(current().review(name, bytes, chosen ? JSON.stringify(chosen) : undefined, from, date)),
  fixed: ({ name, bytes, chosen }) => written(current().fixed(name, bytes, JSON.stringify(chosen))),
  text: ({ name, bytes }) => current().text(name, bytes),
  rule: (id) => current().rule(id) ?? null,
  keep,
};

/** The engine's errors are sentences, or a list of them. */
function sentences(wrong: string): string[] {
  return wrong.startsWith("[") ? JSON.parse(wrong) : [wrong];
}

addEventListener("message", async (event: MessageEvent<Request | Begin>) => {
  if ("module" in event.data) return void (ready = begin(event.data));
  const { id, task, asked } = event.data;
  await ready;
  const from = performance.now();
  let response: Response;
  try {
    response = { id, answer: await (tasks[task] as Done<Task>)(asked as never) };
  } catch (wrong) {
    // What is no sentence is a fault of ours: out of this handler, whose promise nobody hears, it ends the worker.
    if (typeof wrong !== "string") return void setTimeout(() => { throw wrong; });
    response = { id, wrong: sentences(wrong) };
  }
  performance.clearMeasures(task);
  performance.measure(task, { start: from });
  postMessage(response);
});
