//! A document's path → the others of its advert, told by their names: “nurse person specification.docx” goes with
//! “nurse job description.docx” beside it. A duty in one of them bears out a criterion in another.

#![expect(clippy::disallowed_methods, reason = "the room that looks for files")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::document::Format;

/// Folders that were looked through.
#[derive(Debug, Default)]
pub struct Families {
    folders: HashMap<PathBuf, Vec<(Vec<String>, Part, PathBuf)>>,
}

impl Families {
    /// The other documents of a file's advert, by name; none where its name does not tell what it is.
    pub fn others(&mut self, path: &Path) -> Vec<PathBuf> {
        let Some((post, part)) = told_by_name(path) else { return Vec::new() };
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        let siblings = self.folders.entry(folder).or_insert_with_key(|folder| parts_in(folder));
        let others = siblings.iter().filter(|(p, other, _)| *p == post && *other != part);
        others.map(|(_, _, path)| path.clone()).collect()
    }
}

/// Those of some files that are the other documents of a file's advert, by their names.
pub fn others_among<'p>(path: &Path, files: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
    let Some((post, part)) = told_by_name(path) else { return Vec::new() };
    let beside = files.filter(|file| file.parent() == path.parent());
    beside.filter(|file| told_by_name(file).is_some_and(|(p, other)| p == post && other != part)).map(Path::to_owned).collect()
}

/// What to know of a document that others were read with; nothing where there are none.
pub fn read_together<'p>(others: impl Iterator<Item = &'p Path>) -> Option<String> {
    let names: Vec<String> = others.map(|path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()).collect();
    (!names.is_empty()).then(|| format!("read together with {}", names.join(", ")))
}

/// What a document is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Advert,
    Description,
    Specification,
}

/// Words of names, the longer before those they begin with.
const PARTS: [(&[&str], Part); 15] = [
    (&["person", "specification"], Part::Specification),
    (&["person", "spec"], Part::Specification),
    (&["job", "specification"], Part::Specification),
    (&["job", "description"], Part::Description),
    (&["role", "description"], Part::Description),
    (&["role", "profile"], Part::Description),
    (&["job", "advert"], Part::Advert),
    (&["specification"], Part::Specification),
    (&["spec"], Part::Specification),
    (&["ps"], Part::Specification),
    (&["description"], Part::Description),
    (&["jd"], Part::Description),
    (&["advertisement"], Part::Advert),
    (&["advert"], Part::Advert),
    (&["ad"], Part::Advert),
];

/// The documents of a folder whose names tell which part of an advert they are, by name.
fn parts_in(folder: &Path) -> Vec<(Vec<String>, Part, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let documents = entries.flatten().map(|e| e.path()).filter(|p| Format::of_path(p).is_some() && p.is_file());
    let mut parts: Vec<_> = documents.filter_map(|path| told_by_name(&path).map(|(post, part)| (post, part, path))).collect();
    parts.sort_by(|a, b| a.2.cmp(&b.2));
    parts
}

/// “senior-nurse person specification.docx” → the post's words and the part.
fn told_by_name(path: &Path) -> Option<(Vec<String>, Part)> {
    let stem = path.file_stem()?.to_str()?.to_lowercase();
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    for (name, part) in PARTS {
        if let Some(at) = words.windows(name.len()).position(|w| w == name) {
            let post = words[..at].iter().chain(&words[at + name.len()..]).map(|w| (*w).to_owned()).collect();
            return Some((post, part));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_post_and_part() {
        let told = |name: &str| told_by_name(Path::new(name)).map(|(post, part)| (post.join(" "), part));
        assert_eq!(told("Senior Nurse - Person Specification.docx"), Some(("senior nurse".to_owned(), Part::Specification)));
        assert_eq!(told("senior_nurse_JD.pdf"), Some(("senior nurse".to_owned(), Part::Description)));
        assert_eq!(told("job-description.md"), Some((String::new(), Part::Description)));
        assert_eq!(told("nurse.docx"), None);
        assert_eq!(told("adviser.docx"), None);
    }
}
