// The person's settings → what the server takes (docs/editors.md). What is empty goes unsaid, so that jdlint.toml counts.

import * as vscode from "vscode";

const NAMES = ["jurisdiction", "select", "ignore", "minSeverity", "codeLens", "inlayHints", "workspace"] as const;

export function serverSettings(): Record<string, unknown> {
  const settings = vscode.workspace.getConfiguration("jdlint");
  const said = NAMES.map((name) => [name, settings.get<unknown>(name)] as const).filter(([, value]) => value !== undefined && value !== "");
  return { ...Object.fromEntries(said), status: true };
}
