//! `jdlint check`: documents → findings.

use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::Outcome;
use super::accept::{Accepting, accept_all};
use super::files::Origin;
use super::gate::{Gate, Gated};
use super::options::{ColorWhen, Configured, Documents, Selection, severities};
use super::read::{self, FileError};
use super::reports::{FORMATS, Reports};
use super::run::{self, Done, Passed, Verdict, in_order};
use super::setup::{Job, Setup, SetupError, Setups, ended, no_document};
use crate::config::read_together;
use crate::lint::{Advert, Report};
use crate::outline::Kind;
use crate::report::{Checked, Statistics, Summary, Writer};
use crate::rules::Severity;

#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{FORMATS}\n\n{ACCEPTED}"))]
pub(super) struct Args {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    reports: Reports,
    #[command(flatten)]
    selection: Selection,
    /// Severity from which findings make the exit code 1 [default: warning]
    #[arg(long, value_parser = severities(), value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    /// Severity from which findings are shown
    #[arg(long, value_parser = severities(), default_value = "info", value_name = "SEVERITY")]
    min_severity: Severity,
    #[command(flatten)]
    gate: Gated,
    #[command(flatten)]
    accepting: Accepting,
    #[command(flatten)]
    configured: Configured,
    /// Whether to colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorWhen,
}

const EXAMPLES: &str = "\
Examples:
  jdlint check advert.docx specification.docx
  jdlint check --min-severity warning --jurisdiction ie adverts/
  jdlint check --select prerequisite,gendered.title adverts/
  jdlint check --format html adverts/ > report.html
  jdlint check --output sarif=jdlint.sarif --output github adverts/
  jdlint check --quiet --statistics --output statistics=q3.json adverts/
  pandoc advert.odt -t html | jdlint check - --stdin-filename advert.html";

const ACCEPTED: &str = "\
A finding is accepted by a comment in the document (<!-- jdlint: allow RULE: reason -->), or by
[[allow]] with its fingerprint in jdlint.toml. jdlint.toml is looked for in the file's folder and those above.";

pub(super) fn run(args: &Args) -> ExitCode {
    ended(check_all(args), args.color)
}

fn check_all(args: &Args) -> Result<Outcome, SetupError> {
    // The rules are given back with the process: piece by piece that takes a thirtieth of a short run.
    let mut setups = ManuallyDrop::new(Setups::new(&args.configured, args.selection.overrides(args.fail_on)));
    let mut jobs = setups.jobs(&args.documents)?;
    let gate = Gate::new(&args.gate, &args.configured, &args.documents.paths, &mut jobs, &setups)?;
    let Some(first) = jobs.first().and_then(|j| setups.all().get(j.setup)).or(setups.all().first()) else {
        return Ok(no_document());
    };
    let mut routes = args.reports.routes(setups.all(), first, args.color)?;
    let total = in_order(&jobs, &mut routes, |job, writers| check(job, &setups, &gate, args, writers));
    gate.tell(&setups, &args.documents.paths);
    if let Some(reason) = &args.accepting.reason {
        let accepted = accept_all(&jobs, &setups, &gate, (args.min_severity, reason));
        return Ok(if total.summary.failed > 0 { Outcome::Failed } else { accepted });
    }
    Ok(match (total.summary.failed, total.fails) {
        (0, 0) => Outcome::Clean,
        (0, _) => Outcome::Found,
        _ => Outcome::Failed,
    })
}

fn check(job: &Job, setups: &Setups, gate: &Gate, args: &Args, writers: &[&dyn Writer]) -> Done {
    let setup = &setups.all()[job.setup];
    match read_and_check(job, setup) {
        Ok((bytes, advert, mut report)) => {
            if report.kind == Kind::Other && job.target.origin == Origin::Walked {
                return Done::Passed(Passed::OtherKind);
            }
            gate.note(job, (setup, &setups.configs()[setup.config]), &report);
            let ruleset = setup.linter.ruleset();
            // What a baseline knows is still what readers meet.
            let statistics = args.reports.statistics().map(|by| Statistics::of(&job.target.name, &report, ruleset, by));
            let known = gate.keep_new(job, setup, (&advert.documents()[0], &bytes), &mut report);
            let summary = Summary { known, statistics, ..Summary::of(&report, args.min_severity) };
            let verdict = if summary.reaches(setup.fail_on) { Verdict::Fails } else { Verdict::Passes };
            report.findings.retain(|f| f.severity >= args.min_severity);
            let document = &advert.documents()[0];
            let checked = Checked { path: &job.target.name, bytes: &bytes, document, report: &report, ruleset, fails_from: setup.fail_on };
            Done::Written { parts: run::parts(writers, &checked), summary: Box::new(summary), verdict }
        }
        Err(error) => Done::unread(job, error),
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
    report.notices.extend(read_together(job.with.iter().map(PathBuf::as_path)));
    Ok((bytes, advert, report))
}
