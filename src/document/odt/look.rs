//! `style:text-properties` → how words look.

use crate::document::symbols::Font;
use crate::document::xml::Element;

/// What one style says of its words; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct TextLook {
    pub(super) bold: Option<bool>,
    pub(super) caps: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) underlined: Option<bool>,
    pub(super) font: Option<Font>,
    size: Option<Size>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Size {
    HalfPoints(u16),
    /// Of what it is based on, in hundredths.
    Percent(u16),
}

impl TextLook {
    pub(super) fn read(properties: &Element) -> TextLook {
        let mut look = TextLook::default();
        for (name, value) in properties.attributes() {
            match name {
                "font-weight" => look.bold = Some(value == "bold" || value.parse::<u16>().is_ok_and(|n| n >= 600)),
                "text-transform" => look.caps = Some(value == "uppercase"),
                "display" => look.hidden = Some(value == "none"),
                "text-underline-style" => look.underlined = Some(value != "none"),
                "font-name" => look.font = Some(Font::named(&value)),
                "font-family" => look.font = look.font.or_else(|| Some(Font::named(value.trim_matches('\'')))),
                "font-size" => look.size = size(&value),
                _ => {}
            }
        }
        look
    }

    /// This style over the one below it.
    pub(super) fn over(self, base: TextLook) -> TextLook {
        let size = match (self.size, base.size) {
            (Some(Size::Percent(percent)), Some(Size::HalfPoints(n))) => {
                Some(Size::HalfPoints(u16::try_from(u32::from(n) * u32::from(percent) / 100).unwrap_or(u16::MAX)))
            }
            (own, base) => own.or(base),
        };
        TextLook {
            bold: self.bold.or(base.bold),
            caps: self.caps.or(base.caps),
            hidden: self.hidden.or(base.hidden),
            underlined: self.underlined.or(base.underlined),
            font: self.font.or(base.font),
            size,
        }
    }

    /// In half points; LibreOffice's own default is 12 points.
    pub(super) fn half_points(self) -> u16 {
        if let Some(Size::HalfPoints(n)) = self.size { n } else { 24 }
    }
}

fn size(value: &str) -> Option<Size> {
    if let Some(percent) = value.strip_suffix('%') {
        return percent.trim().parse().ok().map(Size::Percent);
    }
    let points: f32 = value.strip_suffix("pt")?.trim().parse().ok()?;
    (0.0..1000.0).contains(&points).then(|| Size::HalfPoints((points * 2.0).round() as u16))
}
