//! `numbering.xml` → whether a paragraph of a list shows a bullet or number, and which level a style stands for.

use std::collections::HashMap;

use crate::document::xml::{Element, Node, Xml};

/// The lists of a document.
#[derive(Default)]
pub(super) struct Numbering {
    /// Which definition a list follows.
    lists: HashMap<u32, u32>,
    definitions: HashMap<u32, Definition>,
}

#[derive(Default)]
struct Definition {
    /// Levels without a bullet or number.
    silent: Vec<u8>,
    /// Levels that a paragraph style stands for.
    styles: Vec<(String, u8)>,
}

/// Where in the part the reader is.
#[derive(Default)]
struct Open {
    definition: Option<u32>,
    list: Option<u32>,
    level: u8,
}

impl Numbering {
    pub(super) fn read(part: &str) -> Numbering {
        let mut numbering = Numbering::default();
        let mut open = Open::default();
        for node in Xml::new(part) {
            if let Node::Open(element) = node {
                numbering.take(&mut open, &element);
            }
        }
        numbering
    }

    fn take(&mut self, open: &mut Open, element: &Element) {
        match element.local() {
            "abstractNum" => *open = Open { definition: element.number("abstractNumId"), ..Open::default() },
            "num" => *open = Open { list: element.number("numId"), ..Open::default() },
            "abstractNumId" => {
                if let (Some(list), Some(definition)) = (open.list, element.number("val")) {
                    self.lists.insert(list, definition);
                }
            }
            "lvl" => open.level = level(element.number("ilvl")),
            "numFmt" | "pStyle" => {
                // What a single list overrides is left aside: it changes numbers, not whether there are any.
                let Some(definition) = open.definition.map(|id| self.definitions.entry(id).or_default()) else { return };
                match element.attribute("val") {
                    Some(format) if element.local() == "numFmt" && format == "none" => definition.silent.push(open.level),
                    Some(style) if element.local() == "pStyle" => definition.styles.push((style.into_owned(), open.level)),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Whether a paragraph of this list at this depth looks like a list item. List 0 takes a paragraph out of its list.
    pub(super) fn is_item(&self, list: u32, depth: u8) -> bool {
        let silent = self.definition(list).is_some_and(|d| d.silent.contains(&depth));
        list != 0 && !silent
    }

    /// The depth that a list gives to the paragraphs of a style.
    pub(super) fn depth_of(&self, list: u32, style: &str) -> Option<u8> {
        self.definition(list)?.styles.iter().find(|(s, _)| s == style).map(|(_, depth)| *depth)
    }

    fn definition(&self, list: u32) -> Option<&Definition> {
        self.definitions.get(self.lists.get(&list)?)
    }
}

/// Word has nine levels.
pub(super) fn level(value: Option<u32>) -> u8 {
    u8::try_from(value.unwrap_or(0)).unwrap_or(u8::MAX).min(8)
}
