//! The command as people meet it. Each folder of `tests/cli` with a file `args` (one argument a line) is a case: the
//! command runs there, with the file `stdin` as its standard input, and says what `expected.*` holds.
//! `SNAPSHOTS=overwrite cargo test` writes them anew.
//!
//! Cases lint by the house rules of `tests/cli/house`, so that they stay when the rules of the binary grow.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use snapbox::Data;
use snapbox::data::DataFormat;

const JDLINT: &str = env!("CARGO_BIN_EXE_jdlint");

#[test]
fn every_case_is_as_expected() {
    let cases = cases();
    assert!(cases.len() > 20, "the cases are found");
    let wrong: Vec<String> = cases.iter().filter_map(|case| std::panic::catch_unwind(|| check(case)).err().map(|_| case.display().to_string())).collect();
    assert!(wrong.is_empty(), "not as expected: {}", wrong.join(", "));
}

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let entries = fs::read_dir(root).expect("the folder is there").map(|e| e.expect("it can be read").path());
    let mut cases: Vec<PathBuf> = entries.filter(|p| p.join("args").is_file()).collect();
    cases.sort();
    cases
}

fn check(case: &Path) {
    let args = fs::read_to_string(case.join("args")).expect("it is text");
    let command = snapbox::cmd::Command::from_std(jdlint(case)).args(args.lines());
    let output = command.stdin(fs::read(case.join("stdin")).unwrap_or_default()).output().expect("it starts");
    let code = output.status.code().map_or("none".to_owned(), |c| c.to_string());
    let expected = |name: &str| Data::read_from(&case.join(name), Some(DataFormat::Text)).raw();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the output is UTF-8");
    let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    assert.eq(text(output.stdout), expected("expected.stdout"));
    assert.eq(text(output.stderr), expected("expected.stderr"));
    assert.eq(format!("{code}\n"), expected("expected.code"));
}

/// The command, undisturbed by the environment of whoever runs the tests.
fn jdlint(folder: &Path) -> Command {
    let mut command = Command::new(JDLINT);
    command.current_dir(folder);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS", "RAYON_NUM_THREADS"] {
        command.env_remove(name);
    }
    command
}

/// A folder of this many adverts, every tenth without a finding, and the house rules.
fn adverts(n_adverts: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/house/chairman.toml");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it can be written");
    write("house.toml", &fs::read_to_string(house).expect("it is there"));
    write("jdlint.toml", "rules = [\"house.toml\"]\nselect = [\"house\"]\n");
    for n in 0..n_adverts {
        let post = if n % 10 == 0 { "chair" } else { "chairman" };
        write(&format!("{n:04}.txt"), &format!("Post {n}\n\nWe need a {post}.\n\nHow to apply\n\nApply by email by 1 May.\n"));
    }
    folder
}

#[test]
fn threads_do_not_change_the_output() {
    let folder = adverts(300);
    let run = |threads: &str, format: &str| {
        let output = jdlint(folder.path()).env("RAYON_NUM_THREADS", threads).args(["check", "--format", format, "."]).output().expect("it starts");
        assert_eq!(output.status.code(), Some(1));
        output.stdout
    };
    for format in ["terminal", "json"] {
        let one = run("1", format);
        assert!(one.len() > 300 * 50);
        assert!(one == run("8", format), "{format}: the same with one thread and with eight");
    }
}

#[test]
fn a_reader_that_has_had_enough_ends_the_run_quietly() {
    let folder = adverts(300);
    let mut child = jdlint(folder.path()).args(["check", "."]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_folder_twice_is_linted_once() {
    let folder = adverts(2);
    let output = jdlint(folder.path()).args(["check", ".", "./0001.txt", "."]).output().expect("it starts");
    assert!(String::from_utf8_lossy(&output.stdout).contains("2 documents: 1 warning"));
}

#[cfg(unix)]
#[test]
fn pipes_and_endless_links_do_not_hold_it_up() {
    let folder = adverts(2);
    let path = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink(".", path("loop")).expect("it can be made");
    std::os::unix::fs::symlink("itself.txt", path("itself.txt")).expect("it can be made");
    let made = Command::new("mkfifo").arg(path("pipe.txt")).status().expect("it starts");
    assert!(made.success());
    let walked = jdlint(folder.path()).args(["check", "."]).output().expect("it starts");
    assert_eq!((walked.status.code(), walked.stderr), (Some(1), Vec::new()), "in a folder they are passed by");
    let named = jdlint(folder.path()).args(["check", "pipe.txt", "itself.txt", "0001.txt"]).output().expect("it starts");
    assert_eq!(named.status.code(), Some(2));
    let said = String::from_utf8_lossy(&named.stderr);
    assert!(said.contains("jdlint: pipe.txt: this is no file") && said.contains("jdlint: itself.txt: "), "{said}");
    assert!(String::from_utf8_lossy(&named.stdout).contains("1 document: 1 warning"), "the others are linted");
}

#[test]
fn a_folder_without_documents_is_said_and_is_no_failure() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let output = jdlint(folder.path()).args(["check", "."]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no document here"));
}

#[test]
fn rules_lists_house_rules_with_the_severity_in_force() {
    let folder = adverts(0);
    let output = jdlint(folder.path()).args(["rules", "--jurisdiction", "ie"]).output().expect("it starts");
    let listed = String::from_utf8(output.stdout).expect("it is UTF-8");
    let line = listed.lines().find(|l| l.starts_with("house.chairman")).expect("it is listed");
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["house.chairman", "error", "A", "title", "for", "men"]);
    let output = jdlint(folder.path()).args(["rules", "--format", "json"]).output().expect("it starts");
    assert!(String::from_utf8_lossy(&output.stdout).contains("{\"id\":\"house.chairman\",\"name\":\"A title for men\",\"severity\":\"warning\""));
}

/// Runs `jdlint rules new` in a folder with these answers.
fn new_rule(folder: &Path, path: &str, answers: &str) -> (Option<i32>, String) {
    let mut child = jdlint(folder).args(["rules", "new", path]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    // A command that refuses at once reads no answer.
    let _ = stdin.write_all(answers.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

const ANSWERS: &str = "\
house.badge
Badge “wearing”
badge wearing, wear(ing|s) a badge
badge-holding
Our style guide says so
House style 2024, https://example.org/style
We need a badge wearing clerk.
Badges are worn here.
";

#[test]
fn a_rule_is_written_from_answers_and_is_right() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (code, said) = new_rule(folder.path(), "house/badge.toml", ANSWERS);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("rules = [\"house/badge.toml\"]"), "{said}");
    let written = fs::read_to_string(folder.path().join("house/badge.toml")).expect("it is written");
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/rules-new.toml");
    let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    assert.eq(written, Data::read_from(&expected, Some(DataFormat::Text)).raw());
    let tested = jdlint(folder.path()).args(["rules", "test", "house"]).output().expect("it starts");
    assert_eq!(String::from_utf8_lossy(&tested.stdout), "2 examples of 1 rule: all hold.\n");
    fs::write(folder.path().join("jdlint.toml"), "rules = [\"house\"]\nselect = [\"house\"]\n").expect("it can be written");
    fs::write(folder.path().join("advert.txt"), "Clerk\n\nShe wears a badge.\n").expect("it can be written");
    let checked = jdlint(folder.path()).args(["check", "advert.txt"]).output().expect("it starts");
    assert_eq!(checked.status.code(), Some(1), "a folder beside the config holds house rules");
}

#[test]
fn a_rule_file_is_never_overwritten() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("mine.toml"), "mine").expect("it can be written");
    let (code, said) = new_rule(folder.path(), "mine.toml", ANSWERS);
    assert!(code == Some(2) && said.contains("mine.toml: this file is there already"), "{said}");
    fs::write(folder.path().join("house.badge.toml"), "mine").expect("it can be written");
    let (code, said) = new_rule(folder.path(), ".", ANSWERS);
    assert!(code == Some(2) && said.contains("house.badge.toml: this file is there already"), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("house.badge.toml")).expect("it is there"), "mine");
}

#[test]
fn a_wrong_answer_writes_nothing_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (right, wrong, why) in [
        ("house.badge\n", "Badge\n", "that is no rule id"),
        ("house.badge\n", "gendered.title\n", "jdlint has a rule of that id"),
        ("badge wearing, ", "badge (wearing, ", "never closed"),
        ("We need a badge wearing clerk.", "We need a clerk.", "is found in that"),
        ("We need a badge wearing clerk.", "We need a [badge] wearing clerk.", "“badge” should be found; instead, “badge wearing” is"),
        ("Badges are worn here.", "No badge wearing here.", "“badge wearing” is found in that"),
        ("Badges are worn here.\n", "", "the answers ended before"),
    ] {
        let (code, said) = new_rule(folder.path(), "badge.toml", &ANSWERS.replacen(right, wrong, 1));
        assert!(code == Some(2) && said.contains(why), "{wrong}: {said}");
        assert!(!folder.path().join("badge.toml").exists(), "{wrong}");
    }
}

#[test]
fn house_rules_silence_and_extend_the_rules_of_the_binary() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it can be written");
    write("jdlint.toml", "rules = [\"titles.toml\", \"pronouns.toml\"]\nselect = [\"gendered\"]\n");
    write("titles.toml", "extends = \"gendered.title\"\nleave = [\"chairman of the parish\"]\n[[entry]]\nfind = [\"parish squire\"]\n");
    write("pronouns.toml", "extends = \"gendered.pronoun\"\noff = true\n");
    write("advert.txt", "Clerk\n\nHe will help the chairman of the parish, his parish squire and a chairman.\n");
    let output = jdlint(folder.path()).args(["check", "--format", "json", "advert.txt"]).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout);
    let found = said.matches("\"rule\":\"gendered.").count();
    assert!(found == 2 && said.contains("\"text\":\"parish squire\"") && said.contains("\"text\":\"chairman\""), "{said}");
    let listed = jdlint(folder.path()).args(["rules"]).output().expect("it starts");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let line = listed.lines().find(|l| l.starts_with("gendered.pronoun")).expect("it is listed");
    assert_eq!(line.split_whitespace().nth(1), Some("off"));
}

#[test]
fn help_shows_examples_and_exit_codes() {
    let output = Command::new(JDLINT).arg("--help").output().expect("it starts");
    let help = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && help.contains("jdlint check advert.docx") && help.contains("Exit codes: 0"), "{help}");
    let version = Command::new(JDLINT).arg("--version").output().expect("it starts");
    assert_eq!(String::from_utf8_lossy(&version.stdout), format!("jdlint {}\n", env!("CARGO_PKG_VERSION")));
}
