//! The plain kinds that wordings and outline share.

use serde::{Deserialize, Serialize};

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// What the person must have.
    Essential,
    /// What would be welcome.
    Desirable,
    /// What the person will do.
    Responsibilities,
    /// About the organisation or team.
    About,
    /// What is offered.
    Benefits,
    /// How to apply.
    Apply,
    /// Equality statement, adjustments, safeguarding.
    Equality,
    /// Pay, hours, place, contract.
    Conditions,
    /// Anything else, and text before the first heading.
    Other,
}

impl SectionKind {
    /// Whether it speaks of what the person must or should have.
    pub fn asks_of_person(self) -> bool {
        matches!(self, SectionKind::Essential | SectionKind::Desirable)
    }
}

/// How binding a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// Who lacks it need not apply.
    Mandatory,
    /// “Should have”, “the ideal candidate will have”: binding in effect.
    Expected,
    /// Desirable.
    Preferred,
    /// It asks nothing.
    Neutral,
}

/// How senior a post is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seniority {
    /// Apprentice, trainee, intern, entry level.
    Entry,
    /// Nothing tells otherwise.
    #[default]
    Middle,
    /// Senior, lead, principal, head, manager of managers, director, chief.
    Senior,
}

/// Kinds of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An advert: it says how to apply, what is offered, who the employer is.
    Advert,
    /// A lone person specification.
    PersonSpecification,
    /// A job description: duties, no invitation to apply.
    JobDescription,
    /// None of these: a README, code, a letter.
    Other,
}
