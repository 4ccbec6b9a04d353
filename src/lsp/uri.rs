//! The protocol's names of files ↔ paths.

use std::path::{Path, PathBuf};

use tower_lsp::ls_types::Uri;

/// The file that a name stands for; `None` for what is not on the disk.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    let path = if is_file { uri.to_file_path()?.into_owned() } else { return None };
    path.is_absolute().then_some(path)
}

/// The name of a file.
pub(super) fn of_path(path: &Path) -> Option<Uri> {
    Uri::from_file_path(path)
}
