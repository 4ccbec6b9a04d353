//! Why a file could not be linted, in words that say what to do.

/// There is nothing to lint. The caller adds the file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Neither UTF-8, UTF-16 with a mark, nor a Windows text.
    #[error("this is not text: it holds bytes that no text has (first at byte {at}); if it is a document, give it its true extension")]
    NotText {
        /// The first byte that no text has.
        at: usize,
    },
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
    /// More than the reader will unpack or hold.
    #[error("this file is too large: {what}")]
    TooLarge {
        /// What is too large, and the limit.
        what: String,
    },
    /// A PDF of pictures.
    #[error("no page holds text; this PDF is probably a scan, so run it through text recognition first")]
    ScannedPdf,
    /// JSON without a job in it.
    #[error("this JSON holds no schema.org JobPosting with a description")]
    NoJobPosting,
    /// JSON that is not.
    #[error("this is not valid JSON: {0}")]
    Json(String),
}
