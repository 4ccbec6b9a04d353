//! Strangers' text → text of a page: nothing in it is markup, and what cannot be seen is shown.

use crate::report::safe::commands_anywhere;
use crate::text::one_line;

/// Text between tags. Control characters and marks that override the reading direction are shown by their number.
pub(crate) fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + words.len() / 8);
    let mut odd = false;
    for (at, c) in words.char_indices() {
        if is_odd(c) != odd {
            out.push_str(if odd { "</span>" } else { "<span class=\"odd\">" });
            odd = !odd;
        }
        match c {
            c if odd => out.push_str(&format!("U+{:04X} ", u32::from(c))),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A build's log takes what a page says for a command as it does any other line.
            '#' if commands_anywhere(words, at) => out.push_str("&#35;"),
            ':' if words[at..].starts_with("::") => out.push_str("&#58;"),
            c => out.push(c),
        }
    }
    if odd {
        out.push_str("</span>");
    }
    out
}

/// The value of an attribute, within double quotes: there is no room for numbers, so `�` stands for what cannot be seen.
pub(crate) fn attribute(words: &str) -> String {
    let seen: String = words.chars().map(|c| if is_odd(c) || c == '\n' || c == '\t' { char::REPLACEMENT_CHARACTER } else { c }).collect();
    text(&seen)
}

/// Text in one line, isolated from what stands around it, whatever direction it is read in.
pub(super) fn isolated(words: &str) -> String {
    format!("<bdi>{}</bdi>", text(&one_line(words)))
}

/// What HTML does not allow or nobody sees: control characters, separators, marks that override the direction or could open
/// what they do not close, tags, characters that are none.
fn is_odd(c: char) -> bool {
    let control = c.is_control() && c != '\n' && c != '\t';
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let none = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    control || turns || none || matches!(c, '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_and_everything_is_seen() {
        assert_eq!(text("<b onclick='x' y=\"&\">"), "&lt;b onclick=&#39;x&#39; y=&quot;&amp;&quot;&gt;");
        assert_eq!(text("a\0\u{202e}b"), "a<span class=\"odd\">U+0000 U+202E </span>b");
        assert_eq!(text("\u{1b}"), "<span class=\"odd\">U+001B </span>");
        assert_eq!(text("عربي 👩\u{200d}🔧 a\nb"), "عربي 👩\u{200d}🔧 a\nb");
        assert_eq!(attribute("a\"\n\0b"), "a&quot;��b");
    }
}
