//! Phrase trees → the matcher's program.

use super::PhraseError;
use super::anchor::{self, Anchor, Cost, Key, Range};
use super::index::{IndexBuilder, NUMBER, Target, hash};
use super::numbers::{self, TIME_WORDS};
use super::parse::{Node, parse, spell_out};
use super::run::{FirstBytes, List, Matcher, Op, Phrase};
use crate::text::{Folded, offset, tokens};

/// What a list's members look like from outside.
#[derive(Clone, Debug)]
pub(super) struct ListShape {
    pub(super) cost: Cost,
    pub(super) anchors: Vec<Anchor>,
    pub(super) width: Range,
    /// Hashes of the words that members begin with; `None` where they cannot be listed.
    heads: Option<Vec<u32>>,
    /// Where the matcher holds them.
    stored_heads: Option<(u32, u32)>,
    /// Whether the index knows its members.
    anchored: bool,
}

/// Words that a list may be looked up by, with those of the lists in it: each list of lists could double them.
const MOST_ANCHORS: usize = 50_000;

/// Collects lists and phrases into a [`Matcher`]. Lists come first: a phrase may name only what is there already.
#[derive(Default)]
pub struct Compiler {
    matcher: Matcher,
    names: Vec<String>,
    shared: std::collections::BTreeMap<String, u32>,
    shapes: Vec<ListShape>,
    index: IndexBuilder,
}

impl Compiler {
    /// A compiler without lists.
    pub fn new() -> Compiler {
        Compiler::default()
    }

    /// Adds a named list. A list given again under the same name takes the place of the first for phrases added later.
    ///
    /// # Errors
    /// The number of the member that is wrong, and what is.
    pub fn list(&mut self, name: &str, members: &[impl AsRef<str>]) -> Result<(), (usize, PhraseError)> {
        let mut list = List::default();
        let mut all: Vec<(Cost, Vec<Anchor>)> = Vec::new();
        let mut width: Option<Range> = None;
        for (n, member) in members.iter().enumerate() {
            let nodes = self.nodes(member.as_ref()).map_err(|e| (n, e))?;
            let anchors = anchor::anchors(&nodes, &self.shapes).ok_or_else(|| (n, no_anchor(member.as_ref())))?;
            let own = anchor::width(&nodes, &self.shapes);
            width = Some(width.map_or(own, |w| Range { min: w.min.min(own.min), max: w.max.max(own.max) }));
            all.push(anchors);
            let start = self.program(&nodes);
            let member = offset(list.members.len());
            list.members.push(start);
            match head_hashes(&nodes, &self.shapes) {
                Some(heads) => list.first.extend(heads.into_iter().map(|h| (h, member))),
                None => list.general.push(member),
            }
        }
        list.first.sort_unstable();
        list.first.dedup();
        let cost = all.iter().map(|(c, _)| *c).max().unwrap_or_else(anchor_cost_of_nothing);
        let mut anchors = Vec::new();
        for (n, anchor) in all.into_iter().enumerate().flat_map(|(n, (_, own))| own.into_iter().map(move |a| (n, a))) {
            anchors.extend(self.words_of(anchor));
            if anchors.len() > MOST_ANCHORS {
                let member = members[n].as_ref();
                return Err((n, PhraseError::new(0..member.len(), "this list, with the lists in it, comes to too many words; name them in fewer lists")));
            }
        }
        let heads = list.general.is_empty().then(|| list.first.iter().map(|(h, _)| *h).collect());
        self.shapes.push(ListShape { cost, anchors, width: width.unwrap_or_default(), heads, stored_heads: None, anchored: false });
        self.matcher.lists.push(list);
        self.names.push(name.to_owned());
        Ok(())
    }

    /// Adds a phrase and gives its number, which [`super::Found`] names it by.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn phrase(&mut self, phrase: &str) -> Result<u32, PhraseError> {
        let nodes = self.nodes(phrase)?;
        let (_, anchors) = anchor::anchors(&nodes, &self.shapes).ok_or_else(|| no_anchor(phrase))?;
        let id = offset(self.matcher.phrases.len());
        let start = self.program(&nodes);
        let heads = self.heads(&nodes);
        self.matcher.phrases.push(Phrase { start, lead: leading_marks(&nodes), first: first_bytes(&nodes), heads });
        for anchor in anchors {
            let target = Target::phrase(id, anchor.before);
            match &anchor.key {
                Key::Word { word, stem } => self.index.add(word, *stem, target),
                Key::Number => self.index.add_number(target),
                Key::List(list) => self.anchor_by_list(*list, target),
            }
        }
        Ok(id)
    }

    /// Adds a phrase unless it is there already: for phrases that many conditions share.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn shared_phrase(&mut self, phrase: &str) -> Result<u32, PhraseError> {
        // A list of the same name may hold other words by now, so the phrase is known by what it stands for.
        let key = format!("{:?}", self.nodes(phrase)?);
        if let Some(id) = self.shared.get(&key) {
            return Ok(*id);
        }
        let id = self.phrase(phrase)?;
        self.shared.insert(key, id);
        Ok(id)
    }

    /// A phrase that is looked up by a list is verified wherever a member of the list stands.
    fn anchor_by_list(&mut self, list: u32, target: Target) {
        self.matcher.lists[list as usize].anchored.push(target);
        let shape = &mut self.shapes[list as usize];
        if std::mem::replace(&mut shape.anchored, true) {
            return;
        }
        for anchor in &shape.anchors {
            let target = Target::of_list(list, anchor.before);
            match &anchor.key {
                Key::Word { word, stem } => self.index.add(word, *stem, target),
                Key::Number => self.index.add_number(target),
                // A list's anchors were made words when it was added.
                Key::List(_) => {}
            }
        }
    }

    /// An anchor as words: for a list, those of its members.
    fn words_of(&self, anchor: Anchor) -> Vec<Anchor> {
        match anchor.key {
            Key::Word { .. } | Key::Number => vec![anchor],
            Key::List(list) => {
                let members = &self.shapes[list as usize].anchors;
                members.iter().map(|m| Anchor { key: m.key.clone(), before: m.before.plus(anchor.before) }).collect()
            }
        }
    }

    /// Hashes of the words that a phrase may begin with, as a range of the matcher's; empty where they cannot be listed.
    fn heads(&mut self, nodes: &[Node]) -> (u32, u32) {
        let list = if let [Node::List(list), ..] = nodes { Some(*list as usize) } else { None };
        if let Some(known) = list.and_then(|l| self.shapes[l].stored_heads) {
            return known;
        }
        let mut heads = head_hashes(nodes, &self.shapes).unwrap_or_default();
        heads.sort_unstable();
        heads.dedup();
        let from = offset(self.matcher.heads.len());
        self.matcher.heads.extend(heads);
        let stored = (from, offset(self.matcher.heads.len()));
        if let Some(list) = list {
            self.shapes[list].stored_heads = Some(stored);
        }
        stored
    }

    /// The matcher of all that was added.
    pub fn finish(mut self) -> Matcher {
        self.matcher.index = self.index.finish();
        self.matcher
    }

    fn nodes(&self, phrase: &str) -> Result<Vec<Node>, PhraseError> {
        let names = &self.names;
        let nodes = parse(phrase, &|name| names.iter().rposition(|n| n == name).map(offset))?;
        spell_out(nodes, 0..phrase.len())
    }

    /// Writes the program of some nodes and gives where it starts.
    fn program(&mut self, nodes: &[Node]) -> u32 {
        let start = offset(self.matcher.ops.len());
        self.write(nodes);
        self.matcher.ops.push(Op::Accept);
        start
    }

    fn write(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => {
                    let at = offset(self.matcher.strings.len());
                    self.matcher.strings.push_str(text);
                    let len = offset(text.len());
                    self.matcher.ops.push(if text.contains('/') { Op::Slashed { at, len } } else { Op::Text { at, len } });
                }
                Node::Stem => self.matcher.ops.push(Op::Stem),
                Node::Space => self.matcher.ops.push(Op::Space),
                Node::Joint => self.matcher.ops.push(Op::Joint),
                Node::Gap => self.matcher.ops.push(Op::Gap),
                Node::Number => self.matcher.ops.push(Op::Number),
                Node::Time => self.matcher.ops.push(Op::Time),
                Node::Day => self.matcher.ops.push(Op::Day),
                Node::List(list) => self.matcher.ops.push(Op::List(*list)),
                Node::Optional(inner) => self.split(std::slice::from_ref(inner), true),
                Node::Choice(branches) => self.split(branches, false),
            }
        }
    }

    /// Branches one after the other, each jumping to the common end; `skip` allows none of them.
    fn split(&mut self, branches: &[Vec<Node>], skip: bool) {
        let mut jumps = Vec::new();
        for (n, branch) in branches.iter().enumerate() {
            let last = n + 1 == branches.len() && !skip;
            let split = self.matcher.ops.len();
            if !last {
                self.matcher.ops.push(Op::Split(0));
            }
            self.write(branch);
            if !last {
                jumps.push(self.matcher.ops.len());
                self.matcher.ops.push(Op::Jump(0));
                let next = offset(self.matcher.ops.len());
                self.matcher.ops[split] = Op::Split(next);
            }
        }
        let end = offset(self.matcher.ops.len());
        for jump in jumps {
            self.matcher.ops[jump] = Op::Jump(end);
        }
    }
}

fn anchor_cost_of_nothing() -> Cost {
    anchor::anchors(&[Node::Text("nothing".into())], &[]).map_or_else(|| unreachable!("a word is its own anchor"), |(c, _)| c)
}

fn no_anchor(phrase: &str) -> PhraseError {
    let folded = Folded::new(phrase);
    let has_word = tokens(folded.as_str(), 0).next().is_some();
    let what = if has_word {
        "nothing in this phrase must stand in the text, so it could not be looked up: make one word of it certain"
    } else {
        "the phrase holds no word"
    };
    PhraseError::new(0..phrase.len(), what)
}

/// Bytes of brackets, quotes and the like before the first letter or digit.
fn leading_marks(nodes: &[Node]) -> u8 {
    match nodes.first() {
        Some(Node::Text(text)) => u8::try_from(text.find(|c: char| c.is_alphanumeric()).unwrap_or(0)).unwrap_or(0),
        _ => 0,
    }
}

/// Hashes of the words that a phrase may begin with ([`NUMBER`] for any number); `None` where there may be any, or too many
/// to be worth it.
fn head_hashes(nodes: &[Node], shapes: &[ListShape]) -> Option<Vec<u32>> {
    let heads = match nodes {
        [Node::List(list), ..] => shapes[*list as usize].heads.clone()?,
        [Node::Number, ..] => vec![NUMBER],
        [Node::Time, ..] => TIME_WORDS.iter().map(|w| hash(w)).chain([NUMBER]).collect(),
        [Node::Day, ..] => numbers::day_words().map(|w| hash(&w)).collect(),
        [Node::Optional(inner), rest @ ..] => [head_hashes(inner, shapes)?, head_hashes(rest, shapes)?].concat(),
        [Node::Space, rest @ ..] => head_hashes(rest, shapes)?,
        [Node::Choice(branches), rest @ ..] if !matches!(rest.first(), Some(Node::Stem | Node::Joint)) => {
            branches.iter().map(|b| head_hashes(b, shapes)).collect::<Option<Vec<_>>>()?.concat()
        }
        _ => first_words(nodes)?.iter().map(|w| hash(w)).collect(),
    };
    (!heads.is_empty() && heads.len() <= 600).then_some(heads)
}

/// The bytes that a phrase may begin with.
fn first_bytes(nodes: &[Node]) -> FirstBytes {
    match nodes {
        [Node::Text(text), ..] => text.bytes().next().map_or(FirstBytes::ANY, FirstBytes::of),
        [Node::Choice(branches), ..] => branches.iter().map(|b| first_bytes(b)).fold(FirstBytes::NONE, FirstBytes::or),
        [Node::Optional(inner), rest @ ..] => first_bytes(inner).or(first_bytes(rest)),
        [Node::Space, rest @ ..] => first_bytes(rest),
        _ => FirstBytes::ANY,
    }
}

/// The words that a phrase may begin with; `None` where it may begin with more than can be listed.
fn first_words(nodes: &[Node]) -> Option<Vec<String>> {
    let [Node::Text(text), rest @ ..] = nodes else { return None };
    let first = tokens(text, 0).next()?;
    let word = &text[first.range()];
    // Marks before the first word are not part of it.
    let whole = first.end as usize == text.len();
    match rest.first() {
        Some(Node::Stem) if whole => None,
        Some(Node::Joint) if whole => {
            let fused = first_words(&rest[1..])?.into_iter().map(|w| format!("{word}{w}"));
            Some(std::iter::once(word.to_owned()).chain(fused).collect())
        }
        _ => Some(vec![word.to_owned()]),
    }
}
