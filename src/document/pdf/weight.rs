//! How heavy a glyph is drawn → whether it is bold. Fonts that are embedded have names that say so; of the others only
//! the outlines are known, and a bold one's strokes are thicker than those of most of the text.

use hayro_interpret::kurbo::{BezPath, Shape};

use super::draw::{Drawing, Text};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Weight {
    /// Known to be bold, or not.
    Bold(bool),
    /// The mean thickness of its strokes, in thousandths of an em.
    Thickness(f32),
}

/// How much thicker the strokes of a bold font are than the regular font's, at least.
const BOLDER: f32 = 1.25;
/// The thickest strokes that a regular font has (Helvetica's are about 80), where no text tells.
const REGULAR: f32 = 95.0;

pub(super) fn of(name: Option<&str>, weight: Option<u32>, outline: impl FnOnce() -> BezPath) -> Weight {
    if let Some(name) = name.filter(|n| !n.is_empty()) {
        let name = name.to_ascii_lowercase();
        let says = ["bold", "black", "heavy", "demi", "-bd"].iter().any(|word| name.contains(word));
        return Weight::Bold(says || weight.is_some_and(|w| w >= 600));
    }
    let outline = outline();
    if outline.elements().len() > 1000 {
        return Weight::Bold(false);
    }
    let perimeter = outline.perimeter(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "thousandths of an em")]
    let thickness = if perimeter > 0.0 { (2.0 * outline.area().abs() / perimeter) as f32 } else { 0.0 };
    Weight::Thickness(thickness)
}

/// Says of every glyph whether it is bold.
pub(super) fn settle(pages: &mut [Drawing]) {
    let is_letter = |text: &Text| matches!(text, Text::Char(c) if c.is_alphabetic());
    let mut seen: Vec<f32> = Vec::new();
    for glyph in pages.iter().flat_map(|p| &p.glyphs) {
        if let Weight::Thickness(t) = glyph.weight
            && is_letter(&glyph.text)
            && t.is_finite()
        {
            seen.push(t);
        }
    }
    seen.sort_by(f32::total_cmp);
    let usual = seen.get(seen.len() / 2).copied().unwrap_or(REGULAR).min(REGULAR);
    for glyph in pages.iter_mut().flat_map(|p| &mut p.glyphs) {
        if let Weight::Thickness(t) = glyph.weight {
            glyph.weight = Weight::Bold(t > usual * BOLDER && is_letter(&glyph.text));
        }
    }
}
