//! A remark → an `office:annotation`.

use super::Names;
use crate::fix::remark::{Line, Piece};
use crate::fix::xml::{Vocabulary, escaped};

/// The style of strong words in comments.
pub(super) const STRONG: &str = "jdlint-strong";

/// The annotation that goes before the first of the words; `office:annotation-end` of its name goes after the last.
pub(super) fn annotation<'a>(name: &str, lines: impl Iterator<Item = &'a Line>, names: &Names, date: &str) -> String {
    let (office, text) = (&names.office, &names.text);
    let mut out = format!("{}{}>{}", office.start("annotation"), office.attribute("name", name), names.by(date));
    for line in lines {
        out.push_str(&text.open("p"));
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

/// The style that strong words need.
pub(super) fn style(names: &Names) -> String {
    let (style, format): (&Vocabulary, &Vocabulary) = (&names.style, &names.format);
    format!(
        "{}{}{}>{}{}{}/>{}",
        style.start("style"),
        style.attribute("name", STRONG),
        style.attribute("family", "text"),
        style.start("text-properties"),
        format.declaration(),
        format.attribute("font-weight", "bold"),
        style.close("style")
    )
}
