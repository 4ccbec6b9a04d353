//! Phrases and lists as they were written ↔ a matcher. They take a sixth of the room that its tables take, and some time to
//! be compiled again: for what is downloaded (the feature `small`). Elsewhere nothing is kept of them.
//!
//! What was compiled once is known by what it was made of, in this run and, where somebody keeps its bytes, in later ones.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::compile::Compiler;
use super::index::Index;
use super::program::{Lists, Op, Phrase};
use super::run::{Matcher, number};
use super::stored::{Bytes, Table};
use crate::text::{BASIS_64, hash_64, step_64};

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
        let key = key(&steps);
        if let Some(known) = COMPILED.with_borrow(|all| all.get(&key).cloned()) {
            return Ok(known);
        }
        let matcher = matcher(&steps).map_err(serde::de::Error::custom)?;
        COMPILED.with_borrow_mut(|all| all.insert(key, matcher.clone()));
        Ok(matcher)
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

thread_local! {
    /// Matchers that were stored, by what they are made of.
    static COMPILED: RefCell<BTreeMap<u64, Matcher>> = const { RefCell::new(BTreeMap::new()) };
}

/// A number for some steps.
fn key(steps: &[Step<&str>]) -> u64 {
    let words = steps.iter().flat_map(|step| match step {
        Step::List(name, members) => [std::slice::from_ref(name), members.as_slice()],
        Step::Phrase(phrase) => [std::slice::from_ref(phrase), &[]],
    });
    let bytes = words.flat_map(|part| part.iter().flat_map(|word| word.bytes().chain([0])).chain([1]));
    hash_64(BASIS_64, bytes)
}

type Tables = (Table<Op, 2>, Bytes, Table<Phrase, 8>, Lists, Table<u32, 1>, Index);

/// The matchers that were compiled so far, for [`recall`] in a later run of the same program.
pub fn compiled() -> Vec<u8> {
    let all: Vec<(u64, Tables)> = COMPILED.with_borrow(|all| all.iter().map(|(key, m)| (*key, tables(m.clone()))).collect());
    let mut bytes = postcard::to_allocvec(&all).unwrap_or_default();
    let sum = sum(&bytes);
    bytes.extend(sum.to_le_bytes());
    bytes
}

fn tables(Matcher { source: _, ops, strings, phrases, lists, heads, index, number: _ }: Matcher) -> Tables {
    (ops, strings, phrases, lists, heads, index)
}

/// Makes what [`compiled`] gave known for the rest of this run. `None` where it is spoilt: then nothing is known by it.
pub fn recall(bytes: Vec<u8>) -> Option<()> {
    let (bytes, sum_then) = bytes.leak().split_last_chunk()?;
    let whole = sum(bytes) == u64::from_le_bytes(*sum_then);
    let all: Vec<(u64, Tables)> = if whole { postcard::from_bytes(bytes).ok()? } else { return None };
    let matchers = all.into_iter().map(|(key, (ops, strings, phrases, lists, heads, index))| {
        let matcher = Matcher { source: Source::Forgotten, ops, strings, phrases, lists, heads, index, number: number() };
        (key, matcher)
    });
    COMPILED.with_borrow_mut(|known| known.extend(matchers));
    Some(())
}

/// Tells spoilt bytes, by eights.
fn sum(bytes: &[u8]) -> u64 {
    let eight = |chunk: &[u8]| chunk.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
    bytes.chunks(8).map(eight).fold(BASIS_64, step_64)
}
