//! A baseline file → which findings of a run it knows, and which of its own were found no more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use super::super::check::read_and_check;
use super::super::files::Source;
use super::super::options::Configured;
use super::super::output::complain;
use super::super::read::FileError;
use super::super::run::{guarded, silence_panics};
use super::super::setup::{Job, Setup, SetupError, Setups, absolute, relative, slashed};
use crate::config::{self, BASELINE, Baseline, Compared, Entry, plain, read_text};
use crate::document::Document;
use crate::lint::Report;
use crate::report::shown;
use crate::report::terminal::counted;

/// Lines on findings that are gone; more are counted.
const TOLD: usize = 10;

/// A baseline at work.
pub(in crate::cli) struct Held {
    baseline: Baseline,
    /// The file, as it is to be shown.
    name: String,
    /// Where its paths begin.
    folder: PathBuf,
    /// New name → old name of files that were moved.
    moves: BTreeMap<String, String>,
    /// What was looked for and not found, by file.
    gone: Mutex<BTreeMap<String, Vec<Entry>>>,
}

/// Where the baseline is: the file that is named; or beside the config; or here.
pub(in crate::cli) fn baseline_path(named: Option<&Path>, configured: &Configured) -> PathBuf {
    let config = match (&configured.config, configured.no_config) {
        (Some(config), _) => Some(config.clone()),
        (None, true) => None,
        (None, false) => config::find(&absolute(Path::new(""))),
    };
    let beside = || config.map_or(PathBuf::from(BASELINE), |config| relative(&config.with_file_name(BASELINE)));
    named.map_or_else(beside, Path::to_owned)
}

impl Held {
    pub(in crate::cli) fn read(path: &Path) -> Result<Held, SetupError> {
        let name = shown(&path.to_string_lossy());
        let text = read_text(path).map_err(|error| {
            SetupError::Other(match error.kind() {
                std::io::ErrorKind::NotFound => format!("{name}: there is no baseline yet; `jdlint baseline` writes one"),
                _ => format!("{name}: {}", FileError::from(error)),
            })
        })?;
        let baseline = Baseline::parse(&text).map_err(|error| SetupError::Other(format!("{name}: {error}")))?;
        Ok(Held::of(baseline, path))
    }

    /// A baseline that is, or will be, in this file.
    pub(in crate::cli) fn of(baseline: Baseline, path: &Path) -> Held {
        let folder = absolute(path).parent().map(Path::to_owned).unwrap_or_default();
        Held { baseline, name: shown(&path.to_string_lossy()), folder, moves: BTreeMap::new(), gone: Mutex::default() }
    }

    /// The baseline.
    pub(in crate::cli) fn baseline(&self) -> &Baseline {
        &self.baseline
    }

    /// The name by which the baseline knows a file, where it was moved its old one.
    pub(in crate::cli) fn old_key(&self, job: &Job) -> Option<String> {
        let own = key(job, &self.folder)?;
        Some(self.moves.get(&own).cloned().unwrap_or(own))
    }

    /// … and its name of today.
    pub(in crate::cli) fn new_key(&self, job: &Job) -> Option<String> {
        key(job, &self.folder)
    }

    /// Files of the baseline that are there no more.
    fn missing(&self) -> Vec<&str> {
        self.baseline.files().filter(|file| !self.folder.join(file).exists()).collect()
    }

    /// Looks for files that were moved: only where files of the baseline are missing are unknown ones read for that.
    pub(in crate::cli) fn find_moved(&mut self, jobs: &[Job], setups: &Setups) {
        let missing = self.missing();
        if missing.is_empty() {
            return;
        }
        let unknown = jobs.par_iter().filter(|job| key(job, &self.folder).is_some_and(|key| !self.baseline.has(&key)));
        silence_panics();
        let read = unknown.filter_map(|job| Some((key(job, &self.folder)?, entries(job, setups)?)));
        let moves = self.baseline.moves(&missing, &read.collect());
        self.moves = moves;
    }

    /// Notes as gone what is known of files that are missing and were not moved, where the paths of this run reach them.
    pub(in crate::cli) fn reach(&self, paths: &[PathBuf]) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| plain(path)).collect();
        let moved: BTreeSet<&str> = self.moves.values().map(String::as_str).collect();
        let missing = self.missing().into_iter().filter(|file| !moved.contains(file));
        for file in missing.filter(|file| paths.iter().any(|path| plain(&self.folder.join(file)).starts_with(path))) {
            self.note_gone(file, self.baseline.of(file).cloned().collect());
        }
    }

    fn note_gone(&self, file: &str, entries: Vec<Entry>) {
        if !entries.is_empty() {
            self.gone.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(file.to_owned(), entries);
        }
    }

    /// Takes out the findings that are known, gives how many, and notes what is known and was not found, although it was
    /// looked for.
    pub(super) fn keep_new(&self, job: &Job, setup: &Setup, document: &Document, report: &mut Report) -> usize {
        let Some(file) = self.old_key(job) else { return 0 };
        let today: Vec<Entry> = report.findings.iter().map(|finding| Entry::of(finding, document)).collect();
        let Compared { known, gone } = self.baseline.compare(&file, &today);
        let mut number = 0..;
        report.findings.retain(|_| number.next().is_none_or(|n| !known.contains(&n)));
        self.note_gone(&file, gone.into_iter().filter(|entry| setup.asks(&entry.rule)).collect());
        known.len()
    }

    /// What was looked for and not found.
    pub(in crate::cli) fn gone(&self) -> BTreeMap<String, Vec<Entry>> {
        self.gone.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Says what of the baseline is gone, and how it is taken out.
    pub(super) fn tell(&self) {
        let gone = self.gone();
        let n: usize = gone.values().map(Vec::len).sum();
        if n == 0 {
            return;
        }
        let all = gone.iter().flat_map(|(file, entries)| entries.iter().map(move |entry| (file, entry)));
        for (file, entry) in all.take(TOLD) {
            complain(&format!("{}: no longer found: {}", shown(file), told(entry)));
        }
        let rest = if n > TOLD { format!(", {} of them listed above", TOLD) } else { String::new() };
        complain(&format!("{} of {} no longer found{rest}; `jdlint baseline --shrink` takes them out", counted(n, "finding"), self.name));
    }
}

/// “gendered.title “chairman””.
fn told(entry: &Entry) -> String {
    if entry.text.is_empty() { shown(&entry.rule) } else { shown(&format!("{} “{}”", entry.rule, entry.text)) }
}

/// All findings of a file as a baseline holds them; `None` where it cannot be read.
fn entries(job: &Job, setups: &Setups) -> Option<Vec<Entry>> {
    let (_, advert, report) = guarded(|| read_and_check(job, &setups.all()[job.setup])).ok()?.ok()?;
    Some(report.findings.iter().map(|finding| Entry::of(finding, &advert.documents()[0])).collect())
}

/// The name of a file in a baseline: the path from the baseline's folder on; `None` for what is no file.
fn key(job: &Job, folder: &Path) -> Option<String> {
    let path = match &job.target.source {
        Source::File(path) | Source::Stdin(Some(path)) => plain(path),
        Source::Stdin(None) | Source::Nothing(_) => return None,
    };
    let folder = plain(folder);
    let shared = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    let relative: PathBuf = up.chain(path.components().skip(shared)).collect();
    Some(slashed(&relative))
}
