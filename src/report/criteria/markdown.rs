//! Criteria as a Markdown table, for a merge request or a wiki.

use super::{rows, totals};
use crate::outline::Wordings;
use crate::report::markdown::escaped;
use crate::report::{Checked, Failed, Writer};

/// Writes criteria as Markdown.
#[derive(Clone, Copy, Debug)]
pub struct CriteriaMarkdown<'w> {
    /// Names roles and activities.
    pub wordings: &'w Wordings,
}

const HEADER: [&str; 8] = ["Criterion", "Subject", "Binding", "Because", "Verdict", "Needed by", "Other ways in", "Assessed by"];

impl Writer for CriteriaMarkdown<'_> {
    fn checked(&self, checked: &Checked) -> String {
        let mut out = format!("## {}\n\n{}\n\n", escaped(checked.path), totals(&checked.report.criteria));
        out.push_str(&line(HEADER.map(str::to_owned)));
        out.push_str(&line(HEADER.map(|_| "---".to_owned())));
        for row in rows(checked, self.wordings) {
            let cells = [row.words, row.subject, row.binding.to_owned(), row.because, row.verdict.to_owned(), row.needs, row.other_ways, row.assessed];
            out.push_str(&line(cells.map(|c| escaped(&c))));
        }
        out
    }

    fn failed(&self, failed: &Failed) -> String {
        format!("## {}\n\nCould not be read: {}\n", escaped(failed.path), escaped(failed.message))
    }

    fn between(&self) -> &'static str {
        "\n"
    }
}

fn line(cells: [String; 8]) -> String {
    format!("| {} |\n", cells.join(" | "))
}
