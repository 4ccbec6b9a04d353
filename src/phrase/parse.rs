//! A phrase as written → its tree.

use super::PhraseError;
use crate::text::Folded;

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Letters, digits and marks that stand as they are, folded.
    Text(String),
    /// `*`: the rest of the word.
    Stem,
    /// White space.
    Space,
    /// `-`: a hyphen, a space or nothing.
    Joint,
    /// `...` and the white space round it: up to six words.
    Gap,
    /// `<number>`
    Number,
    /// `<time>`
    Time,
    /// `<day>`
    Day,
    /// `<word>`: any one word, with what hyphens, slashes and apostrophes join to it.
    Word,
    /// `<name>`, an index into the lists.
    List(u32),
    /// `(a|b)`
    Choice(Vec<Vec<Node>>),
    /// `x?`, with the space that goes with it.
    Optional(Vec<Node>),
}

/// How many spellings a choice within one word may give.
const MAX_SPELLINGS: usize = 64;

/// How many parts a phrase may have: the matcher calls itself for each that may or may not be there.
const MAX_PARTS: usize = 400;

/// Where in its sentence a phrase must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Edges {
    /// `^`: nothing before it.
    pub(super) first: bool,
    /// `$`: nothing after it but a full stop.
    pub(super) last: bool,
}

/// The edges that a phrase names, and the rest of it, as long as before so that places in it stay where they are.
pub(super) fn edges(phrase: &str) -> (Edges, String) {
    let edges = Edges { first: phrase.starts_with('^'), last: phrase.ends_with('$') && !phrase.ends_with("\\$") };
    let rest = phrase.strip_prefix('^').unwrap_or(phrase);
    let rest = if edges.last { &rest[..rest.len() - 1] } else { rest };
    let blank = |edge| if edge { " " } else { "" };
    (edges, format!("{}{rest}{}", blank(edges.first), blank(edges.last)))
}

/// Parses a phrase; `list` gives the number of a named list.
pub(super) fn parse(phrase: &str, list: &dyn Fn(&str) -> Option<u32>) -> Result<Vec<Node>, PhraseError> {
    let mut parser = Parser { phrase, at: 0, list, depth: 0 };
    let nodes = parser.sequence()?;
    if parser.at < phrase.len() {
        return Err(PhraseError::new(parser.at..parser.at + 1, "this “)” closes nothing; write “\\)” for a bracket in the text"));
    }
    let nodes = tidy(nodes);
    if nodes.is_empty() {
        return Err(PhraseError::new(0..phrase.len(), "the phrase is empty"));
    }
    if n_parts(&nodes) > MAX_PARTS {
        return Err(PhraseError::new(0..phrase.len(), "the phrase is longer than any sentence; make a list of its choices, or several phrases"));
    }
    Ok(nodes)
}

/// All parts of some nodes, those within others as well.
fn n_parts(nodes: &[Node]) -> usize {
    let inner = |node: &Node| match node {
        Node::Choice(branches) => branches.iter().map(|b| n_parts(b)).sum(),
        Node::Optional(inner) => n_parts(inner),
        _ => 0,
    };
    nodes.iter().map(|node| 1 + inner(node)).sum()
}

struct Parser<'p> {
    phrase: &'p str,
    at: usize,
    list: &'p dyn Fn(&str) -> Option<u32>,
    depth: usize,
}

impl Parser<'_> {
    fn sequence(&mut self) -> Result<Vec<Node>, PhraseError> {
        let mut nodes: Vec<Node> = Vec::new();
        while let Some(c) = self.phrase[self.at..].chars().next() {
            match c {
                ')' | '|' => break,
                '(' => nodes.push(self.choice()?),
                '<' => nodes.push(self.list()?),
                '?' => self.optional(&mut nodes)?,
                '*' => self.stem(&mut nodes)?,
                '-' => self.one(&mut nodes, Node::Joint),
                '.' if self.phrase[self.at..].starts_with("...") => {
                    self.at += 3;
                    nodes.push(Node::Gap);
                }
                '\u{2026}' => self.wide(&mut nodes, c, Node::Gap),
                c if c.is_whitespace() => self.wide(&mut nodes, c, Node::Space),
                '\\' => self.escape(&mut nodes)?,
                c => self.literal(&mut nodes, c),
            }
        }
        Ok(nodes)
    }

    fn one(&mut self, nodes: &mut Vec<Node>, node: Node) {
        self.at += 1;
        nodes.push(node);
    }

    fn wide(&mut self, nodes: &mut Vec<Node>, c: char, node: Node) {
        self.at += c.len_utf8();
        nodes.push(node);
    }

    /// A character that stands for itself, and the letters and digits behind it.
    fn literal(&mut self, nodes: &mut Vec<Node>, c: char) {
        let first = self.at;
        self.at += c.len_utf8();
        let rest = &self.phrase.as_bytes()[self.at..];
        self.at += rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if !matches!(nodes.last(), Some(Node::Text(_))) {
            nodes.push(Node::Text(String::new()));
        }
        let Some(Node::Text(text)) = nodes.last_mut() else { return };
        let literal = &self.phrase[first..self.at];
        // Nearly all are plain letters, and a fold has a price.
        if c.is_ascii() {
            let from = text.len();
            text.push_str(literal);
            text[from..].make_ascii_lowercase();
        } else {
            text.push_str(Folded::new(literal).as_str());
        }
    }

    fn escape(&mut self, nodes: &mut Vec<Node>) -> Result<(), PhraseError> {
        let at = self.at;
        self.at += 1;
        let Some(c) = self.phrase[self.at..].chars().next() else {
            return Err(PhraseError::new(at..at + 1, "a “\\” at the end escapes nothing"));
        };
        self.literal(nodes, c);
        Ok(())
    }

    fn stem(&mut self, nodes: &mut Vec<Node>) -> Result<(), PhraseError> {
        let at = self.at;
        self.at += 1;
        let word = nodes.iter().rev().take_while(|n| matches!(n, Node::Text(_) | Node::Joint | Node::Choice(_)));
        let letters: usize = word
            .map(|n| match n {
                Node::Text(text) => text.chars().rev().take_while(|c| c.is_alphanumeric()).count(),
                Node::Choice(_) => 3,
                _ => 0,
            })
            .sum();
        if letters < 3 {
            return Err(PhraseError::new(at..at + 1, "a stem needs at least three letters before its “*”; write “\\*” for a star in the text"));
        }
        nodes.push(Node::Stem);
        Ok(())
    }

    fn choice(&mut self) -> Result<Node, PhraseError> {
        let open = self.at;
        self.depth += 1;
        if self.depth > 8 {
            return Err(PhraseError::new(open..open + 1, "choices are nested too deeply"));
        }
        let mut branches = Vec::new();
        loop {
            self.at += 1;
            branches.push(tidy(self.sequence()?));
            match self.phrase[self.at..].chars().next() {
                Some('|') => {}
                Some(_) => break,
                None => return Err(PhraseError::new(open..open + 1, "this “(” is never closed")),
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(Node::Choice(branches))
    }

    fn list(&mut self) -> Result<Node, PhraseError> {
        let open = self.at;
        let Some(len) = self.phrase[open..].find('>') else {
            return Err(PhraseError::new(open..open + 1, "this “<” is never closed; write “\\<” for the sign itself"));
        };
        let name = &self.phrase[open + 1..open + len];
        self.at = open + len + 1;
        Ok(match name {
            "number" => Node::Number,
            "time" => Node::Time,
            "day" => Node::Day,
            "word" => Node::Word,
            _ => Node::List((self.list)(name).ok_or_else(|| PhraseError::new(open..self.at, format!("there is no list named “{name}”")))?),
        })
    }

    /// `?` makes the group or the word before it optional.
    fn optional(&mut self, nodes: &mut Vec<Node>) -> Result<(), PhraseError> {
        let at = self.at;
        self.at += 1;
        let from = match nodes.last() {
            Some(Node::Choice(_) | Node::List(_) | Node::Number | Node::Time | Node::Day | Node::Word) => nodes.len() - 1,
            Some(Node::Text(_) | Node::Stem) => nodes.iter().rposition(|n| matches!(n, Node::Space | Node::Gap)).map_or(0, |i| i + 1),
            _ => return Err(PhraseError::new(at..at + 1, "a “?” follows a word or a bracket; write “\\?” for a question mark in the text")),
        };
        let word = nodes.split_off(from);
        nodes.push(Node::Optional(word));
        Ok(())
    }
}

/// Puts spaces where they belong: one between words, with the optional word that may be missing, and none at the ends.
fn tidy(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut nodes = nodes.into_iter().peekable();
    while let Some(node) = nodes.next() {
        match node {
            Node::Space if out.is_empty() || matches!(out.last(), Some(Node::Space | Node::Gap)) || nodes.peek().is_none() => {}
            Node::Gap => {
                while matches!(out.last(), Some(Node::Space)) {
                    out.pop();
                }
                out.push(Node::Gap);
            }
            Node::Optional(mut inner) if matches!(out.last(), Some(Node::Space)) && matches!(nodes.peek(), None | Some(Node::Space | Node::Gap)) => {
                out.pop();
                inner.insert(0, Node::Space);
                out.push(Node::Optional(inner));
            }
            Node::Optional(mut inner) if out.is_empty() && matches!(nodes.peek(), Some(Node::Space)) => {
                nodes.next();
                inner.push(Node::Space);
                out.push(Node::Optional(inner));
                // What follows is at the phrase's start as much as this was.
            }
            node => out.push(node),
        }
    }
    while matches!(out.last(), Some(Node::Space)) {
        out.pop();
    }
    out
}

/// Within one word a choice is spelled out: `licen(c|s)e` is “licence” or “license”.
pub(super) fn spell_out(nodes: Vec<Node>, at: std::ops::Range<usize>) -> Result<Vec<Node>, PhraseError> {
    if !nodes.iter().any(|n| matches!(n, Node::Choice(_) | Node::Optional(_))) {
        return Ok(nodes);
    }
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut word: Vec<Node> = Vec::new();
    for node in nodes {
        let glued = matches!(node, Node::Text(_) | Node::Stem | Node::Choice(_)) || matches!(&node, Node::Optional(inner) if !inner.contains(&Node::Space));
        if glued {
            word.push(node);
            continue;
        }
        flush(&mut word, &mut out, &at)?;
        out.push(match node {
            Node::Optional(inner) => Node::Optional(spell_out(inner, at.clone())?),
            node => node,
        });
    }
    flush(&mut word, &mut out, &at)?;
    Ok(out)
}

fn flush(word: &mut Vec<Node>, out: &mut Vec<Node>, at: &std::ops::Range<usize>) -> Result<(), PhraseError> {
    let nodes = std::mem::take(word);
    if nodes.len() <= 1 {
        for node in nodes {
            out.push(match node {
                Node::Choice(branches) => Node::Choice(branches.into_iter().map(|b| spell_out(b, at.clone())).collect::<Result<_, _>>()?),
                Node::Optional(inner) => Node::Optional(spell_out(inner, at.clone())?),
                node => node,
            });
        }
        return Ok(());
    }
    if nodes.iter().all(|n| matches!(n, Node::Text(_) | Node::Stem)) {
        out.extend(nodes);
        return Ok(());
    }
    let spellings = spellings(&nodes, at)?;
    out.push(Node::Choice(spellings));
    Ok(())
}

/// All spellings of a word that holds choices, each a run of text, perhaps ending in a stem.
fn spellings(nodes: &[Node], at: &std::ops::Range<usize>) -> Result<Vec<Vec<Node>>, PhraseError> {
    let mut all: Vec<Vec<Node>> = vec![Vec::new()];
    for node in nodes {
        let branches: Vec<Vec<Node>> = match node {
            Node::Choice(branches) => branches.iter().map(|b| spellings(b, at)).collect::<Result<Vec<_>, _>>()?.concat(),
            Node::Optional(inner) => [vec![Vec::new()], spellings(inner, at)?].concat(),
            node => vec![vec![node.clone()]],
        };
        all = all.iter().flat_map(|left| branches.iter().map(move |right| join(left, right))).collect();
        if all.len() > MAX_SPELLINGS {
            return Err(PhraseError::new(at.clone(), "too many spellings in one word; write them as phrases of their own"));
        }
    }
    Ok(all)
}

fn join(left: &[Node], right: &[Node]) -> Vec<Node> {
    let mut out = left.to_vec();
    for node in right {
        match (out.last_mut(), node) {
            (Some(Node::Text(a)), Node::Text(b)) => a.push_str(b),
            _ => out.push(node.clone()),
        }
    }
    out
}
