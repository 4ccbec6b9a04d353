//! Options that several commands share, and the words that their values have.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::limits::Limited;
use super::setup::Overrides;
use super::together::Together;
use crate::lint::Chosen;
use crate::rules::{Jurisdiction, Severity};

/// Which documents.
#[derive(Debug, clap::Args)]
pub(super) struct Documents {
    /// Files or folders; - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Name of what comes by standard input, which tells its format
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Treat files that are named like those of a folder: leave out what jdlint.toml excludes, and what is no advert (for
    /// hooks, which name whatever changed)
    #[arg(long)]
    pub(super) as_found: bool,
    #[command(flatten)]
    pub(super) together: Together,
    #[command(flatten)]
    pub(super) limited: Limited,
}

impl Documents {
    /// Files and folders that are not named on the command line.
    pub(super) fn of(paths: Vec<PathBuf>, limited: Limited) -> Documents {
        Documents { paths, stdin_filename: None, as_found: false, together: Together::default(), limited }
    }
}

/// By which rules.
#[derive(Debug, clap::Args)]
pub(super) struct Selection {
    /// Only by these rules or groups
    #[arg(long, value_delimiter = ',', value_name = "RULE,…")]
    select: Vec<String>,
    /// Not by these rules or groups
    #[arg(long, value_delimiter = ',', value_name = "RULE,…")]
    ignore: Vec<String>,
}

impl Selection {
    /// What the command line sets, with the severity that fails the run.
    pub(super) fn overrides(&self, fail_on: Option<Severity>) -> Overrides {
        Overrides { select: self.select.clone(), ignore: self.ignore.clone(), fail_on, jurisdiction: None }
    }
}

/// Under which settings.
#[derive(Debug, clap::Args)]
pub(super) struct Configured {
    /// Whose law is meant [default: uk]; auto: as each advert tells
    #[arg(long, value_parser = jurisdictions(), value_name = "CODE")]
    pub(super) jurisdiction: Option<Chosen>,
    /// Use this config instead of the nearest jdlint.toml
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Use no config
    #[arg(long, conflicts_with = "config")]
    pub(super) no_config: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// Where the terminal has it and nothing speaks against it (NO_COLOR)
    #[default]
    Auto,
    /// Also into files and pipes
    Always,
    /// Never
    Never,
}

impl From<ColorWhen> for anstream::ColorChoice {
    fn from(when: ColorWhen) -> anstream::ColorChoice {
        match when {
            ColorWhen::Auto => anstream::ColorChoice::Auto,
            ColorWhen::Always => anstream::ColorChoice::Always,
            ColorWhen::Never => anstream::ColorChoice::Never,
        }
    }
}

pub(super) fn jurisdictions() -> impl TypedValueParser<Value = Chosen> {
    let chosen = |code: String| Jurisdiction::ALL.into_iter().find(|j| j.code() == code).map_or(Chosen::Auto, Chosen::Named);
    PossibleValuesParser::new(Jurisdiction::ALL.map(Jurisdiction::code).into_iter().chain(["auto"])).map(chosen)
}

pub(super) fn severities() -> impl TypedValueParser<Value = Severity> {
    PossibleValuesParser::new(["error", "warning", "info"]).map(|name| match name.as_str() {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Info,
    })
}
