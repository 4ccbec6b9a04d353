// The server's pages (a report, a rule) → panels beside the text. They hold no script, and none is let run.

import * as vscode from "vscode";

export class Pages implements vscode.Disposable {
  private readonly open = new Map<string, vscode.WebviewPanel>();

  /** Shows a page; the one that is open under the same name is brought up to date. */
  show(name: string, title: string, html: string): void {
    const panel = this.open.get(name) ?? this.create(name);
    panel.title = title;
    panel.webview.html = html;
    panel.reveal(panel.viewColumn ?? vscode.ViewColumn.Beside, true);
  }

  dispose(): void {
    for (const panel of [...this.open.values()]) panel.dispose();
  }

  private create(name: string): vscode.WebviewPanel {
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel("jdlint.page", "", place, { enableFindWidget: true, enableScripts: false, localResourceRoots: [] });
    panel.onDidDispose(() => this.open.delete(name));
    this.open.set(name, panel);
    return panel;
  }
}
