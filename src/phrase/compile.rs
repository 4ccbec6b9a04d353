//! Phrase trees → the matcher's program.

use std::borrow::Cow;

use super::PhraseError;
use super::anchor::{self, Anchor, Cost, Key, Range};
use super::index::{IndexBuilder, Target};
use super::numbers::{self, TIME_WORDS};
use super::opening::Outset;
use super::parse::{Node, edges, parse, spell_out};
use super::program::{First, List, Lists, Member, Op, Phrase};
use super::run::{Matcher, number};
use super::stored::{Part, Table, append};
use crate::text::{Folded, NUMBER, hash, offset, tokens};

/// What a list's members look like from outside.
#[derive(Clone, Debug, Default)]
pub(super) struct ListShape {
    pub(super) cost: Cost,
    pub(super) anchors: Vec<Anchor>,
    pub(super) width: Range,
    outset: Outset,
    /// Hashes of the words that members begin with; `None` where they cannot be listed.
    heads: Option<Vec<u32>>,
    /// Where the matcher holds them.
    stored_heads: Option<Part>,
    /// Its members, whose programs are written once it is known that a phrase uses the list.
    members: Vec<Vec<Node>>,
    used: bool,
    /// The phrases that are looked up by it.
    anchored: Vec<Target>,
}

/// Words that a list may be looked up by, with those of the lists in it: each list of lists could double them.
const MOST_ANCHORS: usize = 50_000;

/// Collects lists and phrases into a [`Matcher`]. Lists come first: a phrase may name only what is there already.
#[derive(Default)]
pub struct Compiler {
    ops: Vec<Op>,
    strings: Vec<u8>,
    phrases: Vec<Phrase>,
    heads: Vec<u32>,
    names: Vec<String>,
    shared: std::collections::BTreeMap<String, u32>,
    shapes: Vec<ListShape>,
    index: IndexBuilder,
    #[cfg(feature = "small")]
    source: super::source::Source,
}

#[cfg(feature = "small")]
impl From<super::source::Source> for Compiler {
    fn from(source: super::source::Source) -> Compiler {
        Compiler { source, ..Compiler::default() }
    }
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
        let mut shape = ListShape { cost: anchor_cost_of_nothing(), ..ListShape::default() };
        let mut costs = Vec::new();
        let mut widths: Vec<Range> = Vec::new();
        let mut heads = Some(Vec::new());
        for (n, member) in members.iter().enumerate() {
            let nodes = self.nodes(member.as_ref()).map_err(|e| (n, e))?;
            let (cost, anchors) = anchor::anchors(&nodes, &self.shapes).ok_or_else(|| (n, no_anchor(member.as_ref())))?;
            costs.push(cost);
            for anchor in anchors {
                shape.anchors.extend(self.words_of(anchor));
                if shape.anchors.len() > MOST_ANCHORS {
                    let whole = 0..member.as_ref().len();
                    return Err((n, PhraseError::new(whole, "this list, with the lists in it, comes to too many words; name them in fewer lists")));
                }
            }
            widths.push(anchor::width(&nodes, &self.shapes));
            shape.outset = shape.outset.or(self.outset(&nodes));
            heads = heads.zip(head_hashes(&nodes, &self.shapes)).map(|(mut all, own)| {
                all.extend(own);
                all
            });
            shape.members.push(nodes);
        }
        shape.cost = costs.into_iter().max().unwrap_or(shape.cost);
        shape.width = widths.into_iter().reduce(Range::or).unwrap_or_default();
        shape.heads = heads;
        self.shapes.push(shape);
        self.names.push(name.to_owned());
        #[cfg(feature = "small")]
        self.source.list(name, members);
        Ok(())
    }

    /// Adds a phrase and gives its number, which [`super::Found`] names it by.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn phrase(&mut self, phrase: &str) -> Result<u32, PhraseError> {
        let (edges, bare) = edges(phrase);
        let nodes = self.nodes(&bare)?;
        let (_, anchors) = anchor::anchors(&nodes, &self.shapes).ok_or_else(|| no_anchor(&bare))?;
        let id = offset(self.phrases.len());
        let start = self.program(&nodes);
        let heads = self.heads(&nodes);
        let opening = self.outset(&nodes).closed();
        self.phrases.push(Phrase { start, lead: leading_marks(&nodes), edges, opening, heads });
        for anchor in anchors {
            let target = Target::phrase(id, anchor.before, opening);
            match &anchor.key {
                Key::Word { word, stem } => self.index.add(word, *stem, target),
                Key::Number => self.index.add_number(target),
                Key::List(list) => self.anchor_by_list(*list, target),
            }
        }
        #[cfg(feature = "small")]
        self.source.phrase(phrase);
        Ok(id)
    }

    /// Adds a phrase unless it is there already: for phrases that many conditions share.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn shared_phrase(&mut self, phrase: &str) -> Result<u32, PhraseError> {
        // A list of the same name may hold other words by now, so the phrase is known by what it stands for.
        let (edges, bare) = edges(phrase);
        let key = format!("{edges:?} {:?}", self.nodes(&bare)?);
        if let Some(id) = self.shared.get(&key) {
            return Ok(*id);
        }
        let id = self.phrase(phrase)?;
        self.shared.insert(key, id);
        Ok(id)
    }

    /// A phrase that is looked up by a list is verified wherever a member of the list stands.
    fn anchor_by_list(&mut self, list: u32, target: Target) {
        let shape = &mut self.shapes[list as usize];
        shape.anchored.push(target);
        if shape.anchored.len() > 1 {
            return;
        }
        for anchor in &shape.anchors {
            let target = Target::of_list(list, anchor.before, shape.outset.closed());
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
    fn heads(&mut self, nodes: &[Node]) -> Part {
        let list = if let [Node::List(list), ..] = nodes { Some(*list as usize) } else { None };
        if let Some(known) = list.and_then(|l| self.shapes[l].stored_heads) {
            return known;
        }
        let mut heads = head_hashes(nodes, &self.shapes).unwrap_or_default();
        heads.sort_unstable();
        heads.dedup();
        let stored = append(&mut self.heads, heads);
        if let Some(list) = list {
            self.shapes[list].stored_heads = Some(stored);
        }
        stored
    }

    /// What some nodes may begin with.
    fn outset(&self, nodes: &[Node]) -> Outset {
        Outset::of(nodes, &|list| self.shapes[list as usize].outset)
    }

    /// The matcher of all that was added.
    pub fn finish(mut self) -> Matcher {
        let lists = self.lists();
        let (ops, phrases, heads) = (Table::of(self.ops), Table::of(self.phrases), Table::of(self.heads));
        let (strings, index) = (self.strings.into(), self.index.finish());
        #[cfg(feature = "small")]
        let source = self.source.used(|list| self.shapes[list].used);
        Matcher {
            #[cfg(feature = "small")]
            source,
            ops,
            strings,
            phrases,
            lists,
            heads,
            index,
            number: number(),
        }
    }

    /// The lists that some phrase uses; the others stay empty.
    fn lists(&mut self) -> Lists {
        let mut lists = vec![List::default(); self.shapes.len()];
        let (mut members, mut first, mut general, mut anchored) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        // A list names only lists before it, which are known to be used once its programs are written.
        for n in (0..lists.len()).rev() {
            if !self.shapes[n].used {
                continue;
            }
            let (mut by_first, mut others) = (Vec::new(), Vec::new());
            for nodes in std::mem::take(&mut self.shapes[n].members) {
                let member = offset(members.len());
                members.push(Member { start: self.program(&nodes), opening: self.outset(&nodes).closed() });
                match head_hashes(&nodes, &self.shapes) {
                    Some(heads) => by_first.extend(heads.into_iter().map(|hash| First { hash, member })),
                    None => others.push(member),
                }
            }
            by_first.sort_unstable();
            by_first.dedup();
            let targets = std::mem::take(&mut self.shapes[n].anchored);
            lists[n] = List { first: append(&mut first, by_first), general: append(&mut general, others), anchored: append(&mut anchored, targets) };
        }
        let (lists, members, first) = (Table::of(lists), Table::of(members), Table::of(first));
        Lists { lists, members, first, general: Table::of(general), anchored: Table::of(anchored) }
    }

    fn nodes(&self, phrase: &str) -> Result<Vec<Node>, PhraseError> {
        let names = &self.names;
        let nodes = parse(phrase, &|name| names.iter().rposition(|n| n == name).map(offset))?;
        spell_out(nodes, 0..phrase.len())
    }

    /// Writes the program of some nodes and gives where it starts.
    fn program(&mut self, nodes: &[Node]) -> u32 {
        let start = offset(self.ops.len());
        self.write(nodes);
        self.ops.push(Op::Accept);
        start
    }

    fn write(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => {
                    let part = append(&mut self.strings, text.bytes());
                    let first = text.bytes().next().unwrap_or_default();
                    self.ops.push(if text.contains('/') { Op::Slashed(part) } else { Op::Text { part, first } });
                }
                Node::Stem => self.ops.push(Op::Stem),
                Node::Space => self.ops.push(Op::Space),
                Node::Joint => self.ops.push(Op::Joint),
                Node::Gap => self.ops.push(Op::Gap),
                Node::Number => self.ops.push(Op::Number),
                Node::Time => self.ops.push(Op::Time),
                Node::Day => self.ops.push(Op::Day),
                Node::Word => self.ops.push(Op::Word),
                Node::List(list) => {
                    self.shapes[*list as usize].used = true;
                    self.ops.push(Op::List(*list));
                }
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
            let split = self.ops.len();
            if !last {
                self.ops.push(Op::Split(0));
            }
            self.write(branch);
            if !last {
                jumps.push(self.ops.len());
                self.ops.push(Op::Jump(0));
                let next = offset(self.ops.len());
                self.ops[split] = Op::Split(next);
            }
        }
        let end = offset(self.ops.len());
        for jump in jumps {
            self.ops[jump] = Op::Jump(end);
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
fn leading_marks(nodes: &[Node]) -> u16 {
    match nodes.first() {
        Some(Node::Text(text)) => u16::try_from(text.find(char::is_alphanumeric).unwrap_or(text.len())).unwrap_or(0),
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

/// The words that a phrase may begin with; `None` where it may begin with more than can be listed.
fn first_words(nodes: &[Node]) -> Option<Vec<Cow<'_, str>>> {
    let [Node::Text(text), rest @ ..] = nodes else { return None };
    let first = tokens(text, 0).next()?;
    let word = &text[first.range()];
    // Marks before the first word are not part of it.
    let whole = first.end as usize == text.len();
    match rest.first() {
        Some(Node::Stem) if whole => None,
        Some(Node::Joint) if whole => {
            let fused = first_words(&rest[1..])?.into_iter().map(|w| Cow::Owned(format!("{word}{w}")));
            Some(std::iter::once(Cow::Borrowed(word)).chain(fused).collect())
        }
        _ => Some(vec![Cow::Borrowed(word)]),
    }
}
