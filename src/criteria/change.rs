//! The criteria of two versions of a document → what opened up and what closed.

use serde::Serialize;

use super::{Criterion, Verdict, alike, words};
use crate::document::Document;
use crate::outline::Binding;

/// What became of a criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<'a> {
    /// As it was; `None` where it is new.
    pub old: Option<&'a Criterion>,
    /// As it is; `None` where it is gone.
    pub new: Option<&'a Criterion>,
    /// Whether that lets more people in.
    pub direction: Direction,
}

/// Whether a change lets more people in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// It does.
    Opened,
    /// It keeps people out.
    Closed,
    /// Neither: it asks as much as before.
    Same,
}

/// Below this share of words in common two criteria are not one.
const ONE: f64 = 0.3;

/// What became of each criterion, in the order of the new document; what is gone comes last.
pub fn changes<'a>(old: (&'a [Criterion], &Document), new: (&'a [Criterion], &Document)) -> Vec<Change<'a>> {
    let pairs = pairs(old, new);
    let mut changes: Vec<Change> = Vec::with_capacity(new.0.len());
    for (n, criterion) in new.0.iter().enumerate() {
        let before = pairs.iter().find(|(_, to)| *to == n).map(|(from, _)| &old.0[*from]);
        changes.push(Change { old: before, new: Some(criterion), direction: direction(before.map_or(0, strictness), strictness(criterion)) });
    }
    let gone = old.0.iter().enumerate().filter(|(n, _)| !pairs.iter().any(|(from, _)| from == n));
    changes.extend(gone.map(|(_, c)| Change { old: Some(c), new: None, direction: direction(strictness(c), 0) }));
    changes
}

/// Which old criterion is which new one: the most alike first, each once.
fn pairs(old: (&[Criterion], &Document), new: (&[Criterion], &Document)) -> Vec<(usize, usize)> {
    let told = |(criteria, document): (&[Criterion], &Document)| criteria.iter().map(|c| words(document.slice(c.span))).collect::<Vec<_>>();
    let (before, after) = (told(old), told(new));
    let mut likely = Vec::new();
    for (from, was) in before.iter().enumerate() {
        for (to, is) in after.iter().enumerate() {
            let (a, b) = (&old.0[from], &new.0[to]);
            let likeness = if was == is { 1.0 } else { alike(was, is) };
            // A prerequisite keeps its subject, however it is put; a skill is known by its words only.
            let same_prerequisite = a.subject == b.subject && a.rule.is_some() && b.rule.is_some();
            let score = likeness + if same_prerequisite { 0.35 } else { 0.0 };
            if score >= ONE && (a.subject == b.subject || likeness > 0.5) {
                likely.push((score, from, to));
            }
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, from, to) in likely {
        if !pairs.iter().any(|(f, t)| *f == from || *t == to) {
            pairs.push((from, to));
        }
    }
    pairs
}

/// How many people a criterion keeps out, roughly: nobody where it only may be met, most where it must and nothing needs it.
fn strictness(criterion: &Criterion) -> u8 {
    let bound = match criterion.binding {
        Binding::Mandatory => 2,
        Binding::Expected => 1,
        Binding::Preferred | Binding::Neutral => return 0,
    };
    match criterion.verdict {
        Verdict::Open | Verdict::NotBinding => bound,
        Verdict::Required | Verdict::BorneOut | Verdict::Unquestioned | Verdict::Unassessable => bound + 2,
        Verdict::NotShown => bound + 4,
    }
}

fn direction(old: u8, new: u8) -> Direction {
    match old.cmp(&new) {
        std::cmp::Ordering::Greater => Direction::Opened,
        std::cmp::Ordering::Less => Direction::Closed,
        std::cmp::Ordering::Equal => Direction::Same,
    }
}
