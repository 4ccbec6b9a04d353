//! The formats jdlint reads.

use std::path::Path;

use serde::Serialize;

use super::ReadError;

/// A document's format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown (CommonMark with tables and front matter).
    Markdown,
    /// HTML, whole pages or fragments; a schema.org JobPosting in the page is read where the page has no text of its own.
    Html,
    /// schema.org JobPosting as JSON.
    JsonLd,
    /// Office Open XML: `.docx`, `.dotx`, `.docm`, `.dotm`.
    #[serde(rename = "docx")]
    Word,
    /// OpenDocument text: `.odt`, `.ott`, `.fodt`.
    #[serde(rename = "odt")]
    OpenDocument,
    /// PDF.
    #[cfg(feature = "pdf")]
    Pdf,
}

impl Format {
    /// The format that a file's extension (without the dot, any case) stands for.
    pub fn of_extension(extension: &str) -> Option<Format> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" | "rst" => Format::Text,
            "md" | "markdown" | "mdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "json" | "jsonld" => Format::JsonLd,
            "docx" | "dotx" | "docm" | "dotm" | "doc" => Format::Word,
            "odt" | "ott" | "fodt" => Format::OpenDocument,
            #[cfg(feature = "pdf")]
            "pdf" => Format::Pdf,
            _ => return None,
        })
    }

    /// The format that a file's name stands for, by its extension.
    pub fn of_name(name: &Path) -> Option<Format> {
        name.extension().and_then(|e| e.to_str()).and_then(Format::of_extension)
    }

    /// What bytes without a telling name are.
    ///
    /// # Errors
    /// A kind of file that is known and not read.
    pub fn of_bytes(bytes: &[u8]) -> Result<Format, ReadError> {
        let by_extension = |extension: &str, what| Format::of_extension(extension).ok_or(ReadError::Unsupported(what));
        let head = &bytes[..bytes.len().min(1024)];
        let start = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
        if head.starts_with(b"%PDF") {
            by_extension("pdf", "a PDF")
        } else if head.starts_with(b"PK\x03\x04") && start.contains("opendocument.text") {
            by_extension("odt", "an OpenDocument text")
        } else if head.starts_with(b"PK\x03\x04") {
            Ok(Format::Word)
        } else if head.starts_with(b"\xd0\xcf\x11\xe0") {
            Err(ReadError::OldWord)
        } else if start.starts_with("{\\rtf") {
            Err(ReadError::Unsupported("rich text (RTF)"))
        } else if start.starts_with("<!doctype html") || start.starts_with("<html") {
            Ok(Format::Html)
        } else if start.starts_with('{') && start.contains("\"@type\"") {
            Ok(Format::JsonLd)
        } else {
            Ok(Format::Text)
        }
    }

    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::JsonLd => "jsonld",
            Format::Word => "docx",
            Format::OpenDocument => "odt",
            #[cfg(feature = "pdf")]
            Format::Pdf => "pdf",
        }
    }
}
