//! A part of an OpenDocument text → where its paragraphs and stretches of characters stand, byte for byte, for whoever
//! changes the file.
//!
//! It counts as the reader's walk counts, with the same tags, so that a [`WordPlace`](crate::document::WordPlace) names the
//! same characters here; what they look like and whether they are shown is not known here.

use std::collections::BTreeSet;
use std::ops::Range;

use super::tags::{Tag, tag};
use crate::document::raw::RawPiece;
use crate::document::xml::{Element, ElementPlace, Node, Xml};
use crate::text::offset;

/// Where everything stands in a part.
#[derive(Debug, Default)]
pub(crate) struct Anatomy {
    /// In file order.
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) notes: Vec<Note>,
    /// The list of tracked changes, and the place where it would stand.
    pub(crate) changes: Option<ElementPlace>,
    pub(crate) before_text: Option<usize>,
    /// The styles that the part makes for itself, and the place where they would stand.
    pub(crate) styles: Option<ElementPlace>,
    pub(crate) before_body: Option<usize>,
    /// All ids and names of elements.
    pub(crate) names: BTreeSet<String>,
}

/// A `text:p` or `text:h`.
#[derive(Debug)]
pub(crate) struct Paragraph {
    /// The bytes between its tags; `None` where it is an empty element.
    pub(crate) content: Option<Range<usize>>,
    pub(crate) style: Option<String>,
    /// Which text it stands in: the same number, the same cell, text box or body.
    pub(crate) parent: u32,
    /// The paragraph that a comment on it stands in: itself, or the one that its text box stands in.
    pub(crate) host: Option<u32>,
    /// The note that it belongs to.
    pub(crate) note: Option<u32>,
    /// The header or footer that it belongs to.
    pub(crate) furniture: Option<Furniture>,
    pub(crate) stretches: Vec<Stretch>,
    /// Where white space is an element: a tab, spaces, a line break.
    pub(crate) spaces: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Furniture {
    Header,
    Footer,
}

/// Characters between two tags.
#[derive(Debug)]
pub(crate) struct Stretch {
    pub(crate) text: String,
    pub(crate) pieces: Vec<RawPiece>,
    /// The start tags of the spans that it stands in, the outermost first.
    pub(crate) spans: Vec<Range<usize>>,
    /// The innermost element that is no span: the same number, the same link or paragraph.
    pub(crate) element: u32,
    /// The element within the paragraph that may hold characters only: a field.
    pub(crate) whole: Option<Range<usize>>,
    /// What speaks against changing its words.
    pub(crate) obstacle: Option<Obstacle>,
}

/// Why words are not to be changed by a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// Somebody's tracked insertion, not yet decided.
    Tracked,
    /// The word processor writes them.
    Field,
    /// A protected section, or a content control that is locked or a choice.
    Protected,
}

/// A `text:note`.
#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) place: Range<usize>,
    pub(crate) kind: NoteKind,
    /// The paragraph that its mark stands in.
    pub(crate) paragraph: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoteKind {
    Footnote,
    Endnote,
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
                Node::Text(text) => dissection.text(&text, place),
            }
        }
        dissection.anatomy
    }

    /// The stretch that a place names.
    pub(crate) fn stretch(&self, paragraph: u32, stretch: u32) -> Option<&Stretch> {
        self.paragraphs.get(paragraph as usize)?.stretches.get(stretch as usize)
    }
}

/// An element being read.
struct Frame {
    tag: Tag,
    /// Its number in file order.
    number: u32,
    place: ElementPlace,
    /// Whether what it holds stands apart from the paragraphs around it, or is protected.
    effect: Effect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    None,
    /// Comments within it hang elsewhere.
    Apart,
    Protects,
    /// It is the outermost element in its paragraph that may hold characters only.
    Opaque,
}

#[derive(Default)]
struct Dissection {
    anatomy: Anatomy,
    frames: Vec<Frame>,
    n_elements: u32,
    paragraphs: Vec<OpenParagraph>,
    /// Numbers of the open texts: body, cells, boxes.
    texts: Vec<u32>,
    notes: Vec<u32>,
    furniture: Option<Furniture>,
    n_apart: u32,
    n_protected: u32,
    /// The tracked change being listed, those that are insertions, and those of them that are open here.
    change: String,
    insertions: BTreeSet<String>,
    open_insertions: BTreeSet<String>,
}

struct OpenParagraph {
    number: u32,
    at: u32,
    in_stretch: bool,
    /// Open spans, and open elements that are neither span nor link.
    spans: Vec<Range<usize>>,
    n_opaque: u32,
}

impl Dissection {
    fn open(&mut self, element: &Element, place: Range<usize>) {
        self.end_stretch();
        let tag = tag(element.local());
        self.note_names(element);
        let effect = self.enter(tag, element, &place);
        match effect {
            Effect::Apart => self.n_apart += 1,
            Effect::Protects => self.n_protected += 1,
            Effect::Opaque | Effect::None => {}
        }
        let place = ElementPlace { name: element.name().to_owned(), open: place, close: None };
        self.frames.push(Frame { tag, number: self.n_elements, place, effect });
        self.n_elements += 1;
    }

    /// Takes in the names that an element has, and what it says of tracked changes.
    fn note_names(&mut self, element: &Element) {
        let named = element.attributes().filter(|(name, _)| matches!(*name, "id" | "name"));
        self.anatomy.names.extend(named.map(|(_, value)| value.into_owned()));
        match element.local() {
            "changed-region" => self.change = element.attribute("id").unwrap_or_default().into_owned(),
            "insertion" => drop(self.insertions.insert(self.change.clone())),
            "change-start" => {
                let id = element.attribute("change-id").unwrap_or_default().into_owned();
                if self.insertions.contains(&id) {
                    self.open_insertions.insert(id);
                }
            }
            "change-end" => drop(self.open_insertions.remove(element.attribute("change-id").unwrap_or_default().as_ref())),
            _ => {}
        }
    }

    fn enter(&mut self, tag: Tag, element: &Element, place: &Range<usize>) -> Effect {
        match tag {
            Tag::Paragraph | Tag::Heading => {
                self.open_paragraph(element, place);
                return Effect::None;
            }
            Tag::Span => self.paragraphs.last_mut().into_iter().for_each(|p| p.spans.push(place.clone())),
            Tag::Space | Tag::LineBreak => {
                if let Some(paragraph) = self.paragraphs.last().and_then(|p| self.anatomy.paragraphs.get_mut(p.number as usize)) {
                    paragraph.spaces.push(place.start);
                }
            }
            Tag::Body => {
                self.anatomy.before_text.get_or_insert(place.end);
            }
            Tag::Furniture => self.furniture = Some(if element.local().starts_with("header") { Furniture::Header } else { Furniture::Footer }),
            Tag::Note => self.open_note(element, place),
            Tag::Section if element.attribute("protected").is_some_and(|v| v == "true") => return Effect::Protects,
            Tag::Other if matches!(element.local(), "master-styles" | "body") => {
                self.anatomy.before_body.get_or_insert(place.start);
            }
            _ => {}
        }
        if matches!(tag, Tag::Body | Tag::Cell | Tag::TextBox | Tag::NoteBody | Tag::Furniture) {
            self.texts.push(self.n_elements);
        }
        if matches!(tag, Tag::TextBox | Tag::NoteBody | Tag::Furniture | Tag::Absent) { Effect::Apart } else { self.opaque(tag, element) }
    }

    /// Spans, links and content controls may hold the marks of comments, and nothing else in a paragraph does.
    fn opaque(&mut self, tag: Tag, element: &Element) -> Effect {
        if is_control(element) {
            return if is_free_text(element) { Effect::None } else { Effect::Protects };
        }
        let Some(paragraph) = self.paragraphs.last_mut().filter(|p| p.n_opaque == 0 && !matches!(tag, Tag::Span | Tag::Link)) else { return Effect::None };
        paragraph.n_opaque += 1;
        Effect::Opaque
    }

    fn open_paragraph(&mut self, element: &Element, place: &Range<usize>) {
        let number = offset(self.anatomy.paragraphs.len());
        let host = match self.paragraphs.first() {
            Some(outer) => self.anatomy.paragraphs.get(outer.number as usize).and_then(|p| p.host),
            None => (self.n_apart == 0).then_some(number),
        };
        self.anatomy.paragraphs.push(Paragraph {
            content: Some(place.end..place.end),
            style: element.attribute("style-name").map(|name| name.into_owned()),
            parent: self.texts.last().copied().unwrap_or_default(),
            host,
            note: self.notes.last().copied(),
            furniture: self.furniture,
            stretches: Vec::new(),
            spaces: Vec::new(),
        });
        self.paragraphs.push(OpenParagraph { number, at: 0, in_stretch: false, spans: Vec::new(), n_opaque: 0 });
    }

    fn open_note(&mut self, element: &Element, place: &Range<usize>) {
        let kind = if element.attribute("note-class").is_some_and(|c| c == "endnote") { NoteKind::Endnote } else { NoteKind::Footnote };
        let paragraph = self.paragraphs.last().map(|p| p.number);
        self.notes.push(offset(self.anatomy.notes.len()));
        self.anatomy.notes.push(Note { place: place.clone(), kind, paragraph });
    }

    fn end_stretch(&mut self) {
        self.paragraphs.last_mut().into_iter().for_each(|p| p.in_stretch = false);
    }

    /// Characters between two tags, or some of them.
    fn text(&mut self, text: &str, raw: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let obstacle = self.obstacle();
        let element = self.frames.iter().rfind(|f| f.tag != Tag::Span).map_or(0, |f| f.number);
        let Some(open) = self.paragraphs.last_mut() else { return };
        let Some(paragraph) = self.anatomy.paragraphs.get_mut(open.number as usize) else { return };
        if !std::mem::replace(&mut open.in_stretch, true) {
            open.at = 0;
            let spans = open.spans.clone();
            paragraph.stretches.push(Stretch { text: String::new(), pieces: Vec::new(), spans, element, whole: None, obstacle });
        }
        let start = open.at;
        open.at += offset(text.len());
        if let Some(stretch) = paragraph.stretches.last_mut() {
            stretch.text.push_str(text);
            stretch.pieces.push(RawPiece { text: start..open.at, raw });
        }
    }

    fn obstacle(&self) -> Option<Obstacle> {
        if !self.open_insertions.is_empty() {
            Some(Obstacle::Tracked)
        } else if self.paragraphs.last().is_some_and(|p| p.n_opaque > 0) {
            Some(Obstacle::Field)
        } else {
            (self.n_protected > 0).then_some(Obstacle::Protected)
        }
    }

    fn close(&mut self, place: Range<usize>) {
        self.end_stretch();
        let Some(mut frame) = self.frames.pop() else { return };
        // The end of an empty element takes no bytes.
        frame.place.close = (!place.is_empty()).then_some(place.clone());
        match frame.effect {
            Effect::Apart => self.n_apart = self.n_apart.saturating_sub(1),
            Effect::Protects => self.n_protected = self.n_protected.saturating_sub(1),
            Effect::Opaque => self.close_opaque(frame.place.open.start..place.end),
            Effect::None => {}
        }
        if matches!(frame.tag, Tag::Body | Tag::Cell | Tag::TextBox | Tag::NoteBody | Tag::Furniture) {
            self.texts.pop();
        }
        match frame.tag {
            Tag::Paragraph | Tag::Heading => self.close_paragraph(&frame.place),
            Tag::Span => self.paragraphs.last_mut().into_iter().for_each(|p| p.spans.truncate(p.spans.len().saturating_sub(1))),
            Tag::Furniture => self.furniture = None,
            Tag::Note => {
                let note = self.notes.pop().and_then(|n| self.anatomy.notes.get_mut(n as usize));
                note.into_iter().for_each(|note| note.place.end = place.end);
            }
            _ => self.keep(frame.place),
        }
    }

    /// Keeps the places that additions go to.
    fn keep(&mut self, place: ElementPlace) {
        let anatomy = &mut self.anatomy;
        let in_body = self.frames.last().is_some_and(|f| f.tag == Tag::Body);
        match place.local() {
            "forms" if in_body => anatomy.before_text = Some(place.end()),
            "tracked-changes" if in_body => drop(anatomy.changes.get_or_insert(place)),
            "automatic-styles" => drop(anatomy.styles.get_or_insert(place)),
            _ => {}
        }
    }

    fn close_opaque(&mut self, whole: Range<usize>) {
        let Some(open) = self.paragraphs.last_mut() else { return };
        open.n_opaque = open.n_opaque.saturating_sub(1);
        let Some(paragraph) = self.anatomy.paragraphs.get_mut(open.number as usize) else { return };
        let is_within = |s: &&mut Stretch| s.pieces.first().is_some_and(|p| p.raw.start >= whole.start);
        paragraph.stretches.iter_mut().filter(is_within).for_each(|s| s.whole = Some(whole.clone()));
    }

    fn close_paragraph(&mut self, place: &ElementPlace) {
        let Some(open) = self.paragraphs.pop() else { return };
        let Some(paragraph) = self.anatomy.paragraphs.get_mut(open.number as usize) else { return };
        paragraph.content = place.close.as_ref().map(|close| place.open.end..close.start);
    }
}

/// LibreOffice's `loext:content-control`.
fn is_control(element: &Element) -> bool {
    element.local() == "content-control"
}

/// Whether a content control holds words that its author types.
fn is_free_text(control: &Element) -> bool {
    let speaks_against = |(name, value): (&str, std::borrow::Cow<str>)| match name {
        "checkbox" | "picture" | "date" | "combobox" | "dropdown" => value == "true",
        "lock" => value == "contentLocked" || value == "sdtContentLocked",
        _ => name.starts_with("data-binding"),
    };
    !control.attributes().any(speaks_against)
}
