//! House rules that add to a rule of jdlint, or silence it: `extends = "gendered.title"` stands in the place of the id.
//!
//! The extended rule is compiled anew, from its own file, into the house pack, with what is added; the embedded one is off.
//! So an addition is judged in every respect as if it stood in the rule's own file.

use super::check::{self, SEVERITIES, add_phrases};
use super::conditions::condition;
use super::fields::{File, unknown};
use super::pack::{Compiling, Owner, Part};
use super::{Catalogue, Mistake, PackSource, Rule, format};

/// Brings the rule that a file extends into the pack, unless another file did, or it is only silenced.
pub(super) fn base(file: &File, source: &PackSource, catalogue: &Catalogue, pack: &mut Compiling, mistakes: &mut Vec<Mistake>) {
    let Some(id) = file.root().optional_string("extends", mistakes) else { return };
    let Some(rule) = source.extendable(&id.value) else {
        let known: Vec<&str> = source.base.iter().flat_map(|b| &b.pack.rules).map(|r| r.id.as_str()).collect();
        mistakes.push(unknown(file, &id, "rule", &known));
        return;
    };
    let silenced = file.root().flag("off", &mut Vec::new()) == Some(true);
    if !pack.silences.contains(&rule.id) {
        pack.silences.push(rule.id.clone());
    }
    if silenced || pack.rules.iter().any(|r| r.id == rule.id) {
        return;
    }
    if let Some((name, text)) = source.file_of(rule)
        && let Some(base) = File::parse(name, text, mistakes)
    {
        check::known_rule(&base, source, catalogue, pack, mistakes);
    }
}

/// Adds what the file says to the rule that it extends.
pub(super) fn extension(file: &File, source: &PackSource, pack: &mut Compiling, mistakes: &mut Vec<Mistake>) {
    let root = file.root();
    root.known(&[format::EXTENSION], mistakes);
    check::refuse_newer(&root, mistakes);
    let Some(extended) = root.optional_string("extends", &mut Vec::new()).and_then(|id| source.extendable(&id.value)) else { return };
    let place = pack.rules.iter().position(|r| r.id == extended.id);
    if root.flag("off", mistakes) == Some(true) {
        silence(file, place, mistakes);
        return;
    }
    let Some(place) = place else { return };
    let number = u16::try_from(place).unwrap_or(u16::MAX);
    let lists = root.lists("list", mistakes);
    pack.add_lists(&root, &lists, mistakes);
    add_phrases(&root, "leave", Owner { rule: number, entry: u16::MAX, part: Part::Leave }, pack, mistakes);
    for table in root.tables("entry", mistakes) {
        check::entry(&table, number, &extended.kind, source, pack, mistakes);
    }
    let unless: Vec<_> = root.tables("unless", mistakes).iter().map(|t| condition(t, &[], source, &mut pack.context, mistakes)).collect();
    let soften: Vec<_> = root.tables("soften", mistakes).iter().filter_map(|t| check::soften(t, source, pack, mistakes)).collect();
    let severity = root.one_of("severity", &SEVERITIES, mistakes);
    let examples: Vec<_> = root.tables("example", mistakes).iter().map(|t| check::example(t, Some(file.name()), mistakes)).collect();
    let rule: &mut Rule = &mut pack.rules[place];
    rule.unless.extend(unless);
    rule.soften.extend(soften);
    rule.severity = severity.unwrap_or(rule.severity);
    rule.examples.extend(examples);
}

/// What is off needs no further words, and no other file can add to it.
fn silence(file: &File, place: Option<usize>, mistakes: &mut Vec<Mistake>) {
    let root = file.root();
    let at = |key: &str| root.get(key).map_or(0..0, |value| value.span());
    if place.is_some() {
        mistakes.push(file.mistake(at("off"), "another file adds to this rule".to_owned(), Some("switch it off, or add to it".to_owned())));
    }
    if let Some(key) = format::EXTENSION[3..].iter().map(|k| k.name).find(|key| root.get(key).is_some()) {
        mistakes.push(file.mistake(at(key), format!("the rule is off, so “{key}” has no effect"), Some("take out “off = true”, or this".to_owned())));
    }
}
