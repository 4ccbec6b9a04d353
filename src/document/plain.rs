//! Plain text: paragraphs, typed lists, underlined titles. The text is the file's own, so that offsets are its own, too.

use super::build::{Builder, bytes_at};
use super::decode::decode;
use super::{BlockKind, Document, Emphasis, Format, ReadError, bullets};
use crate::text::Span;

/// A line this long is a paragraph that its writer never broke, so the next line is another.
const WRAP: usize = 60;

pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let decoded = decode(bytes, None)?;
    let mut builder = Builder::default();
    if let Some(encoding) = decoded.guessed {
        builder.notice(format!("the file does not say its encoding; read as {encoding}"));
    }
    let lines: Vec<Line> = lines(&decoded.text);
    let mut previous: Option<&Line> = None;
    for (n, line) in lines.iter().enumerate() {
        let next = lines.get(n + 1);
        if line.words.is_empty() || is_rule(line.words) {
            builder.close();
        } else if line.words.starts_with("jdlint:") {
            builder.close();
            let end = line.start + line.words.len();
            builder.comment(line.words, Some(Span::of(line.start..end)));
        } else {
            write(&mut builder, line, previous, next);
        }
        previous = Some(line);
    }
    Ok(builder.finish(Format::Text, decoded.stored))
}

struct Line<'t> {
    words: &'t str,
    /// Byte of the first word.
    start: usize,
    indent: usize,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for raw in text.split_inclusive(['\n', '\r']) {
        let indent = raw.len() - raw.trim_start().len();
        let words = raw.trim();
        // The LF of a CRLF is no line of its own.
        if !(raw == "\n" && at > 0 && text.as_bytes()[at - 1] == b'\r') {
            lines.push(Line { words, start: at + indent, indent });
        }
        at += raw.len();
    }
    lines
}

/// “=====” or “-----”: it underlines the line above, or divides.
fn is_rule(words: &str) -> bool {
    words.len() >= 3 && words.chars().all(|c| c == '=' || c == '-' || c == '_' || c == '*' || c == '~')
}

fn write(builder: &mut Builder, line: &Line, previous: Option<&Line>, next: Option<&Line>) {
    let underlined = next.is_some_and(|n| n.words.len() >= 3 && (n.words.chars().all(|c| c == '=') || n.words.chars().all(|c| c == '-')));
    if underlined {
        let level = if next.is_some_and(|n| n.words.starts_with('=')) { 1 } else { 2 };
        builder.open(BlockKind::Heading(level));
    } else if bullets::marker(line.words).is_some() {
        builder.open(BlockKind::Item(u8::try_from(line.indent / 2).unwrap_or(u8::MAX).min(8)));
    } else if !continues(builder, line, previous) {
        builder.open(BlockKind::Paragraph);
    }
    if builder.in_words() {
        builder.flow(" ", Emphasis::None, bytes_at(line.start.saturating_sub(1)));
    }
    builder.flow(line.words, Emphasis::None, bytes_at(line.start));
}

/// Whether a line goes on with the sentence of the line above: it was wrapped, not begun.
fn continues(builder: &Builder, line: &Line, previous: Option<&Line>) -> bool {
    let Some(previous) = previous.filter(|_| builder.in_words()) else { return false };
    let begins_small = line.words.starts_with(|c: char| c.is_lowercase());
    let hangs = line.indent > previous.indent && bullets::marker(previous.words).is_some();
    let ended = previous.words.ends_with(['.', '!', '?', ':', ';']);
    let was_full = previous.words.chars().count() >= WRAP && previous.words.chars().count() <= 2 * WRAP;
    begins_small && !ended || hangs || (was_full && !ended)
}
