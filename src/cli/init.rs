//! `jdlint init`: a folder → a first `jdlint.toml` for it, after a look at what is there. It never replaces one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;

use super::Outcome;
use super::check::read_and_check;
use super::limits::Limited;
use super::options::{Configured, Documents};
use super::output::Output;
use super::run::{guarded, silence_panics};
use super::setup::{Job, Overrides, SetupError, Setups, absolute, ended, slashed};
use super::write::{WriteError, create};
use crate::config::{self, NAME, Seen, read_text};
use crate::document::Format;
use crate::lint::Chosen;
use crate::outline::Kind;
use crate::report::shown;
use crate::report::terminal::counted;
use crate::rules::Jurisdiction;

/// Documents that are read to see whose law they speak of.
const LOOKED_AT: usize = 100;
/// Folders that are named.
const FOLDERS: usize = 5;

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jdlint init")]
pub(super) struct Args {
    /// The folder that it is to speak for
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    #[command(flatten)]
    limited: Limited,
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(write_config(&args.folder, args.limited), anstream::ColorChoice::Auto)
}

fn write_config(folder: &Path, limited: Limited) -> Result<Outcome, SetupError> {
    let path = if folder == Path::new(".") { PathBuf::from(NAME) } else { folder.join(NAME) };
    let said = |why: String| SetupError::Other(format!("{}: {why}", shown(&path.to_string_lossy())));
    if !folder.is_dir() {
        return Err(SetupError::Other(format!("{}: there is no such folder", shown(&folder.to_string_lossy()))));
    }
    if path.exists() {
        return Err(said("this folder has a config already; `jdlint config` shows what it comes to".to_owned()));
    }
    let configured = Configured { jurisdiction: Some(Chosen::Auto), config: None, no_config: true };
    let mut setups = Setups::new(&configured, Overrides::default());
    let jobs = setups.jobs(&Documents::of(vec![folder.to_owned()], limited))?;
    let seen = Seen { above: above(folder), rules: rule_folders(folder), ..look(folder, &jobs, &setups) };
    create(&path, seen.draft().as_bytes(), None).map_err(|error| match error {
        WriteError::Exists => said("this folder has a config already".to_owned()),
        error => said(error.to_string()),
    })?;
    let next = if jobs.is_empty() { "" } else { " `jdlint check .` reads the documents; `jdlint baseline` writes down what they have today." };
    let message = format!("Wrote {}, after a look at {}.{next}\n", shown(&path.to_string_lossy()), counted(jobs.len(), "document"));
    Ok(Output::new(anstream::ColorChoice::Auto).write(&message).ends_in(Outcome::Clean))
}

/// What the documents of a folder are, and whose law they speak of.
fn look(folder: &Path, jobs: &[Job], setups: &Setups) -> Seen {
    let mut formats: BTreeMap<&'static str, (usize, BTreeSet<String>)> = BTreeMap::new();
    let mut folders = BTreeSet::new();
    for path in jobs.iter().map(|job| Path::new(&job.target.name)) {
        if let Some(format) = Format::of_path(path) {
            let (n, endings) = formats.entry(format_name(format)).or_default();
            *n += 1;
            endings.insert(path.extension().unwrap_or_default().to_string_lossy().to_lowercase());
        }
        let inside = path.strip_prefix(folder).unwrap_or(path).components().next().filter(|_| path.parent() != Some(folder));
        folders.extend(inside.map(|first| slashed(Path::new(first.as_os_str()))));
    }
    let mut formats: Vec<_> = formats.into_iter().map(|(name, (n, endings))| (name, n, endings.into_iter().collect())).collect();
    formats.sort_by_key(|(_, n, _)| std::cmp::Reverse(*n));
    let folders: Vec<String> = folders.into_iter().take(FOLDERS).collect();
    Seen { formats, folders, jurisdictions: jurisdictions(jobs, setups), ..Seen::default() }
}

/// How many documents speak of each law. Those are read that stand at equal distances among all.
fn jurisdictions(jobs: &[Job], setups: &Setups) -> Vec<(Jurisdiction, usize)> {
    silence_panics();
    let step = jobs.len().div_ceil(LOOKED_AT).max(1);
    let read = |job: &Job| guarded(|| read_and_check(job, &setups.all()[job.setup])).ok()?.ok();
    let told = jobs.par_iter().step_by(step).filter_map(read).filter(|(.., report)| report.kind != Kind::Other);
    let told: Vec<Jurisdiction> = told.map(|(.., report)| report.jurisdiction).collect();
    let count = |jurisdiction: Jurisdiction| (jurisdiction, told.iter().filter(|t| **t == jurisdiction).count());
    let mut counts: Vec<_> = Jurisdiction::ALL.into_iter().map(count).filter(|(_, n)| *n > 0).collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts
}

const fn format_name(format: Format) -> &'static str {
    match format {
        Format::Text => "text file",
        Format::Markdown => "Markdown file",
        Format::Html => "HTML page",
        Format::JsonLd => "JSON file",
        Format::Word => "Word file",
        Format::OpenDocument => "OpenDocument file",
        #[cfg(feature = "pdf")]
        Format::Pdf => "PDF",
    }
}

/// The config that spoke for the folder so far, from the folder on.
fn above(folder: &Path) -> Option<String> {
    let folder = absolute(folder);
    let found = config::find(folder.parent()?)?;
    let up = folder.ancestors().position(|f| Some(f) == found.parent())?;
    Some(format!("{}{NAME}", "../".repeat(up)))
}

/// Folders right below that hold rule files.
fn rule_folders(folder: &Path) -> Vec<String> {
    let entries = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect::<Vec<_>>();
    let is_rule = |path: &PathBuf| {
        let text = if path.extension().is_some_and(|e| e == "toml") { read_text(path).unwrap_or_default() } else { String::new() };
        text.lines().any(|l| l.trim() == "[[entry]]") && text.lines().any(|l| l.starts_with("id =") || l.starts_with("extends ="))
    };
    let mut folders: Vec<PathBuf> = entries(folder).into_iter().filter(|path| path.is_dir() && entries(path).iter().any(is_rule)).collect();
    folders.sort();
    folders.iter().filter_map(|f| Some(f.file_name()?.to_string_lossy().into_owned())).collect()
}
