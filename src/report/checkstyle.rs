//! Checkstyle's XML, which Jenkins (Warnings NG), reviewdog and many more read.
//!
//! What has no place in the file (Word, PDF) has no `line` here, and the message says where it is.

use super::place::{self, Columns, FileLines};
use super::xml::escaped;
use super::{Checked, Failed, Summary, Writer};
use crate::lint::Finding;
use crate::rules::Severity;
use crate::text::one_line;

/// Writes Checkstyle's XML.
#[derive(Clone, Copy, Debug)]
pub struct Checkstyle;

impl Writer for Checkstyle {
    fn head(&self) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n".to_owned()
    }

    fn checked(&self, checked: &Checked) -> String {
        let lines = place::lines_of(checked);
        let errors: String = checked.report.findings.iter().map(|f| error(f, checked, lines.as_ref())).collect();
        format!("<file name=\"{}\">\n{errors}</file>\n", escaped(checked.path))
    }

    fn failed(&self, failed: &Failed) -> String {
        let message = escaped(&format!("could not be checked: {}", failed.message));
        format!("<file name=\"{}\">\n<error severity=\"error\" message=\"{message}\" source=\"jdlint\"/>\n</file>\n", escaped(failed.path))
    }

    fn tail(&self, _: &Summary) -> String {
        "</checkstyle>\n".to_owned()
    }
}

fn error(finding: &Finding, checked: &Checked, lines: Option<&FileLines>) -> String {
    let place = place::region(finding.span, checked, lines, Columns::Characters)
        .map_or(String::new(), |r| format!(" line=\"{}\" column=\"{}\"", r.start.line, r.start.column));
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let message = escaped(&one_line(&place::message(&finding.message, finding.span, checked)));
    format!("<error{place} severity=\"{severity}\" message=\"{message}\" source=\"jdlint.{}\"/>\n", escaped(finding.rule.as_str()))
}
