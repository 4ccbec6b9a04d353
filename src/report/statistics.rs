//! A run's findings → figures that leaders can lay side by side from quarter to quarter: in all, by rule, by audience, by
//! folder, by file. As tables, and as JSON that `jdlint compare` reads again.
//!
//! All findings count, those too quiet to be shown and those that a baseline knows, too.

mod change;
mod tables;

pub use change::{compare_json, compare_markdown, compare_text};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::json::to_line;
use super::{Look, Summary, Writer};
use crate::criteria::Verdict;
use crate::lint::Report;
use crate::outline::{Binding, Kind};
use crate::rules::{RuleId, Ruleset, Severity};

/// The figures of a run, gathered file by file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Whose folders are told apart; none: those next below the folder that all files lie in.
    by: Option<String>,
    files: Vec<FileFigures>,
    rules: BTreeMap<RuleId, RuleFigures>,
    audiences: BTreeMap<String, AudienceFigures>,
}

/// What is told of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The version that counted: between two of them the rules differ.
    pub jdlint: String,
    /// Over all files.
    #[serde(flatten)]
    pub figures: Figures,
    /// By rule, in the order of their ids.
    pub rules: Vec<RuleFigures>,
    /// By audience, in the order of their ids.
    pub audiences: Vec<AudienceFigures>,
    /// By folder.
    pub folders: Vec<FolderFigures>,
    /// By file.
    pub files: Vec<FileFigures>,
}

/// Counts over some documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Documents that were checked.
    pub documents: usize,
    /// Those with neither an error nor a warning.
    pub without_warnings: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub infos: usize,
    /// Findings that somebody accepted.
    pub accepted: usize,
    /// Words.
    pub words: usize,
    /// Criteria that a person must meet.
    pub mandatory: usize,
    /// … that are expected.
    pub expected: usize,
    /// … that are preferred.
    pub preferred: usize,
    /// Criteria that keep people out and that nothing in the document needs.
    pub not_shown: usize,
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleFigures {
    /// Its id.
    pub rule: String,
    /// Its name.
    pub name: String,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub infos: usize,
    /// Documents with one of them.
    pub documents: usize,
}

/// What an audience may read as “not for me”.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudienceFigures {
    /// Its id.
    pub audience: String,
    /// Its name.
    pub name: String,
    /// Findings.
    pub findings: usize,
    /// Documents with one of them.
    pub documents: usize,
}

/// What lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderFigures {
    /// Its path; `.` for files that lie in none.
    pub folder: String,
    /// What is in it.
    #[serde(flatten)]
    pub figures: Figures,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFigures {
    /// Its path.
    pub path: String,
    /// What kind of document it is.
    pub kind: Kind,
    /// What is in it.
    #[serde(flatten)]
    pub figures: Figures,
}

impl Figures {
    /// All findings.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    fn of(report: &Report) -> Figures {
        let binding = |b| report.criteria.iter().filter(|c| c.binding == b).count();
        let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
        Figures {
            documents: 1,
            without_warnings: usize::from(errors + warnings == 0),
            errors,
            warnings,
            infos: report.count(Severity::Info),
            accepted: report.suppressed,
            words: report.scores.words,
            mandatory: binding(Binding::Mandatory),
            expected: binding(Binding::Expected),
            preferred: binding(Binding::Preferred),
            not_shown: report.criteria.iter().filter(|c| c.verdict == Verdict::NotShown).count(),
        }
    }

    fn add(&mut self, other: &Figures) {
        self.documents += other.documents;
        self.without_warnings += other.without_warnings;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.accepted += other.accepted;
        self.words += other.words;
        self.mandatory += other.mandatory;
        self.expected += other.expected;
        self.preferred += other.preferred;
        self.not_shown += other.not_shown;
    }
}

impl RuleFigures {
    /// All findings of the rule.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

impl Statistics {
    /// The figures of one file. `by` is the folder whose folders are told apart.
    pub fn of(path: &str, report: &Report, ruleset: &Ruleset, by: Option<&str>) -> Statistics {
        let path = super::place::slashed(path);
        let mut statistics = Statistics { by: by.map(str::to_owned), files: Vec::new(), rules: BTreeMap::new(), audiences: BTreeMap::new() };
        for finding in &report.findings {
            let rule = finding.rule.as_str();
            let name = || ruleset.rule(rule).map_or(rule, |r| r.name.as_str()).to_owned();
            let count = statistics.rules.entry(finding.rule.clone()).or_insert_with(|| RuleFigures {
                rule: rule.to_owned(),
                name: name(),
                errors: 0,
                warnings: 0,
                infos: 0,
                documents: 1,
            });
            match finding.severity {
                Severity::Error => count.errors += 1,
                Severity::Warning => count.warnings += 1,
                Severity::Info => count.infos += 1,
            }
            for audience in &finding.audiences {
                let name = || ruleset.catalogue().audience(audience).map_or(audience.as_str(), |a| a.name.as_str()).to_owned();
                let new = || AudienceFigures { audience: audience.clone(), name: name(), findings: 0, documents: 1 };
                statistics.audiences.entry(audience.clone()).or_insert_with(new).findings += 1;
            }
        }
        statistics.files.push(FileFigures { path, kind: report.kind, figures: Figures::of(report) });
        statistics
    }

    /// Adds those of more files, which come after these.
    pub fn add(&mut self, other: &Statistics) {
        self.by.clone_from(&other.by);
        self.files.extend(other.files.iter().cloned());
        for (id, rule) in &other.rules {
            let total = self.rules.entry(id.clone()).or_insert_with(|| RuleFigures { errors: 0, warnings: 0, infos: 0, documents: 0, ..rule.clone() });
            total.errors += rule.errors;
            total.warnings += rule.warnings;
            total.infos += rule.infos;
            total.documents += rule.documents;
        }
        for (id, audience) in &other.audiences {
            let total = self.audiences.entry(id.clone()).or_insert_with(|| AudienceFigures { findings: 0, documents: 0, ..audience.clone() });
            total.findings += audience.findings;
            total.documents += audience.documents;
        }
    }

    /// The figures of the run.
    pub fn told(&self) -> Told {
        let mut figures = Figures::default();
        self.files.iter().for_each(|f| figures.add(&f.figures));
        Told {
            jdlint: env!("CARGO_PKG_VERSION").to_owned(),
            figures,
            rules: self.rules.values().cloned().collect(),
            audiences: self.audiences.values().cloned().collect(),
            folders: self.folders(),
            files: self.files.clone(),
        }
    }

    fn folders(&self) -> Vec<FolderFigures> {
        let above = self.by.clone().map_or_else(|| common_folder(&self.files), |by| components(&by));
        let mut folders: BTreeMap<String, Figures> = BTreeMap::new();
        for file in &self.files {
            folders.entry(folder_below(&above, &file.path)).or_default().add(&file.figures);
        }
        folders.into_iter().map(|(folder, figures)| FolderFigures { folder, figures }).collect()
    }
}

/// “./adverts/” → adverts.
fn components(path: &str) -> Vec<String> {
    super::place::slashed(path).split('/').filter(|c| !c.is_empty() && *c != ".").map(str::to_owned).collect()
}

/// The folder that all files lie in.
fn common_folder(files: &[FileFigures]) -> Vec<String> {
    let folders = files.iter().map(|f| {
        let mut folder = components(&f.path);
        folder.pop();
        folder
    });
    let common = folders.reduce(|a, b| a.into_iter().zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a).collect());
    common.unwrap_or_default()
}

/// The folder next below `above` that a file lies in; `.` where it lies in none.
fn folder_below(above: &[String], path: &str) -> String {
    let path = components(path);
    match path.strip_prefix(above) {
        Some([folder, _, ..]) => above.iter().chain([folder]).cloned().collect::<Vec<_>>().join("/"),
        _ => ".".to_owned(),
    }
}

/// Statistics that were written before.
///
/// # Errors
/// Where the text is JSON, but holds none that this jdlint can read: the reason in words. `None`: it is something else.
pub fn read(text: &str) -> Option<Result<Told, String>> {
    #[derive(Deserialize)]
    struct File {
        version: u32,
        statistics: serde_json::Value,
    }
    let file: File = serde_json::from_str(text).ok()?;
    Some(match file.version {
        1 => serde_json::from_value(file.statistics).map_err(|e| format!("its statistics cannot be read: {e}")),
        other => Err(format!("its statistics are of version {other}, which this jdlint does not know; use the jdlint that wrote them or a newer one")),
    })
}

/// Writes statistics alone, as JSON.
#[derive(Clone, Copy, Debug)]
pub struct StatisticsJson;

impl Writer for StatisticsJson {
    fn tail(&self, summary: &Summary) -> String {
        let none = Statistics::default();
        let told = summary.statistics.as_ref().unwrap_or(&none).told();
        format!("{{\"version\":1,\"statistics\":{}}}\n", to_line(&told))
    }
}

/// Writes statistics alone, for a terminal.
#[derive(Clone, Copy, Debug)]
pub struct StatisticsText {
    /// How it looks.
    pub look: Look,
}

impl Writer for StatisticsText {
    fn tail(&self, summary: &Summary) -> String {
        summary.statistics.as_ref().map_or(String::new(), |s| s.text(self.look))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_those_next_below_what_all_files_lie_in() {
        let file = |path: &str| FileFigures { path: path.to_owned(), kind: Kind::Advert, figures: Figures { documents: 1, ..Figures::default() } };
        let folders = |paths: &[&str], by: Option<&str>| {
            let statistics = Statistics { by: by.map(str::to_owned), files: paths.iter().map(|p| file(p)).collect(), ..Statistics::default() };
            statistics.folders().into_iter().map(|f| format!("{} {}", f.folder, f.figures.documents)).collect::<Vec<_>>()
        };
        assert_eq!(folders(&["jobs/care/a.md", "jobs/care/b.md", "jobs/it/2026/c.md", "jobs/d.md"], None), [". 1", "jobs/care 2", "jobs/it 1"]);
        assert_eq!(folders(&["jobs/care/north/a.md", "jobs/care/south/b.md", "x.md"], Some("./jobs/care/")), [". 1", "jobs/care/north 1", "jobs/care/south 1"]);
        assert_eq!(folders(&["a.md"], None), [". 1"]);
    }
}
