//! What searches found in a text → what they find in the version of it that comes after: only the lines that changed are
//! searched again.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// What was found: first byte, byte after the last, and what it is.
pub(crate) type Place = (usize, usize, u32);

/// What searches found in a text, each known by its number.
#[derive(Debug, Default)]
pub(super) struct Finds {
    /// In the text as it is.
    found: Mutex<Vec<BySearch>>,
    /// In the version before it, where there was one.
    before: Option<(Changed, Vec<BySearch>)>,
    /// In stretches of text that were searched by themselves, of all versions: headings, cells. Places are from the stretch's start on.
    within: Arc<Mutex<Stretches>>,
}

/// A search's number, and what it found, by place.
type BySearch = (u64, Arc<[Place]>);

/// What each search found in a stretch of text.
type Stretches = HashMap<Box<str>, Vec<BySearch>>;

/// Longer stretches are no headings, and seldom the same twice.
const LONGEST: usize = 512;
/// So many stretches are kept; then all are forgotten.
const MOST: usize = 10_000;

/// The lines that differ between two versions of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Changed {
    /// In the text before.
    old: Range<usize>,
    /// In the text that came of it.
    new: Range<usize>,
}

impl Finds {
    /// For a text that came of another one.
    pub(super) fn after(finds: &Finds, old: &str, new: &str) -> Finds {
        let found = finds.found.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Finds { found: Mutex::default(), before: Some((Changed::between(old, new), found)), within: Arc::clone(&finds.within) }
    }

    /// What a search finds, by place: `look` searches a range of whole lines.
    pub(super) fn of(&self, search: u64, len: usize, look: impl Fn(Range<usize>) -> Vec<Place>) -> Vec<Place> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(places) = of_search(&found, search) {
            return places.to_vec();
        }
        let old = self.before.as_ref().and_then(|(changed, old)| Some((changed, of_search(old, search)?)));
        let places = old.map_or_else(|| look(0..len), |(changed, old)| changed.carry(old, look(changed.new.clone())));
        found.push((search, places.as_slice().into()));
        places
    }

    /// What a search finds in a stretch of text that it sees nothing beyond.
    pub(super) fn within(&self, search: u64, text: &str, look: impl Fn() -> Vec<Place>) -> Vec<Place> {
        if text.len() > LONGEST {
            return look();
        }
        let mut all = self.within.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(places) = all.get(text).and_then(|found| of_search(found, search)) {
            return places.to_vec();
        }
        if all.len() >= MOST {
            all.clear();
        }
        let places = look();
        all.entry(text.into()).or_default().push((search, places.as_slice().into()));
        places
    }
}

fn of_search(found: &[BySearch], search: u64) -> Option<&[Place]> {
    found.iter().find(|(number, _)| *number == search).map(|(_, places)| &**places)
}

impl Changed {
    fn between(old: &str, new: &str) -> Changed {
        let (a, b) = (old.as_bytes(), new.as_bytes());
        let same = common(a.iter(), b.iter());
        let from = a[..same].iter().rposition(|c| *c == b'\n').map_or(0, |n| n + 1);
        let same = common(a[from..].iter().rev(), b[from..].iter().rev());
        // From the first line break on that both have, what follows is the same lines.
        let behind = a[a.len() - same..].iter().position(|c| *c == b'\n').map_or(0, |n| same - n);
        Changed { old: from..a.len() - behind, new: from..b.len() - behind }
    }

    /// What stood in lines that are the same, where it stands now, and what was found in the others.
    fn carry(&self, old: &[Place], found: Vec<Place>) -> Vec<Place> {
        let before = old.partition_point(|(start, ..)| *start < self.old.start);
        let after = old.partition_point(|(start, ..)| *start < self.old.end);
        let moved = |n: usize| n - self.old.end + self.new.end;
        let behind = old[after..].iter().map(|(start, end, what)| (moved(*start), moved(*end), *what));
        old[..before].iter().copied().chain(found).chain(behind).collect()
    }
}

/// How many bytes are the same at the start.
fn common<'a>(a: impl Iterator<Item = &'a u8>, b: impl Iterator<Item = &'a u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where an “x” stands.
    fn look(text: &str, range: Range<usize>) -> Vec<Place> {
        text[range.clone()].match_indices('x').map(|(n, _)| (range.start + n, range.start + n + 1, 0)).collect()
    }

    #[test]
    fn only_changed_lines_are_looked_at() {
        let (old, new) = ("x a\nb x\nc x\n", "x a\nbé xx\nc x\n");
        let first = Finds::default();
        first.of(1, old.len(), |range| look(old, range));
        let next = Finds::after(&first, old, new);
        let found = next.of(1, new.len(), |range| {
            assert_eq!(&new[range.clone()], "bé xx");
            look(new, range)
        });
        assert_eq!(found, look(new, 0..new.len()));
        // Another search has all of it to look at.
        assert_eq!(next.of(2, new.len(), |range| look(new, range)), look(new, 0..new.len()));
    }

    proptest::proptest! {
        #[test]
        fn versions_that_follow_one_another_are_searched_right(versions in proptest::collection::vec("[x\n ab]{0,12}", 1..6)) {
            let mut before: Option<(Finds, String)> = None;
            for text in versions {
                let finds = before.as_ref().map_or_else(Finds::default, |(finds, old)| Finds::after(finds, old, &text));
                proptest::prop_assert_eq!(finds.of(1, text.len(), |range| look(&text, range)), look(&text, 0..text.len()));
                before = Some((finds, text));
            }
        }
    }
}
