//! `jdlint criteria`: documents → what each asks of the person, and whether the job needs it.

use std::process::ExitCode;

use clap::ValueEnum;

use super::Outcome;
use super::options::{ColorWhen, Configured, Documents};
use super::outline::write;
use super::output::Output;
use crate::outline::Wordings;
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
    let wordings = Wordings::embedded();
    let mut output = match args.format {
        Format::Terminal => Output::new(args.color.into()),
        Format::Markdown | Format::Csv | Format::Json => Output::for_programs(),
    };
    let why = if args.why { Why::Told } else { Why::Left };
    let wordings = &wordings;
    let look = output.look();
    let outcome = match args.format {
        Format::Terminal => write(&args.documents, &args.configured, &CriteriaText { wordings, look, why }, &mut output),
        Format::Markdown => write(&args.documents, &args.configured, &CriteriaMarkdown { wordings }, &mut output),
        Format::Csv => write(&args.documents, &args.configured, &CriteriaCsv { wordings }, &mut output),
        Format::Json => write(&args.documents, &args.configured, &CriteriaJson { wordings }, &mut output),
    };
    outcome
        .unwrap_or_else(|error| {
            error.tell(args.color.into());
            Outcome::Failed
        })
        .into()
}
