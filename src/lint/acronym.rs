//! Acronyms that a newcomer can't know: capitals in criteria and duties that nothing in the document spells out.

use crate::judge::Reading;
use crate::outline::{Language, StatementRole};
use crate::phrase::Matcher;
use crate::text::Span;

/// Acronyms of three to six capitals in criteria and duties that are neither explained in the document nor `known`, each at
/// its first use.
pub(super) fn acronyms(reading: Reading, known: &Matcher) -> Vec<Span> {
    let text = reading.document.text().as_str();
    let mut seen: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for statement in &reading.outline.statements {
        let asks = matches!(statement.role, StatementRole::Criterion | StatementRole::Duty);
        let words = reading.document.slice(statement.span);
        let shouting = words.chars().filter(|c| c.is_lowercase()).count() < words.chars().filter(|c| c.is_uppercase()).count();
        if !asks || shouting || statement.language != Language::English {
            continue;
        }
        for span in capitals(words, statement.span.start()) {
            let word = &text[span.range()];
            if seen.contains(&word) {
                continue;
            }
            seen.push(word);
            if known.find_within(&reading.outline.folded, statement.span).iter().any(|f| f.span.contains(span)) {
                continue;
            }
            if !is_explained(word, text) && !is_part_of_a_name(span, text) {
                found.push(span);
            }
        }
    }
    found
}

/// Words of three to six capitals, perhaps with digits or “&”, and a plural “s”. Two letters are mostly a country, a state
/// or somebody's initials; what begins with a digit is half a postcode; capitals beside other capitals are shouted.
fn capitals(words: &str, base: usize) -> impl Iterator<Item = Span> + '_ {
    words.split(|c: char| !(c.is_alphanumeric() || c == '&')).filter_map(move |word| {
        let stem = word.strip_suffix('s').unwrap_or(word);
        let at = word.as_ptr() as usize - words.as_ptr() as usize;
        let n_capitals = stem.chars().filter(|c| c.is_ascii_uppercase()).count();
        let is_acronym = (3..=6).contains(&stem.len())
            && n_capitals >= 2
            && stem.starts_with(|c: char| c.is_ascii_uppercase())
            && stem.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '&');
        let before = words[..at].strip_suffix(' ').and_then(|b| b.rsplit(' ').next());
        let after = words[at + word.len()..].strip_prefix(' ').and_then(|a| a.split(' ').next());
        let shouted = [before, after].into_iter().flatten().any(is_shouted);
        (is_acronym && !shouted).then(|| Span::of(base + at..base + at + stem.len()))
    })
}

/// Whether a word is written in capitals only, or is the second half of a postcode.
fn is_shouted(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1 && !word.contains(char::is_lowercase)
}

/// Whether a document spells an acronym out: beside brackets, after a dash, or by words whose first letters it is.
fn is_explained(acronym: &str, text: &str) -> bool {
    let beside = [format!("({acronym})"), format!("{acronym} ("), format!("{acronym} - "), format!("{acronym} – "), format!("{acronym}: ")];
    beside.iter().any(|b| text.contains(b)) || stands_in_full(acronym, text)
}

/// Whether letters are how something is called in full: a standard with its number (“IEC 62304”), or an organisation that is
/// named so somewhere (“UCLH NHS Foundation Trust”).
fn is_part_of_a_name(acronym: Span, text: &str) -> bool {
    const BODIES: [&str; 14] = ["NHS", "Trust", "Ltd", "Limited", "plc", "PLC", "Inc", "LLC", "LLP", "University", "College", "Council", "Foundation", "GmbH"];
    let after = |end: usize| text[end..].trim_start_matches([' ', '-', ',']);
    let word = &text[acronym.range()];
    let named = |(at, _): (usize, &str)| BODIES.iter().any(|b| after(at + word.len()).starts_with(b));
    after(acronym.end()).starts_with(|c: char| c.is_ascii_digit()) || text.match_indices(word).any(named)
}

/// Whether capitalised words with these first letters stand next to one another, small words between them aside: “Royal
/// Borough of Greenwich” for RBG.
fn stands_in_full(acronym: &str, text: &str) -> bool {
    const SMALL: [&str; 9] = ["of", "and", "the", "for", "in", "to", "on", "at", "with"];
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_ascii_uppercase()).collect();
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && !SMALL.contains(w));
    let initials: Vec<char> =
        words.map(|w| if w.len() > 1 && w.chars().nth(1).is_some_and(char::is_lowercase) { w.chars().next().unwrap_or(' ') } else { ' ' }).collect();
    letters.len() > 1 && initials.windows(letters.len()).any(|run| run == letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standard_and_a_body_are_names() {
        let is_name = |word: &str, text: &str| is_part_of_a_name(Span::of(text.find(word).map_or(0..0, |at| at..at + word.len())), text);
        assert!(is_name("IEC", "Knowledge of IEC 62304"));
        assert!(is_name("UCLH", "Work on UCLH wards. UCLH NHS Foundation Trust is large."));
        assert!(!is_name("QSRG", "Chair the QSRG each month"));
    }

    #[test]
    fn a_name_in_full_explains_its_letters() {
        assert!(stands_in_full("RBG", "Come to the Royal Borough of Greenwich."));
        assert!(stands_in_full("FM", "Our Facilities Management team"));
        assert!(!stands_in_full("RBG", "Read by Gail: RBG."));
        assert!(!stands_in_full("RBG", "the royal borough of greenwich"));
    }
}
