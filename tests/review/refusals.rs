//! Files that are not reviewed, each with words that help.

use jdlint::Format;
use jdlint::fix::Rewrites;

use crate::package::{SIGNATURE, say, word, zipped};
use crate::read_back::entries;
use crate::reviewed;

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

#[test]
fn a_body_that_is_not_in_utf_8() {
    let bytes = word(&say("The chairman leads.")).bytes();
    let parts = entries(&bytes);
    let utf16 = |text: &[u8]| {
        let text = std::str::from_utf8(text).expect("it is text");
        [&[0xff, 0xfe][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat()
    };
    let changed: Vec<Vec<u8>> = parts.iter().map(|e| if e.name == "word/document.xml" { utf16(&e.bytes) } else { e.bytes.clone() }).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().zip(&changed).map(|(e, bytes)| (e.name.as_str(), bytes.as_slice())).collect();
    let said = refusal(&zipped(&parts), Format::Word);
    assert!(said.contains("word/document.xml is not in UTF-8"), "{said}");
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
