//! Phrases and lists as they were written ↔ a matcher. They take a seventh of the room that its tables take, and some time to
//! be compiled again: for what is downloaded (the feature `small`). Elsewhere nothing is kept of them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::compile::Compiler;
use super::run::Matcher;

/// What was given to a compiler, in order.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Kept(Vec<Step<String>>),
    /// Of what was stored once nobody asks again.
    Forgotten,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Step<S> {
    List(S, Vec<S>),
    Phrase(S),
}

impl Default for Source {
    fn default() -> Self {
        Source::Kept(Vec::new())
    }
}

impl Source {
    pub(super) fn list(&mut self, name: &str, members: &[impl AsRef<str>]) {
        let Source::Kept(steps) = self else { return };
        steps.push(Step::List(name.to_owned(), members.iter().map(|m| m.as_ref().to_owned()).collect()));
    }

    pub(super) fn phrase(&mut self, phrase: &str) {
        let Source::Kept(steps) = self else { return };
        steps.push(Step::Phrase(phrase.to_owned()));
    }

    /// Without the lists that no phrase uses.
    pub(super) fn used(mut self, is_used: impl Fn(usize) -> bool) -> Source {
        let Source::Kept(steps) = &mut self else { return self };
        let mut n_lists = 0;
        steps.retain(|step| {
            let Step::List(..) = step else { return true };
            n_lists += 1;
            is_used(n_lists - 1)
        });
        self
    }
}

impl Serialize for Matcher {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.source {
            Source::Kept(steps) => steps.serialize(serializer),
            Source::Forgotten => Err(serde::ser::Error::custom("a matcher that was stored once does not keep what it was made of")),
        }
    }
}

impl<'de: 'static> Deserialize<'de> for Matcher {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Matcher, D::Error> {
        let steps = Vec::<Step<&'de str>>::deserialize(deserializer)?;
        matcher(&steps).map_err(serde::de::Error::custom)
    }
}

fn matcher(steps: &[Step<&str>]) -> Result<Matcher, String> {
    let mut compiler = Compiler::from(Source::Forgotten);
    for step in steps {
        match step {
            Step::List(name, members) => compiler.list(name, members).map_err(|(n, e)| format!("list “{name}”, member {n}: {e}"))?,
            Step::Phrase(phrase) => compiler.phrase(phrase).map(|_| ()).map_err(|e| format!("“{phrase}”: {e}"))?,
        }
    }
    Ok(compiler.finish())
}
