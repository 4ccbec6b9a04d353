// How the server understood each document → the item in the status bar, for the document that is looked at.

import * as vscode from "vscode";
import type { Status } from "./client";
import { mayBeAdvert } from "./documents";

/** What keeps the server from answering; `none`: it runs. */
export type Trouble = { kind: "none" } | { kind: "starting" } | { kind: "failed"; why: string };

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("jdlint.status", vscode.StatusBarAlignment.Right, 90);
  private readonly known = new Map<string, Status>();
  private readonly listeners: vscode.Disposable;
  private trouble: Trouble = { kind: "starting" };

  constructor() {
    this.item.name = "jdlint";
    this.item.command = "jdlint.menu";
    this.listeners = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
      vscode.workspace.onDidCloseTextDocument((document) => this.known.delete(document.uri.toString())),
    );
    this.show();
  }

  told(status: Status): void {
    // The server writes an address as it came; the editor's own spelling is the key.
    this.known.set(vscode.Uri.parse(status.uri).toString(), status);
    this.show();
  }

  set(trouble: Trouble): void {
    this.trouble = trouble;
    if (trouble.kind !== "none") this.known.clear();
    this.show();
  }

  /** How the document that is looked at was understood. */
  current(): Status | undefined {
    const document = vscode.window.activeTextEditor?.document;
    return document && this.known.get(document.uri.toString());
  }

  dispose(): void {
    this.listeners.dispose();
    this.item.dispose();
  }

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const status = this.current();
    void vscode.commands.executeCommand("setContext", "jdlint.isRead", status !== undefined && status.leftAlone === null);
    if (!document || !mayBeAdvert(document)) return this.item.hide();
    const [text, tooltip] = this.trouble.kind === "none" ? understood(status) : troubled(this.trouble);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.backgroundColor = this.trouble.kind === "failed" ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    this.item.accessibilityInformation = { label: `jdlint: ${plain(text)}` };
    this.item.show();
  }
}

function troubled(trouble: Trouble): [string, string] {
  return trouble.kind === "failed" ? ["$(error) jdlint", trouble.why] : ["$(loading~spin) jdlint", "jdlint is starting"];
}

function understood(status: Status | undefined): [string, vscode.MarkdownString | string] {
  if (!status) return ["$(loading~spin) jdlint", "jdlint is reading this document"];
  if (status.leftAlone !== null) return ["$(circle-slash) jdlint: left alone", `Left alone: ${status.leftAlone}`];
  const counts = [counted(status.errors, "error"), counted(status.warnings, "warning"), counted(status.infos, "note")].filter((c) => c !== "");
  const icon = status.errors > 0 ? "$(error)" : status.warnings > 0 ? "$(warning)" : "$(check)";
  return [`${icon} jdlint: ${counts.join(", ") || "nothing found"}`, tooltip(status)];
}

function tooltip(status: Status): vscode.MarkdownString {
  const lines = [
    `Read as ${status.kind}${status.jurisdiction === null ? "" : `, by the law of ${countryName(status.jurisdiction)}`}`,
    counted(status.mandatoryCriteria, "essential criterion", "essential criteria") || "no essential criteria",
    ...(status.coding === null || status.coding === "empty" ? [] : [`gender coding: ${status.coding}`]),
    ...status.notices,
  ];
  // What the notices quote is a stranger's text, and no markup.
  const shown = new vscode.MarkdownString();
  lines.forEach((line, n) => shown.appendMarkdown(n === 0 ? "" : "\n\n").appendText(line));
  return shown;
}

const COUNTRIES: Record<string, string> = {
  uk: "the United Kingdom",
  us: "the United States",
  ie: "Ireland",
  ca: "Canada",
  au: "Australia",
  eu: "the European Union",
};

function countryName(code: string): string {
  return COUNTRIES[code] ?? code;
}

/** “3 warnings”; nothing where there is none. */
function counted(n: number, one: string, many = `${one}s`): string {
  return n === 0 ? "" : `${n} ${n === 1 ? one : many}`;
}

function plain(text: string): string {
  return text.replace(/\$\([^)]*\)\s*/g, "").replace(/^jdlint:?\s*/, "");
}
