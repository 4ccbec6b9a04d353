//! One line each: `advert.md:12:5: warning[rule] message`, as compilers write it, for a search, an editor's list of errors or a
//! build's log.

use super::place::{self, FileLines};
use super::{Checked, Writer, severity_name, shown};
use crate::lint::Finding;
use crate::text::one_line;

/// Writes one line for each finding.
#[derive(Clone, Copy, Debug)]
pub struct Concise;

impl Writer for Concise {
    fn checked(&self, checked: &Checked) -> String {
        let lines = place::lines_of(checked);
        let findings = checked.report.findings.iter().map(|f| format!("{}\n", finding(f, checked, lines.as_ref())));
        let path = shown(checked.path);
        let notices = checked.report.notices.iter().map(|n| format!("{path}: notice: {}\n", shown(&one_line(n))));
        findings.chain(notices).collect()
    }
}

/// The line of a finding.
pub(super) fn finding(finding: &Finding, checked: &Checked, lines: Option<&FileLines>) -> String {
    let location = checked.document.locate(finding.span);
    let place = if finding.span.is_empty() { checked.path.to_owned() } else { place::words(checked.path, &location, lines) };
    let (place, message) = (shown(&place), shown(&one_line(&finding.message)));
    format!("{place}: {}[{}] {message}", severity_name(finding.severity), finding.rule)
}
