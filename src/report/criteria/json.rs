//! Criteria as JSON: those of the outline's contract, with the reason in words, and their number by verdict.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rows;
use crate::criteria::Verdict;
use crate::document::Format;
use crate::outline::{Binding, Kind, Wordings};
use crate::report::json::{Error, to_line};
use crate::report::outline_json::{JsonCriterion, criterion};
use crate::report::{Checked, Failed, Summary, Writer};

/// Writes criteria as JSON.
#[derive(Clone, Copy, Debug)]
pub struct CriteriaJson<'w> {
    /// Names roles and activities.
    pub wordings: &'w Wordings,
}

#[derive(Default, Serialize)]
struct File<'a> {
    path: &'a str,
    format: Option<Format>,
    kind: Option<Kind>,
    title: Option<&'a str>,
    role: Option<&'a str>,
    criteria: Vec<Told<'a>>,
    counts: Counts,
    error: Option<Error<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    criterion: JsonCriterion<'a>,
    why: String,
}

#[derive(Default, Serialize)]
struct Counts {
    mandatory: usize,
    expected: usize,
    preferred: usize,
    verdicts: BTreeMap<Verdict, usize>,
}

impl Writer for CriteriaJson<'_> {
    fn head(&self) -> String {
        "{\"version\":1,\"files\":[\n".to_owned()
    }

    fn checked(&self, checked: &Checked) -> String {
        let outline = &checked.report.outline;
        let criteria = &checked.report.criteria;
        let binding = |b: Binding| criteria.iter().filter(|c| c.binding == b).count();
        let mut verdicts = BTreeMap::new();
        criteria.iter().for_each(|c| *verdicts.entry(c.verdict).or_insert(0) += 1);
        let told = criteria.iter().zip(rows(checked, self.wordings));
        to_line(&File {
            path: checked.path,
            format: Some(checked.document.format()),
            kind: Some(outline.kind),
            title: outline.title.as_ref().map(|t| t.text.as_str()),
            role: outline.roles.first().map(|r| self.wordings.role_name(r.role)),
            criteria: told.map(|(c, row)| Told { criterion: criterion(c, checked.document, self.wordings), why: row.why }).collect(),
            counts: Counts { mandatory: binding(Binding::Mandatory), expected: binding(Binding::Expected), preferred: binding(Binding::Preferred), verdicts },
            error: None,
        })
    }

    fn failed(&self, failed: &Failed) -> String {
        to_line(&File { path: failed.path, format: failed.format, error: Some(Error { message: failed.message }), ..File::default() })
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn tail(&self, _: &Summary) -> String {
        "\n]}\n".to_owned()
    }
}
