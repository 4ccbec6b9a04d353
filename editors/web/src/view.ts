// What the engine tells of a document (engine/src/view.rs). Positions count UTF-16 units of what is shown.

export type Severity = "info" | "warning" | "error";

export interface Place {
  from: number;
  to: number;
}

export interface Change extends Place {
  insert: string;
}

export interface Rewrite {
  title: string;
  safe: boolean;
  /** None where its words are the author's to choose, or where it cannot be made. */
  edits: Change[] | null;
  unfit: string | null;
}

export interface Finding {
  rule: string;
  name: string;
  severity: Severity;
  message: string;
  why: string;
  /** None where it is said of the whole document. */
  place: Place | null;
  text: string;
  section: string;
  binding: string;
  audiences: string[];
  fixes: Rewrite[];
  related: { message: string; text: string; place: Place | null }[];
  sources: { citation: string; link: string }[];
  fingerprint: string;
}

export interface Section {
  kind: string;
  heading: string | null;
  place: Place | null;
  n_criteria: number;
}

/** How a block of a file's text stands out. */
export interface Block {
  from: number;
  looks: "heading" | "item" | "plain";
  /** The heads of its column, where it begins a cell of a table. */
  column: string | null;
}

export interface View {
  format: string;
  described: string;
  /** `source`: what is written here; `document`: the text of a file. */
  shown: "source" | "document";
  text: string | null;
  blocks: Block[];
  kind: string;
  title: string | null;
  roles: string[];
  jurisdiction: string;
  findings: Finding[];
  sections: Section[];
  suppressed: number;
  notices: string[];
  facts: string;
  audiences: string;
  criteria: string;
  coding: string;
}

export interface About {
  version: string;
  pdf: boolean;
  jurisdiction: string;
  jurisdictions: { code: string; name: string }[];
  rules: number;
}

/** A file of TOML: a config or a house rule. */
export interface TomlFile {
  name: string;
  text: string;
}

export interface Choice {
  finding: number;
  fix: number;
}

export interface Written {
  bytes: Uint8Array<ArrayBuffer>;
  comments: number;
  changes: number;
  notices: string;
}

/** What the engine's worker does, by the name of what is asked. */
export interface Tasks {
  settings: { asked: { jurisdiction: string | null; files: TomlFile[] }; answer: About };
  open: { asked: Sent; answer: View };
  check: { asked: Sent; answer: string };
  report: { asked: Sent & { from: Severity }; answer: string };
  review: { asked: Sent & { chosen: Choice[] | null; from: Severity; date: string }; answer: Written };
  fixed: { asked: Sent & { chosen: Choice[] }; answer: Written };
  text: { asked: Sent; answer: string };
  rule: { asked: string; answer: string | null };
  /** Keeps the compiled rules for the next visit. */
  keep: { asked: null; answer: null };
}

/** What a worker hears first. */
export interface Begin {
  module: WebAssembly.Module;
  /** Whether it may take compiled rules that an earlier visit kept. */
  recalls: boolean;
}

export interface Sent {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export type Task = keyof Tasks;

export interface Request<T extends Task = Task> {
  id: number;
  task: T;
  asked: Tasks[T]["asked"];
}

/** Wrong: sentences that say what to do. */
export type Response = { id: number; answer: unknown } | { id: number; wrong: string[] };
