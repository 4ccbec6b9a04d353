//! The gender-coding score: masculine- and feminine-coded words, counted as the well-known gender decoder counts them.
//!
//! Source of the words: Gaucher, Friesen & Kay 2011. Its effect is contested, so the score is information, never a finding.

use serde::Serialize;

use crate::judge::{Candidate, Reading, Scan, statement_at};
use crate::outline::{SectionKind, StatementRole};
use crate::rules::{Coding, Pack, RuleKind};

/// How the document's words are coded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GenderScore {
    /// “masculine-coded”, “strongly feminine-coded”, “neutral” …, as the gender decoder words it.
    pub verdict: &'static str,
    /// Masculine-coded words, in order of first use.
    pub masculine: Vec<CodedWord>,
    /// Feminine-coded words, in order of first use.
    pub feminine: Vec<CodedWord>,
    /// The verdict without words that belong to the job itself (headings, the employer, equality; “responsible for”).
    pub adjusted_verdict: &'static str,
    /// Masculine and feminine words that are left in it.
    pub adjusted: (usize, usize),
}

/// A coded word and how often it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodedWord {
    /// As it stands, in small letters.
    pub word: String,
    /// How often.
    pub count: usize,
}

/// Scores a document; `None` where the rules hold no coded words.
pub(super) fn score(reading: Reading, pack: &Pack, scan: &Scan) -> Option<GenderScore> {
    let rule = pack.rules.iter().position(|r| r.kind == RuleKind::Score && !r.off)?;
    let (mut masculine, mut feminine) = (Vec::new(), Vec::new());
    let mut adjusted = (0, 0);
    let coded: Vec<&Candidate> = scan.candidates.iter().filter(|c| c.rule as usize == rule && !scan.left_by_entry(c)).collect();
    for candidate in coded.iter().filter(|c| !is_inside_another(c, &coded)) {
        let Some(coding) = pack.entries[candidate.entry as usize].coded else { continue };
        let word = reading.document.slice(candidate.span).to_lowercase();
        let belongs = scan.left(candidate).is_some() || is_furniture(reading, candidate.span);
        match coding {
            Coding::Masculine => {
                add(&mut masculine, word);
                adjusted.0 += usize::from(!belongs);
            }
            Coding::Feminine => {
                add(&mut feminine, word);
                adjusted.1 += usize::from(!belongs);
            }
        }
    }
    let counts = (total(&masculine), total(&feminine));
    Some(GenderScore { verdict: verdict(counts), masculine, feminine, adjusted_verdict: verdict(adjusted), adjusted })
}

/// “self-confident” is one word with a stem of its own, so the “confident” in it doesn't count again.
fn is_inside_another(candidate: &Candidate, coded: &[&Candidate]) -> bool {
    let next = coded.partition_point(|c| c.span.start() < candidate.span.start());
    coded[..next].iter().rev().take(4).any(|c| c.span.contains(candidate.span))
}

fn is_furniture(reading: Reading, span: crate::text::Span) -> bool {
    let Some(statement) = statement_at(reading.outline, span).map(|s| &reading.outline.statements[s as usize]) else { return true };
    let section = statement.section.and_then(|s| reading.outline.sections.get(s as usize)).map_or(SectionKind::Other, |s| s.kind);
    statement.role == StatementRole::Heading
        || matches!(section, SectionKind::About | SectionKind::Benefits | SectionKind::Equality | SectionKind::Apply | SectionKind::Conditions)
}

fn add(words: &mut Vec<CodedWord>, word: String) {
    match words.iter_mut().find(|w| w.word == word) {
        Some(known) => known.count += 1,
        None => words.push(CodedWord { word, count: 1 }),
    }
}

fn total(words: &[CodedWord]) -> usize {
    words.iter().map(|w| w.count).sum()
}

/// The decoder's thresholds: a lead of more than three words is “strongly”.
fn verdict((masculine, feminine): (usize, usize)) -> &'static str {
    match feminine as i64 - masculine as i64 {
        0 if feminine == 0 => "empty",
        0 => "neutral",
        4.. => "strongly feminine-coded",
        1..=3 => "feminine-coded",
        -3..=-1 => "masculine-coded",
        _ => "strongly masculine-coded",
    }
}
