//! `styles.xml` → what a paragraph or run of each style is and how it looks, with what the style inherits.

use std::borrow::Cow;
use std::collections::HashMap;

use super::look::RunLook;
use super::numbering::level;
use crate::document::role::StyleRole;
use crate::document::xml::{Element, Node, Xml};

/// The styles of a document by id.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The paragraph style of paragraphs that name none.
    default: Style,
}

/// A style with all that it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) role: StyleRole,
    pub(super) list: ListPlace,
    pub(super) look: RunLook,
}

/// Which list a paragraph or its style belongs to, and how deep in it, as far as they say so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListPlace {
    pub(super) list: Option<u32>,
    pub(super) depth: Option<u8>,
    /// The style that named the list: the list may know its depth.
    pub(super) style: Option<String>,
}

/// A style as the part has it.
#[derive(Default)]
struct Raw {
    id: String,
    based_on: Option<String>,
    name: Option<String>,
    role: Option<StyleRole>,
    list: ListPlace,
    look: RunLook,
    is_default: bool,
    of_characters: bool,
}

/// No chain of styles in earnest is longer; a circle is.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    pub(super) fn read(part: &str) -> Styles {
        let (raw, defaults) = raw_styles(part);
        let by_id: HashMap<&str, &Raw> = raw.iter().map(|r| (r.id.as_str(), r)).collect();
        let styles: HashMap<String, Style> = raw.iter().map(|r| (r.id.clone(), resolved(r, &by_id, defaults))).collect();
        let default = raw.iter().find(|r| r.is_default).and_then(|r| styles.get(&r.id)).cloned();
        Styles { styles, default: default.unwrap_or_else(|| Style { look: defaults, ..Style::default() }) }
    }

    /// The style of a paragraph. One that the document does not define may still say what it is by its id.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Cow<'_, Style> {
        let Some(id) = id else { return Cow::Borrowed(&self.default) };
        if let Some(style) = self.styles.get(id) {
            return Cow::Borrowed(style);
        }
        Cow::Owned(Style { role: StyleRole::named(id).unwrap_or_default(), ..self.default.clone() })
    }

    /// How a character style looks.
    pub(super) fn of_run(&self, id: &str) -> RunLook {
        self.styles.get(id).map_or_else(RunLook::default, |style| style.look)
    }
}

fn resolved(style: &Raw, by_id: &HashMap<&str, &Raw>, defaults: RunLook) -> Style {
    let mut role = None;
    let mut list = ListPlace::default();
    let mut look = RunLook::default();
    let mut next = Some(style);
    for _ in 0..LONGEST_CHAIN {
        let Some(raw) = next else { break };
        role = role.or_else(|| StyleRole::named(raw.name.as_deref().unwrap_or(&raw.id))).or(raw.role);
        if list.list.is_none() && raw.list.list.is_some() {
            list.style = Some(raw.id.clone());
        }
        list.list = list.list.or(raw.list.list);
        list.depth = list.depth.or(raw.list.depth);
        look = look.over(raw.look);
        next = raw.based_on.as_deref().and_then(|id| by_id.get(id).copied());
    }
    // A character style must not bring the document's defaults along: the paragraph's style speaks before them.
    let look = if style.of_characters { look } else { look.over(defaults) };
    Style { role: role.unwrap_or_default(), list, look }
}

/// Where in the part the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Elsewhere,
    Style,
    ParagraphProps,
    NumberProps,
    RunProps,
    Defaults,
}

/// The styles as they stand, and the look that all paragraphs start from.
fn raw_styles(part: &str) -> (Vec<Raw>, RunLook) {
    let mut styles: Vec<Raw> = Vec::new();
    let mut defaults = RunLook::default();
    let mut open: Vec<Place> = Vec::new();
    for node in Xml::new(part) {
        let element = match node {
            Node::Open(element) => element,
            Node::Close => {
                open.pop();
                continue;
            }
            Node::Text(_) => continue,
        };
        let parent = open.last().copied().unwrap_or(Place::Elsewhere);
        open.push(place(parent, element.local()));
        if element.local() == "style" {
            styles.push(Raw::new(&element));
        } else if parent == Place::Defaults {
            defaults.set(&element);
        } else if let Some(style) = styles.last_mut() {
            style.take(parent, &element);
        }
    }
    (styles, defaults)
}

fn place(parent: Place, local: &str) -> Place {
    match (parent, local) {
        (_, "style") => Place::Style,
        (Place::Style, "pPr") => Place::ParagraphProps,
        (Place::ParagraphProps, "numPr") => Place::NumberProps,
        (Place::Style, "rPr") => Place::RunProps,
        // `w:rPrDefault` itself; its `w:rPr` keeps the place.
        (_, "rPrDefault") => Place::Defaults,
        (Place::Defaults, "rPr") => Place::Defaults,
        _ => Place::Elsewhere,
    }
}

impl Raw {
    fn new(element: &Element) -> Raw {
        let kind = element.attribute("type").unwrap_or_default();
        let is_default = element.attribute("default").is_some_and(|d| matches!(d.as_ref(), "1" | "true" | "on"));
        Raw {
            id: element.attribute("styleId").unwrap_or_default().into_owned(),
            of_characters: kind == "character",
            is_default: is_default && kind == "paragraph",
            ..Raw::default()
        }
    }

    fn take(&mut self, parent: Place, element: &Element) {
        let value = || element.attribute("val").map(|v| v.into_owned());
        match (parent, element.local()) {
            (Place::Style, "name") => self.name = value(),
            (Place::Style, "basedOn") => self.based_on = value(),
            (Place::ParagraphProps, "outlineLvl") => self.role = outline_role(element),
            (Place::NumberProps, "numId") => self.list.list = element.number("val"),
            (Place::NumberProps, "ilvl") => self.list.depth = Some(level(element.number("val"))),
            (Place::RunProps, "u") if self.is_link() => {}
            (Place::RunProps, _) => self.look.set(element),
            _ => {}
        }
    }

    /// A link is underlined because it is one, not to stand out.
    fn is_link(&self) -> bool {
        self.name.as_deref().unwrap_or(&self.id).to_lowercase().contains("link")
    }
}

/// What `w:outlineLvl` says: 0 to 8 a heading, 9 body text.
pub(super) fn outline_role(element: &Element) -> Option<StyleRole> {
    let n = u8::try_from(element.number("val")?).ok()?;
    Some(if n < 9 { StyleRole::Heading((n + 1).min(6)) } else { StyleRole::Plain })
}
