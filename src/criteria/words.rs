//! A criterion's words → what they have in common with another's.

use crate::text::tokens;

/// Fewer words that mean something say too little to be called alike.
const LEAST: usize = 3;

/// The words that mean something, without endings, each once.
pub fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let mut words: Vec<String> = tokens(&text, 0).map(|t| stem(&text[t.range()]).to_owned()).filter(|w| !EMPTY.contains(&w.as_str())).collect();
    words.sort();
    words.dedup();
    words
}

/// Words of criteria of every kind.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "in",
    "to",
    "and",
    "or",
    "for",
    "with",
    "at",
    "on",
    "by",
    "from",
    "as",
    "be",
    "is",
    "are",
    "will",
    "have",
    "has",
    "ability",
    "able",
    "good",
    "excellent",
    "strong",
    "proven",
    "demonstrable",
    "demonstrated",
    "must",
    "you",
    "your",
    "s",
    "high",
    "level",
    "very",
    "effective",
    "effectively",
    "evidence",
    "both",
    "including",
    "essential",
    "required",
    "high",
    "well",
    "sound",
];

fn stem(word: &str) -> &str {
    let cut = ["ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "y"].iter().find_map(|e| word.strip_suffix(e).filter(|w| w.len() > 3));
    cut.unwrap_or(word)
}

/// The share of words that two criteria have in common, 0.0–1.0; 0.0 where that is fewer than three, unless they are all.
pub fn alike(a: &[String], b: &[String]) -> f64 {
    share(a.iter().filter(|w| b.contains(w)).count(), a.len(), b.len())
}

/// … where it is known how many words they have in common, and how many each has.
pub fn share(common: usize, a: usize, b: usize) -> f64 {
    let all = a + b - common;
    if common < LEAST && common < all || all == 0 {
        return 0.0;
    }
    // Criteria have few words.
    common as f64 / all as f64
}
