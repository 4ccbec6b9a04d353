//! Settings from several places: which is the strongest, what extends what, what is said of mistakes, and what `init` writes.

use std::fs;
use std::path::Path;
use std::process::Command;

struct Folder(tempfile::TempDir);

struct Ran {
    code: Option<i32>,
    out: String,
    said: String,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder can be made"));
        files.iter().for_each(|(name, text)| folder.write(name, text));
        folder
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect("it is there")
    }

    fn run(&self, args: &[&str]) -> Ran {
        run(self.0.path(), args)
    }

    /// What holds for a file: each key with its values, and who says the last of them.
    fn holds(&self, args: &[&str]) -> impl Fn(&str) -> (Vec<String>, String) + use<> {
        let ran = self.run(&[&["config", "--format", "json"], args].concat());
        let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("it is JSON: {}{}", ran.out, ran.said));
        let settings = told["settings"].as_array().expect("settings").clone();
        move |key: &str| {
            let rows: Vec<_> = settings.iter().filter(|row| row["key"] == key).collect();
            let values = rows.iter().map(|row| row["value"].as_str().expect("a text").to_owned()).collect();
            let from = rows.last().map_or(String::new(), |row| match &row["from"] {
                serde_json::Value::String(who) => who.clone(),
                from if from["files"].is_array() => format!("override {}:{}", from["config"].as_str().expect("a name"), from["line"]),
                from => format!("{}:{}", from["config"].as_str().expect("a name"), from["line"]),
            });
            (values, from)
        }
    }
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_jdlint")).current_dir(folder).args(args).output().expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran { code: output.status.code(), out: text(&output.stdout), said: text(&output.stderr) }
}

/// The places that set something, the weakest first, and what each sets.
const PLACES: [(&str, &str, &str, &str); 5] = [
    ("org.toml", "uk", "info", "gendered"),
    ("team.toml", "us", "warning", "exclusionary"),
    ("jdlint.toml", "ie", "error", "prerequisite"),
    ("override", "ca", "info", "omission"),
    ("command line", "au", "error", "readability"),
];

#[test]
fn the_strongest_place_that_sets_something_is_heard() {
    for present in 1_u32..32 {
        let has = |place: usize| present & (1 << place) != 0;
        let body = |place: usize| {
            let (_, jurisdiction, fail_on, select) = PLACES[place];
            if has(place) { format!("jurisdiction = \"{jurisdiction}\"\nfail-on = \"{fail_on}\"\nselect = [\"{select}\"]\n") } else { String::new() }
        };
        let folder = Folder::new(&[
            ("org.toml", &body(0)),
            ("team.toml", &format!("extends = \"org.toml\"\n{}", body(1))),
            ("jdlint.toml", &format!("extends = [\"team.toml\"]\n{}[[override]]\nfiles = \"adverts/\"\n{}", body(2), body(3))),
        ]);
        let (_, jurisdiction, fail_on, select) = PLACES[4];
        let line = ["--jurisdiction", jurisdiction, "--fail-on", fail_on, "--select", select];
        let holds = folder.holds(&[&["adverts/a.md"][..], if has(4) { &line[..] } else { &[] }].concat());
        let strongest = (0..5).rev().find(|place| has(*place)).expect("one is present");
        let (name, jurisdiction, fail_on, select) = PLACES[strongest];
        let from = |key: &str| holds(key).1.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(':').to_owned();
        let name = if name == "override" { "override jdlint.toml" } else { name };
        assert_eq!(
            [holds("jurisdiction").0, holds("fail-on").0, holds("select").0],
            [[jurisdiction], [fail_on], [select]].map(|v| v.map(str::to_owned)),
            "{present:05b}"
        );
        assert_eq!([from("jurisdiction"), from("fail-on"), from("select")], [name; 3], "{present:05b}");
    }
}

#[test]
fn origins_name_their_line() {
    let folder = Folder::new(&[(
        "jdlint.toml",
        "# ours\njurisdiction = \"ie\"\nignore = [\n  \"readability\",\n]\n[[override]]\nfiles = [\"*.txt\"]\nseverity.gendered.title = \"error\"\n",
    )]);
    let holds = folder.holds(&["a.txt"]);
    assert_eq!(holds("jurisdiction"), (vec!["ie".to_owned()], "jdlint.toml:2".to_owned()));
    assert_eq!(holds("ignore"), (vec!["readability".to_owned()], "jdlint.toml:4".to_owned()));
    assert_eq!(holds("severity"), (vec!["gendered.title = error".to_owned()], "override jdlint.toml:8".to_owned()));
    assert_eq!(holds("fail-on"), (vec!["warning".to_owned()], "default".to_owned()));
    assert_eq!(folder.holds(&["a.md"])("severity").0, Vec::<String>::new());
    let shown = folder.run(&["config", "a.txt"]).out;
    assert!(shown.contains("severity      gendered.title = error  jdlint.toml:8, for *.txt"), "{shown}");
    assert!(folder.run(&["config", "--no-config", "a.txt"]).out.starts_with("No jdlint.toml speaks for this; `jdlint init` writes one."));
}

#[test]
fn what_is_ignored_stays_so_unless_it_is_selected_by_name() {
    let folder = Folder::new(&[
        ("org.toml", "ignore = [\"readability\", \"gendered.title\", \"prerequisite.years\"]\n"),
        ("jdlint.toml", "extends = \"org.toml\"\nselect = [\"gendered\", \"readability\", \"prerequisite.years\"]\nignore = [\"gendered.pronoun\"]\n"),
    ]);
    assert_eq!(folder.holds(&[])("ignore").0, ["gendered.title", "gendered.pronoun"]);
}

#[test]
fn an_override_is_heard_by_its_files_alone() {
    let advert = "# Clerk\n\nWe need a chairman.\n\n## How to apply\n\nApply by email by 1 May.\n";
    let folder = Folder::new(&[
        (
            "jdlint.toml",
            "select = [\"gendered\"]\n[[override]]\nfiles = [\"legal/\"]\nignore = [\"gendered.title\"]\n[[override]]\nfiles = \"*-loud.md\"\nseverity.gendered = \"error\"\nfail-on = \"error\"\n",
        ),
        ("legal/a.md", advert),
        ("legal/b-loud.md", advert),
        ("other/c.md", advert),
        ("other/d-loud.md", advert),
    ]);
    let ran = folder.run(&["check", "--format", "json", "."]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let severities: Vec<_> = report["files"].as_array().expect("files").iter().map(|f| f["findings"][0]["severity"].as_str().unwrap_or("")).collect();
    assert_eq!(severities, ["", "", "warning", "error"]);
    assert_eq!(folder.run(&["check", "--ignore", "gendered", "."]).code, Some(0));
    assert_eq!(run(&folder.0.path().join("other"), &["check", "d-loud.md"]).code, Some(1), "from the config's folder on, wherever one stands");
}

#[test]
fn house_rules_and_globs_of_an_organisation_are_shared() {
    let rule = include_str!("cli/house/chairman.toml");
    let advert = "# Clerk\n\nWe need a chairman.\n\n## How to apply\n\nApply by email by 1 May.\n";
    let folder = Folder::new(&[
        ("org/jdlint.toml", "rules = [\"rules/*.toml\"]\nselect = [\"house\"]\nexclude = [\"drafts/\"]\ninclude = [\"*.md\"]\n"),
        ("org/rules/chairman.toml", rule),
        ("team/jdlint.toml", "extends = \"../org\"\nexclude = [\"old/\"]\n"),
        ("team/a.md", advert),
        ("team/drafts/b.md", advert),
        ("team/old/c.md", advert),
        ("team/d.txt", advert),
    ]);
    let ran = run(&folder.0.path().join("team"), &["check", "--format", "json", "."]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.said));
    let files = report["files"].as_array().expect("files");
    assert_eq!(files.len(), 1, "{}", ran.out);
    assert_eq!(files[0]["findings"][0]["rule"], "house.chairman");
}

#[test]
fn what_extends_wrongly_is_told_with_its_place() {
    for (files, said) in [
        (
            &[("jdlint.toml", "extends = [\"a.toml\"]\n"), ("a.toml", "extends = \"b.toml\"\n"), ("b.toml", "\nextends = \"jdlint.toml\"\n")][..],
            &["this goes in a circle: jdlint.toml → a.toml → b.toml → jdlint.toml", "b.toml:2:11"][..],
        ),
        (&[("jdlint.toml", "extends = \"jdlint.toml\"\n")], &["this goes in a circle: jdlint.toml → jdlint.toml", "jdlint.toml:1:11"]),
        (&[("jdlint.toml", "select = [\"gendered\"]\nextends = \"nowhere.toml\"\n")], &["there is no such file", "jdlint.toml:2:11"]),
        (&[("jdlint.toml", "extends = \"https://example.org/jdlint.toml\"\n")], &["nothing is fetched from the network", "Keep a copy of that file here"]),
        (
            &[("jdlint.toml", "extends = \"a.toml\"\n"), ("a.toml", "selcet = [\"gendered\"]\n")],
            &["there is no key “selcet” here", "a.toml:1:1", "did you mean “select”?"],
        ),
        (
            &[("jdlint.toml", "extends = \"a.toml\"\n"), ("a.toml", "[[override]]\nfiles = \"x\"\nignore = \"gendered.titel\"\n")],
            &["there is no rule or group “gendered.titel”", "a.toml:3:10", "did you mean “gendered.title”?"],
        ),
    ] {
        let folder = Folder::new(files);
        folder.write("a.md", "# Clerk\n");
        let ran = folder.run(&["check", "a.md"]);
        assert_eq!(ran.code, Some(2));
        said.iter().for_each(|said| assert!(ran.said.contains(said), "{said}: {}", ran.said));
    }
}

#[test]
fn a_config_may_be_reached_twice() {
    let folder = Folder::new(&[
        ("jdlint.toml", "extends = [\"a.toml\", \"b.toml\"]\n"),
        ("a.toml", "extends = \"org.toml\"\nfail-on = \"info\"\n"),
        ("b.toml", "extends = \"./sub/../org.toml\"\njurisdiction = \"us\"\n"),
        ("org.toml", "jurisdiction = \"eu\"\nfail-on = \"error\"\n"),
        ("sub/.keep", ""),
    ]);
    let holds = folder.holds(&[]);
    assert_eq!((holds("jurisdiction").1, holds("fail-on").1), ("b.toml:2".to_owned(), "a.toml:2".to_owned()));
}

#[test]
fn init_looks_at_what_is_there_and_replaces_nothing() {
    let folder = Folder::new(&[
        ("adverts/a.md", "# Clerk\n\nOur chairman works in Dublin, Ireland, and is paid €30,000 a year. Apply by email.\n"),
        ("adverts/b.txt", "Clerk\n\nSalary €30,000 a year. Our office is in Cork, Ireland. Apply by email.\n"),
        ("house/chairman.toml", include_str!("cli/house/chairman.toml")),
    ]);
    let ran = folder.run(&["init"]);
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), ""));
    assert!(ran.out.starts_with("Wrote jdlint.toml, after a look at 2 documents."), "{}", ran.out);
    let written = folder.read("jdlint.toml");
    assert!(
        written.starts_with("#:schema https://") && written.contains("\njurisdiction = \"ie\"\n") && written.contains("\nrules = [\"house\"]\n"),
        "{written}"
    );
    assert!(written.contains("1 Markdown file, 1 text file") && written.contains("files = [\"adverts/\"]"), "{written}");
    assert_eq!(folder.run(&["check", "."]).code, Some(1), "the house rule is found and speaks");
    let again = folder.run(&["init"]);
    assert!(again.code == Some(2) && again.said.contains("jdlint.toml: this folder has a config already"), "{}", again.said);
    assert_eq!(folder.read("jdlint.toml"), written);
    assert_eq!(folder.run(&["init", "adverts"]).code, Some(0));
    assert!(folder.read("adverts/jdlint.toml").contains("\nextends = [\"../jdlint.toml\"]\n"), "the one above is not lost");
    assert_eq!(folder.holds(&["adverts/a.md"])("rules").1, "jdlint.toml:23");
    assert!(folder.run(&["init", "nowhere"]).said.contains("nowhere: there is no such folder"));
}

#[cfg(unix)]
#[test]
fn a_written_config_can_be_read_by_colleagues() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new(&[]);
    folder.write("umask", "");
    folder.run(&["init"]);
    let mode = |name: &str| fs::metadata(folder.0.path().join(name)).expect("it is there").permissions().mode();
    assert_eq!(mode("jdlint.toml"), mode("umask"));
}

#[test]
fn every_key_is_told_in_the_documentation() {
    use jdlint::config::format::{ALLOW, CONFIG, PATHS, SETTINGS};
    let page = include_str!("../docs/config.md");
    for key in [CONFIG, SETTINGS, PATHS, ALLOW].into_iter().flatten() {
        let told = [format!("\n{} = ", key.name), format!("\n[{}]", key.name), format!("\n[[{}]]", key.name)];
        assert!(told.iter().any(|t| page.contains(t.as_str())), "docs/config.md does not tell of “{}”", key.name);
    }
    let (_, toml) = page.split_once("```toml\n").expect("it shows a config");
    let (toml, _) = toml.split_once("```").expect("it ends");
    assert_eq!(jdlint::config::Config::parse("docs/config.md", toml).1, [], "what it shows is right");
}
