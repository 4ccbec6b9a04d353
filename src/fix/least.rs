//! An edit → the least of it that says the same: words that stay are no part of a tracked change.

use std::ops::Range;

use crate::document::Document;
use crate::lint::Edit;
use crate::text::Span;

/// The edit without the words that it keeps: those at its ends, and two or more together within.
pub(super) fn least(edit: &Edit, document: &Document) -> Vec<Edit> {
    let mut found = Vec::new();
    split(edit.span.start(), document.slice(edit.span), &edit.insert, &mut found);
    found
}

fn split(at: usize, old: &str, new: &str, found: &mut Vec<Edit>) {
    let start = kept_before(old, new);
    let (old, rest) = (&old[start..], &new[start..]);
    let end = kept_after(old, rest);
    // Words that only come before a word have nothing to stand after, so that word is written anew.
    let end = if start == 0 && end == old.len() { 0 } else { end };
    let (at, old, new) = (at + start, &old[..old.len() - end], &rest[..rest.len() - end]);
    match kept_within(old, new) {
        Some((was, is)) => {
            split(at, &old[..was.start], &new[..is.start], found);
            split(at + was.end, &old[was.end..], &new[is.end..], found);
        }
        None if old.is_empty() && new.is_empty() => {}
        None => found.push(Edit { span: Span::of(at..at + old.len()), insert: new.to_owned() }),
    }
}

/// Where the most words in a row stand that both have, but for a single word, which may be there by chance.
fn kept_within(old: &str, new: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (old, new) = (words(old), words(new));
    let row = |a: usize, b: usize| old[a..].iter().zip(&new[b..]).take_while(|(was, is)| was.1 == is.1).count();
    let all = (0..old.len()).flat_map(|a| (0..new.len()).map(move |b| (a, b)));
    // Of rows of a length the first; what comes before it all must have a word to stand after.
    let suits = |(a, b): &(usize, usize)| row(*a, *b) >= 2 && (*a > 0 || *b == 0);
    let (a, b) = all.filter(suits).max_by_key(|(a, b)| (row(*a, *b), std::cmp::Reverse(*a), std::cmp::Reverse(*b)))?;
    let range = |words: &[(usize, &str)], from: usize| {
        let last = words[from + row(a, b) - 1];
        words[from].0..last.0 + last.1.len()
    };
    Some((range(&old, a), range(&new, b)))
}

/// The words, each with its first byte.
fn words(text: &str) -> Vec<(usize, &str)> {
    let ends = text.split_inclusive(char::is_whitespace).scan(0, |at, piece| {
        let start = *at;
        *at += piece.len();
        Some((start, piece.trim_end()))
    });
    ends.filter(|(_, word)| !word.is_empty()).collect()
}

/// How many bytes both begin with, up to the edge of a word.
fn kept_before(old: &str, new: &str) -> usize {
    let same: usize = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    (1..=same).rev().find(|at| is_edge(old, *at) && is_edge(new, *at)).unwrap_or(0)
}

/// How many bytes both end with, from the edge of a word.
fn kept_after(old: &str, new: &str) -> usize {
    let same: usize = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    (1..=same).rev().find(|n| is_edge(old, old.len() - n) && is_edge(new, new.len() - n)).unwrap_or(0)
}

/// Whether a word ends or begins at a byte.
fn is_edge(words: &str, at: usize) -> bool {
    let Some((before, after)) = words.split_at_checked(at) else { return false };
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    is_space(before.chars().next_back()) || is_space(after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    /// `expected`: the words as they come to stand, those that go in brackets, those that come in braces.
    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let document = Document::read(old.as_bytes(), Format::Text).expect("it is text");
        let mut shown = old.to_owned();
        for edit in least(&Edit { span: document.text().whole(), insert: new.to_owned() }, &document).iter().rev() {
            let change = format!("[{}]{{{}}}", document.slice(edit.span), edit.insert);
            shown.replace_range(edit.span.range(), &change);
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn words_that_stay_are_left_alone() {
        check("degree", "degree or equivalent experience", "degree[]{ or equivalent experience}");
        check("chairman", "chair", "[chairman]{chair}");
        check("native English speaker", "fluent English speaker", "[native]{fluent} English speaker");
        check("full driving licence", "driving licence", "[full ]{}driving licence");
        check("licence", "driving licence", "[licence]{driving licence}");
        check("the café’s owner", "the café’s chef", "the café’s [owner]{chef}");
        check("a b a", "a a", "a [b ]{}a");
        check("same", "same", "same");
    }

    #[test]
    fn words_in_a_row_are_left_alone_within() {
        check("Full driving licence", "A driving licence or another way", "[Full]{A} driving licence[]{ or another way}");
        check("a driving licence", "the driving licence, or a way", "[a driving licence]{the driving licence, or a way}");
        check("one x y two x y z three", "1 x y 2 x y z 3", "[one]{1} x y [two]{2} x y z [three]{3}");
        check("x y", "soon x y there", "[x y]{soon x y there}");
        check("man of the year", "person of that year", "[man of the]{person of that} year");
    }
}
