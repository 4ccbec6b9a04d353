//! Acronyms and the text they stand in → those that nothing in it spells out, found in one pass for all of them.

use std::collections::HashSet;

use aho_corasick::AhoCorasick;

use crate::text::Span;

/// Those of some acronyms that the text neither explains nor uses as a part of a name.
pub(super) fn without_explained(mut acronyms: Vec<Span>, text: &str) -> Vec<Span> {
    if acronyms.is_empty() {
        return acronyms;
    }
    let words: Vec<&str> = acronyms.iter().map(|span| &text[span.range()]).collect();
    let beside = explained_beside(&words, text);
    let in_full = spelt_in_full(&words, text);
    let in_brackets = initials_in_brackets(text);
    let explained: Vec<bool> = (0..words.len()).map(|n| beside[n] || in_full[n] || in_brackets.contains(&words[n].to_lowercase())).collect();
    let mut explained = explained.into_iter();
    acronyms.retain(|span| !explained.next().unwrap_or_default() && !is_a_standard(*span, text));
    acronyms
}

/// Which of some words stand beside brackets, before a dash or a colon, or in the name of a body (“UCLH NHS Foundation
/// Trust”), anywhere.
fn explained_beside(words: &[&str], text: &str) -> Vec<bool> {
    const BODIES: [&str; 14] = ["NHS", "Trust", "Ltd", "Limited", "plc", "PLC", "Inc", "LLC", "LLP", "University", "College", "Council", "Foundation", "GmbH"];
    let mut explained = vec![false; words.len()];
    for (n, at) in places(words, text) {
        let (before, after) = (&text[..at.start], &text[at.end..]);
        let in_brackets = before.ends_with('(') && after.starts_with(')');
        let introduces = || [" (", " - ", " – ", ": "].iter().any(|mark| after.starts_with(mark));
        let names = || BODIES.iter().any(|body| behind_marks(after).starts_with(body));
        explained[n] = explained[n] || in_brackets || introduces() || names();
    }
    explained
}

/// Where any of some words stand; none where there are too many of them for one search.
fn places<'t>(words: &[&str], text: &'t str) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> + 't {
    let search = AhoCorasick::new(words).ok();
    let all: Vec<_> = search.iter().flat_map(|s| s.find_overlapping_iter(text).map(|m| (m.pattern().as_usize(), m.range()))).collect();
    all.into_iter()
}

/// Whether a number follows, as in that of a standard: “IEC 62304”.
fn is_a_standard(acronym: Span, text: &str) -> bool {
    behind_marks(&text[acronym.end()..]).starts_with(|c: char| c.is_ascii_digit())
}

fn behind_marks(text: &str) -> &str {
    text.trim_start_matches([' ', '-', ','])
}

/// For which of some acronyms capitalised words with these first letters stand next to one another, small words between
/// them aside: “Royal Borough of Greenwich” for RBG.
fn spelt_in_full(acronyms: &[&str], text: &str) -> Vec<bool> {
    let letters: Vec<String> = acronyms.iter().map(|a| a.chars().filter(char::is_ascii_uppercase).collect()).collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    let mut spelt = vec![false; acronyms.len()];
    for (n, _) in places(&letters, &initials(text)) {
        spelt[n] = true;
    }
    spelt
}

/// The first letters of words with a capital, and a blank for any other word.
fn initials(text: &str) -> String {
    const SMALL: [&str; 9] = ["of", "and", "the", "for", "in", "to", "on", "at", "with"];
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && !SMALL.contains(w));
    words
        .map(|word| {
            let mut letters = word.chars();
            let (first, second) = (letters.next(), letters.next());
            first.filter(|_| second.is_some_and(char::is_lowercase)).unwrap_or(' ')
        })
        .collect()
}

/// The first letters of the words in each pair of brackets, small: “EICR sheets (electrical installation condition reports)”.
fn initials_in_brackets(text: &str) -> HashSet<String> {
    let brackets = text.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(inside, _)| inside);
    let initials = |inside: &str| inside.split(|c: char| !c.is_alphanumeric()).filter_map(|w| w.chars().next()).flat_map(char::to_lowercase).collect();
    brackets.map(initials).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_explained(word: &str, text: &str) -> bool {
        let at = text.find(word).expect("it stands there");
        without_explained(vec![Span::of(at..at + word.len())], text).is_empty()
    }

    #[test]
    fn a_standard_and_a_body_are_names() {
        assert!(is_explained("IEC", "Knowledge of IEC 62304"));
        assert!(is_explained("UCLH", "Work on UCLH wards. UCLH NHS Foundation Trust is large."));
        assert!(!is_explained("QSRG", "Chair the QSRG each month"));
    }

    #[test]
    fn a_name_in_full_explains_its_letters() {
        assert!(is_explained("RBG", "RBG! Come to the Royal Borough of Greenwich."));
        assert!(is_explained("EICR", "on EICR sheets (electrical installation condition reports)"));
        assert!(is_explained("QSRG", "the quality group (QSRG)"));
        assert!(!is_explained("RBG", "Read by Gail: RBG."));
        assert!(!is_explained("RBG", "RBG, the royal borough of greenwich"));
    }

    #[test]
    fn each_of_many_is_asked_for_itself() {
        let text = "ABC, ABCD and BCD (an ABC - thing)";
        let spans = ["ABC", "ABCD", "BCD"].map(|w| text.find(w).map_or(Span::of(0..0), |at| Span::of(at..at + w.len())));
        assert_eq!(without_explained(spans.to_vec(), text), [spans[1]]);
    }
}
