//! The examples of a rule: its tests and its documentation.

use serde::{Deserialize, Serialize};

use super::{Jurisdiction, Rule, Severity};

/// A small document, with brackets round what the rule finds in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The post's title.
    pub title: Option<String>,
    /// A criterion under “Essential”; several, one a line.
    pub essential: Option<String>,
    /// … under “Desirable”.
    pub desirable: Option<String>,
    /// Duties, one a line.
    pub duties: Option<String>,
    /// A paragraph under no heading.
    pub text: Option<String>,
    /// A whole document in Markdown.
    pub markdown: Option<String>,
    /// The jurisdiction it is judged in.
    pub jurisdiction: Jurisdiction,
    /// The severity that what is found has.
    pub severity: Option<Severity>,
    /// What the first fix makes of the line that holds the first bracket.
    pub after: Option<String>,
    /// Whether this is an absence or a measure: the rule finds (or, with `false`, leaves) the document as a whole.
    pub found: Option<bool>,
    /// Where the example's words stand in its file.
    pub at: (u32, u32),
    /// Its file, where that is not the rule's: one that extends the rule.
    pub file: Option<String>,
}

impl Example {
    /// The file that it stands in, being an example of this rule.
    pub fn file<'e>(&'e self, rule: &'e Rule) -> &'e str {
        self.file.as_deref().unwrap_or(&rule.file)
    }

    /// The example as a Markdown document, brackets included.
    pub fn marked(&self) -> String {
        if let Some(markdown) = &self.markdown {
            return markdown.clone();
        }
        let mut out = String::new();
        let mut part = |heading: &str, body: &Option<String>, bullet: &str| {
            let Some(body) = body else { return };
            if !heading.is_empty() {
                out.push_str(&format!("## {heading}\n\n"));
            }
            for line in body.lines() {
                out.push_str(&format!("{bullet}{line}\n"));
            }
            out.push('\n');
        };
        part("", &self.title.as_ref().map(|t| format!("# {t}")), "");
        part("", &self.text, "");
        part("Main duties", &self.duties, "- ");
        part("Essential", &self.essential, "- ");
        part("Desirable", &self.desirable, "- ");
        out
    }

    /// The document without its brackets, and what stood in each of them, as bytes of the document.
    ///
    /// A bracket of the text itself is written `\[`, `\]`; a Markdown link is not a mark.
    pub fn unmarked(&self) -> (String, Vec<std::ops::Range<usize>>) {
        let marked = self.marked();
        let mut text = String::with_capacity(marked.len());
        let mut ranges = Vec::new();
        let mut open = None;
        let mut chars = marked.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if matches!(chars.peek(), Some('[' | ']')) => text.extend(chars.next()),
                '[' => open = Some(text.len()),
                ']' => {
                    if let Some(start) = open.take() {
                        ranges.push(start..text.len());
                    }
                }
                c => text.push(c),
            }
        }
        (text, ranges)
    }
}
