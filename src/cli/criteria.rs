//! `jdlint criteria`: documents → what each asks of the person, and whether the job needs it.

use std::process::ExitCode;

use clap::ValueEnum;

use super::options::{ColorWhen, Configured, Documents};
use super::outline::{Form, write};
use super::output::Output;
use super::setup::ended;
use crate::report::criteria::{CriteriaCsv, CriteriaJson, CriteriaMarkdown, CriteriaText, Why};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint criteria specification.docx                 what it asks, and whether the job needs it
  jdlint criteria --why specification.docx           why each verdict is what it is, the silent ones too
  jdlint criteria --format csv adverts/ > table.csv  for a spreadsheet
  jdlint criteria spec.docx --with description.docx  the duties stand in another file")]
pub(super) struct Args {
    #[command(flatten)]
    documents: Documents,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Explain every verdict, the silent ones too
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    configured: Configured,
    /// Whether to colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorWhen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table, for people
    Terminal,
    /// A table for a wiki or a merge request
    Markdown,
    /// For a spreadsheet
    Csv,
    /// For scripts
    Json,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let (output, form): (Output, Form) = match (args.format, args.why) {
        (Format::Terminal, false) => (Output::new(args.color.into()), |wordings, look| Box::new(CriteriaText { wordings, look, why: Why::Left })),
        (Format::Terminal, true) => (Output::new(args.color.into()), |wordings, look| Box::new(CriteriaText { wordings, look, why: Why::Told })),
        (Format::Markdown, _) => (Output::for_programs(), |wordings, _| Box::new(CriteriaMarkdown { wordings })),
        (Format::Csv, _) => (Output::for_programs(), |wordings, _| Box::new(CriteriaCsv { wordings })),
        (Format::Json, _) => (Output::for_programs(), |wordings, _| Box::new(CriteriaJson { wordings })),
    };
    ended(write(&args.documents, &args.configured, output, form), args.color)
}
