// What a person set, kept in this browser: whose law applies, house rules, whether notes are shown. Nothing of any document.
import type { TomlFile } from "./view";

const KEY = "jdlint";

export interface Settings {
  /** A code, `auto`, or null: as the house rules have it. */
  jurisdiction: string | null;
  files: TomlFile[];
  notes: boolean;
}

const FRESH: Settings = { jurisdiction: null, files: [], notes: true };

/** The settings of the last visit; those of the first where they cannot be read. */
export function load(): Settings {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>;
    const files = Array.isArray(kept.files) ? kept.files.filter((f) => typeof f?.name === "string" && typeof f?.text === "string") : [];
    return { jurisdiction: typeof kept.jurisdiction === "string" ? kept.jurisdiction : null, files, notes: kept.notes !== false };
  } catch {
    return { ...FRESH };
  }
}

/** Keeps them, where the browser lets us. */
export function keep(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A private window may refuse; the settings hold until it is closed.
  }
}

export function forget(): Settings {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept then.
  }
  return { ...FRESH };
}
