//! A linted file → what people, editors and scripts read: annotated text for the terminal, JSON, a page of HTML, and what
//! forges, build servers and reviewers' tools take.
//!
//! One file per format, each a [`Writer`]; a run is written file by file, so that nothing is held until its end, save for a
//! format that begins with the sum of it. Text that came from a stranger is shown safely (`safe`, `html::escape`). Knows
//! nothing of how files were found.

pub mod checkstyle;
pub mod compare;
pub mod concise;
pub(crate) mod conditions;
pub mod criteria;
pub mod explain;
pub mod from_root;
pub mod github;
pub mod gitlab;
mod held;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod outline_json;
pub mod outline_text;
mod place;
pub mod rdjsonl;
pub mod rule_list;
mod safe;
pub mod sarif;
mod snippet;
pub mod statistics;
mod summary;
pub mod terminal;
mod xml;

pub use held::{Held, Part, Piece};
pub use safe::shown;
pub use statistics::Statistics;
pub use summary::{RuleCount, Summary};

use crate::document::{Document, Format};
use crate::lint::{Finding, Report};
use crate::rules::{Rule, Ruleset, Severity};

/// A file that was linted.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// Its name, as it is to be shown.
    pub path: &'a str,
    /// The file as it is stored.
    pub bytes: &'a [u8],
    /// What was read from it.
    pub document: &'a Document,
    /// What was found, perhaps without what is too quiet to be shown.
    pub report: &'a Report,
    /// The rules it was linted by, which name audiences.
    pub ruleset: &'a Ruleset,
    /// From which severity on a finding fails the run.
    pub fails_from: Severity,
}

/// A file that could not be linted.
#[derive(Clone, Copy, Debug)]
pub struct Failed<'a> {
    /// Its name, as it is to be shown.
    pub path: &'a str,
    /// What it was taken for, where that could be told.
    pub format: Option<Format>,
    /// Why, in words that say what to do.
    pub message: &'a str,
}

/// How a terminal report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Plain or with escape codes.
    pub color: Color,
    /// Columns to fill.
    pub width: usize,
}

/// Whether escape codes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Plain,
    /// Colours.
    Colored,
}

impl Look {
    /// Words that stand out, where the terminal has colours.
    pub(crate) fn strong(self, words: &str) -> String {
        match self.color {
            Color::Plain => words.to_owned(),
            Color::Colored => format!("\u{1b}[1m{words}\u{1b}[0m"),
        }
    }
}

impl Default for Look {
    fn default() -> Look {
        Look { color: Color::Plain, width: 100 }
    }
}

/// When the beginning of a report can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// Before the first file is read.
    AtOnce,
    /// When all files are done, since it sums them up: then all parts are held in memory until the end.
    WithTheSum,
}

/// A report format. The parts of a run are rendered in any order and written in this: head, files with `between` them, tail.
/// A file of which there is nothing to say has an empty part, and none of `between`.
pub trait Writer: Sync {
    /// What comes before the first file.
    fn head(&self) -> String {
        String::new()
    }
    /// A linted file; nothing where only the end of the run tells what is written of it.
    fn checked(&self, _checked: &Checked) -> String {
        String::new()
    }
    /// A file that could not be linted; nothing where that is said on the error stream only.
    fn failed(&self, _failed: &Failed) -> String {
        String::new()
    }
    /// What stands between two files.
    fn between(&self) -> &'static str {
        ""
    }
    /// What comes after the last file.
    fn tail(&self, _summary: &Summary) -> String {
        String::new()
    }

    /// When the beginning can be written.
    fn begins(&self) -> Begins {
        Begins::AtOnce
    }
    /// What comes before the first file in a report that begins with the sum of the run, and with a line on each file.
    fn opening(&self, _lines: &[String], _summary: &Summary) -> String {
        self.head()
    }
    /// The line on a linted file.
    fn line(&self, _checked: &Checked) -> String {
        String::new()
    }
    /// The line on a file that could not be linted.
    fn failed_line(&self, _failed: &Failed) -> String {
        String::new()
    }

    /// All there is to write of a linted file.
    fn part(&self, checked: &Checked) -> Part {
        Part { text: self.checked(checked), line: self.line(checked), ..Part::default() }
    }
    /// All there is to write of a file that could not be linted.
    fn failed_part(&self, failed: &Failed) -> Part {
        Part { text: self.failed(failed), line: self.failed_line(failed), ..Part::default() }
    }
    /// How many pieces of a run the format has room for.
    fn room(&self) -> usize {
        usize::MAX
    }
    /// The report of a run that is written when all files are done.
    fn whole(&self, parts: &[Part], summary: &Summary) -> String {
        let lines: Vec<String> = parts.iter().map(|p| p.line.clone()).collect();
        let mut out = self.opening(&lines, summary);
        push_joined(&mut out, parts.iter().map(|p| p.text.as_str()).filter(|t| !t.is_empty()), self.between());
        out + &self.tail(summary)
    }
}

/// Findings of places, and those of the document as a whole, each in order. A person begins with the text; by their order, what is
/// missing from it would come before all that stands there.
fn placed_and_whole(report: &Report) -> (Vec<&Finding>, Vec<&Finding>) {
    report.findings.iter().partition(|f| !f.span.is_empty())
}

/// Adds texts with something between them; a run's reports are large, and held once.
fn push_joined<'t>(out: &mut String, texts: impl Iterator<Item = &'t str>, between: &str) {
    for (n, text) in texts.enumerate() {
        if n > 0 {
            out.push_str(between);
        }
        out.push_str(text);
    }
}

/// Where to read what a rule rests on: its first source that can be opened.
fn link<'r>(rule: &Rule, ruleset: &'r Ruleset) -> Option<&'r str> {
    let mut links = rule.sources.iter().filter_map(|s| ruleset.catalogue().source(s)).map(|s| s.link.as_str());
    links.find(|link| !link.is_empty())
}

/// A file of a run that is held in memory as a whole.
#[derive(Clone, Copy, Debug)]
pub enum Done<'a> {
    /// It was linted. All of its findings are here: which are shown, [`whole`] decides.
    Checked(Checked<'a>),
    /// It could not be linted.
    Failed(Failed<'a>),
}

/// A whole run as one text, for whoever has no stream to write to. Findings below `shown_from` count and are not shown.
pub fn whole(writer: &dyn Writer, run: &[Done], shown_from: Severity) -> String {
    let mut summary = Summary::default();
    let mut held = Held::new(writer.room());
    for done in run {
        match done {
            Done::Checked(checked) => {
                summary.add(&Summary::of(checked.report, shown_from));
                let mut report = checked.report.clone();
                report.findings.retain(|f| f.severity >= shown_from);
                held.add(writer.part(&Checked { report: &report, ..*checked }));
            }
            Done::Failed(failed) => {
                summary.add(&Summary::of_failed());
                held.add(writer.failed_part(failed));
            }
        }
    }
    writer.whole(&held.parts(), &summary)
}

/// How a severity is called in reports for people.
pub(crate) const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
