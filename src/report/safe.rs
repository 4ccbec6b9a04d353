//! Text that came from a stranger → text that a terminal shows as it stands, and does not obey.

/// The text with blanks for what would steer the terminal, break the line where editors do not, or turn the reading
/// direction. Every place keeps its byte offset.
pub(super) fn blanked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if steers(c) || commands(text, at) {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

/// A name or message with `�` for what would steer the terminal, so that the reader sees that something is odd.
pub fn shown(text: &str) -> String {
    text.char_indices().map(|(at, c)| if steers(c) || commands(text, at) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Whether a sign stands here without which a build's log takes no command from the words.
fn commands(text: &str, at: usize) -> bool {
    commands_anywhere(text, at) || commands_at_start(text, at)
}

/// The second `#` of `##[group]` or `##vso[task …]`: wherever that stands in a line, GitHub and Azure Pipelines obey it.
pub(super) fn commands_anywhere(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    bytes[at] == b'#' && at > 0 && bytes[at - 1] == b'#' && text[at + 1..].trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('[')
}

/// The second `:` of `::error`: GitHub obeys it at the start of a line, blanks before it or not, and a word may come to stand
/// there, by its place or where lines are wrapped.
fn commands_at_start(text: &str, at: usize) -> bool {
    let before = || text[..at - 1].chars().next_back().is_none_or(|c| c.is_whitespace() || steers(c));
    text[at..].starts_with(':') && text[..at].ends_with(':') && before()
}

/// A cell of a table, which may be broken anywhere.
pub(super) fn in_table(text: &str) -> String {
    shown(text).replace("::", ": :")
}

/// Control characters (escape, tab, line breaks, NEL …), line and paragraph separators, marks that turn the direction, tags.
pub(super) fn steers(c: char) -> bool {
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

    #[test]
    fn what_steers_begins_with_few_bytes() {
        // `json::to_line` looks at these only.
        let first = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
        let known = |c: char| c.is_ascii_control() || matches!(first(c), 0xc2 | 0xd8 | 0xe2 | 0xf3);
        assert!(('\0'..=char::MAX).filter(|c| steers(*c)).all(known));
    }

    #[test]
    fn a_builds_log_is_given_no_command() {
        assert_eq!(shown("x ##[error]y ###[z] ##vso[task.x] # ## [a] ##b"), "x #�[error]y ##�[z] #�vso[task.x] # ## [a] ##b");
        assert_eq!(shown("::error::x ::.a std::move a:: b"), ":�error::x :�.a std::move a:: b");
        assert_eq!(blanked("##[error]"), "# [error]");
    }
}
