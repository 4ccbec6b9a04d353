//! Words → the phrases that are looked up by them: two hash tables, of words and of stems, in a form that is stored as it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::anchor::Range;
use super::opening::{Beside, Opening};
use super::stored::{Part, Stored, Table, append};
use crate::text::{BASIS, Word, hash, step};

/// Stems are looked up by the beginnings of a word up to this length; a longer stem is looked up by its first letters.
const LONGEST_STEM: usize = 8;
/// The shortest stem that a phrase may have.
pub(super) const SHORTEST_STEM: usize = 3;

/// A phrase, or a list, to verify where its anchor was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    /// A phrase's number, or [`Target::LIST`] and a list's.
    pub(super) id: u32,
    /// How many tokens of it may stand before the anchor.
    pub(super) min: u16,
    pub(super) max: u16,
    /// Which words may stand beside the anchor. They lie here, beside the targets of the same word, since most of these are
    /// turned away by them: to look at each phrase would take longer than all the rest.
    beside: Beside,
}

impl Target {
    /// Marks a list's number.
    const LIST: u32 = 1 << 31;

    pub(super) fn phrase(id: u32, before: Range, opening: Opening) -> Target {
        Target { id, min: before.min, max: before.max, beside: opening.beside(before) }
    }

    pub(super) fn of_list(list: u32, before: Range, opening: Opening) -> Target {
        Target { id: list | Target::LIST, min: before.min, max: before.max, beside: opening.beside(before) }
    }

    /// Whether it may be what stands round the word `anchor`.
    pub(super) fn may_stand(&self, words: &[Word], anchor: usize) -> bool {
        self.beside.may_stand(words, anchor)
    }

    /// The list's number, where it is one.
    pub(super) fn list(self) -> Option<u32> {
        (self.id & Target::LIST != 0).then_some(self.id & !Target::LIST)
    }
}

impl Stored<4> for Target {
    fn to_numbers(self) -> [u32; 4] {
        [self.id, u32::from(self.min) << 16 | u32::from(self.max), self.beside.before, self.beside.after]
    }

    fn of_numbers([id, range, before, after]: [u32; 4]) -> Target {
        Target { id, min: (range >> 16) as u16, max: (range & 0xffff) as u16, beside: Beside { before, after } }
    }
}

/// A place in a hash table: a hash and its targets; an empty part is a free slot.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u32,
    targets: Part,
}

impl Stored<3> for Slot {
    fn to_numbers(self) -> [u32; 3] {
        [self.hash, self.targets.from, self.targets.to]
    }

    fn of_numbers([hash, from, to]: [u32; 3]) -> Slot {
        Slot { hash, targets: Part { from, to } }
    }
}

/// A closed hash table with its targets. The number of slots is a power of two, or none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Hashed {
    slots: Table<Slot, 3>,
    targets: Table<Target, 4>,
    /// One bit for each of some hashes, so that most words are turned away at once: of whole words, or of a stem's first letters.
    filter: Table<u32, 1>,
}

/// The lookup of a matcher.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Index {
    words: Hashed,
    stems: Hashed,
    /// What is looked up by any number.
    numbers: Table<Target, 4>,
}

impl Index {
    /// Calls `met` with each target that a word of this text is the anchor of. Two words of one hash both answer; the
    /// verification tells them apart.
    pub(super) fn look_up(&self, word: Word, text: &str, mut met: impl FnMut(Target)) {
        self.look_up_stems(&text.as_bytes()[word.token.range()], &mut met);
        if self.words.may_have(word.hash) {
            self.words.get(word.hash).for_each(&mut met);
        }
        if word.is_number() {
            self.numbers.all().for_each(met);
        }
    }

    fn look_up_stems(&self, word: &[u8], met: &mut impl FnMut(Target)) {
        let [a, b, c, rest @ ..] = word else { return };
        let mut hash = [*a, *b, *c].into_iter().fold(BASIS, step);
        if !self.stems.may_have(hash) {
            return;
        }
        self.stems.get(hash).for_each(&mut *met);
        for byte in rest.iter().take(LONGEST_STEM - SHORTEST_STEM) {
            hash = step(hash, *byte);
            self.stems.get(hash).for_each(&mut *met);
        }
    }
}

impl Hashed {
    fn may_have(&self, hash: u32) -> bool {
        let bits = self.filter.len() * 32;
        bits > 0 && {
            let bit = hash as usize & (bits - 1);
            self.filter.get(bit / 32) >> (bit % 32) & 1 == 1
        }
    }

    fn get(&self, hash: u32) -> impl Iterator<Item = Target> + '_ {
        self.targets.part(self.place(hash).unwrap_or_default())
    }

    fn place(&self, hash: u32) -> Option<Part> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut n = hash as usize & mask;
        loop {
            let slot = self.slots.get(n);
            if slot.targets.is_empty() {
                return None;
            }
            if slot.hash == hash {
                return Some(slot.targets);
            }
            n = (n + 1) & mask;
        }
    }

    fn of(words: BTreeMap<u32, Vec<Target>>, filtered: &[u32]) -> Hashed {
        if words.is_empty() {
            return Hashed::default();
        }
        let mut slots = vec![Slot::default(); (words.len() * 2).next_power_of_two()];
        let mut all = Vec::new();
        let mask = slots.len() - 1;
        for (hash, mut targets) in words {
            targets.sort_unstable();
            targets.dedup_by(|next, kept| {
                let same = next.id == kept.id;
                if same {
                    (kept.min, kept.max) = (kept.min.min(next.min), kept.max.max(next.max));
                    kept.beside = kept.beside.or(next.beside);
                }
                same
            });
            let mut n = hash as usize & mask;
            while !slots[n].targets.is_empty() {
                n = (n + 1) & mask;
            }
            slots[n] = Slot { hash, targets: append(&mut all, targets) };
        }
        Hashed { slots: Table::of(slots), targets: Table::of(all), filter: filter(filtered) }
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
        self.stems.entry(word.bytes().take(cut).fold(BASIS, step)).or_default().push(target);
        self.stem_starts.push(word.bytes().take(SHORTEST_STEM).fold(BASIS, step));
    }

    pub(super) fn add_number(&mut self, target: Target) {
        self.numbers.push(target);
    }

    pub(super) fn finish(mut self) -> Index {
        self.numbers.sort_unstable();
        self.numbers.dedup();
        let whole: Vec<u32> = self.words.keys().copied().collect();
        Index { words: Hashed::of(self.words, &whole), stems: Hashed::of(self.stems, &self.stem_starts), numbers: Table::of(self.numbers) }
    }
}

fn filter(hashes: &[u32]) -> Table<u32, 1> {
    let bits = (hashes.len() * 16).next_power_of_two().max(64);
    let mut filter = vec![0u32; bits / 32];
    for hash in hashes {
        let bit = *hash as usize & (bits - 1);
        filter[bit / 32] |= 1 << (bit % 32);
    }
    Table::of(filter)
}
