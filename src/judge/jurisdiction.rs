//! The documents of an advert → whose law is meant, and what tells it.

use std::collections::BTreeMap;

use super::Reading;
use crate::rules::{Jurisdiction, Signs};
use crate::text::{Span, one_line};

/// Reads jurisdictions from adverts.
#[derive(Debug)]
pub(crate) struct JurisdictionReader {
    signs: Signs,
    patterns: Vec<(regex::Regex, u16)>,
}

/// A jurisdiction, and the signs of it, the most telling first: “pay in pounds (“£24,000”)”.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) jurisdiction: Jurisdiction,
    pub(crate) by: Vec<String>,
}

/// How many signs a reader is told of.
const MOST: usize = 3;

impl JurisdictionReader {
    /// A reader of the embedded signs.
    pub(crate) fn embedded() -> JurisdictionReader {
        let signs = Signs::embedded();
        // Checked when they were compiled; one too large for this machine tells nothing.
        let patterns = signs.patterns.iter().filter_map(|(pattern, sign)| Some((regex::Regex::new(pattern).ok()?, *sign))).collect();
        JurisdictionReader { signs, patterns }
    }

    /// The jurisdiction that most speaks for; of two alike, the first in the order of [`Jurisdiction::ALL`].
    pub(crate) fn read(&self, readings: &[Reading]) -> Option<Told> {
        let mut met: BTreeMap<u16, String> = BTreeMap::new();
        for reading in readings {
            for (span, sign) in self.find(reading) {
                met.entry(sign).or_insert_with(|| one_line(reading.document.slice(span)));
            }
        }
        let signs: Vec<_> = met.iter().map(|(sign, words)| (&self.signs.signs[*sign as usize], words)).collect();
        let weight = |jurisdiction: Jurisdiction| signs.iter().filter(|(s, _)| s.of.contains(&jurisdiction)).map(|(s, _)| s.weight).sum::<u32>();
        let jurisdiction = Jurisdiction::ALL.into_iter().rev().max_by_key(|j| weight(*j)).filter(|j| weight(*j) > 0)?;
        let mut by: Vec<_> = signs.into_iter().filter(|(s, _)| s.of.contains(&jurisdiction)).collect();
        // What speaks for one country only tells more than what several share.
        by.sort_by_key(|(s, _)| (std::cmp::Reverse(s.weight), s.of.len()));
        let by = by.into_iter().take(MOST).map(|(sign, words)| format!("{} (“{words}”)", sign.what)).collect();
        Some(Told { jurisdiction, by })
    }

    /// Where signs stand in a document.
    fn find(&self, reading: &Reading) -> Vec<(Span, u16)> {
        let folded = &reading.outline.folded;
        let words = self.signs.words.find(folded).into_iter().map(|f| (f.span, self.signs.of_phrase[f.phrase as usize]));
        let patterns = self.patterns.iter().filter_map(|(regex, sign)| Some((folded.to_source(regex.find(folded.as_str())?.range()), *sign)));
        words.chain(patterns).collect()
    }
}
