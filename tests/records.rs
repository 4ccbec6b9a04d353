//! `jdlint records`: tables as a stream. Lints by the house rules of `tests/cli/house`, so that the lines stay when the rules
//! of the binary grow.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use proptest::prelude::*;
use snapbox::Data;
use snapbox::data::DataFormat;

const JDLINT: &str = env!("CARGO_BIN_EXE_jdlint");

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/records").join(name)
}

/// `jdlint records` under the house rules.
fn records(args: &[&str]) -> Command {
    let mut command = Command::new(JDLINT);
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/jdlint.toml");
    command.arg("records").args(args).arg("--config").arg(config);
    command.env_remove("RAYON_NUM_THREADS").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

struct Ran {
    code: Option<i32>,
    lines: Vec<serde_json::Value>,
    stdout: String,
    stderr: String,
}

fn run(command: &mut Command, input: &[u8]) -> Ran {
    let mut child = command.spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_vec();
    // It answers while it is still asked, so that one thread would wait for ever.
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("it writes");
    let stdout = String::from_utf8(output.stdout).expect("the output is UTF-8");
    let lines = stdout.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    Ran { code: output.status.code(), lines, stdout, stderr: String::from_utf8_lossy(&output.stderr).into_owned() }
}

fn message(line: &serde_json::Value) -> &str {
    line["error"]["message"].as_str().unwrap_or("")
}

fn n_findings(line: &serde_json::Value) -> usize {
    line["findings"].as_array().map_or(0, Vec::len)
}

#[test]
fn tables_give_a_line_for_each_record() {
    let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    let expected = |name: &str| Data::read_from(&here(name), Some(DataFormat::Text)).raw();
    let csv = here("table.csv").display().to_string();
    let ran = run(&mut records(&[&csv, "--id-column", "id", "--title-column", "title", "--format", "html"]), b"");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), "jdlint: 1 of 5 records could not be read; their lines say why\n"));
    assert.eq(ran.stdout, expected("expected-csv.jsonl"));
    let jsonl = here("table.jsonl").display().to_string();
    let ran = run(&mut records(&[&jsonl, "--id-column", "id"]), b"");
    assert_eq!(ran.code, Some(0));
    assert.eq(ran.stdout, expected("expected-jsonl.jsonl"));
}

#[test]
fn a_line_is_what_check_says_of_the_same_text() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let advert = include_str!("documents/advert.md");
    fs::write(folder.path().join("advert.md"), advert).expect("it can be written");
    let checked = Command::new(JDLINT).args(["check", "--no-config", "--format", "json", "advert.md"]).current_dir(folder.path()).output().expect("it starts");
    let checked: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("it is JSON");
    let mut file = checked["files"][0].clone();
    let table = serde_json::json!({ "description": advert }).to_string();
    let mut command = Command::new(JDLINT);
    command.args(["records", "--no-config", "--format", "markdown"]).current_dir(folder.path());
    let ran = run(command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()), table.as_bytes());
    let mut line = ran.lines[0].clone();
    assert!(n_findings(&file) > 3, "the advert has findings");
    for (value, own) in [(&mut file, &["path"][..]), (&mut line, &["id", "record", "jurisdiction"])] {
        let object = value.as_object_mut().expect("it is an object");
        own.iter().for_each(|key| assert!(object.remove(*key).is_some(), "{key}"));
    }
    assert_eq!(line, file);
}

#[test]
fn windows_and_excel_write_tables_in_their_own_way() {
    let text = "We need a\r\nchairman; today.";
    let comma = format!("\u{FEFF}id,description\r\n1,\"{text}\"\r\n\r\n2,chairman\r\n");
    let semicolon = format!("\u{FEFF}id;description\r\n1;\"{text}\"\r\n\r\n2;chairman");
    let tabs = format!("description\tid\n\"{text}\"\t1\nchairman\t2\n");
    for (table, args) in [(&comma, &[][..]), (&semicolon, &["--delimiter", ";"]), (&tabs, &["--delimiter", "tab"])] {
        let ran = run(&mut records(&[&["--id-column", "id"], args].concat()), table.as_bytes());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let found: Vec<_> = ran.lines.iter().map(|l| (l["id"].as_str(), n_findings(l))).collect();
        assert_eq!(found, [(Some("1"), 1), (Some("2"), 1)], "{table}");
    }
}

#[test]
fn a_table_that_cannot_be_read_ends_the_run_with_a_sentence() {
    for (table, args, says) in [
        ("id,Description\n1,x\n", &[][..], "there is no column “description”; did you mean “Description”?"),
        ("id,text\n1,x\n", &["--id-column", "ident"], "there is no column “description”; there are “id”, “text”"),
        ("id;description\n1;x\n", &[], "so try --delimiter ';'"),
        ("id,description,id\n", &["--id-column", "id"], "“id” stands twice"),
        ("", &[], "the table is empty"),
        ("[{\"description\": \"x\"}]", &[], "one JSON array"),
    ] {
        let ran = run(&mut records(args), table.as_bytes());
        assert_eq!((ran.code, ran.lines.len()), (Some(2), 0), "{table}");
        assert!(ran.stderr.contains(says), "{table}: {}", ran.stderr);
    }
    let utf16: Vec<u8> = "\u{FEFF}id,description\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(run(&mut records(&[]), &utf16).stderr.contains("UTF-16"));
    let ran = run(&mut records(&["no-such.csv"]), b"");
    assert!(ran.code == Some(2) && ran.stderr.contains("no-such.csv: there is no such file"), "{}", ran.stderr);
    let ran = run(&mut records(&["--select", "nonsense"]), b"description\nx\n");
    assert!(ran.code == Some(2) && ran.stderr.contains("there is no rule or group “nonsense”"), "{}", ran.stderr);
}

#[test]
fn findings_fail_the_run_only_where_that_was_asked_for() {
    let table = b"description\nWe need a chairman.\n";
    assert_eq!(run(&mut records(&[]), table).code, Some(0));
    assert_eq!(run(&mut records(&["--fail-on", "warning"]), table).code, Some(1));
    assert_eq!(run(&mut records(&["--fail-on", "error"]), table).code, Some(0));
    let quiet = run(&mut records(&["--min-severity", "error"]), table);
    assert_eq!(n_findings(&quiet.lines[0]), 0);
}

#[test]
fn a_record_that_is_too_large_is_a_line_and_the_next_is_read() {
    let large = "x".repeat(300_000);
    let csv = format!("id,description\n1,{large}\n2,chairman\n3,\"{large}\n{large}\"\n4,chairman\n");
    let jsonl = format!("{{\"id\":\"1\",\"description\":\"{large}\"}}\n{{\"id\":\"2\",\"description\":\"chairman\"}}\n{large}");
    for (table, expected) in [(csv, vec![0, 1, 0, 1]), (jsonl, vec![0, 1, 0])] {
        let ran = run(&mut records(&["--max-record-size", "200000"]), table.as_bytes());
        assert_eq!((ran.code, ran.lines.iter().map(n_findings).collect::<Vec<_>>()), (Some(0), expected));
        assert!(message(&ran.lines[0]).contains("larger than 200000 bytes (--max-record-size)"), "{}", message(&ran.lines[0]));
    }
}

#[test]
fn bad_bytes_are_a_line_with_the_id_where_it_can_be_told() {
    let ran = run(&mut records(&["--id-column", "id"]), b"id,description\n1,caf\xe9\n2,\x00\x01\x02\n3,chairman\n");
    assert_eq!(ran.lines[0]["id"], "1");
    assert!(message(&ran.lines[0]).starts_with("line 2: “description” is not UTF-8 (first at its byte 3)"), "{}", message(&ran.lines[0]));
    assert!(message(&ran.lines[1]).starts_with("line 3: “description”: this is not text"), "{}", message(&ran.lines[1]));
    assert_eq!(n_findings(&ran.lines[2]), 1);
}

#[test]
fn threads_do_not_change_the_order() {
    let mut table = "id,description\n".to_owned();
    for n in 0..2000 {
        let text = if n % 7 == 0 { "A long text about many things. ".repeat(20) } else { "We need a chairman.".to_owned() };
        table.push_str(&format!("{n},{text}\n"));
    }
    let with = |threads: &str| run(records(&["--id-column", "id"]).env("RAYON_NUM_THREADS", threads), table.as_bytes());
    let (one, many) = (with("1"), with("8"));
    assert!(one.stdout == many.stdout, "one thread and eight write the same");
    let ids: Vec<String> = many.lines.iter().map(|l| l["id"].as_str().unwrap_or("none").to_owned()).collect();
    assert!(ids.iter().map(String::as_str).eq((0..2000).map(|n| n.to_string()).collect::<Vec<_>>().iter().map(String::as_str)));
    assert!(many.lines.iter().zip(1..).all(|(line, n)| line["record"] == n));
}

#[test]
fn a_slow_pipe_is_answered_as_it_goes() {
    let mut child = records(&["--id-column", "id"]).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let mut answers = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    stdin.write_all(b"id,description\n").expect("it reads");
    for n in 0..3 {
        // Were an answer held back until more comes, this would wait for ever.
        stdin.write_all(format!("{n},We need a chairman.\n").as_bytes()).expect("it reads");
        let answer = answers.next().expect("there is an answer").expect("it is text");
        assert!(answer.starts_with(&format!("{{\"id\":\"{n}\"")), "{answer}");
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_reader_that_has_had_enough_ends_the_run_quietly() {
    let table = "description\n".to_owned() + &"We need a chairman.\n".repeat(20_000);
    let mut child = records(&[]).spawn().expect("it starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("it is piped");
    let broken = stdin.write_all(table.as_bytes());
    assert!(broken.is_err(), "it stops reading what nobody wants linted");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

/// The most memory that a process has had, in KiB.
#[cfg(target_os = "linux")]
fn peak(child: &Child) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).expect("it runs");
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).expect("the system tells");
    line.trim().trim_end_matches(" kB").parse().expect("it is a number")
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_table() {
    let row = format!("{},We need a chairman.\n", "n".repeat(30_000));
    let piece = "x".repeat(1 << 20);
    let tables: [(&str, &str, usize); 3] = [("note,description\n", &row, 1_000), ("note,description\n\"", &piece, 60), ("{\"description\":\"", &piece, 60)];
    for (head, part, n_parts) in tables {
        let mut child = records(&[]).env("RAYON_NUM_THREADS", "8").spawn().expect("it starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        let mut stdout = child.stdout.take().expect("it is piped");
        let reader = std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
        stdin.write_all(head.as_bytes()).expect("it reads");
        (0..n_parts).for_each(|_| stdin.write_all(part.as_bytes()).expect("it reads"));
        let peak = peak(&child);
        drop(stdin);
        reader.join().expect("it reads").expect("it can be read");
        assert!(child.wait().expect("it ends").success());
        assert!(peak < 80 << 10, "{} MiB of {head}… took {} MiB", (part.len() * n_parts) >> 20, peak >> 10);
    }
}

/// Fields with everything that CSV has a meaning for.
fn field() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(vec!["a", "chairman ", "\"", ",", "\n", "\r\n", "é", "“", "<b>", " ", ";"]), 0..12)
        .prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn csv_and_json_lines_of_the_same_records_say_the_same(rows in proptest::collection::vec((field(), field()), 1..20)) {
        let quoted = |s: &str| format!("\"{}\"", s.replace('"', "\"\""));
        let csv = rows.iter().fold("id,description\n".to_owned(), |t, (id, text)| t + &format!("{},{}\n", quoted(id), quoted(text)));
        let jsonl: String = rows.iter().map(|(id, text)| serde_json::json!({"id": id, "description": text}).to_string() + "\n").collect();
        let csv = run(&mut records(&["--id-column", "id"]), csv.as_bytes());
        let jsonl = run(&mut records(&["--id-column", "id", "--input", "jsonl"]), jsonl.as_bytes());
        prop_assert_eq!(csv.lines.len(), rows.len());
        prop_assert!(csv.lines.iter().zip(&rows).all(|(line, (id, _))| line["id"] == id.as_str()));
        prop_assert_eq!(csv.stdout, jsonl.stdout);
    }

    #[test]
    fn any_bytes_at_all_end_in_lines_or_a_sentence(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for head in [&b"description,id\n"[..], b"{\"description\":"] {
            let ran = run(&mut records(&[]), &[head, &bytes].concat());
            prop_assert!(matches!(ran.code, Some(0 | 2)), "{:?} {}", ran.code, ran.stderr);
            prop_assert!(!ran.stderr.contains("broke") && !ran.stdout.contains("jdlint broke"), "{}", ran.stderr);
        }
    }
}

#[test]
fn help_names_what_the_page_describes() {
    let output = Command::new(JDLINT).args(["records", "--help"]).output().expect("it starts");
    let mut page = String::new();
    fs::File::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/records.md")).expect("it is there").read_to_string(&mut page).expect("it is text");
    for option in String::from_utf8_lossy(&output.stdout).split_whitespace().filter(|w| w.starts_with("--") && w.len() > 2) {
        let option = option.trim_end_matches([',', '.']);
        assert!(page.contains(option) || ["--help", "--no-config", "--config"].contains(&option), "docs/records.md does not speak of {option}");
    }
}
