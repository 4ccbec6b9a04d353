//! Comments in the document and allowances in the settings that accept a finding; what accepts nothing is reported.

use super::settings::names_rule;
use super::{Finding, Fingerprint, Settings};
use crate::document::{Comment, Document};
use crate::outline::Outline;
use crate::rules::{Rule, Ruleset};
use crate::text::Span;

/// A comment that accepts findings: `jdlint: allow RULE[, RULE]: reason`.
struct Suppression {
    rules: Vec<String>,
    within: Span,
    used: bool,
    words: String,
}

/// What was taken out.
pub(super) struct Suppressed {
    /// How many findings.
    pub(super) n: usize,
    /// Those of them that the settings allow.
    pub(super) allowed: Vec<Fingerprint>,
    /// Notices of comments that accept nothing.
    pub(super) idle: Vec<String>,
}

/// Takes out what is accepted.
pub(super) fn suppress(findings: &mut Vec<Finding>, document: &Document, outline: &Outline, ruleset: &Ruleset, settings: &Settings) -> Suppressed {
    let mut allowed = Vec::new();
    let mut notices = Vec::new();
    let mut suppressions: Vec<Suppression> = document.comments().iter().filter_map(|c| parse(c, document, outline, ruleset, &mut notices)).collect();
    if suppressions.is_empty() && settings.allow.is_empty() {
        return Suppressed { n: 0, allowed, idle: notices };
    }
    let before = findings.len();
    findings.retain(|finding| {
        let Some(rule) = ruleset.rule(finding.rule.as_str()) else { return true };
        let mut keep = !settings.allow.iter().any(|a| a.fingerprint == finding.fingerprint);
        if !keep {
            allowed.push(finding.fingerprint);
        }
        for suppression in suppressions.iter_mut().filter(|s| s.accepts(rule, finding.span)) {
            suppression.used = true;
            keep = false;
        }
        keep
    });
    let idle = suppressions.iter().filter(|s| !s.used && s.is_selected(ruleset, settings));
    notices.extend(idle.map(|s| format!("“{}” allows nothing: there is no such finding there, so it can go", s.words)));
    Suppressed { n: before - findings.len(), allowed, idle: notices }
}

impl Suppression {
    fn accepts(&self, rule: &Rule, span: Span) -> bool {
        let place = span.start() >= self.within.start() && span.start() <= self.within.end() || self.within.contains(span);
        place && self.rules.iter().any(|r| names_rule(r, rule))
    }

    /// A suppression of rules that were not asked for did not get its chance.
    fn is_selected(&self, ruleset: &Ruleset, settings: &Settings) -> bool {
        ruleset.rules().iter().any(|r| settings.selects(r) && self.rules.iter().any(|n| names_rule(n, r)))
    }
}

fn parse(comment: &Comment, document: &Document, outline: &Outline, ruleset: &Ruleset, notices: &mut Vec<String>) -> Option<Suppression> {
    let said = comment.text.strip_prefix("jdlint:")?.trim_start();
    let mut words = said.splitn(2, char::is_whitespace);
    let within = match words.next()? {
        "allow" => block(comment.at, document),
        "allow-section" => section(comment.at, document, outline),
        "allow-file" => document.text().whole(),
        other => {
            notices.push(format!("“{other}” is no word of a jdlint comment; write “jdlint: allow RULE: reason” (or allow-section, allow-file)"));
            return None;
        }
    };
    let (rules, reason) = words.next().unwrap_or("").split_once(':').unwrap_or(("", ""));
    let rules: Vec<String> = rules.split(',').map(|r| r.trim().to_owned()).filter(|r| !r.is_empty()).collect();
    if rules.is_empty() || reason.trim().is_empty() {
        notices.push(format!("“{}” needs a rule and a reason: “jdlint: allow RULE: reason”", comment.text));
        return None;
    }
    for rule in &rules {
        let named = ruleset.rules().into_iter().find(|r| names_rule(rule, r));
        match named {
            None => notices.push(format!("“{}” names a rule “{rule}” that does not exist", comment.text)),
            Some(now) if now.aliases.contains(rule) => notices.push(format!("“{}” calls a rule “{rule}” that is named {} by now", comment.text, now.id)),
            Some(_) => {}
        }
    }
    Some(Suppression { rules, within, used: false, words: comment.text.clone() })
}

/// The block that a comment stands in, or the next one.
fn block(at: usize, document: &Document) -> Span {
    let next = document.blocks().iter().find(|b| b.span.end() >= at);
    next.map_or(Span::of(at..at), |b| b.span)
}

/// The section that a comment stands in, or that begins with the next block.
fn section(at: usize, document: &Document, outline: &Outline) -> Span {
    let place = block(at, document);
    let holding = outline.sections.iter().filter(|s| s.span.contains(place));
    holding.min_by_key(|s| s.span.len()).map_or(place, |s| s.span)
}
