//! Criteria → those that ask again what another asks: in other words, or as part of it (a degree beside a doctorate).

use crate::criteria::{Criterion, Verdict};
use crate::judge::Reading;
use crate::outline::Binding;
use crate::text::{Span, tokens};

/// Fewer words that mean something say too little to be called the same.
const LEAST: usize = 3;

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
    let all: Vec<(&Criterion, Vec<String>)> = criteria.iter().filter(must).map(|c| (c, words(c.span, reading))).collect();
    let mut again = Vec::new();
    for (n, (criterion, own)) in all.iter().enumerate() {
        let earlier = all[..n].iter().find(|(other, theirs)| {
            block(other) != block(criterion) && (same(own, theirs) || contains(other, criterion, reading) || contains(criterion, other, reading))
        });
        if let Some((first, _)) = earlier {
            again.push(Again { span: criterion.span, first: first.span });
        }
    }
    if again.len() > MOST { Vec::new() } else { again }
}

/// The words that mean something, without endings, each once.
fn words(span: Span, reading: Reading) -> Vec<String> {
    let text = reading.document.slice(span).to_lowercase();
    let mut words: Vec<String> = tokens(&text, 0).map(|t| stem(&text[t.range()]).to_owned()).filter(|w| !EMPTY.contains(&w.as_str())).collect();
    words.sort();
    words.dedup();
    words
}

/// Words of criteria of every kind.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "in",
    "to",
    "and",
    "or",
    "for",
    "with",
    "at",
    "on",
    "by",
    "from",
    "as",
    "be",
    "is",
    "are",
    "will",
    "have",
    "has",
    "ability",
    "able",
    "good",
    "excellent",
    "strong",
    "proven",
    "demonstrable",
    "demonstrated",
    "must",
    "you",
    "your",
    "s",
    "high",
    "level",
    "very",
    "effective",
    "effectively",
    "evidence",
    "both",
    "including",
    "essential",
    "required",
    "high",
    "well",
    "sound",
];

fn stem(word: &str) -> &str {
    let cut = ["ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "y"].iter().find_map(|e| word.strip_suffix(e).filter(|w| w.len() > 3));
    cut.unwrap_or(word)
}

/// Whether two criteria have all but few of their words in common.
fn same(a: &[String], b: &[String]) -> bool {
    let common = a.iter().filter(|w| b.contains(w)).count();
    common >= LEAST && common * 10 >= 8 * (a.len() + b.len() - common)
}

/// Whether one qualification holds the other: a doctorate a first degree, in the same field or in any.
fn contains(high: &Criterion, low: &Criterion, reading: Reading) -> bool {
    let field = |c: &Criterion| c.asked.field.map(|f| reading.document.slice(f).to_lowercase());
    let fields = (field(high), field(low));
    let fits = fields.1.is_none() || fields.0 == fields.1;
    fits && high.subject == low.subject && high.asked.level.zip(low.asked.level).is_some_and(|(high, low)| high > low)
}
