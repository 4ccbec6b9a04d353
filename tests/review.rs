//! A reviewed Word file: what was there is still there, and what jdlint adds says what it found.

use std::io::{Cursor, Read, Write};

use jdlint::fix::{Review, Reviewed, Rewrites, review};
use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const P: &str = "http://schemas.openxmlformats.org/package/2006";

/// A Word file with this body, these kinds of relationship at its root beside the document, and a picture.
fn word(body: &str, roots: &[&str]) -> Vec<u8> {
    let more: String = roots.iter().enumerate().map(|(n, kind)| format!(r#"<Relationship Id="m{n}" Type="{kind}" Target="x"/>"#)).collect();
    let parts = [
        ("[Content_Types].xml", format!(r#"<Types xmlns="{P}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#)),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{P}/relationships"><Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>{more}</Relationships>"#
            ),
        ),
        ("word/document.xml", format!(r#"<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>"#)),
        ("word/vbaProject.bin", "macros".to_owned()),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory is writable");
        zip.write_all(text.as_bytes()).expect("memory is writable");
    }
    zip.finish().expect("memory is writable").into_inner()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip file");
    let mut text = String::new();
    zip.by_name(name).expect("the part is there").read_to_string(&mut text).expect("it is text");
    text
}

fn reviewed(bytes: &[u8], rewrites: Rewrites) -> Result<Reviewed, String> {
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let document = Document::read(bytes, Format::Word).expect("it is a Word file");
    let advert = Advert::new(vec![document]);
    let report = &linter.check(&advert)[0];
    let how = Review { catalogue: linter.ruleset().catalogue(), date: "2026-11-25T09:00:00Z", rewrites };
    review(bytes, &advert.documents()[0], report, &how).map_err(|error| error.to_string())
}

fn text(bytes: &[u8]) -> String {
    Document::read(bytes, Format::Word).expect("it is a Word file").text().as_str().to_owned()
}

const BODY: &str = "<w:p><w:r><w:t>Chairman of the Board</w:t></w:r></w:p><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>The chair</w:t></w:r><w:r><w:t>man will lead &amp; manage.</w:t></w:r></w:p>";

#[test]
fn a_comment_changes_no_word_and_no_other_part() {
    let bytes = word(BODY, &[]);
    let out = reviewed(&bytes, Rewrites::InComments).expect("it is reviewed");
    assert!(out.comments >= 2);
    assert_eq!(text(&out.bytes), text(&bytes));
    assert_eq!(part(&out.bytes, "word/vbaProject.bin"), "macros");
    assert_eq!(part(&out.bytes, "_rels/.rels"), part(&bytes, "_rels/.rels"));
    let comments = part(&out.bytes, "word/comments.xml");
    assert_eq!(comments.matches("<w:comment ").count(), out.comments);
    assert!(comments.contains("w:author=\"jdlint\"") && comments.contains("Source"), "{comments}");
    let body = part(&out.bytes, "word/document.xml");
    for mark in ["commentRangeStart", "commentRangeEnd", "commentReference"] {
        assert_eq!(body.matches(mark).count(), out.comments, "{mark}");
    }
}

#[test]
fn a_tracked_change_reads_as_the_rewrite() {
    let bytes = word(BODY, &[]);
    let out = reviewed(&bytes, Rewrites::Tracked).expect("it is reviewed");
    assert!(out.changes >= 1);
    let read = text(&out.bytes);
    assert!(!read.to_lowercase().contains("chairman"), "{read}");
    let body = part(&out.bytes, "word/document.xml");
    assert!(body.contains("<w:del ") && body.contains("<w:delText") && body.contains("<w:ins "), "{body}");
}

#[test]
fn a_signed_document_is_refused() {
    let bytes = word(BODY, &[&format!("{P}/relationships/digital-signature/origin")]);
    let refusal = reviewed(&bytes, Rewrites::InComments).expect_err("it is signed");
    assert!(refusal.contains("digitally signed"), "{refusal}");
}

#[test]
fn other_peoples_changes_are_not_rewritten() {
    let body = r#"<w:p><w:r><w:t>Post</w:t></w:r></w:p><w:p><w:ins w:id="0" w:author="Anna"><w:r><w:t>The chairman leads.</w:t></w:r></w:ins></w:p>"#;
    let out = reviewed(&word(body, &[]), Rewrites::Tracked).expect("it is reviewed");
    let body = part(&out.bytes, "word/document.xml");
    assert!(!body.contains("<w:del "), "{body}");
    assert_eq!(body.matches("<w:ins ").count(), 1);
}
