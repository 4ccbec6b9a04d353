//! The text of an XML part → its elements and character data, in order. Entities that a document declares are not
//! expanded, whatever they stand for; only the five of XML and character references are.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Limits;

/// What stands next in a part.
pub(crate) enum Node<'x> {
    /// An element begins. An empty element is closed by the next node.
    Open(Element<'x>),
    /// The innermost element ends.
    Close,
    /// Character data, decoded.
    Text(Cow<'x, str>),
}

/// A start tag.
pub(crate) struct Element<'x>(BytesStart<'x>);

/// Where the reading of a part ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// At its end.
    Whole,
    /// In the middle: the part is cut, or went on as no XML does. What stands after that place is not read.
    Broken,
    /// Where elements nest deeper than the limit.
    TooDeep,
}
/// Where an element stands in its part.
#[derive(Clone, Debug)]
pub(crate) struct ElementPlace {
    /// Its name as it is written.
    pub(crate) name: String,
    /// Its start tag.
    pub(crate) open: Range<usize>,
    /// Its end tag; `None` where it is an empty element.
    pub(crate) close: Option<Range<usize>>,
}

impl ElementPlace {
    /// Its name without the prefix.
    pub(crate) fn local(&self) -> &str {
        without_prefix(&self.name)
    }

    /// Where it ends.
    pub(crate) fn end(&self) -> usize {
        self.close.as_ref().map_or(self.open.end, |close| close.end)
    }
}

/// A part being read.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    deepest: usize,
    /// The element just opened was an empty one.
    empty: bool,
    end: End,
    declares_entities: bool,
    /// Where the last node stands.
    place: Range<usize>,
}

impl<'x> Xml<'x> {
    /// A part whose depth does no harm, or was seen to before.
    pub(crate) fn new(part: &'x str) -> Xml<'x> {
        Xml::within(part, &Limits { depth: usize::MAX, ..Limits::default() })
    }

    /// A part that is read no deeper than the limits say.
    pub(crate) fn within(part: &'x str, limits: &Limits) -> Xml<'x> {
        let mut reader = Reader::from_str(part);
        reader.config_mut().allow_dangling_amp = true;
        Xml { reader, depth: 0, deepest: limits.depth, empty: false, end: End::Whole, declares_entities: false, place: 0..0 }
    }

    /// Where the reading ended.
    pub(crate) fn end(&self) -> End {
        self.end
    }

    /// Whether the part declares entities of its own, which are left out wherever they are used.
    pub(crate) fn declares_entities(&self) -> bool {
        self.declares_entities
    }

    /// The bytes of the part that the last node is written with; none for the end of an empty element.
    pub(crate) fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    fn reached(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

impl<'x> Iterator for Xml<'x> {
    type Item = Node<'x>;

    fn next(&mut self) -> Option<Node<'x>> {
        if std::mem::take(&mut self.empty) {
            self.place.start = self.place.end;
            return Some(Node::Close);
        }
        loop {
            let start = self.reached();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(_) => {
                    self.end = End::Broken;
                    return None;
                }
            };
            self.place = start..self.reached();
            return Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > self.deepest {
                        self.end = End::TooDeep;
                        return None;
                    }
                    Node::Open(Element(start))
                }
                Event::Empty(start) => {
                    self.empty = true;
                    Node::Open(Element(start))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close
                }
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(text) => Node::Text(text.xml10_content()),
                Event::GeneralRef(name) => match character(&name) {
                    Some(c) => Node::Text(Cow::Owned(c.to_string())),
                    None => continue,
                },
                Event::Eof => {
                    if self.depth > 0 {
                        self.end = End::Broken;
                    }
                    return None;
                }
                Event::DocType(declared) => {
                    self.declares_entities |= declared.contains("<!ENTITY");
                    continue;
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }
}

fn character(name: &quick_xml::events::BytesRef) -> Option<char> {
    if name.is_char_ref() {
        return name.resolve_char_ref().ok().flatten();
    }
    Some(match name.as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

impl Element<'_> {
    /// Its name without the prefix.
    pub(crate) fn local(&self) -> &str {
        without_prefix(self.0.name().0)
    }

    /// Its name as it is written.
    pub(crate) fn name(&self) -> &str {
        self.0.name().0
    }

    /// The prefix of its name; empty where there is none.
    pub(crate) fn prefix(&self) -> &str {
        self.0.name().0.split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// An attribute by its name without the prefix.
    pub(crate) fn attribute(&self, local: &str) -> Option<Cow<'_, str>> {
        self.raw().find(|(name, _)| without_prefix(name) == local).map(|(_, value)| unescape(value))
    }

    /// All attributes, by their names without the prefix.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.raw().map(|(name, value)| (without_prefix(name), unescape(value)))
    }

    /// A numeric attribute.
    pub(crate) fn number(&self, local: &str) -> Option<u32> {
        self.attribute(local)?.trim().parse().ok()
    }

    /// The prefix that this element binds to one of the namespaces.
    pub(crate) fn binds(&self, namespaces: &[&str]) -> Option<String> {
        self.bound().find(|(_, namespace)| namespaces.contains(&namespace.as_ref())).map(|(prefix, _)| prefix.to_owned())
    }

    /// The prefixes that it binds, and to what.
    pub(crate) fn namespaces(&self) -> Vec<(String, String)> {
        self.bound().map(|(prefix, namespace)| (prefix.to_owned(), namespace.into_owned())).collect()
    }

    fn bound(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.raw().filter_map(|(name, value)| Some((if name == "xmlns" { "" } else { name.strip_prefix("xmlns:")? }, value)))
    }

    fn raw(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        attributes.filter_map(Result::ok).map(|a| (a.key.0, a.value))
    }
}

/// The notice that a part's own entities were left out: expanding them is how a small file fills the memory.
pub(super) fn own_entities(part: &str) -> String {
    format!("{part} declares entities of its own, which are left out; no word processor writes such a file")
}

fn without_prefix(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

fn unescape(value: Cow<'_, str>) -> Cow<'_, str> {
    match quick_xml::escape::unescape(&value) {
        Ok(Cow::Owned(plain)) => Cow::Owned(plain),
        // Without an entity, or with one that nobody knows: as it stands.
        Ok(Cow::Borrowed(_)) | Err(_) => value,
    }
}
