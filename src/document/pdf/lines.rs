//! Glyphs → words and the lines they stand on. A word ends where a gap is wider than letters leave, whether or not the
//! file has a space there.

use super::draw::{Drawing, Glyph, Rule, Text};
use super::weight::Weight;

/// A word, or what stands like one.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) strong: bool,
    /// All of it is pictures of a symbol font.
    pub(super) is_symbol: bool,
    /// From 1.
    pub(super) page: u32,
}

/// Words side by side, from the left.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
}

pub(super) struct Page {
    pub(super) words: Vec<Word>,
    pub(super) rules: Vec<Rule>,
    pub(super) height: f32,
}

/// A gap this wide, in ems, ends a word.
const WORD_GAP: f32 = 0.12;
/// Baselines this near, in ems, are one line: what is raised (“1st”) stays with its word.
const SAME_LINE: f32 = 0.45;
/// What is also smaller may be raised so far.
const RAISED: f32 = 0.65;

pub(super) fn pages(drawings: Vec<Drawing>) -> Vec<Page> {
    let page = |(n, drawing): (usize, Drawing)| {
        let number = crate::text::offset(n + 1);
        let words = rows(drawing.glyphs, |g| (g.x0, g.y, g.size)).into_iter().flat_map(|row| words(row, number)).collect();
        Page { words, rules: drawing.rules, height: drawing.height }
    };
    drawings.into_iter().enumerate().map(page).collect()
}

/// Words sorted into lines.
pub(super) fn lines(words: Vec<Word>) -> Vec<Line> {
    rows(words, |w| (w.x0, w.y, w.size)).into_iter().map(|words| Line { words }).collect()
}

/// Things whose baselines are near, from the top, each row from the left. `place` says left edge, baseline, size.
fn rows<T>(mut things: Vec<T>, place: impl Fn(&T) -> (f32, f32, f32)) -> Vec<Vec<T>> {
    things.sort_by(|a, b| place(a).1.total_cmp(&place(b).1));
    let mut rows: Vec<Vec<T>> = Vec::new();
    let (mut top, mut tallest) = (f32::NEG_INFINITY, 0.0_f32);
    for thing in things {
        let (_, y, size) = place(&thing);
        match rows.last_mut() {
            Some(row) if y - top <= SAME_LINE * tallest.max(size) || (tallest < 0.8 * size && y - top <= RAISED * size) => {
                if tallest < 0.8 * size {
                    top = y;
                }
                tallest = tallest.max(size);
                row.push(thing);
            }
            _ => {
                (top, tallest) = (y, size);
                rows.push(vec![thing]);
            }
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| place(a).0.total_cmp(&place(b).0));
    }
    rows
}

fn words(row: Vec<Glyph>, page: u32) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut in_word = false;
    for glyph in without_doubles(row) {
        let blank = match &glyph.text {
            Text::Char(c) => c.is_whitespace(),
            Text::Several(s) => s.chars().all(char::is_whitespace),
        };
        if blank {
            in_word = false;
            continue;
        }
        let last = words.last_mut().filter(|_| in_word);
        match last.filter(|word| glyph.x0 - word.x1 <= WORD_GAP * word.size.max(glyph.size) && word.is_symbol == glyph.is_symbol) {
            Some(word) => extend(word, &glyph),
            None => words.push(begin(&glyph, page)),
        }
        in_word = true;
    }
    words
}

fn begin(glyph: &Glyph, page: u32) -> Word {
    let mut word = Word {
        text: String::new(),
        x0: glyph.x0,
        x1: glyph.x1,
        y: glyph.y,
        size: glyph.size,
        strong: glyph.weight == Weight::Bold(true),
        is_symbol: glyph.is_symbol,
        page,
    };
    push(&mut word.text, &glyph.text);
    word
}

fn extend(word: &mut Word, glyph: &Glyph) {
    push(&mut word.text, &glyph.text);
    word.x1 = word.x1.max(glyph.x1);
    if glyph.size > word.size {
        (word.size, word.y) = (glyph.size, glyph.y);
    }
    let is_letter = matches!(&glyph.text, Text::Char(c) if c.is_alphabetic());
    word.strong = if is_letter || !word.text.contains(char::is_alphabetic) { glyph.weight == Weight::Bold(true) } else { word.strong };
}

fn push(text: &mut String, glyph: &Text) {
    match glyph {
        Text::Char(c) => text.push(*c),
        Text::Several(s) => text.push_str(s),
    }
}

/// Some programs draw a letter twice, a hair apart, to make it bold or to give it a shadow.
fn without_doubles(row: Vec<Glyph>) -> Vec<Glyph> {
    let mut kept: Vec<Glyph> = Vec::with_capacity(row.len());
    for glyph in row {
        let same = |k: &&mut Glyph| {
            k.text == glyph.text && (k.x0 - glyph.x0).abs() < 0.12 * k.size && (k.y - glyph.y).abs() < 0.12 * k.size && glyph.x1 - glyph.x0 > 0.15 * k.size
        };
        match kept.iter_mut().rev().take(4).find(same) {
            Some(double) => double.weight = Weight::Bold(true),
            None => kept.push(glyph),
        }
    }
    kept
}

impl Line {
    pub(super) fn x0(&self) -> f32 {
        self.words.first().map_or(0.0, |w| w.x0)
    }

    pub(super) fn x1(&self) -> f32 {
        self.words.iter().map(|w| w.x1).fold(f32::NEG_INFINITY, f32::max)
    }

    /// The baseline of its largest words.
    pub(super) fn y(&self) -> f32 {
        self.words.iter().max_by(|a, b| a.size.total_cmp(&b.size)).map_or(0.0, |w| w.y)
    }

    /// The size of most of its letters.
    pub(super) fn size(&self) -> f32 {
        let worded = || self.words.iter().filter(|w| !w.is_symbol);
        let longest = worded().max_by_key(|w| w.text.len()).or(self.words.first());
        longest.map_or(0.0, |w| w.size)
    }

    /// Whether all of its words are bold.
    pub(super) fn strong(&self) -> bool {
        let mut worded = self.words.iter().filter(|w| w.text.contains(char::is_alphanumeric)).peekable();
        worded.peek().is_some() && worded.all(|w| w.strong)
    }

    pub(super) fn text(&self) -> String {
        self.words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}
