// Runs the engine beside the page, so that typing never waits for it.
import init, { Engine } from "./engine/jdlint_web.js";
import type { Request, Response, Task, Tasks, Written } from "./view";

let ready: Promise<unknown>;
let engine: Engine | null = null;

type Done<T extends Task> = (asked: Tasks[T]["asked"]) => Tasks[T]["answer"];

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
};

/** The engine's errors are sentences, or a list of them. */
function sentences(wrong: unknown): string[] {
  if (typeof wrong !== "string") throw wrong;
  return wrong.startsWith("[") ? JSON.parse(wrong) : [wrong];
}

addEventListener("message", async (event: MessageEvent<Request | WebAssembly.Module>) => {
  // The page sends the compiled code first.
  if (event.data instanceof WebAssembly.Module) return void (ready = init({ module_or_path: event.data }));
  const { id, task, asked } = event.data;
  await ready;
  const from = performance.now();
  let response: Response;
  try {
    response = { id, answer: (tasks[task] as Done<Task>)(asked as never) };
  } catch (wrong) {
    response = { id, wrong: sentences(wrong) };
  }
  performance.clearMeasures(task);
  performance.measure(task, { start: from });
  postMessage(response);
});
