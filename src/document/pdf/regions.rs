//! Words and lines of a page → paragraphs and tables in reading order.
//!
//! Tables with drawn lines come first; what stands outside them is cut where a gutter of white runs down between columns.
//! Whether columns are read one after the other, or across as the rows of a table, is told by how their lines match.

use std::collections::BTreeMap;

use super::grid::{self, Extent, Grid};
use super::lines::{Line, Page, Word, lines};
use super::paragraphs::{self, Paragraph};

mod gutters;

/// A part of a page.
pub(super) enum Node {
    Paragraph(Paragraph),
    Table(Table),
}

pub(super) struct Table {
    /// Where its columns begin, by which a table that goes on over the page is known.
    pub(super) lefts: Vec<f32>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// Only one of its columns holds words. Unless it goes on with a table on the page before, it merely frames them.
    pub(super) is_frame: bool,
}

pub(super) struct Cell {
    pub(super) rows: u32,
    pub(super) columns: u32,
    pub(super) paragraphs: Vec<Paragraph>,
}

pub(super) fn nodes(page: Page) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut rest = page.words;
    for grid in grid::grids(&page.rules) {
        let (inside, outside): (Vec<Word>, Vec<Word>) = rest.into_iter().partition(|w| grid.cell(w).is_some());
        let Some(table) = ruled(&grid, &inside) else {
            rest = inside.into_iter().chain(outside).collect();
            continue;
        };
        let (above, below) = outside.into_iter().partition(|w| w.y < grid.bottom() && w.y - w.size < grid.bottom());
        nodes.extend(flow(above, 0));
        nodes.push(Node::Table(table));
        rest = below;
    }
    nodes.extend(flow(rest, 0));
    nodes
}

/// The table that drawn lines make; `None` where it holds no words.
fn ruled(grid: &Grid, words: &[Word]) -> Option<Table> {
    let mut contents: BTreeMap<usize, Vec<Word>> = BTreeMap::new();
    for word in words {
        contents.entry(grid.cell(word)?).or_default().push(word.clone());
    }
    let cells = grid.cells();
    let filled = |c: &&Extent| contents.contains_key(&c.id);
    let columns: std::collections::BTreeSet<usize> = cells.iter().filter(filled).map(|c| c.columns.0).collect();
    if columns.is_empty() {
        return None;
    }
    let indent = |c: &Extent| contents.get(&c.id)?.iter().map(|w| w.x0 - grid.xs[c.columns.0]).min_by(f32::total_cmp);
    let padding = cells.iter().filter_map(indent).min_by(f32::total_cmp).unwrap_or(4.0).clamp(1.0, 12.0);
    let mut rows: Vec<Vec<Cell>> = (1..grid.ys.len()).map(|_| Vec::new()).collect();
    for cell in cells {
        let right = grid.xs.get(cell.columns.1 + 1).map(|x| x - padding);
        let words = contents.remove(&cell.id).unwrap_or_default();
        let paragraphs = paragraphs::paragraphs(lines(words), right);
        let span = |(first, last): (usize, usize)| crate::text::offset(last - first + 1);
        rows[cell.rows.0].push(Cell { rows: span(cell.rows), columns: span(cell.columns), paragraphs });
    }
    Some(Table { lefts: grid.xs.clone(), rows, is_frame: columns.len() == 1 })
}

/// More lines than a page has are no advert's, and would take long to compare.
const MOST_LINES: usize = 2000;

/// How often columns are divided into columns.
const DEEPEST: u8 = 4;

fn flow(words: Vec<Word>, depth: u8) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut left = lines(words);
    while let Some(band) = (left.len() <= MOST_LINES && depth < DEEPEST).then(|| gutters::band(&left)).flatten() {
        let below = left.split_off(band.end);
        let within = left.split_off(band.start);
        nodes.extend(plain(left));
        nodes.extend(side_by_side(within, &band, depth));
        left = below;
    }
    nodes.extend(plain(left));
    nodes
}

fn plain(lines: Vec<Line>) -> impl Iterator<Item = Node> {
    paragraphs::paragraphs(lines, None).into_iter().map(Node::Paragraph)
}

/// Columns, read one after the other or, in a table, row by row.
fn side_by_side(within: Vec<Line>, band: &gutters::Band, depth: u8) -> Vec<Node> {
    let columns = gutters::columns(&within, band);
    let lefts: Vec<f32> = columns.iter().map(|c| c.iter().map(Line::x0).fold(f32::INFINITY, f32::min)).collect();
    match gutters::row_starts(&columns) {
        None => columns.into_iter().flat_map(|column| flow(column.into_iter().flat_map(|l| l.words).collect(), depth + 1)).collect(),
        Some(starts) => {
            let rights: Vec<Option<f32>> = lefts.iter().skip(1).map(|x| Some(x - 6.0)).chain([None]).collect();
            let mut rows: Vec<Vec<Cell>> = starts.iter().map(|_| Vec::new()).collect();
            for (n, column) in columns.into_iter().enumerate() {
                for (row, lines) in gutters::by_row(column, &starts).into_iter().enumerate() {
                    let paragraphs = paragraphs::paragraphs(lines, rights[n]);
                    rows[row].push(Cell { rows: 1, columns: 1, paragraphs });
                }
            }
            vec![Node::Table(Table { lefts, rows, is_frame: false })]
        }
    }
}
