//! `jdlint fix`: what it changes, what it leaves, and that a file is never lost, whatever happens meanwhile.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jdlint::lint::Applicability;
use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings, Severity, fix};

const ADVERT: &str = "# Site Manager\n\nWe seek a chairman. You will man the desk.\n\n## Essential\n\n- Writes clearly\n";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fix").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("it can be written");
    path
}

fn jdlint(args: &[&str], folder: &Path) -> Output {
    command(args, folder).output().expect("it starts")
}

fn command(args: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jdlint"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("it can be read")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn what_keeps_the_meaning_is_rewritten_in_place() {
    let folder = folder("in-place");
    let advert = file(&folder, "advert.md", ADVERT.as_bytes());
    let output = jdlint(&["fix", "advert.md"], &folder);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(text(&advert).contains("We seek a chair."), "{}", text(&advert));
    let once = text(&advert);
    jdlint(&["fix", "advert.md"], &folder);
    assert_eq!(text(&advert), once, "nothing is left to do");
}

#[test]
fn a_difference_writes_nothing() {
    let folder = folder("diff");
    let advert = file(&folder, "advert.md", ADVERT.as_bytes());
    let output = jdlint(&["fix", "--diff", "advert.md"], &folder);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&advert), ADVERT);
    let diff = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(diff.starts_with("--- advert.md\n+++ advert.md\n@@ ") && diff.contains("\n-We seek a chairman.") && diff.contains("\n+We seek a chair."), "{diff}");
}

#[test]
fn suggestions_are_taken_when_asked_for() {
    let folder = folder("suggested");
    let advert = file(&folder, "advert.md", b"# Data Analyst\n\n## Essential\n\n- A degree in a numerate subject\n");
    jdlint(&["fix", "advert.md"], &folder);
    assert!(text(&advert).ends_with("- A degree in a numerate subject\n"));
    jdlint(&["fix", "--suggested", "advert.md"], &folder);
    assert!(text(&advert).ends_with("- A degree in a numerate subject or equivalent experience\n"), "{}", text(&advert));
}

#[test]
fn the_other_documents_of_the_advert_count() {
    let folder = folder("with");
    let asks = b"# Data Analyst\n\n## Essential\n\n- A degree in a numerate subject\n";
    let specification = file(&folder, "specification.md", asks);
    file(&folder, "advert.txt", b"Data Analyst\n\nWe do not require a degree.\n");
    jdlint(&["fix", "--suggested", "--with", "advert.txt", "specification.md"], &folder);
    assert_eq!(fs::read(&specification).expect("it can be read"), asks, "the advert opens it");
    let output = jdlint(&["fix", "--suggested", "--with", "nowhere.md", "specification.md"], &folder);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("specification.md: nowhere.md, which is read with it: there is no such file"), "{}", said(&output));
}

#[test]
fn line_ends_marks_and_encodings_stay() {
    let folder = folder("bytes");
    let windows = ADVERT.replace('\n', "\r\n");
    let marked = file(&folder, "marked.md", &[b"\xef\xbb\xbf", windows.as_bytes()].concat());
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(windows.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let wide = file(&folder, "wide.md", &utf16);
    let old = file(&folder, "old.txt", b"Caf\xe9 manager\r\n\r\nWe seek a chairman.\r\n");
    let output = jdlint(&["fix", "marked.md", "wide.md", "old.txt"], &folder);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let is = |path: &Path| fs::read(path).expect("it can be read");
    assert!(is(&marked).starts_with(b"\xef\xbb\xbf# Site Manager\r\n\r\nWe seek a chair."));
    assert!(!is(&marked).windows(2).any(|w| w[1] == b'\n' && w[0] != b'\r'), "every line ends as it did");
    let wide: Vec<u16> = is(&wide).chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
    assert!(String::from_utf16_lossy(&wide).starts_with("\u{feff}# Site Manager\r\n\r\nWe seek a chair."));
    assert_eq!(is(&old), b"Caf\xe9 manager\r\n\r\nWe seek a chair.\r\n");
}

#[test]
fn standard_input_goes_to_standard_output() {
    use std::io::Write;
    let mut child = command(&["fix", "-", "--stdin-filename", "advert.md"], &folder("stdin"));
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("it is piped").write_all(ADVERT.as_bytes()).expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    assert!(String::from_utf8_lossy(&output.stdout).contains("We seek a chair."), "{}", said(&output));
}

#[test]
fn other_formats_are_pointed_elsewhere() {
    let folder = folder("word");
    let word = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/word/advert.docx");
    fs::copy(word, folder.join("advert.docx")).expect("it can be copied");
    let before = fs::read(folder.join("advert.docx")).expect("it can be read");
    let output = jdlint(&["fix", "advert.docx"], &folder);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("advert.docx: ") && said(&output).contains("jdlint review --suggest"), "{}", said(&output));
    assert_eq!(fs::read(folder.join("advert.docx")).expect("it can be read"), before);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn permissions_stay_and_a_link_stays_a_link() {
        let folder = folder("link");
        let advert = file(&folder, "advert.md", ADVERT.as_bytes());
        fs::set_permissions(&advert, fs::Permissions::from_mode(0o640)).expect("they can be set");
        symlink("advert.md", folder.join("link.md")).expect("a link can be made");
        jdlint(&["fix", "link.md"], &folder);
        assert!(text(&advert).contains("a chair."));
        assert!(fs::symlink_metadata(folder.join("link.md")).expect("it is there").is_symlink());
        assert_eq!(fs::metadata(&advert).expect("it is there").permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_read_only_file_is_left_and_said_to_be() {
        let folder = folder("read-only");
        let advert = file(&folder, "advert.md", ADVERT.as_bytes());
        fs::set_permissions(&advert, fs::Permissions::from_mode(0o444)).expect("they can be set");
        let output = jdlint(&["fix", "advert.md"], &folder);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains("advert.md: this file is read-only; it was left as it is"), "{}", said(&output));
        assert_eq!(text(&advert), ADVERT);
    }
}

/// Safe rewrites of all examples: made twice they change nothing more, what they mend is gone, and nothing weightier comes.
#[test]
fn safe_rewrites_settle_what_they_are_for() {
    let ruleset = Ruleset::embedded();
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let mut n_fixed = 0;
    for rule in ruleset.rules() {
        for example in ruleset.examples(rule) {
            let (text, _) = example.unmarked();
            let (fixed, severities) = fixed(&text, &linter);
            let (again, after) = self::fixed(&fixed, &linter);
            assert_eq!(fixed, again, "{}: {text}", rule.id);
            n_fixed += usize::from(fixed != text);
            assert!(after.iter().max() <= severities.iter().max(), "{}: {text} → {fixed}", rule.id);
        }
    }
    assert!(n_fixed > 20, "only {n_fixed} examples have a safe rewrite");
}

/// A text with its safe rewrites, as often as there are any, and the severities that it had at first.
fn fixed(text: &str, linter: &Linter) -> (String, Vec<Severity>) {
    let mut text = text.to_owned();
    let mut first = None;
    for _ in 0..8 {
        let document = Document::read(text.as_bytes(), Format::Markdown).expect("it is text");
        let advert = Advert::new(vec![document]);
        let report = linter.check(&advert).remove(0);
        first.get_or_insert_with(|| report.findings.iter().map(|f| f.severity).collect::<Vec<_>>());
        let safe = |f: &&jdlint::lint::Fix| f.applicability == Applicability::Safe && !f.edits.is_empty();
        let fixes: Vec<_> = report.findings.iter().filter_map(|f| f.fixes.iter().find(safe)).collect();
        let done = fix::apply(text.as_bytes(), &advert.documents()[0], &fixes);
        if done.made.is_empty() {
            break;
        }
        text = String::from_utf8(done.bytes).expect("it is text");
    }
    (text, first.unwrap_or_default())
}
