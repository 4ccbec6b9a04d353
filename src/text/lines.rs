//! Byte ↔ line, and column in characters.

/// Where the lines of a text start. Lines end at LF, CRLF or a lone CR, as editors have it.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

/// A line and a column, both from 1, the column in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl LineIndex {
    /// Finds the lines of a text.
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends_line {
                starts.push(super::offset(at + 1));
            }
        }
        LineIndex { starts }
    }

    /// The line (from 0) that a byte is in, and where that line starts.
    pub fn line_of(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|s| *s as usize <= at).saturating_sub(1);
        (line, self.starts[line] as usize)
    }

    /// Line and column of a byte offset into the text that this index was made of.
    pub fn position(&self, text: &str, at: usize) -> Position {
        let (line, start) = self.line_of(at);
        Position { line: line + 1, column: text.get(start..at).map_or(0, |s| s.chars().count()) + 1 }
    }

    /// The bytes of a line (from 0), its end not included; `None` past the last.
    pub fn line_bytes(&self, text: &str, line: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.starts.get(line)? as usize;
        let end = self.starts.get(line + 1).map_or(text.len(), |s| *s as usize);
        let words = text.get(start..end)?.trim_end_matches(['\n', '\r']);
        Some(start..start + words.len())
    }

    /// How many lines there are; an empty text has one.
    pub fn n_lines(&self) -> usize {
        self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        let text = "a\r\né🏗x\rz";
        let index = LineIndex::new(text);
        let x = text.find('x').expect("it is there");
        assert_eq!(index.position(text, x), Position { line: 2, column: 3 });
        assert_eq!(index.line_bytes(text, 1).map(|b| &text[b]), Some("é🏗x"));
        assert_eq!(index.line_bytes(text, 3), None);
        assert_eq!(index.position(text, text.len() - 1), Position { line: 3, column: 1 });
    }
}
