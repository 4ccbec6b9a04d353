//! What the rules rest on: no source and no rule claims more than was found, links lead to publishers, and
//! `docs/evidence.md` says all of it. `SNAPSHOTS=overwrite cargo test` writes the page anew.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use jdlint::Ruleset;
use jdlint::rules::{Evidence, Rule, Source};
use serde::Deserialize;
use snapbox::Data;
use snapbox::data::DataFormat;

/// What `rules/sources.toml` says of a source beyond what is compiled into the binary.
#[derive(Deserialize)]
struct Standing {
    id: String,
    kind: String,
    verified: bool,
}

#[derive(Deserialize)]
struct Claim {
    says: String,
    found: String,
    sources: Vec<String>,
}

#[derive(Deserialize)]
struct Sources {
    source: Vec<Standing>,
}

#[derive(Deserialize)]
struct Claims {
    claim: Vec<Claim>,
}

/// Sites that hold copies of other people's papers, or documents that anybody uploads.
const MIRRORS: [&str; 18] = [
    "academia.edu",
    "chegg.com",
    "citeseerx",
    "core.ac.uk",
    "coursehero.com",
    "docplayer",
    "docslib.org",
    "econpapers",
    "libgen",
    "paperdigest",
    "repec.org",
    "researchgate.net",
    "sci-hub",
    "scribd.com",
    "semanticscholar.org",
    "slideshare.net",
    "studocu.com",
    "vdoc.pub",
];

#[test]
fn only_what_is_verified_or_a_law_is_called_strong() {
    let ruleset = Ruleset::embedded();
    for standing in standings() {
        let strength = source(&ruleset, &standing.id).strength;
        assert!(strength != Evidence::Strong || standing.verified || standing.kind == "law", "{} is called strong and is not verified", standing.id);
    }
}

#[test]
fn no_rule_claims_more_than_its_best_source() {
    let ruleset = Ruleset::embedded();
    for rule in ruleset.rules() {
        let best = rule.sources.iter().map(|id| weight(source(&ruleset, id).strength)).max().unwrap_or(0);
        assert!(weight(rule.evidence) <= best, "{} claims {:?} evidence, and its best source is weaker", rule.id, rule.evidence);
    }
}

#[test]
fn links_lead_to_whoever_answers_for_the_text() {
    for source in &Ruleset::embedded().catalogue().sources {
        let link = source.link.as_str();
        // Wrong today: these pages are cited by addresses from before their sites were served safely.
        let old = ["nas-recruitment", "hcpc-titles"].contains(&source.id.as_str()) && link.starts_with("http://");
        assert!(link.is_empty() || link.starts_with("https://") || old, "{}: {link} is no https link", source.id);
        let mirror = MIRRORS.iter().find(|m| link.contains(*m));
        assert!(mirror.is_none(), "{}: {link} is a copy; give the publisher's page, a DOI, or no link", source.id);
    }
}

#[test]
fn every_source_says_what_it_found() {
    for source in &Ruleset::embedded().catalogue().sources {
        assert!(source.finding.ends_with('.'), "{} does not say what it found: {}", source.id, source.finding);
        assert!(!source.authors.is_empty(), "{} names no author", source.id);
    }
}

#[test]
fn the_page_of_evidence_is_current() {
    let page = page(&Ruleset::embedded(), &standings(), &claims());
    let golden = root().join("docs/evidence.md");
    let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    assert.eq(page, Data::read_from(&golden, Some(DataFormat::Text)).raw());
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read<T: for<'t> Deserialize<'t>>(file: &str) -> T {
    let text = fs::read_to_string(root().join(file)).expect("it is there");
    toml::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn standings() -> Vec<Standing> {
    read::<Sources>("rules/sources.toml").source
}

fn claims() -> Vec<Claim> {
    read::<Claims>("rules/evidence.toml").claim
}

fn source<'r>(ruleset: &'r Ruleset, id: &str) -> &'r Source {
    ruleset.catalogue().source(id).unwrap_or_else(|| panic!("there is no source {id}"))
}

/// Contested evidence claims nothing, so it bears out no more than weak evidence does.
fn weight(evidence: Evidence) -> u8 {
    match evidence {
        Evidence::Strong => 3,
        Evidence::Moderate => 2,
        Evidence::Weak | Evidence::Contested => 1,
    }
}

const STRENGTHS: [(Evidence, &str, &str); 4] = [
    (Evidence::Strong, "Strong", "Sound studies agree, or it is the law, or official guidance on it."),
    (Evidence::Moderate, "Moderate", "Some sound studies, or guidance that rests on them."),
    (Evidence::Weak, "Weak", "Surveys, opinion, convention, lists of words."),
    (Evidence::Contested, "Contested", "Sound studies disagree, or found little."),
];

const HEAD: &str = "\
# What the rules rest on

<!-- Written by `SNAPSHOTS=overwrite cargo test --test evidence` from rules/sources.toml, rules/evidence.toml and the rules. -->

A strength says how far a source bears out *acting on an advert’s wording*, not how good the place is where it appeared. Only
a source whose text was read for this list, or a law, is called strong; a source that was not read says so. Findings are told
in our words. A link leads to the publisher, a DOI or the official text; where only copies are known there is none, and where a
title could not be confirmed none is shown. Laws are told for orientation; this is no legal advice.
";

fn page(ruleset: &Ruleset, standings: &[Standing], claims: &[Claim]) -> String {
    let mut page = format!("{HEAD}\n## Often claimed, and what was found\n");
    for claim in claims {
        let cited: Vec<String> = claim.sources.iter().map(|id| cited(source(ruleset, id))).collect();
        write!(page, "\n**{}** {} ({})\n", claim.says, claim.found, cited.join("; ")).expect("memory can be written");
    }
    page.push_str("\n## Rules, by the strength of their evidence\n");
    for (evidence, name, _) in STRENGTHS {
        let rules: Vec<&Rule> = ruleset.rules().into_iter().filter(|r| r.evidence == evidence).collect();
        if !rules.is_empty() {
            write!(page, "\n**{name}**: {}\n", ids(&rules)).expect("memory can be written");
        }
    }
    for (evidence, name, meaning) in STRENGTHS {
        write!(page, "\n## {name} sources\n\n{meaning}\n").expect("memory can be written");
        for standing in standings.iter().filter(|s| source(ruleset, &s.id).strength == evidence) {
            page.push_str(&entry(ruleset, standing));
        }
    }
    page
}

/// A source as a list item: what it is, what it found, where, who cites it.
fn entry(ruleset: &Ruleset, standing: &Standing) -> String {
    let source = source(ruleset, &standing.id);
    let mut lines = vec![format!("- **{}**", source.citation().trim_end_matches('.')), source.finding.clone()];
    if !standing.verified {
        lines.push("Its text was not read for this list.".to_owned());
    }
    if !source.link.is_empty() {
        lines.push(format!("<{}>", source.link));
    }
    let cites = |r: &&Rule| r.sources.contains(&source.id) || r.jurisdictions.iter().any(|(_, change)| change.sources.contains(&source.id));
    let rules: Vec<&Rule> = ruleset.rules().into_iter().filter(cites).collect();
    let citing = if rules.is_empty() { "No rule cites it.".to_owned() } else { format!("Cited by {}.", ids(&rules)) };
    lines.push(format!("*{}.* {citing}", standing.kind.replace('-', " ")));
    format!("\n{}\n", lines.join("\n  "))
}

/// “Danielle Gaucher and others 2011”.
fn cited(source: &Source) -> String {
    let people: Vec<&str> = source.authors.split(" (").next().unwrap_or("").split(", ").collect();
    let names = match people.as_slice() {
        [first, _, _, ..] => format!("{first} and others"),
        few => few.join(" and "),
    };
    source.year.map_or(names.clone(), |year| format!("{names} {year}"))
}

fn ids(rules: &[&Rule]) -> String {
    rules.iter().map(|r| format!("`{}`", r.id)).collect::<Vec<_>>().join(", ")
}
