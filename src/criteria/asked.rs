//! A criterion's words → what exactly is asked: which level, which number, of what name or in which field.

use super::parts::Part;
use crate::judge::Reading;
use crate::phrase::number_in;
use crate::text::{Span, within};

/// What exactly a criterion asks, as far as its words say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// The words that a rule knows it by: “degree in history”, “PRINCE2 Practitioner”.
    pub name: Option<Span>,
    /// What they are of or in: “history”.
    pub field: Option<Span>,
    /// The number in them: of years, say.
    pub number: Option<f64>,
    /// How high the qualification stands, from 1; who holds a higher one holds the lower.
    pub level: Option<u8>,
}

pub(super) fn asked(part: &Part, reading: Reading) -> Asked {
    let Some(told) = part.told else { return Asked::default() };
    let name = told.span;
    Asked { name: Some(name), field: field(name, part.span, reading), number: number_in(reading.document.slice(name)), level: level(part.span, reading) }
}

/// “Degree or Master's”: the lower is enough. Within “master's degree” the longer words say which.
fn level(part: Span, reading: Reading) -> Option<u8> {
    let mut levels: Vec<(Span, u8)> = within(&reading.outline.words.levels, part, |(s, _)| *s).copied().collect();
    levels.sort_by_key(|(s, _)| (s.start(), std::cmp::Reverse(s.end())));
    let mut longest = part.start()..part.start();
    let own = levels.into_iter().filter(|(span, _)| {
        let is_part = span.end() <= longest.end && span.range() != longest;
        if !is_part {
            longest = span.range();
        }
        !is_part
    });
    own.map(|(_, level)| level).min()
}

/// What stands behind “in” or “of”, up to the end of the clause: within the words, or right behind them.
fn field(name: Span, part: Span, reading: Reading) -> Option<Span> {
    let text = reading.document.slice(Span::of(name.start()..part.end().max(name.end())));
    let (at, link) = [" in ", " of "].iter().filter_map(|l| text.find(l).map(|at| (at, l))).min()?;
    let start = at + link.len();
    // Behind the words it belongs to them only if it follows at once.
    if name.start() + at > name.end() + 1 {
        return None;
    }
    let rest = &text[start..];
    let end = rest.find([',', ';', '.', '(', ')', '\n']).unwrap_or(rest.len());
    let end = [" or ", " and ", " with ", " from ", " plus "].iter().filter_map(|l| rest[..end].find(l)).min().unwrap_or(end);
    let words = rest[..end].trim_end();
    (!words.is_empty()).then(|| Span::of(name.start() + start..name.start() + start + words.len()))
}
