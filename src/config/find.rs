//! A folder → the `jdlint.toml` that speaks for it: its own, or that of the nearest folder above.

#![expect(clippy::disallowed_methods, reason = "the room that looks for files")]

use std::path::{Path, PathBuf};

/// The name of a config.
pub const NAME: &str = "jdlint.toml";

/// The nearest config in an absolute folder or above it.
pub fn find(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|f| f.join(NAME)).find(|f| f.is_file())
}
