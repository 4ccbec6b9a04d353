//! The XML of one story → its steps, in one pass and without recursion, with every run counted.
//!
//! Paragraphs are counted in file order within the part, and runs in file order within the innermost paragraph, also
//! those that are not shown, so that whoever edits the file finds them again.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Shape;
use super::look::is_on;
use super::paragraph::{OpenParagraph, OpenRun};
use super::tags::{Names, Tag};
use crate::document::build::NewCell;
use crate::document::story::{Paragraph, Piece, Step, Story};
use crate::document::xml::{Element, End, Node, Xml};

/// A story and what it says of other parts.
pub(super) struct Read {
    pub(super) story: Story,
    pub(super) end: End,
    /// It declares entities of its own, which are not read.
    pub(super) declares_entities: bool,
    /// Another file's content belongs in it, which was not read.
    pub(super) imports: bool,
    /// Ids of the notes that it refers to.
    pub(super) footnotes: BTreeSet<String>,
    pub(super) endnotes: BTreeSet<String>,
    /// Headers and footers that are printed.
    pub(super) furniture: Vec<Furniture>,
}

/// A header or footer.
pub(super) struct Furniture {
    /// The relationship's, which knows which of the two it is.
    pub(super) id: String,
    /// It belongs to even pages, which count only where the settings say so.
    pub(super) is_even: bool,
}

/// Which of a part's stories to read.
pub(super) enum Wanted<'i> {
    Everything,
    /// Notes of these ids; not the lines that separate them from the text.
    Notes(&'i BTreeSet<String>),
}

/// Reads a part.
pub(super) fn walk(part: Arc<str>, mut xml: Xml, shape: &Shape, wanted: &Wanted) -> Read {
    let mut walk = Walk::new(part, shape, wanted);
    for node in xml.by_ref() {
        match node {
            Node::Open(element) => walk.open(&element),
            Node::Close => walk.close(),
            Node::Text(text) if walk.frames.last().is_some_and(|f| f.tag == Tag::Text) => walk.text(&text),
            Node::Text(_) => {}
        }
    }
    while !walk.frames.is_empty() {
        walk.close();
    }
    (walk.read.end, walk.read.declares_entities) = (xml.end(), xml.declares_entities());
    walk.read.story.steps = walk.sinks.pop().map(|mut sink| sink.finish()).unwrap_or_default();
    walk.read
}

/// Text boxes within text boxes: Word has none, so a few are plenty.
const DEEPEST_BOX: usize = 8;

pub(super) struct Walk<'s> {
    pub(super) shape: &'s Shape,
    wanted: &'s Wanted<'s>,
    pub(super) read: Read,
    names: Option<Names>,
    frames: Vec<Frame>,
    /// Where steps go: the story itself, then the open text boxes.
    pub(super) sinks: Vec<Sink>,
    pub(super) paragraphs: Vec<OpenParagraph<'s>>,
    pub(super) runs: Vec<OpenRun>,
    pub(super) rows: Vec<OpenRow>,
    n_paragraphs: u32,
    /// Open content controls, and whether what they hold is no text of the author's.
    controls: Vec<bool>,
    /// Open `mc:AlternateContent`, and whether a way was taken.
    alternates: Vec<bool>,
    section: Section,
    pub(super) fields: Vec<Field>,
    /// How many of them are at their instruction.
    pub(super) n_instructions: usize,
    pub(super) n_links: u32,
    /// How many open elements hide their text, and how many hide all that they hold.
    n_mute: u32,
    n_absent: u32,
}

struct Frame {
    tag: Tag,
    /// What it is to its children: what stands in `mc:AlternateContent` stands where that stands.
    inside: Tag,
    hides: Hides,
}

/// What of an element's content is not for readers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hides {
    Nothing,
    /// Its words; cells keep their place.
    Words,
    /// All of it, cells and rows as well.
    All,
}

/// Steps being collected.
#[derive(Default)]
pub(super) struct Sink {
    pub(super) steps: Vec<Step>,
    /// A paragraph that the next one goes on with, and its text boxes.
    held: Option<(Paragraph, Vec<Step>)>,
}

/// A table row being read.
pub(super) struct OpenRow {
    pub(super) header: bool,
    /// Where its step is.
    pub(super) step: usize,
    /// Where the step of its open cell is.
    pub(super) cell: usize,
}

/// How far a field (`w:fldChar`) is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Instruction,
    Result,
}

#[derive(Default)]
struct Section {
    furniture: Vec<Furniture>,
    /// Those of the first page, which count only where the section says that it differs.
    first: Vec<Furniture>,
    first_differs: bool,
}

impl<'s> Walk<'s> {
    fn new(part: Arc<str>, shape: &'s Shape, wanted: &'s Wanted<'s>) -> Walk<'s> {
        let read = Read {
            story: Story::new(part),
            end: End::Whole,
            declares_entities: false,
            imports: false,
            footnotes: BTreeSet::new(),
            endnotes: BTreeSet::new(),
            furniture: Vec::new(),
        };
        Walk {
            shape,
            wanted,
            read,
            names: None,
            frames: Vec::new(),
            sinks: vec![Sink::default()],
            paragraphs: Vec::new(),
            runs: Vec::new(),
            rows: Vec::new(),
            n_paragraphs: 0,
            controls: Vec::new(),
            alternates: Vec::new(),
            section: Section::default(),
            fields: Vec::new(),
            n_instructions: 0,
            n_links: 0,
            n_mute: 0,
            n_absent: 0,
        }
    }

    fn open(&mut self, element: &Element) {
        let parent = self.frames.last().map_or(Tag::Other, |f| f.inside);
        let tag = self.names.get_or_insert_with(|| Names::of(element)).tag(parent, element);
        match tag {
            Tag::Property => self.property(parent, element),
            Tag::Inline => self.inline(element),
            _ => {}
        }
        let hides = self.enter(tag, element);
        let inside = if matches!(tag, Tag::Alternate | Tag::Choice | Tag::Fallback) { parent } else { tag };
        self.frames.push(Frame { tag, inside, hides });
        self.count(hides, 1);
    }

    fn enter(&mut self, tag: Tag, element: &Element) -> Hides {
        match tag {
            Tag::Paragraph => self.open_paragraph(),
            Tag::Run => self.open_run(),
            Tag::Link => self.n_links += 1,
            Tag::Table => self.step(Step::OpenTable),
            Tag::Row => self.open_row(),
            Tag::Cell => self.open_cell(),
            Tag::Content => self.controls.push(false),
            Tag::ContentBody if self.controls.last() == Some(&true) => return Hides::Words,
            Tag::SectionProps => self.section = Section::default(),
            Tag::TextBox => {
                self.sinks.push(Sink::default());
                return if self.sinks.len() > DEEPEST_BOX { Hides::All } else { Hides::Nothing };
            }
            Tag::Note if !self.wants(element) => return Hides::All,
            Tag::Alternate => self.alternates.push(false),
            Tag::Choice | Tag::Fallback if self.alternates.last_mut().is_some_and(|taken| std::mem::replace(taken, true)) => return Hides::All,
            Tag::Gone => return Hides::Words,
            Tag::Import => self.read.imports |= self.is_present(),
            _ => {}
        }
        Hides::Nothing
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.tag {
            Tag::Paragraph => self.close_paragraph(),
            Tag::Run => drop(self.runs.pop()),
            Tag::Link => self.n_links = self.n_links.saturating_sub(1),
            Tag::Table => self.step(Step::CloseTable),
            Tag::Row => drop(self.rows.pop()),
            Tag::Cell => self.settle(),
            Tag::Content => drop(self.controls.pop()),
            Tag::SectionProps => self.close_section(),
            Tag::TextBox => self.close_box(),
            Tag::Alternate => drop(self.alternates.pop()),
            _ => {}
        }
        self.count(frame.hides, -1);
    }

    fn count(&mut self, hides: Hides, by: i32) {
        match hides {
            Hides::Nothing => {}
            Hides::Words => self.n_mute = self.n_mute.saturating_add_signed(by),
            Hides::All => self.n_absent = self.n_absent.saturating_add_signed(by),
        }
    }

    /// Hides the rest of the innermost open element of a kind: a property of it said so.
    pub(super) fn hide_all(&mut self, tag: Tag) {
        if let Some(frame) = self.frames.iter_mut().rfind(|f| f.tag == tag)
            && frame.hides == Hides::Nothing
        {
            frame.hides = Hides::All;
            self.n_absent += 1;
        }
    }

    /// Whether what is being read is there at all, shown or not.
    pub(super) fn is_present(&self) -> bool {
        self.n_absent == 0
    }

    /// Whether words that stand here are for readers.
    pub(super) fn is_read(&self) -> bool {
        self.n_absent == 0 && self.n_mute == 0 && self.n_instructions == 0
    }

    /// A footnote that is referred to, not the line above the footnotes.
    fn wants(&self, note: &Element) -> bool {
        let Wanted::Notes(ids) = self.wanted else { return true };
        let is_line = note.attribute("type").is_some_and(|t| t != "normal");
        !is_line && note.attribute("id").is_some_and(|id| ids.contains(id.as_ref()))
    }

    fn open_paragraph(&mut self) {
        self.paragraphs.push(OpenParagraph::new(self.n_paragraphs, self.shape));
        self.n_paragraphs += 1;
    }

    fn open_run(&mut self) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return self.runs.push(OpenRun::new(0)) };
        self.runs.push(OpenRun::new(paragraph.n_runs));
        paragraph.n_runs += 1;
    }

    fn close_paragraph(&mut self) {
        // An instruction that its field never ended must not swallow the rest of the document.
        if self.n_instructions > 0 {
            self.fields.retain(|field| *field == Field::Result);
            self.n_instructions = 0;
        }
        let Some(open) = self.paragraphs.pop().filter(|_| self.n_absent == 0) else { return };
        let Some(sink) = self.sinks.last_mut() else { return };
        let Some(kind) = open.kind(self.shape) else { return sink.steps.extend(open.boxes) };
        let paragraph = Paragraph { kind, pieces: open.pieces };
        let (paragraph, boxes) = match sink.held.take() {
            Some((held, mut boxes)) => {
                boxes.extend(open.boxes);
                (joined(held, paragraph), boxes)
            }
            None => (paragraph, open.boxes),
        };
        sink.held = Some((paragraph, boxes));
        if !open.runs_on {
            sink.settle();
        }
    }

    fn close_box(&mut self) {
        let Some(mut sink) = self.sinks.pop().filter(|_| self.is_present()) else { return };
        let steps = sink.finish();
        match self.paragraphs.last_mut() {
            Some(paragraph) => paragraph.boxes.extend(steps),
            None => self.sinks.last_mut().into_iter().for_each(|outer| outer.steps.extend(std::mem::take(&mut sink.steps))),
        }
    }

    /// Adds a step, after the paragraph that was to go on, which can't go on across it.
    pub(super) fn step(&mut self, step: Step) {
        if self.n_absent == 0
            && let Some(sink) = self.sinks.last_mut()
        {
            sink.settle();
            sink.steps.push(step);
        }
    }

    fn settle(&mut self) {
        if let Some(sink) = self.sinks.last_mut() {
            sink.settle();
        }
    }

    fn open_row(&mut self) {
        self.step(Step::Row { free: 0 });
        let step = self.sinks.last().map_or(0, |sink| sink.steps.len()).saturating_sub(1);
        self.rows.push(OpenRow { header: false, step, cell: usize::MAX });
    }

    fn open_cell(&mut self) {
        let header = self.rows.last().is_some_and(|row| row.header);
        self.step(Step::Cell(NewCell { rows: 1, columns: 1, header }));
        let step = self.sinks.last().map_or(0, |sink| sink.steps.len()).saturating_sub(1);
        if let Some(row) = self.rows.last_mut() {
            row.cell = step;
        }
    }

    /// Takes in a property of whatever the parent is the properties of.
    fn property(&mut self, parent: Tag, element: &Element) {
        match (parent, element.local()) {
            (Tag::MarkProps, "del" | "moveFrom") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.runs_on = true;
                }
            }
            (Tag::ParagraphProps | Tag::NumberProps, _) => {
                let shape = self.shape;
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.set(element, shape);
                }
            }
            (Tag::RunProps, local) => {
                let Some(run) = self.runs.last_mut() else { return };
                match (local, element.attribute("val")) {
                    ("rStyle", Some(id)) => run.character = self.shape.styles.of_run(&id),
                    _ => run.own.set(element),
                }
            }
            (Tag::RowProps, _) if self.is_present() => self.row_property(element),
            (Tag::CellProps, _) if self.is_present() => self.cell_property(element),
            (Tag::ContentProps, "showingPlcHdr") if is_on(element) => self.mute_control(),
            (Tag::ContentProps, "docPartGallery") if element.attribute("val").is_some_and(|v| v == "Table of Contents") => self.mute_control(),
            (Tag::SectionProps, _) => self.section.set(element),
            _ => {}
        }
    }

    fn mute_control(&mut self) {
        if let Some(control) = self.controls.last_mut() {
            *control = true;
        }
    }

    fn close_section(&mut self) {
        let section = std::mem::take(&mut self.section);
        if self.is_present() {
            self.read.furniture.extend(section.first.into_iter().filter(|_| section.first_differs));
            self.read.furniture.extend(section.furniture);
        }
    }
}

impl Section {
    fn set(&mut self, property: &Element) {
        match property.local() {
            "headerReference" | "footerReference" => {}
            "titlePg" => return self.first_differs = is_on(property),
            _ => return,
        }
        let Some(id) = property.attribute("id") else { return };
        let pages = property.attribute("type").unwrap_or_default();
        let furniture = Furniture { id: id.into_owned(), is_even: pages == "even" };
        if pages == "first" { self.first.push(furniture) } else { self.furniture.push(furniture) }
    }
}

impl Sink {
    fn settle(&mut self) {
        if let Some((paragraph, boxes)) = self.held.take() {
            self.steps.push(Step::Paragraph(paragraph));
            self.steps.extend(boxes);
        }
    }

    fn finish(&mut self) -> Vec<Step> {
        self.settle();
        std::mem::take(&mut self.steps)
    }
}

/// One paragraph of two. It is what the first is, if that says anything: Word keeps its look, too.
fn joined(first: Paragraph, second: Paragraph) -> Paragraph {
    let says_something = first.pieces.iter().any(|p| matches!(p, Piece::Words(_)));
    let kind = if says_something { first.kind } else { second.kind };
    let mut pieces = first.pieces;
    pieces.extend(second.pieces);
    Paragraph { kind, pieces }
}
