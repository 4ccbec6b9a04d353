//! A Word file → the same file with comments and tracked changes. Parts are changed by insertions only: what is not ours
//! stays byte for byte.

mod anchor;
mod comments;
mod marks;
mod relations;
mod rewrite;

use super::package::{Part, PartChange, rewritten};
use super::review::{ReviewError, Reviewed, Work};
use super::xml::{Root, Vocabulary};
use crate::document::docx::anatomy::{Anatomy, NoteKind};
use crate::document::docx::parts::{Parts, Role};
use crate::document::package::Package;
use crate::document::xml::{Element, Node, Xml};
use anchor::Anchors;
use comments::Comments;
use marks::Marks;
use relations::{Relations, content_type};
use rewrite::tracked;

/// Who comments.
const AUTHOR: &str = "jdlint";

pub(super) fn review(work: &Work) -> Result<Reviewed, ReviewError> {
    if work.remarks.is_empty() {
        return Ok(work.unchanged());
    }
    let mut package = Package::open(work.bytes, work.document.limits())?;
    if is_signed(&mut package)? {
        return Err(ReviewError::Signed);
    }
    let file = File::read(&mut package)?;
    let mut comments = Comments::read(&mut package, &file)?;
    let mut marks = Marks::new(&file.anatomy, &file.words, work.date, comments.ids());
    let anchors = Anchors { file: &file, document: work.document, title: work.title };
    for remark in &work.remarks {
        let anchor = anchors.find(remark.span)?;
        let id = marks.comment(&anchor);
        comments.add(id, anchor.about, &remark.lines, work.date);
    }
    let mut notices = Vec::new();
    let changes = if work.chosen.is_empty() {
        0
    } else if file.protection == Protection::NoChanges {
        notices.push("the document is protected against changes, so the rewrites stand in the comments only".to_owned());
        0
    } else {
        tracked(&mut marks, work, &file)
    };
    let n_comments = work.remarks.len();
    let mut parts = vec![file.body.change(&package, marks.edits(&file.body.text))];
    parts.extend(comments.finish(&mut package, &file)?);
    Ok(Reviewed { bytes: rewritten(work.bytes, &parts)?, comments: n_comments, changes, notices })
}

/// What is known of the file before it is changed.
struct File {
    parts: Parts,
    body: Part,
    anatomy: Anatomy,
    /// What Word's elements are called in the body.
    words: Vocabulary,
    notes: Vec<Notes>,
    protection: Protection,
    /// Whether there are styles of the names that Word gives comments.
    styles: String,
}

/// The footnotes or endnotes.
struct Notes {
    part: String,
    kind: NoteKind,
    anatomy: Anatomy,
}

impl Notes {
    fn read(package: &mut Package, parts: &Parts) -> Result<Vec<Notes>, ReviewError> {
        let mut all = Vec::new();
        for (role, kind) in [(Role::Footnotes, NoteKind::Footnote), (Role::Endnotes, NoteKind::Endnote)] {
            let Some(part) = parts.first(role).map(str::to_owned) else { continue };
            let text = package.text(&part)?.unwrap_or_default();
            all.push(Notes { part, kind, anatomy: Anatomy::of(&text) });
        }
        Ok(all)
    }
}

/// Whether the document's settings let its words be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    None,
    /// Comments and filled-in forms at most.
    NoChanges,
}

impl File {
    fn read(package: &mut Package) -> Result<File, ReviewError> {
        let parts = Parts::find(package)?;
        let missing = || ReviewError::Package { what: "its body cannot be read to the end".to_owned() };
        let body = Part::read(package, &parts.main)?.ok_or_else(missing)?;
        let root = Root::of(&body.text).ok_or_else(missing)?;
        let anatomy = Anatomy::of(&body.text);
        let words = Vocabulary::new(root.bound(&anatomy.namespace), "w", &anatomy.namespace);
        let notes = Notes::read(package, &parts)?;
        let settings = parts.first(Role::Settings).map(|name| package.text(name)).transpose()?.flatten().unwrap_or_default();
        let styles = parts.first(Role::Styles).map(|name| package.text(name)).transpose()?.flatten().unwrap_or_default();
        Ok(File { parts, body, anatomy, words, notes, protection: protection(&settings), styles })
    }

    fn is_strict(&self) -> bool {
        self.anatomy.namespace.starts_with("http://purl.oclc.org/")
    }

    /// The namespace of relationships, which is where their kinds begin, too.
    fn relationships(&self) -> &'static str {
        if self.is_strict() {
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        }
    }

    fn has_style(&self, id: &str) -> bool {
        self.styles.contains(&format!("styleId=\"{id}\""))
    }
}

/// Whether the package holds signatures of its parts. A signature of the macros alone does not mind comments.
fn is_signed(package: &mut Package) -> Result<bool, ReviewError> {
    let top = package.text("_rels/.rels")?.unwrap_or_default();
    Ok(top.contains("/digital-signature/origin"))
}

fn protection(settings: &str) -> Protection {
    let is_protection = |element: &Element| {
        let is_on = element.attribute("enforcement").is_some_and(|v| matches!(v.as_ref(), "1" | "true" | "on"));
        element.local() == "documentProtection" && is_on && element.attribute("edit").is_some_and(|v| v != "trackedChanges" && v != "none")
    };
    let found = Xml::new(settings).any(|node| matches!(node, Node::Open(element) if is_protection(&element)));
    if found { Protection::NoChanges } else { Protection::None }
}
