//! Statements → those that are one way in among others: items under “one or more of:”, and items with “or” between them.

use super::reading::{Reading, Words};
use super::{Route, Statement, StatementRole};
use crate::document::BlockKind;
use crate::text::{Span, offset, within};

/// Finds the ways in, and marks their statements.
pub(super) fn find(reading: &Reading, words: &Words, statements: &mut [Statement]) {
    under_lead_ins(reading, words, statements);
    beside_or(reading, statements);
}

/// Items under a line that says that one of them will do.
fn under_lead_ins(reading: &Reading, words: &Words, statements: &mut [Statement]) {
    let mut open: Option<(Route, u8)> = None;
    for (n, statement) in statements.iter_mut().enumerate() {
        let depth = depth(reading, statement);
        if let Some(words) = leads_to_alternatives(reading, words, statement) {
            // What leads in from within a list leads to the items below it.
            open = Some((Route { group: offset(n), words }, depth.map_or(0, |d| d + 1)));
        } else if let Some((route, _)) = open.filter(|(_, least)| statement.role != StatementRole::Heading && depth.is_some_and(|d| d >= *least)) {
            statement.route = Some(route);
        } else {
            open = None;
        }
    }
}

/// The words of a line that say that one of what follows will do.
fn leads_to_alternatives(reading: &Reading, words: &Words, statement: &Statement) -> Option<Span> {
    let leads = statement.role == StatementRole::Heading || reading.document.slice(statement.span).trim_end().ends_with(':');
    let last = within(&words.alternatives, statement.span, |s| *s).filter(|_| leads).max_by_key(|s| (s.end(), s.len()))?;
    let after = reading.document.slice(Span::of(last.end()..statement.span.end()));
    let rest = after.trim_matches(|c: char| !c.is_alphanumeric()).split_whitespace().count();
    let points = ["following", "below", "these"].iter().any(|w| reading.folded(*last).contains(w));
    // “one of the largest trusts:” speaks of no list.
    (rest == 0 || points && rest <= 4).then_some(*last)
}

/// “• A degree, or” “• five years in practice”: both neighbours of an “or” at an item’s end, at its start or alone.
fn beside_or(reading: &Reading, statements: &mut [Statement]) {
    let mut items: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while from < statements.len() {
        let block = statements[from].block;
        let to = from + statements[from..].iter().take_while(|s| s.block == block).count();
        items.push((from, to));
        from = to;
    }
    for pair in items.windows(2) {
        let ((a, b), (c, d)) = (pair[0], pair[1]);
        if !is_item(reading, &statements[c]) && !is_lone_or(reading, &statements[c])
            || !is_item(reading, &statements[a]) && !is_lone_or(reading, &statements[a])
        {
            continue;
        }
        let Some(words) = or_at_end(reading, statements[b - 1].span).or_else(|| or_at_start(reading, statements[c].span)) else { continue };
        let route = statements[a].route.unwrap_or(Route { group: offset(a), words });
        statements[a..b].iter_mut().for_each(|s| s.route = Some(route));
        statements[c..d].iter_mut().for_each(|s| s.route = Some(route));
    }
}

fn is_item(reading: &Reading, statement: &Statement) -> bool {
    depth(reading, statement).is_some()
}

/// How deep a list item stands.
fn depth(reading: &Reading, statement: &Statement) -> Option<u8> {
    match reading.document.blocks()[statement.block as usize].kind {
        BlockKind::Item(depth) => Some(depth),
        _ => None,
    }
}

fn is_lone_or(reading: &Reading, statement: &Statement) -> bool {
    reading.folded(statement.span).trim_matches(|c: char| !c.is_alphanumeric()) == "or"
}

fn or_at_end(reading: &Reading, span: Span) -> Option<Span> {
    let text = reading.document.slice(span);
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let before = bare.strip_suffix("or").or_else(|| bare.strip_suffix("OR"))?;
    let parted = before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric());
    parted.then(|| Span::of(span.start() + before.len()..span.start() + bare.len()))
}

fn or_at_start(reading: &Reading, span: Span) -> Option<Span> {
    let text = reading.document.slice(span);
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = bare.split(|c: char| !c.is_alphanumeric()).next().filter(|w| w.eq_ignore_ascii_case("or"))?;
    let start = span.start() + (text.len() - bare.len());
    Some(Span::of(start..start + word.len()))
}
