//! `jdlint records`: a table of adverts, as a stream → a line of JSON for each record, in the table's order.
//!
//! Made for pipes of any length: memory does not grow with the input, results come as records do, and a record that
//! cannot be read is a line like any other.

mod columns;
mod line;
mod split;
mod stream;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use rayon::prelude::*;

use super::Outcome;
use super::accept::{Accepting, accept_in_table};
use super::limits::Timed;
use super::options::{Configured, Selection, severities};
use super::output::{Output, State, complain};
use super::read::FileError;
use super::run::silence_panics;
use super::setup::{SetupError, Setups, absolute, ended};
use crate::config;
use crate::document;
use crate::lint::Fingerprint;
use crate::report::shown;
use crate::rules::{RuleId, Severity};
use columns::Wanted;
use line::{Line, Linting, What, line};
use stream::{Kind, Shape, Stream, StreamError};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint records adverts.csv --text-column description --id-column id > findings.jsonl
  jdlint records adverts.jsonl --format html --min-severity warning | jq -r 'select(.findings != []) | .id'
  zcat adverts.csv.gz | jdlint records - --title-column title

Each line has the record's id and number, and what `jdlint check --format json` says of a file; offsets
count the bytes of the text column. A record that cannot be read is a line whose `error` is not null.

Exit codes: 0, whatever is found; 1 findings at or above --fail-on, where that is given; 2 the table could
not be read.")]
pub(super) struct Args {
    /// The table: CSV or JSON Lines; - for standard input
    #[arg(default_value = "-", value_name = "FILE")]
    table: PathBuf,
    /// Column that holds the adverts' text
    #[arg(long, default_value = "description", value_name = "NAME")]
    text_column: String,
    /// Column that names the record in the output
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,
    /// Column that holds the title of the post
    #[arg(long, value_name = "NAME")]
    title_column: Option<String>,
    /// What the text column is written in; in text, HTML is recognised
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What the table is written in [default: as its name or its first byte tells]
    #[arg(long, value_enum)]
    input: Option<Kind>,
    /// What divides the fields of a CSV table: a sign, or `tab` [default: a comma; in .tsv files a tab]
    #[arg(long, value_parser = delimiter, value_name = "SIGN")]
    delimiter: Option<u8>,
    /// Bytes that a record may have; a larger one is reported and passed by
    #[arg(long, default_value_t = 4 << 20, value_name = "BYTES")]
    max_record_size: usize,
    #[command(flatten)]
    selection: Selection,
    /// Severity from which findings make the exit code 1 [default: none do]
    #[arg(long, value_parser = severities(), value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    /// Severity from which findings are shown
    #[arg(long, value_parser = severities(), default_value = "info", value_name = "SEVERITY")]
    min_severity: Severity,
    #[command(flatten)]
    accepting: Accepting,
    #[command(flatten)]
    configured: Configured,
    #[command(flatten)]
    timed: Timed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Html,
}

impl From<Format> for document::Format {
    fn from(format: Format) -> document::Format {
        match format {
            Format::Text => document::Format::Text,
            Format::Markdown => document::Format::Markdown,
            Format::Html => document::Format::Html,
        }
    }
}

fn delimiter(sign: &str) -> Result<u8, String> {
    match sign.as_bytes() {
        _ if sign == "tab" || sign == "\\t" => Ok(b'\t'),
        [b'"' | b'\r' | b'\n'] => Err("a quote or a line break cannot divide fields".to_owned()),
        [sign] if sign.is_ascii() => Ok(*sign),
        _ => Err("one sign divides fields: ',', ';', '|' or tab".to_owned()),
    }
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(lint_table(args), anstream::ColorChoice::Auto)
}

fn lint_table(args: &Args) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(&args.configured, args.selection.overrides(args.fail_on));
    let table = absolute(&args.table);
    let number = setups.of_file(&table)?;
    let setup = &setups.all()[number];
    let wanted = args.wanted();
    let linting = Linting {
        linter: &setup.linter,
        timed: args.timed,
        wanted: &wanted,
        format: args.format.into(),
        shown_from: args.min_severity,
        fail_on: args.fail_on,
        keeps_findings: args.accepting.add_allow,
    };
    let stream = match open(&args.table) {
        Ok(input) => Stream::new(input, args.shape()),
        Err(error) => return Ok(args.cannot_go_on(&error.into())),
    };
    silence_panics();
    let mut tally = Tally::default();
    let linted = lint_all(stream, &linting, &mut tally);
    tally.tell();
    let accepted = match &args.accepting.reason {
        Some(reason) if linted.is_ok() => accept_in_table(&args.table, &setups.configs()[setup.config], &tally.found, reason),
        _ => Outcome::Clean,
    };
    Ok(match linted {
        Ok(()) if args.accepting.reason.is_some() => accepted,
        Ok(()) if tally.n_failing > 0 => Outcome::Found,
        Ok(()) => Outcome::Clean,
        // It was said what is wrong with the output.
        Err(StreamError::Output) => Outcome::Failed,
        Err(error) => args.cannot_go_on(&error),
    })
}

/// Lints as records come, until the table or whoever reads the output has had enough.
fn lint_all(mut stream: Stream, linting: &Linting, tally: &mut Tally) -> Result<(), StreamError> {
    let mut output = Output::for_programs();
    loop {
        let (records, error) = stream.next();
        let is_end = records.is_empty();
        let lines: Vec<Line> = records.into_par_iter().with_max_len(1).map(|raw| line(raw, linting)).collect();
        let text: String = lines.iter().flat_map(|line| [line.json.as_str(), "\n"]).collect();
        lines.iter().for_each(|line| tally.add(line.what));
        if linting.keeps_findings {
            tally.found.extend(lines.into_iter().flat_map(|line| line.found));
        }
        match output.write(&text) {
            State::Open => {}
            State::Closed => return Ok(()),
            State::Failed => return Err(StreamError::Output),
        }
        match error {
            Some(error) => return Err(error),
            None if is_end => return Ok(()),
            None => {}
        }
    }
}

/// What the records came to.
#[derive(Default)]
struct Tally {
    n_records: u64,
    n_failing: u64,
    n_bad: u64,
    /// What is to be accepted.
    found: BTreeSet<(Fingerprint, RuleId)>,
}

impl Tally {
    fn add(&mut self, what: What) {
        self.n_records += 1;
        self.n_failing += u64::from(what == What::Fails);
        self.n_bad += u64::from(what == What::Bad);
    }

    fn tell(&self) {
        if self.n_bad > 0 {
            complain(&format!("{} of {} records could not be read; their lines say why", self.n_bad, self.n_records));
        }
    }
}

impl Args {
    fn wanted(&self) -> Wanted {
        Wanted { text: self.text_column.clone(), id: self.id_column.clone(), title: self.title_column.clone() }
    }

    fn shape(&self) -> Shape {
        let extension = self.table.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).unwrap_or_default();
        let (by_name, usual) = match extension.as_str() {
            "csv" => (Some(Kind::Csv), b','),
            "tsv" | "tab" => (Some(Kind::Csv), b'\t'),
            "jsonl" | "ndjson" | "json" => (Some(Kind::Jsonl), b','),
            _ => (None, b','),
        };
        let kind = self.input.or(by_name);
        Shape { kind, wanted: self.wanted(), delimiter: self.delimiter.unwrap_or(usual), limit: self.max_record_size.max(1) }
    }

    fn cannot_go_on(&self, error: &StreamError) -> Outcome {
        let name = if self.table == Path::new("-") { "<stdin>".to_owned() } else { shown(&self.table.to_string_lossy()) };
        complain(&format!("{name}: {error}"));
        Outcome::Failed
    }
}

fn open(table: &Path) -> Result<Box<dyn Read + Send>, FileError> {
    if table == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    if table.is_dir() {
        return Err(FileError::Unreadable("this is a folder; name the table, or use `jdlint check` for a folder of adverts".to_owned()));
    }
    Ok(Box::new(config::open(table)?))
}
