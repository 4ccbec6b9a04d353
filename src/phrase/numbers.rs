//! Numbers, times and days as adverts write them, in digits or words, over folded text.

use smallvec::{SmallVec, smallvec};

use crate::text::NUMBER_WORDS;

/// Where something may end: seldom at more than a few places.
pub(super) type Ends = SmallVec<[usize; 6]>;

/// Words that a time of day may begin with, beside numbers.
pub(super) const TIME_WORDS: [&str; 7] = ["noon", "midday", "midnight", "lunchtime", "lunch", "half", "quarter"];

/// The words for days, as they may begin a `<day>`.
pub(super) fn day_words() -> impl Iterator<Item = String> {
    let plural = DAYS.iter().map(|d| format!("{d}s"));
    DAYS.iter().chain(&SHORT_DAYS).map(|d| (*d).to_owned()).chain(plural)
}

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SHORT_DAYS: [&str; 10] = ["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"];

/// The first number in a text, in digits or words: for a range its lower end.
pub fn number_in(text: &str) -> Option<f64> {
    let folded = crate::text::Folded::new(text);
    let text = folded.as_str();
    crate::text::tokens(text, 0).find_map(|t| single(text, t.start as usize).map(|(_, value)| value))
}

/// The first time of day in a text, in minutes after midnight; hours 1 to 6 without “am” are afternoon.
pub fn time_in(text: &str) -> Option<u32> {
    let folded = crate::text::Folded::new(text);
    let text = folded.as_str();
    let starts = || crate::text::tokens(text, 0).map(|t| t.start as usize);
    starts().find_map(|at| clock(text, at).map(|(_, minutes)| minutes)).or_else(|| starts().find_map(|at| bare_range(text, at)))
}

/// “between 12 and 2”, “from 3 to 4”: where the first of two bare hours begins, in minutes after midnight.
fn bare_range(text: &str, at: usize) -> Option<u32> {
    let introduced = ["between ", "from ", "at "].iter().any(|w| text[..at].ends_with(w));
    let (end, hour) = hour(text, at).filter(|(_, h)| (1..=24).contains(h))?;
    let joined = ["-", " - ", " to ", " and ", " until ", " till "].into_iter().find(|j| text[end..].starts_with(j));
    let second = joined.and_then(|j| self::hour(text, end + j.len()));
    (introduced && second.is_some()).then(|| afternoon(hour) * 60)
}

/// Where a `<number>` that starts at `at` may end, the longest first: “5”, “5+”, “five (5)”, “3-5”, “3 to 5”.
pub(super) fn number_ends(text: &str, at: usize) -> Ends {
    let Some((first, _)) = single(text, at) else { return Ends::new() };
    let mut ends: Ends = smallvec![first];
    let bracketed = bracketed(text, first);
    let plus = plus(text, bracketed);
    ends.extend([bracketed, plus]);
    let rest = &text[plus..];
    let separator = ["-", " - ", " to ", " or ", "/", "- ", " -"].into_iter().find(|s| rest.starts_with(s));
    if let Some((second, _)) = separator.and_then(|s| single(text, plus + s.len())) {
        ends.extend([second, plus_or_same(text, second)]);
    }
    ends.sort_unstable_by(|a, b| b.cmp(a));
    ends.dedup();
    ends
}

fn plus_or_same(text: &str, at: usize) -> usize {
    plus(text, bracketed(text, at))
}

fn plus(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    ["+", " +", " plus", " or more", " or above"].iter().find(|s| rest.starts_with(**s)).map_or(at, |s| at + s.len())
}

/// “five (5)”: the figure in brackets belongs to the number.
fn bracketed(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start();
    let open = text.len() - rest.len();
    let Some(inner) = rest.strip_prefix('(') else { return at };
    let digits = inner.bytes().take_while(|b| b.is_ascii_digit() || *b == b'+').count();
    if digits > 0 && inner[digits..].starts_with(')') { open + digits + 2 } else { at }
}

/// One number at `at`: its end and what it is worth.
fn single(text: &str, at: usize) -> Option<(usize, f64)> {
    let rest = text.get(at..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let tail = &rest.as_bytes()[digits..];
        let more = match tail {
            [b'.' | b',', d, ..] if d.is_ascii_digit() => 1 + tail[1..].iter().take_while(|b| b.is_ascii_digit()).count(),
            _ => 0,
        };
        let figure = &rest[..digits + more];
        let value = if figure.contains(',') { figure.replace(',', "").parse() } else { figure.parse() };
        return value.ok().map(|value| (at + digits + more, value));
    }
    let (len, tens) = word(rest)?;
    if (20..100).contains(&tens)
        && let Some(unit) = rest[len..].strip_prefix(['-', ' '])
        && let Some((more, ones)) = word(unit)
        && (1..10).contains(&ones)
    {
        return Some((at + len + 1 + more, f64::from(tens + ones)));
    }
    Some((at + len, f64::from(tens)))
}

fn word(text: &str) -> Option<(usize, u32)> {
    let len = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    NUMBER_WORDS.iter().find(|(w, _)| *w == &text[..len]).map(|(w, value)| (w.len(), *value))
}

/// Where a `<day>` that starts at `at` ends: “friday”, “fridays”, “fri”.
pub(super) fn day_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &rest[..len];
    let known = DAYS.contains(&word.strip_suffix('s').unwrap_or(word)) || SHORT_DAYS.contains(&word);
    known.then_some(at + len)
}

/// Where a `<time>` that starts at `at` may end, the longest first: “3pm”, “15:00”, “three o'clock”, “12.30-14.00”, “noon”.
pub(super) fn time_ends(text: &str, at: usize) -> Ends {
    let Some((first, _)) = clock(text, at) else { return half_open_range(text, at) };
    let rest = &text[first..];
    let separator = ["-", " - ", " to ", " and ", " until ", " till "].into_iter().find(|s| rest.starts_with(s));
    match separator.and_then(|s| clock(text, first + s.len())) {
        Some((second, _)) => smallvec![second, first],
        None => smallvec![first],
    }
}

/// “12-2pm”: the first hour takes its half of the day from the second.
fn half_open_range(text: &str, at: usize) -> Ends {
    let Some((first, _)) = single(text, at).filter(|(_, hour)| *hour <= 24.0) else { return Ends::new() };
    let rest = &text[first..];
    let separator = ["-", " - ", " to "].into_iter().find(|s| rest.starts_with(s));
    separator.and_then(|s| clock(text, first + s.len())).map(|(end, _)| smallvec![end]).unwrap_or_default()
}

/// A time of day at `at`: its end, and minutes after midnight.
fn clock(text: &str, at: usize) -> Option<(usize, u32)> {
    let rest = text.get(at..)?;
    for (name, minutes) in [("noon", 720), ("midday", 720), ("midnight", 0), ("lunchtime", 750), ("lunch time", 750)] {
        if rest.starts_with(name) && !rest[name.len()..].starts_with(|c: char| c.is_alphanumeric()) {
            return Some((at + name.len(), minutes));
        }
    }
    if let Some(spoken) = spoken(text, at) {
        return Some(spoken);
    }
    let (end, hour) = hour(text, at)?;
    let (end, minutes) = minutes(text, end);
    let (after, half) = half_of_day(text, end);
    let o_clock = ["o'clock", " o'clock", " oclock"].iter().find(|s| text[after..].starts_with(**s));
    let end = o_clock.map_or(after, |s| after + s.len());
    let hour = match half {
        Some(Half::Pm) => hour % 12 + 12,
        Some(Half::Am) => hour % 12,
        // “06:30” is written by who counts to twenty-four.
        None if rest.starts_with('0') => hour,
        None if minutes.is_some() || o_clock.is_some() => afternoon(hour),
        None => return None,
    };
    Some((end, hour * 60 + minutes.unwrap_or(0)))
}

/// “half past three”, “half three”, “quarter to four”, “ten past three in the afternoon”: its end, and minutes after midnight.
fn spoken(text: &str, at: usize) -> Option<(usize, u32)> {
    const PARTS: [(&str, i32); 7] = [("half", 30), ("quarter", 15), ("twenty-five", 25), ("twenty five", 25), ("twenty", 20), ("ten", 10), ("five", 5)];
    let rest = &text[at..];
    let (part, minutes) = *PARTS.iter().find(|(p, _)| rest.strip_prefix(p).is_some_and(|r| r.starts_with(' ')))?;
    let after = &rest[part.len()..];
    let joints = [(" past ", 1), (" after ", 1), (" to ", -1), (" before ", -1), (" ", 1)];
    let (joint, sign) = *joints.iter().find(|(j, _)| after.starts_with(j))?;
    // “half three” is half past; “ten three” is nothing.
    if joint == " " && part != "half" {
        return None;
    }
    let (end, hour) = hour(text, at + part.len() + joint.len()).filter(|(_, h)| (1..=12).contains(h))?;
    // “five to ten people” and “ten to 12 weeks” count things.
    if part != "quarter" && part != "half" && sign < 0 && text[end..].trim_start().starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let (end, half) = half_of_day(text, end);
    let hour = match half {
        Some(Half::Pm) => hour % 12 + 12,
        Some(Half::Am) => hour % 12,
        None => afternoon(hour),
    };
    u32::try_from(i64::from(hour) * 60 + i64::from(sign * minutes)).ok().map(|minutes| (end, minutes))
}

/// Nobody meets at three in the morning.
fn afternoon(hour: u32) -> u32 {
    if (1..=6).contains(&hour) { hour + 12 } else { hour }
}

fn hour(text: &str, at: usize) -> Option<(usize, u32)> {
    let rest = &text[at..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        return rest[..digits].parse().ok().filter(|h| *h <= 24).map(|h| (at + digits, h));
    }
    // “1500 hours”
    if digits == 4 && rest[4..].trim_start().starts_with('h') {
        return rest[..2].parse().ok().filter(|h| *h <= 24).map(|h| (at + 2, h));
    }
    word(rest).filter(|(_, v)| (1..=12).contains(v)).map(|(len, v)| (at + len, v))
}

fn minutes(text: &str, at: usize) -> (usize, Option<u32>) {
    let rest = &text.as_bytes()[at..];
    let (skip, digits) = match rest {
        [b':' | b'.' | b'h', a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit() && !rest.get(3).is_some_and(u8::is_ascii_digit) => (1, &rest[1..3]),
        [a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit() => (0, &rest[..2]),
        _ => return (at, None),
    };
    let value = u32::from(digits[0] - b'0') * 10 + u32::from(digits[1] - b'0');
    if value < 60 { (at + skip + 2, Some(value)) } else { (at, None) }
}

enum Half {
    Am,
    Pm,
}

fn half_of_day(text: &str, at: usize) -> (usize, Option<Half>) {
    let rest = text[at..].trim_start_matches(' ');
    let skipped = text.len() - at - rest.len();
    if skipped > 1 {
        return (at, None);
    }
    let names = [
        ("a.m.", Half::Am),
        ("p.m.", Half::Pm),
        ("am", Half::Am),
        ("pm", Half::Pm),
        ("a.m", Half::Am),
        ("p.m", Half::Pm),
        ("in the morning", Half::Am),
        ("in the afternoon", Half::Pm),
    ];
    for (name, half) in names {
        if rest.starts_with(name) && !rest[name.len()..].starts_with(|c: char| c.is_alphanumeric()) {
            return (at + skipped + name.len(), Some(half));
        }
    }
    (at, None)
}
