//! What docs/stability.md promises: old names go on meaning what they meant, contracts say their version, formats of the
//! future are refused.

use std::path::Path;
use std::process::Command;

use jdlint::rules::Mistake;
use jdlint::{Advert, Document, Format, Linter, Report, Ruleset, Settings, Severity};

const RENAMED: &str = r#"
format = 1
id = "house.badge"
aliases = ["house.pin"]
name = "Badge"
severity = "warning"
audiences = ["women"]
evidence = "weak"
sources = ["style"]
message = "“{text}” is not how we say it"
why = "Our style guide says so."
[[source]]
id = "style"
title = "House style"
authors = "Us"
strength = "weak"
[[entry]]
find = ["badge wearing"]
[[example]]
text = "A [badge wearing] person."
[[example]]
text = "A person with a badge."
"#;

fn load(rule: &str) -> Result<Ruleset, Vec<Mistake>> {
    Ruleset::embedded_with(&[("badge.toml".to_owned(), rule.to_owned())])
}

fn check(text: &str, settings: Settings) -> Report {
    let linter = Linter::new(load(RENAMED).expect("the rule is right"), settings);
    linter.check(&Advert::new(vec![Document::read(text.as_bytes(), Format::Markdown).expect("it is text")])).remove(0)
}

fn found(report: &Report) -> Vec<(&str, Severity)> {
    report.findings.iter().filter(|f| f.rule.as_str() == "house.badge").map(|f| (f.rule.as_str(), f.severity)).collect()
}

const TEXT: &str = "# Clerk\n\nA badge wearing clerk.\n";

#[test]
fn a_rule_that_was_renamed_goes_by_its_old_id_too() {
    let old = || vec!["house.pin".to_owned()];
    assert_eq!(found(&check(TEXT, Settings::default())), [("house.badge", Severity::Warning)], "a finding has the new id");
    assert_eq!(found(&check(TEXT, Settings { select: old(), ..Settings::default() })), [("house.badge", Severity::Warning)]);
    assert_eq!(found(&check(TEXT, Settings { ignore: old(), ..Settings::default() })), []);
    let severities = vec![("house.pin".to_owned(), Severity::Error)];
    assert_eq!(found(&check(TEXT, Settings { severities, ..Settings::default() })), [("house.badge", Severity::Error)]);
    let allowed = check("# Clerk\n\n<!-- jdlint: allow house.pin: the old name -->\nA badge wearing clerk.\n", Settings::default());
    assert_eq!((found(&allowed), allowed.suppressed), (vec![], 1), "{:?}", allowed.notices);
    assert!(load(RENAMED).expect("the rule is right").rule("house.pin").is_some(), "`explain` finds it");
}

#[test]
fn a_rule_file_of_a_newer_format_is_refused() {
    let mistakes = load(&RENAMED.replace("format = 1", "format = 2")).expect_err("it is newer");
    assert!(mistakes.iter().any(|m| m.what.contains("newer than this jdlint")), "{mistakes:?}");
}

#[test]
fn no_two_rules_share_a_name_old_or_new() {
    let ruleset = Ruleset::embedded();
    let mut names: Vec<&str> = ruleset.rules().into_iter().flat_map(|r| std::iter::once(r.id.as_str()).chain(r.aliases.iter().map(String::as_str))).collect();
    let n_names = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), n_names);
}

#[test]
fn every_contract_says_its_version() {
    for args in [
        &["check", "--format", "json", "tests/documents/advert.md"][..],
        &["check", "--format", "statistics", "tests/documents/advert.md"],
        &["criteria", "--format", "json", "tests/documents/advert.md"],
        &["outline", "--format", "json", "tests/documents/advert.md"],
        &["compare", "--format", "json", "tests/documents/advert.md", "docs/check.md"],
        &["explain", "--format", "json", "gendered.title"],
        &["rules", "--format", "json"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_jdlint")).args(args).current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).output().expect("it starts");
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}"));
        assert_eq!(told["version"], 1, "{args:?}");
    }
}
