//! `jdlint schema`: the JSON Schema of `jdlint.toml` or of rule files, for editors without a network.

use std::process::ExitCode;

use clap::ValueEnum;

use super::Outcome;
use super::output::Output;
use crate::config::{config_schema, rules_schema};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example: jdlint schema config > jdlint.schema.json
and at the top of jdlint.toml:  #:schema ./jdlint.schema.json")]
pub(super) struct Args {
    /// Of which file
    #[arg(value_enum)]
    of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// jdlint.toml
    Config,
    /// A rule file
    Rules,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let schema = match args.of {
        Of::Config => config_schema(),
        Of::Rules => rules_schema(),
    };
    Output::for_programs().write(&format!("{schema:#}\n")).ends_in(Outcome::Clean).into()
}
