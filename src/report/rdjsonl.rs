//! The Reviewdog Diagnostic Format, a line for each finding: reviewdog puts them beside the lines that a change touches, on
//! GitHub, GitLab, Bitbucket or Gerrit.
//!
//! Columns count bytes of UTF-8, from 1, and an end is past the last character, as reviewdog's `reviewdog.proto` has it. What
//! has no place in the file (Word, PDF) has none here, and the message says where it is.

use serde::Serialize;

use super::json::to_line;
use super::place::{self, Columns, FileLines, Region, slashed};
use super::{Checked, Failed, Writer, link, shown};
use crate::fix;
use crate::lint::{Finding, Fix};
use crate::rules::Severity;
use crate::text::one_line;

/// Writes Reviewdog Diagnostics.
#[derive(Clone, Copy, Debug)]
pub struct RdJsonLines;

impl Writer for RdJsonLines {
    fn checked(&self, checked: &Checked) -> String {
        let lines = place::lines_of(checked);
        checked.report.findings.iter().map(|f| format!("{}\n", to_line(&diagnostic(f, checked, lines.as_ref())))).collect()
    }

    fn failed(&self, failed: &Failed) -> String {
        let diagnostic = Diagnostic {
            message: shown(failed.message),
            location: Location { path: slashed(failed.path), range: None },
            severity: "ERROR",
            source: SOURCE,
            code: None,
            suggestions: Vec::new(),
        };
        format!("{}\n", to_line(&diagnostic))
    }
}

const SOURCE: Source = Source { name: "jdlint" };

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location,
    severity: &'static str,
    source: Source,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

impl From<Region> for Range {
    fn from(region: Region) -> Range {
        let position = |p: crate::text::Position| Position { line: p.line, column: p.column };
        Range { start: position(region.start), end: position(region.end) }
    }
}

fn diagnostic<'a>(finding: &'a Finding, checked: &Checked<'a>, lines: Option<&FileLines>) -> Diagnostic<'a> {
    let region = place::region(finding.span, checked, lines, Columns::Bytes);
    let rule = checked.ruleset.rule(finding.rule.as_str());
    Diagnostic {
        message: shown(&one_line(&place::message(&finding.message, finding.span, checked))),
        location: Location { path: slashed(checked.path), range: region.map(Range::from) },
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        source: SOURCE,
        code: Some(Code { value: finding.rule.as_str(), url: rule.and_then(|r| link(r, checked.ruleset)) }),
        suggestions: lines.map(|lines| finding.fixes.iter().filter_map(|f| suggestion(f, checked, lines)).collect()).unwrap_or_default(),
    }
}

/// A rewrite of one place; reviewdog takes several suggestions for alternatives, so one in several places cannot be said.
fn suggestion(fix: &Fix, checked: &Checked, lines: &FileLines) -> Option<Suggestion> {
    let edits = fix::byte_edits(checked.bytes, checked.document, &fix.edits).ok()?;
    let [edit] = edits.as_slice() else { return None };
    Some(Suggestion { range: lines.region(edit.range.clone(), Columns::Bytes).into(), text: checked.document.decode(&edit.insert) })
}
