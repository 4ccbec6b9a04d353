//! The elements of WordprocessingML that the walk through a story minds; all others are looked through.

use crate::document::xml::Element;

/// What an element is to the walk, given the one that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Looked through: what it holds counts as if it stood outside.
    Other,
    Paragraph,
    ParagraphProps,
    NumberProps,
    /// Properties of the paragraph's mark.
    MarkProps,
    Run,
    RunProps,
    /// `w:t`, the only element whose character data is text.
    Text,
    /// A child of a run that is no text: a tab, a break, a field's character.
    Inline,
    /// A property, by its parent.
    Property,
    Link,
    Table,
    Row,
    RowProps,
    Cell,
    CellProps,
    Content,
    ContentProps,
    ContentBody,
    SectionProps,
    TextBox,
    Note,
    /// `mc:AlternateContent` and its two ways.
    Alternate,
    Choice,
    Fallback,
    /// Tracked as deleted or moved away, or the small reading aid above a word.
    Gone,
    /// What properties were before a tracked change.
    Former,
    /// Another file, to be taken in when the document is opened.
    Import,
}

/// What an element of the Word namespace is.
pub(super) fn tag(parent: Tag, local: &str) -> Tag {
    match (parent, local) {
        (Tag::Former, _) => Tag::Former,
        (Tag::Paragraph, "pPr") => Tag::ParagraphProps,
        (Tag::ParagraphProps, "rPr") => Tag::MarkProps,
        (Tag::ParagraphProps, "numPr") => Tag::NumberProps,
        (Tag::Run, "rPr") => Tag::RunProps,
        (Tag::Row, "trPr") => Tag::RowProps,
        (Tag::Cell, "tcPr") => Tag::CellProps,
        (Tag::Content, "sdtPr") | (Tag::ContentProps, "docPartObj" | "docPartList") => Tag::ContentProps,
        (Tag::Content, "sdtContent") => Tag::ContentBody,
        (_, "sectPr") => Tag::SectionProps,
        (_, "pPrChange" | "rPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange" | "sectPrChange" | "tblGridChange" | "numberingChange") => Tag::Former,
        (
            Tag::ParagraphProps | Tag::NumberProps | Tag::MarkProps | Tag::RunProps | Tag::RowProps | Tag::CellProps | Tag::ContentProps | Tag::SectionProps,
            _,
        ) => Tag::Property,
        (Tag::Run, "t") => Tag::Text,
        (Tag::Run, "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" | "softHyphen" | "sym" | "fldChar" | "footnoteReference" | "endnoteReference") => Tag::Inline,
        (_, local) => anywhere(local),
    }
}

fn anywhere(local: &str) -> Tag {
    match local {
        "p" => Tag::Paragraph,
        "r" => Tag::Run,
        "hyperlink" => Tag::Link,
        "tbl" => Tag::Table,
        "tr" => Tag::Row,
        "tc" => Tag::Cell,
        "sdt" => Tag::Content,
        "txbxContent" => Tag::TextBox,
        "footnote" | "endnote" => Tag::Note,
        "del" | "moveFrom" | "rt" => Tag::Gone,
        "altChunk" | "subDoc" => Tag::Import,
        _ => Tag::Other,
    }
}

/// Which prefix stands for the Word namespace.
#[derive(Default)]
pub(super) struct Names {
    /// `None`: the part does not say, so any.
    word: Option<String>,
}

/// Transitional and strict.
pub(super) const WORD: [&str; 2] = ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"];

impl Names {
    /// Takes in what the root element declares.
    pub(super) fn of(root: &Element) -> Names {
        Names { word: root.binds(&WORD) }
    }

    /// What an element is.
    pub(super) fn tag(&self, parent: Tag, element: &Element) -> Tag {
        if self.word.as_deref().is_none_or(|word| word == element.prefix()) {
            let tag = tag(parent, element.local());
            if tag != Tag::Other || self.word.is_some() {
                return tag;
            }
        }
        match element.local() {
            "AlternateContent" => Tag::Alternate,
            "Choice" => Tag::Choice,
            "Fallback" => Tag::Fallback,
            // An emoji, the way that Word 2016 stores it.
            "symEx" if parent == Tag::Run => Tag::Inline,
            // Within a run's drawing there may be paragraphs again; within former properties there is nothing.
            _ if parent == Tag::Former => Tag::Former,
            _ => Tag::Other,
        }
    }
}
