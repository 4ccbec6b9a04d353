//! What stands in runs: words, and the elements that are white space, breaks, symbols, fields or references.

use super::walk::{Field, Walk};
use crate::document::story::{Look, Piece, Words};
use crate::document::symbols::Font;
use crate::document::xml::Element;
use crate::text::offset;

impl Walk<'_> {
    /// Words of a `w:t`.
    pub(super) fn text(&mut self, text: &str) {
        let Some((font, mut words)) = self.place(text.len()) else { return };
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if font == Font::Plain {
            return self.read.story.push(&mut paragraph.pieces, text, words);
        }
        for c in text.chars() {
            words.stored = offset(c.len_utf8());
            let shown = font.shows(c).unwrap_or(c);
            self.read.story.push(&mut paragraph.pieces, shown.encode_utf8(&mut [0; 4]), words);
            words.at += words.stored;
        }
    }

    /// Counts bytes of the open run's text; where they are shown, says how and where they stand.
    fn place(&mut self, n_bytes: usize) -> Option<(Font, Words)> {
        let is_read = self.is_read();
        let (run, paragraph) = (self.runs.last_mut()?, self.paragraphs.last()?);
        let at = run.at;
        run.at += offset(n_bytes);
        let shown = run.shown(paragraph);
        if shown.hidden || !is_read {
            return None;
        }
        // A link is underlined because it is one, not to stand out.
        let underlined = shown.underlined && self.n_links == 0 && self.fields.is_empty();
        let look = Look { strong: shown.strong || underlined, size: shown.size };
        let words = Words { start: 0, end: 0, paragraph: paragraph.number, run: run.number, at, stored: offset(n_bytes), look };
        Some((shown.font, words))
    }

    /// An element in a run that is no `w:t`.
    pub(super) fn inline(&mut self, element: &Element) {
        match element.local() {
            "tab" | "ptab" => self.insert(' '),
            "br" | "cr" => self.line_break(),
            "noBreakHyphen" => self.insert('\u{2011}'),
            "softHyphen" => self.insert('\u{AD}'),
            "sym" | "symEx" => self.insert(symbol(element).unwrap_or(' ')),
            "fldChar" => self.field(element),
            "footnoteReference" if self.is_read() => self.read.footnotes.extend(id(element)),
            "endnoteReference" if self.is_read() => self.read.endnotes.extend(id(element)),
            _ => {}
        }
    }

    /// A character that is not part of the run's text.
    fn insert(&mut self, c: char) {
        if let Some((_, words)) = self.place(0)
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            self.read.story.push(&mut paragraph.pieces, c.encode_utf8(&mut [0; 4]), words);
        }
    }

    fn line_break(&mut self) {
        if self.place(0).is_some()
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.pieces.push(Piece::Break);
        }
    }

    fn field(&mut self, element: &Element) {
        if !self.is_present() {
            return;
        }
        match element.attribute("fldCharType").as_deref() {
            Some("begin") if self.fields.len() < DEEPEST_FIELD => self.fields.push(Field::Instruction),
            Some("separate") => self.fields.last_mut().into_iter().for_each(|field| *field = Field::Result),
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
        self.n_instructions = self.fields.iter().filter(|f| **f == Field::Instruction).count();
    }
}

/// Fields stand in fields, but not without end.
const DEEPEST_FIELD: usize = 64;

fn id(reference: &Element) -> Option<String> {
    reference.attribute("id").map(|id| id.into_owned())
}

/// What a `w:sym` shows.
fn symbol(element: &Element) -> Option<char> {
    let c = char::from_u32(u32::from_str_radix(&element.attribute("char")?, 16).ok()?)?;
    match Font::named(&element.attribute("font")?) {
        // An emoji, or a letter of an ordinary font.
        Font::Plain => (!('\u{E000}'..='\u{F8FF}').contains(&c) && !c.is_control()).then_some(c),
        font => font.shows(c),
    }
}
