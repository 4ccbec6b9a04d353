//! Text → XML, and what must be known of a part to add to it.

use super::ByteEdit;
use crate::document::xml::{ElementPlace, End, Node, Xml};

/// Text as character data or the value of an attribute. Characters that no XML may hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

/// An insertion of text.
pub(super) fn insertion(at: usize, text: impl Into<String>) -> ByteEdit {
    ByteEdit { range: at..at, insert: text.into().into_bytes() }
}

/// The root element of a part.
pub(super) struct Root {
    place: ElementPlace,
    bindings: Vec<(String, String)>,
}

impl Root {
    /// The root of a part; `None` where the part is no XML to its end.
    pub(super) fn of(part: &str) -> Option<Root> {
        let mut xml = Xml::new(part);
        let mut root = None;
        let mut close = 0..0;
        while let Some(node) = xml.next() {
            match node {
                Node::Open(element) if root.is_none() => root = Some((element.name().to_owned(), xml.place(), element.namespaces())),
                Node::Close => close = xml.place(),
                Node::Open(_) | Node::Text(_) => {}
            }
        }
        let (name, open, bindings) = root.filter(|_| xml.end() == End::Whole)?;
        Some(Root { place: ElementPlace { name, open, close: (!close.is_empty()).then_some(close) }, bindings })
    }

    /// The prefix of its name, colon included.
    pub(super) fn prefix(&self) -> &str {
        self.place.name.find(':').map_or("", |colon| &self.place.name[..=colon])
    }

    /// The prefix that it binds to a namespace; none where that is the default one.
    pub(super) fn bound(&self, namespace: &str) -> Option<&str> {
        self.bindings.iter().find(|(prefix, bound)| bound == namespace && !prefix.is_empty()).map(|(prefix, _)| prefix.as_str())
    }

    /// Adds children at its end.
    pub(super) fn append(&self, children: &str) -> Vec<ByteEdit> {
        appended(&self.place, children)
    }
}

/// Children more at an element's end, which makes an empty element one with an end tag.
pub(super) fn appended(place: &ElementPlace, children: &str) -> Vec<ByteEdit> {
    match &place.close {
        Some(close) => vec![insertion(close.start, children)],
        // “<a/>” → “<a>…</a>”, by insertions alone.
        None => vec![insertion(place.open.end - 2, format!(">{children}<")), insertion(place.open.end - 1, place.name.as_str())],
    }
}

/// What a namespace's elements are called in a part.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    prefix: String,
    /// Declares the prefix, where the part does not.
    declaration: String,
}

impl Vocabulary {
    /// Names with a prefix that the part binds; without one they bring their own.
    pub(super) fn new(bound: Option<&str>, own: &str, namespace: &str) -> Vocabulary {
        match bound.filter(|prefix| !prefix.is_empty()) {
            Some(prefix) => Vocabulary { prefix: prefix.to_owned(), declaration: String::new() },
            None => Vocabulary { prefix: own.to_owned(), declaration: format!(" xmlns:{own}=\"{namespace}\"") },
        }
    }

    /// A start tag up to its attributes: “<w:ins”.
    pub(super) fn start(&self, local: &str) -> String {
        format!("<{}:{local}{}", self.prefix, self.declaration)
    }

    /// A start tag without attributes.
    pub(super) fn open(&self, local: &str) -> String {
        format!("{}>", self.start(local))
    }

    /// What a tag of another vocabulary must declare to have attributes of this one.
    pub(super) fn declaration(&self) -> &str {
        &self.declaration
    }

    /// An end tag.
    pub(super) fn close(&self, local: &str) -> String {
        format!("</{}:{local}>", self.prefix)
    }

    /// An attribute, with the space before it.
    pub(super) fn attribute(&self, local: &str, value: &str) -> String {
        format!(" {}:{local}=\"{}\"", self.prefix, escaped(value))
    }
}
