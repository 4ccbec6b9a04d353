//! Whether a rule's conditions hold at a place.

use std::cell::{Cell, OnceCell};

use super::{Ground, GroundPart, Reading, Scan, binding};
use crate::document::{Block, BlockKind};
use crate::outline::{Binding, SectionKind, Statement};
use crate::phrase::{Found, number_in, time_in};
use crate::rules::{Condition, Jurisdiction, NumberTest, Pack, RequiredOf};
use crate::text::Span;

/// A place in a document, with what conditions ask about it.
pub(super) struct Scene<'a, 'r> {
    pub(super) reading: Reading<'a>,
    whole: &'a [Reading<'a>],
    pub(super) pack: &'r Pack,
    pub(super) jurisdiction: Jurisdiction,
    pub(super) span: Span,
    statement: Option<u32>,
    scan: &'a Scan,
    /// The span that was asked about last, and which of the context's finds begin there: most conditions ask about one statement.
    last: Cell<Option<(Span, usize, usize)>>,
    /// Numbers of the context phrases in the other documents of the advert.
    others: OnceCell<Vec<u32>>,
}

impl<'a, 'r> Scene<'a, 'r> {
    pub(super) fn new(reading: Reading<'a>, whole: &'a [Reading<'a>], pack: &'r Pack, scan: &'a Scan, jurisdiction: Jurisdiction) -> Scene<'a, 'r> {
        let nowhere = Span::of(0..0);
        Scene { reading, whole, pack, jurisdiction, span: nowhere, statement: None, scan, last: Cell::new(None), others: OnceCell::new() }
    }

    /// Turns to another place.
    pub(super) fn enter(&mut self, span: Span, statement: Option<u32>) {
        self.span = span;
        self.statement = statement;
    }

    pub(super) fn statement(&self) -> Option<&'a Statement> {
        self.reading.outline.statements.get(self.statement? as usize)
    }

    pub(super) fn block(&self) -> Option<&'a Block> {
        self.reading.document.blocks().get(self.statement()?.block as usize)
    }

    /// Whether all keys of a condition hold here, and what the decision rests on: the most telling of them.
    pub(super) fn holds(&self, condition: &Condition) -> Option<Ground> {
        let statement = self.statement();
        let binding = statement.map_or(Binding::Neutral, binding);
        let section = statement.and_then(|s| s.section).and_then(|s| self.reading.outline.sections.get(s as usize)).map_or(SectionKind::Other, |s| s.kind);
        let outline = self.reading.outline;
        let plain = among(&condition.binding, &binding)
            && among(&condition.section, &section)
            && among(&condition.kind, &outline.kind)
            && among(&condition.seniority, &outline.seniority)
            && among(&condition.jurisdiction, &self.jurisdiction)
            && self.block_is(&condition.block)
            && test(&condition.number, || number_in(self.reading.document.slice(self.span)))
            && test(&condition.time, || self.time().map(f64::from));
        if !plain {
            return None;
        }
        let bound = statement.and_then(|s| s.because.span()).filter(|_| !condition.binding.is_empty());
        let mut ground = Ground::of(GroundPart::Other, bound);
        for (asked, part) in [(&condition.statement, Beside::Statement), (&condition.before, Beside::Before), (&condition.after, Beside::After)] {
            if !asked.is_empty() {
                ground = Ground::of(GroundPart::Words, Some(self.words(asked, part)?));
            }
        }
        if !condition.stands.is_empty() {
            ground = Ground::of(GroundPart::Other, Some(condition.stands.iter().find_map(|s| self.stands(s))?));
        }
        if !condition.nearby.is_empty() {
            ground = Ground::of(GroundPart::Words, Some(self.nearby(&condition.nearby)?));
        }
        if !condition.document.is_empty() {
            ground = Ground::of(GroundPart::Words, self.anywhere(&condition.document)?);
        }
        if !condition.role.is_empty() {
            let (role, span) = self.role(&condition.role)?;
            ground = Ground::of(GroundPart::Role(role), span);
        }
        if !condition.requires.is_empty() {
            let (role, span) = self.required(&condition.requires)?;
            ground = Ground::of(GroundPart::Role(role), span);
        }
        if !condition.duty.is_empty() {
            let (activity, span) = self.duty(&condition.duty)?;
            ground = Ground::of(GroundPart::Duty(activity), span);
        }
        ground.shows = condition.shows.or(ground.shows);
        Some(ground)
    }

    fn block_is(&self, kinds: &[String]) -> bool {
        if kinds.is_empty() {
            return true;
        }
        let Some(block) = self.block() else { return false };
        let kind = match block.kind {
            BlockKind::Heading(_) => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Item(_) => "item",
            BlockKind::Quotation => "quotation",
            BlockKind::Code => "code",
        };
        kinds.iter().any(|k| k == kind || (k == "cell" && block.cell.is_some()))
    }

    /// A context phrase in the same statement, where it is wanted.
    fn words(&self, phrases: &[u32], beside: Beside) -> Option<Span> {
        let here = self.span;
        let text = self.reading.document.text().as_str();
        let touches = |from: usize, to: usize| from <= to && text.get(from..to).is_some_and(|gap| gap.chars().all(is_slight));
        self.within(self.statement()?.span, phrases).find(|span| match beside {
            Beside::Statement => true,
            Beside::Before => touches(span.end(), here.start()),
            Beside::After => touches(here.end(), span.start()),
        })
    }

    /// A context phrase in the same statement or the one before it: “Ring Ann Lee. She will help.”
    fn nearby(&self, phrases: &[u32]) -> Option<Span> {
        if let Some(span) = self.words(phrases, Beside::Statement) {
            return Some(span);
        }
        let before = self.reading.outline.statements.get((self.statement? as usize).checked_sub(1)?)?;
        self.within(before.span, phrases).next()
    }

    /// Where some context phrases stand within a span.
    pub(super) fn within<'s>(&'s self, span: Span, phrases: &'s [u32]) -> impl Iterator<Item = Span> + 's {
        let inside = self.beginning_in(span).iter().filter(move |f| f.span.end() <= span.end());
        inside.filter(|f| phrases.binary_search(&f.phrase).is_ok()).map(|f| f.span)
    }

    /// The context's finds that begin within a span.
    fn beginning_in(&self, span: Span) -> &[Found] {
        let context = self.context();
        if let Some((_, from, to)) = self.last.get().filter(|(known, ..)| *known == span) {
            return &context[from..to];
        }
        let from = context.partition_point(|f| f.span.start() < span.start());
        let to = from + context[from..].partition_point(|f| f.span.start() < span.end());
        self.last.set(Some((span, from, to)));
        &context[from..to]
    }

    fn context(&self) -> &[Found] {
        self.scan.context(self.reading.outline, self.pack)
    }

    /// The first time of day in what was found, or else in its statement: “9am to 5pm, with a meeting at 3pm”.
    fn time(&self) -> Option<u32> {
        let document = self.reading.document;
        time_in(document.slice(self.span)).or_else(|| time_in(document.slice(self.statement()?.span)))
    }

    /// A context phrase anywhere in the advert; the place, if it is in this document.
    fn anywhere(&self, phrases: &[u32]) -> Option<Option<Span>> {
        let own = self.scan.first_of(phrases, self.reading.outline, self.pack, |_| true);
        own.map(Some).or_else(|| self.others().iter().any(|p| phrases.binary_search(p).is_ok()).then_some(None))
    }

    fn others(&self) -> &[u32] {
        self.others.get_or_init(|| {
            let others = self.whole.iter().filter(|r| !std::ptr::eq(r.outline, self.reading.outline));
            others.flat_map(|r| self.pack.context.find(&r.outline.folded)).map(|f| f.phrase).collect()
        })
    }

    /// A role of the post that is among these, and what shows it, if that is in this document.
    fn role(&self, roles: &[u16]) -> Option<(u16, Option<Span>)> {
        let (reading, found) = self.whole.iter().find_map(|r| r.outline.roles.iter().find(|m| roles.contains(&m.role)).map(|m| (r, m)))?;
        Some((found.role, found.span.filter(|_| std::ptr::eq(reading.outline, self.reading.outline))))
    }

    /// A role of the post of which something is required here.
    fn required(&self, of: &[RequiredOf]) -> Option<(u16, Option<Span>)> {
        let here = of.iter().filter(|r| r.jurisdictions.is_empty() || r.jurisdictions.contains(&self.jurisdiction));
        self.role(&here.map(|r| r.role).collect::<Vec<_>>())
    }

    /// An activity of some duty that is among these, and the duty, if that is in this document.
    fn duty(&self, activities: &[u16]) -> Option<(u16, Option<Span>)> {
        let own = std::iter::once(&self.reading).chain(self.whole.iter());
        let of = |reading: &Reading| {
            let wanted = |d: &crate::outline::Duty| d.activities.iter().copied().find(|a| activities.contains(a)).map(|a| (d.statement, a));
            reading.outline.duties.iter().find_map(wanted)
        };
        let (reading, (duty, activity)) = own.filter_map(|r| Some((r, of(r)?))).next()?;
        let span = reading.outline.statements.get(duty as usize).map(|s| s.span);
        Some((activity, span.filter(|_| std::ptr::eq(reading.outline, self.reading.outline))))
    }
}

#[derive(Clone, Copy)]
enum Beside {
    Statement,
    Before,
    After,
}

/// Spaces and quotation marks, which do not part two phrases.
pub(super) fn is_slight(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '‘' | '’' | '“' | '”' | '"' | '\'' | '*')
}

fn among<T: PartialEq>(wanted: &[T], is: &T) -> bool {
    wanted.is_empty() || wanted.contains(is)
}

fn test(tests: &[NumberTest], number: impl FnOnce() -> Option<f64>) -> bool {
    tests.is_empty() || number().is_some_and(|n| tests.iter().any(|t| t.min <= n && n <= t.max))
}
