//! `jdlint outline`: documents → how they were understood.

use std::process::ExitCode;

use clap::ValueEnum;

use super::Outcome;
use super::check::read_and_check;
use super::files;
use super::options::{ColorWhen, Configured, Documents};
use super::output::{Output, complain};
use super::run::{Done, Verdict, in_order};
use super::setup::{Job, Overrides, Setup, SetupError, Setups};
use crate::outline::Wordings;
use crate::report::outline_json::OutlineJson;
use crate::report::outline_text::OutlineText;
use crate::report::{Checked, Summary, Writer};
use crate::rules::Severity;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each statement stands in its section, with how binding it is and what makes it so: the heading, the
table's column, or its own words. Where a finding surprises, look here first.")]
pub(super) struct Args {
    #[command(flatten)]
    documents: Documents,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    #[command(flatten)]
    configured: Configured,
    /// Whether to colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorWhen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Section by section, for people
    Terminal,
    /// For scripts
    Json,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let wordings = Wordings::embedded();
    let mut output = match args.format {
        Format::Terminal => Output::new(args.color.into()),
        Format::Json => Output::for_programs(),
    };
    let wordings = &wordings;
    let look = output.look();
    let outcome = match args.format {
        Format::Terminal => write(&args.documents, &args.configured, &OutlineText { wordings, look }, &mut output),
        Format::Json => write(&args.documents, &args.configured, &OutlineJson { wordings }, &mut output),
    };
    outcome.map_or_else(
        |error| {
            error.tell(args.color.into());
            Outcome::Failed.into()
        },
        ExitCode::from,
    )
}

/// Writes what documents were understood to say; nothing in them makes it fail.
pub(super) fn write(documents: &Documents, configured: &Configured, writer: &dyn Writer, output: &mut Output) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(configured, Overrides::default());
    let mut jobs = setups.jobs(files::find(documents))?;
    if jobs.is_empty() {
        complain("there is no document here; name a file to have it read whatever it is called");
        return Ok(Outcome::Clean);
    }
    documents.together.join(&mut jobs);
    let total = in_order(&jobs, writer, output, |job| outline(job, &setups.all()[job.setup], writer));
    Ok(if total.summary.failed > 0 { Outcome::Failed } else { Outcome::Clean })
}

fn outline(job: &Job, setup: &Setup, writer: &dyn Writer) -> Done {
    match read_and_check(job, setup) {
        Ok((bytes, advert, report)) => {
            let document = &advert.documents()[0];
            let checked = Checked { path: &job.target.name, bytes: &bytes, document, report: &report, ruleset: setup.linter.ruleset() };
            Done::Written { text: writer.checked(&checked), summary: Summary::of(&report, Severity::Info), verdict: Verdict::Passes }
        }
        Err(error) => Done::Failed(error),
    }
}
