//! GitLab's Code Quality report: one JSON array of the Code Climate format's issues.
//!
//! Two rules of GitLab's shape it: it reads no further than the first entry without a line, so that what has none (Word, PDF,
//! the whole document) is put at the first, and the description says where it is; and it takes entries of one fingerprint for
//! one finding, so that here the file's path is a part of it.

use serde::Serialize;

use super::json::to_line;
use super::place::{self, Columns, FileLines, slashed};
use super::{Checked, Failed, Summary, Writer, shown};
use crate::lint::Finding;
use crate::rules::Severity;
use crate::text::one_line;

/// Writes a Code Quality report.
#[derive(Clone, Copy, Debug)]
pub struct GitLab;

impl Writer for GitLab {
    fn head(&self) -> String {
        "[\n".to_owned()
    }

    fn checked(&self, checked: &Checked) -> String {
        let lines = place::lines_of(checked);
        let entries: Vec<String> = checked.report.findings.iter().map(|f| to_line(&entry(f, checked, lines.as_ref()))).collect();
        entries.join(self.between())
    }

    fn failed(&self, failed: &Failed) -> String {
        let path = slashed(failed.path);
        let fingerprint = format!("jdlint-unread-{path}");
        let description = plain(&format!("could not be checked: {}", failed.message));
        let location = At { path, lines: Lines { begin: 1, end: 1 } };
        to_line(&Entry { kind: "issue", categories: CLARITY, description, check_name: "jdlint", fingerprint, severity: "blocker", location })
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn tail(&self, _: &Summary) -> String {
        "\n]\n".to_owned()
    }
}

/// Code Climate has eight categories; this is the one for what readers get.
const CLARITY: [&str; 1] = ["Clarity"];

#[derive(Serialize)]
struct Entry<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    categories: [&'static str; 1],
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: At,
}

#[derive(Serialize)]
struct At {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

fn entry<'a>(finding: &'a Finding, checked: &Checked, lines: Option<&FileLines>) -> Entry<'a> {
    let region = place::region(finding.span, checked, lines, Columns::Characters);
    let path = slashed(checked.path);
    Entry {
        kind: "issue",
        categories: CLARITY,
        description: plain(&place::message(&finding.message, finding.span, checked)),
        check_name: finding.rule.as_str(),
        fingerprint: finding.fingerprint.in_file(&path).to_string(),
        severity: match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Info => "info",
        },
        location: At { path, lines: region.map_or(Lines { begin: 1, end: 1 }, |r| Lines { begin: r.start.line, end: r.end.line }) },
    }
}

/// A description is one line of plain text “with no HTML formatting”; that none is taken for it, angle brackets are others.
fn plain(text: &str) -> String {
    shown(&one_line(text)).replace('<', "‹").replace('>', "›")
}
