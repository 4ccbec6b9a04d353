//! A rule's `pattern`: a regular expression, run only where a literal of it was met.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde::{Deserialize, Serialize};

/// A pattern and the literals one of which every match holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pattern {
    /// The expression, over folded text.
    pub expression: String,
    /// Folded; never empty.
    pub literals: Vec<String>,
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
        let literals = literals(&hir).filter(|all| all.iter().all(|l| l.len() >= 2));
        let Some(literals) = literals else {
            return Err("nothing in this pattern must stand in the text, so it would have to run everywhere: give it a word of two letters or more".to_owned());
        };
        if literals.iter().any(|l| l.chars().any(char::is_uppercase)) {
            return Err("patterns run over text in small letters: write them so".to_owned());
        }
        Ok(Pattern { expression: expression.to_owned(), literals })
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

/// Literals one of which every match holds, the longest that can be had.
fn literals(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).ok().map(|l| vec![l]),
        HirKind::Capture(capture) => literals(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => literals(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(literals).max_by_key(|all| all.iter().map(String::len).min()),
        HirKind::Alternation(parts) => parts.iter().map(literals).collect::<Option<Vec<_>>>().map(|all| all.concat()),
        _ => None,
    }
}
