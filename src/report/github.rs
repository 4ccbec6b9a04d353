//! Workflow commands that GitHub Actions shows as annotations, beside the lines of a pull request and above a run's log.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step and drops the others without a word. So the gravest come
//! first, a notice at the end says how many there are, and those beyond the ten stand in the log, as lines that command nothing.

use super::concise;
use super::held::{Part, Piece, Places};
use super::place::{self, Columns, FileLines, slashed};
use super::terminal::{counted, found};
use super::{Begins, Checked, Failed, Summary, Writer, shown};
use crate::lint::Finding;
use crate::rules::Severity;
use crate::text::one_line;

/// Writes workflow commands.
#[derive(Clone, Copy, Debug)]
pub struct GitHub;

/// Annotations of one kind that GitHub shows for a step.
const SHOWN: usize = 10;

impl Writer for GitHub {
    fn begins(&self) -> Begins {
        Begins::WithTheSum
    }

    fn part(&self, checked: &Checked) -> Part {
        let lines = place::lines_of(checked);
        let piece =
            |f: &Finding| Piece { severity: f.severity, text: command(f, checked, lines.as_ref()), otherwise: concise::finding(f, checked, lines.as_ref()) };
        Part { pieces: checked.report.findings.iter().map(piece).collect(), ..Part::default() }
    }

    fn failed_part(&self, failed: &Failed) -> Part {
        let message = format!("could not be checked: {}", failed.message);
        let text = format!("::error file={},title=jdlint::{}", property(&slashed(failed.path)), data(&message));
        let otherwise = format!("{}: {}", shown(failed.path), shown(&message));
        Part { pieces: vec![Piece { severity: Severity::Error, text, otherwise }], ..Part::default() }
    }

    fn whole(&self, parts: &[Part], summary: &Summary) -> String {
        let mut pieces: Vec<&Piece> = parts.iter().flat_map(|p| &p.pieces).collect();
        pieces.sort_by_key(|p| std::cmp::Reverse(p.severity));
        let most = [Severity::Error, Severity::Warning, Severity::Info].map(|s| pieces.iter().filter(|p| p.severity == s).count());
        let all_shown = most.iter().all(|n| *n <= SHOWN);
        // The closing notice takes a notice's place.
        let mut places = Places { errors: SHOWN, warnings: SHOWN, infos: if all_shown { SHOWN } else { SHOWN - 1 } };
        let (shown, beyond): (Vec<&Piece>, Vec<&Piece>) = pieces.into_iter().partition(|p| places.take(p.severity));
        let commands: String = shown.iter().map(|p| format!("{}\n", p.text)).collect();
        if beyond.is_empty() { commands } else { commands + &rest(&beyond, summary) }
    }
}

/// Those beyond the ten, folded away in the log, and the notice that says so.
fn rest(beyond: &[&Piece], summary: &Summary) -> String {
    let more = format!("{} more", beyond.len());
    let lines: String = beyond.iter().map(|p| format!("{}\n", p.otherwise)).collect();
    let documents = counted(summary.files, "document");
    let found = found(summary.errors, summary.warnings, summary.infos);
    let notice = format!("{documents}: {found}. GitHub shows ten of a kind for each step; {more} are in its log.");
    format!("::group::{more}\n{lines}::endgroup::\n::notice title=jdlint::{}\n", data(&notice))
}

fn command(finding: &Finding, checked: &Checked, lines: Option<&FileLines>) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = match place::region(finding.span, checked, lines, Columns::Characters) {
        None => String::new(),
        // GitHub takes columns only within one line.
        Some(r) if r.start.line == r.end.line => format!(",line={},endLine={},col={},endColumn={}", r.start.line, r.end.line, r.start.column, r.end.column),
        Some(r) => format!(",line={},endLine={}", r.start.line, r.end.line),
    };
    let message = place::message(&finding.message, finding.span, checked);
    let told: Vec<String> = std::iter::once(&message).chain(finding.fixes.iter().map(|f| &f.title)).map(|line| data(&one_line(line))).collect();
    let (file, title) = (property(&slashed(checked.path)), property(finding.rule.as_str()));
    format!("::{name} file={file}{place},title={title}::{}", told.join("%0A"))
}

/// What a command says, as GitHub's runner takes it apart: there is no way out of the line.
fn data(text: &str) -> String {
    shown(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
