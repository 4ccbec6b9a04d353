//! An OpenDocument text → the same file with annotations and tracked changes. What is not ours stays byte for byte; words
//! that are tracked as deleted move, as they are written, into the list of changes, which is where the format keeps them.

mod anchor;
mod annotation;
mod changes;
mod marks;

use super::package::{Part, rewritten};
use super::review::{ReviewError, Reviewed, Work};
use super::xml::{Root, Vocabulary};
use crate::document::odt::anatomy::Anatomy;
use crate::document::package::Package;
use anchor::Anchors;
use annotation::annotation;
use changes::tracked;
use marks::Marks;

/// Who comments.
const AUTHOR: &str = "jdlint";

pub(super) fn review(work: &Work) -> Result<Reviewed, ReviewError> {
    if work.remarks.is_empty() {
        return Ok(work.unchanged());
    }
    if !crate::document::sniff::is_zip(work.bytes) {
        // A flat file is its only part.
        let content = Part::of("the file", work.bytes)?;
        let (edits, changes) = annotated(work, &content, &content.text)?;
        return Ok(reviewed(content.edited(edits), work, changes));
    }
    let mut package = Package::open(work.bytes, work.document.limits())?;
    if package.has("META-INF/documentsignatures.xml") {
        return Err(ReviewError::Signed);
    }
    let content = Part::read(&mut package, "content.xml")?.ok_or_else(damaged)?;
    let styles = package.text("styles.xml")?.unwrap_or_default();
    let (edits, changes) = annotated(work, &content, &styles)?;
    let bytes = rewritten(work.bytes, &[content.change(&package, edits)])?;
    Ok(reviewed(bytes, work, changes))
}

fn reviewed(bytes: Vec<u8>, work: &Work, changes: usize) -> Reviewed {
    Reviewed { bytes, comments: work.remarks.len(), changes, notices: Vec::new() }
}

fn damaged() -> ReviewError {
    ReviewError::Package { what: "its content cannot be read to the end".to_owned() }
}

/// The edits that put all comments and changes into the content, and how many changes that are.
fn annotated(work: &Work, content: &Part, styles: &str) -> Result<(Vec<super::ByteEdit>, usize), ReviewError> {
    let root = Root::of(&content.text).ok_or_else(damaged)?;
    let anatomy = Anatomy::of(&content.text);
    let names = Names::of(&root);
    let anchors = Anchors { anatomy: &anatomy, furniture: Anatomy::of(styles), document: work.document, title: work.title };
    let mut marks = Marks::new(&anatomy, &names, work.date);
    for remark in &work.remarks {
        let anchor = anchors.find(remark.span)?;
        let name = marks.name();
        let comment = annotation(&name, anchor.about.iter().chain(&remark.lines), &names, work.date);
        marks.comment(&anchor, &name, comment);
    }
    let n_changes = tracked(&mut marks, work, &anatomy);
    Ok((marks.edits(&content.text), n_changes))
}

/// What the elements of each namespace are called in the content.
struct Names {
    office: Vocabulary,
    text: Vocabulary,
    style: Vocabulary,
    format: Vocabulary,
    dublin: Vocabulary,
    link: Vocabulary,
}

impl Names {
    fn of(root: &Root) -> Names {
        let oasis = |own: &str, last: &str| {
            let namespace = format!("urn:oasis:names:tc:opendocument:xmlns:{last}:1.0");
            Vocabulary::new(root.bound(&namespace), own, &namespace)
        };
        let other = |own: &str, namespace: &str| Vocabulary::new(root.bound(namespace), own, namespace);
        Names {
            office: oasis("office", "office"),
            text: oasis("text", "text"),
            style: oasis("style", "style"),
            format: oasis("fo", "xsl-fo-compatible"),
            dublin: other("dc", "http://purl.org/dc/elements/1.1/"),
            link: other("xlink", "http://www.w3.org/1999/xlink"),
        }
    }

    /// Who, and when: what annotations and changes begin with.
    fn by(&self, date: &str) -> String {
        let dc = &self.dublin;
        format!("{}{AUTHOR}{}{}{date}{}", dc.open("creator"), dc.close("creator"), dc.open("date"), dc.close("date"))
    }
}
