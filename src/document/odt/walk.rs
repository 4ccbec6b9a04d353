//! The XML of one part → the steps of its story, in one pass and without recursion, with every stretch of text counted.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::look::TextLook;
use super::styles::Styles;
use super::tags::{Tag, tag};
use crate::document::BlockKind;
use crate::document::build::NewCell;
use crate::document::role::StyleRole;
use crate::document::story::{Look, Paragraph, Piece, Step, Story, Words};
use crate::document::symbols::Font;
use crate::document::xml::{Element, End, Node, Xml};
use crate::text::offset;

/// A story that was read.
pub(super) struct Read {
    pub(super) story: Story,
    pub(super) end: End,
    /// It declares entities of its own, which are not read.
    pub(super) declares_entities: bool,
}

/// Which of a part's stories to read.
pub(super) enum Wanted {
    Body,
    /// Headers and footers of these page layouts.
    Furniture(BTreeSet<String>),
}

impl Wanted {
    /// The headers and footers of the page layouts that are used: the first of the part, those that a style asks for, and
    /// those that follow one of these.
    pub(super) fn furniture(part: &str, mut used: BTreeSet<String>) -> Wanted {
        let mut followers: Vec<(String, String)> = Vec::new();
        let mut first = true;
        for node in Xml::new(part) {
            let Node::Open(element) = node else { continue };
            if tag(element.local()) != Tag::Page {
                continue;
            }
            let name = element.attribute("name").unwrap_or_default().into_owned();
            if std::mem::take(&mut first) {
                used.insert(name.clone());
            }
            followers.extend(element.attribute("next-style-name").map(|next| (name, next.into_owned())));
        }
        // First page, left, right, left again: no chain in earnest is longer.
        for _ in 0..4 {
            let next: Vec<String> = followers.iter().filter(|(name, _)| used.contains(name)).map(|(_, next)| next.clone()).collect();
            used.extend(next);
        }
        Wanted::Furniture(used)
    }
}

/// Reads a part.
pub(super) fn walk(part: Arc<str>, mut xml: Xml, styles: &Styles, wanted: &Wanted) -> Read {
    let mut walk = Walk::new(part, styles, wanted);
    for node in xml.by_ref() {
        match node {
            Node::Open(element) => walk.open(&element),
            Node::Close => walk.close(),
            Node::Text(text) => walk.text(&text),
        }
    }
    while !walk.frames.is_empty() {
        walk.close();
    }
    let mut steps = walk.sinks.pop().unwrap_or_default();
    steps.append(&mut walk.footnotes);
    steps.append(&mut walk.endnotes);
    walk.story.steps = steps;
    Read { story: walk.story, end: xml.end(), declares_entities: xml.declares_entities() }
}

/// Text boxes within text boxes, deeper than anybody draws them.
const DEEPEST_BOX: usize = 8;

struct Walk<'s> {
    styles: &'s Styles,
    wanted: &'s Wanted,
    story: Story,
    frames: Vec<Frame>,
    /// Where steps go: the story itself, then the open text boxes, notes, headers.
    sinks: Vec<Vec<Step>>,
    footnotes: Vec<Step>,
    endnotes: Vec<Step>,
    /// What headers and footers have said so far.
    said: BTreeSet<String>,
    paragraphs: Vec<OpenParagraph>,
    looks: Vec<TextLook>,
    lists: Vec<OpenList>,
    n_paragraphs: u32,
    n_links: usize,
    n_header_rows: usize,
    n_revealed: usize,
    n_absent: usize,
    /// The tracked change being listed, the deletions among them, and those that are open here: LibreOffice leaves deleted
    /// words in the text of flat files.
    change: String,
    deletions: BTreeSet<String>,
    open_deletions: BTreeSet<String>,
    in_used_page: bool,
    is_endnote: bool,
}

#[derive(Clone, Copy)]
struct Frame {
    tag: Tag,
    shows: Shows,
    /// Characters in it are text: it is a paragraph, or part of one.
    holds_text: bool,
}

/// What an element does to what it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    AsBefore,
    /// It is what the walk is after.
    Reveals,
    Hides,
}

/// A paragraph of which more is to come.
struct OpenParagraph {
    number: u32,
    kind: BlockKind,
    pieces: Vec<Piece>,
    /// The text boxes that it holds: a person reads them after it.
    boxes: Vec<Step>,
    /// Stretches of text so far, and bytes of the last one; `true` while no tag has ended it.
    n_stretches: u32,
    at: u32,
    in_stretch: bool,
}

struct OpenList {
    style: String,
    /// Its item has had its bullet: further paragraphs of the item have none.
    marked: bool,
}

impl<'s> Walk<'s> {
    fn new(part: Arc<str>, styles: &'s Styles, wanted: &'s Wanted) -> Walk<'s> {
        Walk {
            styles,
            wanted,
            story: Story::new(part),
            frames: Vec::new(),
            sinks: vec![Vec::new()],
            footnotes: Vec::new(),
            endnotes: Vec::new(),
            said: BTreeSet::new(),
            paragraphs: Vec::new(),
            looks: Vec::new(),
            lists: Vec::new(),
            n_paragraphs: 0,
            n_links: 0,
            n_header_rows: 0,
            n_revealed: 0,
            n_absent: 0,
            change: String::new(),
            deletions: BTreeSet::new(),
            open_deletions: BTreeSet::new(),
            in_used_page: false,
            is_endnote: false,
        }
    }

    fn open(&mut self, element: &Element) {
        self.end_stretch();
        let tag = tag(element.local());
        let shows = self.enter(tag, element);
        let holds_text = match tag {
            Tag::Paragraph | Tag::Heading => true,
            Tag::Span | Tag::Link | Tag::Other => self.frames.last().is_some_and(|f| f.holds_text),
            _ => false,
        };
        self.frames.push(Frame { tag, shows, holds_text });
        match shows {
            Shows::AsBefore => {}
            Shows::Reveals => self.n_revealed += 1,
            Shows::Hides => self.n_absent += 1,
        }
    }

    fn enter(&mut self, tag: Tag, element: &Element) -> Shows {
        match tag {
            Tag::Absent => return Shows::Hides,
            Tag::Body if matches!(self.wanted, Wanted::Body) => return Shows::Reveals,
            Tag::Page => {
                let Wanted::Furniture(used) = self.wanted else { return Shows::AsBefore };
                self.in_used_page = used.contains(element.attribute("name").unwrap_or_default().as_ref());
            }
            Tag::Furniture => {
                self.sinks.push(Vec::new());
                let is_shown = element.attribute("display").is_none_or(|d| d != "false");
                return if self.in_used_page && is_shown { Shows::Reveals } else { Shows::Hides };
            }
            Tag::Section if element.attribute("display").is_some_and(|d| d == "none") => return Shows::Hides,
            Tag::Paragraph | Tag::Heading => self.open_paragraph(tag, element),
            Tag::Link => self.n_links += 1,
            Tag::Span => self.open_span(element),
            Tag::Space => self.insert(" "),
            Tag::LineBreak => self.line_break(),
            Tag::List => self.open_list(element),
            Tag::ListItem => self.lists.last_mut().into_iter().for_each(|list| list.marked = false),
            Tag::Table => self.step(Step::OpenTable),
            Tag::HeaderRows => self.n_header_rows += 1,
            Tag::Row => self.step(Step::Row { free: 0 }),
            Tag::Cell => self.open_cell(element),
            Tag::TextBox | Tag::NoteBody => {
                self.sinks.push(Vec::new());
                return if self.sinks.len() > DEEPEST_BOX { Shows::Hides } else { Shows::AsBefore };
            }
            Tag::Note => self.is_endnote = element.attribute("note-class").is_some_and(|c| c == "endnote"),
            Tag::Change | Tag::Deletion | Tag::ChangeStart | Tag::ChangeEnd => self.change(tag, element),
            Tag::Body | Tag::Section | Tag::Drawing | Tag::Other => {}
        }
        Shows::AsBefore
    }

    fn change(&mut self, tag: Tag, element: &Element) {
        let id = |name| element.attribute(name).unwrap_or_default().into_owned();
        match tag {
            Tag::Change => self.change = id("id"),
            Tag::Deletion => drop(self.deletions.insert(self.change.clone())),
            Tag::ChangeStart if self.deletions.contains(&id("change-id")) => drop(self.open_deletions.insert(id("change-id"))),
            Tag::ChangeEnd => drop(self.open_deletions.remove(&id("change-id"))),
            _ => {}
        }
    }

    fn close(&mut self) {
        self.end_stretch();
        let Some(frame) = self.frames.pop() else { return };
        match frame.tag {
            Tag::Page => self.in_used_page = false,
            Tag::Furniture | Tag::TextBox | Tag::NoteBody => self.close_sink(frame.tag),
            Tag::Paragraph | Tag::Heading => self.close_paragraph(),
            Tag::Span => drop(self.looks.pop()),
            Tag::Link => self.n_links = self.n_links.saturating_sub(1),
            Tag::List => drop(self.lists.pop()),
            Tag::Table => self.step(Step::CloseTable),
            Tag::HeaderRows => self.n_header_rows = self.n_header_rows.saturating_sub(1),
            _ => {}
        }
        match frame.shows {
            Shows::AsBefore => {}
            Shows::Reveals => self.n_revealed = self.n_revealed.saturating_sub(1),
            Shows::Hides => self.n_absent = self.n_absent.saturating_sub(1),
        }
    }

    fn is_read(&self) -> bool {
        self.n_revealed > 0 && self.n_absent == 0
    }

    fn step(&mut self, step: Step) {
        if self.is_read()
            && let Some(sink) = self.sinks.last_mut()
        {
            sink.push(step);
        }
    }

    fn close_sink(&mut self, tag: Tag) {
        let Some(mut steps) = self.sinks.pop().filter(|_| self.is_read()) else { return };
        match (tag, self.paragraphs.last_mut()) {
            (Tag::Furniture, _) if !self.said.insert(self.story.words(&steps)) => {}
            (Tag::NoteBody, _) if self.is_endnote => self.endnotes.extend(steps),
            (Tag::NoteBody, _) => self.footnotes.extend(steps),
            (Tag::TextBox, Some(paragraph)) => paragraph.boxes.extend(steps),
            _ => self.sinks.last_mut().into_iter().for_each(|sink| sink.append(&mut steps)),
        }
    }

    fn open_paragraph(&mut self, tag: Tag, element: &Element) {
        let style = self.styles.of_paragraph(element.attribute("style-name").as_deref());
        let level = element.number("outline-level").and_then(|n| u8::try_from(n).ok()).unwrap_or(1);
        let kind = match (tag, style.role) {
            // LibreOffice writes level 10 for headings outside the outline.
            (Tag::Heading, StyleRole::Heading(n)) if level > 6 => BlockKind::Heading(n),
            (Tag::Heading, _) => BlockKind::Heading(level.clamp(1, 6)),
            (_, StyleRole::Heading(n)) => BlockKind::Heading(n),
            (_, StyleRole::Quotation) => BlockKind::Quotation,
            _ => self.item().unwrap_or(BlockKind::Paragraph),
        };
        let number = self.n_paragraphs;
        self.n_paragraphs += 1;
        self.looks.push(style.look);
        self.paragraphs.push(OpenParagraph { number, kind, pieces: Vec::new(), boxes: Vec::new(), n_stretches: 0, at: 0, in_stretch: false });
    }

    /// The first paragraph of a list's item, where the list shows a bullet or number.
    fn item(&mut self) -> Option<BlockKind> {
        let depth = self.lists.len().checked_sub(1)?;
        let list = self.lists.last_mut()?;
        let first = !std::mem::replace(&mut list.marked, true);
        let deepest = u8::try_from(depth).unwrap_or(u8::MAX).min(8);
        (first && self.styles.is_item(&list.style, depth)).then_some(BlockKind::Item(deepest))
    }

    fn close_paragraph(&mut self) {
        self.looks.pop();
        let Some(open) = self.paragraphs.pop() else { return };
        self.step(Step::Paragraph(Paragraph { kind: open.kind, pieces: open.pieces }));
        if self.is_read()
            && let Some(sink) = self.sinks.last_mut()
        {
            sink.extend(open.boxes);
        }
    }

    fn open_span(&mut self, element: &Element) {
        let own = element.attribute("style-name").map(|name| self.styles.of_span(&name)).unwrap_or_default();
        let base = self.looks.last().copied().unwrap_or_default();
        self.looks.push(own.over(base));
    }

    fn open_list(&mut self, element: &Element) {
        let inherited = || self.lists.last().map(|list| list.style.clone()).unwrap_or_default();
        let style = element.attribute("style-name").map(|v| v.into_owned()).unwrap_or_else(inherited);
        // Before its first item there may be a header, which has no bullet.
        self.lists.push(OpenList { style, marked: true });
    }

    fn open_cell(&mut self, element: &Element) {
        let number = |name: &str| element.number(name).unwrap_or(1);
        // Cells that are repeated are empty ones: one over all their columns takes the same place.
        let columns = number("number-columns-spanned").saturating_mul(number("number-columns-repeated"));
        self.step(Step::Cell(NewCell { rows: number("number-rows-spanned"), columns, header: self.n_header_rows > 0 }));
    }

    fn end_stretch(&mut self) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.in_stretch = false;
        }
    }

    /// Characters between two tags, or some of them.
    fn text(&mut self, text: &str) {
        let holds_text = self.frames.last().is_some_and(|f| f.holds_text);
        let Some((font, mut words)) = self.place(text.len()).filter(|_| holds_text) else { return };
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if font == Font::Plain {
            return self.story.push(&mut paragraph.pieces, text, words);
        }
        for c in text.chars() {
            words.stored = offset(c.len_utf8());
            let shown = font.shows(c).unwrap_or(c);
            self.story.push(&mut paragraph.pieces, shown.encode_utf8(&mut [0; 4]), words);
            words.at += words.stored;
        }
    }

    /// Counts bytes of the open stretch, none where the characters are not the file's; where they are shown, says how and
    /// where they stand.
    fn place(&mut self, n_bytes: usize) -> Option<(Font, Words)> {
        let is_read = self.is_read() && self.open_deletions.is_empty();
        let paragraph = self.paragraphs.last_mut()?;
        if n_bytes > 0 && !std::mem::replace(&mut paragraph.in_stretch, true) {
            paragraph.n_stretches += 1;
            paragraph.at = 0;
        }
        let at = paragraph.at;
        paragraph.at += offset(n_bytes);
        let own = self.looks.last().copied().unwrap_or_default();
        if !is_read || own.hidden == Some(true) {
            return None;
        }
        // A link is underlined because it is one, not to stand out.
        let underlined = own.underlined == Some(true) && self.n_links == 0;
        let look = Look { strong: own.bold == Some(true) || own.caps == Some(true) || underlined, size: own.half_points() };
        let run = paragraph.n_stretches.saturating_sub(1);
        Some((own.font.unwrap_or_default(), Words { start: 0, end: 0, paragraph: paragraph.number, run, at, stored: offset(n_bytes), look }))
    }

    fn insert(&mut self, words: &str) {
        if let Some((_, at)) = self.place(0)
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            self.story.push(&mut paragraph.pieces, words, at);
        }
    }

    fn line_break(&mut self) {
        if self.place(0).is_some()
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.pieces.push(Piece::Break);
        }
    }
}
