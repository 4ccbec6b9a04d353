//! Findings → those that are new: not in the baseline, or in what changed since a commit.

mod baseline;
mod git;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::files::Source;
use super::options::Configured;
use super::output::complain;
use super::setup::{Job, Setup, SetupError, Setups, absolute, slashed};
use crate::config::{self, plain};
use crate::document::{Document, Location};
use crate::lint::{Finding, Fingerprint, Report};
use crate::report::shown;
use crate::text::Span;
pub(super) use baseline::{Held, baseline_path};
use git::{Changes, GitError};

/// The lines of each file that changed, by the job's name.
type ChangedLines = HashMap<String, Vec<Range<usize>>>;

/// Which findings count.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Gated {
    /// Report only what is not in the baseline (`jdlint baseline` writes it)
    #[arg(long)]
    baseline: bool,
    /// … which is this file [default: jdlint-baseline.json beside jdlint.toml, else here]
    #[arg(long, value_name = "FILE")]
    baseline_file: Option<PathBuf>,
    /// Only files that changed since this commit, branch or tag of git
    #[arg(long, value_name = "REF")]
    since: Option<String>,
    /// … and only findings in their changed lines; in Word files and PDFs all
    #[arg(long, requires = "since")]
    changed_lines: bool,
}

/// What lets known findings through.
pub(super) struct Gate {
    held: Option<Held>,
    /// The lines that changed, by the job's name; a file that is not here changed as a whole.
    lines: Option<ChangedLines>,
    /// Whether git left files out.
    some_files: bool,
    /// Which `[[allow]]` accepted something in which file.
    used: Mutex<Used>,
}

/// Files that were read, and the fingerprints that their config allowed in them; each by the config's number.
#[derive(Default)]
struct Used {
    files: HashSet<(usize, String)>,
    allowed: HashSet<(usize, Fingerprint)>,
}

impl Gate {
    /// Reads the baseline, asks git, and takes out the files that did not change.
    pub(super) fn new(args: &Gated, configured: &Configured, paths: &[PathBuf], jobs: &mut Vec<Job>, setups: &Setups) -> Result<Gate, SetupError> {
        let lines = args.since.as_ref().map(|commit| changed(commit, jobs, args)).transpose().map_err(|e| SetupError::Other(e.to_string()))?.flatten();
        let held = match (args.baseline, &args.baseline_file) {
            (false, None) => None,
            _ => {
                let path = baseline_path(args.baseline_file.as_deref(), configured);
                let mut held = Held::read(&path)?;
                held.find_moved(jobs, setups);
                held.reach(paths);
                Some(held)
            }
        };
        Ok(Gate { held, lines, some_files: args.since.is_some(), used: Mutex::default() })
    }

    /// Keeps the findings that are new, and gives how many are known; `None` where there is no baseline.
    pub(super) fn keep_new(&self, job: &Job, setup: &Setup, (document, bytes): (&Document, &[u8]), report: &mut Report) -> Option<usize> {
        let known = self.held.as_ref().map(|held| held.keep_new(job, setup, report));
        let news = known.is_some() || self.some_files;
        if let Some(lines) = self.lines.as_ref().and_then(|lines| lines.get(&job.target.name)) {
            report.findings.retain(|finding| in_lines(finding, document, bytes, lines));
        }
        // Among a thousand old adverts nobody finds two new findings between notices on all the others.
        if news && report.findings.is_empty() {
            report.notices.clear();
        }
        known
    }

    /// Notes which accepted findings were met in a file.
    pub(super) fn note(&self, job: &Job, (setup, config): (&Setup, &config::Setup), report: &Report) {
        let Source::File(path) = &job.target.source else { return };
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.files.insert((setup.config, slashed(&config.path_below(&absolute(path)))));
        used.allowed.extend(report.allowed.iter().map(|fingerprint| (setup.config, *fingerprint)));
    }

    /// Says, after the run, what of the baseline was found no more, and which `[[allow]]` accept nothing.
    pub(super) fn tell(&self, setups: &Setups, paths: &[PathBuf]) {
        if let Some(held) = &self.held {
            held.tell();
        }
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for (number, config) in setups.configs().iter().enumerate() {
            // One for all files had its chance only where all files were read.
            let whole = !self.some_files && paths.iter().any(|p| config.root().starts_with(plain(p)));
            for (layer, _, one) in config.allowed() {
                let read = one.file.as_ref().map_or(whole, |file| used.files.contains(&(number, file.trim_start_matches("./").to_owned())));
                if read && setups.asks(number, one.rule.as_deref()) && !used.allowed.contains(&(number, one.fingerprint)) {
                    let layer = &config.layers.all()[layer];
                    let place = format!("{}:{}", shown(&layer.name), layer.line(one.at.start));
                    complain(&format!("{place}: this [[allow]] allows nothing: there is no such finding, so it can go"));
                }
            }
        }
    }
}

/// Takes out the jobs whose files did not change. Gives the lines of those that did, where lines are wanted.
fn changed(commit: &str, jobs: &mut Vec<Job>, args: &Gated) -> Result<Option<ChangedLines>, GitError> {
    let mut repositories: HashMap<PathBuf, Changes> = HashMap::new();
    let mut lines = HashMap::new();
    let mut kept = Vec::new();
    for job in jobs.drain(..) {
        // What comes by standard input, and what cannot be read, is no file that git knows.
        let Source::File(path) = &job.target.source else {
            kept.push(job);
            continue;
        };
        let path = canonical(path);
        let root = git::root_of(&path)?;
        if !repositories.contains_key(&root) {
            repositories.insert(root.clone(), Changes::since(&root, commit)?);
        }
        let changes = &repositories[&root];
        if changes.has(&path) {
            if args.changed_lines {
                lines.extend(changes.lines(&path)?.map(|own| (job.target.name.clone(), own)));
            }
            kept.push(job);
        } else if job.with.iter().any(|with| changes.has(&canonical(with))) {
            // A duty that went from the description leaves a criterion of the specification bare.
            kept.push(job);
        }
    }
    *jobs = kept;
    if jobs.is_empty() {
        complain(&format!("no document changed since {}", shown(commit)));
    }
    Ok(args.changed_lines.then_some(lines))
}

fn canonical(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| absolute(path))
}

/// Whether a finding, or a place that it rests on, stands in these lines. Where the format has no lines, it does.
fn in_lines(finding: &Finding, document: &Document, bytes: &[u8], lines: &[Range<usize>]) -> bool {
    if finding.span.is_empty() {
        return false;
    }
    let stands = |span: Span| match document.locate(span) {
        Location::Bytes(place) => {
            let line = |at: usize| bytes[..at.min(bytes.len())].iter().filter(|b| **b == b'\n').count() + 1;
            let (first, last) = (line(place.start()), line(place.end()));
            lines.iter().any(|range| range.start <= last && first < range.end)
        }
        _ => true,
    };
    std::iter::once(finding.span).chain(finding.related.iter().map(|r| r.span)).any(stands)
}
