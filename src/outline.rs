//! Document → [`Outline`]: what kind of document it is, in which language each block stands, its sections and statements,
//! how binding each statement is and why, the role, and the duties with their activities.
//!
//! Wordings of headings, openers and binding words are data (`rules/outline.toml`), as are roles (`rules/roles.toml`) and
//! activities (`rules/activities.toml`). Knows nothing of rules or file formats.

use serde::{Deserialize, Serialize};

use crate::text::{Folded, Span};

/// A document as it was understood.
#[derive(Clone, Debug)]
pub struct Outline {
    /// What kind of document it is.
    pub kind: Kind,
    /// The title of the post, as written, and where; `None` where none could be told.
    pub title: Option<Title>,
    /// What the post is, by its title and by regulators named in the criteria; roles of `rules/roles.toml`.
    pub roles: Vec<RoleMatch>,
    /// How senior the post is, where the title or the pay tells.
    pub seniority: Seniority,
    /// Sections in order; they do not overlap, save that a table's columns (sections, too) lie within the section around.
    pub sections: Vec<Section>,
    /// The units in which context counts, in order: a list item, the part of a table cell, a sentence.
    pub statements: Vec<Statement>,
    /// What the person will do: those statements that say so, with the activities found in them.
    pub duties: Vec<Duty>,
    /// Notices for the reader: a half in another language left alone, say.
    pub notices: Vec<String>,
    /// The matching view of the document's text.
    pub folded: Folded,
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

/// The title of the post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// As written.
    pub text: String,
    /// Where in the document's text; `None` where it is known from data beside the text only.
    pub span: Option<Span>,
}

/// A role that the document was found to describe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleMatch {
    /// Its id in `rules/roles.toml`.
    pub role: u16,
    /// What shows it: the title, or a regulator's name in a criterion.
    pub span: Option<Span>,
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

/// A part of the document under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is about.
    pub kind: SectionKind,
    /// Its heading or column header, or the opener in prose that began it.
    pub heading: Option<Span>,
    /// All of it, the heading included.
    pub span: Span,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its words.
    pub span: Span,
    /// The block that holds it: an index into the document's blocks.
    pub block: u32,
    /// The section it stands in (for a table cell, its column's): an index into [`Outline::sections`].
    pub section: Option<u32>,
    /// How binding it is.
    pub binding: Binding,
    /// What makes it so.
    pub because: Because,
    /// Its language.
    pub language: Language,
    /// Whether it is a heading, criterion, duty or other text.
    pub role: StatementRole,
}

/// What a statement does in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementRole {
    /// A heading or a table's header cell.
    Heading,
    /// It asks something of the person.
    Criterion,
    /// It says what the person will do.
    Duty,
    /// Anything else.
    Text,
    /// It says that something is *not* asked (“no degree required”): praise, never a finding of a prerequisite.
    Waiver,
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

/// Why a statement binds as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// The heading of its section.
    Section(Span),
    /// The header of its table column, or a mark in another cell of its row.
    Column(Span),
    /// Words of its own, or of the line that leads its list in.
    OwnWords(Span),
    /// Nothing speaks of binding.
    Nothing,
}

impl Because {
    /// The place that decided.
    pub fn span(self) -> Option<Span> {
        match self {
            Because::Section(span) | Because::Column(span) | Because::OwnWords(span) => Some(span),
            Because::Nothing => None,
        }
    }
}

/// The language of a block. Rules speak English; the others are told apart so that they can be left alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English, or too short to tell with no neighbour in another language.
    #[default]
    English,
    /// Any other.
    Other,
}

/// A statement that says what the person will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// An index into [`Outline::statements`].
    pub statement: u32,
    /// Activities of `rules/activities.toml` found in it, in order, each once.
    pub activities: Vec<u16>,
}
