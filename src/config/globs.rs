//! The globs of a config and what it extends → which files of a folder are read, and which overrides a file meets.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{Layers, Placed};
use crate::rules::Mistake;

/// The globs, read as lines of a `.gitignore`: a name fits at any depth, a folder stands for what is in it. Those of an
/// extended config speak of the same files as those of the config that extends it.
#[derive(Debug, Default)]
pub struct Globs {
    include: Option<Gitignore>,
    exclude: Option<Gitignore>,
    /// Each by its layer's number and its own, the weakest first.
    overrides: Vec<((usize, usize), Gitignore)>,
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
    /// Compiles the globs of all layers. The strongest `include` counts; `exclude` adds up.
    ///
    /// # Errors
    /// All globs that cannot be read.
    pub fn new(layers: &Layers) -> Result<Globs, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut globs = Globs::default();
        let mut exclude = Vec::new();
        for (n, layer) in layers.all().iter().enumerate() {
            let named = |placed: &[Placed]| placed.iter().map(|p| (layer.name.clone(), p.clone())).collect::<Vec<_>>();
            globs.include = compiled(&named(&layer.config.include), &mut mistakes).or(globs.include);
            exclude.extend(named(&layer.config.exclude));
            for (number, one) in layer.config.overrides.iter().enumerate() {
                globs.overrides.extend(compiled(&named(&one.files), &mut mistakes).map(|set| ((n, number), set)));
            }
        }
        globs.exclude = compiled(&exclude, &mut mistakes);
        if mistakes.is_empty() { Ok(globs) } else { Err(mistakes) }
    }

    /// Whether a file is wanted, by its path from the config's folder on.
    pub fn wanted(&self, path: &Path) -> Wanted {
        if self.exclude.as_ref().is_some_and(|globs| fits(globs, path)) {
            return Wanted::Excluded;
        }
        match &self.include {
            None => Wanted::Unsaid,
            Some(include) if fits(include, path) => Wanted::Included,
            Some(_) => Wanted::Excluded,
        }
    }

    /// The overrides that a file meets, by its path from the config's folder on: layer and number, the weakest first.
    pub fn met(&self, path: &Path) -> Vec<(usize, usize)> {
        self.overrides.iter().filter(|(_, globs)| fits(globs, path)).map(|(number, _)| *number).collect()
    }
}

fn fits(globs: &Gitignore, path: &Path) -> bool {
    globs.matched_path_or_any_parents(path, false).is_ignore()
}

/// Globs, each with the name of its config, as one set; `None` where there are none.
fn compiled(globs: &[(String, Placed)], mistakes: &mut Vec<Mistake>) -> Option<Gitignore> {
    let mut builder = GitignoreBuilder::new("");
    for (name, glob) in globs {
        if let Err(error) = builder.add_line(None, &glob.path) {
            let what = format!("this glob cannot be read: {error}");
            mistakes.push(Mistake { file: name.clone(), at: glob.at.clone(), what, help: None });
        }
    }
    if globs.is_empty() { None } else { builder.build().ok() }
}
