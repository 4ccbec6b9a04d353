//! TOML → [`Ruleset`]: rules as data, checked and compiled.
//!
//! One file is one rule; its entries are the words. The embedded rules are compiled by `build.rs` with this same code;
//! people's own packs are compiled when they are read. Knows nothing of documents.

#[path = "rules/catalogue.rs"]
mod catalogue;
#[path = "rules/check.rs"]
mod check;
#[path = "rules/conditions.rs"]
mod conditions;
#[path = "rules/example.rs"]
mod example;
#[path = "rules/extend.rs"]
mod extend;
#[path = "rules/fields.rs"]
pub(crate) mod fields;
#[path = "rules/format.rs"]
pub mod format;
#[path = "rules/jurisdictions.rs"]
mod jurisdictions;
#[path = "rules/keys.rs"]
pub mod keys;
#[path = "rules/model.rs"]
mod model;
#[path = "rules/pack.rs"]
mod pack;
#[path = "rules/pattern.rs"]
mod pattern;
#[path = "rules/unread.rs"]
mod unread;

use std::sync::OnceLock;

pub use catalogue::{Audience, Catalogue, Names, Source};
pub use example::Example;
pub use jurisdictions::{Sign, Signs};
pub use model::{
    Coding, Condition, Entry, Evidence, Fact, Figure, FixKind, Jurisdiction, Measure, NumberTest, Override, RequiredOf, Rule, RuleId, RuleKind, Severity,
    Shows, Soften, Stands,
};
pub use pack::{Base, Owner, Pack, PackSource, Part};
pub use pattern::Pattern;
pub use unread::Unread;

/// A mistake in a rule file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file, as it was named to the reader.
    pub file: String,
    /// Bytes of the file.
    pub at: std::ops::Range<usize>,
    /// What is wrong, in words for someone who does not program.
    pub what: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: at byte {}: {}", self.file, self.at.start, self.what)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, " ({help})"))
    }
}

/// The rules at work: the embedded ones, and people's own.
///
/// ```
/// use jdlint::Ruleset;
///
/// let ruleset = Ruleset::embedded();
/// let degree = ruleset.rule("prerequisite.degree").expect("there is such a rule");
/// assert_eq!(degree.name, "Degree required with no other route");
///
/// // A house rule adds to it, in a file of the same format; mistakes come with their places.
/// let house = r#"
/// format = 1
/// extends = "gendered.title"
/// [[entry]]
/// find = ["parish squire"]
/// suggest = ["parish councillor"]
/// [[example]]
/// text = "We need a [parish squire]."
/// [[example]]
/// text = "We need a parish councillor."
/// "#;
/// assert!(Ruleset::embedded_with(&[("house/title.toml".to_owned(), house.to_owned())]).is_ok());
/// let mistakes = Ruleset::embedded_with(&[("house/title.toml".to_owned(), house.replace("find", "fnd"))]).unwrap_err();
/// assert_eq!(mistakes[0].help.as_deref(), Some("did you mean “find”?"));
/// ```
#[derive(Debug)]
pub struct Ruleset {
    /// That of the embedded rules alone is read when somebody asks.
    catalogue: OnceLock<Catalogue>,
    read_catalogue: fn() -> Catalogue,
    packs: Vec<Pack>,
}

impl Ruleset {
    /// A rule set of these packs, the first of which holds the embedded rules. What a pack silences in those before it is off.
    pub fn new(catalogue: Catalogue, packs: Vec<Pack>) -> Ruleset {
        Ruleset { catalogue: OnceLock::from(catalogue), ..Ruleset::reading(Catalogue::default, packs) }
    }

    /// The same, with a catalogue that is read once it is asked for.
    pub(crate) fn reading(read_catalogue: fn() -> Catalogue, mut packs: Vec<Pack>) -> Ruleset {
        for n in 1..packs.len() {
            let (before, rest) = packs.split_at_mut(n);
            for rule in before.iter_mut().flat_map(|p| &mut p.rules) {
                rule.off |= rest[0].silences.contains(&rule.id);
            }
        }
        Ruleset { catalogue: OnceLock::new(), read_catalogue, packs }
    }

    /// Audiences and sources that the rules name.
    pub fn catalogue(&self) -> &Catalogue {
        self.catalogue.get_or_init(self.read_catalogue)
    }

    /// The packs, the embedded rules first.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// All rules, by id; of two with one id, one of which replaces the other, the one that is at work.
    pub fn rules(&self) -> Vec<&Rule> {
        let mut rules: Vec<&Rule> = self.packs.iter().flat_map(|p| &p.rules).collect();
        rules.sort_by(|a, b| (&a.id, a.off).cmp(&(&b.id, b.off)));
        rules.dedup_by(|b, a| a.id == b.id);
        rules
    }

    /// The rule of this id, or the one that had it as its id once.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        let rules = || self.packs.iter().rev().flat_map(|p| &p.rules);
        rules().find(|r| r.id.as_str() == id).or_else(|| rules().find(|r| r.aliases.iter().any(|a| a == id)))
    }
}
