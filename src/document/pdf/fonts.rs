//! Fonts that a PDF names and does not embed → two that stand in for all of them, a regular one and a bold one.
//!
//! Where such letters stand and which they are, the PDF and its reader's own tables tell; only how heavy they are is asked of
//! the outlines (`weight`). `fonts/make.py` writes the two.

use std::sync::Arc;

use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::{FontData, FontQuery, StandardFont};

const REGULAR: &[u8] = include_bytes!("fonts/regular.ttf");
const BOLD: &[u8] = include_bytes!("fonts/bold.ttf");

/// How pages are to be interpreted.
pub(super) fn settings() -> InterpreterSettings {
    InterpreterSettings { font_resolver: Arc::new(|query| Some((stand_in(query), 0))), ..InterpreterSettings::default() }
}

fn stand_in(query: &FontQuery) -> FontData {
    let named = match query {
        FontQuery::Standard(font) => *font,
        FontQuery::Fallback(font) => font.pick_standard_font(),
    };
    Arc::new(if is_bold(named) { BOLD } else { REGULAR })
}

fn is_bold(font: StandardFont) -> bool {
    use StandardFont::{CourierBold, CourierBoldOblique, HelveticaBold, HelveticaBoldOblique, TimesBold, TimesBoldItalic};
    matches!(font, CourierBold | CourierBoldOblique | HelveticaBold | HelveticaBoldOblique | TimesBold | TimesBoldItalic)
}
