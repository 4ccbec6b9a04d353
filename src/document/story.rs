//! A word processor's story (the body, a header, a note) as one flat list of steps → blocks and cells of a document.
//!
//! The readers of Word and OpenDocument write stories; what their markup looks like is not known here. The list is flat
//! so that no nesting, however deep, is ever followed by a call within a call.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::build::{Builder, NewCell};
use super::source::{Origin, WordPlace};
use super::{BlockKind, Emphasis};
use crate::text::{offset, one_line};

/// One story of a document, as its part holds it.
pub(super) struct Story {
    /// The part's name in the package.
    pub(super) part: Arc<str>,
    /// The characters of all pieces.
    pub(super) text: String,
    pub(super) steps: Vec<Step>,
}

/// What comes next in a story.
pub(super) enum Step {
    Paragraph(Paragraph),
    OpenTable,
    /// A row, and how many columns of its grid are left free before its first cell.
    Row {
        free: u32,
    },
    Cell(NewCell),
    /// The cell above reaches down here, over so many columns. What this cell itself holds is not shown.
    Covered {
        columns: u32,
    },
    CloseTable,
}

/// A paragraph with all that is shown of it.
pub(super) struct Paragraph {
    pub(super) kind: BlockKind,
    pub(super) pieces: Vec<Piece>,
}

/// Some of a paragraph's text.
#[derive(Clone, Copy)]
pub(super) enum Piece {
    /// A new line within the paragraph.
    Break,
    Words(Words),
}

/// Text of one run that looks alike.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// Bytes of [`Story::text`].
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) paragraph: u32,
    pub(super) run: u32,
    /// Bytes into the run's text, and how many of them these words stand for. As many as the words have: the same words.
    pub(super) at: u32,
    pub(super) stored: u32,
    pub(super) look: Look,
}

/// What of a look makes words stand out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) strong: bool,
    /// In half points.
    pub(super) size: u16,
}

impl Story {
    pub(super) fn new(part: Arc<str>) -> Story {
        Story { part, text: String::new(), steps: Vec::new() }
    }

    /// Notes words at the end of the story's text; they join the last piece where they go on with it.
    pub(super) fn push(&mut self, pieces: &mut Vec<Piece>, words: &str, at: Words) {
        let start = offset(self.text.len());
        self.text.push_str(words);
        let end = offset(self.text.len());
        let new = Words { start, end, ..at };
        if let Some(Piece::Words(last)) = pieces.last_mut()
            && last.goes_on_with(&new)
        {
            last.end = end;
            last.stored += new.stored;
            return;
        }
        pieces.push(Piece::Words(new));
    }

    /// What a person reads in steps of this story, on one line: to see whether two say the same.
    pub(super) fn words(&self, steps: &[Step]) -> String {
        let mut words = String::new();
        for step in steps {
            let Step::Paragraph(paragraph) = step else { continue };
            for piece in &paragraph.pieces {
                match piece {
                    Piece::Words(piece) => words.push_str(self.slice(piece)),
                    Piece::Break => words.push(' '),
                }
            }
            words.push(' ');
        }
        one_line(&words)
    }

    fn slice(&self, words: &Words) -> &str {
        self.text.get(words.start as usize..words.end as usize).unwrap_or("")
    }

    /// Writes the story into the document.
    pub(super) fn write(&self, builder: &mut Builder) {
        let sizes = Sizes::of(self);
        let mut nesting = Nesting::default();
        for step in &self.steps {
            nesting.enter(step);
            if nesting.covered.is_some() {
                continue;
            }
            match step {
                Step::Paragraph(paragraph) => self.write_paragraph(builder, paragraph, sizes.body(nesting.depth)),
                Step::OpenTable => builder.open_table(),
                Step::CloseTable => builder.close_table(),
                Step::Row { free } => {
                    builder.open_row();
                    builder.leave_free(*free);
                }
                Step::Cell(cell) => builder.open_cell(*cell),
                Step::Covered { columns } if builder.extend_cell_above(*columns) => nesting.covered = Some(nesting.depth),
                Step::Covered { columns } => builder.open_cell(NewCell { rows: 1, columns: *columns, header: false }),
            }
        }
    }

    fn write_paragraph(&self, builder: &mut Builder, paragraph: &Paragraph, body: u16) {
        builder.open(paragraph.kind);
        let is_strong = |look: Look| look.strong || look.size >= body.saturating_add(2);
        let says_something = |words: &Words| self.slice(words).contains(char::is_alphanumeric);
        let worded = paragraph.pieces.iter().filter_map(|p| if let Piece::Words(w) = p { Some(w) } else { None }).find(|w| says_something(w));
        let mut strong = worded.is_some_and(|w| is_strong(w.look));
        for piece in &paragraph.pieces {
            match piece {
                Piece::Break => builder.open(paragraph.kind),
                Piece::Words(words) => {
                    // A colon that was not made bold with its heading looks no different: it goes with its neighbours.
                    if worded.is_none() || says_something(words) {
                        strong = is_strong(words.look);
                    }
                    let emphasis = if strong { Emphasis::Strong } else { Emphasis::None };
                    builder.flow(self.slice(words), emphasis, |at, len| self.origin(words, at, len));
                }
            }
        }
        builder.close();
    }

    /// Where `len` bytes from byte `at` of the words came from.
    fn origin(&self, words: &Words, at: usize, len: usize) -> Origin {
        let same = words.stored == words.end - words.start;
        let (at, len) = if same { (words.at + offset(at), offset(len)) } else { (words.at, words.stored) };
        Origin::Word(WordPlace { part: Arc::clone(&self.part), paragraph: words.paragraph, run: words.run, at }, len)
    }
}

impl Words {
    fn goes_on_with(&self, next: &Words) -> bool {
        let same = |w: &Words| w.stored == w.end - w.start;
        self.end == next.start
            && (self.paragraph, self.run, self.look) == (next.paragraph, next.run, next.look)
            && same(self)
            && same(next)
            && self.at + self.stored == next.at
    }
}

/// How deep in tables a step stands, and whether in a cell that another covers.
#[derive(Default)]
struct Nesting {
    depth: usize,
    /// The depth of the covered cell's table.
    covered: Option<usize>,
}

impl Nesting {
    fn enter(&mut self, step: &Step) {
        let ends = match step {
            Step::Row { .. } | Step::Cell(_) | Step::Covered { .. } | Step::CloseTable => self.covered == Some(self.depth),
            Step::Paragraph(_) | Step::OpenTable => false,
        };
        if ends {
            self.covered = None;
        }
        match step {
            Step::OpenTable => self.depth += 1,
            Step::CloseTable => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// The size that most text is set in, outside and within tables: what is larger stands out.
struct Sizes {
    outside: u16,
    within: u16,
}

impl Sizes {
    fn of(story: &Story) -> Sizes {
        let (mut outside, mut within) = (BTreeMap::new(), BTreeMap::new());
        let mut depth = 0_usize;
        for step in &story.steps {
            match step {
                Step::OpenTable => depth += 1,
                Step::CloseTable => depth = depth.saturating_sub(1),
                Step::Paragraph(paragraph) => {
                    let sizes = if depth == 0 { &mut outside } else { &mut within };
                    for piece in &paragraph.pieces {
                        if let Piece::Words(words) = piece {
                            *sizes.entry(words.look.size).or_insert(0) += u64::from(words.end - words.start);
                        }
                    }
                }
                _ => {}
            }
        }
        Sizes { outside: usual(&outside), within: usual(&within) }
    }

    fn body(&self, depth: usize) -> u16 {
        if depth == 0 { self.outside } else { self.within }
    }
}

fn usual(sizes: &BTreeMap<u16, u64>) -> u16 {
    sizes.iter().max_by_key(|(_, n_bytes)| **n_bytes).map_or(u16::MAX, |(size, _)| *size)
}
