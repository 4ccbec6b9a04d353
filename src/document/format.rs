//! The formats jdlint reads.

use serde::Serialize;

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

    /// The format that a file's name stands for.
    pub fn of_path(path: &std::path::Path) -> Option<Format> {
        path.extension().and_then(|e| e.to_str()).and_then(Format::of_extension)
    }

    /// The format that a file's content is plainly of, whatever its name says; `None` where only a name can tell.
    pub fn of_content(bytes: &[u8]) -> Option<Format> {
        super::sniff::format(bytes)
    }

    /// The format of bytes with a name that stands for one, or for none: by their content where that is plain, since names lie
    /// (a recruitment system's “.doc” is a web page).
    pub fn told(named: Option<Format>, bytes: &[u8]) -> Format {
        let is_text = matches!(named, Some(Format::Text | Format::Markdown));
        match (named, Format::of_content(bytes)) {
            // A text may hold HTML and be one still: its reader sees to that.
            (Some(named), Some(Format::Html | Format::JsonLd)) if is_text => named,
            (_, Some(truly)) => truly,
            (Some(named), None) => named,
            // Bytes that are no text at all are refused with what they are.
            (None, None) if bytes.starts_with(b"PK\x03\x04") => Format::Word,
            (None, None) => Format::Text,
        }
    }

    /// What a file of the format is, with its article.
    pub const fn described(self) -> &'static str {
        match self {
            Format::Text => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "a web page (HTML)",
            Format::JsonLd => "JSON",
            Format::Word => "a Word document",
            Format::OpenDocument => "an OpenDocument text",
            #[cfg(feature = "pdf")]
            Format::Pdf => "a PDF",
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
