//! Rules → a list of them, for people and as JSON.

use serde::Serialize;

use super::json::to_line;
use super::severity_name;
use crate::lint::Settings;
use crate::rules::{Evidence, Rule, RuleKind, Severity};

/// One line a rule: its id, its severity under these settings, its name.
pub fn text(rules: &[&Rule], settings: &Settings) -> String {
    let widest = rules.iter().map(|r| r.id.as_str().len()).max().unwrap_or(0);
    let severity = |rule: &Rule| if settings.selects(rule) { severity_of(rule, settings).map_or("score", severity_name) } else { "off" };
    rules.iter().map(|r| format!("{:widest$}  {:7}  {}\n", r.id.as_str(), severity(r), super::shown(&r.name))).collect()
}

/// `{"version":1,"rules":[{"id","name","severity","evidence","audiences","sources","aliases","selected"}]}`
pub fn json(rules: &[&Rule], settings: &Settings) -> String {
    let rules = rules.iter().map(|rule| JsonRule {
        id: rule.id.as_str(),
        name: &rule.name,
        severity: severity_of(rule, settings),
        evidence: rule.evidence,
        audiences: &rule.audiences,
        sources: &rule.sources,
        aliases: &rule.aliases,
        selected: settings.selects(rule),
    });
    format!("{}\n", to_line(&JsonRules { version: 1, rules: rules.collect() }))
}

/// A score is never a finding, so it has no severity.
pub(super) fn severity_of(rule: &Rule, settings: &Settings) -> Option<Severity> {
    let by_law = || rule.under(settings.jurisdiction).and_then(|change| change.severity);
    (rule.kind != RuleKind::Score).then(|| settings.severity(rule).or_else(by_law).unwrap_or(rule.severity))
}

#[derive(Serialize)]
struct JsonRules<'a> {
    version: u32,
    rules: Vec<JsonRule<'a>>,
}

#[derive(Serialize)]
struct JsonRule<'a> {
    id: &'a str,
    name: &'a str,
    severity: Option<Severity>,
    evidence: Evidence,
    audiences: &'a [String],
    sources: &'a [String],
    aliases: &'a [String],
    selected: bool,
}
