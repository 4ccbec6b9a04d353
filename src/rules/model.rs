//! What a rule is once it has been checked.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Example;
use crate::outline::{Binding, Kind, SectionKind, Seniority};

/// “group.type”: names what is found, so that “allow prerequisite.degree” reads right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// Takes “group.type”: two or more words in small letters, with hyphens, joined by dots.
    pub fn parse(id: &str) -> Option<RuleId> {
        let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (id.contains('.') && id.split('.').all(word)).then(|| RuleId(id.into()))
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the first dot.
    pub fn group(&self) -> &str {
        self.0.split('.').next().unwrap_or("")
    }
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a thought.
    Info,
    /// Most experts would ask for a change.
    Warning,
    /// Likely unlawful in the chosen jurisdiction.
    Error,
}

/// How strong the evidence behind a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Several sound studies agree, or it is the law's text.
    Strong,
    /// Some sound studies, or guidance that rests on them.
    Moderate,
    /// Opinion, surveys, conventions.
    Weak,
    /// Sound studies disagree.
    Contested,
}

/// Whose law is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Jurisdiction {
    /// Great Britain and Northern Ireland.
    #[default]
    Uk,
    /// United States.
    Us,
    /// Ireland.
    Ie,
    /// Canada.
    Ca,
    /// Australia.
    Au,
    /// European Union.
    Eu,
}

impl Jurisdiction {
    /// All of them.
    pub const ALL: [Jurisdiction; 6] = [Jurisdiction::Uk, Jurisdiction::Us, Jurisdiction::Ie, Jurisdiction::Ca, Jurisdiction::Au, Jurisdiction::Eu];

    /// Its name in running text: “the UK”.
    pub const fn name(self) -> &'static str {
        match self {
            Jurisdiction::Uk => "the UK",
            Jurisdiction::Us => "the US",
            Jurisdiction::Ie => "Ireland",
            Jurisdiction::Ca => "Canada",
            Jurisdiction::Au => "Australia",
            Jurisdiction::Eu => "the EU",
        }
    }

    /// Its two letters.
    pub const fn code(self) -> &'static str {
        match self {
            Jurisdiction::Uk => "uk",
            Jurisdiction::Us => "us",
            Jurisdiction::Ie => "ie",
            Jurisdiction::Ca => "ca",
            Jurisdiction::Au => "au",
            Jurisdiction::Eu => "eu",
        }
    }
}

/// A rule: something that a person can name, look up, argue with and switch off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// Ids that it had before.
    pub aliases: Vec<String>,
    /// A short title.
    pub name: String,
    /// How it finds.
    pub kind: RuleKind,
    /// Unless an entry or the jurisdiction sets another.
    pub severity: Severity,
    /// Who may read this as “not for me”: ids of audiences.
    pub audiences: Vec<String>,
    /// How strong the evidence is.
    pub evidence: Evidence,
    /// Ids of sources; never empty.
    pub sources: Vec<String>,
    /// What a finding says; `{text}` is what was found.
    pub message: String,
    /// The reason, for an HR person.
    pub why: String,
    /// One of these must hold; none: always.
    pub applies: Vec<Condition>,
    /// Any of these leaves it.
    pub unless: Vec<Condition>,
    /// Any of these makes it quieter.
    pub soften: Vec<Soften>,
    /// What differs by jurisdiction.
    pub jurisdictions: Vec<(Jurisdiction, Override)>,
    /// Its examples, which are its tests and its documentation.
    pub examples: Vec<Example>,
    /// The file it stands in.
    pub file: String,
    /// Whether people's own rules silence it, or put the same rule with their additions in its place.
    pub off: bool,
    /// Whether its words say nothing that a panel could assess, whatever the criterion is about.
    pub unassessable: bool,
    /// For a conflict: figures of the document that are held against one another, and what a finding says.
    pub figures: Vec<(Figure, String)>,
}

impl Rule {
    /// What a jurisdiction changes in it.
    pub fn under(&self, jurisdiction: Jurisdiction) -> Option<&Override> {
        self.jurisdictions.iter().find(|(j, _)| *j == jurisdiction).map(|(_, change)| change)
    }

    /// Whether it speaks of what is asked of the person; its id's second part says what.
    pub fn asks_of_person(&self) -> bool {
        self.kind == RuleKind::Phrase && self.id.group() == "prerequisite"
    }
}

/// What a jurisdiction changes in a rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Override {
    /// Another severity.
    pub severity: Option<Severity>,
    /// Another message.
    pub message: Option<String>,
    /// The statute.
    pub sources: Vec<String>,
}

/// The kinds of rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RuleKind {
    /// Wording, found and judged in its place.
    Phrase,
    /// Something that should be said and is not: the entries are what says it, or a fact beside the text.
    Absence(Option<Fact>),
    /// A figure with thresholds.
    Measure(Measure),
    /// Two statements that cannot both be meant: an entry's `find` and its `against`.
    Conflict,
    /// One criterion asked twice, or contained in another.
    Repeated,
    /// An acronym that is never explained, at its first use.
    Acronym,
    /// A figure for the report's `scores`, never a finding.
    Score,
}

/// A figure that a document may state twice, differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Figure {
    /// Pay in the title or at one label, and at another.
    Pay,
    /// Hours a week, likewise.
    Hours,
    /// The day an advert was posted, and an earlier one on which it closes.
    ClosingDate,
}

/// A fact that a job board's data may state beside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// Pay.
    Pay,
    /// Hours or contract.
    Hours,
    /// The place of work.
    Place,
    /// The closing date.
    Closes,
    /// Somebody to ask.
    Contact,
}

/// What is measured, and from which figure on it is worth a finding (exclusive).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// One of [`Measure::FIGURES`].
    pub figure: String,
    /// Above this it is an `info`.
    pub info: Option<f64>,
    /// Above this it is a `warning`.
    pub warning: Option<f64>,
}

impl Measure {
    /// What can be measured: words in a sentence, words in a paragraph, words in the document, US school grade of the
    /// criteria and duties (Flesch–Kincaid), mandatory criteria.
    pub const FIGURES: [&str; 5] = ["sentence-words", "paragraph-words", "document-words", "reading-grade", "mandatory-criteria"];
}

/// Within one condition all keys must hold; of the values of a key, one. An empty key is not asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// How binding the statement is.
    pub binding: Vec<Binding>,
    /// The kind of section it stands in.
    pub section: Vec<SectionKind>,
    /// The kind of block: `heading`, `paragraph`, `item`, `cell`, `quotation`.
    pub block: Vec<String>,
    /// Phrases of the context matcher, one of which stands in the same statement: their numbers, in order.
    pub statement: Vec<u32>,
    /// … in the same statement or the one before it.
    pub nearby: Vec<u32>,
    /// … anywhere in the document.
    pub document: Vec<u32>,
    /// … right before what was found, and right after it.
    pub before: Vec<u32>,
    /// See [`Condition::before`].
    pub after: Vec<u32>,
    /// How the words stand there: spoken of rather than said.
    pub stands: Vec<Stands>,
    /// Roles of the post, as numbers.
    pub role: Vec<u16>,
    /// Roles for which the law, a rule or the nature of the work requires what is named, and where.
    pub requires: Vec<RequiredOf>,
    /// Activities of some duty, as numbers.
    pub duty: Vec<u16>,
    /// Tests of the first number in what was found.
    pub number: Vec<NumberTest>,
    /// Tests of the first time of day in what was found, else in the statement, in minutes after midnight.
    pub time: Vec<NumberTest>,
    /// Kinds of document.
    pub kind: Vec<Kind>,
    /// Seniority of the post.
    pub seniority: Vec<Seniority>,
    /// Jurisdictions.
    pub jurisdiction: Vec<Jurisdiction>,
    /// What it says of a criterion that it leaves, where that is not what its keys say.
    pub shows: Option<Shows>,
}

/// A role, and where something is required of it; nowhere named is everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequiredOf {
    /// The role, as a number.
    pub role: u16,
    /// Whose law or custom requires it.
    pub jurisdictions: Vec<Jurisdiction>,
}

/// How words may stand that are spoken of and not said, with the phrases (their numbers, in order) that show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stands {
    /// “No rockstars here”, “eye contact isn't scored”.
    Denied {
        /// What says no before the words.
        before: Vec<u32>,
        /// What says no after them.
        after: Vec<u32>,
    },
    /// “We don't say ‘foreman’”: in quotation marks, in a statement about wording.
    Quoted {
        /// What speaks about wording.
        about: Vec<u32>,
    },
    /// “The Fisherman's Arms”: in capitals, as part of a name.
    Named {
        /// What names end with.
        ends: Vec<u32>,
    },
}

/// What a condition that leaves a criterion says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shows {
    /// The law, a regulator or the nature of the work requires it.
    Required,
    /// There is another way in.
    AnotherWay,
    /// A duty needs it.
    Duty,
    /// It is not that criterion at all.
    SomethingElse,
}

/// A range that a number is held against, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberTest {
    /// From here.
    pub min: f64,
    /// To here.
    pub max: f64,
}

/// Still worth a word, but a quieter one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Soften {
    /// When.
    pub when: Condition,
    /// To which severity.
    pub to: Severity,
    /// What to add to the message.
    pub because: Option<String>,
}

/// What a fix does with what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FixKind {
    /// Puts these words in its place; empty: takes it out.
    Replace(String),
    /// Puts these words at the end of the criterion.
    Append(String),
}

/// How a word is coded in the gender-coding score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Coding {
    /// Stereotyped as masculine.
    Masculine,
    /// Stereotyped as feminine.
    Feminine,
}

/// Some words of a rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The rule, by its place in the pack.
    pub rule: u16,
    /// Its own severity.
    pub severity: Option<Severity>,
    /// Its own message.
    pub message: Option<String>,
    /// The rewrites, the best first.
    pub fixes: Vec<FixKind>,
    /// Whether the first rewrite keeps the meaning and may be applied unattended.
    pub safe: bool,
    /// One of these must hold, beside the rule's own.
    pub applies: Vec<Condition>,
    /// Any of these leaves it, beside the rule's own.
    pub unless: Vec<Condition>,
    /// For the gender-coding score: how its words are coded.
    pub coded: Option<Coding>,
    /// For a conflict: the context matcher's phrases that it cannot stand beside.
    pub against: Vec<u32>,
}
