//! A passage and what is to be said about a place in it → an annotated picture of both. The one file that knows ariadne.

use std::ops::Range;

use ariadne::{Config, Fmt, IndexType, Label, ReportKind, Source};

use super::safe::blanked;
use super::{Color, Look};
use crate::rules::Severity;

/// What is said. Texts are made safe here.
pub(super) struct Remark<'a> {
    pub(super) severity: Severity,
    /// A rule's id; none for a mistake in a file of ours.
    pub(super) code: Option<&'a str>,
    pub(super) message: &'a str,
    /// What to do, the best first.
    pub(super) help: Vec<String>,
    /// More to know, a paragraph each.
    pub(super) notes: Vec<String>,
}

/// What a picture shows.
pub(super) struct Snippet<'a> {
    pub(super) remark: Remark<'a>,
    /// Where it is, as a person looks it up.
    pub(super) place: &'a str,
    /// What the margin says.
    pub(super) margin: Option<usize>,
    /// The whole text, and the bytes of it that are spoken of; empty where a mistake is in what is missing.
    pub(super) text: &'a str,
    pub(super) at: Range<usize>,
    /// What stands under the passage.
    pub(super) label: &'a str,
}

/// Stands for the place while ariadne draws: it would add a line and a column of its own. No safe text holds it.
const PLACE: &str = "\u{1}";

/// Draws it.
pub(super) fn draw(snippet: &Snippet, look: Look) -> String {
    let passage = passage(snippet.text, snippet.at.clone(), look.width.saturating_sub(MARGIN).max(40));
    let tint = tint(snippet.remark.severity);
    let colored = look.color == Color::Colored;
    let config = Config::default().with_color(colored).with_index_type(IndexType::Byte).with_tab_width(1);
    let (label, apart) = if fits(&passage, snippet.label, look) { (snippet.label, None) } else { ("here", Some(snippet.label)) };
    let label = Label::new((PLACE, passage.at.clone())).with_message(blanked(label)).with_color(tint);
    let mut report = ariadne::Report::build(ReportKind::Error, (PLACE, passage.at)).with_config(config).with_label(label);
    let columns = look.width.saturating_sub(MARGIN + "Note: ".len()).max(30);
    for help in &snippet.remark.help {
        report.add_help(wrapped(&blanked(help), columns));
    }
    let notes: Vec<String> = apart.map(sentence).iter().chain(&snippet.remark.notes).map(|n| wrapped(&blanked(n), columns)).collect();
    if !notes.is_empty() {
        report.add_note(notes.join("\n"));
    }
    let mut out = Vec::new();
    // Writing to memory does not fail, and the one source is at hand.
    let _ = report.finish().write((PLACE, Source::from(passage.text)), &mut out);
    located(&String::from_utf8_lossy(&out), snippet, look)
}

/// Writes what is said without a picture, as for one, in the same columns.
pub(super) fn remark(remark: &Remark, look: Look) -> String {
    const INDENT: &str = "   ";
    let mut out = head(remark, look) + "\n";
    let mut say = |name: String, text: &str| {
        let columns = look.width.saturating_sub(INDENT.len() + name.len()).max(30);
        let gap = format!("\n{INDENT}{:width$}", "", width = name.len());
        out.push_str(&format!("{INDENT}{name}{}\n", wrapped(&blanked(text), columns).replace('\n', &gap)));
    };
    for (n, help) in remark.help.iter().enumerate() {
        let number = if remark.help.len() > 1 { format!(" {}", n + 1) } else { String::new() };
        say(format!("Help{number}: "), help);
    }
    remark.notes.iter().for_each(|note| say(String::new(), note));
    out
}

/// Whether the label has room beside its arrow, which ends behind the marked words.
fn fits(passage: &Passage, label: &str, look: Look) -> bool {
    const ARROW: usize = 3;
    MARGIN + passage.text[..passage.at.end].chars().count() + ARROW + label.chars().count() <= look.width
}

/// A label as a sentence of its own.
pub(super) fn sentence(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).chain(['.']).collect())
}

/// Columns that a margin with a three-digit number takes, and the frame's.
const MARGIN: usize = 7;

/// ariadne 0.6 writes “name:1:COLUMN” of the passage, and numbers the margin from 1 whatever the source's offset says; here
/// the true place and number are written over that, and the frame is moved to make room. A kind of report that is not its
/// own it colours always, so the head is ours, too.
fn located(drawn: &str, snippet: &Snippet, look: Look) -> String {
    let number = snippet.margin.map_or(" ".to_owned(), |n| n.to_string());
    let room = number.len() - 1;
    let mut out = String::with_capacity(drawn.len() + drawn.len() / 4);
    let mut numbered = false;
    for (n, line) in drawn.lines().enumerate() {
        let line = line.trim_end();
        if n == 0 {
            out.push_str(&head(&snippet.remark, look));
        } else if let Some((before, after)) = line.split_once(PLACE) {
            let after = after.find(' ').map_or("", |end| &after[end..]);
            out.push_str(&format!("{:room$}{before}{}{after}", "", blanked(snippet.place)));
        } else if let Some((before, after)) = line.split_once("1 │").filter(|_| !numbered) {
            numbered = true;
            out.push_str(&format!("{before}{number} │{after}"));
        } else if let Some((escape, rest)) = line.split_once('─').filter(|(escape, _)| !escape.contains(' ')) {
            out.push_str(&format!("{escape}{}─{rest}", "─".repeat(room)));
        } else {
            out.push_str(&format!("{:room$}{line}", ""));
        }
        out.push('\n');
    }
    out
}

/// “[rule] Warning: message”.
fn head(remark: &Remark, look: Look) -> String {
    let code = remark.code.map_or(String::new(), |c| format!("[{c}] "));
    let title = format!("{code}{}:", title(remark.severity));
    let title = match look.color {
        Color::Plain => title,
        Color::Colored => format!("{}", title.fg(tint(remark.severity))),
    };
    format!("{title} {}", blanked(remark.message))
}

fn title(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Note",
        Severity::Warning => "Warning",
        Severity::Error => "Error",
    }
}

fn tint(severity: Severity) -> ariadne::Color {
    match severity {
        Severity::Info => ariadne::Color::Cyan,
        Severity::Warning => ariadne::Color::Yellow,
        Severity::Error => ariadne::Color::Red,
    }
}

/// One line of text to show, and the bytes of it that are marked.
struct Passage {
    text: String,
    at: Range<usize>,
}

/// The line around a place, cut to what fits a number of columns: a paragraph of an advert may be a line of 5 KB.
fn passage(text: &str, at: Range<usize>, columns: usize) -> Passage {
    let line = line_around(text, &at, columns);
    let at = marked(text, at, &line, columns);
    // What fits beside the mark goes half to each side; what one side leaves is the other's.
    let spare = columns.saturating_sub(text[at.clone()].chars().count());
    let (left, right) = (text[line.start..at.start].chars().count(), text[at.end..line.end].chars().count());
    let before = (spare / 2).max(spare.saturating_sub(right)).min(left);
    let after = spare.saturating_sub(before).min(right);
    let start = back(text, at.start, before, line.start);
    let end = forth(text, at.end, after, line.end);
    let (head, tail) = (if start > line.start { "…" } else { "" }, if end < line.end { "…" } else { "" });
    let shown = format!("{head}{}{tail}", blanked(&text[start..end]));
    let from = head.len() + at.start - start;
    Passage { text: shown, at: from..from + at.len() }
}

/// The line that holds a place, or of a longer one more than enough: a file may be a single line of megabytes.
fn line_around(text: &str, at: &Range<usize>, columns: usize) -> Range<usize> {
    let reach = 4 * columns + 4;
    let first = text.floor_char_boundary(at.start.saturating_sub(reach));
    let last = text.ceil_char_boundary(at.end.saturating_add(reach).min(text.len()));
    let start = text[first..at.start].rfind(['\n', '\r']).map_or(first, |n| first + n + 1);
    let end = text[at.end..last].find(['\n', '\r']).map_or(last, |n| at.end + n);
    start..end
}

/// The place, made visible if it is empty and cut if it is longer than a line.
fn marked(text: &str, at: Range<usize>, line: &Range<usize>, columns: usize) -> Range<usize> {
    let longest = text[at.start..].char_indices().nth(columns).map_or(text.len(), |(n, _)| at.start + n);
    let end = at.end.min(longest).min(line.end);
    if end > at.start {
        return at.start..end;
    }
    let next = text[at.start..line.end].chars().next().map_or(0, char::len_utf8);
    at.start..at.start + next
}

/// A word beyond this many bytes is cut: its whole would leave nothing to show.
const LONG_WORD: usize = 30;

/// At most `n` characters before a byte, from a word's beginning.
fn back(text: &str, from: usize, n: usize, first: usize) -> usize {
    let start = text[first..from].char_indices().rev().take(n).last().map_or(from, |(at, _)| first + at);
    if start == first {
        return first;
    }
    text[start..from].find(' ').filter(|space| *space < LONG_WORD).map_or(start, |space| start + space + 1)
}

/// At most `n` characters after a byte, to a word's end.
fn forth(text: &str, from: usize, n: usize, last: usize) -> usize {
    let end = text[from..last].char_indices().nth(n).map_or(last, |(at, _)| from + at);
    if end == last {
        return last;
    }
    text[from..end].rfind(' ').map(|space| from + space).filter(|cut| end - cut < LONG_WORD).unwrap_or(end)
}

/// Breaks a paragraph between words, so that no line is longer than this; a longer word stays whole.
pub(super) fn wrapped(text: &str, columns: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > columns {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_paragraph_is_shown_as_a_window() {
        let text = format!("Title\n{}salesman{}\nEnd", "lorem ipsum ".repeat(200), " dolor sit".repeat(200));
        let at = text.find("salesman").expect("it is there");
        let passage = passage(&text, at..at + 8, 80);
        assert_eq!(&passage.text[passage.at.clone()], "salesman");
        assert!(passage.text.chars().count() <= 82, "{}", passage.text);
        assert!(passage.text.starts_with('…') && passage.text.ends_with('…'));
    }

    #[test]
    fn a_mark_of_several_lines_ends_with_its_line_and_an_empty_one_is_seen() {
        assert_eq!(passage("one two", 3..3, 80).at, 3..4);
        assert_eq!(passage("", 0..0, 80).at, 0..0);
        let long = "é".repeat(500);
        assert_eq!(passage(&long, 0..1000, 80).at.len(), 160);
    }

    #[test]
    fn the_place_and_the_number_are_written_over() {
        let remark = Remark {
            severity: Severity::Warning,
            code: Some("gendered.title"),
            message: "“chairman” names a man",
            help: vec!["Write “chair”".to_owned()],
            notes: vec!["Because.".to_owned()],
        };
        let snippet = Snippet { remark, place: "a.md:120:5", margin: Some(120), text: "The chairman 1 │ leads", at: 4..12, label: "women" };
        let expected = "\
[gendered.title] Warning: “chairman” names a man
     ╭─[ a.md:120:5 ]
     │
 120 │ The chairman 1 │ leads
     │     ────┬───
     │         ╰───── women
     │
     │ Help: Write “chair”
     │
     │ Note: Because.
─────╯
";
        assert_eq!(draw(&snippet, Look::default()), expected);
    }

    #[test]
    fn what_has_no_place_keeps_to_the_same_columns() {
        let remark = Remark {
            severity: Severity::Info,
            code: Some("omission.salary"),
            message: "The advert names no pay",
            help: vec!["Name the pay, from the least to the most".to_owned(), "Name the grade\u{1b}[31m".to_owned()],
            notes: vec!["Who may not ask is paid less where nothing is said.".to_owned(), "Once more.".to_owned()],
        };
        let expected = "\
[omission.salary] Note: The advert names no pay
   Help 1: Name the pay, from the least to the
           most
   Help 2: Name the grade [31m
   Who may not ask is paid less where nothing is
   said.
   Once more.
";
        assert_eq!(super::remark(&remark, Look { width: 50, ..Look::default() }), expected);
    }
}
