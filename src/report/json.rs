//! Reports as JSON: the stable contract that editors and scripts read (DESIGN.md). One line per file, so that a run is
//! written as it goes and two runs can be compared.

use serde::Serialize;

use super::place::{self, Elsewhere, FileLines, Place};
use super::safe::{commands_anywhere, steers};
use super::{Checked, Failed, Summary, Writer};
use crate::document::{Format, Location};
use crate::fix::{self, Unfixable};
use crate::lint::{Applicability, Finding, Fingerprint, Fix, Related, Scores};
use crate::outline::{Binding, Kind, SectionKind};
use crate::rules::{Jurisdiction, Severity};
use crate::text::Span;

/// Writes JSON.
#[derive(Clone, Copy, Debug)]
pub struct Json {
    /// Whose law was meant; `None` where each document tells (`auto`): then each file says which.
    pub jurisdiction: Option<Jurisdiction>,
}

impl Writer for Json {
    fn head(&self) -> String {
        format!("{{\"version\":1,\"jurisdiction\":\"{}\",\"files\":[\n", self.jurisdiction.map_or("auto", Jurisdiction::code))
    }

    fn checked(&self, checked: &Checked) -> String {
        let jurisdiction = self.jurisdiction.is_none().then(|| Some(checked.report.jurisdiction.code()));
        to_line(&File { path: checked.path, told: Told { jurisdiction, ..told(checked) } })
    }

    fn failed(&self, failed: &Failed) -> String {
        to_line(&File { path: failed.path, told: Told { jurisdiction: None, ..untold(failed) } })
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn tail(&self, summary: &Summary) -> String {
        let statistics = summary.statistics.as_ref().map_or(String::new(), |s| format!(",\"statistics\":{}", to_line(&s.told())));
        format!("\n],\"summary\":{}{statistics}}}\n", to_line(summary))
    }
}

/// A value as one line of JSON. What would steer a terminal, what many take for the end of a line, and what a build's log would
/// take for a command stands there by its number.
pub(super) fn to_line(value: &impl Serialize) -> String {
    let line = serde_json::to_string(value).expect("only strings are keys, and writing to memory does not fail");
    // Only within a string can there be such signs.
    let told_by_number = |(at, c): (usize, char)| steers(c) || commands_anywhere(&line, at);
    // Nearly no line has one, and the first byte of most signs tells that they are none.
    let begins = |b: u8| b.is_ascii_control() || matches!(b, b'#' | 0xc2 | 0xd8 | 0xe2 | 0xf3);
    let mut may_be = line.bytes().enumerate().filter(|(_, b)| begins(*b));
    if !may_be.any(|(at, _)| line[at..].chars().next().is_some_and(|c| told_by_number((at, c)))) {
        return line;
    }
    let mut out = String::with_capacity(line.len() + 16);
    for (at, c) in line.char_indices() {
        if told_by_number((at, c)) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// A file as a line of its own. There is no head that could say by whose law, so that each line does.
pub(super) fn file(checked: &Checked) -> String {
    to_line(&File { path: checked.path, told: told(checked) })
}

/// A file that could not be linted, as a line of its own.
pub(super) fn bad_file(failed: &Failed) -> String {
    to_line(&File { path: failed.path, told: untold(failed) })
}

/// Which record of a table.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RecordName<'a> {
    /// What the table calls it; null where it has no such column.
    pub id: &'a serde_json::Value,
    /// Its number in the table, from 1.
    pub record: u64,
}

/// A record of a table as a line of JSON: what is told of a file, without its path. There is no head that could say by
/// whose law, so that each line does.
pub fn record(name: RecordName, checked: &Checked) -> String {
    to_line(&Record { name, told: told(checked) })
}

/// A record that could not be linted.
pub fn bad_record(name: RecordName, failed: &Failed) -> String {
    to_line(&Record { name, told: untold(failed) })
}

fn told<'a>(checked: &Checked<'a>) -> Told<'a> {
    let lines = place::lines_of(checked);
    Told {
        format: Some(checked.document.format()),
        kind: Some(checked.report.kind),
        jurisdiction: Some(Some(checked.report.jurisdiction.code())),
        findings: checked.report.findings.iter().map(|f| finding(f, checked, lines.as_ref())).collect(),
        suppressed: checked.report.suppressed,
        scores: Some(&checked.report.scores),
        notices: &checked.report.notices,
        error: None,
    }
}

fn untold<'a>(failed: &Failed<'a>) -> Told<'a> {
    Told {
        format: failed.format,
        kind: None,
        jurisdiction: Some(None),
        findings: Vec::new(),
        suppressed: 0,
        scores: None,
        notices: &[],
        error: Some(Error { message: failed.message }),
    }
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    #[serde(flatten)]
    told: Told<'a>,
}

#[derive(Serialize)]
struct Record<'a> {
    #[serde(flatten)]
    name: RecordName<'a>,
    #[serde(flatten)]
    told: Told<'a>,
}

#[derive(Serialize)]
struct Told<'a> {
    format: Option<Format>,
    kind: Option<Kind>,
    /// `None`: the head says it for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction: Option<Option<&'static str>>,
    findings: Vec<JsonFinding<'a>>,
    suppressed: usize,
    scores: Option<&'a Scores>,
    notices: &'a [String],
    error: Option<Error<'a>>,
}

/// Why a file could not be read.
#[derive(Serialize)]
pub(super) struct Error<'a> {
    pub(super) message: &'a str,
}

/// A span of the document's text.
#[derive(Serialize)]
pub(super) struct JsonSpan {
    start: usize,
    end: usize,
}

impl From<Span> for JsonSpan {
    fn from(span: Span) -> JsonSpan {
        JsonSpan { start: span.start(), end: span.end() }
    }
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    text: &'a str,
    span: JsonSpan,
    start: Option<Place>,
    end: Option<Place>,
    location: Option<Elsewhere>,
    section: SectionKind,
    binding: Binding,
    audiences: &'a [String],
    related: Vec<JsonRelated<'a>>,
    fixes: Vec<JsonFix<'a>>,
    sources: &'a [String],
    fingerprint: Fingerprint,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    message: &'a str,
    span: JsonSpan,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    applicability: Applicability,
    edits: Option<Vec<JsonEdit>>,
}

#[derive(Serialize)]
struct JsonEdit {
    start: usize,
    end: usize,
    insert: String,
}

fn finding<'a>(finding: &'a Finding, checked: &Checked<'a>, lines: Option<&FileLines>) -> JsonFinding<'a> {
    let location = checked.document.locate(finding.span);
    let (start, end) = match (&location, lines) {
        // What is said of the whole document has no place of its own.
        (Location::Bytes(bytes), Some(lines)) if !finding.span.is_empty() => (Some(lines.place(bytes.start())), Some(lines.place(bytes.end()))),
        _ => (None, None),
    };
    JsonFinding {
        rule: finding.rule.as_str(),
        severity: finding.severity,
        message: &finding.message,
        text: checked.document.slice(finding.span),
        span: finding.span.into(),
        start,
        end,
        location: place::elsewhere(&location),
        section: finding.section,
        binding: finding.binding,
        audiences: &finding.audiences,
        related: finding.related.iter().map(|Related { message, span }| JsonRelated { message, span: (*span).into() }).collect(),
        fixes: finding.fixes.iter().map(|f| json_fix(f, checked)).collect(),
        sources: &finding.sources,
        fingerprint: finding.fingerprint,
    }
}

fn json_fix<'a>(fix: &'a Fix, checked: &Checked) -> JsonFix<'a> {
    let edits = match fix::byte_edits(checked.bytes, checked.document, &fix.edits) {
        Ok(edits) => Some(edits.into_iter().map(|e| JsonEdit { start: e.range.start, end: e.range.end, insert: checked.document.decode(&e.insert) }).collect()),
        Err(Unfixable::Advice) => Some(Vec::new()),
        Err(_) => None,
    };
    JsonFix { title: &fix.title, applicability: fix.applicability, edits }
}
