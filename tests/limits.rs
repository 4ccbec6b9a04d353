//! Files made to do harm: each is read in bearable time and memory, or refused in a sentence that names the limit it met
//! and the flag that raises it.

mod zipped;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use jdlint::document::{Document, Format, Limit, Limits, ReadError};
use zipped::zipped;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn word(body: &str) -> Vec<u8> {
    zipped(&[("word/document.xml", format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>").as_bytes())])
}

fn open_document(body: &str) -> Vec<u8> {
    let spaces = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"";
    let content = format!("<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>");
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text".as_slice()), ("content.xml", content.as_bytes())])
}

fn say(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

/// What a reader makes of a file, and that it is done before anybody has lost patience.
#[track_caller]
fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Document, ReadError> {
    let begun = Instant::now();
    let read = Document::read_within(bytes, format, limits);
    assert!(begun.elapsed() < Duration::from_secs(60), "it took {:?}", begun.elapsed());
    read
}

fn small() -> Limits {
    Limits { unpacked: 1 << 20, ..Limits::default() }
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let words = say(&"manager ".repeat(200_000));
    let text = format!("<text:p>{}</text:p>", "manager ".repeat(200_000));
    // Several parts that are each below the limit, and together are not.
    let furniture = format!("<w:document xmlns:w=\"{WORD}\">{}", " ".repeat(700_000));
    let together = zipped(&[("word/document.xml", furniture.as_bytes()), ("word/_rels/document.xml.rels", " ".repeat(700_000).as_bytes())]);
    for (bytes, format) in [(word(&words), Format::Word), (together, Format::Word), (open_document(&text), Format::OpenDocument)] {
        assert!(bytes.len() < 20_000, "it is small as it is stored: {}", bytes.len());
        assert_eq!(read(&bytes, format, &small()).err(), Some(ReadError::Beyond(Limit::Unpacked(1 << 20))));
    }
    for format in [Format::Text, Format::Markdown, Format::Html, Format::JsonLd] {
        assert_eq!(read(&[b'x'; (1 << 20) + 1], format, &small()).err(), Some(ReadError::Beyond(Limit::Unpacked(1 << 20))), "{format:?}");
    }
    assert_eq!(read(b"twelve bytes", Format::Text, &Limits { file: 11, ..small() }).err(), Some(ReadError::Beyond(Limit::File(11))));
}

#[test]
fn what_nests_too_deep_is_refused() {
    let tables = "<w:tbl><w:tr><w:tc>".repeat(10_000) + &say("deep") + &"</w:tc></w:tr></w:tbl>".repeat(10_000);
    let open = "<table:table><table:table-row><table:table-cell>".repeat(10_000) + "<text:p>deep</text:p>";
    let open = open + &"</table:table-cell></table:table-row></table:table>".repeat(10_000);
    for (bytes, format) in [(word(&tables), Format::Word), (open_document(&open), Format::OpenDocument)] {
        assert_eq!(read(&bytes, format, &Limits::default()).err(), Some(ReadError::Beyond(Limit::Depth(5_000))));
        let deeper = Limits { depth: 100_000, ..Limits::default() };
        assert_eq!(read(&bytes, format, &deeper).expect("it may be so deep").text().as_str().trim(), "deep");
    }
}

#[test]
fn deep_pages_and_quotations_are_read() {
    for open in ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<a href=x>", "<svg>"] {
        let document = read(&(open.repeat(100_000) + "deep").into_bytes(), Format::Html, &Limits::default()).expect("it is a page");
        assert!(document.text().as_str().trim().ends_with("deep") || open == "<svg>", "{open}");
    }
    for mark in ["> ", ">", "- ", "* ", "1. ", "[", "*", "_ ", "` ", "<b>", "![", "#", "~~a ", "| "] {
        let document = read(&(mark.repeat(100_000) + "deep\n").into_bytes(), Format::Markdown, &Limits::default()).expect("it is text");
        assert!(document.text().as_str().contains("deep"), "{mark:?}");
    }
}

#[test]
fn deep_json_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = open.repeat(1_000_000) + "1" + &close.repeat(1_000_000);
        assert_eq!(read(nested.as_bytes(), Format::JsonLd, &Limits::default()).err(), Some(ReadError::DeepJson));
        let page = format!("<p>Clerk wanted<script type=\"application/ld+json\">{nested}</script>");
        assert_eq!(read(page.as_bytes(), Format::Html, &Limits::default()).expect("the page is there").text().as_str().trim(), "Clerk wanted");
    }
}

#[test]
fn entities_are_not_expanded() {
    let laughs: String = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let doctype = format!("<!DOCTYPE d [<!ENTITY l0 \"ha\">{laughs}]>");
    let document = format!("{doctype}<w:document xmlns:w=\"{WORD}\"><w:body>{}</w:body></w:document>", say("Clerk &l9; wanted"));
    let flat = format!(
        "<?xml version=\"1.0\"?>{doctype}<office:document xmlns:office=\"o\" xmlns:text=\"t\"><office:body><office:text><text:p>Clerk &l9; wanted</text:p></office:text></office:body></office:document>"
    );
    let page = format!("{doctype}<p>Clerk &l9; wanted");
    for (bytes, format) in [(zipped(&[("word/document.xml", document.as_bytes())]), Format::Word), (flat.into_bytes(), Format::OpenDocument)] {
        let read = read(&bytes, format, &Limits::default()).expect("it can be read");
        assert_eq!(read.text().as_str().split_whitespace().collect::<Vec<_>>(), ["Clerk", "wanted"]);
        assert!(read.notices().iter().any(|n| n.0.contains("entities of its own")), "{format:?}: {:?}", read.notices());
    }
    let read = read(page.as_bytes(), Format::Html, &Limits::default()).expect("it is a page");
    assert!(read.text().as_str().len() < 100, "{}", read.text().as_str());
}

#[test]
fn a_word_of_a_megabyte_is_read() {
    let long = "a".repeat(1 << 20);
    for (text, format) in [(long.clone(), Format::Text), (format!("# {long}\n"), Format::Markdown), (format!("<p>{long}"), Format::Html)] {
        assert_eq!(read(text.as_bytes(), format, &Limits::default()).expect("it is text").text().as_str().trim().len(), 1 << 20, "{format:?}");
    }
    assert_eq!(read(&word(&say(&long)), Format::Word, &Limits::default()).expect("it is a Word file").text().as_str().trim().len(), 1 << 20);
}

fn jdlint(folder: &Path, args: &[&str]) -> (Option<i32>, String, Duration) {
    let begun = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_jdlint")).current_dir(folder).args(args).output().expect("it starts");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned(), begun.elapsed())
}

#[test]
fn every_command_names_the_file_the_limit_and_the_flag() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("it can be written");
    write("bomb.docx", &word(&say(&"manager ".repeat(200_000))));
    write("deep.docx", &word(&("<w:sdt><w:sdtContent>".repeat(3_000) + &say("deep"))));
    let advert = "# Clerk\n\nWe need a clerk.\n";
    write("advert.md", advert.as_bytes());
    for command in [&["check"][..], &["outline"], &["criteria"], &["review"], &["compare", "advert.md"], &["check", "advert.md", "--with"]] {
        let (code, said, _) = jdlint(folder.path(), &[command, &["bomb.docx", "--max-unpacked", "1MiB"]].concat());
        assert_eq!(code, Some(2), "{command:?}: {said}");
        assert!(said.contains("bomb.docx") && said.contains("more than 1 MiB") && said.contains("--max-unpacked"), "{command:?}: {said}");
    }
    for (args, says) in [
        (&["check", "deep.docx"][..], ["deep.docx", "more than 5000", "--max-depth"]),
        (&["check", "--max-size", "10", "advert.md"], ["advert.md", "more than 10 bytes", "--max-size"]),
        (&["fix", "--diff", "--max-unpacked", "10", "advert.md"], ["advert.md", "more than 10 bytes", "--max-unpacked"]),
    ] {
        let (code, said, _) = jdlint(folder.path(), args);
        assert_eq!(code, Some(2), "{args:?}: {said}");
        assert!(says.iter().all(|words| said.contains(words)), "{args:?}: {said}");
    }
    assert_ne!(jdlint(folder.path(), &["check", "--max-depth", "10000", "deep.docx"]).0, Some(2));
}

/// A file that takes seconds, though no limit but time speaks against it.
#[test]
fn what_takes_too_long_is_given_up_and_the_others_are_read() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("it can be written");
    write("a-slow.txt", "The successful candidate must have a degree in law or in history, and he will drive.\n\n".repeat(400_000).as_bytes());
    write("b-advert.md", b"# Clerk\n\nWe need a young and energetic chairman for our office in Leeds.\n");
    for threads in ["1", "2"] {
        let begun = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_jdlint"))
            .current_dir(folder.path())
            .env("RAYON_NUM_THREADS", threads)
            .args(["check", "--format", "json", "--max-seconds", "1", "a-slow.txt", "b-advert.md"])
            .output()
            .expect("it starts");
        let (said, report) = (String::from_utf8_lossy(&output.stderr).into_owned(), String::from_utf8_lossy(&output.stdout).into_owned());
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("a-slow.txt: this file took longer than a second") && said.contains("--max-seconds"), "{said}");
        assert!(report.contains("gendered.title"), "the other is read: {report}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }
}

#[test]
fn a_record_that_takes_too_long_is_a_line_like_others() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let slow = "The successful candidate must have a degree in law or in history, and he will drive. ".repeat(200_000);
    let table = format!("{{\"id\":1,\"description\":\"{slow}\"}}\n{{\"id\":2,\"description\":\"We need a chairman.\"}}\n");
    fs::write(folder.path().join("table.jsonl"), table).expect("it can be written");
    let args = ["records", "table.jsonl", "--id-column", "id", "--max-record-size", "100000000", "--max-seconds", "1"];
    let output = Command::new(env!("CARGO_BIN_EXE_jdlint")).current_dir(folder.path()).args(args).output().expect("it starts");
    let lines: Vec<&str> = str::from_utf8(&output.stdout).expect("it is JSON").lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("took longer than a second") && lines[0].contains("--max-seconds"), "{}", lines[0]);
    assert!(lines[1].contains("gendered.title"), "{}", lines[1]);
}

#[test]
fn more_paragraphs_than_anybody_writes_are_refused() {
    let limits = Limits { paragraphs: 1_000, ..Limits::default() };
    let tiny = [("a\n\n", Format::Text), ("a\n\n", Format::Markdown), ("<p>a", Format::Html), ("<td>", Format::Html)];
    for (paragraph, format) in tiny {
        let text = |n: usize| "<table><tr>".repeat(usize::from(paragraph == "<td>")) + &paragraph.repeat(n);
        assert!(read(text(1_000).as_bytes(), format, &limits).is_ok(), "{paragraph:?}");
        assert_eq!(read(text(1_002).as_bytes(), format, &limits).err(), Some(ReadError::Beyond(Limit::Paragraphs(1_000))), "{paragraph:?}");
    }
    assert_eq!(read(&word(&say("a").repeat(1_001)), Format::Word, &limits).err(), Some(ReadError::Beyond(Limit::Paragraphs(1_000))));
    assert_eq!(
        read(&open_document(&"<text:p>a</text:p>".repeat(1_001)), Format::OpenDocument, &limits).err(),
        Some(ReadError::Beyond(Limit::Paragraphs(1_000)))
    );
}
