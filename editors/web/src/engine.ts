// Questions to the engine's worker → answers. A worker that died is replaced, and told the settings again.
import wasm from "./engine/jdlint_web_bg.wasm?url";
import type { Begin, Request, Response, Task, Tasks } from "./view";

/** What the engine says of what it cannot do: sentences for the person who asked. */
export class Refused extends Error {
  constructor(readonly sentences: string[]) {
    super(sentences.join("\n"));
  }
}

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (wrong: Error) => void;
}

/** The engine's code, compiled while it comes in and before the worker is there, once for all workers. */
const compiled = compile();
let worker = start({ recalls: true });
let last = 0;
let settings: Tasks["settings"]["asked"] | null = null;
const waiting = new Map<number, Waiting>();

async function compile(): Promise<WebAssembly.Module> {
  const from = performance.now();
  try {
    return await WebAssembly.compileStreaming(fetch(wasm));
  } catch {
    // A host that does not know the media type of WebAssembly.
    return await WebAssembly.compile(await (await fetch(wasm)).arrayBuffer());
  } finally {
    performance.measure("jdlint:compiled", { start: from });
  }
}

function start({ recalls }: { recalls: boolean }): Worker {
  const started = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "jdlint" });
  started.addEventListener("message", (event: MessageEvent<Response>) => hear(event.data));
  started.addEventListener("error", () => replace());
  compiled.then((module) => started.postMessage({ module, recalls } satisfies Begin), () => {});
  return started;
}

function hear(response: Response): void {
  const who = waiting.get(response.id);
  waiting.delete(response.id);
  if ("wrong" in response) who?.reject(new Refused(response.wrong));
  else who?.resolve(response.answer);
}

function replace(): void {
  worker.terminate();
  lose("jdlint stumbled over this document; please report it, with the words that it stumbled over");
  worker = start({ recalls: false });
  if (settings) void ask("settings", settings).catch(() => {});
}

/** Says to all who wait why there is no answer. */
function lose(why: string): void {
  const lost = [...waiting.values()];
  waiting.clear();
  for (const who of lost) who.reject(new Refused([why]));
}

/** Asks the engine for something. */
export function ask<T extends Task>(task: T, asked: Tasks[T]["asked"]): Promise<Tasks[T]["answer"]> {
  if (task === "settings") settings = asked as Tasks["settings"]["asked"];
  const request: Request<T> = { id: ++last, task, asked };
  return new Promise((resolve, reject) => {
    waiting.set(request.id, { resolve: resolve as Waiting["resolve"], reject });
    compiled.then(
      () => worker.postMessage(request),
      () => lose("the engine of this page could not be loaded; load the page again"),
    );
  });
}
