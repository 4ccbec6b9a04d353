//! Ways in that stand outside a criterion's own statement: another item of its list, a condition on whom it is asked of, a
//! sentence elsewhere that takes it back.

use super::conditions::Scene;
use super::{Candidate, Ground, GroundPart, Scan, statement_at};
use crate::outline::{Statement, StatementRole};
use crate::text::{Span, tokens};

/// What opens a criterion from outside, if anything does.
pub(super) fn way_in(candidate: &Candidate, scene: &Scene, scan: &Scan) -> Option<Ground> {
    let statement = scene.statement()?;
    if let Some(condition) = statement.condition.filter(|c| !c.overlaps(candidate.span)) {
        return Some(Ground::of(GroundPart::Condition, Some(condition)));
    }
    another_item(candidate, statement, scene, scan).or_else(|| taken_back(candidate, scene, scan))
}

/// Another item of the same “one or more of:” that does not ask the same again.
fn another_item(candidate: &Candidate, statement: &Statement, scene: &Scene, scan: &Scan) -> Option<Ground> {
    let route = statement.route?;
    let statements = &scene.reading.outline.statements;
    let others = statements.iter().filter(|s| s.route.is_some_and(|r| r.group == route.group) && s.block != statement.block);
    let asks_the_same = |s: &Statement| scan.candidates.iter().any(|c| c.rule == candidate.rule && s.span.contains(c.span) && scan.left(c).is_none());
    let mut others = others.filter(|s| s.span.len() > route.words.len() && !asks_the_same(s));
    others.next().map(|_| Ground::of(GroundPart::Route, Some(route.words)))
}

/// “We will consider applicants without a degree”, anywhere; or “… without one” in the next sentence.
fn taken_back(candidate: &Candidate, scene: &Scene, scan: &Scan) -> Option<Ground> {
    let outline = scene.reading.outline;
    let own = statement_at(outline, candidate.span)?;
    let waiver = |n: usize| outline.statements.get(n).filter(|s| s.role == StatementRole::Waiver);
    let same = scan.candidates.iter().filter(|c| c.rule == candidate.rule && share_a_word(scene, c.span, candidate.span));
    let same = same.filter(|c| !differ_in_level(scene, c.span, candidate.span));
    let elsewhere = same.filter_map(|c| statement_at(outline, c.span)).filter(|n| *n != own).find_map(|n| waiver(n as usize));
    let next = waiver(own as usize + 1).filter(|s| s.block == outline.statements[own as usize].block && points_back(scene, s.span));
    elsewhere.or(next).map(|s| Ground::of(GroundPart::TakenBack, Some(s.span)))
}

/// “We will consider applicants without a Master's degree” takes back no first degree.
fn differ_in_level(scene: &Scene, a: Span, b: Span) -> bool {
    let levels = &scene.reading.outline.words.levels;
    let level = |span: Span| levels.iter().filter(|(s, _)| span.overlaps(*s)).max_by_key(|(s, _)| s.len()).map(|(_, level)| *level);
    level(a).zip(level(b)).is_some_and(|(a, b)| a != b)
}

/// “… without one”, “… without this”.
fn points_back(scene: &Scene, span: Span) -> bool {
    let text = scene.reading.document.slice(span).to_lowercase();
    ["without one", "without it", "without this", "without these", "without them"].iter().any(|w| text.contains(w))
}

/// Whether two places have a word in common that means something: of “PRINCE2” and “ITIL” one does not stand for the other.
fn share_a_word(scene: &Scene, a: Span, b: Span) -> bool {
    let (a, b) = (scene.reading.document.slice(a).to_lowercase(), scene.reading.document.slice(b).to_lowercase());
    let mut words = tokens(&a, 0).map(|t| &a[t.range()]).filter(|w| w.len() > 3 || w.chars().any(|c| c.is_ascii_digit()));
    words.any(|w| tokens(&b, 0).any(|t| b[t.range()].trim_end_matches('s') == w.trim_end_matches('s')))
}
