//! Plain text: paragraphs, typed lists, underlined titles. The text is the file's own, so that offsets are its own, too.

use super::build::{Builder, Source};
use super::decode::decode;
use super::{BlockKind, Document, Emphasis, Format, Limits, ReadError, bullets, html};
use crate::text::Span;

/// No writer wraps at fewer characters, so that a shorter line ended where its writer ended it.
const NARROWEST: usize = 50;

/// A longer line was never wrapped.
const WIDEST: usize = 130;

/// A longer line is no title, though a row of dashes follows.
const LONGEST_TITLE: usize = 120;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let decoded = decode(bytes, None)?;
    if html::is_html(&decoded.text) {
        return html::read_decoded(decoded, Format::Text, limits);
    }
    let mut builder = Builder::within(limits);
    if let Some(encoding) = decoded.guessed {
        builder.notice(format!("the file does not say its encoding; read as {encoding}"));
    }
    write(&mut builder, &decoded.text, Source::File);
    builder.finish(Format::Text, decoded.stored)
}

/// Writes a plain text into a document.
pub(super) fn write(builder: &mut Builder, text: &str, source: Source) {
    let lines: Vec<Line> = lines(text);
    let mut writer = Writer { builder, source, width: width(&lines), items: Vec::new(), small: false };
    for (n, line) in lines.iter().enumerate() {
        let previous = n.checked_sub(1).and_then(|p| lines.get(p));
        if line.words.is_empty() || is_rule(line.words) {
            writer.builder.close();
        } else if line.words.starts_with("jdlint:") {
            writer.builder.close();
            writer.builder.comment(line.words, matches!(source, Source::File).then(|| Span::of(line.start..line.end())));
        } else {
            writer.line(line, previous, lines.get(n + 1));
        }
    }
    writer.builder.close();
}

#[derive(Clone, Copy)]
struct Line<'t> {
    words: &'t str,
    /// Byte of the first word.
    start: usize,
    indent: usize,
    n_characters: usize,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.words.len()
    }

    fn begins_small(&self) -> bool {
        self.words.starts_with(char::is_lowercase)
    }

    fn ends_sentence(&self) -> bool {
        self.words.ends_with(['.', '!', '?', ':', ';'])
    }

    fn first_word(&self) -> usize {
        self.words.chars().take(WIDEST).take_while(|c| !c.is_whitespace()).count()
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    // Word's line breaks come as vertical tabs when its text is pasted.
    for raw in text.split_inclusive(['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let indent = raw.len() - raw.trim_start().len();
        let words = raw.trim();
        // The LF of a CRLF is no line of its own.
        if !(raw == "\n" && at > 0 && text.as_bytes()[at - 1] == b'\r') {
            lines.push(Line { words, start: at + indent, indent, n_characters: words.chars().count() });
        }
        at += raw.len();
    }
    lines
}

/// The width at which the text was wrapped, as far as its lines prove it: the longest that goes on in small letters. 0: nowhere.
fn width(lines: &[Line]) -> usize {
    let proves = |pair: &&[Line]| {
        let [line, next] = pair else { return false };
        let fits = (NARROWEST..=WIDEST).contains(&line.n_characters);
        fits && next.begins_small() && !line.ends_sentence() && bullets::marker(next.words).is_none()
    };
    lines.windows(2).filter(proves).map(|pair| pair[0].n_characters).max().unwrap_or(0)
}

/// “=====” or “-----”: it underlines the line above, or divides.
fn is_rule(words: &str) -> bool {
    let Some(first) = words.chars().next().filter(|c| "=-_*~#^+\"'`.".contains(*c)) else { return false };
    words.len() >= 3 && words.chars().all(|c| c == first)
}

/// The level of the title that a row of signs makes of the line above.
fn underline(line: &Line, next: &Line) -> Option<u8> {
    let row = next.words.len();
    // A row under a sentence or a long line divides paragraphs.
    let is_title = line.n_characters <= LONGEST_TITLE && (row == line.n_characters || !line.words.ends_with('.'));
    let fits = is_title && row * 2 >= line.n_characters && !next.words.starts_with(['.', '_', '*']);
    (fits && is_rule(next.words)).then(|| if next.words.starts_with(['=', '#']) { 1 } else { 2 })
}

struct Writer<'b> {
    builder: &'b mut Builder,
    source: Source,
    width: usize,
    /// Indents of the items that the last one stands in, its own last.
    items: Vec<usize>,
    /// Whether the open block begins with a small letter.
    small: bool,
}

impl Writer<'_> {
    fn line(&mut self, line: &Line, previous: Option<&Line>, next: Option<&Line>) {
        let title = next.and_then(|next| underline(line, next));
        let marked = title.is_none() && bullets::marker(line.words).is_some();
        let decorated = decorated(line);
        if title.is_some() || decorated.is_some() {
            self.items.clear();
        }
        if let Some(level) = title {
            self.builder.open(BlockKind::Heading(level));
        } else if let Some((_, kind, _)) = decorated {
            self.builder.open(kind);
        } else if marked {
            let depth = self.depth(line.indent);
            self.builder.open(BlockKind::Item(depth));
        } else if !self.continues(line, previous) {
            self.builder.open(BlockKind::Paragraph);
            self.items.clear();
        }
        let (words, _, emphasis) = decorated.unwrap_or((*line, BlockKind::Paragraph, Emphasis::None));
        if self.builder.in_words() {
            let before = line.start.saturating_sub(1);
            self.builder.flow(" ", emphasis, self.source.of(" ", before..before + 1));
        } else {
            self.small = words.begins_small();
        }
        self.builder.flow(words.words, emphasis, self.source.of(words.words, words.start..words.end()));
        if title.is_some() || decorated.is_some() {
            self.builder.close();
        }
    }

    /// The depth of an item, by the items that it is indented under.
    fn depth(&mut self, indent: usize) -> u8 {
        while self.items.last().is_some_and(|above| *above >= indent) {
            self.items.pop();
        }
        self.items.push(indent);
        u8::try_from(self.items.len() - 1).unwrap_or(u8::MAX)
    }

    /// Whether a line goes on with the sentence of the line above: it was wrapped, not begun.
    fn continues(&self, line: &Line, previous: Option<&Line>) -> bool {
        let Some(previous) = previous.filter(|_| self.builder.in_words()) else { return false };
        if self.items.last().is_some_and(|item| line.indent > *item) {
            return true;
        }
        if previous.ends_sentence() || is_field(line.words) {
            // A wrapped paragraph may end a sentence at its edge.
            return self.was_full(previous, line) && !previous.words.ends_with(':');
        }
        // Where each of several lines begins small, they are a list without bullets, unless they are long.
        let goes_on = line.begins_small() && (!self.small || previous.n_characters >= NARROWEST);
        goes_on || self.was_full(previous, line)
    }

    /// Whether the next line's first word had no room on a line.
    fn was_full(&self, line: &Line, next: &Line) -> bool {
        let room = line.n_characters + 1 + next.first_word();
        line.n_characters >= NARROWEST && line.n_characters <= self.width && room > self.width
    }
}

/// “:author: A. Smith”, which reStructuredText has one to a line.
fn is_field(words: &str) -> bool {
    words
        .strip_prefix(':')
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// A line that its writer set off with signs: “## Duties”, “=== Duties ===”, “**Duties**”; its words and what they are.
fn decorated<'t>(line: &Line<'t>) -> Option<(Line<'t>, BlockKind, Emphasis)> {
    let sign = line.words.chars().next().filter(|c| "#=-~*_".contains(*c))?;
    let n = line.words.bytes().take_while(|b| *b == sign as u8).count();
    let inner = line.words[n..].trim_end_matches(sign);
    let behind = line.words.len() - n - inner.len();
    let (kind, emphasis) = match sign {
        '#' if n <= 6 && inner.starts_with(' ') => (BlockKind::Heading(u8::try_from(n).unwrap_or(6)), Emphasis::None),
        '*' | '_' if n == behind && n >= 2 && !inner.contains(sign) => (BlockKind::Paragraph, Emphasis::Strong),
        '=' | '-' | '~' if n >= 2 && behind >= 2 => (BlockKind::Heading(2), Emphasis::None),
        _ => return None,
    };
    let words = inner.trim();
    let start = line.start + n + (inner.len() - inner.trim_start().len());
    (!words.is_empty()).then_some((Line { words, start, ..*line }, kind, emphasis))
}
