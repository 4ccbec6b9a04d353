//! Why a file could not be linted, in words that say what to do.

use super::{Foreign, Limit};

/// There is nothing to lint. The caller adds the file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Neither UTF-8, UTF-16 with a mark, nor a Windows text.
    #[error("this is not text: it holds bytes that no text has (first at byte {at}); if it is a document, give it its true extension")]
    NotText {
        /// The first byte that no text has.
        at: usize,
    },
    /// A kind of file that is not read.
    #[error("this is {}, which jdlint does not read; {}", .0.name, .0.advice)]
    Foreign(Foreign),
    /// The content is of another kind than the name says.
    #[error("this is {found}, not {expected}; rename it or export it again")]
    WrongKind {
        /// What it is, with its article: “a PDF”.
        found: &'static str,
        /// What its name says, with its article.
        expected: &'static str,
    },
    /// A format for which there is no reader.
    #[error("this is {0}, which this jdlint does not read; save it as .docx, HTML or text")]
    Unsupported(&'static str),
    /// Binary Word 97–2003.
    #[error("this is an old Word document (.doc); open it in Word or LibreOffice and save it as .docx")]
    OldWord,
    /// An encrypted Word, OpenDocument or PDF file.
    #[error("this document is protected by a password; remove the password and save it again")]
    Password,
    /// A cut or corrupted file.
    #[error("this file is damaged ({what}); save or download it again")]
    Damaged {
        /// What could not be read.
        what: String,
    },
    /// More than the caller's [`Limits`](super::Limits) allow.
    #[error(transparent)]
    Beyond(#[from] Limit),
    /// A PDF of pictures.
    #[error("no page holds text; this PDF is probably a scan, so run it through text recognition first")]
    ScannedPdf,
    /// What `jdlint check` wrote of other documents.
    #[error("this is a report that jdlint wrote; name the document that it speaks of")]
    OwnReport,
    /// JSON without a job in it.
    #[error("this JSON holds no schema.org JobPosting with a description")]
    NoJobPosting,
    /// JSON that is not.
    #[error("this is not valid JSON: {0}")]
    Json(String),
    /// JSON whose values nest deeper than the reader follows.
    #[error("this JSON holds values within values, more than 128 of them, as no job posting does")]
    DeepJson,
}

impl ReadError {
    /// Whether the file is sound and only holds no job, as many a file in a folder does.
    pub fn holds_no_job(&self) -> bool {
        matches!(self, ReadError::NoJobPosting | ReadError::OwnReport)
    }
}
