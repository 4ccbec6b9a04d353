//! Paths on the command line → the files to read, in a fixed order.
//!
//! A folder is searched for formats that jdlint knows; hidden and ignored files and links are passed by. A file that is
//! named is read whatever its name.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::options::Documents;
use super::output::complain;
use super::read::FileError;
use crate::config::{Below, is_stream};
use crate::report::shown;

/// A file to read.
#[derive(Debug)]
pub(super) struct Target {
    /// As it was given, and below a folder the path from there.
    pub(super) name: String,
    pub(super) source: Source,
    pub(super) origin: Origin,
}

/// Where its bytes come from.
#[derive(Debug)]
pub(super) enum Source {
    File(PathBuf),
    /// Standard input, perhaps by the name of a file.
    Stdin(Option<PathBuf>),
    /// There is nothing to read.
    Nothing(FileError),
}

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Its own name was given, so it is to be checked whatever it is.
    Named,
    /// It lay in a folder.
    Walked,
}

/// The files, each once, in the order given; within a folder by path.
pub(super) fn find(documents: &Documents) -> Vec<Target> {
    let mut targets = Vec::new();
    let named = if documents.as_found { Origin::Walked } else { Origin::Named };
    for path in &documents.paths {
        if path.as_os_str() == "-" {
            let name = documents.stdin_filename.clone();
            let called = name.as_deref().map_or("<stdin>".to_owned(), |n| n.to_string_lossy().into_owned());
            targets.push(Target { name: called, source: Source::Stdin(name), origin: Origin::Named });
            continue;
        }
        match std::fs::metadata(path) {
            Err(error) => targets.push(target(path, Source::Nothing(error.into()), Origin::Named)),
            Ok(found) if found.is_dir() => walk(path, &mut targets),
            Ok(found) if found.is_file() || is_stream(path) => targets.push(target(path, Source::File(path.clone()), named)),
            Ok(_) => targets.push(target(path, Source::Nothing(FileError::NotAFile), Origin::Named)),
        }
    }
    let mut seen = HashSet::new();
    targets.retain(|t| seen.insert(t.name.clone()));
    targets
}

fn target(path: &Path, source: Source, origin: Origin) -> Target {
    Target { name: path.to_string_lossy().into_owned(), source, origin }
}

/// All files of a folder and those below; which of them are read, the config has a say in.
fn walk(folder: &Path, targets: &mut Vec<Target>) {
    let mut below = Below::of(folder);
    for entry in below.by_ref() {
        match entry {
            Ok(entry) if is_review_of_another(entry.path()) => {}
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => {
                let path = entry.into_path();
                targets.push(target(&path.clone(), Source::File(path), Origin::Walked));
            }
            Ok(_) => {}
            Err(error) => targets.push(unreadable(folder, &error)),
        }
    }
    for path in below.unread() {
        complain(&format!("{}: this is no file, so it was not read, and nothing is ignored on its account", shown(&path.to_string_lossy())));
    }
}

/// Whether a file is what `jdlint review` made of the one beside it, which says the same.
fn is_review_of_another(path: &Path) -> bool {
    let original = path.file_stem().and_then(|stem| stem.to_str()?.strip_suffix(".reviewed")).zip(path.extension().and_then(|e| e.to_str()));
    original.is_some_and(|(name, extension)| path.with_file_name(format!("{name}.{extension}")).is_file())
}

fn unreadable(folder: &Path, error: &ignore::Error) -> Target {
    let place = match error {
        ignore::Error::WithPath { path, .. } => path.as_path(),
        ignore::Error::WithDepth { err, .. } => match &**err {
            ignore::Error::WithPath { path, .. } => path.as_path(),
            _ => folder,
        },
        _ => folder,
    };
    let why = error.io_error().map_or_else(|| FileError::Unreadable(error.to_string()), |e| std::io::Error::from(e.kind()).into());
    target(place, Source::Nothing(why), Origin::Walked)
}
