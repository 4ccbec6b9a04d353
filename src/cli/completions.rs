//! `jdlint completions` and `jdlint man`: the command line's own description → what shells and `man` read.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use super::output::{Output, complain};
use super::write::create;
use super::{Cli, Outcome};
use crate::report::shown;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint completions bash > ~/.local/share/bash-completion/completions/jdlint
  jdlint completions powershell >> $PROFILE")]
pub(super) struct Completions {
    /// For which shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jdlint man ~/.local/share/man/man1")]
pub(super) struct Man {
    /// The folder to write jdlint.1 and a page for each command into; pages that are there are replaced
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

pub(super) fn completions(args: &Completions) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "jdlint", &mut script);
    Output::for_programs().write_bytes(&script).ends_in(Outcome::Clean).into()
}

pub(super) fn man(args: &Man) -> ExitCode {
    match write_pages(args) {
        Ok(()) => Outcome::Clean.into(),
        Err(why) => {
            complain(&why);
            Outcome::Failed.into()
        }
    }
}

fn write_pages(args: &Man) -> Result<(), String> {
    let said = |path: &PathBuf, error: &dyn std::fmt::Display| format!("{}: {error}", shown(&path.to_string_lossy()));
    std::fs::create_dir_all(&args.folder).map_err(|e| said(&args.folder, &e))?;
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let pages = std::iter::once(&command).chain(command.get_subcommands()).filter(|c| !c.is_hide_set());
    for page in pages {
        let name = if page.get_name() == "jdlint" { "jdlint".to_owned() } else { format!("jdlint-{}", page.get_name()) };
        let path = args.folder.join(format!("{name}.1"));
        let mut text = Vec::new();
        clap_mangen::Man::new(page.clone()).title(name).render(&mut text).map_err(|e| said(&path, &e))?;
        // A page of an older version makes room.
        let _ = std::fs::remove_file(&path);
        create(&path, &text, None).map_err(|e| said(&path, &e))?;
    }
    Ok(())
}
