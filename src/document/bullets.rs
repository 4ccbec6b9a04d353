//! Bullets and numbers that people type, in every format: “• item”, “- item”, “o item”, “1. item”, “a) item”.

use super::{Block, BlockKind};
use crate::text::Span;

/// A typed marker at a line's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// Bytes of the marker and the white space after it.
    pub(super) len: usize,
}

/// The marker that a line (without leading white space) begins with.
pub(super) fn marker(line: &str) -> Option<Marker> {
    let mut chars = line.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    if is_symbol(first) {
        let spaced = rest.trim_start();
        // Symbols that are never part of a word may stand tight; a hyphen, a star or a letter needs its space.
        let tight = !matches!(first, '-' | '*' | '+' | 'o' | '\u{2013}' | '\u{2014}');
        return (spaced.len() < rest.len() || tight).then_some(Marker { len: line.len() - spaced.len() }).filter(|_| !spaced.is_empty());
    }
    numbered(line)
}

/// “1.”, “12)”, “(a)”, “iv.”, “1.2” and white space after it.
fn numbered(line: &str) -> Option<Marker> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let body = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(inner.len());
    let (label, after) = inner.split_at(body);
    let closed = after.starts_with(')');
    let label_body = label.trim_end_matches('.');
    let dotted = label.len() > label_body.len();
    let is_number = !label_body.is_empty() && label_body.len() <= 6 && label_body.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_letter = label_body.len() == 1 || (label_body.len() <= 4 && label_body.chars().all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x')));
    if !(is_number || is_letter) || !(closed || (dotted && !line.starts_with('('))) {
        return None;
    }
    let rest = after.strip_prefix(')').unwrap_or(after);
    let spaced = rest.trim_start();
    // “A. Smith” and “i.e.” are no numbers: a capital letter alone needs a bracket.
    let initial = label_body.len() == 1 && label_body.chars().all(|c| c.is_ascii_uppercase()) && !closed;
    (spaced.len() < rest.len() && !spaced.is_empty() && !initial).then_some(Marker { len: line.len() - spaced.len() })
}

fn is_symbol(c: char) -> bool {
    matches!(
        c,
        '•' | '◦'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '●'
            | '○'
            | '‣'
            | '⁃'
            | '·'
            | '∙'
            | '➢'
            | '➤'
            | '►'
            | '✓'
            | '✔'
            | '✅'
            | '❖'
            | '♦'
            | '◆'
            | '-'
            | '*'
            | '+'
            | 'o'
            | '\u{2013}'
            | '\u{2014}'
            | '\u{F0B7}'
            | '\u{F0A7}'
            | '\u{F0D8}'
            | '\u{FFFD}'
            | '→'
            | '★'
            | '☐'
            | '☑'
    )
}

/// A paragraph that begins with a typed bullet is a list item, and the bullet is not part of its words.
pub(super) fn unmark(text: &str, block: Block) -> Block {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_)) {
        return block;
    }
    let Some(marker) = text.get(block.span.range()).and_then(marker) else { return block };
    let kind = if block.kind == BlockKind::Paragraph { BlockKind::Item(0) } else { block.kind };
    Block { kind, span: Span::of(block.span.start() + marker.len..block.span.end()), ..block }
}

#[cfg(test)]
mod tests {
    use super::marker;

    #[test]
    fn typed_bullets_and_numbers_are_markers() {
        for (line, words) in [
            ("• a degree", "a degree"),
            ("o Young", "Young"),
            ("- x", "x"),
            ("1. Write", "Write"),
            ("a)  brief", "brief"),
            ("(iv) more", "more"),
            ("·car", "car"),
            ("2.1 Scope", "Scope"),
        ] {
            let found = marker(line).map(|m| &line[m.len..]);
            if line.starts_with("2.1") {
                // A number without a dot or bracket behind it may as well be a figure.
                assert_eq!(found, None, "{line}");
            } else {
                assert_eq!(found, Some(words), "{line}");
            }
        }
    }

    #[test]
    fn words_are_not_markers() {
        for line in ["office work", "A. Smith leads the team", "i.e. a car", "-5 degrees", "one more", "3 A levels", "o'clock", "2:1 degree", "I. "] {
            assert_eq!(marker(line), None, "{line}");
        }
    }
}
