//! `jdlint.toml` → what it sets: a [`Config`], or all of its mistakes, each with its place.
//!
//! The command line is stronger than a config, and a config than the defaults. Knows nothing of screens.

mod family;
mod find;
mod globs;
mod packs;
mod setup;

pub use family::Families;
pub use find::{NAME, find};
pub use globs::{Globs, Wanted};
pub use packs::{Packs, packs};
pub use setup::{Overrides, Place, ReadText, Setup, SetupError, unknown_rule};

use std::ops::Range;

use crate::lint::{Allowance, Chosen, Fingerprint, Settings};
use crate::rules::fields::{At, File, Table, nearest};
use crate::rules::{Jurisdiction, Mistake, Ruleset, Severity};

/// What a `jdlint.toml` sets. What it does not mention is empty.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Whose law is meant.
    pub jurisdiction: Option<Chosen>,
    /// Rules or groups to lint by.
    pub select: Vec<String>,
    /// Rules or groups to leave out.
    pub ignore: Vec<String>,
    /// From which severity on a finding fails the run.
    pub fail_on: Option<Severity>,
    /// Severities of rules or groups.
    pub severities: Vec<(String, Severity)>,
    /// Globs of files that folders are searched for; empty: all formats that jdlint knows.
    pub include: Vec<Placed>,
    /// Globs of files and folders that are left out of a search.
    pub exclude: Vec<Placed>,
    /// House rules: files, folders, or globs of files.
    pub rules: Vec<Placed>,
    /// Accepted findings.
    pub allow: Vec<Allowance>,
    /// Every mention of a rule or group, to be held against the rules once they are known.
    named: Vec<At<String>>,
}

/// A path or glob, and where the config names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// From the config's folder on.
    pub path: String,
    /// Bytes of the config.
    pub at: Range<usize>,
}

const KEYS: [&str; 9] = ["jurisdiction", "select", "ignore", "fail-on", "severity", "include", "exclude", "rules", "allow"];
const SEVERITIES: [(&str, Severity); 3] = [("info", Severity::Info), ("warning", Severity::Warning), ("error", Severity::Error)];

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
        root.only(&KEYS, mistakes);
        let named = Jurisdiction::ALL.map(|j| (j.code(), Chosen::Named(j)));
        self.jurisdiction = root.one_of("jurisdiction", &[&named[..], &[("auto", Chosen::Auto)]].concat(), mistakes);
        self.fail_on = root.one_of("fail-on", &SEVERITIES, mistakes);
        self.select = self.rule_names(root.strings("select", mistakes));
        self.ignore = self.rule_names(root.strings("ignore", mistakes));
        for (rule, severity) in root.named_strings("severity", mistakes) {
            if let Some(severity) = root.pick(&severity, &SEVERITIES, mistakes) {
                self.severities.push((rule.value.clone(), severity));
            }
            self.named.push(rule);
        }
        let mut placed = |key| root.strings(key, mistakes).into_iter().map(|s| Placed { path: s.value, at: s.at }).collect();
        self.include = placed("include");
        self.exclude = placed("exclude");
        self.rules = placed("rules");
        self.allow = root.tables("allow", mistakes).iter().filter_map(|t| allowance(t, mistakes)).collect();
    }

    fn rule_names(&mut self, names: Vec<At<String>>) -> Vec<String> {
        self.named.extend(names.iter().cloned());
        names.into_iter().map(|n| n.value).collect()
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

    /// As settings for a linter.
    pub fn settings(&self) -> Settings {
        let mut settings = Settings {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            severities: self.severities.clone(),
            allow: self.allow.clone(),
            ..Settings::default()
        };
        if let Some(chosen) = self.jurisdiction {
            settings.choose(chosen);
        }
        settings
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

fn allowance(table: &Table, mistakes: &mut Vec<Mistake>) -> Option<Allowance> {
    table.only(&["fingerprint", "reason"], mistakes);
    let fingerprint = table.string("fingerprint", mistakes);
    let reason = table.string("reason", mistakes);
    if let Some(reason) = reason.as_ref().filter(|r| r.value.trim().is_empty()) {
        mistakes.push(table.mistake(reason.at.clone(), "say why this finding is accepted", None));
    }
    let fingerprint = fingerprint?;
    let parsed = Fingerprint::parse(&fingerprint.value);
    if parsed.is_none() {
        let help = Some("sixteen digits and letters a to f, as `jdlint check --format json` gives them".to_owned());
        mistakes.push(table.mistake(fingerprint.at, format!("“{}” is no fingerprint", fingerprint.value), help));
    }
    Some(Allowance { fingerprint: parsed?, reason: reason?.value })
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
        assert_eq!(config.severities, [("gendered.title".to_owned(), Severity::Info), ("omission".to_owned(), Severity::Error)]);
    }
}
