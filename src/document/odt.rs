//! An OpenDocument text (`.odt`, `.ott`, flat `.fodt`) → a document: body, notes, headers and footers, as a person sees
//! them printed, with tracked changes accepted.

pub(crate) mod anatomy;
mod look;
mod styles;
mod tags;
mod walk;

use std::sync::Arc;

use super::build::Builder;
use super::package::Package;
use super::source::Stored;
use super::{Document, Format, ReadError, decode, sniff};
use styles::Styles;
use walk::{Read, Wanted, walk};

const EXPECTED: &str = "an OpenDocument text";

pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let parts = if sniff::is_zip(bytes) { zipped(bytes)? } else { flat(bytes)? };
    let mut builder = Builder::default();
    let styles = Styles::read(&parts.styles, &parts.content);
    let body = walk(Arc::from(parts.content_name), &parts.content, &styles, &Wanted::Body);
    if body.broken && body.story.steps.is_empty() {
        return Err(ReadError::Damaged { what: "its content is no XML".into() });
    }
    write(&mut builder, &body);
    if parts.styles.contains(":header") || parts.styles.contains(":footer") {
        let wanted = Wanted::furniture(&parts.styles, styles.pages);
        write(&mut builder, &walk(Arc::from(parts.styles_name), &parts.styles, &Styles::read(&parts.styles, &parts.styles), &wanted));
    }
    Ok(builder.finish(Format::OpenDocument, Stored::default()))
}

/// The two parts that hold text. In a flat file they are the same.
struct Parts {
    content_name: &'static str,
    content: String,
    styles_name: &'static str,
    /// The styles that have names, and the page layouts with their headers.
    styles: String,
}

fn zipped(bytes: &[u8]) -> Result<Parts, ReadError> {
    let mut package = Package::open(bytes)?;
    let media_type = package.text("mimetype")?.unwrap_or_default();
    let found = sniff::open_document(&media_type);
    if let Some(found) = found.filter(|_| !media_type.starts_with("application/vnd.oasis.opendocument.text")) {
        return Err(ReadError::WrongKind { found, expected: EXPECTED });
    }
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ReadError::Password);
    }
    let Some(content) = package.text("content.xml")? else {
        let found = if package.has("word/document.xml") { "a Word document (.docx)" } else { "a zip archive with no OpenDocument text in it" };
        return Err(ReadError::WrongKind { found, expected: EXPECTED });
    };
    let styles = package.text("styles.xml")?.unwrap_or_default();
    Ok(Parts { content_name: "content.xml", content, styles_name: "styles.xml", styles })
}

fn flat(bytes: &[u8]) -> Result<Parts, ReadError> {
    let text = decode::decode(bytes, None).map(|d| d.text).unwrap_or_default();
    let head: String = text.chars().take(1000).collect();
    if !head.contains("office:document") {
        return Err(sniff::refusal(bytes, EXPECTED));
    }
    Ok(Parts { content_name: "", content: text.clone(), styles_name: "", styles: text })
}

fn write(builder: &mut Builder, read: &Read) {
    if read.broken {
        builder.notice(format!("{} is damaged; it was read as far as it could be", if read.story.part.is_empty() { "the file" } else { &read.story.part }));
    }
    read.story.write(builder);
}
