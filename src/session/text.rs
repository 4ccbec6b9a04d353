//! A text that an editor holds, and its changes.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::Current;
use crate::document::Format;
use crate::lint::Memory;
use crate::text::LineIndex;

/// A text as an editor holds it.
#[derive(Debug)]
pub struct OpenText {
    path: Option<PathBuf>,
    format: Option<Format>,
    version: i32,
    text: String,
    lines: LineIndex,
    /// What was found in it, until it changes.
    pub(super) current: Option<Rc<Current>>,
    /// What was found in the version before, until somebody has time to clear it away: that takes as long as a tenth of linting.
    pub(super) outdated: Option<Rc<Current>>,
    /// What is kept of it from version to version.
    pub(super) memory: Memory,
}

/// A text at one moment.
pub(super) struct Snapshot {
    pub(super) path: Option<PathBuf>,
    pub(super) format: Option<Format>,
    pub(super) version: i32,
    pub(super) text: String,
}

impl OpenText {
    /// A text of a file, or of none yet; `format` is what the editor takes it for, where it says so.
    pub fn new(path: Option<PathBuf>, format: Option<Format>, version: i32, text: String) -> OpenText {
        OpenText { path, format, version, lines: LineIndex::new(&text), text, current: None, outdated: None, memory: Memory::default() }
    }

    /// Its file.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What it is read as: what the editor takes it for, or else what its file's name stands for.
    pub(super) fn format(&self) -> Option<Format> {
        self.format.or_else(|| self.path().and_then(Format::of_path))
    }

    /// Which of its versions this is, as the editor counts them.
    pub fn version(&self) -> i32 {
        self.version
    }

    /// The whole of it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its lines.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// Puts words in the place of some bytes. Ends that are out of the text, or within a character, are moved to where
    /// something can be cut: an editor that counts otherwise must not end us.
    pub fn replace(&mut self, bytes: Range<usize>, with: &str) {
        let end = floor(&self.text, bytes.end);
        let start = floor(&self.text, bytes.start).min(end);
        self.text.replace_range(start..end, with);
        self.lines = LineIndex::new(&self.text);
    }

    /// Takes a whole new text.
    pub fn replace_all(&mut self, with: String) {
        self.text = with;
        self.lines = LineIndex::new(&self.text);
    }

    /// The text as it is now has this version.
    pub fn set_version(&mut self, version: i32) {
        self.version = version;
    }

    /// What was found does not hold any more.
    pub(super) fn outdate(&mut self) {
        self.outdated = self.current.take().or_else(|| self.outdated.take());
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot { path: self.path.clone(), format: self.format(), version: self.version, text: self.text.clone() }
    }
}

/// The last place at or before `at` that can be cut.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_ranges_are_moved_to_where_a_cut_is() {
        let mut text = OpenText::new(None, None, 1, "aé🏗".to_owned());
        text.replace(2..99, "x");
        assert_eq!(text.as_str(), "ax");
        let backwards = Range { start: 2, end: 1 };
        text.replace(backwards, "-");
        assert_eq!(text.as_str(), "a-x");
    }
}
