//! A report whose paths begin at the working folder → the same report, its paths from the root of the repository on, as forges
//! name files: GitHub and GitLab drop what they find no file for. Knows no file system; where the root is, the caller says.

use super::held::Part;
use super::place::slashed;
use super::{Begins, Checked, Failed, Summary, Writer};

/// Where a run stands in its repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    root: String,
    /// From the root on, without a slash at its end; empty in the root.
    here: String,
}

impl Repository {
    /// The repository of this root, seen from a working folder in it; both absolute. None where the folder lies elsewhere.
    pub fn seen_from(root: &str, here: &str) -> Option<Repository> {
        let (root, here) = (bare(root), bare(here));
        let below = below(&root, &here)?.to_owned();
        Some(Repository { root, here: below })
    }

    /// A file's path from the root on; one that lies elsewhere, or is none, stays as it is given.
    fn path(&self, given: &str) -> String {
        let path = slashed(given);
        if let Some(path) = below(&self.root, &path) {
            return path.to_owned();
        }
        if is_absolute(&path) || path.starts_with('<') {
            return path;
        }
        joined(&self.here, &path).unwrap_or(path)
    }
}

fn bare(folder: &str) -> String {
    slashed(folder).trim_end_matches('/').to_owned()
}

fn below<'p>(root: &str, path: &'p str) -> Option<&'p str> {
    let rest = path.strip_prefix(root)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

fn is_absolute(path: &str) -> bool {
    matches!(path.as_bytes(), [b'/', ..] | [_, b':', ..])
}

/// A relative path from a folder on, with its “..” resolved; none where it leads out of the root.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut names = Vec::new();
    for name in folder.split('/').chain(path.split('/')) {
        match name {
            "" | "." => {}
            ".." => _ = names.pop()?,
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// Writes what another writer writes, with paths from the root of the repository on.
pub struct FromRoot<'w> {
    /// Where the run stands.
    pub repository: Repository,
    /// Which report it is.
    pub writer: Box<dyn Writer + 'w>,
}

impl Writer for FromRoot<'_> {
    fn head(&self) -> String {
        self.writer.head()
    }

    fn between(&self) -> &'static str {
        self.writer.between()
    }

    fn tail(&self, summary: &Summary) -> String {
        self.writer.tail(summary)
    }

    fn begins(&self) -> Begins {
        self.writer.begins()
    }

    fn part(&self, checked: &Checked) -> Part {
        self.writer.part(&Checked { path: &self.repository.path(checked.path), ..*checked })
    }

    fn failed_part(&self, failed: &Failed) -> Part {
        self.writer.failed_part(&Failed { path: &self.repository.path(failed.path), ..*failed })
    }

    fn room(&self) -> usize {
        self.writer.room()
    }

    fn whole(&self, parts: &[Part], summary: &Summary) -> String {
        self.writer.whole(parts, summary)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_at_the_root_wherever_the_run_stands() {
        let named = |here: &str, path: &str| Repository::seen_from("/repo/", here).expect("it lies in the repository").path(path);
        assert_eq!(named("/repo", "./adverts/a.md"), "adverts/a.md");
        assert_eq!(named("/repo/hr/uk", "adverts/a.md"), "hr/uk/adverts/a.md");
        assert_eq!(named("/repo/hr/uk/", "./../ie//a.md"), "hr/ie/a.md");
        assert_eq!(named("/repo/hr", "/repo/ie/a.md"), "ie/a.md");
        assert_eq!(named("/repo/hr", "/repository/a.md"), "/repository/a.md", "a folder of a longer name is another");
        assert_eq!(named("/repo/hr", "../../elsewhere/a.md"), "../../elsewhere/a.md");
        assert_eq!(named("/repo/hr", "<stdin>"), "<stdin>");
        assert_eq!(Repository::seen_from("/repo", "/repository"), None);
    }

    #[test]
    fn a_repository_may_be_the_root_of_all() {
        let whole = Repository::seen_from("/", "/hr").expect("it lies there");
        assert_eq!((whole.path("a.md"), whole.path("/ie/a.md")), ("hr/a.md".to_owned(), "ie/a.md".to_owned()));
    }
}
