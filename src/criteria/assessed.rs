//! A criterion's place → how it is assessed: the cell of its row under “Assessed by”, or the letters at its end (“A/I”).

use std::collections::BTreeMap;

use crate::document::Document;
use crate::judge::Reading;
use crate::outline::Statement;
use crate::text::{Span, within};

/// A header has few words.
const LONGEST_HEADER: usize = 80;

/// The cells of a document that say how criteria are assessed, found once for all of them.
pub(super) struct Assessments<'d> {
    document: &'d Document,
    /// By table and column: the cells below the first header that speaks of assessment, by row.
    columns: BTreeMap<(u32, u32), Vec<u32>>,
}

impl<'d> Assessments<'d> {
    pub(super) fn find(reading: Reading<'d>) -> Assessments<'d> {
        let cells = reading.document.cells();
        let mut columns: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
        if reading.outline.words.assessment.is_empty() {
            return Assessments { document: reading.document, columns };
        }
        for (n, cell) in (0u32..).zip(cells) {
            columns.entry((cell.table, cell.column)).or_default().push(n);
        }
        // Of each column the first row below which it says how.
        let mut heads: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let says_how = |span: Span| span.len() <= LONGEST_HEADER && within(&reading.outline.words.assessment, span, |w| *w).next().is_some();
        for header in cells.iter().filter(|c| says_how(c.span)) {
            let reach = header.column.saturating_add(header.columns);
            for (column, _) in columns.range((header.table, header.column)..(header.table, reach)) {
                heads.entry(*column).and_modify(|row| *row = header.row.min(*row)).or_insert(header.row);
            }
        }
        let cell = |n: &u32| &cells[*n as usize];
        columns.retain(|column, numbers| {
            let Some(head) = heads.get(column) else { return false };
            numbers.retain(|n| cell(n).row > *head && !cell(n).span.is_empty());
            numbers.sort_by_key(|n| cell(n).row);
            true
        });
        Assessments { document: reading.document, columns }
    }

    /// How a criterion is assessed, where its words or its row say so.
    pub(super) fn of(&self, statement: &Statement, part: Span) -> Option<Span> {
        self.letters(part).or_else(|| self.letters(statement.span)).or_else(|| self.cell(statement))
    }

    /// The cell of the same row whose column says how criteria are assessed.
    fn cell(&self, statement: &Statement) -> Option<Span> {
        let cells = self.document.cells();
        let own = cells.get(self.document.blocks()[statement.block as usize].cell? as usize)?;
        let columns = self.columns.range((own.table, 0)..=(own.table, u32::MAX)).filter(|((_, column), _)| *column != own.column);
        let in_row = columns.filter_map(|(_, numbers)| {
            let next = numbers.partition_point(|n| cells[*n as usize].row <= own.row);
            let last = numbers[..next].last()?;
            let cell = &cells[*last as usize];
            (own.row < cell.row.saturating_add(cell.rows)).then_some(*last)
        });
        in_row.min().map(|n| cells[n as usize].span)
    }

    /// “… (A/I)”, “[A, T]”: application, interview, test, presentation, references, certificate. “(E)” and “(D)” say how
    /// binding it is.
    fn letters(&self, span: Span) -> Option<Span> {
        let text = self.document.slice(span).trim_end_matches(['.', ';', ',', ' ']);
        let open = text.rfind(['(', '['])?;
        let inside = text[open + 1..].strip_suffix([')', ']'])?;
        let mut marks = inside.split(['/', ',', '&', ' ', '+']).filter(|m| !m.is_empty()).peekable();
        marks.peek()?;
        marks
            .all(|m| matches!(m, "A" | "I" | "T" | "P" | "R" | "C" | "AF" | "AC"))
            .then(|| Span::of(span.start() + open + 1..span.start() + open + 1 + inside.len()))
    }
}
