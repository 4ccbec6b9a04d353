//! `jdlint outline`: documents → how they were understood.

use std::process::ExitCode;

use clap::ValueEnum;

use super::Outcome;
use super::check::read_and_check;
use super::options::{ColorWhen, Configured, Documents};
use super::output::Output;
use super::reports::{Extent, Route};
use super::run::{self, Done, Verdict, in_order};
use super::setup::{Job, Overrides, Setup, SetupError, Setups, ended, no_document};
use crate::outline::Wordings;
use crate::report::outline_json::OutlineJson;
use crate::report::outline_text::OutlineText;
use crate::report::{Checked, Look, Summary, Writer};
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
    let (output, form): (Output, Form) = match args.format {
        Format::Terminal => (Output::new(args.color.into()), |wordings, look| Box::new(OutlineText { wordings, look })),
        Format::Json => (Output::for_programs(), |wordings, _| Box::new(OutlineJson { wordings })),
    };
    ended(write(&args.documents, &args.configured, output, form), args.color)
}

/// Makes a writer that names roles and activities, for a terminal that looks so.
pub(super) type Form = for<'w> fn(&'w Wordings, Look) -> Box<dyn Writer + 'w>;

/// Writes what documents were understood to say; nothing in them makes it fail.
pub(super) fn write(documents: &Documents, configured: &Configured, output: Output, form: Form) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(configured, Overrides::default());
    let jobs = setups.jobs(documents)?;
    let Some(first) = jobs.first() else { return Ok(no_document()) };
    let writer = form(setups.all()[first.setup].linter.wordings(), output.look());
    let mut routes = [Route { writer, output, extent: Extent::Findings }];
    let total = in_order(&jobs, &mut routes, |job, writers| outline(job, &setups.all()[job.setup], writers));
    Ok(if total.summary.failed > 0 { Outcome::Failed } else { Outcome::Clean })
}

fn outline(job: &Job, setup: &Setup, writers: &[&dyn Writer]) -> Done {
    match read_and_check(job, setup) {
        Ok((bytes, advert, report)) => {
            let document = &advert.documents()[0];
            let (path, ruleset) = (&job.target.name, setup.linter.ruleset());
            let checked = Checked { path, bytes: &bytes, document, report: &report, ruleset, fails_from: setup.fail_on };
            Done::Written { parts: run::parts(writers, &checked), summary: Box::new(Summary::of(&report, Severity::Info)), verdict: Verdict::Passes }
        }
        Err(error) => Done::unread(job, error),
    }
}
