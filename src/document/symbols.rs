//! Characters of symbol fonts → characters that say the same in any font. A tick in a person specification is often the
//! letter “ü” in Wingdings.

/// Fonts whose letters are pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Font {
    #[default]
    Plain,
    Symbol,
    Webdings,
    Wingdings,
    Wingdings2,
    Wingdings3,
}

impl Font {
    pub(super) fn named(name: &str) -> Font {
        match name {
            "Symbol" => Font::Symbol,
            "Webdings" => Font::Webdings,
            "Wingdings" => Font::Wingdings,
            "Wingdings 2" => Font::Wingdings2,
            "Wingdings 3" => Font::Wingdings3,
            _ => Font::Plain,
        }
    }

    /// The font that a PDF names so: “Wingdings-Regular”, “SymbolMT”.
    #[cfg(feature = "pdf")]
    pub(super) fn in_pdf(name: &str) -> Font {
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase();
        match name.trim_end_matches("regular").trim_end_matches("mt") {
            "symbol" => Font::Symbol,
            "webdings" => Font::Webdings,
            "wingdings" => Font::Wingdings,
            "wingdings2" => Font::Wingdings2,
            "wingdings3" => Font::Wingdings3,
            _ => Font::Plain,
        }
    }

    /// What a character of this font looks like: another character, or white space where it is mere decoration. `None`
    /// where it is itself.
    pub(super) fn shows(self, c: char) -> Option<char> {
        let code = match u32::from(c) {
            // Word puts symbol fonts into the private use area, with or without saying so.
            code @ 0xF020..=0xF0FF => code - 0xF000,
            code @ 0x21..=0xFF => code,
            _ => return None,
        };
        match (self, code) {
            (Font::Plain, _) => None,
            (Font::Symbol, 0xB7) => Some('•'),
            (Font::Symbol, _) => (u32::from(c) > 0xFF).then_some(' '),
            (Font::Wingdings, 0xFC) | (Font::Wingdings2, 0x50) | (Font::Webdings, 0x61) => Some('✓'),
            (Font::Wingdings, 0xFB) | (Font::Wingdings2, 0x4F) | (Font::Webdings, 0x72) => Some('✗'),
            (Font::Wingdings, 0xFE) | (Font::Wingdings2, 0x52) => Some('☑'),
            (Font::Wingdings, 0xFD) | (Font::Wingdings2, 0x53 | 0x54) => Some('☒'),
            (Font::Wingdings, 0x6F | 0x71 | 0x72 | 0xA8) | (Font::Wingdings2, 0xA3) => Some('☐'),
            (Font::Wingdings, 0x6C | 0x6E | 0x76 | 0x9F | 0xA7 | 0xD8) => Some('•'),
            _ => Some(' '),
        }
    }
}
