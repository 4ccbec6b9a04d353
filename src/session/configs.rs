//! A file → the setup of the config that speaks for it, made once for as long as config and house rules do not change.
//! Where a config has mistakes, what it set before they were made goes on to hold, and the mistakes are told.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::OpenText;
use super::siblings::{Stamp, stamp};
use crate::config::{self, NAME, Overrides, Place, Setup, SetupError};
use crate::rules::{Mistake, Ruleset};

/// Mistakes of each file, by its path; a file without mistakes is there, too, so that it can be cleared.
pub type Faults = BTreeMap<PathBuf, FileFaults>;

/// The mistakes of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileFaults {
    /// The text they are in.
    pub text: String,
    /// What is wrong.
    pub mistakes: Vec<Mistake>,
}

/// Configs that were met.
#[derive(Default)]
pub(super) struct Configs {
    overrides: Overrides,
    by_folder: HashMap<PathBuf, Option<PathBuf>>,
    made: HashMap<Option<PathBuf>, Made>,
}

/// What one config comes to.
struct Made {
    /// As it is, or as it last was without mistakes; the defaults where it never was.
    setup: Rc<Setup>,
    faults: Faults,
    /// The files it was made of.
    stamps: Vec<(PathBuf, Stamp)>,
    fresh: bool,
}

type Texts = BTreeMap<String, OpenText>;

impl Configs {
    /// Whether that changes anything.
    pub(super) fn set_overrides(&mut self, overrides: Overrides) -> bool {
        let changes = self.overrides != overrides;
        if changes {
            self.overrides = overrides;
            self.forget();
        }
        changes
    }

    pub(super) fn config_of(&mut self, path: &Path) -> Option<PathBuf> {
        let folder = path.parent()?;
        self.by_folder.entry(folder.to_owned()).or_insert_with_key(|folder| config::find(folder)).clone()
    }

    pub(super) fn setup(&mut self, path: Option<&Path>, texts: &Texts) -> Rc<Setup> {
        let config = path.and_then(|p| self.config_of(p));
        self.made(config, texts).setup.clone()
    }

    pub(super) fn is_pack(&self, path: &Path) -> bool {
        self.made.values().any(|made| made.stamps.iter().any(|(p, _)| p == path))
    }

    /// Everything is made anew when it is next asked for.
    pub(super) fn forget(&mut self) {
        self.by_folder.clear();
        self.made.values_mut().for_each(|made| made.fresh = false);
    }

    /// Whether anything on the disk is not as it was.
    pub(super) fn refresh(&mut self, texts: &Texts) -> bool {
        let before = std::mem::take(&mut self.by_folder);
        let mut changed = before.iter().any(|(folder, config)| config::find(folder) != *config);
        for made in self.made.values_mut().filter(|made| made.fresh) {
            let is_open = |path: &Path| texts.values().any(|t| t.path() == Some(path));
            made.fresh = made.stamps.iter().all(|(path, then)| is_open(path) || stamp(path) == *then);
            changed |= !made.fresh;
        }
        changed
    }

    pub(super) fn faults(&mut self, texts: &Texts) -> Faults {
        let open: Vec<PathBuf> = texts.values().filter_map(|t| t.path()).filter(|p| p.extension().is_some_and(|e| e == "toml")).map(Path::to_owned).collect();
        for path in open.iter().filter(|p| p.file_name().is_some_and(|n| n == NAME)) {
            self.made(Some(path.clone()), texts);
        }
        let mut faults = Faults::new();
        for made in self.made.values() {
            faults.extend(made.faults.iter().map(|(path, own)| (path.clone(), own.clone())));
        }
        for path in open.into_iter().filter(|p| p.file_name().is_some_and(|n| n != NAME)) {
            if let (false, Some(own)) = (faults.contains_key(&path), rule_file(&path, texts)) {
                faults.insert(path, own);
            }
        }
        faults
    }

    fn made(&mut self, config: Option<PathBuf>, texts: &Texts) -> &Made {
        if !self.made.get(&config).is_some_and(|m| m.fresh) {
            let last_good = self.made.get(&config).map(|m| m.setup.clone());
            let made = self.make(config.as_deref(), last_good, texts);
            self.made.insert(config.clone(), made);
        }
        &self.made[&config]
    }

    fn make(&self, config: Option<&Path>, last_good: Option<Rc<Setup>>, texts: &Texts) -> Made {
        let Some(path) = config else {
            return Made { setup: Rc::new(self.default_setup()), faults: Faults::new(), stamps: Vec::new(), fresh: true };
        };
        let name = path.to_string_lossy();
        let folder = path.parent().unwrap_or(path);
        let read = |path: &Path| read(path, texts);
        let mut stamps = vec![(path.to_owned(), stamp(path))];
        let mut faults = Faults::from([(path.to_owned(), FileFaults::default())]);
        let setup = match Setup::of(Place { path, name: &name, folder, root: folder }, &self.overrides, &read) {
            Ok(setup) => {
                faults.extend(setup.pack_files.iter().map(|p| (p.clone(), FileFaults::default())));
                stamps.extend(setup.pack_files.iter().map(|p| (p.clone(), stamp(p))));
                Rc::new(setup)
            }
            Err(error) => {
                if let SetupError::Mistakes { mistakes, texts } = error {
                    stamps.extend(texts.iter().map(|(name, _)| (PathBuf::from(name), stamp(Path::new(name)))));
                    faults.extend(by_file(mistakes, texts));
                }
                last_good.unwrap_or_else(|| Rc::new(self.default_setup()))
            }
        };
        Made { setup, faults, stamps, fresh: true }
    }

    /// The setup without a config; without the overrides, too, where they name what does not exist.
    fn default_setup(&self) -> Setup {
        let without = Setup::without_config(&self.overrides);
        without.or_else(|_| Setup::without_config(&Overrides::default())).expect("without names of rules no name is unknown")
    }
}

/// A file as an editor holds it, or else as it is on the disk.
fn read(path: &Path, texts: &Texts) -> std::io::Result<String> {
    match texts.values().find(|t| t.path() == Some(path)) {
        Some(open) => Ok(open.as_str().to_owned()),
        None => config::read_text(path),
    }
}

fn by_file(mistakes: Vec<Mistake>, texts: Vec<(String, String)>) -> Faults {
    let mut faults: Faults = texts.into_iter().map(|(name, text)| (PathBuf::from(name), FileFaults { text, mistakes: Vec::new() })).collect();
    for mistake in mistakes {
        faults.entry(PathBuf::from(&mistake.file)).or_default().mistakes.push(mistake);
    }
    faults
}

/// The mistakes of an open file that no config names, if it looks like a rule.
fn rule_file(path: &Path, texts: &Texts) -> Option<FileFaults> {
    let text = read(path, texts).ok()?;
    let has = |key: &str| text.lines().any(|l| l.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=')));
    if !has("format") || !(has("id") || has("extends")) {
        return None;
    }
    let name = path.to_string_lossy().into_owned();
    let mistakes = Ruleset::embedded_with(&[(name, text.clone())]).err().unwrap_or_default();
    Some(FileFaults { text, mistakes })
}
