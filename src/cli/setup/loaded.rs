//! A config → what it comes to for any file: its layers, the rules that it speaks of, and its globs, all checked.

use std::path::{Path, PathBuf};

use super::super::files::is_document;
use super::super::read::FileError;
use super::{Met, SetupError, absolute, relative};
use crate::config::{Allowed, Globs, Layers, Wanted};
use crate::lint::Linter;
use crate::report::shown;
use crate::rules::Ruleset;

/// A config that was read.
pub(in crate::cli) struct Loaded {
    /// The config and what it extends; none where there is no config.
    pub(in crate::cli) layers: Layers,
    globs: Globs,
    /// Where the globs' paths begin.
    root: PathBuf,
    /// Has the rules, which every linter under this config shares.
    pub(super) linter: Linter,
}

/// How a config was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaks {
    /// It was named, and speaks for wherever it is used.
    Here,
    /// It was found, and speaks for the files below it.
    Below,
}

impl Loaded {
    /// No config.
    pub(super) fn none() -> Loaded {
        Loaded { layers: Layers::default(), globs: Globs::default(), root: PathBuf::new(), linter: Linter::new(Ruleset::embedded(), Default::default()) }
    }

    pub(super) fn read(path: &Path, speaks: Speaks) -> Result<Loaded, SetupError> {
        let layers = Layers::read(&relative(path)).map_err(|e| SetupError::Other(format!("{}: {}", shown(&e.name), FileError::from(e.error))))?;
        let mut mistakes = layers.mistakes().to_vec();
        let packs = layers.packs();
        mistakes.extend(packs.mistakes);
        let globs = Globs::new(&layers).unwrap_or_else(|own| {
            mistakes.extend(own);
            Globs::default()
        });
        // Without house rules the embedded ones need no second look.
        let ruleset = if packs.files.is_empty() { Ok(Ruleset::embedded()) } else { Ruleset::embedded_with(&packs.files) };
        let (ruleset, broken) = ruleset.map_or_else(|own| (Ruleset::embedded(), own), |ruleset| (ruleset, Vec::new()));
        let text = |name: &str| layers.all().iter().find(|l| l.name == name).map_or("", |l| l.text.as_str());
        // The rules of a broken file may be meant.
        let mut unknown = layers.unknown_rules(&ruleset);
        unknown.retain(|m| broken.is_empty() || !packs.files.iter().any(|(_, t)| t.contains(&text(&m.file)[m.at.clone()])));
        mistakes.extend(unknown);
        mistakes.sort_by(|a, b| (&a.file, a.at.start).cmp(&(&b.file, b.at.start)));
        mistakes.extend(broken);
        if !mistakes.is_empty() {
            let texts = packs.files.into_iter().chain(layers.all().iter().map(|l| (l.name.clone(), l.text.clone()))).collect();
            return Err(SetupError::Mistakes { mistakes, texts });
        }
        let root = match speaks {
            Speaks::Here => absolute(Path::new("")),
            Speaks::Below => absolute(path).parent().map(Path::to_owned).unwrap_or_default(),
        };
        Ok(Loaded { layers, globs, root, linter: Linter::new(ruleset, Default::default()) })
    }

    /// Whether a file that a folder holds is read, by its absolute path.
    pub(super) fn takes(&self, path: &Path) -> bool {
        match self.globs.wanted(&self.path_below(path)) {
            Wanted::Included => true,
            Wanted::Unsaid => is_document(path),
            Wanted::Excluded => false,
        }
    }

    /// What is said of a file of its own, by its absolute path.
    pub(super) fn met(&self, path: &Path) -> Met {
        let from_root = self.path_below(path);
        let name = slashed(&from_root);
        let mut allowed = Vec::new();
        for (layer, number, one) in self.allowed() {
            if one.file.as_ref().is_some_and(|file| file.trim_start_matches("./") == name) {
                allowed.push((layer, number));
            }
        }
        Met { overrides: self.globs.met(&from_root), allowed }
    }

    /// All accepted findings, with the number of their layer and their own.
    pub(in crate::cli) fn allowed(&self) -> impl Iterator<Item = (usize, usize, &Allowed)> {
        let layers = self.layers.all().iter().enumerate();
        layers.flat_map(|(layer, l)| l.config.allow.iter().enumerate().map(move |(number, one)| (layer, number, one)))
    }

    /// The path from the config's folder on; of a file elsewhere its name.
    pub(in crate::cli) fn path_below(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).map_or_else(|_| path.file_name().map_or(path.to_owned(), PathBuf::from), Path::to_owned)
    }

    /// Where its paths begin.
    pub(in crate::cli) fn root(&self) -> &Path {
        &self.root
    }
}

/// A path as it is written in configs and baselines, on every system.
pub(in crate::cli) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
