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
            Some(c) if c.is_alphabetic() => (Class::Letter, c.len_utf8()),
            Some(c) if c.is_numeric() => (Class::Digit, c.len_utf8()),
            Some(c) => (Class::Other, c.len_utf8()),
            None => (Class::Other, 1),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_apart() {
        let text = "a 20kg driver's café";
        let words: Vec<&str> = tokens(text, 0).map(|t| &text[t.range()]).collect();
        assert_eq!(words, ["a", "20", "kg", "driver", "s", "café"]);
    }
}
