//! The blocks of a document → headings, paragraphs, lists and tables, with the findings marked and their cards beside them.

use super::card::cards;
use super::marks::marked;
use super::page::Page;
use super::table::{self, CardsStand, Grid};
use crate::document::{Block, BlockKind, Emphasis};

/// The whole text of a document.
pub(super) fn text(page: &Page) -> String {
    let mut flow = Flow { page, out: String::new(), lists: 0, level: BASE, open: Vec::new() };
    flow.blocks(0..page.document().blocks().len());
    flow.close_lists(0);
    flow.out
}

/// The level of the page's heading above a document's text.
const BASE: usize = 3;

struct Flow<'p, 'a> {
    page: &'p Page<'a>,
    out: String,
    /// How many lists are open, one in the other.
    lists: usize,
    /// The level of the last heading: none may leave out a level.
    level: usize,
    /// Tables that are no more than a frame around the blocks at hand, or were shown as far as they reached.
    open: Vec<u32>,
}

impl Flow<'_, '_> {
    fn blocks(&mut self, range: std::ops::Range<usize>) {
        let mut next = range.start;
        while next < range.end {
            match table::next(self.page.document(), next..range.end, &self.open) {
                Some(grid) => {
                    next = grid.blocks.end;
                    self.table(&grid);
                }
                None => {
                    self.block(next);
                    next += 1;
                }
            }
        }
    }

    fn table(&mut self, grid: &Grid) {
        let open = self.open.clone();
        self.open.push(grid.table);
        // One column is a frame around text, not a table.
        if grid.is_frame() {
            return self.blocks(grid.blocks.clone());
        }
        self.close_lists(0);
        let table = table::table(self.page, grid, &open, CardsStand::Below);
        self.out.push_str(&table);
    }

    fn block(&mut self, n: usize) {
        let block = &self.page.document().blocks()[n];
        if let BlockKind::Item(depth) = block.kind {
            return self.item(n, usize::from(depth));
        }
        self.close_lists(0);
        let tag = match (block.kind, self.page.is_understood_as_heading(block)) {
            (BlockKind::Heading(level), _) => self.heading(usize::from(level)),
            (BlockKind::Paragraph, true) => self.heading(2),
            _ => tag(block),
        };
        let row = row(self.page, n, tag);
        self.out.push_str(&row);
    }

    /// A heading of the document, below those of the page.
    fn heading(&mut self, level: usize) -> &'static str {
        self.level = (BASE + level).min(self.level + 1).min(6);
        match self.level {
            ..=4 => "h4",
            5 => "h5",
            _ => "h6",
        }
    }

    fn item(&mut self, n: usize, depth: usize) {
        const DEEPEST: usize = 6;
        let wanted = depth.min(DEEPEST) + 1;
        self.close_lists(wanted);
        if self.lists == wanted {
            self.out.push_str("</li>\n");
        }
        // A list that begins deep down has no item to stand in.
        while self.lists < wanted {
            let open = if self.lists > 0 && self.out.ends_with("<ul role=\"list\">\n") { "<li><ul role=\"list\">\n" } else { "<ul role=\"list\">\n" };
            self.out.push_str(open);
            self.lists += 1;
        }
        let item = format!("<li>{}", row(self.page, n, "div"));
        self.out.push_str(&item);
    }

    /// Closes lists until only so many are open.
    fn close_lists(&mut self, keep: usize) {
        while self.lists > keep {
            self.out.push_str("</li>\n</ul>\n");
            self.lists -= 1;
        }
    }
}

/// A block and, beside it, its cards.
fn row(page: &Page, n: usize, tag: &str) -> String {
    let findings = page.at_home(n);
    let beside = if findings.is_empty() { String::new() } else { format!("<div class=\"cards\">\n{}</div>", cards(page, findings)) };
    format!("<div class=\"row\">{}{beside}</div>\n", element(page, n, tag))
}

/// A block as an element.
fn element(page: &Page, n: usize, tag: &str) -> String {
    let block = &page.document().blocks()[n];
    let strong = if block.emphasis == Emphasis::Strong && matches!(tag, "p" | "div") { " class=\"said strong\"" } else { " class=\"said\"" };
    format!("<{tag}{strong} dir=\"auto\"{}>{}</{tag}>", page.language(n), marked(page, n))
}

const fn tag(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Quotation => "blockquote",
        BlockKind::Code => "pre",
        _ => "p",
    }
}

/// The text of a table's cell; its cards stand below the table. `open` are the tables around it.
pub(super) fn cell_text(page: &Page, blocks: &[usize], open: &[u32]) -> String {
    let all = page.document().blocks();
    // Most cells are a few words, which need no paragraph of their own.
    if let [only] = blocks
        && all[*only].kind == BlockKind::Paragraph
    {
        return element(page, *only, "div");
    }
    let Some((first, last)) = blocks.first().zip(blocks.last()) else { return String::new() };
    let mut out = String::new();
    let mut in_list = false;
    let mut next = *first;
    while next <= *last {
        let nested = table::next(page.document(), next..last + 1, open);
        let is_item = nested.is_none() && matches!(all[next].kind, BlockKind::Item(_));
        if is_item != in_list {
            out.push_str(if is_item { "<ul role=\"list\">" } else { "</ul>" });
            in_list = is_item;
        }
        match nested {
            Some(grid) => {
                next = grid.blocks.end;
                out.push_str(&nested_table(page, &grid, open));
            }
            None => {
                out.push_str(&in_cell(page, next));
                next += 1;
            }
        }
    }
    if in_list {
        out.push_str("</ul>");
    }
    out
}

/// A table within a cell.
fn nested_table(page: &Page, grid: &Grid, open: &[u32]) -> String {
    if grid.is_frame() {
        let blocks: Vec<usize> = grid.blocks.clone().collect();
        return cell_text(page, &blocks, &[open, &[grid.table]].concat());
    }
    table::table(page, grid, open, CardsStand::Further)
}

fn in_cell(page: &Page, n: usize) -> String {
    let block = &page.document().blocks()[n];
    match block.kind {
        BlockKind::Item(_) => format!("<li>{}</li>", element(page, n, "div")),
        // A cell's heading would stand between those of the text around the table.
        BlockKind::Heading(_) => format!("<p class=\"said strong\" dir=\"auto\"{}>{}</p>", page.language(n), marked(page, n)),
        _ => element(page, n, tag(block)),
    }
}
