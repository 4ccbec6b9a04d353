//! The cells of a table → rows and header cells as they look, and below them the cards of their findings: beside its row, a
//! card would make the row as high as itself.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::card::cards;
use super::escape;
use super::flow::cell_text;
use super::page::Page;
use crate::document::{Cell, Document};
use crate::text::{offset, one_line};

/// A table, and the blocks that stand in it.
pub(super) struct Grid {
    pub(super) table: u32,
    pub(super) blocks: Range<usize>,
    /// Its cells, by row and column.
    cells: Vec<u32>,
    /// The blocks in each cell, those of tables within it, too.
    in_cells: BTreeMap<u32, Vec<usize>>,
    columns: u32,
    rows: u32,
}

/// Beyond this many places a “table” is a page laid out by a machine.
const LARGEST: u64 = 100_000;

/// The table that the first of some blocks stands in, the outermost that is not open already.
pub(super) fn next(document: &Document, blocks: Range<usize>, open: &[u32]) -> Option<Grid> {
    let all = document.blocks();
    let holding = |n: usize| ancestors(document, all[n].cell).filter(|c| !open.contains(&document.cells()[*c as usize].table)).last();
    let table = document.cells()[holding(blocks.start)? as usize].table;
    let is_in = |n: &usize| ancestors(document, all[*n].cell).any(|c| document.cells()[c as usize].table == table);
    let end = (blocks.start..blocks.end).find(|n| !is_in(n)).unwrap_or(blocks.end);
    let mut cells: Vec<u32> = (0..offset(document.cells().len())).filter(|c| document.cells()[*c as usize].table == table).collect();
    cells.sort_by_key(|c| (document.cells()[*c as usize].row, document.cells()[*c as usize].column));
    let of = |far: fn(&Cell) -> u32| cells.iter().map(|c| far(&document.cells()[*c as usize])).max().unwrap_or(0);
    let columns = of(|c| c.column.saturating_add(c.columns));
    // A cell may claim more rows than there are.
    let rows = of(|c| c.row + 1);
    let mut in_cells: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (n, block) in all.iter().enumerate().take(end).skip(blocks.start) {
        let own = ancestors(document, block.cell).find(|c| document.cells()[*c as usize].table == table);
        own.into_iter().for_each(|cell| in_cells.entry(cell).or_default().push(n));
    }
    Some(Grid { table, blocks: blocks.start..end, cells, in_cells, columns, rows })
}

/// A cell and those around it, from the inside.
fn ancestors(document: &Document, cell: Option<u32>) -> impl Iterator<Item = u32> {
    std::iter::successors(cell, |c| document.cells()[*c as usize].parent)
}

impl Grid {
    /// Whether it only puts a frame around text.
    pub(super) fn is_frame(&self) -> bool {
        self.columns <= 1 || u64::from(self.columns) * u64::from(self.rows) > LARGEST
    }

    /// The blocks in a cell, those of tables within it, too.
    fn blocks_of(&self, cell: u32) -> &[usize] {
        self.in_cells.get(&cell).map_or(&[], Vec::as_slice)
    }
}

/// Where the cards of a table's findings stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CardsStand {
    Below,
    /// A table within a cell leaves them to the one around it.
    Further,
}

/// A table; `open` are those around it.
pub(super) fn table(page: &Page, grid: &Grid, open: &[u32], cards_stand: CardsStand) -> String {
    let mut drawing = Drawing { page, grid, open: [open, &[grid.table]].concat(), sides: sides(page.document(), grid), free_from: Vec::new() };
    drawing.free_from.resize(grid.columns as usize, 0);
    let heads = drawing.head_rows();
    let rows: Vec<String> = (0..grid.rows).map(|row| drawing.row(row)).collect();
    let (head, body) = rows.split_at(heads as usize);
    let head = if head.is_empty() { String::new() } else { format!("<thead role=\"rowgroup\">\n{}</thead>\n", head.concat()) };
    let body = if body.is_empty() { String::new() } else { format!("<tbody role=\"rowgroup\">\n{}</tbody>\n", body.concat()) };
    let findings: Vec<usize> = match cards_stand {
        CardsStand::Below => grid.blocks.clone().flat_map(|n| page.at_home(n)).copied().collect(),
        CardsStand::Further => Vec::new(),
    };
    let below = if findings.is_empty() { String::new() } else { format!("<div class=\"cards below\">\n{}</div>\n", cards(page, &findings)) };
    format!("<table class=\"grid\" role=\"table\">\n{head}{body}</table>\n{below}")
}

/// Cells that head their rows.
fn sides(document: &Document, grid: &Grid) -> BTreeSet<u32> {
    grid.cells.iter().flat_map(|c| document.row_headers(*c)).collect()
}

struct Drawing<'p, 'a> {
    page: &'p Page<'a>,
    grid: &'p Grid,
    open: Vec<u32>,
    sides: BTreeSet<u32>,
    /// For each column the first row that no cell from above reaches into.
    free_from: Vec<u32>,
}

impl Drawing<'_, '_> {
    fn cell(&self, id: u32) -> &Cell {
        &self.page.document().cells()[id as usize]
    }

    fn starting_in(&self, row: u32) -> impl Iterator<Item = u32> {
        let from = self.grid.cells.partition_point(|c| self.cell(*c).row < row);
        let to = self.grid.cells.partition_point(|c| self.cell(*c).row <= row);
        self.grid.cells[from..to].iter().copied()
    }

    /// How many rows at the top are headers and nothing else; never all of them.
    fn head_rows(&self) -> u32 {
        let is_head = |row: &u32| {
            let mut cells = self.starting_in(*row).peekable();
            cells.peek().is_some() && cells.all(|c| self.page.document().is_header(c) && self.cell(c).rows == 1)
        };
        let heads = (0..self.grid.rows).take_while(is_head).count();
        if heads == self.grid.rows as usize { 0 } else { offset(heads) }
    }

    fn row(&mut self, row: u32) -> String {
        let mut out = String::new();
        let mut at = 0;
        let mut is_plain = true;
        for id in self.starting_in(row).collect::<Vec<u32>>() {
            let column = self.cell(id).column;
            out.push_str(&self.gap(at, column, row));
            let blocks = self.grid.blocks_of(id);
            out.push_str(&self.element(id, blocks));
            is_plain &= blocks.iter().all(|b| self.page.at_home(*b).is_empty());
            at = self.reach(id, row);
        }
        out.push_str(&self.gap(at, self.grid.columns, row));
        let plain = if is_plain { " class=\"plain\"" } else { "" };
        format!("<tr role=\"row\"{plain}>{out}</tr>\n")
    }

    /// Marks the places that a cell takes; the column after it.
    fn reach(&mut self, id: u32, row: u32) -> u32 {
        let (from, to) = (self.cell(id).column, self.cell(id).column.saturating_add(self.cell(id).columns).min(self.grid.columns));
        let below = row.saturating_add(self.cell(id).rows);
        for column in from..to {
            self.free_from[column as usize] = below;
        }
        to
    }

    /// Empty cells for places that no cell takes.
    fn gap(&self, from: u32, to: u32, row: u32) -> String {
        let n_empty = (from..to).filter(|c| self.free_from[*c as usize] <= row).count();
        "<td role=\"cell\"></td>".repeat(n_empty)
    }

    fn element(&self, id: u32, blocks: &[usize]) -> String {
        let cell = self.cell(id);
        let (tag, role, scope) = self.kind(id, blocks);
        let spans = format!("{}{}", span("colspan", cell.columns.min(self.grid.columns)), span("rowspan", cell.rows.min(self.grid.rows - cell.row)));
        let head = if tag == "td" { self.head(id) } else { String::new() };
        format!("<{tag} role=\"{role}\"{scope}{spans}{head}>{}</{tag}>", cell_text(self.page, blocks, &self.open))
    }

    /// An empty cell heads nothing.
    fn kind(&self, id: u32, blocks: &[usize]) -> (&'static str, &'static str, &'static str) {
        match () {
            () if blocks.is_empty() => ("td", "cell", ""),
            () if self.page.document().is_header(id) => ("th", "columnheader", " scope=\"col\""),
            () if self.sides.contains(&id) => ("th", "rowheader", " scope=\"row\""),
            () => ("td", "cell", ""),
        }
    }

    /// What heads the column, shown above the cell where the screen is too narrow for columns.
    fn head(&self, id: u32) -> String {
        const LONGEST: usize = 60;
        let document = self.page.document();
        let Some(head) = document.column_headers(id).last().map(|h| document.slice(self.cell(*h).span)) else { return String::new() };
        let words: String = one_line(head).chars().take(LONGEST).collect();
        if words.is_empty() { words } else { format!(" data-head=\"{}\"", escape::attribute(&words)) }
    }
}

fn span(name: &str, n: u32) -> String {
    if n > 1 { format!(" {name}=\"{n}\"") } else { String::new() }
}
