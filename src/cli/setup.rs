//! Options and `jdlint.toml` → the linter for each file, made once for all files that one config speaks for.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::ColorChoice;

use super::Outcome;
use super::files::{self, Origin, Source, Target, is_document};
use super::options::{Configured, Documents};
use super::output::{complain, draw_error, error_look};
use super::read::FileError;
use crate::config::{self, Config, Globs, Wanted};
use crate::lint::Linter;
use crate::report::{shown, terminal};
use crate::rules::{Mistake, Ruleset, Severity};

/// What one config comes to.
pub(super) struct Setup {
    pub(super) linter: Linter,
    /// From which severity on findings fail the run.
    pub(super) fail_on: Severity,
    search: Search,
}

/// Which files of a folder are read.
#[derive(Debug, Default)]
struct Search {
    globs: Globs,
    /// Where the globs' paths begin.
    root: PathBuf,
}

/// What the command line sets.
#[derive(Clone, Debug, Default)]
pub(super) struct Overrides {
    pub(super) select: Vec<String>,
    pub(super) ignore: Vec<String>,
    pub(super) fail_on: Option<Severity>,
}

/// A setup for each config that was met.
pub(super) struct Setups<'a> {
    configured: &'a Configured,
    overrides: Overrides,
    setups: Vec<Setup>,
    by_config: HashMap<Option<PathBuf>, usize>,
    by_folder: HashMap<PathBuf, usize>,
}

/// A file and the setup it is linted under.
pub(super) struct Job {
    pub(super) target: Target,
    pub(super) setup: usize,
    /// The other documents of its advert.
    pub(super) with: Vec<PathBuf>,
}

/// Why nothing can be linted.
pub(super) enum SetupError {
    /// A config or house rule with mistakes, and the texts they are in.
    Mistakes { mistakes: Vec<Mistake>, texts: Vec<(String, String)> },
    /// In words.
    Other(String),
}

impl<'a> Setups<'a> {
    pub(super) fn new(configured: &'a Configured, overrides: Overrides) -> Setups<'a> {
        Setups { configured, overrides, setups: Vec::new(), by_config: HashMap::new(), by_folder: HashMap::new() }
    }

    /// All setups, by their numbers.
    pub(super) fn all(&self) -> &[Setup] {
        &self.setups
    }

    /// The setup of a number, for a command that needs no other.
    #[cfg(any(feature = "serve", feature = "mcp"))]
    pub(super) fn take(mut self, number: usize) -> Setup {
        self.setups.swap_remove(number)
    }

    /// Finds documents, gives each its setup and the others of its advert, and leaves out what a folder holds beside them.
    pub(super) fn jobs(&mut self, documents: &Documents) -> Result<Vec<Job>, SetupError> {
        let mut jobs = Vec::new();
        for target in files::find(documents) {
            let path = match &target.source {
                Source::File(path) | Source::Stdin(Some(path)) => absolute(path),
                Source::Stdin(None) | Source::Nothing(_) => absolute(Path::new("-")),
            };
            let setup = self.of_folder(path.parent().unwrap_or(&path))?;
            let walked = target.origin == Origin::Walked && matches!(target.source, Source::File(_));
            if !walked || self.setups[setup].search.takes(&path) {
                jobs.push(Job { target, setup, with: Vec::new() });
            }
        }
        documents.together.join(&mut jobs);
        Ok(jobs)
    }

    /// The number of the setup for files in an absolute folder.
    pub(super) fn of_folder(&mut self, folder: &Path) -> Result<usize, SetupError> {
        if let Some(known) = self.by_folder.get(folder) {
            return Ok(*known);
        }
        let config = match (&self.configured.config, self.configured.no_config) {
            (Some(config), _) => Some(config.clone()),
            (None, true) => None,
            (None, false) => config::find(folder),
        };
        let number = match self.by_config.get(&config) {
            Some(number) => *number,
            None => {
                self.setups.push(self.make(config.as_deref())?);
                self.by_config.insert(config, self.setups.len() - 1);
                self.setups.len() - 1
            }
        };
        self.by_folder.insert(folder.to_owned(), number);
        Ok(number)
    }

    fn make(&self, path: Option<&Path>) -> Result<Setup, SetupError> {
        let Some(path) = path else { return self.finish(&Config::default(), Ruleset::embedded(), Search::default()) };
        let name = shown(&relative(path).to_string_lossy());
        let text = std::fs::read_to_string(path).map_err(|e| SetupError::Other(format!("{name}: {}", FileError::from(e))))?;
        let (config, mut mistakes) = Config::parse(&name, &text);
        let folder = relative(path).parent().unwrap_or(Path::new("")).to_owned();
        let packs = config::packs(&name, &folder, &config.rules);
        mistakes.extend(packs.mistakes);
        let globs = Globs::new(&config, &name).unwrap_or_else(|own| {
            mistakes.extend(own);
            Globs::default()
        });
        // Without house rules the embedded ones need no second look.
        let ruleset = if packs.files.is_empty() { Ok(Ruleset::embedded()) } else { Ruleset::embedded_with(&packs.files) };
        let (ruleset, broken) = ruleset.map_or_else(|own| (Ruleset::embedded(), own), |ruleset| (ruleset, Vec::new()));
        // The rules of a broken file may be meant.
        let mut unknown = config.unknown_rules(&name, &ruleset);
        unknown.retain(|m| broken.is_empty() || !packs.files.iter().any(|(_, t)| t.contains(&text[m.at.clone()])));
        mistakes.extend(unknown);
        mistakes.sort_by_key(|m| m.at.start);
        mistakes.extend(broken);
        if !mistakes.is_empty() {
            let mut texts = packs.files;
            texts.push((name, text));
            return Err(SetupError::Mistakes { mistakes, texts });
        }
        // A config that was named speaks for wherever it is used, one that was found for the files below it.
        let named = self.configured.config.is_some();
        let root = if named { absolute(Path::new("")) } else { absolute(path).parent().map(Path::to_owned).unwrap_or_default() };
        self.finish(&config, ruleset, Search { globs, root })
    }

    /// The command line is stronger than the config.
    fn finish(&self, config: &Config, ruleset: Ruleset, search: Search) -> Result<Setup, SetupError> {
        for name in self.overrides.select.iter().chain(&self.overrides.ignore) {
            if !config::is_rule(name, &ruleset) {
                return Err(SetupError::Other(unknown_rule(name, &ruleset)));
            }
        }
        let mut settings = config.settings();
        if let Some(chosen) = self.configured.jurisdiction {
            settings.choose(chosen);
        }
        if !self.overrides.select.is_empty() {
            settings.select.clone_from(&self.overrides.select);
        }
        settings.ignore.extend(self.overrides.ignore.iter().cloned());
        let fail_on = self.overrides.fail_on.or(config.fail_on).unwrap_or(Severity::Warning);
        Ok(Setup { linter: Linter::new(ruleset, settings), fail_on, search })
    }
}

/// “there is no rule …”, with the one that was most likely meant.
pub(super) fn unknown_rule(name: &str, ruleset: &Ruleset) -> String {
    let near = config::nearest_rule(name, ruleset).map_or("`jdlint rules` lists them".to_owned(), |near| format!("did you mean “{near}”?"));
    format!("there is no rule or group “{}”; {near}", shown(name))
}

impl Search {
    fn takes(&self, path: &Path) -> bool {
        let from_root = path.strip_prefix(&self.root).unwrap_or_else(|_| path.file_name().map_or(path, Path::new));
        match self.globs.wanted(from_root) {
            Wanted::Included => true,
            Wanted::Unsaid => is_document(path),
            Wanted::Excluded => false,
        }
    }
}

/// How a command ends that may not have been set up; what was wrong is said.
pub(super) fn ended(outcome: Result<Outcome, SetupError>, color: impl Into<ColorChoice>) -> ExitCode {
    let told = |error: SetupError| {
        error.tell(color.into());
        Outcome::Failed
    };
    outcome.unwrap_or_else(told).into()
}

/// Says that there is nothing to read.
pub(super) fn no_document() -> Outcome {
    complain("there is no document here; name a file to have it read whatever it is called");
    Outcome::Clean
}

impl SetupError {
    /// Says on the error stream what is wrong.
    pub(super) fn tell(&self, color: ColorChoice) {
        match self {
            SetupError::Other(message) => complain(message),
            SetupError::Mistakes { mistakes, texts } => {
                let text = |name: &str| texts.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str());
                draw_error(&terminal::mistakes(mistakes, text, error_look(color)), color);
            }
        }
    }
}

/// The path from the root of the file system on; links stay.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The path from the working folder on, if it lies below.
fn relative(path: &Path) -> PathBuf {
    let here = absolute(Path::new(""));
    path.strip_prefix(&here).unwrap_or(path).to_owned()
}
