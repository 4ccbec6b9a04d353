//! The matcher at work: look up each word, verify the phrases it may belong to.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use smallvec::smallvec;

use super::index::{Index, Target};
use super::numbers::{self, Ends};
use super::parse::Edges;
use super::program::{List, Lists, Op, Phrase};
use super::stored::{Bytes, Part, Table};
use crate::text::{Folded, NUMBER, Place, Span, Word, is_boundary, tokens};

/// A phrase that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Where, in the text that was folded.
    pub span: Span,
    /// Which, as numbered by [`super::Compiler::phrase`].
    pub phrase: u32,
}

/// A search for all of its phrases at once.
#[derive(Clone, Debug, Default)]
#[cfg_attr(not(feature = "small"), derive(serde::Serialize, serde::Deserialize), serde(bound(deserialize = "'de: 'static")))]
pub struct Matcher {
    #[cfg(feature = "small")]
    pub(super) source: super::source::Source,
    pub(super) ops: Table<Op, 2>,
    pub(super) strings: Bytes,
    pub(super) phrases: Table<Phrase, 8>,
    pub(super) lists: Lists,
    pub(super) heads: Table<u32, 1>,
    pub(super) index: Index,
    /// Tells its finds in a text from those of other matchers.
    #[cfg_attr(not(feature = "small"), serde(skip, default = "number"))]
    pub(super) number: u64,
}

/// Another one each time.
pub(super) fn number() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// How many words a `...` may skip.
const GAP_WORDS: usize = 6;
/// Steps after which a phrase gives up at a place: a house rule must not hang the linter.
const FUEL: u32 = 20_000;
/// Steps that are worth counting, and those after which a phrase is looked for no further in a text: one that could stand in
/// many ways at every word would else take minutes over a long one. Our own phrases take a few steps.
const DEAR: u32 = 2_000;
const MOST_STEPS: u32 = 5_000_000;

impl Matcher {
    /// How many phrases it knows.
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All phrases in a text, overlapping ones too, each at a place once and as long as it can be there, and none within
    /// another place of its own; by place.
    pub fn find(&self, folded: &Folded) -> Vec<Found> {
        spans(folded.found(self.number, |lines| self.places(folded, lines)), folded)
    }

    /// All phrases within a span of the text that was folded.
    pub fn find_within(&self, folded: &Folded, span: Span) -> Vec<Found> {
        let range = folded.range_of(span);
        spans(folded.found_within(self.number, range.clone(), || self.places(folded, range.clone())), folded)
    }

    /// Whether any phrase stands within a span.
    pub fn any_within(&self, folded: &Folded, span: Span) -> bool {
        !self.find_within(folded, span).is_empty()
    }

    /// Start, end and phrase of each match within a range of the folded text, by place.
    fn places(&self, folded: &Folded, within: std::ops::Range<usize>) -> Vec<Place> {
        let text = &folded.as_str()[..within.end];
        let words = folded.words_in(within.clone());
        let mut search = Search { matcher: self, text, from: within.start, words: &words, raw: Vec::new(), spent: BTreeMap::new(), known: Known::default() };
        for (n, word) in words.iter().enumerate() {
            self.index.look_up(*word, text, |target| search.met(n, target));
        }
        let mut raw = outermost(search.raw);
        raw.sort_unstable();
        raw
    }
}

/// Places of the folded text as spans of the text that was folded.
fn spans(places: Vec<Place>, folded: &Folded) -> Vec<Found> {
    places.into_iter().map(|(start, end, phrase)| Found { span: folded.to_source(start..end), phrase }).collect()
}

impl Lists {
    /// Whether a member may begin with a word.
    fn may_begin(&self, list: List, word: Word) -> bool {
        !list.general.is_empty() || self.first.has(list.first, |f| f.hash, keys(word))
    }
}

/// What tables of first words know a word by: its own hash, and that of any number.
fn keys(word: Word) -> impl Iterator<Item = u32> {
    [Some(word.hash), word.is_number().then_some(NUMBER)].into_iter().flatten()
}

/// Matches of a phrase without those that lie within another of the same phrase: “5 years” in “3-5 years”.
fn outermost(mut raw: Vec<Place>) -> Vec<Place> {
    raw.sort_unstable_by_key(|(start, end, phrase)| (*phrase, *start, std::cmp::Reverse(*end)));
    let mut last: Option<(u32, usize)> = None;
    raw.retain(|(_, end, phrase)| {
        let inside = last.is_some_and(|(p, covered)| p == *phrase && *end <= covered);
        if !inside {
            last = Some((*phrase, *end));
        }
        !inside
    });
    raw
}

/// A pass over a text.
struct Search<'m> {
    matcher: &'m Matcher,
    text: &'m str,
    /// No match starts before this byte.
    from: usize,
    words: &'m [Word],
    /// Start, end and phrase of each match, in folded bytes.
    raw: Vec<Place>,
    /// Steps that dear attempts took, by phrase or list.
    spent: BTreeMap<u32, u32>,
    known: Known,
}

/// Where members of a list end that begin at some place, for the lists and places that were asked about last: what is looked
/// up by a list, and what goes on with it, asks again.
#[derive(Default)]
struct Known {
    /// By list and place, each pair in a slot of its own or another's.
    slots: [Option<(u32, usize, Ends)>; KNOWN],
}

/// How many answers are kept; a power of two.
const KNOWN: usize = 16;

impl Known {
    fn slot(&mut self, list: u32, at: usize) -> &mut Option<(u32, usize, Ends)> {
        &mut self.slots[(list as usize).wrapping_mul(7).wrapping_add(at) % KNOWN]
    }

    fn get(&mut self, list: u32, at: usize) -> Option<Ends> {
        self.slot(list, at).as_ref().filter(|(l, a, _)| (*l, *a) == (list, at)).map(|(_, _, ends)| ends.clone())
    }
}

impl Search<'_> {
    /// The word `n` is an anchor of a target.
    fn met(&mut self, n: usize, target: Target) {
        if !target.may_stand(self.words, n) || self.is_spent(target.id) {
            return;
        }
        let covers = self.words[n].end();
        let Some(number) = target.list() else { return self.verify(n, target, covers) };
        let lists = &self.matcher.lists;
        let list = lists.lists.get(number as usize);
        for start in self.starts(n, target) {
            let at = self.words[start].start();
            if !lists.may_begin(list, self.words[start]) {
                continue;
            }
            let mut run = self.run(at);
            let stands = run.ends(number, at).iter().any(|end| *end >= covers);
            let took = FUEL - run.fuel;
            self.spend(target.id, took);
            if stands {
                let words = self.words;
                lists.anchored.part(list.anchored).filter(|target| target.may_stand(words, start)).for_each(|target| self.verify(start, target, covers));
            }
        }
    }

    /// Where a target may begin, as words, whose anchor is the word `n`; the farthest first.
    fn starts(&self, n: usize, target: Target) -> std::ops::Range<usize> {
        let farthest = n.saturating_sub(target.max as usize);
        farthest..(n + 1).saturating_sub(target.min as usize).max(farthest)
    }

    /// Verifies a phrase whose anchor is the word `n` (or a list that begins there), to its end behind byte `covers`.
    fn verify(&mut self, n: usize, target: Target, covers: usize) {
        if self.is_spent(target.id) {
            return;
        }
        let phrase = self.matcher.phrases.get(target.id as usize);
        for first in self.starts(n, target) {
            if !phrase.opening.may_stand(self.words, first) || !(target.max == 0 || self.may_head(phrase, self.words[first])) {
                continue;
            }
            let start = self.words[first].start().checked_sub(phrase.lead as usize);
            let Some(start) = start.filter(|s| *s >= self.from && self.text.is_char_boundary(*s)) else { continue };
            let mut run = self.run(start);
            let end = run.longest(phrase.start as usize, start);
            let took = FUEL - run.fuel;
            self.spend(target.id, took);
            if let Some(end) = end.filter(|e| *e >= covers && stands_at(phrase.edges, &self.text[self.from..], start - self.from..*e - self.from)) {
                self.raw.push((start, end, target.id));
                break;
            }
        }
    }

    /// Whether a phrase, or a list, has taken more than any should.
    fn is_spent(&self, id: u32) -> bool {
        self.spent.get(&id).is_some_and(|steps| *steps > MOST_STEPS)
    }

    fn spend(&mut self, id: u32, steps: u32) {
        if steps > DEAR {
            *self.spent.entry(id).or_insert(0) += steps;
        }
    }

    fn may_head(&self, phrase: Phrase, word: Word) -> bool {
        phrase.heads.is_empty() || self.matcher.heads.has(phrase.heads, |head| head, keys(word))
    }

    fn run(&mut self, start: usize) -> Run<'_> {
        Run { matcher: self.matcher, text: self.text, words: self.words, start, fuel: FUEL, depth: 0, known: &mut self.known }
    }
}

/// One attempt at one place.
struct Run<'m> {
    matcher: &'m Matcher,
    text: &'m str,
    words: &'m [Word],
    start: usize,
    fuel: u32,
    depth: u32,
    known: &'m mut Known,
}

impl Run<'_> {
    /// The longest way to go on from op `pc` at byte `at`.
    fn longest(&mut self, mut pc: usize, mut at: usize) -> Option<usize> {
        loop {
            self.fuel = self.fuel.checked_sub(1)?;
            match self.matcher.ops.get(pc) {
                Op::Text { part, first } => {
                    let here = &self.text.as_bytes()[at..];
                    if here.first() != Some(&first) {
                        return None;
                    }
                    let wanted = &self.matcher.strings.as_slice()[part.range()];
                    if !here.starts_with(wanted) {
                        return None;
                    }
                    at += wanted.len();
                }
                Op::Slashed(part) => at = self.slashed_end(&self.matcher.strings.as_slice()[part.range()], at)?,
                Op::Stem => at += word_rest(&self.text[at..]),
                Op::Space => at = self.space_end(at)?,
                Op::Jump(to) => {
                    pc = to as usize;
                    continue;
                }
                Op::Accept => return is_boundary(self.text, at).then_some(at),
                Op::Split(to) if self.fails_at_once(pc + 1, at) => {
                    pc = to as usize;
                    continue;
                }
                Op::Split(to) => {
                    let here = self.longest(pc + 1, at);
                    return here.max(self.longest(to as usize, at));
                }
                Op::Joint => return self.joint(pc + 1, at),
                Op::Gap => return self.gap(pc + 1, at),
                Op::Number => return self.best(pc + 1, numbers::number_ends(self.text, at)),
                Op::Time => return self.best(pc + 1, numbers::time_ends(self.text, at)),
                Op::Word => at += any_word(&self.text[at..])?,
                Op::Day => return self.best(pc + 1, numbers::day_end(self.text, at)),
                Op::List(list) => {
                    let ends = self.ends(list, at);
                    return self.best(pc + 1, ends);
                }
            }
            pc += 1;
        }
    }

    /// Whether the op `pc` is text that differs in its first byte, as most branches of a choice do; no call is spent on it.
    fn fails_at_once(&self, pc: usize, at: usize) -> bool {
        let Op::Text { first, .. } = self.matcher.ops.get(pc) else { return false };
        self.text.as_bytes().get(at) != Some(&first)
    }

    fn best(&mut self, pc: usize, ends: impl IntoIterator<Item = usize>) -> Option<usize> {
        ends.into_iter().filter_map(|end| self.longest(pc, end)).max()
    }

    /// White space, or none where the word before has just ended: at the phrase's start, after a space, between “5” and “yrs”.
    fn space_end(&self, at: usize) -> Option<usize> {
        let spaces = blank(&self.text.as_bytes()[at..]);
        let before = self.text[..at].chars().next_back();
        let settled = at == self.start || before.is_some_and(|c| c == ' ' || c == '\t');
        let unit = before.is_some_and(|c| c.is_ascii_digit() || c == '+') && self.text[at..].starts_with(|c: char| c.is_alphabetic());
        (spaces > 0 || settled || unit).then_some(at + spaces)
    }

    /// A stretch of text with a slash in it, which may have spaces round it.
    fn slashed_end(&self, wanted: &[u8], at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..];
        if rest.starts_with(wanted) {
            return Some(at + wanted.len());
        }
        let slash = wanted.iter().position(|b| *b == b'/')?;
        let rest = rest.strip_prefix(&wanted[..slash])?;
        let before = blank(rest);
        let rest = rest[before..].strip_prefix(b"/")?;
        self.slashed_end(&wanted[slash + 1..], at + slash + before + 1 + blank(rest))
    }

    fn joint(&mut self, pc: usize, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let spaces = blank(rest.as_bytes());
        let after = &rest[spaces..];
        let mut ways: Ends = smallvec![at, at + spaces];
        if let Some(hyphen) = after.strip_prefix('-') {
            ways.push(at + spaces + 1 + blank(hyphen.as_bytes()));
        }
        ways.dedup();
        self.best(pc, ways)
    }

    fn gap(&mut self, pc: usize, at: usize) -> Option<usize> {
        // “meet ... friday” is no “meeting on Friday”.
        if !is_boundary(self.text, at) {
            return None;
        }
        let rest = &self.text[at..];
        let mut here = at;
        let mut skipped = 0;
        for token in tokens(rest, at).take(4 * GAP_WORDS) {
            let between = &self.text[here..token.start as usize];
            if between.contains(['\n', ';']) || between.contains(". ") || between.contains("! ") || between.contains("? ") {
                return None;
            }
            let starts_word = between.contains([' ', '(', ',', '/', '"']);
            if starts_word {
                if let Some(end) = self.longest(pc, token.start as usize) {
                    return Some(end);
                }
                skipped += 1;
                if skipped > GAP_WORDS {
                    return None;
                }
            }
            here = token.end as usize;
        }
        None
    }

    /// Where a list's members may end that begin at byte `at`, the farthest first.
    fn ends(&mut self, number: u32, at: usize) -> Ends {
        if self.depth > 0 {
            return self.ends_anew(number, at);
        }
        if let Some(ends) = self.known.get(number, at) {
            return ends;
        }
        let ends = self.ends_anew(number, at);
        // What was given up for want of steps is no answer.
        if self.fuel > 0 {
            *self.known.slot(number, at) = Some((number, at, ends.clone()));
        }
        ends
    }

    fn ends_anew(&mut self, number: u32, at: usize) -> Ends {
        let mut ends = Ends::new();
        if self.depth > 4 {
            return ends;
        }
        self.depth += 1;
        let lists = &self.matcher.lists;
        let list = lists.lists.get(number as usize);
        let next = self.words.partition_point(|w| w.end() <= at);
        // Behind what is glued to it a member may begin within a word, of which nothing is known beforehand.
        let cut = self.words.get(next).is_some_and(|w| w.start() < at);
        let first = if cut { tokens(&self.text[at..], at).next().map(|t| Word::new(t, self.text)) } else { self.words.get(next).copied() };
        let mut verify = |member: u32| {
            let member = lists.members.get(member as usize);
            if cut || member.opening.may_stand(self.words, next) {
                ends.extend(self.longest(member.start as usize, at));
            }
        };
        for key in first.filter(|w| w.start() == at).into_iter().flat_map(keys) {
            let from = lists.first.first_not(list.first, |f| f.hash < key);
            let of_key = lists.first.part(Part { from, ..list.first }).take_while(|f| f.hash == key);
            of_key.for_each(|f| verify(f.member));
        }
        lists.general.part(list.general).for_each(verify);
        self.depth -= 1;
        ends.sort_unstable_by(|a, b| b.cmp(a));
        ends.dedup();
        ends
    }
}

/// Spaces at the start: a line break ends a block, and no phrase goes on past it.
fn blank(text: &[u8]) -> usize {
    text.iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

/// Whether a match stands at the edges of its sentence that it must stand at.
fn stands_at(edges: Edges, text: &str, found: std::ops::Range<usize>) -> bool {
    let mut before = text[..found.start].chars().rev().take_while(|c| *c != '\n').filter(|c| !c.is_whitespace());
    let after = &text[found.end..];
    let opens = !edges.first || before.find(|c| c.is_alphanumeric() || is_stop(*c)).is_none_or(is_stop);
    let behind = &after[blank(after.as_bytes())..];
    opens
        && (!edges.last
            || behind.starts_with('\n')
            || behind.is_empty()
            || behind.strip_prefix(is_stop).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// What ends a sentence, or a member of a list that is written as one.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | ';' | '!' | '?')
}

/// The bytes of one word, and of what is joined to it.
fn any_word(text: &str) -> Option<usize> {
    let is_joint = |c: char| matches!(c, '-' | '/' | '&' | '\'');
    let end = text.find(|c: char| !c.is_alphanumeric() && !is_joint(c)).unwrap_or(text.len());
    let word = text[..end].trim_end_matches(is_joint);
    word.starts_with(char::is_alphanumeric).then_some(word.len())
}

fn word_rest(text: &str) -> usize {
    text.find(|c: char| !c.is_alphabetic() && c != '_').unwrap_or(text.len())
}
