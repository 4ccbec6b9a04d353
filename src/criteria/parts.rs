//! A statement and the judgements in it → its parts, one for each thing it asks: “a degree and five years in practice” is two.

use super::weight;
use crate::judge::{Judgement, Reading};
use crate::text::Span;

/// Words that ask one thing, and what rules made of them.
pub(super) struct Part<'j, 'r> {
    pub(super) span: Span,
    /// The judgement that tells.
    pub(super) told: Option<&'j Judgement<'r>>,
    /// All of them.
    pub(super) judgements: Vec<&'j Judgement<'r>>,
}

/// What may stand between two things asked, the strongest first; the second begins behind it.
const LINKS: [&str; 9] = ["; ", ", and ", " and ", " plus ", " together with ", " with ", ", ", " & ", " ("];

/// What stands between two ways to meet one criterion.
const OR: [&str; 3] = [" or ", " and/or ", "/"];

/// The parts of a statement; judgements in order of place.
pub(super) fn parts<'j, 'r>(statement: Span, judgements: &[&'j Judgement<'r>], reading: Reading) -> Vec<Part<'j, 'r>> {
    let mut parts: Vec<Part> = Vec::new();
    // Wording that cannot be assessed stands in criteria of every kind, so it tells only where nothing else does.
    for judgement in judgements.iter().filter(|j| !j.rule.unassessable) {
        match parts.last_mut().filter(|p| is_same(p, judgement, reading)) {
            Some(part) => part.add(judgement),
            None => parts.push(Part { span: judgement.span, told: Some(judgement), judgements: vec![judgement] }),
        }
    }
    if parts.is_empty() {
        let told = judgements.iter().copied().max_by_key(|j| j.span.len());
        return vec![Part { span: statement, told, judgements: judgements.to_vec() }];
    }
    spread(&mut parts, statement, reading);
    parts
}

impl<'j, 'r> Part<'j, 'r> {
    fn add(&mut self, judgement: &'j Judgement<'r>) {
        let key = |j: &Judgement| (weight(j), j.span.len());
        if self.told.is_none_or(|told| key(judgement) > key(told)) {
            self.told = Some(judgement);
        }
        self.span = Span::of(self.span.start()..self.span.end().max(judgement.span.end()));
        self.judgements.push(judgement);
    }
}

/// Whether a judgement speaks of what a part asks: the same words, the same rule, or another way to the same.
fn is_same(part: &Part, judgement: &Judgement, reading: Reading) -> bool {
    if judgement.span.start() < part.span.end() {
        return true;
    }
    let gap = reading.document.slice(Span::of(part.span.end()..judgement.span.start()));
    let rule = part.told.is_some_and(|told| told.rule.id == judgement.rule.id);
    rule && !gap.contains("; ") || OR.iter().any(|or| gap.contains(or)) && gap.len() < 60
}

/// Gives every word of the statement to a part: one begins behind the link before it. Those with nothing between them
/// (“five years' experience in the NHS”) share their words.
fn spread(parts: &mut [Part], statement: Span, reading: Reading) {
    let (mut first, mut from) = (0, statement.start());
    for n in 0..parts.len() {
        let to = match parts.get(n + 1) {
            Some(next) => {
                let gap = Span::of(parts[n].span.end()..next.span.start());
                match cut(reading.document.slice(gap)) {
                    Some(at) => gap.start() + at,
                    None => continue,
                }
            }
            None => statement.end(),
        };
        let span = trimmed(Span::of(from..to), reading);
        parts[first..=n].iter_mut().for_each(|p| p.span = span);
        (first, from) = (n + 1, to);
    }
}

/// Where between two things the second begins: behind the last link of the strongest kind.
fn cut(gap: &str) -> Option<usize> {
    LINKS.iter().find_map(|link| gap.rfind(link).map(|at| at + link.len() - usize::from(link.ends_with('('))))
}

/// Without the link and the punctuation at its ends.
fn trimmed(span: Span, reading: Reading) -> Span {
    let text = reading.document.slice(span);
    let mut bare = text.trim().trim_end_matches([',', ';']).trim_end();
    for link in [" and", " plus", " together with", " with", " &"] {
        bare = bare.strip_suffix(link).map_or(bare, |b| b.trim_end_matches(',').trim_end());
    }
    let start = span.start() + (text.len() - text.trim_start().len());
    if bare.is_empty() { span } else { Span::of(start..start + bare.len()) }
}
