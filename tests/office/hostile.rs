//! Files that are no Word files, damaged, or made to do harm.

use jdlint::document::{Document, Format, Limit, ReadError};
use proptest::prelude::*;

use super::package::{lines, namespaces, p, r, refusal, say, table, word, zipped};

#[test]
fn other_kinds_of_file_are_named() {
    let mut old = vec![0; 1024];
    old[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let with_stream = |name: &str| {
        let mut bytes = old.clone();
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes[640..640 + name.len()].copy_from_slice(&name);
        bytes
    };
    let odt = zipped(&[("mimetype".into(), b"application/vnd.oasis.opendocument.text".to_vec())]);
    let excel = zipped(&[
        ("_rels/.rels".into(), b"<R><Relationship Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></R>".to_vec()),
        ("xl/workbook.xml".into(), b"<workbook/>".to_vec()),
    ]);
    let cases: [(Vec<u8>, &str); 13] = [
        (b"%PDF-1.7".to_vec(), "a PDF"),
        (b"{\\rtf1 x}".to_vec(), "RTF"),
        (b"\n<!DOCTYPE html><p>x".to_vec(), "HTML"),
        (b"Dear all".to_vec(), "plain text"),
        (Vec::new(), "empty"),
        (vec![0; 300], "damaged"),
        (with_stream("EncryptedPackage"), "password"),
        (with_stream("WordDocument"), ".docx"),
        (with_stream("Workbook"), "Excel"),
        (odt, "OpenDocument text"),
        (excel, "an Excel workbook"),
        (zipped(&[("a.txt".into(), b"x".to_vec())]), "no Word document"),
        (b"PK\x03\x04 and no more".to_vec(), "damaged"),
    ];
    for (bytes, says) in cases {
        let message = refusal(&bytes).to_string();
        assert!(message.contains(says), "{message} should say {says}");
    }
}

#[test]
fn the_main_part_is_found_by_its_relationship() {
    let document = format!("<w:document {}><w:body>{}</w:body></w:document>", namespaces(), say("found"));
    for (kind, target) in [
        ("http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument", "/content/ad.xml"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument", "content/ad.xml"),
    ] {
        let rels = format!("<Relationships><Relationship Id=\"x\" Type=\"{kind}\" Target=\"{target}\"/></Relationships>");
        let bytes = zipped(&[("_rels/.rels".into(), rels.into_bytes()), ("content/ad.xml".into(), document.clone().into_bytes())]);
        assert_eq!(lines(&Document::read(&bytes, Format::Word).expect("it is one")), ["found"]);
    }
}

#[test]
fn names_of_any_prefix_are_the_same() {
    for (ns, open, close) in [
        ("http://purl.oclc.org/ooxml/wordprocessingml/main", "<d:document xmlns:d=\"NS\"><d:p><d:r><d:t>x</d:t></d:r></d:p>", "</d:document>"),
        ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "<document xmlns=\"NS\"><p><r><t>x</t></r></p>", "</document>"),
    ] {
        let part = format!("{}{close}", open.replace("NS", ns));
        let bytes = zipped(&[("word/document.xml".into(), part.into_bytes())]);
        assert_eq!(lines(&Document::read(&bytes, Format::Word).expect("it is one")), ["x"]);
    }
}

#[test]
fn utf16_parts_are_read() {
    let part = format!("<w:document {}>{}</w:document>", namespaces(), say("é👨"));
    let bytes: Vec<u8> = std::iter::once(0xFEFF).chain(part.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let file = zipped(&[("word/document.xml".into(), bytes)]);
    assert_eq!(lines(&Document::read(&file, Format::Word).expect("it is one")), ["é👨"]);
}

#[test]
fn a_bomb_is_refused_by_what_it_unpacks_to() {
    let bytes = zipped(&[("word/document.xml".into(), vec![b' '; (128 << 20) + 1])]);
    assert!(bytes.len() < 1 << 20);
    let error = refusal(&bytes);
    assert!(matches!(error, ReadError::Beyond(Limit::Unpacked(_))));
    assert!(error.to_string().contains("too large") && error.to_string().contains("128 MiB"), "{error}");
}

#[test]
fn broken_xml_is_read_as_far_as_it_goes() {
    for (tail, expected) in [("<w:p><w:r><w:t>half", "half"), ("<w:p></w:tbl>", ""), ("<w:p><w:r><w:t>a</w:t></w:r", "a"), ("<", "")] {
        let part = format!("<w:document {}><w:body>{}{tail}", namespaces(), say("whole"));
        let read = Document::read(&zipped(&[("word/document.xml".into(), part.into_bytes())]), Format::Word).expect("some of it is there");
        assert_eq!(lines(&read).join("\n").trim_end(), format!("whole\n{expected}").trim_end(), "{tail}");
        assert!(read.notices().iter().any(|n| n.0.contains("damaged")), "{tail}");
    }
    let error = refusal(&zipped(&[("word/document.xml".into(), b"<w:document".to_vec())]));
    assert!(matches!(error, ReadError::Damaged { .. }), "{error}");
}

#[test]
fn declared_entities_are_not_expanded() {
    let part = format!(
        "<!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><w:document {}><w:body>{}</w:body></w:document>",
        namespaces(),
        say("x&b;y &amp; z")
    );
    let read = Document::read(&zipped(&[("word/document.xml".into(), part.into_bytes())]), Format::Word).expect("it is one");
    assert_eq!(lines(&read), ["xy & z"]);
}

#[test]
fn deep_nesting_does_no_harm() {
    for (open, close) in [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
        ("<w:p><w:r>", "</w:r></w:p>"),
    ] {
        let nested = |depth: usize| word(&(say("before") + &open.repeat(depth) + &say("deep") + &close.repeat(depth) + &say("after"))).read();
        assert_eq!(lines(&nested(1_000)).last().map(String::as_str), Some("after"), "{open}");
        let too_deep = word(&(say("before") + &open.repeat(100_000))).bytes();
        assert!(matches!(refusal(&too_deep), ReadError::Beyond(Limit::Depth(5_000))), "{open}");
    }
}

#[test]
fn a_table_with_very_many_cells_is_read_in_time() {
    let wide = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc><w:tcPr><w:gridSpan w:val=\"9999999\"/><w:vMerge/></w:tcPr><w:p/></w:tc>".repeat(20_000));
    assert_eq!(word(&(wide + &say("after"))).lines(), ["after"]);
    let tall = format!("<w:tbl>{}</w:tbl>", "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>".repeat(20_000));
    assert_eq!(word(&(tall + &say("after"))).lines(), ["after"]);
}

/// A body with some of everything.
fn everything() -> String {
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>X</w:instrText><w:fldChar w:fldCharType=\"separate\"/></w:r>";
    let boxed =
        format!("<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>", say("box"));
    let head = "<w:pPr><w:pStyle w:val=\"Heading1\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let body = p(&format!("{head}{}{field}{boxed}", r("Essential &amp; é")))
        + &table(&[&["a", "b"], &["c", "d"]])
        + "<w:sectPr><w:headerReference r:id=\"x\"/></w:sectPr>";
    format!("<w:document {}><w:body>{body}</w:body></w:document>", namespaces())
}

fn try_out(bytes: &[u8]) {
    let Ok(read) = Document::read(bytes, Format::Word) else { return };
    for block in read.blocks() {
        read.locate(block.span);
        if let Some(cell) = block.cell {
            read.column_headers(cell);
            read.row_headers(cell);
        }
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), zip in any::<bool>()) {
        let mut file = if zip { b"PK\x03\x04".to_vec() } else { Vec::new() };
        file.extend(&bytes);
        try_out(&file);
        try_out(&zipped(&[("word/document.xml".into(), bytes)]));
    }

    #[test]
    fn a_changed_document_does_not_panic(cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, "[<>/&\"a-z:]{0,8}"), 1..6)) {
        let mut part = everything();
        for (at, len, instead) in cuts {
            let start = (0..=at.index(part.len())).rev().find(|i| part.is_char_boundary(*i)).unwrap_or(0);
            let end = (start + len..=part.len()).find(|i| part.is_char_boundary(*i)).unwrap_or(part.len());
            part.replace_range(start..end, &instead);
        }
        try_out(&zipped(&[("word/document.xml".into(), part.into_bytes())]));
    }

    #[test]
    fn a_changed_package_does_not_panic(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = word(&say("x")).bytes();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        try_out(&bytes);
    }
}
