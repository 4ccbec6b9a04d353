//! A folder → what lies below it and is not ignored, in a fixed order.
//!
//! Ignore files are heeded as git heeds them, except one that is no file: reading a pipe that nobody writes to never ends. What is
//! of its kind is then not heeded from its folder down, and its path is told.

#![expect(clippy::disallowed_methods, reason = "the room that looks for files")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, Walk, WalkBuilder};

/// Everything below a folder, the folder itself first, siblings by path.
pub struct Below {
    /// The walk at hand, and those that it stands aside for, outermost first.
    stages: Vec<Stage>,
    /// Folders that the walk at hand came by and did not enter, since something in them is not to be read.
    aside: Arc<Mutex<Vec<PathBuf>>>,
    unread: Vec<PathBuf>,
}

type Entry = Result<DirEntry, ignore::Error>;

struct Stage {
    walk: Walk,
    /// What comes after the walks that this one stands aside for.
    next: Option<Entry>,
}

/// What kind of file says what to ignore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ignore,
    Gitignore,
    Exclude,
}

impl Below {
    /// What lies below a folder.
    pub fn of(folder: &Path) -> Below {
        let mut below = Below { stages: Vec::new(), aside: Arc::default(), unread: Vec::new() };
        below.enter(folder);
        below
    }

    /// Ignore files met so far that are no files and were not heeded.
    pub fn unread(&self) -> &[PathBuf] {
        &self.unread
    }

    fn enter(&mut self, folder: &Path) {
        let mut without = Vec::new();
        // Those of the folders above speak for this one too.
        let above = folder.canonicalize().unwrap_or_default();
        for (kind, path) in above.ancestors().skip(1).chain([folder]).flat_map(unreadable) {
            without.push(kind);
            if !self.unread.contains(&path) {
                self.unread.push(path);
            }
        }
        let mut walk = WalkBuilder::new(folder);
        let heeds = |kind| !without.contains(&kind);
        walk.ignore(heeds(Kind::Ignore)).git_ignore(heeds(Kind::Gitignore)).git_exclude(heeds(Kind::Exclude)).sort_by_file_path(Path::cmp);
        let aside = Arc::clone(&self.aside);
        walk.filter_entry(move |entry| {
            let stays_out = entry.file_type().is_some_and(|t| t.is_dir()) && unreadable(entry.path()).iter().any(|(kind, _)| !without.contains(kind));
            if stays_out {
                aside.lock().unwrap_or_else(PoisonError::into_inner).push(entry.path().to_owned());
            }
            !stays_out
        });
        self.stages.push(Stage { walk: walk.build(), next: None });
    }
}

impl Iterator for Below {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            let stage = self.stages.last_mut()?;
            if let Some(entry) = stage.next.take() {
                return Some(entry);
            }
            let entry = stage.walk.next();
            let aside = std::mem::take(&mut *self.aside.lock().unwrap_or_else(PoisonError::into_inner));
            match entry {
                Some(entry) if aside.is_empty() => return Some(entry),
                None if aside.is_empty() => _ = self.stages.pop(),
                entry => {
                    stage.next = entry;
                    // The first of them is to be walked first.
                    aside.iter().rev().for_each(|folder| self.enter(folder));
                }
            }
        }
    }
}

/// What would be read in a folder and is no file. A folder by such a name keeps nobody waiting, and git says nothing of it either.
fn unreadable(folder: &Path) -> Vec<(Kind, PathBuf)> {
    let files = [(Kind::Ignore, folder.join(".ignore")), (Kind::Gitignore, folder.join(".gitignore"))];
    let excluding = excluding(&folder.join(".git")).into_iter().map(|path| (Kind::Exclude, path));
    files.into_iter().chain(excluding).filter(|(_, path)| is_pipe(path)).collect()
}

/// What a repository is asked for that says what to exclude there.
fn excluding(git: &Path) -> Vec<PathBuf> {
    let Ok(found) = fs::metadata(git) else { return Vec::new() };
    if !found.is_file() {
        return vec![git.join("info/exclude")];
    }
    // Of a further worktree: one file names the folder where another names the repository.
    let Some(own) = first_line(git).and_then(|line| line.strip_prefix("gitdir: ").map(PathBuf::from)) else { return Vec::new() };
    let common = own.join("commondir");
    let shared = if is_pipe(&common) { None } else { first_line(&common) };
    [common].into_iter().chain(shared.map(|shared| own.join(shared).join("info/exclude"))).collect()
}

fn is_pipe(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

fn first_line(path: &Path) -> Option<String> {
    BufReader::new(File::open(path).ok()?).lines().next()?.ok()
}
