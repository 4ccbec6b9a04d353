// Several documents → a table: how much was found in each, and a way to open it.
import { button, byId, counted, el } from "./dom";
import { ask, Refused } from "./engine";
import { sent } from "./files";
import * as native from "./native";
import type { Settings } from "./settings";
import type { Sent, Severity } from "./view";

interface Row {
  error: number;
  warning: number;
  info: number;
  wrong: string | null;
}

/** Checks files one after the other, each row as it comes. */
export async function batch(files: readonly File[], settings: Settings, open: (document: Sent) => void): Promise<void> {
  const body = byId("batch-table").querySelector("tbody")!;
  body.replaceChildren();
  byId("batch").hidden = false;
  byId("batch-title").focus();
  const rows: Row[] = [];
  for (const file of files) {
    const document = await sent(file);
    const row = await checked(document, settings);
    rows.push(row);
    body.append(shown(document, row, open));
    byId("batch-sum").textContent = rows.length < files.length ? `${rows.length} of ${files.length} read…` : summed(rows);
  }
}

async function checked(document: Sent, settings: Settings): Promise<Row> {
  try {
    // House rules of the page are its own; `jdlint serve` has those of the folder that it was started in.
    const natively = native.isThere() && settings.files.length === 0;
    const told = natively ? await native.check(document, settings.jurisdiction) : (JSON.parse(await ask("check", document)).files[0] as native.Checked);
    const count = (severity: Severity) => told.findings.filter((finding) => finding.severity === severity).length;
    return { error: count("error"), warning: count("warning"), info: count("info"), wrong: told.error?.message ?? null };
  } catch (wrong) {
    if (!(wrong instanceof Refused)) throw wrong;
    return { error: 0, warning: 0, info: 0, wrong: wrong.message };
  }
}

/** Roles are told: on a narrow screen the table is laid out as a list. */
function shown(document: Sent, row: Row, open: (document: Sent) => void): HTMLElement {
  const head = (content: Node | string) => el("th", { scope: "row", role: "rowheader" }, content);
  const cell = (n: number, head: string) => el("td", { role: "cell", "data-head": head, class: n === 0 ? "nil" : "" }, String(n));
  if (row.wrong) return el("tr", { role: "row" }, head(document.name), el("td", { role: "cell", colspan: "3", class: "failed" }, row.wrong));
  const name = button(document.name, () => open(document), { class: "link" });
  return el("tr", { role: "row" }, head(name), cell(row.error, "Errors"), cell(row.warning, "Warnings"), cell(row.info, "Notes"));
}

function summed(rows: readonly Row[]): string {
  const total = (key: Severity) => rows.reduce((sum, row) => sum + row[key], 0);
  const failed = rows.filter((row) => row.wrong).length;
  const found = [counted(total("error"), "error"), counted(total("warning"), "warning"), counted(total("info"), "note")].join(", ");
  return `${counted(rows.length, "document")}: ${found}${failed > 0 ? `; ${failed} could not be read` : ""}.`;
}
