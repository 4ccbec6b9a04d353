//! Files of every kind that turn up where adverts are kept: read as what they are, or refused in a sentence that says what
//! to do. Names lie, so the content decides where it is plain.

use std::fs;
use std::path::Path;
use std::process::Command;

use jdlint::document::{Document, Format};

/// What `jdlint check` says of a file with this name and content: its format and notices, or why it was refused.
fn said(name: &str, bytes: &[u8]) -> Result<(String, String), String> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join(name), bytes).expect("it can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_jdlint")).current_dir(folder.path()).args(["check", "--format", "json", name]).output().expect("it starts");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let file = &report["files"][0];
    match file["error"]["message"].as_str() {
        Some(message) => {
            assert_eq!(output.status.code(), Some(2));
            assert!(String::from_utf8_lossy(&output.stderr).contains(name), "the file is named");
            Err(message.to_owned())
        }
        None => Ok((file["format"].as_str().unwrap_or_default().to_owned(), file["notices"].to_string())),
    }
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name)).expect("it is there")
}

/// The container of Office before 2007, with a stream of this name.
fn old_office(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0; 1024];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[640..640 + name.len()].copy_from_slice(&name);
    bytes
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).expect("it can be begun");
        std::io::Write::write_all(&mut zip, text.as_bytes()).expect("it can be written");
    }
    zip.finish().expect("it can be ended").into_inner()
}

fn office(part: &str, root: &str) -> Vec<u8> {
    let rels = format!("<Relationships><Relationship Type=\"x/officeDocument\" Target=\"{part}\"/></Relationships>");
    zipped(&[("[Content_Types].xml", "<Types/>"), ("_rels/.rels", &rels), (part, root)])
}

#[test]
fn what_is_not_read_is_named_with_what_to_do() {
    let rtf = br"{\rtf1\ansi Dear {\b all}}".to_vec();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let mail = b"Received: from x\r\nFrom: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\n\r\nWe need a chairman.\r\n".to_vec();
    let archive = b"From: <Saved by a browser>\nSubject: Job\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n".to_vec();
    let word_2003 = b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>".to_vec();
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("advert.rtf", rtf.clone(), "rich text", "save it as .docx"),
        ("advert.docx", rtf.clone(), "rich text", "save it as .docx"),
        ("advert.txt", rtf, "rich text", "save it as .docx"),
        ("advert.doc", old_office("WordDocument"), "old Word document", "save it as .docx"),
        ("advert.docx", old_office("WordDocument"), "old Word document", "save it as .docx"),
        ("advert.txt", old_office("WordDocument"), "old Word document", "save it as .docx"),
        ("advert.docx", old_office("EncryptedPackage"), "password", "remove the password"),
        ("adverts.xls", old_office("Workbook"), "Excel", "jdlint records"),
        ("slides.ppt", old_office("PowerPoint Document"), "PowerPoint", "PDF"),
        ("message.msg", old_office("__properties_version1.0"), "Outlook", "attached"),
        ("adverts.xlsx", office("xl/workbook.xml", "<workbook/>"), "Excel", "jdlint records"),
        ("slides.pptx", office("ppt/presentation.xml", "<presentation/>"), "PowerPoint", "PDF"),
        ("adverts.ods", zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]), ".ods", "jdlint records"),
        ("slides.odp", zipped(&[("mimetype", "application/vnd.oasis.opendocument.presentation")]), ".odp", "PDF"),
        ("book.epub", zipped(&[("mimetype", "application/epub+zip")]), "e-book", ".docx"),
        ("advert.pages", zipped(&[("Index/Document.iwa", "x")]), "Pages", "export it as Word"),
        ("adverts.zip", zipped(&[("a.txt", "x")]), "zip archive", "unpack"),
        ("advert.wpd", b"\xFFWPC\x10\0\0\0".to_vec(), "WordPerfect", "save it as .docx"),
        ("advert.png", png.clone(), "picture", "text recognition"),
        ("advert.docx", png.clone(), "picture", "text recognition"),
        ("advert.txt", png, "picture", "text recognition"),
        ("advert.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), "picture", "text recognition"),
        ("advert.eml", mail, "e-mail", "attached"),
        ("advert.mht", archive.clone(), "web archive", ".html or .docx"),
        ("advert.doc", archive, "web archive", ".html or .docx"),
        ("advert.xml", word_2003, "single XML file", "save it as .docx"),
        ("advert.docx", Vec::new(), "empty", "again"),
        ("advert.odt", Vec::new(), "empty", "again"),
        ("advert.pdf", Vec::new(), "empty", "again"),
        ("advert.docx", b"Dear all".to_vec(), "plain text", "rename"),
    ];
    for (name, bytes, kind, advice) in cases {
        let message = said(name, &bytes).expect_err(name);
        assert!(message.contains(kind) && message.contains(advice), "{name}: {message}");
    }
}

#[test]
fn a_wrong_name_is_seen_through() {
    let page = "<html><body><h1>Clerk</h1><p>We need a chairman.</p></body></html>".as_bytes();
    let odt = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "<d><office:body><office:text><text:p>We need a chairman.</text:p></office:text></office:body></d>"),
    ]);
    let docx = office(
        "word/document.xml",
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:r><w:t>We need a chairman.</w:t></w:r></w:p></w:document>",
    );
    for (name, bytes, format) in [
        ("export.doc", page, "html"),
        ("advert.docx", page, "html"),
        ("advert.odt", page, "html"),
        ("advert.docx", &odt, "odt"),
        ("advert.odt", &docx, "docx"),
        ("advert.pdf", &docx, "docx"),
        ("advert.txt", &docx, "docx"),
    ] {
        let (read_as, notices) = said(name, bytes).expect(name);
        assert_eq!(read_as, format, "{name}");
        assert!(notices.contains("its name is that of"), "{name}: {notices}");
    }
    for (name, bytes, format) in
        [("advert", page, "html"), ("advert.doc", &docx, "docx"), ("advert", &odt, "odt"), ("advert.txt", b"BMW seeks a chairman.\n", "text")]
    {
        let (read_as, notices) = said(name, bytes).expect(name);
        assert_eq!((read_as.as_str(), notices.as_str()), (format, "[]"), "{name}");
    }
}

#[test]
fn a_folder_with_the_name_of_a_document_is_a_folder() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(folder.path().join("advert.docx")).expect("it can be made");
    fs::write(folder.path().join("advert.docx/advert.md"), sample("advert.md")).expect("it can be written");
    let output =
        Command::new(env!("CARGO_BIN_EXE_jdlint")).current_dir(folder.path()).args(["check", "--format", "json", "advert.docx"]).output().expect("it starts");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(report["files"][0]["format"], "markdown");
}

#[test]
fn the_library_tells_a_format_by_its_content() {
    assert_eq!(Format::of_content(b"%PDF-1.7\n"), Some(Format::Pdf));
    assert_eq!(Format::of_content(b"<!DOCTYPE html><p>x"), Some(Format::Html));
    assert_eq!(Format::of_content(b"{\"@type\": \"JobPosting\"}"), Some(Format::JsonLd));
    assert_eq!(Format::of_content(b"# Clerk\n"), None, "text may be anything");
    assert_eq!(Format::of_content(b""), None);
    assert!(Document::read(b"{\\rtf1 Dear all}", Format::Markdown).is_err());
}
