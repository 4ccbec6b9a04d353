//! The files as written → [`Wordings`], or all their mistakes.

use std::ops::Range;

use toml::Spanned;

use super::files::{ActivitiesFile, CueTable, OutlineFile, Phrases, RolesFile, Section};
use super::kinds::{Binding, SectionKind, Seniority};
use super::{Activity, Announced, Cue, FunctionWords, Group, Head, HeadingMeans, Marks, Place, Reach, Role, TitleMeans, WordMeans, Wordings};
use crate::phrase::{Compiler, PhraseError};
use crate::text::Folded;

/// What is wrong in one of the files, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, byte {}: {what}", at.start)]
pub struct Mistake {
    /// `rules/outline.toml`, `rules/roles.toml` or `rules/activities.toml`.
    pub file: &'static str,
    /// Bytes of the file.
    pub at: Range<usize>,
    /// In words for someone who does not program.
    pub what: String,
}

/// All mistakes of the three files.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Mistakes(pub Vec<Mistake>);

impl Wordings {
    /// Compiles the three files.
    ///
    /// # Errors
    /// Every mistake in them.
    pub fn from_toml(outline: &str, roles: &str, activities: &str) -> Result<Wordings, Mistakes> {
        let mut mistakes = Vec::new();
        let outline: Option<OutlineFile> = parse("rules/outline.toml", outline, &mut mistakes);
        let roles: Option<RolesFile> = parse("rules/roles.toml", roles, &mut mistakes);
        let activities: Option<ActivitiesFile> = parse("rules/activities.toml", activities, &mut mistakes);
        let (Some(outline), Some(roles), Some(activities)) = (outline, roles, activities) else { return Err(Mistakes(mistakes)) };
        let mut making = Making { wordings: Wordings::default(), mistakes };
        making.headings(&outline);
        making.words(&outline, &roles, &activities);
        making.titles(&outline, &roles);
        making.names(&roles, &activities);
        making.wordings.marks =
            Marks { essential: folded(&outline.marks.essential), desirable: folded(&outline.marks.desirable), ticks: folded(&outline.marks.ticks) };
        let words = &outline.languages.words;
        let english_first = words.iter().filter(|(n, _)| *n == "english").chain(words.iter().filter(|(n, _)| *n != "english"));
        making.wordings.languages = FunctionWords::new(english_first.map(|(n, w)| (n.as_str(), w.as_str())));
        if making.mistakes.is_empty() { Ok(making.wordings) } else { Err(Mistakes(making.mistakes)) }
    }
}

fn parse<'t, T: serde::Deserialize<'t>>(file: &'static str, toml: &'t str, mistakes: &mut Vec<Mistake>) -> Option<T> {
    toml::from_str(toml).map_err(|e| mistakes.push(Mistake { file, at: e.span().unwrap_or(0..0), what: e.message().to_owned() })).ok()
}

fn folded(marks: &[String]) -> Vec<String> {
    let mut marks: Vec<String> = marks.iter().map(|m| Folded::new(m).as_str().trim().to_owned()).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Wordings being made, with the mistakes met.
struct Making {
    wordings: Wordings,
    mistakes: Vec<Mistake>,
}

/// A matcher being made: its phrases and what each means.
struct Meanings<M> {
    compiler: Compiler,
    means: Vec<M>,
    file: &'static str,
}

impl<M: Copy> Meanings<M> {
    fn add(&mut self, phrases: &Phrases, means: M, mistakes: &mut Vec<Mistake>) {
        for phrase in phrases {
            self.add_one(phrase, phrase.get_ref(), means, mistakes);
        }
    }

    fn add_one(&mut self, at: &Spanned<String>, phrase: &str, means: M, mistakes: &mut Vec<Mistake>) {
        match self.compiler.phrase(phrase) {
            Ok(_) => self.means.push(means),
            Err(error) => mistakes.push(mistake(self.file, at, &error)),
        }
    }

    fn lists(&mut self, lists: &[super::files::List], mistakes: &mut Vec<Mistake>) {
        for list in lists {
            let members: Vec<&String> = list.members.iter().map(Spanned::get_ref).collect();
            if let Err((n, error)) = self.compiler.list(&list.name, &members) {
                mistakes.push(mistake(self.file, &list.members[n], &error));
            }
        }
    }
}

fn meanings<M>(file: &'static str) -> Meanings<M> {
    Meanings { compiler: Compiler::new(), means: Vec::new(), file }
}

/// A phrase's mistake in the file: one byte on for the quotation mark.
fn mistake(file: &'static str, at: &Spanned<String>, error: &PhraseError) -> Mistake {
    let start = at.span().start + 1;
    Mistake { file, at: start + error.at.start..start + error.at.end, what: format!("“{}”: {error}", at.get_ref()) }
}

impl Making {
    fn headings(&mut self, file: &OutlineFile) {
        let mut all = meanings("rules/outline.toml");
        all.lists(&file.list, &mut self.mistakes);
        for section in &file.section {
            self.section(&mut all, section);
        }
        for column in &file.column {
            let what = Head::Column(column.role);
            all.add(&column.headings, HeadingMeans { what, reach: Reach::Whole }, &mut self.mistakes);
            all.add(&column.within, HeadingMeans { what, reach: Reach::Within }, &mut self.mistakes);
        }
        let whole = |what| HeadingMeans { what, reach: Reach::Whole };
        all.add(&file.title.labels, whole(Head::TitleLabel), &mut self.mistakes);
        for document in &file.title.documents {
            add_heading(&mut all, document, Head::Document, &mut self.mistakes);
        }
        all.add(&file.languages.english_names, whole(Head::English), &mut self.mistakes);
        all.add(&file.languages.other_names, whole(Head::OtherLanguage), &mut self.mistakes);
        all.add(&file.languages.cognates, whole(Head::Cognate), &mut self.mistakes);
        self.wordings.headings = all.compiler.finish();
        self.wordings.heading_means = all.means;
    }

    fn section(&mut self, all: &mut Meanings<HeadingMeans>, section: &Section) {
        let binding = section.binding.unwrap_or(match section.kind {
            SectionKind::Essential => Binding::Mandatory,
            SectionKind::Desirable => Binding::Preferred,
            _ => Binding::Neutral,
        });
        let what = Head::Section(Announced { kind: section.kind, binding, part: section.part, mixed: section.mixed });
        for heading in &section.headings {
            add_heading(all, heading, what, &mut self.mistakes);
        }
        all.add(&section.within, HeadingMeans { what, reach: Reach::Within }, &mut self.mistakes);
        all.add(&section.openers, HeadingMeans { what, reach: Reach::Opener }, &mut self.mistakes);
    }

    fn words(&mut self, file: &OutlineFile, roles: &RolesFile, activities: &ActivitiesFile) {
        let mut all = meanings("rules/outline.toml");
        all.lists(&file.list, &mut self.mistakes);
        for cue in &file.cue {
            self.cue(&mut all, cue);
        }
        for sign in &file.sign {
            all.add(&sign.phrases, WordMeans::Sign(sign.of), &mut self.mistakes);
        }
        all.add(&file.registration, WordMeans::Registration, &mut self.mistakes);
        all.add(&file.title.senior_pay, WordMeans::SeniorPay, &mut self.mistakes);
        all.add(&file.title.sought, WordMeans::Sought, &mut self.mistakes);
        all.add(&file.criteria.alternatives, WordMeans::Alternatives, &mut self.mistakes);
        all.add(&file.criteria.conditions, WordMeans::Condition, &mut self.mistakes);
        all.add(&file.criteria.behaviour, WordMeans::Behaviour, &mut self.mistakes);
        all.add(&file.criteria.assessment, WordMeans::Assessment, &mut self.mistakes);
        for (level, phrases) in (1u8..).zip(&file.criteria.levels) {
            all.add(phrases, WordMeans::Level(level), &mut self.mistakes);
        }
        all.file = "rules/roles.toml";
        all.lists(&roles.list, &mut self.mistakes);
        for (n, role) in numbered(&roles.role) {
            all.add(&role.body, WordMeans::Body(n), &mut self.mistakes);
        }
        all.file = "rules/activities.toml";
        all.lists(&activities.list, &mut self.mistakes);
        for (n, activity) in numbered(&activities.activity) {
            all.add(&activity.phrases, WordMeans::Activity(n), &mut self.mistakes);
            all.add(&activity.traps, WordMeans::ActivityTrap(n), &mut self.mistakes);
        }
        self.wordings.words = all.compiler.finish();
        self.wordings.word_means = all.means;
    }

    fn cue(&mut self, all: &mut Meanings<WordMeans>, cue: &CueTable) {
        for (phrases, place) in [(&cue.before, Place::Before), (&cue.after, Place::After), (&cue.starts, Place::Start)] {
            all.add(phrases, WordMeans::Cue(Cue { means: cue.means, place, reach: cue.reach }), &mut self.mistakes);
        }
    }

    fn titles(&mut self, file: &OutlineFile, roles: &RolesFile) {
        let mut all = meanings("rules/outline.toml");
        all.add(&file.title.senior, TitleMeans::Seniority(Seniority::Senior), &mut self.mistakes);
        all.add(&file.title.entry, TitleMeans::Seniority(Seniority::Entry), &mut self.mistakes);
        all.add(&file.title.entry_at_end, TitleMeans::EntryAtEnd, &mut self.mistakes);
        all.add(&file.title.not_senior, TitleMeans::NotSenior, &mut self.mistakes);
        all.add(&file.title.others, TitleMeans::Other, &mut self.mistakes);
        all.file = "rules/roles.toml";
        all.lists(&roles.list, &mut self.mistakes);
        for (n, role) in numbered(&roles.role) {
            all.add(&role.titles, TitleMeans::Role(n), &mut self.mistakes);
            all.add(&role.not_titles, TitleMeans::NotRole(n), &mut self.mistakes);
        }
        self.wordings.titles = all.compiler.finish();
        self.wordings.title_means = all.means;
    }

    fn names(&mut self, roles: &RolesFile, activities: &ActivitiesFile) {
        self.wordings.roles = roles.role.iter().map(|r| Role { id: r.id.get_ref().clone() }).collect();
        let name = |a: &super::files::ActivityTable| Activity { id: a.id.get_ref().clone(), name: a.name.clone().unwrap_or_else(|| a.id.get_ref().clone()) };
        self.wordings.activities = activities.activity.iter().map(name).collect();
        self.unique("rules/roles.toml", roles.role.iter().map(|r| &r.id));
        self.unique("rules/activities.toml", activities.activity.iter().map(|a| &a.id));
        for (name, members) in &roles.groups {
            let mut group = Group { name: name.clone(), roles: Vec::new() };
            for member in members {
                match self.wordings.role_id(member.get_ref()) {
                    Some(role) => group.roles.push(role),
                    None => {
                        self.mistakes
                            .push(Mistake { file: "rules/roles.toml", at: member.span(), what: format!("there is no role “{}”", member.get_ref()) })
                    }
                }
            }
            self.wordings.groups.push(group);
        }
    }

    fn unique<'a>(&mut self, file: &'static str, ids: impl Iterator<Item = &'a Spanned<String>>) {
        let mut seen = std::collections::BTreeSet::new();
        for id in ids {
            if !seen.insert(id.get_ref()) {
                self.mistakes.push(Mistake { file, at: id.span(), what: format!("“{}” stands here twice", id.get_ref()) });
            }
        }
    }
}

/// “about …” is met by any heading that begins so.
fn add_heading(all: &mut Meanings<HeadingMeans>, heading: &Spanned<String>, what: Head, mistakes: &mut Vec<Mistake>) {
    match heading.get_ref().strip_suffix(" ...") {
        Some(start) => all.add_one(heading, start, HeadingMeans { what, reach: Reach::Start }, mistakes),
        None => all.add_one(heading, heading.get_ref(), HeadingMeans { what, reach: Reach::Whole }, mistakes),
    }
}

fn numbered<T>(tables: &[T]) -> impl Iterator<Item = (u16, &T)> {
    (0u16..).zip(tables)
}
