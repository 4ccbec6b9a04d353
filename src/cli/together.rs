//! A document → the others of its advert: a specification's duties may stand in a job description of its own. They are named
//! with `--with`, or found by their names.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::files::Source;
use super::setup::Job;
use crate::document::Format;

/// Which documents belong together.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Together {
    /// Read these with each document: a duty there bears out a criterion here
    #[arg(long, value_name = "FILE")]
    pub(super) with: Vec<PathBuf>,
    /// Don't look for the job description that goes with a person specification by its name
    #[arg(long, conflicts_with = "with")]
    alone: bool,
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

impl Together {
    /// Gives each job the other documents of its advert.
    pub(super) fn join(&self, jobs: &mut [Job]) {
        let mut folders: HashMap<PathBuf, Vec<(Vec<String>, Part, PathBuf)>> = HashMap::new();
        for job in jobs {
            job.with.extend(self.with.iter().cloned());
            let Source::File(path) = &job.target.source else { continue };
            let Some((post, part)) = told_by_name(path).filter(|_| !self.alone && self.with.is_empty()) else { continue };
            let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
            let siblings = folders.entry(folder).or_insert_with_key(|folder| parts_in(folder));
            let others = siblings.iter().filter(|(p, other, _)| *p == post && *other != part);
            job.with.extend(others.map(|(_, _, path)| path.clone()));
        }
    }
}

/// The documents of a folder whose names tell which part of an advert they are, by name.
fn parts_in(folder: &Path) -> Vec<(Vec<String>, Part, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let documents = entries.flatten().map(|e| e.path()).filter(|p| Format::of_name(p).is_some() && p.is_file());
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
