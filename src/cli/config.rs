//! `jdlint config`: a file → what holds for it, each value with who says it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::Outcome;
use super::options::{Configured, Selection, severities};
use super::output::Output;
use super::setup::{Setup, SetupError, Setups, absolute, ended};
use crate::config::{self, Layer, NAME, Origin, Source};
use crate::lint::Chosen;
use crate::report::shown;
use crate::rules::{Jurisdiction, Severity};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint config adverts/nurse.docx      what holds for this file, and which line of which file says so
  jdlint config --format json           for scripts; without a file: what holds in this folder

The strongest first: command line, editor, [[override]], jdlint.toml, what it extends, defaults.")]
pub(super) struct Args {
    /// The file, whether or not it is there; a folder [default: here]
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    #[command(flatten)]
    selection: Selection,
    /// Severity from which findings make the exit code 1 [default: warning]
    #[arg(long, value_parser = severities(), value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    #[command(flatten)]
    configured: Configured,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line each
    Terminal,
    /// For scripts
    Json,
}

/// A value, and who says it.
struct Row {
    key: &'static str,
    value: String,
    from: From,
}

/// Who says a value.
enum From {
    Default,
    CommandLine,
    Config {
        name: String,
        line: usize,
        /// Of an override: which files it is for.
        files: Vec<String>,
    },
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(show(args), anstream::ColorChoice::Auto)
}

fn show(args: &Args) -> Result<Outcome, SetupError> {
    let mut setups = Setups::new(&args.configured, args.selection.overrides(args.fail_on));
    let path = absolute(args.path.as_deref().unwrap_or(Path::new("")));
    let number = if path.is_dir() { setups.of_folder(&path)? } else { setups.of_file(&path)? };
    let setup = &setups.all()[number];
    let config = &setups.configs()[setup.config];
    let rows = rows(setup, config);
    let written = match args.format {
        Format::Terminal => Output::new(anstream::ColorChoice::Auto).write(&text(config, &rows)),
        Format::Json => Output::for_programs().write(&format!("{}\n", json(args, config, &rows))),
    };
    Ok(written.ends_in(Outcome::Clean))
}

fn rows(setup: &Setup, config: &config::Setup) -> Vec<Row> {
    let effective = &setup.effective;
    let jurisdiction = match effective.jurisdiction.0 {
        Chosen::Auto => "auto",
        Chosen::Named(jurisdiction) => Jurisdiction::code(jurisdiction),
    };
    let row = |key, value: &str, origin: &Origin| Row { key, value: value.to_owned(), from: from(config, origin) };
    let mut rows = vec![row("jurisdiction", jurisdiction, &effective.jurisdiction.1), row("fail-on", severity(effective.fail_on.0), &effective.fail_on.1)];
    if effective.select.is_empty() {
        rows.push(row("select", "all rules", &Origin { source: Source::Default, at: 0..0 }));
    }
    rows.extend(effective.select.iter().map(|(name, origin)| row("select", name, origin)));
    rows.extend(effective.ignore.iter().map(|(name, origin)| row("ignore", name, origin)));
    rows.extend(effective.severities.iter().map(|((name, to), origin)| row("severity", &format!("{name} = {}", severity(*to)), origin)));
    for (n, layer) in config.layers.all().iter().enumerate() {
        let of_layer = |at: &std::ops::Range<usize>| Origin { source: Source::Config(n), at: at.clone() };
        let placed = [("include", &layer.config.include), ("exclude", &layer.config.exclude), ("rules", &layer.config.rules)];
        rows.extend(placed.into_iter().flat_map(|(key, all)| all.iter().map(move |p| (key, p))).map(|(key, p)| row(key, &p.path, &of_layer(&p.at))));
        let counts = |allowed: &crate::config::Allowed| setup.linter.settings().allow.iter().any(|a| a.fingerprint == allowed.fingerprint);
        let allowed = layer.config.allow.iter().filter(|a| counts(a));
        rows.extend(allowed.map(|a| row("allow", &format!("{}: {}", a.fingerprint, a.reason), &of_layer(&a.at))));
    }
    // Of several `include`, the strongest counts.
    let last = rows.iter().rev().find(|r| r.key == "include").map(|r| r.from.config().to_owned());
    rows.retain(|r| r.key != "include" || Some(r.from.config()) == last.as_deref());
    rows.sort_by_key(|r| ["jurisdiction", "fail-on", "select", "ignore", "severity", "include", "exclude", "rules", "allow"].iter().position(|k| *k == r.key));
    rows
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn from(config: &config::Setup, origin: &Origin) -> From {
    let of = |layer: &Layer, files: Vec<String>| From::Config { name: layer.name.clone(), line: layer.line(origin.at.start), files };
    let layers = config.layers.all();
    match origin.source {
        Source::Default => From::Default,
        Source::Outside => From::CommandLine,
        Source::Config(n) => of(&layers[n], Vec::new()),
        Source::Override(n, number) => of(&layers[n], layers[n].config.overrides[number].files.iter().map(|f| f.path.clone()).collect()),
    }
}

impl From {
    /// The config's name; empty where it is none.
    fn config(&self) -> &str {
        match self {
            From::Config { name, .. } => name,
            From::Default | From::CommandLine => "",
        }
    }

    fn words(&self) -> String {
        match self {
            From::Default => "default".to_owned(),
            From::CommandLine => "command line".to_owned(),
            From::Config { name, line, files } if files.is_empty() => format!("{name}:{line}"),
            From::Config { name, line, files } => format!("{name}:{line}, for {}", files.join(", ")),
        }
    }

    fn json(&self) -> Value {
        match self {
            From::Default => json!("default"),
            From::CommandLine => json!("command line"),
            From::Config { name, line, files } if files.is_empty() => json!({ "config": name, "line": line }),
            From::Config { name, line, files } => json!({ "config": name, "line": line, "files": files }),
        }
    }
}

fn text(config: &config::Setup, rows: &[Row]) -> String {
    let names: Vec<&str> = config.layers.all().iter().rev().map(|l| l.name.as_str()).collect();
    let head = match names.split_first() {
        None => format!("No {NAME} speaks for this; `jdlint init` writes one.\n\n"),
        Some((only, [])) => format!("{only} speaks for this.\n\n"),
        Some((own, extended)) => format!("{own} speaks for this, and extends {}.\n\n", extended.join(", ")),
    };
    let width = |of: fn(&Row) -> &str| rows.iter().map(|r| shown(of(r)).chars().count()).max().unwrap_or(0);
    let (keys, values) = (width(|r| r.key), width(|r| &r.value).min(48));
    let line = |r: &Row| format!("{:keys$}  {:values$}  {}\n", r.key, shown(&r.value), shown(&r.from.words()));
    shown(head.trim_end()) + "\n\n" + &rows.iter().map(line).collect::<String>()
}

fn json(args: &Args, config: &config::Setup, rows: &[Row]) -> Value {
    let configs: Vec<&str> = config.layers.all().iter().rev().map(|l| l.name.as_str()).collect();
    let settings: Vec<Value> = rows.iter().map(|r| json!({ "key": r.key, "value": r.value, "from": r.from.json() })).collect();
    json!({ "version": 1, "path": args.path.as_deref().map(|p| p.to_string_lossy()), "configs": configs, "settings": settings })
}
