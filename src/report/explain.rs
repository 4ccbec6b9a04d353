//! A rule → its page: why, for whom, on what evidence, and when it is fine; for a terminal, in Markdown and as JSON (as HTML: `html/rule`).

mod markdown;

pub use markdown::markdown;

use serde::Serialize;

use super::conditions;
use super::json::to_line;
use super::snippet::wrapped;
use super::{Look, severity_name};
use crate::outline::Wordings;
use crate::rules::{Audience, Evidence, Example, Jurisdiction, Rule, Ruleset, Severity, Source};
use crate::text::one_line;

/// What a rule's page says, in words, whatever the page is made of.
#[derive(Serialize)]
pub(super) struct Explained<'a> {
    version: u32,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    severity: Severity,
    /// By all laws.
    #[serde(skip)]
    pub(super) severities: String,
    pub(super) why: &'a str,
    pub(super) audiences: Vec<&'a Audience>,
    /// Where it looks; none: everywhere.
    pub(super) looks_where: Vec<String>,
    /// When it leaves what it found, or only mentions it.
    pub(super) exceptions: Vec<String>,
    pub(super) found: Vec<Shown>,
    pub(super) left: Vec<Shown>,
    evidence: Evidence,
    /// The evidence in words.
    #[serde(skip)]
    pub(super) strength: &'static str,
    pub(super) sources: Vec<Cited<'a>>,
    aliases: &'a [String],
}

/// An example.
#[derive(Serialize)]
pub(super) struct Shown {
    /// What is found stands in brackets.
    pub(super) words: String,
    /// The same as it is typed, where it is a whole document.
    #[serde(skip)]
    document: Option<String>,
    /// What the first rewrite makes of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) better: Option<String>,
}

/// A source.
#[derive(Serialize)]
pub(super) struct Cited<'a> {
    id: &'a str,
    pub(super) citation: String,
    pub(super) finding: &'a str,
    pub(super) link: &'a str,
    strength: Evidence,
}

impl<'a> Explained<'a> {
    pub(super) fn of(rule: &'a Rule, ruleset: &'a Ruleset, wordings: &Wordings) -> Explained<'a> {
        let catalogue = ruleset.catalogue();
        let (found, left): (Vec<Example>, Vec<Example>) = ruleset.examples(rule).into_iter().partition(is_found);
        let by_law = rule.jurisdictions.iter().flat_map(|(_, change)| &change.sources);
        Explained {
            version: 1,
            id: rule.id.as_str(),
            name: &rule.name,
            severity: rule.severity,
            severities: severities(rule),
            why: &rule.why,
            audiences: rule.audiences.iter().filter_map(|a| catalogue.audience(a)).collect(),
            looks_where: rule.applies.iter().map(|c| conditions::words(c, wordings)).collect(),
            exceptions: exceptions(rule, wordings),
            found: found.into_iter().map(shown).collect(),
            left: left.into_iter().map(shown).collect(),
            evidence: rule.evidence,
            strength: strength(rule.evidence),
            sources: rule.sources.iter().chain(by_law).filter_map(|s| catalogue.source(s)).map(cited).collect(),
            aliases: &rule.aliases,
        }
    }
}

/// The page of a rule, for a terminal.
pub fn explain(rule: &Rule, ruleset: &Ruleset, wordings: &Wordings, look: Look) -> String {
    let explained = Explained::of(rule, ruleset, wordings);
    let mut page = Page { out: String::new(), look };
    page.title(&format!("{}: {}", explained.id, explained.name));
    page.paragraph(&format!("Severity: {}", explained.severities));
    page.heading("Why");
    page.paragraph(explained.why);
    if !explained.audiences.is_empty() {
        page.heading("Who may read it as “not for me”");
        explained.audiences.iter().for_each(|a| page.point(&format!("{}: {}", a.name, a.line)));
    }
    page.points("It looks where", &explained.looks_where);
    page.points("Exceptions", &explained.exceptions);
    page.examples("Found (in brackets)", &explained.found);
    page.examples("Left alone", &explained.left);
    page.heading(&format!("Evidence: {}", explained.strength));
    explained.sources.iter().for_each(|s| page.source(s));
    page.out
}

/// `{"version":1,"id","name","severity","why","audiences":[{"id","name","line","source"}],"looks_where":[…],"exceptions":[…],
/// "found":[{"words","better"}],"left":[…],"evidence","sources":[{"id","citation","finding","link","strength"}],"aliases":[…]}`
pub fn json(rule: &Rule, ruleset: &Ruleset, wordings: &Wordings) -> String {
    format!("{}\n", to_line(&Explained::of(rule, ruleset, wordings)))
}

fn cited(source: &Source) -> Cited<'_> {
    Cited { id: &source.id, citation: source.citation(), finding: &source.finding, link: &source.link, strength: source.strength }
}

/// “warning; in Ireland error”.
fn severities(rule: &Rule) -> String {
    let elsewhere = rule.jurisdictions.iter().filter_map(|(place, change)| Some(format!("in {} {}", place.name(), severity_name(change.severity?))));
    let all: Vec<String> = std::iter::once(severity_name(rule.severity).to_owned()).chain(elsewhere).collect();
    let aliases = if rule.aliases.is_empty() { String::new() } else { format!(". Once called {}", rule.aliases.join(", ")) };
    format!("{}{aliases}", all.join("; "))
}

pub(crate) fn strength(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Strong => "strong (sound studies agree, or it is the law)",
        Evidence::Moderate => "moderate (some sound studies, or guidance that rests on them)",
        Evidence::Weak => "weak (surveys, opinion, convention)",
        Evidence::Contested => "contested (sound studies disagree)",
    }
}

fn exceptions(rule: &Rule, wordings: &Wordings) -> Vec<String> {
    let left = rule.unless.iter().map(|condition| format!("left alone where {}", conditions::words(condition, wordings)));
    let softer = rule.soften.iter().map(|soften| {
        let because = soften.because.as_ref().map_or(String::new(), |b| format!(" ({b})"));
        format!("only a {} where {}{because}", severity_name(soften.to), conditions::words(&soften.when, wordings))
    });
    // Conditions that differ only in their words read alike.
    let mut all = Vec::new();
    for exception in left.chain(softer) {
        if !all.contains(&exception) {
            all.push(exception);
        }
    }
    all
}

fn shown(example: Example) -> Shown {
    Shown { words: words(&example), document: example.markdown, better: example.after }
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

    fn points(&mut self, heading: &str, points: &[String]) {
        if !points.is_empty() {
            self.heading(heading);
            points.iter().for_each(|p| self.point(p));
        }
    }

    fn examples(&mut self, heading: &str, examples: &[Shown]) {
        if examples.is_empty() {
            return;
        }
        self.heading(heading);
        for example in examples {
            self.point(&example.words);
            if let Some(better) = &example.better {
                self.continued(&format!("better: {better}"));
            }
        }
    }

    fn source(&mut self, source: &Cited) {
        self.point(&source.citation);
        if !source.finding.is_empty() {
            self.continued(source.finding);
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
