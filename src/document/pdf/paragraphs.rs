//! Lines of one column → paragraphs, headings and list items: which line goes on with the one above.

use super::lines::{Line, Word};
use crate::document::bullets;

#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) lines: Vec<Line>,
    /// A list item's depth.
    pub(super) item: Option<u8>,
}

/// `right` is where the column ends, if lines or neighbours tell.
pub(super) fn paragraphs(lines: Vec<Line>, right: Option<f32>) -> Vec<Paragraph> {
    let edge = lines.iter().map(Line::x1).fold(f32::NEG_INFINITY, f32::max);
    let left = lines.iter().map(Line::x0).fold(f32::INFINITY, f32::min);
    let column = Column { left, right: right.unwrap_or(edge).max(edge), pitch: pitch(&lines) };
    let mut groups: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match groups.last_mut() {
            Some(group) if column.goes_on(group, &line) => group.push(line),
            _ => groups.push(vec![line]),
        }
    }
    let mut depths = Depths::default();
    groups.into_iter().map(|lines| Paragraph { item: depths.of(&lines), lines }).collect()
}

/// Whether a line begins with a bullet or a number.
pub(super) fn is_marked(line: &Line) -> bool {
    let Some(first) = line.words.first() else { return false };
    line.words.len() > 1 && (is_picture(first) || bullets::marker(&line.text()).is_some())
}

/// Whether a word is a single character that no text font has, as bullets are.
pub(super) fn is_picture(word: &Word) -> bool {
    let mut chars = word.text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    (word.is_symbol && !matches!(c, '✓' | '✗' | '☑' | '☒')) || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFFD}')
}

/// How far apart lines of a paragraph stand, in ems.
fn pitch(lines: &[Line]) -> f32 {
    let between = |l: &[Line]| (l[1].y() - l[0].y()) / l[0].size().max(l[1].size()).max(1.0);
    let mut pitches: Vec<f32> = lines.windows(2).map(between).filter(|p| (0.8..3.0).contains(p)).collect();
    pitches.sort_by(f32::total_cmp);
    pitches.get(pitches.len() / 4).copied().unwrap_or(1.25).clamp(1.0, 2.2)
}

/// Lines of a paragraph that tell how wide it is.
const NEAR: usize = 40;

struct Column {
    left: f32,
    right: f32,
    pitch: f32,
}

impl Column {
    fn goes_on(&self, group: &[Line], next: &Line) -> bool {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return false };
        let size = last.size().max(next.size());
        let dy = next.y() - last.y();
        if dy > (1.2 * self.pitch).max(self.pitch + 0.12) * size || (last.size() - next.size()).abs() > 0.08 * size {
            return false;
        }
        let full = !self.breaks_early(group, next);
        if is_marked(next) && !(full && self.reads_on(group, next)) {
            return false;
        }
        // A bold line is a heading, unless its bold words run on into the next.
        let bold_runs_on = last.words.last().is_some_and(|w| w.strong) == next.words.first().is_some_and(|w| w.strong);
        if last.strong() != next.strong() && !bold_runs_on && !(full && last.words.len() > 4) {
            return false;
        }
        if is_marked(first) && next.x0() < first.x0() - 2.0 {
            return false;
        }
        // Level with an item's words stands what goes on with it.
        let hangs = is_marked(first) && first.words.get(1).is_some_and(|w| (w.x0 - next.x0()).abs() < 2.0);
        full || ((starts_small(next) || hangs || is_half(last)) && !ends_sentence(last))
    }

    /// Whether the next line's first word had room on the last one, so that the author ended it there.
    fn breaks_early(&self, group: &[Line], next: &Line) -> bool {
        let (Some(last), Some(word)) = (group.last(), next.words.first()) else { return true };
        let own = group.iter().rev().take(NEAR).chain([next]).map(Line::x1).fold(f32::NEG_INFINITY, f32::max);
        let right = if group.len() >= 2 { own } else { self.right };
        let mut room = right - last.x1();
        // A centred line has room on both sides.
        let indent = last.x0() - self.left;
        if indent > 2.0 * last.size() && (indent - (self.right - last.x1())).abs() < last.size() {
            room += indent;
        }
        room > word.x1 - word.x0 + 1.3 * last.size()
    }

    /// A dash at a line's start may be one within a sentence, and “(a)” a reference.
    fn reads_on(&self, group: &[Line], next: &Line) -> bool {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return false };
        let level = (next.x0() - last.x0()).abs() < 2.0 && !is_marked(first);
        level && !next.words.first().is_some_and(is_picture) && !ends_sentence(last) && !next.text().starts_with(['•', '▪', '●', '■', 'o'])
    }
}

fn starts_small(line: &Line) -> bool {
    line.words.first().and_then(|w| w.text.chars().next()).is_some_and(char::is_lowercase)
}

/// “E/” is not all that somebody had to say; an address may end in a slash.
fn is_half(line: &Line) -> bool {
    line.words.last().is_some_and(|w| w.text.ends_with('/') && !w.text.contains('.'))
}

fn ends_sentence(line: &Line) -> bool {
    line.words.last().is_some_and(|w| w.text.ends_with(['.', ':', ';', '!', '?']))
}

/// Where the bullets stand that enclose the next item.
#[derive(Default)]
struct Depths(Vec<f32>);

impl Depths {
    fn of(&mut self, lines: &[Line]) -> Option<u8> {
        let first = lines.first()?;
        let x = first.x0();
        if !is_marked(first) {
            // What stands level with a list's words goes on with it.
            if self.0.first().is_none_or(|outer| x < outer + 2.0) {
                self.0.clear();
            }
            return None;
        }
        while self.0.last().is_some_and(|outer| *outer > x + 3.0) {
            self.0.pop();
        }
        if self.0.last().is_none_or(|outer| *outer < x - 3.0) {
            self.0.push(x);
        }
        u8::try_from(self.0.len().saturating_sub(1)).ok().map(|depth| depth.min(8))
    }
}
