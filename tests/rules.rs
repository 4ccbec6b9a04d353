//! Every example of every rule file, and what a rule file may get wrong.

use jdlint::lint::{check_examples, check_examples_of};
use jdlint::rules::{Mistake, RuleKind, Severity};
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
        let examples = ruleset.examples(rule);
        let hits = examples.iter().filter(|e| !e.unmarked().1.is_empty()).count();
        assert!(hits > 0, "{} has no example of what it finds", rule.id);
        assert!(hits < examples.len(), "{} has no example of what it leaves", rule.id);
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
    assert_eq!(check_examples_of(|| compile(RULE).expect("the rule is right"), |file| file == "house/badge.toml"), []);
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

const EXTENSION: &str = r#"
format = 1
extends = "gendered.title"
severity = "info"
leave = ["chairman of the parish meeting"]
[[unless]]
statement = ["by statute"]
[[entry]]
find = ["parish squire"]
suggest = ["parish councillor"]
[[example]]
text = "The chairman of the parish meeting signs."
[[example]]
text = "We need a [parish squire]."
after = "We need a parish councillor."
"#;

fn extended(files: &[&str]) -> Result<Ruleset, Vec<Mistake>> {
    let files: Vec<(String, String)> = files.iter().enumerate().map(|(n, text)| (format!("house/{n}.toml"), (*text).to_owned())).collect();
    Ruleset::embedded_with(&files)
}

/// What a rule finds in a sentence, with the severity.
fn found(ruleset: Ruleset, rule: &str, sentence: &str) -> Vec<(String, Severity)> {
    let linter = Linter::new(ruleset, Settings { select: vec![rule.to_owned()], ..Settings::default() });
    let advert = Advert::new(vec![Document::read(sentence.as_bytes(), Format::Text).expect("it is text")]);
    let report = linter.check(&advert).remove(0);
    report.findings.iter().map(|f| (advert.documents()[0].slice(f.span).to_owned(), f.severity)).collect()
}

#[test]
fn a_house_rule_adds_to_a_rule_without_copying_it() {
    let added = |sentence: &str| found(extended(&[EXTENSION]).expect("it is right"), "gendered.title", sentence);
    assert_eq!(added("We need a parish squire."), [("parish squire".to_owned(), Severity::Info)]);
    assert_eq!(added("We need a chairman."), [("chairman".to_owned(), Severity::Info)], "the rule's own words stay, once");
    assert_eq!(added("The chairman of the parish meeting signs."), []);
    assert_eq!(added("The office is called chairman by statute."), []);
    assert_eq!(found(Ruleset::embedded(), "gendered.title", "We need a parish squire."), [], "without it, nothing");
}

#[test]
fn what_is_added_is_judged_as_of_the_rule() {
    let ruleset = extended(&[EXTENSION]).expect("it is right");
    assert_eq!(ruleset.rules().len(), Ruleset::embedded().rules().len(), "it is no rule of its own");
    let rule = ruleset.rule("gendered.title").expect("it is there");
    assert!(!rule.off && rule.sources == Ruleset::embedded().rule("gendered.title").expect("it is there").sources);
    assert_eq!(check_examples_of(|| extended(&[EXTENSION]).expect("it is right"), |file| file == "house/0.toml"), []);
}

#[test]
fn a_house_rule_silences_a_rule() {
    let off = "format = 1\nextends = \"gendered.title\"\noff = true\n";
    let ruleset = extended(&[off]).expect("it is right");
    assert!(ruleset.rule("gendered.title").is_some_and(|r| r.off), "it can still be explained");
    assert_eq!(found(ruleset, "gendered.title", "We need a chairman."), []);
}

#[test]
fn mistakes_of_an_extension_are_told() {
    let told = |files: &[&str]| extended(files).expect_err("it is wrong").into_iter().map(|m| (m.what, m.help.unwrap_or_default())).collect::<Vec<_>>();
    let unknown = told(&["extends = \"gendered.titel\""]);
    assert_eq!(unknown, [("there is no rule “gendered.titel”".to_owned(), "did you mean “gendered.title”?".to_owned())]);
    let copied = told(&[&RULE.replace("house.badge", "gendered.title")]);
    assert!(copied[0].0.contains("is a rule of jdlint") && copied[0].1.contains("extends = \"gendered.title\""), "{copied:?}");
    let both = told(&[EXTENSION, "extends = \"gendered.title\"\noff = true\n"]);
    assert!(both[0].0.contains("another file adds to this rule"), "{both:?}");
    let idle = told(&["extends = \"gendered.title\"\noff = true\nleave = [\"chairman mao\"]\n"]);
    assert!(idle[0].0.contains("“leave” has no effect"), "{idle:?}");
}
