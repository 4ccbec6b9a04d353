//! `jdlint compare OLD NEW`: two versions of a document → what opened up and what closed.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

use super::Outcome;
use super::check::read_and_check;
use super::limits::Limited;
use super::options::{ColorWhen, Configured, Documents};
use super::output::{Output, complain};
use super::setup::{Overrides, SetupError, Setups, ended};
use super::together::Together;
use crate::report::{Checked, compare, shown};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint compare 2025/nurse.docx 2026/nurse.docx
  jdlint compare --format markdown old.md new.md    for a merge request
  jdlint compare --format json old.md new.md        figures, to be counted over many")]
pub(super) struct Args {
    /// As it was
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// As it is
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    #[command(flatten)]
    configured: Configured,
    #[command(flatten)]
    limited: Limited,
    /// Whether to colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorWhen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// In words and figures, for people
    Terminal,
    /// For a merge request
    Markdown,
    /// For scripts
    Json,
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(show(args), args.color)
}

fn show(args: &Args) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(&args.configured, Overrides::default());
    let mut read = Vec::new();
    for path in [&args.old, &args.new] {
        let documents = Documents { paths: vec![path.clone()], stdin_filename: None, together: Together::default(), limited: args.limited };
        let mut jobs = setups.jobs(&documents)?;
        if path.is_dir() || jobs.len() != 1 {
            complain(&format!("{}: name one document, not a folder", shown(&path.to_string_lossy())));
            return Ok(Outcome::Failed);
        }
        let job = jobs.remove(0);
        let setup = job.setup;
        match read_and_check(&job, &setups.all()[setup]) {
            Ok(done) => read.push((job.target.name, setup, done)),
            Err(error) => {
                complain(&format!("{}: {error}", shown(&job.target.name)));
                return Ok(Outcome::Failed);
            }
        }
    }
    let checked: Vec<Checked> = read
        .iter()
        .map(|(path, setup, (bytes, advert, report))| Checked {
            path,
            bytes,
            document: &advert.documents()[0],
            report,
            ruleset: setups.all()[*setup].linter.ruleset(),
        })
        .collect();
    let (old, new) = (&checked[0], &checked[1]);
    let (mut output, text) = match args.format {
        Format::Terminal => (Output::new(args.color.into()), compare::text(old, new)),
        Format::Markdown => (Output::for_programs(), compare::markdown(old, new)),
        Format::Json => (Output::for_programs(), compare::json(old, new)),
    };
    output.write(&text);
    Ok(Outcome::Clean)
}
