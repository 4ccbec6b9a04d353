//! A linted document → what the page shows of it: its text, the findings with their places, how it was understood.
//!
//! Plain text and Markdown are shown as they are written, for they are written here; of everything else the page shows the
//! document's text.

use std::collections::BTreeSet;

use jdlint::document::{Block, BlockKind, Location};
use jdlint::fix::{Unfixable, byte_edits};
use jdlint::lint::{Applicability, Finding, Fix, Scores};
use jdlint::outline::{Binding, Kind, Section, SectionKind};
use jdlint::report::html;
use jdlint::text::{Span, one_line};
use jdlint::{Format, Severity};
use serde::Serialize;

use crate::opened::Opened;
use crate::units::Units;

#[derive(Serialize)]
pub struct View {
    format: &'static str,
    described: &'static str,
    shown: Shown,
    /// The document's text, where that is what is shown.
    text: Option<String>,
    /// How it stands there: headings, items of lists, cells of tables.
    blocks: Vec<Stands>,
    kind: Kind,
    title: Option<String>,
    roles: Vec<String>,
    jurisdiction: &'static str,
    findings: Vec<Found>,
    sections: Vec<Part>,
    suppressed: usize,
    scores: Scores,
    notices: Vec<String>,
    facts: String,
    audiences: String,
    criteria: String,
    coding: String,
}

/// What positions count in.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Shown {
    Source,
    Document,
}

/// How a block of the text stands out.
#[derive(Serialize)]
struct Stands {
    from: usize,
    looks: Looks,
    /// The heads of the column that it stands in, where it begins a cell.
    column: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Looks {
    Heading,
    Item,
    Plain,
}

#[derive(Serialize)]
struct Found {
    rule: String,
    name: String,
    severity: Severity,
    message: String,
    why: String,
    /// Its words; none where it is said of the whole document.
    place: Option<Place>,
    text: String,
    section: SectionKind,
    binding: Binding,
    audiences: Vec<String>,
    fixes: Vec<Rewrite>,
    related: Vec<Related>,
    sources: Vec<Cited>,
    fingerprint: String,
}

#[derive(Clone, Copy, Serialize)]
struct Place {
    from: usize,
    to: usize,
}

#[derive(Serialize)]
struct Rewrite {
    title: String,
    safe: bool,
    /// What it changes in what is shown; none where its words are the author's to choose, or where it cannot be made.
    edits: Option<Vec<Change>>,
    /// Why it cannot be made in the file.
    unfit: Option<String>,
}

#[derive(Serialize)]
struct Change {
    from: usize,
    to: usize,
    insert: String,
}

#[derive(Serialize)]
struct Related {
    message: String,
    text: String,
    place: Option<Place>,
}

#[derive(Serialize)]
struct Cited {
    citation: String,
    link: String,
}

#[derive(Serialize)]
struct Part {
    kind: SectionKind,
    heading: Option<String>,
    place: Option<Place>,
    n_criteria: usize,
}

/// Tells places of what is shown.
struct Places<'o> {
    opened: &'o Opened<'o>,
    shown: Shown,
    units: Units,
}

pub fn view(opened: &Opened) -> View {
    let (document, report) = (opened.document(), opened.report());
    let format = document.format();
    let shown = if matches!(format, Format::Text | Format::Markdown) { Shown::Source } else { Shown::Document };
    let places = Places::of(opened, shown);
    let html::Parts { facts, audiences, criteria, coding } = html::parts(&opened.checked(), opened.linter().wordings());
    let outline = &report.outline;
    View {
        format: format.name(),
        described: format.described(),
        shown,
        text: (shown == Shown::Document).then(|| document.text().as_str().to_owned()),
        blocks: if shown == Shown::Document { places.blocks() } else { Vec::new() },
        kind: report.kind,
        title: outline.title.as_ref().map(|t| t.text.clone()),
        roles: outline.roles.iter().map(|r| opened.linter().wordings().role_name(r.role).replace('-', " ")).collect(),
        jurisdiction: report.jurisdiction.name(),
        findings: report.findings.iter().map(|f| places.found(f)).collect(),
        sections: outline.sections.iter().map(|s| places.part(s)).collect(),
        suppressed: report.suppressed,
        scores: report.scores.clone(),
        notices: report.notices.clone(),
        facts,
        audiences,
        criteria,
        coding,
    }
}

impl<'o> Places<'o> {
    fn of(opened: &'o Opened<'o>, shown: Shown) -> Places<'o> {
        let units = match shown {
            // The page sends what it shows, in UTF-8.
            Shown::Source => Units::of(&String::from_utf8_lossy(opened.bytes())),
            Shown::Document => Units::of(opened.document().text().as_str()),
        };
        Places { opened, shown, units }
    }

    fn place(&self, span: Span) -> Option<Place> {
        let bytes = match (self.shown, self.opened.document().locate(span)) {
            _ if span.is_empty() => return None,
            (Shown::Document, _) => span.range(),
            (Shown::Source, Location::Bytes(bytes)) => bytes.range(),
            (Shown::Source, _) => return None,
        };
        Some(self.units_of(bytes))
    }

    fn units_of(&self, bytes: std::ops::Range<usize>) -> Place {
        Place { from: self.units.at(bytes.start), to: self.units.at(bytes.end) }
    }

    fn blocks(&self) -> Vec<Stands> {
        let (document, outline) = (self.opened.document(), &self.opened.report().outline);
        let headings: BTreeSet<Span> = outline.sections.iter().filter_map(|s| s.heading).collect();
        let mut before = None;
        let mut stands = |block: &Block| {
            let looks = match block.kind {
                _ if headings.contains(&block.span) => Looks::Heading,
                BlockKind::Heading(_) => Looks::Heading,
                BlockKind::Item(_) => Looks::Item,
                _ => Looks::Plain,
            };
            let begins = block.cell.filter(|cell| std::mem::replace(&mut before, block.cell) != Some(*cell));
            let column = begins.filter(|cell| !document.is_header(*cell)).map(|cell| self.column(cell)).filter(|words| !words.is_empty());
            Stands { from: self.units.at(block.span.start()), looks, column }
        };
        document.blocks().iter().map(&mut stands).filter(|s| s.looks != Looks::Plain || s.column.is_some()).collect()
    }

    /// What heads the column of a cell.
    fn column(&self, cell: u32) -> String {
        let document = self.opened.document();
        let words = |head: &u32| one_line(document.slice(document.cells()[*head as usize].span));
        let heads: Vec<String> = document.column_headers(cell).iter().map(words).filter(|w| !w.is_empty()).collect();
        heads.join(", ").chars().take(40).collect()
    }

    fn found(&self, finding: &Finding) -> Found {
        let ruleset = self.opened.linter().ruleset();
        let catalogue = ruleset.catalogue();
        let words = |span| self.opened.document().slice(span).to_owned();
        let audience = |id: &String| catalogue.audience(id).map_or_else(|| id.clone(), |a| a.name.clone());
        let cited = |id: &String| catalogue.source(id).map(|s| Cited { citation: s.citation(), link: s.link.clone() });
        let related = finding.related.iter().map(|r| Related { message: r.message.clone(), text: words(r.span), place: self.place(r.span) });
        Found {
            rule: finding.rule.to_string(),
            name: ruleset.rule(finding.rule.as_str()).map_or_else(String::new, |r| r.name.clone()),
            severity: finding.severity,
            message: finding.message.clone(),
            why: finding.why.clone(),
            place: self.place(finding.span),
            text: words(finding.span),
            section: finding.section,
            binding: finding.binding,
            audiences: finding.audiences.iter().map(audience).collect(),
            fixes: finding.fixes.iter().map(|f| self.rewrite(f)).collect(),
            related: related.collect(),
            sources: finding.sources.iter().filter_map(cited).collect(),
            fingerprint: finding.fingerprint.to_string(),
        }
    }

    fn rewrite(&self, fix: &Fix) -> Rewrite {
        let (edits, unfit) = match self.changes(fix) {
            Ok(edits) => (Some(edits), None),
            Err(Unfixable::Advice) => (None, None),
            Err(why) => (None, Some(why.to_string())),
        };
        Rewrite { title: fix.title.clone(), safe: fix.applicability == Applicability::Safe, edits, unfit }
    }

    /// What a rewrite changes in what is shown.
    fn changes(&self, fix: &Fix) -> Result<Vec<Change>, Unfixable> {
        let (bytes, document) = (self.opened.bytes(), self.opened.document());
        let in_text = || {
            let change = |e: &jdlint::lint::Edit| (e.span.range(), e.insert.clone());
            fix.edits.iter().map(change).collect::<Vec<_>>()
        };
        let changes = match document.format() {
            _ if fix.edits.is_empty() => return Err(Unfixable::Advice),
            Format::Text | Format::Markdown => {
                byte_edits(bytes, document, &fix.edits)?.into_iter().map(|e| (e.range, String::from_utf8_lossy(&e.insert).into_owned())).collect()
            }
            Format::Html => byte_edits(bytes, document, &fix.edits).map(|_| in_text())?,
            Format::Word | Format::OpenDocument => in_text(),
            _ => return Err(Unfixable::Format),
        };
        let change = |(range, insert)| {
            let Place { from, to } = self.units_of(range);
            Change { from, to, insert }
        };
        Ok(changes.into_iter().map(change).collect())
    }

    fn part(&self, section: &Section) -> Part {
        let criteria = self.opened.report().criteria.iter();
        Part {
            kind: section.kind,
            heading: section.heading.map(|h| self.opened.document().slice(h).to_owned()),
            place: section.heading.and_then(|h| self.place(h)).or_else(|| self.place(section.span)),
            n_criteria: criteria.filter(|c| section.span.contains(c.span)).count(),
        }
    }
}
