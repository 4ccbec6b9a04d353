//! Reviewed files: what was there is still there, what jdlint adds says what it found, beside the words where it can stand
//! there, and its changes give the rewrite when they are accepted and the old words when they are rejected.

mod anywhere;
mod changes;
mod command;
mod opendocument;
mod package;
mod places;
mod read_back;
mod refusals;
mod xml;
#[path = "../zipped/mod.rs"]
mod zipped;

use std::sync::LazyLock;

use jdlint::fix::{Review, ReviewError, Reviewed, Rewrites, review};
use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings};

use read_back::{ReadBack, read_back};

/// When all reviews in these tests were made.
pub const DATE: &str = "2026-11-25T09:00:00Z";

/// The linter with its usual settings.
pub fn linter() -> &'static Linter {
    static LINTER: LazyLock<Linter> = LazyLock::new(|| Linter::new(Ruleset::embedded(), Settings::default()));
    &LINTER
}

/// Reviews a file as `jdlint review` does.
pub fn reviewed(bytes: &[u8], format: Format, rewrites: Rewrites) -> Result<Reviewed, ReviewError> {
    let linter = linter();
    let advert = Advert::new(vec![Document::read(bytes, format).expect("it can be read")]);
    let mut report = linter.check(&advert).swap_remove(0);
    report.findings.retain(|f| f.severity >= jdlint::Severity::Warning);
    review(bytes, &advert.documents()[0], &report, &Review { catalogue: linter.ruleset().catalogue(), date: DATE, rewrites })
}

/// A Word file reviewed in both ways, and taken apart again. What is checked here holds for every file.
pub fn word_review(word: package::Word) -> (ReadBack, Reviewed) {
    let bytes = word.bytes();
    let text = Document::read(&bytes, Format::Word).expect("it can be read").text().as_str().to_owned();
    let plain = reviewed(&bytes, Format::Word, Rewrites::InComments).expect("it is reviewed");
    let back = read_back(&bytes, &plain);
    assert_eq!((back.deleted.len(), back.inserted.len(), plain.changes), (0, 0, 0), "comments change no word");
    assert_eq!(back.accepted, text);
    let tracked = reviewed(&bytes, Format::Word, Rewrites::Tracked).expect("it is reviewed");
    let also = read_back(&bytes, &tracked);
    assert_eq!(also.words(), back.words(), "comments stand beside the same words, with tracked changes and without");
    assert_eq!(also.rejected, text, "rejected, the old words are back");
    (also, tracked)
}
