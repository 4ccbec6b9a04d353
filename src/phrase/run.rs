//! The matcher at work: look up each word, verify the phrases it may belong to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::index::{Index, NUMBER, Target, hash};
use super::numbers;
use crate::text::{Folded, Span, Token, tokens};

/// One step of a phrase's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Op {
    /// These bytes of `strings`.
    Text {
        at: u32,
        len: u32,
    },
    /// The same, with a slash among them, which may have spaces round it.
    Slashed {
        at: u32,
        len: u32,
    },
    /// The rest of the word.
    Stem,
    Space,
    Joint,
    Gap,
    Number,
    Time,
    Day,
    List(u32),
    /// Go on here, or there.
    Split(u32),
    Jump(u32),
    Accept,
}

/// A phrase.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Phrase {
    /// Where its program starts.
    pub(super) start: u32,
    /// How many bytes of marks stand before its first word.
    pub(super) lead: u8,
    /// Which bytes it may begin with; most places are turned away by this alone.
    pub(super) first: FirstBytes,
    /// Hashes of the words it may begin with: a range of [`Matcher::heads`]; empty where it may be any.
    pub(super) heads: (u32, u32),
}

/// A set of first bytes: a bit for each letter, and one for all other bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FirstBytes(u32);

impl FirstBytes {
    pub(super) const ANY: FirstBytes = FirstBytes(u32::MAX);
    pub(super) const NONE: FirstBytes = FirstBytes(0);

    pub(super) fn of(byte: u8) -> FirstBytes {
        FirstBytes(1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 31 })
    }

    pub(super) fn or(self, other: FirstBytes) -> FirstBytes {
        FirstBytes(self.0 | other.0)
    }

    fn has(self, byte: Option<&u8>) -> bool {
        byte.is_some_and(|b| self.0 & FirstBytes::of(*b).0 != 0)
    }
}

/// A list: its members' programs, found by the hash of their first word where that is certain.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct List {
    pub(super) members: Vec<u32>,
    pub(super) first: Vec<(u32, u32)>,
    pub(super) general: Vec<u32>,
    /// The phrases that are looked up by it.
    pub(super) anchored: Vec<Target>,
}

impl List {
    /// Whether a member may begin with a word.
    fn may_begin(&self, word: Word) -> bool {
        let has = |key: u32| self.first.binary_search_by_key(&key, |(hash, _)| *hash).is_ok();
        !self.general.is_empty() || has(word.hash) || (word.number && has(NUMBER))
    }
}

/// A phrase that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Where, in the text that was folded.
    pub span: Span,
    /// Which, as numbered by [`super::Compiler::phrase`].
    pub phrase: u32,
}

/// A search for all of its phrases at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "super::stored::Stored", into = "super::stored::Stored")]
pub struct Matcher {
    pub(super) ops: Vec<Op>,
    pub(super) strings: String,
    pub(super) phrases: Vec<Phrase>,
    pub(super) lists: Vec<List>,
    pub(super) heads: Vec<u32>,
    pub(super) index: Index,
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
        self.phrases.is_empty()
    }

    /// All phrases in a text, overlapping ones too, each at a place once and as long as it can be there, and none within
    /// another place of its own; by place.
    pub fn find(&self, folded: &Folded) -> Vec<Found> {
        self.find_in(folded, 0..folded.as_str().len())
    }

    /// All phrases within a span of the text that was folded.
    pub fn find_within(&self, folded: &Folded, span: Span) -> Vec<Found> {
        self.find_in(folded, folded.range_of(span))
    }

    /// Whether any phrase stands within a span.
    pub fn any_within(&self, folded: &Folded, span: Span) -> bool {
        !self.find_within(folded, span).is_empty()
    }

    fn find_in(&self, folded: &Folded, within: std::ops::Range<usize>) -> Vec<Found> {
        let text = &folded.as_str()[..within.end];
        let words = tokens(&text[within.start..], within.start).map(|t| Word::new(t, text)).collect();
        let mut search = Search { matcher: self, text, from: within.start, words, raw: Vec::new(), spent: BTreeMap::new() };
        for n in 0..search.words.len() {
            let word = search.words[n];
            self.index.look_up(&text[word.token.range()], |target| search.met(n, target));
            if word.number {
                self.index.numbers.iter().for_each(|target| search.met(n, *target));
            }
        }
        let mut raw = outermost(search.raw);
        raw.sort_unstable();
        raw.into_iter().map(|(start, end, phrase)| Found { span: folded.to_source(start..end), phrase }).collect()
    }
}

/// Matches of a phrase without those that lie within another of the same phrase: “5 years” in “3-5 years”.
fn outermost(mut raw: Vec<(usize, usize, u32)>) -> Vec<(usize, usize, u32)> {
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

/// A word of a text.
#[derive(Clone, Copy)]
struct Word {
    token: Token,
    hash: u32,
    /// Whether it is a number, in digits or words.
    number: bool,
}

impl Word {
    fn new(token: Token, text: &str) -> Word {
        let word = &text[token.range()];
        Word { token, hash: hash(word), number: numbers::is_number(word) }
    }

    fn is_among(self, heads: &[u32]) -> bool {
        heads.binary_search(&self.hash).is_ok() || (self.number && heads.binary_search(&NUMBER).is_ok())
    }
}

/// A pass over a text.
struct Search<'m> {
    matcher: &'m Matcher,
    text: &'m str,
    /// No match starts before this byte.
    from: usize,
    words: Vec<Word>,
    /// Start, end and phrase of each match, in folded bytes.
    raw: Vec<(usize, usize, u32)>,
    /// Steps that dear attempts took, by phrase or list.
    spent: BTreeMap<u32, u32>,
}

impl Search<'_> {
    /// The word `n` is an anchor of a target.
    fn met(&mut self, n: usize, target: Target) {
        let covers = self.words[n].token.end as usize;
        let Some(list) = target.list() else { return self.verify(n, target, covers) };
        let matcher = self.matcher;
        if self.is_spent(target.id) {
            return;
        }
        for start in self.starts(n, target) {
            if !matcher.lists[list as usize].may_begin(self.words[start]) {
                continue;
            }
            let at = self.words[start].token.start as usize;
            let mut run = self.run(at);
            let stands = run.list_ends(list as usize, at).iter().any(|end| *end >= covers);
            let took = FUEL - run.fuel;
            self.spend(target.id, took);
            if stands {
                for target in &matcher.lists[list as usize].anchored {
                    self.verify(start, *target, covers);
                }
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
        let phrase = self.matcher.phrases[target.id as usize];
        let heads = &self.matcher.heads[phrase.heads.0 as usize..phrase.heads.1 as usize];
        for first in self.starts(n, target) {
            let word = self.words[first];
            if !heads.is_empty() && !word.is_among(heads) {
                continue;
            }
            let Some(start) = (word.token.start as usize).checked_sub(phrase.lead as usize).filter(|s| *s >= self.from) else { continue };
            if !phrase.first.has(self.text.as_bytes().get(start)) || !self.text.is_char_boundary(start) {
                continue;
            }
            let mut run = self.run(start);
            let end = run.longest(phrase.start as usize, start);
            let took = FUEL - run.fuel;
            self.spend(target.id, took);
            if let Some(end) = end.filter(|e| *e >= covers) {
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

    fn run(&self, start: usize) -> Run<'_> {
        Run { matcher: self.matcher, text: self.text, start, fuel: FUEL, depth: 0 }
    }
}

/// One attempt at one place.
struct Run<'m> {
    matcher: &'m Matcher,
    text: &'m str,
    start: usize,
    fuel: u32,
    depth: u32,
}

impl Run<'_> {
    /// The longest way to go on from op `pc` at byte `at`.
    fn longest(&mut self, mut pc: usize, mut at: usize) -> Option<usize> {
        loop {
            self.fuel = self.fuel.checked_sub(1)?;
            match self.matcher.ops[pc] {
                Op::Text { at: from, len } => {
                    let wanted = &self.matcher.strings.as_bytes()[from as usize..(from + len) as usize];
                    // Most attempts fail at the first byte; a call to compare memory would cost more than the rest.
                    let here = &self.text.as_bytes()[at..];
                    if here.first() != wanted.first() || !here.starts_with(wanted) {
                        return None;
                    }
                    at += len as usize;
                }
                Op::Slashed { at: from, len } => {
                    let wanted = &self.matcher.strings[from as usize..(from + len) as usize];
                    at = self.slashed_end(wanted, at)?;
                }
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
                Op::Day => return self.best(pc + 1, numbers::day_end(self.text, at).into_iter().collect()),
                Op::List(list) => {
                    let ends = self.list_ends(list as usize, at);
                    return self.best(pc + 1, ends);
                }
            }
            pc += 1;
        }
    }

    /// Whether the op `pc` is text that differs in its first byte, as most branches of a choice do; no call is spent on it.
    fn fails_at_once(&self, pc: usize, at: usize) -> bool {
        let Op::Text { at: from, len } = self.matcher.ops[pc] else { return false };
        let Some(&wanted) = self.matcher.strings.as_bytes().get(from as usize) else { return false };
        len > 0 && wanted != b'/' && self.text.as_bytes().get(at) != Some(&wanted)
    }

    fn best(&mut self, pc: usize, ends: Vec<usize>) -> Option<usize> {
        ends.into_iter().filter_map(|end| self.longest(pc, end)).max()
    }

    /// White space, or none where the word before has just ended: at the phrase's start, after a space, between “5” and “yrs”.
    fn space_end(&self, at: usize) -> Option<usize> {
        let spaces = blank(&self.text[at..]);
        let before = self.text[..at].chars().next_back();
        let settled = at == self.start || before.is_some_and(|c| c == ' ' || c == '\t');
        let unit = before.is_some_and(|c| c.is_ascii_digit() || c == '+') && self.text[at..].starts_with(|c: char| c.is_alphabetic());
        (spaces > 0 || settled || unit).then_some(at + spaces)
    }

    /// A stretch of text with a slash in it, which may have spaces round it.
    fn slashed_end(&self, wanted: &str, at: usize) -> Option<usize> {
        if let Some(rest) = self.text[at..].strip_prefix(wanted) {
            return Some(self.text.len() - rest.len());
        }
        let (left, right) = wanted.split_once('/')?;
        let rest = self.text[at..].strip_prefix(left)?;
        let rest = rest[blank(rest)..].strip_prefix('/')?;
        let at = self.text.len() - rest.len();
        self.slashed_end(right, at + blank(rest))
    }

    fn joint(&mut self, pc: usize, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let spaces = blank(rest);
        let after = &rest[spaces..];
        let mut ways = vec![at, at + spaces];
        if let Some(hyphen) = after.strip_prefix('-') {
            ways.push(at + spaces + 1 + blank(hyphen));
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

    fn list_ends(&mut self, list: usize, at: usize) -> Vec<usize> {
        if self.depth > 4 {
            return Vec::new();
        }
        let matcher = self.matcher;
        let list = &matcher.lists[list];
        let mut ends = Vec::new();
        self.depth += 1;
        let first = tokens(&self.text[at..], at).next().filter(|t| t.start as usize == at);
        if let Some(word) = first.map(|t| Word::new(t, self.text)) {
            for key in [Some(word.hash), word.number.then_some(NUMBER)].into_iter().flatten() {
                let from = list.first.partition_point(|(h, _)| *h < key);
                for (_, member) in list.first[from..].iter().take_while(|(h, _)| *h == key) {
                    ends.extend(self.longest(list.members[*member as usize] as usize, at));
                }
            }
        }
        for member in &list.general {
            ends.extend(self.longest(list.members[*member as usize] as usize, at));
        }
        self.depth -= 1;
        ends.sort_unstable_by(|a, b| b.cmp(a));
        ends.dedup();
        ends
    }
}

/// Spaces at the start: a line break ends a block, and no phrase goes on past it.
fn blank(text: &str) -> usize {
    text.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

fn word_rest(text: &str) -> usize {
    text.find(|c: char| !c.is_alphabetic() && c != '_').unwrap_or(text.len())
}

/// Whether a word may end (or begin) here.
fn is_boundary(text: &str, at: usize) -> bool {
    let class = |c: char| if c.is_alphabetic() || c == '_' { 1 } else { u8::from(c.is_numeric()) * 2 };
    let before = text[..at].chars().next_back().map_or(0, class);
    let after = text[at..].chars().next().map_or(0, class);
    before == 0 || before != after
}
