//! `rules/outline.toml`, `rules/roles.toml` and `rules/activities.toml` → [`Wordings`]: matchers, and what each of their
//! phrases means.
//!
//! `build.rs` compiles them into the binary with this same code, so that it knows only `text` and `phrase`.

use serde::{Deserialize, Serialize};

use crate::phrase::Matcher;

#[path = "wordings/compile.rs"]
mod compile;
#[path = "wordings/files.rs"]
mod files;
#[path = "wordings/kinds.rs"]
mod kinds;
#[path = "wordings/languages.rs"]
mod languages;

pub use compile::{Mistake, Mistakes};
pub use kinds::{Binding, Kind, SectionKind, Seniority};
pub use languages::FunctionWords;

/// How adverts speak of their own parts, which roles there are and which activities, compiled.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Wordings {
    /// Headings, openers, column headers.
    pub(crate) headings: Matcher,
    pub(crate) heading_means: Vec<HeadingMeans>,
    /// Cues, activities, regulators: what is looked for everywhere in the text.
    pub(crate) words: Matcher,
    pub(crate) word_means: Vec<WordMeans>,
    /// Roles' titles and what stands beside them.
    pub(crate) titles: Matcher,
    pub(crate) title_means: Vec<TitleMeans>,
    pub(crate) marks: Marks,
    pub(crate) languages: FunctionWords,
    roles: Vec<Role>,
    groups: Vec<Group>,
    activities: Vec<Activity>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Role {
    pub(crate) id: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Group {
    name: String,
    roles: Vec<u16>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Activity {
    id: String,
    name: String,
}

/// What a phrase in a heading means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HeadingMeans {
    pub(crate) what: Head,
    pub(crate) reach: Reach,
}

/// How much of a heading a phrase must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Reach {
    /// All or most of it.
    Whole,
    /// Its beginning: “about …”.
    Start,
    /// Any part of it.
    Within,
    /// The end of a sentence that leads a list in.
    Opener,
}

/// What a heading, or a column's header, announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Head {
    Section(Announced),
    Column(Column),
    /// “Job title”.
    TitleLabel,
    /// “Job description”: what stands before the title in a document's heading.
    Document,
    /// “English”.
    English,
    /// “Cymraeg”.
    OtherLanguage,
    /// Written alike in several languages.
    Cognate,
}

/// A section as its heading announces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Announced {
    pub(crate) kind: SectionKind,
    pub(crate) binding: Binding,
    /// “Education”: a row or subgroup that takes the kind of the section around it.
    pub(crate) part: bool,
    /// “Description”: anything may stand there, so its prose is judged by its own words.
    pub(crate) mixed: bool,
}

/// Columns of a person specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Column {
    Essential,
    Desirable,
    /// It holds “E” or “D”.
    Importance,
    Criterion,
    /// How a criterion is assessed, its number.
    Ignored,
}

/// What a phrase in running text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum WordMeans {
    Cue(Cue),
    Activity(u16),
    /// It only looks like the activity.
    ActivityTrap(u16),
    /// A regulator of that role.
    Body(u16),
    /// Speaks of registration, as a regulator's name must to tell the role.
    Registration,
    /// A sign of the document's kind.
    Sign(Sign),
    SeniorPay,
    /// “is seeking a …”: the post's name may follow.
    Sought,
    /// Of what follows, one will do: “one or more of the following”.
    Alternatives,
    /// What is asked is asked of some only: “if you drive”.
    Condition,
    /// A qualification that stands so high: 1 is a certificate below a first degree.
    Level(u8),
    /// An attitude or manner.
    Behaviour,
    /// Heads how a criterion is assessed.
    Assessment,
}

/// Words by which a statement says what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cue {
    pub(crate) means: Means,
    pub(crate) place: Place,
    pub(crate) reach: Where,
}

/// What a cue says of its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Means {
    /// It only looks like a cue.
    Nothing,
    Waiver,
    Mandatory,
    Expected,
    Preferred,
    /// It asks something, without a word on how binding that is.
    Asks,
    /// It reads like an item of a list of criteria.
    Trait,
    Duty,
    Offer,
    /// How to apply, what to note: never a criterion by itself.
    Procedure,
}

/// Where a cue stands to what it speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Place {
    Before,
    After,
    /// Only at a statement's start.
    Start,
}

/// In which sections a cue counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Where {
    /// Only where the person is spoken of.
    Person,
    /// In prose, too, but not among duties.
    #[default]
    Prose,
    Anywhere,
}

/// Signs of a document's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sign {
    /// It invites people to apply.
    Invite,
    /// It says what is offered.
    Offer,
    Job,
    Other,
}

/// What a phrase in a title means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TitleMeans {
    Role(u16),
    NotRole(u16),
    /// A head noun that makes it another post: “nurse recruiter”.
    Other,
    Seniority(Seniority),
    /// Entry level where it ends the post's name: a “student”, not a “student adviser”.
    EntryAtEnd,
    NotSenior,
}

/// Marks in the cells of a specification, folded.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Marks {
    pub(crate) essential: Vec<String>,
    pub(crate) desirable: Vec<String>,
    pub(crate) ticks: Vec<String>,
}

impl Wordings {
    /// The number of a role.
    pub fn role_id(&self, id: &str) -> Option<u16> {
        position(self.roles.iter().map(|r| r.id.as_str()), id)
    }

    /// The id of a role.
    pub fn role_name(&self, role: u16) -> &str {
        self.roles.get(usize::from(role)).map_or("", |r| &r.id)
    }

    /// The roles of a named group (“needs degree”).
    pub fn group(&self, name: &str) -> Option<&[u16]> {
        self.groups.iter().find(|g| g.name == name).map(|g| g.roles.as_slice())
    }

    /// The names of all groups.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|g| g.name.as_str())
    }

    /// The ids of all roles, in their order.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(|r| r.id.as_str())
    }

    /// The number of an activity.
    pub fn activity_id(&self, id: &str) -> Option<u16> {
        position(self.activities.iter().map(|a| a.id.as_str()), id)
    }

    /// The id of an activity.
    pub fn activity_slug(&self, activity: u16) -> &str {
        self.activities.get(usize::from(activity)).map_or("", |a| &a.id)
    }

    /// An activity in words: “driving”.
    pub fn activity_name(&self, activity: u16) -> &str {
        self.activities.get(usize::from(activity)).map_or("", |a| &a.name)
    }

    /// The ids of all activities, in their order.
    pub fn activities(&self) -> impl Iterator<Item = &str> {
        self.activities.iter().map(|a| a.id.as_str())
    }
}

fn position<'a>(mut ids: impl Iterator<Item = &'a str>, id: &str) -> Option<u16> {
    ids.position(|i| i == id).and_then(|i| u16::try_from(i).ok())
}
