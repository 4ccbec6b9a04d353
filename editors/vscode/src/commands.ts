// What a person asks for → requests to the server and the editor.

import * as path from "node:path";
import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import type { Pages } from "./pages";
import type { StatusItem } from "./status";

export type House = {
  extension: vscode.ExtensionContext;
  output: vscode.LogOutputChannel;
  status: StatusItem;
  pages: Pages;
  /** The running server; says to the person why there is none. */
  client(): Promise<LanguageClient | undefined>;
  restart(): Promise<void>;
};

/** The commands by the names that package.json has. */
export function commands(house: House): Record<string, (...args: never[]) => unknown> {
  return {
    "jdlint.openReport": (of?: vscode.Uri) => openReport(house, of),
    "jdlint.saveReport": () => saveReport(house),
    "jdlint.fixAll": () => fixAll(),
    "jdlint.explainRule": (rule?: string) => explainRule(house, rule),
    "jdlint.trySample": () => trySample(house),
    "jdlint.openWalkthrough": () => vscode.commands.executeCommand("workbench.action.openWalkthrough", `${house.extension.extension.id}#start`, false),
    "jdlint.showOutput": () => house.output.show(),
    "jdlint.restart": () => house.restart(),
    "jdlint.menu": () => menu(house),
  };
}

/** Asks the server to carry out a command of its own; what it refuses is told to the person. */
async function ask<T>(house: House, command: string, ...args: unknown[]): Promise<T | undefined> {
  const client = await house.client();
  try {
    return client && ((await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args })) as T);
  } catch (error) {
    void vscode.window.showWarningMessage(`jdlint: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** The document that is looked at; where there is none, the person is told. */
function document(): vscode.TextDocument | undefined {
  const found = vscode.window.activeTextEditor?.document;
  if (!found) void vscode.window.showInformationMessage("jdlint: open an advert first.");
  return found;
}

async function openReport(house: House, of?: vscode.Uri): Promise<void> {
  const uri = of ?? document()?.uri;
  if (!uri) return;
  const report = await ask<{ html: string }>(house, "jdlint.report", uri.toString());
  if (report) house.pages.show(uri.toString(), `Report: ${path.basename(uri.path)}`, report.html);
}

async function saveReport(house: House): Promise<void> {
  const shown = document();
  if (!shown) return;
  const { dir, name } = path.parse(shown.fileName);
  const folder = shown.isUntitled ? (vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "") : dir;
  const target = await vscode.window.showSaveDialog({
    title: "Save the report",
    defaultUri: vscode.Uri.file(path.join(folder, `${name}-report.html`)),
    filters: { "Web page": ["html"] },
  });
  if (!target) return;
  const written = await ask<{ path: string }>(house, "jdlint.report", shown.uri.toString(), { path: target.fsPath });
  if (!written) return;
  const look = "Open in the Browser";
  if ((await vscode.window.showInformationMessage(`The report is in ${written.path}.`, look)) === look) await vscode.env.openExternal(target);
}

/** The editor itself makes the edits, so that one undo takes them back. */
async function fixAll(): Promise<void> {
  const shown = document();
  if (!shown) return;
  await vscode.window.showTextDocument(shown, { preserveFocus: false });
  await vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.jdlint", apply: "first" });
}

type Rule = { id: string; name: string };

async function explainRule(house: House, named?: string): Promise<void> {
  const rule = named ?? (await chosenRule(house));
  if (rule === undefined) return;
  const page = await ask<{ html: string }>(house, "jdlint.explain", rule);
  if (page) house.pages.show(`rule ${rule}`, rule, page.html);
}

/** Of all rules, those that found something in the document that is looked at stand first. */
async function chosenRule(house: House): Promise<string | undefined> {
  const told = await ask<{ rules: Rule[] }>(house, "jdlint.rules");
  if (!told) return undefined;
  const here = rulesHere();
  const item = ({ id, name }: Rule): vscode.QuickPickItem => ({ label: id, description: name });
  const separator = (label: string): vscode.QuickPickItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const found = told.rules.filter((rule) => here.has(rule.id)).map(item);
  const others = told.rules.filter((rule) => !here.has(rule.id)).map(item);
  const items = found.length === 0 ? others : [separator("found in this document"), ...found, separator("all others"), ...others];
  const chosen = await vscode.window.showQuickPick(items, { title: "Explain a rule", placeHolder: "A rule", matchOnDescription: true });
  return chosen?.label;
}

function rulesHere(): Set<string> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const found = uri ? vscode.languages.getDiagnostics(uri) : [];
  return new Set(found.filter((d) => d.source === "jdlint").map((d) => String(typeof d.code === "object" ? d.code.value : d.code)));
}

async function trySample(house: House): Promise<void> {
  const sample = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(house.extension.extensionUri, "media", "sample.md"));
  const opened = await vscode.workspace.openTextDocument({ language: "markdown", content: new TextDecoder().decode(sample) });
  await vscode.window.showTextDocument(opened);
}

type Offer = vscode.QuickPickItem & { command: string; args?: unknown[] };

async function menu(house: House): Promise<void> {
  const isRead = house.status.current()?.leftAlone === null;
  const offers: Offer[] = [
    ...(isRead
      ? [
          { label: "$(warning) Go through what was found", command: "workbench.actions.view.problems" },
          { label: "$(checklist) Report on this advert", command: "jdlint.openReport" },
          { label: "$(sparkle) Make all rewrites that keep the meaning", command: "jdlint.fixAll" },
        ]
      : []),
    { label: "$(question) Explain a rule…", command: "jdlint.explainRule" },
    { label: "$(gear) Settings", command: "workbench.action.openSettings", args: ["jdlint."] },
    { label: "$(mortar-board) Walkthrough", command: "jdlint.openWalkthrough" },
    { label: "$(output) Log", command: "jdlint.showOutput" },
    { label: "$(debug-restart) Restart the server", command: "jdlint.restart" },
  ];
  const chosen = await vscode.window.showQuickPick(offers, { title: "jdlint" });
  if (chosen) await vscode.commands.executeCommand(chosen.command, ...(chosen.args ?? []));
}
