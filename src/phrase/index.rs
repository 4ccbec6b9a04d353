//! Words → the phrases that are looked up by them: two hash tables, of words and of stems, in a form that is stored as it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::anchor::Range;
use super::stored::{steps, sums};
use crate::text::offset;

/// Stems are looked up by the beginnings of a word up to this length; a longer stem is looked up by its first letters.
const LONGEST_STEM: usize = 8;
/// The shortest stem that a phrase may have.
pub(super) const SHORTEST_STEM: usize = 3;

/// A phrase, or a list, to verify where its anchor was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Target {
    /// A phrase's number, or [`Target::LIST`] and a list's.
    pub(super) id: u32,
    /// How many tokens of it may stand before the anchor.
    pub(super) min: u16,
    pub(super) max: u16,
}

impl Target {
    /// Marks a list's number.
    const LIST: u32 = 1 << 31;

    pub(super) fn phrase(id: u32, before: Range) -> Target {
        Target { id, min: before.min, max: before.max }
    }

    pub(super) fn of_list(list: u32, before: Range) -> Target {
        Target { id: list | Target::LIST, min: before.min, max: before.max }
    }

    /// The list's number, where it is one.
    pub(super) fn list(self) -> Option<u32> {
        (self.id & Target::LIST != 0).then_some(self.id & !Target::LIST)
    }
}

/// A closed hash table with its targets.
#[derive(Clone, Debug, Default, PartialEq)]
struct Table {
    /// Hash and range of `targets`; an empty range is a free slot. The length is a power of two.
    slots: Vec<(u32, u32, u32)>,
    targets: Vec<Target>,
}

/// A table as it is stored: the hashes in order, each with the number of its targets.
#[derive(Serialize, Deserialize)]
struct StoredTable {
    hashes: Vec<u32>,
    counts: Vec<u32>,
    targets: Vec<Target>,
}

/// The lookup of a matcher as it is stored. Filters are made anew.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredIndex {
    words: StoredTable,
    stems: StoredTable,
    numbers: Vec<Target>,
    stem_starts: Vec<u32>,
}

impl From<&Index> for StoredIndex {
    fn from(index: &Index) -> StoredIndex {
        let (words, stems) = (StoredTable::from(&index.words), StoredTable::from(&index.stems));
        StoredIndex { words, stems, numbers: index.numbers.clone(), stem_starts: steps(&index.stem_starts) }
    }
}

impl From<StoredIndex> for Index {
    fn from(stored: StoredIndex) -> Index {
        Index::of(Table::from(stored.words), Table::from(stored.stems), stored.numbers, sums(&stored.stem_starts))
    }
}

impl From<&Table> for StoredTable {
    fn from(table: &Table) -> StoredTable {
        let mut taken: Vec<(u32, u32, u32)> = table.slots.iter().copied().filter(|(_, from, to)| from != to).collect();
        taken.sort_unstable();
        let hashes: Vec<u32> = taken.iter().map(|(hash, ..)| *hash).collect();
        StoredTable { hashes: steps(&hashes), counts: taken.iter().map(|(_, from, to)| to - from).collect(), targets: table.targets.clone() }
    }
}

impl From<StoredTable> for Table {
    fn from(stored: StoredTable) -> Table {
        let mut table = Table::for_words(stored.counts.len());
        let mut from = 0;
        for (hash, n) in sums(&stored.hashes).into_iter().zip(stored.counts) {
            table.put(hash, from, from + n);
            from += n;
        }
        Table { targets: stored.targets, ..table }
    }
}

/// The lookup of a matcher.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Index {
    words: Table,
    stems: Table,
    /// What is looked up by any number.
    pub(super) numbers: Vec<Target>,
    /// Hashes of the first three bytes that stems have.
    stem_starts: Vec<u32>,
    /// One bit for each of them, so that most words are turned away at once.
    stem_filter: Vec<u64>,
    /// One bit for each hash of a word, for the same reason.
    word_filter: Vec<u64>,
}

/// FNV-1a, the same on every machine: the tables are made where jdlint is built and read where it runs.
pub(super) fn hash(word: &str) -> u32 {
    word.bytes().fold(BASIS, step)
}

/// Stands among hashes of words for any number.
pub(super) const NUMBER: u32 = 1;

const BASIS: u32 = 0x811c_9dc5;

fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

impl Index {
    fn of(words: Table, stems: Table, numbers: Vec<Target>, stem_starts: Vec<u32>) -> Index {
        let hashes: Vec<u32> = words.slots.iter().filter(|(_, from, to)| from != to).map(|(hash, ..)| *hash).collect();
        Index { stem_filter: filter(&stem_starts), word_filter: filter(&hashes), words, stems, numbers, stem_starts }
    }

    /// Calls `met` with each target that `word` (one token) is the anchor of. Two words of one hash both
    /// answer; the verification tells them apart.
    pub(super) fn look_up(&self, word: &str, mut met: impl FnMut(Target)) {
        let bytes = word.as_bytes();
        let mut hash = BASIS;
        let mut stems = self.stem_filter.is_empty() || bytes.len() < SHORTEST_STEM;
        for (n, byte) in bytes.iter().enumerate() {
            hash = step(hash, *byte);
            let len = n + 1;
            if stems || !(SHORTEST_STEM..=LONGEST_STEM).contains(&len) {
                continue;
            }
            if len == SHORTEST_STEM && !has(&self.stem_filter, hash) {
                stems = true;
                continue;
            }
            self.stems.get(hash).iter().copied().for_each(&mut met);
        }
        if has(&self.word_filter, hash) {
            self.words.get(hash).iter().copied().for_each(&mut met);
        }
    }
}

fn has(filter: &[u64], hash: u32) -> bool {
    let bits = filter.len() * 64;
    bits > 0 && {
        let bit = hash as usize & (bits - 1);
        filter[bit / 64] >> (bit % 64) & 1 == 1
    }
}

impl Table {
    fn get(&self, hash: u32) -> &[Target] {
        let Some(mask) = self.slots.len().checked_sub(1) else { return &[] };
        let mut slot = hash as usize & mask;
        loop {
            let (h, from, to) = self.slots[slot];
            if from == to {
                return &[];
            }
            if h == hash {
                return &self.targets[from as usize..to as usize];
            }
            slot = (slot + 1) & mask;
        }
    }

    /// An empty table with room for so many words.
    fn for_words(n: usize) -> Table {
        let slots = if n == 0 { Vec::new() } else { vec![(0, 0, 0); (n * 2).next_power_of_two()] };
        Table { slots, targets: Vec::new() }
    }

    /// Takes the first free slot for a hash, which is there: there are twice as many as words.
    fn put(&mut self, hash: u32, from: u32, to: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot].1 != self.slots[slot].2 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = (hash, from, to);
    }

    fn of(words: BTreeMap<u32, Vec<Target>>) -> Table {
        let mut table = Table::for_words(words.len());
        for (hash, mut targets) in words {
            targets.sort_unstable();
            targets.dedup_by(|next, kept| {
                let same = next.id == kept.id;
                if same {
                    (kept.min, kept.max) = (kept.min.min(next.min), kept.max.max(next.max));
                }
                same
            });
            let from = offset(table.targets.len());
            table.targets.extend(targets);
            table.put(hash, from, offset(table.targets.len()));
        }
        table
    }
}

/// Gathers anchors; ordered maps, so that the same phrases always make the same table.
#[derive(Default)]
pub(super) struct IndexBuilder {
    words: BTreeMap<u32, Vec<Target>>,
    stems: BTreeMap<u32, Vec<Target>>,
    numbers: Vec<Target>,
    stem_starts: Vec<u32>,
}

impl IndexBuilder {
    pub(super) fn add(&mut self, word: &str, stem: bool, target: Target) {
        if !stem || word.len() < SHORTEST_STEM {
            self.words.entry(hash(word)).or_default().push(target);
            return;
        }
        let cut = (1..=word.len().min(LONGEST_STEM)).rev().find(|n| word.is_char_boundary(*n)).unwrap_or(word.len());
        self.stems.entry(hash(&word[..cut])).or_default().push(target);
        let start = word.bytes().take(SHORTEST_STEM).fold(BASIS, step);
        self.stem_starts.push(start);
    }

    pub(super) fn add_number(&mut self, target: Target) {
        self.numbers.push(target);
    }

    pub(super) fn finish(mut self) -> Index {
        self.numbers.sort_unstable();
        self.numbers.dedup();
        self.stem_starts.sort_unstable();
        self.stem_starts.dedup();
        Index::of(Table::of(self.words), Table::of(self.stems), self.numbers, self.stem_starts)
    }
}

fn filter(hashes: &[u32]) -> Vec<u64> {
    if hashes.is_empty() {
        return Vec::new();
    }
    let bits = (hashes.len() * 16).next_power_of_two().max(64);
    let mut filter = vec![0u64; bits / 64];
    for hash in hashes {
        let bit = *hash as usize & (bits - 1);
        filter[bit / 64] |= 1 << (bit % 64);
    }
    filter
}
