//! `jdlint explain RULE`: a rule's page.

use std::path::Path;
use std::process::ExitCode;

use clap::ValueEnum;

use super::Outcome;
use super::options::{ColorWhen, Configured};
use super::output::{Output, complain};
use super::setup::{Overrides, SetupError, Setups, absolute, ended, unknown_rule};
use crate::report::explain::{explain, json, markdown};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jdlint explain gendered.title")]
pub(super) struct Args {
    /// The rule's id, as a finding shows it
    #[arg(value_name = "RULE")]
    rule: String,
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
    /// A page, for people
    Terminal,
    /// A page, for a wiki or an intranet
    Markdown,
    /// For scripts
    Json,
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(show(args), args.color)
}

fn show(args: &Args) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(&args.configured, Overrides::default());
    let number = setups.of_folder(&absolute(Path::new("")))?;
    let linter = &setups.all()[number].linter;
    let ruleset = linter.ruleset();
    let Some(rule) = ruleset.rule(args.rule.trim_matches(['[', ']'])) else {
        complain(&unknown_rule(&args.rule, ruleset));
        return Ok(Outcome::Failed);
    };
    let written = match args.format {
        Format::Terminal => {
            let mut output = Output::new(args.color.into());
            let look = output.look();
            output.write(&explain(rule, ruleset, linter.wordings(), look))
        }
        Format::Markdown => Output::for_programs().write(&markdown(rule, ruleset, linter.wordings())),
        Format::Json => Output::for_programs().write(&json(rule, ruleset, linter.wordings())),
    };
    Ok(written.ends_in(Outcome::Clean))
}
