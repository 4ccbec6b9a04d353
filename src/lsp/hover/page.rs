//! What a hover says, in Markdown or in plain text, whichever the editor shows. Words of the document are shown as they
//! are: they make no links and no headings.

use tower_lsp::ls_types::MarkupKind;

/// What an editor shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::lsp) enum Markup {
    Markdown,
    #[default]
    Plain,
}

impl Markup {
    pub(in crate::lsp) fn kind(self) -> MarkupKind {
        match self {
            Markup::Markdown => MarkupKind::Markdown,
            Markup::Plain => MarkupKind::PlainText,
        }
    }
}

/// A page in the making: paragraphs and points.
pub(super) struct Page {
    markup: Markup,
    parts: Vec<String>,
}

impl Page {
    pub(super) fn new(markup: Markup) -> Page {
        Page { markup, parts: Vec::new() }
    }

    /// Begins what is said of one thing.
    pub(super) fn heading(&mut self, words: &str, beside: &str) {
        if !self.parts.is_empty() {
            self.parts.push("---".to_owned());
        }
        let line = match self.markup {
            Markup::Markdown => format!("**{}** ({})", escaped(words), escaped(beside)),
            Markup::Plain => format!("{words} ({beside})"),
        };
        self.parts.push(line);
    }

    pub(super) fn paragraph(&mut self, words: &str) {
        let words = self.words(words);
        self.parts.push(words);
    }

    pub(super) fn labelled(&mut self, label: &str, words: &str) {
        let line = match self.markup {
            Markup::Markdown => format!("*{}:* {}", escaped(label), escaped(words)),
            Markup::Plain => format!("{label}: {words}"),
        };
        self.parts.push(line);
    }

    pub(super) fn point(&mut self, words: &str) {
        let line = format!("- {}", self.words(words));
        self.parts.push(line);
    }

    pub(super) fn linked_point(&mut self, words: &str, link: &str) {
        match self.markup {
            _ if link.is_empty() => self.point(words),
            Markup::Markdown => self.parts.push(format!("- [{}](<{link}>)", escaped(words))),
            Markup::Plain => self.parts.push(format!("- {words} {link}")),
        }
    }

    /// Points follow one another closely, paragraphs do not.
    pub(super) fn finish(self) -> String {
        let mut out = String::new();
        for (n, part) in self.parts.iter().enumerate() {
            let close = n > 0 && part.starts_with("- ") && self.parts[n - 1].starts_with("- ");
            out.push_str(if n == 0 {
                ""
            } else if close {
                "\n"
            } else {
                "\n\n"
            });
            out.push_str(part);
        }
        out
    }

    fn words(&self, words: &str) -> String {
        match self.markup {
            Markup::Markdown => escaped(words),
            Markup::Plain => words.to_owned(),
        }
    }
}

/// Words that mean nothing to Markdown.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for (at, c) in words.char_indices() {
        match c {
            // Some editors make a link of every address.
            ':' if words[at..].starts_with("://") => out.push_str("\\:"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_stranger_make_no_markup() {
        let mut page = Page::new(Markup::Markdown);
        page.heading("[click](http://x)", "a_b");
        page.point("<img src=x>");
        page.point("two");
        assert_eq!(page.finish(), "**\\[click\\](http\\://x)** (a\\_b)\n\n- \\<img src=x\\>\n- two");
    }
}
