//! What rules refer to by name: sources, audiences, roles, activities, lists.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::conditions::JURISDICTIONS;
use super::fields::{At, File, Table, unknown};
use super::model::RequiredOf;
use super::{Evidence, Mistake};

/// A study, law, decision or guidance that a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Who wrote it.
    pub authors: String,
    /// Its title; empty where it could not be confirmed, and then none is shown.
    pub title: String,
    /// The year.
    pub year: Option<u32>,
    /// Where it appeared.
    pub venue: String,
    /// The publisher's page, a DOI or the official text; empty where only copies are known.
    pub link: String,
    /// What it found, in our words.
    pub finding: String,
    /// How strong it is as evidence for acting on an advert's wording.
    pub strength: Evidence,
}

impl Source {
    /// One line: authors, year, title, venue.
    pub fn citation(&self) -> String {
        let year = self.year.map(|y| y.to_string());
        let parts = [Some(self.authors.as_str()), year.as_deref(), Some(self.title.as_str()), Some(self.venue.as_str())];
        let said = parts.into_iter().flatten().filter(|p| !p.is_empty());
        // A title may be a question.
        said.fold(String::new(), |line, part| {
            if line.is_empty() {
                part.to_owned()
            } else if line.ends_with('?') {
                format!("{line} {part}")
            } else {
                format!("{line}. {part}")
            }
        })
    }
}

/// People who may read some wording as “not for me”.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Its id.
    pub id: String,
    /// Its name in running text: “disabled people”.
    pub name: String,
    /// Why, in a line.
    pub line: String,
    /// The id of the source for that.
    pub source: String,
}

/// Sources and audiences, in the order of their files.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// All sources.
    pub sources: Vec<Source>,
    /// All audiences.
    pub audiences: Vec<Audience>,
}

/// Names of roles, groups of roles and activities, so that conditions can be checked and numbered.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Ids of roles, in order.
    pub roles: Vec<String>,
    /// Groups of roles.
    pub groups: BTreeMap<String, Vec<u16>>,
    /// What is required of some roles, by subject.
    pub required: BTreeMap<String, Vec<RequiredOf>>,
    /// Ids of activities, in order.
    pub activities: Vec<String>,
}

impl Catalogue {
    /// Reads `sources.toml` and `audiences.toml` (name and content of each).
    ///
    /// # Errors
    /// All mistakes in both.
    pub fn read(sources: (&str, &str), audiences: (&str, &str)) -> Result<Catalogue, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut catalogue = Catalogue::default();
        if let Some(file) = File::parse(sources.0, sources.1, &mut mistakes) {
            catalogue.add_sources(&file, &mut mistakes);
        }
        if let Some(file) = File::parse(audiences.0, audiences.1, &mut mistakes) {
            catalogue.add_audiences(&file, &mut mistakes);
        }
        if mistakes.is_empty() { Ok(catalogue) } else { Err(mistakes) }
    }

    /// Adds the `[[source]]` tables of a file; an id may stand once.
    pub(super) fn add_sources(&mut self, file: &File, mistakes: &mut Vec<Mistake>) {
        for table in file.root().tables("source", mistakes) {
            table.known(&[super::format::SOURCE], mistakes);
            let Some(id) = table.string("id", mistakes) else { continue };
            if self.source(&id.value).is_some() {
                mistakes.push(file.mistake(id.at, format!("there is a source “{}” already", id.value), None));
                continue;
            }
            let strength = table.one_of("strength", &STRENGTHS, mistakes).unwrap_or(Evidence::Weak);
            let text = |key: &str, m: &mut Vec<Mistake>| table.optional_string(key, m).map(|s| s.value).unwrap_or_default();
            let link = text("link", mistakes);
            if !link.is_empty() && !link.starts_with("https://") && !link.starts_with("http://") {
                mistakes.push(file.mistake(table.at(), "a link begins with https://".to_owned(), None));
            }
            self.sources.push(Source {
                id: id.value,
                authors: text("authors", mistakes),
                title: text("title", mistakes),
                year: table.integer("year", mistakes).and_then(|y| u32::try_from(y).ok()),
                venue: text("venue", mistakes),
                link,
                finding: text("finding", mistakes),
                strength,
            });
        }
    }

    fn add_audiences(&mut self, file: &File, mistakes: &mut Vec<Mistake>) {
        for table in file.root().tables("audience", mistakes) {
            table.only(&["id", "name", "line", "source"], mistakes);
            let (Some(id), Some(name), Some(line), Some(source)) =
                (table.string("id", mistakes), table.string("name", mistakes), table.string("line", mistakes), table.string("source", mistakes))
            else {
                continue;
            };
            if self.source(&source.value).is_none() {
                let ids: Vec<&str> = self.sources.iter().map(|s| s.id.as_str()).collect();
                mistakes.push(unknown(file, &source, "source", &ids));
            }
            self.audiences.push(Audience { id: id.value, name: name.value, line: line.value, source: source.value });
        }
    }

    /// The source of this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == id)
    }

    /// The audience of this id.
    pub fn audience(&self, id: &str) -> Option<&Audience> {
        self.audiences.iter().find(|a| a.id == id)
    }
}

impl Names {
    /// Reads the names in `roles.toml` and `activities.toml` (name and content of each), numbered as they stand there.
    ///
    /// # Errors
    /// All mistakes in both.
    pub fn read(roles: (&str, &str), activities: (&str, &str)) -> Result<Names, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut names = Names::default();
        if let Some(file) = File::parse(roles.0, roles.1, &mut mistakes) {
            let root = file.root();
            let tables = root.tables("role", &mut mistakes);
            names.roles = tables.iter().filter_map(|t| t.string("id", &mut mistakes)).map(|id| id.value).collect();
            for (role, table) in (0u16..).zip(&tables) {
                names.add_required(role, table, &mut mistakes);
            }
            for (group, members) in root.lists("groups", &mut mistakes) {
                let numbers = members.iter().filter_map(|m| names.number(&file, m, &mut mistakes)).collect();
                names.groups.insert(group.value, numbers);
            }
        }
        if let Some(file) = File::parse(activities.0, activities.1, &mut mistakes) {
            names.activities = file.root().tables("activity", &mut mistakes).iter().filter_map(|t| t.string("id", &mut mistakes)).map(|id| id.value).collect();
        }
        if mistakes.is_empty() { Ok(names) } else { Err(mistakes) }
    }

    /// Adds what the `requires` of a role's table says.
    fn add_required(&mut self, role: u16, table: &Table, mistakes: &mut Vec<Mistake>) {
        for required in table.tables("requires", mistakes) {
            required.only(&["subject", "by", "jurisdictions"], mistakes);
            required.one_of("by", &[("law", ()), ("rule", ()), ("nature", ())], mistakes);
            let jurisdictions = required.all_of("jurisdictions", &JURISDICTIONS, mistakes);
            if let Some(subject) = required.string("subject", mistakes) {
                self.required.entry(subject.value).or_default().push(RequiredOf { role, jurisdictions });
            }
        }
    }

    fn number(&self, file: &File, role: &At<String>, mistakes: &mut Vec<Mistake>) -> Option<u16> {
        let number = self.roles.iter().position(|r| *r == role.value).and_then(|n| u16::try_from(n).ok());
        if number.is_none() {
            let known: Vec<&str> = self.roles.iter().map(String::as_str).collect();
            mistakes.push(unknown(file, role, "role", &known));
        }
        number
    }
}

/// Names of evidence strengths in files.
pub(super) const STRENGTHS: [(&str, Evidence); 4] =
    [("strong", Evidence::Strong), ("moderate", Evidence::Moderate), ("weak", Evidence::Weak), ("contested", Evidence::Contested)];
