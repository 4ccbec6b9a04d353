//! Rules → SARIF's descriptors: what a reader shows beside a result. They stand in the order of their ids, and results point at
//! them by number.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::level;
use crate::lint::Settings;
use crate::report::explain::strength;
use crate::report::markdown::escaped;
use crate::report::{link, rule_list, shown};
use crate::rules::{Evidence, Rule, RuleId, Ruleset};
use crate::text::one_line;

/// Tags that GitHub takes for one rule.
const TAGS: usize = 20;
/// Characters that GitHub takes for a rule's descriptions.
const DESCRIPTION: usize = 1024;

#[derive(Clone, Debug)]
pub(super) struct Rules {
    descriptors: Vec<Value>,
    numbers: BTreeMap<RuleId, usize>,
}

impl Rules {
    /// The rules of all configurations; of two rules of one id the first.
    pub(super) fn new<'r>(configurations: impl IntoIterator<Item = (&'r Ruleset, &'r Settings)>) -> Rules {
        let mut described: BTreeMap<RuleId, Value> = BTreeMap::new();
        for (ruleset, settings) in configurations {
            for rule in ruleset.rules() {
                if let Some(descriptor) = descriptor(rule, ruleset, settings) {
                    described.entry(rule.id.clone()).or_insert(descriptor);
                }
            }
        }
        let numbers = described.keys().cloned().zip(0..).collect();
        Rules { descriptors: described.into_values().collect(), numbers }
    }

    pub(super) fn descriptors(&self) -> &[Value] {
        &self.descriptors
    }

    pub(super) fn index(&self, rule: &RuleId) -> Option<usize> {
        self.numbers.get(rule).copied()
    }
}

/// None for a rule that finds nothing: a score, one that is off.
fn descriptor(rule: &Rule, ruleset: &Ruleset, settings: &Settings) -> Option<Value> {
    let severity = rule_list::severity_of(rule, settings)?;
    if rule.off {
        return None;
    }
    let audiences: Vec<&str> = rule.audiences.iter().map(|a| ruleset.catalogue().audience(a).map_or(a.as_str(), |a| a.name.as_str())).collect();
    let tags = [rule.id.group().to_owned(), format!("evidence-{}", evidence(rule.evidence))].into_iter().chain(rule.audiences.iter().cloned());
    let mut descriptor = json!({
        "id": rule.id.as_str(),
        "name": name(rule.id.as_str()),
        "shortDescription": { "text": short(&rule.name) },
        "fullDescription": { "text": short(&rule.why) },
        "help": { "text": help(rule, ruleset, &audiences), "markdown": help_markdown(rule, ruleset, &audiences) },
        "defaultConfiguration": { "level": level(severity), "enabled": settings.selects(rule) },
        "properties": { "tags": tags.take(TAGS).collect::<Vec<_>>(), "problem.severity": problem(level(severity)) },
    });
    if let Some(link) = link(rule, ruleset) {
        descriptor["helpUri"] = json!(link);
    }
    Some(descriptor)
}

/// How CodeQL calls a level, which is how GitHub filters.
fn problem(level: &str) -> &str {
    if level == "note" { "recommendation" } else { level }
}

/// `prerequisite.degree` → `PrerequisiteDegree`, as SARIF's readers expect a name.
fn name(id: &str) -> String {
    let words = id.split(['.', '-', '_']).map(|word| {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect::<String>())
    });
    words.collect()
}

fn short(text: &str) -> String {
    let line = shown(&one_line(text));
    let line = if line.ends_with(['.', '?', '!', '…']) { line } else { format!("{line}.") };
    if line.chars().count() <= DESCRIPTION { line } else { line.chars().take(DESCRIPTION - 1).chain(['…']).collect() }
}

const fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Strong => "strong",
        Evidence::Moderate => "moderate",
        Evidence::Weak => "weak",
        Evidence::Contested => "contested",
    }
}

fn help(rule: &Rule, ruleset: &Ruleset, audiences: &[&str]) -> String {
    let mut parts = vec![one_line(&rule.why)];
    if !audiences.is_empty() {
        parts.push(format!("May be read as “not for me” by {}.", audiences.join(", ")));
    }
    parts.push(format!("Evidence: {}.", strength(rule.evidence)));
    parts.extend(rule.sources.iter().filter_map(|s| ruleset.catalogue().source(s)).map(|s| format!("{} {}", s.citation(), s.link).trim().to_owned()));
    parts.iter().map(|p| shown(p)).collect::<Vec<_>>().join("\n")
}

fn help_markdown(rule: &Rule, ruleset: &Ruleset, audiences: &[&str]) -> String {
    let mut parts = vec![escaped(&one_line(&rule.why))];
    if !audiences.is_empty() {
        parts.push(format!("**May be read as “not for me” by** {}.", escaped(&audiences.join(", "))));
    }
    parts.push(format!("**Evidence:** {}.", escaped(strength(rule.evidence))));
    let sources = rule.sources.iter().filter_map(|s| ruleset.catalogue().source(s));
    let sources: Vec<String> = sources
        .map(|s| match s.link.as_str() {
            "" => format!("- {}", escaped(&s.citation())),
            link => format!("- [{}](<{}>)", escaped(&s.citation()), link.replace(['<', '>', '\n'], "")),
        })
        .collect();
    parts.push(sources.join("\n"));
    parts.push(format!("Not so here? `<!-- jdlint: allow {}: the reason -->` before the words accepts it.", rule.id));
    parts.join("\n\n")
}
