// The editor's beginning and end → a server that runs in between, and is started anew when the person asks or the program to
// start is another.

import * as vscode from "vscode";
import { State, type LanguageClient } from "vscode-languageclient/node";
import { findBinary, NotFound } from "./binary";
import { startClient } from "./client";
import { commands } from "./commands";
import { Pages } from "./pages";
import { StatusItem } from "./status";

let client: LanguageClient | undefined;
/** Starts and stops follow one another, also where a person is quicker than the server. */
let turn: Promise<void> = Promise.resolve();

export async function activate(extension: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("jdlint", { log: true });
  const status = new StatusItem();
  const pages = new Pages();
  const restart = () => (turn = turn.then(() => stop(status)).then(() => start(extension, output, status)));
  const running = async () => {
    await turn;
    if (!client) void vscode.window.showWarningMessage("jdlint is not running; its log says why.", "Show the Log").then((chosen) => chosen && output.show());
    return client;
  };
  const house = { extension, output, status, pages, client: running, restart };
  extension.subscriptions.push(
    output,
    status,
    pages,
    ...Object.entries(commands(house)).map(([name, run]) => vscode.commands.registerCommand(name, run)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("jdlint.path") || change.affectsConfiguration("jdlint.useBundled")) void restart();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void restart()),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await turn;
  await client?.stop();
}

async function start(extension: vscode.ExtensionContext, output: vscode.LogOutputChannel, status: StatusItem): Promise<void> {
  status.set({ kind: "starting" });
  try {
    const found = findBinary(extension);
    output.info(`starting ${found.command} (${{ bundled: "comes with the extension", setting: "jdlint.path", path: "on the path" }[found.from]})`);
    client = await startClient(found, output, (told) => status.told(told));
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) status.set({ kind: "failed", why: "the server ended; the log says why" });
      if (newState === State.Running) status.set({ kind: "none" });
    });
    status.set({ kind: "none" });
  } catch (error) {
    client = undefined;
    const why = error instanceof Error ? error.message : String(error);
    output.error(why);
    status.set({ kind: "failed", why });
    void explainFailure(error, why, output);
  }
}

async function stop(status: StatusItem): Promise<void> {
  const running = client;
  client = undefined;
  status.set({ kind: "starting" });
  await running?.dispose().catch(() => undefined);
}

async function explainFailure(error: unknown, why: string, output: vscode.LogOutputChannel): Promise<void> {
  if (!(error instanceof NotFound)) {
    if (await vscode.window.showErrorMessage(`jdlint could not be started: ${why}`, "Show the Log")) output.show();
    return;
  }
  const how = "Install jdlint and restart the server, or say where it is.";
  const chosen = await vscode.window.showErrorMessage(`${why} ${how}`, "Say Where", "Restart");
  if (chosen === "Say Where") await vscode.commands.executeCommand("workbench.action.openSettings", "jdlint.path");
  if (chosen === "Restart") await vscode.commands.executeCommand("jdlint.restart");
}
