//! A file, what was read from it, and what it is to hold → the file replaced as a whole, or left as it was.
//!
//! Whatever happens meanwhile (the process is killed, the disk is full, the power fails), a file holds either all of the old or
//! all of the new: the new is written beside it, brought to the disk, and takes its name in one step. Its permissions stay,
//! and its owner and group where the system lets us; a link stays a link, and what it points to is replaced. What the
//! system keeps beside a file (access lists, extended attributes) and its other hard links are not followed.
//!
//! Who is interrupted (Ctrl-C) first ends what it is writing, so that nothing of it stays beside the file.
//!
//! Knows nothing of what is in files.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::interrupt;

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
    /// A folder has this name.
    #[error("this is a folder; name a file in it")]
    IsFolder,
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
    let _writing = interrupt::held_off();
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    if !metadata.is_file() {
        return Err(WriteError::NotAFile);
    }
    refuse_read_only(&target, &metadata)?;
    let folder = target.parent().map(Path::to_owned).unwrap_or_default();
    let new = written(&folder, after, None, |file| {
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
    let _writing = interrupt::held_off();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let new = written(folder, content, readable(), |file| permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions)))?;
    new.persist_noclobber(path).map_err(|e| e.error)?;
    settle(folder);
    Ok(())
}

/// A place for what is to be put into a file in the end: a file without a name, beside it, so that there is room for it and it
/// may be written there. It goes with the process, whatever ends that.
///
/// # Errors
/// Where the file could not be written in the end.
pub(super) fn spool(path: &Path) -> Result<File, WriteError> {
    if path.is_dir() {
        return Err(WriteError::IsFolder);
    }
    if is_stream(path) {
        return Ok(tempfile::tempfile()?);
    }
    if let Ok(metadata) = fs::metadata(path) {
        refuse_read_only(path, &metadata)?;
    }
    // Its folder may be yet to be made.
    let above = path.ancestors().skip(1).map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let folder = above.into_iter().find(|folder| folder.exists()).unwrap_or(Path::new("."));
    tempfile::tempfile_in(folder).map_err(|error| WriteError::Folder(plain(&error)))
}

/// Puts a report into a file, whole or not at all, whatever it held before; its folder is made where there is none.
///
/// # Errors
/// Where it cannot be done as a whole. The file is then as it was.
pub(super) fn put(path: &Path, content: &mut File) -> Result<(), WriteError> {
    if is_stream(path) {
        std::io::copy(content, &mut OpenOptions::new().write(true).open(path)?)?;
        return Ok(());
    }
    let _writing = interrupt::held_off();
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| WriteError::Folder(plain(&error)))?;
    let mut new = named(folder, readable())?;
    std::io::copy(content, &mut new)?;
    if let Ok(metadata) = fs::metadata(&target) {
        keep_owner(new.as_file(), &metadata);
        new.as_file().set_permissions(metadata.permissions())?;
    }
    new.as_file().sync_all()?;
    new.persist(&target).map_err(|e| e.error)?;
    settle(folder);
    Ok(())
}

/// A device or a pipe: there is nothing to keep whole.
fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir())
}

/// As any other file is made: a report is for others to read.
#[cfg(unix)]
fn readable() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn readable() -> Option<Permissions> {
    None
}

/// A new file in a folder, under a name of its own. Permissions are less what the system takes away (umask).
fn named(folder: &Path, permissions: Option<Permissions>) -> Result<NamedTempFile, WriteError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".jdlint-");
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    builder.tempfile_in(folder).map_err(|error| if error.kind() == ErrorKind::StorageFull { WriteError::Full } else { WriteError::Folder(plain(&error)) })
}

/// The new content, on the disk, under a name of its own, which goes away with it unless it takes the file's.
fn written(
    folder: &Path,
    content: &[u8],
    permissions: Option<Permissions>,
    like: impl FnOnce(&File) -> std::io::Result<()>,
) -> Result<NamedTempFile, WriteError> {
    let mut new = named(folder, permissions)?;
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
pub(super) fn plain(error: &std::io::Error) -> String {
    if error.kind() == ErrorKind::StorageFull {
        return "the disk is full".to_owned();
    }
    let kind = error.raw_os_error().map_or_else(|| error.kind().to_string(), |code| std::io::Error::from_raw_os_error(code).to_string());
    kind.split(" (os error").next().unwrap_or_default().to_lowercase()
}
