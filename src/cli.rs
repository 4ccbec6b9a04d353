//! Arguments → the rooms before this one, in order → an exit code.
//!
//! One file per command, and one each for what they share: which files (`files`), under which settings (`setup`), how they
//! are read (`read`), in which order and how many at once (`run`), and where it goes (`output`).

mod accept;
mod baseline;
mod check;
mod compare;
mod completions;
mod config;
mod criteria;
mod explain;
mod files;
mod fix;
mod gate;
mod init;
mod interrupt;
mod limits;
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(feature = "mcp")]
mod mcp;
mod options;
mod outline;
mod output;
mod progress;
mod read;
mod records;
mod reports;
mod review;
mod rules;
mod run;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod setup;
mod together;
mod write;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Shows, in a job advert, the wording that turns people away, says why, and offers the rewrite.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  jdlint check advert.docx              one advert
  jdlint check adverts/                 a folder, and the folders in it
  jdlint check --format json adverts/   for scripts
  jdlint explain prerequisite.degree    why, for whom, on what evidence, and when it is fine
  jdlint rules                          all rules

Exit codes: 0 nothing to report, 1 findings, 2 a file could not be checked.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Check adverts, job descriptions and person specifications
    Check(check::Args),
    /// Write down the findings that there are today, so that a check reports only new ones
    Baseline(baseline::Args),
    /// Write a first jdlint.toml, after a look at what is there
    Init(init::Args),
    /// Show what holds for a file, and which line of which config says so
    Config(config::Args),
    /// Write the JSON Schema of jdlint.toml or of rule files
    Schema(schema::Args),
    /// Make the rewrites that keep the meaning, in text files
    Fix(fix::Args),
    /// Show how a document was understood: its sections, criteria and duties
    Outline(outline::Args),
    /// Check the adverts in a table: CSV or JSON Lines in, JSON Lines out
    Records(records::Args),
    /// Show what each document asks of the person, and whether the job needs it
    Criteria(criteria::Args),
    /// Show what two versions of a document ask differently; or what got better between two runs, from their statistics
    Compare(compare::Args),
    /// Put findings into a Word or OpenDocument file, as comments beside their words
    Review(review::Args),
    /// Show a rule: why, for whom, on what evidence, and when it is fine
    Explain(explain::Args),
    /// List all rules; test rule files; write a new one
    Rules(rules::Args),
    /// Serve an editor (Language Server Protocol)
    #[cfg(feature = "lsp")]
    Lsp(lsp::Args),
    /// Answer the browser, and programs that can ask a LanguageTool server, on this machine
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Answer a language model's program (Model Context Protocol), on standard input and output
    #[cfg(feature = "mcp")]
    Mcp(mcp::Args),
    /// Write the completions of a shell
    Completions(completions::Completions),
    /// Write manual pages
    Man(completions::Man),
}

impl Command {
    /// Whether it answers until it is told to stop, which it does by itself.
    fn serves(&self) -> bool {
        match self {
            #[cfg(feature = "lsp")]
            Command::Lsp(_) => true,
            #[cfg(feature = "serve")]
            Command::Serve(_) => true,
            #[cfg(feature = "mcp")]
            Command::Mcp(_) => true,
            _ => false,
        }
    }
}

/// Runs the command line that the process was started with.
pub fn run() -> ExitCode {
    let command = Cli::parse().command;
    if !command.serves() {
        interrupt::listen();
    }
    match command {
        Command::Check(args) => check::run(&args),
        Command::Baseline(args) => baseline::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::completions(&args),
        Command::Man(args) => completions::man(&args),
        Command::Fix(args) => fix::run(&args),
        Command::Outline(args) => outline::run(&args),
        Command::Records(args) => records::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Criteria(args) => criteria::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(args) => rules::run(&args),
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => lsp::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args),
        #[cfg(feature = "mcp")]
        Command::Mcp(args) => mcp::run(&args),
    }
}

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing at or above the failing severity.
    Clean,
    /// Findings.
    Found,
    /// The tool could not do its work for some file.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Found => 1,
            Outcome::Failed => 2,
        })
    }
}
