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

fn class_at(text: &str, at: usize) -> (Class, usize) {
    let byte = text.as_bytes()[at];
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => (Class::Letter, 1),
        b'0'..=b'9' => (Class::Digit, 1),
        _ if byte.is_ascii() => (Class::Other, 1),
        _ => match text[at..].chars().next() {
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
