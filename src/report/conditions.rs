//! A rule's condition → words: “it is mandatory or expected, and the post is research”.

use crate::outline::{Binding, Kind, SectionKind, Seniority, Wordings};
use crate::rules::{Condition, NumberTest, Stands};

/// What must hold, all of it.
pub(super) fn words(condition: &Condition, wordings: &Wordings) -> String {
    let roles: Vec<String> = condition.role.iter().map(|r| plain(wordings.role_name(*r))).collect();
    let duties: Vec<String> = condition.duty.iter().map(|a| wordings.activity_name(*a).to_owned()).collect();
    let parts = [
        part("it is ", condition.binding.iter().map(|b| binding(*b).to_owned())),
        part("it stands in the section on ", condition.section.iter().map(|s| section(*s).to_owned())),
        part("it stands in a ", condition.block.iter().map(|b| block(b).to_owned())),
        (!condition.statement.is_empty()).then(|| "the statement holds words that change its meaning (see the examples)".to_owned()),
        (!condition.nearby.is_empty()).then(|| "the statement, or the one before it, holds words that change its meaning (see the examples)".to_owned()),
        (!condition.document.is_empty()).then(|| "the document holds words that change its meaning (see the examples)".to_owned()),
        (!condition.before.is_empty()).then(|| "words before it change its meaning (see the examples)".to_owned()),
        (!condition.after.is_empty()).then(|| "words after it change its meaning (see the examples)".to_owned()),
        part("it is ", condition.stands.iter().map(|s| stands(s).to_owned())),
        part("the post is ", roles.into_iter()),
        part("a duty is ", duties.into_iter()),
        part("the number is ", condition.number.iter().map(|n| range(*n, |v| v.to_string()))),
        part("the time of day is ", condition.time.iter().map(|n| range(*n, clock))),
        part("the document is ", condition.kind.iter().map(|k| kind(*k).to_owned())),
        part("the post’s level is ", condition.seniority.iter().map(|s| seniority(*s).to_owned())),
        part("the law is that of ", condition.jurisdiction.iter().map(|j| j.name().to_owned())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", and ")
}

/// One key: any of its values will do. A long list is cut: it is there to be understood, not to be checked.
fn part(before: &str, values: impl ExactSizeIterator<Item = String>) -> Option<String> {
    const MOST: usize = 8;
    let n_values = values.len();
    if n_values == 0 {
        return None;
    }
    let mut shown: Vec<String> = values.take(MOST).collect();
    if n_values > MOST {
        shown.push(format!("one of {} others", n_values - MOST));
    }
    let last = shown.pop()?;
    let first = if shown.is_empty() { String::new() } else { format!("{} or ", shown.join(", ")) };
    Some(format!("{before}{first}{last}"))
}

fn stands(stands: &Stands) -> &'static str {
    match stands {
        Stands::Denied { .. } => "denied (“no rockstars here”)",
        Stands::Quoted { .. } => "quoted (“we don’t say …”)",
        Stands::Named { .. } => "part of a name",
    }
}

/// An id as words.
fn plain(id: &str) -> String {
    id.replace('-', " ")
}

fn range(test: NumberTest, show: impl Fn(f64) -> String) -> String {
    match (test.min.is_finite(), test.max.is_finite()) {
        (true, true) if test.min == test.max => show(test.min),
        (true, true) => format!("{} to {}", show(test.min), show(test.max)),
        (true, false) => format!("{} or more", show(test.min)),
        (false, true) => format!("{} or less", show(test.max)),
        (false, false) => "any".to_owned(),
    }
}

/// Minutes after midnight as a time.
fn clock(minutes: f64) -> String {
    format!("{}:{:02}", (minutes / 60.0).floor(), (minutes % 60.0).floor())
}

fn binding(binding: Binding) -> &'static str {
    match binding {
        Binding::Mandatory => "mandatory",
        Binding::Expected => "expected",
        Binding::Preferred => "preferred",
        Binding::Neutral => "not asked of the person",
    }
}

fn section(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Essential => "essential criteria",
        SectionKind::Desirable => "desirable criteria",
        SectionKind::Responsibilities => "responsibilities",
        SectionKind::About => "the employer",
        SectionKind::Benefits => "benefits",
        SectionKind::Apply => "how to apply",
        SectionKind::Equality => "equality",
        SectionKind::Conditions => "pay and conditions",
        SectionKind::Other => "anything else",
    }
}

fn block(name: &str) -> &str {
    match name {
        "item" => "list item",
        "cell" => "table cell",
        other => other,
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Advert => "an advert",
        Kind::PersonSpecification => "a person specification",
        Kind::JobDescription => "a job description",
        Kind::Other => "none of these",
    }
}

fn seniority(seniority: Seniority) -> &'static str {
    match seniority {
        Seniority::Entry => "entry",
        Seniority::Middle => "middle",
        Seniority::Senior => "senior",
    }
}
