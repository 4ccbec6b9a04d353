//! Rule files that belong together → a [`Pack`]: rules, entries, and the matchers that find them.

use serde::{Deserialize, Serialize};

use super::fields::{At, File, Table};
use super::model::{Entry, Rule};
use super::pattern::Pattern;
use super::{Catalogue, Mistake, Names, check};
use crate::phrase::{Compiler, Matcher};

/// What a pack is compiled from.
pub struct PackSource<'s> {
    /// Name and content of the shared lists, `rules/lists.toml`.
    pub lists: (&'s str, &'s str),
    /// Name and content of each rule file, in order.
    pub files: &'s [(String, String)],
    /// Roles and activities that conditions may name.
    pub names: &'s Names,
}

/// Compiled rules.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Pack {
    /// The rules.
    pub rules: Vec<Rule>,
    /// Their entries.
    pub entries: Vec<Entry>,
    /// Finds the words of all entries, and what is to be left.
    pub scan: Matcher,
    /// What a phrase of `scan` belongs to, by its number.
    pub owners: Vec<Owner>,
    /// Finds the phrases of conditions.
    pub context: Matcher,
    /// Patterns and what they belong to.
    pub patterns: Vec<(Pattern, Owner)>,
}

/// What a phrase of the scan belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The rule.
    pub rule: u16,
    /// The entry; `u16::MAX` for what the rule as a whole leaves.
    pub entry: u16,
    /// What it does there.
    pub part: Part,
}

/// What a phrase does for its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// It is to be found.
    Find,
    /// What it covers is to be left.
    Leave,
}

/// A pack in the making.
#[derive(Default)]
pub(super) struct Compiling {
    pub(super) rules: Vec<Rule>,
    pub(super) entries: Vec<Entry>,
    pub(super) scan: Compiler,
    pub(super) owners: Vec<Owner>,
    pub(super) context: Compiler,
    pub(super) patterns: Vec<(Pattern, Owner)>,
}

impl Pack {
    /// Compiles rule files. Their own sources are added to the catalogue.
    ///
    /// # Errors
    /// All mistakes in all files.
    pub fn compile(source: &PackSource, catalogue: &mut Catalogue) -> Result<Pack, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut pack = Compiling::default();
        if let Some(file) = File::parse(source.lists.0, source.lists.1, &mut mistakes) {
            let root = file.root();
            let lists = root.lists("list", &mut mistakes);
            pack.add_lists(&root, &lists, &mut mistakes);
        }
        for (name, text) in source.files {
            if let Some(file) = File::parse(name, text, &mut mistakes) {
                check::rule(&file, source, catalogue, &mut pack, &mut mistakes);
            }
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let Compiling { rules, entries, scan, owners, context, patterns } = pack;
        Ok(Pack { rules, entries, scan: scan.finish(), owners, context: context.finish(), patterns })
    }
}

impl Compiling {
    /// Makes lists known to both matchers.
    pub(super) fn add_lists(&mut self, table: &Table, lists: &[(At<String>, Vec<At<String>>)], mistakes: &mut Vec<Mistake>) {
        for (name, members) in lists {
            let words: Vec<&str> = members.iter().map(|m| m.value.as_str()).collect();
            if words.is_empty() {
                mistakes.push(table.mistake(name.at.clone(), format!("the list “{}” is empty", name.value), None));
                continue;
            }
            if let Err((n, error)) = self.scan.list(&name.value, &words) {
                mistakes.push(table.mistake(table.inside(&members[n], error.at.clone()), error.what, None));
                continue;
            }
            // The same members were just accepted.
            let _ = self.context.list(&name.value, &words);
        }
    }
}
