//! `jdlint.toml` → what it sets: a [`Config`], or all of its mistakes, each with its place.
//!
//! The command line is stronger than an editor, that than the overrides of a path, those than a config, that than what it
//! extends, and all are stronger than the defaults ([`Layers`], [`Effective`]). Knows nothing of screens.

mod accepted;
mod baseline;
mod below;
mod draft;
mod effective;
mod family;
mod find;
pub mod format;
mod globs;
mod layers;
mod open;
mod packs;
mod schema;
mod setup;

pub use accepted::{NewAllowance, with_allowances};
pub use baseline::{BASELINE, Baseline, BaselineError, Compared, Entry};
pub use below::Below;
pub use draft::Seen;
pub use effective::{Effective, Known, Origin, Source, default_severity};
pub use family::{Families, others_among, read_together};
pub use find::{NAME, find, plain};
pub use globs::{Globs, Wanted};
pub use layers::{Layer, Layers};
pub use open::{is_stream, open, read_bytes, read_text};
pub use packs::{Packs, packs};
pub use schema::{config_schema, config_schema_address, rules_schema};
pub use setup::{Met, Overrides, Place, ReadText, Ruling, Setup, SetupError, slashed, unknown_rule};

use std::ops::Range;

use crate::lint::{Chosen, Fingerprint};
use crate::rules::fields::{At, File, Table, nearest};
use crate::rules::{Jurisdiction, Mistake, Ruleset, Severity};

/// What a `jdlint.toml` sets. What it does not mention is empty.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// For all files.
    pub settings: Set,
    /// For some files, the later stronger.
    pub overrides: Vec<Override>,
    /// Configs that this one builds on, the later stronger.
    pub extends: Vec<Placed>,
    /// Globs of files that folders are searched for; empty: all formats that jdlint knows.
    pub include: Vec<Placed>,
    /// Globs of files and folders that are left out of a search.
    pub exclude: Vec<Placed>,
    /// House rules: files, folders, or globs of files.
    pub rules: Vec<Placed>,
    /// Accepted findings.
    pub allow: Vec<Allowed>,
    /// Every mention of a rule or group, to be held against the rules once they are known.
    named: Vec<At<String>>,
}

/// What one place sets: a config, an override, a command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    /// Whose law is meant.
    pub jurisdiction: Option<Given<Chosen>>,
    /// Rules or groups to lint by; empty: nothing is said.
    pub select: Vec<Given<String>>,
    /// Rules or groups to leave out.
    pub ignore: Vec<Given<String>>,
    /// From which severity on a finding fails the run.
    pub fail_on: Option<Given<Severity>>,
    /// Severities of rules or groups; the last that names a rule counts.
    pub severities: Vec<Given<(String, Severity)>>,
}

/// A value, and where it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Bytes of the config; empty where there is none.
    pub at: Range<usize>,
}

impl<T> Given<T> {
    /// A value that no file gives.
    pub fn outright(value: T) -> Given<T> {
        Given { value, at: 0..0 }
    }
}

/// What differs for some files.
#[derive(Clone, Debug, Default)]
pub struct Override {
    /// Globs.
    pub files: Vec<Placed>,
    /// What it sets.
    pub settings: Set,
}

/// A path or glob, and where the config names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// From the config's folder on.
    pub path: String,
    /// Bytes of the config.
    pub at: Range<usize>,
}

/// A finding that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// Which.
    pub fingerprint: Fingerprint,
    /// Why.
    pub reason: String,
    /// The one file in which it is, from the config's folder on.
    pub file: Option<String>,
    /// Its rule.
    pub rule: Option<String>,
    /// Where its fingerprint stands.
    pub at: Range<usize>,
}

const SEVERITIES: [(&str, Severity); 3] = [("info", Severity::Info), ("warning", Severity::Warning), ("error", Severity::Error)];
const CHOSEN: [(&str, Chosen); 7] = {
    let mut chosen = [("auto", Chosen::Auto); 7];
    let mut n = 0;
    while n < Jurisdiction::ALL.len() {
        chosen[n] = (Jurisdiction::ALL[n].code(), Chosen::Named(Jurisdiction::ALL[n]));
        n += 1;
    }
    chosen
};

impl Config {
    /// Reads the text of a config; `name` is for messages. What is wrong in it is left out and reported.
    pub fn parse(name: &str, text: &str) -> (Config, Vec<Mistake>) {
        let mut mistakes = Vec::new();
        let mut config = Config::default();
        if let Some(file) = File::parse(name, text, &mut mistakes) {
            config.read(&file.root(), &mut mistakes);
        }
        mistakes.sort_by_key(|m| m.at.start);
        (config, mistakes)
    }

    fn read(&mut self, root: &Table, mistakes: &mut Vec<Mistake>) {
        root.known(&[format::CONFIG, format::SETTINGS], mistakes);
        self.settings = self.set(root, mistakes);
        let placed = |table: &Table, key: &str, mistakes: &mut Vec<Mistake>| {
            let named = table.strings(key, mistakes).into_iter();
            named.map(|s| Placed { path: s.value, at: s.at }).collect::<Vec<_>>()
        };
        self.extends = placed(root, "extends", mistakes);
        self.include = placed(root, "include", mistakes);
        self.exclude = placed(root, "exclude", mistakes);
        self.rules = placed(root, "rules", mistakes);
        for table in root.tables("override", mistakes) {
            table.known(&[format::PATHS, format::SETTINGS], mistakes);
            let files = placed(&table, "files", mistakes);
            if files.is_empty() {
                let help = Some("as in files = [\"apprentices/\", \"*-senior.docx\"]".to_owned());
                mistakes.push(table.mistake(table.at(), "this override is for no file", help));
            }
            let settings = self.set(&table, mistakes);
            self.overrides.push(Override { files, settings });
        }
        self.allow = root.tables("allow", mistakes).iter().filter_map(|t| allowance(t, mistakes)).collect();
    }

    /// What a table sets; the rules that it names are noted.
    fn set(&mut self, table: &Table, mistakes: &mut Vec<Mistake>) -> Set {
        let at = |key: &str| table.get(key).map_or(0..0, |value| value.span());
        let mut severities = Vec::new();
        for (rule, severity) in table.named_strings("severity", mistakes) {
            if let Some(picked) = table.pick(&severity, &SEVERITIES, mistakes) {
                severities.push(Given { value: (rule.value.clone(), picked), at: rule.at.clone() });
            }
            self.named.push(rule);
        }
        Set {
            jurisdiction: table.one_of("jurisdiction", &CHOSEN, mistakes).map(|value| Given { value, at: at("jurisdiction") }),
            select: self.rule_names(table.strings("select", mistakes)),
            ignore: self.rule_names(table.strings("ignore", mistakes)),
            fail_on: table.one_of("fail-on", &SEVERITIES, mistakes).map(|value| Given { value, at: at("fail-on") }),
            severities,
        }
    }

    fn rule_names(&mut self, names: Vec<At<String>>) -> Vec<Given<String>> {
        self.named.extend(names.iter().cloned());
        names.into_iter().map(|n| Given { value: n.value, at: n.at }).collect()
    }

    /// Mentions of rules and groups that do not exist.
    pub fn unknown_rules(&self, name: &str, ruleset: &Ruleset) -> Vec<Mistake> {
        let unknown = self.named.iter().filter(|n| !is_rule(&n.value, ruleset));
        let mistake = |n: &At<String>| Mistake {
            file: name.to_owned(),
            at: n.at.clone(),
            what: format!("there is no rule or group “{}”", n.value),
            help: Some(nearest_rule(&n.value, ruleset).map_or("`jdlint rules` lists them".to_owned(), |r| format!("did you mean “{r}”?"))),
        };
        unknown.map(mistake).collect()
    }
}

/// Whether a name is a rule's id, one that it had before, or a group's.
pub fn is_rule(name: &str, ruleset: &Ruleset) -> bool {
    ruleset.rule(name).is_some() || ruleset.rules().iter().any(|r| r.id.group() == name)
}

/// The rule or group that was most likely meant.
pub fn nearest_rule(name: &str, ruleset: &Ruleset) -> Option<String> {
    let rules = ruleset.rules();
    let mut known: Vec<&str> = rules.iter().flat_map(|r| [r.id.as_str(), r.id.group()]).collect();
    known.dedup();
    nearest(name, &known).map(str::to_owned)
}

fn allowance(table: &Table, mistakes: &mut Vec<Mistake>) -> Option<Allowed> {
    table.known(&[format::ALLOW], mistakes);
    let fingerprint = table.string("fingerprint", mistakes);
    let reason = table.string("reason", mistakes);
    let file = table.optional_string("file", mistakes).map(|f| f.value);
    let rule = table.optional_string("rule", mistakes).map(|r| r.value);
    if let Some(reason) = reason.as_ref().filter(|r| r.value.trim().is_empty()) {
        mistakes.push(table.mistake(reason.at.clone(), "say why this finding is accepted", None));
    }
    let fingerprint = fingerprint?;
    let parsed = Fingerprint::parse(&fingerprint.value);
    if parsed.is_none() {
        let help = Some("sixteen digits and letters a to f, as `jdlint check --format json` gives them".to_owned());
        mistakes.push(table.mistake(fingerprint.at.clone(), format!("“{}” is no fingerprint", fingerprint.value), help));
    }
    Some(Allowed { fingerprint: parsed?, reason: reason?.value, file, rule, at: fingerprint.at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_are_found_at_once() {
        let text = "juristiction = 'uk'\nfail-on = 'warn'\nselect = 3\n[severity]\n'gendered.title' = 'inf'\n[[allow]]\nfingerprint = 'x'\n";
        let (_, mistakes) = Config::parse("jdlint.toml", text);
        let said: Vec<(&str, Option<&str>)> = mistakes.iter().map(|m| (m.what.as_str(), m.help.as_deref())).collect();
        assert!(said.contains(&("there is no key “juristiction” here", Some("did you mean “jurisdiction”?"))), "{said:?}");
        assert_eq!(mistakes.len(), 6, "{said:?}");
    }

    #[test]
    fn severities_may_be_dotted_keys() {
        let (config, mistakes) = Config::parse("jdlint.toml", "[severity]\ngendered.title = 'info'\n'omission' = 'error'\n");
        assert_eq!(mistakes, []);
        let set: Vec<_> = config.settings.severities.iter().map(|s| (s.value.0.as_str(), s.value.1)).collect();
        assert_eq!(set, [("gendered.title", Severity::Info), ("omission", Severity::Error)]);
    }

    #[test]
    fn an_override_says_for_which_files() {
        let (config, mistakes) = Config::parse("jdlint.toml", "[[override]]\nselect = ['gendered']\n[[override]]\nfile = ['a']\nfiles = 'b'\n");
        let said: Vec<&str> = mistakes.iter().map(|m| m.what.as_str()).collect();
        assert_eq!(said, ["this override is for no file", "there is no key “file” here"]);
        assert_eq!(config.overrides.len(), 2);
    }
}
