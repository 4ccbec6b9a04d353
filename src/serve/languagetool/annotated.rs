//! A text with its markup told apart → the plain text, and the way back to the whole, markup counted.
//!
//! `{"annotation":[{"text":"A "},{"markup":"<b>"},{"text":"chairman"},{"markup":"</p>","interpretAs":"\n\n"}]}`

use serde::Deserialize;

use super::units::{self, Units};

/// A text as it was sent.
#[derive(Debug)]
pub(super) struct Annotated {
    plain: String,
    units: Units,
    /// In order. Markup may stand for nothing.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Bytes of the plain text.
    start: usize,
    end: usize,
    /// Units of the whole.
    whole_start: usize,
    whole_end: usize,
    is_markup: bool,
}

/// A stretch of the whole, in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) offset: usize,
    pub(super) length: usize,
}

#[derive(Deserialize)]
struct Sent {
    annotation: Vec<SentPiece>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SentPiece {
    text: Option<String>,
    markup: Option<String>,
    interpret_as: Option<String>,
}

impl Annotated {
    /// A text without markup.
    pub(super) fn of_text(text: &str) -> Annotated {
        let mut annotated = Annotated { plain: String::new(), units: Units::new(""), pieces: Vec::new() };
        annotated.add(text, units::count(text), Kind::Text);
        annotated.finish()
    }

    /// The value of `data`, or what is wrong with it.
    pub(super) fn of_data(data: &str) -> Result<Annotated, String> {
        let sent: Sent = serde_json::from_str(data).map_err(|e| format!("“data” is no annotated text: {e}"))?;
        let mut annotated = Annotated { plain: String::new(), units: Units::new(""), pieces: Vec::new() };
        for (n, piece) in sent.annotation.iter().enumerate() {
            match (&piece.text, &piece.markup, &piece.interpret_as) {
                (Some(text), None, None) => annotated.add(text, units::count(text), Kind::Text),
                (None, Some(markup), meant) => annotated.add(meant.as_deref().unwrap_or(""), units::count(markup), Kind::Markup),
                _ => return Err(format!("“data”: piece {} has neither “text” alone nor “markup”, with “interpretAs” or without", n + 1)),
            }
        }
        Ok(annotated.finish())
    }

    fn add(&mut self, words: &str, whole_units: usize, kind: Kind) {
        let start = self.plain.len();
        let whole_start = self.pieces.last().map_or(0, |p| p.whole_end);
        // Writer puts control characters where a note or a field stands; to a reader of bytes they would be no text.
        self.plain.extend(words.chars().map(|c| if c.is_ascii_control() && !c.is_ascii_whitespace() { ' ' } else { c }));
        self.pieces.push(Piece { start, end: self.plain.len(), whole_start, whole_end: whole_start + whole_units, is_markup: kind == Kind::Markup });
    }

    fn finish(mut self) -> Annotated {
        self.units = Units::new(&self.plain);
        self
    }

    /// What a reader sees.
    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    /// A stretch of the plain text, not empty, in the whole. Markup at its ends is outside, markup in its middle inside; what
    /// stands for words is taken whole.
    pub(super) fn stretch(&self, start: usize, end: usize) -> Stretch {
        let first = self.pieces.partition_point(|p| p.end <= start);
        let behind = self.pieces.partition_point(|p| p.start < end);
        let last = self.pieces[..behind].iter().rev().find(|p| p.start < p.end);
        let (Some(first), Some(last)) = (self.pieces.get(first), last) else { return Stretch { offset: 0, length: 0 } };
        let within = |piece: &Piece, at: usize| piece.whole_start + self.units_between(piece.start, at);
        let offset = if first.is_markup { first.whole_start } else { within(first, start) };
        let stops = if last.is_markup { last.whole_end } else { within(last, end) };
        Stretch { offset, length: stops.saturating_sub(offset) }
    }

    /// Whether some markup lies within a stretch of the plain text: then words cannot take its place.
    pub(super) fn holds_markup(&self, start: usize, end: usize) -> bool {
        let inside = |p: &&Piece| p.is_markup && p.whole_start < p.whole_end;
        let after = self.pieces.partition_point(|p| p.end <= start);
        self.pieces[after..].iter().take_while(|p| p.start < end).any(|p| inside(&p))
    }

    /// Units of the plain text.
    pub(super) fn units_between(&self, start: usize, end: usize) -> usize {
        self.units.before(&self.plain, end) - self.units.before(&self.plain, start)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Markup,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(data: &str, words: &str) -> (usize, usize) {
        let annotated = Annotated::of_data(data).expect("it is annotated");
        let start = annotated.plain().find(words).expect("the words are there");
        let Stretch { offset, length } = annotated.stretch(start, start + words.len());
        (offset, length)
    }

    #[test]
    fn markup_counts_and_stays_outside() {
        let data =
            r#"{"annotation":[{"markup":"<p>","interpretAs":"\n"},{"text":"A 🏗 "},{"markup":"<b>"},{"text":"chairman"},{"markup":"</b>"},{"text":" x"}]}"#;
        assert_eq!(place(data, "chairman"), (3 + 5 + 3, 8));
        assert_eq!(place(data, "🏗 chairman x"), (5, 3 + 3 + 8 + 4 + 2));
        let annotated = Annotated::of_data(data).expect("it is annotated");
        assert_eq!(annotated.plain(), "\nA 🏗 chairman x");
        assert!(annotated.holds_markup(1, annotated.plain().len()));
        let chairman = annotated.plain().find("chairman").expect("it is there");
        assert!(!annotated.holds_markup(chairman, chairman + 8));
    }

    proptest::proptest! {
        #[test]
        fn every_character_is_found_where_it_was_sent(pieces in proptest::collection::vec(("[aé🏗 ]{0,5}", proptest::bool::ANY), 0..8)) {
            let sent: Vec<serde_json::Value> = pieces.iter().map(|(words, is_markup)| serde_json::json!({ if *is_markup { "markup" } else { "text" }: words })).collect();
            let annotated = Annotated::of_data(&serde_json::json!({ "annotation": sent }).to_string()).expect("it is annotated");
            let (mut plain, mut whole) = (0, 0);
            for (words, is_markup) in &pieces {
                for c in words.chars() {
                    if !is_markup {
                        proptest::prop_assert_eq!(annotated.stretch(plain, plain + c.len_utf8()), Stretch { offset: whole, length: c.len_utf16() });
                        plain += c.len_utf8();
                    }
                    whole += c.len_utf16();
                }
            }
            proptest::prop_assert_eq!(plain, annotated.plain().len());
        }
    }

    #[test]
    fn what_stands_for_something_is_taken_whole() {
        let data = r#"{"annotation":[{"text":"caf"},{"markup":"&eacute;","interpretAs":"é"},{"text":" man"}]}"#;
        assert_eq!(place(data, "é"), (3, 8));
        assert_eq!(place(data, "café"), (0, 11));
        assert_eq!(place(data, "man"), (12, 3));
    }

    #[test]
    fn a_piece_is_text_or_markup() {
        for wrong in [r#"{"annotation":[{"text":"a","markup":"b"}]}"#, r#"{"annotation":[{}]}"#, "{}", "[]", "x", r#"{"annotation":[{"interpretAs":"a"}]}"#] {
            assert!(Annotated::of_data(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Annotated::of_data(r#"{"annotation":[]}"#).expect("it is empty").plain(), "");
    }

    #[test]
    fn what_no_text_holds_is_a_space() {
        assert_eq!(Annotated::of_text("a\u{1}\tb\u{7f}c").plain(), "a \tb c");
    }
}
