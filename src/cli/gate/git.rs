//! A git repository and a commit → which files changed since, and in which lines. Asks the program `git`.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Why git does not tell.
#[derive(Debug, thiserror::Error)]
pub(super) enum GitError {
    #[error("--since asks the program git, which is not installed here")]
    Missing,
    #[error("{} is in no git repository, so nothing tells what changed in it", shown(.0))]
    NoRepository(PathBuf),
    #[error("there is no commit, branch or tag “{0}” in this repository")]
    NoCommit(String),
    #[error(
        "this clone is shallow: it lacks “{0}”, or what leads from it to here; fetch the rest \
         (`git fetch --unshallow`; for actions/checkout, fetch-depth: 0; for GitLab, GIT_DEPTH: 0)"
    )]
    Shallow(String),
    #[error("git says: {0}")]
    Other(String),
}

fn shown(path: &Path) -> String {
    crate::report::shown(&path.to_string_lossy())
}

/// How a file changed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    /// It is new, or git cannot tell its lines.
    Whole,
    /// It was there, under this name.
    Edited(PathBuf),
}

/// What changed in one repository since a commit.
#[derive(Debug)]
pub(super) struct Changes {
    root: PathBuf,
    /// The commit from which the work that is here went off.
    base: String,
    /// By path from the root on.
    files: HashMap<PathBuf, Change>,
}

/// The folder of the repository that holds a file, by its canonical path.
pub(super) fn root_of(file: &Path) -> Result<PathBuf, GitError> {
    let root = file.ancestors().skip(1).find(|folder| folder.join(".git").exists());
    root.map(Path::to_owned).ok_or_else(|| GitError::NoRepository(file.to_owned()))
}

impl Changes {
    /// Asks what changed in the repository of this root since a commit, what is not committed yet included. What the other
    /// side did since the work went off from it is not ours.
    pub(super) fn since(root: &Path, commit: &str) -> Result<Changes, GitError> {
        let base = base(root, commit)?;
        let mut files = HashMap::new();
        let changed = git(root, ["diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", "--no-relative", "--diff-filter=d", &base, "--"])?;
        let mut words = changed.split('\0').filter(|w| !w.is_empty());
        while let (Some(status), Some(name)) = (words.next(), words.next()) {
            match status.as_bytes().first() {
                Some(b'R' | b'C') => _ = words.next().map(|new| files.insert(PathBuf::from(new), Change::Edited(PathBuf::from(name)))),
                Some(b'M') => _ = files.insert(PathBuf::from(name), Change::Edited(PathBuf::from(name))),
                _ => _ = files.insert(PathBuf::from(name), Change::Whole),
            }
        }
        let untracked = git(root, ["ls-files", "--others", "--exclude-standard", "--full-name", "-z"])?;
        files.extend(untracked.split('\0').filter(|w| !w.is_empty()).map(|name| (PathBuf::from(name), Change::Whole)));
        Ok(Changes { root: root.to_owned(), base, files })
    }

    /// Whether a file changed, by its canonical path.
    pub(super) fn has(&self, file: &Path) -> bool {
        file.strip_prefix(&self.root).is_ok_and(|path| self.files.contains_key(path))
    }

    /// The lines of a file that changed, from 1; `None` where that is all of them.
    pub(super) fn lines(&self, file: &Path) -> Result<Option<Vec<Range<usize>>>, GitError> {
        let Ok(path) = file.strip_prefix(&self.root) else { return Ok(None) };
        let before = match self.files.get(path) {
            Some(Change::Edited(before)) => before,
            Some(Change::Whole) => return Ok(None),
            None => return Ok(Some(Vec::new())),
        };
        let options = ["diff", "--unified=0", "--find-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", &self.base, "--"];
        let told = git(&self.root, options.map(OsStr::new).into_iter().chain([before.as_os_str(), path.as_os_str()]))?;
        let lines: Vec<Range<usize>> = told.lines().filter_map(hunk).collect();
        // A binary file has no lines, and neither has UTF-16 for git.
        let whole = told.lines().any(|line| line.starts_with("Binary files "));
        Ok((!whole).then_some(lines))
    }
}

/// “@@ -3,2 +4 @@” → the new lines, from 1.
fn hunk(line: &str) -> Option<Range<usize>> {
    let new = line.strip_prefix("@@ -")?.split(' ').nth(1)?.strip_prefix('+')?;
    let (from, n) = new.split_once(',').unwrap_or((new, "1"));
    let (from, n): (usize, usize) = (from.parse().ok()?, n.parse().ok()?);
    Some(from..from + n)
}

/// Where the work that is here went off from a commit.
fn base(root: &Path, commit: &str) -> Result<String, GitError> {
    let shallow = || git(root, ["rev-parse", "--is-shallow-repository"]).is_ok_and(|told| told.trim() == "true");
    let known = git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{commit}^{{commit}}")]);
    let known = match known {
        Ok(hash) => hash.trim().to_owned(),
        Err(GitError::Other(_)) if shallow() => return Err(GitError::Shallow(commit.to_owned())),
        Err(GitError::Other(_)) => return Err(GitError::NoCommit(commit.to_owned())),
        Err(error) => return Err(error),
    };
    match git(root, ["merge-base", &known, "HEAD"]) {
        Ok(hash) => Ok(hash.trim().to_owned()),
        Err(GitError::Other(_)) if shallow() => Err(GitError::Shallow(commit.to_owned())),
        // Histories that never met: then all that differs changed.
        Err(GitError::Other(_)) => Ok(known),
        Err(error) => Err(error),
    }
}

/// Runs git in a folder and gives what it writes.
fn git(root: &Path, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<String, GitError> {
    let output = Command::new("git").arg("--literal-pathspecs").arg("-C").arg(root).args(args).env("LC_ALL", "C").output();
    let output = output.map_err(|e| if e.kind() == std::io::ErrorKind::NotFound { GitError::Missing } else { GitError::Other(e.to_string()) })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or("it ended without a word");
    Err(GitError::Other(crate::report::shown(first.trim_start_matches("fatal: "))))
}

#[cfg(test)]
mod tests {
    use super::hunk;

    #[test]
    fn hunks_tell_their_new_lines() {
        assert_eq!(hunk("@@ -3,2 +4 @@ fn x"), Some(4..5));
        assert_eq!(hunk("@@ -0,0 +1,12 @@"), Some(1..13));
        assert_eq!(hunk("@@ -3,2 +2,0 @@"), Some(2..2));
        assert_eq!(hunk("+@@ -3,2 +2,0 @@"), None);
    }
}
