//! A text file → the file with its rewrites made, and what is left to do by hand.
//!
//! Two rewrites may touch the same words, and then only one is made; what comes of it is linted again, until nothing is left
//! that may be done unattended. So a file that was fixed once is not changed by being fixed again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::cli::read::{self, FileError};
use crate::document::{Document, Format, Limits};
use crate::fix::{self, Unfixable};
use crate::lint::{Advert, Applicability, Finding, Fix, Linter, Report};
use crate::outline::Kind;
use crate::rules::RuleId;

/// Which rewrites are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// Those that keep the meaning.
    Safe,
    /// Where there is none, the first of those that a person should choose from.
    Suggested,
}

/// A file that was fixed as far as it can be.
pub(super) struct Fixed {
    pub(super) kind: Kind,
    pub(super) bytes: Vec<u8>,
    pub(super) n_made: usize,
    pub(super) left: Left,
    /// The file as text, before and after.
    pub(super) before: String,
    pub(super) after: String,
}

/// Rounds after which rewrites that call for one another are left alone.
const MOST_ROUNDS: usize = 8;

/// By what a file is read and judged.
pub(super) struct Means {
    pub(super) format: Format,
    pub(super) limits: Limits,
    pub(super) linter: Arc<Linter>,
}

/// Makes the rewrites of a file, read together with the other documents of its advert.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn fix(bytes: &[u8], means: &Means, taken: Taken, others: Vec<Document>) -> Result<Fixed, FileError> {
    let mut round = Round::new(bytes.to_vec(), means, others)?;
    let (kind, before) = (round.report.kind, round.document().decode(bytes));
    let mut n_made = 0;
    // A suggestion is taken once: it may well leave something to find, and would be made again and again.
    let mut again: Option<BTreeSet<RuleId>> = None;
    for _ in 0..MOST_ROUNDS {
        let chosen = round.chosen(taken, again.as_ref());
        let fixed = fix::apply(&round.bytes, round.document(), &chosen.iter().map(|(_, fix)| *fix).collect::<Vec<_>>());
        if fixed.made.is_empty() {
            break;
        }
        let waiting = fixed.left.iter().filter(|(_, why)| *why == Unfixable::Overlaps);
        again = Some(waiting.filter_map(|(n, _)| chosen.get(*n)).map(|(finding, _)| finding.rule.clone()).collect());
        n_made += fixed.made.len();
        round = Round::new(fixed.bytes, means, round.advert.documents()[1..].to_vec())?;
    }
    let after = round.document().decode(&round.bytes);
    Ok(Fixed { kind, left: round.left(taken), bytes: round.bytes, n_made, before, after })
}

/// The file as it stands, and what is found in it.
struct Round {
    bytes: Vec<u8>,
    advert: Advert,
    report: Report,
}

impl Round {
    fn new(bytes: Vec<u8>, means: &Means, others: Vec<Document>) -> Result<Round, FileError> {
        let advert = Advert::new([vec![read::document(&bytes, means.format, &means.limits)?], others].concat());
        let report = means.linter.check(&advert).into_iter().next().expect("each document of an advert has a report");
        Ok(Round { bytes, advert, report })
    }

    fn document(&self) -> &Document {
        &self.advert.documents()[0]
    }

    /// The rewrite of each finding that is to be made; after the first round, suggestions only of the rules that wait.
    fn chosen(&self, taken: Taken, again: Option<&BTreeSet<RuleId>>) -> Vec<(&Finding, &Fix)> {
        let due = |finding: &Finding, fix: &Fix| fix.applicability == Applicability::Safe || again.is_none_or(|rules| rules.contains(&finding.rule));
        let of = |finding| best(finding, taken).map(|fix| (finding, fix));
        self.report.findings.iter().filter_map(of).filter(|(finding, fix)| due(finding, fix)).collect()
    }

    fn left(&self, taken: Taken) -> Left {
        let mut left = Left::default();
        for finding in &self.report.findings {
            *left.0.entry(self.why_left(finding, taken)).or_insert(0) += 1;
        }
        left
    }

    fn why_left(&self, finding: &Finding, taken: Taken) -> WhyLeft {
        let Some(fix) = best(finding, Taken::Suggested) else { return WhyLeft::Advice };
        match fix::byte_edits(&self.bytes, self.document(), &fix.edits) {
            Err(Unfixable::SplitByMarkup) => WhyLeft::SplitByMarkup,
            Err(Unfixable::Encoding) => WhyLeft::Encoding,
            Err(_) => WhyLeft::Advice,
            Ok(_) if taken == Taken::Safe && fix.applicability == Applicability::Suggested => WhyLeft::Suggested,
            Ok(_) => WhyLeft::Remains,
        }
    }
}

/// The first rewrite that has words, if it is of the kind that is wanted; one that keeps the meaning always comes first.
fn best(finding: &Finding, taken: Taken) -> Option<&Fix> {
    finding.rewrite().filter(|fix| taken == Taken::Suggested || fix.applicability == Applicability::Safe)
}

/// How many findings are left, by why.
#[derive(Default)]
pub(super) struct Left(BTreeMap<WhyLeft, usize>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum WhyLeft {
    Suggested,
    Advice,
    SplitByMarkup,
    Encoding,
    Remains,
}

impl Left {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, other: &Left) {
        other.0.iter().for_each(|(why, n)| *self.0.entry(*why).or_insert(0) += n);
    }
}

/// “5: 3 with a suggestion, which --suggested takes; 2 whose words are yours to choose”.
impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.0.values().sum::<usize>())?;
        for (n, (why, count)) in self.0.iter().enumerate() {
            let and = if n > 0 { "; " } else { "" };
            write!(f, "{and}{count} {}", why.words())?;
        }
        Ok(())
    }
}

impl WhyLeft {
    const fn words(self) -> &'static str {
        match self {
            WhyLeft::Suggested => "with a suggestion, which --suggested takes",
            WhyLeft::Advice => "whose words are yours to choose",
            WhyLeft::SplitByMarkup => "with formatting in the middle of the words",
            WhyLeft::Encoding => "whose new words have a character that the file’s encoding lacks",
            WhyLeft::Remains => "that a suggestion did not settle",
        }
    }
}
