//! The way back: where in the file's runs a span's words stand.

use jdlint::document::{Document, Location};
use jdlint::text::Folded;
use proptest::prelude::*;
use quick_xml::events::Event;

use super::package::{namespaces, p, r, say, word};

/// The raw text of each run of each paragraph, in file order, as any other program would count them.
fn runs(part: &str) -> Vec<Vec<String>> {
    let mut reader = quick_xml::Reader::from_str(part);
    let (mut paragraphs, mut open, mut in_text): (Vec<Vec<String>>, Vec<(usize, usize)>, bool) = (Vec::new(), Vec::new(), false);
    let mut within: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().expect("the test wrote it") {
            Event::Start(e) if e.name().0 == "w:p" => {
                within.push(paragraphs.len());
                paragraphs.push(Vec::new());
            }
            Event::End(e) if e.name().0 == "w:p" => drop(within.pop()),
            Event::Start(e) if e.name().0 == "w:r" => {
                let paragraph = *within.last().expect("runs stand in paragraphs");
                open.push((paragraph, paragraphs[paragraph].len()));
                paragraphs[paragraph].push(String::new());
            }
            Event::End(e) if e.name().0 == "w:r" => drop(open.pop()),
            Event::Start(e) if e.name().0 == "w:t" => in_text = true,
            Event::End(e) if e.name().0 == "w:t" => in_text = false,
            Event::Text(text) if in_text => {
                let (paragraph, run) = *open.last().expect("text stands in runs");
                paragraphs[paragraph][run].push_str(&text.xml10_content());
            }
            Event::GeneralRef(name) if in_text => {
                let (paragraph, run) = *open.last().expect("text stands in runs");
                let c = if name.as_ref() == "amp" { '&' } else { name.resolve_char_ref().expect("a character").expect("a character") };
                paragraphs[paragraph][run].push(c);
            }
            Event::Eof => return paragraphs,
            _ => {}
        }
    }
}

/// The raw text between the two places of a span.
fn raw(paragraphs: &[Vec<String>], location: &Location) -> String {
    let Location::Word(from, to) = location else { panic!("it is a place in a Word file") };
    let mut raw = String::new();
    for (p, runs) in paragraphs.iter().enumerate() {
        for (r, text) in runs.iter().enumerate() {
            let here = (p as u32, r as u32);
            let (first, last) = ((from.paragraph, from.run), (to.paragraph, to.run));
            if here < first || here > last {
                continue;
            }
            let start = if here == first { from.at as usize } else { 0 };
            let end = if here == last { to.at as usize } else { text.len() };
            raw.push_str(&text[start..end]);
        }
    }
    raw
}

/// Words as they are compared: what the reader puts in is not in the runs.
fn plain(words: &str) -> String {
    Folded::new(words).as_str().chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

#[test]
fn a_word_is_found_in_its_run() {
    let body = say("first") + &p(&(r("We want a sales") + "<w:del><w:r><w:delText>wo</w:delText></w:r></w:del>" + &r("man &amp; more")));
    let read = word(&body).read();
    let at = read.text().as_str().find("salesman").expect("it is there");
    let Location::Word(from, to) = read.locate(read.text().span(at, at + 8).expect("a span")) else { panic!("a place") };
    assert_eq!((&*from.part, from.paragraph, from.run, from.at), ("word/document.xml", 1, 0, 10));
    assert_eq!((to.paragraph, to.run, to.at), (1, 2, 3));
}

#[test]
fn paragraphs_are_counted_where_they_are_not_read_too() {
    let boxed = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", say(words));
    let both = format!(
        "<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent><w:t>held</w:t></w:r>",
        boxed("boxed"),
        boxed("boxed")
    );
    let read = word(&(p(&both) + &say("after"))).read();
    for (words, paragraph) in [("held", 0), ("boxed", 1), ("after", 3)] {
        let at = read.text().as_str().find(words).expect("it is there");
        let Location::Word(from, _) = read.locate(read.text().span(at, at + 1).expect("a span")) else { panic!("a place") };
        assert_eq!((from.paragraph, from.run), (paragraph, 0), "{words}");
    }
}

#[test]
fn words_of_a_header_name_its_part() {
    let body = say("body") + "<w:sectPr><w:headerReference r:id=\"header1\"/></w:sectPr>";
    let read = word(&body).part("header1", "hdr", &say("top")).read();
    let at = read.text().as_str().find("top").expect("it is there");
    let Location::Word(from, _) = read.locate(read.text().span(at, at + 3).expect("a span")) else { panic!("a place") };
    assert_eq!((&*from.part, from.paragraph), ("word/header1.xml", 0));
}

/// Text of a run, with what XML and layout make awkward.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,6}",
        Just(" ".to_owned()),
        Just("  ".to_owned()),
        Just("\u{A0}".to_owned()),
        Just("&amp;".to_owned()),
        Just("&#233;".to_owned()),
        Just("é👨‍🔧".to_owned()),
        Just("\u{AD}".to_owned()),
        Just("</w:t><w:tab/><w:t>".to_owned()),
        Just("</w:t><w:noBreakHyphen/><w:t>".to_owned()),
        Just("</w:t><w:br/><w:t>".to_owned()),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn run() -> impl Strategy<Value = String> {
    (words(), 0..6).prop_map(|(words, wrap)| {
        let run = r(&words);
        match wrap {
            0 => format!("<w:ins>{run}</w:ins>"),
            1 => format!("<w:hyperlink>{run}</w:hyperlink>"),
            2 => format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r>"),
            3 => format!("<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>"),
            4 => "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>".into(),
            _ => run,
        }
    })
}

fn body() -> impl Strategy<Value = String> {
    let paragraph = (prop::collection::vec(run(), 0..5), any::<bool>()).prop_map(|(runs, joined)| {
        let mark = if joined { "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" } else { "" };
        p(&format!("{mark}{}", runs.concat()))
    });
    prop::collection::vec(paragraph, 1..5).prop_map(|paragraphs| paragraphs.concat())
}

proptest! {
    #[test]
    fn every_span_is_the_text_of_its_runs(body in body()) {
        let part = format!("<w:document {}><w:body>{body}</w:body></w:document>", namespaces());
        let paragraphs = runs(&part);
        let read: Document = word(&body).read();
        let text = read.text().as_str();
        let ends: Vec<usize> = (0..=text.len()).filter(|i| text.is_char_boundary(*i)).collect();
        for (n, start) in ends.iter().enumerate() {
            for end in &ends[n + 1..] {
                let span = read.text().span(*start, *end).expect("on boundaries");
                let words = read.slice(span);
                if words.trim().is_empty() {
                    continue;
                }
                prop_assert_eq!(plain(&raw(&paragraphs, &read.locate(span))), plain(words), "{:?}", words);
            }
        }
    }
}
