//! The one identity of a finding, which baselines, SARIF and `[[allow]]` share.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::Finding;
use crate::outline::Outline;
use crate::text::{BASIS_64, Folded, hash_64};

/// Rule, folded statement, and which one of its kind: it stays when lines move and paragraphs are wrapped anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Reads the sixteen hexadecimal digits that [`std::fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok()).flatten().map(Fingerprint)
    }

    /// The identity in a run over many files, where the same words may stand in two of them.
    #[must_use]
    pub fn in_file(self, path: &str) -> Fingerprint {
        Fingerprint(hash_64(hash_64(BASIS_64, path.bytes()), self.0.to_le_bytes()))
    }

    fn of(rule: &str, statement: &str, nth: usize) -> Fingerprint {
        let words = statement.split_whitespace().flat_map(|w| w.bytes().chain([b' ']));
        let all = rule.bytes().chain([0]).chain(words).chain([0]).chain((nth as u64).to_le_bytes());
        Fingerprint(hash_64(BASIS_64, all))
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Gives each finding its fingerprint; the findings stand in order.
pub(super) fn fingerprint(findings: &mut [Finding], outline: &Outline, text: &crate::text::Text) {
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for finding in findings {
        let statement = crate::judge::statement_at(outline, finding.span).map(|s| outline.statements[s as usize].span).filter(|_| !finding.span.is_empty());
        let words = statement.map_or(String::new(), |s| Folded::new(text.slice(s)).as_str().to_owned());
        let key = (finding.rule.to_string(), words);
        let nth = seen.get(&key).copied().unwrap_or(0);
        finding.fingerprint = Fingerprint::of(&key.0, &key.1, nth);
        seen.insert(key, nth + 1);
    }
}

impl Default for Fingerprint {
    fn default() -> Fingerprint {
        Fingerprint::of("", "", 0)
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    /// Configs and baselines hold them: they are the same on every machine, those of 32 bits (a browser's engine) too.
    #[test]
    fn it_is_the_same_for_ever() {
        let third = Fingerprint::of("gendered.title", "the chairman  leads", 2);
        assert_eq!(third.to_string(), "ecb948a9df448104");
    }
}
