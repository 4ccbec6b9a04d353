//! `--format`, `--output`, `--statistics`, `--quiet` → which reports are written, and where each goes.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::options::ColorWhen;
use super::output::Output;
use super::setup::{Setup, SetupError, absolute};
use crate::lint::JurisdictionFrom;
use crate::report::checkstyle::Checkstyle;
use crate::report::concise::Concise;
use crate::report::from_root::{FromRoot, Repository};
use crate::report::github::GitHub;
use crate::report::gitlab::GitLab;
use crate::report::html::Html;
use crate::report::json::Json;
use crate::report::jsonl::JsonLines;
use crate::report::junit::JUnit;
use crate::report::markdown::Markdown;
use crate::report::rdjsonl::RdJsonLines;
use crate::report::sarif::Sarif;
use crate::report::statistics::{StatisticsJson, StatisticsText};
use crate::report::terminal::Terminal;
use crate::report::{Look, Writer, shown};

/// How to report.
#[derive(Debug, clap::Args)]
pub(super) struct Reports {
    /// How to report on standard output [default: terminal]; see below
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Format>,
    /// Report so into a file, too, which is written whole or not at all; without FILE on standard output. Any number of times
    #[arg(long, value_parser = wanted, value_name = "FORMAT[=FILE]")]
    output: Vec<Wanted>,
    /// Show no findings on standard output; the exit code still tells of them
    #[arg(long, short, conflicts_with = "format")]
    quiet: bool,
    /// Add figures by rule, audience, folder and file
    #[arg(long)]
    statistics: bool,
    /// For statistics, tell apart the folders in this one, rather than in the one that all files lie in
    #[arg(long, value_name = "FOLDER")]
    by: Option<String>,
}

/// The formats, for the help.
pub(super) const FORMATS: &str = "\
Formats:
  terminal     annotated passages, for people
  concise      one line each
  markdown     for the summary of a step or a merge request
  html         one page to read, print and pass on
  json, jsonl  for scripts; jsonl: a line for each file
  sarif        code scanning (GitHub, Azure DevOps), editors
  github       annotations of GitHub Actions
  gitlab       GitLab's Code Quality report
  junit        test reports: Jenkins, GitLab, Azure DevOps
  checkstyle   Jenkins' Warnings, many others
  rdjsonl      reviewdog
  statistics   figures, as JSON, for `jdlint compare`";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Terminal,
    Concise,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Checkstyle,
    Rdjsonl,
    Markdown,
    Html,
    Statistics,
}

impl Format {
    /// What it is called on the command line.
    fn name(self) -> String {
        self.to_possible_value().map_or(String::new(), |v| v.get_name().to_owned())
    }

    /// Whether it has room for `--statistics`.
    fn holds_statistics(self) -> bool {
        matches!(self, Format::Terminal | Format::Json | Format::Markdown | Format::Statistics)
    }
}

/// A report, and its file; none: standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    what: What,
    file: Option<PathBuf>,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Report(Format),
    /// What `--quiet` leaves of a report for people.
    OnlyStatistics,
}

/// “sarif=out.sarif”.
fn wanted(text: &str) -> Result<Wanted, String> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
    let format = Format::from_str(name, false).map_err(|_| {
        let names: Vec<String> = Format::value_variants().iter().map(|f| f.name()).collect();
        let near = names.iter().map(|n| (strsim::damerau_levenshtein(n, name), n)).min().filter(|(n, _)| *n <= 2);
        near.map_or(format!("there is no such format; there are {}", names.join(", ")), |(_, near)| format!("did you mean “{near}”?"))
    })?;
    if file == Some("") {
        return Err(format!("name the file: {name}=FILE"));
    }
    Ok(Wanted { what: What::Report(format), file: file.map(PathBuf::from) })
}

/// A report on its way: what writes it, and to where.
pub(super) struct Route<'s> {
    pub(super) writer: Box<dyn Writer + 's>,
    pub(super) output: Output,
    pub(super) extent: Extent,
}

/// How much a report tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// What was found.
    Findings,
    /// Figures of the whole, too, where the format has room for them.
    WithStatistics,
}

impl Reports {
    /// The folder whose folders statistics tell apart, where statistics are asked for.
    pub(super) fn statistics(&self) -> Option<Option<&str>> {
        let asked = self.statistics || self.wanted().is_ok_and(|all| all.iter().any(|w| w.what == What::Report(Format::Statistics)));
        asked.then_some(self.by.as_deref())
    }

    /// Every report with its writer and its stream.
    pub(super) fn routes<'s>(&self, setups: &'s [Setup], first: &'s Setup, color: ColorWhen) -> Result<Vec<Route<'s>>, SetupError> {
        let routes = self.wanted()?.into_iter().map(|wanted| {
            let output = match (&wanted.file, wanted.what) {
                (Some(file), _) => Output::to_file(file).map_err(|error| SetupError::Other(format!("{}: {error}", shown(&file.to_string_lossy()))))?,
                (None, What::Report(Format::Terminal) | What::OnlyStatistics) => Output::new(color.into()),
                (None, _) => Output::for_programs(),
            };
            let figures = self.statistics || wanted.what == What::Report(Format::Statistics);
            let extent = if figures { Extent::WithStatistics } else { Extent::Findings };
            Ok(Route { writer: writer(wanted.what, output.look(), setups, first), output, extent })
        });
        routes.collect()
    }

    /// What is to be written. Where nothing else goes to standard output, people read there what was found.
    fn wanted(&self) -> Result<Vec<Wanted>, SetupError> {
        let format = self.format.map(|format| Wanted { what: What::Report(format), file: None });
        let mut all: Vec<Wanted> = format.into_iter().chain(self.output.iter().cloned()).collect();
        self.clash(&all)?;
        if all.iter().all(|w| w.file.is_some()) {
            match (self.quiet, self.statistics) {
                (false, _) => all.push(Wanted { what: What::Report(Format::Terminal), file: None }),
                (true, true) => all.push(Wanted { what: What::OnlyStatistics, file: None }),
                (true, false) => {}
            }
        }
        let holds = |w: &Wanted| matches!(w.what, What::OnlyStatistics) || matches!(w.what, What::Report(f) if f.holds_statistics());
        if self.statistics && !all.iter().any(holds) {
            return Err(SetupError::Other("none of these formats has room for statistics; add --output statistics=FILE".to_owned()));
        }
        if self.by.is_some() && !self.statistics && !all.iter().any(|w| w.what == What::Report(Format::Statistics)) {
            return Err(SetupError::Other("--by goes with --statistics".to_owned()));
        }
        Ok(all)
    }

    /// Two reports cannot go to one place.
    fn clash(&self, all: &[Wanted]) -> Result<(), SetupError> {
        for (n, one) in all.iter().enumerate() {
            if one.file.is_none() && self.quiet {
                return Err(SetupError::Other("--quiet leaves nothing for standard output; give the report a file, or leave out --quiet".to_owned()));
            }
            if all[..n].iter().any(|other| other.file == one.file) {
                let What::Report(format) = one.what else { continue };
                let name = format.name();
                return Err(SetupError::Other(match &one.file {
                    None => format!("only one report can go to standard output; give the others a file: --output {name}=FILE"),
                    Some(file) => format!("{}: two reports cannot go to one file", shown(&file.to_string_lossy())),
                }));
            }
        }
        Ok(())
    }
}

fn writer<'s>(what: What, look: Look, setups: &'s [Setup], first: &'s Setup) -> Box<dyn Writer + 's> {
    let (ruleset, settings) = (first.linter.ruleset(), first.linter.settings());
    let catalogue = ruleset.catalogue();
    match what {
        What::OnlyStatistics => Box::new(StatisticsText { look }),
        What::Report(format) => match format {
            Format::Terminal => Box::new(Terminal { catalogue, look }),
            Format::Concise => Box::new(Concise),
            Format::Json => Box::new(Json { jurisdiction: (settings.jurisdiction_from == JurisdictionFrom::Settings).then_some(settings.jurisdiction) }),
            Format::Jsonl => Box::new(JsonLines),
            Format::Sarif => from_root(Box::new(Sarif::new(setups.iter().map(|s| (s.linter.ruleset(), s.linter.settings()))))),
            Format::Github => from_root(Box::new(GitHub)),
            Format::Gitlab => from_root(Box::new(GitLab)),
            Format::Junit => Box::new(JUnit),
            Format::Checkstyle => Box::new(Checkstyle),
            Format::Rdjsonl => Box::new(RdJsonLines),
            Format::Markdown => Box::new(Markdown { catalogue }),
            Format::Html => Box::new(Html { ruleset, wordings: first.linter.wordings() }),
            Format::Statistics => Box::new(StatisticsJson),
        },
    }
}

/// A report for a forge names files from the root of the repository on, wherever jdlint is run in it.
fn from_root<'w>(writer: Box<dyn Writer + 'w>) -> Box<dyn Writer + 'w> {
    let here = absolute(Path::new(""));
    let root = here.ancestors().find(|folder| folder.join(".git").exists());
    match root.and_then(|root| Repository::seen_from(&root.to_string_lossy(), &here.to_string_lossy())) {
        Some(repository) => Box::new(FromRoot { repository, writer }),
        None => writer,
    }
}
