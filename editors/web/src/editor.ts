// The text with the findings in it. What is written here can be edited; a file's text stays as it is, and rewrites that are
// taken stand in it as tracked changes do in Word.
import { defaultKeymap, history, historyKeymap, invertedEffects, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import { type Diagnostic, linter, setDiagnostics } from "@codemirror/lint";
import { type ChangeSet, EditorState, type Extension, Facet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, placeholder, WidgetType } from "@codemirror/view";
import type { Block, Choice, Finding, Place, Rewrite, View } from "./view";

export interface Events {
  /** The text was changed: a letter, after which another may come, or at one stroke. */
  edited: (how: "typed" | "at once") => void;
  /** Which rewrites are taken was changed, or what can be undone. */
  changed: () => void;
  /** The cursor went to a finding, or away from all. */
  at: (finding: number | null) => void;
}

/** A rewrite that is taken (or no longer: `fix` is null), with what it changes. */
interface Taking {
  finding: number;
  fix: number | null;
}

const taking = StateEffect.define<Taking>();

/** By finding, the number of the rewrite that is taken. */
const taken = StateField.define<ReadonlyMap<number, number>>({
  create: () => new Map(),
  update(map, transaction) {
    const effects = transaction.effects.filter((effect) => effect.is(taking));
    if (effects.length === 0) return map;
    const next = new Map(map);
    for (const { value } of effects) value.fix === null ? next.delete(value.finding) : next.set(value.finding, value.fix);
    return next;
  },
});

/** So that a rewrite of a file's text can be undone as an edit can. */
const undoable = invertedEffects.of((transaction) =>
  transaction.effects.filter((effect) => effect.is(taking)).map(({ value }) => taking.of({ finding: value.finding, fix: transaction.startState.field(taken).get(value.finding) ?? null })),
);

/** The findings of a file's text, whose rewrites can be taken. */
const trackable = Facet.define<readonly Finding[], readonly Finding[]>({ combine: (all) => all[0] ?? [] });

class Inserted extends WidgetType {
  constructor(readonly words: string) {
    super();
  }
  override eq(other: Inserted): boolean {
    return other.words === this.words;
  }
  toDOM(): HTMLElement {
    const ins = document.createElement("ins");
    ins.className = "jd-inserted";
    ins.textContent = this.words;
    return ins;
  }
}

const removed = Decoration.mark({ tagName: "del", class: "jd-removed" });

/** What the taken rewrites change, as Word shows it: old words struck out, new ones beside them. */
const tracked = EditorView.decorations.compute([taken], (state) => {
  const findings = state.facet(trackable);
  const edits = [...state.field(taken)].flatMap(([finding, fix]) => findings[finding]?.fixes[fix]?.edits ?? []);
  const shown = edits.flatMap(({ from, to, insert }) => [
    ...(from < to ? [removed.range(from, to)] : []),
    ...(insert ? [Decoration.widget({ widget: new Inserted(insert), side: 1 }).range(to)] : []),
  ]);
  return Decoration.set(shown, true);
});

class Column extends WidgetType {
  constructor(readonly words: string) {
    super();
  }
  override eq(other: Column): boolean {
    return other.words === this.words;
  }
  toDOM(): HTMLElement {
    const label = document.createElement("span");
    label.className = "jd-column";
    label.textContent = `${this.words}: `;
    return label;
  }
}

const looks = { heading: Decoration.line({ class: "jd-heading" }), item: Decoration.line({ class: "jd-item" }) };

/** Headings, items of lists and columns of tables, as a reader of the file sees them. */
function standing(text: string, blocks: readonly Block[]): DecorationSet {
  const beginsLine = (at: number) => at === 0 || text.charAt(at - 1) === "\n";
  const shown = blocks.flatMap(({ from, looks: how, column }) => [
    ...(how !== "plain" && beginsLine(from) ? [looks[how].range(from)] : []),
    ...(column ? [Decoration.widget({ widget: new Column(column), side: -1 }).range(from)] : []),
  ]);
  return Decoration.set(shown, true);
}

const theme = EditorView.theme({
  "&": { fontSize: "1.0625rem", backgroundColor: "var(--paper)", color: "var(--ink)", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--serif)", lineHeight: "1.65", overflow: "auto" },
  ".cm-content": { padding: "1rem 1.1rem 2rem", caretColor: "var(--ink)", overflowWrap: "anywhere" },
  ".cm-line": { padding: "0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-placeholder": { color: "var(--soft)" },
  ".cm-lintRange": { backgroundImage: "none", textDecorationLine: "underline", textDecorationSkipInk: "none", textUnderlineOffset: ".22em", paddingBottom: "0" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecorationStyle: "wavy", textDecorationColor: "var(--error)", textDecorationThickness: "2px", backgroundColor: "var(--error-wash)" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecorationStyle: "wavy", textDecorationColor: "var(--warning)", backgroundColor: "var(--warning-wash)" },
  ".cm-lintRange-info": { backgroundImage: "none", textDecorationStyle: "dotted", textDecorationColor: "var(--info)", textDecorationThickness: "2px" },
  ".cm-lintRange-active": { backgroundColor: "var(--warning-wash)" },
  ".jd-heading": { fontWeight: "700", paddingTop: ".6em" },
  ".jd-item": { paddingLeft: "1.2em" },
  ".jd-item::before": { content: '"•"', position: "absolute", marginLeft: "-.9em", color: "var(--soft)" },
  ".jd-column": { font: "600 .78rem var(--sans)", color: "var(--soft)" },
  ".jd-removed": { textDecoration: "line-through", color: "var(--soft)", backgroundColor: "transparent" },
  ".jd-inserted": { textDecoration: "none", backgroundColor: "var(--taken-wash)", color: "var(--taken)", borderBottom: "2px solid var(--taken)", padding: "0 .1em" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "6px", boxShadow: "0 4px 16px #0003", maxWidth: "min(28rem, 90vw)", font: ".9rem/1.45 var(--sans)" },
  ".cm-diagnostic": { padding: ".5rem .75rem", borderLeft: "4px solid var(--line)", marginLeft: "0", whiteSpace: "normal" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--info)" },
  ".cm-diagnosticAction": { font: "inherit", color: "var(--link)", background: "var(--wash)", border: "1px solid var(--line)", borderRadius: "4px", padding: ".15rem .5rem", margin: ".35rem .35rem 0 0", cursor: "pointer" },
});

export class AdvertEditor {
  private readonly view: EditorView;
  private findings: readonly Finding[] = [];
  private shown: View["shown"] = "source";
  /** What was typed since the findings were found. */
  private since: ChangeSet | null = null;
  private here: number | null = null;
  /** The finding that was asked for last, until the cursor goes elsewhere. */
  private visited: number | null = null;

  constructor(host: HTMLElement, private readonly events: Events) {
    // In a tree of its own: there the editor's style comes as a sheet made by a script, which a strict policy lets through.
    const shadow = host.attachShadow({ mode: "open" });
    const parent = document.createElement("div");
    parent.style.height = "100%";
    shadow.append(parent);
    this.view = new EditorView({ state: this.state("", taken), parent, root: shadow });
  }

  private state(doc: string, more: Extension): EditorState {
    const attributes = { "aria-label": "Text of the advert", tabindex: "0", spellcheck: "true", lang: "en-GB" };
    const extensions = [
      history(),
      undoable,
      tracked,
      keymap.of([...defaultKeymap, ...historyKeymap]),
      linter(null),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of(attributes),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.since = this.since ? this.since.compose(update.changes) : update.changes;
        const typed = update.transactions.some((t) => t.isUserEvent("input.type") || t.isUserEvent("delete"));
        if (update.docChanged) this.events.edited(typed ? "typed" : "at once");
        if (update.docChanged || update.transactions.some((t) => t.effects.some((e) => e.is(taking)))) this.events.changed();
        if (update.selectionSet || update.docChanged) {
          this.visited = null;
          this.noticePlace();
        }
      }),
      theme,
      more,
    ];
    return EditorState.create({ doc, extensions });
  }

  /** A text to write on. */
  showSource(text: string): void {
    this.shown = "source";
    const hint = placeholder("Paste or type the advert here.");
    this.reset(this.state(text, [taken, hint]));
  }

  /** The text of a file, which stays as it is. */
  showDocument({ text, findings, blocks }: View, choices: readonly Choice[] = []): void {
    this.shown = "document";
    const chosen = taken.init(() => new Map(choices.map(({ finding, fix }) => [finding, fix])));
    const still = [chosen, EditorState.changeFilter.of(() => false), EditorView.contentAttributes.of({ "aria-readonly": "true" }), trackable.of(findings)];
    const words = text ?? "";
    this.reset(this.state(words, [still, EditorView.decorations.of(standing(words, blocks))]));
  }

  private reset(state: EditorState): void {
    this.findings = [];
    this.since = null;
    this.here = null;
    this.visited = null;
    this.view.setState(state);
    this.events.changed();
  }

  /** Marks the findings that are to be shown; numbers stay those of the whole list. */
  mark(findings: readonly Finding[], shown: (finding: Finding) => boolean): void {
    this.findings = findings;
    this.since = null;
    const length = this.view.state.doc.length;
    const diagnostics = findings.flatMap((finding, n) => (finding.place && shown(finding) && finding.place.to <= length ? [this.diagnostic(finding, n, finding.place)] : []));
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
    this.noticePlace();
  }

  private diagnostic(finding: Finding, n: number, place: Place): Diagnostic {
    const actions = finding.fixes.flatMap((fix, number) => (fix.edits ? [{ name: fix.title, apply: () => this.take(n, number) }] : []));
    return { ...place, severity: finding.severity, message: finding.message, actions };
  }

  /** Takes a rewrite; in a file's text, takes it back if it was taken. */
  take(finding: number, fix: number): void {
    const rewrite = this.findings[finding]?.fixes[fix];
    if (!rewrite?.edits) return;
    if (this.shown === "document") {
      const isTaken = this.view.state.field(taken).get(finding) === fix;
      this.view.dispatch({ effects: taking.of({ finding, fix: isTaken ? null : fix }), userEvent: "input.rewrite" });
    } else {
      this.write(rewrite);
    }
  }

  /** Makes a rewrite in the text as it is now, if its words are still there. */
  private write({ edits }: Rewrite): void {
    const since = this.since;
    const now = (edits ?? []).map(({ from, to, insert }) => ({ from: since ? since.mapPos(from, 1) : from, to: since ? since.mapPos(to, -1) : to, insert }));
    if (now.some(({ from, to }) => from > to)) return;
    const first = now[0];
    this.view.dispatch({ changes: now, userEvent: "input.rewrite", ...(first && { selection: { anchor: first.from }, scrollIntoView: true }) });
  }

  /** The rewrites of a file's text that are taken. */
  choices(): Choice[] {
    return [...this.view.state.field(taken)].map(([finding, fix]) => ({ finding, fix }));
  }

  isTaken(finding: number, fix: number): boolean {
    return this.view.state.field(taken).get(finding) === fix;
  }

  text(): string {
    return this.view.state.doc.toString();
  }

  undo(): void {
    undo(this.view);
  }

  redo(): void {
    redo(this.view);
  }

  canUndo(): boolean {
    return undoDepth(this.view.state) > 0;
  }

  canRedo(): boolean {
    return redoDepth(this.view.state) > 0;
  }

  focus(): void {
    this.view.focus();
  }

  /** Shows a finding in the text: its words are selected. */
  goTo(finding: number): void {
    const place = this.findings[finding]?.place;
    if (!place) return;
    const { from, to } = this.now(place);
    this.view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    this.visited = finding;
    this.noticePlace();
  }

  /** Shows a place of the text. */
  reveal(place: Place): void {
    const { from, to } = this.now(place);
    this.view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "start", yMargin: 40 }) });
    this.view.focus();
  }

  /** The next of some findings from the cursor on (or back), in a circle. */
  nextOf(findings: readonly number[], step: 1 | -1): number | null {
    const at = this.view.state.selection.main.from;
    const after = (place: Place, n: number) => place.from > at || (place.from === at && n > (this.visited ?? -1));
    const before = (place: Place, n: number) => place.from < at || (place.from === at && n < (this.visited ?? -1));
    const placed = findings.filter((n) => this.findings[n]?.place).map((n) => ({ n, place: this.now(this.findings[n]!.place!) }));
    placed.sort((a, b) => a.place.from - b.place.from || a.n - b.n);
    const next = step === 1 ? (placed.find(({ place, n }) => after(place, n)) ?? placed[0]) : (placed.findLast(({ place, n }) => before(place, n)) ?? placed.at(-1));
    return next ? next.n : null;
  }

  /** The finding at the cursor. */
  current(): number | null {
    return this.here;
  }

  private now({ from, to }: Place): Place {
    return this.since ? { from: this.since.mapPos(from, 1), to: this.since.mapPos(to, -1) } : { from, to };
  }

  private noticePlace(): void {
    const at = this.view.state.selection.main.from;
    const holds = (n: number) => {
      const finding = this.findings[n];
      const place = finding?.place && this.now(finding.place);
      return place ? place.from <= at && at <= place.to : false;
    };
    // Where findings overlap, the one that was asked for.
    const first = this.findings.findIndex((_, n) => holds(n));
    const here = this.visited !== null && holds(this.visited) ? this.visited : first < 0 ? null : first;
    if (here === this.here) return;
    this.here = here;
    this.events.at(here);
  }
}
