//! The shape of every JSON that scripts read, and what else of docs/stability.md `stability.rs` does not hold: whoever uses an
//! old id is told the new one, and files that extend rules or hold a baseline are refused, too, when they are of a later jdlint.
//!
//! `tests/contracts/NAME` lists each key of a format with the kind of its value. A key that is added changes a minor version; one
//! that goes, or whose kind changes, a major one. `SNAPSHOTS=overwrite cargo test --test contracts` writes them anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings};
use serde_json::Value;
use snapbox::Data;
use snapbox::data::DataFormat;

fn jdlint(args: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_jdlint")).args(args).current_dir(root).stdin(Stdio::null()).output().expect("it starts");
    assert_ne!(output.status.code(), Some(2), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is UTF-8")
}

/// Each path of keys, with the kinds of the values that stand there; members of a list are one.
fn shape(value: &Value, path: &str, shapes: &mut BTreeSet<String>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(members) => {
            members.iter().for_each(|member| shape(member, &format!("{path}[]"), shapes));
            "list"
        }
        Value::Object(fields) => {
            // Under these keys stand names: of rules, of audiences, of files.
            let named = ["rules", "audiences", "groups", "files", "kinds"].iter().any(|key| path.ends_with(&format!(".{key}")));
            for (key, field) in fields {
                shape(field, &if named { format!("{path}.NAME") } else { format!("{path}.{key}") }, shapes);
            }
            "object"
        }
    };
    shapes.insert(format!("{} {kind}", if path.is_empty() { "." } else { path }));
}

#[test]
fn the_shapes_of_json_are_those_of_this_version() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contracts");
    let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    let (advert, page) = ("tests/documents/advert.md", "tests/documents/formats/advert.html");
    for (name, args) in [
        ("check", &["check", "--format", "json", advert, page, "tests/cli/word/advert.docx"][..]),
        ("statistics", &["check", "--format", "statistics", advert, page]),
        ("lines", &["check", "--format", "jsonl", advert, page]),
        ("outline", &["outline", "--format", "json", advert, page]),
        ("criteria", &["criteria", "--format", "json", advert, page]),
        ("compare", &["compare", "--format", "json", advert, page]),
        ("explain", &["explain", "--format", "json", "prerequisite.degree"]),
        ("rules", &["rules", "--format", "json"]),
        ("records", &["records", "tests/contracts/table.csv", "--id-column", "id"]),
    ] {
        let said = jdlint(args);
        let mut shapes = BTreeSet::new();
        match serde_json::from_str::<Value>(&said) {
            Ok(value) => shape(&value, "", &mut shapes),
            Err(_) => said.lines().for_each(|line| shape(&serde_json::from_str(line).expect("each line is JSON"), "", &mut shapes)),
        }
        let listed: String = shapes.into_iter().map(|line| line + "\n").collect();
        assert.eq(listed, Data::read_from(&folder.join(name), Some(DataFormat::Text)).raw());
    }
}

/// A house rule that was called otherwise before.
const RENAMED: &str = "format = 1\nid = \"house.banter\"\naliases = [\"house.jokes\"]\nname = \"Banter\"\nseverity = \"warning\"\nevidence = \"weak\"\nsources = [\"house\"]\nmessage = \"“{text}”\"\nwhy = \"Because.\"\n[[entry]]\nfind = [\"banter\"]\n[[source]]\nid = \"house\"\ntitle = \"House\"\nauthors = \"The Council\"\nyear = 2026\nlink = \"https://a.example\"\nfinding = \"It says so.\"\nstrength = \"weak\"\n[[example]]\ntext = \"Our [banter]\"\n";

/// How often the rule finds something in a text, and what its writer is told.
fn found(text: &str) -> (usize, Vec<String>) {
    let ruleset = Ruleset::embedded_with(&[("banter.toml".to_owned(), RENAMED.to_owned())]).expect("it is a rule");
    let linter = Linter::new(ruleset, Settings::default());
    let document = Document::read(text.as_bytes(), Format::Markdown).expect("it is text");
    let report = linter.check(&Advert::new(vec![document])).remove(0);
    (report.findings.iter().filter(|f| f.rule.as_str() == "house.banter").count(), report.notices)
}

#[test]
fn a_comment_with_an_old_id_still_accepts_and_its_writer_is_told_the_new_one() {
    let text = "# Clerk\n\n<!-- jdlint: allow house.jokes: our own -->\nWe like banter.\n";
    let (n, notices) = found(text);
    assert_eq!(n, 0);
    assert!(notices.iter().any(|n| n.contains("house.jokes") && n.contains("house.banter")), "{notices:?}");
    let (_, notices) = found(&text.replace("house.jokes", "house.banter"));
    assert!(!notices.iter().any(|n| n.contains("house.banter")), "{notices:?}");
}

#[test]
fn files_of_a_later_jdlint_are_refused_by_their_version() {
    let extension = "format = 2\nextends = \"gendered.title\"\noff = true\n";
    let mistakes = Ruleset::embedded_with(&[("off.toml".to_owned(), extension.to_owned())]).expect_err("it is of a later jdlint");
    assert!(mistakes.iter().any(|m| m.what.contains("newer than this jdlint")), "{mistakes:?}");
    let baseline = jdlint::config::Baseline::parse("{\"version\":2,\"anything\":[]}").expect_err("it is of a later jdlint");
    assert!(baseline.to_string().contains("version 2"), "{baseline}");
}
