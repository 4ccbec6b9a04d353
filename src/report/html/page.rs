//! One linted file → what the parts of its article share: which block holds which finding's card, ids, the rules explained.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Block, Document};
use crate::lint::Finding;
use crate::outline::{Language, Wordings};
use crate::report::Checked;
use crate::report::place::FileLines;
use crate::rules::{Catalogue, Rule};
use crate::text::{BASIS_64, Span, hash_64};

/// A linted file on its way to the page.
pub(super) struct Page<'a> {
    pub(super) checked: &'a Checked<'a>,
    /// Names roles and activities.
    pub(super) wordings: &'a Wordings,
    /// Of each finding the first block that holds any of it; none for what is said of the document as a whole.
    homes: Vec<Option<usize>>,
    numbers: Vec<usize>,
    /// Findings, by the blocks that hold any of them.
    touching: BTreeMap<usize, Vec<usize>>,
    /// Findings, by the block that is their home.
    at_home: BTreeMap<usize, Vec<usize>>,
    /// Headings as they were understood.
    headings: BTreeSet<Span>,
    /// The first finding of each rule, whose card gives the reason.
    explained: BTreeMap<&'a str, usize>,
    /// The language of each block that is not in English, as a tag.
    languages: BTreeMap<usize, &'static str>,
    lines: Option<FileLines<'a>>,
    key: String,
}

impl<'a> Page<'a> {
    pub(super) fn new(checked: &'a Checked<'a>, wordings: &'a Wordings) -> Page<'a> {
        let findings = &checked.report.findings;
        let homes: Vec<Option<usize>> = findings.iter().map(|f| home(checked.document, f.span)).collect();
        let mut at_home: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut touching: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut explained = BTreeMap::new();
        // As the cards stand: those of the document as a whole come last.
        let mut order: Vec<usize> = (0..findings.len()).collect();
        order.sort_by_key(|n| homes[*n].is_none());
        let mut numbers = vec![0; findings.len()];
        for (before, n) in order.into_iter().enumerate() {
            let finding = &findings[n];
            numbers[n] = before + 1;
            explained.entry(finding.rule.as_str()).or_insert(n);
            if let Some(home) = &homes[n] {
                at_home.entry(*home).or_default().push(n);
                let blocks = checked.document.blocks()[*home..].iter().take_while(|b| b.span.start() < finding.span.end()).enumerate();
                let touched = blocks.filter(|(_, b)| b.span.overlaps(finding.span)).map(|(further, _)| home + further);
                touched.for_each(|block| touching.entry(block).or_default().push(n));
            }
        }
        let headings = checked.report.outline.sections.iter().filter_map(|s| s.heading).collect();
        let lines = (!findings.is_empty()).then(|| FileLines::new(checked.bytes));
        Page { checked, wordings, homes, numbers, touching, at_home, headings, explained, languages: languages(checked), lines, key: key(checked.path) }
    }

    pub(super) fn document(&self) -> &'a Document {
        self.checked.document
    }

    pub(super) fn catalogue(&self) -> &'a Catalogue {
        self.checked.ruleset.catalogue()
    }

    pub(super) fn finding(&self, n: usize) -> &'a Finding {
        &self.checked.report.findings[n]
    }

    pub(super) fn rule(&self, n: usize) -> Option<&'a Rule> {
        self.checked.ruleset.rule(self.finding(n).rule.as_str())
    }

    pub(super) fn lines(&self) -> Option<&FileLines<'a>> {
        self.lines.as_ref()
    }

    /// Findings that share a byte with a block, in order.
    pub(super) fn touching(&self, block: usize) -> &[usize] {
        self.touching.get(&block).map_or(&[], Vec::as_slice)
    }

    /// Most adverts mark their headings by bold type or a colon only.
    pub(super) fn is_understood_as_heading(&self, block: &Block) -> bool {
        self.headings.contains(&block.span)
    }

    /// The block that holds a finding's card.
    pub(super) fn home(&self, finding: usize) -> Option<usize> {
        self.homes[finding]
    }

    /// Findings whose cards stand beside a block.
    pub(super) fn at_home(&self, block: usize) -> &[usize] {
        self.at_home.get(&block).map_or(&[], Vec::as_slice)
    }

    /// Findings of the document as a whole.
    pub(super) fn of_the_whole(&self) -> Vec<usize> {
        (0..self.homes.len()).filter(|n| self.homes[*n].is_none()).collect()
    }

    /// The finding whose card gives the reason for this one's rule.
    pub(super) fn explained_at(&self, finding: usize) -> usize {
        self.explained.get(self.finding(finding).rule.as_str()).copied().unwrap_or(finding)
    }

    /// ` lang="cy"` for a block that is not in English.
    pub(super) fn language(&self, block: usize) -> String {
        self.languages.get(&block).map_or(String::new(), |tag| format!(" lang=\"{tag}\""))
    }

    pub(super) fn id(&self, part: &str) -> String {
        format!("{}-{part}", self.key)
    }

    /// What a finding is called on the page.
    pub(super) fn number(&self, finding: usize) -> usize {
        self.numbers[finding]
    }

    pub(super) fn card_id(&self, finding: usize) -> String {
        self.id(&format!("c{}", self.number(finding)))
    }

    pub(super) fn mark_id(&self, finding: usize) -> String {
        self.id(&format!("m{}", self.number(finding)))
    }
}

/// What the ids of a file's parts begin with. Files are rendered in any order and none knows its number, so its name tells.
pub(super) fn key(path: &str) -> String {
    format!("d{:016x}", hash_64(BASIS_64, path.bytes()))
}

fn home(document: &Document, span: Span) -> Option<usize> {
    let blocks = document.blocks();
    let first = blocks.partition_point(|b| b.span.end() <= span.start());
    (!span.is_empty() && blocks.get(first)?.span.overlaps(span)).then_some(first)
}

/// A block that goes with its neighbours has the language that was told last before it.
fn languages(checked: &Checked) -> BTreeMap<usize, &'static str> {
    let outline = &checked.report.outline;
    let other = outline.statements.iter().filter(|s| s.language == Language::Other).map(|s| s.block);
    let named = |block: u32| {
        let after = outline.foreign.partition_point(|(b, _)| *b <= block);
        outline.foreign.get(after.saturating_sub(1)).map_or("und", |(_, name)| tag(name))
    };
    other.map(|block| (block as usize, named(block))).collect()
}

/// The tag of a language that `rules/outline.toml` names (BCP 47).
fn tag(name: &str) -> &'static str {
    match name {
        "welsh" => "cy",
        "french" => "fr",
        "german" => "de",
        "irish" => "ga",
        "gaelic" => "gd",
        "spanish" => "es",
        "italian" => "it",
        "dutch" => "nl",
        "polish" => "pl",
        "portuguese" => "pt",
        "romanian" => "ro",
        _ => "und",
    }
}
