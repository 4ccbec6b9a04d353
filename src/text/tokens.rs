//! Words and numbers of a folded text: what the search looks up.

/// A run of letters or of digits; “20kg” is two, “driver's” is “driver” and “s”.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the folded text.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Token {
    /// The bytes as a range, to slice with.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A token and the hash that tables know it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub token: Token,
    /// Of its letters, as `hash` makes it.
    pub hash: u32,
}

impl Word {
    /// A token of this text.
    pub(crate) fn new(token: Token, text: &str) -> Word {
        Word { token, hash: hash(&text[token.range()]) }
    }

    /// The first byte in the folded text.
    pub(crate) const fn start(self) -> usize {
        self.token.start as usize
    }

    /// The byte after the last.
    pub(crate) const fn end(self) -> usize {
        self.token.end as usize
    }

    /// Whether it is a number, in digits or words.
    pub(crate) const fn is_number(self) -> bool {
        self.hash & NUMBER != 0
    }
}

/// Number words and what they are worth.
pub(crate) const NUMBER_WORDS: [(&str, u32); 30] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
    ("zero", 0),
    ("half", 0),
];

const NUMBERS: Sieve = {
    let mut words = [""; NUMBER_WORDS.len()];
    let mut n = 0;
    while n < words.len() {
        words[n] = NUMBER_WORDS[n].0;
        n += 1;
    }
    Sieve::of(&words)
};

/// Turns most words away that are none of a few, by their hashes.
pub(crate) struct Sieve([u64; 16]);

impl Sieve {
    pub(crate) const fn of(words: &[&str]) -> Sieve {
        let mut bits = [0; 16];
        let mut n = 0;
        while n < words.len() {
            let mut hash = BASIS;
            let mut at = 0;
            while at < words[n].len() {
                hash = step(hash, words[n].as_bytes()[at]);
                at += 1;
            }
            bits[(hash / 64 % 16) as usize] |= 1 << (hash % 64);
            n += 1;
        }
        Sieve(bits)
    }

    /// Whether a word of this hash may be one of them.
    pub(crate) const fn may_hold(&self, hash: u32) -> bool {
        self.0[(hash / 64 % 16) as usize] >> (hash % 64) & 1 == 1
    }
}

/// The bit of a hash that is set for numbers, and for nothing else.
pub(crate) const NUMBER: u32 = 1 << 31;

/// FNV-1a, the same on every machine, since tables are made where jdlint is built and read where it runs; its highest bit
/// tells numbers, in digits or words, from other words.
pub(crate) fn hash(word: &str) -> u32 {
    let hash = word.bytes().fold(BASIS, step) & !NUMBER;
    if is_number(word, hash) { hash | NUMBER } else { hash }
}

/// The hash of nothing, to go on from with [`step`].
pub(crate) const BASIS: u32 = 0x811c_9dc5;

/// The hash of one more byte.
pub(crate) const fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// The same in 64 bits, for what outlives a run: a standard hasher promises nothing from version to version.
pub(crate) const BASIS_64: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of one more byte, or of more bytes taken as one number.
pub(crate) const fn step_64(hash: u64, part: u64) -> u64 {
    (hash ^ part).wrapping_mul(0x0100_0000_01b3)
}

/// The hash of bytes that follow those of the hash `from`.
pub(crate) fn hash_64(from: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(from, |hash, byte| step_64(hash, u64::from(byte)))
}

fn is_number(word: &str, hash: u32) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.may_hold(hash) && NUMBER_WORDS.iter().any(|(w, _)| *w == word)
}

/// The tokens of a folded text, or of a part of it that starts at byte `base`.
pub fn tokens(folded: &str, base: usize) -> impl Iterator<Item = Token> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = folded.as_bytes();
        while at < bytes.len() {
            let (class, width) = class_at(folded, at);
            let start = at;
            at += width;
            if class == Class::Other {
                continue;
            }
            while at < bytes.len() {
                let (next, width) = class_at(folded, at);
                if next != class {
                    break;
                }
                at += width;
            }
            return Some(Token { start: super::offset(base + start), end: super::offset(base + at) });
        }
        None
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Other,
}

/// The class of each ASCII byte.
const ASCII: [Class; 128] = {
    let mut classes = [Class::Other; 128];
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_alphabetic() || byte == b'_' {
            classes[byte as usize] = Class::Letter;
        } else if byte.is_ascii_digit() {
            classes[byte as usize] = Class::Digit;
        }
        byte += 1;
    }
    classes
};

fn class_at(text: &str, at: usize) -> (Class, usize) {
    match ASCII.get(text.as_bytes()[at] as usize) {
        Some(class) => (*class, 1),
        None => match text[at..].chars().next() {
            Some(c) => (class_of(c), c.len_utf8()),
            None => (Class::Other, 1),
        },
    }
}

fn class_of(c: char) -> Class {
    if c.is_alphabetic() || c == '_' {
        Class::Letter
    } else if c.is_numeric() {
        Class::Digit
    } else {
        Class::Other
    }
}

/// Whether no token goes on across this place.
pub(crate) fn is_boundary(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let (before, after) = (at.checked_sub(1).map_or(0, |b| bytes[b]), bytes.get(at).copied().unwrap_or(0));
    if before.is_ascii() && after.is_ascii() {
        let before = ASCII[before as usize];
        return before == Class::Other || before != ASCII[after as usize];
    }
    let class = |c: Option<char>| c.map_or(Class::Other, class_of);
    let before = class(text[..at].chars().next_back());
    before == Class::Other || before != class(text[at..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_apart() {
        let text = "a 20kg driver's café";
        let words: Vec<&str> = tokens(text, 0).map(|t| &text[t.range()]).collect();
        assert_eq!(words, ["a", "20", "kg", "driver", "s", "café"]);
        let ends = tokens(text, 0).flat_map(|t| [t.start as usize, t.end as usize]);
        assert!(ends.chain([0, text.len()]).all(|at| is_boundary(text, at)));
        assert!(!is_boundary(text, 3) && !is_boundary(text, 8) && !is_boundary("café", 3));
    }

    #[test]
    fn numbers_are_known_by_their_hash() {
        let is_number = |word: &str| hash(word) & NUMBER != 0;
        assert!(["5", "2019", "five", "ninety", "half"].into_iter().all(is_number));
        assert!(!["", "a", "fivefold", "½", "seventeenth", "years"].into_iter().any(is_number));
    }
}
