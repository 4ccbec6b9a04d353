// The findings → a list with headings: what each is, its rewrites to take, why, for whom, by what sources.
import { button, counted, el } from "./dom";
import type { Finding, Rewrite, Severity, View } from "./view";

export interface Acts {
  goTo: (finding: number) => void;
  take: (finding: number, fix: number) => void;
  isTaken: (finding: number, fix: number) => boolean;
  explain: (rule: string) => void;
}

const GROUPS: readonly [Severity, string, string][] = [
  ["error", "Errors", "likely unlawful where the post is"],
  ["warning", "Warnings", "what most experts would change"],
  ["info", "Notes", "worth a thought"],
];

const NAMES: Record<Severity, string> = { error: "error", warning: "warning", info: "note" };

/** “1 error, 3 warnings, 2 notes”. */
export function summed(findings: readonly Finding[]): string {
  const parts = GROUPS.map(([severity]) => [findings.filter((f) => f.severity === severity).length, NAMES[severity]] as const);
  const said = parts.filter(([n]) => n > 0).map(([n, name]) => counted(n, name));
  return said.length > 0 ? said.join(", ") : "nothing to change";
}

/** Shows the list anew; who stood on one of its buttons stands there again, or on the one that took its place. */
export function list(host: HTMLElement, view: View, shown: (finding: Finding) => boolean, acts: Acts): void {
  const stood = standing(host);
  host.replaceChildren(...GROUPS.flatMap((group) => section(group, view, shown, acts)));
  if (stood) stand(host, stood);
}

function section([severity, title, about]: (typeof GROUPS)[number], view: View, shown: (finding: Finding) => boolean, acts: Acts): HTMLElement[] {
  const numbers = view.findings.flatMap((finding, n) => (finding.severity === severity && shown(finding) ? [n] : []));
  if (numbers.length === 0) return [];
  const heading = el("h3", {}, `${title} (${numbers.length}) `, el("span", { class: "quiet" }, about));
  const cards = numbers.map((n) => el("li", {}, card(view.findings[n]!, n, acts)));
  return [el("section", { class: "group" }, heading, el("ul", { class: "plain", role: "list" }, ...cards))];
}

function card(finding: Finding, n: number, acts: Acts): HTMLElement {
  const words = finding.text.length > 90 ? `${finding.text.slice(0, 90)}…` : finding.text;
  const go = finding.place && button(`“${words}”`, () => acts.goTo(n), { class: "go", "data-key": `go ${finding.fingerprint}` });
  const heading = el("h4", {}, go ?? (finding.text ? `“${words}”` : finding.name));
  const rewrites = finding.fixes.map((fix, number) => rewrite(finding, n, fix, number, acts));
  const made = el("div", { class: `card ${finding.severity}`, id: `finding-${n}`, "data-rule": finding.rule, "data-fingerprint": finding.fingerprint }, heading, el("p", { class: "says" }, sentence(finding.message)));
  if (rewrites.length > 0) made.append(el("ul", { class: "plain rewrites" }, ...rewrites));
  made.append(...related(finding), reasons(finding, acts));
  return made;
}

function rewrite(finding: Finding, n: number, fix: Rewrite, number: number, acts: Acts): HTMLElement {
  const key = `take ${finding.fingerprint} ${number}`;
  if (!fix.edits) return el("li", { class: "advice" }, fix.title, fix.unfit && el("span", { class: "quiet" }, ` (${fix.unfit})`));
  const isTaken = acts.isTaken(n, number);
  const press = button(fix.title, () => acts.take(n, number), { class: "take", "data-key": key, "aria-pressed": String(isTaken) });
  return el("li", {}, press, isTaken && el("span", { class: "taken" }, " taken"));
}

function related(finding: Finding): HTMLElement[] {
  const all = finding.related.map(({ message, text }) => el("p", { class: "quiet" }, el("q", {}, text.length > 120 ? `${text.slice(0, 120)}…` : text), `: ${message}`));
  return all;
}

/** Folded: who asks may read on. */
function reasons(finding: Finding, acts: Acts): HTMLElement {
  const details = el("details", { class: "why" }, el("summary", { "data-key": `why ${finding.fingerprint}` }, "Why", el("span", { class: "vh" }, `: ${finding.message}`)));
  details.append(el("p", {}, finding.why));
  if (finding.audiences.length > 0) details.append(el("p", {}, `Who may read it as “not for me”: ${finding.audiences.join(", ")}.`));
  if (finding.sources.length > 0) details.append(el("ul", {}, ...finding.sources.map(({ citation, link }) => el("li", {}, source(citation, link)))));
  details.append(el("p", {}, button("More on this rule", () => acts.explain(finding.rule), { class: "link" }), el("span", { class: "quiet" }, ` ${finding.rule}`)));
  return details;
}

function source(citation: string, link: string): HTMLElement | string {
  return /^https?:/.test(link) ? el("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, citation) : citation;
}

function sentence(message: string): string {
  const begun = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
}

interface Stood {
  key: string;
  number: number;
}

/** Which of the list's buttons has the focus. */
function standing(host: HTMLElement): Stood | null {
  const key = (document.activeElement as HTMLElement | null)?.dataset["key"];
  if (!key || !host.contains(document.activeElement)) return null;
  return { key, number: keys(host).findIndex((other) => other.dataset["key"] === key) };
}

function keys(host: HTMLElement): HTMLElement[] {
  return [...host.querySelectorAll<HTMLElement>("[data-key]")];
}

function stand(host: HTMLElement, { key, number }: Stood): void {
  const all = keys(host);
  const same = all.find((other) => other.dataset["key"] === key);
  // A rewrite that was taken is gone: on to the finding that came after it.
  const next = all.slice(Math.min(number, all.length - 1)).find((other) => other.classList.contains("go"));
  const stop = same ?? next ?? all.at(-1) ?? document.getElementById("findings");
  stop?.focus({ preventScroll: same !== undefined });
}

/** The findings as a text to send on. */
export function asText(view: View, shown: (finding: Finding) => boolean): string {
  const found = view.findings.filter(shown);
  const lines = found.flatMap((finding) => [
    `${NAMES[finding.severity]}: ${finding.text ? `“${finding.text.replace(/\s+/g, " ")}” – ` : ""}${sentence(finding.message)}`,
    ...finding.fixes.map((fix) => `  → ${fix.title}`),
  ]);
  return [`${view.title ?? "Job advert"}: ${summed(found)}`, "", ...lines, ""].join("\n");
}
