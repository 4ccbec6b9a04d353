//! Words cut up in any way, with links, fields, content controls and other people's changes between them: nothing is lost,
//! and every finding has its comment beside its words.

use jdlint::fix::Rewrites;
use jdlint::{Advert, Document, Format};
use proptest::prelude::*;

use crate::opendocument;
use crate::package::{odt, say, word};
use crate::read_back::read_back;
use crate::{linter, reviewed};

const WORDS: [&str; 12] =
    ["The ", "chair", "man", " &amp; ", "sales", "man ", "young and ", "energetic ", "native ", "English speaker", ". ", "Educated to degree level"];

/// Some words, and what they stand in.
type Piece = (usize, usize);

fn word_piece(n: usize, (words, within): Piece) -> String {
    let run = format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", WORDS[words]);
    let by = format!("w:id=\"{}\" w:author=\"Anna\"", 100 + n);
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    match within {
        0..5 => run,
        5 => run.replace("<w:r>", "<w:r w:rsidR=\"00A1\"><w:rPr><w:b/></w:rPr>"),
        6 => format!("<w:hyperlink w:anchor=\"a\">{run}</w:hyperlink>"),
        7 => format!("<w:ins {by}>{run}</w:ins>"),
        8 => format!("<w:del {by}>{}</w:del>", run.replace("w:t>", "w:delText>").replace("w:t ", "w:delText ")),
        9 => format!("<w:fldSimple w:instr=\" AUTHOR \">{run}</w:fldSimple>"),
        10 => format!("<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>"),
        11 => format!("{}<w:r><w:instrText> AUTHOR </w:instrText></w:r>{}{run}{}", mark("begin"), mark("separate"), mark("end")),
        12 => format!("<w:bookmarkStart w:id=\"{n}\" w:name=\"b{n}\"/>{run}<w:bookmarkEnd w:id=\"{n}\"/>"),
        13 => run.replace("</w:r>", "<w:tab/><w:t>or </w:t></w:r>"),
        14 => run.replace("<w:t xml:space=\"preserve\">", "<w:t>"),
        _ => format!("</w:p><w:p>{run}"),
    }
}

fn odt_piece(n: usize, (words, within): Piece) -> String {
    let text = WORDS[words];
    match within {
        0..5 => text.to_owned(),
        5 | 12 => format!("<text:span text:style-name=\"T{n}\">{text}</text:span>"),
        6 => format!("<text:a l:href=\"#a\">{text}</text:a>"),
        7 => format!("<text:change-start text:change-id=\"c2\"/>{text}<text:change-end text:change-id=\"c2\"/>"),
        8 => "<text:change text:change-id=\"c1\"/>".to_owned(),
        9 | 11 => format!("<text:user-field-get text:name=\"f\">{text}</text:user-field-get>"),
        10 => format!("<loext:content-control>{text}</loext:content-control>"),
        13 => format!("{text}<text:s/><text:soft-page-break/>"),
        14 => format!("<text:bookmark text:name=\"b{n}\"/><text:span text:style-name=\"T\"><text:span text:style-name=\"U\">{text}</text:span></text:span>"),
        _ => format!("</text:p><text:p>{text}"),
    }
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    prop::collection::vec((0..WORDS.len(), 0..16_usize), 1..14)
}

/// The words of all findings, without white space, which may be an element.
fn found(bytes: &[u8], format: Format) -> Vec<String> {
    let advert = Advert::new(vec![Document::read(bytes, format).expect("it can be read")]);
    let report = linter().check(&advert).swap_remove(0);
    let commented = report.findings.iter().filter(|f| f.severity >= jdlint::Severity::Warning && !f.span.is_empty());
    commented.map(|f| bare(advert.documents()[0].slice(f.span))).collect()
}

fn bare(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn beside(found: &[String], words: &[String]) -> Result<(), TestCaseError> {
    let words: Vec<String> = words.iter().map(|w| bare(w)).collect();
    for finding in found {
        // What somebody deleted stands between the words, too.
        let holds = |words: &String| finding.chars().try_fold(words.as_str(), |rest, c| rest.split_once(c).map(|(_, rest)| rest)).is_some();
        prop_assert!(words.iter().any(holds), "{finding} has no comment; comments stand on {words:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_word(pieces in pieces()) {
        let inner: String = pieces.iter().enumerate().map(|(n, piece)| word_piece(n, *piece)).collect();
        let bytes = word(&format!("{}<w:p>{inner}</w:p>", say("Data Analyst"))).bytes();
        let text = Document::read(&bytes, Format::Word).expect("it can be read").text().as_str().to_owned();
        let found = found(&bytes, Format::Word);
        for rewrites in [Rewrites::InComments, Rewrites::Tracked] {
            let reviewed = reviewed(&bytes, Format::Word, rewrites).expect("it is reviewed");
            let back = read_back(&bytes, &reviewed);
            prop_assert_eq!(&back.rejected, &text);
            beside(&found, &back.comments.into_iter().map(|c| c.words).collect::<Vec<_>>())?;
        }
    }

    #[test]
    fn in_opendocument(pieces in pieces()) {
        let inner: String = pieces.iter().enumerate().map(|(n, piece)| odt_piece(n, *piece)).collect();
        let odt = odt(&format!("<text:h>Data Analyst</text:h><text:p>{inner}</text:p>")).prelude(opendocument::ANNA);
        let bytes = odt.bytes();
        let (back, _) = opendocument::review(&odt);
        beside(&found(&bytes, Format::OpenDocument), &back.words)?;
    }
}
