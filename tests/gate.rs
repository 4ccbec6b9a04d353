//! The gate in a recruitment repository: old adverts stay as they are, and nothing new slips in. With a real git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A repository in a folder of its own.
struct Repository {
    folder: tempfile::TempDir,
}

/// How a run ended.
struct Ran {
    code: Option<i32>,
    out: String,
    said: String,
}

const OLD: &str = "# Board Member\n\nThe chairman leads our board of trustees and speaks for the charity in public, and he chairs its meetings.\n\n\
    ## Essential criteria\n\n- A degree in law\n- A head for figures\n\n## How to apply\n\nApply by email by 1 May.\n";
const FOREMAN: &str = "# Team Lead\n\nWe need a foreman for our site.\n\n## How to apply\n\nApply by email by 1 May.\n";
const NEW: &str =
    "# Caretaker\n\nWe need a handyman for our halls.\n\n## Essential criteria\n\n- A salesman's patience\n\n## How to apply\n\nApply by email by 1 May.\n";

impl Repository {
    /// A repository with two old adverts, three findings, and a config, all committed on `main`.
    fn new() -> Repository {
        let repository = Repository { folder: tempfile::tempdir().expect("a folder can be made") };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.write("jdlint.toml", "select = [\"gendered.title\", \"prerequisite.degree\"]\n");
        repository.write("adverts/board.md", OLD);
        repository.write("adverts/site.md", FOREMAN);
        repository.commit("Old adverts");
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("it is there")
    }

    fn git(&self, args: &[&str]) {
        git(self.folder.path(), args);
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    fn run(&self, args: &[&str]) -> Ran {
        jdlint(self.folder.path(), args)
    }

    /// The words of the findings of a check, and how it ended.
    fn check(&self, args: &[&str]) -> (Vec<String>, Ran) {
        let ran = self.run(&[&["check", "--format", "json"], args].concat());
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("it is JSON: {}{}", ran.out, ran.said));
        let files = report["files"].as_array().expect("files").iter();
        let words = files.flat_map(|f| f["findings"].as_array().expect("findings")).map(|f| f["text"].as_str().expect("text").to_owned());
        (words.collect(), ran)
    }
}

fn git(folder: &Path, args: &[&str]) {
    let who = ["-c", "user.name=Anna", "-c", "user.email=anna@example.org", "-c", "protocol.file.allow=always"];
    let output = Command::new("git").current_dir(folder).args(who).args(args).output().expect("git is installed");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn jdlint(folder: &Path, args: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_jdlint")).current_dir(folder).args(args).output().expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran { code: output.status.code(), out: text(&output.stdout), said: text(&output.stderr) }
}

#[test]
fn from_monday_to_tuesday() {
    let team = Repository::new();
    // Monday: the old adverts are written down, and break no build.
    let written = team.run(&["baseline"]);
    assert_eq!((written.code, written.said.as_str()), (Some(0), "jdlint: jdlint-baseline.json: 3 findings in 2 files; 3 new, 0 gone\n"));
    let (found, ran) = team.check(&["--baseline", "."]);
    assert_eq!((found, ran.code), (vec![], Some(0)));
    assert!(ran.out.contains("\"known\":3"), "{}", ran.out);
    team.commit("Baseline");
    // Tuesday: a new advert with two findings does not get in, and nothing else is spoken of.
    team.git(&["switch", "--quiet", "--create", "caretaker"]);
    team.write("adverts/caretaker.md", NEW);
    let (found, ran) = team.check(&["--baseline", "."]);
    assert_eq!((found, ran.code), (vec!["handyman".to_owned(), "salesman".to_owned()], Some(1)));
    // One is mended, the other accepted with a reason.
    let accepted = NEW.replace("handyman", "caretaker").replace("- A sales", "<!-- jdlint: allow gendered.title: a quotation from the play -->\n\n- A sales");
    team.write("adverts/caretaker.md", &accepted);
    let (found, ran) = team.check(&["--baseline", "."]);
    assert_eq!((found, ran.code), (vec![], Some(0)));
    assert!(ran.out.contains("\"suppressed\":1"), "{}", ran.out);
    // An old paragraph is wrapped anew, below a new line: it is still the old one.
    let wrapped = OLD
        .replace("# Board Member\n", "# Board Member\n\nOur charity is two hundred years old.\n")
        .replace("of trustees and speaks", "of\ntrustees and\nspeaks");
    team.write("adverts/board.md", &wrapped);
    assert_eq!(team.check(&["--baseline", "."]).0, Vec::<String>::new());
    // What is mended is told, and the baseline shrinks when it is asked to.
    team.write("adverts/site.md", &FOREMAN.replace("foreman", "supervisor"));
    let before = team.read("jdlint-baseline.json");
    let (_, ran) = team.check(&["--baseline", "."]);
    assert!(ran.said.contains("adverts/site.md: no longer found: gendered.title “foreman”"), "{}", ran.said);
    assert!(ran.said.contains("1 finding of jdlint-baseline.json no longer found; `jdlint baseline --shrink` takes them out"), "{}", ran.said);
    assert_eq!(team.read("jdlint-baseline.json"), before, "a check writes nothing");
    let shrunk = team.run(&["baseline", "--shrink"]);
    assert_eq!(shrunk.said, "jdlint: jdlint-baseline.json: 2 findings in 1 file; 0 new, 1 gone\n");
    team.write("adverts/site.md", FOREMAN);
    assert_eq!(team.check(&["--baseline", "."]).0, ["foreman"], "what was mended cannot come back");
}

#[test]
fn shrinking_never_adds() {
    let team = Repository::new();
    team.run(&["baseline"]);
    team.write("adverts/caretaker.md", NEW);
    assert!(team.run(&["baseline", "--shrink"]).said.contains("3 findings in 2 files; 0 new, 0 gone"));
    assert_eq!(team.check(&["--baseline", "."]).0, ["handyman", "salesman"]);
    assert!(team.run(&["baseline"]).said.contains("5 findings in 3 files; 2 new, 0 gone"), "without --shrink it is written anew");
}

#[test]
fn a_moved_file_keeps_its_past_and_a_copy_does_not_share_it() {
    let team = Repository::new();
    team.run(&["baseline"]);
    team.git(&["mv", "adverts/board.md", "trustee.md"]);
    let (found, ran) = team.check(&["--baseline", "."]);
    assert_eq!((found, ran.said.as_str()), (vec![], ""));
    team.write("copy.md", OLD);
    assert_eq!(team.check(&["--baseline", "."]).0.len(), 2, "one of the two is new");
    fs::remove_file(team.path("copy.md")).expect("it can be removed");
    team.run(&["baseline", "--shrink"]);
    assert!(team.read("jdlint-baseline.json").contains("\"trustee.md\""));
    fs::remove_file(team.path("trustee.md")).expect("it can be removed");
    let ran = team.check(&["--baseline", "."]).1;
    assert!(ran.said.contains("trustee.md: no longer found"), "{}", ran.said);
    assert_eq!(team.check(&["--baseline", "adverts"]).1.said, "", "who checks another folder hears nothing of it");
}

#[test]
fn a_run_by_some_rules_does_not_call_the_others_mended() {
    let team = Repository::new();
    team.run(&["baseline"]);
    assert_eq!(team.check(&["--baseline", "--select", "prerequisite", "."]).1.said, "");
    team.write("jdlint.toml", "select = [\"prerequisite\"]\n");
    assert!(team.run(&["baseline", "--shrink"]).said.contains("3 findings in 2 files; 0 new, 0 gone"), "a rule that was switched off may come back");
}

#[test]
fn a_baseline_that_is_none_is_told() {
    let team = Repository::new();
    let said = |args: &[&str]| {
        let ran = team.run(args);
        assert_eq!(ran.code, Some(2), "{}", ran.said);
        ran.said
    };
    assert!(said(&["check", "--baseline", "."]).contains("jdlint-baseline.json: there is no baseline yet; `jdlint baseline` writes one"));
    assert!(said(&["baseline", "--shrink"]).contains("there is no baseline yet"));
    team.write("old.json", "{\n  \"version\": 1,\n  \"files\": []\n}\n");
    assert!(said(&["check", "--baseline-file", "old.json", "."]).contains("old.json: line 3: this is no baseline"));
    assert!(said(&["baseline", "--baseline-file", "old.json"]).contains("old.json: line 3"), "it is not overwritten either");
    team.write("new.json", "{\"version\": 7}");
    assert!(said(&["check", "--baseline-file", "new.json", "."]).contains("new.json: this baseline is of version 7"));
}

#[test]
fn a_baseline_in_a_folder_of_its_own_names_files_from_there() {
    let team = Repository::new();
    team.write("ci/.keep", "");
    team.run(&["baseline", "--baseline-file", "ci/base.json", "."]);
    assert!(team.read("ci/base.json").contains("\"../adverts/board.md\""));
    let inside = jdlint(&team.path("adverts"), &["check", "--baseline-file", "../ci/base.json", "board.md"]);
    assert!(inside.out.contains("2 findings known from the baseline"), "{}", inside.out);
}

#[test]
fn since_tells_only_what_is_new() {
    let team = Repository::new();
    team.git(&["switch", "--quiet", "--create", "caretaker"]);
    team.write("adverts/caretaker neu — ä.md", NEW);
    team.write("adverts/board.md", &OLD.replace("- A head", "- A fireman's calm\n- A head"));
    team.git(&["mv", "adverts/site.md", "adverts/yard.md"]);
    let (found, ran) = team.check(&["--since", "main", "."]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(found, ["chairman", "degree in law", "fireman", "handyman", "salesman", "foreman"], "all of the files that changed");
    let lines = ["--since", "main", "--changed-lines", "."];
    assert_eq!(team.check(&lines).0, ["fireman", "handyman", "salesman"], "only what changed in them");
    team.commit("A caretaker");
    assert_eq!(team.check(&lines).0, ["fireman", "handyman", "salesman"], "committed or not");
    // What others did meanwhile is not ours.
    team.git(&["switch", "--quiet", "main"]);
    team.write("adverts/site.md", &FOREMAN.replace("We need", "Soon we need"));
    team.commit("Meanwhile");
    team.git(&["switch", "--quiet", "caretaker"]);
    assert_eq!(team.check(&lines).0, ["fireman", "handyman", "salesman"]);
    let (found, ran) = team.check(&["--since", "HEAD", "."]);
    assert_eq!((found, ran.code, ran.said.as_str()), (vec![], Some(0), "jdlint: no document changed since HEAD\n"));
    let below = jdlint(&team.path("adverts"), &["check", "--since", "main", "--changed-lines", "board.md"]);
    assert!(below.out.contains("fireman") && !below.out.contains("“chairman”"), "{}", below.out);
}

#[test]
fn a_heading_that_changed_counts_for_what_stands_below_it() {
    let team = Repository::new();
    team.write("adverts/board.md", &OLD.replace("## Essential criteria", "## Desirable criteria"));
    team.commit("A degree is not needed");
    team.write("adverts/board.md", OLD);
    assert_eq!(team.check(&["--since", "HEAD", "--changed-lines", "."]).0, ["degree in law"]);
}

#[test]
fn what_git_cannot_tell_is_said() {
    let team = Repository::new();
    let said = |folder: &Path, args: &[&str]| {
        let ran = jdlint(folder, args);
        assert_eq!(ran.code, Some(2), "{}{}", ran.out, ran.said);
        ran.said
    };
    let check = ["check", "--since", "mian", "."];
    assert!(said(team.folder.path(), &check).contains("there is no commit, branch or tag “mian” in this repository"));
    assert!(said(team.folder.path(), &["check", "--since=--output=x", "."]).contains("--output=x"), "an option of git is no commit");
    let outside = tempfile::tempdir().expect("a folder can be made");
    fs::write(outside.path().join("a.md"), NEW).expect("it can be written");
    assert!(said(outside.path(), &["check", "--since", "main", "a.md"]).contains("a.md is in no git repository"));
    team.write("adverts/caretaker.md", NEW);
    team.commit("A caretaker");
    let clone = outside.path().join("clone");
    git(outside.path(), &["clone", "--quiet", "--depth=1", &format!("file://{}", team.folder.path().display()), "clone"]);
    assert!(said(&clone, &["check", "--since", "HEAD~1", "."]).contains("this clone is shallow"));
    assert_eq!(jdlint(&clone, &["check", "--since", "HEAD", "."]).code, Some(0));
    // Without git on the path.
    let output = Command::new(env!("CARGO_BIN_EXE_jdlint")).current_dir(team.folder.path()).args(["check", "--since", "main", "."]).env("PATH", "").output();
    let said = String::from_utf8_lossy(&output.expect("it starts").stderr).into_owned();
    assert!(said.contains("--since asks the program git, which is not installed here"), "{said}");
}

#[test]
fn a_hook_may_name_whatever_changed() {
    let team = Repository::new();
    team.write("jdlint.toml", "select = [\"gendered.title\"]\nexclude = [\"old/\"]\n");
    team.write("README.md", &format!("# chairman\n\nA library.\n\n```sh\n{}```\n", "cargo test\n".repeat(20)));
    team.write("old/board.md", OLD);
    team.write("data.json", "{\"name\": \"chairman\"}");
    let named = ["--as-found", "README.md", "old/board.md", "data.json", "adverts/site.md", "jdlint.toml"];
    assert_eq!(team.check(&named).0, ["foreman"]);
    assert!(team.check(&named[1..]).0.contains(&"chairman".to_owned()), "who names a file himself has it read");
}

#[test]
fn what_is_accepted_stays_accepted_and_is_told_once_it_is_idle() {
    let team = Repository::new();
    team.write("adverts/page.html", "<h1>Clerk</h1><ul><li>A salesman's charm</li></ul><p>Apply by email by 1 May.</p>");
    team.write(
        "adverts/job.json",
        "{\"@context\":\"https://schema.org\",\"@type\":\"JobPosting\",\"title\":\"Clerk\",\"description\":\"<p>The foreman helps. Apply by email.</p>\"}",
    );
    team.write("jdlint.toml", "# ours\nselect = [\"gendered.title\", \"prerequisite.degree\"]\n");
    let ran = team.run(&["check", "--add-allow", "--reason", "agreed with the board", "."]);
    assert_eq!(ran.code, Some(0), "{}", ran.said);
    assert!(ran.said.contains("adverts/board.md: accepted 2 findings in comments"), "{}", ran.said);
    assert!(ran.said.contains("jdlint.toml: accepted 1 finding"), "{}", ran.said);
    assert!(team.read("adverts/page.html").contains("<li><!-- jdlint: allow gendered.title: agreed with the board -->A salesman"));
    let config = team.read("jdlint.toml");
    assert!(config.starts_with("# ours\nselect") && config.contains("file = \"adverts/job.json\"\nreason = \"agreed with the board\""), "{config}");
    let (found, ran) = team.check(&["."]);
    assert_eq!((found, ran.code, ran.said.as_str()), (vec![], Some(0), ""));
    // Once the words are gone, the comment and the entry of the config are told.
    team.write("adverts/job.json", &team.read("adverts/job.json").replace("foreman", "supervisor"));
    team.write("adverts/page.html", &team.read("adverts/page.html").replace("salesman", "seller"));
    let (_, ran) = team.check(&["."]);
    assert!(ran.out.contains("allows nothing: there is no such finding there"), "{}", ran.out);
    assert!(ran.said.contains("jdlint.toml:5: this [[allow]] allows nothing: there is no such finding, so it can go"), "{}", ran.said);
    assert_eq!(team.check(&["adverts/site.md"]).1.said, "", "a file that was not read tells nothing");
    assert_eq!(team.check(&["--select", "prerequisite", "."]).1.said, "", "nor does a rule that was not asked for");
}

#[test]
fn an_allowance_for_one_file_does_not_reach_others() {
    let team = Repository::new();
    team.write(
        "adverts/twin.json",
        "{\"@context\":\"https://schema.org\",\"@type\":\"JobPosting\",\"title\":\"Clerk\",\"description\":\"<p>The foreman helps.</p>\"}",
    );
    team.write("adverts/job.json", &team.read("adverts/twin.json"));
    team.write("jdlint.toml", "select = [\"gendered.title\"]\n");
    team.run(&["check", "--add-allow", "--reason", "agreed", "adverts/job.json"]);
    assert_eq!(team.check(&["adverts/job.json"]).0, Vec::<String>::new());
    assert_eq!(team.check(&["adverts/twin.json"]).0, ["foreman"]);
}

#[test]
fn nothing_is_accepted_without_a_reason_or_a_place_for_it() {
    let team = Repository::new();
    let said = |args: &[&str]| {
        let ran = team.run(args);
        assert_eq!(ran.code, Some(2), "{}", ran.said);
        ran.said
    };
    assert!(said(&["check", "--add-allow", "."]).contains("--reason <TEXT>"));
    assert!(said(&["check", "--add-allow", "--reason", " ", "."]).contains("say why"));
    team.write("job.json", "{\"@type\":\"JobPosting\",\"title\":\"Clerk\",\"description\":\"The foreman helps.\"}");
    let ran = said(&["check", "--no-config", "--select", "gendered", "--add-allow", "--reason", "agreed", "job.json"]);
    assert!(ran.contains("job.json: its findings can only be accepted in a jdlint.toml, and there is none; `jdlint init` writes one"), "{ran}");
}

#[test]
fn findings_in_a_table_are_accepted_in_the_config() {
    let team = Repository::new();
    team.write("adverts.csv", "id,description\n1,We need a foreman.\n2,We need a foreman.\n3,We need a salesman.\n");
    let records = |more: &[&str]| team.run(&[&["records", "--id-column", "id", "--fail-on", "warning", "adverts.csv"], more].concat());
    assert_eq!(records(&[]).code, Some(1));
    let ran = records(&["--add-allow", "--reason", "agreed"]);
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), "jdlint: jdlint.toml: accepted 2 findings\n"));
    assert_eq!(records(&[]).code, Some(0));
    team.write("adverts/new.md", "# Site\n\nWe need a foreman.\n\nApply by email by 1 May.\n");
    assert_eq!(team.check(&["adverts/new.md"]).0, ["foreman"], "in that table alone");
}
