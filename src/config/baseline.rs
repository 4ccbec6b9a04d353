//! Findings that were there on the day a team began ⇄ `jdlint-baseline.json`; which of today's findings those are.
//!
//! A finding is known by its fingerprint in its file, so that lines may move and paragraphs be wrapped anew. A file that
//! was moved is told by the findings it took along. Knows nothing of how files are found, read or written.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::lint::{Finding, Fingerprint};

/// The name of a baseline.
pub const BASELINE: &str = "jdlint-baseline.json";

const VERSION: u64 = 1;
/// Characters of the words that a baseline quotes, for whoever reads it.
const QUOTED: usize = 60;

/// Known findings, by file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<String, BTreeSet<Entry>>,
}

/// A known finding. Its order is that of the file: by rule and words, so that an added one moves no other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The rule, for whoever reads the baseline.
    pub rule: String,
    /// The words, or their beginning; empty where the document as a whole is meant.
    pub text: String,
    /// Which finding it is.
    #[serde(with = "digits")]
    pub fingerprint: Fingerprint,
}

/// Why a text is no baseline.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// Not JSON, or not what a baseline holds.
    #[error("line {line}: this is no baseline ({what}); `jdlint baseline` writes it anew")]
    Broken {
        /// From 1.
        line: usize,
        /// In the parser's words.
        what: String,
    },
    /// From a jdlint of later days.
    #[error("this baseline is of version {0}, and this jdlint knows 1; use a newer jdlint")]
    Newer(u64),
}

#[derive(Deserialize)]
struct Stored {
    version: u64,
    files: BTreeMap<String, BTreeSet<Entry>>,
}

#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

impl Entry {
    /// The entry of a finding.
    pub fn of(finding: &Finding, document: &Document) -> Entry {
        let text = crate::text::one_line(document.slice(finding.span)).chars().take(QUOTED).collect();
        Entry { rule: finding.rule.to_string(), text, fingerprint: finding.fingerprint }
    }
}

impl Baseline {
    /// Reads the text of a baseline.
    ///
    /// # Errors
    /// Where it is none, or one of a newer jdlint.
    pub fn parse(text: &str) -> Result<Baseline, BaselineError> {
        let broken = |error: serde_json::Error| {
            let what = error.to_string();
            BaselineError::Broken { line: error.line(), what: what.split(" at line").next().unwrap_or_default().to_owned() }
        };
        // A newer one may hold other things, and then its version is what to speak of.
        let version = serde_json::from_str::<Versioned>(text).map_err(broken)?.version;
        if version != VERSION {
            return Err(BaselineError::Newer(version));
        }
        let stored: Stored = serde_json::from_str(text).map_err(broken)?;
        debug_assert_eq!(stored.version, VERSION);
        let files = stored.files.into_iter().filter(|(_, entries)| !entries.is_empty()).collect();
        Ok(Baseline { files })
    }

    /// As it is stored: a line for each finding, in a fixed order, so that version control shows what changed.
    pub fn text(&self) -> String {
        let json = |text: &str| serde_json::to_string(text).expect("a string is always JSON");
        let files = self.files.iter().map(|(name, entries)| {
            let lines: Vec<String> = entries.iter().map(|e| format!("      {}", serde_json::to_string(e).expect("it holds only strings"))).collect();
            format!("    {}: [\n{}\n    ]", json(name), lines.join(",\n"))
        });
        let files: Vec<String> = files.collect();
        let files = if files.is_empty() { String::new() } else { format!("\n{}\n  ", files.join(",\n")) };
        format!("{{\n  \"version\": {VERSION},\n  \"files\": {{{files}}}\n}}\n")
    }

    /// The files that have known findings, by name.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// What is known of a file.
    pub fn of(&self, file: &str) -> impl Iterator<Item = &Entry> {
        self.files.get(file).into_iter().flatten()
    }

    /// Whether anything is known of a file.
    pub fn has(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// How many findings are known.
    pub fn n_findings(&self) -> usize {
        self.files.values().map(BTreeSet::len).sum()
    }

    /// Sets what is known of a file.
    pub fn set(&mut self, file: &str, entries: impl IntoIterator<Item = Entry>) {
        let entries: BTreeSet<Entry> = entries.into_iter().collect();
        if entries.is_empty() {
            self.files.remove(file);
        } else {
            self.files.insert(file.to_owned(), entries);
        }
    }

    /// Which of the files that nothing is known of are files that are there no more, under a new name: new name → old name.
    pub fn moves(&self, gone: &[&str], new: &BTreeMap<String, Vec<Entry>>) -> BTreeMap<String, String> {
        let mut likely = Vec::new();
        for (new_name, entries) in new {
            for old in gone {
                likely.extend(self.likeness(old, new_name, entries).map(|likeness| (std::cmp::Reverse(likeness), new_name.as_str(), *old)));
            }
        }
        likely.sort();
        let (mut moves, mut taken) = (BTreeMap::new(), BTreeSet::new());
        for (_, new_name, old) in likely {
            if !moves.contains_key(new_name) && taken.insert(old) {
                moves.insert(new_name.to_owned(), old.to_owned());
            }
        }
        moves
    }

    /// How much a new file is like one that is gone; `None` where it is another. Findings of a document as a whole are the
    /// same in all files, so that they prove nothing unless the file kept its name.
    fn likeness(&self, old: &str, new_name: &str, entries: &[Entry]) -> Option<(usize, usize)> {
        let file_name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let kept_name = file_name(old) == file_name(new_name);
        let proves = |entry: &&Entry| kept_name || !entry.text.is_empty();
        let n_old = self.of(old).filter(proves).count();
        let shared = entries.iter().filter(proves).filter(|e| self.of(old).any(|o| o.fingerprint == e.fingerprint)).count();
        (shared > 0 && shared * 2 >= n_old).then_some((shared, usize::from(kept_name)))
    }
}

/// A fingerprint as its sixteen digits.
mod digits {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::lint::Fingerprint;

    pub(super) fn serialize<S: Serializer>(fingerprint: &Fingerprint, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(fingerprint)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Fingerprint, D::Error> {
        let text = String::deserialize(from)?;
        Fingerprint::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("“{text}” is no fingerprint")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(rule: &str, text: &str, number: u64) -> Entry {
        Entry { rule: rule.to_owned(), text: text.to_owned(), fingerprint: Fingerprint::parse(&format!("{number:016x}")).expect("sixteen digits") }
    }

    #[test]
    fn what_is_written_is_read_and_stands_in_order() {
        let mut baseline = Baseline::default();
        baseline.set("b.md", [entry("gendered.title", "chair\"man\u{1b}", 2), entry("gendered.title", "chairman", 1)]);
        baseline.set("a b.md", [entry("omission.salary", "", 3)]);
        let text = baseline.text();
        assert_eq!(Baseline::parse(&text).expect("it was just written"), baseline);
        assert!(text.find("a b.md") < text.find("b.md\": ["), "{text}");
        assert_eq!(text.lines().count(), 12, "{text}");
        assert_eq!(Baseline::parse(&Baseline::default().text()).expect("an empty one, too"), Baseline::default());
    }

    #[test]
    fn what_is_no_baseline_is_told_with_its_line() {
        let said = |text: &str| Baseline::parse(text).expect_err("it is none").to_string();
        assert!(said("{\n\"version\": 1,\n\"files\": {\"a\": [{\"rule\":\"x\",\"text\":\"\",\"fingerprint\":\"zz\"}]}}").starts_with("line 3: "));
        assert!(said("{\"version\": 2, \"other\": []}").contains("newer jdlint"));
        assert!(said("").starts_with("line 1: this is no baseline"));
    }

    #[test]
    fn a_moved_file_is_told_by_what_it_took_along() {
        let mut baseline = Baseline::default();
        baseline.set("old/a.md", [entry("gendered.title", "chairman", 1), entry("omission.salary", "", 9)]);
        baseline.set("old/b.md", [entry("omission.salary", "", 9)]);
        let new = |name: &str, entries: &[Entry]| (name.to_owned(), entries.to_vec());
        let files = BTreeMap::from([
            new("new/x.md", &[entry("gendered.title", "chairman", 1)]),
            new("new/copy.md", &[entry("gendered.title", "chairman", 1)]),
            new("new/other.md", &[entry("omission.salary", "", 9)]),
            new("new/b.md", &[entry("omission.salary", "", 9)]),
        ]);
        let moves = baseline.moves(&["old/a.md", "old/b.md"], &files);
        let pairs: Vec<(&str, &str)> = moves.iter().map(|(n, o)| (n.as_str(), o.as_str())).collect();
        assert_eq!(pairs, [("new/b.md", "old/b.md"), ("new/copy.md", "old/a.md")], "one file moved to one place; a copy is new");
    }
}
