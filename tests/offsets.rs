//! The way back, in every format: each word of a document, and each finding in it, is mapped to the very place in the file
//! where those words were put. Documents are written by chance, and their writer knows where it put each word.

#[path = "pdf/file.rs"]
#[allow(dead_code, reason = "the tests of PDFs use more of it")]
mod file;
mod zipped;

use std::ops::Range;

use jdlint::document::{Document, Format, Location};
use jdlint::text::Span;
use jdlint::{Advert, Linter, Ruleset, Settings};
use proptest::prelude::*;
use zipped::zipped;

/// Words with and without a finding; some of more bytes than letters.
const WORDS: [&str; 18] = [
    "chairman",
    "young",
    "and",
    "energetic",
    "salesman",
    "café",
    "naïve",
    "native",
    "speaker",
    "will",
    "drive",
    "Zoë",
    "foreman",
    "guys",
    "office",
    "the",
    "“team”",
    "rockstar",
];

/// A word, and how it is written: where it is broken by formatting, and whether its letters are written as entities.
#[derive(Clone, Debug)]
struct Written {
    word: &'static str,
    /// Letters before the break; none or all of them: it is whole.
    split: usize,
    style: u8,
}

fn written() -> impl Strategy<Value = Written> {
    (0..WORDS.len(), 0_usize..9, 0_u8..8).prop_map(|(n, split, style)| Written { word: WORDS[n], split, style })
}

/// Some lines of words; the first has a finding for certain.
fn lines() -> impl Strategy<Value = Vec<Vec<Written>>> {
    let plain = |word| Written { word, split: 0, style: 0 };
    prop::collection::vec(prop::collection::vec(written(), 1..7), 1..6).prop_map(move |mut lines| {
        lines.insert(0, ["We", "seek", "a", "chairman"].map(plain).to_vec());
        lines
    })
}

impl Written {
    fn halves(&self) -> (&'static str, &'static str) {
        let at = self.word.char_indices().nth(self.split).map_or(self.word.len(), |(at, _)| at);
        self.word.split_at(at)
    }
}

fn all_words(lines: &[Vec<Written>]) -> Vec<&'static str> {
    lines.iter().flatten().map(|w| w.word).collect()
}

/// The document's words with their spans; they are those that were written.
fn words(document: &Document, lines: &[Vec<Written>]) -> Vec<Span> {
    let text = document.text().as_str();
    let spans: Vec<Span> = text
        .split_whitespace()
        .map(|word| {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            document.text().span(at, at + word.len()).expect("a word ends on a character boundary")
        })
        .collect();
    let read: Vec<&str> = spans.iter().map(|s| document.slice(*s)).collect();
    assert_eq!(read, all_words(lines), "what was written is read");
    spans
}

/// The words that each finding covers, as the first and the last of them.
fn found(document: &Document, words: &[Span]) -> Vec<(Span, Range<usize>)> {
    thread_local! {
        static LINTER: Linter = Linter::new(Ruleset::embedded(), Settings::default());
    }
    let report = LINTER.with(|linter| linter.check(&Advert::new(vec![document.clone()]))).remove(0);
    let within = |finding: Span| -> Option<(Span, Range<usize>)> {
        let first = words.iter().position(|w| w.start() == finding.start())?;
        let last = words.iter().position(|w| w.end() == finding.end())?;
        Some((finding, first..last + 1))
    };
    let found: Vec<_> = report.findings.iter().filter_map(|f| within(f.span)).collect();
    assert!(report.findings.iter().any(|f| document.slice(f.span) == "chairman"), "there is something to find");
    found
}

/// Every word and every finding is where it was put; `place` makes the place of several words of their places.
fn assert_found_again<P: Clone + PartialEq + std::fmt::Debug>(
    document: &Document,
    lines: &[Vec<Written>],
    put: &[P],
    cover: fn(&P, &P) -> P,
    place: fn(Location) -> P,
) {
    let words = words(document, lines);
    assert_eq!(words.len(), put.len());
    for (word, put) in words.iter().zip(put) {
        assert_eq!(place(document.locate(*word)), *put, "{:?} in {:?}", document.slice(*word), document.text().as_str());
    }
    for (finding, range) in found(document, &words) {
        let whole = cover(&put[range.start], &put[range.end - 1]);
        assert_eq!(place(document.locate(finding)), whole, "the finding {:?}", document.slice(finding));
    }
}

fn bytes(location: Location) -> Range<usize> {
    match location {
        Location::Bytes(span) => span.range(),
        other => panic!("bytes were written, and this is {other:?}"),
    }
}

fn both(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start..b.end
}

/// A file in the making, and where its words stand.
#[derive(Default)]
struct Marked {
    text: String,
    put: Vec<Range<usize>>,
}

impl Marked {
    /// Writes lines; `word` writes one, and says which of what it wrote are the word's letters, from the first to the last.
    fn write(lines: &[Vec<Written>], (open, close): (&str, &str), word: impl Fn(&Written) -> (String, Range<usize>)) -> Marked {
        let mut marked = Marked::default();
        for line in lines {
            marked.text += open;
            for (n, written) in line.iter().enumerate() {
                if n > 0 {
                    marked.text += " ";
                }
                let (source, letters) = word(written);
                let at = marked.text.len();
                marked.put.push(at + letters.start..at + letters.end);
                marked.text += &source;
            }
            marked.text += close;
        }
        marked
    }
}

fn whole(source: &str) -> (String, Range<usize>) {
    (source.to_owned(), 0..source.len())
}

/// A word in HTML: plain, with a tag, a comment or a soft break in it, in a tag, or with letters as entities.
fn in_html(written: &Written) -> (String, Range<usize>) {
    let (a, b) = written.halves();
    let broken = |middle: &str, end: &str| {
        let letters =
            if a.is_empty() { middle.len()..middle.len() + b.len() } else { 0..if b.is_empty() { a.len() } else { a.len() + middle.len() + b.len() } };
        (format!("{a}{middle}{b}{end}"), letters)
    };
    match written.style {
        0..=2 => whole(written.word),
        3 => broken("<b class=\"x>y\">", "</b>"),
        4 => broken("<!-- he -->", ""),
        5 => (format!("<i>{}</i>", written.word), 3..3 + written.word.len()),
        6 => broken("<wbr>", ""),
        _ => whole(&written.word.chars().map(|c| format!("&#{};", u32::from(c))).collect::<String>()),
    }
}

/// A word in Markdown.
fn in_markdown(written: &Written) -> (String, Range<usize>) {
    let (a, b) = written.halves();
    let is_split = !a.is_empty() && !b.is_empty() && written.word.chars().all(char::is_alphanumeric);
    match written.style {
        3 if is_split => (format!("{a}**{b}**"), 0..a.len() + 2 + b.len()),
        4 if is_split => (format!("{a}<b>{b}</b>"), 0..a.len() + 3 + b.len()),
        5 => (format!("*{}*", written.word), 1..1 + written.word.len()),
        6 => (format!("[{}](https://a.example)", written.word), 1..1 + written.word.len()),
        7 => whole(&written.word.chars().map(|c| format!("&#{};", u32::from(c))).collect::<String>()),
        _ => whole(written.word),
    }
}

/// Text in an encoding, and where in it the bytes of the text are.
fn encoded(text: &str, encoding: u8) -> (Vec<u8>, Box<dyn Fn(usize) -> usize>) {
    let text = text.to_owned();
    match encoding {
        0 => (text.into_bytes(), Box::new(|at| at)),
        1 => ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Box::new(|at| at + 3)),
        2 | 3 => {
            let units: Vec<u16> = std::iter::once(0xFEFF).chain(text.encode_utf16()).collect();
            let bytes = units.iter().flat_map(|u| if encoding == 2 { u.to_le_bytes() } else { u.to_be_bytes() }).collect();
            (bytes, Box::new(move |at| 2 + 2 * text[..at].encode_utf16().count()))
        }
        // Windows-1252 has a byte for each of these letters.
        _ => {
            let byte = |c: char| match c {
                '“' => 0x93,
                '”' => 0x94,
                c => u8::try_from(u32::from(c)).expect("it has a byte"),
            };
            (text.chars().map(byte).collect(), Box::new(move |at| text[..at].chars().count()))
        }
    }
}

/// Word's and OpenDocument's place: paragraph, run, byte; of the first letter and behind the last.
type InRun = ((u32, u32, u32), (u32, u32, u32));

fn in_run(location: Location) -> InRun {
    match location {
        Location::Word(a, b) => ((a.paragraph, a.run, a.at), (b.paragraph, b.run, b.at)),
        other => panic!("runs were written, and this is {other:?}"),
    }
}

/// Lines as runs, which break where a word says so, and where each word stands in them.
fn runs(lines: &[Vec<Written>]) -> (Vec<Vec<String>>, Vec<InRun>) {
    let number = |n: usize| u32::try_from(n).expect("it is small");
    let mut put = Vec::new();
    let paragraphs = lines.iter().enumerate().map(|(paragraph, line)| {
        let mut runs = vec![String::new()];
        for (n, written) in line.iter().enumerate() {
            if n > 0 {
                runs.last_mut().expect("there is a run").push(' ');
            }
            if written.style == 1 && runs.last().is_some_and(|r| !r.is_empty()) {
                runs.push(String::new());
            }
            let (a, b) = written.halves();
            let mut ends = Vec::new();
            for half in [a, b].into_iter().filter(|h| !h.is_empty()) {
                if !ends.is_empty() && written.style > 2 {
                    runs.push(String::new());
                }
                let run = number(runs.len() - 1);
                let text = runs.last_mut().expect("there is a run");
                ends.push((number(paragraph), run, number(text.len())));
                text.push_str(half);
                ends.push((number(paragraph), run, number(text.len())));
            }
            put.push((ends[0], *ends.last().expect("a word has letters")));
        }
        runs
    });
    (paragraphs.collect(), put)
}

fn word_file(paragraphs: &[Vec<String>]) -> Vec<u8> {
    let run = |text: &String| format!("<w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let body: String = paragraphs.iter().map(|runs| format!("<w:p>{}</w:p>", runs.iter().map(run).collect::<String>())).collect();
    let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    zipped(&[("word/document.xml", format!("<w:document xmlns:w=\"{w}\"><w:body>{body}</w:body></w:document>"))])
}

fn open_document_file(paragraphs: &[Vec<String>]) -> Vec<u8> {
    let span = |(n, text): (usize, &String)| if n % 2 == 0 { text.clone() } else { format!("<text:span text:style-name=\"b\">{text}</text:span>") };
    let body: String = paragraphs.iter().map(|runs| format!("<text:p>{}</text:p>", runs.iter().enumerate().map(span).collect::<String>())).collect();
    let spaces = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
    let content = format!("<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>");
    zipped(&[("mimetype", "application/vnd.oasis.opendocument.text".to_owned()), ("content.xml", content)])
}

fn read(bytes: &[u8], format: Format) -> Document {
    Document::read(bytes, format).expect("it can be read")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_text(lines in lines(), encoding in 0_u8..5, ends in prop::sample::select(vec!["\n\n", "\r\n\r\n", "\r\r"])) {
        let marked = Marked::write(&lines, ("", ends), |w| whole(w.word));
        let (stored, at) = encoded(&marked.text, encoding);
        let put: Vec<Range<usize>> = marked.put.iter().map(|r| at(r.start)..at(r.end)).collect();
        assert_found_again(&read(&stored, Format::Text), &lines, &put, both, bytes);
    }

    #[test]
    fn in_markdown_files(lines in lines(), encoding in 0_u8..5, open in prop::sample::select(vec!["", "- ", "1. ", "## "])) {
        let marked = Marked::write(&lines, (open, "\n\n"), in_markdown);
        let (stored, at) = encoded(&marked.text, encoding);
        let put: Vec<Range<usize>> = marked.put.iter().map(|r| at(r.start)..at(r.end)).collect();
        assert_found_again(&read(&stored, Format::Markdown), &lines, &put, both, bytes);
    }

    #[test]
    fn in_pages(lines in lines(), encoding in 0_u8..5, (open, close) in prop::sample::select(vec![("<p>", "</p>\n"), ("<li>", ""), ("<h2> ", " </h2>"), ("<tr><td>", "</table><table>"), ("<div>\n", "\n</div>")])) {
        let marked = Marked::write(&lines, (open, close), in_html);
        let (stored, at) = encoded(&marked.text, encoding);
        let put: Vec<Range<usize>> = marked.put.iter().map(|r| at(r.start)..at(r.end)).collect();
        assert_found_again(&read(&stored, Format::Html), &lines, &put, both, bytes);
    }

    #[test]
    fn in_word_files(lines in lines()) {
        let (paragraphs, put) = runs(&lines);
        assert_found_again(&read(&word_file(&paragraphs), Format::Word), &lines, &put, |a, b| (a.0, b.1), in_run);
    }

    #[test]
    fn in_open_documents(lines in lines()) {
        let (paragraphs, put) = runs(&lines);
        assert_found_again(&read(&open_document_file(&paragraphs), Format::OpenDocument), &lines, &put, |a, b| (a.0, b.1), in_run);
    }

    /// A posting's text has no place of its own in the file, but its field has a name.
    #[test]
    fn in_postings(lines in lines(), field in prop::sample::select(vec!["description", "responsibilities", "qualifications", "skills"])) {
        let marked = Marked::write(&lines, ("<p>", "</p>"), in_html);
        let mut posting = serde_json::json!({"@type": "JobPosting", "description": "<p>Our town</p>"});
        posting[field] = serde_json::Value::String(marked.text);
        let document = read(posting.to_string().as_bytes(), Format::JsonLd);
        let text = document.text().as_str();
        let at = text.find("chairman").expect("it is read");
        prop_assert_eq!(document.locate(document.text().span(at, at + 8).expect("it is a place")), Location::Field(field));
        let first = &marked.put[0];
        prop_assert!(first.start < first.end);
    }

    /// A PDF's words have the place that they were drawn at: page and baseline, and the first of a line its left end.
    #[test]
    fn in_pdfs(lines in lines(), left in 40_u32..200) {
        let ascii = |w: &Written| if w.word.is_ascii() { w.word } else { "clerk" };
        let (mut pdf, mut put) = (file::pdf(), Vec::new());
        for (n, line) in lines.iter().enumerate() {
            let (page, y) = (n / 3 + 1, 100 + 40 * u32::try_from(n % 3).expect("it is small"));
            if n % 3 == 0 {
                pdf = pdf.page();
            }
            let words: Vec<&str> = line.iter().map(ascii).collect();
            pdf = pdf.text("Plain", 11, left, y, &words.join(" "));
            put.extend(words.iter().enumerate().map(|(n, word)| (*word, page, y, (n == 0).then_some(left))));
        }
        let document = read(&pdf.bytes(), Format::Pdf);
        let text = document.text().as_str();
        let mut from = 0;
        for (word, page, y, x) in put {
            let at = from + text[from..].find(word).expect("words are read in order");
            from = at + word.len();
            let Location::Page(place) = document.locate(document.text().span(at, from).expect("it is a place")) else { panic!("a PDF has pages") };
            prop_assert_eq!((place.number as usize, place.y), (page, y), "{}", word);
            prop_assert!(x.is_none_or(|x| x.abs_diff(place.x) <= 1), "{}: {} is not {:?}", word, place.x, x);
        }
    }
}
