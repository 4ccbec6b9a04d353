//! The elements of OpenDocument that the walk through a text minds; all others are looked through.

/// What an element is to the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Looked through: what it holds counts as if it stood outside.
    Other,
    /// `office:text`: the body.
    Body,
    /// A page layout, and a header or footer of it.
    Page,
    Furniture,
    Paragraph,
    Heading,
    Span,
    Link,
    Space,
    LineBreak,
    List,
    ListItem,
    Section,
    Table,
    HeaderRows,
    Row,
    Cell,
    /// It may hold text boxes, but no text of its own.
    Drawing,
    TextBox,
    NoteBody,
    Note,
    /// An entry of the list of tracked changes, and what says that it is a deletion.
    Change,
    Deletion,
    /// The marks around a tracked change in the text.
    ChangeStart,
    ChangeEnd,
    /// Not text, or not for readers: comments, what tracked changes deleted, tables of contents, forms.
    Absent,
}

pub(super) fn tag(local: &str) -> Tag {
    match local {
        "text" => Tag::Body,
        "master-page" => Tag::Page,
        "header" | "header-left" | "header-first" | "footer" | "footer-left" | "footer-first" => Tag::Furniture,
        "p" => Tag::Paragraph,
        "h" => Tag::Heading,
        "span" => Tag::Span,
        "a" => Tag::Link,
        "s" | "tab" => Tag::Space,
        "line-break" => Tag::LineBreak,
        "list" => Tag::List,
        "list-item" => Tag::ListItem,
        "section" => Tag::Section,
        "table" => Tag::Table,
        "table-header-rows" => Tag::HeaderRows,
        "table-row" => Tag::Row,
        "table-cell" => Tag::Cell,
        "frame" | "g" => Tag::Drawing,
        "text-box" | "custom-shape" | "rect" | "ellipse" | "circle" | "line" | "polygon" | "polyline" | "path" | "caption" | "connector" => Tag::TextBox,
        "note" => Tag::Note,
        "note-body" => Tag::NoteBody,
        "changed-region" => Tag::Change,
        "deletion" => Tag::Deletion,
        "change-start" => Tag::ChangeStart,
        "change-end" => Tag::ChangeEnd,
        "note-citation" | "annotation" | "tracked-changes" | "covered-table-cell" | "forms" | "ruby-text" | "placeholder" | "title" | "desc" | "script"
        | "event-listeners" | "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index" | "object-index" | "user-index"
        | "bibliography" | "hidden-text" => Tag::Absent,
        _ => Tag::Other,
    }
}
