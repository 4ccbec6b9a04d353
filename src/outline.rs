//! Document → [`Outline`]: what kind of document it is, in which language each block stands, its sections and statements,
//! how binding each statement is and why, the role, and the duties with their activities.
//!
//! Wordings of headings, openers and binding words are data (`rules/outline.toml`), as are roles (`rules/roles.toml`) and
//! activities (`rules/activities.toml`). Knows nothing of rules or file formats.

mod headings;
mod kind;
mod labels;
mod language;
mod reading;
mod routes;
mod sections;
mod sentences;
mod statements;
mod tables;
mod title;
mod wordings;

use serde::{Deserialize, Serialize};

pub use wordings::{Binding, Kind, Mistake, Mistakes, SectionKind, Seniority, Wordings};

use crate::document::Document;
use crate::text::{Folded, Span, within};
use reading::{Reading, Words};

impl Wordings {
    /// The wordings that jdlint comes with, compiled when it was built.
    ///
    /// # Panics
    /// Never: `build.rs` wrote what is read here with the same code.
    pub fn embedded() -> Wordings {
        postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/wordings.bin"))).expect("build.rs wrote it")
    }
}

impl Outline {
    /// The outline of a document without text.
    pub(crate) fn empty() -> Outline {
        Outline {
            kind: Kind::Other,
            title: None,
            roles: Vec::new(),
            seniority: Seniority::Middle,
            sections: Vec::new(),
            statements: Vec::new(),
            duties: Vec::new(),
            words: CriterionWords::default(),
            notices: Vec::new(),
            foreign: Vec::new(),
            folded: Folded::default(),
        }
    }
}

/// Reads a document's outline.
pub fn outline(document: &Document, wordings: &Wordings) -> Outline {
    outline_in(document, Folded::new(document.text().as_str()), wordings)
}

/// Reads a document's outline; `folded` is the matching view of its text.
pub(crate) fn outline_in(document: &Document, folded: Folded, wordings: &Wordings) -> Outline {
    let reading = Reading { document, folded: &folded, wordings };
    let words = Words::find(&reading);
    let cells = tables::cell_roles(&reading);
    let headings = headings::headings(&reading, &cells);
    let layout = sections::lay_out(&reading, &headings, &cells);
    let (languages, foreign) = language::languages(&reading, &headings);
    let mut statements = statements::statements(&reading, &words, &layout.pieces, &languages);
    routes::find(&reading, &words, &mut statements);
    let title = title::title(&reading, &headings, &words);
    if let Some(span) = title.as_ref().and_then(|t| t.span) {
        // “Support Worker” begins like a duty.
        let in_title = statements.iter_mut().filter(|s| span.contains(s.span) && s.role == StatementRole::Duty);
        in_title.for_each(|s| s.role = StatementRole::Text);
    }
    let says = title.as_ref().map(|t| title::says(&reading, t, &words));
    let (mut roles, seniority) = says.map_or_else(Default::default, |s| (s.roles, s.seniority));
    title::by_regulator(&reading, &words, &statements, &mut roles);
    let duties = duties(&words, &statements);
    let kind = kind::kind(&reading, &words, &layout.sections, &statements);
    let notices = language::notice(&languages, &foreign).into_iter().collect();
    let words = CriterionWords { behaviour: words.behaviour, levels: words.levels, assessment: words.assessment };
    Outline { kind, title, roles, seniority, sections: layout.sections, statements, duties, words, notices, foreign, folded }
}

/// The statements that say what the person will do, with the activities in them.
fn duties(words: &Words, statements: &[Statement]) -> Vec<Duty> {
    let mut duties = Vec::new();
    for (n, statement) in statements.iter().enumerate() {
        if statement.role != StatementRole::Duty || statement.language == Language::Other {
            continue;
        }
        let mut activities = Vec::new();
        for (place, activity) in within(&words.activities, statement.span, |(s, _)| *s) {
            let is_trap = within(&words.traps, statement.span, |(s, _)| *s).any(|(trap, of)| of == activity && trap.overlaps(*place));
            if !is_trap && !activities.contains(activity) {
                activities.push(*activity);
            }
        }
        duties.push(Duty { statement: crate::text::offset(n), activities });
    }
    duties
}

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
    /// Words that tell criteria apart.
    pub words: CriterionWords,
    /// Notices for the reader: a half in another language left alone, say.
    pub notices: Vec<String>,
    /// Blocks whose own words tell another language than English, in order, and its name: “welsh”.
    pub foreign: Vec<(u32, String)>,
    /// The matching view of the document's text.
    pub folded: Folded,
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
    /// The list of which it is one way in among others.
    pub route: Option<Route>,
    /// Words that ask it of some people, or of some posts, only: “if you drive”.
    pub condition: Option<Span>,
}

/// One way in among others: “one or more of:” over a list, or “or” between two of its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Statements of one group are ways in to the same.
    pub group: u32,
    /// The words that say so.
    pub words: Span,
}

/// Words of criteria that say more of them than how binding they are, each by place.
#[derive(Clone, Debug, Default)]
pub struct CriterionWords {
    /// Attitudes and manners.
    pub behaviour: Vec<Span>,
    /// Qualifications that stand over one another; 1 is the lowest.
    pub levels: Vec<(Span, u8)>,
    /// What heads how criteria are assessed.
    pub assessment: Vec<Span>,
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
