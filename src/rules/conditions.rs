//! The closed list of keys that a condition may have.

use super::catalogue::Names;
use super::fields::{At, Table, nearest};
use super::model::{Condition, Jurisdiction, NumberTest, Shows, Stands};
use super::{Mistake, PackSource};
use crate::outline::{Binding, Kind, SectionKind, Seniority};
use crate::phrase::{Compiler, time_in};

/// The keys of a condition, in the order in which messages list them.
pub(super) const KEYS: [&str; 16] = [
    "binding",
    "section",
    "block",
    "statement",
    "nearby",
    "document",
    "before",
    "after",
    "stands",
    "role",
    "duty",
    "number",
    "time",
    "kind",
    "seniority",
    "jurisdiction",
];

pub(super) const BINDINGS: [(&str, Binding); 4] =
    [("mandatory", Binding::Mandatory), ("expected", Binding::Expected), ("preferred", Binding::Preferred), ("neutral", Binding::Neutral)];
const SECTIONS: [(&str, SectionKind); 9] = [
    ("essential", SectionKind::Essential),
    ("desirable", SectionKind::Desirable),
    ("responsibilities", SectionKind::Responsibilities),
    ("about", SectionKind::About),
    ("benefits", SectionKind::Benefits),
    ("apply", SectionKind::Apply),
    ("equality", SectionKind::Equality),
    ("conditions", SectionKind::Conditions),
    ("other", SectionKind::Other),
];
const KINDS: [(&str, Kind); 4] =
    [("advert", Kind::Advert), ("person-specification", Kind::PersonSpecification), ("job-description", Kind::JobDescription), ("other", Kind::Other)];
const SENIORITIES: [(&str, Seniority); 3] = [("entry", Seniority::Entry), ("middle", Seniority::Middle), ("senior", Seniority::Senior)];
const BLOCKS: [(&str, &str); 5] = [("heading", "heading"), ("paragraph", "paragraph"), ("item", "item"), ("cell", "cell"), ("quotation", "quotation")];
const SHOWS: [(&str, Shows); 4] =
    [("required", Shows::Required), ("another-way", Shows::AnotherWay), ("duty", Shows::Duty), ("something-else", Shows::SomethingElse)];
pub(super) const JURISDICTIONS: [(&str, Jurisdiction); 6] = [
    ("uk", Jurisdiction::Uk),
    ("us", Jurisdiction::Us),
    ("ie", Jurisdiction::Ie),
    ("ca", Jurisdiction::Ca),
    ("au", Jurisdiction::Au),
    ("eu", Jurisdiction::Eu),
];

/// Reads one condition. Its phrases go to the context matcher.
pub(super) fn condition(table: &Table, extra: &[&str], source: &PackSource, context: &mut Compiler, mistakes: &mut Vec<Mistake>) -> Condition {
    let known: Vec<&str> = KEYS.iter().chain(extra).copied().collect();
    let known: Vec<&str> = known.into_iter().chain(["shows"]).collect();
    table.only(&known, mistakes);
    if !KEYS.iter().any(|k| table.get(k).is_some()) {
        mistakes.push(table.mistake(table.at(), "this condition asks nothing", Some(format!("it may ask: {}", KEYS.join(", ")))));
    }
    Condition {
        binding: table.all_of("binding", &BINDINGS, mistakes),
        section: table.all_of("section", &SECTIONS, mistakes),
        block: table.all_of("block", &BLOCKS, mistakes).into_iter().map(str::to_owned).collect(),
        statement: phrases(table, "statement", context, mistakes),
        nearby: phrases(table, "nearby", context, mistakes),
        document: phrases(table, "document", context, mistakes),
        before: phrases(table, "before", context, mistakes),
        after: phrases(table, "after", context, mistakes),
        stands: stands(table, context, mistakes),
        role: roles(table, source.names, mistakes),
        duty: activities(table, source.names, mistakes),
        number: ranges(table, "number", crate::phrase::number_in, mistakes),
        time: ranges(table, "time", |t| time_in(t).map(f64::from), mistakes),
        kind: table.all_of("kind", &KINDS, mistakes),
        seniority: table.all_of("seniority", &SENIORITIES, mistakes),
        jurisdiction: table.all_of("jurisdiction", &JURISDICTIONS, mistakes),
        shows: table.one_of("shows", &SHOWS, mistakes),
    }
}

/// The words that show how others stand are named lists, the same for all rules.
fn stands(table: &Table, context: &mut Compiler, mistakes: &mut Vec<Mistake>) -> Vec<Stands> {
    #[derive(Clone, Copy)]
    enum Key {
        Denied,
        Quoted,
        Named,
    }
    let mut list = |name: &str| context.shared_phrase(name).map(|id| vec![id]);
    let mut read = |key| {
        Ok(match key {
            Key::Denied => Stands::Denied { before: list("<denial>")?, after: list("<denied>")? },
            Key::Quoted => Stands::Quoted { about: list("<about-wording>")? },
            Key::Named => Stands::Named { ends: list("<name-end>")? },
        })
    };
    let keys = table.all_of("stands", &[("denied", Key::Denied), ("quoted", Key::Quoted), ("named", Key::Named)], mistakes);
    let read: Result<Vec<Stands>, crate::phrase::PhraseError> = keys.into_iter().map(&mut read).collect();
    read.unwrap_or_else(|error| {
        mistakes.push(table.mistake(table.at(), error.what, None));
        Vec::new()
    })
}

/// Adds the phrases at `key` to the context matcher and gives their numbers, in order.
pub(super) fn phrases(table: &Table, key: &str, context: &mut Compiler, mistakes: &mut Vec<Mistake>) -> Vec<u32> {
    let mut numbers = Vec::new();
    for phrase in table.strings(key, mistakes) {
        match context.shared_phrase(&phrase.value) {
            Ok(id) => numbers.push(id),
            Err(error) => mistakes.push(table.mistake(table.inside(&phrase, error.at.clone()), error.what, None)),
        }
    }
    numbers.sort_unstable();
    numbers
}

fn roles(table: &Table, names: &Names, mistakes: &mut Vec<Mistake>) -> Vec<u16> {
    let mut roles = Vec::new();
    for named in table.strings("role", mistakes) {
        let group = named.value.strip_prefix('<').and_then(|g| g.strip_suffix('>'));
        let found = match group {
            Some(group) => names.groups.get(group).cloned(),
            None => position(&names.roles, &named.value).map(|n| vec![n]),
        };
        match found {
            Some(found) => roles.extend(found),
            None => {
                let known: Vec<&str> = match group {
                    Some(_) => names.groups.keys().map(String::as_str).collect(),
                    None => names.roles.iter().map(String::as_str).collect(),
                };
                mistakes.push(no_such(table, &named, "role", &known, group.unwrap_or(&named.value)));
            }
        }
    }
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn activities(table: &Table, names: &Names, mistakes: &mut Vec<Mistake>) -> Vec<u16> {
    let mut activities = Vec::new();
    for named in table.strings("duty", mistakes) {
        match position(&names.activities, &named.value) {
            Some(n) => activities.push(n),
            None => {
                let known: Vec<&str> = names.activities.iter().map(String::as_str).collect();
                mistakes.push(no_such(table, &named, "activity", &known, &named.value));
            }
        }
    }
    activities
}

fn position(names: &[String], name: &str) -> Option<u16> {
    names.iter().position(|n| n == name).and_then(|n| u16::try_from(n).ok())
}

fn no_such(table: &Table, named: &At<String>, what: &str, known: &[&str], name: &str) -> Mistake {
    let help = nearest(name, known).map(|k| format!("did you mean “{k}”?"));
    table.mistake(named.at.clone(), format!("there is no {what} “{}”", named.value), help)
}

/// “5 or more”, “4 or less”, “1 to 4”, “5”; for times likewise: “14:30 to 16:00”.
fn ranges(table: &Table, key: &str, read: impl Fn(&str) -> Option<f64>, mistakes: &mut Vec<Mistake>) -> Vec<NumberTest> {
    let mut tests = Vec::new();
    for range in table.strings(key, mistakes) {
        let text = range.value.trim();
        let test = if let Some(min) = text.strip_suffix("or more") {
            read(min).map(|min| NumberTest { min, max: f64::MAX })
        } else if let Some(max) = text.strip_suffix("or less") {
            read(max).map(|max| NumberTest { min: f64::MIN, max })
        } else if let Some((min, max)) = text.split_once(" to ") {
            read(min).zip(read(max)).map(|(min, max)| NumberTest { min, max })
        } else {
            read(text).map(|n| NumberTest { min: n, max: n })
        };
        match test {
            Some(test) => tests.push(test),
            None => mistakes.push(table.mistake(
                range.at.clone(),
                format!("“{text}” is no range"),
                Some("write “5 or more”, “4 or less”, “1 to 4” or “5”".to_owned()),
            )),
        }
    }
    tests
}
