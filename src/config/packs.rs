//! Paths that a config names → the house rule files there, in a fixed order.

#![expect(clippy::disallowed_methods, reason = "the room that reads house rules")]

use std::path::{Path, PathBuf};

use ignore::overrides::OverrideBuilder;

use super::{Placed, ReadText};
use crate::rules::Mistake;

/// House rule files, name and content of each, and what could not be found or read.
#[derive(Debug, Default)]
pub struct Packs {
    /// Name, as it is to be shown, and content.
    pub files: Vec<(String, String)>,
    /// Where the config names nothing.
    pub mistakes: Vec<Mistake>,
}

/// Reads the house rules that the config in `folder` names; `config` is its name for messages.
pub fn packs(config: &str, folder: &Path, paths: &[Placed], read: ReadText) -> Packs {
    let mut packs = Packs::default();
    for path in paths {
        let found = files(folder, &path.path);
        if let Err(what) = found.and_then(|files| packs.read(&files, read)) {
            packs.mistakes.push(Mistake { file: config.to_owned(), at: path.at.clone(), what, help: None });
        }
    }
    packs
}

impl Packs {
    fn read(&mut self, files: &[PathBuf], read: ReadText) -> Result<(), String> {
        for file in files {
            let name = file.display().to_string();
            if self.files.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let text = read(file).map_err(|e| format!("{name}: {e}"))?;
            self.files.push((name, text));
        }
        Ok(())
    }
}

/// The folder that a glob begins with, and the rest of it: `..` is not to be matched but followed.
fn split(folder: &Path, pattern: &str) -> (PathBuf, String) {
    let is_glob = |part: &str| part.contains(['*', '?', '[', '{']);
    let parts: Vec<&str> = pattern.split('/').collect();
    let n_plain = parts.iter().position(|p| is_glob(p)).unwrap_or(parts.len() - 1);
    (parts[..n_plain].iter().fold(folder.to_owned(), |path, part| path.join(part)), parts[n_plain..].join("/"))
}

/// A file; the `.toml` files of a folder and those below; or those that a glob fits.
fn files(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, String> {
    let path = folder.join(pattern);
    if path.is_file() {
        return Ok(vec![path]);
    }
    let (root, glob) = if path.is_dir() { (path, "*.toml".to_owned()) } else { split(folder, pattern) };
    let wanted = OverrideBuilder::new(&root).add(&glob).and_then(|b| b.build()).map_err(|e| format!("this path cannot be read: {e}"))?;
    let walk = ignore::WalkBuilder::new(&root).standard_filters(false).hidden(true).sort_by_file_path(Path::cmp).build();
    let files = walk.flatten().filter(|e| e.file_type().is_some_and(|t| t.is_file()) && wanted.matched(e.path(), false).is_whitelist());
    // House rules may stand beside the config that names their folder.
    let files = files.filter(|e| e.file_name() != super::NAME);
    let files: Vec<PathBuf> = files.map(ignore::DirEntry::into_path).collect();
    if files.is_empty() { Err("there is no rule file here".to_owned()) } else { Ok(files) }
}
