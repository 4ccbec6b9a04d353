//! A matcher as it is stored: no number that another tells. A third of the size, which a web page has to fetch.
//!
//! Programs and texts are mostly told one after the other, so that places are told from where the last one ended; hashes
//! are told once, in order, and elsewhere by their rank; tables and filters are made anew from what they hold.

use serde::{Deserialize, Serialize};

use super::index::{Index, StoredIndex, Target};
use super::run::{List, Matcher, Op, Phrase};
use crate::text::offset;

#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    strings: String,
    /// Places are told from where the operation itself stands, or the last text ended.
    ops: Vec<Op>,
    /// Starts and heads are told from the phrase before.
    phrases: Vec<Phrase>,
    lists: Vec<StoredList>,
    /// All hashes of heads and firsts, each from the one before.
    hashes: Vec<u32>,
    /// Ranks among them, each from the one before.
    heads: Vec<u32>,
    index: StoredIndex,
}

#[derive(Serialize, Deserialize)]
struct StoredList {
    members: Vec<u32>,
    /// Rank of the hash and number of the member, each from the one before.
    first: Vec<(u32, u32)>,
    general: Vec<u32>,
    anchored: Vec<Target>,
}

impl From<Matcher> for Stored {
    fn from(matcher: Matcher) -> Stored {
        let firsts = matcher.lists.iter().flat_map(|list| list.first.iter().map(|(hash, _)| *hash));
        let mut all: Vec<u32> = matcher.heads.iter().copied().chain(firsts).collect();
        all.sort_unstable();
        all.dedup();
        let rank = |hash: &u32| offset(all.binary_search(hash).expect("it is one of them"));
        let list = |list: &List| StoredList {
            members: steps(&list.members),
            first: pairs(
                &steps(&list.first.iter().map(|(hash, _)| rank(hash)).collect::<Vec<_>>()),
                &steps(&list.first.iter().map(|(_, n)| *n).collect::<Vec<_>>()),
            ),
            general: steps(&list.general),
            anchored: list.anchored.clone(),
        };
        Stored {
            ops: relative(&matcher.ops),
            phrases: told_from_the_last(&matcher.phrases),
            lists: matcher.lists.iter().map(list).collect(),
            heads: steps(&matcher.heads.iter().map(rank).collect::<Vec<_>>()),
            hashes: steps(&all),
            index: StoredIndex::from(&matcher.index),
            strings: matcher.strings,
        }
    }
}

impl From<Stored> for Matcher {
    fn from(stored: Stored) -> Matcher {
        let hashes = sums(&stored.hashes);
        // A number that is none of the ranks cannot be: what is stored is made by the code above.
        let hash = |rank: &u32| hashes.get(*rank as usize).copied().unwrap_or_default();
        let list = |list: &StoredList| {
            let (ranks, members): (Vec<u32>, Vec<u32>) = list.first.iter().copied().unzip();
            List {
                members: sums(&list.members),
                first: pairs(&sums(&ranks).iter().map(hash).collect::<Vec<_>>(), &sums(&members)),
                general: sums(&list.general),
                anchored: list.anchored.clone(),
            }
        };
        Matcher {
            ops: absolute(&stored.ops),
            phrases: told_outright(&stored.phrases),
            lists: stored.lists.iter().map(list).collect(),
            heads: sums(&stored.heads).iter().map(hash).collect(),
            index: Index::from(stored.index),
            strings: stored.strings,
        }
    }
}

fn pairs(left: &[u32], right: &[u32]) -> Vec<(u32, u32)> {
    left.iter().copied().zip(right.iter().copied()).collect()
}

/// How far it is from one number to the next, small steps back as small numbers, too.
fn step(from: u32, to: u32) -> u32 {
    let by = to.wrapping_sub(from);
    (by << 1) ^ (if by >> 31 == 1 { u32::MAX } else { 0 })
}

fn stepped(from: u32, step: u32) -> u32 {
    from.wrapping_add((step >> 1) ^ (step & 1).wrapping_neg())
}

pub(super) fn steps(numbers: &[u32]) -> Vec<u32> {
    let before = std::iter::once(0).chain(numbers.iter().copied());
    before.zip(numbers).map(|(from, to)| step(from, *to)).collect()
}

pub(super) fn sums(steps: &[u32]) -> Vec<u32> {
    let told = |at: &mut u32, step: &u32| {
        *at = stepped(*at, *step);
        Some(*at)
    };
    steps.iter().scan(0, told).collect()
}

fn relative(ops: &[Op]) -> Vec<Op> {
    let mut end = 0;
    let mut one = |(n, op): (usize, &Op)| {
        let here = offset(n);
        match *op {
            Op::Text { at, len } => Op::Text { at: step(std::mem::replace(&mut end, at + len), at), len },
            Op::Slashed { at, len } => Op::Slashed { at: step(std::mem::replace(&mut end, at + len), at), len },
            Op::Split(to) => Op::Split(step(here, to)),
            Op::Jump(to) => Op::Jump(step(here, to)),
            op => op,
        }
    };
    ops.iter().enumerate().map(&mut one).collect()
}

fn absolute(ops: &[Op]) -> Vec<Op> {
    let mut end: u32 = 0;
    let mut one = |(n, op): (usize, &Op)| {
        let here = offset(n);
        let mut place = |by: u32, len: u32| {
            let at = stepped(end, by);
            end = at.wrapping_add(len);
            at
        };
        match *op {
            Op::Text { at, len } => Op::Text { at: place(at, len), len },
            Op::Slashed { at, len } => Op::Slashed { at: place(at, len), len },
            Op::Split(to) => Op::Split(stepped(here, to)),
            Op::Jump(to) => Op::Jump(stepped(here, to)),
            op => op,
        }
    };
    ops.iter().enumerate().map(&mut one).collect()
}

fn told_from_the_last(phrases: &[Phrase]) -> Vec<Phrase> {
    let (mut start, mut end) = (0, 0);
    let mut one = |phrase: &Phrase| {
        let (from, to) = phrase.heads;
        let heads = (step(std::mem::replace(&mut end, to), from), to - from);
        Phrase { start: step(std::mem::replace(&mut start, phrase.start), phrase.start), heads, ..*phrase }
    };
    phrases.iter().map(&mut one).collect()
}

fn told_outright(phrases: &[Phrase]) -> Vec<Phrase> {
    let (mut start, mut end): (u32, u32) = (0, 0);
    let mut one = |phrase: &Phrase| {
        start = stepped(start, phrase.start);
        let from = stepped(end, phrase.heads.0);
        end = from.wrapping_add(phrase.heads.1);
        Phrase { start, heads: (from, end), ..*phrase }
    };
    phrases.iter().map(&mut one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_back_to_the_numbers() {
        let numbers = [0, 7, 7, 3, u32::MAX, 0, 1 << 31, u32::MAX - 1];
        assert_eq!(sums(&steps(&numbers)), numbers);
        assert_eq!(steps(&[1, 2, 1]), [2, 2, 1], "small steps are small numbers, back or forth");
    }
}
