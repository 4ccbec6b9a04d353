//! A run as Markdown, for the summary of a GitHub step or a comment on a merge request: figures, a table of the documents with
//! findings, and each document's findings folded away.
//!
//! It stays below what one comment on GitHub may hold; what is left out is said.

use super::place::{self, FileLines};
use super::terminal::{concerned, counted, found};
use super::{Begins, Checked, Failed, Part, Piece, Summary, Writer, placed_and_whole, severity_name, shown};
use crate::lint::Finding;
use crate::rules::{Catalogue, Severity};
use crate::text::one_line;

/// Writes Markdown.
#[derive(Clone, Copy, Debug)]
pub struct Markdown<'c> {
    /// Names audiences.
    pub catalogue: &'c Catalogue,
}

/// A comment on GitHub holds 65,536 characters, one on GitLab a million, a step's summary a mebibyte. In bytes, to be safe.
const ROOM: usize = 60_000;
/// What the table of documents may take of it.
const ROOM_FOR_TABLE: usize = 15_000;

impl Writer for Markdown<'_> {
    fn checked(&self, checked: &Checked) -> String {
        let report = checked.report;
        if report.findings.is_empty() && report.notices.is_empty() {
            return String::new();
        }
        let lines = place::lines_of(checked);
        let of = |severity| report.count(severity);
        let figures = found(of(Severity::Error), of(Severity::Warning), of(Severity::Info));
        let mut out = format!("<details><summary>{}: {figures}</summary>\n\n", in_html(checked.path));
        if !report.findings.is_empty() {
            out.push_str("| Where | | What | Instead |\n| --- | --- | --- | --- |\n");
        }
        let (placed, whole) = placed_and_whole(report);
        out.extend(placed.into_iter().chain(whole).map(|f| row(f, checked, lines.as_ref())));
        out.extend(report.notices.iter().map(|n| format!("\nNotice: {}\n", escaped(&one_line(n)))));
        out.push_str("\n</details>\n");
        out
    }

    fn between(&self) -> &'static str {
        "\n"
    }

    fn begins(&self) -> Begins {
        Begins::WithTheSum
    }

    fn line(&self, checked: &Checked) -> String {
        let [errors, warnings, infos] = [Severity::Error, Severity::Warning, Severity::Info].map(|s| checked.report.count(s));
        if errors + warnings + infos == 0 { String::new() } else { format!("| {} | {errors} | {warnings} | {infos} |\n", escaped(checked.path)) }
    }

    fn failed_line(&self, failed: &Failed) -> String {
        format!("| {} | could not be checked: {} | | |\n", escaped(failed.path), escaped(failed.message))
    }

    /// Each finding's weight, by which documents are ordered.
    fn part(&self, checked: &Checked) -> Part {
        let piece = |f: &Finding| Piece { severity: f.severity, text: String::new(), otherwise: String::new() };
        Part { text: self.checked(checked), line: self.line(checked), pieces: checked.report.findings.iter().map(piece).collect() }
    }

    /// The gravest documents first, and what could not be checked before them: there may be no room for all.
    fn whole(&self, parts: &[Part], summary: &Summary) -> String {
        let mut parts: Vec<&Part> = parts.iter().collect();
        parts.sort_by_cached_key(|part| std::cmp::Reverse(weight(part)));
        let mut out = self.opening(&[], summary);
        let lines: Vec<&str> = parts.iter().map(|p| p.line.as_str()).filter(|l| !l.is_empty()).collect();
        if !lines.is_empty() {
            out.push_str("\n| Document | Errors | Warnings | Notes |\n| --- | ---: | ---: | ---: |\n");
            out.push_str(&fitting(&lines, ROOM_FOR_TABLE, "document"));
        }
        let statistics = summary.statistics.as_ref().map_or(String::new(), |s| format!("\n{}", s.markdown()));
        let texts: Vec<String> = parts.iter().filter(|p| !p.text.is_empty()).map(|p| format!("\n{}", p.text)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let room = ROOM.saturating_sub(out.len() + statistics.len());
        out.push_str(&fitting(&texts, room, "document"));
        out + &statistics
    }

    fn opening(&self, _: &[String], summary: &Summary) -> String {
        let mut out = format!("### jdlint: {}, {}\n", counted(summary.files, "document"), found(summary.errors, summary.warnings, summary.infos));
        let most: Vec<String> = concerned(summary, self.catalogue).into_iter().take(3).map(|(a, _)| escaped(&a.name)).collect();
        let said = [
            (!most.is_empty()).then(|| format!("Most affect {}.", most.join(", "))),
            (summary.suppressed > 0).then(|| format!("{} accepted by comments or the config.", counted(summary.suppressed, "finding"))),
            (summary.hidden > 0).then(|| format!("{} counted and not shown, being less grave than was asked for.", counted(summary.hidden, "finding"))),
            (summary.failed > 0).then(|| format!("**{} could not be read.**", counted(summary.failed, "file"))),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        if !said.is_empty() {
            out.push_str(&format!("\n{}\n", said.join(" ")));
        }
        out
    }
}

/// Whether it could not be checked, errors, warnings, notes.
fn weight(part: &Part) -> (bool, [usize; 3]) {
    let of = |severity| part.pieces.iter().filter(|p| p.severity == severity).count();
    (part.pieces.is_empty() && !part.line.is_empty(), [Severity::Error, Severity::Warning, Severity::Info].map(of))
}

/// As many of the texts as there is room for, and how many were left out.
fn fitting(texts: &[&str], room: usize, name: &str) -> String {
    let mut out = String::new();
    for (n, text) in texts.iter().enumerate() {
        if out.len() + text.len() > room {
            out.push_str(&format!("\n{} not shown here, for want of room.\n", counted(texts.len() - n, &format!("more {name}"))));
            break;
        }
        out.push_str(text);
    }
    out
}

fn row(finding: &Finding, checked: &Checked, lines: Option<&FileLines>) -> String {
    let location = checked.document.locate(finding.span);
    let place = if finding.span.is_empty() { "the whole".to_owned() } else { place::words("", &location, lines) };
    let place = place.trim_start_matches([':', ',', ' ']).to_owned();
    let rewrites: Vec<String> = finding.fixes.iter().map(|f| escaped(&one_line(&f.title))).collect();
    format!(
        "| {} | {} | {} ({}) | {} |\n",
        escaped(&place),
        severity_name(finding.severity),
        escaped(&one_line(&finding.message)),
        escaped(finding.rule.as_str()),
        rewrites.join("; ")
    )
}

/// What Markdown or HTML would take for markup, with a backslash or as an entity, so that a stranger's words stay words.
///
/// GitHub and GitLab also make links of what is no markup (addresses, `@name`, `#12`), whatever stands before it, and tell the
/// people they name: there a word joiner, which nobody sees, parts the sign from the word.
pub(super) fn escaped(text: &str) -> String {
    without_markup(text, "|\\`*_[]#!~@$")
}

/// The same within a tag that Markdown passes on, where only HTML counts.
fn in_html(text: &str) -> String {
    without_markup(text, "")
}

fn without_markup(text: &str, backslashed: &str) -> String {
    let text = shown(text);
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => {
                if backslashed.contains(c) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        if is_link(&text, at) {
            out.push(JOINER);
        }
    }
    out
}

/// U+2060 WORD JOINER.
const JOINER: char = '\u{2060}';

/// Whether the sign here would make a link of what follows it.
fn is_link(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at(at);
    let mut rest = rest.chars();
    let (sign, next) = (rest.next(), rest.next());
    let names = next.is_some_and(|n| n.is_alphanumeric() || matches!(n, '_' | '"' | '-'));
    match sign {
        Some('@' | '#' | '~' | '%') => names,
        Some('!' | '&' | '$' | '^') => next.is_some_and(|n| n.is_ascii_digit()),
        Some(':') => next == Some('/'),
        Some('w' | 'W') => next == Some('.') && before.len() >= 2 && before.as_bytes()[before.len() - 2..].eq_ignore_ascii_case(b"ww"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_words_stay_words() {
        let signs = "a|b `x` <b> [t](https://e.org) ![i](x) @all #12 $45,000 R&D WWW.e.org ~l 50 % *s*";
        // The joiner is seen as a + here.
        let expected = "a\\|b \\`x\\` &lt;b&gt; \\[t\\](https:+//e.org) \\!\\[i\\](x) \\@+all \\#+12 \\$+45,000 R&amp;D WWW+.e.org \\~+l 50 % \\*s\\*";
        assert_eq!(escaped(signs).replace(JOINER, "+"), expected);
    }
}
