//! Files, folders and streams that would break a tool that trusts them. Each ends in bearable time, with the right exit code
//! and a sentence that names the file. What does harm by its size or depth stands in limits.rs, PDFs in pdf/hostile.rs.
#![cfg(unix)]

mod zipped;

use std::fs;
use std::io::{Cursor, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use jdlint::document::{Document, Format};
use zip::write::SimpleFileOptions;
use zipped::zipped;

const ADVERT: &str = "# Clerk\n\n## Essential\n\n- We need a young and energetic chairman for our office in Leeds.\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// What a debug build on a busy machine may take for a file that is small or refused.
const BEARABLE: Duration = Duration::from_secs(30);

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).expect("it can be written");
}

/// What a run came to.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: &Output) -> Ran {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// It could not do its work for some file, and says which and why.
    #[track_caller]
    fn fails(&self, says: &[&str]) {
        assert_eq!(self.code, Some(2), "{}{}", self.out, self.err);
        assert!(says.iter().all(|words| self.err.contains(words)), "{says:?} in {}", self.err);
        assert!(!self.err.contains("panicked") && !self.err.contains("os error"), "{}", self.err);
    }

    /// It did its work, and found something.
    #[track_caller]
    fn finds(&self) {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.err);
        assert!(self.out.contains("gendered.title") && !self.err.contains("panicked"), "{}{}", self.out, self.err);
    }
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jdlint"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command
}

/// Runs it, and ends it where it hangs.
#[track_caller]
fn run(mut command: Command) -> Ran {
    let begun = Instant::now();
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let id = child.id().to_string();
    let watch = std::thread::spawn(move || child.wait_with_output());
    while !watch.is_finished() {
        if begun.elapsed() > BEARABLE {
            let _ = Command::new("kill").args(["-9", &id]).status();
            panic!("{command:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ran::of(&watch.join().expect("it was watched").expect("it ended"))
}

#[track_caller]
fn jdlint(folder: &Path, args: &[&str]) -> Ran {
    run(command(folder, args))
}

/// The same by way of a shell, for what only shells do.
#[track_caller]
fn shell(folder: &Path, line: &str) -> Ran {
    let mut command = Command::new("sh");
    command.args(["-c", line]).current_dir(folder).env("JDLINT", env!("CARGO_BIN_EXE_jdlint")).stdin(Stdio::null());
    run(command)
}

fn word(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>");
    let list = |inner: &str| format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>");
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rels: String = parts.iter().map(|(name, _)| format!("<Relationship Id=\"{name}\" Type=\"{office}/{name}\" Target=\"{name}.xml\"/>")).collect();
    let types =
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    let mut all = vec![
        ("[Content_Types].xml".to_owned(), types.to_owned()),
        ("word/document.xml".to_owned(), document),
        ("word/_rels/document.xml.rels".to_owned(), list(&rels)),
    ];
    all.push(("_rels/.rels".to_owned(), list(&format!("<Relationship Id=\"a\" Type=\"{office}/officeDocument\" Target=\"word/document.xml\"/>"))));
    all.extend(parts.iter().map(|(name, inner)| (format!("word/{name}.xml"), format!("<w:{name} xmlns:w=\"{WORD}\">{inner}</w:{name}>"))));
    let all: Vec<(&str, &[u8])> = all.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&all)
}

#[track_caller]
fn text(bytes: &[u8], format: Format) -> String {
    let begun = Instant::now();
    let document = Document::read(bytes, format).expect("it can be read");
    assert!(begun.elapsed() < BEARABLE, "{:?}", begun.elapsed());
    document.text().as_str().to_owned()
}

mod circles {
    use super::*;

    #[test]
    fn styles_that_rest_on_one_another_are_read() {
        let style = |id: usize, on: usize| {
            format!(
                "<w:style w:type=\"paragraph\" w:styleId=\"s{id}\"><w:name w:val=\"s{id}\"/><w:basedOn w:val=\"s{on}\"/><w:link w:val=\"s{on}\"/><w:next w:val=\"s{id}\"/></w:style>"
            )
        };
        let styles: String = (0..500).map(|n| style(n, (n + 1) % 500)).chain([style(500, 500)]).collect();
        let body: String = (0..=500).map(|n| format!("<w:p><w:pPr><w:pStyle w:val=\"s{n}\"/></w:pPr><w:r><w:t>Clerk</w:t></w:r></w:p>")).collect();
        assert_eq!(text(&word(&body, &[("styles", &styles)]), Format::Word).matches("Clerk").count(), 501);
    }

    #[test]
    fn lists_that_rest_on_one_another_are_read() {
        let numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:numStyleLink w:val=\"a\"/></w:abstractNum><w:abstractNum w:abstractNumId=\"1\"><w:styleLink w:val=\"a\"/><w:numStyleLink w:val=\"a\"/></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>";
        let styles = "<w:style w:type=\"numbering\" w:styleId=\"a\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
        let body = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Clerk</w:t></w:r></w:p>";
        assert!(text(&word(body, &[("styles", styles), ("numbering", numbering)]), Format::Word).contains("Clerk"));
    }

    #[test]
    fn open_document_styles_that_rest_on_one_another_are_read() {
        let spaces = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"";
        let styles: String = (0..500)
            .map(|n| {
                format!(
                    "<style:style style:name=\"s{n}\" style:family=\"paragraph\" style:parent-style-name=\"s{}\" style:list-style-name=\"s{n}\"/>",
                    (n + 1) % 500
                )
            })
            .collect();
        let body: String = (0..500).map(|n| format!("<text:p text:style-name=\"s{n}\">Clerk</text:p>")).collect();
        let flat = format!(
            "<?xml version=\"1.0\"?><office:document {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document>"
        );
        assert_eq!(text(flat.as_bytes(), Format::OpenDocument).matches("Clerk").count(), 500);
    }

    #[test]
    fn configs_that_extend_one_another_are_told_so() {
        let folder = folder("config-circle");
        write(&folder, "jdlint.toml", "extends = \"other.toml\"\n");
        write(&folder, "other.toml", "extends = \"jdlint.toml\"\n");
        write(&folder, "advert.md", ADVERT);
        jdlint(&folder, &["check", "advert.md"]).fails(&["this goes in a circle", "other.toml"]);
    }

    #[test]
    fn folders_that_hold_themselves_are_walked_once() {
        let folder = folder("links");
        write(&folder, "advert.md", ADVERT);
        symlink(".", folder.join("again")).expect("a link can be made");
        symlink("..", folder.join("above")).expect("a link can be made");
        symlink("itself.md", folder.join("itself.md")).expect("a link can be made");
        symlink("itself.toml", folder.join("itself.toml")).expect("a link can be made");
        jdlint(&folder, &["check", "."]).finds();
        jdlint(&folder, &["check", "itself.md"]).fails(&["itself.md"]);
        jdlint(&folder, &["check", "--config", "itself.toml", "advert.md"]).fails(&["itself.toml"]);
        fs::create_dir(folder.join("deep")).expect("it can be made");
        symlink("jdlint.toml", folder.join("deep/jdlint.toml")).expect("a link can be made");
        write(&folder, "deep/advert.md", ADVERT);
        let ran = jdlint(&folder, &["check", "deep/advert.md"]);
        assert!(ran.code == Some(1) || ran.err.contains("jdlint.toml"), "{}", ran.err);
    }
}

mod letters {
    use super::*;

    #[test]
    fn words_of_a_megabyte_are_checked() {
        let folder = folder("megabyte");
        let long = "chairman".repeat(130_000);
        write(&folder, "one.md", format!("{ADVERT}\n{long}\n"));
        write(&folder, "hyphens.md", format!("{ADVERT}\n{}\n", "chair-".repeat(170_000)));
        write(&folder, "digits.md", format!("{ADVERT}\n{}\n", "1".repeat(1 << 20)));
        for name in ["one.md", "hyphens.md", "digits.md"] {
            jdlint(&folder, &["check", name]).finds();
        }
    }

    #[test]
    fn marks_that_turn_a_line_round_neither_hide_a_word_nor_reach_the_screen() {
        let folder = folder("bidi");
        let advert = "# Clerk\n\n## Essential\n\n- We need a \u{202e}chair\u{2066}man\u{202c} for \u{1b}[31mour\u{7} office.\u{9b}2J\n";
        write(&folder, "advert.md", advert);
        write(&folder, "\u{202e}dm.trevda.md", ADVERT);
        for format in ["terminal", "markdown", "github", "checkstyle", "html", "concise", "gitlab", "sarif"] {
            let ran = jdlint(&folder, &["check", "--format", format, "advert.md", "\u{202e}dm.trevda.md"]);
            ran.finds();
            let steers = if format == "html" { &['\u{1b}', '\u{9b}', '\u{7}'][..] } else { &['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}', '\u{2066}'] };
            let lines = ran.out.lines().filter(|line| line.contains(steers));
            assert_eq!(lines.count(), 0, "{format}: {:?}", ran.out.lines().find(|line| line.contains(steers)));
        }
    }

    #[test]
    fn nuls_are_no_text_and_say_where() {
        let folder = folder("nul");
        write(&folder, "advert.md", b"# Clerk\n\nWe need a chair\0man.\n");
        jdlint(&folder, &["check", "advert.md"]).fails(&["advert.md", "byte 24"]);
        write(&folder, "late.md", [ADVERT.as_bytes(), &b"We meet. ".repeat(2_000), b"\0\0 and a foreman."].concat());
        jdlint(&folder, &["check", "late.md"]).finds();
    }

    #[test]
    fn halves_of_characters_are_read_past() {
        let json = br#"{"@type":"JobPosting","title":"Clerk \ud800","description":"We need a chairman \udc00\ud83d and a \ud83d\ude00 foreman."}"#;
        let read = Document::read(json, Format::JsonLd);
        match read {
            Ok(document) => assert!(document.text().as_str().contains("chairman")),
            Err(error) => assert!(error.to_string().contains("JSON"), "{error}"),
        }
        let units: Vec<u16> = "\u{feff}We need a ".encode_utf16().chain([0xd800, 0x20, 0xdc00]).chain(" chairman.".encode_utf16()).collect();
        for bytes in [units.iter().flat_map(|u| u.to_le_bytes()).collect::<Vec<u8>>(), units.iter().flat_map(|u| u.to_be_bytes()).collect()] {
            assert!(text(&bytes, Format::Text).contains("chairman."), "the rest is read");
            // An odd byte at the end is half a letter.
            assert!(text(&bytes[..bytes.len() - 1], Format::Text).contains("chairman"));
        }
    }

    #[test]
    fn encodings_that_lie_are_found_out() {
        for (label, words) in [("utf-16", "caf\u{e9}"), ("utf-8", "caf\u{e9}"), ("no-such-thing", "caf\u{e9}"), ("x-user-defined", ""), ("iso-2022-jp", "caf")]
        {
            let page = [format!("<meta charset={label}><p>A chairman at the caf").as_bytes(), b"\xe9</p>"].concat();
            let read = text(&page, Format::Html);
            assert!(read.contains("chairman") && read.contains(words), "{label}: {read}");
        }
        let part = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><w:document xmlns:w=\"".to_owned()
            + WORD
            + "\"><w:body><w:p><w:r><w:t>A chairman</w:t></w:r></w:p></w:body></w:document>";
        assert!(text(&zipped(&[("word/document.xml", part.as_bytes())]), Format::Word).contains("chairman"));
    }

    #[test]
    fn packages_that_lie_are_refused_or_read() {
        let many: Vec<String> = (0..20_000).map(|n| format!("word/x{n}.xml")).collect();
        let document = format!("<w:document xmlns:w=\"{WORD}\"><w:body><w:p><w:r><w:t>A chairman</w:t></w:r></w:p></w:body></w:document>");
        let mut parts: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        parts.push(("word/document.xml", document.as_bytes()));
        parts.push(("../../../etc/evil", b"x"));
        let file = zipped(&parts);
        assert!(text(&file, Format::Word).contains("chairman"));
        // Every hundredth byte of a small package is wrong, one after the other.
        let small = zipped(&[("word/document.xml", document.as_bytes())]);
        for at in 0..small.len() {
            let mut broken = small.clone();
            broken[at] ^= 0xff;
            match Document::read(&broken, Format::Word) {
                Ok(document) => assert!(document.text().as_str().len() < 1_000),
                Err(error) => assert!(error.to_string().len() > 20),
            }
        }
    }
}

mod files {
    use super::*;

    fn pipe(folder: &Path, name: &str) {
        assert!(Command::new("mkfifo").arg(folder.join(name)).status().expect("it starts").success());
    }

    /// A pipe that nobody writes to would be waited for without end.
    #[test]
    fn pipes_are_not_waited_for() {
        let folder = folder("pipes");
        write(&folder, "advert.md", ADVERT);
        pipe(&folder, "pipe.md");
        jdlint(&folder, &["check", "."]).finds();
        for args in [
            &["check", "pipe.md"][..],
            &["fix", "pipe.md"],
            &["outline", "pipe.md"],
            &["criteria", "pipe.md"],
            &["compare", "advert.md", "pipe.md"],
            &["check", "advert.md", "--with", "pipe.md"],
            &["review", "pipe.md"],
            &["check", "--config", "pipe.md", "advert.md"],
            &["check", "--baseline", ".", "--baseline-file", "pipe.md", "advert.md"],
            &["baseline", "--baseline-file", "pipe.md", "advert.md"],
            &["rules", "test", "pipe.md"],
        ] {
            let ran = jdlint(&folder, args);
            assert_eq!(ran.code, Some(2), "{args:?}: {}{}", ran.out, ran.err);
            assert!(!ran.err.is_empty(), "{args:?} says why");
        }
    }

    #[test]
    fn pipes_under_the_names_of_our_own_files_are_not_waited_for() {
        for name in ["jdlint.toml", "jdlint-baseline.json"] {
            let folder = folder(&format!("pipe-{name}"));
            write(&folder, "advert.md", ADVERT);
            pipe(&folder, name);
            let args: &[&str] = if name.ends_with("json") { &["check", "--baseline", "."] } else { &["check", "."] };
            let ran = jdlint(&folder, args);
            ran.fails(&[name]);
        }
        let folder = folder("pipe-rules");
        write(&folder, "jdlint.toml", "rules = [\"house.toml\", \"more/\"]\n");
        write(&folder, "advert.md", ADVERT);
        pipe(&folder, "house.toml");
        fs::create_dir(folder.join("more")).expect("it can be made");
        pipe(&folder, "more/rule.toml");
        jdlint(&folder, &["check", "."]).fails(&["house.toml"]);
    }

    /// What a folder's ignore files say is asked before its documents are.
    #[test]
    fn pipes_under_the_names_of_ignore_files_are_not_waited_for() {
        for name in [".gitignore", ".ignore", ".git/info/exclude", "part/.gitignore", "part/.ignore", "part/.git/info/exclude", "part/inner/.ignore"] {
            let folder = folder(&format!("pipe-{}", name.replace('/', "-")));
            for path in [".git/info", "part/.git/info", "part/inner"] {
                fs::create_dir_all(folder.join(path)).expect("it can be made");
            }
            let documents = ["a.md", "part/b.md", "part/inner/c.md", "z.md"];
            documents.iter().for_each(|path| write(&folder, path, ADVERT));
            pipe(&folder, name);
            let ran = jdlint(&folder, &["check", ".", "--format", "json"]);
            ran.finds();
            assert_eq!(ran.err, format!("jdlint: ./{name}: this is no file, so it was not read, and nothing is ignored on its account\n"));
            let places: Vec<_> = documents.iter().map(|path| ran.out.find(&format!("\"./{path}\""))).collect();
            assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{name}: all in their order: {places:?}");
            // From below as well: what stands above speaks for it too.
            jdlint(&folder.join("part/inner"), &["check", "."]).finds();
        }
    }

    #[test]
    fn a_pipe_beside_other_ignore_files_leaves_those_in_force() {
        let folder = folder("pipe-beside");
        fs::create_dir_all(folder.join("part")).expect("it can be made");
        fs::create_dir_all(folder.join(".git")).expect("it can be made");
        write(&folder, ".gitignore", "draft.md\n");
        write(&folder, "part/.ignore", "old.md\n");
        ["advert.md", "draft.md", "part/advert.md", "part/old.md"].iter().for_each(|path| write(&folder, path, ADVERT));
        pipe(&folder, "part/.gitignore");
        let ran = jdlint(&folder, &["check", ".", "--format", "json"]);
        ran.finds();
        assert!(ran.out.contains("./advert.md") && ran.out.contains("./part/advert.md"), "{}", ran.out);
        assert!(!ran.out.contains("draft.md") && !ran.out.contains("old.md"), "{}", ran.out);
    }

    /// There a file says where the repository is, and another which part of it is shared.
    #[test]
    fn a_pipe_in_what_a_worktree_points_to_is_not_waited_for() {
        for name in ["own/commondir", "common/info/exclude"] {
            let folder = folder(&format!("pipe-worktree-{}", &name[..3]));
            for path in ["own", "common/info", "tree"] {
                fs::create_dir_all(folder.join(path)).expect("it can be made");
            }
            write(&folder, "tree/advert.md", ADVERT);
            write(&folder, "tree/.git", format!("gitdir: {}\n", folder.join("own").display()));
            if name.starts_with("common") {
                write(&folder, "own/commondir", "../common\n");
            }
            pipe(&folder, name);
            let ran = jdlint(&folder, &["check", "tree"]);
            ran.finds();
            assert!(ran.err.contains("this is no file"), "{}", ran.err);
        }
    }

    #[test]
    fn a_file_without_end_is_refused() {
        let folder = folder("endless");
        symlink("/dev/zero", folder.join("advert.md")).expect("a link can be made");
        jdlint(&folder, &["check", "advert.md"]).fails(&["advert.md: this is no file"]);
        shell(&folder, "\"$JDLINT\" check --max-size 1MiB - < /dev/zero").fails(&["<stdin>", "more than 1 MiB", "--max-size"]);
        shell(&folder, "yes 'We need a chairman.' | \"$JDLINT\" check --max-size 1MiB -").fails(&["<stdin>", "more than 1 MiB", "--max-size"]);
    }

    #[test]
    fn folders_that_are_called_like_files_are_folders() {
        let folder = folder("named");
        for name in ["advert.docx", "advert.md", "table.csv", "rule.toml"] {
            fs::create_dir(folder.join(name)).expect("it can be made");
        }
        write(&folder, "advert.docx/inner.md", ADVERT);
        jdlint(&folder, &["check", "advert.docx"]).finds();
        jdlint(&folder, &["check", "."]).finds();
        jdlint(&folder, &["compare", "advert.docx", "advert.docx/inner.md"]).fails(&["advert.docx"]);
        jdlint(&folder, &["records", "table.csv"]).fails(&["table.csv"]);
        jdlint(&folder, &["check", "--config", "rule.toml", "."]).fails(&["rule.toml"]);
        jdlint(&folder, &["check", "advert.docx", "--output", "json=advert.md"]).fails(&["advert.md: this is a folder"]);
        fs::create_dir(folder.join("jdlint.toml")).expect("it can be made");
        let ran = jdlint(&folder, &["check", "advert.docx"]);
        assert!(ran.code == Some(1) || ran.err.contains("jdlint.toml"), "{}", ran.err);
    }

    /// The superuser may read all files, so that somebody else must ask.
    #[test]
    fn files_that_may_not_be_read_are_named() {
        let folder = std::env::temp_dir().join(format!("jdlint-hostile-{}", std::process::id()));
        fs::create_dir_all(folder.join("shut")).expect("it can be made");
        write(&folder, "advert.md", ADVERT);
        write(&folder, "closed.md", ADVERT);
        write(&folder, "shut/inner.md", ADVERT);
        let program = folder.join("jdlint");
        fs::copy(env!("CARGO_BIN_EXE_jdlint"), &program).expect("it can be copied");
        let set = |name: &str, mode| fs::set_permissions(folder.join(name), fs::Permissions::from_mode(mode)).expect("they can be set");
        set("closed.md", 0o000);
        set("shut", 0o000);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("they can be set");
        let is_root = fs::read(folder.join("closed.md")).is_ok();
        let mut as_nobody = if is_root { Command::new("setpriv") } else { Command::new(&program) };
        if is_root {
            as_nobody.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
        }
        as_nobody.args(["check", ".", "closed.md", "shut/inner.md"]).current_dir(&folder).stdin(Stdio::null());
        let ran = match as_nobody.output() {
            Ok(output) => Ran::of(&output),
            Err(_) => return eprintln!("left out: setpriv is not installed"),
        };
        set("shut", 0o755);
        fs::remove_dir_all(&folder).expect("it can be removed");
        ran.fails(&["closed.md: you are not allowed to read this", "shut"]);
        assert!(ran.out.contains("gendered.title"), "the others are read: {}", ran.out);
    }

    /// Somebody saves the file, again and again, while it is read.
    #[test]
    fn files_that_change_while_they_are_read_are_read_or_refused() {
        let folder = folder("shrinking");
        let (path, long) = (folder.join("advert.md"), format!("{ADVERT}\n{}", "We meet in the hall.\n\n".repeat(5_000)));
        write(&folder, "advert.md", &long);
        let docx = word(&"<w:p><w:r><w:t>A chairman</w:t></w:r></w:p>".repeat(2_000), &[]);
        write(&folder, "advert.docx", &docx);
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    for n in [long.len(), 1_000, 0, 70_000] {
                        let _ = fs::write(&path, &long.as_bytes()[..n]);
                        let _ = fs::write(folder.join("advert.docx"), &docx[..n.min(docx.len())]);
                    }
                }
            });
            for _ in 0..12 {
                let ran = jdlint(&folder, &["check", "advert.md", "advert.docx"]);
                assert!(matches!(ran.code, Some(0..=2)) && !ran.err.contains("mistake is ours"), "{:?} {}", ran.code, ran.err);
            }
            // A fix never writes over what somebody saved meanwhile.
            for _ in 0..12 {
                let ran = jdlint(&folder, &["fix", "advert.md"]);
                assert!(matches!(ran.code, Some(0 | 2)) && !ran.err.contains("mistake is ours"), "{:?} {}", ran.code, ran.err);
            }
            done.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }
}

mod streams {
    use super::*;

    #[test]
    fn without_standard_streams_it_still_works() {
        let folder = folder("streams");
        write(&folder, "advert.md", ADVERT);
        shell(&folder, "\"$JDLINT\" check advert.md <&-").finds();
        for line in ["check advert.md >&-", "check advert.md >&- 2>&-", "check - <&- >&- 2>&-"] {
            let ran = shell(&folder, &format!("\"$JDLINT\" {line}"));
            assert!(matches!(ran.code, Some(0..=2)), "{line}: {:?}", ran.code);
        }
    }

    #[test]
    fn whoever_stops_reading_ends_it_quietly() {
        let folder = folder("closed");
        for n in 0..40 {
            write(&folder, &format!("advert-{n}.md"), ADVERT.repeat(20));
        }
        for args in ["check .", "check --format json .", "check --format html .", "rules", "explain gendered.title", "outline .", "criteria ."] {
            let ran = shell(&folder, &format!("{{ \"$JDLINT\" {args}; echo \"ended $?\" >&2; }} | head -c 1 > /dev/null"));
            assert!(!ran.err.contains("panicked") && !ran.err.contains("os error"), "{args}: {}", ran.err);
            assert!(["ended 0", "ended 1"].iter().any(|end| ran.err.contains(end)), "{args}: {}", ran.err);
        }
    }

    #[test]
    fn output_that_cannot_be_written_is_a_failure() {
        let folder = folder("full-device");
        write(&folder, "advert.md", ADVERT);
        write(&folder, "table.csv", "description\nWe need a chairman\n");
        for args in [
            "check advert.md",
            "check --format json advert.md",
            "rules",
            "explain gendered.title",
            "outline advert.md",
            "criteria advert.md",
            "compare advert.md advert.md",
            "records table.csv",
            "fix --diff advert.md",
            "config advert.md",
            "completions bash",
            "schema config",
            "fix - --stdin-filename a.md < advert.md",
        ] {
            let ran = shell(&folder, &format!("\"$JDLINT\" {args} > /dev/full"));
            assert_eq!(ran.code, Some(2), "{args}: {}", ran.err);
            assert!(ran.err.contains("cannot be written") && !ran.err.contains("panicked"), "{args}: {}", ran.err);
        }
    }
}

mod disks {
    use super::*;

    /// Runs a line in a folder on a disk of its own, so small; `None` where the system lets nobody make one.
    fn on_small_disk(name: &str, n_kib: u32, files: &[(&str, Vec<u8>)], line: &str) -> Option<Ran> {
        let folder = folder(name);
        let (disk, from) = (folder.join("disk"), folder.join("from"));
        fs::create_dir_all(&disk).expect("it can be made");
        fs::create_dir_all(&from).expect("it can be made");
        files.iter().for_each(|(name, bytes)| write(&from, name, bytes));
        // What comes to the output is what the files hold in the end.
        let script = format!(
            "mount -t tmpfs -o size={n_kib}k none '{}' || exit 77; cd '{}'; cp '{}'/* .; {line}; code=$?; md5sum * | sort -k2 >&1; ls -A >&1; exit $code",
            disk.display(),
            disk.display(),
            from.display()
        );
        let mut command = Command::new("unshare");
        command.args(["-r", "-m", "sh", "-c", &script]).env("JDLINT", env!("CARGO_BIN_EXE_jdlint")).env("TMPDIR", &disk).stdin(Stdio::null());
        let ran = match command.output() {
            Ok(output) => Ran::of(&output),
            Err(_) => return None,
        };
        (ran.code != Some(77) && ran.code != Some(1) || ran.out.contains("advert")).then_some(ran)
    }

    fn sum(bytes: &[u8]) -> String {
        let mut child = Command::new("md5sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        child.stdin.take().expect("it is piped").write_all(bytes).expect("it listens");
        let said = child.wait_with_output().expect("it ends").stdout;
        String::from_utf8_lossy(&said).split_whitespace().next().unwrap_or_default().to_owned()
    }

    /// Each command where the disk has no room for what it writes: a sentence, the old files, and nothing beside them.
    #[test]
    fn a_full_disk_costs_nothing() {
        let advert = format!("{ADVERT}\n{}", "We meet in the hall and talk.\n\n".repeat(4_000)).into_bytes();
        let docx = {
            let mut zip = zip::ZipWriter::new_append(Cursor::new(word("<w:p><w:r><w:t>Our chairman</w:t></w:r></w:p>", &[]))).expect("it is a zip file");
            zip.start_file("word/media/a.bin", SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).expect("it can be begun");
            zip.write_all(&vec![7; 130_000]).expect("it can be written");
            zip.finish().expect("it can be ended").into_inner()
        };
        let baseline = format!("{{\"version\":1,\"files\":{{}}}}{}", " ".repeat(60_000)).into_bytes();
        let many = "We need a chairman.\n\n".repeat(1_500).into_bytes();
        let filler = vec![b'x'; 60_000];
        for (name, files, line) in [
            ("full-fix", vec![("advert.md", advert.clone())], "\"$JDLINT\" fix advert.md"),
            ("full-review", vec![("advert.docx", docx)], "\"$JDLINT\" review advert.docx"),
            ("full-output", vec![("advert.md", advert.clone()), ("report.html", filler.clone())], "\"$JDLINT\" check --output html=report.html advert.md"),
            ("full-baseline", vec![("advert.md", many), ("jdlint-baseline.json", baseline)], "\"$JDLINT\" baseline advert.md"),
        ] {
            let Some(ran) = on_small_disk(name, 200, &files, line) else {
                return eprintln!("left out: no disk of one's own can be made here");
            };
            assert_eq!(ran.code, Some(2), "{name}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains("the disk is full"), "{name}: {}", ran.err);
            for (file, bytes) in &files {
                assert!(ran.out.contains(&format!("{}  {file}", sum(bytes))), "{name}: {file} is as it was: {}", ran.out);
            }
            let beside = ran.out.lines().filter(|l| l.starts_with(".jdlint") || l.contains("reviewed")).count();
            assert_eq!(beside, 0, "{name}: nothing is left beside it: {}", ran.out);
        }
    }

    #[test]
    fn a_disk_that_may_only_be_read_costs_nothing() {
        let files = vec![("advert.md", ADVERT.as_bytes().to_vec()), ("advert.docx", word("<w:p><w:r><w:t>Our chairman</w:t></w:r></w:p>", &[]))];
        for (args, says) in [
            ("fix advert.md", "read-only"),
            ("review advert.docx", "advert.docx"),
            ("baseline advert.md", "jdlint-baseline.json"),
            ("check --output json=r.json advert.md", "r.json"),
            ("init", "jdlint.toml"),
        ] {
            let line = format!("mount -o remount,ro . && \"$JDLINT\" {args}");
            let Some(ran) = on_small_disk("read-only", 200, &files, &line) else {
                return eprintln!("left out: no disk of one's own can be made here");
            };
            assert_eq!(ran.code, Some(2), "{args}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains(says) && !ran.err.contains("os error") && !ran.err.contains("panicked"), "{args}: {}", ran.err);
        }
    }
}

/// House rules are written by people, and shared: none of them may hang who uses them.
mod rules {
    use super::*;
    use jdlint::{Advert, Linter, Ruleset, Settings};

    fn rule(entry: &str) -> String {
        format!(
            "format = 1\nid = \"house.banter\"\nname = \"Banter\"\nseverity = \"warning\"\nevidence = \"weak\"\nsources = [\"house\"]\nmessage = \"“{{text}}”\"\nwhy = \"Because.\"\n{entry}\n[[source]]\nid = \"house\"\ntitle = \"House\"\nauthors = \"The Council\"\nyear = 2026\nlink = \"https://a.example\"\nfinding = \"It says so.\"\nstrength = \"weak\"\n[[example]]\ntext = \"calm\"\n"
        )
    }

    /// A rule that loads and lints a text in bearable time, or is refused.
    #[track_caller]
    fn ends(entry: &str, text: &str) -> Result<(), String> {
        let begun = Instant::now();
        let ruleset = Ruleset::embedded_with(&[("house.toml".to_owned(), rule(entry))]);
        let outcome = match ruleset {
            Err(mistakes) => Err(mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
            Ok(ruleset) => {
                let linter = Linter::new(ruleset, Settings { select: vec!["house".to_owned()], ..Settings::default() });
                linter.check(&Advert::new(vec![Document::read(text.as_bytes(), Format::Text).expect("it is text")]));
                Ok(())
            }
        };
        assert!(begun.elapsed() < BEARABLE, "{:?}: {entry:.200}", begun.elapsed());
        outcome
    }

    #[test]
    fn patterns_that_become_huge_are_refused() {
        let text = "degree ".repeat(2_000);
        for pattern in
            ["(degree{1,1000}){1,1000}", "((((degree{1,30}){1,30}){1,30}){1,30}){1,30}", "degree\\\\w{1,1000}", "degree(a{0,500}){0,500}", "degree\\\\pL{200}"]
        {
            let said = ends(&format!("[[entry]]\npattern = \"{pattern}\""), &text).expect_err("it is refused");
            assert!(said.contains("this pattern") && said.contains("large"), "{pattern}: {said}");
        }
    }

    #[test]
    fn patterns_that_would_look_back_and_forth_do_not_hang() {
        let a = "a".repeat(3_000);
        for (pattern, text) in [
            ("(degree|aa)+$", a.clone() + "!"),
            ("(aa*)*degree", a.clone() + "degre"),
            ("aa.*zz|aa", a.clone()),
            ("(aa|aaa)*zz|aa.*zz|aa", a.clone()),
            ("aa[^z]{0,900}zz", a.clone()),
            ("ab.*zz|ab", "ab ".repeat(1_000)),
        ] {
            let _ = ends(&format!("[[entry]]\npattern = \"{pattern}\""), &text);
        }
    }

    #[test]
    fn phrases_that_could_stand_in_many_ways_do_not_hang() {
        let x = "xyz ".repeat(2_000);
        let deep = "xyz ... ".repeat(8) + "(qqq)? end";
        let options = "xyz? ".repeat(3_000) + "xyz";
        let text = x.replace("xyz xyz xyz xyz xyz xyz xyz xyz xyz xyz ", "xyz xyz xyz xyz xyz xyz xyz xyz xyz end, ") + &x;
        for phrase in [
            deep.as_str(),
            &options,
            "(xyz|xyz xyz)? (xyz|xyz xyz)? (xyz|xyz xyz)? (xyz|xyz xyz)? (xyz|xyz xyz)? (xyz|xyz xyz)? xyz end",
            "<number> to <number> ... <time> ... end",
        ] {
            let _ = ends(&format!("[[entry]]\nfind = [\"{phrase}\"]"), &text);
        }
    }

    #[test]
    fn more_entries_than_can_be_told_apart_are_refused() {
        let entries = "[[entry]]\nfind = [\"xyz\"]\n".repeat(65_536);
        let said = ends(&entries, "xyz").expect_err("it is refused");
        assert!(said.contains("more than 65,535 entries") && said.lines().count() == 1, "{said:.500}");
    }

    #[test]
    fn lists_that_grow_by_one_another_are_refused() {
        let mut lists = "[[entry]]\nfind = [\"<l39> end\"]\n[list]\nl0 = [\"xyz\", \"abc\"]\n".to_owned();
        for n in 1..40 {
            let m = n - 1;
            lists += &format!("l{n} = [\"<l{m}>\", \"<l{m}> <l{m}>\", \"a? <l{m}>\"]\n");
        }
        let _ = ends(&lists, &"xyz abc ".repeat(2_000));
    }
}
