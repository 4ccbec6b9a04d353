//! A Word or OpenDocument file → the reviewed file: it opens again and says what it said; with comments only, word for word.

use jdlint::document::Format;
use jdlint::fix::{Review, ReviewError, Rewrites, review as reviewed};

use super::advert::{linter, report};
use super::document::read;
use super::{is_sentence, packed};

/// Reviews a file in both ways.
pub fn review(bytes: &[u8]) {
    let file = packed::packed(bytes);
    let format = if Format::of_content(&file) == Some(Format::OpenDocument) { Format::OpenDocument } else { Format::Word };
    let Some(document) = read(&file, format) else { return };
    let report = report(&document);
    for rewrites in [Rewrites::InComments, Rewrites::Tracked] {
        let how = Review { catalogue: linter().ruleset().catalogue(), date: "2026-11-25T09:00:00Z", rewrites };
        match reviewed(&file, &document, &report, &how) {
            Ok(done) => {
                let again = read(&done.bytes, format).expect("a reviewed file opens again");
                if rewrites == Rewrites::InComments {
                    assert_eq!(again.text().as_str(), document.text().as_str(), "comments leave the words alone");
                }
                assert!(done.comments > 0 || done.bytes == file, "without a finding nothing is changed");
            }
            Err(ReviewError::Read(error)) => panic!("it was read before: {error}"),
            Err(error) => is_sentence(&error.to_string()),
        }
    }
}
