//! A rule file → a checked rule, or all of its mistakes.

use super::catalogue::STRENGTHS;
use super::conditions::{JURISDICTIONS, condition, phrases};
use super::fields::{At, File, Table, unknown};
use super::model::{Coding, Entry, Fact, Figure, FixKind, Jurisdiction, Measure, Override, Rule, RuleId, RuleKind, Severity, Soften};
use super::pack::{Compiling, Owner, Part};
use super::pattern::Pattern;
use super::{Catalogue, Example, Mistake, PackSource, format};
use crate::text::one_line;

pub(super) const SEVERITIES: [(&str, Severity); 3] = [("info", Severity::Info), ("warning", Severity::Warning), ("error", Severity::Error)];
pub(super) const KINDS: [(&str, u8); 7] = [("phrase", 0), ("absence", 1), ("measure", 2), ("conflict", 3), ("acronym", 4), ("score", 5), ("repeated", 6)];
pub(super) const FACTS: [(&str, Fact); 5] =
    [("pay", Fact::Pay), ("hours", Fact::Hours), ("place", Fact::Place), ("closes", Fact::Closes), ("contact", Fact::Contact)];
pub(super) const FIGURES: [(&str, Figure); 3] = [("pay", Figure::Pay), ("hours", Figure::Hours), ("closing-date", Figure::ClosingDate)];
pub(super) const CODINGS: [(&str, Coding); 2] = [("masculine", Coding::Masculine), ("feminine", Coding::Feminine)];

/// Reads one rule file into the pack that is being compiled.
pub(super) fn rule(file: &File, source: &PackSource, catalogue: &mut Catalogue, pack: &mut Compiling, mistakes: &mut Vec<Mistake>) {
    catalogue.add_sources(file, mistakes);
    let id = file.root().optional_string("id", &mut Vec::new());
    if let Some((id, known)) = id.and_then(|id| Some((source.extendable(&id.value)?.id.clone(), id))) {
        let help = Some(format!("to add to it, write extends = \"{id}\" instead, and only what you add"));
        mistakes.push(file.mistake(known.at, format!("“{id}” is a rule of jdlint"), help));
    }
    known_rule(file, source, catalogue, pack, mistakes);
}

/// A file of a format of later days would be misread.
pub(super) fn refuse_newer(root: &Table, mistakes: &mut Vec<Mistake>) {
    if root.integer("format", mistakes).is_some_and(|f| f != 1) {
        mistakes.push(root.mistake(0..0, "this format is newer than this jdlint", Some("use “format = 1”, or a newer jdlint".to_owned())));
    }
}

/// … whose sources the catalogue has.
pub(super) fn known_rule(file: &File, source: &PackSource, catalogue: &Catalogue, pack: &mut Compiling, mistakes: &mut Vec<Mistake>) {
    let root = file.root();
    root.known(&[format::RULE], mistakes);
    refuse_newer(&root, mistakes);
    let own_lists = root.lists("list", mistakes);
    pack.add_lists(&root, &own_lists, mistakes);
    let number = u16::try_from(pack.rules.len()).unwrap_or(u16::MAX);
    let rule = head(file, &root, source, catalogue, pack, mistakes);
    let kind = rule.as_ref().map_or(RuleKind::Phrase, |r| r.kind.clone());
    if let Some(rule) = rule.as_ref().filter(|r| pack.rules.iter().any(|other| other.id == r.id)) {
        mistakes.push(root.mistake(0..0, format!("there is a rule “{}” already", rule.id), None));
    }
    if kind == RuleKind::Acronym {
        for phrase in root.strings("leave", mistakes) {
            if let Err(error) = pack.known.phrase(&phrase.value) {
                mistakes.push(root.mistake(root.inside(&phrase, error.at.clone()), error.what, None));
            }
        }
    } else {
        add_phrases(&root, "leave", Owner { rule: number, entry: u16::MAX, part: Part::Leave }, pack, mistakes);
    }
    let before = pack.entries.len();
    for table in root.tables("entry", mistakes) {
        entry(&table, number, &kind, source, pack, mistakes);
    }
    let n_entries = pack.entries.len() - before;
    if n_entries == 0 && matches!(kind, RuleKind::Phrase | RuleKind::Absence(_) | RuleKind::Conflict | RuleKind::Score) {
        mistakes.push(root.mistake(0..0, "the rule has no [[entry]], so it finds nothing", None));
    }
    pack.rules.extend(rule);
}

fn head(file: &File, root: &Table, source: &PackSource, catalogue: &Catalogue, pack: &mut Compiling, mistakes: &mut Vec<Mistake>) -> Option<Rule> {
    let id = root.string("id", mistakes);
    let name = root.string("name", mistakes);
    let severity = root.one_of("severity", &SEVERITIES, mistakes);
    let evidence = root.one_of("evidence", &STRENGTHS, mistakes);
    let message = root.string("message", mistakes);
    let why = root.string("why", mistakes);
    let kind = kind(root, mistakes);
    let audiences = audiences(file, root, catalogue, mistakes);
    let sources = sources(file, root, catalogue, mistakes);
    for key in ["severity", "evidence", "sources"] {
        if root.get(key).is_none() {
            mistakes.push(root.mistake(0..0, format!("“{key}” is missing"), None));
        }
    }
    let applies = root.tables("where", mistakes).iter().map(|t| condition(t, &[], source, &mut pack.context, mistakes)).collect();
    let unless = root.tables("unless", mistakes).iter().map(|t| condition(t, &[], source, &mut pack.context, mistakes)).collect();
    let soften = root.tables("soften", mistakes).iter().filter_map(|t| soften(t, source, pack, mistakes)).collect();
    let jurisdictions = overrides(file, root, catalogue, mistakes);
    let examples = root.tables("example", mistakes).iter().map(|t| example(t, None, mistakes)).collect();
    let id = id?;
    let Some(checked) = RuleId::parse(&id.value) else {
        let help = Some("as in “prerequisite.degree”: small letters, a dot, small letters".to_owned());
        mistakes.push(root.mistake(id.at, format!("“{}” is no rule id", id.value), help));
        return None;
    };
    let aliases = root.strings("aliases", mistakes).into_iter().map(|a| a.value).collect();
    let why = one_line(&why?.value);
    Some(Rule {
        id: checked,
        aliases,
        name: name?.value,
        kind: kind?,
        severity: severity?,
        audiences,
        evidence: evidence?,
        sources,
        message: message?.value,
        why,
        applies,
        unless,
        soften,
        jurisdictions,
        examples,
        file: file.name().to_owned(),
        off: false,
        figures: figures(root, mistakes),
        unassessable: root.flag("unassessable", mistakes).unwrap_or(false),
    })
}

fn figures(root: &Table, mistakes: &mut Vec<Mistake>) -> Vec<(Figure, String)> {
    let Some(table) = root.tables("figures", mistakes).into_iter().next() else { return Vec::new() };
    table.known(&[format::FIGURE_MESSAGES], mistakes);
    FIGURES.into_iter().filter_map(|(name, figure)| Some((figure, table.optional_string(name, mistakes)?.value))).collect()
}

fn kind(root: &Table, mistakes: &mut Vec<Mistake>) -> Option<RuleKind> {
    if root.get("kind").is_none() {
        return Some(RuleKind::Phrase);
    }
    Some(match root.one_of("kind", &KINDS, mistakes)? {
        0 => RuleKind::Phrase,
        1 => RuleKind::Absence(root.one_of("fact", &FACTS, mistakes)),
        2 => {
            let figures: Vec<(&str, &str)> = Measure::FIGURES.iter().map(|f| (*f, *f)).collect();
            let figure = root.one_of("measure", &figures, mistakes);
            if root.get("measure").is_none() {
                mistakes.push(root.mistake(0..0, "“measure” is missing", Some(format!("one of: {}", Measure::FIGURES.join(", ")))));
            }
            RuleKind::Measure(Measure {
                figure: figure?.to_owned(),
                info: root.number("info-above", mistakes),
                warning: root.number("warning-above", mistakes),
            })
        }
        3 => RuleKind::Conflict,
        4 => RuleKind::Acronym,
        6 => RuleKind::Repeated,
        _ => RuleKind::Score,
    })
}

fn audiences(file: &File, root: &Table, catalogue: &Catalogue, mistakes: &mut Vec<Mistake>) -> Vec<String> {
    let named = root.strings("audiences", mistakes);
    let known: Vec<&str> = catalogue.audiences.iter().map(|a| a.id.as_str()).collect();
    check_names(file, &named, "audience", &known, mistakes)
}

fn sources(file: &File, table: &Table, catalogue: &Catalogue, mistakes: &mut Vec<Mistake>) -> Vec<String> {
    let named = table.strings("sources", mistakes);
    let known: Vec<&str> = catalogue.sources.iter().map(|s| s.id.as_str()).collect();
    if named.is_empty() && table.get("sources").is_some() {
        let help = Some("name at least one; a [[source]] in this file will do".to_owned());
        mistakes.push(table.mistake(table.at(), "a rule without a source does not load", help));
    }
    check_names(file, &named, "source", &known, mistakes)
}

fn check_names(file: &File, named: &[At<String>], what: &str, known: &[&str], mistakes: &mut Vec<Mistake>) -> Vec<String> {
    for name in named.iter().filter(|n| !known.contains(&n.value.as_str())) {
        mistakes.push(unknown(file, name, what, known));
    }
    named.iter().map(|n| n.value.clone()).collect()
}

pub(super) fn soften(table: &Table, source: &PackSource, pack: &mut Compiling, mistakes: &mut Vec<Mistake>) -> Option<Soften> {
    let when = condition(table, &[format::SOFTENING], source, &mut pack.context, mistakes);
    let because = table.optional_string("because", mistakes).map(|b| b.value);
    if table.get("to").is_none() {
        mistakes.push(table.mistake(table.at(), "“to” is missing: which severity?", None));
    }
    Some(Soften { when, to: table.one_of("to", &SEVERITIES, mistakes)?, because })
}

fn overrides(file: &File, root: &Table, catalogue: &Catalogue, mistakes: &mut Vec<Mistake>) -> Vec<(Jurisdiction, Override)> {
    let mut out = Vec::new();
    for (name, table) in root.named_tables("jurisdiction", mistakes) {
        table.known(&[format::BY_LAW], mistakes);
        let Some((_, jurisdiction)) = JURISDICTIONS.iter().find(|(n, _)| *n == name.value) else {
            let known: Vec<&str> = JURISDICTIONS.iter().map(|(n, _)| *n).collect();
            mistakes.push(unknown(file, &name, "jurisdiction", &known));
            continue;
        };
        let change = Override {
            severity: table.one_of("severity", &SEVERITIES, mistakes),
            message: table.optional_string("message", mistakes).map(|m| m.value),
            sources: sources(file, &table, catalogue, mistakes),
        };
        out.push((*jurisdiction, change));
    }
    out
}

const TOO_MANY: &str = "from here on there are more than 65,535 entries; one of them may have many phrases";

pub(super) fn entry(table: &Table, rule: u16, kind: &RuleKind, source: &PackSource, pack: &mut Compiling, mistakes: &mut Vec<Mistake>) {
    table.known(&[format::ENTRY], mistakes);
    // That number stands for what a rule leaves as a whole.
    let Some(number) = u16::try_from(pack.entries.len()).ok().filter(|n| *n != u16::MAX) else {
        if mistakes.last().is_none_or(|m| m.what != TOO_MANY) {
            mistakes.push(table.mistake(table.at(), TOO_MANY, None));
        }
        return;
    };
    let owner = Owner { rule, entry: number, part: Part::Find };
    if table.get("find").is_none() && table.get("pattern").is_none() {
        mistakes.push(table.mistake(table.at(), "an entry needs “find” (phrases) or “pattern”", None));
    }
    add_phrases(table, "find", owner, pack, mistakes);
    add_phrases(table, "leave", Owner { part: Part::Leave, ..owner }, pack, mistakes);
    for pattern in table.strings("pattern", mistakes) {
        match Pattern::new(&pattern.value) {
            Ok(checked) => pack.patterns.push((checked, owner)),
            Err(what) => mistakes.push(table.mistake(pattern.at, what, None)),
        }
    }
    let against = phrases(table, "against", &mut pack.context, mistakes);
    if (*kind == RuleKind::Conflict) == against.is_empty() {
        mistakes.push(table.mistake(table.at(), "“against” belongs to rules of the kind “conflict”, and each of their entries has it", None));
    }
    let replace = table.strings("suggest", mistakes).into_iter().map(|s| FixKind::Replace(s.value));
    let append = table.strings("append", mistakes).into_iter().map(|s| FixKind::Append(s.value));
    let fixes: Vec<FixKind> = replace.chain(append).collect();
    let safe = table.flag("safe", mistakes).unwrap_or(false);
    if safe && fixes.is_empty() {
        mistakes.push(table.mistake(table.at(), "a safe fix needs a “suggest”", None));
    }
    let entry = Entry {
        rule,
        severity: table.one_of("severity", &SEVERITIES, mistakes),
        message: table.optional_string("message", mistakes).map(|m| m.value),
        fixes,
        safe,
        applies: table.tables("where", mistakes).iter().map(|t| condition(t, &[], source, &mut pack.context, mistakes)).collect(),
        unless: table.tables("unless", mistakes).iter().map(|t| condition(t, &[], source, &mut pack.context, mistakes)).collect(),
        coded: table.one_of("coded", &CODINGS, mistakes),
        against,
    };
    pack.entries.push(entry.into());
}

pub(super) fn add_phrases(table: &Table, key: &str, owner: Owner, pack: &mut Compiling, mistakes: &mut Vec<Mistake>) {
    for phrase in table.strings(key, mistakes) {
        match pack.scan.phrase(&phrase.value) {
            Ok(_) => pack.owners.push(owner),
            Err(error) => mistakes.push(table.mistake(table.inside(&phrase, error.at.clone()), error.what, None)),
        }
    }
}

/// Where an example's words may stand; `title` alone makes a document, too.
const WORDS: [&str; 6] = ["text", "essential", "desirable", "duties", "markdown", "title"];

/// Reads an example; `file` is its own where it is not the rule's.
pub(super) fn example(table: &Table, file: Option<&str>, mistakes: &mut Vec<Mistake>) -> Example {
    table.known(&[format::EXAMPLE], mistakes);
    let lines = |key: &str, m: &mut Vec<Mistake>| {
        let all = table.strings(key, m);
        (!all.is_empty()).then(|| all.into_iter().map(|s| s.value).collect::<Vec<_>>().join("\n"))
    };
    let at = words_at(table);
    let example = Example {
        title: lines("title", mistakes),
        essential: lines("essential", mistakes),
        desirable: lines("desirable", mistakes),
        duties: lines("duties", mistakes),
        text: lines("text", mistakes),
        markdown: lines("markdown", mistakes),
        jurisdiction: table.one_of("jurisdiction", &JURISDICTIONS, mistakes).unwrap_or_default(),
        severity: table.one_of("severity", &SEVERITIES, mistakes),
        after: table.optional_string("after", mistakes).map(|a| a.value),
        found: table.flag("found", mistakes),
        at: (crate::text::offset(at.start), crate::text::offset(at.end)),
        file: file.map(str::to_owned),
    };
    if example.marked().trim().is_empty() {
        mistakes.push(table.mistake(at, "this example holds no text", None));
    }
    example
}

/// Where the words of an example stand: those with a bracket, else the first.
fn words_at(table: &Table) -> std::ops::Range<usize> {
    let mut all: Vec<_> = WORDS.iter().filter_map(|key| table.get(key)).collect();
    all.sort_by_key(|words| !table.written(words.span()).contains('['));
    all.first().map_or(table.at(), |words| words.span())
}
