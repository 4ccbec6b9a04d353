//! The way back: from a place in a document's text to the place in the file that it was read from.

use crate::text::{Span, offset};

/// Where a span stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// These bytes of the file, as it is stored.
    Bytes(Span),
    /// These places of a word processor's document: the first and the last character.
    Word(WordPlace, WordPlace),
    /// A place on a page: where the first word stands.
    Page(PagePlace),
    /// Within a field of a data file that holds it escaped: `description`.
    Field(&'static str),
    /// No single place.
    Nowhere,
}

/// A place in a word processor's document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordPlace {
    /// The part, as the package names it: `word/document.xml`; empty for a file that is a single part.
    pub part: std::sync::Arc<str>,
    /// Which `w:p` (OpenDocument: `text:p` or `text:h`) of that part, from 0, in file order.
    pub paragraph: u32,
    /// Which `w:r` (OpenDocument: which stretch of characters between two tags) of that paragraph, from 0, in file order.
    /// What stands in a paragraph within the paragraph, in a text box say, counts there.
    pub run: u32,
    /// Bytes into the run's text, which is what its `w:t` elements hold, one after the other.
    pub at: u32,
}

/// A place on a page of a PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PagePlace {
    /// Which page, from 1.
    pub number: u32,
    /// Points (1/72 inch) from the left edge of the page as it is shown.
    pub x: u32,
    /// Points from its upper edge to the baseline.
    pub y: u32,
}

/// Where one stretch of text came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Bytes `start..end` of the decoded file. As many bytes as the text has: the same words; otherwise they stand for it.
    Bytes { start: u32, end: u32 },
    /// So many bytes of a run's text, from this place on. As many as the text has: the same words; otherwise they stand for
    /// it (none, where the text is no character of the run: a tab).
    Word(WordPlace, u32),
    /// A word on a page.
    #[cfg(feature = "pdf")]
    Page(PagePlace),
    /// A field of a data file.
    Field(&'static str),
    /// The reader put it there: a line break between blocks.
    Nowhere,
}

impl Origin {
    /// The origin of two stretches of text, one after the other, where the second goes on in the file as it does in the text.
    fn joined(&self, len: u32, next: &Origin, next_len: u32) -> Option<Origin> {
        match (self, next) {
            (Origin::Bytes { start: a, end: b }, Origin::Bytes { start: c, end: d }) if b - a == len && d - c == next_len && b == c => {
                Some(Origin::Bytes { start: *a, end: *d })
            }
            (Origin::Word(a, a_len), Origin::Word(b, b_len))
                if *a_len == len
                    && *b_len == next_len
                    && a.at + a_len == b.at
                    && (a.paragraph, a.run) == (b.paragraph, b.run)
                    && std::sync::Arc::ptr_eq(&a.part, &b.part) =>
            {
                Some(Origin::Word(a.clone(), a_len + b_len))
            }
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
struct Segment {
    /// First byte in the document's text.
    text: u32,
    /// Length in the document's text.
    len: u32,
    origin: Origin,
}

/// The segments of a document's text in order, and the map from decoded to stored bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct SourceMap {
    segments: Vec<Segment>,
    stored: Stored,
}

/// Decoded offset → stored offset, for files that are not UTF-8 (or begin with a byte-order mark).
#[derive(Clone, Debug, Default)]
pub(super) struct Stored {
    /// (decoded, stored) at every place where the difference between the two changes; empty: no difference.
    pub(super) steps: Vec<(u32, u32)>,
    /// For fixed-width decoding between steps: how many stored bytes a decoded byte takes, as (stored, decoded).
    pub(super) unit: (u32, u32),
    /// The encoding; `None` is UTF-8.
    pub(super) encoding: Option<&'static encoding_rs::Encoding>,
}

impl Stored {
    pub(super) fn of(&self, decoded: u32) -> u32 {
        let next = self.steps.partition_point(|(d, _)| *d <= decoded);
        let Some((from, to)) = next.checked_sub(1).map(|i| self.steps[i]) else { return decoded };
        let (stored, per) = if self.unit.1 == 0 { (1, 1) } else { self.unit };
        to + (decoded - from) * stored / per
    }
}

impl Stored {
    /// Text as the file stores it; `None` where its encoding has no such character.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let Some(encoding) = self.encoding else { return Some(text.as_bytes().to_vec()) };
        if encoding == encoding_rs::UTF_16LE {
            return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        }
        if encoding == encoding_rs::UTF_16BE {
            return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        }
        let (bytes, _, lossy) = encoding.encode(text);
        (!lossy).then(|| bytes.into_owned())
    }

    /// Stored bytes as text.
    pub(super) fn decode(&self, bytes: &[u8]) -> String {
        let encoding = self.encoding.unwrap_or(encoding_rs::UTF_8);
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }
}

impl SourceMap {
    pub(super) fn stored(&self) -> &Stored {
        &self.stored
    }

    pub(super) fn with_stored(mut self, stored: Stored) -> SourceMap {
        self.stored = stored;
        self
    }

    /// Notes where the next `len` bytes of text came from.
    pub(super) fn push(&mut self, text: usize, len: usize, origin: Origin) {
        if len == 0 {
            return;
        }
        if let Some(last) = self.segments.last_mut()
            && (last.text + last.len) as usize == text
            && let Some(both) = last.origin.joined(last.len, &origin, offset(len))
        {
            last.len += offset(len);
            last.origin = both;
            return;
        }
        self.segments.push(Segment { text: offset(text), len: offset(len), origin });
    }

    pub(super) fn locate(&self, span: Span) -> Location {
        let first = self.segments.partition_point(|s| (s.text + s.len) as usize <= span.start());
        let last = self.segments.partition_point(|s| (s.text as usize) < span.end().max(span.start() + 1)).saturating_sub(1);
        let Some(within) = self.segments.get(first..=last) else { return Location::Nowhere };
        let placed = |s: &&Segment| s.origin != Origin::Nowhere;
        let (Some(first), Some(last)) = (within.iter().find(placed), within.iter().rfind(placed)) else { return Location::Nowhere };
        match (&first.origin, &last.origin) {
            (Origin::Bytes { .. }, Origin::Bytes { .. }) => {
                let start = self.stored.of(first.bytes_start(span.start()));
                let end = self.stored.of(last.bytes_end(span.end()));
                Location::Bytes(Span::of(start as usize..end.max(start) as usize))
            }
            (Origin::Word(a, a_len), Origin::Word(b, b_len)) => {
                let into = |s: &Segment, at: usize| offset(at).saturating_sub(s.text).min(s.len);
                let start = if *a_len == first.len { into(first, span.start()) } else { 0 };
                let end = if *b_len == last.len { into(last, span.end()) } else { *b_len };
                Location::Word(WordPlace { at: a.at + start, ..a.clone() }, WordPlace { at: b.at + end, ..b.clone() })
            }
            #[cfg(feature = "pdf")]
            (Origin::Page(place), _) => Location::Page(*place),
            (Origin::Field(field), _) => Location::Field(field),
            _ => Location::Nowhere,
        }
    }
}

impl Segment {
    fn bytes_start(&self, at: usize) -> u32 {
        let Origin::Bytes { start, end } = self.origin else { return 0 };
        if end - start == self.len { start + offset(at).saturating_sub(self.text) } else { start }
    }

    fn bytes_end(&self, at: usize) -> u32 {
        let Origin::Bytes { start, end } = self.origin else { return 0 };
        if end - start == self.len { start + offset(at).saturating_sub(self.text).min(self.len) } else { end }
    }
}
