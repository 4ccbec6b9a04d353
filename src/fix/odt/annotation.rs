//! A remark → an `office:annotation`.

use std::collections::BTreeSet;

use super::Names;
use crate::fix::remark::{Line, Piece};
use crate::fix::xml::{Vocabulary, escaped};

/// The styles of a comment's paragraphs, which are as small as those that LibreOffice writes, and of strong words in them.
const PLAIN: &str = "jdlint-comment";
const STRONG: &str = "jdlint-strong";

/// The annotation that goes before the first of the words; `office:annotation-end` of its name goes after the last.
pub(super) fn annotation<'a>(name: &str, lines: impl Iterator<Item = &'a Line>, names: &Names, date: &str) -> String {
    let (office, text) = (&names.office, &names.text);
    let mut out = format!("{}{}>{}", office.start("annotation"), office.attribute("name", name), names.by(date));
    for line in lines {
        out.push_str(&format!("{}{}>", text.start("p"), text.attribute("style-name", PLAIN)));
        for piece in line {
            out.push_str(&written(piece, names));
        }
        out.push_str(&text.close("p"));
    }
    out.push_str(&office.close("annotation"));
    out
}

fn written(piece: &Piece, names: &Names) -> String {
    let (text, link) = (&names.text, &names.link);
    match piece {
        Piece::Plain(words) => escaped(words),
        Piece::Strong(words) => format!("{}{}>{}{}", text.start("span"), text.attribute("style-name", STRONG), escaped(words), text.close("span")),
        Piece::Link { text: words, url } => {
            let to = format!("{}{}{}", link.declaration(), link.attribute("type", "simple"), link.attribute("href", url));
            format!("{}{to}>{}{}", text.start("a"), escaped(words), text.close("a"))
        }
    }
}

/// Whether the styles that comments need are there, from a review before.
pub(super) fn has_styles(names: &BTreeSet<String>) -> bool {
    names.contains(STRONG)
}

/// The styles that comments need.
pub(super) fn styles(names: &Names) -> String {
    let (style, format): (&Vocabulary, &Vocabulary) = (&names.style, &names.format);
    let one = |name: &str, family: &str, property: &str, value: &str| {
        let head = format!("{}{}{}>", style.start("style"), style.attribute("name", name), style.attribute("family", family));
        let look = format!("{}{}{}/>", style.start("text-properties"), format.declaration(), format.attribute(property, value));
        format!("{head}{look}{}", style.close("style"))
    };
    one(PLAIN, "paragraph", "font-size", "10pt") + &one(STRONG, "text", "font-weight", "bold")
}
