//! Criteria → those that ask again what another asks: in other words, or as part of it (a degree beside a doctorate).

use std::collections::BTreeMap;

use crate::criteria::{Criterion, Verdict, share, words};
use crate::judge::Reading;
use crate::outline::Binding;
use crate::text::Span;

/// From this share of words in common on, two criteria are the same in other words.
const SAME: f64 = 0.8;

/// How many criteria before it a criterion is held against, word by word, so that the cost does not grow with their number.
const NEAR: usize = 200;

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
    let musts: Vec<&Criterion> = criteria.iter().filter(|c| c.binding == Binding::Mandatory && c.verdict != Verdict::Open).collect();
    let said: Vec<Vec<String>> = musts.iter().map(|c| words(reading.document.slice(c.span))).collect();
    let levelled: Vec<usize> = (0..musts.len()).filter(|n| musts[*n].asked.level.is_some()).collect();
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut again = Vec::new();
    for (n, own) in said.iter().enumerate() {
        let same = same(own, &said, &by_word).filter(|other| block(musts[*other]) != block(musts[n])).min();
        let either = |a: &Criterion, b: &Criterion| contains(a, b, reading) || contains(b, a, reading);
        let mut earlier = levelled.iter().copied().take_while(|other| *other < n && musts[n].asked.level.is_some());
        let held = earlier.find(|other| block(musts[*other]) != block(musts[n]) && either(musts[*other], musts[n]));
        if let Some(first) = same.into_iter().chain(held).min() {
            again.push(Again { span: musts[n].span, first: musts[first].span });
            if again.len() > MOST {
                return Vec::new();
            }
        }
        own.iter().for_each(|word| by_word.entry(word).or_default().push(n));
    }
    again
}

/// Earlier criteria that have all but few of their words in common with these. Only those that share one are looked at.
fn same<'s>(own: &'s [String], said: &'s [Vec<String>], by_word: &BTreeMap<&str, Vec<usize>>) -> impl Iterator<Item = usize> + 's {
    let mut common: BTreeMap<usize, usize> = BTreeMap::new();
    // Of words that many criteria have, the latest stand for all: a list that says the same all along is no repetition.
    let sharing = own.iter().filter_map(|word| by_word.get(word.as_str())).flat_map(|numbers| numbers.iter().rev().take(NEAR));
    sharing.for_each(|n| *common.entry(*n).or_insert(0) += 1);
    common.into_iter().filter(|(n, common)| share(*common, own.len(), said[*n].len()) >= SAME || holds_the_other(*common, own, &said[*n])).map(|(n, _)| n)
}

/// Whether one criterion says all that the other says, and little more: “Experience of Python” beside “Strong experience of Python
/// and SQL”. Words that every other criterion has don't count.
fn holds_the_other(common: usize, a: &[String], b: &[String]) -> bool {
    const LITTLE: usize = 3;
    /// Letters of a word that says by itself what is asked.
    const TELLING: usize = 6;
    let shorter = if a.len() <= b.len() { a } else { b };
    let telling: Vec<&String> = shorter.iter().filter(|w| !PLAIN.contains(&w.as_str())).collect();
    let says_enough = telling.len() >= 2 || telling.len() == 1 && telling[0].len() >= TELLING && a.len().max(b.len()) <= shorter.len() + 1;
    common == shorter.len() && says_enough && a.len().abs_diff(b.len()) <= LITTLE
}

/// What criteria begin with, without endings.
const PLAIN: [&str; 9] = ["experience", "experienc", "knowledge", "understand", "skill", "can", "previou", "own", "work"];

/// Whether one qualification holds the other: a doctorate a first degree, in the same field or in any.
fn contains(high: &Criterion, low: &Criterion, reading: Reading) -> bool {
    let field = |c: &Criterion| c.asked.field.map(|f| reading.document.slice(f).to_lowercase());
    let fields = (field(high), field(low));
    let fits = fields.1.is_none() || fields.0 == fields.1;
    fits && high.subject == low.subject && high.asked.level.zip(low.asked.level).is_some_and(|(high, low)| high > low)
}
