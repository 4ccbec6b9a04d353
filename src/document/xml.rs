//! The text of an XML part → its elements and character data, in order. Entities that a document declares are not
//! expanded, whatever they stand for; only the five of XML and character references are.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What stands next in a part.
pub(super) enum Node<'x> {
    /// An element begins. An empty element is closed by the next node.
    Open(Element<'x>),
    /// The innermost element ends.
    Close,
    /// Character data, decoded.
    Text(Cow<'x, str>),
}

/// A start tag.
pub(super) struct Element<'x>(BytesStart<'x>);

/// No document nests its elements deeper; one made to do harm may.
const DEEPEST: usize = 5_000;

/// A part being read.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    /// The element just opened was an empty one.
    empty: bool,
    broken: bool,
}

impl<'x> Xml<'x> {
    pub(super) fn new(part: &'x str) -> Xml<'x> {
        let mut reader = Reader::from_str(part);
        reader.config_mut().allow_dangling_amp = true;
        Xml { reader, depth: 0, empty: false, broken: false }
    }

    /// Whether the part ended in the middle, or went on as no XML does. What stands after that place is not read.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }
}

impl<'x> Iterator for Xml<'x> {
    type Item = Node<'x>;

    fn next(&mut self) -> Option<Node<'x>> {
        if std::mem::take(&mut self.empty) {
            return Some(Node::Close);
        }
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(_) => {
                    self.broken = true;
                    return None;
                }
            };
            return Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        self.broken = true;
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
                    self.broken |= self.depth > 0;
                    return None;
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
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
    pub(super) fn local(&self) -> &str {
        without_prefix(self.0.name().0)
    }

    /// The prefix of its name; empty where there is none.
    pub(super) fn prefix(&self) -> &str {
        self.0.name().0.split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// An attribute by its name without the prefix.
    pub(super) fn attribute(&self, local: &str) -> Option<Cow<'_, str>> {
        self.raw().find(|(name, _)| without_prefix(name) == local).map(|(_, value)| unescape(value))
    }

    /// All attributes, by their names without the prefix.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.raw().map(|(name, value)| (without_prefix(name), unescape(value)))
    }

    /// A numeric attribute.
    pub(super) fn number(&self, local: &str) -> Option<u32> {
        self.attribute(local)?.trim().parse().ok()
    }

    /// The prefix that this element binds to one of the namespaces.
    pub(super) fn binds(&self, namespaces: &[&str]) -> Option<String> {
        let bound = |(name, value): (&str, Cow<str>)| {
            let prefix = if name == "xmlns" { "" } else { name.strip_prefix("xmlns:")? };
            namespaces.contains(&value.as_ref()).then(|| prefix.to_owned())
        };
        self.raw().find_map(bound)
    }

    fn raw(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        attributes.filter_map(Result::ok).map(|a| (a.key.0, a.value))
    }
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
