//! A string → places in it: spans, lines and columns, the folded view that words are matched in, and its tokens.
//!
//! Knows nothing of documents or rules.

#[path = "text/finds.rs"]
mod finds;
#[path = "text/fold.rs"]
mod fold;
#[path = "text/lines.rs"]
mod lines;
#[path = "text/tokens.rs"]
mod tokens;

pub(crate) use finds::Place;
pub use fold::Folded;
pub use lines::{LineIndex, Position};
#[cfg(feature = "small")]
pub(crate) use tokens::step_64;
pub(crate) use tokens::{BASIS, BASIS_64, NUMBER, NUMBER_WORDS, Sieve, hash, hash_64, is_boundary, step};
pub use tokens::{Token, Word, tokens};

use serde::{Deserialize, Serialize};

/// Those of a list in order of place that begin within a span and end in it.
pub fn within<T>(all: &[T], span: Span, place: impl Fn(&T) -> Span) -> impl Iterator<Item = &T> {
    let from = all.partition_point(|x| place(x).start() < span.start());
    let to = from + all[from..].partition_point(|x| place(x).start() < span.end());
    all[from..to].iter().filter(move |x| place(x).end() <= span.end())
}

/// A text in one line: each stretch of white space is one space, and there is none at its ends.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A place in a text: UTF-8 bytes, half-open, both ends on a character boundary of that text.
///
/// Only [`Text`] and [`Folded`] make one, so that a span never splits a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The first byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte: a place between two characters.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes as a range, to slice with.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether all of `other` lies within.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// A span whose ends the caller knows to be character boundaries.
    pub(crate) fn of(range: std::ops::Range<usize>) -> Span {
        debug_assert!(range.start <= range.end, "a span runs forwards");
        Span { start: offset(range.start), end: offset(range.end) }
    }
}

/// A byte offset as it is stored. Texts are shorter than 4 GiB: `document` refuses larger files.
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Text that a person reads, and the one maker of spans into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// Takes a string as text.
    pub fn new(text: impl Into<String>) -> Text {
        Text(text.into())
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The span of these bytes, or `None` where they run backwards, out of the text, or through a character.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        self.0.get(start..end).map(|_| Span::of(start..end))
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        Span::of(0..self.0.len())
    }

    /// The words at a span; empty where the span is of another text and does not fit this one.
    pub fn slice(&self, span: Span) -> &str {
        self.0.get(span.range()).unwrap_or("")
    }

    /// The span without white space at its ends.
    pub fn trim(&self, span: Span) -> Span {
        let words = self.slice(span);
        let start = span.start() + (words.len() - words.trim_start().len());
        let end = start + words.trim().len();
        Span::of(start..end)
    }
}
