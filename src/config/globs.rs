//! `include` and `exclude` → which files of a folder are read.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{Config, Placed};
use crate::rules::Mistake;

/// The globs of a config, read as lines of a `.gitignore`: a name fits at any depth, a folder stands for what is in it.
#[derive(Debug, Default)]
pub struct Globs {
    include: Option<Gitignore>,
    exclude: Option<Gitignore>,
}

/// What the globs say of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// `include` names it, whatever its format.
    Included,
    /// Nothing is said: it is read if its name is that of a document.
    Unsaid,
    /// It is left out.
    Excluded,
}

impl Globs {
    /// Compiles the globs of a config.
    ///
    /// # Errors
    /// All globs that cannot be read.
    pub fn new(config: &Config, name: &str) -> Result<Globs, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut set = |globs: &[Placed]| {
            if globs.is_empty() {
                return None;
            }
            let mut builder = GitignoreBuilder::new("");
            for glob in globs {
                if let Err(error) = builder.add_line(None, &glob.path) {
                    let what = format!("this glob cannot be read: {error}");
                    mistakes.push(Mistake { file: name.to_owned(), at: glob.at.clone(), what, help: None });
                }
            }
            builder.build().ok()
        };
        let globs = Globs { include: set(&config.include), exclude: set(&config.exclude) };
        if mistakes.is_empty() { Ok(globs) } else { Err(mistakes) }
    }

    /// Whether a file is wanted, by its path from the config's folder on.
    pub fn wanted(&self, path: &Path) -> Wanted {
        let fits = |globs: &Gitignore| globs.matched_path_or_any_parents(path, false).is_ignore();
        if self.exclude.as_ref().is_some_and(fits) {
            return Wanted::Excluded;
        }
        match &self.include {
            None => Wanted::Unsaid,
            Some(include) if fits(include) => Wanted::Included,
            Some(_) => Wanted::Excluded,
        }
    }
}
