//! Criteria → those that ask again what another asks: in other words, or as part of it (a degree beside a doctorate).

use crate::criteria::{Criterion, Verdict, alike, words};
use crate::judge::Reading;
use crate::outline::Binding;
use crate::text::Span;

/// From this share of words in common on, two criteria are the same in other words.
const SAME: f64 = 0.8;

/// A document that repeats more than these speaks of several posts, or of several levels of one.
const MOST: usize = 3;

/// A criterion that asks again what an earlier one asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Again {
    pub(super) span: Span,
    pub(super) first: Span,
}

/// The must-haves that ask again, each once.
pub(super) fn repeated(criteria: &[Criterion], reading: Reading) -> Vec<Again> {
    let block = |c: &Criterion| reading.outline.statements[c.statement as usize].block;
    // Ways into one criterion may sound alike.
    let must = |c: &&Criterion| c.binding == Binding::Mandatory && c.verdict != Verdict::Open;
    let all: Vec<(&Criterion, Vec<String>)> = criteria.iter().filter(must).map(|c| (c, words(reading.document.slice(c.span)))).collect();
    let mut again = Vec::new();
    for (n, (criterion, own)) in all.iter().enumerate() {
        let earlier = all[..n].iter().find(|(other, theirs)| {
            block(other) != block(criterion) && (alike(own, theirs) >= SAME || contains(other, criterion, reading) || contains(criterion, other, reading))
        });
        if let Some((first, _)) = earlier {
            again.push(Again { span: criterion.span, first: first.span });
        }
    }
    if again.len() > MOST { Vec::new() } else { again }
}

/// Whether one qualification holds the other: a doctorate a first degree, in the same field or in any.
fn contains(high: &Criterion, low: &Criterion, reading: Reading) -> bool {
    let field = |c: &Criterion| c.asked.field.map(|f| reading.document.slice(f).to_lowercase());
    let fields = (field(high), field(low));
    let fits = fields.1.is_none() || fields.0 == fields.1;
    fits && high.subject == low.subject && high.asked.level.zip(low.asked.level).is_some_and(|(high, low)| high > low)
}
