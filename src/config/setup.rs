//! A config, its house rules, and what is stronger than both (the command line, an editor's settings) → the linter for the
//! files that the config speaks for, or all that is wrong, each mistake in its place.

use std::io;
use std::path::{Path, PathBuf};

use super::{Config, Globs, Wanted, is_rule, nearest_rule, packs};
use crate::document::Format;
use crate::lint::{Chosen, Linter};
use crate::report::shown;
use crate::rules::{Mistake, Ruleset, Severity};

/// What one config comes to.
#[derive(Debug)]
pub struct Setup {
    /// Lints its files.
    pub linter: Linter,
    /// From which severity on findings fail a run.
    pub fail_on: Severity,
    /// The house rule files that it was made of.
    pub pack_files: Vec<PathBuf>,
    search: Search,
}

/// Which files of a folder are read.
#[derive(Debug, Default)]
struct Search {
    globs: Globs,
    /// Where the globs' paths begin.
    root: PathBuf,
}

/// What is stronger than a config.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// Whose law is meant.
    pub jurisdiction: Option<Chosen>,
    /// Only these rules or groups; empty: as the config has it.
    pub select: Vec<String>,
    /// Not these rules or groups, either.
    pub ignore: Vec<String>,
    /// From which severity on findings fail a run.
    pub fail_on: Option<Severity>,
}

/// A config file.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    /// Where it is read.
    pub path: &'p Path,
    /// Its name in messages.
    pub name: &'p str,
    /// Where the paths of its house rules begin.
    pub folder: &'p Path,
    /// Where the paths of its globs begin.
    pub root: &'p Path,
}

/// Reads a text file: from the disk, or what an editor holds in its place.
pub type ReadText<'r> = &'r dyn Fn(&Path) -> io::Result<String>;

/// Why nothing can be linted under a config.
#[derive(Debug)]
pub enum SetupError {
    /// A config or house rule with mistakes, and the texts they are in, by name.
    Mistakes {
        /// All of them, the config's first.
        mistakes: Vec<Mistake>,
        /// Name and content.
        texts: Vec<(String, String)>,
    },
    /// The config cannot be read.
    Unreadable {
        /// Its name in messages.
        name: String,
        /// Why.
        error: io::Error,
    },
    /// The overrides name a rule that does not exist; in words.
    UnknownRule(String),
}

impl Setup {
    /// The setup where no config speaks.
    ///
    /// # Errors
    /// Where the overrides name no rule.
    pub fn without_config(overrides: &Overrides) -> Result<Setup, SetupError> {
        finish(&Config::default(), Ruleset::embedded(), Vec::new(), Search::default(), overrides)
    }

    /// The setup of a config.
    ///
    /// # Errors
    /// All that is wrong with it and its house rules.
    pub fn of(place: Place, overrides: &Overrides, read: ReadText) -> Result<Setup, SetupError> {
        let Place { path, name, folder, root } = place;
        let text = read(path).map_err(|error| SetupError::Unreadable { name: name.to_owned(), error })?;
        let (config, mut mistakes) = Config::parse(name, &text);
        let packs = packs(name, folder, &config.rules, read);
        mistakes.extend(packs.mistakes);
        let globs = Globs::new(&config, name).unwrap_or_else(|own| {
            mistakes.extend(own);
            Globs::default()
        });
        // Without house rules the embedded ones need no second look.
        let ruleset = if packs.files.is_empty() { Ok(Ruleset::embedded()) } else { Ruleset::embedded_with(&packs.files) };
        let (ruleset, broken) = ruleset.map_or_else(|own| (Ruleset::embedded(), own), |ruleset| (ruleset, Vec::new()));
        // The rules of a broken file may be meant.
        let mut unknown = config.unknown_rules(name, &ruleset);
        unknown.retain(|m| broken.is_empty() || !packs.files.iter().any(|(_, t)| t.contains(&text[m.at.clone()])));
        mistakes.extend(unknown);
        mistakes.sort_by_key(|m| m.at.start);
        mistakes.extend(broken);
        if !mistakes.is_empty() {
            let mut texts = packs.files;
            texts.push((name.to_owned(), text));
            return Err(SetupError::Mistakes { mistakes, texts });
        }
        let pack_files = packs.files.into_iter().map(|(name, _)| PathBuf::from(name)).collect();
        finish(&config, ruleset, pack_files, Search { globs, root: root.to_owned() }, overrides)
    }

    /// Whether a file that lies in a folder is to be read.
    pub fn takes(&self, path: &Path) -> bool {
        match self.wanted(path) {
            Wanted::Included => true,
            Wanted::Unsaid => Format::of_path(path).is_some(),
            Wanted::Excluded => false,
        }
    }

    /// What the config's globs say of a file.
    pub fn wanted(&self, path: &Path) -> Wanted {
        let from_root = path.strip_prefix(&self.search.root).unwrap_or_else(|_| path.file_name().map_or(path, Path::new));
        self.search.globs.wanted(from_root)
    }
}

/// The overrides are stronger than the config.
fn finish(config: &Config, ruleset: Ruleset, pack_files: Vec<PathBuf>, search: Search, overrides: &Overrides) -> Result<Setup, SetupError> {
    for name in overrides.select.iter().chain(&overrides.ignore) {
        if !is_rule(name, &ruleset) {
            return Err(SetupError::UnknownRule(unknown_rule(name, &ruleset)));
        }
    }
    let mut settings = config.settings();
    if let Some(chosen) = overrides.jurisdiction {
        settings.choose(chosen);
    }
    if !overrides.select.is_empty() {
        settings.select.clone_from(&overrides.select);
    }
    settings.ignore.extend(overrides.ignore.iter().cloned());
    let fail_on = overrides.fail_on.or(config.fail_on).unwrap_or(Severity::Warning);
    Ok(Setup { linter: Linter::new(ruleset, settings), fail_on, pack_files, search })
}

/// “there is no rule …”, with the one that was most likely meant.
pub fn unknown_rule(name: &str, ruleset: &Ruleset) -> String {
    let near = nearest_rule(name, ruleset).map_or("`jdlint rules` lists them".to_owned(), |near| format!("did you mean “{near}”?"));
    format!("there is no rule or group “{}”; {near}", shown(name))
}
