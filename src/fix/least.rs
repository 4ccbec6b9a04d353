//! An edit → the least of it that says the same: whole words at its ends that stay are no part of a tracked change.

use crate::document::Document;
use crate::lint::Edit;
use crate::text::Span;

/// The edit without the words at its ends that it keeps.
pub(super) fn least(edit: &Edit, document: &Document) -> Edit {
    let old = document.slice(edit.span);
    let start = kept_before(old, &edit.insert);
    let (rest, new) = (&old[start..], &edit.insert[start..]);
    let end = kept_after(rest, new);
    // Words that only come before a word have nothing to stand after, so that word is written anew.
    let end = if start == 0 && end == rest.len() { 0 } else { end };
    let span = Span::of(edit.span.start() + start..edit.span.end() - end);
    Edit { span, insert: new[..new.len() - end].to_owned() }
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

    #[track_caller]
    fn check(old: &str, new: &str, deleted: &str, inserted: &str) {
        let document = Document::read(old.as_bytes(), Format::Text).expect("it is text");
        let edit = least(&Edit { span: document.text().whole(), insert: new.to_owned() }, &document);
        assert_eq!((document.slice(edit.span), edit.insert.as_str()), (deleted, inserted));
    }

    #[test]
    fn words_that_stay_are_left_alone() {
        check("degree", "degree or equivalent experience", "", " or equivalent experience");
        check("chairman", "chair", "chairman", "chair");
        check("native English speaker", "fluent English speaker", "native", "fluent");
        check("full driving licence", "driving licence", "full ", "");
        check("licence", "driving licence", "licence", "driving licence");
        check("the café’s owner", "the café’s chef", "owner", "chef");
        check("a b a", "a a", "b ", "");
        check("same", "same", "", "");
    }
}
