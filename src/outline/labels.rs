//! A block → the labels in it that begin sections of their own: “Essential: a degree. Desirable: a car.”

use super::headings::{Fit, Said, said};
use super::reading::Reading;
use super::wordings::{Announced, Binding, Column, Head, Reach, SectionKind};
use crate::document::Block;
use crate::text::Span;

/// Words that label what stands behind them.
pub(super) struct Label {
    pub(super) announced: Announced,
    pub(super) words: Span,
    /// The byte behind the colon.
    pub(super) after: usize,
}

/// What stands where nothing was announced.
pub(super) const PLAIN: Announced = Announced { kind: SectionKind::Other, binding: Binding::Neutral, part: false, mixed: true };

/// Paragraphs of more bytes may hold headings that lost their lines.
const FLAT: usize = 600;

/// The labels in a block, in order; `around` is the section that it stands in.
pub(super) fn labels(reading: &Reading, block: &Block, around: SectionKind) -> Vec<Label> {
    let text = reading.document.slice(block.span);
    let mut labels: Vec<Label> = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let mark = match c {
            ':' if is_colon(text, at) => Mark::Colon,
            '-' | '\u{2013}' | '\u{2014}' if labels.is_empty() && is_dash(text, at, c) => Mark::Dash,
            '.' | ';' | '\n' | '!' | '?' => {
                from = at + 1;
                continue;
            }
            _ => continue,
        };
        let behind = at + c.len_utf8();
        if !text[behind..].trim_start().is_empty() {
            let place =
                Place { words: Span::of(block.span.start() + from..block.span.start() + at), after: block.span.start() + behind, mark, is_first: from == 0 };
            labels.extend(label(reading, around, place));
        }
        if mark == Mark::Colon || !labels.is_empty() {
            from = behind;
        }
    }
    if text.len() > FLAT {
        run_in_headings(reading, block, &mut labels);
    }
    labels
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Colon,
    Dash,
}

/// Words that may be a label.
#[derive(Clone, Copy)]
struct Place {
    words: Span,
    after: usize,
    mark: Mark,
    /// Whether they begin the block.
    is_first: bool,
}

/// The words between a sentence's start and a colon, where they announce a section.
fn label(reading: &Reading, around: SectionKind, place: Place) -> Option<Label> {
    let mut words = reading.document.text().trim(place.words);
    if words.is_empty() {
        return None;
    }
    let mut said = said(reading, words);
    if place.mark == Mark::Colon && words.len() > 20 && said.section.is_none_or(|(_, fit, _)| fit < Fit::Within) {
        (words, said) = last_words(reading, words)?;
    }
    if words.len() > 60 {
        return None;
    }
    let label = |announced| Some(Label { announced, words, after: place.after });
    // “Job title: Nurse”, “Method of assessment: interview” within a specification.
    if place.is_first && place.mark == Mark::Colon && (said.title_label || said.column == Some((Column::Ignored, Fit::Whole))) {
        return label(PLAIN);
    }
    let (announced, fit, _) = said.section?;
    let is_subgroup = announced.part && around.asks_of_person();
    let strict = announced.kind.asks_of_person() && !announced.part;
    let known = fit == Fit::Whole || fit >= Fit::Within && strict && place.mark == Mark::Colon;
    // “Benefits:” in the middle of a sentence about something else begins nothing.
    let begins = place.is_first || strict || fit == Fit::Whole && !announced.mixed && reading.document.slice(words).starts_with(char::is_uppercase);
    let marked = place.mark == Mark::Colon || strict || announced.part;
    if known && begins && marked && !is_subgroup { label(announced) } else { None }
}

/// The last words before a colon, where text has lost its lines: “… find out more at our site THE CANDIDATE: …”.
fn last_words(reading: &Reading, words: Span) -> Option<(Span, Said)> {
    let text = reading.document.slice(words);
    let starts = text.char_indices().rev().filter(|(at, _)| *at == 0 || text[..*at].ends_with(char::is_whitespace));
    starts.filter(|(_, c)| c.is_uppercase()).take(4).find_map(|(at, _)| {
        let last = Span::of(words.start() + at..words.end());
        let said = said(reading, last);
        let told = said.section.is_some_and(|(a, fit, _)| fit == Fit::Whole && !a.part && !a.mixed && a.kind != SectionKind::Other);
        told.then_some((last, said))
    })
}

/// Headings in text that has lost its lines: “… of the team Essential Requirements At least two years …”.
fn run_in_headings(reading: &Reading, block: &Block, labels: &mut Vec<Label>) {
    let text = reading.document.text().as_str();
    for found in reading.wordings.headings.find_within(reading.folded, block.span) {
        let means = reading.wordings.heading_means[found.phrase as usize];
        let Head::Section(announced) = means.what else { continue };
        let telling = announced.kind.asks_of_person() && !announced.part || announced.kind == SectionKind::Responsibilities && !announced.mixed;
        if means.reach == Reach::Whole && telling && stands_out(text, block.span, found.span) {
            labels.push(Label { announced, words: found.span, after: found.span.end() });
        }
    }
    labels.sort_by_key(|l| (l.words.start(), std::cmp::Reverse(l.words.end())));
    labels.dedup_by(|b, a| b.words.start() < a.after);
}

/// Whether words are capitalised as a heading is, between a small word or a full stop and the capital of a new line.
fn stands_out(text: &str, block: Span, words: Span) -> bool {
    let small = ["and", "of", "the", "for", "or", "in", "to", "a", "&", "/"];
    let titled = text.get(words.range()).is_some_and(|w| w.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || small.contains(&w)));
    let before = text.get(block.start()..words.start()).unwrap_or("").trim_end();
    let after = text.get(words.end()..block.end()).unwrap_or("").trim_start_matches([' ', ':', '-', '\u{2013}']);
    let last = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let fresh = last.is_empty()
        || last.ends_with(['.', ';', '!', '?', ')'])
        || last.starts_with(char::is_lowercase) && !last.ends_with([',', ':']) && !small.contains(&last);
    titled && fresh && after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// A colon behind words, not within a time or an address.
fn is_colon(text: &str, at: usize) -> bool {
    let next = text[at + 1..].chars().next();
    let in_number = next.is_some_and(|c| c.is_ascii_digit()) && text[..at].ends_with(|c: char| c.is_ascii_digit());
    !in_number && next != Some('/')
}

/// A dash with spaces round it, near a block's start.
fn is_dash(text: &str, at: usize, dash: char) -> bool {
    at < 40 && text[..at].ends_with(' ') && text[at + dash.len_utf8()..].starts_with(' ')
}
