//! `jdlint baseline`: documents → the findings they have today, written down, so that `check --baseline` reports only new
//! ones. It alone writes a baseline; a check never does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;

use super::Outcome;
use super::check::read_and_check;
use super::files::Origin;
use super::gate::{Held, baseline_path};
use super::limits::Limited;
use super::options::{Configured, Documents};
use super::output::complain;
use super::progress::Progress;
use super::read::FileError;
use super::run::{guarded, silence_panics};
use super::setup::{Job, Overrides, SetupError, Setups, ended};
use super::write::{create, replace};
use crate::config::{Baseline, Compared, Entry, read_bytes};
use crate::outline::Kind;
use crate::report::shown;
use crate::report::terminal::counted;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint baseline                 what all documents below jdlint.toml (else: here) have today
  jdlint baseline adverts/legal/  the same for some of them; the others keep what they had
  jdlint baseline --shrink        only takes out what is found no more, and follows moved files
  jdlint check --baseline .       fails on what is new

Exit codes: 0 written, 2 a file could not be read or written.")]
pub(super) struct Args {
    /// Files or folders [default: the baseline's folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only take out what is found no more
    #[arg(long)]
    shrink: bool,
    /// Write this file [default: jdlint-baseline.json beside jdlint.toml, else here]
    #[arg(long, value_name = "FILE")]
    baseline_file: Option<PathBuf>,
    #[command(flatten)]
    configured: Configured,
    #[command(flatten)]
    limited: Limited,
}

/// What a document has today.
enum Found {
    Entries(Vec<Entry>),
    /// A folder held it, and it is none of ours.
    Passed,
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(write_baseline(args), anstream::ColorChoice::Auto)
}

fn write_baseline(args: &Args) -> Result<Outcome, SetupError> {
    let path = baseline_path(args.baseline_file.as_deref(), &args.configured);
    let documents = Documents::of(paths(args, &path), args.limited);
    let mut setups = Setups::new(&args.configured, Overrides::default());
    let jobs = setups.jobs(&documents)?;
    let stored = read_bytes(&path).ok();
    let mut held = if path.exists() || args.shrink { Held::read(&path)? } else { Held::of(Baseline::default(), &path) };
    held.find_moved(&jobs, &setups);
    held.reach(&documents.paths);
    let found = lint(&jobs, &setups);
    let (baseline, n_failed) = if args.shrink { shrunk(&held, &jobs, &found, &setups) } else { renewed(&held, &jobs, &found) };
    let text = baseline.text();
    let written = match &stored {
        Some(before) if *before == text.as_bytes() => Ok(()),
        Some(before) => replace(&path, before, text.as_bytes()),
        None => create(&path, text.as_bytes(), None),
    };
    if let Err(error) = written {
        return Err(SetupError::Other(format!("{}: {error}", shown(&path.to_string_lossy()))));
    }
    complain(&sentence(&path, held.baseline(), &baseline));
    Ok(if n_failed > 0 { Outcome::Failed } else { Outcome::Clean })
}

/// The paths that are named, else the baseline's folder.
fn paths(args: &Args, baseline: &Path) -> Vec<PathBuf> {
    let folder = baseline.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if args.paths.is_empty() { vec![folder.to_owned()] } else { args.paths.clone() }
}

/// Lints all documents; the results are in their order.
fn lint(jobs: &[Job], setups: &Setups) -> Vec<Result<Found, FileError>> {
    silence_panics();
    let progress = Progress::new(jobs.len());
    let one = |job: &Job| {
        let found = guarded(|| entries(job, setups)).flatten();
        progress.advance();
        found
    };
    jobs.par_iter().map(one).collect()
}

fn entries(job: &Job, setups: &Setups) -> Result<Found, FileError> {
    let walked = job.target.origin == Origin::Walked;
    match read_and_check(job, &setups.all()[job.setup]) {
        Ok((_, _, report)) if report.kind == Kind::Other && walked => Ok(Found::Passed),
        Ok((_, advert, report)) => Ok(Found::Entries(report.findings.iter().map(|f| Entry::of(f, &advert.documents()[0])).collect())),
        Err(FileError::Document(error)) if walked && error.holds_no_job() => Ok(Found::Passed),
        Err(error) => Err(error),
    }
}

/// The baseline with what the documents have today. Documents that were not read keep what they had.
fn renewed(held: &Held, jobs: &[Job], found: &[Result<Found, FileError>]) -> (Baseline, usize) {
    let mut baseline = without_missing(held);
    let mut n_failed = 0;
    for (job, found) in jobs.iter().zip(found) {
        match (found, held.old_key(job), held.new_key(job)) {
            (Ok(Found::Entries(entries)), Some(old), Some(new)) => {
                baseline.set(&old, []);
                baseline.set(&new, entries.iter().cloned());
            }
            (Ok(_), ..) => {}
            (Err(error), ..) => n_failed += said(job, error),
        }
    }
    (baseline, n_failed)
}

/// The baseline without what is found no more; nothing is added.
fn shrunk(held: &Held, jobs: &[Job], found: &[Result<Found, FileError>], setups: &Setups) -> (Baseline, usize) {
    let mut baseline = without_missing(held);
    let mut n_failed = 0;
    for (job, found) in jobs.iter().zip(found) {
        match (found, held.old_key(job), held.new_key(job)) {
            (Ok(Found::Entries(entries)), Some(old), Some(new)) => {
                let Compared { known, gone } = held.baseline().compare(&old, entries);
                // A rule that was not asked for had no chance to be found.
                let unasked = gone.into_iter().filter(|entry| !setups.all()[job.setup].asks(&entry.rule));
                baseline.set(&old, []);
                baseline.set(&new, known.iter().map(|n| entries[*n].clone()).chain(unasked));
            }
            (Ok(_), ..) => {}
            (Err(error), ..) => n_failed += said(job, error),
        }
    }
    (baseline, n_failed)
}

/// The baseline without the files that are there no more.
fn without_missing(held: &Held) -> Baseline {
    let mut baseline = held.baseline().clone();
    held.gone().keys().for_each(|file| baseline.set(file, []));
    baseline
}

fn said(job: &Job, error: &FileError) -> usize {
    complain(&format!("{}: {error}", shown(&job.target.name)));
    1
}

/// “jdlint-baseline.json: 12 findings in 3 files; 2 new, 1 gone”. The same words in the same rule are the same, wherever they are.
fn sentence(path: &Path, before: &Baseline, after: &Baseline) -> String {
    let all = |baseline: &Baseline| -> BTreeMap<(String, String), usize> {
        let mut counts = BTreeMap::new();
        for entry in baseline.files().flat_map(|file| baseline.of(file)) {
            *counts.entry((entry.rule.clone(), entry.text.clone())).or_insert(0) += 1;
        }
        counts
    };
    let (old, new) = (all(before), all(after));
    let more = |a: &BTreeMap<(String, String), usize>, b: &BTreeMap<(String, String), usize>| -> usize {
        a.iter().map(|(words, n)| n.saturating_sub(b.get(words).copied().unwrap_or(0))).sum()
    };
    let name = shown(&path.to_string_lossy());
    let counts = format!("{} in {}", counted(after.n_findings(), "finding"), counted(after.files().count(), "file"));
    format!("{name}: {counts}; {} new, {} gone", more(&new, &old), more(&old, &new))
}
