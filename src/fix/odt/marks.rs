//! Anchors and rewrites → edits of the content. Marks are elements between characters, so that nothing is cut in two; words
//! that go move into the list of tracked changes, and a mark stays in their place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Names;
use super::anchor::Anchor;
use super::annotation::{has_styles, styles};
use crate::document::odt::anatomy::{Anatomy, Stretch};
use crate::document::xml::ElementPlace;
use crate::fix::ByteEdit;
use crate::fix::xml::{Vocabulary, appended, escaped, insertion};

/// Marks to be set.
pub(super) struct Marks<'a> {
    anatomy: &'a Anatomy,
    names: &'a Names,
    date: &'a str,
    taken: BTreeSet<String>,
    n_named: usize,
    comments: Vec<Comment>,
    deletions: Vec<Deletion<'a>>,
    insertions: Vec<Insertion>,
}

struct Comment {
    place: Range<usize>,
    name: String,
    written: String,
}

/// Words of one stretch that go.
pub(super) struct Deletion<'a> {
    /// Bytes of the content.
    pub(super) raw: Range<usize>,
    pub(super) stretch: &'a Stretch,
    /// The style of their paragraph.
    pub(super) style: Option<&'a str>,
}

/// Words that come.
struct Insertion {
    at: usize,
    side: Side,
    words: String,
}

/// Where words come, of all that stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// After what stands before the place, within its comment.
    AfterWords,
    /// Before what is deleted from there on.
    BeforeDeletion,
    /// After what is deleted from there on.
    AfterDeletion,
}

/// What stands at a place, in this order.
#[derive(Default)]
struct Cut {
    after_words: String,
    ends: String,
    starts: String,
    before: String,
    deletion: String,
    after: String,
    /// Where the deletion ends.
    to: Option<usize>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(anatomy: &'a Anatomy, names: &'a Names, date: &'a str) -> Marks<'a> {
        let taken = anatomy.names.clone();
        Marks { anatomy, names, date, taken, n_named: 0, comments: Vec::new(), deletions: Vec::new(), insertions: Vec::new() }
    }

    /// A name that no element has.
    pub(super) fn name(&mut self) -> String {
        loop {
            self.n_named += 1;
            let name = format!("jdlint{}", self.n_named);
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Sets the marks of a comment.
    pub(super) fn comment(&mut self, anchor: &Anchor, name: &str, written: String) {
        self.comments.push(Comment { place: anchor.place.clone(), name: name.to_owned(), written });
    }

    pub(super) fn delete(&mut self, deletion: Deletion<'a>) {
        self.deletions.push(deletion);
    }

    pub(super) fn insert(&mut self, at: usize, side: Side, words: &str) {
        if !words.is_empty() {
            self.insertions.push(Insertion { at, side, words: words.to_owned() });
        }
    }

    /// The edits that set all marks.
    pub(super) fn edits(mut self, part: &str) -> Vec<ByteEdit> {
        let mut cuts: BTreeMap<usize, Cut> = BTreeMap::new();
        self.set_comments(&mut cuts);
        let mut regions = String::new();
        for deletion in self.split() {
            let name = self.name();
            regions.push_str(&self.region(&name, "deletion", &self.moved(&deletion, part)));
            let cut = cuts.entry(deletion.raw.start).or_default();
            cut.deletion = self.mark("change", &name);
            cut.to = Some(deletion.raw.end);
        }
        for Insertion { at, side, words } in std::mem::take(&mut self.insertions) {
            let name = self.name();
            regions.push_str(&self.region(&name, "insertion", ""));
            let marked = format!("{}{}{}", self.mark("change-start", &name), escaped(&words), self.mark("change-end", &name));
            cuts.entry(at).or_default().side(side).push_str(&marked);
        }
        let mut edits: Vec<ByteEdit> = cuts.into_iter().map(|(at, cut)| cut.edit(at)).collect();
        edits.extend(self.listed(&regions));
        edits.extend(self.styled());
        edits
    }

    fn set_comments(&self, cuts: &mut BTreeMap<usize, Cut>) {
        let office = &self.names.office;
        for comment in &self.comments {
            let Range { start, end } = comment.place;
            cuts.entry(start).or_default().starts.push_str(&comment.written);
            // A comment on no words is one at their place, and needs no end.
            if start < end {
                let mark = format!("{}{}/>", office.start("annotation-end"), office.attribute("name", &comment.name));
                cuts.entry(end).or_default().ends.push_str(&mark);
            }
        }
    }

    /// The deletions, cut where a comment begins or ends within them. What comes after one comes after its last part.
    fn split(&mut self) -> Vec<Deletion<'a>> {
        let edges: BTreeSet<usize> = self.comments.iter().flat_map(|c| [c.place.start, c.place.end]).collect();
        let mut parts = Vec::new();
        for deletion in std::mem::take(&mut self.deletions) {
            let Range { start, end } = deletion.raw;
            let within = edges.range(start + 1..end.max(start + 1)).copied();
            let starts: Vec<usize> = std::iter::once(start).chain(within).collect();
            let ends = starts[1..].iter().copied().chain([end]);
            parts.extend(starts.iter().zip(ends).map(|(from, to)| Deletion { raw: *from..to, ..deletion }));
            let after = self.insertions.iter_mut().filter(|i| i.side == Side::AfterDeletion && i.at == start);
            after.for_each(|i| i.at = starts[starts.len() - 1]);
        }
        parts
    }

    fn mark(&self, local: &str, name: &str) -> String {
        let text = &self.names.text;
        format!("{}{}/>", text.start(local), text.attribute("change-id", name))
    }

    /// An entry of the list of changes. Readers of before OpenDocument 1.2 look for `text:id`.
    fn region(&self, name: &str, kind: &str, content: &str) -> String {
        let (office, text) = (&self.names.office, &self.names.text);
        format!(
            "{} xml:id=\"{name}\"{}>{}{}{}{}{content}{}{}",
            text.start("changed-region"),
            text.attribute("id", name),
            text.open(kind),
            office.open("change-info"),
            self.names.by(self.date),
            office.close("change-info"),
            text.close(kind),
            text.close("changed-region")
        )
    }

    /// Words that go, in a paragraph and in spans like their own.
    fn moved(&self, deletion: &Deletion, part: &str) -> String {
        let text = &self.names.text;
        let style = deletion.style.map(|name| text.attribute("style-name", name)).unwrap_or_default();
        let opened: String = deletion.stretch.spans.iter().map(|span| &part[span.clone()]).collect();
        let closed: String = deletion.stretch.spans.iter().rev().map(|span| format!("</{}>", element_name(&part[span.clone()]))).collect();
        let words = &part[deletion.raw.clone()];
        let bare = words.trim_matches(is_xml_space);
        // White space at the ends of a paragraph does not count, unless it stands as an element.
        let space = |is_there| if is_there { format!("{}/>", text.start("s")) } else { String::new() };
        let (before, after) = (space(words.starts_with(is_xml_space)), space(words.ends_with(is_xml_space) && !bare.is_empty()));
        format!("{}{style}>{opened}{before}{bare}{after}{closed}{}", text.start("p"), text.close("p"))
    }

    /// The list of changes, with these regions more.
    fn listed(&self, regions: &str) -> Vec<ByteEdit> {
        if regions.is_empty() {
            Vec::new()
        } else {
            self.added(self.anatomy.changes.as_ref(), self.anatomy.before_text, &self.names.text, "tracked-changes", regions)
        }
    }

    /// The part's own styles, with those more that comments need.
    fn styled(&self) -> Vec<ByteEdit> {
        let is_there = has_styles(&self.anatomy.names);
        if is_there {
            Vec::new()
        } else {
            self.added(self.anatomy.styles.as_ref(), self.anatomy.before_body, &self.names.office, "automatic-styles", &styles(self.names))
        }
    }

    /// Children more of an element, or else a new element with them.
    fn added(&self, element: Option<&ElementPlace>, at: Option<usize>, names: &Vocabulary, local: &str, children: &str) -> Vec<ByteEdit> {
        match (element, at) {
            (Some(element), _) => appended(element, children),
            (None, Some(at)) => vec![insertion(at, format!("{}{children}{}", names.open(local), names.close(local)))],
            (None, None) => Vec::new(),
        }
    }
}

impl Cut {
    fn side(&mut self, side: Side) -> &mut String {
        match side {
            Side::AfterWords => &mut self.after_words,
            Side::BeforeDeletion => &mut self.before,
            Side::AfterDeletion => &mut self.after,
        }
    }

    fn edit(self, at: usize) -> ByteEdit {
        let insert = [self.after_words, self.ends, self.starts, self.before, self.deletion, self.after].concat();
        ByteEdit { range: at..self.to.unwrap_or(at), insert: insert.into_bytes() }
    }
}

/// The name in a start tag.
fn element_name(tag: &str) -> &str {
    tag.trim_start_matches('<').split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default()
}

fn is_xml_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}
