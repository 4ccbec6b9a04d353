//! The cells of each table, as they stand in the grid → which of them head rows and columns.
//!
//! Few authors mark a table's header. So it is told by how the table is built: the rows at its top, a row that says the
//! same again further down, and rows that are one cell across the whole table and head what follows.

use std::collections::BTreeSet;

use super::{Block, BlockKind, Cell, Emphasis};
use crate::text::{Folded, Span, offset};

/// What heads the cells of one table.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Rows that head the columns below them, from the top; each as long as no other follows.
    heads: Vec<Head>,
    /// Cells across the whole table, by their row.
    bands: Vec<(u32, u32)>,
    /// Cells that head their rows, by their top row.
    sides: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Head {
    /// The row after it.
    below: u32,
    cells: Vec<u32>,
}

/// The layouts of a document's tables, by number.
pub(super) fn layouts(text: &str, blocks: &[Block], cells: &[Cell]) -> Vec<Layout> {
    let looks = Looks::of(text, blocks, cells);
    let n_tables = cells.iter().map(|c| c.table + 1).max().unwrap_or(0);
    let mut tables: Vec<Vec<u32>> = vec![Vec::new(); n_tables as usize];
    for (id, cell) in cells.iter().enumerate() {
        tables[cell.table as usize].push(offset(id));
    }
    tables.iter().map(|ids| Table::new(cells, &looks, ids).layout()).collect()
}

/// The cells that head a cell's column, from the top.
pub(super) fn column_headers(layouts: &[Layout], cells: &[Cell], cell: u32) -> Vec<u32> {
    let Some(this) = cells.get(cell as usize) else { return Vec::new() };
    let Some(layout) = layouts.get(this.table as usize) else { return Vec::new() };
    let mut ids = layout.bands_above(this.row);
    if let Some(head) = layout.heads.iter().rfind(|h| h.below <= this.row) {
        let above = |id: &u32| cells.get(*id as usize).is_some_and(|c| reach(c.column, c.columns, this.column, this.columns));
        ids.extend(head.cells.iter().copied().filter(above));
    } else {
        // Within the header: a cell that spans several columns heads the ones below it.
        let within = layout.heads.iter().find(|h| h.cells.contains(&cell));
        let above = |id: &u32| cells.get(*id as usize).is_some_and(|c| c.row + c.rows <= this.row && reach(c.column, c.columns, this.column, this.columns));
        ids.extend(within.into_iter().flat_map(|h| h.cells.iter().copied()).filter(above));
    }
    ids.sort_unstable();
    ids
}

/// The cells that head a cell's row, from the left.
pub(super) fn row_headers(layouts: &[Layout], cells: &[Cell], cell: u32) -> Vec<u32> {
    let Some(this) = cells.get(cell as usize) else { return Vec::new() };
    let Some(layout) = layouts.get(this.table as usize).filter(|l| !l.is_header(cell)) else { return Vec::new() };
    let end = layout.sides.partition_point(|id| cells.get(*id as usize).is_some_and(|c| c.row < this.row + this.rows));
    let left = |c: &Cell| c.column + c.columns <= this.column && reach(c.row, c.rows, this.row, this.rows);
    let mut ids = Vec::new();
    for id in layout.sides[..end].iter().rev() {
        let Some(side) = cells.get(*id as usize) else { continue };
        if left(side) {
            ids.push(*id);
        }
        // A cell that begins in the first column further up ends where the next one begins.
        if side.column == 0 && side.row <= this.row {
            break;
        }
    }
    ids.sort_unstable_by_key(|id| cells.get(*id as usize).map(|c| (c.column, c.row)));
    ids
}

/// Whether two ranges (start, length) share a row or column.
fn reach(a: u32, a_len: u32, b: u32, b_len: u32) -> bool {
    a < b + b_len && b < a + a_len
}

impl Layout {
    /// Whether a cell heads others, rather than being one of the table's entries.
    pub(super) fn is_header(&self, cell: u32) -> bool {
        self.heads.iter().any(|h| h.cells.contains(&cell)) || self.bands.iter().any(|(_, id)| *id == cell)
    }

    /// The last band above a row, with those that stand directly above it.
    fn bands_above(&self, row: u32) -> Vec<u32> {
        let end = self.bands.partition_point(|(r, _)| *r < row);
        let mut ids = Vec::new();
        let mut next = None;
        for (r, id) in self.bands[..end].iter().rev() {
            if next.is_some_and(|n| n != r + 1) {
                break;
            }
            next = Some(*r);
            ids.push(*id);
        }
        ids
    }
}

/// What is in each cell of a document.
struct Looks {
    looks: Vec<CellLook>,
}

#[derive(Clone, Default)]
struct CellLook {
    n_blocks: usize,
    /// All of its blocks stand out, or are headings.
    strong: bool,
    /// Its words as they are compared; empty where they are too many for a header.
    words: String,
    is_empty: bool,
}

/// No header has more to say.
const LONGEST_HEADER: usize = 200;
const MOST_BLOCKS: usize = 3;

impl Looks {
    fn of(text: &str, blocks: &[Block], cells: &[Cell]) -> Looks {
        let words = |span: Span| text.get(span.range()).unwrap_or("");
        let look = |cell: &Cell| CellLook {
            n_blocks: 0,
            strong: true,
            words: if cell.span.len() <= LONGEST_HEADER { Folded::new(words(cell.span)).as_str().trim().to_owned() } else { String::new() },
            is_empty: words(cell.span).trim().is_empty(),
        };
        let mut looks: Vec<CellLook> = cells.iter().map(look).collect();
        for block in blocks {
            if let Some(look) = block.cell.and_then(|id| looks.get_mut(id as usize)) {
                look.n_blocks += 1;
                look.strong &= block.emphasis == Emphasis::Strong || matches!(block.kind, BlockKind::Heading(_));
            }
        }
        Looks { looks }
    }

    fn of_cell(&self, id: u32) -> &CellLook {
        &self.looks[id as usize]
    }
}

/// A table whose headers are to be told.
struct Table<'c> {
    cells: &'c [Cell],
    looks: &'c Looks,
    ids: &'c [u32],
    /// The cells that begin in each row.
    rows: Vec<Vec<u32>>,
    width: u32,
    /// Whether the format's marks tell one cell from another: some authors mark every row as a header.
    marks_tell: bool,
}

/// A row with more cells than this heads nothing.
const WIDEST_HEADER: usize = 128;

impl<'c> Table<'c> {
    fn new(cells: &'c [Cell], looks: &'c Looks, ids: &'c [u32]) -> Table<'c> {
        let of = |id: &u32| &cells[*id as usize];
        let width = ids.iter().map(|id| of(id).column + of(id).columns).max().unwrap_or(0);
        let height = ids.iter().map(|id| of(id).row + 1).max().unwrap_or(0);
        let mut rows = vec![Vec::new(); height as usize];
        for id in ids {
            rows[of(id).row as usize].push(*id);
        }
        let marks_tell = ids.iter().any(|id| !of(id).header);
        Table { cells, looks, ids, rows, width, marks_tell }
    }

    fn cell(&self, id: u32) -> &Cell {
        &self.cells[id as usize]
    }

    fn look(&self, id: u32) -> &CellLook {
        self.looks.of_cell(id)
    }

    fn row(&self, row: usize) -> &[u32] {
        self.rows.get(row).map_or(&[], Vec::as_slice)
    }

    fn is_marked_cell(&self, id: u32) -> bool {
        self.marks_tell && self.cell(id).header
    }

    /// The cells of a row that say something.
    fn said(&self, row: usize) -> impl Iterator<Item = u32> {
        self.row(row).iter().copied().filter(|id| !self.look(*id).is_empty)
    }

    fn layout(&self) -> Layout {
        let top = (0..self.rows.len()).take_while(|row| self.is_across(*row) || self.is_category(*row)).count();
        let mut layout = Layout::default();
        let below = self.head_below(top);
        if below > top {
            let cells = (top..below).flat_map(|row| self.said(row)).collect();
            layout.heads.push(Head { below: offset(below), cells });
        }
        let first_column_stands_out = (below..self.rows.len()).all(|row| self.said(row).all(|id| self.cell(id).column > 0 || self.look(id).strong));
        for row in (0..top).chain(below..self.rows.len()) {
            if self.is_across(row) || (!first_column_stands_out && self.is_category(row)) {
                layout.bands.extend(self.said(row).map(|id| (offset(row), id)));
            } else if row >= below && (self.is_marked(row) || layout.heads.first().is_some_and(|head| self.says_again(row, head))) {
                layout.heads.push(Head { below: offset(row + 1), cells: self.said(row).collect() });
            }
        }
        layout.sides = self.sides(&layout);
        layout
    }

    /// Whether all that a row says is in one cell across the whole table. In a table of one column, only a title is.
    fn is_across(&self, row: usize) -> bool {
        let mut said = self.said(row);
        let (Some(only), None) = (said.next(), said.next()) else { return false };
        let cell = self.cell(only);
        let look = self.look(only);
        let is_short = look.n_blocks <= MOST_BLOCKS && !look.words.is_empty();
        cell.columns == self.width && is_short && (self.width > 1 || self.is_marked_cell(only) || (look.strong && look.n_blocks == 1))
    }

    /// Whether a row has nothing but words that stand out in its first column.
    fn is_category(&self, row: usize) -> bool {
        let mut said = self.said(row);
        let (Some(only), None) = (said.next(), said.next()) else { return false };
        let look = self.look(only);
        self.width > 1 && self.cell(only).column == 0 && self.cell(only).rows == 1 && look.strong && look.n_blocks == 1
    }

    /// Whether the format says that all of a row's cells are headers; one alone heads its row.
    fn is_marked(&self, row: usize) -> bool {
        let n_marked = self.row(row).iter().filter(|id| self.is_marked_cell(**id)).count();
        n_marked >= 2.min(self.width as usize) && n_marked <= WIDEST_HEADER && self.said(row).all(|id| self.is_marked_cell(id))
    }

    /// The row below the table's header, which begins at row `top`; `top` itself where there is none.
    fn head_below(&self, top: usize) -> usize {
        let marked = (top..self.rows.len()).take_while(|row| self.is_marked(*row)).count();
        if marked > 0 {
            return self.with_parts(top, top + marked);
        }
        let is_head = top + 1 < self.rows.len() && self.width > 1 && self.may_head(top) && (top == 0 || self.stands_out(top));
        if is_head { self.with_parts(top, top + 1) } else { top }
    }

    /// Whether all of a row's cells stand out, as most below them do not.
    fn stands_out(&self, row: usize) -> bool {
        let entries = || (row + 1..self.rows.len()).flat_map(|row| self.said(row)).filter(|id| self.cell(*id).column > 0);
        let n_strong = entries().filter(|id| self.look(*id).strong).count();
        self.said(row).all(|id| self.look(id).strong) && 2 * n_strong <= entries().count()
    }

    /// Whether an unmarked row may be a header: short words in several cells, not a name and its value.
    fn may_head(&self, row: usize) -> bool {
        let is_short = |id: u32| self.look(id).n_blocks <= MOST_BLOCKS && !self.look(id).words.is_empty();
        let named = |row: usize| self.said(row).all(|id| self.look(id).strong == (self.cell(id).column == 0));
        let n_said = self.said(row).count();
        (2..=WIDEST_HEADER).contains(&n_said) && self.said(row).all(is_short) && !(row..self.rows.len()).all(named)
    }

    /// Takes in the row below a header in which a cell over several columns is divided: “Importance” into “Essential” and
    /// “Desirable”.
    fn with_parts(&self, top: usize, below: usize) -> usize {
        let groups = |id: &u32| !self.look(*id).is_empty && self.cell(*id).columns > 1 && self.cell(*id).columns < self.width;
        let Some(last) = below.checked_sub(1).filter(|last| self.row(*last).iter().any(groups)) else { return below };
        let under_group = |id: u32| {
            let cell = self.cell(id);
            self.row(last).iter().any(|g| groups(g) && reach(self.cell(*g).column, self.cell(*g).columns, cell.column, cell.columns))
        };
        let divides = below < self.rows.len() && self.said(below).next().is_some() && self.said(below).all(|id| under_group(id) && self.cell(id).columns == 1);
        // Two rows of parts are more than any table has.
        if divides && below - top < 3 { self.with_parts(top, below + 1) } else { below }
    }

    /// Whether a row says what the header says: all of its cells, but for the first, which may add “continued” or name the
    /// next group.
    fn says_again(&self, row: usize, head: &Head) -> bool {
        let same = |id: u32| {
            let cell = self.cell(id);
            head.cells.iter().any(|h| {
                let above = self.cell(*h);
                reach(above.column, above.columns, cell.column, cell.columns) && self.look(*h).words == self.look(id).words && !self.look(id).words.is_empty()
            })
        };
        self.row(row).len() <= WIDEST_HEADER
            && self.said(row).filter(|id| same(*id)).count() >= 2
            && self.said(row).all(|id| self.cell(id).column == 0 || same(id))
    }

    /// The cells that head their rows: those marked as headers, else those of the first column.
    fn sides(&self, layout: &Layout) -> Vec<u32> {
        let heads = layout.heads.iter().flat_map(|h| h.cells.iter().copied()).chain(layout.bands.iter().map(|(_, id)| *id));
        let heads: BTreeSet<u32> = heads.collect();
        let body = || self.ids.iter().copied().filter(|id| !heads.contains(id));
        let marked_rows: BTreeSet<u32> = body().filter(|id| self.is_marked_cell(*id)).map(|id| self.cell(id).row).collect();
        let is_first = |id: u32| self.cell(id).column == 0 && !marked_rows.contains(&self.cell(id).row) && !self.look(id).words.is_empty();
        let mut sides: Vec<u32> = body().filter(|id| self.is_marked_cell(*id) || is_first(*id)).collect();
        sides.sort_unstable_by_key(|id| (self.cell(*id).row, self.cell(*id).column));
        sides
    }
}
