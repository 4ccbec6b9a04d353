//! A span of a document → its place in the file as it is stored: offset, line and column, paragraph, field.

use serde::Serialize;

use super::Checked;
use crate::document::Location;
use crate::text::{Position, Span, offset};

/// Lines and columns of a stored file, counted in one of the units of [`Columns`], found from stored offsets.
///
/// The units are those that `document` decodes: UTF-8, UTF-16 with a byte-order mark, or else one byte a character.
pub(super) struct FileLines<'b> {
    bytes: &'b [u8],
    units: Units,
    /// Stored offset of the first unit of each line.
    starts: Vec<u32>,
    /// Columns before every [`STRIDE`]th byte, so that a file of one endless line costs no more than any other; where all
    /// lines are shorter nobody needs them.
    counts: Vec<Widths>,
}

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Columns {
    /// Unicode scalar values, as people do.
    Characters,
    /// UTF-16 code units, as JavaScript and .NET do.
    Utf16,
    /// Bytes of UTF-8; of a file in an old encoding, its bytes as they are stored.
    Bytes,
}

/// How many columns some bytes take, by each unit of [`Columns`].
type Widths = [u32; 3];

/// How stored bytes make characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Units {
    Utf8,
    Utf16 { little: bool },
    Single,
}

const STRIDE: usize = 1024;

impl<'b> FileLines<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> FileLines<'b> {
        let (units, mark) = units(bytes);
        let mut lines = FileLines { bytes, units, starts: vec![offset(mark)], counts: Vec::new() };
        let ends = bytes.iter().enumerate().filter(|(_, b)| matches!(b, b'\n' | b'\r' | 0)).filter_map(|(at, _)| lines.line_after(at));
        let ends: Vec<u32> = ends.map(offset).collect();
        lines.starts.extend(ends);
        if lines.starts.windows(2).any(|w| (w[1] - w[0]) as usize > STRIDE) || bytes.len() - lines.starts.last().map_or(0, |s| *s as usize) > STRIDE {
            lines.counts = lines.counted();
        }
        lines
    }

    fn counted(&self) -> Vec<Widths> {
        let mut counts = Vec::with_capacity(self.bytes.len() / STRIDE + 1);
        let mut count = [0; 3];
        for at in 0..self.bytes.len() {
            if at % STRIDE == 0 {
                counts.push(count);
            }
            count = sum(count, self.widths(at));
        }
        counts
    }

    /// Line and column of a stored offset, the column in characters.
    pub(super) fn position(&self, at: usize) -> Position {
        self.position_in(at, Columns::Characters)
    }

    /// Line and column of a stored offset.
    pub(super) fn position_in(&self, at: usize, columns: Columns) -> Position {
        let line = self.starts.partition_point(|s| *s as usize <= at).max(1);
        let start = (self.starts[line - 1] as usize).min(at);
        let widths = if at - start <= STRIDE { self.between(start, at) } else { difference(self.before(at), self.before(start)) };
        Position { line, column: widths[columns as usize] as usize + 1 }
    }

    /// Columns that begin in a stretch of stored bytes.
    fn between(&self, from: usize, to: usize) -> Widths {
        (from..to.min(self.bytes.len())).fold([0; 3], |count, b| sum(count, self.widths(b)))
    }

    /// Columns that begin before a stored offset.
    fn before(&self, at: usize) -> Widths {
        let at = at.min(self.bytes.len());
        let from = (at / STRIDE).min(self.counts.len().saturating_sub(1));
        let known = self.counts.get(from).copied().unwrap_or([0; 3]);
        sum(known, self.between(from * STRIDE, at))
    }

    /// What a byte adds to the columns; that of a character counts where it begins.
    fn widths(&self, at: usize) -> Widths {
        match self.units {
            Units::Single => [1; 3],
            Units::Utf8 => match self.bytes[at] {
                0x80..=0xbf => [0, 0, 1],
                0xf0.. => [1, 2, 1],
                _ => [1; 3],
            },
            Units::Utf16 { .. } if !at.is_multiple_of(2) => [0; 3],
            Units::Utf16 { .. } => match self.unit(at) {
                0..=0x7f => [1; 3],
                0x80..=0x7ff => [1, 1, 2],
                0xd800..=0xdbff => [1, 1, 4],
                // A low surrogate goes on with the character of the high one before it.
                0xdc00..=0xdfff => [0, 1, 0],
                _ => [1, 1, 3],
            },
        }
    }

    /// Where the next line starts, if a line ends with the unit at this byte: LF, CRLF or a lone CR.
    fn line_after(&self, at: usize) -> Option<usize> {
        let width = if matches!(self.units, Units::Utf16 { .. }) { 2 } else { 1 };
        if !at.is_multiple_of(width) {
            return None;
        }
        let ends = match self.unit(at) {
            0x0a => true,
            0x0d => self.unit(at + width) != 0x0a,
            _ => false,
        };
        ends.then_some(at + width)
    }

    fn unit(&self, at: usize) -> u16 {
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or(0);
        match self.units {
            Units::Utf16 { little: true } => u16::from_le_bytes([byte(at), byte(at + 1)]),
            Units::Utf16 { little: false } => u16::from_be_bytes([byte(at), byte(at + 1)]),
            _ => u16::from(byte(at)),
        }
    }
}

fn sum(a: Widths, b: Widths) -> Widths {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

fn difference(a: Widths, b: Widths) -> Widths {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn units(bytes: &[u8]) -> (Units, usize) {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == encoding_rs::UTF_8 => (Units::Utf8, mark),
        Some((encoding, mark)) => (Units::Utf16 { little: encoding == encoding_rs::UTF_16LE }, mark),
        None if std::str::from_utf8(bytes).is_ok() => (Units::Utf8, 0),
        None => (Units::Single, 0),
    }
}

/// A place in a stored file.
#[derive(Serialize)]
pub(super) struct Place {
    /// In bytes of the file.
    pub(super) offset: usize,
    /// From 1.
    pub(super) line: usize,
    /// From 1, in characters.
    pub(super) column: usize,
}

impl FileLines<'_> {
    pub(super) fn place(&self, at: usize) -> Place {
        let Position { line, column } = self.position(at);
        Place { offset: at, line, column }
    }
}

/// A stretch of a stored file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) start: Position,
    /// Past its last character.
    pub(super) end: Position,
    /// The same in bytes.
    pub(super) bytes: std::ops::Range<usize>,
}

impl FileLines<'_> {
    pub(super) fn region(&self, bytes: std::ops::Range<usize>, columns: Columns) -> Region {
        Region { start: self.position_in(bytes.start, columns), end: self.position_in(bytes.end, columns), bytes }
    }
}

/// The lines of a file of which something is to be said: most files of a large run have no finding.
pub(super) fn lines_of<'a>(checked: &Checked<'a>) -> Option<FileLines<'a>> {
    (!checked.report.findings.is_empty()).then(|| FileLines::new(checked.bytes))
}

/// The stretch of the file that a span stands for. None where the file holds it in no single stretch, and for what is said
/// of the whole document (an empty span), which has no place of its own.
pub(super) fn region(span: Span, checked: &Checked, lines: Option<&FileLines>, columns: Columns) -> Option<Region> {
    match (checked.document.locate(span), lines) {
        (Location::Bytes(bytes), Some(lines)) if !span.is_empty() => Some(lines.region(bytes.range(), columns)),
        _ => None,
    }
}

/// A path as programs compare it: with `/`, on Windows, too, and from the folder that jdlint ran in.
pub(super) fn slashed(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    path.strip_prefix("./").map(|p| p.trim_start_matches('/').to_owned()).unwrap_or(path)
}

/// A message for those who are shown no place of the file: “… (paragraph 12)”.
pub(super) fn message(message: &str, span: Span, checked: &Checked) -> String {
    match beside(&checked.document.locate(span)).filter(|_| !span.is_empty()) {
        Some(place) => format!("{message} ({place})"),
        None => message.to_owned(),
    }
}

/// Where something stands in a file that holds it in no single stretch of bytes.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Elsewhere {
    /// A word processor's document.
    Word { part: String, paragraph: u32, run: u32 },
    /// A page, and points from its upper left corner.
    Page { page: u32, x: u32, y: u32 },
    /// A field of a data file.
    Field { field: &'static str },
}

pub(super) fn elsewhere(location: &Location) -> Option<Elsewhere> {
    match location {
        Location::Word(from, _) => Some(Elsewhere::Word { part: from.part.to_string(), paragraph: from.paragraph, run: from.run }),
        Location::Page(at) => Some(Elsewhere::Page { page: at.number, x: at.x, y: at.y }),
        Location::Field(field) => Some(Elsewhere::Field { field }),
        Location::Bytes(_) | Location::Nowhere => None,
    }
}

/// The place as a person looks it up: `advert.md:12:5`, `advert.docx, paragraph 12`.
pub(super) fn words(path: &str, location: &Location, lines: Option<&FileLines>) -> String {
    match (location, lines) {
        (Location::Bytes(span), Some(lines)) => {
            let Position { line, column } = lines.position(span.start());
            format!("{path}:{line}:{column}")
        }
        (location, _) => beside(location).map_or(path.to_owned(), |place| format!("{path}, {place}")),
    }
}

/// The place in a file without lines, as a person looks it up: “paragraph 12”, “page 3”.
fn beside(location: &Location) -> Option<String> {
    match location {
        // The main text of a Word file, an OpenDocument text, or a file that is a single part.
        Location::Word(from, _) if matches!(&*from.part, "word/document.xml" | "content.xml" | "") => Some(format!("paragraph {}", from.paragraph + 1)),
        Location::Word(from, _) => Some(format!("{}, paragraph {}", from.part, from.paragraph + 1)),
        Location::Page(at) => Some(format!("page {}", at.number)),
        Location::Field(field) => Some(format!("in “{field}”")),
        Location::Bytes(_) | Location::Nowhere => None,
    }
}

/// What the margin counts: the line, or a word processor's paragraph.
pub(super) fn margin(location: &Location, lines: Option<&FileLines>) -> Option<usize> {
    match (location, lines) {
        (Location::Bytes(span), Some(lines)) => Some(lines.position(span.start()).line),
        (Location::Word(from, _), _) => Some(from.paragraph as usize + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(bytes: &[u8], offset: usize) -> (usize, usize) {
        let Position { line, column } = FileLines::new(bytes).position(offset);
        (line, column)
    }

    #[test]
    fn columns_are_characters_in_each_encoding() {
        let text = "one\r\né🏗x\rz";
        let utf8 = text.as_bytes();
        assert_eq!(at(utf8, text.find('x').expect("it is there")), (2, 3));
        assert_eq!(at(utf8, utf8.len() - 1), (3, 1));
        let marked: Vec<u8> = [0xef, 0xbb, 0xbf].iter().chain(utf8).copied().collect();
        assert_eq!(at(&marked, 3), (1, 1));
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(at(&utf16, 2 + 2 * (5 + 1 + 2)), (2, 3));
        let lines = FileLines::new(utf8);
        let x = text.find('x').expect("it is there");
        let columns = |lines: &FileLines, at: usize| [Columns::Characters, Columns::Utf16, Columns::Bytes].map(|c| lines.position_in(at, c).column);
        assert_eq!(columns(&lines, x), [3, 4, 7]);
        assert_eq!(columns(&FileLines::new(&utf16), 2 + 2 * (5 + 1 + 2)), [3, 4, 7]);
        assert_eq!(columns(&FileLines::new(b"caf\xe9 x"), 5), [6; 3]);
        assert_eq!(at(b"caf\xe9 x\nyy", 5), (1, 6));
        assert_eq!(at(b"caf\xe9 x\nyy", 8), (2, 2));
    }

    #[test]
    fn an_endless_line_is_counted_by_strides() {
        let text = "é".repeat(5000);
        assert_eq!(at(text.as_bytes(), 2 * 4999), (1, 5000));
        assert_eq!(at(b"", 0), (1, 1));
    }
}
