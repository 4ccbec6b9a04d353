//! A file → the other documents of its advert, read once for as long as they do not change.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::OpenText;
use crate::config::{Families, others_among, read_bytes};
use crate::document::{Document, Format};

/// When a file was last written, and its length: what tells that it changed.
pub type Stamp = Option<(SystemTime, u64)>;

/// The stamp of a file; `None` where there is none.
pub fn stamp(path: &Path) -> Stamp {
    let found = std::fs::metadata(path).ok()?;
    Some((found.modified().ok()?, found.len()))
}

/// Documents that go with open ones.
#[derive(Default)]
pub(super) struct Siblings {
    families: Families,
    read: HashMap<PathBuf, (Stamp, Option<Document>)>,
}

impl Siblings {
    /// Forgets which files a folder holds.
    pub(super) fn forget(&mut self) {
        self.families = Families::default();
    }

    /// The other documents of a file's advert, on the disk or only open yet.
    pub(super) fn others(&mut self, path: &Path, texts: &BTreeMap<String, OpenText>) -> Vec<PathBuf> {
        let mut others = self.families.others(path);
        let open = texts.values().filter(|t| t.format().is_some()).filter_map(OpenText::path);
        others.extend(others_among(path, open));
        others.sort();
        others.dedup();
        others
    }

    /// What they say. One that cannot be read is passed by: it is not the one that is open.
    pub(super) fn documents(&mut self, path: &Path, texts: &BTreeMap<String, OpenText>) -> Vec<(PathBuf, Document)> {
        let others = self.others(path, texts);
        others.into_iter().filter_map(|other| Some((other.clone(), self.document(&other, texts)?))).collect()
    }

    fn document(&mut self, path: &Path, texts: &BTreeMap<String, OpenText>) -> Option<Document> {
        if let Some(open) = texts.values().find(|t| t.path() == Some(path)) {
            return Document::read(open.as_str().as_bytes(), open.format()?).ok();
        }
        let format = Format::of_path(path)?;
        let now = stamp(path);
        match self.read.get(path) {
            Some((then, document)) if *then == now => document.clone(),
            _ => {
                let document = read_bytes(path).ok().and_then(|bytes| Document::read(&bytes, format).ok());
                self.read.insert(path.to_owned(), (now, document.clone()));
                document
            }
        }
    }
}
