//! The rooms of `src/` import only rooms before them, so that a reader of one room needs to know only those before it.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, in order; `embedded_rules` is a file of the room `rules`. `lsp`, `serve` and `mcp` are at one height: none of them imports another.
const ORDER: [&[&str]; 14] = [
    &["text"],
    &["phrase"],
    &["document"],
    &["outline"],
    &["rules", "embedded_rules"],
    &["judge"],
    &["criteria"],
    &["lint"],
    &["fix"],
    &["report"],
    &["config"],
    &["session"],
    &["lsp", "serve", "mcp"],
    &["cli"],
];

/// They tie the rooms together.
const ROOT_FILES: [&str; 2] = ["lib", "main"];

#[test]
fn rooms_import_only_rooms_before_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in sources(&src) {
        let text = fs::read_to_string(&file).expect("a source is text");
        let name = file.strip_prefix(&src).expect("it lies below").to_string_lossy().replace('\\', "/");
        wrong.extend(wrong_imports(&name, &text));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_of_the_library_has_its_place() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("it is there");
    for line in lib.lines() {
        if let Some(room) = line.trim().strip_prefix("pub mod ").or(line.trim().strip_prefix("mod ")).and_then(|m| m.strip_suffix(';')) {
            assert!(height(room).is_some(), "the room “{room}” has no place in ORDER");
        }
    }
}

#[test]
fn a_wrong_import_is_caught_however_it_is_written() {
    let wrong = |name: &str, text: &str| wrong_imports(name, text).len();
    assert_eq!(wrong("text.rs", "use crate::lint::Report;"), 1);
    assert_eq!(wrong("text/fold.rs", "fn f() -> crate::cli::Outcome {}"), 1);
    assert_eq!(wrong("lint/linter.rs", "use crate::{report::Look, text::Span};"), 1);
    assert_eq!(wrong("lint/linter.rs", "pub(crate) use crate::{\n    text::{Span, Text},\n    config::Config,\n};"), 1);
    assert_eq!(wrong("lsp/hover.rs", "use crate::serve::Page;"), 1, "rooms at one height do not know each other");
    assert_eq!(wrong("lint.rs", "use crate::text::Span; use crate::lint::Finding;"), 0);
    assert_eq!(wrong("document.rs", "// see crate::lint::Report\n/// [`crate::lint`]\nlet x = \"crate::lint::x\";"), 0, "words are no imports");
    assert_eq!(wrong("report/json.rs", "use crate::Severity;"), 1, "the root's names hide where a thing lives");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn height(room: &str) -> Option<usize> {
    ORDER.iter().position(|rooms| rooms.contains(&room))
}

/// Imports of a source file, named from `src/` on, that run against the order.
fn wrong_imports(name: &str, text: &str) -> Vec<String> {
    let room = name.split(['/', '.']).next().unwrap_or("");
    if ROOT_FILES.contains(&room) {
        return Vec::new();
    }
    let Some(own) = height(room) else { return vec![format!("{name}: the room “{room}” has no place in ORDER")] };
    let mut wrong = Vec::new();
    for imported in imports(&code(text)) {
        match height(&imported) {
            _ if imported == room => {}
            Some(other) if other < own => {}
            Some(_) => wrong.push(format!("{name}: “{room}” imports “{imported}”, which comes after it")),
            None => wrong.push(format!("{name}: “crate::{imported}” is no room; name it by the room it lives in")),
        }
    }
    wrong
}

/// The code without comments and without what stands in quotes.
fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut quoted = false;
        let mut escaped = false;
        let mut previous = ' ';
        for c in line.chars() {
            if !quoted && c == '/' && previous == '/' {
                out.pop();
                break;
            }
            // A quote in a character literal opens nothing.
            if c == '"' && !escaped && (quoted || previous != '\'') {
                quoted = !quoted;
            } else if !quoted {
                out.push(c);
            }
            escaped = quoted && c == '\\' && !escaped;
            previous = c;
        }
        out.push('\n');
    }
    out
}

/// The first name after each `crate::`, and each name of `crate::{a::…, b::…}`.
fn imports(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let is_path = code[..at].chars().next_back().is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'));
        let rest = &code[at + found.len()..];
        if !is_path {
            continue;
        }
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_names(group)),
            None => names.push(first_name(rest)),
        }
    }
    names
}

/// The first name of each member of a group, up to the brace that closes it.
fn group_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut begins = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && c.is_alphabetic() => {
                names.push(first_name(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
