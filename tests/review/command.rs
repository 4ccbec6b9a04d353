//! `jdlint review` as a command: where the reviewed file goes, what is never lost, and what is said.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jdlint::{Document, Format};

use crate::package::{SIGNATURE, odt, say, word};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("review").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(folder.join("jdlint.toml"), "").expect("it can be written");
    folder
}

fn review(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jdlint"));
    command.arg("review").args(args).current_dir(folder).stdin(Stdio::null()).output().expect("it starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("it is there").map(|e| e.expect("it can be read").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != "jdlint.toml").collect();
    names.sort();
    names
}

fn advert() -> Vec<u8> {
    word(&(say("Data Analyst") + &say("About the role") + &say("The chairman leads the team that you work in."))).bytes()
}

fn open_advert() -> Vec<u8> {
    odt("<text:p>Data Analyst</text:p><text:p>About the role</text:p><text:p>The chairman leads the team that you work in.</text:p>").bytes()
}

#[test]
fn the_reviewed_file_stands_beside_the_document() {
    let folder = folder("beside");
    fs::write(folder.join("a.docx"), advert()).expect("it can be written");
    fs::write(folder.join("b.odt"), open_advert()).expect("it can be written");
    let output = review(&folder, &["a.docx", "b.odt", "--suggest"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(names(&folder), ["a.docx", "a.reviewed.docx", "b.odt", "b.reviewed.odt"]);
    for name in ["a.docx", "b.odt"] {
        assert!(said(&output).contains(&format!("{name}: 1 comment, 1 tracked change → ")), "{}", said(&output));
    }
    assert!(fs::read(folder.join("a.docx")).expect("it is there") == advert(), "the document stays");
    for (name, format) in [("a.reviewed.docx", Format::Word), ("b.reviewed.odt", Format::OpenDocument)] {
        let read = Document::read(&fs::read(folder.join(name)).expect("it is there"), format).expect("it can be read");
        assert!(read.text().as_str().ends_with("The chair leads the team that you work in."), "{}", read.text().as_str());
    }
}

#[test]
fn nothing_that_is_there_is_replaced_unasked() {
    let folder = folder("kept");
    fs::write(folder.join("a.docx"), advert()).expect("it can be written");
    fs::write(folder.join("a.reviewed.docx"), "Anna’s notes").expect("it can be written");
    let output = review(&folder, &["a.docx"]);
    assert_eq!((output.status.code(), fs::read_to_string(folder.join("a.reviewed.docx")).expect("it is text").as_str()), (Some(2), "Anna’s notes"));
    assert!(said(&output).contains("--force"), "{}", said(&output));
    assert_eq!(review(&folder, &["a.docx", "--force"]).status.code(), Some(1));
    assert!(fs::read(folder.join("a.reviewed.docx")).expect("it is there").starts_with(b"PK"));
    // Not even then is the document itself replaced.
    let output = review(&folder, &["a.docx", "--force", "-o", "./a.docx"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(fs::read(folder.join("a.docx")).expect("it is there") == advert());
}

#[test]
fn a_folder_is_reviewed_into_another() {
    let folder = folder("folder");
    fs::create_dir(folder.join("in")).expect("it can be made");
    for (name, bytes) in [("a.docx", advert()), ("b.odt", open_advert()), ("c.md", b"# Chairman".to_vec()), ("d.reviewed.odt", open_advert())] {
        fs::write(folder.join("in").join(name), bytes).expect("it can be written");
    }
    let output = review(&folder, &["in", "--output-dir", "out"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(names(&folder.join("out")), ["a.reviewed.docx", "b.reviewed.odt"], "neither other formats nor reviews");
}

#[test]
fn a_refused_file_leaves_none_behind_and_stops_no_other() {
    let folder = folder("refused");
    fs::write(folder.join("a.docx"), word(&say("The chairman leads.")).root(SIGNATURE).bytes()).expect("it can be written");
    let cut = &advert()[..300];
    fs::write(folder.join("b.docx"), cut).expect("it can be written");
    fs::write(folder.join("c.md"), "# Chairman\n").expect("it can be written");
    fs::write(folder.join("d.odt"), open_advert()).expect("it can be written");
    let output = review(&folder, &["a.docx", "b.docx", "c.md", "d.odt"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(names(&folder), ["a.docx", "b.docx", "c.md", "d.odt", "d.reviewed.odt"]);
    for (file, why) in [("a.docx", "digitally signed"), ("b.docx", "its end is missing"), ("c.md", "this is Markdown"), ("d.odt", "1 comment")] {
        assert!(said(&output).lines().any(|line| line.contains(file) && line.contains(why)), "{}", said(&output));
    }
}

#[test]
fn standard_input_needs_a_place_to_go() {
    let folder = folder("stdin");
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jdlint"));
        command.args(["review", "-", "--stdin-filename"]).args(args).current_dir(&folder);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        child.stdin.take().expect("it is piped").write_all(&open_advert()).expect("it listens");
        child.wait_with_output().expect("it ends")
    };
    let output = run(&["b.odt", "-o", "for-anna.odt"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(names(&folder), ["for-anna.odt"]);
}

#[cfg(unix)]
#[test]
fn the_reviewed_file_is_read_by_whom_the_document_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("permissions");
    fs::write(folder.join("b.odt"), open_advert()).expect("it can be written");
    fs::set_permissions(folder.join("b.odt"), fs::Permissions::from_mode(0o640)).expect("it is ours");
    review(&folder, &["b.odt"]);
    let mode = fs::metadata(folder.join("b.reviewed.odt")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}
