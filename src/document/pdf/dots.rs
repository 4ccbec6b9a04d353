//! Small round or square shapes → bullets, where they stand before a line's words. Browsers draw the marks of lists so,
//! with no letter for them.

use hayro_interpret::kurbo::Rect;

use super::draw::{Drawing, Glyph, Text};
use super::weight::Weight;

/// A shape that may be a bullet. Points, from the page's upper left corner.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dot {
    x0: f32,
    x1: f32,
    middle: f32,
}

/// The smallest and largest that bullets are drawn.
const SIZES: std::ops::Range<f64> = 1.0..8.0;
/// Shapes on a page beyond which they are no list, but a picture.
const MOST: usize = 2000;
/// The farthest that a bullet stands before its words, in ems.
const FARTHEST: f32 = 3.0;
/// How much is free before a bullet, in ems.
const FREE: f32 = 1.0;
/// Letters on the lines beside a dot, more than fit there.
const MOST_NEAR: usize = 5000;
/// The largest text that has lists.
const LARGEST: f32 = 40.0;

/// A shape as a dot, where it is as wide as it is high.
pub(super) fn of(bounds: Rect) -> Option<Dot> {
    let (width, height) = (bounds.width().abs(), bounds.height().abs());
    let is_even = (width - height).abs() <= 0.15 * width.max(height);
    #[expect(clippy::cast_possible_truncation, reason = "points on a page")]
    let dot = Dot { x0: bounds.min_x() as f32, x1: bounds.max_x() as f32, middle: bounds.center().y as f32 };
    (is_even && SIZES.contains(&width)).then_some(dot)
}

/// Writes a bullet for each dot that stands before words.
pub(super) fn settle(drawing: &mut Drawing) {
    if drawing.dots.is_empty() || drawing.dots.len() > MOST {
        return;
    }
    let mut lines: Vec<(f32, usize)> = drawing.glyphs.iter().enumerate().filter(|(_, g)| is_word(g)).map(|(n, g)| (g.y, n)).collect();
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let bullets: Vec<Glyph> = drawing.dots.iter().filter_map(|dot| bullet(dot, drawing, &lines)).collect();
    drawing.glyphs.extend(bullets);
}

fn is_word(glyph: &Glyph) -> bool {
    glyph.text != Text::Char(' ')
}

fn bullet(dot: &Dot, drawing: &Drawing, lines: &[(f32, usize)]) -> Option<Glyph> {
    let from = lines.partition_point(|(y, _)| *y < dot.middle);
    let near = lines[from..].iter().take(MOST_NEAR).take_while(|(y, _)| *y < dot.middle + LARGEST).map(|(_, n)| &drawing.glyphs[*n]);
    // A bullet stands at half the height of small letters, or a little above.
    let beside: Vec<&Glyph> = near.filter(|g| (0.1..0.7).contains(&((g.y - dot.middle) / g.size))).collect();
    let first = beside.iter().filter(|g| g.x0 >= dot.x1).min_by(|a, b| a.x0.total_cmp(&b.x0))?;
    let size = first.size;
    let is_free = !beside.iter().any(|g| g.x0 < dot.x1 && g.x1 > dot.x0 - FREE * size);
    let is_alone = !drawing.dots.iter().any(|d| d.x0 != dot.x0 && (d.middle - dot.middle).abs() < 0.5 * size && (d.x0 - dot.x0).abs() < FARTHEST * size);
    let is_before = first.x0 - dot.x1 < FARTHEST * size;
    (is_free && is_alone && is_before).then_some(Glyph {
        text: Text::Char('•'),
        x0: dot.x0,
        x1: dot.x1,
        y: first.y,
        size,
        weight: Weight::Bold(false),
        is_symbol: true,
    })
}
