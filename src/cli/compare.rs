//! `jdlint compare OLD NEW`: two versions of a document → what opened up and what closed; the statistics of two runs → what
//! got better and what got worse.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::Outcome;
use super::check::read_and_check;
use super::limits::Limited;
use super::options::{ColorWhen, Configured, Documents};
use super::output::{Output, State, complain};
use super::setup::{Overrides, SetupError, Setups, ended};
use crate::config::read_text;
use crate::report::statistics::{self, Told};
use crate::report::{Checked, compare, shown};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint compare 2025/nurse.docx 2026/nurse.docx
  jdlint compare --format markdown old.md new.md    for a merge request
  jdlint compare --format json old.md new.md        figures, to be counted over many
  jdlint compare q2.json q3.json                    two quarters: what `check --output statistics=q3.json` wrote")]
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
    match [&args.old, &args.new].map(|path| written_before(path)) {
        [Ok(None), Ok(None)] => documents(args),
        [Ok(Some(old)), Ok(Some(new))] => Ok(quarters(args, &old, &new).ends_in(Outcome::Clean)),
        [Err(error), _] | [_, Err(error)] => Err(SetupError::Other(error)),
        [old, _] => {
            let other = if matches!(old, Ok(None)) { &args.old } else { &args.new };
            let name = shown(&other.to_string_lossy());
            Err(SetupError::Other(format!(
                "{name}: this holds no statistics, and the other file does; `jdlint check --output statistics=FILE.json` writes them"
            )))
        }
    }
}

/// The statistics in a file, if it holds such.
fn written_before(path: &Path) -> Result<Option<Told>, String> {
    let named = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    let text = named.then(|| read_text(path).ok()).flatten();
    let told = text.and_then(|text| statistics::read(&text)).transpose();
    told.map_err(|error| format!("{}: {error}", shown(&path.to_string_lossy())))
}

fn quarters(args: &Args, old: &Told, new: &Told) -> State {
    let names = [&args.old, &args.new].map(|p| p.to_string_lossy().into_owned());
    let names = [names[0].as_str(), names[1].as_str()];
    let mut output = match args.format {
        Format::Terminal => Output::new(args.color.into()),
        Format::Markdown | Format::Json => Output::for_programs(),
    };
    let text = match args.format {
        Format::Terminal => statistics::compare_text(names, old, new, output.look()),
        Format::Markdown => statistics::compare_markdown(names, old, new),
        Format::Json => statistics::compare_json(names, old, new),
    };
    output.write(&text)
}

/// Two versions of a document.
fn documents(args: &Args) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(&args.configured, Overrides::default());
    let mut read = Vec::new();
    for path in [&args.old, &args.new] {
        let documents = Documents::of(vec![path.clone()], args.limited);
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
            fails_from: setups.all()[*setup].fail_on,
        })
        .collect();
    let (old, new) = (&checked[0], &checked[1]);
    let (mut output, text) = match args.format {
        Format::Terminal => (Output::new(args.color.into()), compare::text(old, new)),
        Format::Markdown => (Output::for_programs(), compare::markdown(old, new)),
        Format::Json => (Output::for_programs(), compare::json(old, new)),
    };
    Ok(output.write(&text).ends_in(Outcome::Clean))
}
