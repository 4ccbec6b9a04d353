//! One pass over a text for the words of all rules of a pack.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::statement_at;
use crate::document::Document;
use crate::outline::{Outline, StatementRole};
use crate::phrase::Found;
use crate::rules::{Owner, Pack, Part};
use crate::text::{Folded, Span, offset};

/// Where a rule's words stand, before anyone has judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The words.
    pub span: Span,
    /// The rule, by its place in the pack.
    pub rule: u16,
    /// The entry, by its place in the pack.
    pub entry: u16,
    /// Which phrase: a word may begin with two stems of one entry, and the gender-coding score counts both.
    pub phrase: u32,
}

/// What one pass over a document found of one pack.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// Candidates by place.
    pub candidates: Vec<Candidate>,
    /// What a rule (or one entry of it) leaves, by place.
    leaves: Vec<(Span, Owner)>,
    /// Where phrases of conditions stand, by place; found once, when a condition first asks.
    context: OnceCell<Vec<Found>>,
    /// The phrase and number of each of these, in order; so that what stands anywhere is found without going through all.
    by_phrase: OnceCell<Vec<(u32, u32)>>,
    /// Candidates in statements that say what is not asked, with these statements; found when a criterion first asks.
    waived: OnceCell<Vec<(Candidate, u32)>>,
}

/// A pack's patterns, ready to run.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    literals: Option<AhoCorasick>,
    /// By literal: which pattern.
    of_literal: Vec<usize>,
    expressions: Vec<(Lazy, Owner)>,
}

/// An expression that is compiled when its literal is first met: most documents hold none.
#[derive(Debug)]
struct Lazy {
    expression: String,
    /// A block that lacks one of each of these needs no search.
    also: Vec<Vec<String>>,
    compiled: OnceLock<Option<regex::Regex>>,
}

impl Lazy {
    /// Checked when the pack was compiled; one too large for this machine finds nothing.
    fn get(&self) -> Option<&regex::Regex> {
        self.compiled.get_or_init(|| regex::Regex::new(&self.expression).ok()).as_ref()
    }
}

impl Patterns {
    /// Compiles the patterns of a pack; there are seldom any.
    pub(crate) fn new(pack: &Pack) -> Patterns {
        let mut patterns = Patterns::default();
        let mut literals = Vec::new();
        for (pattern, owner) in &pack.patterns {
            let Some((rarest, also)) = pattern.needs.split_first() else { continue };
            for literal in rarest {
                literals.push(literal.as_str());
                patterns.of_literal.push(patterns.expressions.len());
            }
            patterns.expressions.push((Lazy { expression: pattern.expression.clone(), also: also.to_vec(), compiled: OnceLock::new() }, *owner));
        }
        // A table that is quicker to search takes longer to make than one advert takes to be checked.
        let search = || AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&literals).ok();
        patterns.literals = if literals.is_empty() { None } else { search() };
        patterns
    }

    /// All matches in the blocks where a literal was met.
    fn find(&self, document: &Document, folded: &Folded) -> Vec<(Span, Owner)> {
        let Some(literals) = &self.literals else { return Vec::new() };
        let mut met: Vec<(usize, usize)> = Vec::new();
        for literal in literals.find_overlapping_iter(folded.as_str()) {
            let place = folded.to_source(literal.range());
            let next = document.blocks().partition_point(|b| b.span.start() <= place.start());
            if let Some(block) = next.checked_sub(1) {
                met.push((self.of_literal[literal.pattern().as_usize()], block));
            }
        }
        met.sort_unstable();
        met.dedup();
        let mut found = Vec::new();
        for (pattern, block) in met {
            let within = folded.range_of(document.blocks()[block].span);
            let (lazy, owner) = &self.expressions[pattern];
            let here = &folded.as_str()[within.clone()];
            if !lazy.also.iter().all(|set| set.iter().any(|l| here.contains(l.as_str()))) {
                continue;
            }
            let Some(expression) = lazy.get() else { continue };
            for piece in pieces(folded.as_str(), within) {
                let text = &folded.as_str()[piece.clone()];
                for one in expression.find_iter(text).filter(|m| !m.is_empty()) {
                    found.push((folded.to_source(piece.start + one.start()..piece.start + one.end()), *owner));
                }
            }
        }
        found
    }
}

/// Bytes of a block that a pattern sees at once. Searching for all of its places may cost the square of what it sees, so a
/// paragraph without end must not be seen whole; real ones are shorter.
const PIECE: usize = 2048;

/// A block in pieces that end at white space, or where there is none for as long, at a character.
fn pieces(text: &str, block: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = block.start;
    std::iter::from_fn(move || {
        let start = at;
        let rest = text.get(start..block.end).filter(|rest| !rest.is_empty())?;
        let most = (0..=rest.len().min(PIECE)).rev().find(|n| rest.is_char_boundary(*n)).unwrap_or(rest.len());
        let len = if most == rest.len() { most } else { rest[..most].rfind(char::is_whitespace).filter(|n| *n > 0).unwrap_or(most) };
        at = start + len;
        Some(start..at)
    })
}

impl Scan {
    /// Scans a document.
    pub(crate) fn new(document: &Document, outline: &Outline, pack: &Pack, patterns: &Patterns) -> Scan {
        let mut scan = Scan::default();
        let phrases = pack.scan.find(&outline.folded).into_iter().map(|f| (f.span, pack.owners[f.phrase as usize], f.phrase));
        let patterns = patterns.find(document, &outline.folded).into_iter().map(|(span, owner)| (span, owner, u32::MAX));
        for (span, owner, phrase) in phrases.chain(patterns) {
            match owner.part {
                Part::Find if pack.rules[owner.rule as usize].off => {}
                Part::Find => scan.candidates.push(Candidate { span, rule: owner.rule, entry: owner.entry, phrase }),
                Part::Leave => scan.leaves.push((span, owner)),
            }
        }
        scan.candidates.sort_unstable();
        scan.candidates.dedup();
        scan.leaves.sort_unstable_by_key(|(span, _)| *span);
        scan
    }

    /// Where phrases of the pack's conditions stand, by place.
    pub(super) fn context(&self, outline: &Outline, pack: &Pack) -> &[Found] {
        self.context.get_or_init(|| pack.context.find(&outline.folded))
    }

    /// The first place of any of these phrases (sorted by their numbers) that is wanted.
    pub(super) fn first_of(&self, phrases: &[u32], outline: &Outline, pack: &Pack, is_wanted: impl Fn(Span) -> bool) -> Option<Span> {
        let found = self.context(outline, pack);
        let by_phrase = self.by_phrase.get_or_init(|| {
            let mut by_phrase: Vec<(u32, u32)> = found.iter().enumerate().map(|(n, f)| (f.phrase, offset(n))).collect();
            by_phrase.sort_unstable();
            by_phrase
        });
        let places = |phrase: u32| by_phrase[by_phrase.partition_point(|(p, _)| *p < phrase)..].iter().take_while(move |(p, _)| *p == phrase);
        let first = |phrase: &u32| places(*phrase).map(|(_, n)| *n).find(|n| is_wanted(found[*n as usize].span));
        phrases.iter().filter_map(first).min().map(|n| found[n as usize].span)
    }

    /// Candidates in statements that say what is not asked, by place, with the statement.
    pub(super) fn waived(&self, outline: &Outline) -> &[(Candidate, u32)] {
        self.waived.get_or_init(|| {
            let placed = self.candidates.iter().filter_map(|c| statement_at(outline, c.span).map(|statement| (*c, statement)));
            placed.filter(|(_, statement)| outline.statements[*statement as usize].role == StatementRole::Waiver).collect()
        })
    }

    /// Whether the rule has any candidate that it does not leave.
    pub(crate) fn has(&self, rule: u16) -> bool {
        self.candidates.iter().any(|c| c.rule == rule && self.left(c).is_none())
    }

    /// What the rule, or the entry, leaves, if it covers the candidate.
    pub(crate) fn left(&self, candidate: &Candidate) -> Option<Span> {
        self.leaves_over(candidate).next().map(|(span, _)| span)
    }

    /// Whether the candidate's own entry leaves it.
    pub(crate) fn left_by_entry(&self, candidate: &Candidate) -> bool {
        self.leaves_over(candidate).any(|(_, owner)| owner.entry == candidate.entry)
    }

    fn leaves_over<'s>(&'s self, candidate: &'s Candidate) -> impl Iterator<Item = (Span, Owner)> + 's {
        let from = self.leaves.partition_point(|(span, _)| span.start() <= candidate.span.start());
        let before = self.leaves[..from].iter().rev().take_while(|(span, _)| candidate.span.start() - span.start() < 400);
        before
            .filter(|(span, owner)| {
                owner.rule == candidate.rule && (owner.entry == u16::MAX || owner.entry == candidate.entry) && span.contains(candidate.span)
            })
            .copied()
    }
}
