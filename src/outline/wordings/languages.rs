//! Languages by their commonest words. No detector crate knows Welsh, and all of them guess at short texts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::{Word, hash};

/// A table from a word to the languages (one bit each) that have it among their commonest.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FunctionWords {
    /// Bit 0 is English.
    names: Vec<String>,
    /// Hash of a word, and its languages; no language is a free slot. The length is a power of two.
    slots: Vec<(u32, u16)>,
}

impl FunctionWords {
    /// Makes the table; `languages` are names with their words, English first.
    pub(super) fn new<'a>(languages: impl Iterator<Item = (&'a str, &'a str)>) -> FunctionWords {
        let mut names = Vec::new();
        let mut words: BTreeMap<u32, u16> = BTreeMap::new();
        // Sixteen bits, sixteen languages.
        for (n, (name, of)) in languages.take(16).enumerate() {
            names.push(name.to_owned());
            for word in of.split_whitespace() {
                *words.entry(hash(word)).or_default() |= 1 << n;
            }
        }
        let mut slots = vec![(0, 0); (words.len() * 2).next_power_of_two()];
        let mask = slots.len() - 1;
        for (hash, languages) in words {
            let mut slot = hash as usize & mask;
            while slots[slot].1 != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = (hash, languages);
        }
        FunctionWords { names, slots }
    }

    /// The languages of a folded word, one bit each.
    pub(crate) fn languages_of(&self, word: Word) -> u16 {
        let Some(mask) = self.slots.len().checked_sub(1) else { return 0 };
        let mut slot = word.hash as usize & mask;
        loop {
            let (h, languages) = self.slots[slot];
            if languages == 0 || h == word.hash {
                return languages;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The name of a language, as people write it.
    pub(crate) fn name(&self, language: usize) -> &str {
        self.names.get(language).map_or("", String::as_str)
    }

    /// How many languages there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}
