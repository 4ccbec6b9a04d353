//! “Make this criterion desirable”: its list item moves to the end of the list of desirable criteria, where the document
//! has one. What comes of it is linted: the criterion must be a desirable one then.

use std::ops::Range;

use super::linted;
use crate::document::{Block, BlockKind, Format};
use crate::judge::statement_at;
use crate::lint::Finding;
use crate::lsp::changes::{Change, applied};
use crate::lsp::owner::View;
use crate::outline::{Binding, SectionKind};
use crate::session::Checked;
use crate::text::one_line;

/// Whether it is worth trying: an item among the essential criteria, in a document that has desirable ones.
pub(super) fn could_be(finding: &Finding, checked: &Checked) -> bool {
    finding.section == SectionKind::Essential && item(finding, checked).is_some() && last_desirable(checked).is_some()
}

pub(super) fn changes(view: &View, checked: &Checked, finding: &Finding) -> Option<Vec<Change>> {
    let (item, target) = (item(finding, checked)?, last_desirable(checked)?);
    let (from, to) = (checked.bytes(item.span)?, checked.bytes(target.span)?);
    let changes = match view.current.format? {
        Format::Html => tagged(&view.current.text, from, to)?,
        _ => lined(&view.current.text, from, to)?,
    };
    let words = one_line(checked.document().slice(checked.report.outline.statements[statement_at(&checked.report.outline, finding.span)? as usize].span));
    let (advert, report) = linted(&applied(&view.current.text, &changes), view, checked)?;
    let document = &advert.documents()[0];
    let moved = report.outline.statements.iter().any(|s| s.binding == Binding::Preferred && one_line(document.slice(s.span)) == words);
    moved.then_some(changes)
}

fn item<'c>(finding: &Finding, checked: &'c Checked) -> Option<&'c Block> {
    let is_item = |b: &&Block| matches!(b.kind, BlockKind::Item(_)) && b.cell.is_none();
    checked.document().blocks().iter().filter(is_item).find(|b| b.span.contains(finding.span) && !finding.span.is_empty())
}

/// The last item among the desirable criteria.
fn last_desirable(checked: &Checked) -> Option<&Block> {
    let sections: Vec<_> = checked.report.outline.sections.iter().filter(|s| s.kind == SectionKind::Desirable).collect();
    let within = |b: &Block| b.cell.is_none() && sections.iter().any(|s| s.span.contains(b.span));
    checked.document().blocks().iter().rfind(|b| matches!(b.kind, BlockKind::Item(_)) && within(b))
}

/// Items of a text, one or more lines each. The marker is that of the list it moves to.
fn lined(text: &str, from: Range<usize>, to: Range<usize>) -> Option<Vec<Change>> {
    let lines = |bytes: &Range<usize>| {
        let start = text[..bytes.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[bytes.end..].find('\n').map_or(text.len(), |at| bytes.end + at + 1);
        start..end
    };
    let (old, last) = (lines(&from), lines(&to));
    let marker = text.get(last.start..to.start).filter(|m| m.chars().all(|c| !c.is_alphabetic()))?;
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let words = text[from.start..old.end].trim_end();
    let begun = if text[last.clone()].ends_with('\n') { "" } else { newline };
    let ended = if begun.is_empty() { newline } else { "" };
    Some(vec![Change { bytes: old, insert: String::new() }, Change::insert(last.end, format!("{begun}{marker}{words}{ended}"))])
}

/// Items of a page, `<li>` to `</li>`.
fn tagged(text: &str, from: Range<usize>, to: Range<usize>) -> Option<Vec<Change>> {
    let lower = text.to_ascii_lowercase();
    let item = |bytes: &Range<usize>| {
        let start = lower[..bytes.start].rfind("<li")?;
        let end = bytes.end + lower[bytes.end..].find("</li>")? + "</li>".len();
        (!lower[start + 3..end].contains("<li")).then_some(start..end)
    };
    let (old, last) = (item(&from)?, item(&to)?);
    let lead = text[..old.start].rfind(|c: char| !c.is_whitespace()).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let moved = text[lead..old.end].to_owned();
    Some(vec![Change { bytes: lead..old.end, insert: String::new() }, Change::insert(last.end, moved)])
}
