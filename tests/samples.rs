//! Awkward documents with the facts that a correct reader finds: the folder that the variable `JDLINT_SAMPLES` names, with
//! its `expect.json`. Where the variable is not set there is nothing to hold; the readers' own tests do not need it.

use std::path::Path;

use jdlint::outline::Binding;
use jdlint::text::{Folded, Span};
use jdlint::{Advert, Document, Format, Linter, Report, Ruleset, Settings, Severity};
use serde_json::Value;

#[test]
fn the_facts_of_the_samples_hold() {
    let Some(folder) = std::env::var_os("JDLINT_SAMPLES") else { return };
    let folder = Path::new(&folder);
    let expected: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("expect.json")).expect("it is there")).expect("it is JSON");
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let mut short = Vec::new();
    for file in expected["files"].as_array().expect("a list of files") {
        let name = file["path"].as_str().expect("a path");
        let format = Path::new(name).extension().and_then(|e| Format::of_extension(&e.to_string_lossy())).expect("a known extension");
        let document = Document::read(&std::fs::read(folder.join(name)).expect("it is there"), format);
        match document {
            Ok(document) => facts(file, document, &linter, &mut |what| short.push(format!("{name}: {what}"))),
            Err(_) if file["outcome"] == "refused" || file["may_refuse"] == true => {}
            Err(error) => short.push(format!("{name}: {error}")),
        }
    }
    assert!(short.is_empty(), "{}", short.join("\n"));
}

fn facts(file: &Value, document: Document, linter: &Linter, short: &mut impl FnMut(String)) {
    let advert = Advert::new(vec![document]);
    let report = linter.check(&advert).remove(0);
    let text = flat(report.outline.folded.as_str());
    for words in strings(&file["text_contains"]).filter(|w| !text.contains(&flat(Folded::new(w).as_str()))) {
        short(format!("the text lacks {words:?}"));
    }
    for words in strings(&file["text_lacks"]).filter(|w| text.contains(&flat(Folded::new(w).as_str()))) {
        short(format!("the text holds {words:?}"));
    }
    for criterion in file["criteria"].as_array().into_iter().flatten() {
        let wanted = if criterion["binding"] == "mandatory" { Binding::Mandatory } else { Binding::Preferred };
        let places = places(&report, criterion["text"].as_str().unwrap_or(""));
        if !report.criteria.iter().any(|c| c.binding == wanted && places.iter().any(|p| p.overlaps(c.span))) {
            short(format!("{} is not {}", criterion["text"], criterion["binding"]));
        }
    }
    for finding in file["findings"].as_array().into_iter().flatten() {
        let places = places(&report, finding["quote"].as_str().unwrap_or(""));
        let least = if finding["severity_at_least"] == "warning" { Severity::Warning } else { Severity::Info };
        let rule = finding["rule"].as_str().unwrap_or("");
        if !report.findings.iter().any(|f| f.rule.as_str().starts_with(rule) && f.severity >= least && places.iter().any(|p| p.overlaps(f.span))) {
            short(format!("{rule} is not found on {}", finding["quote"]));
        }
    }
    for quote in strings(&file["silent_on"]) {
        let places = places(&report, quote);
        let judged = |f: &&jdlint::Finding| matches!(f.rule.group(), "gendered" | "prerequisite" | "exclusionary");
        for finding in report.findings.iter().filter(judged).filter(|f| places.iter().any(|p| p.overlaps(f.span))) {
            short(format!("{} speaks on {quote:?}", finding.rule));
        }
    }
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// White space of any length as one space.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a quote stands as whole words.
fn places(report: &Report, quote: &str) -> Vec<Span> {
    let text = report.outline.folded.as_str();
    let wanted = Folded::new(quote);
    let wanted = wanted.as_str().trim();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (first, last) = (letter(wanted.chars().next()), letter(wanted.chars().next_back()));
    let whole = |at: usize| {
        let (before, after) = (&text[..at], &text[at + wanted.len()..]);
        let joined_before = first && letter(before.chars().next_back());
        let joined_after = last && letter(after.chars().next());
        !joined_before && !joined_after
    };
    text.match_indices(wanted).filter(|(at, _)| whole(*at)).map(|(at, _)| report.outline.folded.to_source(at..at + wanted.len())).collect()
}
