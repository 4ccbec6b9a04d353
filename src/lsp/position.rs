//! Bytes of a text ↔ the protocol's lines and columns, in the units that editor and server agreed on.
//!
//! The only place that counts in UTF-16.

use std::ops::Range as Bytes;

use tower_lsp::ls_types::{Position, PositionEncodingKind, Range};

use crate::text::LineIndex;

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Units {
    /// Bytes.
    Utf8,
    /// What every editor can: UTF-16 units.
    #[default]
    Utf16,
    /// Characters, which Emacs counts.
    Utf32,
}

impl Units {
    /// The units for an editor: bytes where it can, since nothing is to be converted then.
    pub(super) fn agreed(offered: Option<&[PositionEncodingKind]>) -> Units {
        let can = |units: &Units| offered.is_some_and(|kinds| kinds.contains(&units.kind()));
        [Units::Utf8, Units::Utf32].into_iter().find(can).unwrap_or_default()
    }

    /// As the protocol names them.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Units::Utf8 => PositionEncodingKind::UTF8,
            Units::Utf16 => PositionEncodingKind::UTF16,
            Units::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn len(self, text: &str) -> usize {
        match self {
            Units::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            Units::Utf16 => text.encode_utf16().count(),
            Units::Utf32 => text.chars().count(),
        }
    }

    fn of(self, c: char) -> usize {
        match self {
            Units::Utf8 => c.len_utf8(),
            Units::Utf16 => c.len_utf16(),
            Units::Utf32 => 1,
        }
    }
}

/// A text with its lines.
#[derive(Clone, Copy)]
pub(super) struct Places<'t> {
    pub(super) text: &'t str,
    pub(super) lines: &'t LineIndex,
    pub(super) units: Units,
}

impl Places<'_> {
    /// Line and column of a byte.
    pub(super) fn position(&self, at: usize) -> Position {
        let at = at.min(self.text.len());
        let (line, start) = self.lines.line_of(at);
        let column = self.text.get(start..at).map_or(0, |before| self.units.len(before));
        Position::new(number(line), number(column))
    }

    /// Lines and columns of some bytes.
    pub(super) fn range(&self, bytes: Bytes<usize>) -> Range {
        Range::new(self.position(bytes.start), self.position(bytes.end))
    }

    /// The byte at a line and column: past a line's end it is the end, past the last line the text's.
    pub(super) fn offset(&self, at: Position) -> usize {
        let Some(line) = self.lines.line_bytes(self.text, at.line as usize) else { return self.text.len() };
        let words = &self.text[line.clone()];
        if words.is_ascii() {
            return line.start + words.len().min(at.character as usize);
        }
        let mut units = 0;
        for (byte, c) in words.char_indices() {
            if units + self.units.of(c) > at.character as usize {
                return line.start + byte;
            }
            units += self.units.of(c);
        }
        line.end
    }

    /// The bytes of a range.
    pub(super) fn bytes(&self, range: Range) -> Bytes<usize> {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_units_lead_there_and_back() {
        let text = "a\r\né🏗x\n\rend";
        let lines = LineIndex::new(text);
        for units in [Units::Utf8, Units::Utf16, Units::Utf32] {
            let places = Places { text, lines: &lines, units };
            for (at, _) in text.char_indices().filter(|(at, c)| !(*c == '\n' && text[..*at].ends_with('\r'))) {
                assert_eq!(places.offset(places.position(at)), at, "{units:?} at {at}");
            }
        }
        let utf16 = Places { text, lines: &lines, units: Units::Utf16 };
        assert_eq!(utf16.position(text.find('x').expect("it is there")), Position::new(1, 3));
        assert_eq!(utf16.offset(Position::new(0, 99)), 1, "past a line's end is the end");
        assert_eq!(utf16.offset(Position::new(99, 0)), text.len());
        assert_eq!(utf16.offset(Position::new(1, 2)), text.find('🏗').expect("it is there"), "within a pair is before it");
    }
}
