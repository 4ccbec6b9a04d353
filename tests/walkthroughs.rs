//! The pages that people start with (docs/start-*.md) show what the commands do: each `console` block is run, page by page, in a
//! folder with the documents that the page speaks of, and its lines must come out in this order. “…” stands for what the page leaves out.

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn an_hr_person_is_shown_what_happens() {
    let folder = folder(&[("tests/documents/formats/advert.docx", "estates-manager.docx")]);
    walk("start-hr.md", folder.path(), |_| {});
    for made in ["report.html", "estates-manager.reviewed.docx", "jdlint.toml"] {
        assert!(folder.path().join(made).is_file(), "{made}");
    }
}

#[test]
fn a_recruiter_is_shown_what_happens() {
    let names = ["waitress.md", "server.md", "adverts.csv"];
    let folder = folder(&names.map(|n| (format!("tests/walkthroughs/{n}"), n)).each_ref().map(|(from, to)| (from.as_str(), *to)));
    walk("start-recruiters.md", folder.path(), |_| {});
    let adverts = names.map(|n| fs::read_to_string(folder.path().join(n)).expect("it is there")).concat();
    for line in blocks("start-recruiters.md", "text").iter().flat_map(|b| b.lines()).filter(|l| *l != "…") {
        assert!(adverts.lines().any(|l| l == line), "the page shows a line that no advert has: {line}");
    }
}

#[test]
fn whoever_looks_after_the_build_is_shown_what_happens() {
    let folder = folder(&[("tests/documents/advert.md", "adverts/estates.md")]);
    fs::create_dir(folder.path().join(".git")).expect("a folder can be made");
    walk("start-ci.md", folder.path(), |block| {
        if block.contains("adverts/clerk.md") {
            let advert = "# Clerk\n\nReport to the Chairman. You keep the diary of the office.\n\n## How to apply\n\nSend a letter to Jo Ember, 01234 567890, by 3 May.\n";
            fs::write(folder.path().join("adverts/clerk.md"), advert).expect("it can be written");
        }
    });
}

/// A folder with copies of these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (from, to) in files {
        let to = folder.path().join(to);
        fs::create_dir_all(to.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::copy(Path::new(ROOT).join(from), to).expect("it can be copied");
    }
    folder
}

/// The fenced blocks of a page that are written in this language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(ROOT).join("docs").join(page)).expect("it is there");
    text.split(&format!("```{language}\n")).skip(1).filter_map(|rest| Some(rest.split("\n```").next()?.to_owned())).collect()
}

/// Runs every command of a page, and does what the story asks for before each block.
fn walk(page: &str, folder: &Path, before: impl Fn(&str)) {
    let blocks = blocks(page, "console");
    assert!(blocks.len() >= 3, "the blocks of {page} are found");
    for block in blocks {
        before(&block);
        for shown in block.split("$ ").skip(1) {
            let (command, lines) = shown.split_once('\n').unwrap_or((shown, ""));
            let said = run(command, folder);
            let mut rest = said.lines();
            for line in lines.lines().map(str::trim_end).filter(|l| !l.is_empty() && *l != "…") {
                let begins = line.strip_suffix('…');
                let is_it = |l: &str| begins.map_or(l.trim_end() == line, |b| l.starts_with(b));
                assert!(rest.any(is_it), "{page}: `{command}` does not say, or not there:\n{line}\nIt says:\n{said}");
            }
        }
    }
}

/// What a command says; a file that the page has it write is written.
fn run(command: &str, folder: &Path) -> String {
    let (command, file) = command.split_once(" > ").map_or((command, None), |(c, f)| (c, Some(f)));
    let words = words(command);
    assert_eq!(words[0], "jdlint");
    let mut program = Command::new(env!("CARGO_BIN_EXE_jdlint"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "CI"] {
        program.env_remove(name);
    }
    let output = program.args(&words[1..]).current_dir(folder).output().expect("it starts");
    assert!(output.status.code().is_some_and(|c| c < 2), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("it is UTF-8");
    match file {
        Some(file) => fs::write(folder.join(file), said).map(|()| String::new()).expect("it can be written"),
        None => said,
    }
}

/// As a shell takes a command apart, as far as these pages go: blanks, and double quotes.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts.flat_map(|(n, part)| if n % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }).collect()
}
