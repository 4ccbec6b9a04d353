//! The matching view of a text: lower case, straight quotes, plain spaces and hyphens, ligatures as letters, without
//! soft hyphens, zero-width and direction marks. Every place in it maps back to the text it came from.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use unicode_normalization::UnicodeNormalization;

use super::finds::{Finds, Place};
use super::{Span, Word, offset, tokens};

/// A text as it is matched, with its offsets mapped back.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// Where the two texts drift apart or come together again, in order.
    shifts: Vec<Shift>,
    /// Its tokens, found when a search first asks.
    words: OnceLock<Vec<Word>>,
    /// What was found in it, kept for the version that comes after.
    finds: Option<Arc<Finds>>,
}

/// From here on (until the next shift) the folded byte `folded + n` came from the byte `source + n`, or, for a `block`,
/// from somewhere in the character at `source`.
#[derive(Clone, Copy, Debug)]
struct Shift {
    folded: u32,
    source: u32,
    block: bool,
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), ..Folded::default() };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let plain = bytes[at..].iter().position(|b| !b.is_ascii()).unwrap_or(bytes.len() - at);
            folded.plain(&text[at..at + plain]);
            at += plain;
            if let Some(c) = text[at..].chars().next() {
                folded.special(c, at);
                at += c.len_utf8();
            }
        }
        folded
    }

    /// Folds a text of which other versions will follow, or which is one: what was found in the lines that did not change since the
    /// version `before` need not be looked for again.
    pub fn version(text: &str, before: Option<&Folded>) -> Folded {
        let mut folded = Folded::new(text);
        let kept = before.and_then(|b| Some(Finds::after(b.finds.as_ref()?, &b.text, &folded.text)));
        folded.finds = Some(Arc::new(kept.unwrap_or_default()));
        folded
    }

    /// What a search finds in it, by place; `look` searches a range of whole lines. The search is known by a number of its own.
    pub(crate) fn found(&self, search: u64, look: impl Fn(Range<usize>) -> Vec<Place>) -> Vec<Place> {
        match &self.finds {
            Some(finds) => finds.of(search, self.text.len(), look),
            None => look(0..self.text.len()),
        }
    }

    /// What a search finds in a range of it, by place; `look` sees nothing beyond that.
    pub(crate) fn found_within(&self, search: u64, range: Range<usize>, look: impl Fn() -> Vec<Place>) -> Vec<Place> {
        let Some(finds) = &self.finds else { return look() };
        let from = range.start;
        let places = finds.within(search, &self.text[range], || look().into_iter().map(|(start, end, what)| (start - from, end - from, what)).collect());
        places.into_iter().map(|(start, end, what)| (start + from, end + from, what)).collect()
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The span in the text that a range of the folded text came from. A range that starts or ends within an expanded
    /// character (the “fi” ligature, say) takes in the whole of it.
    pub fn to_source(&self, folded: Range<usize>) -> Span {
        let start = self.source_of(folded.start, false);
        let end = self.source_of(folded.end, true);
        Span::of(start..end.max(start))
    }

    /// The range of the folded text that a span of the text became.
    pub fn range_of(&self, span: Span) -> Range<usize> {
        self.folded_of(span.start())..self.folded_of(span.end())
    }

    /// All tokens.
    pub(crate) fn words(&self) -> &[Word] {
        self.words.get_or_init(|| words(&self.text, 0..self.text.len()))
    }

    /// The tokens of a range of the folded text; one that goes on beyond it is cut there.
    pub(crate) fn words_in(&self, range: Range<usize>) -> Cow<'_, [Word]> {
        let all = self.words();
        let from = all.partition_point(|w| w.end() <= range.start);
        let to = from + all[from..].partition_point(|w| w.start() < range.end);
        let here = &all[from..to];
        let whole = here.first().is_none_or(|w| w.start() >= range.start) && here.last().is_none_or(|w| w.end() <= range.end);
        if whole { Cow::Borrowed(here) } else { Cow::Owned(words(&self.text, range)) }
    }

    fn plain(&mut self, ascii: &str) {
        let from = self.text.len();
        self.text.push_str(ascii);
        self.text[from..].make_ascii_lowercase();
    }

    fn special(&mut self, c: char, at: usize) {
        let from = self.text.len();
        match c {
            _ if is_invisible(c) => {}
            '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{02BC}' | '\u{2032}' => self.text.push('\''),
            '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{2033}' => self.text.push('"'),
            '\u{2010}'..='\u{2013}' | '\u{2212}' => self.text.push('-'),
            _ if c.is_whitespace() => self.text.push(' '),
            _ => {
                for folded in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
                    self.text.push(if folded.is_whitespace() { ' ' } else { folded });
                }
            }
        }
        // As long as before and one character: no place in it moves. (“℀” folds to three letters in as many bytes.)
        if self.text.len() - from == c.len_utf8() && self.text[from..].chars().count() == 1 {
            return;
        }
        self.shifts.push(Shift { folded: offset(from), source: offset(at), block: true });
        self.shifts.push(Shift { folded: offset(self.text.len()), source: offset(at + c.len_utf8()), block: false });
    }

    fn source_of(&self, folded: usize, is_end: bool) -> usize {
        // For an end, a shift that begins exactly there comes too late: what was left out there is not part of the range.
        let next = self.shifts.partition_point(|s| (s.folded as usize) < folded || (!is_end && s.folded as usize == folded));
        let Some(shift) = next.checked_sub(1).map(|i| self.shifts[i]) else { return folded };
        let into = folded - shift.folded as usize;
        match (shift.block, is_end) {
            (true, false) => shift.source as usize,
            (true, true) => self.shifts.get(next).map_or(shift.source as usize, |s| s.source as usize),
            (false, _) => shift.source as usize + into,
        }
    }

    fn folded_of(&self, source: usize) -> usize {
        let next = self.shifts.partition_point(|s| s.source as usize <= source);
        let Some(shift) = next.checked_sub(1).map(|i| self.shifts[i]) else { return source };
        if shift.block { shift.folded as usize } else { shift.folded as usize + (source - shift.source as usize) }
    }
}

fn words(text: &str, range: Range<usize>) -> Vec<Word> {
    tokens(&text[range.clone()], range.start).map(|t| Word::new(t, text)).collect()
}

/// Soft hyphens, zero-width and direction marks: a person does not see them, so a phrase must not stumble over them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_split_by_invisible_marks_are_whole() {
        let text = "fore\u{AD}man";
        let folded = Folded::new(text);
        assert_eq!(folded.as_str(), "foreman");
        assert_eq!(&text[folded.to_source(0..7).range()], text);
    }

    #[test]
    fn invisible_marks_beside_a_word_are_not_part_of_it() {
        let text = "\u{200B}he\u{200B} is";
        let folded = Folded::new(text);
        assert_eq!(&text[folded.to_source(0..2).range()], "he");
    }

    #[test]
    fn ligatures_are_letters() {
        let text = "o\u{FB03}cer at a con\u{FB01}dent desk";
        let folded = Folded::new(text);
        assert_eq!(folded.as_str(), "officer at a confident desk");
        assert_eq!(&text[folded.to_source(0..7).range()], "o\u{FB03}cer");
        let at = folded.as_str().find("desk").expect("it is there");
        assert_eq!(&text[folded.to_source(at..at + 4).range()], "desk");
        assert_eq!(folded.range_of(folded.to_source(at..at + 4)), at..at + 4);
    }

    #[test]
    fn quotes_dashes_and_spaces_are_plain() {
        assert_eq!(Folded::new("Driver\u{2019}s\u{A0}Licence 5\u{2013}7").as_str(), "driver's licence 5-7");
    }

    proptest::proptest! {
        #[test]
        fn every_folded_range_maps_to_character_boundaries(text in "\\PC{0,40}") {
            let folded = Folded::new(&text);
            let ends: Vec<usize> = (0..=folded.as_str().len()).filter(|i| folded.as_str().is_char_boundary(*i)).collect();
            for &a in &ends {
                for &b in ends.iter().filter(|b| **b > a) {
                    let span = folded.to_source(a..b);
                    proptest::prop_assert!(text.get(span.range()).is_some());
                    proptest::prop_assert!(Folded::new(&text[span.range()]).as_str().contains(&folded.as_str()[a..b]));
                }
            }
        }
    }
}
