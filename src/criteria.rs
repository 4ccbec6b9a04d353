//! Outline and judgements → [`Criterion`]s: what each thing is that a person must or should have, how binding, what other
//! way in there is, what bears it out, and the verdict. Knows nothing of formats or screens.

use serde::{Deserialize, Serialize};

use crate::outline::{Because, Binding, SectionKind};
use crate::text::Span;

/// One thing asked of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its words.
    pub span: Span,
    /// What it is about: a type of the `prerequisite` rules, or `skill`.
    pub subject: String,
    /// How binding it is.
    pub binding: Binding,
    /// What makes it so.
    pub because: Because,
    /// The kind of section it stands in.
    pub section: SectionKind,
    /// Whether the job needs it.
    pub verdict: Verdict,
}

/// Whether a criterion is needed, as far as the document shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The law, or the nature of the role, requires it.
    Required,
    /// A duty bears it out.
    BorneOut,
    /// Another way in is offered.
    Open,
    /// It keeps people out and nothing in the document needs it.
    NotShown,
    /// It is not binding.
    NotBinding,
    /// A skill, knowledge or attitude that no rule questions.
    Unquestioned,
}
