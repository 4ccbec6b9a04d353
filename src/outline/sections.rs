//! Blocks → sections, and the pieces of text in them with the binding that their section, column or mark gives.

use std::collections::BTreeMap;

use super::headings::{Fit, Heading, STRONG, opener, outside, said};
use super::labels::{Label, PLAIN, labels};
use super::reading::Reading;
use super::sentences::sentences;
use super::tables::CellRole;
use super::wordings::{Announced, Binding, Column, SectionKind};
use super::{Because, Section};
use crate::document::{Block, BlockKind};
use crate::text::{Span, offset};

/// A part of a block, and what stands around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) block: u32,
    pub(super) span: Span,
    pub(super) role: PieceRole,
    pub(super) section: u32,
    pub(super) announced: Announced,
    pub(super) because: Because,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceRole {
    Heading,
    /// The line that leads a list in.
    LeadIn,
    Text,
    /// A label, a mark, how it is assessed.
    Aside,
}

/// Sections and pieces of a document.
#[derive(Default)]
pub(super) struct Layout {
    pub(super) sections: Vec<Section>,
    pub(super) pieces: Vec<Piece>,
}

/// Lays a document out.
pub(super) fn lay_out(reading: &Reading, headings: &[Option<Heading>], cells: &[CellRole]) -> Layout {
    let mut walk = Walk { reading, headings, cells, layout: Layout::default(), open: vec![ROOT], columns: BTreeMap::new(), newest: None };
    for n in 0..reading.document.blocks().len() {
        walk.block(n);
    }
    walk.layout
}

/// A heading whose section goes on.
#[derive(Clone, Copy)]
struct Open {
    level: u8,
    scope: Scope,
    announced: Announced,
    known: bool,
    heading: Option<Span>,
    because: Because,
    /// Its section, once something stands in it.
    section: Option<u32>,
    /// A column's section, which goes on where others lie between.
    fixed: bool,
}

/// What text before the first heading stands under.
const ROOT: Open =
    Open { level: 0, scope: Scope::Document, announced: PLAIN, known: false, heading: None, because: Because::Nothing, section: None, fixed: false };

/// How far a heading reaches, beside the next heading of its level.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Document,
    /// The list behind the line that led it in, or the short lines that stand for one.
    List {
        cell: Option<u32>,
        seen: Seen,
        below: Option<u8>,
    },
    Block(u32),
    Row {
        table: u32,
        row: u32,
    },
    Cell(u32),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Nothing,
    Items,
    Lines,
}

struct Walk<'r, 'd> {
    reading: &'r Reading<'d>,
    headings: &'r [Option<Heading>],
    cells: &'r [CellRole],
    layout: Layout,
    open: Vec<Open>,
    /// Sections of columns, by header cell.
    columns: BTreeMap<u32, u32>,
    /// The newest section of running text.
    newest: Option<u32>,
}

impl Walk<'_, '_> {
    fn block(&mut self, n: usize) {
        let block = &self.reading.document.blocks()[n];
        self.close_what_ended(n, block);
        let role = block.cell.map_or(CellRole::Flow, |c| self.cells[c as usize]);
        match role {
            CellRole::Header => return self.place(n, block.span, PieceRole::Heading),
            CellRole::Aside => return self.place(n, block.span, PieceRole::Aside),
            CellRole::Column { kind, header } => self.enter_column(block, kind, header),
            CellRole::Marked { kind, mark, header } => self.enter_marked(block, kind, mark, header),
            CellRole::RowLabel | CellRole::Band | CellRole::Flow => {}
        }
        let bound = matches!(role, CellRole::Column { .. } | CellRole::Marked { .. });
        match self.headings[n] {
            Some(heading) if !bound || is_binding_line(self.reading, &heading) => self.heading(n, block, role, heading),
            _ => self.text(n, block),
        }
    }

    /// The innermost open heading; the root is always there.
    fn top(&self) -> Open {
        self.open.last().copied().unwrap_or(ROOT)
    }

    fn close_what_ended(&mut self, n: usize, block: &Block) {
        while let Some(top) = self.open.last_mut() {
            let goes_on = match &mut top.scope {
                Scope::Document => true,
                Scope::Block(b) => *b as usize == n,
                Scope::Cell(cell) => block.cell.is_some_and(|c| is_within(self.reading, c, *cell)),
                Scope::Row { table, row } => block.cell.is_some_and(|c| is_in_row(self.reading, c, *table, *row)),
                Scope::List { cell, seen, below } => *cell == block.cell && list_goes_on(self.reading, block, self.headings[n].as_ref(), seen, *below),
            };
            if goes_on {
                return;
            }
            self.open.pop();
        }
    }

    fn enter_column(&mut self, block: &Block, kind: SectionKind, header: u32) {
        let Some(cell) = block.cell.filter(|c| self.top().scope != Scope::Cell(*c)) else { return };
        let heading = self.reading.document.cells()[header as usize].span;
        let section = self.column_section(kind, header, heading);
        self.open_cell(cell, kind, Because::Column(heading), Some(heading), Some(section));
    }

    fn enter_marked(&mut self, block: &Block, kind: SectionKind, mark: Span, header: Option<u32>) {
        let Some(cell) = block.cell.filter(|c| self.top().scope != Scope::Cell(*c)) else { return };
        let section = match header {
            Some(header) => Some(self.column_section(kind, header, self.reading.document.cells()[header as usize].span)),
            None => Some(self.flow_section(block.span)),
        };
        self.open_cell(cell, kind, Because::Column(mark), None, section);
    }

    fn open_cell(&mut self, cell: u32, kind: SectionKind, because: Because, heading: Option<Span>, section: Option<u32>) {
        let binding = if kind == SectionKind::Desirable { Binding::Preferred } else { Binding::Mandatory };
        let announced = Announced { kind, binding, part: false, mixed: false };
        // Between the levels of the page's headings and those that may stand in a cell.
        self.open.push(Open { level: 6, scope: Scope::Cell(cell), announced, known: true, heading, because, section, fixed: true });
    }

    fn column_section(&mut self, kind: SectionKind, header: u32, heading: Span) -> u32 {
        let sections = &mut self.layout.sections;
        *self.columns.entry(header).or_insert_with(|| {
            sections.push(Section { kind, heading: Some(heading), span: heading });
            offset(sections.len() - 1)
        })
    }

    /// The section that running text at `span` stands in, begun anew where others came between.
    fn flow_section(&mut self, span: Span) -> u32 {
        let newest = self.newest;
        let sections = &mut self.layout.sections;
        let Some(top) = self.open.last_mut() else { return 0 };
        let section = match top.section {
            Some(section) if top.fixed || newest == Some(section) => section,
            _ => {
                let start = top.heading.filter(|h| h.start() <= span.start() && top.section.is_none()).map_or(span, |h| h.cover(span));
                sections.push(Section { kind: top.announced.kind, heading: top.heading, span: start });
                offset(sections.len() - 1)
            }
        };
        top.section = Some(section);
        if !top.fixed {
            self.newest = Some(section);
        }
        let known = &mut sections[section as usize];
        known.span = known.span.cover(span);
        section
    }

    fn place(&mut self, n: usize, span: Span, role: PieceRole) {
        let section = self.flow_section(span);
        let top = self.top();
        self.layout.pieces.push(Piece { block: offset(n), span, role, section, announced: top.announced, because: top.because });
    }

    fn heading(&mut self, n: usize, block: &Block, role: CellRole, mut heading: Heading) {
        let first = self.first_word(self.reading.document.blocks().get(n + 1));
        let duties = heading.announced.and_then(|a| self.duties_in_progress(a, heading.words, first));
        heading.announced = duties.or(heading.announced);
        let scope = self.scope_of_heading(block, role);
        let level = if scope == Scope::Document { heading.level } else { heading.level.max(STRONG) };
        self.open_heading(level, scope, &heading, block);
        let end = heading.rest.map_or(block.span.end(), |rest| rest.start());
        let words = self.reading.document.text().trim(Span::of(block.span.start()..end));
        self.place(n, words, PieceRole::Heading);
        if let Some(rest) = heading.rest {
            self.place(n, rest, PieceRole::Text);
        }
    }

    fn scope_of_heading(&self, block: &Block, role: CellRole) -> Scope {
        let Some(cell) = block.cell else { return Scope::Document };
        let this = &self.reading.document.cells()[cell as usize];
        match role {
            CellRole::RowLabel => Scope::Row { table: this.table, row: this.row },
            CellRole::Band => Scope::Document,
            _ => Scope::Cell(cell),
        }
    }

    fn open_heading(&mut self, level: u8, scope: Scope, heading: &Heading, block: &Block) {
        let parent = self.parent_of(level, heading);
        self.open.truncate(parent + 1);
        let parent = self.top();
        let is_topic = |a: &Announced| a.part && a.mixed && !parent.announced.kind.asks_of_person();
        let named = heading.announced.and_then(|a| if is_topic(&a) { outside(self.reading, heading.words) } else { Some(a) });
        let inherits = match named {
            None => parent.known,
            Some(announced) => announced.part && parent.announced.kind.asks_of_person(),
        };
        let (announced, because) = match named {
            _ if inherits => (parent.announced, parent.because),
            Some(announced) => (announced, Because::Section(heading.words)),
            None => (PLAIN, Because::Nothing),
        };
        let known = named.is_some() || inherits;
        let level = level.max(parent.level + 1);
        self.open.push(Open { level, scope, announced, known, heading: Some(block.span), because, section: None, fixed: false });
    }

    /// Which open heading one of this level stands under. Bold lines, capitals and colons tell no levels apart reliably, so
    /// a subgroup (“Education”) stands under the last of them that asks of the person.
    fn parent_of(&self, level: u8, heading: &Heading) -> usize {
        let weak = level >= STRONG && heading.announced.is_some_and(|a| a.part);
        let above = |o: &Open| o.level < level || weak && o.level <= level && o.level >= STRONG && o.known && o.announced.kind.asks_of_person();
        self.open.iter().rposition(above).unwrap_or(0)
    }

    /// A paragraph or item: openers and words before a colon may begin sections of their own in it.
    fn text(&mut self, n: usize, block: &Block) {
        if matches!(block.kind, BlockKind::Code | BlockKind::Quotation) {
            return self.place(n, block.span, PieceRole::Aside);
        }
        let labels = labels(self.reading, block, self.top().announced.kind);
        if labels.is_empty() {
            return self.maybe_lead_in(n, block);
        }
        let mut from = block.span.start();
        for (at, label) in labels.iter().enumerate() {
            self.place_text(n, from..label.words.start());
            self.open_label(n, block, label);
            self.place(n, label.words, PieceRole::Heading);
            from = labels.get(at + 1).map_or(block.span.end(), |next| next.words.start());
            // The value of “Job title: …” or “Method of assessment: …” asks nothing.
            let role = if label.announced == PLAIN { PieceRole::Aside } else { PieceRole::Text };
            self.place_part(n, label.after..from, role);
        }
        self.list_after(n, block);
    }

    /// Begins a label's section, which ends with its block, and ends that of the label before.
    fn open_label(&mut self, n: usize, block: &Block, label: &Label) {
        while self.open.last().is_some_and(|o| o.scope == Scope::Block(offset(n))) {
            self.open.pop();
        }
        // “##Role summary: We are …” was meant as a heading.
        let is_heading = label.words.start() <= block.span.start() + 4 && self.reading.document.slice(block.span).starts_with("##");
        let (level, scope) = if is_heading { (STRONG, Scope::Document) } else { (LABEL, Scope::Block(offset(n))) };
        if is_heading {
            self.open.truncate(self.open.iter().rposition(|o| o.level < level).unwrap_or(0) + 1);
        }
        let because = Because::Section(label.words);
        self.open.push(Open { level, scope, announced: label.announced, known: true, heading: Some(label.words), because, section: None, fixed: false });
    }

    fn place_text(&mut self, n: usize, range: std::ops::Range<usize>) {
        self.place_part(n, range, PieceRole::Text);
    }

    fn place_part(&mut self, n: usize, range: std::ops::Range<usize>, role: PieceRole) {
        let text = self.reading.document.text();
        let bare = self.reading.document.slice(Span::of(range.start.min(range.end)..range.end));
        let skip = bare.len() - bare.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '\u{2013}' | '\u{2014}' | ';' | ',')).len();
        let span = text.trim(Span::of(range.start.min(range.end) + skip..range.end));
        if self.reading.document.slice(span).contains(char::is_alphanumeric) {
            self.place(n, span, role);
        }
    }

    /// A paragraph that leads a list in: “To be successful you will need:”.
    fn maybe_lead_in(&mut self, n: usize, block: &Block) {
        let blocks = self.reading.document.blocks();
        let text = self.reading.document.slice(block.span);
        let colon = text.ends_with([':', '-', '\u{2013}', '\u{2026}']) || text.ends_with("...");
        let next = blocks.get(n + 1).filter(|b| b.cell == block.cell && self.headings[n + 1].is_none());
        let list = next.is_some_and(|b| is_deeper(b.kind, block.kind)) && !text.ends_with(['.', '!', ';']);
        if !(colon && next.is_some() || list) {
            return self.place(n, block.span, PieceRole::Text);
        }
        let all = sentences(self.reading.document.text().as_str(), block.span);
        let Some(last) = all.last().copied() else { return };
        // Without a colon duties are led in by the sentence's last words, or not at all.
        let near_end = |words: Span| self.reading.document.slice(Span::of(words.end()..last.end())).split_whitespace().count() <= 4;
        let opener = opener(self.reading, last).filter(|(announced, words)| colon || announced.kind.asks_of_person() || near_end(*words));
        let Some((announced, words)) = opener else { return self.place(n, block.span, PieceRole::Text) };
        let announced = self.weigh(announced, words, next);
        // “Knowledge of the law, including:” within a list of criteria leads in more of them.
        if depth(block.kind).is_some() && self.top().announced.kind.asks_of_person() && !announced.kind.asks_of_person() {
            return self.place(n, block.span, PieceRole::Text);
        }
        if last.start() > block.span.start() {
            self.place_text(n, block.span.start()..last.start());
        }
        let known = announced.kind != self.top().announced.kind || announced.binding != self.top().announced.binding;
        if known {
            let scope = Scope::List { cell: block.cell, seen: Seen::Nothing, below: depth(block.kind) };
            self.open.push(Open {
                level: LABEL,
                scope,
                announced,
                known: true,
                heading: Some(last),
                because: Because::OwnWords(words),
                section: None,
                fixed: false,
            });
        }
        self.place(n, last, PieceRole::LeadIn);
    }

    /// “You will:” and “The successful candidate will:” lead in duties or criteria; the first item's verb tells.
    fn weigh(&self, announced: Announced, words: Span, next: Option<&Block>) -> Announced {
        let bare = self.reading.folded(words);
        let open_ended = bare.ends_with(" will") || bare.ends_with("'ll");
        let first = self.first_word(next);
        if let Some(duties) = self.duties_in_progress(announced, words, first) {
            return duties;
        }
        if next.is_none() || !open_ended {
            return announced;
        }
        let is_trait = matches!(first, "have" | "be" | "hold" | "possess" | "demonstrate" | "bring" | "enjoy" | "understand" | "know" | "show");
        match (is_trait, announced.kind) {
            (true, SectionKind::Responsibilities) => Announced { kind: SectionKind::Essential, binding: Binding::Mandatory, part: false, mixed: false },
            (false, SectionKind::Essential) if !self.top().announced.kind.asks_of_person() => {
                Announced { kind: SectionKind::Responsibilities, binding: Binding::Neutral, part: false, mixed: false }
            }
            _ => announced,
        }
    }

    fn first_word(&self, block: Option<&Block>) -> &str {
        let text = block.map_or("", |b| self.reading.folded(b.span));
        text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("")
    }

    /// “You’ll be:” over “scoping, writing and editing content” leads in duties; over “willing to learn” it doesn't.
    fn duties_in_progress(&self, announced: Announced, words: Span, first: &str) -> Option<Announced> {
        let is_trait = matches!(first, "willing" | "caring" | "outgoing" | "understanding" | "hardworking" | "working");
        let does = first.len() > 5 && first.ends_with("ing") && !is_trait;
        let leads = self.reading.folded(words).trim_end_matches(':').ends_with(" be") && announced.kind == SectionKind::Essential;
        (leads && does).then_some(Announced { kind: SectionKind::Responsibilities, binding: Binding::Neutral, part: false, mixed: false })
    }

    /// “Requirements: the following” before a list: the list belongs to it.
    fn list_after(&mut self, n: usize, block: &Block) {
        let next = self.reading.document.blocks().get(n + 1).filter(|b| b.cell == block.cell);
        let goes_on = next.is_some_and(|b| is_deeper(b.kind, block.kind));
        if let Some(top) = self.open.last_mut().filter(|_| goes_on) {
            top.scope = Scope::List { cell: block.cell, seen: Seen::Nothing, below: depth(block.kind) };
        }
    }
}

const LABEL: u8 = 10;

/// A line “Essential” or “Desirable” within a cell of a specification.
fn is_binding_line(reading: &Reading, heading: &Heading) -> bool {
    let column = said(reading, heading.words).column;
    heading.rest.is_none() && matches!(column, Some((Column::Essential | Column::Desirable, Fit::Whole)))
}

fn depth(kind: BlockKind) -> Option<u8> {
    if let BlockKind::Item(depth) = kind { Some(depth) } else { None }
}

fn is_deeper(next: BlockKind, this: BlockKind) -> bool {
    match (next, this) {
        (BlockKind::Item(next), BlockKind::Item(this)) => next > this,
        (BlockKind::Item(_), _) => true,
        _ => false,
    }
}

fn is_within(reading: &Reading, cell: u32, around: u32) -> bool {
    let mut at = Some(cell);
    // A cell's parent always began before it, so this ends.
    while let Some(cell) = at {
        if cell == around {
            return true;
        }
        at = parent(reading, cell);
    }
    false
}

fn is_in_row(reading: &Reading, cell: u32, table: u32, row: u32) -> bool {
    let mut at = Some(cell);
    while let Some(cell) = at {
        let this = &reading.document.cells()[cell as usize];
        if this.table == table {
            return this.row == row;
        }
        at = parent(reading, cell);
    }
    false
}

fn parent(reading: &Reading, cell: u32) -> Option<u32> {
    let table = reading.document.cells().get(cell as usize)?;
    table.parent.filter(|p| *p < cell)
}

/// Whether a block still belongs to the list that a line led in.
fn list_goes_on(reading: &Reading, block: &Block, heading: Option<&Heading>, seen: &mut Seen, below: Option<u8>) -> bool {
    if let Some(depth) = depth(block.kind) {
        if below.is_some_and(|b| depth <= b) {
            return false;
        }
        let ends = *seen == Seen::Lines || heading.is_some_and(|h| h.announced.is_some_and(|a| !a.part));
        *seen = Seen::Items;
        return !ends;
    }
    let text = reading.document.slice(block.span);
    let fragment = text.len() <= 200 && !text.contains(". ") && !text.ends_with(':') && block.kind == BlockKind::Paragraph && heading.is_none();
    let goes_on = fragment && *seen != Seen::Items;
    *seen = Seen::Lines;
    goes_on
}
