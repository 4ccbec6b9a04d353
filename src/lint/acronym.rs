//! Acronyms that a newcomer can't know: capitals in criteria and duties that nothing in the document spells out.

mod explained;

use std::collections::HashSet;

use crate::judge::Reading;
use crate::outline::{Language, Outline, SectionKind, Statement, StatementRole};
use crate::phrase::Matcher;
use crate::text::Span;

/// Acronyms of three to six capitals in criteria and duties that are neither explained in the document nor `known`, each at
/// its first use.
pub(super) fn acronyms(reading: Reading, known: &Matcher) -> Vec<Span> {
    let unknown = unknown(reading, known);
    explained::without_explained(unknown, reading.document.text().as_str())
}

/// Where acronyms are first used that are not `known` there.
fn unknown(reading: Reading, known: &Matcher) -> Vec<Span> {
    let text = reading.document.text().as_str();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut unknown = Vec::new();
    for statement in &reading.outline.statements {
        if statement.language != Language::English || !speaks_of_the_job(statement, reading.outline) {
            continue;
        }
        let words = reading.document.slice(statement.span);
        if is_shouting(words) {
            continue;
        }
        let first_uses: Vec<Span> = capitals(words, statement.span.start()).filter(|span| seen.insert(&text[span.range()])).collect();
        if !first_uses.is_empty() {
            let known = known.find_within(&reading.outline.folded, statement.span);
            unknown.extend(first_uses.into_iter().filter(|span| !known.iter().any(|f| f.span.contains(*span))));
        }
    }
    unknown
}

fn is_shouting(words: &str) -> bool {
    words.chars().filter(|c| c.is_lowercase()).count() < words.chars().filter(|c| c.is_uppercase()).count()
}

/// Criteria and duties. Where a text is too short or too plain to show which of its sentences are these, all that is not about
/// the employer or about applying; elsewhere the rest is names and grades.
fn speaks_of_the_job(statement: &Statement, outline: &Outline) -> bool {
    let is_asked = |s: &Statement| matches!(s.role, StatementRole::Criterion | StatementRole::Duty);
    let section = statement.section.and_then(|s| outline.sections.get(s as usize)).map_or(SectionKind::Other, |s| s.kind);
    let may_be = statement.role == StatementRole::Text && matches!(section, SectionKind::Other | SectionKind::Responsibilities);
    is_asked(statement) || may_be && outline.statements.len() <= SHORT
}

/// Statements of a text in which no sections need to be told apart.
const SHORT: usize = 20;

/// Words of three to six capitals, perhaps with digits or “&”, and a plural “s”. Two letters are mostly a country, a state
/// or somebody's initials; what begins with a digit is half a postcode; capitals beside other capitals are shouted.
fn capitals(words: &str, base: usize) -> impl Iterator<Item = Span> + '_ {
    words.split(|c: char| !(c.is_alphanumeric() || c == '&')).filter_map(move |word| {
        let stem = word.strip_suffix('s').unwrap_or(word);
        let is_acronym = (3..=6).contains(&stem.len())
            && stem.starts_with(|c: char| c.is_ascii_uppercase())
            && stem.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '&')
            && stem.chars().filter(|c| c.is_ascii_uppercase()).count() >= 2;
        if !is_acronym {
            return None;
        }
        let at = word.as_ptr() as usize - words.as_ptr() as usize;
        let before = words[..at].strip_suffix(' ').and_then(|b| b.rsplit(' ').next());
        let after = words[at + word.len()..].strip_prefix(' ').and_then(|a| a.split(' ').next());
        let shouted = [before, after].into_iter().flatten().any(is_shouted);
        (!shouted).then(|| Span::of(base + at..base + at + stem.len()))
    })
}

/// Whether a word is written in capitals only, or is the second half of a postcode.
fn is_shouted(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1 && !word.contains(char::is_lowercase)
}
