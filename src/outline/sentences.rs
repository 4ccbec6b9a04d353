//! A block's words → its sentences. Adverts abbreviate, number and forget the space after a full stop.

use crate::text::Span;

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: &str = " e.g eg i.e ie etc dr mr mrs ms prof st no nos vs inc ltd co corp dept approx p.a pa p.w pw ref tel ext est min max incl esp fig jr sr \
    ph.d b.sc m.sc b.a m.a u.s u.k a.m p.m jan feb mar apr jun jul aug sept oct nov dec hrs hr yr yrs wk rev hon esq cf al viz ft lb lbs in pp vol ed dip \
    cert univ gov govt assoc asst mgr mgmt exp reqd pref ";

/// The sentences of the words at a span, without white space at their ends.
pub(super) fn sentences(text: &str, span: Span) -> Vec<Span> {
    let words = text.get(span.range()).unwrap_or("");
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in words.char_indices() {
        if at < from {
            continue;
        }
        let after = at + c.len_utf8();
        let end = match c {
            '.' | '!' | '?' | '\u{2026}' => sentence_end(words, at, after),
            '\n' => Some(after),
            // Lists that lost their lines: “• Python • SQL”.
            '\u{2022}' | '\u{25CF}' | '\u{25AA}' | '\u{F0B7}' if at > from => Some(at),
            _ => None,
        };
        if let Some(end) = end {
            push(&mut out, words, span.start(), from..end);
            from = end;
        }
    }
    push(&mut out, words, span.start(), from..words.len());
    out
}

fn push(out: &mut Vec<Span>, words: &str, base: usize, range: std::ops::Range<usize>) {
    let raw = &words[range.clone()];
    let is_frame = |c: char| c.is_whitespace() || matches!(c, '\u{2022}' | '\u{25CF}' | '\u{25AA}' | '\u{F0B7}');
    let start = range.start + (raw.len() - raw.trim_start_matches(is_frame).len());
    let end = range.start + raw.trim_end().len();
    if start < end {
        out.push(Span::of(base + start..base + end));
    }
}

/// Where a sentence that may end with the mark at `at` ends: behind the marks, quotes and brackets that follow.
fn sentence_end(words: &str, at: usize, after: usize) -> Option<usize> {
    let rest = &words[after..];
    let closing = rest.len() - rest.trim_start_matches(['.', '!', '?', '\u{2026}', '"', '\'', '\u{201D}', '\u{2019}', ')', ']']).len();
    let end = after + closing;
    let next = &words[end..];
    if next.is_empty() {
        return Some(end);
    }
    let is_stop = words[at..].starts_with(['.', '\u{2026}']);
    let last = words[..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '/' | ',')).next().unwrap_or("");
    if !next.starts_with(char::is_whitespace) {
        return (is_stop && closing == 0 && runs_on(last, next)).then_some(end);
    }
    let begins = next.trim_start().chars().next()?;
    let opens = begins.is_uppercase() || begins.is_numeric() || matches!(begins, '"' | '\u{201C}' | '\'' | '\u{2018}' | '(' | '[') || !begins.is_alphabetic();
    if !opens && is_stop {
        return None;
    }
    (!(is_stop && closing == 0 && abbreviated(last, begins))).then_some(end)
}

/// “…in the team.Must have a degree”: a full stop without its space, between a word and a capitalised one.
fn runs_on(last: &str, next: &str) -> bool {
    let mut chars = next.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let small = chars.next().is_some_and(|c| c.is_lowercase() || c == ' ');
    last.len() >= 4 && last.chars().all(char::is_lowercase) && capital && small
}

fn abbreviated(last: &str, begins: char) -> bool {
    let folded = last.to_lowercase();
    // “No. 5” is a number; “Is it remote? No. You will …” ends.
    if matches!(folded.as_str(), "no" | "nos" | "in" | "min" | "max" | "co" | "ed" | "mar" | "pref" | "exp") {
        return begins.is_numeric();
    }
    // “9 a.m. The team meets”, “£30,000 p.a. Apply now”: they stand at the end of sentences as often as not.
    if matches!(folded.as_str(), "etc" | "p.a" | "pa" | "a.m" | "p.m" | "pw" | "p.w" | "hrs" | "yrs" | "ltd" | "inc") {
        return !begins.is_uppercase();
    }
    let initial = folded.chars().count() == 1 && folded.chars().all(char::is_alphabetic);
    let numbered = !folded.is_empty() && folded.len() <= 2 && folded.chars().all(|c| c.is_ascii_digit());
    let listed = || ABBREVIATIONS.split_ascii_whitespace().any(|a| a == folded);
    initial || numbered && begins.is_numeric() || folded.len() <= 5 && listed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, Span::of(0..text.len())).into_iter().map(|s| &text[s.range()]).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        for (text, expected) in [
            ("You must drive. You will lead.", vec!["You must drive.", "You will lead."]),
            ("Tools, e.g. Excel, and so on. Next", vec!["Tools, e.g. Excel, and so on.", "Next"]),
            ("A Ph.D. in law. Dr. Smith leads", vec!["A Ph.D. in law.", "Dr. Smith leads"]),
            ("In the U.S. Army we", vec!["In the U.S. Army we"]),
            ("A 2.1 degree. Ref No. 5", vec!["A 2.1 degree.", "Ref No. 5"]),
            ("Is it remote? No. You come in.", vec!["Is it remote?", "No.", "You come in."]),
            ("He said “go.” They went", vec!["He said “go.”", "They went"]),
            ("And so on… Then more", vec!["And so on…", "Then more"]),
            ("Work in the team.Must have a degree", vec!["Work in the team.", "Must have a degree"]),
            ("Node.js and ASP.NET skills", vec!["Node.js and ASP.NET skills"]),
            ("• Python • SQL", vec!["Python", "SQL"]),
            ("Apply now!", vec!["Apply now!"]),
            ("From 9 a.m. The team meets", vec!["From 9 a.m.", "The team meets"]),
            ("", vec![]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }
}
