//! The schemas of `schemas/` are those of the tables that the readers go by (`SNAPSHOTS=overwrite cargo test --test schema`
//! writes them anew), and what they allow is what the readers take.

use std::path::{Path, PathBuf};

use jdlint::config::{Config, config_schema, rules_schema};
use jdlint::rules::keys::{Key, Need, Shape};
use jdlint::rules::{Ruleset, format};
use snapbox::Data;
use snapbox::data::DataFormat;

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

#[test]
fn the_schemas_are_those_of_this_version() {
    let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    for (name, schema) in [("jdlint.schema.json", config_schema()), ("rules.schema.json", rules_schema())] {
        let text = serde_json::to_string_pretty(&schema).expect("it is JSON") + "\n";
        assert.eq(text, Data::read_from(&schemas().join(name), Some(DataFormat::Text)).raw());
    }
}

/// A value of a shape as TOML, and one that it does not allow.
fn samples(shape: &Shape) -> (String, &'static str) {
    match shape {
        Shape::Text => ("\"words\"".to_owned(), "3"),
        Shape::OneOf(names) | Shape::AnyOf(names) => (format!("\"{}\"", names[0]), "\"no such name\""),
        Shape::Texts => ("[\"words\"]".to_owned(), "[3]"),
        Shape::Exactly(number) => (number.to_string(), "2"),
        Shape::Whole | Shape::Number => ("1".to_owned(), "\"one\""),
        Shape::Flag => ("true".to_owned(), "\"yes\""),
        Shape::Named(names) => (format!("{{ gendered = \"{}\" }}", names[0]), "{ gendered = 3 }"),
        Shape::Lists => ("{ posts = [\"clerk\"] }".to_owned(), "{ posts = [3] }"),
        Shape::Table(groups) => (inline(groups), "{ nonsense = 1 }"),
        Shape::Tables(groups) => (format!("[{}]", inline(groups)), "[{ nonsense = 1 }]"),
        Shape::NamedTables(names, groups) => (format!("{{ {} = {} }}", names[0], inline(groups)), "{ nowhere = {} }"),
    }
}

/// A table of its required keys; of its first, where none is required.
fn inline(groups: &[&[Key]]) -> String {
    let keys: Vec<&Key> = groups.iter().copied().flatten().collect();
    let needed: Vec<&&Key> = keys.iter().filter(|k| k.need == Need::Required).collect();
    let shown = if needed.is_empty() { keys.iter().take(1).collect() } else { needed };
    format!("{{ {} }}", shown.iter().map(|k| format!("{} = {}", k.name, samples(&k.shape).0)).collect::<Vec<_>>().join(", "))
}

#[test]
fn the_reader_of_configs_takes_what_the_schema_allows_and_nothing_else() {
    for key in [jdlint::config::format::CONFIG, jdlint::config::format::SETTINGS].into_iter().flatten() {
        let (right, wrong) = samples(&key.shape);
        // What is no TOML value of the right kind is a mistake of its own; here the kinds are right, the names may be none.
        let said = |value: &str| Config::parse("jdlint.toml", &format!("{} = {value}\n", key.name)).1;
        let right: Vec<String> = said(&right).into_iter().map(|m| m.what).filter(|w| !w.contains("is no fingerprint")).collect();
        assert_eq!(right, Vec::<String>::new(), "{}", key.name);
        assert!(!said(wrong).is_empty(), "{} = {wrong} is taken", key.name);
    }
}

#[test]
fn the_reader_of_rules_takes_what_the_schema_allows_and_nothing_else() {
    let whole = "id = \"house.rule\"\nname = \"x\"\nseverity = \"info\"\nevidence = \"weak\"\nsources = [\"own\"]\nmessage = \"x\"\nwhy = \"x\"\n\
        source = [{ id = \"own\" }]\nentry = [{ find = \"clerk of works\" }]\n";
    let said = |rule: &str| Ruleset::embedded_with(&[("house.toml".to_owned(), rule.to_owned())]).err().unwrap_or_default();
    assert_eq!(said(whole), [], "the rest of the rule is right");
    for key in format::RULE {
        let others: String = whole.lines().filter(|l| !l.starts_with(&format!("{} =", key.name))).map(|l| format!("{l}\n")).collect();
        let (_, wrong) = samples(&key.shape);
        // Some keys belong to one kind of rule.
        let of_kind = match key.name {
            "measure" => "kind = \"measure\"\n".to_owned(),
            "info-above" | "warning-above" => format!("kind = \"measure\"\nmeasure = \"{}\"\n", jdlint::rules::Measure::FIGURES[0]),
            "fact" => "kind = \"absence\"\n".to_owned(),
            _ => String::new(),
        };
        let mistakes = said(&format!("{} = {wrong}\n{of_kind}{others}", key.name));
        assert!(!mistakes.is_empty(), "{} = {wrong} is taken", key.name);
        assert!(!mistakes.iter().any(|m| m.what.contains(&format!("no key “{}”", key.name))), "{} is not read: {mistakes:?}", key.name);
    }
}

#[test]
fn every_rule_of_the_binary_has_only_keys_of_the_schema() {
    let schema = rules_schema();
    let (head, entry) = (&schema["else"]["properties"], &schema["definitions"]["entry"]["properties"]);
    for (name, text) in Ruleset::embedded_files() {
        let rule: toml::Table = text.parse().expect("it is TOML");
        assert!(rule.keys().all(|k| head.get(k).is_some()), "{name}");
        let entries = rule.get("entry").and_then(|e| e.as_array()).cloned().unwrap_or_default();
        assert!(entries.iter().filter_map(|e| e.as_table()).all(|e| e.keys().all(|k| entry.get(k).is_some())), "{name}");
    }
}
