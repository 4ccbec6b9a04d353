//! A config and all that it extends → layers, the weakest first; paths that lead nowhere or in a circle are mistakes.

#![expect(clippy::disallowed_methods, reason = "the room that reads configs")]

use std::path::{Component, Path, PathBuf};

use super::{Config, Packs, Placed, packs, plain};
use crate::rules::{Mistake, Ruleset};

/// A config and those it extends, the weakest first; the config itself is the last.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    layers: Vec<Layer>,
    mistakes: Vec<Mistake>,
}

/// One config file.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Its name, as it is to be shown.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// What that sets.
    pub config: Config,
    path: PathBuf,
}

/// A config that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {error}")]
pub struct Unreadable {
    /// Its name, as it is to be shown.
    pub name: String,
    /// What the system says.
    pub error: std::io::Error,
}

impl Layer {
    /// The folder that its paths begin in.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// The line of a byte, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|b| **b == b'\n').count() + 1
    }
}

impl Layers {
    /// Reads a config and what it extends.
    ///
    /// # Errors
    /// Where the config itself cannot be read. What is wrong in it is among the mistakes.
    pub fn read(path: &Path) -> Result<Layers, Unreadable> {
        let name = path.to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).map_err(|error| Unreadable { name: name.clone(), error })?;
        let mut layers = Layers::default();
        layers.add(Layer::parsed(path.to_owned(), text), &mut Vec::new());
        Ok(layers)
    }

    /// The layers, the weakest first.
    pub fn all(&self) -> &[Layer] {
        &self.layers
    }

    /// The config itself.
    pub fn top(&self) -> Option<&Layer> {
        self.layers.last()
    }

    /// What is wrong in the layers, the strongest first, by place.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// All house rules that the layers name, and what is wrong there.
    pub fn packs(&self) -> Packs {
        let mut all = Packs::default();
        for layer in &self.layers {
            let own = packs(&layer.name, layer.folder(), &layer.config.rules);
            all.mistakes.extend(own.mistakes);
            all.files.extend(own.files);
        }
        let mut seen = std::collections::HashSet::new();
        all.files.retain(|(name, _)| seen.insert(plain(Path::new(name))));
        all
    }

    /// Mentions of rules that do not exist.
    pub fn unknown_rules(&self, ruleset: &Ruleset) -> Vec<Mistake> {
        self.layers.iter().flat_map(|l| l.config.unknown_rules(&l.name, ruleset)).collect()
    }

    /// Adds a layer after those it extends. `above` are the files that led here.
    fn add(&mut self, (layer, mistakes): (Layer, Vec<Mistake>), above: &mut Vec<PathBuf>) {
        self.mistakes.extend(mistakes);
        let here = plain(&layer.path);
        above.push(here);
        for wanted in &layer.config.extends {
            match self.extended(&layer, wanted, above) {
                Ok(Some(path_and_text)) => self.add(Layer::parsed(path_and_text.0, path_and_text.1), above),
                Ok(None) => {}
                Err(Astray { what, help }) => self.mistakes.push(Mistake { file: layer.name.clone(), at: wanted.at.clone(), what, help }),
            }
        }
        above.pop();
        self.layers.push(layer);
    }

    /// A config that a layer extends; `None` where it is among the layers already.
    fn extended(&self, layer: &Layer, wanted: &Placed, above: &[PathBuf]) -> Result<Option<(PathBuf, String)>, Astray> {
        if wanted.path.contains("://") {
            return Err(Astray::new("nothing is fetched from the network", Some("keep a copy of that file here, and name its path")));
        }
        let mut path = tidy(&layer.folder().join(&wanted.path));
        if path.is_dir() {
            path.push(super::NAME);
        }
        if let Some(from) = above.iter().position(|p| *p == plain(&path)) {
            let by = above[from..].iter().map(|p| p.file_name().unwrap_or(p.as_os_str()).to_string_lossy()).collect::<Vec<_>>().join(" → ");
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            return Err(Astray::new(&format!("this goes in a circle: {by} → {name}"), Some("take this one out")));
        }
        if self.layers.iter().any(|l| plain(&l.path) == plain(&path)) {
            return Ok(None);
        }
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some((path, text))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Astray::new("there is no such file", None)),
            Err(error) => Err(Astray::new(&format!("this file cannot be read: {error}"), None)),
        }
    }
}

/// Why a path leads to no config.
struct Astray {
    what: String,
    help: Option<String>,
}

impl Astray {
    fn new(what: &str, help: Option<&str>) -> Astray {
        Astray { what: what.to_owned(), help: help.map(str::to_owned) }
    }
}

impl Layer {
    fn parsed(path: PathBuf, text: String) -> (Layer, Vec<Mistake>) {
        let name = path.to_string_lossy().into_owned();
        let (config, mistakes) = Config::parse(&name, &text);
        (Layer { name, text, config, path }, mistakes)
    }
}

/// The path without ways into a folder and out again, as people would write it.
fn tidy(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut tidy, part| {
        match (part, tidy.components().next_back()) {
            (Component::ParentDir, Some(Component::Normal(_))) => _ = tidy.pop(),
            (Component::CurDir, _) => {}
            (part, _) => tidy.push(part),
        }
        tidy
    })
}
