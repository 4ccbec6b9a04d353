//! Two versions of a text → the smallest changes that lead from one to the other, so that an editor's cursor and marks stay
//! where they are; and changes → the protocol's edits.

use std::ops::Range;

use similar::{DiffTag, TextDiff};
use tower_lsp::ls_types::*;

use super::client::Client;
use super::position::Places;

/// A change of a text's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) bytes: Range<usize>,
    pub(super) insert: String,
}

impl Change {
    /// Puts words in at a place.
    pub(super) fn insert(at: usize, words: impl Into<String>) -> Change {
        Change { bytes: at..at, insert: words.into() }
    }
}

/// What leads from one text to the other, in order.
pub(super) fn between(old: &str, new: &str) -> Vec<Change> {
    let (old_lines, new_lines): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let diff = TextDiff::from_slices(&old_lines, &new_lines);
    let starts = |lines: &[&str]| {
        let mut starts = vec![0];
        lines.iter().for_each(|line| starts.push(starts[starts.len() - 1] + line.len()));
        starts
    };
    let (from, to) = (starts(&old_lines), starts(&new_lines));
    let changed = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
    let change = |op: &similar::DiffOp| {
        let (gone, come) = (op.old_range(), op.new_range());
        trimmed(old, from[gone.start]..from[gone.end], &new[to[come.start]..to[come.end]])
    };
    changed.map(change).collect()
}

/// A change without what it leaves as it is at both ends.
fn trimmed(old: &str, bytes: Range<usize>, insert: &str) -> Change {
    let gone = &old[bytes.clone()];
    let same = gone.chars().zip(insert.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    let (gone, insert) = (&gone[same..], &insert[same..]);
    let tail = gone.chars().rev().zip(insert.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    Change { bytes: bytes.start + same..bytes.end - tail, insert: insert[..insert.len() - tail].to_owned() }
}

/// The text with changes made, which do not overlap.
pub(super) fn applied(text: &str, changes: &[Change]) -> String {
    let mut sorted: Vec<&Change> = changes.iter().collect();
    sorted.sort_by_key(|c| (c.bytes.start, c.bytes.end));
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for change in sorted {
        out.push_str(&text[at..change.bytes.start]);
        out.push_str(&change.insert);
        at = change.bytes.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Changes of one text as the protocol's edit: of the version that they were made for, where the editor checks that.
pub(super) fn edit(uri: &Uri, version: Option<i32>, changes: &[Change], places: Places, client: &Client) -> WorkspaceEdit {
    let edits: Vec<TextEdit> = changes.iter().map(|c| TextEdit { range: places.range(c.bytes.clone()), new_text: c.insert.clone() }).collect();
    if !client.document_changes {
        return WorkspaceEdit { changes: Some([(uri.clone(), edits)].into()), ..WorkspaceEdit::default() };
    }
    WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![versioned(uri, version, edits)])), ..WorkspaceEdit::default() }
}

pub(super) fn versioned(uri: &Uri, version: Option<i32>, edits: Vec<TextEdit>) -> TextDocumentEdit {
    TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_small_and_lead_there() {
        let (old, new) = ("a chairman\r\nand é manpower\r\nend", "a chair\r\nand ê staff\r\nend\r\nmore");
        let changes = between(old, new);
        assert_eq!(applied(old, &changes), new);
        assert!(changes.iter().all(|c| !c.insert.contains("and")), "{changes:?}");
        assert_eq!(between(old, old), []);
        assert_eq!(applied("", &between("", "x\n")), "x\n");
    }
}
