//! What programs read: every format on a few documents of every encoding (`tests/outputs/expected`, which `SNAPSHOTS=overwrite
//! cargo test` writes anew), places that hold what they say, words that command nothing, files that are whole.
//! `.ci/outputs` holds the same files to the validators of others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jdlint::report::{Begins, Checked, Color, Failed, Look, Part, Statistics, Summary, Writer};
use jdlint::report::{checkstyle, concise, github, gitlab, html, json, jsonl, junit, markdown, rdjsonl, sarif, statistics, terminal};
use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings, Severity};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::Value;
use snapbox::Data;
use snapbox::data::DataFormat;

const JDLINT: &str = env!("CARGO_BIN_EXE_jdlint");

/// Every format and the file that holds it.
const FORMATS: [(&str, &str); 13] = [
    ("terminal", "terminal.txt"),
    ("concise", "concise.txt"),
    ("json", "report.json"),
    ("jsonl", "report.jsonl"),
    ("sarif", "report.sarif"),
    ("github", "github.txt"),
    ("gitlab", "codequality.json"),
    ("junit", "junit.xml"),
    ("checkstyle", "checkstyle.xml"),
    ("rdjsonl", "report.rdjsonl"),
    ("markdown", "report.md"),
    ("html", "report.html"),
    ("statistics", "statistics.json"),
];

fn documents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outputs")
}

/// A copy of them that lies in no repository: what forges read names files from a repository's root on.
fn outside() -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder can be made");
    copy_folder(&documents(), &copy.path().join("outputs"));
    copy_folder(&documents().join("../cli/house"), &copy.path().join("cli/house"));
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("it is there") {
        let entry = entry.expect("it can be read");
        let into = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &into);
        } else {
            fs::copy(entry.path(), into).expect("it can be copied");
        }
    }
}

/// The command, undisturbed by the environment of whoever runs the tests.
fn jdlint(folder: &Path) -> Command {
    let mut command = Command::new(JDLINT);
    command.current_dir(folder);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS", "RAYON_NUM_THREADS", "CI"] {
        command.env_remove(name);
    }
    command
}

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

/// One run that writes every format into a folder.
fn check_into(folder: &Path, checked: &str, into: &Path) -> (i32, String, String) {
    let mut command = jdlint(folder);
    command.args(["check", "--quiet", checked]);
    for (format, file) in FORMATS {
        command.arg("--output").arg(format!("{format}={}", into.join(file).display()));
    }
    run(&mut command)
}

fn parsed(folder: &Path, file: &str) -> Value {
    serde_json::from_str(&read(folder, file)).expect("it is JSON")
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// JSON in lines, for who reads a change of it.
fn indented(json: &str) -> String {
    let value: Value = serde_json::from_str(json).expect("it is JSON");
    format!("{value:#}\n")
}

#[test]
fn every_format_is_as_expected() {
    let out = tempfile::tempdir().expect("a folder can be made");
    let (code, said, complained) = check_into(&outside().path().join("outputs"), "adverts", out.path());
    assert_eq!((code, said.as_str()), (2, ""), "{complained}");
    assert_eq!(complained, "jdlint: adverts/broken.docx: this is plain text, not a Word document; rename it or export it again\n");
    let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    for (format, file) in FORMATS {
        let written = read(out.path(), file).replace(env!("CARGO_PKG_VERSION"), "[VERSION]");
        let written = match format {
            "sarif" => indented(&written),
            // How many criteria are not shown to be needed, the rules of the binary say, which grow.
            "statistics" => indented(&written).lines().map(|l| if l.contains("\"not_shown\"") { "…\n".to_owned() } else { format!("{l}\n") }).collect(),
            // tests/report_html.rs and .ci/browser look after the page.
            "html" => continue,
            _ => written,
        };
        assert.eq(written, Data::read_from(&documents().join("expected").join(file), Some(DataFormat::Text)).raw());
    }
}

#[test]
fn one_report_goes_to_standard_output_and_others_to_files() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("made/for/it.xml");
    let both = |args: &[&str]| run(jdlint(&documents()).args(["check", "adverts/it/tester.json"]).args(args));
    let junit = format!("junit={}", file.display());
    let (code, said, _) = both(&["--output", &junit, "--output", "concise"]);
    assert_eq!((code, said.as_str()), (1, "adverts/it/tester.json, in “description”: warning[house.chairman] “chairman” names a man\n"));
    assert!(fs::read_to_string(&file).expect("its folders are made").starts_with("<?xml"));
    let (_, said, _) = both(&["--output", &junit]);
    assert!(said.contains("1 document: 1 warning"), "without another report people read there what was found: {said}");
    let (code, said, _) = both(&["--output", &junit, "--quiet"]);
    assert_eq!((code, said.as_str()), (1, ""));
    for (args, complaint) in [
        (&["--output", "json", "--output", "concise"][..], "only one report can go to standard output; give the others a file: --output concise=FILE"),
        (&["--format", "json", "--output", "concise"], "only one report can go to standard output"),
        (&["--output", &junit, "--output", &junit], "two reports cannot go to one file"),
        (&["--output", "sariff=x"], "did you mean “sarif”?"),
        (&["--output", "word"], "there is no such format; there are terminal, concise"),
        (&["--output", "sarif="], "name the file: sarif=FILE"),
        (&["--output", "sarif=adverts"], "adverts: this is a folder; name a file in it"),
        (&["--output", "json", "--quiet"], "--quiet leaves nothing for standard output"),
        (&["--format", "sarif", "--statistics"], "none of these formats has room for statistics"),
        (&["--by", "adverts"], "--by goes with --statistics"),
    ] {
        let (code, said, complained) = both(args);
        assert_eq!((code, said.as_str()), (2, ""), "{args:?}");
        assert!(complained.contains(complaint), "{args:?}: {complained}");
    }
}

#[cfg(unix)]
#[test]
fn a_report_is_for_others_to_read_and_keeps_what_a_file_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    let (new, old, link) = (folder.path().join("new.json"), folder.path().join("old.json"), folder.path().join("link.json"));
    fs::write(&old, "before").expect("it can be written");
    fs::set_permissions(&old, fs::Permissions::from_mode(0o640)).expect("it is ours");
    std::os::unix::fs::symlink("old.json", &link).expect("it can be made");
    let files = [("json", &new), ("gitlab", &link), ("jsonl", &PathBuf::from("/dev/null"))];
    let args: Vec<String> = files.iter().flat_map(|(f, p)| ["--output".to_owned(), format!("{f}={}", p.display())]).collect();
    let (code, _, complained) = run(jdlint(&documents()).args(["check", "-q", "adverts/it/tester.json"]).args(args));
    assert_eq!((code, complained.as_str()), (1, ""));
    let usual = folder.path().join("usual");
    fs::write(&usual, "").expect("it can be written");
    assert_eq!((mode(&new), mode(&old)), (mode(&usual), 0o640));
    assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
    assert!(fs::read_to_string(&old).expect("it is text").starts_with('['));
}

/// The characters of a line of a stored file from one column on up to another, in UTF-16 units from 1.
fn between(text: &str, region: &Value) -> String {
    let figure = |name: &str| usize::try_from(region[name].as_u64().expect("it is a figure")).expect("it is small");
    assert_eq!(figure("startLine"), figure("endLine"));
    let line = text.lines().nth(figure("startLine") - 1).expect("there is such a line");
    let units: Vec<u16> = line.encode_utf16().collect();
    String::from_utf16(&units[figure("startColumn") - 1..figure("endColumn") - 1]).expect("no character is split")
}

/// A stored file of the tests as text.
fn decoded(path: &Path) -> String {
    let bytes = fs::read(path).expect("it is there");
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => String::from_utf16(&rest.chunks(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect::<Vec<_>>()).expect("it is UTF-16"),
        _ => String::from_utf8(bytes.clone()).unwrap_or_else(|_| bytes.iter().map(|b| char::from(*b)).collect()),
    }
}

#[test]
fn sarif_points_at_the_words_in_every_encoding() {
    let out = tempfile::tempdir().expect("a folder can be made");
    check_into(&outside().path().join("outputs"), "adverts", out.path());
    let log = parsed(out.path(), "report.sarif");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let (mut n_placed, mut n_fixed) = (0, 0);
    for result in run["results"].as_array().expect("there are results") {
        let place = &result["locations"][0]["physicalLocation"];
        let path = place["artifactLocation"]["uri"].as_str().expect("it is named");
        let region = &place["region"];
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("it is a number") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        if region.is_null() {
            assert!(path.ends_with(".docx") || path.ends_with(".json"), "{path}");
            let message = result["message"]["text"].as_str().expect("it is said");
            assert!(message.contains("(paragraph ") || message.contains("(in “description”)"), "{message}");
            continue;
        }
        let text = decoded(&documents().join(path));
        let words = between(&text, region);
        assert_eq!(region["snippet"]["text"], words.as_str(), "{path}");
        assert!(words.replace(['*', '<', '>', '/', 'b'], "").contains("man"), "{path}: {words}");
        n_placed += 1;
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let replacement = &fix["artifactChanges"][0]["replacements"][0];
            assert_eq!(between(&text, &replacement["deletedRegion"]), words, "{path}");
            assert!(replacement["insertedContent"]["text"].as_str().is_some_and(|t| !t.is_empty()));
            n_fixed += 1;
        }
    }
    assert!(n_placed >= 10 && n_fixed >= 8, "{n_placed} {n_fixed}");
}

#[test]
fn forges_are_told_paths_from_the_root_of_the_repository() {
    let (repository, elsewhere) = (outside(), tempfile::tempdir().expect("a folder can be made"));
    let (root, hr) = (repository.path(), repository.path().join("outputs"));
    fs::create_dir(root.join(".git")).expect("a folder can be made");
    fs::write(root.join("jdlint.toml"), "rules = [\"cli/house\"]\nselect = [\"house\"]\n").expect("it can be written");
    let (from_root, from_folder, whole_paths) = (elsewhere.path().join("a"), elsewhere.path().join("b"), elsewhere.path().join("c"));
    check_into(root, "outputs/adverts", &from_root);
    check_into(&hr, "adverts", &from_folder);
    check_into(&hr, &hr.join("adverts").to_string_lossy(), &whole_paths);
    for file in ["github.txt", "codequality.json", "report.sarif"] {
        let written = read(&from_root, file);
        assert!(written.contains("outputs/adverts/it/"), "{file}: {written}");
        assert_eq!(written, read(&from_folder, file), "{file} is the same from a folder below");
        assert_eq!(written, read(&whole_paths, file), "{file} is the same with whole paths");
    }
    // reviewdog and editors want them from the working folder on.
    for file in ["report.rdjsonl", "concise.txt", "report.json"] {
        assert!(!read(&from_folder, file).contains("outputs/adverts"), "{file}");
    }
}

#[test]
fn what_jdlint_wrote_itself_is_left_alone_in_a_folder() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/word/advert.docx"), folder.path().join("advert.docx")).expect("it can be copied");
    let check = || run(jdlint(folder.path()).args(["check", ".", "--output", "concise"]));
    let alone = check();
    assert!(alone.1.lines().count() > 1, "{}", alone.1);
    run(jdlint(folder.path()).args(["check", "advert.docx", "-q", "--output", "html=report.html", "--output", "markdown=summary.md"]));
    run(jdlint(folder.path()).args(["review", "advert.docx"]));
    for made in ["report.html", "summary.md", "advert.reviewed.docx"] {
        assert!(folder.path().join(made).exists(), "{made}");
    }
    assert_eq!(check(), alone, "a report and a review are no adverts");
    fs::write(folder.path().join("data.json"), "{}").expect("it can be written");
    for command in ["check", "criteria", "outline"] {
        let (code, _, complained) = run(jdlint(folder.path()).args([command, "."]));
        assert!(code < 2 && complained.is_empty(), "{command}: {complained}");
    }
    let (code, _, complained) = run(jdlint(folder.path()).args(["check", "report.html"]));
    assert_eq!((code, complained.as_str()), (2, "jdlint: report.html: this is a report that jdlint wrote; name the document that it speaks of\n"));
    fs::remove_file(folder.path().join("advert.docx")).expect("it is there");
    assert!(check().1.contains("advert.reviewed.docx"), "without the document itself the review is read");
}

#[test]
fn reviewdog_counts_bytes() {
    let out = tempfile::tempdir().expect("a folder can be made");
    check_into(&outside().path().join("outputs"), "adverts", out.path());
    let mut n_placed = 0;
    for line in read(out.path(), "report.rdjsonl").lines() {
        let diagnostic: Value = serde_json::from_str(line).expect("it is JSON");
        let location = &diagnostic["location"];
        let path = location["path"].as_str().expect("it is named");
        let Some(range) = location["range"].as_object().filter(|_| path.ends_with(".md")) else { continue };
        let figure = |place: &str, name: &str| range[place][name].as_u64().expect("it is a figure") as usize;
        let text = decoded(&documents().join(path));
        let line = text.lines().nth(figure("start", "line") - 1).expect("there is such a line");
        let words = &line.as_bytes()[figure("start", "column") - 1..figure("end", "column") - 1];
        assert!(["chairman", "salesman", "sales*man"].contains(&std::str::from_utf8(words).expect("no character is split")));
        n_placed += 1;
    }
    assert_eq!(n_placed, 4);
}

/// What a stranger may write to get at whoever reads a report: a terminal, a build's log, a browser, a spreadsheet, a comment.
const HOSTILE: [&str; 19] = [
    "\u{1b}[31mred\u{1b}]0;owned\u{7}\u{9b}2J",
    "::error file=x,line=1::owned",
    "%0A::set-output name=x::y%0D%0A::stop-commands::z",
    "\r\n::set-output name=x::y\n::add-mask::e",
    "##[error]owned ##vso[task.setvariable variable=x]y ##[group]",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</summary></details></failure></testcase></testsuites><x y='z'>",
    "[click](https://evil.example/) ![seen](https://evil.example/i.png) <https://evil.example>",
    "a | b || `c` ``` d \\| e ***f*** ~~g~~",
    "@everyone @org/team #1 !2 $3 &4 GH-5 www.evil.example https://evil.example jo@evil.example",
    "=cmd|'/C calc'!A0 +1 -1 @SUM(A1)",
    "]]> <![CDATA[x]]> &x; &#0; &#27;[31m &#x1b;",
    "zeros \u{c} \u{7f} and \u{85}no characters\u{fffe}\u{ffff}",
    "\u{202e}desrever\u{202c} \u{2066}isolated\u{2069} \u{200f}\u{61c}",
    "\u{2028}line\u{2029}paragraph",
    "quote \" apostrophe ' backslash \\ brace {0} {{x}} ${y} percent %25",
    "[text](1) [b](https://evil.example) \\[c\\]",
    "\u{e0041}\u{e0042}tags \u{feff}mark",
    "/close /assign @me \n/merge",
];

/// A folder of documents with hostile words, headings and names, one word of each of which is found.
fn hostile(folder: &Path) {
    fs::write(folder.join("jdlint.toml"), "rules = [\"hostile.toml\"]\nselect = [\"house\"]\n").expect("it can be written");
    fs::copy(documents().join("rules/hostile.toml"), folder.join("hostile.toml")).expect("it can be copied");
    let adverts = folder.join("adverts");
    fs::create_dir(&adverts).expect("it can be made");
    for (n, words) in HOSTILE.iter().enumerate() {
        let advert = format!("# Clerk {words}\n\nA hostile {words} end.\n\n## Essential {words}\n\n- a hostile {words} end\n\n## How to apply\n\nBy email.\n");
        fs::write(adverts.join(format!("{n:02}.md")), &advert).expect("it can be written");
        fs::write(adverts.join(format!("{n:02}.txt")), advert).expect("it can be written");
        let escaped = serde_json::to_string(&format!("<p>A hostile {} end.</p><h2>How to apply</h2>", words.replace('<', "&lt;"))).expect("it is text");
        let posting = format!("{{\"@type\":\"JobPosting\",\"title\":\"Clerk \\ud800 \\udfff\",\"description\":{escaped}}}");
        fs::write(adverts.join(format!("{n:02}.json")), posting).expect("it can be written");
        // What no file can be called.
        let name: String = words.chars().filter(|c| !matches!(c, '/' | '\0')).take(80).collect();
        let named = adverts.join(format!("{name}.md"));
        let _ = fs::write(named, "# Clerk\n\nA hostile word end.\n\n## How to apply\n\nBy email.\n");
    }
    fs::write(adverts.join("::error::broken.docx"), "no Word file").unwrap_or_default();
}

/// Signs that steer a terminal or turn the direction, and what a build's log takes for a command.
fn is_harmless(text: &str) -> Result<(), String> {
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
    };
    if let Some(found) = text.chars().find(|c| steers(*c)) {
        return Err(format!("U+{:04X}", u32::from(found)));
    }
    commands_nothing(text)
}

/// As the runners of GitHub Actions and Azure Pipelines read a line.
fn commands_nothing(text: &str) -> Result<(), String> {
    for line in text.split(['\n', '\r']) {
        let azure = line.match_indices("##").any(|(at, _)| line[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('['));
        if line.trim_start().starts_with("::") || azure {
            return Err(line.to_owned());
        }
    }
    Ok(())
}

/// The lines of workflow commands: a command of ours, its properties, its words, and nothing that ends one early.
fn are_commands_of_ours(text: &str) -> Result<(), String> {
    let mut folded = false;
    for line in text.lines() {
        match line {
            "::endgroup::" if folded => folded = false,
            _ if line.starts_with("::group::") && !folded => folded = true,
            _ if folded => is_harmless(line)?,
            _ => is_annotation(line)?,
        }
        is_harmless(line.trim_start_matches(':'))?;
    }
    Ok(())
}

fn is_annotation(line: &str) -> Result<(), String> {
    let wrong = || line.to_owned();
    let (head, words) = line.strip_prefix("::").and_then(|l| l.split_once("::")).ok_or_else(wrong)?;
    let (name, properties) = head.split_once(' ').ok_or_else(wrong)?;
    if !["error", "warning", "notice"].contains(&name) || words.is_empty() {
        return Err(wrong());
    }
    for property in properties.split(',') {
        let (key, value) = property.split_once('=').ok_or_else(wrong)?;
        if !["file", "line", "endLine", "col", "endColumn", "title"].contains(&key) || value.is_empty() || value.contains(':') {
            return Err(wrong());
        }
    }
    // Every % begins an escape of ours.
    let escapes = |text: &str| text.match_indices('%').all(|(at, _)| ["%25", "%0A", "%0D", "%3A", "%2C"].iter().any(|e| text[at..].starts_with(e)));
    if escapes(line) { Ok(()) } else { Err(wrong()) }
}

/// Well-formed, of these elements only, and no text that XML cannot hold.
fn is_xml(text: &str, elements: &[&str]) -> Result<(), String> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0;
    let known = |name: &str| elements.contains(&name);
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            quick_xml::events::Event::Start(tag) if known(tag.name().as_ref()) => depth += 1,
            quick_xml::events::Event::Empty(tag) if known(tag.name().as_ref()) => {}
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Text(text) if depth > 0 || text.trim().is_empty() => {}
            quick_xml::events::Event::GeneralRef(_) if depth > 0 => {}
            quick_xml::events::Event::Decl(_) => {}
            quick_xml::events::Event::Eof if depth == 0 => break,
            other => return Err(format!("{other:?}")),
        }
    }
    let forbidden = |c: char| (c < ' ' && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.chars().any(forbidden) { Err("a character that XML cannot hold".to_owned()) } else { is_harmless(text) }
}

/// No link, image or markup but ours, every row of a table as wide as its head, and nothing that a forge takes for an address.
fn is_markdown_of_ours(text: &str) -> Result<(), String> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let ours = ["<details>", "<summary>", "</summary>", "</details>"];
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut html = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => return Err(format!("a link to {dest_url}")),
            Event::Code(code) => return Err(format!("code: {code}")),
            Event::Start(Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::Strikethrough | Tag::List(_)) => return Err("markup".to_owned()),
            Event::Html(tag) | Event::InlineHtml(tag) => html.push_str(&tag),
            Event::Text(words) => is_no_address(&words)?,
            _ => {}
        }
    }
    is_no_address(&html)?;
    let stripped = ours.iter().fold(html, |html, tag| html.replace(tag, ""));
    if stripped.contains(['<', '>']) {
        return Err(format!("a tag: {stripped}"));
    }
    let unescaped = |line: &str| line.match_indices('|').filter(|(at, _)| line[..*at].chars().rev().take_while(|c| *c == '\\').count() % 2 == 0).count();
    let mut width = None;
    for line in text.lines() {
        match (line.starts_with('|'), width) {
            (true, Some(width)) if unescaped(line) != width => return Err(format!("a row of another width: {line}")),
            (true, _) => width = Some(unescaped(line)),
            (false, _) => width = None,
        }
        if line.starts_with('/') {
            return Err(format!("a quick action: {line}"));
        }
    }
    is_harmless(text)
}

fn is_no_address(words: &str) -> Result<(), String> {
    let next = |at: usize| words[at..].chars().nth(1).is_some_and(char::is_alphanumeric);
    let names = words.char_indices().any(|(at, c)| matches!(c, '@' | '#') && next(at));
    if names || words.contains("://") || words.to_lowercase().contains("www.") { Err(format!("an address: {words}")) } else { Ok(()) }
}

/// No element that fetches or runs, no handler of an event.
fn is_html_of_ours(html: &str) -> Result<(), String> {
    for token in html5gum::Tokenizer::new(html) {
        let Ok(html5gum::Token::StartTag(tag)) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let fetches = ["script", "img", "iframe", "object", "embed", "link", "form", "base", "x"].contains(&name.as_str());
        let handler = tag.attributes.keys().find(|key| key.starts_with(b"on"));
        let away = tag.attributes.get(&b"href"[..]).is_some_and(|href| href.windows(4).any(|w| w == b"evil"));
        if fetches || handler.is_some() || away {
            return Err(format!("<{name}>"));
        }
    }
    Ok(())
}

/// Every file of a run as its own readers take it apart.
fn nothing_is_broken(folder: &Path) -> Result<(), String> {
    let each = |file: &str, holds: Result<(), String>| holds.map_err(|why| format!("{file}: {why}"));
    let text = |file: &str| read(folder, file);
    for file in ["report.json", "report.sarif", "codequality.json", "statistics.json"] {
        each(file, serde_json::from_str::<Value>(&text(file)).map(|_| ()).map_err(|e| e.to_string()))?;
        each(file, is_harmless(&text(file)))?;
    }
    for file in ["report.jsonl", "report.rdjsonl"] {
        for line in text(file).lines() {
            each(file, serde_json::from_str::<Value>(line).map(|_| ()).map_err(|e| format!("{e}: {line}")))?;
        }
        each(file, is_harmless(&text(file)))?;
    }
    each("junit.xml", is_xml(&text("junit.xml"), &["testsuites", "testsuite", "testcase", "failure", "error", "system-out"]))?;
    each("checkstyle.xml", is_xml(&text("checkstyle.xml"), &["checkstyle", "file", "error"]))?;
    each("github.txt", are_commands_of_ours(&text("github.txt")))?;
    each("concise.txt", is_harmless(&text("concise.txt")))?;
    each("terminal.txt", is_harmless(&text("terminal.txt")))?;
    each("report.md", is_markdown_of_ours(&text("report.md")))?;
    let html = text("report.html");
    each("report.html", is_html_of_ours(&html))?;
    each("report.html", commands_nothing(&html))
}

#[test]
fn strangers_words_and_names_command_nothing() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    hostile(folder.path());
    // `.ci/outputs` looks at the same files.
    let kept = std::env::var_os("JDLINT_OUTPUTS").map(PathBuf::from);
    let out = kept.clone().unwrap_or_else(|| folder.path().join("out"));
    fs::create_dir_all(&out).expect("it can be made");
    let (code, said, complained) = check_into(folder.path(), "adverts", &out);
    assert!(code == 2 || cfg!(windows), "{complained}");
    assert_eq!(said, "");
    is_harmless(&complained).expect("complaints command nothing");
    nothing_is_broken(&out).unwrap_or_else(|why| panic!("{why}"));
    let n_found = parsed(&out, "report.json")["summary"]["warnings"].as_u64().expect("it is a number");
    assert!(n_found as usize > 4 * HOSTILE.len(), "the words reach the reports: {n_found}");
    // To standard output the same holds, where a build's log takes what it reads for commands.
    for format in ["terminal", "concise", "json", "html"] {
        let (_, said, _) = run(jdlint(folder.path()).args(["check", "--format", format, "adverts"]));
        commands_nothing(&said).unwrap_or_else(|why| panic!("{format}: {why}"));
    }
}

/// A linter whose only rule quotes whatever stands between two words.
fn quoting() -> Linter {
    let rule = fs::read_to_string(documents().join("rules/hostile.toml")).expect("it is there");
    let ruleset = Ruleset::embedded_with(&[("hostile.toml".to_owned(), rule)]).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    Linter::new(ruleset, Settings { select: vec!["house.hostile".to_owned()], ..Settings::default() })
}

/// What each format makes of two documents and of one that cannot be read, as a run writes it, in a folder.
fn write_all(linter: &Linter, texts: &[(String, String)], into: &Path) {
    let ruleset = linter.ruleset();
    let catalogue = ruleset.catalogue();
    let look = Look { color: Color::Plain, width: 100 };
    let writers: [(&str, Box<dyn Writer + '_>); 13] = [
        ("terminal.txt", Box::new(terminal::Terminal { catalogue, look })),
        ("concise.txt", Box::new(concise::Concise)),
        ("report.json", Box::new(json::Json { jurisdiction: None })),
        ("report.jsonl", Box::new(jsonl::JsonLines)),
        ("report.sarif", Box::new(sarif::Sarif::new([(ruleset, linter.settings())]))),
        ("github.txt", Box::new(github::GitHub)),
        ("codequality.json", Box::new(gitlab::GitLab)),
        ("junit.xml", Box::new(junit::JUnit)),
        ("checkstyle.xml", Box::new(checkstyle::Checkstyle)),
        ("report.rdjsonl", Box::new(rdjsonl::RdJsonLines)),
        ("report.md", Box::new(markdown::Markdown { catalogue })),
        ("report.html", Box::new(html::Html { ruleset, wordings: linter.wordings() })),
        ("statistics.json", Box::new(statistics::StatisticsJson)),
    ];
    let mut summary = Summary::of_failed();
    let formats = [Format::Markdown, Format::Text, Format::Html];
    let document = |n: usize, text: &str| Document::read(text.as_bytes(), formats[n % 3]).ok();
    // What holds many control characters is taken for no text.
    let read: Vec<_> = texts.iter().enumerate().filter_map(|(n, (path, text))| Some((path, text, Advert::new(vec![document(n, text)?])))).collect();
    let reports: Vec<_> = read.iter().map(|(_, _, advert)| linter.check(advert).remove(0)).collect();
    for ((path, _, _), report) in read.iter().zip(&reports) {
        let statistics = Some(Statistics::of(path, report, ruleset, None));
        summary.add(&Summary { statistics, ..Summary::of(report, Severity::Info) });
    }
    for (file, writer) in writers {
        let mut parts: Vec<Part> = vec![writer.failed_part(&Failed { path: &texts[0].0, format: None, message: &texts[0].1 })];
        for ((path, text, advert), report) in read.iter().zip(&reports) {
            let document = &advert.documents()[0];
            parts.push(writer.part(&Checked { path, bytes: text.as_bytes(), document, report, ruleset, fails_from: Severity::Warning }));
        }
        let written = match writer.begins() {
            Begins::WithTheSum => writer.whole(&parts, &summary),
            Begins::AtOnce => {
                let texts: Vec<&str> = parts.iter().map(|p| p.text.as_str()).filter(|t| !t.is_empty()).collect();
                [writer.head(), texts.join(writer.between()), writer.tail(&summary)].concat()
            }
        };
        fs::write(into.join(file), written).expect("it can be written");
    }
}

/// Words in which signs that mean something to some format are as likely as letters.
fn nasty() -> impl Strategy<Value = String> {
    let sign = proptest::sample::select(vec![
        '#', '[', ']', ':', '%', '|', '`', '<', '>', '&', '"', '\'', '\\', '/', '@', '*', '_', '\n', '\r', '\t', '\u{1b}', '\u{202e}', '\u{2028}', '\0',
    ]);
    let piece = prop_oneof![
        3 => proptest::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned),
        3 => proptest::collection::vec(sign, 1..6).prop_map(|signs| signs.into_iter().collect()),
        2 => "[a-z ]{0,8}",
        2 => proptest::collection::vec(any::<char>(), 0..6).prop_map(|chars| chars.into_iter().collect()),
    ];
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

#[test]
fn no_words_break_a_format() {
    let linter = quoting();
    let folder = tempfile::tempdir().expect("a folder can be made");
    let config = ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() };
    let document = (nasty(), nasty(), nasty()).prop_map(|(path, words, more)| {
        let text = format!("# Clerk {more}\n\nA hostile {words} end.\n{more}\n\n## Essential {words}\n\n- a hostile {more} end\n");
        // With a zero it is no text.
        (format!("{path}.md"), text.replace('\0', " "))
    });
    proptest!(config, |(texts in proptest::collection::vec(document, 1..4))| {
        write_all(&linter, &texts, folder.path());
        if let Err(why) = nothing_is_broken(folder.path()) {
            return Err(TestCaseError::fail(why));
        }
    });
}

/// A folder of this many adverts with a finding each, and the house rules.
fn adverts(n_adverts: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it can be written");
    let house = documents().join("../cli/house/chairman.toml");
    write("house.toml", &fs::read_to_string(house).expect("it is there").replace("suggest = [\"chair\"]", "suggest = [\"chair\"]\nsafe = true"));
    write("jdlint.toml", "rules = [\"house.toml\"]\nselect = [\"house\"]\n");
    fs::create_dir(folder.path().join("adverts")).expect("it can be made");
    for n in 0..n_adverts {
        write(&format!("adverts/{n:04}.txt"), ADVERT);
    }
    folder
}

const ADVERT: &str = "Post\n\nWe need a chairman.\n\nHow to apply\n\nApply by email by 1 May.\n";

#[test]
fn github_is_given_ten_of_a_kind_and_told_of_the_others() {
    let folder = adverts(25);
    fs::write(folder.path().join("adverts/9999.txt"), ADVERT.replace("chairman", "salesman")).expect("it can be written");
    let (code, said, _) = run(jdlint(folder.path()).args(["check", "--format", "github", "adverts"]));
    assert_eq!(code, 1);
    are_commands_of_ours(&said).expect("nothing else is commanded");
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("::error file=adverts/9999.txt"), "the gravest come first: {said}");
    assert_eq!(lines.iter().filter(|l| l.starts_with("::warning ")).count(), 10);
    assert_eq!(lines[11], "::group::15 more");
    assert_eq!(lines[12], "adverts/0010.txt:3:11: warning[house.chairman] “chairman” names a man");
    let closing = "::notice title=jdlint::26 documents: 1 error, 25 warnings. GitHub shows ten of a kind for each step; 15 more are in its log.";
    assert_eq!(lines[lines.len() - 2..], ["::endgroup::", closing]);
}

#[test]
fn a_comment_has_room_for_the_markdown() {
    let folder = adverts(400);
    let (_, said, _) = run(jdlint(folder.path()).args(["check", "--format", "markdown", "adverts"]));
    assert!(said.len() < 65_536, "{}", said.len());
    assert!(said.starts_with("### jdlint: 400 documents, 400 warnings\n"));
    let left_out: Vec<&str> = said.lines().filter(|l| l.ends_with("not shown here, for want of room.")).collect();
    assert_eq!(left_out.len(), 1, "the table has room for all, the details have not: {left_out:?}");
    is_markdown_of_ours(&said).expect("what is cut is whole");
}

#[test]
fn statistics_count_and_two_of_them_are_held_against_one_another() {
    let folder = adverts(4);
    let path = |name: &str| folder.path().join(name);
    for (from, to) in [("0000", "care"), ("0001", "care"), ("0002", "it")] {
        fs::create_dir_all(path("adverts").join(to)).expect("it can be made");
        fs::rename(path(&format!("adverts/{from}.txt")), path(&format!("adverts/{to}/{from}.txt"))).expect("it can be moved");
    }
    let check = |args: &[&str]| run(jdlint(folder.path()).args(["check", "adverts"]).args(args));
    check(&["-q", "--output", "statistics=old.json"]);
    let old = &parsed(folder.path(), "old.json")["statistics"];
    let figures = ["documents", "without_warnings", "errors", "warnings", "infos"].map(|name| old[name].as_u64());
    assert_eq!(figures, [4, 0, 0, 4, 0].map(Some));
    assert_eq!((old["rules"][0]["rule"].as_str(), old["rules"][0]["documents"].as_u64()), (Some("house.chairman"), Some(4)));
    assert_eq!((old["audiences"][1]["audience"].as_str(), old["audiences"][1]["findings"].as_u64()), (Some("women"), Some(4)));
    let folders: Vec<String> = old["folders"].as_array().expect("they are listed").iter().map(|f| format!("{} {}", f["folder"], f["documents"])).collect();
    assert_eq!(folders, ["\".\" 1", "\"adverts/care\" 2", "\"adverts/it\" 1"]);
    fs::write(path("adverts/care/0000.txt"), ADVERT.replace("chairman", "chair")).expect("it can be written");
    fs::write(path("adverts/it/0002.txt"), ADVERT.replace("chairman", "salesman")).expect("it can be written");
    // The JSON report holds the same, and compare reads it there, too.
    let (code, said, _) = check(&["--format", "json", "--statistics"]);
    assert_eq!(code, 1);
    fs::write(path("new.json"), said).expect("it can be written");
    let (code, said, _) = run(jdlint(folder.path()).args(["compare", "old.json", "new.json"]));
    assert_eq!(code, 0);
    let expected = Data::read_from(&documents().join("expected/compared.txt"), Some(DataFormat::Text)).raw();
    snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV).eq(said, expected);
    let (_, said, _) = run(jdlint(folder.path()).args(["compare", "--format", "json", "old.json", "new.json"]));
    let compared: Value = serde_json::from_str(&said).expect("it is JSON");
    assert_eq!((compared["figures"][0]["old"].as_f64(), compared["figures"][0]["new"].as_f64()), (Some(1.0), Some(0.75)));
    assert_eq!((compared["figures"][0]["became"].as_str(), compared["figures"][1]["became"].as_str()), (Some("better"), Some("worse")));
    let (_, said, _) = run(jdlint(folder.path()).args(["compare", "--format", "markdown", "old.json", "new.json"]));
    is_markdown_of_ours(&said.replace("\n- ", "\n")).expect("it is Markdown");
    let (code, _, complained) = run(jdlint(folder.path()).args(["compare", "old.json", "adverts/it/0002.txt"]));
    assert!(code == 2 && complained.contains("adverts/it/0002.txt: this holds no statistics"), "{complained}");
    fs::write(path("later.json"), "{\"version\":2,\"statistics\":{}}").expect("it can be written");
    fs::write(path("broken.json"), "{\"version\":1,\"statistics\":{\"jdlint\":\"0.1.0\"}}").expect("it can be written");
    for (name, why) in [("later.json", "its statistics are of version 2"), ("broken.json", "its statistics cannot be read: missing field")] {
        let (code, _, complained) = run(jdlint(folder.path()).args(["compare", "old.json", name]));
        assert!(code == 2 && complained.contains(&format!("jdlint: {name}: {why}")), "{complained}");
    }
}

#[test]
fn what_a_baseline_knows_is_counted_and_fails_nothing() {
    let folder = adverts(2);
    let (code, _, complained) = run(jdlint(folder.path()).arg("baseline"));
    assert_eq!(code, 0, "{complained}");
    let args = ["check", "adverts", "--baseline", "--output", "statistics=s.json", "--output", "sarif=s.sarif", "--output", "concise"];
    let (code, said, _) = run(jdlint(folder.path()).args(args));
    assert_eq!((code, said.as_str()), (0, ""));
    assert_eq!(parsed(folder.path(), "s.json")["statistics"]["warnings"], 2);
    assert_eq!(parsed(folder.path(), "s.sarif")["runs"][0]["results"].as_array().map(Vec::len), Some(0));
}

#[test]
fn statistics_follow_the_findings_or_stand_alone() {
    let run_with = |args: &[&str]| run(jdlint(&documents()).args(["check", "adverts/it"]).args(args)).1;
    let (both, alone) = (run_with(&["--statistics"]), run_with(&["--statistics", "--quiet"]));
    assert!(alone.starts_with("Statistics\n3 documents, 1 without a warning."), "{alone}");
    assert!(both.ends_with(&format!("`jdlint explain RULE` says more.\n\n{alone}")), "{both}");
    let by_folder = run(jdlint(&documents()).args(["check", "adverts/it", "adverts/care", "-q", "--statistics", "--by", "adverts"])).1;
    let rows: Vec<&str> = by_folder.lines().filter(|l| l.starts_with(" adverts/care  ") || l.starts_with(" adverts/it  ")).collect();
    assert_eq!(rows.len(), 2, "{by_folder}");
}

/// Sends a signal.
#[cfg(unix)]
fn interrupt(child: &std::process::Child) {
    // It may have ended by itself.
    Command::new("kill").args(["-INT", &child.id().to_string()]).stderr(std::process::Stdio::null()).status().expect("it starts");
}

/// The names in a folder and those below it.
#[cfg(unix)]
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).expect("it is there").map(|e| e.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing_half_written() {
    use std::io::Read;
    let folder = adverts(2000);
    fs::write(folder.path().join("old.jsonl"), "before\n").expect("it can be written");
    let before = names(folder.path());
    let mut command = jdlint(folder.path());
    command.args(["check", "adverts", "--output", "concise", "--output", "jsonl=old.jsonl", "--output", "sarif=out/new.sarif"]);
    let mut child = command.env("RAYON_NUM_THREADS", "1").stdout(std::process::Stdio::piped()).spawn().expect("it starts");
    // The first results are out, and more than a thousand documents are to come.
    child.stdout.take().expect("it is piped").read_exact(&mut [0; 64]).expect("it is written");
    interrupt(&child);
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_eq!(names(folder.path()), before);
    assert_eq!(read(folder.path(), "old.jsonl"), "before\n");
}

#[cfg(unix)]
#[test]
fn interrupted_rewrites_are_made_or_not() {
    for pause in [0, 7, 19, 40] {
        let folder = adverts(200);
        let adverts = folder.path().join("adverts");
        let before = names(&adverts);
        let mut command = jdlint(folder.path());
        let mut child = command.args(["fix", "adverts"]).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().expect("it starts");
        let changed = || before.iter().any(|name| read(&adverts, name) != ADVERT);
        let waited = (0..2000).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(5));
            changed()
        });
        assert!(waited, "it begins");
        std::thread::sleep(std::time::Duration::from_millis(pause));
        interrupt(&child);
        child.wait().expect("it ends");
        assert_eq!(names(&adverts), before, "no other file stays");
        let after = ADVERT.replace("chairman", "chair");
        for name in &before {
            let text = read(&adverts, name);
            assert!(text == ADVERT || text == after, "{name}: {text}");
        }
    }
}

/// `script` gives the command a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_bar_is_shown_on_a_terminal_and_not_in_a_build() {
    if Command::new("script").arg("--version").output().is_err() {
        eprintln!("skipped: `script` (util-linux) is not installed");
        return;
    }
    let folder = adverts(2000);
    let shown = |ci: &str| {
        let mut script = Command::new("script");
        script.args(["-qec", &format!("{JDLINT} check -q adverts"), "/dev/null"]).current_dir(folder.path());
        let output = script.env("TERM", "xterm").env("RAYON_NUM_THREADS", "1").env("CI", ci).output().expect("it starts");
        String::from_utf8_lossy(&output.stdout).contains("of 2000 files")
    };
    assert!(shown(""));
    assert!(!shown("true"));
}

#[test]
fn files_are_written_when_standard_output_has_no_reader() {
    let folder = adverts(300);
    let mut command = jdlint(folder.path());
    command.args(["check", "adverts", "--output", "concise", "--output", "jsonl=all.jsonl"]).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    assert_eq!(read(folder.path(), "all.jsonl").lines().count(), 300);
}
