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
use super::xml::{End, Xml, own_entities};
use super::{Document, Format, Limit, Limits, ReadError, decode, sniff};
use styles::Styles;
use walk::{Read, Wanted, walk};

const EXPECTED: &str = "an OpenDocument text";

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let parts = if sniff::is_zip(bytes) { zipped(bytes, limits)? } else { flat(bytes, limits)? };
    let mut builder = Builder::within(limits);
    let styles = Styles::read(&parts.styles, &parts.content);
    let body = walk(Arc::from(parts.content_name), Xml::within(&parts.content, limits), &styles, &Wanted::Body);
    if body.end == End::Broken && body.story.steps.is_empty() {
        return Err(ReadError::Damaged { what: "its content is no XML".into() });
    }
    write(&mut builder, &body, limits)?;
    if parts.styles.contains(":header") || parts.styles.contains(":footer") {
        let wanted = Wanted::furniture(&parts.styles, styles.pages);
        let styles = Styles::read(&parts.styles, &parts.styles);
        write(&mut builder, &walk(Arc::from(parts.styles_name), Xml::within(&parts.styles, limits), &styles, &wanted), limits)?;
    }
    builder.finish(Format::OpenDocument, Stored::default())
}

/// The two parts that hold text. In a flat file they are the same.
struct Parts {
    content_name: &'static str,
    content: String,
    styles_name: &'static str,
    /// The styles that have names, and the page layouts with their headers.
    styles: String,
}

fn zipped(bytes: &[u8], limits: &Limits) -> Result<Parts, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let media_type = package.text("mimetype")?.unwrap_or_default();
    if let Some(refusal) = sniff::open_document(&media_type) {
        return Err(refusal);
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

fn flat(bytes: &[u8], limits: &Limits) -> Result<Parts, ReadError> {
    if bytes.len() as u64 > limits.unpacked {
        return Err(Limit::Unpacked(limits.unpacked).into());
    }
    let text = decode::decode(bytes, None).map(|d| d.text).unwrap_or_default();
    let head: String = text.chars().take(1000).collect();
    if !head.contains("office:document") {
        return Err(sniff::refusal(bytes, EXPECTED));
    }
    Ok(Parts { content_name: "", content: text.clone(), styles_name: "", styles: text })
}

fn write(builder: &mut Builder, read: &Read, limits: &Limits) -> Result<(), ReadError> {
    let part = if read.story.part.is_empty() { "the file" } else { &read.story.part };
    match read.end {
        End::Whole => {}
        End::Broken => builder.notice(format!("{part} is damaged; it was read as far as it could be")),
        End::TooDeep => return Err(Limit::Depth(limits.depth).into()),
    }
    if read.declares_entities {
        builder.notice(own_entities(part));
    }
    read.story.write(builder);
    Ok(())
}
