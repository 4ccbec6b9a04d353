//! `jdlint outline`: documents → how they were understood.

use std::process::ExitCode;

use clap::ValueEnum;

use super::Outcome;
use super::check::read_and_check;
use super::files;
use super::options::{ColorWhen, Configured, Documents};
use super::output::{Output, complain};
use super::run::{Done, Verdict, in_order};
use super::setup::{Job, Overrides, Setup, Setups};
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
    let mut setups = Setups::new(&args.configured, Overrides::default());
    let jobs = match setups.jobs(files::find(&args.documents)) {
        Ok(jobs) => jobs,
        Err(error) => {
            error.tell(args.color.into());
            return Outcome::Failed.into();
        }
    };
    let Some(first) = jobs.first().and_then(|j| setups.all().get(j.setup)) else {
        complain("there is no document here; name a file to have it read whatever it is called");
        return Outcome::Clean.into();
    };
    let mut output = match args.format {
        Format::Terminal => Output::new(args.color.into()),
        Format::Json => Output::for_programs(),
    };
    let wordings = first.linter.wordings();
    let text = OutlineText { wordings, look: output.look() };
    let json = OutlineJson { wordings };
    let writer: &dyn Writer = match args.format {
        Format::Terminal => &text,
        Format::Json => &json,
    };
    let total = in_order(&jobs, writer, &mut output, |job| outline(job, &setups.all()[job.setup], writer));
    if total.summary.failed > 0 { Outcome::Failed.into() } else { Outcome::Clean.into() }
}

fn outline(job: &Job, setup: &Setup, writer: &dyn Writer) -> Done {
    match read_and_check(job, setup) {
        Ok((bytes, advert, report)) => {
            let document = &advert.documents()[0];
            let checked = Checked { path: &job.target.name, bytes: &bytes, document, report: &report, ruleset: setup.linter.ruleset() };
            Done::Written { text: writer.checked(&checked), line: String::new(), summary: Summary::of(&report, Severity::Info), verdict: Verdict::Passes }
        }
        Err(error) => Done::Failed(error),
    }
}
