//! A linted file → parts of its article, for a page that shows the text and the findings in a way of its own.

use super::article::facts;
use super::page::Page;
use super::{coding, criteria, overview};
use crate::outline::Wordings;
use crate::report::{Checked, Summary};
use crate::rules::Severity;

/// Parts of an article; a part of which there is nothing to say is empty.
#[derive(Clone, Debug)]
pub struct Parts {
    /// What the document is, with its figures.
    pub facts: String,
    /// Who may read it as not for them.
    pub audiences: String,
    /// What it asks of the person, and whether the job needs it.
    pub criteria: String,
    /// Its coded words.
    pub coding: String,
}

/// The parts of a file's article.
pub fn parts(checked: &Checked, wordings: &Wordings) -> Parts {
    let page = Page::new(checked, wordings);
    let summary = Summary::of(checked.report, Severity::Info);
    Parts {
        facts: facts(checked).join(" · "),
        audiences: overview::audiences(&summary, checked.ruleset),
        criteria: criteria::section(&page),
        coding: coding::section(&page),
    }
}
