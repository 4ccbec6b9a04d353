//! What is being read: the document, its matching view, and the wordings.

use super::wordings::{Cue, Sign, WordMeans, Wordings};
use crate::document::Document;
use crate::text::{Folded, Span};

/// The document at hand.
#[derive(Clone, Copy)]
pub(super) struct Reading<'d> {
    pub(super) document: &'d Document,
    pub(super) folded: &'d Folded,
    pub(super) wordings: &'d Wordings,
}

impl<'d> Reading<'d> {
    /// What stands between a block's line start and its words: a typed bullet or number.
    pub(super) fn marker(&self, n: usize) -> &'d str {
        let blocks = self.document.blocks();
        let from = n.checked_sub(1).map_or(0, |p| blocks[p].span.end());
        let before = self.document.text().as_str().get(from..blocks[n].span.start()).unwrap_or("");
        before.rsplit('\n').next().unwrap_or("").trim()
    }

    /// The folded words of a span.
    pub(super) fn folded(&self, span: Span) -> &'d str {
        self.folded.as_str().get(self.folded.range_of(span)).unwrap_or("")
    }
}

/// What was found in the whole text, by kind, each in order of place.
#[derive(Default)]
pub(super) struct Words {
    pub(super) cues: Vec<(Span, Cue)>,
    pub(super) activities: Vec<(Span, u16)>,
    pub(super) traps: Vec<(Span, u16)>,
    pub(super) bodies: Vec<(Span, u16)>,
    pub(super) registrations: Vec<Span>,
    pub(super) signs: Vec<(Span, Sign)>,
    pub(super) senior_pay: bool,
    pub(super) sought: Vec<Span>,
    pub(super) alternatives: Vec<Span>,
    pub(super) conditions: Vec<Span>,
    pub(super) behaviour: Vec<Span>,
    pub(super) assessment: Vec<Span>,
    pub(super) levels: Vec<(Span, u8)>,
}

impl Words {
    /// Looks the text through, once.
    pub(super) fn find(reading: &Reading) -> Words {
        let mut words = Words::default();
        for found in reading.wordings.words.find(reading.folded) {
            match reading.wordings.word_means[found.phrase as usize] {
                WordMeans::Cue(cue) => words.cues.push((found.span, cue)),
                WordMeans::Activity(activity) => words.activities.push((found.span, activity)),
                WordMeans::ActivityTrap(activity) => words.traps.push((found.span, activity)),
                WordMeans::Body(role) => words.bodies.push((found.span, role)),
                WordMeans::Registration => words.registrations.push(found.span),
                WordMeans::Sign(sign) => words.signs.push((found.span, sign)),
                WordMeans::SeniorPay => words.senior_pay = true,
                WordMeans::Sought => words.sought.push(found.span),
                WordMeans::Alternatives => words.alternatives.push(found.span),
                WordMeans::Condition => words.conditions.push(found.span),
                WordMeans::Behaviour => words.behaviour.push(found.span),
                WordMeans::Assessment => words.assessment.push(found.span),
                WordMeans::Level(level) => words.levels.push((found.span, level)),
            }
        }
        words
    }
}
