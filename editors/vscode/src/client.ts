// A jdlint to start → a running language server, and what it says beside the protocol's own messages.

import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn } from "vscode-languageclient/node";
import type { Found } from "./binary";
import { SELECTOR } from "./documents";
import { serverSettings } from "./settings";

/** `jdlint/status`: how a document was understood. */
export type Status = {
  uri: string;
  version: number;
  kind: string | null;
  leftAlone: string | null;
  errors: number;
  warnings: number;
  infos: number;
  jurisdiction: string | null;
  coding: string | null;
  mandatoryCriteria: number;
  notices: string[];
};

export async function startClient(found: Found, output: vscode.LogOutputChannel, told: (status: Status) => void): Promise<LanguageClient> {
  const client = new LanguageClient(
    "jdlint",
    "jdlint",
    { command: found.command, args: ["lsp"] },
    {
      documentSelector: SELECTOR,
      initializationOptions: serverSettings(),
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      synchronize: { configurationSection: "jdlint" },
      middleware: {
        provideHover: async (document, position, token, next) => withoutMessages(await next(document, position, token), document, position),
        // The server's own way to show a report is a browser of the machine it runs on; a person may sit at another.
        executeCommand: (command, args, next) =>
          command === "jdlint.report" ? vscode.commands.executeCommand("jdlint.openReport", vscode.Uri.parse(String(args[0]))) : next(command, args),
        workspace: {
          configuration: (params) => params.items.map((item) => (item.section === "jdlint" ? serverSettings() : null)),
        },
      },
    },
  );
  client.onNotification("jdlint/status", told);
  await client.start();
  return client;
}

/** The editor shows a finding's message itself, above what the server says of it, which begins with the same. */
function withoutMessages(hover: vscode.Hover | null | undefined, document: vscode.TextDocument, position: vscode.Position): vscode.Hover | null | undefined {
  const here = vscode.languages.getDiagnostics(document.uri).filter((d) => d.source === "jdlint" && d.range.contains(position));
  const messages = new Set(here.map((d) => d.message));
  const said = (paragraph: string) => messages.has(paragraph.replace(/\\(.)/g, "$1"));
  for (const content of hover?.contents ?? []) {
    if (content instanceof vscode.MarkdownString) content.value = content.value.split("\n\n").filter((p) => !said(p)).join("\n\n");
  }
  return hover;
}
