//! Figures of a document: words, sentences, reading grade, mandatory criteria.

use crate::judge::{Reading, binding};
use crate::outline::{Binding, Language, StatementRole};
use crate::text::{Span, tokens};

/// A figure that a measure speaks of, and the place it is of; an empty span is the whole document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Figure {
    pub(super) span: Span,
    pub(super) value: f64,
}

/// Figures of a whole document, counted once for all who ask.
pub(super) struct Whole {
    /// Words in all.
    pub(super) words: usize,
    /// See [`mandatory`].
    pub(super) mandatory: usize,
    /// See [`reading_grade`].
    pub(super) reading_grade: Option<f64>,
}

impl Whole {
    pub(super) fn of(reading: Reading) -> Whole {
        let words = words(reading, reading.document.text().whole());
        Whole { words, mandatory: mandatory(reading), reading_grade: reading_grade(reading) }
    }
}

/// All figures of one kind in a document; kinds are those of [`crate::rules::Measure::FIGURES`].
pub(super) fn figures(kind: &str, reading: Reading, whole: &Whole) -> Vec<Figure> {
    let of_all = |value: f64| vec![Figure { span: Span::of(0..0), value }];
    match kind {
        "sentence-words" => sentences(reading),
        "paragraph-words" => paragraphs(reading),
        "document-words" => of_all(count(whole.words)),
        "mandatory-criteria" => of_all(count(whole.mandatory)),
        _ => whole.reading_grade.map(of_all).unwrap_or_default(),
    }
}

/// Words of a span: what white space parts, if there is a letter or digit in it.
fn words(reading: Reading, span: Span) -> usize {
    let text = reading.document.slice(span);
    // Most texts are: then nothing needs to be decoded.
    if text.is_ascii() {
        return words_of(text.bytes().map(|b| (matches!(b, b'\t'..=b'\r' | b' '), b.is_ascii_alphanumeric())));
    }
    words_of(text.chars().map(|c| (c.is_whitespace(), c.is_alphanumeric())))
}

/// Of characters that are white space, or letters and digits, or neither.
fn words_of(characters: impl Iterator<Item = (bool, bool)>) -> usize {
    let mut n = 0;
    let mut is_word = false;
    for (is_white, is_of_word) in characters {
        n += usize::from(is_white && is_word);
        is_word = !is_white && (is_word || is_of_word);
    }
    n + usize::from(is_word)
}

/// How many criteria a person must meet: statements, not sentences within an item.
fn mandatory(reading: Reading) -> usize {
    let outline = reading.outline;
    let mut blocks: Vec<u32> = Vec::new();
    for statement in outline.statements.iter().filter(|s| s.role == StatementRole::Criterion && binding(s) == Binding::Mandatory) {
        if blocks.last() != Some(&statement.block) {
            blocks.push(statement.block);
        }
    }
    blocks.len()
}

fn sentences(reading: Reading) -> Vec<Figure> {
    let statements = reading.outline.statements.iter().filter(|s| s.language == Language::English && s.role != StatementRole::Heading);
    statements.map(|s| Figure { span: s.span, value: count(words(reading, s.span)) }).collect()
}

fn paragraphs(reading: Reading) -> Vec<Figure> {
    reading.document.blocks().iter().map(|b| Figure { span: b.span, value: count(words(reading, b.span)) }).collect()
}

/// US school grade of criteria and duties, or of all running text where these are few. Source: Kincaid, Fishburne, Rogers &
/// Chissom 1975: 0.39 words a sentence + 11.8 syllables a word − 15.59. A few dozen words say little, so of them only what no
/// chance explains counts; `None` otherwise.
fn reading_grade(reading: Reading) -> Option<f64> {
    const ENOUGH: usize = 100;
    const FEW: usize = 25;
    const BEYOND_CHANCE: f64 = 20.0;
    let asked = Tally::of(reading, |role| matches!(role, StatementRole::Criterion | StatementRole::Duty));
    if asked.words >= ENOUGH {
        return Some(asked.grade());
    }
    let all = Tally::of(reading, |role| role != StatementRole::Heading);
    (all.words >= FEW).then(|| all.grade()).filter(|grade| *grade > BEYOND_CHANCE)
}

/// Words, their syllables, and the sentences they stand in.
#[derive(Default)]
struct Tally {
    words: usize,
    syllables: usize,
    sentences: usize,
}

impl Tally {
    fn of(reading: Reading, counts: impl Fn(StatementRole) -> bool) -> Tally {
        let mut tally = Tally::default();
        for statement in reading.outline.statements.iter().filter(|s| s.language == Language::English && counts(s.role)) {
            let text = reading.document.slice(statement.span);
            tally.sentences += 1;
            for token in tokens(text, 0) {
                tally.words += 1;
                tally.syllables += syllables(&text[token.range()]);
            }
        }
        tally
    }

    fn grade(&self) -> f64 {
        let grade = 0.39 * count(self.words) / count(self.sentences) + 11.8 * count(self.syllables) / count(self.words) - 15.59;
        (grade * 10.0).round() / 10.0
    }
}

/// Runs of vowels, a silent “e” at the end not counted; at least one.
fn syllables(word: &str) -> usize {
    if word.is_ascii() {
        syllables_of(word.bytes().map(|b| char::from(b.to_ascii_lowercase())))
    } else {
        syllables_of(word.chars().flat_map(char::to_lowercase))
    }
}

fn syllables_of(letters: impl Iterator<Item = char>) -> usize {
    let mut n = 0;
    // The two letters before.
    let mut last = [' '; 2];
    for c in letters {
        n += usize::from(is_vowel(c) && !is_vowel(last[1]));
        last = [last[1], c];
    }
    let silent = last[1] == 'e' && last[0] != 'l' && n > 1;
    (n - usize::from(silent)).max(1)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn count(n: usize) -> f64 {
    // Counts of words in a document are far below 2^53.
    n as f64
}
