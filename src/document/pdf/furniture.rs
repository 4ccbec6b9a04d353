//! Pages → their running headers, footers and page numbers, which a person does not read as part of the text.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{Line, Page, Word, lines};

/// How much of a page's height, at the top and at the bottom, may hold furniture.
const MARGIN: f32 = 0.11;

/// Takes them from the pages. What a header or footer says comes back once; page numbers not at all.
pub(super) fn take(pages: &mut [Page]) -> Vec<Line> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let margins: Vec<Vec<Line>> = pages.iter_mut().map(margin).collect();
    for key in margins.iter().flatten().map(key) {
        *seen.entry(key).or_insert(0) += 1;
    }
    let least = pages.len().div_ceil(3).max(2);
    let mut said = BTreeSet::new();
    let mut furniture = Vec::new();
    for (page, lines) in pages.iter_mut().zip(margins) {
        for mut line in lines {
            let key = key(&line);
            if is_number(&key) {
                continue;
            }
            if seen.get(&key).is_none_or(|n| *n < least) {
                page.words.extend(line.words);
            } else if said.insert(key) {
                // The page's number in a footer says nothing of the text.
                if line.words.last().is_some_and(|w| w.text.chars().all(|c| c.is_ascii_digit())) {
                    line.words.pop();
                }
                furniture.push(line);
            }
        }
    }
    furniture
}

/// Takes the first and last lines of a page that stand in its margins.
fn margin(page: &mut Page) -> Vec<Line> {
    let (top, bottom) = (page.height * MARGIN, page.height * (1.0 - MARGIN));
    let (margin, body): (Vec<Word>, Vec<Word>) = page.words.drain(..).partition(|w| w.y < top || w.y > bottom);
    page.words = body;
    lines(margin)
}

/// What a line says, whatever the page's number.
fn key(line: &Line) -> String {
    let mut key = String::new();
    for c in line.text().chars() {
        if !c.is_ascii_digit() {
            key.extend(c.to_lowercase());
        } else if !key.ends_with('#') {
            key.push('#');
        }
    }
    key
}

fn is_number(key: &str) -> bool {
    let bare: String = key.chars().filter(|c| c.is_alphanumeric() || *c == '#').collect();
    matches!(bare.as_str(), "#" | "page#" | "page#of#" | "#of#" | "p#" | "#page" | "pageof" | "##" | "page##")
}
