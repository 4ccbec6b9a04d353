//! PDFs written by hand, and documents as lines that a test can compare.

use std::fmt::Write;

use jdlint::document::{Block, BlockKind, Document, Emphasis, Format, ReadError};

/// Fonts that every reader has, so that none need be embedded.
const FONTS: [(&str, &str); 7] = [
    ("Plain", "Helvetica"),
    ("Bold", "Helvetica-Bold"),
    ("Serif", "Times-Roman"),
    ("SerifBold", "Times-Bold"),
    ("Symbol", "Symbol"),
    ("Dingbats", "ZapfDingbats"),
    ("Mono", "Courier"),
];

/// A PDF in the making: what is drawn on each page, 595 by 842 points. Places are counted from the upper left corner.
#[derive(Default)]
pub struct Pdf {
    pages: Vec<String>,
}

impl Pdf {
    pub fn page(mut self) -> Pdf {
        self.pages.push(String::new());
        self
    }

    fn draw(&mut self, what: std::fmt::Arguments<'_>) {
        if self.pages.is_empty() {
            self.pages.push(String::new());
        }
        let page = self.pages.last_mut().expect("there is a page");
        page.write_fmt(what).and_then(|()| page.write_char('\n')).expect("a string takes everything");
    }

    /// Words in a font, at their left end and baseline. `words` is written as it stands, escapes and all.
    pub fn text(mut self, font: &str, size: u32, x: u32, y: u32, words: &str) -> Pdf {
        self.draw(format_args!("BT /{font} {size} Tf {x} {} Td ({words}) Tj ET", 842 - y));
        self
    }

    /// Lines of plain text, 14 points apart.
    pub fn lines(mut self, x: u32, y: u32, lines: &[&str]) -> Pdf {
        let mut at = y;
        for line in lines {
            self = self.text("Plain", 11, x, at, line);
            at += 14;
        }
        self
    }

    /// A drawn line.
    pub fn rule(mut self, from: (u32, u32), to: (u32, u32)) -> Pdf {
        self.draw(format_args!("{} {} m {} {} l S", from.0, 842 - from.1, to.0, 842 - to.1));
        self
    }

    /// Drawing operators as they stand.
    pub fn raw(mut self, operators: &str) -> Pdf {
        self.draw(format_args!("{operators}"));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
        let kids: String = (0..self.pages.len()).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect();
        objects.push(format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()));
        let fonts: String = FONTS.iter().map(|(name, base)| format!("/{name} << /Type /Font /Subtype /Type1 /BaseFont /{base} >> ")).collect();
        objects.push(format!("<< /Font << {fonts} >> >>"));
        for (n, page) in self.pages.iter().enumerate() {
            objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 3 0 R /Contents {} 0 R >>", 5 + 2 * n));
            objects.push(format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()));
        }
        let mut file = "%PDF-1.4\n".to_owned();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (n, object) in objects.iter().enumerate() {
            writeln!(table, "{:010} 00000 n ", file.len()).expect("a string takes everything");
            writeln!(file, "{} 0 obj\n{object}\nendobj", n + 1).expect("a string takes everything");
        }
        let start = file.len();
        file += &format!("{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
        file.into_bytes()
    }

    pub fn read(&self) -> Document {
        Document::read(&self.bytes(), Format::Pdf).expect("it is a PDF with text")
    }
}

pub fn pdf() -> Pdf {
    Pdf::default()
}

pub fn refusal(bytes: &[u8]) -> ReadError {
    Document::read(bytes, Format::Pdf).expect_err("it should be refused")
}

/// Each block as a line: what it is, and its words.
pub fn lines(document: &Document) -> Vec<String> {
    document.blocks().iter().map(|block| format!("{}{}", kind(block), document.slice(block.span))).collect()
}

fn kind(block: &Block) -> String {
    match (block.kind, block.emphasis) {
        (BlockKind::Heading(level), _) => format!("{} ", "#".repeat(level.into())),
        (BlockKind::Item(depth), _) => format!("{}* ", "  ".repeat(depth.into())),
        (_, Emphasis::Strong) => "! ".to_owned(),
        _ => String::new(),
    }
}
