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

/// What leads from one text to the other, in order: words that differ, of lines that differ.
pub(super) fn between(old: &str, new: &str) -> Vec<Change> {
    let lines = |text| -> Vec<&str> { str::split_inclusive(text, '\n').collect() };
    let (old_lines, new_lines) = (lines(old), lines(new));
    let by_line = changed(&TextDiff::from_slices(&old_lines, &new_lines));
    let mut changes = Vec::new();
    for (gone, come) in by_line {
        let by_word = changed(&TextDiff::from_words(&old[gone.clone()], &new[come.clone()]));
        changes.extend(by_word.into_iter().map(|(out, within)| Change {
            bytes: gone.start + out.start..gone.start + out.end,
            insert: new[come.start + within.start..come.start + within.end].to_owned(),
        }));
    }
    changes
}

/// The bytes of the old text and of the new that differ, in order.
fn changed(diff: &TextDiff<str>) -> Vec<(Range<usize>, Range<usize>)> {
    fn starts<'t>(parts: impl Iterator<Item = &'t str>) -> Vec<usize> {
        let mut starts = vec![0];
        parts.for_each(|part| starts.push(starts[starts.len() - 1] + part.len()));
        starts
    }
    let (old, new) = (starts(diff.iter_old_slices()), starts(diff.iter_new_slices()));
    let differs = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
    let bytes = |op: &similar::DiffOp| {
        let (gone, come) = (op.old_range(), op.new_range());
        (old[gone.start]..old[gone.end], new[come.start]..new[come.end])
    };
    differs.map(bytes).collect()
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
