//! Criteria → a table: what is asked, how binding that is and why, what needs it, which other ways in there are, the verdict.
//!
//! One file per form, each a [`Writer`](super::Writer); the words are the same in all of them, and are made here.

mod csv;
mod json;
mod markdown;
mod terminal;

pub use csv::CriteriaCsv;
pub use json::CriteriaJson;
pub use markdown::CriteriaMarkdown;
pub use terminal::{CriteriaText, Why};

use super::Checked;
use crate::criteria::{Criterion, Need, OtherWay, Verdict, WayBy};
use crate::document::Document;
use crate::outline::{Because, Binding, Wordings};
use crate::text::{Span, one_line};

/// A criterion in words.
pub(super) struct Row {
    pub(super) words: String,
    pub(super) subject: String,
    pub(super) binding: &'static str,
    /// What makes it bind.
    pub(super) because: String,
    pub(super) verdict: &'static str,
    /// What needs it, or which other way in there is.
    pub(super) needs: String,
    pub(super) other_ways: String,
    pub(super) assessed: String,
    /// The verdict's reason, in a sentence.
    pub(super) why: String,
}

/// The criteria of a document in words.
pub(super) fn rows(checked: &Checked, wordings: &Wordings) -> Vec<Row> {
    checked.report.criteria.iter().map(|c| row(c, checked.document, wordings)).collect()
}

fn row(criterion: &Criterion, document: &Document, wordings: &Wordings) -> Row {
    let needs = criterion.needs.iter().map(|n| need(*n, document, wordings)).collect::<Vec<_>>().join("; ");
    let other_ways = criterion.other_ways.iter().map(|w| other_way(*w, document)).collect::<Vec<_>>().join("; ");
    Row {
        words: one_line(document.slice(criterion.span)),
        subject: subject(&criterion.subject).to_owned(),
        binding: binding(criterion.binding),
        because: because(criterion.because, document),
        verdict: verdict(criterion.verdict),
        why: why(criterion, &needs, &other_ways, document),
        needs,
        other_ways,
        assessed: criterion.assessed.map(|s| one_line(document.slice(s))).unwrap_or_default(),
    }
}

fn quoted(span: Span, document: &Document) -> String {
    format!("“{}”", one_line(document.slice(span)))
}

/// A subject as people call it.
fn subject(subject: &str) -> &str {
    match subject {
        "years" => "years of experience",
        "certification" => "certificate",
        "prestige" => "class or prestige",
        "sector" => "sector experience",
        "tool" => "named tool",
        "physical" => "body or health",
        "history" => "work history",
        "school" => "school grades",
        other => other,
    }
}

pub(super) fn binding(binding: Binding) -> &'static str {
    match binding {
        Binding::Mandatory => "must",
        Binding::Expected => "should",
        Binding::Preferred => "may",
        Binding::Neutral => "",
    }
}

fn because(because: Because, document: &Document) -> String {
    match because {
        Because::Section(span) => format!("heading {}", quoted(span, document)),
        Because::Column(span) => format!("column {}", quoted(span, document)),
        Because::OwnWords(span) => format!("says {}", quoted(span, document)),
        Because::Nothing => "its list reads so".to_owned(),
    }
}

/// A verdict in a few words.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Required => "required by the role",
        Verdict::BorneOut => "borne out by the work",
        Verdict::Open => "another way in",
        Verdict::NotShown => "NOT SHOWN to be needed",
        Verdict::Unassessable => "CAN'T BE ASSESSED as written",
        Verdict::NotBinding => "only desirable",
        Verdict::Unquestioned => "fine",
    }
}

fn need(need: Need, document: &Document, wordings: &Wordings) -> String {
    let with = |name: String, span: Option<Span>| span.map_or(name.clone(), |s| format!("{name}: {}", quoted(s, document)));
    match need {
        Need::Role(role, span) => with(format!("the role ({})", wordings.role_name(role).replace('-', " ")), span),
        Need::Duty(activity, span) => with(format!("a duty ({})", wordings.activity_name(activity)), span),
        Need::Words(span) => quoted(span, document),
    }
}

fn other_way(way: OtherWay, document: &Document) -> String {
    let words = way.span.map_or("words elsewhere in the advert".to_owned(), |s| quoted(s, document));
    match way.by {
        WayBy::Words => words,
        WayBy::Alternative => format!("one of several: {words}"),
        WayBy::Condition => format!("asked of some only: {words}"),
        WayBy::TakenBack => format!("taken back: {words}"),
    }
}

/// Why the verdict is what it is, in a sentence.
fn why(criterion: &Criterion, needs: &str, other_ways: &str, document: &Document) -> String {
    let rule = criterion.rule.as_ref().map(|r| format!(" ({r})")).unwrap_or_default();
    match criterion.verdict {
        Verdict::Required => format!("Left alone: {needs} requires it{rule}."),
        Verdict::BorneOut if needs.is_empty() => format!("At most a note: words beside it say what it is for{rule}."),
        Verdict::BorneOut => format!("At most a note: {needs} bears it out; ask for the task instead{rule}."),
        Verdict::Open => format!("Left alone: another way in is offered, {other_ways}{rule}."),
        Verdict::NotShown => {
            format!("No duty here speaks of it, the role doesn't require it, and no other way in is offered{rule}.")
        }
        Verdict::Unassessable => format!("These words say nothing that a panel could assess{rule}."),
        Verdict::NotBinding => format!("It keeps nobody out: {}.", because(criterion.because, document)),
        Verdict::Unquestioned => match (&criterion.rule, criterion.ground.as_ref().and_then(|g| g.span)) {
            (Some(rule), Some(span)) => format!("{rule} leaves it here, because of {}.", quoted(span, document)),
            (Some(rule), None) => format!("{rule} leaves it here."),
            (None, _) => "No rule questions a skill, knowledge or attitude of this kind.".to_owned(),
        },
    }
}

/// How many criteria of each kind there are, in a line.
pub(super) fn totals(criteria: &[Criterion]) -> String {
    let count = |f: &dyn Fn(&Criterion) -> bool| criteria.iter().filter(|c| f(c)).count();
    let binding = |b: Binding| count(&|c| c.binding == b);
    let verdict = |v: Verdict| count(&|c| c.verdict == v);
    let mut parts = vec![format!("{} must", binding(Binding::Mandatory))];
    let more = [
        (binding(Binding::Expected), "should"),
        (binding(Binding::Preferred), "may"),
        (verdict(Verdict::Required), "required by the role"),
        (verdict(Verdict::BorneOut), "borne out by the work"),
        (verdict(Verdict::Open), "with another way in"),
        (verdict(Verdict::NotShown), "not shown to be needed"),
        (verdict(Verdict::Unassessable), "that can't be assessed as written"),
    ];
    parts.extend(more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
    parts.join(", ")
}
