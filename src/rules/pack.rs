//! Rule files that belong together → a [`Pack`]: rules, entries, and the matchers that find them.

use serde::{Deserialize, Serialize};

use super::fields::{At, File, Table};
use super::model::{Entry, Rule};
use super::pattern::Pattern;
use super::unread::Unread;
use super::{Catalogue, Mistake, Names, RuleId, check, extend};
use crate::phrase::{Compiler, Matcher};

/// What a pack is compiled from.
pub struct PackSource<'s> {
    /// Name and content of the shared lists, `rules/lists.toml`.
    pub lists: (&'s str, &'s str),
    /// Name and content of each rule file, in order.
    pub files: &'s [(String, String)],
    /// Roles and activities that conditions may name.
    pub names: &'s Names,
    /// The rules that these files may extend.
    pub base: Option<Base<'s>>,
}

/// Compiled rules with the files that they came from, so that an extended rule can be compiled anew.
#[derive(Clone, Copy)]
pub struct Base<'s> {
    /// The rules.
    pub pack: &'s Pack,
    /// Name and content of each file.
    pub files: &'s [(&'s str, &'s str)],
}

impl<'s> PackSource<'s> {
    /// The rule of this id, now or once, that files may extend.
    pub(super) fn extendable(&self, id: &str) -> Option<&'s Rule> {
        let rules = &self.base?.pack.rules;
        rules.iter().find(|r| r.id.as_str() == id).or_else(|| rules.iter().find(|r| r.aliases.iter().any(|a| a == id)))
    }

    /// The file that a rule of the base came from.
    pub(super) fn file_of(&self, rule: &Rule) -> Option<(&'s str, &'s str)> {
        self.base?.files.iter().find(|(name, _)| *name == rule.file).copied()
    }
}

/// Compiled rules.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pack {
    /// The rules.
    pub rules: Vec<Rule>,
    /// Their entries.
    pub entries: Vec<Unread<Entry>>,
    /// Finds the words of all entries, and what is to be left.
    pub scan: Matcher,
    /// What a phrase of `scan` belongs to, by its number.
    pub owners: Vec<Owner>,
    /// Finds the phrases of conditions.
    pub context: Matcher,
    /// Finds the acronyms that rules of that kind leave: asked only where there is an acronym, since many are words, too.
    pub known: Matcher,
    /// Patterns and what they belong to.
    pub patterns: Vec<(Pattern, Owner)>,
    /// Rules of the packs before this one that are off: silenced here, or replaced by the rule of that id here.
    pub silences: Vec<RuleId>,
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
    pub(super) entries: Vec<Unread<Entry>>,
    pub(super) scan: Compiler,
    pub(super) owners: Vec<Owner>,
    pub(super) context: Compiler,
    pub(super) known: Compiler,
    pub(super) patterns: Vec<(Pattern, Owner)>,
    pub(super) silences: Vec<RuleId>,
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
        let files: Vec<File> = source.files.iter().filter_map(|(name, text)| File::parse(name, text, &mut mistakes)).collect();
        // What is extended comes first, so that a list that stands there and here is reported here.
        for file in &files {
            extend::base(file, source, catalogue, &mut pack, &mut mistakes);
        }
        for file in &files {
            match file.root().get("extends") {
                Some(_) => extend::extension(file, source, &mut pack, &mut mistakes),
                None => check::rule(file, source, catalogue, &mut pack, &mut mistakes),
            }
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let Compiling { rules, entries, scan, owners, context, known, patterns, silences } = pack;
        Ok(Pack { rules, entries, scan: scan.finish(), owners, context: context.finish(), known: known.finish(), patterns, silences })
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
            let _ = self.known.list(&name.value, &words);
        }
    }
}
