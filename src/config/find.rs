//! A folder → the `jdlint.toml` that speaks for it: its own, or that of the nearest folder above.

#![expect(clippy::disallowed_methods, reason = "the room that looks for files")]

use std::path::{Component, Path, PathBuf};

/// The name of a config.
pub const NAME: &str = "jdlint.toml";

/// The nearest config in an absolute folder or above it. What cannot be read is none the less the one that was meant.
pub fn find(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|f| f.join(NAME)).find(|f| std::fs::metadata(f).is_ok_and(|found| !found.is_dir()))
}

/// The absolute path without `.` and `..`, so that a file has one name. Links are not followed.
pub fn plain(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.components().fold(PathBuf::new(), |mut plain, part| {
        match part {
            Component::ParentDir => _ = plain.pop(),
            Component::CurDir => {}
            part => plain.push(part),
        }
        plain
    })
}
