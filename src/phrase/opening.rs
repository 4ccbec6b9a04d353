//! Phrase trees → [`Opening`]s: which words may stand at a phrase's first places, so that most places of a text are turned
//! away by a few words' hashes, without a look at the text.

use super::anchor::Range;
use super::numbers::{self, TIME_WORDS};
use super::parse::Node;
use crate::text::{Word, hash, tokens};

/// How many words are looked at.
pub(super) const PLACES: usize = 4;
/// How many spellings of a hyphened word are listed.
const MOST_SPELLINGS: usize = 64;

/// For each of the first places the words that may stand there, a bit for the words of some hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening(pub(super) [u32; PLACES]);

/// Any word, or none at all.
const ANY: u32 = u32::MAX;
/// The bit for any number.
const NUMBER_BIT: u32 = 1 << 31;

/// A word's bit, and that for numbers where it is one.
fn bits(word: Word) -> u32 {
    bit(word.hash) | if word.is_number() { NUMBER_BIT } else { 0 }
}

/// Whether a word, or none, is one that a set of bits allows.
fn allows(set: u32, word: Option<&Word>) -> bool {
    set == ANY || word.is_some_and(|w| set & bits(*w) != 0)
}

fn bit(hash: u32) -> u32 {
    1 << (hash % 31)
}

impl Opening {
    /// Which words may stand beside the one that so many words may stand before.
    pub(super) fn beside(self, before: Range) -> Beside {
        let place = |n: usize| self.0.get(n).copied().unwrap_or(ANY);
        let places = usize::from(before.min)..=usize::from(before.max.min(before.min.saturating_add(8)));
        let far = before.max > before.min.saturating_add(8);
        let all = |shift: usize| if far { ANY } else { places.clone().fold(0, |set, n| set | (n + shift).checked_sub(1).map_or(ANY, place)) };
        Beside { before: all(0), after: all(2) }
    }

    /// Whether a phrase may begin with the word `first`.
    pub(super) fn may_stand(&self, words: &[Word], first: usize) -> bool {
        let here = words.get(first..).unwrap_or_default();
        self.0.iter().enumerate().all(|(n, set)| allows(*set, here.get(n)))
    }
}

/// Which words may stand right before and right after a word, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Beside {
    pub(super) before: u32,
    pub(super) after: u32,
}

impl Beside {
    /// Either of two.
    pub(super) fn or(self, other: Beside) -> Beside {
        Beside { before: self.before | other.before, after: self.after | other.after }
    }

    pub(super) fn may_stand(self, words: &[Word], anchor: usize) -> bool {
        allows(self.after, words.get(anchor + 1)) && allows(self.before, anchor.checked_sub(1).and_then(|n| words.get(n)))
    }
}

/// What some nodes may begin with, and after how many words they may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Outset {
    sets: [u32; PLACES],
    ends: Ends,
}

/// Numbers of words, a bit each; beyond [`PLACES`] nobody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Ends(u8);

impl Ends {
    const START: Ends = Ends(1);

    fn each(self) -> impl Iterator<Item = usize> {
        (0..PLACES).filter(move |n| self.0 >> n & 1 == 1)
    }

    fn on(self, n_words: usize) -> Ends {
        if n_words > PLACES { Ends(0) } else { Ends(self.0 << n_words & ((1 << PLACES) - 1)) }
    }

    fn or(self, other: Ends) -> Ends {
        Ends(self.0 | other.0)
    }
}

/// Whether what follows may go on within the word before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Apart,
    Glued,
}

impl Outset {
    pub(super) fn of(nodes: &[Node], lists: &dyn Fn(u32) -> Outset) -> Outset {
        let mut walk = Walk { sets: [0; PLACES], lists };
        let ends = walk.nodes(nodes, Ends::START, Next::Apart);
        Outset { sets: walk.sets, ends }
    }

    /// Either of two.
    pub(super) fn or(self, other: Outset) -> Outset {
        let mut sets = self.sets;
        sets.iter_mut().zip(other.sets).for_each(|(a, b)| *a |= b);
        Outset { sets, ends: self.ends.or(other.ends) }
    }

    /// Behind its end anything may stand.
    pub(super) fn closed(self) -> Opening {
        let mut sets = self.sets;
        if let Some(end) = self.ends.each().next() {
            sets[end..].fill(ANY);
        }
        Opening(sets)
    }
}

struct Walk<'l> {
    sets: [u32; PLACES],
    lists: &'l dyn Fn(u32) -> Outset,
}

impl Walk<'_> {
    /// Where nodes may end that begin at any of these places.
    fn nodes(&mut self, nodes: &[Node], mut at: Ends, then: Next) -> Ends {
        let mut rest = nodes;
        while let [node, behind @ ..] = rest {
            if let Some((spellings, behind)) = hyphened(rest) {
                let next = next(behind, then);
                at = spellings.iter().map(|s| self.nodes(s, at, next)).fold(Ends::default(), Ends::or);
                rest = behind;
                continue;
            }
            at = match (node, behind) {
                (Node::Space, _) => at,
                (Node::Text(text), [Node::Stem, behind @ ..]) => {
                    rest = behind;
                    at = self.stem(text, at, next(behind, then));
                    continue;
                }
                (Node::Text(text), _) => self.text(text, at, next(behind, then)),
                (Node::Optional(inner), _) => at.or(self.nodes(inner, at, next(behind, then))),
                (Node::Choice(branches), _) => branches.iter().map(|b| self.nodes(b, at, next(behind, then))).fold(Ends::default(), Ends::or),
                (Node::List(list), _) if next(behind, then) == Next::Apart => self.list(*list, at),
                // Whatever a number is joined to begins with a token of its own: “5yrs”.
                (Node::Number, [Node::Joint, behind @ ..]) => {
                    rest = behind;
                    at = self.number(at);
                    continue;
                }
                (Node::Number, _) => self.number(at),
                (Node::Time, _) => self.one_then_anything(TIME_WORDS.iter().fold(NUMBER_BIT, |set, w| set | bit(hash(w))), at),
                (Node::Day, _) => self.one_then_anything(numbers::day_words().fold(0, |set, w| set | bit(hash(&w))), at),
                (Node::Stem | Node::Joint | Node::Gap | Node::Word | Node::List(_), _) => self.anything(at),
            };
            rest = behind;
        }
        at
    }

    fn text(&mut self, text: &str, at: Ends, next: Next) -> Ends {
        let ends_word = text.chars().next_back().is_some_and(is_of_word);
        let words = tokens(text, 0).map(|t| bit(hash(&text[t.range()])));
        if next == Next::Glued && ends_word { self.words(words, LastWord::Beginning, at) } else { self.words(words, LastWord::Whole, at) }
    }

    /// Letters that a word goes on from.
    fn stem(&mut self, text: &str, at: Ends, next: Next) -> Ends {
        // “24*” goes on with a token of its own.
        if next == Next::Glued || !text.chars().next_back().is_some_and(|c| c.is_alphabetic()) {
            return self.anything(at);
        }
        let mut sets: Vec<u32> = tokens(text, 0).map(|t| bit(hash(&text[t.range()]))).collect();
        if let Some(last) = sets.last_mut() {
            *last = ANY;
        }
        self.words(sets.into_iter(), LastWord::Whole, at)
    }

    fn words(&mut self, words: impl Iterator<Item = u32>, last: LastWord, at: Ends) -> Ends {
        let words: Vec<u32> = words.collect();
        let n_whole = if last == LastWord::Whole { words.len() } else { words.len().saturating_sub(1) };
        for start in at.each() {
            self.sets[start..].iter_mut().zip(&words[..n_whole]).for_each(|(set, word)| *set |= word);
        }
        let behind = at.on(n_whole);
        if last == LastWord::Whole { behind } else { self.anything(behind) }
    }

    fn list(&mut self, list: u32, at: Ends) -> Ends {
        let list = (self.lists)(list);
        for start in at.each() {
            self.sets[start..].iter_mut().zip(list.sets).for_each(|(set, words)| *set |= words);
        }
        list.ends.each().map(|n| at.on(n)).fold(Ends::default(), Ends::or)
    }

    /// “5”, “5 to 7”, “five (5) or more”: a number, and perhaps words that go on with it.
    fn number(&mut self, at: Ends) -> Ends {
        let goes_on = ["to", "or", "plus", "more", "above"].iter().fold(NUMBER_BIT, |set, w| set | bit(hash(w)));
        self.words([NUMBER_BIT].into_iter(), LastWord::Whole, at);
        let Some(first) = at.on(1).each().next() else { return Ends::default() };
        self.sets[first..].iter_mut().for_each(|set| *set |= goes_on);
        Ends(u8::MAX << first).on(0)
    }

    fn one_then_anything(&mut self, set: u32, at: Ends) -> Ends {
        self.words([set].into_iter(), LastWord::Whole, at);
        self.anything(at.on(1))
    }

    fn anything(&mut self, at: Ends) -> Ends {
        if let Some(start) = at.each().next() {
            self.sets[start..].fill(ANY);
        }
        Ends::default()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LastWord {
    Whole,
    Beginning,
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn next(behind: &[Node], then: Next) -> Next {
    match behind {
        [] => then,
        [Node::Space | Node::Gap, ..] => Next::Apart,
        [Node::Optional(inner), rest @ ..] if next(inner, Next::Glued) == Next::Apart => next(rest, then),
        [Node::Choice(branches), ..] if branches.iter().all(|b| next(b, Next::Glued) == Next::Apart) => Next::Apart,
        [Node::Text(text), ..] if !text.starts_with(is_of_word) => Next::Apart,
        _ => Next::Glued,
    }
}

/// Words joined by hyphens at the start of some nodes, in each way of writing them, and what stands behind them.
fn hyphened(nodes: &[Node]) -> Option<(Vec<Vec<Node>>, &[Node])> {
    if nodes.get(1) != Some(&Node::Joint) {
        return None;
    }
    let mut ways: Vec<Vec<Node>> = part(nodes.first()?)?.into_iter().map(|w| vec![Node::Text(w)]).collect();
    let mut rest = &nodes[1..];
    while let [Node::Joint, node, behind @ ..] = rest {
        let parts = part(node)?;
        if 2 * ways.len() * parts.len() > MOST_SPELLINGS {
            return None;
        }
        ways = ways.iter().flat_map(|way| parts.iter().flat_map(|p| [apart(way, p), fused(way, p)])).collect();
        rest = behind;
    }
    if rest.len() + 1 == nodes.len() {
        return None;
    }
    if let [Node::Stem, behind @ ..] = rest {
        ways.iter_mut().for_each(|w| w.push(Node::Stem));
        rest = behind;
    }
    Some((ways, rest))
}

/// The ways to write what a hyphen joins, where they can be listed.
fn part(node: &Node) -> Option<Vec<String>> {
    match node {
        Node::Text(text) => Some(vec![text.clone()]),
        Node::Choice(branches) => branches.iter().map(|b| if let [Node::Text(text)] = b.as_slice() { Some(text.clone()) } else { None }).collect(),
        _ => None,
    }
}

fn apart(way: &[Node], part: &str) -> Vec<Node> {
    let mut way = way.to_vec();
    way.extend([Node::Space, Node::Text(part.to_owned())]);
    way
}

fn fused(way: &[Node], part: &str) -> Vec<Node> {
    let mut way = way.to_vec();
    if let Some(Node::Text(last)) = way.last_mut() {
        last.push_str(part);
    }
    way
}
