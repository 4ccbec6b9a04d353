//! A block's words and the findings in them → marked words, each finding with one numbered link to its card.

use super::escape;
use super::page::Page;
use crate::rules::Severity;
use crate::text::Span;

/// The words of a block. Where findings overlap, the gravest colours the words.
pub(super) fn marked(page: &Page, block: usize) -> String {
    let span = page.document().blocks()[block].span;
    let touching = page.touching(block);
    let mut out = String::new();
    let cuts = cuts(page, span, touching);
    for pair in cuts.windows(2) {
        let piece = Span::of(pair[0]..pair[1]);
        let words = escape::text(page.document().slice(piece));
        let covering = touching.iter().filter(|n| page.finding(**n).span.contains(piece));
        match covering.map(|n| page.finding(*n).severity).max() {
            Some(severity) => out.push_str(&format!("<mark class=\"{}\">{words}</mark>", class(severity))),
            None => out.push_str(&words),
        }
        // A finding that goes on in the next block has its link here all the same, beside its card.
        let ends = |n: &&usize| page.home(**n) == Some(block) && page.finding(**n).span.end().min(span.end()) == piece.end();
        out.extend(touching.iter().filter(ends).map(|n| reference(page, *n)));
    }
    out
}

/// The class of a severity.
pub(super) const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// Where the marks of a block begin and end, with the block's own ends.
fn cuts(page: &Page, span: Span, touching: &[usize]) -> Vec<usize> {
    let ends = touching.iter().map(|n| page.finding(*n).span).flat_map(|s| [s.start().max(span.start()), s.end().min(span.end())]);
    let mut cuts: Vec<usize> = ends.chain([span.start(), span.end()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// The number behind the marked words.
fn reference(page: &Page, finding: usize) -> String {
    let number = page.number(finding);
    let class = class(page.finding(finding).severity);
    format!("<a class=\"ref {class}\" id=\"{}\" href=\"#{}\"><span class=\"vh\">finding </span>{number}</a>", page.mark_id(finding), page.card_id(finding))
}
