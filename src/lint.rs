//! Advert, rules and settings → [`Report`]s: scan, judge, measure, suppress.
//!
//! Knows nothing of formats, screens or files.

mod acronym;
mod contradiction;
mod examples;
mod fingerprint;
mod linter;
mod measure;
mod repeated;
mod rewrite;
mod score;
mod settings;
mod shape;
mod suppress;

pub use examples::{ExampleFault, check_examples, check_examples_of};
pub use fingerprint::Fingerprint;
pub use linter::{Advert, Linter, Memory};
pub use score::{CodedWord, GenderScore};
pub use settings::{Allowance, Chosen, JurisdictionFrom, Settings};

use serde::Serialize;

use crate::criteria::Criterion;
use crate::outline::{Binding, Kind, Outline, SectionKind};
use crate::rules::{Jurisdiction, RuleId, Severity};
use crate::text::Span;

/// What was found in one document of an advert.
#[derive(Clone, Debug)]
pub struct Report {
    /// What kind of document it is.
    pub kind: Kind,
    /// By whose law it was read.
    pub jurisdiction: Jurisdiction,
    /// The findings, by place.
    pub findings: Vec<Finding>,
    /// How many findings were suppressed, by comments or by the config.
    pub suppressed: usize,
    /// Those of them that the settings' allowances accept.
    pub allowed: Vec<Fingerprint>,
    /// Whole-document figures.
    pub scores: Scores,
    /// What each criterion asks, and whether the job needs it.
    pub criteria: Vec<Criterion>,
    /// What a reader should know: how the document was read, what suppresses nothing.
    pub notices: Vec<String>,
    /// How the document was understood.
    pub outline: Outline,
}

impl Report {
    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity).count()
    }
}

/// Figures of a whole document, shown as information.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Scores {
    /// The gender-coding score.
    pub gender: Option<GenderScore>,
    /// Words in all.
    pub words: usize,
    /// Criteria that a person must meet.
    pub mandatory_criteria: usize,
    /// US school grade of criteria and duties (Flesch–Kincaid); `None` where there is too little text.
    pub reading_grade: Option<f64>,
}

/// Wording that may turn people away, in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// How much it weighs here.
    pub severity: Severity,
    /// The words, in the document's text. Empty (at the document's start) where something is missing from the whole.
    pub span: Span,
    /// One sentence for the person who wrote the words.
    pub message: String,
    /// The rule's reason, for whoever wants to know more.
    pub why: String,
    /// Who may read this as “not for me”: ids of audiences.
    pub audiences: Vec<String>,
    /// Rewrites, the best first.
    pub fixes: Vec<Fix>,
    /// Other places that bear on it: the heading that makes a criterion essential, the other half of a contradiction.
    pub related: Vec<Related>,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// How binding the statement is that holds it.
    pub binding: Binding,
    /// The kind of section it stands in.
    pub section: SectionKind,
    /// Its identity across edits elsewhere in the document.
    pub fingerprint: Fingerprint,
}

impl Finding {
    /// The first rewrite that says which words to write; where one keeps the meaning, that one.
    pub fn rewrite(&self) -> Option<&Fix> {
        self.fixes.iter().find(|fix| !fix.edits.is_empty())
    }
}

/// A place that bears on a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What it has to do with it.
    pub message: String,
    /// Where, in the same document.
    pub span: Span,
}

/// A rewrite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for a menu: “Write “chair””.
    pub title: String,
    /// The changes; they do not overlap.
    pub edits: Vec<Edit>,
    /// Whether it may be applied unattended.
    pub applicability: Applicability,
}

/// A change of the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub insert: String,
}

/// Whether a fix keeps the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// The meaning is kept; it may be applied unattended.
    Safe,
    /// A person chooses.
    Suggested,
}
