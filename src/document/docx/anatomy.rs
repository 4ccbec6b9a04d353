//! A part of a Word file → where its paragraphs, runs and texts stand, byte for byte, for whoever changes the file.
//!
//! It counts as the reader's walk counts, with the same tags, so that a [`WordPlace`](crate::document::WordPlace) names the
//! same characters here; what they look like and whether they are shown is not known here.

use std::collections::BTreeSet;
use std::ops::Range;

use super::tags::{Names, Tag, WORD};
use crate::document::raw::RawPiece;
use crate::document::xml::{Element, Node, Xml};
use crate::text::offset;

/// Where everything stands in a part.
#[derive(Debug, Default)]
pub(crate) struct Anatomy {
    /// The prefix of Word's own elements, and what it stands for.
    pub(crate) prefix: String,
    pub(crate) namespace: String,
    /// In file order.
    pub(crate) paragraphs: Vec<Paragraph>,
    /// References to footnotes and endnotes, in file order.
    pub(crate) references: Vec<Reference>,
    /// All numbers that `id` attributes have.
    pub(crate) ids: BTreeSet<u64>,
}

/// A `w:p`.
#[derive(Debug)]
pub(crate) struct Paragraph {
    /// The bytes between its properties and its end tag; `None` where it is an empty element.
    pub(crate) content: Option<Range<usize>>,
    /// Which element it stands in: the same number, the same cell or body.
    pub(crate) parent: u32,
    /// The paragraph that a comment on it stands in: itself, or the one that its text box stands in.
    pub(crate) host: Option<u32>,
    /// The id of the footnote or endnote that it belongs to.
    pub(crate) note: Option<String>,
    pub(crate) runs: Vec<Run>,
}

/// A `w:r`.
#[derive(Debug)]
pub(crate) struct Run {
    /// Its start tag, and from there to the end of its end tag.
    pub(crate) open: Range<usize>,
    pub(crate) whole: Range<usize>,
    /// Its `w:rPr`, or the empty place where that would be.
    pub(crate) properties: Range<usize>,
    /// Where its end tag begins.
    pub(crate) end: usize,
    /// Which element it stands in.
    pub(crate) parent: u32,
    /// Whether its own place may hold the marks of a comment: it stands in no other run.
    pub(crate) is_outermost: bool,
    /// The field that it stands in, from its first run to its last: an update would take marks within with it, and
    /// LibreOffice takes them for words. A link that is stored as a field is none, nor is a field of several paragraphs.
    pub(crate) field: Option<Range<usize>>,
    /// What speaks against changing its words.
    pub(crate) obstacle: Option<Obstacle>,
    /// The text of all its `w:t`.
    pub(crate) text: String,
    pub(crate) texts: Vec<TextPlace>,
}

/// Why words are not to be changed by a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// Somebody's tracked insertion or move, not yet decided.
    Tracked,
    /// Word writes them: the result of a field.
    Field,
    /// A content control that is locked, bound to data, or a choice.
    Control,
    /// A text box, or another element within a run, that may be stored twice.
    Nested,
}

/// A `w:t` of a run.
#[derive(Debug)]
pub(crate) struct TextPlace {
    pub(crate) open: Range<usize>,
    pub(crate) close: Range<usize>,
    /// Its name as it is written.
    pub(crate) name: String,
    /// Whether it says how its spaces are to be taken.
    pub(crate) says_space: bool,
    pub(crate) pieces: Vec<RawPiece>,
}

/// A reference to a note.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) kind: NoteKind,
    pub(crate) id: String,
    pub(crate) paragraph: u32,
    pub(crate) run: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoteKind {
    Footnote,
    Endnote,
}

impl TextPlace {
    /// The run's text that it holds.
    pub(crate) fn text(&self) -> Option<Range<u32>> {
        Some(self.pieces.first()?.text.start..self.pieces.last()?.text.end)
    }
}

impl Anatomy {
    /// Takes a part apart; one that breaks off is known up to there.
    pub(crate) fn of(part: &str) -> Anatomy {
        let mut dissection = Dissection::default();
        let mut xml = Xml::new(part);
        while let Some(node) = xml.next() {
            let place = xml.place();
            match node {
                Node::Open(element) => dissection.open(&element, place),
                Node::Close => dissection.close(place),
                Node::Text(text) if dissection.frames.last().is_some_and(|f| f.tag == Tag::Text) => dissection.text(&text, place),
                Node::Text(text) if dissection.in_instruction => dissection.fields.last_mut().into_iter().for_each(|f| f.instruction.push_str(&text)),
                Node::Text(_) => {}
            }
        }
        dissection.anatomy
    }

    /// The run that a place names.
    pub(crate) fn run(&self, paragraph: u32, run: u32) -> Option<&Run> {
        self.paragraphs.get(paragraph as usize)?.runs.get(run as usize)
    }
}

/// An element being read.
struct Frame {
    tag: Tag,
    /// What it is to its children, as in the walk.
    inside: Tag,
    /// Its number in file order.
    number: u32,
    start: usize,
    shuts: Shuts,
}

/// What an element means for changes of the words in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shuts {
    Nothing,
    /// It is tracked as inserted or moved here.
    Tracked,
    /// It is the result of a field.
    Field,
    /// Its content may be stored twice, or stands in a run.
    Nested,
}

#[derive(Default)]
struct Dissection {
    anatomy: Anatomy,
    names: Option<Names>,
    frames: Vec<Frame>,
    n_elements: u32,
    paragraphs: Vec<u32>,
    runs: Vec<OpenRun>,
    note: Option<String>,
    /// Open content controls, and whether their words are not to be changed.
    controls: Vec<bool>,
    /// Open table rows, and whether they are tracked as inserted.
    rows: Vec<bool>,
    /// Open fields (`w:fldChar`), and those that the open run ended.
    fields: Vec<Field>,
    ended: Vec<Field>,
    in_instruction: bool,
    n_tracked: u32,
    n_simple_fields: u32,
    n_nested: u32,
}

/// A field being read.
struct Field {
    paragraph: u32,
    /// Where its first run begins.
    start: usize,
    instruction: String,
}

impl Field {
    fn is_link(&self) -> bool {
        self.instruction.split_whitespace().next().is_some_and(|kind| kind.eq_ignore_ascii_case("HYPERLINK"))
    }
}

struct OpenRun {
    /// Its place in its paragraph; `None` outside of any.
    place: Option<(u32, usize)>,
    /// Bytes of its text so far.
    at: u32,
}

impl Dissection {
    fn open(&mut self, element: &Element, place: Range<usize>) {
        let parent = self.frames.last().map_or(Tag::Other, |f| f.inside);
        if self.names.is_none() {
            self.root(element);
        }
        let tag = self.names.get_or_insert_with(|| Names::of(element)).tag(parent, element);
        self.anatomy.ids.extend(element.attributes().filter(|(name, _)| *name == "id").filter_map(|(_, value)| value.parse::<u64>().ok()));
        match tag {
            Tag::Paragraph => self.open_paragraph(&place),
            Tag::Run => self.open_run(&place),
            Tag::Text => self.open_text(element, &place),
            Tag::Inline => self.inline(element),
            Tag::Content => self.controls.push(false),
            Tag::Row => self.rows.push(false),
            Tag::Note => self.note = element.attribute("id").map(|id| id.into_owned()),
            _ => self.property(parent, element),
        }
        self.in_instruction = tag == Tag::Other && element.local() == "instrText";
        let shuts = self.shuts(tag, parent, element);
        self.count(shuts, 1);
        let inside = if matches!(tag, Tag::Alternate | Tag::Choice | Tag::Fallback) { parent } else { tag };
        self.frames.push(Frame { tag, inside, number: self.n_elements, start: place.start, shuts });
        self.n_elements += 1;
    }

    fn root(&mut self, element: &Element) {
        self.anatomy.prefix = element.prefix().to_owned();
        let bound = |namespace: &&&str| element.binds(&[namespace]).is_some();
        let namespace = WORD.iter().find(bound).unwrap_or(&WORD[0]);
        self.anatomy.namespace = (*namespace).to_owned();
        if let Some(prefix) = element.binds(&[namespace]) {
            self.anatomy.prefix = prefix;
        }
    }

    fn shuts(&self, tag: Tag, parent: Tag, element: &Element) -> Shuts {
        match (tag, element.local()) {
            (Tag::TextBox | Tag::Alternate, _) => Shuts::Nested,
            (Tag::Other, "ins" | "moveTo") if !matches!(parent, Tag::MarkProps | Tag::RowProps) => Shuts::Tracked,
            (Tag::Other, "fldSimple") => Shuts::Field,
            _ => Shuts::Nothing,
        }
    }

    fn count(&mut self, shuts: Shuts, by: i32) {
        let counter = match shuts {
            Shuts::Nothing => return,
            Shuts::Tracked => &mut self.n_tracked,
            Shuts::Field => &mut self.n_simple_fields,
            Shuts::Nested => &mut self.n_nested,
        };
        *counter = counter.saturating_add_signed(by);
    }

    fn property(&mut self, parent: Tag, element: &Element) {
        match (parent, element.local()) {
            (Tag::RowProps, "ins") => self.rows.last_mut().into_iter().for_each(|row| *row = true),
            (Tag::ContentProps, "lock") if !element.attribute("val").is_some_and(|v| v == "contentLocked" || v == "sdtContentLocked") => {}
            (Tag::ContentProps, "lock" | "dataBinding" | "comboBox" | "dropDownList" | "date" | "docPartObj" | "citation" | "bibliography" | "equation") => {
                self.controls.last_mut().into_iter().for_each(|control| *control = true);
            }
            _ => {}
        }
    }

    fn open_paragraph(&mut self, place: &Range<usize>) {
        let number = offset(self.anatomy.paragraphs.len());
        let host = match self.paragraphs.first() {
            Some(outer) => self.anatomy.paragraphs.get(*outer as usize).and_then(|p| p.host),
            None => (self.n_nested == 0).then_some(number),
        };
        self.anatomy.paragraphs.push(Paragraph {
            content: Some(place.end..place.end),
            parent: self.frames.last().map_or(0, |f| f.number),
            host,
            note: self.note.clone(),
            runs: Vec::new(),
        });
        self.paragraphs.push(number);
    }

    fn open_run(&mut self, place: &Range<usize>) {
        let is_outermost = self.runs.is_empty() && self.n_nested == 0;
        let obstacle = self.obstacle(is_outermost);
        let parent = self.frames.last().map_or(0, |f| f.number);
        let Some(paragraph) = self.paragraphs.last().copied() else { return self.runs.push(OpenRun { place: None, at: 0 }) };
        let runs = &mut self.anatomy.paragraphs[paragraph as usize].runs;
        runs.push(Run {
            open: place.clone(),
            whole: place.clone(),
            properties: place.end..place.end,
            end: place.end,
            parent,
            is_outermost,
            field: None,
            obstacle,
            text: String::new(),
            texts: Vec::new(),
        });
        self.runs.push(OpenRun { place: Some((paragraph, runs.len() - 1)), at: 0 });
    }

    fn obstacle(&self, is_outermost: bool) -> Option<Obstacle> {
        if !is_outermost {
            Some(Obstacle::Nested)
        } else if self.n_tracked > 0 || self.rows.contains(&true) {
            Some(Obstacle::Tracked)
        } else if !self.fields.is_empty() || self.n_simple_fields > 0 {
            Some(Obstacle::Field)
        } else {
            self.controls.contains(&true).then_some(Obstacle::Control)
        }
    }

    fn last_run(&mut self) -> Option<&mut Run> {
        let (paragraph, run) = self.runs.last()?.place?;
        self.anatomy.paragraphs.get_mut(paragraph as usize)?.runs.get_mut(run)
    }

    fn open_text(&mut self, element: &Element, place: &Range<usize>) {
        let says_space = element.attribute("space").is_some();
        let name = element.name().to_owned();
        if let Some(run) = self.last_run() {
            run.texts.push(TextPlace { open: place.clone(), close: place.end..place.end, name, says_space, pieces: Vec::new() });
        }
    }

    fn text(&mut self, text: &str, raw: Range<usize>) {
        let Some(open) = self.runs.last_mut() else { return };
        let start = open.at;
        open.at += offset(text.len());
        let end = open.at;
        if let Some(run) = self.last_run() {
            run.text.push_str(text);
            run.texts.last_mut().into_iter().for_each(|t| t.pieces.push(RawPiece { text: start..end, raw: raw.clone() }));
        }
    }

    fn inline(&mut self, element: &Element) {
        match (element.local(), element.attribute("fldCharType").as_deref()) {
            ("fldChar", Some("begin")) => self.open_field(),
            ("fldChar", Some("end")) => self.ended.extend(self.fields.pop()),
            ("footnoteReference", _) => self.reference(NoteKind::Footnote, element),
            ("endnoteReference", _) => self.reference(NoteKind::Endnote, element),
            _ => {}
        }
    }

    fn open_field(&mut self) {
        let start = self.last_run().map_or(0, |run| run.open.start);
        self.fields.push(Field { paragraph: self.paragraphs.last().copied().unwrap_or_default(), start, instruction: String::new() });
    }

    fn reference(&mut self, kind: NoteKind, element: &Element) {
        let Some((paragraph, run)) = self.runs.last().and_then(|r| r.place) else { return };
        let Some(id) = element.attribute("id") else { return };
        self.anatomy.references.push(Reference { kind, id: id.into_owned(), paragraph, run: offset(run) });
    }

    fn close(&mut self, place: Range<usize>) {
        let Some(frame) = self.frames.pop() else { return };
        self.count(frame.shuts, -1);
        self.in_instruction = false;
        if frame.shuts == Shuts::Field {
            self.close_field(frame.start..place.end);
        }
        match frame.tag {
            Tag::Paragraph => self.close_paragraph(&place),
            Tag::ParagraphProps => {
                if let Some(content) = self.paragraphs.last().and_then(|p| self.anatomy.paragraphs.get_mut(*p as usize)?.content.as_mut()) {
                    *content = place.end..place.end;
                }
            }
            Tag::RunProps => self.last_run().into_iter().for_each(|run| run.properties = frame.start..place.end),
            Tag::Run => self.close_run(&place),
            Tag::Text => self.last_run().and_then(|run| run.texts.last_mut()).into_iter().for_each(|t| t.close = place.clone()),
            Tag::Content => drop(self.controls.pop()),
            Tag::Row => drop(self.rows.pop()),
            Tag::Note => self.note = None,
            _ => {}
        }
    }

    fn close_run(&mut self, place: &Range<usize>) {
        if let Some(run) = self.last_run() {
            run.end = place.start;
            run.whole.end = place.end;
        }
        self.runs.pop();
        for field in std::mem::take(&mut self.ended) {
            if !field.is_link() && self.paragraphs.last() == Some(&field.paragraph) {
                self.close_field(field.start..place.end);
            }
        }
    }

    fn close_field(&mut self, whole: Range<usize>) {
        let paragraph = self.paragraphs.last().and_then(|p| self.anatomy.paragraphs.get_mut(*p as usize));
        let runs = paragraph.into_iter().flat_map(|p| p.runs.iter_mut());
        runs.filter(|run| run.open.start >= whole.start).for_each(|run| run.field = Some(whole.clone()));
    }

    fn close_paragraph(&mut self, place: &Range<usize>) {
        let Some(number) = self.paragraphs.pop() else { return };
        let Some(paragraph) = self.anatomy.paragraphs.get_mut(number as usize) else { return };
        // The end of an empty element takes no bytes.
        paragraph.content = paragraph.content.take().filter(|_| !place.is_empty()).map(|c| c.start..place.start);
    }
}
