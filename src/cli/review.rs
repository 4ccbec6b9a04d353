//! `jdlint review`: a Word or OpenDocument file → the same file with every finding as a comment beside its words.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use super::Outcome;
use super::check::read_and_check;
use super::files::{Origin, Source, Target};
use super::options::{Configured, Documents, Selection, severities};
use super::output::complain;
use super::read;
use super::setup::{Job, Setup, SetupError, Setups, ended};
use super::write::{WriteError, create, replace};
use crate::document::Format;
use crate::fix::{Review, ReviewError, Reviewed, Rewrites, review};
use crate::outline::Kind;
use crate::report::terminal::counted;
use crate::report::{Summary, shown};
use crate::rules::Severity;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint review advert.docx                      writes advert.reviewed.docx beside it
  jdlint review advert.docx -o for-anna.docx
  jdlint review --suggest specification.odt      rewrites as tracked changes, too
  jdlint review adverts/ --output-dir reviewed/

Comments stand for warnings and errors; --min-severity info adds what is only worth a thought.")]
pub(super) struct Args {
    #[command(flatten)]
    documents: Documents,
    /// Write the reviewed file here [default: NAME.reviewed.docx or .odt beside it]
    #[arg(short, long, value_name = "FILE", conflicts_with = "output_dir")]
    output: Option<PathBuf>,
    /// Write the reviewed files into this folder
    #[arg(long, value_name = "FOLDER")]
    output_dir: Option<PathBuf>,
    /// Replace a reviewed file that is there already
    #[arg(long)]
    force: bool,
    /// Make the rewrites as tracked changes, to be accepted or rejected one by one
    #[arg(long)]
    suggest: bool,
    #[command(flatten)]
    selection: Selection,
    /// Severity from which findings make the exit code 1 [default: warning]
    #[arg(long, value_parser = severities(), value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    /// Severity from which findings become comments
    #[arg(long, value_parser = severities(), default_value = "warning", value_name = "SEVERITY")]
    min_severity: Severity,
    #[command(flatten)]
    configured: Configured,
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(review_all(args), anstream::ColorChoice::Auto)
}

fn review_all(args: &Args) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(&args.configured, args.selection.overrides(args.fail_on));
    let mut jobs = setups.jobs(&args.documents)?;
    jobs.retain(|job| job.target.origin == Origin::Named || is_reviewable(&job.target));
    if jobs.is_empty() {
        complain("there is no Word or OpenDocument file here");
        return Ok(Outcome::Clean);
    }
    if args.output.is_some() && jobs.len() > 1 {
        complain("-o names one file, and there are several to review; use --output-dir");
        return Ok(Outcome::Failed);
    }
    let date = timestamp(SystemTime::now());
    let outcomes: Vec<Outcome> = jobs.iter().map(|job| one(job, &setups.all()[job.setup], args, &date)).collect();
    let worst = [Outcome::Failed, Outcome::Found].into_iter().find(|o| outcomes.contains(o));
    Ok(worst.unwrap_or(Outcome::Clean))
}

/// Whether a file that lay in a folder is one to review: of a format that holds comments, and no review itself.
fn is_reviewable(target: &Target) -> bool {
    let is_review = Path::new(&target.name).file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with(".reviewed"));
    matches!(read::named(target), Some(Format::Word | Format::OpenDocument)) && !is_review
}

/// Reviews a file, and says what came of it.
fn one(job: &Job, setup: &Setup, args: &Args, date: &str) -> Outcome {
    let name = shown(&job.target.name);
    match written(job, setup, args, date) {
        Ok(Some((said, outcome))) => {
            complain(&format!("{name}: {said}"));
            outcome
        }
        // A folder may hold documents of any kind.
        Ok(None) => Outcome::Clean,
        Err(error) => {
            complain(&format!("{name}: {error}"));
            Outcome::Failed
        }
    }
}

/// Why there is no reviewed file.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Read(#[from] read::FileError),
    #[error(transparent)]
    Review(#[from] ReviewError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{0} is there already; --force replaces it, -o names another")]
    Exists(String),
    #[error("the reviewed file would take the place of the document itself; name another with -o")]
    Itself,
    #[error("where to? what comes by standard input has no folder; name a file with -o")]
    NoName,
}

fn written(job: &Job, setup: &Setup, args: &Args, date: &str) -> Result<Option<(String, Outcome)>, Refusal> {
    let target = destination(&job.target, args)?;
    let (bytes, advert, mut report) = read_and_check(job, setup)?;
    if report.kind == Kind::Other && job.target.origin == Origin::Walked {
        return Ok(None);
    }
    let outcome = if Summary::of(&report, args.min_severity).reaches(setup.fail_on) { Outcome::Found } else { Outcome::Clean };
    report.findings.retain(|f| f.severity >= args.min_severity);
    let rewrites = if args.suggest { Rewrites::Tracked } else { Rewrites::InComments };
    let how = Review { catalogue: setup.linter.ruleset().catalogue(), date, rewrites };
    let reviewed = review(&bytes, &advert.documents()[0], &report, &how)?;
    let permissions = match &job.target.source {
        Source::File(path) => fs::metadata(path).ok().map(|m| m.permissions()),
        Source::Stdin(_) | Source::Nothing(_) => None,
    };
    put(&target, &reviewed.bytes, permissions, args)?;
    Ok(Some((summary(&reviewed, &target, args.suggest.then_some(reviewed.changes)), outcome)))
}

/// Where the reviewed file goes. It is never the document, and nothing that is there, unless that is asked for.
fn destination(target: &Target, args: &Args) -> Result<PathBuf, Refusal> {
    let source = match &target.source {
        Source::File(path) => Some(path.as_path()),
        Source::Stdin(name) => name.as_deref(),
        Source::Nothing(error) => return Err(error.clone().into()),
    };
    let path = match (&args.output, &args.output_dir, source) {
        (Some(path), ..) => path.clone(),
        (None, Some(folder), Some(source)) => folder.join(reviewed_name(source)),
        (None, None, Some(source)) => source.with_file_name(reviewed_name(source)),
        (None, _, None) => return Err(Refusal::NoName),
    };
    let same = |source: &Path| matches!((fs::canonicalize(source), fs::canonicalize(&path)), (Ok(a), Ok(b)) if a == b);
    if source.is_some_and(same) {
        return Err(Refusal::Itself);
    }
    if !args.force && path.exists() {
        return Err(Refusal::Exists(shown(&path.to_string_lossy())));
    }
    Ok(path)
}

/// `advert.docx` → `advert.reviewed.docx`.
fn reviewed_name(source: &Path) -> OsString {
    let mut name = source.file_stem().unwrap_or_default().to_owned();
    name.push(".reviewed");
    if let Some(extension) = source.extension() {
        name.push(".");
        name.push(extension);
    }
    name
}

/// Writes the reviewed file, with the permissions that the document has.
fn put(path: &Path, bytes: &[u8], permissions: Option<Permissions>, args: &Args) -> Result<(), Refusal> {
    if args.force && path.exists() {
        let before = fs::read(path).map_err(WriteError::from)?;
        return Ok(replace(path, &before, bytes)?);
    }
    if let Some(folder) = &args.output_dir {
        fs::create_dir_all(folder).map_err(WriteError::from)?;
    }
    create(path, bytes, permissions).map_err(|error| match error {
        WriteError::Exists => Refusal::Exists(shown(&path.to_string_lossy())),
        other => other.into(),
    })
}

fn summary(reviewed: &Reviewed, target: &Path, changes: Option<usize>) -> String {
    let mut said = counted(reviewed.comments, "comment");
    if let Some(changes) = changes {
        said += &format!(", {}", counted(changes, "tracked change"));
    }
    said += &format!(" → {}", shown(&target.to_string_lossy()));
    for notice in &reviewed.notices {
        said += &format!("; {notice}");
    }
    said
}

/// A moment as word processors write it: `2026-11-25T09:00:00Z`. The days are counted as in Howard Hinnant's
/// “chrono-compatible low-level date algorithms” (`civil_from_days`), for years from 1970 on.
pub(super) fn timestamp(now: SystemTime) -> String {
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn moments_are_written_as_dates() {
        let at = |seconds| timestamp(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_795_685_999), "2026-11-26T09:39:59Z");
    }
}
