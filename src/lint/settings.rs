//! What a linter is told, as plain data.

use super::Fingerprint;
use crate::rules::{Jurisdiction, Rule, Severity};

/// Settings of a linter; the default lints by all rules for the UK.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Whose law is meant.
    pub jurisdiction: Jurisdiction,
    /// Whether that is so, or only where the documents do not tell.
    pub jurisdiction_from: JurisdictionFrom,
    /// Rules or groups to lint by; empty: all.
    pub select: Vec<String>,
    /// Rules or groups to leave out.
    pub ignore: Vec<String>,
    /// Severities set by rule or group; the last that names a rule counts.
    pub severities: Vec<(String, Severity)>,
    /// Findings that were accepted.
    pub allow: Vec<Allowance>,
}

/// Where the jurisdiction is taken from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JurisdictionFrom {
    /// The settings name it.
    #[default]
    Settings,
    /// Each advert tells it: by its currency, the laws and places that it names, its spelling.
    Document,
}

/// A jurisdiction as people choose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// This one.
    Named(Jurisdiction),
    /// Whichever the advert tells (`auto`).
    Auto,
}

/// A finding that somebody accepted, in the config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Which.
    pub fingerprint: Fingerprint,
    /// Why.
    pub reason: String,
}

impl Settings {
    /// Takes the jurisdiction that somebody chose.
    pub fn choose(&mut self, chosen: Chosen) {
        match chosen {
            Chosen::Named(jurisdiction) => {
                self.jurisdiction = jurisdiction;
                self.jurisdiction_from = JurisdictionFrom::Settings;
            }
            Chosen::Auto => self.jurisdiction_from = JurisdictionFrom::Document,
        }
    }

    /// Whether a rule is to be linted by.
    pub fn selects(&self, rule: &Rule) -> bool {
        let named = |names: &[String]| names.iter().any(|n| names_rule(n, rule));
        !rule.off && (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
    }

    /// A severity set for a rule, if any.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        self.severities.iter().rev().find(|(name, _)| names_rule(name, rule)).map(|(_, severity)| *severity)
    }
}

/// Whether a name is the rule's id, one that it had before, or its group.
pub(super) fn names_rule(name: &str, rule: &Rule) -> bool {
    name == rule.id.as_str() || name == rule.id.group() || rule.aliases.iter().any(|a| a == name)
}
