//! The real server, driven over its input and output by a small editor: whatever is typed, what it says of the text in the
//! end is what a fresh `check` of that text says.

#[path = "lsp/editor.rs"]
mod editor;

use std::path::Path;
use std::process::Command;

use editor::{Editor, Mirror, Units, diagnostics_of};
use serde_json::{Value, json};

const ADVERT: &str = include_str!("documents/advert.md");

/// An advert with all that makes columns hard to count: CRLF, accents, emoji before the words, joined emoji.
const HARD: &str = "# Café Manager 👩‍💼\r\n\r\nOur naïve 🏗️ chairman is a 💪 rockstar – “young” and energetic.\r\n\r\n## Essential\r\n\r\n- 🎓 A degree\r\n- Must be a native English speaker\r\n\r\n## Desirable\r\n\r\n- Crème de la crème 🍰 experience\r\n";

fn finds(report: &Value, rule: &str) -> Vec<Value> {
    diagnostics_of(report).iter().filter(|d| d["code"] == rule).cloned().collect()
}

/// The diagnostics as `jdlint check` has them: rule, severity, message, words.
fn checked(text: &str, name: &str, folder: &Path) -> Vec<(String, String, String, String)> {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("the folder can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_jdlint")).args(["check", "--format", "json"]).arg(&path).output().expect("it runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let file = &report["files"][0];
    if file["kind"] == "other" {
        return Vec::new();
    }
    let string = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let findings = file["findings"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<_> = findings
        .iter()
        .map(|f| {
            let words = match (f["start"]["offset"].as_u64(), f["end"]["offset"].as_u64()) {
                (Some(start), Some(end)) => text[start as usize..end as usize].to_owned(),
                _ => String::new(),
            };
            (string(&f["rule"]), string(&f["severity"]), string(&f["message"]), words)
        })
        .collect();
    found.sort();
    found
}

/// The same of what the server published; the words are cut out of the editor's text by its own count of columns.
fn published(report: &Value, mirror: &Mirror) -> Vec<(String, String, String, String)> {
    let severity = |d: &Value| ["", "error", "warning", "info"][d["severity"].as_u64().unwrap_or(0) as usize].to_owned();
    let string = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let mut found: Vec<_> =
        diagnostics_of(report).iter().map(|d| (string(&d["code"]), severity(d), string(&d["message"]), mirror.words(&d["range"]).to_owned())).collect();
    found.sort();
    found
}

/// What is said of the whole document stands at its title in an editor, and nowhere in a file.
fn same(published: &[(String, String, String, String)], checked: &[(String, String, String, String)]) -> bool {
    published.len() == checked.len() && published.iter().zip(checked).all(|(p, c)| (&p.0, &p.1, &p.2) == (&c.0, &c.1, &c.2) && (c.3.is_empty() || p.3 == c.3))
}

#[test]
fn the_right_words_are_underlined_in_all_units() {
    for units in [Units::Utf8, Units::Utf16, Units::Utf32] {
        let mut editor = Editor::start(units, json!({}), json!({}));
        let mirror = Mirror::new(HARD, units);
        let report = editor.open("file:///tmp/jdlint-test/hard.md", "markdown", HARD);
        let words = |rule: &str| finds(&report, rule).iter().map(|d| mirror.words(&d["range"]).to_owned()).collect::<Vec<_>>();
        assert_eq!(words("gendered.title"), ["chairman"], "{units:?}");
        assert_eq!(words("prerequisite.degree"), ["degree"], "{units:?}");
        assert_eq!(words("prerequisite.language"), ["native English speaker"], "{units:?}");
        assert!(words("exclusionary.culture").contains(&"rockstar".to_owned()), "{units:?} {report:#}");
        editor.stop();
    }
}

#[test]
fn random_edits_lead_to_what_a_fresh_check_says() {
    let folder = tempfile::tempdir().expect("a folder");
    for (units, language, name, text, seed) in [
        (Units::Utf16, "markdown", "a.md", HARD, 1u64),
        (Units::Utf8, "markdown", "a.md", ADVERT, 2),
        (Units::Utf16, "plaintext", "a.txt", HARD, 3),
        (Units::Utf8, "html", "a.html", HTML, 4),
        (Units::Utf32, "markdown", "a.md", HARD, 5),
    ] {
        let mut editor = Editor::start(units, json!({}), json!({}));
        let uri = "untitled:advert";
        editor.open(uri, language, text);
        let mut mirror = Mirror::new(text, units);
        let mut random = Random(seed);
        let mut version = 1;
        let mut n_found = 0;
        for round in 0..12 {
            // A hundred edits in a row, unasked, then the last word on the text.
            for _ in 0..100 {
                version += 1;
                let changes: Vec<Value> = (0..=random.below(3)).map(|_| mirror.edit(&mut random)).collect();
                editor.change(uri, version, &json!(changes));
            }
            let report = editor.diagnostics(uri, version);
            let (published, checked) = (published(&report, &mirror), checked(mirror.text(), name, folder.path()));
            assert!(same(&published, &checked), "{name} {units:?} round {round}:\n{published:#?}\n{checked:#?}\n{:?}", mirror.text());
            n_found += published.len();
        }
        assert!(n_found > 50, "{name}: {n_found} findings prove little");
        editor.stop();
    }
}

const HTML: &str = "<!doctype html>\n<html><head><title>Chef 👨‍🍳</title></head><body>\n<h1>Chef de partie</h1>\n<p>Caf&eacute; &#128170; seeks a <b>rockstar</b> – salesman or chairman.</p>\n<h2>Essential</h2>\n<ul><li>A degree</li><li>5 years&rsquo; experience 🍰</li></ul>\n<h2>Desirable</h2>\n<ul><li>French</li></ul>\n</body></html>\n";

/// A generator with a seed, so that what fails once fails again.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

#[test]
fn two_hundred_edits_at_once_are_made_in_order() {
    let mut editor = Editor::start(Units::Utf16, json!({}), json!({}));
    let uri = "untitled:order";
    editor.open(uri, "plaintext", "");
    let word = "We want a chairman. ";
    for (n, c) in (1..).zip(word.repeat(10).chars()) {
        let at = json!({ "line": 0, "character": n - 1 });
        editor.change(uri, n + 1, &json!([{ "range": { "start": at, "end": at }, "text": c.to_string() }]));
    }
    let report = editor.diagnostics(uri, 201);
    assert_eq!(finds(&report, "gendered.title").len(), 10, "{report:#}");
    editor.stop();
}

#[test]
fn a_rewrite_is_offered_and_made_when_it_is_chosen() {
    let mut editor = Editor::start(Units::Utf16, json!({}), json!({}));
    let uri = "untitled:fix";
    let report = editor.open(uri, "markdown", HARD);
    let mut mirror = Mirror::new(HARD, Units::Utf16);
    let place = finds(&report, "gendered.title")[0]["range"].clone();
    let actions = editor.actions(uri, &place);
    let preferred = actions.iter().find(|a| a["isPreferred"] == true).expect("one is preferred");
    assert_eq!(preferred["title"], "Write “chair”");
    assert_eq!(preferred["edit"], Value::Null, "edits are made when they are asked for");
    let edit = editor.resolve(preferred)["edit"].clone();
    assert_eq!(edit["documentChanges"][0]["textDocument"]["version"], 1);
    mirror.apply(&edit);
    assert!(mirror.text().contains("🏗️ chair is a"), "{}", mirror.text());
    editor.stop();
}

/// Makes an action and gives the text that comes of it.
fn acted(text: &str, language: &str, rule: &str, title: &str) -> (String, Value) {
    let mut editor = Editor::start(Units::Utf16, json!({}), json!({}));
    let uri = "untitled:action";
    let report = editor.open(uri, language, text);
    let place = finds(&report, rule).first().unwrap_or_else(|| panic!("{rule} is found: {report:#}"))["range"].clone();
    let actions = editor.actions(uri, &place);
    let action = actions.iter().find(|a| a["title"].as_str().is_some_and(|t| t.starts_with(title)));
    let action = action.unwrap_or_else(|| panic!("“{title}” is offered: {actions:#?}"));
    let mut mirror = Mirror::new(text, Units::Utf16);
    let resolved = editor.resolve(action);
    mirror.apply(&resolved["edit"]);
    editor.change(uri, 2, &json!([{ "text": mirror.text() }]));
    let after = editor.diagnostics(uri, 2);
    editor.stop();
    (mirror.text().to_owned(), after)
}

#[test]
fn what_is_allowed_here_is_no_more_found() {
    let essential = "- A degree <!-- jdlint: allow prerequisite.degree: because … -->";
    let (text, after) = acted("# Analyst\n\n## Essential\n\n- A degree\n- Tact\n", "markdown", "prerequisite.degree", "Allow");
    assert!(text.contains(essential) && finds(&after, "prerequisite.degree").is_empty(), "{text}");
    let (text, after) = acted("Analyst\r\n\r\nEssential:\r\n- Tact\r\n- A degree\r\n", "plaintext", "prerequisite.degree", "Allow");
    assert!(text.contains("- Tact\r\njdlint: allow prerequisite.degree: because …\r\n- A degree"), "{text}");
    assert!(finds(&after, "prerequisite.degree").is_empty());
    let (text, after) = acted(HTML, "html", "gendered.title", "Allow");
    assert!(text.contains("<!-- jdlint: allow gendered.title: because … -->"), "{text}");
    assert!(finds(&after, "gendered.title").is_empty());
    let (text, after) = acted("# Analyst\n\nWe code `a` and want a chairman `x`\n", "markdown", "gendered.title", "Allow");
    assert!(finds(&after, "gendered.title").is_empty(), "{text}");
}

#[test]
fn what_is_missing_from_the_whole_is_allowed_for_the_whole() {
    let (text, after) = acted(ADVERT_WITHOUT_PAY, "markdown", "omission.salary", "Allow omission.salary in this document");
    assert!(text.starts_with("<!-- jdlint: allow-file omission.salary: because … -->"), "{text}");
    assert!(finds(&after, "omission.salary").is_empty(), "{after:#}");
}

const ADVERT_WITHOUT_PAY: &str = "# Receptionist\n\nJoin our team at the surgery. We are looking for a receptionist, full-time, permanent.\n\n## Essential\n\n- A friendly manner\n\n## How to apply\n\nSend your CV by 1 March.\n\n## Benefits\n\nA pension.\n";

#[test]
fn a_criterion_becomes_desirable() {
    let title = "Make this criterion desirable";
    let (text, _) =
        acted("# Analyst\n\n## Essential\n\n* Tact\n* A degree\n  in law\n\n## Desirable\n\n- French\n\nThe end.\n", "markdown", "prerequisite.degree", title);
    assert_eq!(text, "# Analyst\n\n## Essential\n\n* Tact\n\n## Desirable\n\n- French\n- A degree\n  in law\n\nThe end.\n");
    let (text, _) = acted(HTML, "html", "prerequisite.degree", title);
    assert!(text.contains("<ul><li>5 years&rsquo; experience 🍰</li></ul>") && text.contains("<ul><li>French</li><li>A degree</li></ul>"), "{text}");
    let (text, _) = acted("Analyst\r\n\r\nEssential:\r\n- A degree\r\n- Tact\r\n\r\nDesirable:\r\n- French", "plaintext", "prerequisite.degree", title);
    assert_eq!(text, "Analyst\r\n\r\nEssential:\r\n- Tact\r\n\r\nDesirable:\r\n- French\r\n- A degree");
}

#[test]
fn a_panic_or_nonsense_does_not_end_the_server() {
    let mut editor = Editor::start(Units::Utf16, json!({}), json!({}));
    editor.raw(b"Content-Length: 5\r\n\r\n{oops");
    assert_eq!(editor.answer(&Value::Null)["error"]["code"], -32700);
    editor.raw(b"Content-Length: 13\r\n\r\n{\"jsonrpc\":1}");
    assert_eq!(editor.answer(&Value::Null)["error"]["code"], -32600);
    let nonsense = editor.ask("textDocument/hover", &json!({ "textDocument": 3 }));
    assert_eq!(nonsense["error"]["code"], -32602);
    let unknown = editor.ask("textDocument/astrology", &json!({}));
    assert_eq!(unknown["error"]["code"], -32601);
    // Positions that are not there.
    let report = editor.open("untitled:x", "markdown", "A chairman é");
    assert_eq!(finds(&report, "gendered.title").len(), 1);
    let far = json!({ "start": { "line": 9, "character": 9 }, "end": { "line": 3, "character": 1 } });
    editor.change("untitled:x", 2, &json!([{ "range": far, "text": "\nA salesman" }]));
    assert_eq!(finds(&editor.diagnostics("untitled:x", 2), "gendered.title").len(), 2);
    let hover = editor.ask("textDocument/hover", &json!({ "textDocument": { "uri": "untitled:x" }, "position": { "line": 99, "character": 99 } }));
    assert_eq!(hover["result"], Value::Null);
    editor.stop();
}

const WARNING: u64 = 2;
const NOTE: u64 = 3;

/// A folder that is open as a workspace.
struct Workspace {
    folder: tempfile::TempDir,
}

impl Workspace {
    fn new(files: &[(&str, &str)]) -> Workspace {
        let workspace = Workspace { folder: tempfile::tempdir().expect("a folder") };
        files.iter().for_each(|(name, text)| workspace.write(name, text));
        workspace
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).and_then(|()| std::fs::write(&path, text)).expect("the folder can be written");
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.folder.path().join(name).display())
    }

    fn start(&self, capabilities: Value, options: Value) -> Editor {
        let folders = json!([{ "uri": self.uri(""), "name": "adverts" }]);
        Editor::start(Units::Utf16, capabilities, json!({ "workspaceFolders": folders, "initializationOptions": options }))
    }
}

const SHORT: &str = "# Analyst\n\nThe chairman is young.\n\n## Essential\n\n- A degree\n";

#[test]
fn a_config_counts_as_soon_as_it_is_typed_and_its_mistakes_are_shown() {
    let workspace = Workspace::new(&[("jdlint.toml", "ignore = ['gendered.title']\n"), ("a.md", SHORT)]);
    let mut editor = workspace.start(json!({}), json!({}));
    let (advert, config) = (workspace.uri("a.md"), workspace.uri("jdlint.toml"));
    assert!(finds(&editor.open(&advert, "markdown", SHORT), "gendered.title").is_empty());
    let faults = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"].as_str().is_some_and(|u| u.ends_with("jdlint.toml"));
    editor.tell(
        "textDocument/didOpen",
        &json!({ "textDocument": { "uri": config, "languageId": "toml", "version": 1, "text": "ignore = ['gendered.titel']\n" } }),
    );
    let told = editor.wait(faults);
    assert_eq!(diagnostics_of(&told)[0]["range"]["start"], json!({ "line": 0, "character": 10 }));
    assert!(diagnostics_of(&told)[0]["message"].as_str().is_some_and(|m| m.contains("did you mean “gendered.title”?")), "{told:#}");
    editor.change(&config, 2, &json!([{ "text": "ignore = ['prerequisite']\n" }]));
    assert_eq!(diagnostics_of(&editor.wait(faults)), &[] as &[Value]);
    editor.change(&advert, 2, &json!([]));
    let report = editor.diagnostics(&advert, 2);
    assert_eq!(finds(&report, "gendered.title").len(), 1);
    assert_eq!(finds(&report, "prerequisite.degree").len(), 0);
    editor.stop();
}

#[test]
fn a_config_and_its_house_rules_are_read_again_when_they_change() {
    let rule = "format = 1\nextends = \"gendered.title\"\n[[entry]]\nfind = [\"parish squire\"]\nsuggest = [\"parish councillor\"]\n";
    let text = "# Clerk\n\nThe parish squire decides.\n";
    let workspace =
        Workspace::new(&[("jdlint.toml", "rules = ['house']\n"), ("house/title.toml", "format = 1\nextends = \"gendered.title\"\nseverity = \"info\"\n")]);
    let mut editor = workspace.start(json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } }), json!({}));
    let asked = editor.wait(|m| m["method"] == "client/registerCapability");
    assert!(asked["params"]["registrations"][0]["registerOptions"]["watchers"].to_string().contains("**/*.toml"), "{asked:#}");
    editor.reply(&asked, Value::Null);
    let advert = workspace.uri("a.md");
    assert!(finds(&editor.open(&advert, "markdown", text), "gendered.title").is_empty());
    workspace.write("house/title.toml", rule);
    editor.tell("workspace/didChangeWatchedFiles", &json!({ "changes": [{ "uri": workspace.uri("house/title.toml"), "type": 2 }] }));
    let of_text = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == advert;
    assert_eq!(finds(&editor.wait(of_text), "gendered.title").len(), 1);
    // A broken rule is told in its file, and what held before holds on.
    workspace.write("house/title.toml", &rule.replace("find =", "fnd ="));
    editor.tell("workspace/didChangeWatchedFiles", &json!({ "changes": [{ "uri": workspace.uri("house/title.toml"), "type": 2 }] }));
    let told = editor.wait(|m| m["params"]["uri"].as_str().is_some_and(|u| u.ends_with("house/title.toml")));
    assert!(diagnostics_of(&told).iter().any(|d| d["range"]["start"]["line"] == 3), "{told:#}");
    assert_eq!(finds(&editor.wait(of_text), "gendered.title").len(), 1);
    editor.stop();
}

#[test]
fn each_root_has_its_own_config() {
    let workspace = Workspace::new(&[("uk/jdlint.toml", "select = ['gendered']\n"), ("ie/jdlint.toml", "select = ['prerequisite']\n")]);
    let folders = json!(["uk", "ie"].map(|name| json!({ "uri": workspace.uri(name), "name": name })));
    let mut editor = Editor::start(Units::Utf16, json!({}), json!({ "workspaceFolders": folders }));
    let rules = |report: Value| diagnostics_of(&report).iter().map(|d| d["code"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    assert_eq!(rules(editor.open(&workspace.uri("uk/a.md"), "markdown", SHORT)), ["gendered.title"]);
    assert_eq!(rules(editor.open(&workspace.uri("ie/a.md"), "markdown", SHORT)), ["prerequisite.degree"]);
    editor.stop();
}

/// Reading a pipe that nobody writes to never ends.
#[cfg(unix)]
#[test]
fn pipes_in_a_workspace_are_not_waited_for() {
    let workspace = Workspace::new(&[("a.md", SHORT), ("part/b.md", SHORT)]);
    for name in [".gitignore", "part/.ignore", "pipe.md"] {
        assert!(std::process::Command::new("mkfifo").arg(workspace.folder.path().join(name)).status().expect("it starts").success());
    }
    let mut editor = workspace.start(json!({ "textDocument": { "diagnostic": {} } }), json!({ "workspace": true }));
    let answer = editor.ask("workspace/diagnostic", &json!({ "previousResultIds": [] }));
    let items = answer["result"]["items"].as_array().cloned().unwrap_or_default();
    let found: Vec<_> = items.iter().map(|item| (item["uri"].as_str().unwrap_or(""), item["items"].as_array().is_some_and(|i| !i.is_empty()))).collect();
    assert_eq!(found, [(workspace.uri("a.md").as_str(), true), (workspace.uri("part/b.md").as_str(), true)], "{answer:#}");
}

#[test]
fn a_readme_is_left_alone_unless_it_is_included() {
    let readme = concat!(include_str!("../CONTRIBUTING.md"), "\nThanks to our chairman.\n");
    let workspace = Workspace::new(&[]);
    let mut editor = workspace.start(json!({}), json!({ "status": true }));
    assert_eq!(diagnostics_of(&editor.open(&workspace.uri("README.md"), "markdown", readme)), &[] as &[Value]);
    let status = editor.wait(|m| m["method"] == "jdlint/status");
    assert!(status["params"]["leftAlone"].as_str().is_some_and(|why| why.contains("no job advert")), "{status:#}");
    assert_eq!(diagnostics_of(&editor.open(&workspace.uri("main.rs"), "rust", "// The chairman is young.")), &[] as &[Value]);
    workspace.write("jdlint.toml", "include = ['README.md']\n");
    editor.tell("textDocument/didSave", &json!({ "textDocument": { "uri": workspace.uri("README.md") } }));
    let report = editor.wait(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == workspace.uri("README.md"));
    assert_eq!(finds(&report, "gendered.title").len(), 1, "{report:#}");
    editor.stop();
}

#[test]
fn a_short_readme_is_left_alone_and_a_sentence_that_somebody_tries_is_not() {
    let readme = "# parser\n\nIts author is a rockstar.\n\n## Installation\n\n```sh\nnpm install parser\n```\n\n## Usage\n\nCall `parse(text)`.\n";
    let workspace = Workspace::new(&[]);
    let mut editor = workspace.start(json!({}), json!({}));
    assert_eq!(diagnostics_of(&editor.open(&workspace.uri("README.md"), "markdown", readme)), &[] as &[Value]);
    assert_eq!(finds(&editor.open(&workspace.uri("try.md"), "markdown", "A rockstar, for our next job.\n"), "exclusionary.culture").len(), 1);
    editor.stop();
}

#[test]
fn a_rule_is_switched_off_in_a_config_that_is_made() {
    let workspace = Workspace::new(&[("sub/a.md", SHORT)]);
    let mut editor = workspace.start(json!({}), json!({}));
    let uri = workspace.uri("sub/a.md");
    let report = editor.open(&uri, "markdown", SHORT);
    let place = finds(&report, "gendered.title")[0]["range"].clone();
    let actions = editor.actions(&uri, &place);
    let action = actions.iter().find(|a| a["title"] == "Switch gendered.title off in jdlint.toml").expect("it is offered");
    let changes = editor.resolve(action)["edit"]["documentChanges"].clone();
    assert_eq!(changes[0], json!({ "kind": "create", "uri": workspace.uri("jdlint.toml"), "options": { "ignoreIfExists": true } }));
    assert_eq!(changes[1]["edits"][0]["newText"], "ignore = [\"gendered.title\"]\n");
    editor.stop();
}

#[test]
fn an_unsaved_description_bears_out_what_the_specification_asks() {
    let specification = "# Clerk\n\n## Essential\n\n- A full driving licence\n";
    let description = "# Clerk\n\n## Duties\n\n- Answer the telephone\n- Deliver the post\n";
    let workspace = Workspace::new(&[("clerk specification.md", specification), ("clerk description.md", "# Clerk\n\n## Duties\n\n- Answer letters\n")]);
    let name = |part: &str| workspace.uri(&format!("clerk%20{part}.md"));
    let mut editor = workspace.start(json!({}), json!({}));
    assert_eq!(finds(&editor.open(&name("specification"), "markdown", specification), "prerequisite.driving")[0]["severity"], WARNING);
    editor.open(&name("description"), "markdown", "# Clerk\n\n## Duties\n\n- Answer letters\n");
    let driving = description.replace("Deliver the post", "Drive the van to customers every day");
    editor.change(&name("description"), 2, &json!([{ "text": driving }]));
    let of_specification = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == name("specification");
    editor.wait(|m| of_specification(m) && finds(m, "prerequisite.driving")[0]["severity"] == NOTE);
    // Closed unsaved, the file counts again; and changed by somebody else, it counts as it is then.
    editor.tell("textDocument/didClose", &json!({ "textDocument": { "uri": name("description") } }));
    editor.wait(|m| of_specification(m) && finds(m, "prerequisite.driving")[0]["severity"] == WARNING);
    workspace.write("clerk description.md", &driving);
    editor.tell("workspace/didChangeWatchedFiles", &json!({ "changes": [{ "uri": name("description"), "type": 2 }] }));
    editor.wait(|m| of_specification(m) && finds(m, "prerequisite.driving")[0]["severity"] == NOTE);
    editor.stop();
}

#[test]
fn what_is_open_together_is_read_as_the_editor_takes_it() {
    let specification = "# Clerk\n\n## Essential\n\n- A full driving licence\n";
    let description = "<h1>Clerk</h1><h2>Duties</h2><ul><li>Answer letters</li><li>Drive the van to customers every day</li></ul>";
    let workspace = Workspace::new(&[("clerk specification.md", specification)]);
    let mut editor = workspace.start(json!({}), json!({}));
    let uri = workspace.uri("clerk%20specification.md");
    assert_eq!(finds(&editor.open(&uri, "markdown", specification), "prerequisite.driving")[0]["severity"], WARNING);
    // Never saved, and its name says nothing of HTML; nor does “.txt” of the other.
    for name in ["clerk%20description", "clerk%20description.txt"] {
        editor.open(&workspace.uri(name), "html", description);
        let of_specification = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri;
        editor.wait(|m| of_specification(m) && finds(m, "prerequisite.driving")[0]["severity"] == NOTE);
        editor.tell("textDocument/didClose", &json!({ "textDocument": { "uri": workspace.uri(name) } }));
        editor.wait(|m| of_specification(m) && finds(m, "prerequisite.driving")[0]["severity"] == WARNING);
    }
    editor.stop();
}

#[test]
fn the_word_that_is_pointed_at_comes_before_the_sentence_around_it() {
    let long = "We want a chairman who ".to_owned() + &"goes on and on about the many things of each day and ".repeat(4) + "stops.\n";
    let text = format!("# Analyst\n\n{long}");
    let mut editor = Editor::start(Units::Utf16, json!({}), json!({}));
    let report = editor.open("untitled:long", "markdown", &text);
    assert_eq!(finds(&report, "readability.sentence").len(), 1, "{report:#}");
    let place = finds(&report, "gendered.title")[0]["range"].clone();
    let hover = editor.ask("textDocument/hover", &json!({ "textDocument": { "uri": "untitled:long" }, "position": place["start"] }));
    let said = hover["result"]["contents"]["value"].as_str().unwrap_or_default();
    assert!(said.find("gendered.title") < said.find("readability.sentence"), "{said}");
    let titles: Vec<String> = editor.actions("untitled:long", &place).iter().map(|a| a["title"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(titles[0], "Write “chair”");
    let last_rewrite = titles.iter().rposition(|t| t.starts_with("Write"));
    assert!(last_rewrite < titles.iter().position(|t| t.starts_with("Allow")), "{titles:#?}");
    editor.stop();
}

#[test]
fn an_override_of_a_path_counts_for_that_path_also_in_what_is_done_about_findings() {
    let config = "ignore = ['gendered']\n[[override]]\nfiles = ['board/']\nselect = ['gendered']\nignore = []\n";
    let workspace = Workspace::new(&[("jdlint.toml", config)]);
    let mut editor = workspace.start(json!({}), json!({}));
    let text = "# Analyst\n\nThe chairman is young.\n";
    assert!(finds(&editor.open(&workspace.uri("a.md"), "markdown", text), "gendered.title").is_empty());
    let uri = workspace.uri("board/a.md");
    let report = editor.open(&uri, "markdown", text);
    let place = finds(&report, "gendered.title").first().unwrap_or_else(|| panic!("it is found: {report:#}"))["range"].clone();
    let actions = editor.actions(&uri, &place);
    let allow = actions.iter().find(|a| a["title"].as_str().is_some_and(|t| t.starts_with("Allow"))).expect("it is offered");
    let mut mirror = Mirror::new(text, Units::Utf16);
    mirror.apply(&editor.resolve(allow)["edit"]);
    assert!(mirror.text().contains("jdlint: allow gendered.title"), "{}", mirror.text());
    editor.stop();
}
