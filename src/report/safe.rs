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

/// Whether the second `#` of `##[group]` or `##vso[task …]` stands here: wherever that stands in a line of a build's log, GitHub
/// and Azure Pipelines take it for a command.
pub(super) fn commands(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    bytes[at] == b'#' && at > 0 && bytes[at - 1] == b'#' && text[at + 1..].trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('[')
}

/// A path that begins a line of a build's log: GitHub takes `::` there for a command, blanks before it or not.
pub(super) fn begins_line(path: &str) -> String {
    if path.trim_start().starts_with("::") { format!("./{path}") } else { path.to_owned() }
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

    #[test]
    fn a_builds_log_is_given_no_command() {
        assert_eq!(shown("x ##[error]y ###[z] ##vso[task.x] # ## [a] ##b"), "x #�[error]y ##�[z] #�vso[task.x] # ## [a] ##b");
        assert_eq!(blanked("##[error]"), "# [error]");
        assert_eq!((begins_line(" ::error::.md"), begins_line("a::b.md")), ("./ ::error::.md".to_owned(), "a::b.md".to_owned()));
    }
}
