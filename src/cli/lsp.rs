//! `jdlint lsp`: the language server at standard input and output.

use std::process::ExitCode;

use super::output::complain;
use crate::lsp::{Ending, serve};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Editors start this; docs/editors.md says how each is told to. It speaks the Language Server Protocol.

Exit codes: 0 the editor ended it, 1 the editor went away without a word, 2 it could not start.")]
pub(super) struct Args {
    /// Speak over standard input and output, which is the only way there is; some editors insist on saying so
    #[arg(long)]
    stdio: bool,
}

pub(super) fn run(_: &Args) -> ExitCode {
    match serve() {
        Ok(Ending::Orderly) => ExitCode::SUCCESS,
        Ok(Ending::Cut) => ExitCode::from(1),
        Err(error) => {
            complain(&format!("the language server cannot start: {error}"));
            ExitCode::from(2)
        }
    }
}
