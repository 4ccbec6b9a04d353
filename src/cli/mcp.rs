//! `jdlint mcp`: a language model's program on standard input and output → tools for it, until the input ends.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use super::Outcome;
use super::options::Configured;
use super::output::complain;
use super::run::silence_panics;
use super::setup::{Overrides, SetupError, Setups, absolute, ended};
use crate::mcp;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
It is started by the program that the language model works in, which speaks the Model Context Protocol with it.
Its settings there: command `jdlint`, arguments `mcp` (docs/mcp.md). The tools are check, criteria and explain; they
are given text and read no files.")]
pub(super) struct Args {
    #[command(flatten)]
    configured: Configured,
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(serve(args), anstream::ColorChoice::Auto)
}

fn serve(args: &Args) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(&args.configured, Overrides::default());
    let number = setups.of_folder(&absolute(Path::new("")))?;
    let linter = setups.linter(number);
    if std::io::stdin().is_terminal() {
        complain("waiting for a program that speaks the Model Context Protocol; docs/mcp.md shows how one is set up. Ctrl-D ends this");
    }
    // What a panic says may hold words of the text that broke it.
    silence_panics();
    mcp::serve(linter).map_err(|error| SetupError::Other(error.to_string()))?;
    Ok(Outcome::Clean)
}
