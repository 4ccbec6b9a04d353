//! `jdlint rules new`: questions and answers → a rule file that is right: it is compiled, and its examples are run, before
//! it is written.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::super::Outcome;
use super::super::output::{Output, complain};
use super::draft::Draft;
use crate::report::shown;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
It asks what the rule is to find, what to write instead, why, and for two sentences: one in which the
words are found, one in which they are not. Answers may also be piped in, a line each; an empty line
skips a question that may be skipped.")]
pub(in crate::cli) struct Args {
    /// The file to write, or its folder [default: the rule's id, here]
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
}

pub(in crate::cli) fn run(args: &Args) -> Outcome {
    match write(args) {
        Ok(path) => {
            let path = shown(&path.to_string_lossy());
            let next = format!("Wrote {path}; its examples hold. To lint by it, name it in your jdlint.toml:\n\n  rules = [\"{}\"]\n", path.replace('\\', "/"));
            Output::new(anstream::ColorChoice::Auto).write(&next).ends_in(Outcome::Clean)
        }
        Err(why) => {
            complain(&why);
            Outcome::Failed
        }
    }
}

fn write(args: &Args) -> Result<PathBuf, String> {
    if let Some(path) = args.path.as_ref().filter(|p| !p.is_dir()) {
        refuse_overwriting(path)?;
    }
    let draft = ask_all(&mut Asker::new())?;
    let own_name = format!("{}.toml", draft.id);
    let path = match &args.path {
        None => PathBuf::from(own_name),
        Some(folder) if folder.is_dir() => folder.join(own_name),
        Some(file) => file.clone(),
    };
    refuse_overwriting(&path)?;
    draft.check()?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let said = |error: &dyn std::fmt::Display| format!("{}: {error}", shown(&path.to_string_lossy()));
    std::fs::create_dir_all(folder).map_err(|e| said(&e))?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| said(&e))?;
    file.write_all(draft.toml().as_bytes()).map_err(|e| said(&e))?;
    file.persist_noclobber(&path).map_err(|e| said(&e.error))?;
    Ok(path)
}

fn refuse_overwriting(path: &Path) -> Result<(), String> {
    if path.exists() { Err(format!("{}: this file is there already, and is left as it is", shown(&path.to_string_lossy()))) } else { Ok(()) }
}

fn ask_all(asker: &mut Asker) -> Result<Draft, String> {
    let mut draft = Draft::default();
    draft.id = asker.ask("A name for scripts, in small letters, as in house.badge:", Draft::check_id)?;
    draft.name = asker.ask("A short title, as in “Badge wearing”:", |a| said(a, "the rule needs a title"))?;
    draft.words = asker.ask("What is it to find? Words or phrases, with commas between:", |a| draft.check_words(a))?;
    draft.instead = asker.ask("What should be written instead? (empty: no suggestion)", |a| Ok(Draft::list(a)))?;
    draft.why = asker.ask("Why? A sentence that whoever wrote the words will accept:", |a| said(a, "the rule needs a reason").map(|w| Draft::sentence(&w)))?;
    draft.source = asker
        .ask("Where does that come from? A guide, a policy, a study, with its address if it has one:", |a| said(a, "a rule without a source does not load"))?;
    draft.found = asker.ask("A sentence in which it must be found:", |a| draft.check_found(a))?;
    draft.left = asker.ask("A sentence with similar words that must be left alone:", |a| draft.check_left(a))?;
    Ok(draft)
}

fn said(answer: &str, why: &str) -> Result<String, String> {
    if answer.is_empty() { Err(why.to_owned()) } else { Ok(answer.to_owned()) }
}

/// Asks on a terminal until the answer is right; of piped answers, each has one try, for the next line answers the next
/// question.
struct Asker {
    answers: std::io::Lines<std::io::StdinLock<'static>>,
    is_terminal: bool,
}

impl Asker {
    fn new() -> Asker {
        let stdin = std::io::stdin();
        Asker { is_terminal: stdin.is_terminal(), answers: stdin.lock().lines() }
    }

    fn ask<T>(&mut self, question: &str, check: impl Fn(&str) -> Result<T, String>) -> Result<T, String> {
        loop {
            if self.is_terminal {
                // Where the error stream is closed, nobody reads the question.
                let _ = write!(std::io::stderr(), "{question}\n> ");
            }
            let answer = match self.answers.next() {
                Some(Ok(line)) => line,
                Some(Err(error)) => return Err(format!("the answer cannot be read: {error}")),
                None => return Err(format!("the answers ended before “{question}”, so nothing was written")),
            };
            match check(answer.trim()) {
                Ok(answer) => return Ok(answer),
                Err(why) if self.is_terminal => {
                    let _ = writeln!(std::io::stderr(), "{why}");
                }
                Err(why) => return Err(format!("“{}”: {why}; nothing was written", shown(answer.trim()))),
            }
        }
    }
}
