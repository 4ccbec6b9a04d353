//! Many wordings of one requirement, each in many layouts: a list, a table, a table with letters, a sentence among others. What
//! a kind asks is found however it is put; what only sounds like it is left. The data are `tests/wordings/<type>.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use jdlint::rules::{Jurisdiction, Severity};
use jdlint::{Advert, Document, Finding, Format, Linter, Ruleset, Settings};
use serde::Deserialize;

/// The types of prerequisite whose wordings are held here.
const TYPES: [&str; 9] = ["availability", "sector", "tool", "nationality", "history", "physical", "path", "vague", "pay"];

#[derive(Deserialize)]
struct Wordings {
    /// The rule that finds them, where it isn't the prerequisite of the file's name.
    rule: Option<String>,
    found: Vec<Group>,
    left: Vec<Group>,
}

/// Wordings in adverts that are alike.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    #[serde(default = "administrator")]
    title: String,
    #[serde(default)]
    jurisdiction: Jurisdiction,
    /// Duties of the post.
    #[serde(default)]
    duties: Vec<String>,
    /// More of the advert, below.
    #[serde(default)]
    also: String,
    /// Lines of the essential criteria.
    #[serde(default)]
    lines: Vec<String>,
    /// Sentences.
    #[serde(default)]
    sentences: Vec<String>,
    /// Lines of the desirable criteria.
    #[serde(default)]
    desirable: Vec<String>,
    /// The severity of what is found; none: any.
    severity: Option<Severity>,
}

fn administrator() -> String {
    "Administrator".to_owned()
}

fn wordings(kind: &str) -> Wordings {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/wordings/{kind}.toml"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

const LINES: [&str; 5] = [
    "## Essential criteria\n\n- {}\n- Good with people\n",
    "## What you'll need\n\n* Good with people\n* {}\n",
    "| Criteria | Essential | Desirable |\n|---|---|---|\n| Other | {} | Good with people |\n",
    "| Criterion | E/D |\n|---|---|\n| {} | E |\n| Good with people | D |\n",
    "**Requirements:**\n\n{}\n\nGood with people\n",
];

const SENTENCES: [&str; 3] = [
    "We are a small team. {} The office is near the station.\n",
    "## About you\n\n{}\n",
    "## The role\n\nThe post is new. {}\n\nWe look forward to meeting you.\n",
];

const DESIRABLE: [&str; 2] =
    ["## Desirable criteria\n\n- {}\n- Good with people\n", "| Criteria | Essential | Desirable |\n|---|---|---|\n| Other | Good with people | {} |\n"];

/// One for each jurisdiction met.
type Linters = BTreeMap<Jurisdiction, Linter>;

impl Group {
    /// Each wording in each layout that suits it, as a whole advert.
    fn adverts(&self) -> Vec<(String, String)> {
        let kinds = [(&self.lines, LINES.as_slice()), (&self.sentences, SENTENCES.as_slice()), (&self.desirable, DESIRABLE.as_slice())];
        let pairs = kinds.iter().flat_map(|(words, layouts)| words.iter().flat_map(move |w| layouts.iter().map(move |l| (w, *l))));
        pairs.map(|(words, layout)| (words.clone(), self.advert(&layout.replace("{}", words)))).collect()
    }

    fn advert(&self, body: &str) -> String {
        let duties: String = self.duties.iter().map(|d| format!("- {d}\n")).collect();
        let duties = if duties.is_empty() { duties } else { format!("## Main duties\n\n{duties}\n") };
        format!("# {}\n\n{duties}{body}\n{}\n", self.title, self.also)
    }

    fn findings(&self, advert: &str, linters: &mut Linters) -> Vec<Finding> {
        let new = || Linter::new(Ruleset::embedded(), Settings { jurisdiction: self.jurisdiction, ..Settings::default() });
        let linter = linters.entry(self.jurisdiction).or_insert_with(new);
        let document = Document::read(advert.as_bytes(), Format::Markdown).expect("it is text");
        linter.check(&Advert::new(vec![document])).remove(0).findings
    }
}

fn check(kind: &str) {
    let wordings = wordings(kind);
    let rule = wordings.rule.clone().unwrap_or_else(|| format!("prerequisite.{kind}"));
    let (mut short, mut linters) = (Vec::new(), Linters::new());
    for group in &wordings.found {
        for (words, advert) in group.adverts() {
            let found = group.findings(&advert, &mut linters).into_iter().filter(|f| f.rule.as_str() == rule).map(|f| f.severity).max();
            if found.is_none() || group.severity.is_some_and(|s| found != Some(s)) {
                short.push(format!("“{words}” is found as {found:?} in\n{advert}"));
            }
        }
    }
    for group in &wordings.left {
        for (words, advert) in group.adverts() {
            let asks = |f: &Finding| f.rule.as_str() == rule || f.rule.as_str().starts_with("prerequisite.") && f.severity >= Severity::Warning;
            let found: Vec<String> = group.findings(&advert, &mut linters).iter().filter(|f| asks(f)).map(|f| format!("{} {:?}", f.rule, f.message)).collect();
            if !found.is_empty() {
                short.push(format!("“{words}” should be left, but {} in\n{advert}", found.join("; ")));
            }
        }
    }
    let words = |groups: &[Group]| groups.iter().map(|g| g.lines.len() + g.sentences.len() + g.desirable.len()).sum::<usize>();
    assert!(short.is_empty(), "{kind}: {} of these adverts are misjudged.\n\n{}", short.len(), short.join("\n"));
    assert!(words(&wordings.found) >= 15 && words(&wordings.left) >= 12, "{kind} has too few wordings to tell");
}

#[test]
fn availability_without_limit_is_found_however_it_is_put() {
    check("availability");
}

#[test]
fn one_sector_is_found_however_it_is_put() {
    check("sector");
}

#[test]
fn one_product_is_found_however_it_is_put() {
    check("tool");
}

#[test]
fn nationality_is_found_however_it_is_put() {
    check("nationality");
}

#[test]
fn gaps_and_recency_are_found_however_they_are_put() {
    check("history");
}

#[test]
fn a_body_asked_for_is_found_however_it_is_put() {
    check("physical");
}

#[test]
fn a_career_path_is_found_however_it_is_put() {
    check("path");
}

#[test]
fn what_nobody_can_assess_is_found_however_it_is_put() {
    check("vague");
}

#[test]
fn pay_and_years_that_belie_a_first_job_are_found() {
    check("pay");
}

#[test]
fn every_type_has_its_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wordings");
    let mut files: Vec<String> = std::fs::read_dir(folder).expect("it is there").flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    files.sort();
    let mut wanted: Vec<String> = TYPES.iter().map(|t| format!("{t}.toml")).collect();
    wanted.sort();
    assert_eq!(files, wanted);
}
