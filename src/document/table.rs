//! Which cells head a row or a column, merged cells included.

use super::Cell;

pub(super) fn column_headers(cells: &[Cell], cell: u32) -> Vec<u32> {
    let Some(this) = cells.get(cell as usize) else { return Vec::new() };
    let above = |c: &Cell| c.row + c.rows <= this.row && reach(c.column, c.columns, this.column, this.columns);
    heads(cells, this, above, |c| c.row == 0)
}

pub(super) fn row_headers(cells: &[Cell], cell: u32) -> Vec<u32> {
    let Some(this) = cells.get(cell as usize) else { return Vec::new() };
    let left = |c: &Cell| c.column + c.columns <= this.column && reach(c.row, c.rows, this.row, this.rows);
    heads(cells, this, left, |c| c.column == 0)
}

/// The cells of the same table that stand before `this` and are marked as headers, else those in the first row or column.
fn heads(cells: &[Cell], this: &Cell, before: impl Fn(&Cell) -> bool, first: impl Fn(&Cell) -> bool) -> Vec<u32> {
    let candidates = || cells.iter().enumerate().filter(|(_, c)| c.table == this.table && before(c));
    let marked: Vec<u32> = candidates().filter(|(_, c)| c.header).map(|(i, _)| crate::text::offset(i)).collect();
    if !marked.is_empty() {
        return marked;
    }
    candidates().filter(|(_, c)| first(c)).map(|(i, _)| crate::text::offset(i)).collect()
}

/// Whether two ranges (start, length) share a row or column.
fn reach(a: u32, a_len: u32, b: u32, b_len: u32) -> bool {
    a < b + b_len && b < a + a_len
}
