//! A config and all that it extends → layers, the weakest first; paths that lead nowhere or in a circle are mistakes.

#![expect(clippy::disallowed_methods, reason = "the room that looks for configs")]

use std::path::{Component, Path, PathBuf};

use super::{Config, Packs, Place, Placed, ReadText, packs, plain};
use crate::rules::{Mistake, Ruleset};

/// A config and those it extends, the weakest first; the config itself is the last.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    layers: Vec<Layer>,
    mistakes: Vec<Mistake>,
}

/// Configs that extend one another, and all that one extends by way of others.
const DEEPEST: usize = 16;
const MOST: usize = 100;

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

impl Layer {
    /// The folder that its paths begin in.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
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
    pub fn read(place: Place, read: ReadText) -> std::io::Result<Layers> {
        let text = read(place.path)?;
        let mut layers = Layers::default();
        let path = place.folder.join(place.path.file_name().unwrap_or(place.path.as_os_str()));
        layers.add(Layer::parsed(path, place.name.to_owned(), text), read, &mut Vec::new());
        Ok(layers)
    }

    /// The files of the configs that this one extends.
    pub fn extended(&self) -> impl Iterator<Item = PathBuf> {
        self.layers.iter().rev().skip(1).map(|layer| layer.path.clone())
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
    pub fn packs(&self, read: ReadText) -> Packs {
        let mut all = Packs::default();
        for layer in &self.layers {
            let own = packs(&layer.name, layer.folder(), &layer.config.rules, read);
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
    fn add(&mut self, (layer, mistakes): (Layer, Vec<Mistake>), read: ReadText, above: &mut Vec<PathBuf>) {
        self.mistakes.extend(mistakes);
        let here = plain(&layer.path);
        above.push(here);
        for wanted in &layer.config.extends {
            match self.extended_by(&layer, wanted, read, above) {
                Ok(Some((path, text))) => {
                    let name = path.to_string_lossy().into_owned();
                    self.add(Layer::parsed(path, name, text), read, above);
                }
                Ok(None) => {}
                Err(Astray { what, help }) => self.mistakes.push(Mistake { file: layer.name.clone(), at: wanted.at.clone(), what, help }),
            }
        }
        above.pop();
        self.layers.push(layer);
    }

    /// A config that a layer extends, unless there are more than anybody writes: links can lead into the same folder by ever new names.
    fn extended_by(&self, layer: &Layer, wanted: &Placed, read: ReadText, above: &[PathBuf]) -> Result<Option<(PathBuf, String)>, Astray> {
        if above.len() > DEEPEST || self.layers.len() > MOST {
            return Err(Astray::new(
                &format!("this goes on without end: more than {DEEPEST} configs extend one another, or {MOST} in all"),
                Some("take this one out"),
            ));
        }
        self.found(layer, wanted, read, above)
    }

    /// A config that a layer extends; `None` where it is among the layers already.
    fn found(&self, layer: &Layer, wanted: &Placed, read: ReadText, above: &[PathBuf]) -> Result<Option<(PathBuf, String)>, Astray> {
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
        match read(&path) {
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
    fn parsed(path: PathBuf, name: String, text: String) -> (Layer, Vec<Mistake>) {
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
