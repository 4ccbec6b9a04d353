//! `jdlint check`: documents → findings.

use std::process::ExitCode;
use std::sync::Arc;

use clap::ValueEnum;

use super::Outcome;
use super::files::Origin;
use super::options::{ColorWhen, Configured, Documents, Selection, severities};
use super::output::Output;
use super::read::{self, FileError};
use super::run::{Done, Passed, Verdict, in_order};
use super::setup::{Job, Setup, SetupError, Setups, ended, no_document};
use crate::document::ReadError;
use crate::lint::{Advert, JurisdictionFrom, Report};
use crate::outline::Kind;
use crate::report::html::Html;
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
  jdlint check --format html adverts/ > report.html
  pandoc advert.odt -t html | jdlint check - --stdin-filename advert.html

A finding is accepted by a comment in the document (<!-- jdlint: allow RULE: reason -->), or by
[[allow]] with its fingerprint in jdlint.toml. jdlint.toml is looked for in the file's folder and those above.")]
pub(super) struct Args {
    #[command(flatten)]
    documents: Documents,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    #[command(flatten)]
    selection: Selection,
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
    /// One page for a browser, to read and to pass on
    Html,
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(check_all(args), args.color)
}

fn check_all(args: &Args) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(&args.configured, args.selection.overrides(args.fail_on));
    let jobs = setups.jobs(&args.documents)?;
    let Some(first) = jobs.first().and_then(|j| setups.all().get(j.setup)).or(setups.all().first()) else {
        return Ok(no_document());
    };
    let mut output = match args.format {
        Format::Terminal => Output::new(args.color.into()),
        Format::Json | Format::Html => Output::for_programs(),
    };
    let terminal = Terminal { catalogue: first.linter.ruleset().catalogue(), look: output.look() };
    let settings = first.linter.settings();
    let json = Json { jurisdiction: (settings.jurisdiction_from == JurisdictionFrom::Settings).then_some(settings.jurisdiction) };
    let html = Html { ruleset: first.linter.ruleset(), wordings: first.linter.wordings() };
    let writer: &dyn Writer = match args.format {
        Format::Terminal => &terminal,
        Format::Json => &json,
        Format::Html => &html,
    };
    let total = in_order(&jobs, writer, &mut output, |job| check(job, &setups.all()[job.setup], args.min_severity, writer));
    Ok(match (total.summary.failed, total.fails) {
        (0, 0) => Outcome::Clean,
        (0, _) => Outcome::Found,
        _ => Outcome::Failed,
    })
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
            Done::Written { text: writer.checked(&checked), line: writer.line(&checked), summary, verdict }
        }
        // A folder may hold any JSON.
        Err(FileError::Document(ReadError::NoJobPosting)) if job.target.origin == Origin::Walked => Done::Passed(Passed::OtherContent),
        Err(error) => Done::Failed(error),
    }
}

pub(super) fn read_and_check(job: &Job, setup: &Setup) -> Result<(Vec<u8>, Advert, Report), FileError> {
    let limits = job.limited.limits();
    let bytes = read::bytes(&job.target, &limits)?;
    let format = read::format(&job.target, &bytes);
    let (linter, with) = (Arc::clone(&setup.linter), job.with.clone());
    let (bytes, advert, mut report) = job.limited.timed.in_time(bytes.len(), move || {
        let document = read::document(&bytes, format, &limits)?;
        let advert = Advert::new([vec![document], read::others(&with, &limits)?].concat());
        let report = linter.check(&advert).into_iter().next().expect("each document of an advert has a report");
        Ok::<_, FileError>((bytes, advert, report))
    })??;
    report.notices.extend(read::misnamed(&job.target, format));
    if !job.with.is_empty() {
        let names: Vec<String> = job.with.iter().map(|p| p.file_name().unwrap_or(p.as_os_str()).to_string_lossy().into_owned()).collect();
        report.notices.push(format!("read together with {}", names.join(", ")));
    }
    Ok((bytes, advert, report))
}
