// Settings and folders → the jdlint to start: the one that comes with the extension, else the one that the setting names, else
// the one on the path. Knows nothing of the protocol.

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

const NAME = process.platform === "win32" ? "jdlint.exe" : "jdlint";

export type Found = { command: string; from: "bundled" | "setting" | "path" };

/** No jdlint is there; the message says where it was looked for. */
export class NotFound extends Error {}

export function findBinary(extension: vscode.ExtensionContext): Found {
  const settings = vscode.workspace.getConfiguration("jdlint");
  const bundled = extension.asAbsolutePath(path.join("bin", NAME));
  if (settings.get<boolean>("useBundled", true) && runs(bundled)) return { command: bundled, from: "bundled" };
  const named = expanded(settings.get<string>("path", "").trim());
  if (named !== "") {
    if (runs(named)) return { command: named, from: "setting" };
    throw new NotFound(`“jdlint.path” names ${named}, which is no program that can be started.`);
  }
  const onPath = (process.env["PATH"] ?? "").split(path.delimiter).filter(Boolean).map((folder) => path.join(folder, NAME)).find(runs);
  if (onPath !== undefined) return { command: onPath, from: "path" };
  throw new NotFound("jdlint is not there: the extension has none for this system, “jdlint.path” is empty, and it is not on the path.");
}

/** A person writes `~` and `${workspaceFolder}`; only a shell and the editor's own settings understand them. */
function expanded(named: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const home = /^~(?=$|[/\\])/;
  const whole = named.replace(home, os.homedir().replaceAll("$", "$$$$"));
  return folder === undefined ? whole : whole.replaceAll("${workspaceFolder}", folder.replaceAll("$", "$$$$"));
}

function runs(file: string): boolean {
  try {
    if (!fs.statSync(file).isFile()) return false;
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
