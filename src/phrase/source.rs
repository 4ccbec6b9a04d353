//! Phrases and lists as they were written ↔ a matcher. They take a seventh of the room that its tables take, and some time to
//! be compiled again: for what is downloaded (the feature `small`). Elsewhere nothing is kept of them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::compile::Compiler;
use super::run::Matcher;

/// What was given to a compiler, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Source(Vec<Step>);

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Step {
    List(String, Vec<String>),
    Phrase(String),
}

impl Source {
    pub(super) fn list(&mut self, name: &str, members: &[impl AsRef<str>]) {
        self.0.push(Step::List(name.to_owned(), members.iter().map(|m| m.as_ref().to_owned()).collect()));
    }

    pub(super) fn phrase(&mut self, phrase: &str) {
        self.0.push(Step::Phrase(phrase.to_owned()));
    }

    /// Without the lists that no phrase uses.
    pub(super) fn used(mut self, is_used: impl Fn(usize) -> bool) -> Source {
        let mut n_lists = 0;
        self.0.retain(|step| {
            let is_list = matches!(step, Step::List(..));
            n_lists += usize::from(is_list);
            !is_list || is_used(n_lists - 1)
        });
        self
    }

    fn matcher(&self) -> Result<Matcher, String> {
        let mut compiler = Compiler::new();
        for step in &self.0 {
            match step {
                Step::List(name, members) => compiler.list(name, members).map_err(|(n, e)| format!("list “{name}”, member {n}: {e}"))?,
                Step::Phrase(phrase) => compiler.phrase(phrase).map(|_| ()).map_err(|e| format!("“{phrase}”: {e}"))?,
            }
        }
        Ok(compiler.finish())
    }
}

impl Serialize for Matcher {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.source.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Matcher {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Matcher, D::Error> {
        Source(Vec::deserialize(deserializer)?).matcher().map_err(serde::de::Error::custom)
    }
}
