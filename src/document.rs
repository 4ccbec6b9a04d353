//! Bytes of a known format → [`Document`]: the text a person reads, in reading order, its blocks, and the way back from
//! each word to where it stands in the file.
//!
//! One file per format; all of them write through `build::Builder`. Knows nothing of rules or of what a section means.

mod build;
mod bullets;
mod decode;
pub(crate) mod docx;
mod error;
mod format;
mod html;
mod jsonld;
mod limits;
mod markdown;
pub(crate) mod odt;
pub(crate) mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
pub(crate) mod raw;
mod role;
pub(crate) mod sniff;
mod source;
mod story;
mod symbols;
mod table;
pub(crate) mod xml;

pub use error::ReadError;
pub use format::Format;
pub use limits::{Limit, Limits, PICTURES};
pub use sniff::Foreign;
pub use source::{Location, PagePlace, WordPlace};

use crate::text::{Span, Text};
use source::SourceMap;

/// A document as a person reads it.
#[derive(Clone, Debug)]
pub struct Document {
    format: Format,
    text: Text,
    blocks: Vec<Block>,
    cells: Vec<Cell>,
    tables: Vec<table::Layout>,
    comments: Vec<Comment>,
    facts: Facts,
    notices: Vec<Notice>,
    source: SourceMap,
    limits: Limits,
}

/// A paragraph, heading, list item … of a document. Blocks stand in reading order and do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, without a typed bullet or number, without white space at the ends.
    pub span: Span,
    /// How it stands out from its neighbours, which is how most adverts mark their headings.
    pub emphasis: Emphasis,
    /// The innermost table cell that it stands in: an index into [`Document::cells`].
    pub cell: Option<u32>,
}

/// The kinds of block. A list item or heading within a table cell keeps its kind; its cell is in [`Block::cell`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading that the format marks as one, level 1 to 6 (Word's “Title” is 1).
    Heading(u8),
    /// A paragraph, a line of a text, or the plain content of a table cell.
    Paragraph,
    /// An item of a list, its depth from 0.
    Item(u8),
    /// A quotation: somebody else's words.
    Quotation,
    /// Program text or preformatted material.
    Code,
}

/// How a block stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emphasis {
    /// It does not, or only some of its words do.
    #[default]
    None,
    /// The whole of it is bold, underlined, or set larger than the text around it.
    Strong,
}

/// A cell of a table, placed in the grid as it looks: merged cells take several rows or columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Which table of the document, counted from 0 in the order in which tables begin.
    pub table: u32,
    /// The cell that this table is nested in: an index into [`Document::cells`].
    pub parent: Option<u32>,
    /// Top row, from 0.
    pub row: u32,
    /// Leftmost column, from 0.
    pub column: u32,
    /// How many rows it takes, at least 1.
    pub rows: u32,
    /// How many columns it takes, at least 1.
    pub columns: u32,
    /// Whether the format says that it is a header (`<th>`, a Markdown table's first row, Word's repeated header row).
    pub header: bool,
    /// Everything in it, nested tables included; empty where the cell is.
    pub span: Span,
}

/// Something the author wrote for tools or colleagues, not for readers: an HTML comment, or a `jdlint:` line in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What it says, without its marks, trimmed.
    pub text: String,
    /// Where it stands: the byte of the document's text that follows it.
    pub at: usize,
    /// The bytes of the file that hold it, marks included, where the format has such.
    pub bytes: Option<Span>,
}

/// What a job board's data says about the advert beside its text (schema.org JobPosting).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The title of the post.
    pub title: Option<String>,
    /// Pay, as words: “24800 GBP a year”.
    pub pay: Option<String>,
    /// `employmentType`: “FULL_TIME”.
    pub hours: Option<String>,
    /// The place of work.
    pub place: Option<String>,
    /// The hiring organisation's name, which is never wording to judge.
    pub employer: Option<String>,
    /// The last day to apply.
    pub closes: Option<String>,
}

/// Something a reader of the report should know about how the document was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice(pub String);

impl Document {
    /// Reads the bytes of a file.
    ///
    /// What could not be read in an otherwise readable document is a [`Notice`] beside it.
    ///
    /// # Errors
    /// Only where there is nothing to lint: another kind of file than its name says, damaged, encrypted, too large.
    ///
    /// ```
    /// use jdlint::{Document, Format};
    ///
    /// let document = Document::read("# Clerk\n\nWe need **sales**men.\n".as_bytes(), Format::Markdown)?;
    /// assert_eq!(document.text().as_str(), "Clerk\nWe need salesmen.", "markup is gone, words are whole");
    /// assert!(Document::read(b"\x89PNG", Format::Word).is_err_and(|e| e.to_string().contains("a picture")));
    /// # Ok::<(), jdlint::ReadError>(())
    /// ```
    pub fn read(bytes: &[u8], format: Format) -> Result<Document, ReadError> {
        Document::read_within(bytes, format, &Limits::default())
    }

    /// The same, within limits of one's own.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn read_within(bytes: &[u8], format: Format, limits: &Limits) -> Result<Document, ReadError> {
        let is_text = matches!(format, Format::Text | Format::Markdown | Format::Html | Format::JsonLd);
        let n_bytes = bytes.len() as u64;
        if n_bytes > limits.file {
            return Err(Limit::File(limits.file).into());
        } else if is_text && n_bytes > limits.unpacked {
            return Err(Limit::Unpacked(limits.unpacked).into());
        }
        if let Some(refusal) = is_text.then(|| sniff::no_text(bytes)).flatten() {
            return Err(refusal);
        }
        match format {
            Format::Text => plain::read(bytes, limits),
            Format::Markdown => markdown::read(bytes, limits),
            Format::Html => html::read(bytes, limits),
            Format::JsonLd => jsonld::read(bytes, limits),
            Format::Word => docx::read(bytes, limits),
            Format::OpenDocument => odt::read(bytes, limits),
            #[cfg(feature = "pdf")]
            Format::Pdf => pdf::read(bytes, limits),
        }
    }

    /// The document with a title that is known from elsewhere: a column of the table it came from.
    #[must_use]
    pub fn titled(mut self, title: &str) -> Document {
        let title = title.trim();
        if !title.is_empty() {
            self.facts.title = Some(title.to_owned());
        }
        self
    }

    /// What it was read as.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The whole text; every [`Span`] of the document is a place in it.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The words at a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.slice(span)
    }

    /// The blocks, in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The cells of all tables, in the order in which they begin.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Comments, in order.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// What a job board's data says beside the text.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What to know about how it was read.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Where a span stands in the file.
    pub fn locate(&self, span: Span) -> Location {
        self.source.locate(span)
    }

    /// Within which limits it was read, which are those for reading more of its file.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Text as the file stores it; `None` where its encoding has no such character.
    pub(crate) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        self.source.stored().encode(text)
    }

    /// Bytes of the file as text, by its encoding.
    pub fn decode(&self, bytes: &[u8]) -> String {
        self.source.stored().decode(bytes)
    }

    /// The cells that head a cell's column, from the top: a table's header row or rows (marked as such, or told by how the
    /// table is built), the last of those that repeat it, and the last row that is one cell across the whole table.
    pub fn column_headers(&self, cell: u32) -> Vec<u32> {
        table::column_headers(&self.tables, &self.cells, cell)
    }

    /// The cells that head a cell's row, from the left: those marked as headers, else the first column's.
    pub fn row_headers(&self, cell: u32) -> Vec<u32> {
        table::row_headers(&self.tables, &self.cells, cell)
    }

    /// Whether a cell heads other cells of its column, rather than being one of the table's entries.
    pub fn is_header(&self, cell: u32) -> bool {
        let table = self.cells.get(cell as usize).and_then(|c| self.tables.get(c.table as usize));
        table.is_some_and(|layout| layout.is_header(cell))
    }
}
