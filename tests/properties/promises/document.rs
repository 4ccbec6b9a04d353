//! Bytes and a format → a document that holds together: places within the text and the file, in order, on character boundaries.

use jdlint::document::{Document, Format, Limits, Location};
use jdlint::text::Span;

use super::is_sentence;

/// Words whose places are looked at; a long document has more of the same.
const MOST_WORDS: usize = 2_000;

/// Reads bytes and holds the document to what every document promises; `None` where it was refused, in words.
pub fn read(bytes: &[u8], format: Format) -> Option<Document> {
    let limits = Limits { unpacked: 8 << 20, paragraphs: 20_000, drawings: 200_000, ..Limits::default() };
    match Document::read_within(bytes, format, &limits) {
        Ok(document) => {
            assert_eq!(document.format(), format);
            holds_together(&document, bytes);
            Some(document)
        }
        Err(error) => {
            is_sentence(&error.to_string());
            None
        }
    }
}

/// Bytes under each name that they could have: read as what they are, or refused as what they are.
pub fn told(bytes: &[u8]) {
    for extension in ["txt", "md", "html", "json", "docx", "odt", "pdf", "rtf"] {
        let format = Format::told(Format::of_extension(extension), bytes);
        let document = read(bytes, format);
        if let Some(content) = Format::of_content(bytes).filter(|_| document.is_some()) {
            let is_text = matches!(format, Format::Text | Format::Markdown);
            assert!(format == content || is_text, "{format:?} for content of {content:?}");
        }
    }
}

fn holds_together(document: &Document, bytes: &[u8]) {
    blocks(document);
    cells(document);
    for comment in document.comments() {
        assert!(document.text().span(comment.at, document.text().as_str().len()).is_some(), "a comment stands at a character: {comment:?}");
        assert!(comment.bytes.is_none_or(|b| b.end() <= bytes.len()), "a comment's bytes are in the file");
    }
    places(document, bytes);
}

fn blocks(document: &Document) {
    let mut end = 0;
    for block in document.blocks() {
        is_within(document, block.span);
        assert!(block.span.start() >= end, "blocks stand in order: {block:?} begins before {end}");
        assert_eq!(document.text().trim(block.span), block.span, "no white space at the ends: {:?}", document.slice(block.span));
        assert!(block.cell.is_none_or(|c| (c as usize) < document.cells().len()), "its cell is there");
        end = block.span.end();
    }
}

fn cells(document: &Document) {
    let n_cells = document.cells().len();
    for (n, cell) in document.cells().iter().enumerate() {
        is_within(document, cell.span);
        assert!(cell.parent.is_none_or(|p| (p as usize) < n), "a table lies in a cell that began before it");
        assert!(cell.rows >= 1 && cell.columns >= 1, "{cell:?}");
        let n = u32::try_from(n).expect("there are few cells");
        for header in [document.column_headers(n), document.row_headers(n)].concat() {
            assert!((header as usize) < n_cells && header != n, "a header is another cell");
        }
        let _ = document.is_header(n);
    }
}

/// Where each word stands in the file: within it, in order, and the same word where it is as long.
fn places(document: &Document, bytes: &[u8]) {
    for block in document.blocks().iter().take(MOST_WORDS) {
        let mut before: Option<(Span, Location)> = None;
        for word in words(document, block.span).take(MOST_WORDS) {
            let place = document.locate(word);
            is_in_file(document, word, &place, bytes);
            if let Some((other, before)) = &before {
                assert!(is_in_order(before, &place), "{:?} at {before:?}, and after it {:?} at {place:?}", document.slice(*other), document.slice(word));
            }
            before = Some((word, place));
        }
        let _ = document.locate(block.span);
    }
}

fn is_in_file(document: &Document, word: Span, place: &Location, bytes: &[u8]) {
    match place {
        Location::Bytes(at) => {
            let stored = bytes.get(at.range()).unwrap_or_else(|| panic!("{at:?} lies in the file of {}", bytes.len()));
            let words = document.slice(word);
            // UTF-16 holds zeros, and may be as long by chance.
            if stored.len() == words.len() && std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
                assert_eq!(String::from_utf8_lossy(stored), words, "the file has the word there");
            }
        }
        Location::Word(first, last) => {
            assert!((&first.part, first.paragraph, first.run) != (&last.part, last.paragraph, last.run) || first.at <= last.at, "{place:?}");
        }
        Location::Page(at) => assert!(at.number >= 1),
        Location::Field(name) => assert!(!name.is_empty()),
        Location::Nowhere => {}
    }
}

fn is_in_order(before: &Location, after: &Location) -> bool {
    match (before, after) {
        (Location::Bytes(a), Location::Bytes(b)) => a.start() <= b.start() && a.end() <= b.end(),
        // A run may hold another, as ruby does, and go on after it.
        (Location::Word(a, _), Location::Word(b, _)) => (&a.part, a.paragraph, a.run) != (&b.part, b.paragraph, b.run) || a.at <= b.at,
        _ => true,
    }
}

/// The words within a span, as stretches without white space.
pub fn words(document: &Document, within: Span) -> impl Iterator<Item = Span> {
    let text = document.slice(within);
    let offset = move |word: &str| within.start() + (word.as_ptr() as usize - text.as_ptr() as usize);
    text.split_whitespace().filter_map(move |word| document.text().span(offset(word), offset(word) + word.len()))
}

/// A span lies in the document's text, on character boundaries.
#[track_caller]
pub fn is_within(document: &Document, span: Span) {
    assert_eq!(document.text().span(span.start(), span.end()), Some(span), "{span:?} is a place in {} bytes", document.text().as_str().len());
}
