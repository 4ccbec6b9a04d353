//! All rewrites of a text that keep the meaning. Two of them may touch the same words; then what comes of the first is
//! linted again, until nothing is left that may be done without asking.

use super::{linted, rewrite};
use crate::fix;
use crate::lint::{Applicability, Finding, Fix};
use crate::lsp::changes::{Change, between};
use crate::lsp::owner::View;
use crate::session::Checked;

/// Rounds after which rewrites that call for one another are left alone.
const MOST_ROUNDS: usize = 8;

pub(super) fn has_any(view: &View, checked: &Checked) -> bool {
    safe(&checked.report.findings).into_iter().any(|fix| rewrite(fix, view, checked).is_some())
}

pub(super) fn changes(view: &View, checked: &Checked) -> Option<Vec<Change>> {
    let before = &view.current.text;
    let mut text = fixed(before, checked.document(), &checked.report.findings)?;
    for _ in 1..MOST_ROUNDS {
        let (advert, report) = linted(&text, view, checked)?;
        match fixed(&text, &advert.documents()[0], &report.findings) {
            Some(next) => text = next,
            None => break,
        }
    }
    Some(between(before, &text))
}

/// The text with as many rewrites made as do not touch one another; `None` where there is none.
fn fixed(text: &str, document: &crate::document::Document, findings: &[Finding]) -> Option<String> {
    let fixed = fix::apply(text.as_bytes(), document, &safe(findings));
    let made = !fixed.made.is_empty();
    String::from_utf8(fixed.bytes).ok().filter(|_| made)
}

/// The rewrite of each finding that has one which keeps the meaning.
fn safe(findings: &[Finding]) -> Vec<&Fix> {
    findings.iter().filter_map(Finding::rewrite).filter(|fix| fix.applicability == Applicability::Safe).collect()
}
