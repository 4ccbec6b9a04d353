//! Ways in that stand outside a criterion's own statement: another item of its list, a condition on whom it is asked of, a
//! sentence elsewhere that takes it back.

use super::conditions::Scene;
use super::{Candidate, Ground, GroundPart, Scan, statement_at};
use crate::outline::{Statement, StatementRole};
use crate::text::{Span, tokens, within};

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
    let own = statement_at(scene.reading.outline, candidate.span)? as usize;
    // The items of a list stand together, and no list of ways in is longer than people read.
    let near = &statements[own.saturating_sub(NEAR)..statements.len().min(own + NEAR)];
    let others = near.iter().filter(|s| s.route.is_some_and(|r| r.group == route.group) && s.block != statement.block);
    let asks_the_same = |s: &Statement| within(&scan.candidates, s.span, |c| c.span).any(|c| c.rule == candidate.rule && scan.left(c).is_none());
    let mut others = others.filter(|s| !route.words.contains(s.span) && !asks_the_same(s));
    others.next().map(|_| Ground::of(GroundPart::Route, Some(route.words)))
}

/// Statements to either side that may be ways in to the same.
const NEAR: usize = 100;

/// “We will consider applicants without a degree”, anywhere; or “… without one” in the next sentence.
fn taken_back(candidate: &Candidate, scene: &Scene, scan: &Scan) -> Option<Ground> {
    let outline = scene.reading.outline;
    let own = statement_at(outline, candidate.span)?;
    let waived = scan.waived(outline).iter().filter(|(c, statement)| c.rule == candidate.rule && *statement != own);
    let mut waived = waived.filter(|(c, _)| share_a_word(scene, c.span, candidate.span) && !differ_in_level(scene, c.span, candidate.span));
    let elsewhere = waived.next().map(|(_, statement)| &outline.statements[*statement as usize]);
    let next = outline.statements.get(own as usize + 1).filter(|s| s.role == StatementRole::Waiver);
    let next = next.filter(|s| s.block == outline.statements[own as usize].block && points_back(scene, s.span));
    elsewhere.or(next).map(|s| Ground::of(GroundPart::TakenBack, Some(s.span)))
}

/// Bytes that the name of a qualification takes at most: “diploma of higher education”.
const LONGEST_LEVEL: usize = 100;

/// “We will consider applicants without a Master's degree” takes back no first degree.
fn differ_in_level(scene: &Scene, a: Span, b: Span) -> bool {
    let levels = &scene.reading.outline.words.levels;
    let level = |span: Span| {
        let near = levels[..levels.partition_point(|(s, _)| s.start() < span.end())].iter().rev();
        let near = near.take_while(|(s, _)| s.start() + LONGEST_LEVEL > span.start());
        near.filter(|(s, _)| span.overlaps(*s)).min_by_key(|(s, _)| std::cmp::Reverse(s.len())).map(|(_, level)| *level)
    };
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
