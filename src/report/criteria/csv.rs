//! Criteria as CSV, for a spreadsheet.

use super::rows;
use crate::outline::Wordings;
use crate::report::{Checked, Writer, shown};

/// Writes criteria as CSV: one row each, files below one another.
#[derive(Clone, Copy, Debug)]
pub struct CriteriaCsv<'w> {
    /// Names roles and activities.
    pub wordings: &'w Wordings,
}

impl Writer for CriteriaCsv<'_> {
    fn head(&self) -> String {
        record(&["file", "criterion", "subject", "binding", "because", "verdict", "needed by", "other ways in", "assessed by", "why"])
    }

    fn checked(&self, checked: &Checked) -> String {
        let rows = rows(checked, self.wordings);
        let cells = rows.iter().map(|row| {
            record(&[checked.path, &row.words, &row.subject, row.binding, &row.because, row.verdict, &row.needs, &row.other_ways, &row.assessed, &row.why])
        });
        cells.collect()
    }
}

fn record(cells: &[&str]) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(cells.iter().map(|c| harmless(c)));
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A spreadsheet takes a cell that begins so for a formula; an apostrophe makes it text. What would steer a terminal, or a
/// build's log that the table is written to, is shown as `�`.
/// Source: OWASP, “CSV Injection”.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']);
    format!("{}{}", if formula { "'" } else { "" }, shown(cell))
}
