//! A rule's `pattern`: a regular expression, run only where a literal of it was met.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde::{Deserialize, Serialize};

/// A pattern and the literals without which it cannot match.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pattern {
    /// The expression, over folded text.
    pub expression: String,
    /// Every match holds one of each of these, folded: the set that is met least often first. Never empty, nor is any of them.
    pub needs: Vec<Vec<String>>,
}

impl Pattern {
    /// Checks an expression.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn new(expression: &str) -> Result<Pattern, String> {
        let hir = regex_syntax::parse(expression).map_err(|e| match e {
            regex_syntax::Error::Parse(e) => format!("this pattern cannot be read: {}", e.kind()),
            regex_syntax::Error::Translate(e) => format!("this pattern cannot be read: {}", e.kind()),
            _ => "this pattern cannot be read".to_owned(),
        })?;
        if weight(&hir) > HEAVIEST {
            return Err(
                "this pattern is too large: its repetitions, written out, come to more than any sentence has; repeat less, and not within what is repeated"
                    .to_owned(),
            );
        }
        let mut needs: Vec<Vec<String>> = needs(&hir).into_iter().filter(|set| rarity(set) >= 2).collect();
        needs.sort_by_key(|set| std::cmp::Reverse(rarity(set)));
        if needs.is_empty() {
            return Err("nothing in this pattern must stand in the text, so it would have to run everywhere: give it a word of two letters or more".to_owned());
        };
        if needs.concat().iter().any(|l| l.chars().any(char::is_uppercase)) {
            return Err("patterns run over text in small letters: write them so".to_owned());
        }
        Ok(Pattern { expression: expression.to_owned(), needs })
    }
}

/// States of the machine that a pattern becomes, at most: some milliseconds to build, and no more to take for each character
/// of a text than other rules take together.
const HEAVIEST: usize = 5_000;

/// About how many states a pattern becomes, with all its repetitions written out.
fn weight(hir: &Hir) -> usize {
    let all = |parts: &[Hir]| parts.iter().map(weight).fold(0, usize::saturating_add);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(class) => match class {
            Class::Unicode(class) => class.ranges().len(),
            Class::Bytes(class) => class.ranges().len(),
        },
        HirKind::Capture(capture) => weight(&capture.sub).saturating_add(1),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1);
            weight(&repetition.sub).saturating_add(1).saturating_mul(usize::try_from(most).unwrap_or(usize::MAX))
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => all(parts),
    }
}

/// How seldom a text holds any of some literals: by the length of the shortest, and marks that are no punctuation are rarer than
/// any word.
fn rarity(set: &[String]) -> usize {
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !matches!(c, '.' | ',' | ';' | ':' | '-' | '/' | '(' | ')' | '\'' | '"');
    set.iter().map(|l| l.len() + if l.chars().all(is_mark) { 10 } else { 0 }).min().unwrap_or(0)
}

/// Sets of literals, one of each of which every match holds.
fn needs(hir: &Hir) -> Vec<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).map(|l| vec![vec![l]]).unwrap_or_default(),
        HirKind::Class(Class::Unicode(class)) if class.ranges().iter().map(|r| r.len()).sum::<usize>() <= FEW => {
            vec![class.iter().flat_map(|r| r.start()..=r.end()).map(String::from).collect()]
        }
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Repetition(repetition) => match (repetition.min, repetition.sub.kind()) {
            (0, _) => Vec::new(),
            (n, HirKind::Literal(literal)) => String::from_utf8(literal.0.repeat(n.min(8) as usize)).map(|l| vec![vec![l]]).unwrap_or_default(),
            _ => needs(&repetition.sub),
        },
        HirKind::Concat(parts) => parts.iter().flat_map(needs).collect(),
        // The rarest of each branch: one of these stands there, whichever branch matched.
        HirKind::Alternation(parts) => {
            let rarest = |part| needs(part).into_iter().max_by_key(|set| rarity(set));
            parts.iter().map(rarest).collect::<Option<Vec<_>>>().map(|all| vec![all.concat()]).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// Characters of a class that are looked for one by one.
const FEW: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_runs_only_where_its_rarest_words_stand() {
        let cases: &[(&str, &[&[&str]])] = &[
            (r"\brecent [a-z]+ experience\b", &[&[" experience"], &["recent "]]),
            (r"(salary|pay)[a-z ]{0,40}[£€] ?[0-9]", &[&["€", "£"], &["salary", "pay"]]),
            (r"(pay|rate)[a-z ]*\*{2,}", &[&["**"], &["pay", "rate"]]),
            (r"\$ ?[0-9,]*000", &[&["$"], &["000"]]),
        ];
        for (expression, expected) in cases {
            let needs = Pattern::new(expression).expect("it is a pattern").needs;
            assert!(
                needs
                    .iter()
                    .map(|set| set.iter().map(String::as_str).collect::<std::collections::BTreeSet<_>>())
                    .eq(expected.iter().map(|set| set.iter().copied().collect())),
                "{expression}: {needs:?}"
            );
        }
        for everywhere in [r"[a-z]+", r"a?", r"[.;]", r"(degree|)", r"a|experience"] {
            assert!(Pattern::new(everywhere).is_err(), "{everywhere}");
        }
    }
}
