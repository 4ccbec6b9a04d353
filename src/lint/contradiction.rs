//! Figures that a document states twice → those that can't both be meant: pay, hours a week, and a closing date before the day
//! the advert was posted.

use std::sync::LazyLock;

use regex::Regex;

use crate::judge::Reading;
use crate::outline::{Statement, StatementRole};
use crate::rules::{Figure, Jurisdiction};
use crate::text::Span;

/// Two places that contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Contradiction {
    /// The later one.
    pub(super) span: Span,
    pub(super) other: Span,
}

/// The lines of a document that hold a figure, each behind what labels it.
pub(super) struct Lines<'d> {
    reading: Reading<'d>,
    lines: Vec<(Span, String)>,
}

impl<'d> Lines<'d> {
    pub(super) fn of(reading: Reading<'d>) -> Lines<'d> {
        let outline = reading.outline;
        let mut lines: Vec<(Span, String)> = outline.statements.iter().map(|s| (s.span, words(s, reading))).collect();
        lines.retain(|(_, line)| line.bytes().any(|b| b.is_ascii_digit()));
        Lines { reading, lines }
    }

    /// What contradicts itself in one kind of figure.
    pub(super) fn contradiction(&self, figure: Figure, jurisdiction: Jurisdiction) -> Option<Contradiction> {
        match figure {
            Figure::Pay => self.apart(stated_pay),
            Figure::Hours => self.apart(stated_hours),
            Figure::ClosingDate => self.closing(jurisdiction),
        }
    }
}

/// A figure as a place states it: from, to, and its unit.
#[derive(Clone, Copy, Debug)]
struct Stated {
    span: Span,
    from: f64,
    to: f64,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Hour,
    Year,
    HoursAWeek,
}

// `[0-9]`, since `\d` would take in the digits of all scripts: a machine of thousands of states, which takes longer to make than an advert to check.
static MONEY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:£|\$|€)\s?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?(k\b)?").ok());
static HOURS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b([0-9]{1,2}(?:\.[0-9]{1,2})?)\s?(?:hours|hrs|hour)(?: (?:per|a|each) week|/week|/wk| weekly|\b)").ok());
/// Words beside a figure that make it another one: a bonus, a share, a budget, a rise.
const OTHER_PAY: &[&str] = &[
    "bonus",
    "commission",
    "ote",
    "allowance",
    "budget",
    "turnover",
    "relocation",
    "weighting",
    "pro rata",
    "pro-rata",
    "fte",
    "equivalent",
    "overtime",
    "sleep",
    "fee",
    "fund",
    "grant",
    "rising",
    "increas",
    "referral",
    "training",
    "pension",
    "saving",
    "voucher",
];
const OTHER_HOURS: &[&str] =
    &["equivalent", "fte", "overtime", "training", "notice", "up to", "minimum", "at least", "or more", "rest", "open", "support", "holiday"];
const PAY_LABELS: &[&str] = &["salary", "pay", "rate of pay", "wage", "wages", "hourly rate", "remuneration", "starting salary"];
const HOURS_LABELS: &[&str] = &["hours", "hours of work", "working hours", "contracted hours", "weekly hours", "hours per week"];
/// Where an advert speaks of several posts, two figures may both be meant.
const SEVERAL: &[&str] =
    &["two posts", "several posts", "various hours", "multiple roles", "posts available", "positions available", "job share", "range of hours"];

impl Lines<'_> {
    /// The first figure, and one that it has nothing in common with.
    fn apart(&self, stated: fn(&str, Span) -> Option<Stated>) -> Option<Contradiction> {
        let mut all = self.lines.iter().filter_map(|(span, line)| stated(line, *span));
        let first = all.next()?;
        let other = all.find(|o| o.unit == first.unit && (o.to < first.from * 0.99 || o.from > first.to * 1.01))?;
        let folded = self.reading.outline.folded.as_str();
        (!SEVERAL.iter().any(|s| folded.contains(s))).then_some(Contradiction { span: other.span, other: first.span })
    }

    /// A closing date before the day on which the advert was posted.
    fn closing(&self, jurisdiction: Jurisdiction) -> Option<Contradiction> {
        let dated = |cues: &[&str]| {
            self.lines.iter().find_map(|(span, line)| {
                let at = cues.iter().filter_map(|c| line.find(c)).min()?;
                Some((*span, date(&line[at..], jurisdiction)?))
            })
        };
        let ((closes, last), (posted, first)) = (dated(CLOSES)?, dated(POSTED)?);
        (last < first && closes != posted).then_some(Contradiction { span: closes, other: posted })
    }
}

/// A statement's folded words behind what labels them: “title”, or a short heading (“Salary”).
fn words(statement: &Statement, reading: Reading) -> String {
    let outline = reading.outline;
    let folded = |span: Span| outline.folded.as_str().get(outline.folded.range_of(span)).unwrap_or("");
    let text = folded(statement.span);
    // Only titles and labelled lines state the figure of this post.
    if outline.title.as_ref().and_then(|t| t.span).is_some_and(|t| t.overlaps(statement.span)) {
        return format!("title: {text}");
    }
    let section = statement.section.and_then(|s| outline.sections.get(s as usize));
    match section.and_then(|s| s.heading).map(folded).filter(|h| h.split_whitespace().count() <= 3 && !text.contains(':')) {
        Some(heading) if statement.role != StatementRole::Heading => format!("{}: {text}", heading.trim_end_matches(':')),
        _ => text.to_owned(),
    }
}

fn is_labelled(text: &str, labels: &[&str]) -> bool {
    let label = text.split(':').next().filter(|_| text.contains(':')).unwrap_or("").trim();
    label == "title" || labels.contains(&label)
}

fn stated_pay(text: &str, span: Span) -> Option<Stated> {
    if !is_labelled(text, PAY_LABELS) || OTHER_PAY.iter().any(|w| text.contains(w)) {
        return None;
    }
    let amounts: Vec<f64> = MONEY.as_ref()?.captures_iter(text).filter_map(|c| amount(&c)).collect();
    let (from, to) = (amounts.iter().copied().reduce(f64::min)?, amounts.iter().copied().reduce(f64::max)?);
    let unit = match (from, to) {
        (_, to) if to < 100.0 => Unit::Hour,
        (from, _) if from >= 8000.0 => Unit::Year,
        _ => return None,
    };
    Some(Stated { span, from, to, unit })
}

fn amount(found: &regex::Captures) -> Option<f64> {
    let whole: f64 = found.get(1)?.as_str().replace(',', "").parse().ok()?;
    let pence: f64 = found.get(2).and_then(|p| p.as_str().parse().ok()).unwrap_or(0.0);
    Some((whole + pence) * if found.get(3).is_some() { 1000.0 } else { 1.0 })
}

fn stated_hours(text: &str, span: Span) -> Option<Stated> {
    if !is_labelled(text, HOURS_LABELS) || OTHER_HOURS.iter().any(|w| text.contains(w)) {
        return None;
    }
    let hours: Vec<f64> = HOURS.as_ref()?.captures_iter(text).filter_map(|c| c.get(1)?.as_str().parse().ok()).filter(|h| (4.0..=60.0).contains(h)).collect();
    let (from, to) = (hours.iter().copied().reduce(f64::min)?, hours.iter().copied().reduce(f64::max)?);
    Some(Stated { span, from, to, unit: Unit::HoursAWeek })
}

const CLOSES: &[&str] = &["closing date", "closes on", "closes:", "closing:", "apply by", "deadline", "applications close", "close date", "apply before"];
const POSTED: &[&str] = &["date posted", "posted on", "posted:", "date advertised", "advertised on", "published on", "published:", "date of advert"];

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:([0-9]{1,2})(?:st|nd|rd|th)?(?: of)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,? |(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* ([0-9]{1,2})(?:st|nd|rd|th)?,? )([0-9]{4})\b").ok()
});
static NUMBERED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(?:([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}))\b").ok());

/// The first date of a text: year, month, day.
fn date(text: &str, jurisdiction: Jurisdiction) -> Option<(u32, u32, u32)> {
    let number = |m: Option<regex::Match>| m.and_then(|m| m.as_str().parse::<u32>().ok());
    if let Some(found) = NAMED.as_ref()?.captures(text) {
        let name = found.get(2).or(found.get(3))?.as_str();
        let month = (1u32..).zip(MONTHS.iter().copied()).find(|(_, m)| *m == name)?.0;
        return Some((number(found.get(5))?, month, number(found.get(1).or(found.get(4)))?));
    }
    let found = NUMBERED.as_ref()?.captures(text)?;
    if found.get(1).is_some() {
        return Some((number(found.get(1))?, number(found.get(2))?, number(found.get(3))?));
    }
    let (first, second, year) = (number(found.get(4))?, number(found.get(5))?, number(found.get(6))?);
    let month_first = jurisdiction == Jurisdiction::Us;
    let (month, day) = if month_first { (first, second) } else { (second, first) };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_notation() {
        let uk = |text: &str| date(text, Jurisdiction::Uk);
        assert_eq!(uk("closing date: 3 march 2026"), Some((2026, 3, 3)));
        assert_eq!(uk("apply by march 3rd, 2026"), Some((2026, 3, 3)));
        assert_eq!(uk("2026-03-04"), Some((2026, 3, 4)));
        assert_eq!(uk("04/03/2026"), Some((2026, 3, 4)));
        assert_eq!(date("04/03/2026", Jurisdiction::Us), Some((2026, 4, 3)));
        assert_eq!(uk("13/13/2026"), None);
        assert_eq!(uk("soon"), None);
    }
}
