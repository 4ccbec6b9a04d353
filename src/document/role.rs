//! The name of a paragraph style → what paragraphs of it are. Word and LibreOffice keep the names of their own styles in
//! English, whatever language they speak, and so do their imitators.

/// What paragraphs of a style are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum StyleRole {
    #[default]
    Plain,
    /// Level 1 to 6.
    Heading(u8),
    Quotation,
    /// A line of a table of contents: the heading stands where it belongs, too.
    Contents,
}

impl StyleRole {
    /// `None` where the name says nothing.
    pub(super) fn named(name: &str) -> Option<StyleRole> {
        let name = name.to_lowercase();
        let numbered = |prefix: &str| name.strip_prefix(prefix)?.trim().parse::<u8>().ok().filter(|n| (1..=10).contains(n));
        if let Some(n) = numbered("heading") {
            return Some(StyleRole::Heading(n.min(6)));
        }
        if numbered("toc").is_some() || name == "toc heading" {
            return Some(StyleRole::Contents);
        }
        match name.as_str() {
            "title" => Some(StyleRole::Heading(1)),
            "subtitle" => Some(StyleRole::Heading(2)),
            "quote" | "intense quote" | "block text" | "quotations" => Some(StyleRole::Quotation),
            _ => None,
        }
    }
}
