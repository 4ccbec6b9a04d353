// The page: what is opened or typed goes to the engine, what that says is shown, what is pressed is done.
import "../../../src/report/html/style.css";
import "./page.css";
import { batch } from "./batch";
import { byId, el } from "./dom";
import { takeDrops } from "./drop";
import { AdvertEditor } from "./editor";
import { ask, Refused } from "./engine";
import { EXAMPLE } from "./example";
import { download, named, readable, sent } from "./files";
import { asText, list, summed } from "./findings";
import { insight } from "./insight";
import * as native from "./native";
import { lay } from "./paper";
import { explain } from "./rule";
import { forget, keep, load } from "./settings";
import type { About, Choice, Finding, Sent, Severity, View } from "./view";

/** How long nothing is typed before the text is checked: a check takes less. */
const PAUSE = 90;
/** How long the number of findings stands still before it is read out. */
const CALM = 900;
/** Bytes from which on a document goes to `jdlint serve`, where there is one. */
const LARGE = 8 << 20;

let settings = load();
/** A file whose text stays as it is; none while something is written here. */
let file: Sent | null = null;
/** The name of what is written here, where it came from a file. */
let written: string | null = null;
let view: View | null = null;
let about: About | null = null;
let checking = false;
let again = false;
let timer = 0;
let calm = 0;
let idle = 0;

const editor = new AdvertEditor(byId("editor"), { edited, changed: refresh, at: highlight });

const shown = (finding: Finding): boolean => settings.notes || finding.severity !== "info";
const from = (): Severity => (settings.notes ? "info" : "warning");

/** What is in the editor, for the engine. */
function sending(): Sent {
  if (file) return file;
  const text = editor.text();
  const name = written ?? (/^(#{1,6} |\s*[*-] .*\*\*)/m.test(text) ? "advert.md" : "advert.txt");
  return { name, bytes: new TextEncoder().encode(text) as Uint8Array<ArrayBuffer> };
}

function edited(how: "typed" | "at once"): void {
  clearTimeout(timer);
  timer = setTimeout(check, how === "typed" ? PAUSE : 0);
}

/** Checks what is in the editor; while that is done, at most one more check waits. */
async function check(): Promise<void> {
  if (checking) {
    again = true;
    return;
  }
  checking = true;
  do {
    again = false;
    await checkOnce();
  } while (again);
  checking = false;
}

async function checkOnce(): Promise<void> {
  const asked = sending();
  if (asked.bytes.length === 0) return nothing();
  try {
    const answer = await ask("open", asked);
    if (again) return;
    if (file) editor.showDocument(answer, kept(answer));
    show(answer);
    complain(null);
  } catch (wrong) {
    complain(said(wrong));
  }
}

/** Under other settings the findings have other numbers; what was taken stays taken. */
function kept(next: View): Choice[] {
  const before = view?.findings ?? [];
  const now = (finding: number) => next.findings.findIndex((f) => f.fingerprint === before[finding]?.fingerprint);
  return editor.choices().flatMap(({ finding, fix }) => (now(finding) >= 0 ? [{ finding: now(finding), fix }] : []));
}

function show(next: View): void {
  view = next;
  editor.mark(next.findings, shown);
  showList(next);
  insight(byId("insight"), next, (place) => editor.reveal(place));
  byId("insight").hidden = false;
  tell(summed(next.findings.filter(shown)));
  refresh();
  performance.mark("jdlint:shown");
  clearTimeout(idle);
  idle = setTimeout(() => void layPaper().catch(() => {}), CALM);
}

function nothing(): void {
  view = null;
  lay("");
  editor.mark([], shown);
  byId("list").replaceChildren(el("p", { class: "quiet" }, "Nothing yet. What you write is checked as you go."));
  byId("insight").hidden = true;
  tell("");
  refresh();
}

/** The number of findings: shown at once, read out when it stands still. */
function tell(words: string): void {
  const sentence = words ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : "";
  clearTimeout(calm);
  calm = setTimeout(() => {
    if (byId("said").textContent !== sentence) byId("said").textContent = sentence;
  }, CALM);
  byId("count").textContent = sentence;
}

/** What can be pressed. */
function refresh(): void {
  const enable = (id: string, can: boolean) => (byId<HTMLButtonElement>(id).disabled = !can);
  const reviewable = file !== null && (view?.format === "docx" || view?.format === "odt");
  const savable = !file || view?.format === "html";
  enable("undo", editor.canUndo());
  enable("redo", editor.canRedo());
  enable("clear", file !== null || editor.text() !== "");
  for (const id of ["save", "report", "copy", "print"]) enable(id, view !== null);
  byId("review").hidden = !reviewable;
  byId("save").hidden = !savable;
  byId("as-text").hidden = file === null;
  byId("example").hidden = file !== null || editor.text() !== "";
  byId("review").textContent = editor.choices().length > 0 ? "Download with comments and my rewrites" : "Download with comments";
  byId("save").textContent = file ? "Download with my rewrites" : "Download the text";
  if (view && file) showList(view);
}

function showList(of: View): void {
  list(byId("list"), of, shown, { goTo, take, isTaken: (n, fix) => editor.isTaken(n, fix), explain });
  highlight(editor.current());
}

/** A rewrite is taken; the words of what happened are read out. */
function take(finding: number, fix: number): void {
  const title = view?.findings[finding]?.fixes[fix]?.title ?? "";
  const was = editor.isTaken(finding, fix);
  editor.take(finding, fix);
  byId("said").textContent = was ? `Taken back: ${title}.` : `Done: ${title}. Undo takes it back.`;
}

function goTo(finding: number): void {
  editor.goTo(finding);
  editor.focus();
}

/** The card of the finding at the cursor stands out. */
function highlight(finding: number | null): void {
  for (const card of document.querySelectorAll("#list .card.here")) card.classList.remove("here");
  const card = finding === null ? null : document.getElementById(`finding-${finding}`);
  card?.classList.add("here");
  if (card && matchMedia("(min-width: 62rem)").matches) card.scrollIntoView({ block: "nearest" });
}

/** F8: the next finding, or with Shift the one before; its words are selected and read out. */
function step(by: 1 | -1): void {
  if (!view) return;
  const findings = view.findings;
  const numbers = findings.flatMap((finding, n) => (shown(finding) ? [n] : []));
  const next = editor.nextOf(numbers, by);
  const finding = next === null ? undefined : findings[next];
  if (next === null || !finding) return;
  goTo(next);
  const rewrite = finding.fixes.find((fix) => fix.edits);
  byId("said").textContent = `${finding.severity === "info" ? "note" : finding.severity}: ${finding.message}.${rewrite ? ` Control and full stop: ${rewrite.title}.` : ""}`;
}

function takeFirst(): void {
  const here = editor.current();
  const fix = here === null ? -1 : (view?.findings[here]?.fixes.findIndex((fix) => fix.edits) ?? -1);
  if (here !== null && fix >= 0) take(here, fix);
}

/** Opens a document: to be written on where it is plain text, else to be read. */
async function open(document: Sent): Promise<void> {
  complain(null);
  if (native.isThere() && document.bytes.length > LARGE) return openNatively(document, []);
  try {
    const answer = await ask("open", document);
    if (answer.shown === "source") {
      const text = await ask("text", document);
      file = null;
      written = document.name;
      editor.showSource(text);
      describe(`${document.name}: ${answer.described}. You can write on it here.`);
      await check();
    } else {
      file = document;
      written = null;
      view = null;
      editor.showDocument(answer);
      describe(`${document.name}: ${answer.described}. This is its text; the file stays as it is.`);
      show(answer);
    }
    byId("findings").focus({ preventScroll: true });
  } catch (wrong) {
    if (native.isThere()) return openNatively(document, said(wrong));
    complain([`${document.name}: `, ...said(wrong)]);
  }
}

/** What the browser cannot read, `jdlint serve` may: then its findings are listed, without the text. */
async function openNatively(document: Sent, why: string[]): Promise<void> {
  try {
    const told = await native.check(document, settings.jurisdiction);
    if (told.error) return complain([`${document.name}: `, told.error.message]);
    const unplaced = (finding: native.Checked["findings"][number]): Finding => ({
      ...finding, name: finding.rule, why: "", place: null, section: "", binding: "", audiences: [], related: [], sources: [], fingerprint: finding.rule + finding.text,
      fixes: finding.fixes.map((fix) => ({ title: fix.title, safe: false, edits: null, unfit: null })),
    });
    file = document;
    describe(`${document.name}: read by jdlint serve; its text is not shown here.`);
    const findings = told.findings.map(unplaced);
    const unseen: View = { format: told.format ?? "", described: "", shown: "document", text: "", blocks: [], kind: told.kind ?? "", title: null, roles: [], jurisdiction: "", findings, sections: [], suppressed: 0, notices: told.notices, facts: "", audiences: "", criteria: "", coding: "" };
    editor.showDocument(unseen);
    show(unseen);
  } catch {
    complain([`${document.name}: `, ...why]);
  }
}

async function openAll(files: readonly File[]): Promise<void> {
  const house = files.filter((one) => /\.toml$/i.test(one.name));
  const documents = files.filter((one) => !house.includes(one));
  if (house.length > 0) await addHouse(house);
  const only = documents[0];
  if (documents.length === 1 && only) {
    byId("batch").hidden = true;
    await open(await sent(only));
  } else if (documents.length > 1) {
    await batch(documents, settings, (document) => void open(document).then(() => byId("advert-title").scrollIntoView()));
  }
}

function describe(words: string): void {
  byId("source").textContent = words;
}

const WELCOME = byId("source").textContent ?? "";

function clear(): void {
  file = null;
  written = null;
  editor.showSource("");
  describe(WELCOME);
  complain(null);
  nothing();
  editor.focus();
}

/** The text of a file, to go on writing. */
function editAsText(): void {
  const text = editor.text();
  const name = file?.name ?? "advert";
  file = null;
  written = null;
  editor.showSource(text);
  describe(`The text of ${name}, to go on writing here. The file stays as it is.`);
  void check();
  editor.focus();
}

/** Says what went wrong, or nothing any more. */
function complain(sentences: string[] | null): void {
  const trouble = byId("trouble");
  trouble.hidden = sentences === null;
  trouble.textContent = sentences?.join("") ?? "";
}

function said(wrong: unknown): string[] {
  if (wrong instanceof Refused) return wrong.sentences;
  throw wrong;
}

async function review(): Promise<void> {
  if (!file) return;
  const date = `${new Date().toISOString().slice(0, 19)}Z`;
  try {
    const reviewed = await ask("review", { ...file, chosen: editor.choices(), from: from(), date });
    const type = view?.format === "odt" ? "application/vnd.oasis.opendocument.text" : "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    download(named(file.name, ".reviewed"), reviewed.bytes, type);
    byId("said").textContent = `Downloaded, with ${reviewed.comments} comments and ${reviewed.changes} tracked changes.`;
    describe([`${named(file.name, ".reviewed")}: ${reviewed.comments} comments, ${reviewed.changes} tracked changes.`, reviewed.notices].filter(Boolean).join(" "));
  } catch (wrong) {
    complain(said(wrong));
  }
}

async function save(): Promise<void> {
  if (!file) {
    const { name, bytes } = sending();
    return download(name.split("/").at(-1) ?? name, bytes, "text/plain;charset=utf-8");
  }
  try {
    const fixed = await ask("fixed", { ...file, chosen: editor.choices() });
    download(named(file.name, ".fixed"), fixed.bytes, "text/html");
    describe([`${named(file.name, ".fixed")}: ${fixed.changes} rewrites made.`, fixed.notices].filter(Boolean).join(" Left: "));
  } catch (wrong) {
    complain(said(wrong));
  }
}

async function report(): Promise<void> {
  const asked = sending();
  download(named(asked.name, ".report", "html"), await ask("report", { ...asked, from: from() }), "text/html");
}

async function copy(): Promise<void> {
  if (!view) return;
  try {
    await navigator.clipboard.writeText(asText(view, shown));
    byId("said").textContent = "The findings are copied.";
    byId("copy").textContent = "Copied";
    setTimeout(() => (byId("copy").textContent = "Copy the findings"), 2000);
  } catch {
    complain(["This browser does not let the page copy; download the report instead."]);
  }
}

/** Makes the report that is printed. */
async function layPaper(): Promise<void> {
  if (view) lay(await ask("report", { ...sending(), from: from() }));
}

async function print(): Promise<void> {
  await layPaper();
  window.print();
}

/** Makes the settings hold; house rules with mistakes are not taken, and all of them are told. */
async function apply(): Promise<boolean> {
  const wrong = byId("house-wrong");
  try {
    about = await ask("settings", { jurisdiction: settings.jurisdiction, files: settings.files });
    wrong.hidden = true;
    return true;
  } catch (refused) {
    wrong.hidden = false;
    wrong.textContent = said(refused).join("\n");
    return false;
  } finally {
    showSettings();
  }
}

async function addHouse(files: readonly File[]): Promise<void> {
  const before = settings.files;
  const added = await Promise.all(files.map(async (one) => ({ name: one.name, text: await one.text() })));
  settings.files = [...before.filter((old) => !added.some((one) => one.name === old.name)), ...added];
  const holds = await apply();
  if (!holds) settings.files = before;
  keep(settings);
  showSettings();
  const dialog = byId<HTMLDialogElement>("settings");
  if (!dialog.open) dialog.showModal();
  if (holds) await check();
}

function showSettings(): void {
  const select = byId<HTMLSelectElement>("jurisdiction");
  if (about) {
    const option = (value: string, words: string) => el("option", { value }, words);
    const house = settings.files.length > 0 ? "As the house rules say" : "United Kingdom (the default)";
    const named = about.jurisdictions.map(({ code, name }) => option(code, name));
    select.replaceChildren(option("", house), option("auto", "As each advert tells"), ...named);
    byId("about").textContent = `jdlint ${about.version}, ${about.rules} rules${about.pdf ? "" : "; this build reads no PDF"}${native.isThere() ? "; with jdlint serve behind it" : ""}.`;
  }
  select.value = settings.jurisdiction ?? "";
  byId<HTMLInputElement>("notes").checked = settings.notes;
  byId("house").replaceChildren(...settings.files.map(({ name }) => el("li", {}, name)));
  byId("house-clear").hidden = settings.files.length === 0;
}

async function changeSettings(change: () => void): Promise<void> {
  change();
  keep(settings);
  await apply();
  await check();
}

function press(id: string, done: () => unknown): void {
  byId(id).addEventListener("click", () => void done());
}

function choose(input: string, done: (files: File[]) => unknown): void {
  const field = byId<HTMLInputElement>(input);
  field.addEventListener("change", () => {
    const files = [...(field.files ?? [])];
    field.value = "";
    if (files.length > 0) void done(files);
  });
}

function wireButtons(): void {
  press("open", () => byId("file").click());
  press("open-folder", () => byId("folder").click());
  press("undo", () => editor.undo());
  press("redo", () => editor.redo());
  press("example", () => (editor.showSource(EXAMPLE), describe("An example; made up."), check()));
  press("as-text", editAsText);
  press("clear", clear);
  press("review", review);
  press("save", save);
  press("report", report);
  press("copy", copy);
  press("print", print);
  choose("file", openAll);
  choose("folder", (files) => (readable(files).length > 0 ? openAll(readable(files)) : complain(["There is no document in this folder that jdlint reads."])));
}

function wireSettings(): void {
  const dialog = byId<HTMLDialogElement>("settings");
  press("settings-open", () => dialog.showModal());
  press("settings-close", () => dialog.close());
  press("rule-close", () => byId<HTMLDialogElement>("rule").close());
  press("house-add", () => byId("house-file").click());
  press("house-clear", () => changeSettings(() => (settings.files = [])));
  press("forget", () => changeSettings(() => (settings = forget())));
  choose("house-file", addHouse);
  byId("jurisdiction").addEventListener("change", (event) => void changeSettings(() => (settings.jurisdiction = (event.target as HTMLSelectElement).value || null)));
  byId("notes").addEventListener("change", (event) => void changeSettings(() => (settings.notes = (event.target as HTMLInputElement).checked)));
}

function wireKeys(): void {
  addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "F8") step(event.shiftKey ? -1 : 1);
    else if (event.key === "." && (event.ctrlKey || event.metaKey)) takeFirst();
    else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.defaultPrevented && !isWriting(event)) event.shiftKey ? editor.redo() : editor.undo();
    else return;
    event.preventDefault();
  });
}

/** Whether keys go to a field that has an undo of its own. */
function isWriting(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLSelectElement);
}

/** Without `jdlint serve`, which has no such file, the page works offline from its second visit on. */
function stayOffline(): void {
  if (import.meta.env.PROD && "serviceWorker" in navigator && !native.isThere()) navigator.serviceWorker.register("./sw.js").catch(() => {});
}

async function begin(): Promise<void> {
  await apply();
  performance.mark("jdlint:ready");
  // The first document would pay for what browsers compile when it is first used.
  await ask("open", { name: "example.md", bytes: new TextEncoder().encode(EXAMPLE) as Uint8Array<ArrayBuffer> });
  // An address of this machine is not ours alone; see `stayOffline`.
  if (!native.isThere()) await ask("keep", null);
}

wireButtons();
wireSettings();
wireKeys();
takeDrops(byId("drop"), (files) => void openAll(files));
editor.showSource("");
nothing();
void begin();
addEventListener("load", stayOffline);
