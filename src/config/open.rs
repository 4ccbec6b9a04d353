//! A path → the file there, opened, or the reason why not; a pipe or a device that nobody meant is never waited for.

#![expect(clippy::disallowed_methods, reason = "the room that reads configs")]

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// Opens a file to read it.
///
/// # Errors
/// Where there is none, where it may not be read, and where it is no file: reading a pipe that nobody writes to never ends.
pub fn open(path: &Path) -> Result<File> {
    let found = fs::metadata(path)?;
    if !found.is_file() && !found.is_dir() && !is_stream(path) {
        return Err(Error::new(ErrorKind::InvalidInput, "this is no file, but a pipe or a device"));
    }
    File::open(path)
}

/// The text of a file.
///
/// # Errors
/// As for [`open`], and where it is not UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text)?;
    Ok(text)
}

/// The bytes of a file.
///
/// # Errors
/// As for [`open`].
pub fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What a shell writes for `<(command)`. Any other pipe or device could keep us waiting for ever.
pub fn is_stream(path: &Path) -> bool {
    path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd") || path == Path::new("/dev/stdin")
}
