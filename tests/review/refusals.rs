//! Files that are not reviewed, each with words that help.

use jdlint::Format;
use jdlint::fix::Rewrites;

use crate::package::{SIGNATURE, odt, say, word};
use crate::read_back::{Entry, entries};
use crate::reviewed;
use crate::zipped::zipped;

fn refusal(bytes: &[u8], format: Format) -> String {
    reviewed(bytes, format, Rewrites::Tracked).expect_err("it is refused").to_string()
}

#[test]
fn a_signed_document() {
    let said = refusal(&word(&say("The chairman leads.")).root(SIGNATURE).bytes(), Format::Word);
    assert!(said.contains("digitally signed") && said.contains("unsigned copy"), "{said}");
}

#[test]
fn a_document_of_headers_alone() {
    let body = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header1\"/></w:sectPr>";
    let said = refusal(&word(body).part("header1", "hdr", &say("The chairman leads.")).bytes(), Format::Word);
    assert!(said.contains("no paragraph"), "{said}");
}

/// The file with one part changed.
fn with_part(bytes: &[u8], name: &str, change: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let parts = entries(bytes);
    let text = |e: &Entry| change(std::str::from_utf8(&e.bytes).expect("it is text"));
    let changed: Vec<Vec<u8>> = parts.iter().map(|e| if e.name == name { text(e) } else { e.bytes.clone() }).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().zip(&changed).map(|(e, bytes)| (e.name.as_str(), bytes.as_slice())).collect();
    zipped(&parts)
}

fn utf16(text: &str) -> Vec<u8> {
    [&[0xff, 0xfe][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat()
}

#[test]
fn a_body_that_is_not_in_utf_8() {
    let said = refusal(&with_part(&word(&say("The chairman leads.")).bytes(), "word/document.xml", utf16), Format::Word);
    assert!(said.contains("word/document.xml is not in UTF-8"), "{said}");
    let said = refusal(&with_part(&odt("<text:p>The chairman leads.</text:p>").bytes(), "content.xml", utf16), Format::OpenDocument);
    assert!(said.contains("content.xml is not in UTF-8"), "{said}");
}

#[test]
fn a_body_that_breaks_off() {
    let cut = |text: &str| text.as_bytes()[..text.len() - 20].to_vec();
    let said = refusal(&with_part(&word(&say("The chairman leads.")).bytes(), "word/document.xml", cut), Format::Word);
    assert!(said.contains("cannot be read to the end"), "{said}");
    let odt = odt("<text:p>The chairman leads.</text:p>");
    let said = refusal(&with_part(&odt.bytes(), "content.xml", cut), Format::OpenDocument);
    assert!(said.contains("cannot be read to the end"), "{said}");
    let flat = odt.flat();
    let said = refusal(&flat[..flat.len() - 20], Format::OpenDocument);
    assert!(said.contains("cannot be read to the end"), "{said}");
}

#[test]
fn an_encrypted_opendocument_text() {
    let encrypted = |_: &str| b"<manifest><file-entry><encryption-data/></file-entry></manifest>".to_vec();
    let bytes = with_part(&odt("<text:p>The chairman leads.</text:p>").bytes(), "META-INF/manifest.xml", encrypted);
    let said = jdlint::Document::read(&bytes, Format::OpenDocument).expect_err("it cannot be read").to_string();
    assert!(said.contains("password"), "{said}");
}

#[test]
fn formats_without_comments() {
    for (text, format, help) in [
        ("The chairman leads.", Format::Text, "jdlint fix"),
        ("The chairman leads.", Format::Markdown, "jdlint fix"),
        ("<p>The chairman leads.</p>", Format::Html, "jdlint fix"),
    ] {
        let said = refusal(text.as_bytes(), format);
        assert!(said.contains(help), "{said}");
    }
}
