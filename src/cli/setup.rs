//! Options and `jdlint.toml` → the linter for each file, made once for all files that one config speaks for.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anstream::ColorChoice;

use super::Outcome;
use super::files::{self, Origin, Source, Target};
use super::limits::Limited;
use super::options::{Configured, Documents};
use super::output::{complain, draw_error, error_look};
use super::read::FileError;
use crate::config::{self, Effective, Met, Place, Ruling};
pub(super) use crate::config::{Overrides, SetupError, slashed, unknown_rule};
use crate::lint::Linter;
use crate::report::{shown, terminal};
use crate::rules::Severity;

/// How files are linted that meet the same overrides of one config.
pub(super) struct Setup {
    pub(super) linter: Arc<Linter>,
    /// From which severity on findings fail the run.
    pub(super) fail_on: Severity,
    /// The number of its config.
    pub(super) config: usize,
    /// What holds, and who said it.
    pub(super) effective: Effective,
}

impl Setup {
    /// Whether a rule is looked for. One that is there no more had its chance.
    pub(super) fn asks(&self, rule: &str) -> bool {
        self.linter.ruleset().rule(rule).is_none_or(|rule| self.linter.settings().selects(rule))
    }
}

/// Every config that was met, and a setup for each way in which files are linted under it.
pub(super) struct Setups<'a> {
    configured: &'a Configured,
    overrides: Overrides,
    configs: Vec<config::Setup>,
    setups: Vec<Setup>,
    by_config: HashMap<Option<PathBuf>, usize>,
    by_folder: HashMap<PathBuf, usize>,
    by_met: HashMap<(usize, Met), usize>,
}

/// A file and the setup it is linted under.
pub(super) struct Job {
    pub(super) target: Target,
    pub(super) setup: usize,
    /// The other documents of its advert.
    pub(super) with: Vec<PathBuf>,
    /// What reading it may come to.
    pub(super) limited: Limited,
}

impl<'a> Setups<'a> {
    pub(super) fn new(configured: &'a Configured, overrides: Overrides) -> Setups<'a> {
        let overrides = Overrides { jurisdiction: configured.jurisdiction, ..overrides };
        let (configs, setups) = (Vec::new(), Vec::new());
        Setups { configured, overrides, configs, setups, by_config: HashMap::new(), by_folder: HashMap::new(), by_met: HashMap::new() }
    }

    /// All setups, by their numbers.
    pub(super) fn all(&self) -> &[Setup] {
        &self.setups
    }

    /// All configs, by their numbers.
    pub(super) fn configs(&self) -> &[config::Setup] {
        &self.configs
    }

    /// The linter of a setup, for a command that keeps it. The rules are shared, not copied.
    #[cfg(any(feature = "serve", feature = "mcp"))]
    pub(super) fn linter(&self, number: usize) -> Linter {
        let linter = &self.setups[number].linter;
        linter.under(linter.settings().clone())
    }

    /// Whether a rule that an `[[allow]]` may name is looked for under a config. Where it names none, only a run by all rules
    /// looks for it.
    pub(super) fn asks(&self, config: usize, rule: Option<&str>) -> bool {
        let all = self.overrides.select.is_empty() && self.overrides.ignore.is_empty();
        let mut setups = self.setups.iter().filter(|s| s.config == config);
        rule.map_or(all, |rule| setups.all(|setup| setup.asks(rule)))
    }

    /// Finds documents, gives each its setup and the others of its advert, and leaves out what a folder holds beside them.
    pub(super) fn jobs(&mut self, documents: &Documents) -> Result<Vec<Job>, SetupError> {
        let mut jobs = Vec::new();
        for target in files::find(documents) {
            let path = match &target.source {
                Source::File(path) | Source::Stdin(Some(path)) => absolute(path),
                Source::Stdin(None) | Source::Nothing(_) => absolute(Path::new("-")),
            };
            let config = self.config_of(path.parent().unwrap_or(&path))?;
            let walked = target.origin == Origin::Walked && matches!(target.source, Source::File(_));
            let met = self.configs[config].met(&path);
            let setup = self.under(config, met);
            if !walked || self.configs[config].takes(&path) {
                jobs.push(Job { target, setup, with: Vec::new(), limited: documents.limited });
            }
        }
        documents.together.join(&mut jobs);
        Ok(jobs)
    }

    /// The number of the setup for a file, by its absolute path.
    pub(super) fn of_file(&mut self, path: &Path) -> Result<usize, SetupError> {
        let config = self.config_of(path.parent().unwrap_or(path))?;
        let met = self.configs[config].met(path);
        Ok(self.under(config, met))
    }

    /// The number of the setup for files in an absolute folder of which nothing is said of their own.
    pub(super) fn of_folder(&mut self, folder: &Path) -> Result<usize, SetupError> {
        let config = self.config_of(folder)?;
        Ok(self.under(config, Met::default()))
    }

    /// The number of the config that speaks for an absolute folder.
    fn config_of(&mut self, folder: &Path) -> Result<usize, SetupError> {
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
                self.configs.push(self.make(config.as_deref())?);
                self.by_config.insert(config, self.configs.len() - 1);
                self.configs.len() - 1
            }
        };
        self.by_folder.insert(folder.to_owned(), number);
        Ok(number)
    }

    fn make(&self, path: Option<&Path>) -> Result<config::Setup, SetupError> {
        let Some(path) = path else { return config::Setup::without_config(&self.overrides) };
        let relative = relative(path);
        let folder = relative.parent().unwrap_or(Path::new(""));
        // A config that was named speaks for wherever it is used, one that was found for the files below it.
        let named = self.configured.config.is_some();
        let root = if named { absolute(Path::new("")) } else { absolute(path).parent().map(Path::to_owned).unwrap_or_default() };
        let place = Place { path, name: &shown(&relative.to_string_lossy()), folder, root: &root };
        config::Setup::of(place, &self.overrides, &config::read_text)
    }

    /// The number of the setup for files of which a config says this of their own.
    fn under(&mut self, config: usize, met: Met) -> usize {
        let key = (config, met);
        if let Some(known) = self.by_met.get(&key) {
            return *known;
        }
        let Ruling { linter, fail_on, effective } = self.configs[config].under(&key.1);
        self.setups.push(Setup { linter: Arc::new(linter), fail_on, config, effective });
        self.by_met.insert(key, self.setups.len() - 1);
        self.setups.len() - 1
    }
}

/// How a command ends that may not have been set up; what was wrong is said.
pub(super) fn ended(outcome: Result<Outcome, SetupError>, color: impl Into<ColorChoice>) -> ExitCode {
    let told = |error: SetupError| {
        tell(error, color.into());
        Outcome::Failed
    };
    outcome.unwrap_or_else(told).into()
}

/// Says that there is nothing to read.
pub(super) fn no_document() -> Outcome {
    complain("there is no document here; name a file to have it read whatever it is called");
    Outcome::Clean
}

/// Says on the error stream what is wrong.
pub(super) fn tell(error: SetupError, color: ColorChoice) {
    match error {
        SetupError::Unreadable { name, error } => complain(&format!("{name}: {}", FileError::from(error))),
        SetupError::UnknownRule(message) | SetupError::Other(message) => complain(&message),
        SetupError::Mistakes { mistakes, texts } => {
            let text = |name: &str| texts.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str());
            draw_error(&terminal::mistakes(&mistakes, text, error_look(color)), color);
        }
    }
}

/// The path from the root of the file system on; links stay.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The path from the working folder on, if it lies below.
pub(super) fn relative(path: &Path) -> PathBuf {
    let here = absolute(Path::new(""));
    path.strip_prefix(&here).unwrap_or(path).to_owned()
}
