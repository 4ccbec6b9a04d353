//! A word processor's file and its report → the same file with every finding as a comment beside its words and, where that
//! is asked for, the rewrites as tracked changes.

use super::least::least;
use super::remark::remarks;
use super::{odt, word};
use crate::document::{Document, Format, ReadError};
use crate::lint::{Edit, Finding, Fix, Report};
use crate::rules::Catalogue;

/// How to review.
#[derive(Clone, Copy, Debug)]
pub struct Review<'a> {
    /// Sources that comments cite.
    pub catalogue: &'a Catalogue,
    /// When comments and changes were made: `2026-11-25T09:00:00Z`.
    pub date: &'a str,
    /// What becomes of rewrites.
    pub rewrites: Rewrites<'a>,
}

/// What becomes of rewrites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rewrites<'a> {
    /// Comments name them.
    InComments,
    /// Comments name them, and the first of each finding that says which words to write is made as a tracked change.
    Tracked,
    /// Comments name them, and those that somebody chose are made as tracked changes.
    Chosen(&'a [Choice]),
}

/// A rewrite that somebody chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The number of its finding in the report, from 0.
    pub finding: usize,
    /// Its own number among the finding's, from 0.
    pub fix: usize,
}

impl Choice {
    /// The rewrite; `None` where the report has no such one.
    pub fn of(self, report: &Report) -> Option<&Fix> {
        report.findings.get(self.finding)?.fixes.get(self.fix)
    }
}

/// A reviewed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// How many comments were added.
    pub comments: usize,
    /// How many rewrites were made as tracked changes.
    pub changes: usize,
    /// What a reader of the file should know.
    pub notices: Vec<String>,
}

/// Why a file cannot be reviewed. The caller adds its name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// A format that holds no comments.
    #[error("a review comes back in Word and OpenDocument files (.docx, .odt), and this is {what}; `jdlint check` shows what was found{instead}")]
    Format {
        /// What it is, with its article.
        what: &'static str,
        /// What to use instead.
        instead: &'static str,
    },
    /// A signature that any change would break.
    #[error("this document is digitally signed, and a comment would break the signature; review an unsigned copy (saved under another name, it has none)")]
    Signed,
    /// Not in UTF-8.
    #[error("{part} is not in UTF-8, as no word processor writes it; open the file and save it again")]
    Encoding {
        /// The part.
        part: String,
    },
    /// A zip file that can be read, but not copied.
    #[error("this file cannot be copied part by part ({what}); open it and save it again")]
    Package {
        /// What is wrong with it.
        what: String,
    },
    /// No paragraph to hang a comment on.
    #[error("this document has no paragraph outside its headers and footers that a comment could stand beside")]
    NoParagraph,
    /// The reader's own reason.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// The rewrites to be made, each a list of edits that belong together.
pub(super) type Chosen = Vec<Vec<Edit>>;

/// Reviews a file: `document` is what was read from `bytes`, `report` what was found in it.
///
/// Only what is added is new: all other bytes of all parts stay as they are. With no findings, so do all bytes of the file.
///
/// # Errors
/// A format without comments, a signed file, or one that cannot be taken apart and put together again.
pub fn review(bytes: &[u8], document: &Document, report: &Report, review: &Review) -> Result<Reviewed, ReviewError> {
    let remarks = remarks(document, report, review.catalogue);
    let words = |edits: &[Edit]| edits.iter().flat_map(|edit| least(edit, document)).collect();
    let rewrites: Vec<&Fix> = match review.rewrites {
        Rewrites::InComments => Vec::new(),
        Rewrites::Tracked => report.findings.iter().filter_map(Finding::rewrite).collect(),
        Rewrites::Chosen(choices) => choices.iter().filter_map(|choice| choice.of(report)).collect(),
    };
    let chosen: Chosen = rewrites.into_iter().map(|fix| words(&fix.edits)).filter(|edits: &Vec<Edit>| !edits.is_empty()).collect();
    let title = report.outline.title.as_ref().and_then(|title| title.span);
    let work = Work { bytes, document, remarks, chosen, title, date: review.date };
    match document.format() {
        Format::Word => word::review(&work),
        Format::OpenDocument => odt::review(&work),
        format => Err(unsuited(format)),
    }
}

/// What a format's writer needs to know.
pub(super) struct Work<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) document: &'a Document,
    pub(super) remarks: Vec<super::remark::Remark>,
    pub(super) chosen: Chosen,
    /// The advert's title, where comments on the whole document stand.
    pub(super) title: Option<crate::text::Span>,
    pub(super) date: &'a str,
}

impl Work<'_> {
    /// The file as it is.
    pub(super) fn unchanged(&self) -> Reviewed {
        Reviewed { bytes: self.bytes.to_vec(), comments: 0, changes: 0, notices: Vec::new() }
    }
}

/// What to use instead, for a format that holds no comments.
fn unsuited(format: Format) -> ReviewError {
    let (what, instead) = match format {
        Format::Text => ("plain text", ", and `jdlint fix` makes the rewrites in place"),
        Format::Markdown => ("Markdown", ", and `jdlint fix` makes the rewrites in place"),
        Format::Html => ("HTML", ", and `jdlint fix` makes the rewrites in place"),
        Format::JsonLd => ("JSON", ""),
        #[cfg(feature = "pdf")]
        Format::Pdf => ("a PDF", ", and `--format html` makes a page of it to send on; or review the document that the PDF was made from"),
        Format::Word | Format::OpenDocument => ("such a file", ""),
    };
    ReviewError::Format { what, instead }
}
