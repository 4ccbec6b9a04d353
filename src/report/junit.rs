//! JUnit's XML, as Jenkins' own schema has it: a suite for each document, a test case for each finding.
//!
//! What would fail the run is a failure; a quieter finding is a test that passes and says something. A document without a
//! finding is one test that passes.

use super::place::{self, FileLines};
use super::xml::escaped;
use super::{Checked, Failed, Summary, Writer, severity_name, shown};
use crate::lint::Finding;
use crate::text::one_line;

/// Writes JUnit's XML.
#[derive(Clone, Copy, Debug)]
pub struct JUnit;

impl Writer for JUnit {
    fn head(&self) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"jdlint\">\n".to_owned()
    }

    fn checked(&self, checked: &Checked) -> String {
        let lines = place::lines_of(checked);
        let findings = &checked.report.findings;
        let n_failures = findings.iter().filter(|f| f.severity >= checked.fails_from).count();
        let cases: String = match findings.as_slice() {
            [] => format!("<testcase name=\"nothing found\" classname=\"{}\"/>\n", class(checked.path)),
            findings => findings.iter().map(|f| case(f, checked, lines.as_ref())).collect(),
        };
        suite(checked.path, &cases, findings.len().max(1), n_failures, 0)
    }

    fn failed(&self, failed: &Failed) -> String {
        let message = escaped(failed.message);
        let case = format!(
            "<testcase name=\"could not be checked\" classname=\"{}\">\n<error type=\"unread\" message=\"{message}\"/>\n</testcase>\n",
            class(failed.path)
        );
        suite(failed.path, &case, 1, 0, 1)
    }

    fn tail(&self, _: &Summary) -> String {
        "</testsuites>\n".to_owned()
    }
}

fn suite(path: &str, cases: &str, n_tests: usize, n_failures: usize, n_errors: usize) -> String {
    let name = escaped(path);
    format!("<testsuite name=\"{name}\" tests=\"{n_tests}\" failures=\"{n_failures}\" errors=\"{n_errors}\" skipped=\"0\">\n{cases}</testsuite>\n")
}

/// Jenkins takes what stands before the last dot for a package, so that a name's own dots are another sign here.
fn class(path: &str) -> String {
    escaped(&format!("jdlint.{}", path.trim_start_matches("./").replace('.', "_")))
}

fn case(finding: &Finding, checked: &Checked, lines: Option<&FileLines>) -> String {
    let location = checked.document.locate(finding.span);
    let place = if finding.span.is_empty() { checked.path.to_owned() } else { place::words(checked.path, &location, lines) };
    let name = escaped(&format!("{} ({})", finding.rule, place));
    let message = escaped(&one_line(&finding.message));
    let rewrites = finding.fixes.iter().map(|f| f.title.as_str());
    let text = std::iter::once(place.as_str()).chain(rewrites).chain([finding.why.as_str()]);
    let text: String = text.map(|line| format!("{}\n", escaped(&shown(&one_line(line))))).collect();
    let outcome = if finding.severity >= checked.fails_from {
        format!("<failure type=\"{}\" message=\"{message}\">{text}</failure>", severity_name(finding.severity))
    } else {
        format!("<system-out>{}: {message}\n{text}</system-out>", severity_name(finding.severity))
    };
    format!("<testcase name=\"{name}\" classname=\"{}\">\n{outcome}\n</testcase>\n", class(checked.path))
}
