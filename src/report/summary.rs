//! What a run came to, counted file by file.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Statistics;
use crate::lint::Report;
use crate::rules::{RuleId, Severity};

/// Counts over all files of a run. All findings count, those too quiet to be shown, too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files that were linted.
    pub files: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// … warnings.
    pub warnings: usize,
    /// … notes.
    pub infos: usize,
    /// Findings that somebody accepted.
    pub suppressed: usize,
    /// Findings of the baseline that are still there; `None` where there is no baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<usize>,
    /// Findings that were not asked for.
    pub hidden: usize,
    /// Files of a folder that are no advert, job description or person specification.
    pub left_alone: usize,
    /// Files that could not be linted.
    pub failed: usize,
    /// How many findings each audience may read as “not for me”, by the audience's id.
    pub audiences: BTreeMap<String, usize>,
    /// What each rule found, by its id.
    #[serde(skip)]
    pub rules: BTreeMap<RuleId, RuleCount>,
    /// More figures, where they were asked for.
    #[serde(skip)]
    pub statistics: Option<Statistics>,
}

/// What one rule found in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleCount {
    /// How often.
    pub findings: usize,
    /// In how many files.
    pub files: usize,
    /// The gravest of its findings.
    pub worst: Severity,
}

impl Summary {
    /// The summary of one linted file of which findings below a severity are not shown.
    pub fn of(report: &Report, shown_from: Severity) -> Summary {
        let mut audiences = BTreeMap::new();
        for audience in report.findings.iter().flat_map(|f| &f.audiences) {
            *audiences.entry(audience.clone()).or_insert(0) += 1;
        }
        let mut rules: BTreeMap<RuleId, RuleCount> = BTreeMap::new();
        for finding in &report.findings {
            let one = RuleCount { findings: 0, files: 1, worst: finding.severity };
            let count = rules.entry(finding.rule.clone()).or_insert(one);
            count.findings += 1;
            count.worst = count.worst.max(finding.severity);
        }
        Summary {
            files: 1,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            infos: report.count(Severity::Info),
            suppressed: report.suppressed,
            known: None,
            hidden: report.findings.iter().filter(|f| f.severity < shown_from).count(),
            left_alone: 0,
            failed: 0,
            audiences,
            rules,
            statistics: None,
        }
    }

    /// The summary of one file that could not be linted.
    pub fn of_failed() -> Summary {
        Summary { failed: 1, ..Summary::default() }
    }

    /// Adds another.
    pub fn add(&mut self, other: &Summary) {
        if let Some(own) = &other.statistics {
            self.statistics.get_or_insert_default().add(own);
        }
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.suppressed += other.suppressed;
        self.known = self.known.zip(other.known).map(|(a, b)| a + b).or(self.known).or(other.known);
        self.hidden += other.hidden;
        self.left_alone += other.left_alone;
        self.failed += other.failed;
        for (audience, count) in &other.audiences {
            *self.audiences.entry(audience.clone()).or_insert(0) += count;
        }
        for (rule, count) in &other.rules {
            let total = self.rules.entry(rule.clone()).or_insert(RuleCount { findings: 0, files: 0, worst: count.worst });
            total.findings += count.findings;
            total.files += count.files;
            total.worst = total.worst.max(count.worst);
        }
    }

    /// Whether there is a finding of this severity or above.
    pub fn reaches(&self, severity: Severity) -> bool {
        match severity {
            Severity::Info => self.errors + self.warnings + self.infos > 0,
            Severity::Warning => self.errors + self.warnings > 0,
            Severity::Error => self.errors > 0,
        }
    }
}
