//! Tags and words in reading order → blocks, cells and comments of a document, however badly the tags are nested.
//!
//! Markdown, too, is read through it, since Markdown is shorthand for HTML and may hold any of it.

use std::ops::Range;

use super::element::{Element, Tag, Weight};
use crate::document::build::{Builder, NewCell, Source};
use crate::document::{BlockKind, Emphasis, bullets};
use crate::text::Span;

/// How far up an end tag looks for its start. Real pages nest some forty deep; without a limit a hostile one costs the square of its size.
const REACH: usize = 512;

/// A page being read.
pub(in crate::document) struct Page<'b> {
    builder: &'b mut Builder,
    source: Source,
    noscript: Noscript,
    open: Vec<Open>,
    now: State,
    line: Line,
    aside: Aside,
}

/// What a page says beside its text.
#[derive(Debug, Default)]
pub(in crate::document) struct Aside {
    /// The `title` element.
    pub(in crate::document) title: Option<String>,
    /// The scripts that hold data.
    pub(in crate::document) data: Vec<String>,
}

/// What to do with text for browsers without JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum Noscript {
    Skipped,
    Read,
}

#[derive(Clone, Copy)]
struct Open {
    tag: Tag,
    before: State,
}

/// What the open elements make of text.
#[derive(Clone, Copy)]
struct State {
    kind: BlockKind,
    emphasis: Emphasis,
    unseen: bool,
    /// Open lists, within the cell if there is one.
    lists: u8,
    /// Whether the innermost table is one: a table that only lays out the page is not.
    grid: bool,
    /// Whether cells are in the table's head.
    head: bool,
}

/// Whether a line was broken since the last word, and the bytes that broke it.
#[derive(Clone)]
enum Line {
    Whole,
    Broken(Range<usize>),
    Blank,
}

impl<'b> Page<'b> {
    pub(in crate::document) fn new(builder: &'b mut Builder, source: Source, noscript: Noscript) -> Page<'b> {
        let now = State { kind: BlockKind::Paragraph, emphasis: Emphasis::None, unseen: false, lists: 0, grid: false, head: false };
        Page { builder, source, noscript, open: Vec::new(), now, line: Line::Whole, aside: Aside::default() }
    }

    /// Ends what is open, and hands over what the page said beside its text.
    pub(in crate::document) fn finish(mut self) -> Aside {
        self.end_block();
        self.pop_to(0);
        self.aside
    }

    /// A start tag that stands at these bytes.
    pub(in crate::document) fn start(&mut self, tag: &Tag, at: Range<usize>) {
        self.end_implied(tag.element);
        let mut tag = *tag;
        tag.role = self.role(&tag);
        if !self.now.unseen && !tag.hidden {
            self.begin(&tag, at);
        }
        if tag.element.is_empty() {
            return;
        }
        if tag.data {
            self.aside.data.push(String::new());
        }
        self.open.push(Open { tag, before: self.now });
        self.now = self.now.within(&tag);
        if tag.closed {
            self.pop_to(self.open.len() - 1);
        }
    }

    /// What a tag is, where it stands.
    fn role(&self, tag: &Tag) -> Element {
        let in_label = matches!(self.now.kind, BlockKind::Heading(_)) || self.open.last().is_some_and(|o| o.tag.role == Element::Label);
        match tag.role {
            // A section's heading may be a button that opens it; other buttons are there to be pressed.
            Element::Button if !in_label => Element::Unseen(0),
            Element::Noscript if self.noscript == Noscript::Skipped => Element::Unseen(0),
            Element::Head | Element::Title | Element::Script => Element::Unseen(0),
            Element::Struck => Element::Unseen(0),
            Element::Row | Element::RowGroup | Element::TableHead | Element::Cell { .. } if !self.now.grid => Element::Block(0),
            role => role,
        }
    }

    /// Breaks the text where an element breaks it.
    fn begin(&mut self, tag: &Tag, at: Range<usize>) {
        if tag.is_block() {
            self.end_block();
        }
        match tag.role {
            Element::LineBreak => self.break_line(at),
            Element::Table => self.builder.open_table(),
            Element::Row => self.builder.open_row(),
            Element::Cell { header } => self.builder.open_cell(NewCell { rows: tag.rows, columns: tag.columns, header: header || self.now.head }),
            _ => {}
        }
    }

    /// An end tag. One without a start is passed over, but a block's still ends the line.
    pub(in crate::document) fn end(&mut self, element: Element) {
        if element.is_block() && !self.now.unseen {
            self.end_block();
        }
        let Some(start) = self.find(element) else { return };
        let tag = &self.open[start].tag;
        if tag.is_block() || matches!(tag.role, Element::Unseen(_)) {
            self.pop_to(start);
        } else {
            self.remove(start);
        }
    }

    /// The open element that an end tag of `element` ends.
    fn find(&self, element: Element) -> Option<usize> {
        let is_wall = |o: &Open| match element {
            Element::Table => false,
            Element::Row | Element::Cell { .. } | Element::RowGroup | Element::TableHead => o.tag.element == Element::Table,
            _ => matches!(o.tag.element, Element::Table | Element::Cell { .. }),
        };
        for (n, open) in self.open.iter().enumerate().rev().take(REACH) {
            if element.ends(open.tag.element) {
                return Some(n);
            }
            if is_wall(open) {
                return None;
            }
        }
        None
    }

    /// Ends what a start tag ends: people leave out `</p>`, `</li>`, `</td>`.
    fn end_implied(&mut self, element: Element) {
        if !element.is_block() && self.open.last().is_none_or(|o| o.tag.element != Element::Head) {
            return;
        }
        let ended = self.open.iter().enumerate().rev().take(REACH).map_while(|(n, open)| element.implies_end(open.tag.element).map(|ends| (n, ends)));
        // Of several, the outermost: a row's cell and the row.
        if let Some((start, _)) = ended.filter(|(_, ends)| *ends == Ends::This).last() {
            if !self.now.unseen {
                self.end_block();
            }
            self.pop_to(start);
        }
    }

    /// Ends all open elements from the given one on.
    fn pop_to(&mut self, start: usize) {
        while self.open.len() > start {
            let Some(open) = self.open.pop() else { return };
            self.now = open.before;
            if open.before.unseen || open.tag.hidden {
                continue;
            }
            match open.tag.role {
                Element::Table => self.builder.close_table(),
                Element::Cell { .. } => self.builder.close_cell(),
                _ if open.tag.is_block() => self.end_block(),
                _ => {}
            }
        }
    }

    /// Ends an element without ending those in it: `<b>bold <i>both</b> slanted</i>`.
    fn remove(&mut self, at: usize) {
        let mut state = self.open.remove(at).before;
        for open in &mut self.open[at..] {
            open.before = state;
            state = state.within(&open.tag);
        }
        self.now = state;
    }

    fn end_block(&mut self) {
        self.builder.close();
        self.line = Line::Whole;
    }

    /// A line break within a block; `at` are the bytes that break it.
    pub(in crate::document) fn break_line(&mut self, at: Range<usize>) {
        if self.now.unseen {
            return;
        }
        match self.now.kind {
            BlockKind::Code => self.words("\n", at),
            // A heading over two lines is one.
            BlockKind::Heading(_) => self.words(" ", at),
            _ => {
                self.line = match self.line {
                    Line::Whole if self.builder.in_words() => Line::Broken(at),
                    _ => Line::Blank,
                }
            }
        }
    }

    /// Text that stands at, or for, these bytes.
    pub(in crate::document) fn words(&mut self, text: &str, at: Range<usize>) {
        if self.open.last().is_some_and(|o| o.tag.element == Element::Head) && !text.trim().is_empty() {
            self.pop_to(self.open.len() - 1);
        }
        if self.now.unseen {
            return self.aside(text);
        }
        if !matches!(self.line, Line::Whole) {
            if text.trim_start().is_empty() {
                return;
            }
            self.go_on(text.trim_start());
        }
        if !self.builder.is_open() {
            self.builder.open(self.now.kind);
        }
        let origin = self.source.of(text, at);
        if self.now.kind == BlockKind::Code {
            self.builder.verbatim(text, self.now.emphasis, origin);
        } else {
            self.builder.flow(text, self.now.emphasis, origin);
        }
    }

    /// The first words after a line break: they go on with the sentence, or begin a block.
    fn go_on(&mut self, next: &str) {
        let line = std::mem::replace(&mut self.line, Line::Whole);
        let (words, emphasis) = self.builder.open_words();
        match line {
            Line::Broken(at) if emphasis == self.now.emphasis && runs_on(words, next) => {
                let origin = self.source.of("", at);
                self.builder.flow(" ", self.now.emphasis, origin);
            }
            _ => self.builder.close(),
        }
    }

    /// Text that is not shown: some of it says something about the page.
    fn aside(&mut self, text: &str) {
        let Some((open, outer)) = self.open.split_last() else { return };
        // A drawing's title is not the page's.
        let drawn = outer.last().is_some_and(|o| matches!(o.tag.element, Element::Unseen(_)));
        match open.tag.element {
            Element::Title if !drawn => self.aside.title.get_or_insert_default().push_str(text),
            Element::Script if open.tag.data => self.aside.data.last_mut().into_iter().for_each(|d| d.push_str(text)),
            _ => {}
        }
    }

    /// A comment that stands at these bytes.
    pub(in crate::document) fn comment(&mut self, text: &str, at: Range<usize>) {
        let text = text.trim();
        if !text.is_empty() {
            self.builder.comment(text, matches!(self.source, Source::File).then(|| Span::of(at)));
        }
    }
}

impl State {
    /// The state within an element.
    fn within(self, tag: &Tag) -> State {
        let mut state = self;
        match tag.role {
            Element::Heading(level) => state.kind = BlockKind::Heading(level),
            Element::List => state.lists = self.lists.saturating_add(1),
            Element::Item => state.kind = BlockKind::Item(self.lists.saturating_sub(1)),
            Element::Quotation => state.kind = BlockKind::Quotation,
            Element::Preformatted => state.kind = BlockKind::Code,
            Element::Table => state.grid = true,
            Element::TableHead => state.head = true,
            Element::Cell { .. } => state = State { kind: BlockKind::Paragraph, lists: 0, head: false, ..self },
            Element::Label | Element::Strong => state.emphasis = Emphasis::Strong,
            Element::Unseen(_) => state.unseen = true,
            _ if tag.element == Element::Table => state.grid = false,
            _ => {}
        }
        if let Weight::Set(emphasis) = tag.weight {
            state.emphasis = emphasis;
        }
        state.unseen |= tag.hidden;
        state
    }
}

/// What a start tag means for an element that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    This,
    Maybe,
}

impl Element {
    /// Whether a start tag of `self` ends an open `other`; `None`: neither that nor what `other` stands in.
    fn implies_end(self, other: Element) -> Option<Ends> {
        use Element::*;
        let ends = match (self, other) {
            (_, Head) => !matches!(self, Title | Void | Script | Noscript | Unseen(_)),
            (Item, Item) | (Label | Description, Label | Description) => true,
            (Row | RowGroup | TableHead, Row | Cell { .. }) | (RowGroup | TableHead, RowGroup | TableHead) | (Cell { .. }, Cell { .. }) => true,
            (_, Paragraph) => self.is_block(),
            _ => false,
        };
        let stops = match (self, other) {
            (Row | RowGroup | TableHead | Cell { .. }, Table) => true,
            (Row | RowGroup | TableHead | Cell { .. }, _) => false,
            (Item, List | Table | Cell { .. }) => true,
            (Item, _) => false,
            (_, Strong | Struck | Inline(_) | Noscript) => false,
            (Label | Description, Paragraph | Item | List) => false,
            _ => true,
        };
        match (ends, stops) {
            (true, _) => Some(Ends::This),
            (false, false) => Some(Ends::Maybe),
            (false, true) => None,
        }
    }
}

/// Whether the words after a line break go on with the sentence before it: prose that was wrapped by hand begins large and
/// goes on small, while of a list without bullets every line begins the same.
fn runs_on(words: &str, next: &str) -> bool {
    let begins_small = |s: &str| s.starts_with(char::is_lowercase);
    let ended = words.ends_with(['.', '!', '?', ':', ';']);
    begins_small(next) && !begins_small(words) && !ended && next != "o" && bullets::marker(next).is_none()
}
