// Questions to the engine's worker → answers. A worker that died is replaced, and told the settings again.
import type { Request, Response, Task, Tasks } from "./view";

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

let worker = start();
let last = 0;
let settings: Tasks["settings"]["asked"] | null = null;
const waiting = new Map<number, Waiting>();

function start(): Worker {
  const started = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "jdlint" });
  started.addEventListener("message", (event: MessageEvent<Response>) => hear(event.data));
  started.addEventListener("error", () => replace());
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
  const lost = [...waiting.values()];
  waiting.clear();
  worker = start();
  if (settings) void ask("settings", settings).catch(() => {});
  for (const who of lost) who.reject(new Refused(["jdlint stumbled over this document; please report it, with the words that it stumbled over"]));
}

/** Asks the engine for something. */
export function ask<T extends Task>(task: T, asked: Tasks[T]["asked"]): Promise<Tasks[T]["answer"]> {
  if (task === "settings") settings = asked as Tasks["settings"]["asked"];
  const request: Request<T> = { id: ++last, task, asked };
  return new Promise((resolve, reject) => {
    waiting.set(request.id, { resolve: resolve as Waiting["resolve"], reject });
    worker.postMessage(request);
  });
}
