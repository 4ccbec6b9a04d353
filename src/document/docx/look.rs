//! Run properties (`w:rPr`) → how words look: whether they stand out, how large they are, whether they are shown at all.

use crate::document::symbols::Font;
use crate::document::xml::Element;

/// What one level (a style, the run itself) says of its words; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RunLook {
    bold: Option<bool>,
    caps: Option<bool>,
    hidden: Option<bool>,
    underlined: Option<bool>,
    /// In half points.
    size: Option<u16>,
    font: Option<Font>,
}

/// How words look when all levels have spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// Bold or in capitals.
    pub(super) strong: bool,
    pub(super) underlined: bool,
    pub(super) hidden: bool,
    pub(super) size: u16,
    pub(super) font: Font,
}

impl RunLook {
    /// Takes in one property.
    pub(super) fn set(&mut self, property: &Element) {
        match property.local() {
            "b" => self.bold = Some(is_on(property)),
            "caps" => self.caps = Some(is_on(property)),
            "vanish" => self.hidden = Some(is_on(property)),
            "u" => self.underlined = Some(property.attribute("val").is_some_and(|v| v != "none")),
            "sz" => self.size = property.number("val").and_then(|n| u16::try_from(n).ok()),
            "rFonts" => {
                let named = property.attribute("ascii").or_else(|| property.attribute("hAnsi"));
                self.font = named.map(|name| Font::named(&name)).or(self.font);
            }
            _ => {}
        }
    }

    /// This level over one below it of the same kind: a style over the style that it is based on.
    pub(super) fn over(self, base: RunLook) -> RunLook {
        RunLook {
            bold: self.bold.or(base.bold),
            caps: self.caps.or(base.caps),
            hidden: self.hidden.or(base.hidden),
            underlined: self.underlined.or(base.underlined),
            size: self.size.or(base.size),
            font: self.font.or(base.font),
        }
    }

    /// The run itself over its character style over its paragraph's style.
    pub(super) fn shown(self, character: RunLook, paragraph: RunLook) -> Shown {
        // Toggle properties: bold in a bold heading is not bold (ISO/IEC 29500-1, 17.7.3).
        let toggled = |get: fn(&RunLook) -> Option<bool>| {
            let styles = get(&character).unwrap_or(false) ^ get(&paragraph).unwrap_or(false);
            get(&self).unwrap_or(styles)
        };
        let all = self.over(character).over(paragraph);
        Shown {
            strong: toggled(|l| l.bold) || toggled(|l| l.caps),
            underlined: all.underlined.unwrap_or(false),
            hidden: toggled(|l| l.hidden),
            // Word's own default is 10 points.
            size: all.size.unwrap_or(20),
            font: all.font.unwrap_or_default(),
        }
    }
}

/// An on/off property: on unless it says otherwise.
pub(super) fn is_on(property: &Element) -> bool {
    property.attribute("val").is_none_or(|v| !matches!(v.as_ref(), "0" | "false" | "off"))
}
