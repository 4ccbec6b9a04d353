//! What semantic versioning covers, as far as a test can hold it: the shape of every JSON that scripts read, ids that rules had
//! before, and files of a later jdlint, which are refused and not misread.
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
    let (advert, page) = ("tests/documents/advert.md", "tests/documents/advert.html");
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

fn renamed(settings: Settings) -> Linter {
    let ruleset = Ruleset::embedded_with(&[("banter.toml".to_owned(), RENAMED.to_owned())]).expect("it is a rule");
    Linter::new(ruleset, settings)
}

fn found(linter: &Linter, text: &str) -> (usize, Vec<String>) {
    let document = Document::read(text.as_bytes(), Format::Markdown).expect("it is text");
    let report = linter.check(&Advert::new(vec![document])).remove(0);
    (report.findings.iter().filter(|f| f.rule.as_str() == "house.banter").count(), report.notices)
}

#[test]
fn an_id_that_a_rule_had_before_still_names_it() {
    let text = "# Clerk\n\nWe like banter.\n";
    let ids = |id: &str| vec![id.to_owned()];
    assert_eq!(found(&renamed(Settings::default()), text).0, 1);
    assert_eq!(found(&renamed(Settings { select: ids("house.jokes"), ..Settings::default() }), text).0, 1, "selected");
    assert_eq!(found(&renamed(Settings { ignore: ids("house.jokes"), ..Settings::default() }), text).0, 0, "ignored");
    let quiet = Settings { severities: vec![("house.jokes".to_owned(), jdlint::Severity::Info)], ..Settings::default() };
    assert_eq!(renamed(quiet.clone()).ruleset().rule("house.jokes").map(|r| r.id.to_string()).as_deref(), Some("house.banter"), "looked up");
    assert!(quiet.severity(renamed(quiet.clone()).ruleset().rule("house.banter").expect("it is there")).is_some(), "given a severity");
}

#[test]
fn a_comment_with_an_old_id_still_accepts_and_its_writer_is_told_the_new_one() {
    let text = "# Clerk\n\n<!-- jdlint: allow house.jokes: our own -->\nWe like banter.\n";
    let (n, notices) = found(&renamed(Settings::default()), text);
    assert_eq!(n, 0);
    assert!(notices.iter().any(|n| n.contains("house.jokes") && n.contains("house.banter")), "{notices:?}");
    let (_, notices) = found(&renamed(Settings::default()), &text.replace("house.jokes", "house.banter"));
    assert!(!notices.iter().any(|n| n.contains("house.banter")), "{notices:?}");
}

#[test]
fn files_of_a_later_jdlint_are_refused_by_their_version() {
    let later = RENAMED.replace("format = 1", "format = 2");
    let mistakes = Ruleset::embedded_with(&[("banter.toml".to_owned(), later)]).expect_err("it is of a later jdlint");
    assert!(mistakes.iter().any(|m| m.what.contains("newer than this jdlint")), "{mistakes:?}");
    let extension = "format = 2\nextends = \"gendered.title\"\noff = true\n";
    let mistakes = Ruleset::embedded_with(&[("off.toml".to_owned(), extension.to_owned())]).expect_err("it is of a later jdlint");
    assert!(mistakes.iter().any(|m| m.what.contains("newer than this jdlint")), "{mistakes:?}");
    let baseline = jdlint::config::Baseline::parse("{\"version\":2,\"anything\":[]}").expect_err("it is of a later jdlint");
    assert!(baseline.to_string().contains("version 2"), "{baseline}");
}
