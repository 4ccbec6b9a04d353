//! Every example of every rule file, and what a rule file may get wrong.

use jdlint::lint::check_examples;
use jdlint::rules::{Mistake, RuleKind};
use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings};

#[test]
fn every_example_of_every_rule_holds() {
    let faults = check_examples(Ruleset::embedded);
    let told: Vec<String> = faults.iter().map(|f| format!("{}: {}", f.rule, f.what)).collect();
    assert!(told.is_empty(), "{} examples do not hold:\n{}", told.len(), told.join("\n"));
}

#[test]
fn every_rule_of_words_has_a_hit_and_a_near_miss() {
    let ruleset = Ruleset::embedded();
    for rule in ruleset.rules().into_iter().filter(|r| r.kind == RuleKind::Phrase) {
        let hits = rule.examples.iter().filter(|e| !e.unmarked().1.is_empty()).count();
        assert!(hits > 0, "{} has no example of what it finds", rule.id);
        assert!(hits < rule.examples.len(), "{} has no example of what it leaves", rule.id);
    }
}

#[test]
fn every_message_and_reason_reads_as_a_sentence() {
    let ruleset = Ruleset::embedded();
    for rule in ruleset.rules().into_iter().filter(|r| r.kind != RuleKind::Score) {
        assert!(rule.why.ends_with('.'), "{}: {}", rule.id, rule.why);
        assert!(!rule.message.ends_with('.'), "{}: {}", rule.id, rule.message);
        assert!(!rule.sources.is_empty(), "{} has no source", rule.id);
    }
}

const RULE: &str = r#"
format = 1
id = "house.badge"
name = "Badge wearing"
severity = "warning"
audiences = ["women"]
evidence = "weak"
sources = ["badge-policy"]
message = "“{text}” is not how we say it"
why = "Our style guide says so."
[[source]]
id = "badge-policy"
title = "House style"
authors = "Us"
strength = "weak"
[[entry]]
find = ["badge wearing"]
suggest = ["badge-holding"]
[[example]]
text = "A [badge wearing] person."
[[example]]
text = "A person with a badge."
"#;

fn compile(rule: &str) -> Result<Ruleset, Vec<Mistake>> {
    Ruleset::embedded_with(&[("house/badge.toml".to_owned(), rule.to_owned())])
}

#[test]
fn a_house_rule_is_a_rule_like_any_other() {
    let ruleset = compile(RULE).expect("the rule is right");
    let linter = Linter::new(ruleset, Settings::default());
    let document = Document::read(b"# Clerk\n\nA badge wearing clerk.\n", Format::Markdown).expect("it is text");
    let report = linter.check(&Advert::new(vec![document])).remove(0);
    assert!(report.findings.iter().any(|f| f.rule.as_str() == "house.badge"));
    assert_eq!(check_examples(|| compile(RULE).expect("the rule is right")).len(), 0);
}

#[test]
fn all_mistakes_of_a_rule_file_are_told_at_once_and_in_place() {
    let wrong = RULE
        .replace("severity = \"warning\"", "severity = \"warnning\"")
        .replace("audiences = [\"women\"]", "audiences = [\"woman\"]")
        .replace("find = [\"badge wearing\"]", "find = [\"badge (wearing\", \"<sector> ... <nothing>\"]\nfindd = 1")
        .replace("[[example]]\ntext = \"A person with a badge.\"", "[[unless]]\nsectoin = \"about\"");
    let mistakes = compile(&wrong).expect_err("the rule is wrong");
    let told: Vec<(&str, &str)> = mistakes.iter().map(|m| (&wrong[m.at.clone()], m.what.as_str())).collect();
    for (place, what) in [
        ("\"warnning\"", "not known here"),
        ("\"woman\"", "no audience"),
        ("(", "never closed"),
        ("<nothing>", "no list named"),
        ("findd", "no key"),
        ("sectoin", "no key"),
    ] {
        assert!(told.iter().any(|(p, w)| *p == place && w.contains(what)), "{place}: {what} is missing among {told:#?}");
    }
    assert!(mistakes.iter().any(|m| m.help.as_deref() == Some("did you mean “warning”?")));
}

#[test]
fn a_rule_without_a_source_does_not_load() {
    let mistakes = compile(&RULE.replace("sources = [\"badge-policy\"]", "sources = []")).expect_err("the rule is wrong");
    assert!(mistakes.iter().any(|m| m.what.contains("without a source")), "{mistakes:?}");
}
