//! Small Word files made of the XML under test, and documents as lines that a test can compare.

use std::io::{Cursor, Write};

use jdlint::document::{Block, BlockKind, Document, Emphasis, Format, ReadError};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word file in the making.
pub struct Word {
    parts: Vec<(String, Vec<u8>)>,
    rels: String,
}

/// A Word file whose body is this XML.
pub fn word(body: &str) -> Word {
    let document = format!(r#"<w:document {}><w:body>{body}</w:body></w:document>"#, namespaces());
    Word { parts: vec![("word/document.xml".into(), document.into_bytes())], rels: String::new() }
}

pub fn namespaces() -> String {
    format!(
        r#"xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex""#
    )
}

impl Word {
    /// Adds a part that the body refers to by its role, with the role as the id.
    pub fn part(mut self, role: &str, root: &str, inner: &str) -> Word {
        let name = format!("{role}.xml");
        let kind = role.trim_end_matches(|c: char| c.is_ascii_digit());
        self.rels += &format!(r#"<Relationship Id="{role}" Type="{R}/{kind}" Target="{name}"/>"#);
        self.parts.push((format!("word/{name}"), format!("<w:{root} {}>{inner}</w:{root}>", namespaces()).into_bytes()));
        self
    }

    pub fn styles(self, inner: &str) -> Word {
        self.part("styles", "styles", inner)
    }

    pub fn numbering(self, inner: &str) -> Word {
        self.part("numbering", "numbering", inner)
    }

    pub fn bytes(self) -> Vec<u8> {
        let top = format!(r#"<Relationships><Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>"#);
        let rels = format!("<Relationships>{}</Relationships>", self.rels);
        let mut parts = self.parts;
        parts.push(("_rels/.rels".into(), top.into_bytes()));
        parts.push(("word/_rels/document.xml.rels".into(), rels.into_bytes()));
        zipped(&parts)
    }

    pub fn read(self) -> Document {
        Document::read(&self.bytes(), Format::Word).expect("it is a Word file")
    }

    /// The blocks, as lines.
    pub fn lines(self) -> Vec<String> {
        lines(&self.read())
    }
}

/// A zip file of these parts.
pub fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory is writable");
        zip.write_all(bytes).expect("memory is writable");
    }
    zip.finish().expect("memory is writable").into_inner()
}

/// Why the bytes are refused.
pub fn refusal(bytes: &[u8]) -> ReadError {
    Document::read(bytes, Format::Word).expect_err("it is refused")
}

/// “# heading”, “- item”, “> quotation”, “*strong*”; a cell's row, column and size before it.
pub fn lines(document: &Document) -> Vec<String> {
    document.blocks().iter().map(|block| line(document, block)).collect()
}

fn line(document: &Document, block: &Block) -> String {
    let mark = match block.kind {
        BlockKind::Heading(n) => format!("{} ", "#".repeat(n.into())),
        BlockKind::Item(n) => format!("{}- ", "  ".repeat(n.into())),
        BlockKind::Quotation => "> ".into(),
        BlockKind::Code => "` ".into(),
        BlockKind::Paragraph => String::new(),
    };
    let star = if block.emphasis == Emphasis::Strong { "*" } else { "" };
    let place = block.cell.map_or(String::new(), |id| {
        let cell = &document.cells()[id as usize];
        let size = if (cell.rows, cell.columns) == (1, 1) { String::new() } else { format!(" {}x{}", cell.rows, cell.columns) };
        format!("{},{}{size}| ", cell.row, cell.column)
    });
    format!("{place}{mark}{star}{}{star}", document.slice(block.span))
}

/// A run of words.
pub fn r(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

/// A paragraph of runs.
pub fn p(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

/// A paragraph of plain words.
pub fn say(words: &str) -> String {
    p(&r(words))
}

/// A table of rows of cells, each a paragraph of plain words.
pub fn table(rows: &[&[&str]]) -> String {
    let rows: String = rows.iter().map(|cells| row("", &cells.iter().map(|words| cell("", words)).collect::<String>())).collect();
    format!("<w:tbl>{rows}</w:tbl>")
}

pub fn row(properties: &str, cells: &str) -> String {
    format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
}

pub fn cell(properties: &str, words: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", say(words))
}
