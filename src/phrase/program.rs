//! What a matcher is made of, and how it is stored: steps of phrases, phrases, lists and their members.

use super::index::Target;
use super::opening::Opening;
use super::parse::Edges;
use super::stored::{Part, Stored, Table};

/// One step of a phrase's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// These bytes of the matcher's strings, the first of which tells most texts apart.
    Text {
        part: Part,
        first: u8,
    },
    /// The same, with a slash among them, which may have spaces round it.
    Slashed(Part),
    /// The rest of the word.
    Stem,
    Space,
    Joint,
    Gap,
    Number,
    Time,
    Day,
    Word,
    List(u32),
    /// Go on here, or there.
    Split(u32),
    Jump(u32),
    Accept,
}

/// A step's kind takes the lowest bits of its first number.
const KIND_BITS: u32 = 4;

impl Stored<2> for Op {
    fn to_numbers(self) -> [u32; 2] {
        let (kind, number, end) = match self {
            // No phrase has sixteen million letters.
            Op::Text { part, first } => (0, part.from, (part.to - part.from) << 8 | u32::from(first)),
            Op::Slashed(part) => (1, part.from, part.to),
            Op::Stem => (2, 0, 0),
            Op::Space => (3, 0, 0),
            Op::Joint => (4, 0, 0),
            Op::Gap => (5, 0, 0),
            Op::Number => (6, 0, 0),
            Op::Time => (7, 0, 0),
            Op::Day => (8, 0, 0),
            Op::List(list) => (9, list, 0),
            Op::Split(to) => (10, to, 0),
            Op::Jump(to) => (11, to, 0),
            Op::Accept => (12, 0, 0),
            Op::Word => (13, 0, 0),
        };
        [number << KIND_BITS | kind, end]
    }

    fn of_numbers([first, to]: [u32; 2]) -> Op {
        let from = first >> KIND_BITS;
        match first & ((1 << KIND_BITS) - 1) {
            0 => Op::Text { part: Part { from, to: from + (to >> 8) }, first: (to & 0xff) as u8 },
            1 => Op::Slashed(Part { from, to }),
            2 => Op::Stem,
            3 => Op::Space,
            4 => Op::Joint,
            5 => Op::Gap,
            6 => Op::Number,
            7 => Op::Time,
            8 => Op::Day,
            9 => Op::List(from),
            10 => Op::Split(from),
            11 => Op::Jump(from),
            13 => Op::Word,
            _ => Op::Accept,
        }
    }
}

/// A phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    /// Where its program starts.
    pub(super) start: u32,
    /// How many bytes of marks stand before its first word.
    pub(super) lead: u16,
    /// Where in its sentence it must stand.
    pub(super) edges: Edges,
    /// Which words may stand at its first places; most places are turned away by this alone.
    pub(super) opening: Opening,
    /// Hashes of the words it may begin with, in order; empty where it may be any.
    pub(super) heads: Part,
}

impl Stored<8> for Phrase {
    fn to_numbers(self) -> [u32; 8] {
        let [a, b, c, d] = self.opening.0;
        let edges = u32::from(self.edges.first) << 16 | u32::from(self.edges.last) << 17;
        [self.start, u32::from(self.lead) | edges, a, b, c, d, self.heads.from, self.heads.to]
    }

    fn of_numbers([start, lead, a, b, c, d, from, to]: [u32; 8]) -> Phrase {
        let edges = Edges { first: lead >> 16 & 1 == 1, last: lead >> 17 & 1 == 1 };
        Phrase { start, lead: (lead & 0xffff) as u16, edges, opening: Opening([a, b, c, d]), heads: Part { from, to } }
    }
}

/// A member of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// Where its program starts.
    pub(super) start: u32,
    /// Which words may stand at its first places.
    pub(super) opening: Opening,
}

impl Stored<5> for Member {
    fn to_numbers(self) -> [u32; 5] {
        let [a, b, c, d] = self.opening.0;
        [self.start, a, b, c, d]
    }

    fn of_numbers([start, a, b, c, d]: [u32; 5]) -> Member {
        Member { start, opening: Opening([a, b, c, d]) }
    }
}

/// A member, found by the hash of its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct First {
    pub(super) hash: u32,
    pub(super) member: u32,
}

impl Stored<2> for First {
    fn to_numbers(self) -> [u32; 2] {
        [self.hash, self.member]
    }

    fn of_numbers([hash, member]: [u32; 2]) -> First {
        First { hash, member }
    }
}

/// A list: parts of the matcher's tables.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct List {
    /// Members whose first word is certain, by its hash.
    pub(super) first: Part,
    /// The other members.
    pub(super) general: Part,
    /// The phrases that are looked up by it.
    pub(super) anchored: Part,
}

impl Stored<6> for List {
    fn to_numbers(self) -> [u32; 6] {
        [self.first.from, self.first.to, self.general.from, self.general.to, self.anchored.from, self.anchored.to]
    }

    fn of_numbers([a, b, c, d, e, f]: [u32; 6]) -> List {
        List { first: Part { from: a, to: b }, general: Part { from: c, to: d }, anchored: Part { from: e, to: f } }
    }
}

/// The tables of a matcher's lists.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Lists {
    pub(super) lists: Table<List, 6>,
    pub(super) members: Table<Member, 5>,
    pub(super) first: Table<First, 2>,
    pub(super) general: Table<u32, 1>,
    pub(super) anchored: Table<Target, 4>,
}
