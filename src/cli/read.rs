//! A file → its bytes and its document, or the reason why not in words.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::files::{Source, Target};
use super::limits::{in_words, sentence};
use crate::config::open;
use crate::document::{Document, Format, Limit, Limits, ReadError};

/// Why a file could not be linted; the caller adds its name.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum FileError {
    /// Nothing of this name.
    #[error("there is no such file or folder")]
    Missing,
    /// The system says no.
    #[error("{0}")]
    Unreadable(String),
    /// A pipe, a device, a socket.
    #[error("this is no file; to check what a command writes, pipe it into `jdlint check -`")]
    NotAFile,
    /// Its time was up.
    #[error("this file took longer than {} to read and check, as no advert does (--max-seconds allows more)", in_words(*.0))]
    TooSlow(u64),
    /// Another document of the same advert.
    #[error("{0}, which is read with it: {1}")]
    With(String, Box<FileError>),
    /// The reader's own reason.
    #[error("{}", sentence(.0))]
    Document(#[from] ReadError),
    /// A mistake in jdlint.
    #[error("jdlint broke on this file ({0}); the mistake is ours, please report it")]
    Broke(String),
}

impl From<std::io::Error> for FileError {
    fn from(error: std::io::Error) -> FileError {
        match error.kind() {
            std::io::ErrorKind::NotFound => FileError::Missing,
            std::io::ErrorKind::PermissionDenied => FileError::Unreadable("you are not allowed to read this".to_owned()),
            _ => {
                let message = error.to_string();
                FileError::Unreadable(message.split(" (os error").next().unwrap_or_default().to_lowercase())
            }
        }
    }
}

/// The bytes of a target.
pub(super) fn bytes(target: &Target, limits: &Limits) -> Result<Vec<u8>, FileError> {
    match &target.source {
        Source::File(path) => read(open(path)?, limits),
        Source::Stdin(_) => read(std::io::stdin().lock(), limits),
        Source::Nothing(error) => Err(error.clone()),
    }
}

fn read(from: impl Read, limits: &Limits) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    from.take(limits.file.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.file { Err(ReadError::from(Limit::File(limits.file)).into()) } else { Ok(bytes) }
}

/// The format of a target: by its content where that is plain, since names lie (a recruitment system’s “.doc” is a web
/// page), or else by its name.
pub(super) fn format(target: &Target, bytes: &[u8]) -> Format {
    Format::told(named(target), bytes)
}

/// What to know of a file that is read as another format than its name stands for.
pub(super) fn misnamed(target: &Target, truly: Format) -> Option<String> {
    let named = named(target).filter(|named| *named != truly)?;
    Some(format!("its name is that of {}, but it is {}, and was read as such", named.described(), truly.described()))
}

/// The format that a target's name stands for.
pub(super) fn named(target: &Target) -> Option<Format> {
    let name: Option<&Path> = match &target.source {
        Source::File(path) => Some(path),
        Source::Stdin(name) => name.as_deref(),
        Source::Nothing(_) => None,
    };
    name.and_then(Format::of_path)
}

/// Reads the document.
pub(super) fn document(bytes: &[u8], format: Format, limits: &Limits) -> Result<Document, FileError> {
    Ok(Document::read_within(bytes, format, limits)?)
}

/// Reads the other documents of an advert.
pub(super) fn others(paths: &[PathBuf], limits: &Limits) -> Result<Vec<Document>, FileError> {
    let read = |path: &PathBuf| {
        let bytes = read(open(path)?, limits)?;
        let format = Format::told(Format::of_path(path), &bytes);
        document(&bytes, format, limits)
    };
    paths.iter().map(|path| read(path).map_err(|error| FileError::With(path.display().to_string(), Box::new(error)))).collect()
}
