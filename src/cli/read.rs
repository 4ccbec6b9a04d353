//! A file → its bytes and its document, or the reason why not in words.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::files::{Source, Target};
use crate::document::{Document, Format, ReadError};

/// Bytes that a file may have. An advert has some kilobytes; this keeps a disk image from filling the memory.
const LIMIT: u64 = 512 * 1024 * 1024;

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
    /// Beyond the limit.
    #[error("this file is larger than 512 MB, which no advert is")]
    TooLarge,
    /// Another document of the same advert.
    #[error("{0}, which is read with it: {1}")]
    With(String, Box<FileError>),
    /// The reader's own reason.
    #[error(transparent)]
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
pub(super) fn bytes(target: &Target) -> Result<Vec<u8>, FileError> {
    match &target.source {
        Source::File(path) => read(File::open(path)?),
        Source::Stdin(_) => read(std::io::stdin().lock()),
        Source::Nothing(error) => Err(error.clone()),
    }
}

fn read(from: impl Read) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    from.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT { Err(FileError::TooLarge) } else { Ok(bytes) }
}

/// The format of a target: by its name, or else by what it looks like.
pub(super) fn format(target: &Target, bytes: &[u8]) -> Result<Format, FileError> {
    Ok(named(target).map_or_else(|| Format::of_bytes(bytes), Ok)?)
}

/// The format that a target's name stands for.
pub(super) fn named(target: &Target) -> Option<Format> {
    let name: Option<&Path> = match &target.source {
        Source::File(path) => Some(path),
        Source::Stdin(name) => name.as_deref(),
        Source::Nothing(_) => None,
    };
    name.and_then(Format::of_name)
}

/// Reads the document.
pub(super) fn document(bytes: &[u8], format: Format) -> Result<Document, FileError> {
    Ok(Document::read(bytes, format)?)
}

/// Reads the other documents of an advert.
pub(super) fn others(paths: &[PathBuf]) -> Result<Vec<Document>, FileError> {
    let read = |path: &PathBuf| {
        let bytes = read(File::open(path)?)?;
        let format = Format::of_name(path).map_or_else(|| Format::of_bytes(&bytes), Ok)?;
        document(&bytes, format)
    };
    paths.iter().map(|path| read(path).map_err(|error| FileError::With(path.display().to_string(), Box::new(error)))).collect()
}
