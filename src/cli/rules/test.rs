//! `jdlint rules test`: rule files → which of their examples do not hold, drawn where they stand.

use std::path::{Path, PathBuf};

use super::super::Outcome;
use super::super::options::ColorWhen;
use super::super::output::{Output, complain};
use super::super::setup::{SetupError, tell};
use crate::config::{self, Placed};
use crate::lint::{ExampleFault, check_examples_of};
use crate::report::terminal;
use crate::rules::{Mistake, Rule, Ruleset};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint rules test house/            all rule files of a folder
  jdlint rules test house/badge.toml  one file
  jdlint rules test                   the rules that jdlint comes with

Exit codes: 0 all examples hold, 1 some do not, 2 a file is no rule file.")]
pub(in crate::cli) struct Args {
    /// Rule files, or folders of them; none: the rules that jdlint comes with
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Whether to colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorWhen,
}

pub(in crate::cli) fn run(args: &Args) -> Outcome {
    let files = match files(&args.paths) {
        Ok(files) => files,
        Err(said) => {
            said.iter().for_each(|s| complain(s));
            return Outcome::Failed;
        }
    };
    test(&files, args.color.into()).unwrap_or_else(|error| {
        tell(error, args.color.into());
        Outcome::Failed
    })
}

/// The files at some paths; of those that cannot be had, all are told.
fn files(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Vec<String>> {
    let placed: Vec<Placed> = paths.iter().map(|p| Placed { path: p.to_string_lossy().into_owned(), at: 0..0 }).collect();
    let (mut files, mut wrong) = (Vec::new(), Vec::new());
    for path in &placed {
        let packs = config::packs("", Path::new(""), std::slice::from_ref(path), &config::read_text);
        wrong.extend(packs.mistakes.iter().map(|m| format!("{}: {}", path.path, m.what)));
        files.extend(packs.files);
    }
    files.sort();
    files.dedup();
    if wrong.is_empty() { Ok(files) } else { Err(wrong) }
}

fn test(files: &[(String, String)], color: anstream::ColorChoice) -> Result<Outcome, SetupError> {
    let made = || if files.is_empty() { Ok(Ruleset::embedded()) } else { Ruleset::embedded_with(files) };
    let ruleset = made().map_err(|mistakes| SetupError::Mistakes { mistakes, texts: files.to_vec() })?;
    let wanted = |file: &str| files.is_empty() || files.iter().any(|(name, _)| name == file);
    let faults = check_examples_of(|| made().unwrap_or_else(|_| Ruleset::embedded()), wanted);
    let embedded = Ruleset::embedded_files();
    let text = |name: &str| {
        let own = files.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str());
        own.or_else(|| embedded.iter().find(|(n, _)| *n == name).map(|(_, text)| *text))
    };
    let mut output = Output::new(color);
    let drawn = terminal::mistakes(&faults.iter().map(mistake).collect::<Vec<_>>(), text, output.look());
    let _ = output.write(&drawn);
    let written = output.write(&summary(&ruleset, &faults, wanted, if drawn.is_empty() { "" } else { "\n" }));
    Ok(written.ends_in(if faults.is_empty() { Outcome::Clean } else { Outcome::Found }))
}

fn mistake(fault: &ExampleFault) -> Mistake {
    Mistake {
        file: fault.file.clone(),
        at: fault.at.0 as usize..fault.at.1 as usize,
        what: format!("{}: {}", fault.rule, fault.what),
        help: fault.help.clone(),
    }
}

/// “5 examples of 2 rules: all hold.”, and what is not tested.
fn summary(ruleset: &Ruleset, faults: &[ExampleFault], wanted: impl Fn(&str) -> bool, before: &str) -> String {
    let tested: Vec<(&Rule, usize)> = ruleset
        .rules()
        .into_iter()
        .map(|r| (r, ruleset.examples(r).iter().filter(|e| wanted(e.file(r))).count()))
        .filter(|(r, n)| *n > 0 || wanted(&r.file))
        .collect();
    let n_examples: usize = tested.iter().map(|(_, n)| n).sum();
    let mut out = String::from(before);
    for (rule, _) in tested.iter().filter(|(_, n)| *n == 0) {
        out.push_str(&format!("{} has no [[example]], so nothing of it was tested.\n", rule.id));
    }
    let outcome = match faults.len() {
        0 => "all hold".to_owned(),
        1 => "1 does not hold".to_owned(),
        n => format!("{n} do not hold"),
    };
    out.push_str(&format!("{} of {}: {outcome}.\n", terminal::counted(n_examples, "example"), terminal::counted(tested.len(), "rule")));
    out
}
