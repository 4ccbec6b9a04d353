//! Blocks → English or another language, by their commonest words; short blocks go with their neighbours.

use super::Language;
use super::headings::{Heading, said};
use super::reading::Reading;
use crate::document::BlockKind;
use crate::text::{Span, offset};

/// The languages of all blocks, and the names of the other languages, each with a block that it was told from.
pub(super) fn languages(reading: &Reading, headings: &[Option<Heading>]) -> (Vec<Language>, Vec<(u32, String)>) {
    let blocks = reading.document.blocks();
    let mut foreign = Vec::new();
    let told: Vec<Option<Language>> = blocks
        .iter()
        .zip(headings)
        .enumerate()
        .map(|(n, (block, heading))| {
            let by_words = told(reading, block.span);
            if let Some(Told::Other(language)) = by_words {
                foreign.push((offset(n), reading.wordings.languages.name(language).to_owned()));
            }
            by_words.map(Told::language).or_else(|| heading.as_ref().and_then(|h| told_by_heading(reading, block.span, h)))
        })
        .collect();
    (fill(reading, headings, &told), foreign)
}

#[derive(Clone, Copy)]
enum Told {
    English,
    Other(usize),
}

impl Told {
    fn language(self) -> Language {
        match self {
            Told::English => Language::English,
            Told::Other(_) => Language::Other,
        }
    }
}

/// The language of a text, where its common words tell.
fn told(reading: &Reading, span: Span) -> Option<Told> {
    let table = &reading.wordings.languages;
    let words = reading.folded.words_in(reading.folded.range_of(span));
    let mut hits = [0u32; 16];
    let mut n_words = 0u32;
    // A page of one language tells it in its first words.
    for word in words.iter().take(120) {
        n_words += 1;
        if n_words.is_multiple_of(8) && hits[0] >= 3 && hits[1..].iter().all(|h| 3 * h <= hits[0]) {
            return Some(Told::English);
        }
        // One letter is a word in Welsh, and a grade, a stage or a bullet anywhere.
        if word.token.range().len() == 1 {
            continue;
        }
        let mut languages = table.languages_of(*word);
        while languages != 0 {
            hits[languages.trailing_zeros() as usize] += 1;
            languages &= languages - 1;
        }
    }
    let english = hits[0];
    let (best, most) = (1..table.len()).map(|n| (n, hits[n])).max_by_key(|(n, h)| (*h, std::cmp::Reverse(*n)))?;
    if most >= 3 && 5 * most >= n_words && 2 * most > 3 * english {
        return Some(Told::Other(best));
    }
    (english >= 2 && english > most || english >= 3 && english >= most).then_some(Told::English)
}

/// “English”, “Cymraeg”, or a heading in English words.
fn told_by_heading(reading: &Reading, span: Span, heading: &Heading) -> Option<Language> {
    let said = said(reading, span);
    if said.english || said.other_language {
        return Some(if said.english { Language::English } else { Language::Other });
    }
    (heading.announced.is_some() && !said.cognate).then_some(Language::English)
}

/// A heading goes with what follows it, any other block with what stands before it.
fn fill(reading: &Reading, headings: &[Option<Heading>], told: &[Option<Language>]) -> Vec<Language> {
    let blocks = reading.document.blocks();
    let mut out = vec![Language::English; told.len()];
    let mut next = None;
    let mut following = vec![None; told.len()];
    let heads = |n: usize| headings.get(n).is_some_and(Option::is_some) || blocks.get(n).is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
    for n in (0..told.len()).rev() {
        following[n] = next;
        // What stands under the next heading tells nothing of what stands above it.
        next = if heads(n) { None } else { told[n].or(next) };
    }
    let first = told.iter().flatten().next().copied();
    let mut previous = None;
    for (n, own) in told.iter().enumerate() {
        let near = if heads(n) { following[n].or(previous) } else { previous.or(following[n]) };
        let near = near.or(first);
        out[n] = own.or(near).unwrap_or_default();
        previous = Some(out[n]);
    }
    out
}

/// What to tell the reader about parts in other languages.
pub(super) fn notice(languages: &[Language], foreign: &[(u32, String)]) -> Option<String> {
    let others = languages.iter().filter(|l| **l == Language::Other).count();
    let first = foreign.first().map(|(_, name)| name);
    let which = match first {
        Some(one) if foreign.iter().all(|(_, name)| name == one) => title_case(one),
        _ => "another language".to_owned(),
    };
    match others {
        0 => None,
        n if n == languages.len() => Some(format!("the text is in {which} and was left alone, since the rules speak English")),
        _ => Some(format!("the part in {which} was left alone, since the rules speak English")),
    }
}

fn title_case(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
