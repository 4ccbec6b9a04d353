//! How a document was understood, for an editor's status line: `jdlint/status`, which the setting `status` turns on.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::Uri;
use tower_lsp::ls_types::notification::Notification;

use super::owner::View;
use crate::report::conditions;
use crate::rules::Severity;
use crate::session::Outcome;

/// What an editor may show of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status {
    uri: Uri,
    version: i32,
    /// “an advert”; null where it is left alone.
    kind: Option<String>,
    /// Why it is left alone, or cannot be read.
    left_alone: Option<String>,
    errors: usize,
    warnings: usize,
    infos: usize,
    /// Code of the jurisdiction.
    jurisdiction: Option<String>,
    /// The gender coding: “masculine-coded”.
    coding: Option<String>,
    mandatory_criteria: usize,
    notices: Vec<String>,
}

impl Notification for Status {
    type Params = Status;
    const METHOD: &'static str = "jdlint/status";
}

impl Status {
    pub(super) fn of(view: &View) -> Status {
        let left_alone = match &view.current.outcome {
            Outcome::LeftAlone(why) => Some(why.words().to_owned()),
            Outcome::Unreadable(error) => Some(error.to_string()),
            Outcome::Checked(_) => None,
        };
        let report = view.checked().map(|c| &c.report);
        let count = |severity: Severity| report.map_or(0, |r| r.count(severity));
        Status {
            uri: view.uri.clone(),
            version: view.current.version,
            kind: report.map(|r| conditions::kind(r.kind).to_owned()),
            left_alone,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            jurisdiction: report.map(|r| r.jurisdiction.code().to_owned()),
            coding: report.and_then(|r| r.scores.gender.as_ref()).map(|g| g.verdict.to_owned()),
            mandatory_criteria: report.map_or(0, |r| r.scores.mandatory_criteria),
            notices: report.map(|r| r.notices.clone()).unwrap_or_default(),
        }
    }
}
