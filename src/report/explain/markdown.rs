//! A rule → its page in Markdown, for a book, a wiki or an intranet.

use super::{Explained, Shown};
use crate::outline::Wordings;
use crate::report::markdown::escaped;
use crate::rules::{Rule, Ruleset};

/// The page of a rule, in Markdown. What is found in an example is bold there.
pub fn markdown(rule: &Rule, ruleset: &Ruleset, wordings: &Wordings) -> String {
    let explained = Explained::of(rule, ruleset, wordings);
    let mut page = format!("# {}\n\n`{}` · severity: {}\n\n", escaped(explained.name), explained.id, escaped(&explained.severities));
    page.push_str(&format!("{}\n", escaped(explained.why)));
    let audiences = explained.audiences.iter().map(|a| format!("**{}**: {}", escaped(&a.name), escaped(&a.line)));
    section(&mut page, "Who may read it as “not for me”", audiences);
    section(&mut page, "It looks where", explained.looks_where.iter().map(|w| escaped(w)));
    section(&mut page, "Exceptions", explained.exceptions.iter().map(|e| escaped(e)));
    section(&mut page, "Found", explained.found.iter().map(example));
    section(&mut page, "Left alone", explained.left.iter().map(example));
    let sources = explained.sources.iter().map(|s| {
        let link = if s.link.is_empty() { String::new() } else { format!("\n<{}>", s.link) };
        format!("**{}**\n{}{link}", escaped(s.citation.trim_end_matches('.')), escaped(s.finding))
    });
    section(&mut page, &format!("Evidence: {}", explained.strength), sources);
    page
}

/// A heading and a list, where there is something to list; lines after a point's first belong to it.
fn section(page: &mut String, heading: &str, points: impl Iterator<Item = String>) {
    let points: String = points.map(|p| format!("- {}\n", p.trim_end().replace('\n', "\n  "))).collect();
    if !points.is_empty() {
        page.push_str(&format!("\n## {heading}\n\n{points}"));
    }
}

fn example(example: &Shown) -> String {
    let words = match &example.document {
        Some(document) => format!("\n{}", fenced(document.trim())),
        None => marked(&example.words),
    };
    example.better.as_ref().map_or(words.clone(), |better| format!("{words}\n*better:* {}", escaped(better)))
}

/// A whole document as it is typed, with its brackets; no row of backquotes in it ends the fence.
fn fenced(document: &str) -> String {
    let longest = document.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{document}\n{fence}")
}

/// What stands in brackets, in bold; `\[` is a bracket of the text.
fn marked(words: &str) -> String {
    let (mut out, mut plain) = (String::new(), String::new());
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if matches!(chars.peek(), Some('[' | ']')) => plain.extend(chars.next()),
            '[' | ']' => {
                out.push_str(&escaped(&std::mem::take(&mut plain)));
                out.push_str("**");
            }
            c => plain.push(c),
        }
    }
    out + &escaped(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_bold_and_nothing_else_is_markup() {
        assert_eq!(marked("A [degree] in *x* \\[sic\\]"), "A **degree** in \\*x\\* \\[sic\\]");
        assert_eq!(fenced("```\ncode\n```"), "````text\n```\ncode\n```\n````");
    }
}
