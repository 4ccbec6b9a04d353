//! A rule → a page that says why, for whom and on what evidence, as a file that every editor can open: nothing is fetched
//! from anywhere. Pages lie in the person's cache folder, and are written when they are first referred to.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tower_lsp::ls_types::Uri;

use super::uri;
use crate::config::Setup;
use crate::report::{Look, explain};
use crate::rules::{Rule, RuleId};

/// Pages that were written.
#[derive(Default)]
pub(super) struct Pages {
    folder: Option<PathBuf>,
    written: HashMap<(RuleId, String), Option<Uri>>,
}

impl Pages {
    /// The page of a rule; where it cannot be written, the first of its sources that has a link.
    pub(super) fn of(&mut self, rule: &Rule, setup: &Setup) -> Option<Uri> {
        let key = (rule.id.clone(), rule.why.clone());
        if let Some(known) = self.written.get(&key) {
            return known.clone();
        }
        let ruleset = setup.linter.ruleset();
        let page = explain::explain(rule, ruleset, setup.linter.wordings(), Look::default());
        let written = self.write(rule, &page).ok().and_then(|path| uri::of_path(&path));
        let source = || rule.sources.iter().filter_map(|id| ruleset.catalogue().source(id)).find_map(|s| s.link.parse().ok());
        let uri = written.or_else(source);
        self.written.insert(key, uri.clone());
        uri
    }

    /// Whether a file is one of ours: what it quotes is not to be linted.
    pub(super) fn holds(&self, path: &Path) -> bool {
        folder().is_some_and(|folder| path.starts_with(folder))
    }

    fn write(&mut self, rule: &Rule, page: &str) -> std::io::Result<PathBuf> {
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => {
                let folder = folder().ok_or(std::io::ErrorKind::NotFound)?;
                std::fs::create_dir_all(&folder)?;
                self.folder.insert(folder).clone()
            }
        };
        let path = folder.join(format!("{}.txt", rule.id));
        if std::fs::read_to_string(&path).is_ok_and(|known| known == page) {
            return Ok(path);
        }
        // Whole or not at all: another editor may be reading it.
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        std::io::Write::write_all(&mut file, page.as_bytes())?;
        file.persist(&path)?;
        Ok(path)
    }
}

/// Where the pages of this version lie.
fn folder() -> Option<PathBuf> {
    cache().map(|cache| cache.join("jdlint").join(env!("CARGO_PKG_VERSION")).join("rules"))
}

/// The person's cache folder, as each system has it.
pub(super) fn cache() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let home = |below: &str| named("HOME").map(|home| home.join(below));
    if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home("Library/Caches")
    } else {
        named("XDG_CACHE_HOME").or_else(|| home(".cache"))
    }
}
