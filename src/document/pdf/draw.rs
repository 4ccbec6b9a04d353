//! Pages of a PDF → the glyphs and the straight lines on them. Knows nothing of words.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph as Shape, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, SoftMask, TransformExt, interpret_page,
};

use super::dots::{self, Dot};
use super::fonts;
use super::guard;
use super::weight::{self, Weight};
use crate::document::Limits;
use crate::document::symbols::Font;

/// A character where it stands. Points, from the page's upper left corner.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: Text,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The baseline.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) weight: Weight,
    /// Its font's letters are pictures.
    pub(super) is_symbol: bool,
}

/// What a glyph says: nearly always one character, but a ligature may be several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Text {
    Char(char),
    Several(Box<str>),
}

/// A straight line that is upright or level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) upright: bool,
    /// Where it stands across its direction.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Small shapes, before they are told from bullets.
    pub(super) dots: Vec<Dot>,
    pub(super) height: f32,
    /// Glyphs whose font does not say what they mean.
    pub(super) n_unknown: usize,
}

pub(super) struct Drawings {
    pub(super) pages: Vec<Drawing>,
    pub(super) n_left_out: usize,
    /// Everything drawn, pictures and lines, too.
    pub(super) n_drawn: usize,
}

/// More is drawn than anybody reads; carried out of the interpreter, which has no other way to stop.
pub(super) struct TooMuch;

/// Lines on a page that may make tables.
const MOST_RULES: usize = 20_000;

pub(super) fn drawings(pdf: &Pdf, limits: &Limits) -> Drawings {
    let cache = InterpreterCache::new();
    let mut fonts = Fonts::default();
    let mut left = limits.drawings;
    let mut pages = Vec::new();
    for page in pdf.pages().iter().take(limits.pages) {
        if guard::is_endless(page, limits) {
            std::panic::resume_unwind(Box::new(TooMuch));
        }
        let mut pen = Pen { drawing: Drawing::default(), width: 0.0, fonts: &mut fonts, left: &mut left };
        draw(page, &cache, &mut pen);
        dots::settle(&mut pen.drawing);
        pages.push(pen.drawing);
    }
    weight::settle(&mut pages);
    Drawings { pages, n_left_out: pdf.pages().len().saturating_sub(limits.pages), n_drawn: limits.drawings - left }
}

fn draw<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>, pen: &mut Pen<'_>) {
    let (width, height) = page.render_dimensions();
    pen.width = width;
    pen.drawing.height = height;
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, cache, page.xref(), fonts::settings());
    interpret_page(page, &mut context, pen);
}

/// What is known of glyphs by their outlines.
#[derive(Default)]
struct Fonts {
    known: HashMap<u128, Look>,
}

#[derive(Clone, Copy)]
struct Look {
    weight: Weight,
    font: Font,
    is_symbol: bool,
    /// Its font is another, whose letters are stretched to the widths that the file states.
    is_stretched: bool,
}

impl Fonts {
    fn look(&mut self, shape: &Shape<'_>) -> Look {
        let Shape::Outline(glyph) = shape else { return Look { weight: Weight::Bold(false), font: Font::Plain, is_symbol: false, is_stretched: false } };
        let make = || {
            let data = glyph.font_data();
            let name = data.as_ref().and_then(|d| d.postscript_name.as_deref()).map(|n| n.split_once('+').map_or(n, |(_, n)| n));
            let font = Font::in_pdf(name.unwrap_or(""));
            let weight = weight::of(name, data.as_ref().and_then(|d| d.weight), || glyph.outline());
            Look { weight, font, is_symbol: font != Font::Plain, is_stretched: data.is_none() }
        };
        *self.known.entry(glyph.identifier().cache_key()).or_insert_with(make)
    }
}

struct Pen<'p> {
    drawing: Drawing,
    width: f32,
    fonts: &'p mut Fonts,
    left: &'p mut usize,
}

impl Pen<'_> {
    fn spend(&mut self, n: usize) {
        match self.left.checked_sub(n) {
            Some(left) => *self.left = left,
            // Unwinds without a word on the screen; `read` catches it.
            None => std::panic::resume_unwind(Box::new(TooMuch)),
        }
    }

    fn glyph(&mut self, shape: &Shape<'_>, transform: Affine, is_stroked: bool) {
        let [a, b, c, d, x, y] = transform.as_coeffs();
        let advance = match shape {
            Shape::Outline(glyph) => glyph.advance_width(),
            Shape::Type3(glyph) => glyph.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(500.0));
        // Text that stands on its side or runs backwards is decoration: a draft's mark, a label of a picture.
        let is_level = a > 0.0 && b.abs() < 0.1 * a.abs();
        let on_page = (-1.0..=f64::from(self.width) + 1.0).contains(&x) && (-1.0..=f64::from(self.drawing.height) + 1.0).contains(&y);
        #[expect(clippy::cast_possible_truncation, reason = "points on a page")]
        let size = (c.hypot(d) * 1000.0) as f32;
        if !is_level || !on_page || !(0.5..=2000.0).contains(&size) {
            return;
        }
        let look = self.fonts.look(shape);
        let scale = if look.is_stretched { c.hypot(d) } else { a };
        let text = text(shape, look);
        if text == Text::Char('\u{FFFD}') {
            self.drawing.n_unknown += 1;
        }
        let weight = if is_stroked { Weight::Bold(true) } else { look.weight };
        #[expect(clippy::cast_possible_truncation, reason = "points on a page")]
        let (x0, x1, y) = (x as f32, (x + scale * advance.clamp(0.0, 4000.0)) as f32, y as f32);
        self.drawing.glyphs.push(Glyph { text, x0, x1, y, size, weight, is_symbol: look.is_symbol });
    }

    fn rule(&mut self, from: Point, to: Point) {
        #[expect(clippy::cast_possible_truncation, reason = "points on a page")]
        let (x0, y0, x1, y1) = (from.x.min(to.x) as f32, from.y.min(to.y) as f32, from.x.max(to.x) as f32, from.y.max(to.y) as f32);
        let (width, height) = (x1 - x0, y1 - y0);
        if !(width + height).is_finite() || self.drawing.rules.len() >= MOST_RULES {
            return;
        }
        if height <= 1.0 && width >= 4.0 {
            self.drawing.rules.push(Rule { upright: false, at: (y0 + y1) / 2.0, from: x0, to: x1 });
        } else if width <= 1.0 && height >= 4.0 {
            self.drawing.rules.push(Rule { upright: true, at: (x0 + x1) / 2.0, from: y0, to: y1 });
        }
    }

    fn dot(&mut self, bounds: Rect) {
        if let Some(dot) = dots::of(bounds).filter(|_| self.drawing.dots.len() < MOST_RULES) {
            self.drawing.dots.push(dot);
        }
    }

    fn rectangle(&mut self, rect: Rect, mode: &DrawMode) {
        let (width, height) = (rect.width().abs(), rect.height().abs());
        let (left, right) = (Point::new(rect.x0, rect.center().y), Point::new(rect.x1, rect.center().y));
        let (top, bottom) = (Point::new(rect.center().x, rect.y0), Point::new(rect.center().x, rect.y1));
        // A thin rectangle is how most programs draw a line.
        if height <= 3.0 && width > height {
            self.rule(left, right);
        } else if width <= 3.0 && height > width {
            self.rule(top, bottom);
        } else if !matches!(mode, DrawMode::Fill(_)) {
            // The edges of a filled rectangle are no lines: it may be a mere highlight behind some words.
            let corners = [Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y0), Point::new(rect.x1, rect.y1), Point::new(rect.x0, rect.y1)];
            for (n, corner) in corners.iter().enumerate() {
                self.rule(*corner, corners[(n + 1) % 4]);
            }
        }
    }
}

fn text(shape: &Shape<'_>, look: Look) -> Text {
    let text = match shape.as_unicode() {
        Some(BfString::Char(c)) => Text::Char(c),
        Some(BfString::String(s)) => {
            let mut chars = s.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => Text::Char(c),
                (Some(_), Some(_)) if s.len() <= 64 => Text::Several(s.into_boxed_str()),
                _ => Text::Char('\u{FFFD}'),
            }
        }
        None => Text::Char(char::from_u32(shape.char_code()).filter(|_| look.is_symbol).unwrap_or('\u{FFFD}')),
    };
    match text {
        Text::Char(c) if c.is_control() => Text::Char(if c == '\t' { ' ' } else { '\u{FFFD}' }),
        Text::Char(c) => Text::Char(look.font.shows(c).unwrap_or(c)),
        several => several,
    }
}

/// The straight lines of a path; `None` where it is drawn with curves, too.
fn straight(path: &BezPath, transform: Affine) -> Vec<(Point, Point)> {
    let (mut lines, mut start, mut at) = (Vec::new(), Point::ZERO, Point::ZERO);
    for element in path.elements().iter().take(2000) {
        match *element {
            PathEl::MoveTo(p) => (start, at) = (p, p),
            PathEl::LineTo(p) => {
                lines.push((transform * at, transform * p));
                at = p;
            }
            PathEl::ClosePath => {
                lines.push((transform * at, transform * start));
                at = start;
            }
            PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => at = p,
        }
    }
    lines
}

impl<'a> Device<'a> for Pen<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(1 + path.elements().len());
        let bounds = props.transform.transform_rect_bbox(path.control_box());
        if path.elements().iter().any(|e| matches!(e, PathEl::CurveTo(..) | PathEl::QuadTo(..))) || matches!(mode, DrawMode::Fill(_)) {
            self.dot(bounds);
        }
        if matches!(mode, DrawMode::Fill(_)) {
            if path.elements().len() <= 6 {
                self.rectangle(bounds, mode);
            }
            return;
        }
        for (from, to) in straight(path, props.transform) {
            self.rule(from, to);
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(1);
        if matches!(mode, DrawMode::Fill(_)) {
            self.dot(props.transform.transform_rect_bbox(*rect));
        }
        self.rectangle(props.transform.transform_rect_bbox(*rect), mode);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(run.glyphs().len());
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform(), matches!(mode, DrawMode::Stroke(_)));
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.spend(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.spend(1);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.spend(1);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
