//! A span of the document → where its comment hangs. Comments stand in the body only, and not in text boxes: what is said
//! elsewhere is commented on the paragraph that it belongs to, or on the title.

use std::ops::Range;

use crate::document::odt::anatomy::{Anatomy, Furniture, NoteKind, Paragraph};
use crate::document::raw::{End, nearest};
use crate::document::{Document, Location, WordPlace};
use crate::fix::remark::{Line, about};
use crate::fix::review::ReviewError;
use crate::text::Span;

/// Where a comment hangs, and what it must say because that is not beside its words.
pub(super) struct Anchor {
    /// Bytes of the content.
    pub(super) place: Range<usize>,
    pub(super) about: Option<Line>,
}

/// Finds anchors.
pub(super) struct Anchors<'a> {
    pub(super) anatomy: &'a Anatomy,
    /// The part that holds headers and footers.
    pub(super) furniture: Anatomy,
    pub(super) document: &'a Document,
    pub(super) title: Option<Span>,
}

impl Anchors<'_> {
    /// The anchor of a comment on a span, or on the whole document.
    pub(super) fn find(&self, span: Option<Span>) -> Result<Anchor, ReviewError> {
        let Some(span) = span else { return self.title() };
        let Location::Word(first, last) = self.document.locate(span) else { return self.title() };
        let words = self.document.slice(span);
        let part = if *first.part == *"styles.xml" { &self.furniture } else { self.anatomy };
        let Some(paragraph) = part.paragraphs.get(first.paragraph as usize) else { return self.title() };
        let (anchor, place) = match (paragraph.furniture, paragraph.note) {
            (Some(Furniture::Header), _) => (self.title()?, "in the page header"),
            (Some(Furniture::Footer), _) => (self.title()?, "in the page footer"),
            (None, Some(note)) => {
                let kind = self.anatomy.notes.get(note as usize).map(|n| n.kind);
                (self.mark(note)?, if kind == Some(NoteKind::Endnote) { "in this endnote" } else { "in this footnote" })
            }
            (None, None) if paragraph.host == Some(first.paragraph) => return Ok(Anchor { place: self.beside(&first, &last, paragraph), about: None }),
            (None, None) => (self.on(paragraph.host)?, "near here"),
        };
        Ok(Anchor { about: Some(about(words, place)), ..anchor })
    }

    /// The words themselves; up to the end of their paragraph where the last of them stand in another text.
    fn beside(&self, first: &WordPlace, last: &WordPlace, paragraph: &Paragraph) -> Range<usize> {
        let content = paragraph.content.clone().unwrap_or_default();
        let start = self.edge(first, End::Start).unwrap_or(content.start);
        let is_beside = |p: &&Paragraph| p.parent == paragraph.parent && p.host == Some(last.paragraph);
        let other = self.anatomy.paragraphs.get(last.paragraph as usize).filter(is_beside);
        let end = other.and_then(|_| self.edge(last, End::End)).filter(|end| *end >= start);
        start..end.unwrap_or(content.end)
    }

    /// The bytes where a mark may stand before or after a character.
    fn edge(&self, place: &WordPlace, end: End) -> Option<usize> {
        let stretch = self.anatomy.stretch(place.paragraph, place.run)?;
        match (&stretch.whole, end) {
            (Some(whole), End::Start) => Some(whole.start),
            (Some(whole), End::End) => Some(whole.end),
            // No character of the stretch is white space that stands as an element after it.
            (None, _) => nearest(&stretch.pieces, place.at, end).or_else(|| stretch.pieces.last().map(|p| p.raw.end)),
        }
    }

    /// The mark in the text that a note belongs to.
    fn mark(&self, note: u32) -> Result<Anchor, ReviewError> {
        let Some(note) = self.anatomy.notes.get(note as usize) else { return self.title() };
        let host = note.paragraph.and_then(|p| self.anatomy.paragraphs.get(p as usize)?.host);
        match host {
            Some(host) if Some(host) == note.paragraph => Ok(Anchor { place: note.place.clone(), about: None }),
            host => self.on(host),
        }
    }

    /// A whole paragraph, or else the title.
    fn on(&self, paragraph: Option<u32>) -> Result<Anchor, ReviewError> {
        let content = paragraph.and_then(|p| self.anatomy.paragraphs.get(p as usize)?.content.clone());
        content.map_or_else(|| self.title(), |place| Ok(Anchor { place, about: None }))
    }

    /// The title's paragraph, or the first one that holds words.
    fn title(&self) -> Result<Anchor, ReviewError> {
        let titled = self.title.and_then(|span| match self.document.locate(span) {
            Location::Word(first, _) if *first.part != *"styles.xml" => self.anatomy.paragraphs.get(first.paragraph as usize)?.host,
            _ => None,
        });
        let content = |number: u32| {
            let paragraph = self.anatomy.paragraphs.get(number as usize).filter(|p| p.host == Some(number))?;
            Some((paragraph.content.clone()?, paragraph.stretches.iter().any(|s| !s.text.trim().is_empty())))
        };
        let all = || (0..self.anatomy.paragraphs.len()).map(crate::text::offset).filter_map(content);
        let found = titled.and_then(content).or_else(|| all().find(|(_, worded)| *worded)).or_else(|| all().next());
        found.map(|(place, _)| Anchor { place, about: None }).ok_or(ReviewError::NoParagraph)
    }
}
