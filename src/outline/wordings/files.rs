//! The three files as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::kinds::Binding;
use super::{Column, Means, SectionKind, Sign, Where};

pub(super) type Phrases = Vec<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutlineFile {
    #[serde(default)]
    pub(super) list: Vec<List>,
    #[serde(default)]
    pub(super) section: Vec<Section>,
    pub(super) title: Title,
    #[serde(default)]
    pub(super) column: Vec<ColumnTable>,
    pub(super) marks: Marks,
    #[serde(default)]
    pub(super) cue: Vec<CueTable>,
    #[serde(default)]
    pub(super) sign: Vec<SignTable>,
    #[serde(default)]
    pub(super) registration: Phrases,
    pub(super) criteria: Criteria,
    pub(super) languages: Languages,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub(super) name: String,
    pub(super) members: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    pub(super) kind: SectionKind,
    pub(super) binding: Option<Binding>,
    #[serde(default)]
    pub(super) part: bool,
    #[serde(default)]
    pub(super) mixed: bool,
    #[serde(default)]
    pub(super) headings: Phrases,
    #[serde(default)]
    pub(super) within: Phrases,
    #[serde(default)]
    pub(super) openers: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Title {
    pub(super) labels: Phrases,
    pub(super) documents: Phrases,
    pub(super) senior: Phrases,
    pub(super) not_senior: Phrases,
    pub(super) entry: Phrases,
    pub(super) entry_at_end: Phrases,
    pub(super) senior_pay: Phrases,
    /// What stands before the post's name in running text.
    pub(super) sought: Phrases,
    pub(super) others: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnTable {
    pub(super) role: Column,
    pub(super) headings: Phrases,
    #[serde(default)]
    pub(super) within: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Marks {
    pub(super) essential: Vec<String>,
    pub(super) desirable: Vec<String>,
    pub(super) ticks: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueTable {
    pub(super) means: Means,
    #[serde(default, rename = "where")]
    pub(super) reach: Where,
    #[serde(default)]
    pub(super) before: Phrases,
    #[serde(default)]
    pub(super) after: Phrases,
    #[serde(default)]
    pub(super) starts: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignTable {
    pub(super) of: Sign,
    pub(super) phrases: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Criteria {
    pub(super) alternatives: Phrases,
    pub(super) conditions: Phrases,
    pub(super) behaviour: Phrases,
    pub(super) assessment: Phrases,
    /// From the lowest to the highest.
    pub(super) levels: Vec<Phrases>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Languages {
    pub(super) english_names: Phrases,
    pub(super) other_names: Phrases,
    pub(super) cognates: Phrases,
    /// Ordered by name; English is sought out.
    pub(super) words: BTreeMap<String, String>,
}

#[derive(Deserialize)]
pub(super) struct RolesFile {
    #[serde(default)]
    pub(super) list: Vec<List>,
    #[serde(default)]
    pub(super) role: Vec<RoleTable>,
    #[serde(default)]
    pub(super) groups: BTreeMap<String, Phrases>,
}

#[derive(Deserialize)]
pub(super) struct RoleTable {
    pub(super) id: Spanned<String>,
    #[serde(default)]
    pub(super) titles: Phrases,
    #[serde(default)]
    pub(super) not_titles: Phrases,
    #[serde(default)]
    pub(super) body: Phrases,
}

#[derive(Deserialize)]
pub(super) struct ActivitiesFile {
    #[serde(default)]
    pub(super) list: Vec<List>,
    #[serde(default)]
    pub(super) activity: Vec<ActivityTable>,
}

#[derive(Deserialize)]
pub(super) struct ActivityTable {
    pub(super) id: Spanned<String>,
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) phrases: Phrases,
    #[serde(default)]
    pub(super) traps: Phrases,
}
