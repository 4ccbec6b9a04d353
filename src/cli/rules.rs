//! `jdlint rules`: the list of rules, and what their authors need: `test` and `new`.

mod draft;
mod new;
mod test;

use std::path::Path;
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};

use super::Outcome;
use super::options::Configured;
use super::output::Output;
use super::setup::{Overrides, SetupError, Setups, absolute, ended};
use crate::report::rule_list;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, after_help = "Severities are those in force here: by --jurisdiction and jdlint.toml.")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// How to list
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    #[command(flatten)]
    configured: Configured,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the examples of rule files, and say which do not hold
    Test(test::Args),
    /// Write a house rule, question by question
    New(new::Args),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line each
    Terminal,
    /// For scripts
    Json,
}

pub(super) fn run(args: &Args) -> ExitCode {
    match &args.command {
        Some(Command::Test(args)) => return test::run(args).into(),
        Some(Command::New(args)) => return new::run(args).into(),
        None => {}
    }
    ended(list(args), anstream::ColorChoice::Auto)
}

fn list(args: &Args) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(&args.configured, Overrides::default());
    let number = setups.of_folder(&absolute(Path::new("")))?;
    let linter = &setups.all()[number].linter;
    let rules = linter.ruleset().rules();
    let written = match args.format {
        Format::Terminal => Output::new(anstream::ColorChoice::Auto).write(&rule_list::text(&rules, linter.settings())),
        Format::Json => Output::for_programs().write(&rule_list::json(&rules, linter.settings())),
    };
    Ok(written.ends_in(Outcome::Clean))
}
