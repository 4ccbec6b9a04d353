//! A paragraph and a run while they are being read, and what kind of block the paragraph is.

use std::borrow::Cow;

use super::Shape;
use super::look::{RunLook, Shown};
use super::numbering::level;
use super::styles::{ListPlace, Style, outline_role};
use crate::document::BlockKind;
use crate::document::role::StyleRole;
use crate::document::story::{Piece, Step};
use crate::document::xml::Element;

/// A paragraph of which more is to come.
pub(super) struct OpenParagraph<'s> {
    /// Which of its part.
    pub(super) number: u32,
    pub(super) n_runs: u32,
    pub(super) pieces: Vec<Piece>,
    /// The text boxes that it holds: a person reads them after it.
    pub(super) boxes: Vec<Step>,
    /// Its mark is tracked as deleted: the next paragraph goes on with it.
    pub(super) runs_on: bool,
    style: Cow<'s, Style>,
    role: Option<StyleRole>,
    list: ListPlace,
}

/// A run of which more is to come.
pub(super) struct OpenRun {
    /// Which of its paragraph.
    pub(super) number: u32,
    /// Bytes of its text so far, shown or not.
    pub(super) at: u32,
    pub(super) own: RunLook,
    pub(super) character: RunLook,
    shown: Option<Shown>,
}

impl<'s> OpenParagraph<'s> {
    pub(super) fn new(number: u32, shape: &'s Shape) -> OpenParagraph<'s> {
        OpenParagraph {
            number,
            n_runs: 0,
            pieces: Vec::new(),
            boxes: Vec::new(),
            runs_on: false,
            style: shape.styles.of_paragraph(None),
            role: None,
            list: ListPlace::default(),
        }
    }

    /// Takes in a property of the paragraph, or of its `w:numPr`.
    pub(super) fn set(&mut self, property: &Element, shape: &'s Shape) {
        match property.local() {
            "pStyle" => self.style = shape.styles.of_paragraph(property.attribute("val").as_deref()),
            "outlineLvl" => self.role = outline_role(property),
            "numId" => self.list.list = property.number("val"),
            "ilvl" => self.list.depth = Some(level(property.number("val"))),
            _ => {}
        }
    }

    /// What it is; `None` for a line of a table of contents.
    pub(super) fn kind(&self, shape: &Shape) -> Option<BlockKind> {
        match (self.style.role, self.role) {
            (StyleRole::Contents, _) => None,
            (_, Some(StyleRole::Heading(n))) | (StyleRole::Heading(n), None) => Some(BlockKind::Heading(n)),
            (StyleRole::Quotation, _) => Some(BlockKind::Quotation),
            _ => Some(self.item(shape).unwrap_or(BlockKind::Paragraph)),
        }
    }

    fn item(&self, shape: &Shape) -> Option<BlockKind> {
        let list = self.list.list.or(self.style.list.list)?;
        let by_style = || self.style.list.style.as_deref().and_then(|style| shape.numbering.depth_of(list, style));
        let depth = self.list.depth.or(self.style.list.depth).or_else(by_style).unwrap_or(0);
        shape.numbering.is_item(list, depth).then_some(BlockKind::Item(depth))
    }
}

impl OpenRun {
    pub(super) fn new(number: u32) -> OpenRun {
        OpenRun { number, at: 0, own: RunLook::default(), character: RunLook::default(), shown: None }
    }

    /// How its words look. Its properties come before its words, so that the answer stays.
    pub(super) fn shown(&mut self, paragraph: &OpenParagraph) -> Shown {
        *self.shown.get_or_insert_with(|| self.own.shown(self.character, paragraph.style.look))
    }
}
