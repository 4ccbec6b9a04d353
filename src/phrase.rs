//! Phrases and named lists → a [`Matcher`] over folded text.
//!
//! A phrase is what a person writes: words matched whole, `word*` a stem, `<list>`, `<number>`, `<time>`, `<day>`,
//! `(a|b)`, `word?`, `-` for a hyphen, a space or nothing, `...` for up to six words. One anchor word per phrase (the
//! rarest) is looked up for each word of the text; the rest is verified where it is met, so that the cost grows with the
//! text and hardly with the number of phrases. Knows nothing of documents or rules.

#[path = "phrase/anchor.rs"]
mod anchor;
#[path = "phrase/compile.rs"]
mod compile;
#[path = "phrase/index.rs"]
mod index;
#[path = "phrase/numbers.rs"]
mod numbers;
#[path = "phrase/opening.rs"]
mod opening;
#[path = "phrase/parse.rs"]
mod parse;
#[path = "phrase/program.rs"]
mod program;
#[path = "phrase/run.rs"]
mod run;
#[cfg(feature = "small")]
#[path = "phrase/source.rs"]
mod source;
#[path = "phrase/stored.rs"]
mod stored;

pub use compile::Compiler;
pub use numbers::{number_in, time_in};
pub use run::{Found, Matcher};
#[cfg(feature = "small")]
pub use source::{compiled, recall};

/// What is wrong with a phrase, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct PhraseError {
    /// Bytes of the phrase.
    pub at: std::ops::Range<usize>,
    /// The mistake, in words for someone who does not program.
    pub what: String,
}

impl PhraseError {
    pub(crate) fn new(at: std::ops::Range<usize>, what: impl Into<String>) -> PhraseError {
        PhraseError { at, what: what.into() }
    }
}

#[cfg(test)]
#[path = "phrase/tests.rs"]
mod tests;
