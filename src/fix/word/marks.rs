//! Anchors and rewrites → insertions into the body. A word is reached by cutting its run in two: the part after the cut
//! begins with a copy of the run's start tag and properties, so that it looks as it did.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::AUTHOR;
use super::anchor::{Anchor, Place};
use crate::document::docx::anatomy::{Anatomy, Run, TextPlace};
use crate::document::raw::{End, nearest};
use crate::fix::ByteEdit;
use crate::fix::xml::{Vocabulary, escaped, insertion};

/// Marks to be set.
pub(super) struct Marks<'a> {
    anatomy: &'a Anatomy,
    words: &'a Vocabulary,
    date: &'a str,
    ids: BTreeSet<u64>,
    next_id: u64,
    cuts: BTreeMap<usize, Cut<'a>>,
    deletions: Vec<Deletion<'a>>,
}

/// A place where something is set.
struct Cut<'a> {
    shape: Shape<'a>,
    insertions: Vec<Insertion<'a>>,
    ends: Vec<u64>,
    starts: Vec<u64>,
}

/// What a place is within.
#[derive(Clone, Copy)]
enum Shape<'a> {
    /// Between runs.
    Plain,
    /// In a run, between two of its elements.
    Children(&'a Run),
    /// In a text of a run.
    Text(&'a Run, &'a TextPlace),
}

/// Words that come, looking like those of a run.
struct Insertion<'a> {
    like: &'a Run,
    words: String,
}

/// Words of one text that go: from one cut to another.
struct Deletion<'a> {
    from: usize,
    to: usize,
    text: &'a TextPlace,
    /// Whether it takes the text's first words, and its last.
    first: bool,
    last: bool,
}

/// Words of a run to be tracked as deleted.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'a> {
    pub(super) run: &'a Run,
    pub(super) text: &'a TextPlace,
    /// Bytes of the part.
    pub(super) raw: (usize, usize),
}

impl<'a> Marks<'a> {
    pub(super) fn new(anatomy: &'a Anatomy, words: &'a Vocabulary, date: &'a str, taken: &BTreeSet<u64>) -> Marks<'a> {
        let ids = anatomy.ids.union(taken).copied().collect();
        Marks { anatomy, words, date, ids, next_id: 0, cuts: BTreeMap::new(), deletions: Vec::new() }
    }

    /// Sets the marks of a comment; its id.
    pub(super) fn comment(&mut self, anchor: &Anchor) -> u64 {
        let id = self.id();
        if let Some(cut) = self.place(anchor.start, End::Start) {
            cut.starts.push(id);
        }
        if let Some(cut) = self.place(anchor.end, End::End) {
            cut.ends.push(id);
        }
        id
    }

    /// Replaces words of one element's runs: they are tracked as deleted, the new ones as inserted after them.
    pub(super) fn replace(&mut self, stretches: &[Stretch<'a>], words: &str) {
        for stretch in stretches {
            let text = stretch.text.pieces.first().zip(stretch.text.pieces.last()).map_or(0..0, |(a, b)| a.raw.start..b.raw.end);
            let from = self.in_text(stretch.run, stretch.text, stretch.raw.0).0;
            let to = self.in_text(stretch.run, stretch.text, stretch.raw.1).0;
            let (first, last) = (stretch.raw.0 == text.start, stretch.raw.1 == text.end);
            self.deletions.push(Deletion { from, to, text: stretch.text, first, last });
        }
        if let (Some(first), Some(last)) = (stretches.first(), stretches.last()) {
            self.insert(first.run, last, words);
        }
    }

    /// Inserts words after a stretch, looking like those of a run.
    pub(super) fn insert(&mut self, like: &'a Run, after: &Stretch<'a>, words: &str) {
        if words.is_empty() {
            return;
        }
        let cut = self.in_text(after.run, after.text, after.raw.1).1;
        cut.insertions.push(Insertion { like, words: words.to_owned() });
    }

    /// The next number that no mark has.
    fn id(&mut self) -> u64 {
        while !self.ids.insert(self.next_id) {
            self.next_id += 1;
        }
        self.next_id
    }

    fn place(&mut self, place: Place, end: End) -> Option<&mut Cut<'a>> {
        let anatomy = self.anatomy;
        match place {
            Place::Paragraph(number) => {
                let content = anatomy.paragraphs.get(number as usize)?.content.clone()?;
                Some(self.beside(&content, end))
            }
            Place::WholeRun { paragraph, run } => {
                let run = anatomy.run(paragraph, run)?;
                Some(self.beside(run.field.as_ref().unwrap_or(&run.whole), end))
            }
            Place::Run { paragraph, run, at } => {
                let run = anatomy.run(paragraph, run)?;
                if let Some(field) = &run.field {
                    return Some(self.beside(field, end));
                }
                let text = run.texts.iter().find(|t| {
                    t.text().is_some_and(|held| if end == End::Start { (held.start..held.end).contains(&at) } else { held.start < at && at <= held.end })
                });
                // No character of a text: a symbol, a hyphen.
                let Some(text) = text else { return Some(self.beside(&run.whole, end)) };
                let raw = nearest(&text.pieces, at, end)?;
                Some(self.in_text(run, text, raw).1)
            }
        }
    }

    /// The cut before or after something.
    fn beside(&mut self, whole: &Range<usize>, end: End) -> &mut Cut<'a> {
        self.cut(if end == End::Start { whole.start } else { whole.end }, Shape::Plain)
    }

    /// A cut at bytes of a text; at its ends it is one beside the text or, where the run holds nothing else, beside the run.
    fn in_text(&mut self, run: &'a Run, text: &'a TextPlace, raw: usize) -> (usize, &mut Cut<'a>) {
        let start = text.pieces.first().map_or(text.open.end, |p| p.raw.start);
        let end = text.pieces.last().map_or(text.close.start, |p| p.raw.end);
        let (at, shape) = if raw <= start {
            if text.open.start == run.properties.end { (run.whole.start, Shape::Plain) } else { (text.open.start, Shape::Children(run)) }
        } else if raw >= end {
            if text.close.end == run.end { (run.whole.end, Shape::Plain) } else { (text.close.end, Shape::Children(run)) }
        } else {
            (raw, Shape::Text(run, text))
        };
        (at, self.cut(at, shape))
    }

    fn cut(&mut self, at: usize, shape: Shape<'a>) -> &mut Cut<'a> {
        self.cuts.entry(at).or_insert_with(|| Cut { shape, insertions: Vec::new(), ends: Vec::new(), starts: Vec::new() })
    }

    /// The insertions that set all marks.
    pub(super) fn edits(mut self, part: &str) -> Vec<ByteEdit> {
        let mut edits: Vec<ByteEdit> = self.deletions.iter().flat_map(renamed).collect();
        let cuts = std::mem::take(&mut self.cuts);
        let mut kept: BTreeSet<usize> = BTreeSet::new();
        for (at, cut) in &cuts {
            if let Shape::Text(_, text) = cut.shape
                && !text.says_space
                && kept.insert(text.open.start)
            {
                // White space at the ends of a text counts only where that is said.
                edits.push(insertion(text.open.end - 1, " xml:space=\"preserve\""));
            }
            let written = self.written(*at, cut, part);
            edits.push(insertion(*at, written));
        }
        edits
    }

    fn written(&mut self, at: usize, cut: &Cut, part: &str) -> String {
        let ends_deletion = self.deletions.iter().any(|d| d.from < at && at <= d.to);
        let begins_deletion = self.deletions.iter().any(|d| d.from <= at && at < d.to);
        let words = self.words;
        let mut out = match cut.shape {
            Shape::Plain => String::new(),
            Shape::Children(run) => run_end(run, part),
            Shape::Text(run, text) => format!("</{}>{}", text_name(text, ends_deletion), run_end(run, part)),
        };
        if ends_deletion {
            out.push_str(&words.close("del"));
        }
        for insertion in &cut.insertions {
            out.push_str(&self.inserted(insertion, part));
        }
        for id in &cut.ends {
            let id = words.attribute("id", &id.to_string());
            out.push_str(&format!("{}{id}/>{}{}{id}/>{}", words.start("commentRangeEnd"), words.open("r"), words.start("commentReference"), words.close("r")));
        }
        for id in &cut.starts {
            out.push_str(&format!("{}{}/>", words.start("commentRangeStart"), words.attribute("id", &id.to_string())));
        }
        if begins_deletion {
            out.push_str(&self.change("del"));
        }
        match cut.shape {
            Shape::Plain => {}
            Shape::Children(run) => out.push_str(&run_start(run, part)),
            Shape::Text(run, text) => out.push_str(&format!("{}<{} xml:space=\"preserve\">", run_start(run, part), text_name(text, begins_deletion))),
        }
        out
    }

    fn inserted(&mut self, insertion: &Insertion, part: &str) -> String {
        let run = insertion.like;
        let name = run.texts.first().map_or("w:t", |t| t.name.as_str());
        format!(
            "{}{}<{name} xml:space=\"preserve\">{}</{name}>{}{}",
            self.change("ins"),
            run_start(run, part),
            escaped(&insertion.words),
            run_end(run, part),
            self.words.close("ins")
        )
    }

    /// The start tag of a tracked change.
    fn change(&mut self, local: &str) -> String {
        let id = self.id();
        let words = self.words;
        format!("{}{}{}{}>", words.start(local), words.attribute("id", &id.to_string()), words.attribute("author", AUTHOR), words.attribute("date", self.date))
    }
}

/// Makes a text one that is tracked as deleted, where that takes its ends: “w:t” → “w:delText”, by insertions alone.
fn renamed(deletion: &Deletion) -> impl Iterator<Item = ByteEdit> {
    let text = deletion.text;
    let letters = text.name.len() - 1;
    let open = deletion.first.then(|| insertion(text.open.start + 1 + letters, "delTex"));
    let close = deletion.last.then(|| insertion(text.close.start + 2 + letters, "delTex"));
    open.into_iter().chain(close)
}

fn text_name(text: &TextPlace, deleted: bool) -> String {
    let letters = text.name.len() - 1;
    if deleted { format!("{}delText", &text.name[..letters]) } else { text.name.clone() }
}

/// What the part of a run after a cut begins with.
fn run_start(run: &Run, part: &str) -> String {
    format!("{}{}", &part[run.open.clone()], &part[run.properties.clone()])
}

fn run_end(run: &Run, part: &str) -> String {
    part[run.end..run.whole.end].to_owned()
}
