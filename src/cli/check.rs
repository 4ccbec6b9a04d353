//! `jdlint check`: documents → findings.

use std::process::ExitCode;

use clap::ValueEnum;

use super::Outcome;
use super::files::{self, Origin};
use super::options::{ColorWhen, Configured, Documents, severities};
use super::output::{Output, complain};
use super::read::{self, FileError};
use super::run::{Done, Passed, Verdict, in_order};
use super::setup::{Job, Overrides, Setup, Setups};
use crate::document::ReadError;
use crate::lint::{Advert, JurisdictionFrom, Report};
use crate::outline::Kind;
use crate::report::json::Json;
use crate::report::terminal::Terminal;
use crate::report::{Checked, Summary, Writer};
use crate::rules::Severity;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint check advert.docx specification.docx
  jdlint check --min-severity warning --jurisdiction ie adverts/
  jdlint check --select prerequisite,gendered.title adverts/
  pandoc advert.odt -t html | jdlint check - --stdin-filename advert.html

A finding is accepted by a comment in the document (<!-- jdlint: allow RULE: reason -->), or by
[[allow]] with its fingerprint in jdlint.toml. jdlint.toml is looked for in the file's folder and those above.")]
pub(super) struct Args {
    #[command(flatten)]
    documents: Documents,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Only by these rules or groups
    #[arg(long, value_delimiter = ',', value_name = "RULE,…")]
    select: Vec<String>,
    /// Not by these rules or groups
    #[arg(long, value_delimiter = ',', value_name = "RULE,…")]
    ignore: Vec<String>,
    /// Severity from which findings make the exit code 1 [default: warning]
    #[arg(long, value_parser = severities(), value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    /// Severity from which findings are shown
    #[arg(long, value_parser = severities(), default_value = "info", value_name = "SEVERITY")]
    min_severity: Severity,
    #[command(flatten)]
    configured: Configured,
    /// Whether to colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorWhen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Annotated passages, for people
    Terminal,
    /// For scripts and editors
    Json,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let overrides = Overrides { select: args.select.clone(), ignore: args.ignore.clone(), fail_on: args.fail_on };
    let mut setups = Setups::new(&args.configured, overrides);
    let mut jobs = match setups.jobs(files::find(&args.documents)) {
        Ok(jobs) => jobs,
        Err(error) => {
            error.tell(args.color.into());
            return Outcome::Failed.into();
        }
    };
    args.documents.together.join(&mut jobs);
    let Some(first) = jobs.first().and_then(|j| setups.all().get(j.setup)).or(setups.all().first()) else {
        complain("there is no document here; name a file to have it read whatever it is called");
        return Outcome::Clean.into();
    };
    let mut output = match args.format {
        Format::Terminal => Output::new(args.color.into()),
        Format::Json => Output::for_programs(),
    };
    let terminal = Terminal { catalogue: first.linter.ruleset().catalogue(), look: output.look() };
    let settings = first.linter.settings();
    let json = Json { jurisdiction: (settings.jurisdiction_from == JurisdictionFrom::Settings).then_some(settings.jurisdiction) };
    let writer: &dyn Writer = match args.format {
        Format::Terminal => &terminal,
        Format::Json => &json,
    };
    let total = in_order(&jobs, writer, &mut output, |job| check(job, &setups.all()[job.setup], args.min_severity, writer));
    let outcome = match (total.summary.failed, total.fails) {
        (0, 0) => Outcome::Clean,
        (0, _) => Outcome::Found,
        _ => Outcome::Failed,
    };
    outcome.into()
}

fn check(job: &Job, setup: &Setup, shown_from: Severity, writer: &dyn Writer) -> Done {
    match read_and_check(job, setup) {
        Ok((bytes, advert, mut report)) => {
            if report.kind == Kind::Other && job.target.origin == Origin::Walked {
                return Done::Passed(Passed::OtherKind);
            }
            let summary = Summary::of(&report, shown_from);
            let verdict = if summary.reaches(setup.fail_on) { Verdict::Fails } else { Verdict::Passes };
            report.findings.retain(|f| f.severity >= shown_from);
            let document = &advert.documents()[0];
            let checked = Checked { path: &job.target.name, bytes: &bytes, document, report: &report, ruleset: setup.linter.ruleset() };
            Done::Written { text: writer.checked(&checked), summary, verdict }
        }
        // A folder may hold any JSON.
        Err(FileError::Document(ReadError::NoJobPosting)) if job.target.origin == Origin::Walked => Done::Passed(Passed::OtherContent),
        Err(error) => Done::Failed(error),
    }
}

pub(super) fn read_and_check(job: &Job, setup: &Setup) -> Result<(Vec<u8>, Advert, Report), FileError> {
    let bytes = read::bytes(&job.target)?;
    let document = read::document(&bytes, read::format(&job.target, &bytes)?)?;
    let mut documents = vec![document];
    for other in &job.with {
        documents.push(read::other(other)?);
    }
    let advert = Advert::new(documents);
    let mut report = setup.linter.check(&advert).into_iter().next().expect("each document of an advert has a report");
    if !job.with.is_empty() {
        let names: Vec<String> = job.with.iter().map(|p| p.file_name().unwrap_or(p.as_os_str()).to_string_lossy().into_owned()).collect();
        report.notices.push(format!("read together with {}", names.join(", ")));
    }
    Ok((bytes, advert, report))
}
