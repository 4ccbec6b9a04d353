//! “Allow here, because …”: a comment that accepts a finding, where it does that and changes nothing else. Where it can
//! stand depends on the markup around, so each place is tried and what comes of it linted.

use super::linted;
use crate::document::Format;
use crate::lint::Finding;
use crate::lsp::changes::{Change, applied};
use crate::lsp::owner::View;
use crate::session::Checked;

/// For the author to finish; a comment without a reason accepts nothing.
const REASON: &str = "because …";

pub(super) fn changes(view: &View, checked: &Checked, finding: &Finding) -> Option<Vec<Change>> {
    let candidates = candidates(view, checked, finding);
    candidates.into_iter().map(|c| vec![c]).find(|changes| accepts(changes, view, checked, finding))
}

/// Whether the finding is gone, and no other came.
fn accepts(changes: &[Change], view: &View, checked: &Checked, finding: &Finding) -> bool {
    let Some((_, report)) = linted(&applied(&view.current.text, changes), view, checked) else { return false };
    let known = |f: &Finding| checked.report.findings.iter().any(|k| k.rule == f.rule && k.fingerprint == f.fingerprint);
    report.findings.iter().all(|f| f.fingerprint != finding.fingerprint && known(f))
}

fn candidates(view: &View, checked: &Checked, finding: &Finding) -> Vec<Change> {
    let text = &view.current.text;
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let bytes = view.bytes(checked, finding.span);
    if finding.span.is_empty() {
        let line = format!("jdlint: allow-file {}: {REASON}", finding.rule);
        let marked = if view.current.format == Some(Format::Text) { line.clone() } else { format!("<!-- {line} -->") };
        let first_line = start_of_line(text, bytes.start);
        let places = [0, first_line].into_iter().flat_map(|at| [Change::insert(at, format!("{marked}{newline}{newline}"))]);
        // A text that holds a page of HTML is read as one.
        return places.chain([Change::insert(first_line, format!("<!-- {line} -->{newline}"))]).collect();
    }
    let block = checked.document().blocks().iter().find(|b| b.span.contains(finding.span)).and_then(|b| checked.bytes(b.span)).unwrap_or(bytes);
    let line = format!("jdlint: allow {}: {REASON}", finding.rule);
    let comment = format!("<!-- {line} -->");
    let above = start_of_line(text, block.start);
    let indent: String = text[above..].chars().take_while(|c| *c == ' ' || *c == '\t').collect();
    let own_line = Change::insert(above, format!("{indent}{line}{newline}"));
    let commented = [
        Change::insert(block.end, format!(" {comment}")),
        Change::insert(block.start, comment.clone()),
        Change::insert(above, format!("{indent}{comment}{newline}")),
        Change::insert(above, format!("{indent}{comment}{newline}{newline}")),
    ];
    match view.current.format {
        Some(Format::Text) => std::iter::once(own_line).chain(commented).collect(),
        _ => commented.into(),
    }
}

fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |newline| newline + 1)
}
