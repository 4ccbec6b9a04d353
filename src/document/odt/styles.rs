//! The styles of a document → what a paragraph or span of each is and how it looks, with what the style inherits.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::look::TextLook;
use crate::document::role::StyleRole;
use crate::document::xml::{Element, Node, Xml};

/// The styles that a part may use.
#[derive(Default)]
pub(super) struct Styles {
    paragraphs: HashMap<String, Style>,
    spans: HashMap<String, Style>,
    /// What all paragraphs start from.
    default: Style,
    /// Levels of lists, from 0, that show neither bullet nor number.
    silent: HashSet<(String, usize)>,
    /// The page layouts that styles ask for.
    pub(super) pages: BTreeSet<String>,
}

/// A style with all that it inherits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    pub(super) role: StyleRole,
    pub(super) look: TextLook,
}

/// A style as the part has it.
#[derive(Default)]
struct Raw {
    name: String,
    /// The page layout that a paragraph of this style begins.
    page: Option<String>,
    display_name: Option<String>,
    parent: Option<String>,
    look: TextLook,
}

#[derive(Default)]
struct RawStyles {
    paragraphs: Vec<Raw>,
    spans: Vec<Raw>,
    default: TextLook,
    silent: HashSet<(String, usize)>,
    pages: BTreeSet<String>,
    /// The open list style.
    list: String,
}

/// No chain of styles in earnest is longer; a circle is.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    /// The named styles, and those that a part made for itself.
    pub(super) fn read(named: &str, own: &str) -> Styles {
        let mut raw = RawStyles::default();
        raw.read(named, "styles");
        raw.read(own, "automatic-styles");
        let default = Style { role: StyleRole::Plain, look: raw.default };
        Styles { paragraphs: resolved(&raw.paragraphs, default), spans: resolved(&raw.spans, Style::default()), default, silent: raw.silent, pages: raw.pages }
    }

    /// The style of a paragraph. One that the document does not define may still say what it is by its name.
    pub(super) fn of_paragraph(&self, name: Option<&str>) -> Style {
        let Some(name) = name else { return self.default };
        self.paragraphs.get(name).copied().unwrap_or_else(|| Style { role: StyleRole::named(&decoded(name)).unwrap_or_default(), ..self.default })
    }

    /// How a span looks.
    pub(super) fn of_span(&self, name: &str) -> TextLook {
        self.spans.get(name).map_or_else(TextLook::default, |style| style.look)
    }

    /// Whether a list of this style shows a bullet or number at this depth, from 0.
    pub(super) fn is_item(&self, list: &str, depth: usize) -> bool {
        !self.silent.contains(&(list.to_owned(), depth))
    }
}

fn resolved(raw: &[Raw], default: Style) -> HashMap<String, Style> {
    let by_name: HashMap<&str, &Raw> = raw.iter().map(|r| (r.name.as_str(), r)).collect();
    let resolve = |style: &Raw| {
        let (mut role, mut looks, mut next) = (None, Vec::new(), Some(style));
        for _ in 0..LONGEST_CHAIN {
            let Some(raw) = next else { break };
            role = role.or_else(|| StyleRole::named(raw.display_name.as_deref().unwrap_or(&decoded(&raw.name))));
            looks.push(raw.look);
            next = raw.parent.as_deref().and_then(|name| by_name.get(name).copied());
        }
        // From the bottom up, since a size may be a share of the one below it.
        let look = looks.into_iter().rev().fold(default.look, |base, own| own.over(base));
        Style { role: role.unwrap_or_default(), look }
    };
    raw.iter().map(|r| (r.name.clone(), resolve(r))).collect()
}

impl RawStyles {
    /// Reads the styles within one kind of container; the other is another part's business.
    fn read(&mut self, part: &str, container: &str) {
        let mut depth = 0_usize;
        // The depth of the open container, and the family of the open style.
        let mut within: Option<usize> = None;
        let mut family = Family::Other;
        for node in Xml::new(part) {
            match node {
                Node::Open(element) => {
                    depth += 1;
                    if element.local() == container && within.is_none() {
                        within = Some(depth);
                    } else if element.local() == "body" {
                        return;
                    } else if within.is_some() {
                        family = self.take(family, &element);
                    }
                }
                Node::Close => {
                    within = within.filter(|w| *w != depth);
                    depth = depth.saturating_sub(1);
                }
                Node::Text(_) => {}
            }
        }
    }

    fn take(&mut self, family: Family, element: &Element) -> Family {
        match element.local() {
            "style" | "default-style" => {
                let (family, raw) = Raw::new(element);
                self.pages.extend(raw.page.clone());
                match family {
                    Family::Paragraph => self.paragraphs.push(raw),
                    Family::Span => self.spans.push(raw),
                    Family::Default | Family::Other => {}
                }
                return family;
            }
            "text-properties" => {
                let look = TextLook::read(element);
                match family {
                    Family::Paragraph => self.paragraphs.last_mut().into_iter().for_each(|raw| raw.look = look),
                    Family::Span => self.spans.last_mut().into_iter().for_each(|raw| raw.look = look),
                    Family::Default => self.default = look,
                    Family::Other => {}
                }
            }
            "list-style" => {
                self.list = element.attribute("name").unwrap_or_default().into_owned();
                return Family::Other;
            }
            "list-level-style-number" if element.attribute("num-format").is_none_or(|f| f.is_empty()) => {
                let level = element.number("level").unwrap_or(1).saturating_sub(1);
                self.silent.insert((self.list.clone(), level as usize));
            }
            _ => {}
        }
        family
    }
}

impl Raw {
    fn new(element: &Element) -> (Family, Raw) {
        let mut raw = Raw::default();
        let mut family = Family::Other;
        for (name, value) in element.attributes() {
            match name {
                "family" => family = Family::named(&value, element.local() == "default-style"),
                "name" => raw.name = value.into_owned(),
                "display-name" => raw.display_name = Some(value.into_owned()),
                "parent-style-name" => raw.parent = Some(value.into_owned()),
                "master-page-name" if !value.is_empty() => raw.page = Some(value.into_owned()),
                _ => {}
            }
        }
        (family, raw)
    }
}

/// What a style is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Paragraph,
    Span,
    /// The paragraph that all start from.
    Default,
    Other,
}

impl Family {
    fn named(family: &str, is_default: bool) -> Family {
        match (family, is_default) {
            ("paragraph", true) => Family::Default,
            ("paragraph", false) => Family::Paragraph,
            ("text", false) => Family::Span,
            _ => Family::Other,
        }
    }
}

/// LibreOffice writes a space in a style's name as `_20_`.
fn decoded(name: &str) -> String {
    name.replace("_20_", " ")
}
