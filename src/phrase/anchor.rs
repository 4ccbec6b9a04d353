//! Which word of a phrase to look up: the rarest that every match must hold.

use super::compile::ListShape;
use super::parse::Node;
use crate::text::{Sieve, hash, tokens};

/// Words that stand in every sentence: the worst anchors, since each of their places would be verified.
const EVERYWHERE: [&str; 61] = [
    "a", "all", "also", "an", "and", "any", "are", "as", "as-is", "at", "be", "been", "but", "by", "can", "do", "for", "from", "good", "has", "have", "i",
    "if", "in", "is", "it", "more", "must", "new", "no", "not", "of", "on", "or", "other", "our", "own", "per", "s", "so", "t", "than", "that", "the", "their",
    "them", "they", "this", "to", "up", "us", "was", "we", "well", "were", "who", "will", "with", "within", "you", "your",
];
/// Words that stand in nearly every advert.
const COMMON: [&str; 43] = [
    "ability",
    "able",
    "based",
    "business",
    "candidate",
    "care",
    "day",
    "days",
    "environment",
    "essential",
    "experience",
    "full",
    "help",
    "high",
    "including",
    "job",
    "join",
    "knowledge",
    "level",
    "make",
    "need",
    "one",
    "opportunity",
    "part",
    "people",
    "position",
    "required",
    "role",
    "service",
    "services",
    "skill",
    "skills",
    "staff",
    "strong",
    "support",
    "team",
    "time",
    "use",
    "using",
    "work",
    "working",
    "year",
    "years",
];

const FREQUENT: Sieve = {
    let mut words = [""; EVERYWHERE.len() + COMMON.len()];
    let mut n = 0;
    while n < words.len() {
        words[n] = if n < EVERYWHERE.len() { EVERYWHERE[n] } else { COMMON[n - EVERYWHERE.len()] };
        n += 1;
    }
    Sieve::of(&words)
};

/// Tokens of what `<word>` takes, at most: “state-of-the-art”.
const LONGEST_WORD: u16 = 8;

/// How many spellings or list members may share the work of one anchor before another is preferred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost(u32);

/// What to look up, and how many words of the phrase may stand before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) key: Key,
    pub(super) before: Range,
}

/// What a phrase is looked up by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Word {
        word: String,
        stem: bool,
    },
    /// Any number, in digits or words.
    Number,
    /// Any member of a list.
    List(u32),
}

/// From how many to how many tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) min: u16,
    pub(super) max: u16,
}

impl Range {
    const fn exactly(n: u16) -> Range {
        Range { min: n, max: n }
    }

    pub(super) fn plus(self, other: Range) -> Range {
        Range { min: self.min.saturating_add(other.min), max: self.max.saturating_add(other.max) }
    }

    pub(super) fn or(self, other: Range) -> Range {
        Range { min: self.min.min(other.min), max: self.max.max(other.max) }
    }
}

/// What the lists hold, so that a phrase may be looked up by a list's members.
pub(super) type Lists<'l> = &'l [ListShape];

/// The cheapest anchors of a phrase: every match holds one of them. `None` where nothing in it is certain to stand there.
pub(super) fn anchors(nodes: &[Node], lists: Lists) -> Option<(Cost, Vec<Anchor>)> {
    let mut best: Option<(Cost, Vec<Anchor>)> = None;
    for at in 0..nodes.len() {
        let Some((cost, own)) = anchors_of(nodes, at, lists) else { continue };
        if best.as_ref().is_none_or(|(c, _)| cost < *c) {
            let before = width(&nodes[..at], lists);
            let own = own.into_iter().map(|a| Anchor { before: a.before.plus(before), ..a }).collect();
            best = Some((cost, own));
        }
    }
    best
}

fn anchors_of(nodes: &[Node], at: usize, lists: Lists) -> Option<(Cost, Vec<Anchor>)> {
    match &nodes[at] {
        Node::Text(text) => text_anchors(nodes, at, text),
        Node::Choice(branches) => {
            // A choice joined to the word before it may be fused with that: leave the lookup to that word.
            if at.checked_sub(1).is_some_and(|i| nodes[i] == Node::Joint) {
                return None;
            }
            let joined = nodes.get(at + 1) == Some(&Node::Joint);
            let branch = |b: &Vec<Node>| if joined { anchors(&[b.as_slice(), &[Node::Joint]].concat(), lists) } else { anchors(b, lists) };
            let all: Vec<_> = branches.iter().map(branch).collect::<Option<_>>()?;
            (!all.is_empty()).then(|| merge(all))
        }
        Node::List(list) => {
            let shape = lists.get(*list as usize)?;
            let anchor = Anchor { key: Key::List(*list), before: Range::exactly(0) };
            (!neighbour_is_joint(nodes, at)).then(|| (Cost(shape.cost.0.saturating_add(20)), vec![anchor]))
        }
        Node::Number => Some((Cost(90), vec![Anchor { key: Key::Number, before: Range::exactly(0) }])),
        Node::Time => Some((Cost(120), times())),
        _ => None,
    }
}

/// What a time of day may begin with.
fn times() -> Vec<Anchor> {
    let words = super::numbers::TIME_WORDS.iter().map(|w| Key::Word { word: (*w).to_owned(), stem: false });
    words.chain([Key::Number]).map(|key| Anchor { key, before: Range::exactly(0) }).collect()
}

fn neighbour_is_joint(nodes: &[Node], at: usize) -> bool {
    let joint = |n: Option<&Node>| matches!(n, Some(Node::Joint));
    joint(nodes.get(at + 1)) || at.checked_sub(1).is_some_and(|i| joint(nodes.get(i)))
}

fn merge(all: Vec<(Cost, Vec<Anchor>)>) -> (Cost, Vec<Anchor>) {
    let cost = all.iter().fold(0u32, |sum, (c, _)| sum.saturating_add(c.0));
    (Cost(cost), all.into_iter().flat_map(|(_, a)| a).collect())
}

/// The rarest token of a stretch of text. Where a hyphen joins it to its neighbours, the fused words are anchors, too.
fn text_anchors(nodes: &[Node], at: usize, text: &str) -> Option<(Cost, Vec<Anchor>)> {
    let all: Vec<&str> = tokens(text, 0).map(|t| &text[t.range()]).collect();
    let ends_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let stem = ends_word(text.chars().last()) && matches!(nodes.get(at + 1), Some(Node::Stem));
    let (n, word) = all.iter().enumerate().min_by_key(|(i, w)| cost(w, stem && i + 1 == all.len()).0)?;
    let stem = stem && n + 1 == all.len();
    let before = Range::exactly(u16::try_from(n).unwrap_or(u16::MAX));
    let mut anchors = vec![Anchor { key: Key::Word { word: (*word).to_owned(), stem }, before }];
    match fused(nodes, at, text, &all, n) {
        Some(fused) => anchors.extend(fused),
        // Fused with what follows it is still the beginning of the word.
        None if n > 0 || at == 0 || nodes[at - 1] != Node::Joint => anchors[0].key = Key::Word { word: (*word).to_owned(), stem: true },
        None => return None,
    }
    let of = |a: &Anchor| if let Key::Word { word, stem } = &a.key { cost(word, *stem).0 } else { 0 };
    let total = anchors.iter().fold(0u32, |sum, a| sum.saturating_add(of(a)));
    Some((Cost(total), anchors))
}

/// “rock-star” may be written “rockstar”: the words that the text at `at` may be fused into. `None` where it cannot be told.
fn fused(nodes: &[Node], at: usize, text: &str, all: &[&str], n: usize) -> Option<Vec<Anchor>> {
    let first_glued = n == 0 && at.checked_sub(1).is_some_and(|i| nodes[i] == Node::Joint) && text.starts_with(all[0]);
    // “gs7” is two tokens, as “gs-7” is.
    let is_apart = nodes.get(at + 2) == Some(&Node::Number) && text.ends_with(char::is_alphabetic);
    let last_glued = n + 1 == all.len() && nodes.get(at + 1) == Some(&Node::Joint) && text.ends_with(all[n]) && !is_apart;
    if !first_glued && !last_glued {
        return Some(Vec::new());
    }
    let (from, to) = chain(nodes, at);
    if nodes.get(to + 1) == Some(&Node::Joint) {
        return None;
    }
    // A chain of words and hyphens only; anything else between hyphens is left to another anchor.
    let words: Vec<&str> = nodes[from..=to].iter().step_by(2).map(|n| if let Node::Text(t) = n { Some(t.as_str()) } else { None }).collect::<Option<_>>()?;
    if words.iter().any(|w| tokens(w, 0).count() != 1 || w.chars().any(|c| !c.is_alphanumeric())) {
        return None;
    }
    let stem = nodes.get(to + 1) == Some(&Node::Stem);
    let own = (at - from) / 2;
    let mut out = Vec::new();
    for start in 0..=own {
        for end in own..words.len() {
            if start < end {
                out.push((start, end));
            }
        }
    }
    // What stands before the node at `at` is counted by the caller, who allows for words that became one.
    let key = |start: usize, end: usize| Key::Word { word: words[start..=end].concat(), stem: stem && end + 1 == words.len() };
    Some(out.into_iter().map(|(start, end)| Anchor { key: key(start, end), before: Range::exactly(0) }).collect())
}

/// The run of nodes joined by hyphens that the node at `at` is part of.
fn chain(nodes: &[Node], at: usize) -> (usize, usize) {
    let mut from = at;
    while from >= 2 && nodes[from - 1] == Node::Joint {
        from -= 2;
    }
    let mut to = at;
    while to + 2 < nodes.len() && nodes[to + 1] == Node::Joint {
        to += 2;
    }
    (from, to)
}

/// How many tokens some nodes may take.
pub(super) fn width(nodes: &[Node], lists: Lists) -> Range {
    nodes.iter().fold(Range::default(), |sum, node| {
        let own = match node {
            Node::Text(text) => Range::exactly(u16::try_from(tokens(text, 0).count()).unwrap_or(u16::MAX)),
            // Two words may have become one.
            Node::Joint => return Range { min: sum.min.saturating_sub(1), max: sum.max },
            Node::Stem | Node::Space => Range::default(),
            Node::Gap => Range { min: 0, max: 18 },
            Node::Number => Range { min: 1, max: 8 },
            Node::Word => Range { min: 1, max: LONGEST_WORD },
            Node::Time => Range { min: 1, max: 10 },
            Node::Day => Range::exactly(1),
            Node::List(list) => lists.get(*list as usize).map_or(Range::default(), |l| l.width),
            Node::Choice(branches) => branches.iter().map(|b| width(b, lists)).reduce(Range::or).unwrap_or_default(),
            Node::Optional(inner) => Range { min: 0, max: width(inner, lists).max },
        };
        sum.plus(own)
    })
}

fn cost(word: &str, stem: bool) -> Cost {
    let may_be_common = FREQUENT.may_hold(hash(word));
    let common = if may_be_common && EVERYWHERE.contains(&word) {
        500
    } else if may_be_common && COMMON.contains(&word) {
        150
    } else {
        0
    };
    let short = 12 - u32::try_from(word.chars().count().min(10)).unwrap_or(10);
    let digit = if word.bytes().all(|b| b.is_ascii_digit()) { 30 } else { 0 };
    // A stem too short to be looked up by: “stand-up*” goes by “stand”.
    let stub = if stem && word.len() < super::index::SHORTEST_STEM { 10_000 } else { 0 };
    Cost(short + digit + stub + common + if stem { 3 } else { 0 })
}
