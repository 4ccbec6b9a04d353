//! A span of the document → where its comment hangs. Word has comments in the body only, and not in text boxes: what is
//! said elsewhere is commented on the paragraph that it belongs to, or on the title.

use super::{File, Notes};
use crate::document::docx::anatomy::{Anatomy, NoteKind};
use crate::document::{Document, Location, WordPlace};
use crate::fix::remark::{Line, about};
use crate::fix::review::ReviewError;
use crate::text::Span;

/// Where a comment hangs, and what it must say because that is not beside its words.
pub(super) struct Anchor {
    pub(super) start: Place,
    pub(super) end: Place,
    pub(super) about: Option<Line>,
}

/// A place in the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Before the character (an anchor's start), or after the one before it (its end), at these bytes of a run's text.
    Run { paragraph: u32, run: u32, at: u32 },
    /// The start or end of a whole run.
    WholeRun { paragraph: u32, run: u32 },
    /// The start or end of a paragraph.
    Paragraph(u32),
}

/// Finds anchors.
pub(super) struct Anchors<'a> {
    pub(super) file: &'a File,
    pub(super) document: &'a Document,
    pub(super) title: Option<Span>,
}

impl Anchors<'_> {
    /// The anchor of a comment on a span, or on the whole document.
    pub(super) fn find(&self, span: Option<Span>) -> Result<Anchor, ReviewError> {
        let Some(span) = span else { return self.title() };
        let Location::Word(first, last) = self.document.locate(span) else { return self.title() };
        let words = self.document.slice(span);
        if *first.part == *self.file.parts.main {
            return self.in_body(words, &first, &last);
        }
        if let Some(notes) = self.file.notes.iter().find(|notes| *notes.part == *first.part) {
            let anchor = self.reference(notes, &first)?;
            let place = if notes.kind == NoteKind::Footnote { "in this footnote" } else { "in this endnote" };
            return Ok(Anchor { about: Some(about(words, place)), ..anchor });
        }
        let place = if first.part.contains("header") { "in the page header" } else { "in the page footer" };
        Ok(Anchor { about: Some(about(words, place)), ..self.title()? })
    }

    fn in_body(&self, words: &str, first: &WordPlace, last: &WordPlace) -> Result<Anchor, ReviewError> {
        let anatomy = &self.file.anatomy;
        let Some(paragraph) = anatomy.paragraphs.get(first.paragraph as usize) else { return self.title() };
        let host = paragraph.host;
        let is_own = host == Some(first.paragraph) && anatomy.run(first.paragraph, first.run).is_some_and(|r| r.is_outermost);
        if !is_own {
            let anchor = host.filter(|h| has_content(anatomy, *h)).map_or_else(|| self.title(), |h| Ok(whole(h)))?;
            return Ok(Anchor { about: Some(about(words, "near here")), ..anchor });
        }
        let start = Place::Run { paragraph: first.paragraph, run: first.run, at: first.at };
        let beside = anatomy.paragraphs.get(last.paragraph as usize).is_some_and(|p| p.parent == paragraph.parent);
        let ends_well = beside && *last.part == *first.part && anatomy.run(last.paragraph, last.run).is_some_and(|r| r.is_outermost);
        let end = Place::Run { paragraph: last.paragraph, run: last.run, at: last.at };
        // Marks may not lie across cells.
        let end = if ends_well { end } else { Place::Paragraph(first.paragraph) };
        Ok(Anchor { start, end, about: None })
    }

    /// The mark in the text that a note belongs to.
    fn reference(&self, notes: &Notes, place: &WordPlace) -> Result<Anchor, ReviewError> {
        let id = notes.anatomy.paragraphs.get(place.paragraph as usize).and_then(|p| p.note.as_deref());
        let anatomy = &self.file.anatomy;
        let Some(found) = anatomy.references.iter().find(|r| r.kind == notes.kind && Some(r.id.as_str()) == id) else { return self.title() };
        let own = anatomy.paragraphs.get(found.paragraph as usize).and_then(|p| p.host);
        let is_outermost = anatomy.run(found.paragraph, found.run).is_some_and(|r| r.is_outermost);
        match own {
            Some(own) if own == found.paragraph && is_outermost => {
                let place = Place::WholeRun { paragraph: found.paragraph, run: found.run };
                Ok(Anchor { start: place, end: place, about: None })
            }
            Some(own) if has_content(anatomy, own) => Ok(whole(own)),
            _ => self.title(),
        }
    }

    /// The title's paragraph, or the first one that holds words.
    fn title(&self) -> Result<Anchor, ReviewError> {
        let anatomy = &self.file.anatomy;
        let titled = self.title.and_then(|span| match self.document.locate(span) {
            Location::Word(first, _) if *first.part == *self.file.parts.main => anatomy.paragraphs.get(first.paragraph as usize)?.host,
            _ => None,
        });
        let suits = |number: &u32| anatomy.paragraphs[*number as usize].host == Some(*number) && has_content(anatomy, *number);
        let all = || (0..anatomy.paragraphs.len()).map(crate::text::offset).filter(suits);
        let worded = |number: &u32| anatomy.paragraphs[*number as usize].runs.iter().any(|r| !r.text.trim().is_empty());
        let number = titled.filter(suits).or_else(|| all().find(worded)).or_else(|| all().next());
        number.map(whole).ok_or(ReviewError::NoParagraph)
    }
}

fn whole(paragraph: u32) -> Anchor {
    Anchor { start: Place::Paragraph(paragraph), end: Place::Paragraph(paragraph), about: None }
}

fn has_content(anatomy: &Anatomy, paragraph: u32) -> bool {
    anatomy.paragraphs.get(paragraph as usize).is_some_and(|p| p.content.is_some())
}
