//! Words that are spoken of and not said: denied, quoted in talk about wording, or part of a name.

use super::conditions::{Scene, is_slight};
use crate::rules::Stands;
use crate::text::Span;

/// Bytes of a quotation at most: longer ones are somebody's statement.
const LONGEST_QUOTE: usize = 80;
/// Words between a “no” and the last member of what it denies: “no rockstars, gurus or ninjas”.
const LONGEST_LIST: usize = 5;

impl Scene<'_, '_> {
    /// What shows that the words here stand so, if they do.
    pub(super) fn stands(&self, how: &Stands) -> Option<Span> {
        match how {
            Stands::Denied { before, after } => self.denied(before, after),
            Stands::Quoted { about } => self.quoted(about),
            Stands::Named { ends } => self.named(ends),
        }
    }

    fn denied(&self, before: &[u32], after: &[u32]) -> Option<Span> {
        let (here, statement) = (self.span, self.statement()?.span);
        // “Never settle, no excuses”: what says no itself is not denied by another no.
        if starts_with_no(self.slice(here.range())) {
            return None;
        }
        let no = self.within(statement, before).filter(|no| no.end() <= here.start()).last();
        let no = no.filter(|no| is_one_list(self.slice(no.end()..here.start())));
        no.or_else(|| self.within(statement, after).find(|no| here.end() <= no.start() && self.slice(here.end()..no.start()).chars().all(is_slight)))
    }

    /// The quotation around the words, where something else in the statement speaks about wording.
    fn quoted(&self, about: &[u32]) -> Option<Span> {
        let (here, statement) = (self.span, self.statement()?.span);
        let opening = self.slice(statement.start()..here.end()).char_indices().rfind(|(at, c)| is_quote(*c) && statement.start() + at <= here.start())?;
        let from = statement.start() + opening.0;
        let closing = self.slice(here.end()..statement.end()).find(is_quote)?;
        let quote = Span::of(from..here.end() + closing);
        let opens = self.slice(statement.start()..from).chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let speaks = self.within(statement, about).any(|w| !w.overlaps(quote));
        (opens && speaks && quote.len() <= LONGEST_QUOTE).then_some(quote)
    }

    /// The end of the name that the words begin or stand in: all of it is written with capitals.
    fn named(&self, ends: &[u32]) -> Option<Span> {
        let (here, statement) = (self.span, self.statement()?.span);
        let is_capital = |words: &str| {
            let mut words = words.split(|c: char| c.is_whitespace() || c == '-').filter(|w| w.chars().any(char::is_alphabetic));
            words.all(|w| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase))
        };
        let shouted = !self.slice(statement.start()..statement.end()).contains(char::is_lowercase);
        if shouted || !is_capital(self.slice(here.start()..here.end())) {
            return None;
        }
        self.within(statement, ends).find(|end| {
            let between = if here.end() <= end.start() { self.slice(here.end()..end.start()) } else { return false };
            let between = ["’s", "'s", "’", "'"].iter().find_map(|s| between.strip_prefix(s)).unwrap_or(between);
            let n_words = between.split_whitespace().count();
            n_words <= 2
                && is_capital(between)
                && !between.contains([',', ';', ':', '.', '(', '\n', '–', '—', '|', '/'])
                && is_capital(self.slice(end.start()..end.end()))
        })
    }

    fn slice(&self, range: std::ops::Range<usize>) -> &str {
        self.reading.document.text().as_str().get(range).unwrap_or("")
    }
}

fn starts_with_no(words: &str) -> bool {
    let first = words.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    matches!(first.as_str(), "no" | "not" | "never" | "nothing" | "without")
}

/// Whether what stands between a “no” and a word makes both one denial: nothing, or other members of one list.
fn is_one_list(between: &str) -> bool {
    if between.chars().all(is_slight) {
        return true;
    }
    let words: Vec<&str> = between.split_whitespace().collect();
    let joined = words.last().is_some_and(|w| matches!(*w, "or" | "and" | "nor" | "no") || w.ends_with(','));
    joined && words.len() <= LONGEST_LIST && !between.contains(['.', ';', ':', '!', '?', '–', '—', '(']) && !words.contains(&"but")
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '‘' | '’' | '\'' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_no_reaches_to_the_end_of_its_list() {
        for list in ["", " ", " rockstars or ", " gurus, ", " egos, gurus and ", " “"] {
            assert!(is_one_list(list), "{list:?}");
        }
        for other in [" egos: we want ", " nonsense, but ", " egos. ", " two days are alike for a "] {
            assert!(!is_one_list(other), "{other:?}");
        }
    }
}
