//! Two versions of a document → what opened up and what closed, in words and figures.

use serde::Serialize;

use super::criteria::{binding, verdict};
use super::json::to_line;
use super::markdown::escaped;
use super::{Checked, shown};
use crate::criteria::{Change, Criterion, Direction, Verdict, changes};
use crate::document::Document;
use crate::lint::{Finding, Report};
use crate::outline::Binding;
use crate::rules::Severity;
use crate::text::one_line;

/// A figure of both versions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// What is counted.
    pub name: &'static str,
    /// In the old version.
    pub old: f64,
    /// In the new one.
    pub new: f64,
}

/// For people.
pub fn text(old: &Checked, new: &Checked) -> String {
    let mut out = format!("{} → {}\n", shown(old.path), shown(new.path));
    for (title, lines) in parts(old, new) {
        out.push_str(&format!("\n{title}\n"));
        lines.iter().for_each(|l| out.push_str(&format!("  {}\n", shown(l))));
    }
    out.push_str("\nFigures\n");
    for figure in figures(old.report, new.report) {
        out.push_str(&format!("  {:<44}{:>6} → {}\n", figure.name, figure.old, figure.new));
    }
    out
}

/// For a merge request.
pub fn markdown(old: &Checked, new: &Checked) -> String {
    let mut out = format!("## {} → {}\n", escaped(old.path), escaped(new.path));
    for (title, lines) in parts(old, new) {
        out.push_str(&format!("\n### {title}\n\n"));
        lines.iter().for_each(|l| out.push_str(&format!("- {}\n", escaped(l))));
    }
    out.push_str("\n| | before | after |\n| --- | ---: | ---: |\n");
    for figure in figures(old.report, new.report) {
        out.push_str(&format!("| {} | {} | {} |\n", figure.name, figure.old, figure.new));
    }
    out
}

/// For scripts.
pub fn json<'a>(old: &Checked<'a>, new: &Checked<'a>) -> String {
    #[derive(Serialize)]
    struct Json<'a> {
        version: u8,
        old: &'a str,
        new: &'a str,
        changes: Vec<JsonChange<'a>>,
        fixed: Vec<JsonFinding<'a>>,
        introduced: Vec<JsonFinding<'a>>,
        figures: Vec<Measured>,
    }
    #[derive(Serialize)]
    struct JsonChange<'a> {
        direction: Direction,
        old: Option<JsonSide<'a>>,
        new: Option<JsonSide<'a>>,
    }
    #[derive(Serialize)]
    struct JsonSide<'a> {
        text: &'a str,
        subject: &'a str,
        binding: Binding,
        verdict: Verdict,
    }
    #[derive(Serialize)]
    struct JsonFinding<'a> {
        rule: &'a str,
        severity: Severity,
        text: &'a str,
    }
    fn side<'a>(criterion: &'a Criterion, document: &'a Document) -> JsonSide<'a> {
        JsonSide { text: document.slice(criterion.span), subject: &criterion.subject, binding: criterion.binding, verdict: criterion.verdict }
    }
    let change = |c: &Change<'a>| JsonChange { direction: c.direction, old: c.old.map(|c| side(c, old.document)), new: c.new.map(|c| side(c, new.document)) };
    let changes = changes((&old.report.criteria, old.document), (&new.report.criteria, new.document));
    fn findings<'a>(all: Vec<&'a Finding>, document: &'a Document) -> Vec<JsonFinding<'a>> {
        all.into_iter().map(|f| JsonFinding { rule: f.rule.as_str(), severity: f.severity, text: document.slice(f.span) }).collect()
    }
    let mut out = to_line(&Json {
        version: 1,
        old: old.path,
        new: new.path,
        changes: changes.iter().map(change).collect(),
        fixed: findings(only_in(old, new), old.document),
        introduced: findings(only_in(new, old), new.document),
        figures: figures(old.report, new.report),
    });
    out.push('\n');
    out
}

/// What opened, what closed, which findings are gone and which are new; what is empty is left out.
fn parts(old: &Checked, new: &Checked) -> Vec<(&'static str, Vec<String>)> {
    let changes = changes((&old.report.criteria, old.document), (&new.report.criteria, new.document));
    let of = |direction| changes.iter().filter(|c| c.direction == direction).map(|c| change(c, old.document, new.document)).collect::<Vec<_>>();
    let told = |all: Vec<&Finding>, document: &Document| all.iter().map(|f| finding(f, document)).collect::<Vec<_>>();
    let all = [
        ("Opened", of(Direction::Opened)),
        ("Closed", of(Direction::Closed)),
        ("Mended", told(only_in(old, new), old.document)),
        ("New findings", told(only_in(new, old), new.document)),
    ];
    let parts: Vec<_> = all.into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
    if parts.is_empty() { vec![("Nothing changed for applicants", Vec::new())] } else { parts }
}

fn change(change: &Change, old: &Document, new: &Document) -> String {
    let said = |c: &Criterion, document: &Document| format!("“{}” ({}, {})", one_line(document.slice(c.span)), binding(c.binding), verdict(c.verdict));
    match (change.old, change.new) {
        (Some(was), Some(is)) => format!("{} → {}", said(was, old), said(is, new)),
        (Some(was), None) => format!("no longer asked: {}", said(was, old)),
        (None, Some(is)) => format!("newly asked: {}", said(is, new)),
        (None, None) => String::new(),
    }
}

fn finding(finding: &Finding, document: &Document) -> String {
    let words = one_line(document.slice(finding.span));
    if words.is_empty() { format!("{}: {}", finding.rule, finding.message) } else { format!("{}: “{words}”", finding.rule) }
}

/// Warnings and errors of one version that the other has not: other words, or fewer of the same.
fn only_in<'a>(one: &Checked<'a>, other: &Checked) -> Vec<&'a Finding> {
    let key = |f: &Finding, document: &Document| (f.rule.clone(), document.slice(f.span).to_lowercase());
    let weighty = |f: &&Finding| f.severity >= Severity::Warning;
    let mut theirs: Vec<_> = other.report.findings.iter().filter(weighty).map(|f| key(f, other.document)).collect();
    let mut own = Vec::new();
    for finding in one.report.findings.iter().filter(weighty) {
        match theirs.iter().position(|k| *k == key(finding, one.document)) {
            Some(at) => drop(theirs.swap_remove(at)),
            None => own.push(finding),
        }
    }
    own
}

/// What can be counted of both versions.
fn figures(old: &Report, new: &Report) -> Vec<Measured> {
    // Counts within a document are far below 2^53.
    let count = |report: &Report, f: &dyn Fn(&Criterion) -> bool| report.criteria.iter().filter(|c| f(c)).count() as f64;
    let severity = |report: &Report, severity| report.count(severity) as f64;
    let both = |name, f: &dyn Fn(&Report) -> f64| Measured { name, old: f(old), new: f(new) };
    let mut figures = vec![
        both("Must-haves", &|r| count(r, &|c| c.binding == Binding::Mandatory)),
        both("Must-haves not shown to be needed", &|r| count(r, &|c| c.verdict == Verdict::NotShown && c.binding == Binding::Mandatory)),
        both("Criteria with another way in", &|r| count(r, &|c| c.verdict == Verdict::Open)),
        both("Desirable criteria", &|r| count(r, &|c| c.binding == Binding::Preferred)),
        both("Errors", &|r| severity(r, Severity::Error)),
        both("Warnings", &|r| severity(r, Severity::Warning)),
        both("Notes", &|r| severity(r, Severity::Info)),
        both("Words", &|r| r.scores.words as f64),
    ];
    if let (Some(was), Some(is)) = (old.scores.reading_grade, new.scores.reading_grade) {
        figures.push(Measured { name: "US school grade of criteria and duties", old: was, new: is });
    }
    figures
}
