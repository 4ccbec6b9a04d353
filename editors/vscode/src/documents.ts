// Which of the editor's documents the server is told of.

import * as vscode from "vscode";

const LANGUAGES = ["markdown", "plaintext", "html", "restructuredtext"];

/** Adverts on the disk and unsaved ones; configs and house rules, for the mistakes in them. */
export const SELECTOR = [
  ...LANGUAGES.flatMap((language) => [
    { scheme: "file", language },
    { scheme: "untitled", language },
  ]),
  { scheme: "file", pattern: "**/*.toml" },
];

/** Whether it may be an advert. */
export function mayBeAdvert(document: vscode.TextDocument): boolean {
  return LANGUAGES.includes(document.languageId) && ["file", "untitled"].includes(document.uri.scheme) && !document.fileName.endsWith(".toml");
}
