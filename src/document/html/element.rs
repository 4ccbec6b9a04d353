//! A tag's name and attributes → what it does to the text in it: [`Element`] and [`Tag`].

use crate::document::Emphasis;

/// The elements that matter to a reader. Where several do the same they are one, so that `</strong>` also ends `<b>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum Element {
    /// A paragraph, whose end tag people leave out.
    Paragraph,
    /// Any other element that stands on lines of its own, by the hash of its name.
    Block(u32),
    /// `h1` to `h6`.
    Heading(u8),
    List,
    Item,
    /// `dt`, `summary`: a line that names what follows.
    Label,
    Description,
    Quotation,
    Preformatted,
    Table,
    TableHead,
    RowGroup,
    Row,
    Cell {
        header: bool,
    },
    LineBreak,
    /// `hr`: nothing to read, but it parts what stands around it.
    Rule,
    /// Bold or underlined.
    Strong,
    /// Struck through or deleted.
    Struck,
    Button,
    Head,
    Title,
    Script,
    Noscript,
    /// Not shown, or shown as something to operate, by the hash of its name.
    Unseen(u32),
    /// An element without content or end tag, which leaves no mark on the text.
    Void,
    /// Any other element, by the hash of its name.
    Inline(u32),
}

impl Element {
    /// The element of a lower-case name.
    pub(super) fn of(name: &[u8]) -> Element {
        match name {
            b"p" => Element::Paragraph,
            [b'h', level @ b'1'..=b'6'] => Element::Heading(level - b'0'),
            b"ul" | b"ol" | b"menu" | b"dir" => Element::List,
            b"li" => Element::Item,
            b"dt" | b"summary" => Element::Label,
            b"dd" => Element::Description,
            b"blockquote" => Element::Quotation,
            b"pre" | b"listing" | b"xmp" => Element::Preformatted,
            b"table" => Element::Table,
            b"thead" => Element::TableHead,
            b"tbody" | b"tfoot" => Element::RowGroup,
            b"tr" => Element::Row,
            b"td" => Element::Cell { header: false },
            b"th" => Element::Cell { header: true },
            b"br" => Element::LineBreak,
            b"hr" => Element::Rule,
            b"b" | b"strong" | b"u" => Element::Strong,
            b"s" | b"strike" | b"del" => Element::Struck,
            b"button" => Element::Button,
            b"head" => Element::Head,
            b"title" => Element::Title,
            b"script" => Element::Script,
            b"noscript" => Element::Noscript,
            _ if is_unseen(name) => Element::Unseen(hash(name)),
            _ if is_block(name) => Element::Block(hash(name)),
            b"area" | b"base" | b"basefont" | b"bgsound" | b"col" | b"embed" | b"frame" | b"img" | b"input" | b"keygen" | b"link" | b"meta" | b"param"
            | b"source" | b"track" | b"wbr" => Element::Void,
            _ => Element::Inline(hash(name)),
        }
    }

    /// Whether it stands on lines of its own.
    pub(super) fn is_block(self) -> bool {
        use Element::*;
        match self {
            Paragraph | Block(_) | Heading(_) | List | Item | Label | Description | Quotation | Preformatted => true,
            Table | TableHead | RowGroup | Row | Cell { .. } | Rule => true,
            LineBreak | Strong | Struck | Button | Head | Title | Script | Noscript | Unseen(_) | Void | Inline(_) => false,
        }
    }

    /// Whether it has no content, so that no end tag follows.
    pub(super) fn is_empty(self) -> bool {
        matches!(self, Element::Void | Element::LineBreak | Element::Rule)
    }

    /// Whether an end tag of `self` ends an open `other`: `</td>` also ends `<th>`, and `</h2>` a wrongly opened `<h3>`.
    pub(super) fn ends(self, other: Element) -> bool {
        match self {
            Element::Block(_) | Element::Unseen(_) | Element::Inline(_) => self == other,
            _ => std::mem::discriminant(&self) == std::mem::discriminant(&other),
        }
    }
}

/// A start tag.
#[derive(Clone, Copy, Debug)]
pub(in crate::document) struct Tag {
    pub(super) element: Element,
    /// What its `role` and style make of it, if not what its name says.
    pub(super) role: Element,
    pub(super) rows: u32,
    pub(super) columns: u32,
    pub(super) hidden: bool,
    /// Whether its style sets it on lines of its own.
    pub(super) apart: bool,
    /// Whether it is a script that holds data (`application/ld+json`).
    pub(super) data: bool,
    pub(super) closed: bool,
    pub(super) weight: Weight,
    level: u8,
}

/// What a tag's style says about how its text stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Inherited,
    Set(Emphasis),
}

impl Tag {
    /// A tag without attributes.
    pub(in crate::document) fn of(element: Element) -> Tag {
        let role = if element == NAVIGATION { Element::Unseen(0) } else { element };
        Tag { element, role, rows: 1, columns: 1, hidden: false, apart: false, data: false, closed: false, weight: Weight::Inherited, level: 2 }
    }

    /// Whether it stands on lines of its own.
    pub(super) fn is_block(&self) -> bool {
        self.apart || self.element.is_block() || self.role.is_block()
    }

    /// Takes in an attribute; its name is lower-case.
    pub(super) fn attribute(&mut self, name: &[u8], value: &[u8]) {
        let value = std::str::from_utf8(value).unwrap_or("").trim();
        match name {
            b"hidden" => self.hidden = true,
            b"style" => value.split(';').filter_map(|d| d.split_once(':')).for_each(|(name, value)| self.style(name.trim(), value.trim())),
            b"rowspan" => self.rows = value.parse().unwrap_or(1),
            b"colspan" => self.columns = value.parse().unwrap_or(1),
            b"type" => self.data = self.element == Element::Script && value.eq_ignore_ascii_case("application/ld+json"),
            b"role" => self.role(value),
            b"aria-level" => {
                self.level = value.parse().unwrap_or(2).clamp(1, 6);
                if let Element::Heading(level) = &mut self.role
                    && !matches!(self.element, Element::Heading(_))
                {
                    *level = self.level;
                }
            }
            _ => {}
        }
    }

    fn role(&mut self, role: &str) {
        self.role = match role {
            "heading" => Element::Heading(self.level),
            "list" => Element::List,
            "listitem" => Element::Item,
            // A table that only lays out the page says nothing by its rows and columns.
            "presentation" | "none" if self.element == Element::Table => Element::Block(0),
            "navigation" | "menu" | "menubar" => Element::Unseen(0),
            _ => self.role,
        };
    }

    fn style(&mut self, name: &str, value: &str) {
        let value = value.strip_suffix("!important").unwrap_or(value).trim().to_ascii_lowercase();
        match name.to_ascii_lowercase().as_str() {
            "display" if value == "none" => self.hidden = true,
            "display" if matches!(value.as_str(), "block" | "flex" | "grid" | "list-item") => self.apart = true,
            "visibility" if value == "hidden" => self.hidden = true,
            "font-weight" => match value.parse::<u32>() {
                Ok(weight) => self.weight = Weight::Set(if weight >= 600 { Emphasis::Strong } else { Emphasis::None }),
                Err(_) if value.starts_with("bold") => self.weight = Weight::Set(Emphasis::Strong),
                Err(_) if value == "normal" || value == "lighter" => self.weight = Weight::Set(Emphasis::None),
                Err(_) => {}
            },
            "text-decoration" | "text-decoration-line" if value.contains("line-through") => self.hidden = true,
            "text-decoration" | "text-decoration-line" if value.contains("underline") && self.element != LINK => {
                self.weight = Weight::Set(Emphasis::Strong);
            }
            _ => {}
        }
    }
}

/// Every link is underlined, so that it says nothing there.
const LINK: Element = Element::Inline(hash(b"a"));

const NAVIGATION: Element = Element::Block(hash(b"nav"));

/// Names that stand on lines of their own and need no element of theirs.
fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"body"
            | b"caption"
            | b"center"
            | b"details"
            | b"dialog"
            | b"div"
            | b"dl"
            | b"fieldset"
            | b"figcaption"
            | b"figure"
            | b"footer"
            | b"form"
            | b"header"
            | b"hgroup"
            | b"html"
            | b"legend"
            | b"main"
            | b"nav"
            | b"plaintext"
            | b"search"
            | b"section"
    )
}

/// Names of what is not shown as text: machinery, pictures, navigation, form controls.
fn is_unseen(name: &[u8]) -> bool {
    matches!(
        name,
        b"style"
            | b"template"
            | b"select"
            | b"option"
            | b"datalist"
            | b"textarea"
            | b"svg"
            | b"canvas"
            | b"audio"
            | b"video"
            | b"object"
            | b"iframe"
            | b"noembed"
            | b"noframes"
            | b"rp"
            | b"map"
            | b"progress"
            | b"meter"
    )
}

/// FNV-1a, 32 bits. Two names with the same hash would only share their end tags.
pub(super) const fn hash(name: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5;
    let mut at = 0;
    while at < name.len() {
        hash = (hash ^ name[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}
