//! Rewrites → tracked changes, where they can be made without touching anybody's links, fields or undecided changes.

use super::marks::{Marks, Stretch};
use super::{File, Work};
use crate::document::docx::anatomy::{Anatomy, Run};
use crate::document::raw::exact;
use crate::document::{Document, Location, WordPlace};
use crate::fix::before;
use crate::lint::Edit;
use crate::text::Span;

/// Makes the rewrites that can be made; how many. One that cannot is left whole, to its comment.
pub(super) fn tracked<'a>(marks: &mut Marks<'a>, work: &Work, file: &'a File) -> usize {
    let mut taken: Vec<Span> = Vec::new();
    let mut n_made = 0;
    for edits in &work.chosen {
        let free = edits.iter().all(|e| !taken.iter().any(|t| t.overlaps(e.span) || t.start() == e.span.start() || t.end() == e.span.start()));
        let found: Option<Vec<Vec<Stretch>>> = edits.iter().map(|e| stretches(e, work.document, file)).collect();
        let Some(found) = found.filter(|_| free) else { continue };
        for (edit, stretches) in edits.iter().zip(&found) {
            taken.push(edit.span);
            match stretches.last() {
                Some(last) if edit.span.is_empty() => marks.insert(last.run, last, &edit.insert),
                _ => marks.replace(stretches, &edit.insert),
            }
        }
        n_made += 1;
    }
    n_made
}

/// The words of an edit in the body; for an empty one the character before it.
fn stretches<'a>(edit: &Edit, document: &Document, file: &'a File) -> Option<Vec<Stretch<'a>>> {
    let span = if edit.span.is_empty() { before(edit.span, document)? } else { edit.span };
    let Location::Word(first, last) = document.locate(span) else { return None };
    if *first.part != *file.parts.main || first.paragraph != last.paragraph {
        return None;
    }
    let runs = runs(&file.anatomy, &first, &last)?;
    let found: Vec<Stretch> = runs.iter().map(|(run, from, to)| stretch(run, *from, *to)).collect::<Option<_>>()?;
    let words: String = runs.iter().filter_map(|(run, from, to)| run.text.get(*from as usize..*to as usize)).collect();
    let same = words.split_whitespace().eq(document.slice(span).split_whitespace());
    same.then_some(found)
}

/// The runs that hold words, each with the bytes of its text that are meant. They stand in one element, and nothing speaks
/// against changing them.
fn runs<'a>(anatomy: &'a Anatomy, first: &WordPlace, last: &WordPlace) -> Option<Vec<(&'a Run, u32, u32)>> {
    let all = &anatomy.paragraphs.get(first.paragraph as usize)?.runs;
    let within = all.get(first.run as usize..=last.run as usize)?;
    let mut held = Vec::new();
    for (n, run) in within.iter().enumerate() {
        let from = if n == 0 { first.at } else { 0 };
        let to = if n + 1 == within.len() { last.at } else { crate::text::offset(run.text.len()) };
        if from < to {
            held.push((run, from, to));
        }
    }
    let parent = held.first()?.0.parent;
    held.iter().all(|(run, ..)| run.parent == parent && run.obstacle.is_none()).then_some(held)
}

/// Words of a run, if they stand in one text of it, and at its bytes.
fn stretch(run: &Run, from: u32, to: u32) -> Option<Stretch<'_>> {
    let text = run.texts.iter().find(|t| t.text().is_some_and(|held| held.start <= from && to <= held.end))?;
    Some(Stretch { run, text, raw: (exact(&text.pieces, from)?, exact(&text.pieces, to)?) })
}
