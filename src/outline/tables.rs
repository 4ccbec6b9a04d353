//! Tables → what each cell of a person specification is: header, label, criterion under a column or with a mark, method of
//! assessment. A table that only lays out a page is left to be read as text.

use std::cell::OnceCell;

use super::headings::{Fit, Said, said};
use super::reading::Reading;
use super::wordings::{Column, SectionKind};
use crate::document::Cell;
use crate::text::{Span, offset};

/// What a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CellRole {
    /// Read as text.
    #[default]
    Flow,
    Header,
    /// “Education”, a letter, a tick, how it is assessed: no criterion.
    Aside,
    /// Criteria under this column's header.
    Column {
        kind: SectionKind,
        header: u32,
    },
    /// A criterion whose row is marked in another cell; `header` heads the column of a tick.
    Marked {
        kind: SectionKind,
        mark: Span,
        header: Option<u32>,
    },
    /// A label at the left of a row that is read as text.
    RowLabel,
    /// Alone in its row.
    Band,
}

/// The roles of all cells of the document.
pub(super) fn cell_roles(reading: &Reading) -> Vec<CellRole> {
    let cells = reading.document.cells();
    let mut roles = vec![CellRole::Flow; cells.len()];
    // Cells of one table are not next to one another where another is nested in it.
    let mut by_table: Vec<(u32, u32)> = cells.iter().enumerate().map(|(n, c)| (c.table, offset(n))).collect();
    by_table.sort_unstable();
    for table in by_table.chunk_by(|a, b| a.0 == b.0) {
        let ids: Vec<u32> = table.iter().map(|(_, n)| *n).collect();
        Table::new(reading, &ids).assign(&mut roles);
    }
    roles
}

struct Table<'r, 'd> {
    reading: &'r Reading<'d>,
    /// Numbers of the document's cells, row by row.
    ids: &'r [u32],
    n_columns: u32,
    /// What each cell says as a header, found when first asked for.
    said: Vec<OnceCell<Said>>,
    /// Per column: what its header announces, and that header.
    heads: Vec<Option<(Column, u32)>>,
    /// Columns that hold “E” and “D”.
    letters: Vec<bool>,
    band: Option<(SectionKind, Span)>,
    is_specification: bool,
}

impl<'r, 'd> Table<'r, 'd> {
    fn new(reading: &'r Reading<'d>, ids: &'r [u32]) -> Table<'r, 'd> {
        let n_columns = ids.iter().map(|id| cell(reading, *id)).map(|c| c.column + c.columns).max().unwrap_or(0);
        let said = vec![OnceCell::new(); ids.len()];
        let mut table =
            Table { reading, ids, n_columns, said, heads: vec![None; n_columns as usize], letters: Vec::new(), band: None, is_specification: false };
        table.letters = table.lettered_columns();
        table.is_specification = table.letters.contains(&true);
        table
    }

    /// The columns most of whose cells are “E” or “D”, in two rows at least.
    fn lettered_columns(&self) -> Vec<bool> {
        // Letters, filled cells, long ones.
        let mut counts = vec![(0u32, 0u32, false); self.n_columns as usize];
        for id in self.ids {
            let cell = self.cell(*id);
            if cell.span.is_empty() || cell.columns >= self.n_columns.max(2) {
                continue;
            }
            let (letters, filled, long) = &mut counts[cell.column as usize];
            *filled += 1;
            *letters += u32::from(self.letter(*id).is_some());
            *long |= self.text(*id).len() > 60;
        }
        counts.into_iter().map(|(letters, filled, long)| letters >= 2 && 10 * letters >= 6 * filled && !long).collect()
    }

    fn assign(&mut self, roles: &mut [CellRole]) {
        let (ids, reading) = (self.ids, self.reading);
        for row in ids.chunk_by(|a, b| cell(reading, *a).row == cell(reading, *b).row) {
            if self.is_header_row(row) {
                self.take_headers(row, roles);
            } else if let [alone] = self.filled(row)[..] {
                self.band(alone, row, roles);
            } else {
                self.body_row(row, roles);
            }
        }
    }

    /// A row of short cells, some of which head the columns of a specification.
    fn is_header_row(&self, row: &[u32]) -> bool {
        let filled = self.filled(row);
        let again = self.heads.iter().any(Option::is_some);
        // A header has few words, and fewer where it is repeated; most rows are told by that alone.
        if !filled.iter().all(|id| self.text(*id).len() <= if again { 60 } else { 100 }) {
            return false;
        }
        // A body's cell may say “Application form” or “Required”; only a whole header again is a header.
        let heads_column = |id: &u32| match self.column_of(*id) {
            Some(column) if again => (binds(column) || column == Column::Importance) && self.is_whole(*id),
            Some(column) => column != Column::Criterion,
            None => false,
        };
        let heads = filled.iter().filter(|id| heads_column(id)).count();
        let listed = filled.iter().any(|id| self.in_letters(*id) && self.letter(*id).is_some() && self.cell(*id).row > 0);
        // Two short rows “Essential | A degree” are no header and its body.
        let named = |first: u32| self.column_of(first).is_some_and(binds) && self.cell(first).column == 0 && !self.cell(first).header;
        let is_pair = heads == 1 && matches!(filled[..], [first, _] if named(first));
        let several = filled.len() > 1 || row.len() > 1 && filled.iter().any(|id| self.cell(*id).header && self.cell(*id).columns < self.n_columns);
        heads > 0 && several && !listed && !is_pair
    }

    fn take_headers(&mut self, row: &[u32], roles: &mut [CellRole]) {
        if row.iter().any(|id| self.column_of(*id).is_some_and(binds)) {
            self.heads.iter_mut().filter(|h| h.is_some_and(|(c, _)| binds(c))).for_each(|h| *h = None);
            self.is_specification = true;
        }
        for id in row {
            roles[*id as usize] = CellRole::Header;
            let Some(column) = self.column_beside(*id, row) else { continue };
            self.is_specification |= column == Column::Importance;
            let cell = self.cell(*id);
            for head in &mut self.heads[cell.column as usize..(cell.column + cell.columns) as usize] {
                *head = Some((column, *id));
            }
        }
        self.band = None;
    }

    /// What a header says of its column. Beside a column for each kind, a first one that binds too (“What we'd like to see”) names the criteria.
    fn column_beside(&self, id: u32, row: &[u32]) -> Option<Column> {
        let column = self.column_of(id)?;
        let beside = |kind: Column| row.iter().any(|other| *other != id && self.column_of(*other) == Some(kind));
        let names_them = self.cell(id).column == 0 && binds(column) && beside(Column::Essential) && beside(Column::Desirable);
        Some(if names_them { Column::Criterion } else { column })
    }

    /// A cell alone in its row: a heading for the rows below, or the row's only words.
    fn band(&mut self, alone: u32, row: &[u32], roles: &mut [CellRole]) {
        let spans = self.cell(alone).columns >= self.n_columns || self.n_columns == 1;
        let short = self.text(alone).len() <= 80 && !self.text(alone).contains('\n');
        if self.is_specification && short && (spans || self.cell(alone).column == 0) && self.mark(alone).is_none() {
            roles[alone as usize] = CellRole::Header;
            self.band = self.column_of(alone).filter(|c| binds(*c)).map(|c| (kind_of(c), self.cell(alone).span)).or(self.band.filter(|_| !spans));
            return;
        }
        if spans {
            roles[alone as usize] = CellRole::Band;
        } else {
            self.body_row(row, roles);
        }
    }

    fn body_row(&self, row: &[u32], roles: &mut [CellRole]) {
        if !self.is_specification {
            self.layout_row(row, roles);
            return;
        }
        let marks: Vec<(u32, SectionKind)> = row.iter().filter_map(|id| self.mark(*id).map(|kind| (*id, kind))).collect();
        // Ticked in both columns: what is essential at all is essential.
        let mark = marks.iter().find(|(_, k)| *k == SectionKind::Essential).or(marks.first());
        let criterion = mark.and_then(|(id, _)| self.criterion_beside(row, *id));
        for id in row {
            roles[*id as usize] = match (self.head(*id), mark) {
                _ if marks.iter().any(|(m, _)| m == id) || self.is_tick(*id) => CellRole::Aside,
                (Some((Column::Ignored | Column::Importance, _)), _) => CellRole::Aside,
                (Some((column, header)), _) if binds(column) => CellRole::Column { kind: kind_of(column), header },
                (_, Some((by, kind))) if Some(*id) == criterion => {
                    CellRole::Marked { kind: *kind, mark: self.cell(*by).span, header: self.head(*by).filter(|(c, _)| binds(*c)).map(|(_, h)| h) }
                }
                _ => self.unmarked(*id),
            };
        }
    }

    /// Under a band “Essential” a row's criterion needs no mark of its own; else the cell is a label.
    fn unmarked(&self, id: u32) -> CellRole {
        match self.band {
            Some((kind, mark)) if !self.heads.iter().flatten().any(|(c, _)| binds(*c)) && (self.cell(id).column > 0 || self.n_columns == 1) => {
                CellRole::Marked { kind, mark, header: None }
            }
            _ => CellRole::Aside,
        }
    }

    /// The cell that a mark speaks of: under “Criteria”, else the nearest with words to its left, else to its right.
    fn criterion_beside(&self, row: &[u32], mark: u32) -> Option<u32> {
        let is_words = |id: &&u32| {
            !self.text(**id).is_empty()
                && self.mark(**id).is_none()
                && !self.is_tick(**id)
                && !matches!(self.head(**id), Some((Column::Ignored | Column::Importance | Column::Essential | Column::Desirable, _)))
        };
        let titled = row.iter().filter(is_words).filter(|id| matches!(self.head(**id), Some((Column::Criterion, _))));
        let at = self.cell(mark).column;
        let left = row.iter().filter(is_words).filter(|id| self.cell(**id).column < at).max_by_key(|id| self.cell(**id).column);
        let right = row.iter().filter(is_words).filter(|id| self.cell(**id).column > at).min_by_key(|id| self.cell(**id).column);
        titled.max_by_key(|id| self.cell(**id).column).or(left).or(right).copied()
    }

    /// What a cell's mark says of its row: a tick under Essential or Desirable, a letter under importance.
    fn mark(&self, id: u32) -> Option<SectionKind> {
        let text = self.text(id);
        match self.head(id) {
            Some((Column::Essential | Column::Desirable, _)) if text.is_empty() => None,
            Some((column, _)) if binds(column) => self.letter(id).or_else(|| self.is_tick(id).then(|| kind_of(column))),
            Some((Column::Importance, _)) => self.letter(id),
            Some((Column::Ignored, _)) => None,
            _ if self.in_letters(id) => self.letter(id),
            _ => None,
        }
    }

    fn is_tick(&self, id: u32) -> bool {
        let text = self.text(id);
        text.len() <= 12 && !text.is_empty() && has(&self.reading.wordings.marks.ticks, self.reading.folded(self.cell(id).span))
    }

    fn letter(&self, id: u32) -> Option<SectionKind> {
        let span = self.cell(id).span;
        if span.is_empty() || span.len() > 25 {
            return None;
        }
        let text = self.reading.folded(span);
        let marks = &self.reading.wordings.marks;
        if has(&marks.essential, text) {
            return Some(SectionKind::Essential);
        }
        has(&marks.desirable, text).then_some(SectionKind::Desirable)
    }

    fn in_letters(&self, id: u32) -> bool {
        self.letters.get(self.cell(id).column as usize).copied().unwrap_or(false)
    }

    fn layout_row(&self, row: &[u32], roles: &mut [CellRole]) {
        for id in row {
            if matches!(self.head(*id), Some((Column::Ignored, _))) {
                roles[*id as usize] = CellRole::Aside;
            }
        }
        if let [first, _, ..] = row
            && self.cell(*first).column == 0
            && self.text(*first).len() <= 80
        {
            roles[*first as usize] = CellRole::RowLabel;
        }
    }

    fn said(&self, id: u32) -> Said {
        let Ok(n) = self.ids.binary_search(&id) else { return Said::default() };
        *self.said[n].get_or_init(|| header_words(self.reading, id))
    }

    fn head(&self, id: u32) -> Option<(Column, u32)> {
        self.heads.get(self.cell(id).column as usize).copied().flatten()
    }

    /// The column that a cell heads, by its own words, helped by its neighbours: beside “We'd also like”, “You must be able
    /// to show” is a column, too.
    fn column_of(&self, id: u32) -> Option<Column> {
        let said = self.said(id);
        if let Some((column, Fit::Whole)) = said.column {
            return Some(column);
        }
        let by_section = said.section.filter(|(a, fit, _)| !a.part && *fit > Fit::Start).and_then(|(a, _, _)| match a.kind {
            SectionKind::Desirable => Some(Column::Desirable),
            SectionKind::Essential if self.row_has_desirable(id) => Some(Column::Essential),
            _ => None,
        });
        by_section.or(said.column.map(|(column, _)| column))
    }

    /// Whether a cell's words are nothing but a column's header.
    fn is_whole(&self, id: u32) -> bool {
        let said = self.said(id);
        said.column.is_some_and(|(_, fit)| fit == Fit::Whole) || said.section.is_some_and(|(a, fit, _)| fit == Fit::Whole && a.kind.asks_of_person())
    }

    fn row_has_desirable(&self, id: u32) -> bool {
        let row = self.cell(id).row;
        let is_desirable = |said: Said| said.section.is_some_and(|(a, fit, _)| a.kind == SectionKind::Desirable && fit > Fit::Start);
        // The cells of a row are next to one another.
        let from = self.ids.partition_point(|other| self.cell(*other).row < row);
        self.ids[from..].iter().take_while(|other| self.cell(**other).row == row).any(|other| *other != id && is_desirable(self.said(*other)))
    }

    fn filled(&self, row: &[u32]) -> Vec<u32> {
        row.iter().copied().filter(|id| !self.cell(*id).span.is_empty()).collect()
    }

    fn text(&self, id: u32) -> &'d str {
        self.reading.document.slice(self.cell(id).span).trim()
    }

    fn cell(&self, id: u32) -> &'d Cell {
        cell(self.reading, id)
    }
}

fn cell<'d>(reading: &Reading<'d>, id: u32) -> &'d Cell {
    &reading.document.cells()[id as usize]
}

/// What a cell's words say as a header: those of headings, and of openers (“You must be able to show”).
fn header_words(reading: &Reading, id: u32) -> Said {
    let span = cell(reading, id).span;
    let text = reading.document.slice(span);
    if span.is_empty() || text.len() > 100 {
        return Said::default();
    }
    let mut said = said(reading, span);
    if said.section.is_none() && said.column.is_none() && !text.contains('\n') {
        said.section = super::headings::opener(reading, span).filter(|(a, _)| a.kind.asks_of_person()).map(|(a, span)| (a, Fit::Within, span));
    }
    said
}

fn binds(column: Column) -> bool {
    matches!(column, Column::Essential | Column::Desirable)
}

fn kind_of(column: Column) -> SectionKind {
    if column == Column::Desirable { SectionKind::Desirable } else { SectionKind::Essential }
}

fn has(marks: &[String], text: &str) -> bool {
    let text = text.trim();
    marks.binary_search_by(|m| m.as_str().cmp(text)).is_ok()
}
