//! Text that came from a stranger → text that a terminal shows as it stands, and does not obey.

/// The text with blanks for what would steer the terminal, break the line where editors do not, or turn the reading
/// direction. Every place keeps its byte offset.
pub(super) fn blanked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

/// A name or message with `�` for what would steer the terminal, so that the reader sees that something is odd.
pub fn shown(text: &str) -> String {
    text.chars().map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Control characters (escape, tab, line breaks, NEL …), line and paragraph separators, marks that turn the direction, tags.
fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_blanked_at_equal_length() {
        let hostile = "a\u{1b}[31mb\u{85}c\u{2028}d\u{202e}e\u{9b}f\tg\r\nh";
        let safe = blanked(hostile);
        assert_eq!(safe.len(), hostile.len());
        assert!(!safe.chars().any(steers));
        assert_eq!(safe.find('h'), hostile.find('h'));
    }
}
