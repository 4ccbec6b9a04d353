//! A word that a line's end divides → one word, with or without its hyphen.

use std::collections::BTreeSet;

/// The words of a document, in small letters, by which a word's halves are known.
#[derive(Default)]
pub(super) struct Vocabulary(BTreeSet<String>);

/// First halves of words that are written with a hyphen.
const FIRST_HALVES: [&str; 60] = [
    "above", "after", "all", "anti", "award", "back", "best", "client", "co", "cost", "cross", "customer", "data", "day", "decision", "e", "ever", "evidence",
    "ex", "face", "fast", "first", "follow", "forward", "four", "front", "full", "half", "hands", "hard", "health", "high", "home", "in", "inter", "job",
    "large", "line", "long", "low", "mid", "multi", "non", "off", "on", "one", "open", "part", "post", "pre", "problem", "result", "self", "semi", "short",
    "team", "term", "third", "two", "well",
];

/// What becomes of the hyphen at a line's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// No hyphen there: the next word follows after a space.
    Apart,
    /// The word goes on without its hyphen.
    Divided,
    /// The word goes on, and its hyphen is part of it.
    Hyphenated,
}

impl Vocabulary {
    pub(super) fn add(&mut self, word: &str) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() && word.len() <= 40 {
            self.0.insert(word.to_lowercase());
        }
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// How a line's last word and the next line's first one stand together.
    pub(super) fn join(&self, last: &str, next: &str) -> Join {
        if last.ends_with('\u{AD}') {
            return Join::Divided;
        }
        let Some(half) = last.strip_suffix(['-', '\u{2010}']) else { return Join::Apart };
        if !half.ends_with(char::is_alphanumeric) {
            return Join::Apart;
        }
        if !half.ends_with(char::is_alphabetic) || !next.starts_with(char::is_lowercase) {
            return if next.starts_with(char::is_alphanumeric) { Join::Hyphenated } else { Join::Apart };
        }
        let first = half.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let second: String = next.chars().take_while(|c| c.is_alphanumeric() || *c == '-').flat_map(char::to_lowercase).collect();
        // “pre- and post-natal”
        if matches!(second.as_str(), "and" | "or" | "to") {
            return Join::Apart;
        }
        if self.has(&format!("{first}{second}")) {
            return Join::Divided;
        }
        let is_compound = self.has(&format!("{first}-{second}"))
            || first.contains('-')
            || second.contains('-')
            || FIRST_HALVES.contains(&first.as_str())
            || (first.len() >= 4 && self.has(&first) && self.has(&second));
        if is_compound { Join::Hyphenated } else { Join::Divided }
    }
}
