//! `jdlint fix`: text files → the same files with rewrites made, or the difference that would make.
//!
//! Which rewrites, and how often, is told in `fix/passes.rs`; how a file is replaced, in `write.rs`.

mod passes;

use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;

use similar::TextDiff;

use super::Outcome;
use super::files::{Origin, Source};
use super::options::{Configured, Documents, Selection};
use super::output::{Output, State, complain};
use super::read::{self, FileError};
use super::run::{guarded, silence_panics};
use super::setup::{Job, Setup, SetupError, Setups, ended, no_document};
use super::write;
use crate::document::Format;
use crate::outline::Kind;
use crate::report::shown;
use passes::{Fixed, Left, Means, Taken};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint fix --diff adverts/            what would change
  jdlint fix advert.md                  rewrites that keep the meaning, in place
  jdlint fix --suggested advert.md      the first suggestion, too; read what comes of it
  jdlint fix - < advert.md              from standard input to standard output

Files are replaced as a whole or not at all. In Word and OpenDocument files `jdlint review --suggest`
proposes the same as tracked changes.

Exit codes: 0 done, whatever is left to do by hand; 1 with --diff, something would change; 2 a file could
not be read or written.")]
pub(super) struct Args {
    #[command(flatten)]
    documents: Documents,
    /// Show what would change, and write nothing
    #[arg(long)]
    diff: bool,
    /// Also take the first of the rewrites that a person should choose from
    #[arg(long)]
    suggested: bool,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    configured: Configured,
}

/// Why a file was not fixed.
#[derive(Debug, thiserror::Error)]
enum FixError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Write(#[from] write::WriteError),
    #[error("{0}")]
    Format(&'static str),
}

/// What came of a file.
enum Done {
    Fixed(Fixed),
    /// A folder held it, and it is none of ours.
    Passed,
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(fix_all(args), anstream::ColorChoice::Auto)
}

fn fix_all(args: &Args) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(&args.configured, args.selection.overrides(None));
    let jobs = setups.jobs(&args.documents)?;
    if jobs.is_empty() {
        return Ok(no_document());
    }
    silence_panics();
    let mut run = Run { args, output: Output::for_programs(), n_fixed: 0, n_changed: 0, n_failed: 0, passed: Vec::new(), left: Left::default() };
    for job in &jobs {
        run.one(job, &setups.all()[job.setup]);
        if run.output.write("") != State::Open {
            break;
        }
    }
    run.tell(jobs.len());
    Ok(run.outcome())
}

/// A run over many files, one after the other, so that what is said of them is in order.
struct Run<'a> {
    args: &'a Args,
    output: Output,
    n_fixed: usize,
    /// Files that changed, or would.
    n_changed: usize,
    n_failed: usize,
    /// Files of a folder that cannot be fixed in place, and why.
    passed: Vec<&'static str>,
    left: Left,
}

impl Run<'_> {
    fn one(&mut self, job: &Job, setup: &Setup) {
        let name = shown(&job.target.name);
        match guarded(|| self.work(job, setup)).map_err(FixError::from).flatten() {
            Ok(Done::Fixed(fixed)) => {
                self.n_fixed += fixed.n_made;
                self.n_changed += usize::from(fixed.n_made > 0);
                if fixed.n_made > 0 || !fixed.left.is_empty() {
                    complain(&format!("{name}: {}", self.sentence(fixed.n_made, &fixed.left)));
                }
                self.left.add(&fixed.left);
            }
            Ok(Done::Passed) => {}
            Err(FixError::Format(why)) if job.target.origin == Origin::Walked => self.passed.push(why),
            Err(error) => {
                self.n_failed += 1;
                complain(&format!("{name}: {error}"));
            }
        }
    }

    fn work(&mut self, job: &Job, setup: &Setup) -> Result<Done, FixError> {
        let target = &job.target;
        let walked = target.origin == Origin::Walked;
        let limits = job.limited.limits();
        let bytes = read::bytes(target, &limits)?;
        let format = read::format(target, &bytes);
        refuse(format)?;
        let taken = if self.args.suggested { Taken::Suggested } else { Taken::Safe };
        let means = Means { format, limits, linter: Arc::clone(&setup.linter) };
        let (with, stored) = (job.with.clone(), bytes.clone());
        let fixed = job.limited.timed.in_time(bytes.len(), move || passes::fix(&stored, &means, taken, read::others(&with, &limits)?));
        let fixed = match fixed.flatten() {
            Err(FileError::Document(error)) if walked && error.holds_no_job() => return Ok(Done::Passed),
            Ok(fixed) if fixed.kind == Kind::Other && walked => return Ok(Done::Passed),
            other => other?,
        };
        match (&target.source, self.args.diff) {
            (_, true) => _ = self.output.write(&diff(&target.name, &fixed)),
            (Source::File(path), false) if fixed.n_made > 0 => write::replace(path, &bytes, &fixed.bytes)?,
            (Source::Stdin(_), false) => _ = self.output.write_bytes(&fixed.bytes),
            _ => {}
        }
        Ok(Done::Fixed(fixed))
    }

    fn sentence(&self, n_made: usize, left: &Left) -> String {
        let did = if self.args.diff { "would fix" } else { "fixed" };
        if left.is_empty() { format!("{did} {n_made}") } else { format!("{did} {n_made}, left {left}") }
    }

    /// Says what the whole run came to.
    fn tell(&self, n_files: usize) {
        self.passed.iter().collect::<std::collections::BTreeSet<_>>().iter().for_each(|why| {
            let n = self.passed.iter().filter(|p| *p == *why).count();
            complain(&format!("{n} {} left alone: {why}", if n == 1 { "file was" } else { "files were" }));
        });
        if n_files > 1 {
            complain(&format!("in all: {} in {} of {n_files} files", self.sentence(self.n_fixed, &self.left), self.n_changed));
        }
    }

    fn outcome(&mut self) -> Outcome {
        match (self.n_failed, self.output.write("")) {
            (0, State::Failed) => Outcome::Failed,
            (0, _) if self.args.diff && self.n_changed > 0 => Outcome::Found,
            (0, _) => Outcome::Clean,
            _ => Outcome::Failed,
        }
    }
}

/// Formats whose words are not bytes of the file.
fn refuse(format: Format) -> Result<(), FixError> {
    Err(FixError::Format(match format {
        Format::Text | Format::Markdown | Format::Html => return Ok(()),
        Format::Word | Format::OpenDocument => {
            "in Word and OpenDocument files changes are proposed, not made: `jdlint review --suggest` writes them as tracked changes"
        }
        Format::JsonLd => "words in JSON cannot be changed in place; change them where the page is made",
        #[cfg(feature = "pdf")]
        Format::Pdf => "the words of a PDF cannot be changed in place; `jdlint check --format html` shows what to change in the document that it was made from",
    }))
}

/// The change in the form that `patch` and code reviews read.
fn diff(name: &str, fixed: &Fixed) -> String {
    let diff = TextDiff::from_lines(fixed.before.as_str(), fixed.after.as_str());
    let text = diff.unified_diff().context_radius(3).header(name, name).to_string();
    if std::io::stdout().is_terminal() { text.split_inclusive('\n').map(|line| shown(line.trim_end()) + "\n").collect() } else { text }
}
