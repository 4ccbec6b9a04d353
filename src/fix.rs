//! Findings and the original bytes → edited bytes: fixes in text formats (here), comments and tracked changes in those of
//! word processors (`review`). What is not edited stays byte for byte.

mod allow;
mod least;
mod odt;
mod package;
mod remark;
mod review;
mod word;
mod xml;

pub use allow::{Acceptance, Accepted, accept};
pub use review::{Choice, Review, ReviewError, Reviewed, Rewrites, review};

use std::collections::BTreeMap;

use crate::document::{Document, Format, Location};
use crate::lint::{Edit, Fix};
use crate::text::Span;

/// An edited file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// The fixes that were made, by their place in the list given.
    pub made: Vec<usize>,
    /// Those that were not, and why.
    pub left: Vec<(usize, Unfixable)>,
}

/// Why a fix cannot be made in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfixable {
    /// An earlier fix changes the same words.
    #[error("another fix changes the same words")]
    Overlaps,
    /// Bold, a link or a tag stands in the middle of the words.
    #[error("formatting stands in the middle of these words, so they are yours to change")]
    SplitByMarkup,
    /// The file's encoding cannot hold the new words.
    #[error("the file’s encoding has no character for the new words")]
    Encoding,
    /// The format has no bytes for its words.
    #[error("words of this format cannot be changed in place")]
    Format,
    /// The rewrite has a gap that its author must fill.
    #[error("this rewrite is advice; its words are yours to choose")]
    Advice,
}

/// A change of the file's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteEdit {
    /// The bytes that go.
    pub range: std::ops::Range<usize>,
    /// The bytes that come.
    pub insert: Vec<u8>,
}

/// Makes fixes in a file, in their order; one that cannot be made is left whole.
///
/// ```
/// use jdlint::lint::Applicability;
/// use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings, fix};
///
/// let bytes = "# Clerk\n\nReport to the **Chairman**.\n".as_bytes();
/// let document = Document::read(bytes, Format::Markdown)?;
/// let report = Linter::new(Ruleset::embedded(), Settings::default()).check(&Advert::new(vec![document.clone()])).remove(0);
/// let safe: Vec<_> = report.findings.iter().filter_map(|f| f.fixes.iter().find(|fix| fix.applicability == Applicability::Safe)).collect();
/// assert_eq!(fix::apply(bytes, &document, &safe).bytes, "# Clerk\n\nReport to the **Chair**.\n".as_bytes());
/// # Ok::<(), jdlint::ReadError>(())
/// ```
pub fn apply(bytes: &[u8], document: &Document, fixes: &[&Fix]) -> Fixed {
    // By where they begin; no two of them overlap.
    let mut edits: BTreeMap<usize, ByteEdit> = BTreeMap::new();
    let (mut made, mut left) = (Vec::new(), Vec::new());
    for (n, fix) in fixes.iter().enumerate() {
        match byte_edits(bytes, document, &fix.edits) {
            Ok(own) if own.iter().any(|o| touches(&edits, o)) => left.push((n, Unfixable::Overlaps)),
            Ok(own) => {
                edits.extend(own.into_iter().map(|e| (e.range.start, e)));
                made.push(n);
            }
            Err(why) => left.push((n, why)),
        }
    }
    Fixed { bytes: spliced(bytes, edits.into_values().collect()), made, left }
}

/// The bytes with these edits made, which do not overlap.
fn spliced(bytes: &[u8], mut edits: Vec<ByteEdit>) -> Vec<u8> {
    edits.sort_by_key(|e| (e.range.start, e.range.end));
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let mut at = 0;
    for edit in edits {
        out.extend_from_slice(&bytes[at..edit.range.start]);
        out.extend_from_slice(&edit.insert);
        at = edit.range.end;
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

/// The edits of a fix as changes of the file's bytes.
///
/// # Errors
/// Where the words are not plain bytes of the file.
pub fn byte_edits(bytes: &[u8], document: &Document, edits: &[Edit]) -> Result<Vec<ByteEdit>, Unfixable> {
    if edits.is_empty() {
        return Err(Unfixable::Advice);
    }
    if !matches!(document.format(), Format::Text | Format::Markdown | Format::Html) {
        return Err(Unfixable::Format);
    }
    edits.iter().map(|e| byte_edit(bytes, document, e)).collect()
}

fn byte_edit(bytes: &[u8], document: &Document, edit: &Edit) -> Result<ByteEdit, Unfixable> {
    let range = source_range(document, edit.span).ok_or(Unfixable::Format)?;
    let stored = document.decode(bytes.get(range.clone()).ok_or(Unfixable::Format)?);
    let words = document.slice(edit.span);
    let same = stored.split_whitespace().eq(words.split_whitespace());
    // An entity is part of a word; a tag or an emphasis mark has another end somewhere else.
    let entities = document.format() == Format::Html && stored.contains('&') && !stored.contains('<');
    if !same && !entities {
        return Err(Unfixable::SplitByMarkup);
    }
    let insert = if document.format() == Format::Html { escape(&edit.insert) } else { edit.insert.clone() };
    Ok(ByteEdit { range, insert: document.encode(&insert).ok_or(Unfixable::Encoding)? })
}

/// The bytes that a span stands for; for an empty one the place after the character before it.
fn source_range(document: &Document, span: Span) -> Option<std::ops::Range<usize>> {
    let bytes = |span| match document.locate(span) {
        Location::Bytes(bytes) => Some(bytes.range()),
        _ => None,
    };
    if !span.is_empty() {
        return bytes(span);
    }
    match before(span, document) {
        Some(character) => bytes(character).map(|r| r.end..r.end),
        None => bytes(span).map(|r| r.start..r.start),
    }
}

/// The character before a place.
fn before(place: Span, document: &Document) -> Option<Span> {
    let (at, _) = document.text().as_str().get(..place.start())?.char_indices().next_back()?;
    document.text().span(at, place.start())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Whether a change touches bytes that another changes, or stands at the same place.
fn touches(edits: &BTreeMap<usize, ByteEdit>, new: &ByteEdit) -> bool {
    let before = edits.range(..new.range.start).next_back();
    before.is_some_and(|(_, e)| e.range.end > new.range.start) || edits.range(new.range.start..new.range.end.max(new.range.start + 1)).next().is_some()
}
