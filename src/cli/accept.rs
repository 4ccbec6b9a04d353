//! `jdlint check --add-allow`: the findings of a run → comments in text files and `[[allow]]` in `jdlint.toml` for the
//! others, so that they are accepted from now on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Outcome;
use super::check::read_and_check;
use super::files::{Origin, Source};
use super::gate::Gate;
use super::output::complain;
use super::read::{self, FileError};
use super::run::guarded;
use super::setup::{Job, Setup, Setups, absolute, slashed};
use super::write::{WriteError, replace};
use crate::config::{self, NewAllowance, with_allowances};
use crate::fix::{Acceptance, accept};
use crate::lint::Fingerprint;
use crate::outline::Kind;
use crate::report::shown;
use crate::report::terminal::counted;
use crate::rules::{RuleId, Severity};

/// Which findings are accepted, and why.
#[derive(Debug, clap::Args)]
pub(super) struct Accepting {
    /// Accept what was found: comments in text files, [[allow]] in jdlint.toml for Word, PDF and JSON
    #[arg(long, requires = "reason")]
    pub(super) add_allow: bool,
    /// Why it is accepted
    #[arg(long, value_name = "TEXT", requires = "add_allow", value_parser = reason)]
    pub(super) reason: Option<String>,
}

fn reason(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("say why, in a few words that a colleague will understand later".to_owned()) } else { Ok(text.trim().to_owned()) }
}

/// Why a file's findings were not accepted.
#[derive(Debug, thiserror::Error)]
enum AcceptError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("its findings can only be accepted in a jdlint.toml, and there is none; `jdlint init` writes one")]
    NoConfig,
    #[error("what comes by standard input cannot be accepted; name the file")]
    NoFile,
}

/// What is accepted in configs, by the config's number.
type ByConfig = BTreeMap<usize, Vec<NewAllowance>>;

/// Accepts what the run shows of these files.
pub(super) fn accept_all(jobs: &[Job], setups: &Setups, gate: &Gate, (shown_from, reason): (Severity, &str)) -> Outcome {
    let mut by_config = ByConfig::new();
    let mut outcome = Outcome::Clean;
    for job in jobs {
        let run = Run { job, setup: &setups.all()[job.setup], setups, gate, shown_from, reason };
        let done = guarded(|| run.accept(&mut by_config)).map_err(AcceptError::from).flatten();
        if let Err(error) = done {
            complain(&format!("{}: {error}", shown(&job.target.name)));
            outcome = Outcome::Failed;
        }
    }
    for (number, new) in by_config {
        if write(&setups.configs()[number], &new) == Outcome::Failed {
            outcome = Outcome::Failed;
        }
    }
    outcome
}

/// Accepts findings in the records of a table.
pub(super) fn accept_in_table(table: &Path, config: &config::Setup, found: &BTreeSet<(Fingerprint, RuleId)>, reason: &str) -> Outcome {
    let error = match (table == Path::new("-"), config.layers.top()) {
        _ if found.is_empty() => return Outcome::Clean,
        (true, _) => AcceptError::NoFile,
        (false, None) => AcceptError::NoConfig,
        (false, Some(_)) => {
            let file = slashed(&config.path_below(&absolute(table)));
            let one = |(fingerprint, rule): &(Fingerprint, RuleId)| NewAllowance {
                fingerprint: *fingerprint,
                rule: rule.to_string(),
                file: file.clone(),
                reason: reason.to_owned(),
            };
            return write(config, &found.iter().map(one).collect::<Vec<_>>());
        }
    };
    complain(&format!("{}: {error}", shown(&table.to_string_lossy())));
    Outcome::Failed
}

/// A file whose findings are accepted.
struct Run<'a> {
    job: &'a Job,
    setup: &'a Setup,
    setups: &'a Setups<'a>,
    gate: &'a Gate,
    shown_from: Severity,
    reason: &'a str,
}

impl Run<'_> {
    fn accept(&self, by_config: &mut ByConfig) -> Result<(), AcceptError> {
        let walked = self.job.target.origin == Origin::Walked;
        let (bytes, advert, mut report) = match read_and_check(self.job, self.setup) {
            Ok((.., report)) if report.kind == Kind::Other && walked => return Ok(()),
            Ok(read) => read,
            // The run said so already.
            Err(_) => return Ok(()),
        };
        let document = &advert.documents()[0];
        self.gate.keep_new(self.job, self.setup, (document, &bytes), &mut report);
        report.findings.retain(|f| f.severity >= self.shown_from);
        if report.findings.is_empty() {
            return Ok(());
        }
        let Source::File(path) = &self.job.target.source else { return Err(AcceptError::NoFile) };
        let findings: Vec<Fingerprint> = report.findings.iter().map(|f| f.fingerprint).collect();
        let acceptance = Acceptance { findings: &findings, reason: self.reason, linter: &self.setup.linter, with: &advert.documents()[1..] };
        let accepted = accept(&bytes, read::format(&self.job.target, &bytes), acceptance);
        let config = &self.setups.configs()[self.setup.config];
        if !accepted.left.is_empty() && config.layers.top().is_none() {
            return Err(AcceptError::NoConfig);
        }
        if !accepted.made.is_empty() {
            replace(path, &bytes, &accepted.bytes)?;
            complain(&format!("{}: accepted {} in comments", shown(&self.job.target.name), counted(accepted.made.len(), "finding")));
        }
        let file = slashed(&config.path_below(&absolute(path)));
        let new = accepted.left.iter().map(|f| NewAllowance {
            fingerprint: f.fingerprint,
            rule: f.rule.to_string(),
            file: file.clone(),
            reason: self.reason.to_owned(),
        });
        by_config.entry(self.setup.config).or_default().extend(new);
        by_config.retain(|_, new| !new.is_empty());
        Ok(())
    }
}

/// Writes accepted findings into a config, and says so.
fn write(config: &config::Setup, new: &[NewAllowance]) -> Outcome {
    let Some(top) = config.layers.top() else { return Outcome::Failed };
    let name = shown(&top.name);
    let written = with_allowances(&top.text, new).map_err(|e| format!("{name}: {e}"));
    let written = written.and_then(|text| replace(top.path(), top.text.as_bytes(), text.as_bytes()).map_err(|e| format!("{name}: {e}")));
    match written {
        Ok(()) => complain(&format!("{name}: accepted {}", counted(new.len(), "finding"))),
        Err(ref error) => complain(error),
    }
    if written.is_ok() { Outcome::Clean } else { Outcome::Failed }
}
