//! Rewrites → tracked changes, where they can be made without touching anybody's links, fields or undecided changes.

use std::ops::Range;

use super::Work;
use super::marks::{Deletion, Marks, Side};
use crate::document::odt::anatomy::{Anatomy, Paragraph, Stretch};
use crate::document::raw::exact;
use crate::document::{Document, Location, WordPlace};
use crate::fix::before;
use crate::lint::Edit;
use crate::text::Span;

/// Words of an edit, in one stretch.
struct Piece<'a> {
    stretch: &'a Stretch,
    words: &'a str,
    /// Bytes of the content.
    raw: Range<usize>,
}

/// Makes the rewrites that can be made; how many. One that cannot is left whole, to its comment.
pub(super) fn tracked<'a>(marks: &mut Marks<'a>, work: &Work, anatomy: &'a Anatomy) -> usize {
    let mut taken: Vec<Span> = Vec::new();
    let mut n_made = 0;
    for edits in &work.chosen {
        let free = edits.iter().all(|e| !taken.iter().any(|t| t.overlaps(e.span) || t.start() == e.span.start() || t.end() == e.span.start()));
        let found: Option<Vec<(&Paragraph, Vec<Piece>)>> = edits.iter().map(|e| pieces(e, work.document, anatomy)).collect();
        let Some(found) = found.filter(|_| free) else { continue };
        for (edit, (paragraph, pieces)) in edits.iter().zip(&found) {
            taken.push(edit.span);
            make(marks, edit, paragraph, pieces);
        }
        n_made += 1;
    }
    n_made
}

fn make<'a>(marks: &mut Marks<'a>, edit: &Edit, paragraph: &'a Paragraph, pieces: &[Piece<'a>]) {
    let Some((first, last)) = pieces.first().zip(pieces.last()) else { return };
    if edit.span.is_empty() {
        return marks.insert(last.raw.end, Side::AfterWords, &edit.insert);
    }
    // New words look like the first of the old ones, so of several stretches they stand before the first.
    let side = if pieces.len() == 1 { Side::AfterDeletion } else { Side::BeforeDeletion };
    marks.insert(first.raw.start, side, &edit.insert);
    for piece in pieces {
        marks.delete(Deletion { raw: piece.raw.clone(), stretch: piece.stretch, style: paragraph.style.as_deref() });
    }
}

/// The words of an edit in the content, and their paragraph; for an empty edit the character before it.
fn pieces<'a>(edit: &Edit, document: &Document, anatomy: &'a Anatomy) -> Option<(&'a Paragraph, Vec<Piece<'a>>)> {
    let span = if edit.span.is_empty() { before(edit.span, document)? } else { edit.span };
    let Location::Word(first, last) = document.locate(span) else { return None };
    if first.part.ends_with("styles.xml") || first.paragraph != last.paragraph || leaves_two_spaces(edit, document) {
        return None;
    }
    let paragraph = anatomy.paragraphs.get(first.paragraph as usize).filter(|p| p.host == Some(first.paragraph))?;
    let found = stretches(paragraph, &first, &last)?;
    let range = found.first()?.raw.start..found.last()?.raw.end;
    let words: String = found.iter().map(|piece| piece.words).collect();
    let same = words.split_whitespace().eq(document.slice(span).split_whitespace());
    (same && !paragraph.spaces.iter().any(|at| range.contains(at))).then_some((paragraph, found))
}

/// The stretches that hold words. They stand in one element, and nothing speaks against changing them.
fn stretches<'a>(paragraph: &'a Paragraph, first: &WordPlace, last: &WordPlace) -> Option<Vec<Piece<'a>>> {
    let within = paragraph.stretches.get(first.run as usize..=last.run as usize)?;
    let mut held = Vec::new();
    for (n, stretch) in within.iter().enumerate() {
        let from = if n == 0 { first.at } else { 0 };
        let to = if n + 1 == within.len() { last.at } else { crate::text::offset(stretch.text.len()) };
        if from < to {
            let words = stretch.text.get(from as usize..to as usize)?;
            held.push(Piece { stretch, words, raw: exact(&stretch.pieces, from)?..exact(&stretch.pieces, to)? });
        }
    }
    let element = held.first()?.stretch.element;
    held.iter().all(|piece| piece.stretch.element == element && piece.stretch.obstacle.is_none()).then_some(held)
}

/// Whether taking the words out leaves white space beside white space, or at the start of a paragraph. As characters two
/// spaces are one, so that the words could not be put back as they stood.
fn leaves_two_spaces(edit: &Edit, document: &Document) -> bool {
    let text = document.text().as_str();
    let before = text[..edit.span.start()].chars().next_back().is_none_or(char::is_whitespace);
    let after = text[edit.span.end()..].chars().next().is_some_and(char::is_whitespace);
    edit.insert.is_empty() && before && after
}
