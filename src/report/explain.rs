//! A rule → its page: why, for whom, on what evidence, and when it is fine.

use super::conditions;
use super::snippet::wrapped;
use super::{Look, severity_name};
use crate::outline::Wordings;
use crate::rules::{Evidence, Example, Jurisdiction, Rule, Ruleset, Source};
use crate::text::one_line;

/// The page of a rule.
pub fn explain(rule: &Rule, ruleset: &Ruleset, wordings: &Wordings, look: Look) -> String {
    let catalogue = ruleset.catalogue();
    let mut page = Page { out: String::new(), look };
    page.title(&format!("{}: {}", rule.id, rule.name));
    page.paragraph(&severities(rule));
    page.heading("Why");
    page.paragraph(&rule.why);
    if !rule.audiences.is_empty() {
        page.heading("Who may read it as “not for me”");
        for audience in rule.audiences.iter().filter_map(|a| catalogue.audience(a)) {
            page.point(&format!("{}: {}", audience.name, audience.line));
        }
    }
    exceptions(&mut page, rule, wordings);
    examples(&mut page, &ruleset.examples(rule));
    page.heading(&format!("Evidence: {}", strength(rule.evidence)));
    let by_law = rule.jurisdictions.iter().flat_map(|(_, change)| &change.sources);
    for source in rule.sources.iter().chain(by_law).filter_map(|s| catalogue.source(s)) {
        page.source(source);
    }
    page.out
}

/// “warning; in Ireland error”.
fn severities(rule: &Rule) -> String {
    let elsewhere = rule.jurisdictions.iter().filter_map(|(place, change)| Some(format!("in {} {}", place.name(), severity_name(change.severity?))));
    let all: Vec<String> = std::iter::once(severity_name(rule.severity).to_owned()).chain(elsewhere).collect();
    let aliases = if rule.aliases.is_empty() { String::new() } else { format!(". Once called {}", rule.aliases.join(", ")) };
    format!("Severity: {}{aliases}", all.join("; "))
}

pub(crate) fn strength(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Strong => "strong (sound studies agree, or it is the law)",
        Evidence::Moderate => "moderate (some sound studies, or guidance that rests on them)",
        Evidence::Weak => "weak (surveys, opinion, convention)",
        Evidence::Contested => "contested (sound studies disagree)",
    }
}

fn exceptions(page: &mut Page, rule: &Rule, wordings: &Wordings) {
    if !rule.applies.is_empty() {
        page.heading("It looks where");
        for condition in &rule.applies {
            page.point(&conditions::words(condition, wordings));
        }
    }
    if !rule.unless.is_empty() || !rule.soften.is_empty() {
        page.heading("Exceptions");
        for condition in &rule.unless {
            page.point(&format!("left alone where {}", conditions::words(condition, wordings)));
        }
        for soften in &rule.soften {
            let because = soften.because.as_ref().map_or(String::new(), |b| format!(" ({b})"));
            page.point(&format!("only a {} where {}{because}", severity_name(soften.to), conditions::words(&soften.when, wordings)));
        }
    }
}

fn examples(page: &mut Page, examples: &[Example]) {
    let (found, left): (Vec<&Example>, Vec<&Example>) = examples.iter().partition(|e| is_found(e));
    for (heading, examples) in [("Found (in brackets)", found), ("Left alone", left)] {
        if examples.is_empty() {
            continue;
        }
        page.heading(heading);
        for example in examples {
            page.point(&words(example));
            if let Some(after) = &example.after {
                page.continued(&format!("better: {after}"));
            }
        }
    }
}

fn is_found(example: &Example) -> bool {
    example.found.unwrap_or_else(|| !example.unmarked().1.is_empty())
}

/// An example in one line.
fn words(example: &Example) -> String {
    if let Some(markdown) = &example.markdown {
        return one_line(markdown);
    }
    let part = |name: &str, words: &Option<String>| words.as_ref().map(|w| format!("{name}{}", w.replace('\n', "; ")));
    let parts = [
        part("post: ", &example.title),
        part("", &example.text),
        part("duties: ", &example.duties),
        part("essential: ", &example.essential),
        part("desirable: ", &example.desirable),
    ];
    let place = (example.jurisdiction != Jurisdiction::default()).then(|| format!("in {}", example.jurisdiction.name()));
    parts.into_iter().flatten().chain(place).collect::<Vec<_>>().join(" · ")
}

/// A page in the making.
struct Page {
    out: String,
    look: Look,
}

impl Page {
    fn title(&mut self, words: &str) {
        let words = self.look.strong(words);
        self.out.push_str(&format!("{words}\n"));
    }

    fn heading(&mut self, words: &str) {
        let words = self.look.strong(words);
        self.out.push_str(&format!("\n{words}\n"));
    }

    fn paragraph(&mut self, words: &str) {
        self.indented(words, "  ", "  ");
    }

    fn point(&mut self, words: &str) {
        self.indented(words, "  - ", "    ");
    }

    fn continued(&mut self, words: &str) {
        self.indented(words, "    ", "    ");
    }

    fn source(&mut self, source: &Source) {
        self.point(&source.citation());
        if !source.finding.is_empty() {
            self.continued(&source.finding);
        }
        if !source.link.is_empty() {
            self.out.push_str(&format!("    {}\n", source.link));
        }
    }

    fn indented(&mut self, words: &str, first: &str, next: &str) {
        let words = wrapped(&super::shown(words), self.look.width.saturating_sub(next.len()).max(30));
        self.out.push_str(&format!("{first}{}\n", words.replace('\n', &format!("\n{next}"))));
    }
}
