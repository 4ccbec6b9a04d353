//! HTML, whole pages or fragments, however badly written → a document. Where a page shows no advert and only its data
//! (JSON-LD) holds one, that is read.

mod element;
mod markup;
mod page;

pub(super) use element::{Element, Tag};
pub(super) use markup::read as read_markup;
pub(super) use page::{Noscript, Page};

use super::build::{Builder, Source};
use super::decode::{Decoded, decode};
use super::jsonld::{self, Posting};
use super::{Document, Format, Limits, ReadError, markdown};
use crate::text::one_line;

/// Where a page may name its encoding, as browsers have it (HTML standard, “prescan a byte stream”).
const PRESCAN: usize = 1024;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let decoded = decode(bytes, declared_encoding(bytes))?;
    // The pages that a static site is built from begin with front matter; Markdown follows, unless tags do.
    let (body, _) = markdown::front_matter(&decoded.text);
    if body > 0 && !decoded.text[body..].trim_start().starts_with('<') {
        return markdown::read_decoded(decoded, limits);
    }
    read_decoded(decoded, Format::Html, limits)
}

/// Reads a text that is HTML, whatever its name says.
pub(super) fn read_decoded(decoded: Decoded, format: Format, limits: &Limits) -> Result<Document, ReadError> {
    let (mut builder, aside) = read_page(&decoded, Noscript::Skipped, limits);
    let data: Vec<_> = aside.data.iter().filter_map(|d| jsonld::parse(d).ok()).collect();
    if let Some(posting) = data.iter().find_map(Posting::find) {
        let shown = builder.n_written();
        let mut told = Builder::within(limits);
        posting.write(&mut told);
        // What a page shows before its scripts run is a greeting, a menu, a cookie banner.
        if told.n_written() / 2 > shown {
            builder = told;
        }
        builder.facts = posting.facts();
    } else if builder.n_written() == 0 {
        (builder, _) = read_page(&decoded, Noscript::Read, limits);
    }
    if builder.facts.title.is_none() && !builder.has_heading() {
        builder.facts.title = aside.title.as_deref().map(one_line).filter(|t| !t.is_empty());
    }
    if let Some(encoding) = decoded.guessed {
        builder.notice(format!("the file does not say its encoding; read as {encoding}"));
    }
    builder.finish(format, decoded.stored)
}

fn read_page(decoded: &Decoded, noscript: Noscript, limits: &Limits) -> (Builder, page::Aside) {
    let mut builder = Builder::within(limits);
    let mut page = Page::new(&mut builder, Source::File, noscript);
    let (body, title) = markdown::front_matter(&decoded.text);
    read_markup(&mut page, &decoded.text[body..], body);
    let mut aside = page.finish();
    aside.title = aside.title.or(title);
    builder.close();
    (builder, aside)
}

/// The encoding that a `meta` element or an XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(PRESCAN)];
    let named = |key: &[u8]| {
        let at = head.windows(key.len()).position(|w| w.eq_ignore_ascii_case(key))?;
        let value = head[at + key.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_.:".contains(b)).unwrap_or(value.len());
        std::str::from_utf8(&value[..end]).ok()
    };
    named(b"charset").or_else(|| named(b"encoding"))
}

/// Whether a text that is not named as HTML is: it begins with a tag, and more follow.
pub(super) fn is_html(text: &str) -> bool {
    text.trim_start().starts_with('<') && n_tags(text) >= 3
}

/// How many tags of HTML's own a text holds, counted up to 16.
pub(super) fn n_tags(text: &str) -> usize {
    let opened = text.match_indices('<').map(|(at, _)| text[at + 1..].trim_start_matches(['/', '!']));
    let name = |rest: &str| rest[..rest.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count()].to_ascii_lowercase();
    let is_known = |name: &str| {
        name == "doctype" || (!matches!(Element::of(name.as_bytes()), Element::Inline(_)) || matches!(name, "a" | "i" | "em" | "span" | "font" | "small"))
    };
    opened.map(name).filter(|n| !n.is_empty() && is_known(n)).take(16).count()
}
