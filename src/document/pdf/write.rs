//! Paragraphs and tables of all pages → the document.

use std::collections::BTreeMap;

use super::hyphens::{Join, Vocabulary};
use super::lines::{Line, Word};
use super::paragraphs::{Paragraph, is_picture};
use super::regions::{Cell, Node, Table};
use crate::document::build::{Builder, NewCell};
use crate::document::source::{Origin, PagePlace};
use crate::document::{BlockKind, Emphasis};

pub(super) fn write(builder: &mut Builder, pages: Vec<Vec<Node>>, furniture: Vec<Line>) {
    let nodes = joined(pages);
    let writer = Writer::new(&nodes);
    for node in &nodes {
        match node {
            Node::Paragraph(paragraph) => writer.paragraph(builder, paragraph, Place::Flow),
            Node::Table(table) => writer.table(builder, table),
        }
    }
    for line in furniture {
        writer.paragraph(builder, &Paragraph { lines: vec![line], item: None }, Place::Cell);
    }
}

/// The pages one after the other; a paragraph or table that a page's end divides is one.
fn joined(pages: Vec<Vec<Node>>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for page in pages {
        for (n, node) in page.into_iter().enumerate() {
            match (nodes.last_mut(), node) {
                (Some(Node::Paragraph(last)), Node::Paragraph(next)) if n == 0 && reads_on(last, &next) => last.lines.extend(next.lines),
                (Some(Node::Table(last)), Node::Table(next)) if n == 0 && same_columns(last, &next) => go_on(last, next),
                (_, Node::Table(frame)) if frame.is_frame => {
                    let paragraphs = frame.rows.into_iter().flatten().flat_map(|c| c.paragraphs);
                    nodes.extend(paragraphs.map(Node::Paragraph));
                }
                (_, node) => nodes.push(node),
            }
        }
    }
    nodes
}

fn reads_on(last: &Paragraph, next: &Paragraph) -> bool {
    let (Some(end), Some(start)) = (last.lines.last(), next.lines.first()) else { return false };
    let small = start.words.first().and_then(|w| w.text.chars().next()).is_some_and(char::is_lowercase);
    !ends_sentence(last) && small && next.item.is_none() && (end.size() - start.size()).abs() < 0.5 && end.strong() == start.strong()
}

/// A table goes on over the page, perhaps in the midst of a row.
fn go_on(last: &mut Table, next: Table) {
    let mut rows = next.rows.into_iter();
    let (Some(above), Some(below)) = (last.rows.last_mut(), rows.next()) else { return };
    let divided = |(a, b): (&Cell, &Cell)| a.paragraphs.last().zip(b.paragraphs.first()).is_some_and(|(a, b)| reads_on(a, b));
    if above.len() != below.len() || !above.iter().zip(&below).any(divided) {
        last.rows.push(below);
    } else {
        for (above, below) in above.iter_mut().zip(below) {
            let mut paragraphs = below.paragraphs.into_iter();
            match (above.paragraphs.last_mut(), paragraphs.next()) {
                (Some(end), Some(start)) if start.item.is_none() && !ends_sentence(end) => end.lines.extend(start.lines),
                (_, start) => above.paragraphs.extend(start),
            }
            above.paragraphs.extend(paragraphs);
        }
    }
    last.rows.extend(rows);
}

fn ends_sentence(paragraph: &Paragraph) -> bool {
    let last = paragraph.lines.last().and_then(|l| l.words.last());
    last.is_none_or(|w| w.text.ends_with(['.', ':', ';', '!', '?']))
}

fn same_columns(a: &Table, b: &Table) -> bool {
    a.lefts.len() == b.lefts.len() && a.lefts.iter().zip(&b.lefts).all(|(a, b)| (a - b).abs() <= 4.0)
}

/// Where a paragraph stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Flow,
    Cell,
}

struct Writer {
    vocabulary: Vocabulary,
    /// The size of most of the text.
    body: f32,
    /// Larger sizes, in half points, from the largest.
    sizes: Vec<u32>,
}

/// No heading has more letters.
const LONGEST_HEADING: usize = 160;
/// A heading is larger than the text by so much, at least.
const LARGER: f32 = 1.12;

impl Writer {
    fn new(nodes: &[Node]) -> Writer {
        let mut vocabulary = Vocabulary::default();
        let mut letters: BTreeMap<u32, usize> = BTreeMap::new();
        for line in all_lines(nodes) {
            for (n, word) in line.words.iter().enumerate() {
                *letters.entry(half_points(word.size)).or_insert(0) += word.text.len();
                if n > 0 && n + 1 < line.words.len() {
                    vocabulary.add(&word.text);
                }
            }
        }
        let body = letters.iter().max_by_key(|(_, n)| **n).map_or(24, |(size, _)| *size);
        #[expect(clippy::cast_precision_loss, reason = "some tens of points")]
        let body = body as f32 / 2.0;
        let mut writer = Writer { vocabulary, body, sizes: Vec::new() };
        let headings = nodes.iter().filter_map(|n| if let Node::Paragraph(p) = n { Some(p) } else { None }).filter(|p| writer.is_larger(p));
        let mut sizes: Vec<u32> = headings.filter_map(|p| p.lines.first()).map(|l| half_points(l.size())).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        sizes.dedup();
        writer.sizes = sizes;
        writer
    }

    fn is_larger(&self, paragraph: &Paragraph) -> bool {
        let length: usize = paragraph.lines.iter().flat_map(|l| &l.words).map(|w| w.text.len() + 1).sum();
        let worded = paragraph.lines.iter().flat_map(|l| &l.words).any(|w| w.text.contains(char::is_alphabetic));
        paragraph.item.is_none() && worded && length <= LONGEST_HEADING && paragraph.lines.iter().all(|l| l.size() >= self.body * LARGER)
    }

    fn kind(&self, paragraph: &Paragraph, place: Place) -> BlockKind {
        if let Some(depth) = paragraph.item {
            return BlockKind::Item(depth);
        }
        if place == Place::Cell || !self.is_larger(paragraph) {
            return BlockKind::Paragraph;
        }
        let size = paragraph.lines.first().map_or(0, |l| half_points(l.size()));
        let level = self.sizes.iter().position(|s| *s == size).unwrap_or(0) + 1;
        BlockKind::Heading(u8::try_from(level.min(6)).unwrap_or(6))
    }

    fn paragraph(&self, builder: &mut Builder, paragraph: &Paragraph, place: Place) {
        builder.open(self.kind(paragraph, place));
        for (n, line) in paragraph.lines.iter().enumerate() {
            let next = paragraph.lines.get(n + 1).and_then(|l| l.words.first());
            for (m, word) in line.words.iter().enumerate() {
                let is_last = m + 1 == line.words.len();
                let join = next.filter(|_| is_last).map_or(Join::Apart, |next| self.vocabulary.join(&word.text, &next.text));
                let text = match join {
                    Join::Divided => word.text.trim_end_matches(['-', '\u{2010}', '\u{AD}']),
                    _ if (n, m) == (0, 0) && paragraph.item.is_some() && is_picture(word) => "•",
                    _ => &word.text,
                };
                put(builder, word, text);
                if join == Join::Apart {
                    put(builder, word, " ");
                }
            }
        }
        builder.close();
    }

    fn table(&self, builder: &mut Builder, table: &Table) {
        builder.open_table();
        let header = is_header(&table.rows);
        for (n, row) in table.rows.iter().enumerate() {
            builder.open_row();
            for cell in row {
                builder.open_cell(NewCell { rows: cell.rows, columns: cell.columns, header: n == 0 && header });
                for paragraph in &cell.paragraphs {
                    self.paragraph(builder, paragraph, Place::Cell);
                }
                builder.close_cell();
            }
        }
        builder.close_table();
    }
}

fn put(builder: &mut Builder, word: &Word, text: &str) {
    let emphasis = if word.strong { Emphasis::Strong } else { Emphasis::None };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "points on a page, never below zero after `max`")]
    let at = PagePlace { number: word.page, x: word.x0.max(0.0) as u32, y: word.y.max(0.0) as u32 };
    builder.flow(text, emphasis, |_, _| Origin::Page(at));
}

/// Whether all words of the first row stand out, and not all of the second's.
fn is_header(rows: &[Vec<Cell>]) -> bool {
    let lines = |row: &[Cell]| row.iter().flat_map(|c| &c.paragraphs).flat_map(|p| &p.lines).map(Line::strong).collect::<Vec<bool>>();
    let [first, second, ..] = rows else { return false };
    let (first, second) = (lines(first), lines(second));
    first.len() > 1 && first.iter().all(|strong| *strong) && second.iter().any(|strong| !strong)
}

fn all_lines(nodes: &[Node]) -> impl Iterator<Item = &Line> {
    let paragraphs = nodes.iter().flat_map(|node| match node {
        Node::Paragraph(paragraph) => vec![paragraph],
        Node::Table(table) => table.rows.iter().flatten().flat_map(|c| &c.paragraphs).collect(),
    });
    paragraphs.flat_map(|p| &p.lines)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are between half a point and 2000")]
fn half_points(size: f32) -> u32 {
    (size * 2.0).round() as u32
}
