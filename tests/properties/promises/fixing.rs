//! Bytes → the text with its safe rewrites: made twice they change nothing more, and nothing weightier comes of them.

use jdlint::document::{Document, Format};
use jdlint::lint::{Applicability, Fix};
use jdlint::{Advert, Report, Severity, fix};

use super::advert::linter;
use super::document::read;

/// Rounds that the command line makes, too.
const MOST_ROUNDS: usize = 8;

/// Makes all safe rewrites of a text, of Markdown, or of HTML.
pub fn fix(bytes: &[u8]) {
    let format = match bytes.first() {
        Some(b'<') => Format::Html,
        Some(b'#' | b'|' | b'-') => Format::Markdown,
        _ => Format::Text,
    };
    if read(bytes, format).is_none() {
        return;
    }
    let (advert, before) = checked(bytes, format);
    let mut now = (bytes.to_vec(), advert, before.clone());
    for _ in 0..MOST_ROUNDS {
        let Some(bytes) = once(&now.0, &now.1, &now.2) else { break };
        let (advert, report) = checked(&bytes, format);
        now = (bytes, advert, report);
    }
    assert_eq!(once(&now.0, &now.1, &now.2), None, "made again, they change nothing: {}", String::from_utf8_lossy(&now.0));
    assert!(weightiest(&now.2) <= weightiest(&before), "nothing weightier comes: {}", String::from_utf8_lossy(&now.0));
}

/// The bytes with all safe rewrites that can be made at once; `None` where there is none.
fn once(bytes: &[u8], advert: &Advert, report: &Report) -> Option<Vec<u8>> {
    let safe = |f: &&Fix| f.applicability == Applicability::Safe && !f.edits.is_empty();
    let fixes: Vec<_> = report.findings.iter().filter_map(|f| f.fixes.iter().find(safe)).collect();
    let done = fix::apply(bytes, &advert.documents()[0], &fixes);
    assert_eq!(done.made.len() + done.left.len(), fixes.len(), "each is made, or left with a reason");
    (!done.made.is_empty()).then_some(done.bytes)
}

fn checked(bytes: &[u8], format: Format) -> (Advert, Report) {
    let document = Document::read(bytes, format).expect("what was fixed can be read");
    let advert = Advert::new(vec![document]);
    let report = linter().check(&advert).remove(0);
    (advert, report)
}

fn weightiest(report: &Report) -> Option<Severity> {
    report.findings.iter().map(|f| f.severity).max()
}
