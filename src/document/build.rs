//! What every reader writes a document with: text piece by piece, each with where it came from.

use super::source::{Origin, SourceMap, Stored};
use super::{Block, BlockKind, Cell, Comment, Document, Emphasis, Facts, Format, Limit, Limits, Notice, ReadError, bullets, table};
use crate::text::{Span, Text};

/// A document being read. Blocks are opened and closed; what is written between blocks opens a paragraph.
#[derive(Default)]
pub(super) struct Builder {
    limits: Limits,
    /// More was written than may be; what follows is passed by.
    is_full: bool,
    text: String,
    source: SourceMap,
    blocks: Vec<Block>,
    cells: Vec<Cell>,
    tables: Vec<OpenTable>,
    n_tables: u32,
    comments: Vec<Comment>,
    notices: Vec<Notice>,
    pub(super) facts: Facts,
    open: Option<OpenBlock>,
}

struct OpenBlock {
    kind: BlockKind,
    start: usize,
    /// Bytes of non-space text.
    written: usize,
    /// Whether some of its words are emphasised, and whether some are not. Typed bullets and colons beside them don't count.
    strong: bool,
    plain: bool,
    /// A space is owed before the next word, and where it came from.
    space: Option<Origin>,
}

struct OpenTable {
    table: u32,
    parent: Option<u32>,
    row: Option<u32>,
    /// Per column, the row below the lowest cell placed there so far, and that cell.
    filled: Vec<Filled>,
    /// The column after the last cell of the open row.
    next: usize,
    cell: Option<u32>,
}

#[derive(Clone, Copy, Default)]
struct Filled {
    below: u32,
    cell: Option<u32>,
}

/// No table that a person reads is wider; a hostile `colspan` must not make a grid of millions of columns.
const MOST_COLUMNS: usize = 1024;

impl OpenTable {
    /// The first column of the open row that is not taken yet, neither in it nor from a row above.
    fn free(&mut self) -> (u32, usize) {
        let row = *self.row.get_or_insert(0);
        let column = (self.next..MOST_COLUMNS - 1).find(|c| self.filled.get(*c).is_none_or(|f| f.below <= row));
        (row, column.unwrap_or(MOST_COLUMNS - 1))
    }

    /// Takes columns from the first free one on, for a cell and so many rows; says where, and how many columns.
    fn take(&mut self, columns: u32, rows: u32, cell: Option<u32>) -> (u32, usize, usize) {
        let (row, column) = self.free();
        let end = (column + columns.max(1) as usize).min(MOST_COLUMNS);
        if self.filled.len() < end {
            self.filled.resize(end, Filled::default());
        }
        self.filled[column..end].fill(Filled { below: row + rows, cell });
        self.next = end;
        (row, column, end - column)
    }
}

/// A cell about to be read.
#[derive(Clone, Copy)]
pub(super) struct NewCell {
    pub(super) rows: u32,
    pub(super) columns: u32,
    pub(super) header: bool,
}

impl Builder {
    /// An empty document that may grow as far as the limits say.
    pub(super) fn within(limits: &Limits) -> Builder {
        Builder { limits: *limits, ..Builder::default() }
    }

    /// Ends the open block, if any, and begins another; its text comes with [`Builder::flow`] or [`Builder::verbatim`].
    pub(super) fn open(&mut self, kind: BlockKind) {
        self.close();
        self.open = Some(OpenBlock { kind, start: 0, written: 0, strong: false, plain: false, space: None });
    }

    /// Ends the open block. An empty one leaves no trace.
    pub(super) fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.written == 0 {
            return;
        }
        let words = self.text[open.start..].trim();
        if words.chars().all(is_unseen) {
            return;
        }
        let start = self.text.len() - self.text[open.start..].trim_start().len();
        let span = Span::of(start..start + words.len());
        let cell = self.tables.last().and_then(|t| t.cell);
        let block = bullets::unmark(&self.text, Block { kind: open.kind, span, emphasis: open.emphasis(), cell });
        self.blocks.push(block);
        self.is_full |= self.blocks.len() > self.limits.paragraphs;
    }

    /// Whether a block is open, with words or without.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether a block is open and holds words already.
    pub(super) fn in_words(&self) -> bool {
        self.open.as_ref().is_some_and(|o| o.written > 0)
    }

    /// The words of the open block so far, and how they stand out.
    pub(super) fn open_words(&self) -> (&str, Emphasis) {
        match self.open.as_ref().filter(|o| o.written > 0) {
            Some(open) => (self.text.get(open.start..).unwrap_or(""), open.emphasis()),
            None => ("", Emphasis::None),
        }
    }

    /// Bytes of text written so far.
    pub(super) fn n_written(&self) -> usize {
        self.text.len()
    }

    /// The text written so far.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Whether a closed block is a heading.
    pub(super) fn has_heading(&self) -> bool {
        self.blocks.iter().any(|b| matches!(b.kind, BlockKind::Heading(_)))
    }

    /// Words in running text: white space of any length is one space, and none at a block's start.
    /// `origin` says where byte `n` of `words` came from, given `n` and a length; see [`bytes_at`].
    pub(super) fn flow(&mut self, words: &str, emphasis: Emphasis, origin: impl Fn(usize, usize) -> Origin) {
        let mut at = 0;
        while at < words.len() {
            let rest = &words[at..];
            let word = rest.find(is_space).unwrap_or(rest.len());
            if word > 0 {
                self.word(&rest[..word], emphasis, origin(at, word));
                at += word;
                continue;
            }
            let space = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
            if let Some(open) = self.open.as_mut().filter(|o| o.written > 0 && o.space.is_none()) {
                open.space = Some(origin(at, space));
            }
            at += space;
        }
    }

    /// Text that is kept as it stands, white space included.
    pub(super) fn verbatim(&mut self, text: &str, emphasis: Emphasis, origin: impl Fn(usize, usize) -> Origin) {
        if !text.is_empty() {
            self.word(text, emphasis, origin(0, text.len()));
        }
    }

    fn word(&mut self, word: &str, emphasis: Emphasis, origin: Origin) {
        if self.is_full {
            return;
        }
        if self.open.is_none() {
            self.open(BlockKind::Paragraph);
        }
        let starts = self.open.as_ref().is_some_and(|o| o.written == 0);
        if starts {
            self.separate();
        }
        let Some(open) = self.open.as_mut() else { return };
        if let Some(space) = open.space.take() {
            self.source.push(self.text.len(), 1, space);
            self.text.push(' ');
        }
        if starts {
            open.start = self.text.len();
        }
        self.source.push(self.text.len(), word.len(), origin);
        self.text.push_str(word);
        open.written += word.len();
        let seen = match emphasis {
            Emphasis::Strong => &mut open.strong,
            Emphasis::None => &mut open.plain,
        };
        *seen = *seen || word.contains(char::is_alphanumeric);
    }

    /// Blocks stand on lines of their own in the document's text.
    fn separate(&mut self) {
        if !self.text.is_empty() {
            self.source.push(self.text.len(), 1, Origin::Nowhere);
            self.text.push('\n');
        }
    }

    /// Begins a table, nested in the open cell if there is one.
    pub(super) fn open_table(&mut self) {
        self.close();
        let parent = self.tables.last().and_then(|t| t.cell);
        self.tables.push(OpenTable { table: self.n_tables, parent, row: None, filled: Vec::new(), next: 0, cell: None });
        self.n_tables += 1;
    }

    /// Begins the table's next row.
    pub(super) fn open_row(&mut self) {
        self.close_cell();
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(table.row.map_or(0, |r| r + 1));
            table.next = 0;
        }
    }

    /// Begins a cell in the first column that no cell from a row above reaches into. Outside a table it does nothing.
    pub(super) fn open_cell(&mut self, new: NewCell) {
        self.close_cell();
        self.is_full |= self.cells.len() >= self.limits.paragraphs;
        if self.is_full {
            return;
        }
        let at = self.text.len();
        let id = crate::text::offset(self.cells.len());
        let Some(table) = self.tables.last_mut() else { return };
        let rows = new.rows.clamp(1, 10_000);
        let (row, column, columns) = table.take(new.columns, rows, Some(id));
        table.cell = Some(id);
        let (table, parent) = (table.table, table.parent);
        let (column, columns) = (crate::text::offset(column), crate::text::offset(columns));
        self.cells.push(Cell { table, parent, row, column, rows, columns, header: new.header, span: Span::of(at..at) });
    }

    /// Leaves columns of the open row empty, without a cell.
    pub(super) fn leave_free(&mut self, columns: u32) {
        if let Some(table) = self.tables.last_mut().filter(|_| columns > 0) {
            table.take(columns, 1, None);
        }
    }

    /// Makes the cell at the given column of the row above reach one row further down (Word's vertical merge), and takes
    /// the place of that column in this row. Says whether there is such a cell; where not, nothing has changed.
    pub(super) fn extend_cell_above(&mut self, columns: u32) -> bool {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else { return false };
        let (row, column) = table.free();
        let id = table.filled.get(column).and_then(|f| f.cell);
        let above = id.and_then(|id| self.cells.get_mut(id as usize));
        let Some(above) = above.filter(|c| c.column as usize == column && c.row + c.rows == row) else { return false };
        above.rows += 1;
        table.take(columns, 1, id);
        true
    }

    /// Ends the open cell.
    pub(super) fn close_cell(&mut self) {
        self.close();
        let end = self.text.len();
        let Some(cell) = self.tables.last_mut().and_then(|t| t.cell.take()) else { return };
        if let Some(cell) = self.cells.get_mut(cell as usize) {
            let words = self.text.get(cell.span.start()..end).unwrap_or("");
            let start = cell.span.start() + (words.len() - words.trim_start().len());
            cell.span = Span::of(start.min(end)..end);
        }
    }

    /// Ends the innermost table; the cell it is nested in is open again.
    pub(super) fn close_table(&mut self) {
        self.close_cell();
        self.tables.pop();
    }

    /// Whether a table is open.
    pub(super) fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Notes a comment that stands here; `bytes` are those of the decoded file.
    pub(super) fn comment(&mut self, text: &str, bytes: Option<Span>) {
        // Between blocks it stands before the next one, which begins after a line break.
        let at = if self.in_words() || self.text.is_empty() { self.text.len() } else { self.text.len() + 1 };
        self.comments.push(Comment { text: text.trim().to_owned(), at, bytes });
    }

    /// Notes something about how the document was read.
    pub(super) fn notice(&mut self, notice: impl Into<String>) {
        self.notices.push(Notice(notice.into()));
    }

    /// The document. `stored` maps offsets of the decoded text to those of the file.
    ///
    /// # Errors
    /// Where more was written than may be.
    pub(super) fn finish(mut self, format: Format, stored: Stored) -> Result<Document, ReadError> {
        self.close();
        while self.in_table() {
            self.close_table();
        }
        if self.is_full {
            return Err(Limit::Paragraphs(self.limits.paragraphs).into());
        }
        if self.blocks.is_empty() {
            self.notice("the document holds no text");
        }
        for comment in &mut self.comments {
            comment.at = comment.at.min(self.text.len());
            let at = |end: usize| stored.of(crate::text::offset(end)) as usize;
            comment.bytes = comment.bytes.map(|b| Span::of(at(b.start())..at(b.end())));
        }
        let tables = table::layouts(&self.text, &self.blocks, &self.cells);
        Ok(Document {
            format,
            text: Text::new(self.text),
            blocks: self.blocks,
            cells: self.cells,
            tables,
            comments: self.comments,
            facts: self.facts,
            notices: self.notices,
            source: self.source.with_stored(stored),
            limits: self.limits,
        })
    }
}

impl OpenBlock {
    fn emphasis(&self) -> Emphasis {
        if self.strong && !self.plain { Emphasis::Strong } else { Emphasis::None }
    }
}

/// Characters that nobody sees: a paragraph of them only is none. Editors leave zero-width spaces in empty ones.
fn is_unseen(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// White space that runs together when a person reads: a no-break space does, too, since nobody sees the difference.
fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Origins of text that stands byte for byte in the decoded file, from `start` on.
pub(super) fn bytes_at(start: usize) -> impl Fn(usize, usize) -> Origin {
    move |at, len| Origin::Bytes { start: crate::text::offset(start + at), end: crate::text::offset(start + at + len) }
}

/// What a reader takes text from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    /// The file itself.
    File,
    /// A field of a data file, whose escapes leave no way back to the bytes.
    Field(&'static str),
}

impl Source {
    /// Origins of a text that stands at, or for, these bytes of the decoded file.
    pub(super) fn of(self, text: &str, at: std::ops::Range<usize>) -> impl Fn(usize, usize) -> Origin {
        let whole = text.len() == at.len();
        move |n, len| match self {
            Source::File if whole => bytes_at(at.start)(n, len),
            Source::File => stands_for(at.start, at.end)(n, len),
            Source::Field(field) => Origin::Field(field),
        }
    }
}

/// Origin of text that the bytes `start..end` of the decoded file stand for: an entity, an escape.
pub(super) fn stands_for(start: usize, end: usize) -> impl Fn(usize, usize) -> Origin {
    move |_, _| Origin::Bytes { start: crate::text::offset(start), end: crate::text::offset(end) }
}
