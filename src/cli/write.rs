//! A file, what was read from it, and what it is to hold → the file replaced as a whole, or left as it was.
//!
//! Whatever happens meanwhile (the process is killed, the disk is full, the power fails), a file holds either all of the old or
//! all of the new: the new is written beside it, brought to the disk, and takes its name in one step. Its permissions stay,
//! and its owner and group where the system lets us; a link stays a link, and what it points to is replaced. What the
//! system keeps beside a file (access lists, extended attributes) and its other hard links are not followed.
//!
//! Knows nothing of what is in files.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// Why a file was not written. It is as it was.
#[derive(Debug, thiserror::Error)]
pub(super) enum WriteError {
    /// The file may be read only.
    #[error("this file is read-only; it was left as it is")]
    ReadOnly,
    /// New files may not be made beside it.
    #[error("no file can be written in its folder ({0}); it was left as it is")]
    Folder(String),
    /// Somebody else wrote it since it was read.
    #[error("this file was changed while jdlint worked on it, and was left as it then was; run it again")]
    Changed,
    /// A pipe, a device.
    #[error("this is no file that could be replaced")]
    NotAFile,
    /// A file that is not to be replaced.
    #[error("there is a file of this name already")]
    Exists,
    /// No room.
    #[error("the disk is full; the file was left as it is")]
    Full,
    /// The system says no.
    #[error("this file cannot be written ({0}); it was left as it is")]
    Other(String),
}

impl From<std::io::Error> for WriteError {
    fn from(error: std::io::Error) -> WriteError {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => WriteError::Full,
            ErrorKind::AlreadyExists => WriteError::Exists,
            _ => WriteError::Other(plain(&error)),
        }
    }
}

/// Replaces what a file holds.
///
/// `before` is what was read from it: where it holds anything else by now, it is left to whoever wrote that.
///
/// # Errors
/// Where it cannot be done as a whole. The file is then as it was.
pub(super) fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    if !metadata.is_file() {
        return Err(WriteError::NotAFile);
    }
    refuse_read_only(&target, &metadata)?;
    let folder = target.parent().map(Path::to_owned).unwrap_or_default();
    let new = written(&mut tempfile::Builder::new(), &folder, after, |file| {
        keep_owner(file, &metadata);
        file.set_permissions(metadata.permissions())
    })?;
    // Between this look and the next line somebody could still write it; no system offers a closer one.
    if fs::read(&target)? != before {
        return Err(WriteError::Changed);
    }
    new.persist(&target).map_err(|e| e.error)?;
    settle(&folder);
    Ok(())
}

/// Replacing needs no right to write the file itself, and yet who made it read-only meant it.
fn refuse_read_only(target: &Path, metadata: &Metadata) -> Result<(), WriteError> {
    let denied = |error: &std::io::Error| matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem);
    match OpenOptions::new().write(true).open(target) {
        // The superuser may write all files.
        Ok(_) if metadata.permissions().readonly() => Err(WriteError::ReadOnly),
        Ok(_) => Ok(()),
        Err(error) if denied(&error) => Err(WriteError::ReadOnly),
        Err(error) => Err(error.into()),
    }
}

/// Writes a new file, whole or not at all.
///
/// # Errors
/// Where there is a file of this name already, or it cannot be written. There is then nothing new.
pub(super) fn create(path: &Path, content: &[u8], permissions: Option<Permissions>) -> Result<(), WriteError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let new = written(&mut shared(), folder, content, |file| permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions)))?;
    new.persist_noclobber(path).map_err(|e| e.error)?;
    settle(folder);
    Ok(())
}

/// A file that others may read, as far as the user's mask lets them: by itself, a temporary file is its maker's alone.
#[cfg(unix)]
fn shared<'p, 's>() -> tempfile::Builder<'p, 's> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = tempfile::Builder::new();
    builder.permissions(Permissions::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn shared<'p, 's>() -> tempfile::Builder<'p, 's> {
    tempfile::Builder::new()
}

/// The new content, on the disk, under a name of its own, which goes away with it unless it takes the file's.
fn written(new: &mut tempfile::Builder, folder: &Path, content: &[u8], like: impl FnOnce(&File) -> std::io::Result<()>) -> Result<NamedTempFile, WriteError> {
    let made = new.prefix(".jdlint-").tempfile_in(folder);
    let mut new = made.map_err(|error| if error.kind() == ErrorKind::StorageFull { WriteError::Full } else { WriteError::Folder(plain(&error)) })?;
    new.write_all(content)?;
    like(new.as_file())?;
    new.as_file().sync_all()?;
    Ok(new)
}

/// Only the superuser may give files away; others may change the group to one of theirs.
#[cfg(unix)]
fn keep_owner(new: &File, like: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if fchown(new, Some(like.uid()), Some(like.gid())).is_err() {
        let _ = fchown(new, None, Some(like.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// Brings the new name to the disk. Where a system has no such thing, it has its own ways.
fn settle(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// The system's own words, without its number and without the path that tempfile adds.
fn plain(error: &std::io::Error) -> String {
    let kind = error.raw_os_error().map_or_else(|| error.kind().to_string(), |code| std::io::Error::from_raw_os_error(code).to_string());
    kind.split(" (os error").next().unwrap_or_default().to_lowercase()
}
