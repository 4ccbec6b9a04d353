//! What a document says by its shape rather than by words of a list: a place of work (“Ranger, Exmoor”, “at Mallaig pier”), an
//! e-mail address, a telephone number.

use crate::judge::Reading;
use crate::outline::{Language, Statement, StatementRole};
use crate::phrase::Matcher;

/// Words before a place.
const BEFORE: [&str; 8] = ["in", "at", "near", "from", "across", "around", "outside", "between"];
/// The first lines, where a place stands alone between commas: “Baker, Trim. €15 an hour”.
const FIRST_LINES: usize = 3;

/// Whether a capitalised word stands where a place does: after “in” or “at”, or after a comma in the first lines. What is `known`
/// as something else (a tool, a qualification, a month) is none.
pub(super) fn names_a_place(reading: Reading, known: &Matcher) -> bool {
    let english = reading.outline.statements.iter().filter(|s| s.language == Language::English);
    let mut english = english.enumerate();
    english.any(|(n, statement)| {
        let text = reading.document.slice(statement.span);
        let shouted = !text.contains(char::is_lowercase);
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_name = |at: usize| words.get(at).is_some_and(|w| is_capitalised(w)) && !is_known(reading, statement, words[at], known);
        let after = |at: usize| {
            let before = words[at - 1];
            let first = n < FIRST_LINES && before.ends_with([',', '–', '-', '|', ':']);
            first || BEFORE.contains(&before) && statement.role != StatementRole::Criterion && !shouted
        };
        (1..words.len()).any(|at| after(at) && is_name(at))
    })
}

/// Whether an e-mail address or a telephone number stands anywhere.
pub(super) fn names_a_contact(reading: Reading) -> bool {
    let text = reading.document.text().as_str();
    text.split_whitespace().any(is_address) || text.lines().any(has_telephone_number)
}

fn is_address(word: &str) -> bool {
    let Some((name, domain)) = word.split_once('@') else { return false };
    let host = domain.trim_end_matches(|c: char| !c.is_alphanumeric());
    name.ends_with(char::is_alphanumeric) && host.split_once('.').is_some_and(|(a, b)| !a.is_empty() && b.starts_with(char::is_alphabetic))
}

/// Nine to fifteen digits in a row, with nothing but spaces, brackets, hyphens, dots or a plus between; sums of money and dates are shorter.
fn has_telephone_number(line: &str) -> bool {
    let mut digits = 0;
    for c in line.chars().chain(['\n']) {
        match c {
            c if c.is_ascii_digit() => digits += 1,
            ' ' | '(' | ')' | '-' | '‑' | '.' | '+' | '\u{a0}' => {}
            _ if (9..=15).contains(&digits) => return true,
            _ => digits = 0,
        }
    }
    false
}

fn is_capitalised(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && word.len() > 2 && letters.any(char::is_lowercase)
}

fn is_known(reading: Reading, statement: &Statement, word: &str, known: &Matcher) -> bool {
    let text = reading.document.text().as_str();
    let at = word.as_ptr() as usize - text.as_ptr() as usize;
    let span = crate::text::Span::of(at..at + word.len());
    known.find_within(&reading.outline.folded, statement.span).iter().any(|f| f.span.overlaps(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_to_ring_are_told_from_others() {
        for line in ["Iain, 01687 555 129.", "call 402-555-0132", "(208) 555-0123, Al", "+44 20 7946 0000", "087 555 0128"] {
            assert!(has_telephone_number(line), "{line}");
        }
        for line in ["£27,500 to £30,100", "3 May 2027", "12.30-14.00 on 12/05/2027", "37.5 hours, 52 weeks"] {
            assert!(!has_telephone_number(line), "{line}");
        }
    }

    #[test]
    fn addresses_are_told_by_their_shape() {
        assert!(is_address("tutors@leek.example,"));
        assert!(!is_address("rate@hand") && !is_address("@handle"));
    }
}
