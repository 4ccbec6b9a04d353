//! Criteria as a table for a terminal.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::{Row, rows, totals};
use crate::outline::Wordings;
use crate::report::safe::in_table;
use crate::report::{Checked, Look, Writer, shown};

/// Whether every verdict is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Only the table.
    Left,
    /// With a sentence for each, the silent ones too.
    Told,
}

/// Writes criteria as tables for a terminal.
#[derive(Clone, Copy, Debug)]
pub struct CriteriaText<'w> {
    /// Names roles and activities.
    pub wordings: &'w Wordings,
    /// How it looks.
    pub look: Look,
    /// Whether every verdict is explained.
    pub why: Why,
}

impl Writer for CriteriaText<'_> {
    fn checked(&self, checked: &Checked) -> String {
        let title = checked.report.outline.title.as_ref().map_or(String::new(), |t| format!(": {}", shown(t.text.trim())));
        let headline = self.look.strong(&format!("{}{title}", shown(checked.path)));
        let rows = rows(checked, self.wordings);
        if rows.is_empty() {
            return format!("{headline}\nNothing here asks anything of the person.\n");
        }
        let notices: String = checked.report.notices.iter().map(|n| format!("notice: {}\n", shown(n))).collect();
        format!("{headline}\n{}\n{}\n{notices}", totals(&checked.report.criteria), self.table(&rows))
    }

    fn between(&self) -> &'static str {
        "\n"
    }
}

impl CriteriaText<'_> {
    fn table(&self, rows: &[Row]) -> String {
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.look.width).unwrap_or(u16::MAX));
        table.set_header(["Criterion", "Subject", "Binding", "Verdict"]);
        // A reason needs the room of a sentence.
        let shares = if self.why == Why::Told { [28, 13, 17, 42] } else { [37, 15, 20, 28] };
        table.set_constraints(shares.map(|share| ColumnConstraint::Absolute(Width::Percentage(share))));
        for row in rows {
            let assessed = if row.assessed.is_empty() || row.words.contains(&row.assessed) { String::new() } else { format!(" [assessed: {}]", row.assessed) };
            let binding = format!("{}: {}", row.binding, row.because);
            table.add_row([format!("{}{assessed}", row.words), row.subject.clone(), binding, self.verdict(row)].map(|cell| in_table(&cell)));
        }
        table.to_string()
    }

    fn verdict(&self, row: &Row) -> String {
        let ground = [&row.needs, &row.other_ways].into_iter().find(|g| !g.is_empty());
        match (self.why, ground) {
            (Why::Told, _) => format!("{}. {}", row.verdict, row.why),
            (Why::Left, Some(ground)) => format!("{}: {ground}", row.verdict),
            (Why::Left, None) => row.verdict.to_owned(),
        }
    }
}
