//! A block → the heading that it is, if it is one, and what it announces.
//!
//! Real adverts mark headings by format, in bold, in capitals, with a colon, or by nothing but being short and known.

use super::reading::Reading;
use super::tables::CellRole;
use super::wordings::{Announced, Column, Head, HeadingMeans, Reach, SectionKind};
use crate::document::{BlockKind, Emphasis};
use crate::text::Span;

/// A block that stands as a heading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heading {
    /// 1 to 6 as the format says; 7 bold or capitals, 8 a colon or a known short line, 9 an unknown short line before a list.
    pub(super) level: u8,
    pub(super) announced: Option<Announced>,
    /// The words that name the section.
    pub(super) words: Span,
    /// Data behind them: “Hours: 37.5 per week”.
    pub(super) rest: Option<Span>,
    pub(super) fit: Fit,
}

/// How well a wording covers a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    Unknown,
    Start,
    Within,
    Most,
    Whole,
}

/// What the wordings say of some words taken as a heading.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub(super) section: Option<(Announced, Fit, Span)>,
    pub(super) column: Option<(Column, Fit)>,
    pub(super) title_label: bool,
    /// “Job description” at the start: how much of the heading it takes.
    pub(super) document: Option<Span>,
    /// Whether it names English, or another language.
    pub(super) english: bool,
    pub(super) other_language: bool,
    pub(super) cognate: bool,
}

pub(super) const STRONG: u8 = 7;
/// How far down a line “Person specification: Nurse” is the document's title.
const NEAR_TOP: usize = 5;
const PLAIN: u8 = 8;
const LEAD_IN: u8 = 9;

/// The headings among the blocks, by block.
pub(super) fn headings(reading: &Reading, cells: &[CellRole]) -> Vec<Option<Heading>> {
    let emphasis_tells = emphasis_tells(reading);
    let blocks = reading.document.blocks();
    // The document's title, if a heading is: the first of level 1, else one that begins the document.
    let first = blocks
        .iter()
        .position(|b| b.kind == BlockKind::Heading(1))
        .or_else(|| blocks.first().is_some_and(|b| matches!(b.kind, BlockKind::Heading(_))).then_some(0));
    let may_head = |n: &usize| match blocks[*n].cell.map(|c| cells[c as usize]) {
        None | Some(CellRole::Flow | CellRole::RowLabel | CellRole::Band) => true,
        Some(CellRole::Header | CellRole::Aside) => false,
        // “Essential:” within a cell; anything longer there is a criterion.
        Some(CellRole::Column { .. } | CellRole::Marked { .. }) => blocks[*n].span.len() <= 40,
    };
    (0..blocks.len()).map(|n| Some(n).filter(may_head).and_then(|n| heading(reading, n, emphasis_tells, first))).collect()
}

/// Where most of a document is bold, bold marks nothing.
fn emphasis_tells(reading: &Reading) -> bool {
    let blocks = reading.document.blocks();
    let bytes = |strong: bool| blocks.iter().filter(|b| !strong || b.emphasis == Emphasis::Strong).map(|b| b.span.len()).sum::<usize>();
    2 * bytes(true) <= bytes(false)
}

fn heading(reading: &Reading, n: usize, emphasis_tells: bool, first: Option<usize>) -> Option<Heading> {
    let block = &reading.document.blocks()[n];
    let text = reading.document.slice(block.span);
    match block.kind {
        BlockKind::Heading(level) => Some(titled(said_as_sentence(reading, known_or_not(reading, block.span, level.clamp(1, 6))), first == Some(n))),
        BlockKind::Code | BlockKind::Quotation => None,
        _ if text.len() > 120 => None,
        kind => {
            // “##Duties” is no heading in Markdown, but was meant as one.
            let strong = emphasis_tells && block.emphasis == Emphasis::Strong || text.starts_with("##");
            let line = Line { strong, caps: is_capitals(text), colon: text.ends_with(':'), item: matches!(kind, BlockKind::Item(_)), text };
            if line.item { item_heading(reading, n, line) } else { line_heading(reading, n, line) }
        }
    }
}

#[derive(Clone, Copy)]
struct Line<'t> {
    strong: bool,
    caps: bool,
    colon: bool,
    item: bool,
    text: &'t str,
}

/// The document's title is no heading of a section because a word in it could be: “Benefits Officer”.
fn titled(heading: Heading, is_title: bool) -> Heading {
    if is_title && heading.fit < Fit::Whole { Heading { announced: None, fit: Fit::Unknown, ..heading } } else { heading }
}

/// “It would help if you have:” may be marked as a heading, too.
fn said_as_sentence(reading: &Reading, heading: Heading) -> Heading {
    let text = reading.document.slice(heading.words);
    let is_sentence = heading.announced.is_none() && text.ends_with([':', '\u{2026}']) && heading.level > 1;
    let opener = if is_sentence { opener(reading, heading.words) } else { None };
    opener.map_or(heading, |(announced, words)| Heading { announced: Some(announced), words, fit: Fit::Within, ..heading })
}

fn known_or_not(reading: &Reading, span: Span, level: u8) -> Heading {
    let Some((announced, fit, words, rest)) = announced(reading, span) else {
        return Heading { level, announced: None, words: span, rest: None, fit: Fit::Unknown };
    };
    Heading { level, announced: Some(announced), words, rest, fit }
}

/// What a heading announces: by all of its words, or by those before a colon or dash.
fn announced(reading: &Reading, span: Span) -> Option<(Announced, Fit, Span, Option<Span>)> {
    let whole = said(reading, span).section;
    if let Some((announced, Fit::Whole, words)) = whole {
        return Some((announced, Fit::Whole, words, None));
    }
    if let Some((before, after)) = split(reading, span) {
        // “Person specification – desirable”: the closer word decides.
        if let Some((announced, Fit::Whole, words)) = said(reading, after).section.filter(|(a, _, _)| a.kind.asks_of_person() && !a.part) {
            return Some((announced, Fit::Whole, words, None));
        }
        if let Some((announced, Fit::Whole, words)) = said(reading, before).section {
            return Some((announced, Fit::Whole, words, Some(after)));
        }
    }
    whole.map(|(announced, fit, words)| (announced, fit, words, None))
}

fn line_heading(reading: &Reading, n: usize, line: Line) -> Option<Heading> {
    let blocks = reading.document.blocks();
    let span = blocks[n].span;
    let n_words = line.text.split_whitespace().count();
    let ends = line.text.ends_with(['.', ';', ',']);
    if n_words > 14 || ends && !line.strong {
        return None;
    }
    let level = if line.strong || line.caps { STRONG } else { PLAIN };
    let heading = titled(known_or_not(reading, span, level), n == 0);
    let next_is_item = blocks.get(n + 1).is_some_and(|b| matches!(b.kind, BlockKind::Item(_)) && b.cell == blocks[n].cell);
    let before_list = next_is_item && !reading.marker(n + 1).contains(|c: char| c.is_alphanumeric());
    // “You will:” may lead in duties or criteria.
    let folded = reading.folded(span);
    let open_ended = line.colon && (folded.ends_with(" will:") || folded.ends_with("'ll:"));
    if open_ended && opener(reading, span).is_some() {
        return None;
    }
    if heading.announced.is_none() {
        // “It would help if you have:” is for the walk to read as a sentence.
        if (line.colon || before_list) && opener(reading, span).is_some() {
            return None;
        }
        let stands_out = (line.strong || line.caps) && n_words <= 9 && !ends;
        let leads_in = before_list && n_words <= 6 && !line.colon && line.text.starts_with(|c: char| c.is_uppercase());
        return (stands_out || leads_in).then_some(Heading { level: if stands_out { STRONG } else { LEAD_IN }, ..heading });
    }
    // “Benefits: pension, parking” in running text is told apart by the walk, which knows what stands around.
    // “To apply for this post you will have:” is a sentence, and its end decides.
    if heading.fit <= Fit::Within && line.colon && opener(reading, span).is_some_and(|(_, words)| words.end() + 3 >= span.end()) {
        return None;
    }
    if heading.rest.is_some() {
        let names_document = said(reading, span).document.is_some();
        return (names_document && (level == STRONG || n < NEAR_TOP)).then_some(Heading { rest: None, ..heading });
    }
    let enough = match heading.fit {
        Fit::Whole => true,
        Fit::Most => line.strong || line.caps || line.colon || before_list || n_words <= 5 && !is_qualified(heading, span),
        Fit::Within | Fit::Start => (line.strong || line.caps || line.colon || before_list && n_words <= 8) && n_words <= 10,
        Fit::Unknown => false,
    };
    enough.then_some(heading)
}

/// “NHS experience”, on a line that nothing marks, asks for it, and “Experience” heads what is asked.
fn is_qualified(heading: Heading, line: Span) -> bool {
    heading.announced.is_some_and(|a| a.kind.asks_of_person()) && heading.words.start() > line.start()
}

/// An item is a heading where it is numbered or bold and known (“1. Main duties”), or where nothing else reads so.
fn item_heading(reading: &Reading, n: usize, line: Line) -> Option<Heading> {
    if line.text.len() > 60 {
        return None;
    }
    let numbered = reading.marker(n).contains(|c: char| c.is_alphanumeric());
    if !(line.strong || numbered || line.colon) {
        return None;
    }
    let span = reading.document.blocks()[n].span;
    let heading = known_or_not(reading, span, PLAIN);
    let announced = heading.announced.filter(|_| heading.fit == Fit::Whole && heading.rest.is_none())?;
    let plain = announced.kind.asks_of_person() && !announced.part && line.colon;
    (line.strong || numbered && !announced.part || plain).then_some(heading)
}

/// Letters without a small one among them: “HOW TO APPLY”.
fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && 2 * letters > text.len() && !text.chars().any(char::is_lowercase)
}

/// The words before the first colon or dash, and those behind it.
pub(super) fn split(reading: &Reading, span: Span) -> Option<(Span, Span)> {
    let text = reading.document.slice(span);
    let parts = |(at, c): &(usize, char)| match c {
        ':' | '\u{2013}' => true,
        '-' | '\u{2014}' => text[..*at].ends_with(' ') && text[at + c.len_utf8()..].starts_with(' '),
        _ => false,
    };
    let (at, mark) = text.char_indices().find(parts)?;
    let len = mark.len_utf8();
    let whole = reading.document.text();
    let before = whole.trim(Span::of(span.start()..span.start() + at));
    let after = whole.trim(Span::of(span.start() + at + len..span.end()));
    (!before.is_empty() && !after.is_empty()).then_some((before, after))
}

/// What the wordings say of some words taken as a heading, bare of numbers, counts, colons and emoji.
pub(super) fn said(reading: &Reading, span: Span) -> Said {
    let core = bare(reading, span);
    let mut said = Said::default();
    if core.is_empty() || core.len() > 160 {
        return said;
    }
    for found in reading.wordings.headings.find_within(reading.folded, core) {
        let means = reading.wordings.heading_means[found.phrase as usize];
        if means.what == Head::Document && found.span.start() == core.start() {
            said.document = Some(said.document.map_or(found.span, |d| d.cover(found.span)));
        }
        let Some(fit) = fit(means.reach, found.span, core) else { continue };
        match means.what {
            Head::Section(announced) => keep_better(&mut said.section, (announced, fit, found.span)),
            Head::Column(column) if said.column.is_none_or(|(_, f)| fit > f) => said.column = Some((column, fit)),
            Head::TitleLabel if fit == Fit::Whole => said.title_label = true,
            Head::English if fit == Fit::Whole => said.english = true,
            Head::OtherLanguage if fit == Fit::Whole => said.other_language = true,
            Head::Cognate if fit == Fit::Whole => said.cognate = true,
            _ => {}
        }
    }
    said
}

/// What the words of a topic announce where no specification stands around: “Equal opportunities”.
pub(super) fn outside(reading: &Reading, words: Span) -> Option<Announced> {
    let means = |phrase: u32| reading.wordings.heading_means[phrase as usize];
    let found = reading.wordings.headings.find_within(reading.folded, words);
    found.iter().find_map(|f| match means(f.phrase) {
        HeadingMeans { what: Head::Section(announced), reach: Reach::Whole } if f.span.contains(words) && !announced.part => Some(announced),
        _ => None,
    })
}

fn keep_better(best: &mut Option<(Announced, Fit, Span)>, new: (Announced, Fit, Span)) {
    let better = best.is_none_or(|(_, fit, span)| new.1 > fit || new.1 == fit && new.2.len() > span.len());
    if better {
        *best = Some(new);
    }
}

fn fit(reach: Reach, found: Span, core: Span) -> Option<Fit> {
    let whole = found.start() <= core.start() && found.end() >= core.end();
    match reach {
        Reach::Opener => None,
        _ if whole => Some(Fit::Whole),
        Reach::Within => Some(Fit::Within),
        Reach::Start => (found.start() <= core.start()).then_some(Fit::Start),
        // Most of the words, so that “Key responsibilities of the post” is known, and “Head of benefits” is not.
        Reach::Whole => (10 * found.len() >= 6 * core.len()).then_some(Fit::Most),
    }
}

/// A heading's words without “1.”, “A)”, “(7)”, colons, quotes, emoji.
fn bare(reading: &Reading, span: Span) -> Span {
    let whole = reading.document.text().as_str();
    let (mut start, mut end) = (span.start(), span.end());
    let keeps = |c: char| c.is_alphanumeric() || c == '(' || c == '[';
    start += whole[start..end].find(keeps).unwrap_or(end - start);
    start += numbering(&whole[start..end]);
    loop {
        let text = whole[start..end].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != ']');
        let bared = without_count(text);
        if start + bared.len() == end {
            break;
        }
        end = start + bared.len();
    }
    Span::of(start..end.max(start))
}

/// Bytes of “1.”, “12)”, “A)”, “1.2” and the white space behind.
fn numbering(text: &str) -> usize {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let label = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(inner.len());
    let (name, rest) = inner.split_at(label);
    let bare = name.trim_end_matches('.');
    let is_number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || c == '.') && bare.len() <= 4;
    let is_letter = bare.len() == 1;
    let closed = rest.starts_with(')');
    if !(is_number || is_letter) || !(closed || name.len() > bare.len()) {
        return 0;
    }
    let rest = rest.trim_start_matches([')', ' ', '\u{a0}', '\t']);
    if rest.is_empty() { 0 } else { text.len() - rest.len() }
}

/// Without a trailing “(7)”.
fn without_count(text: &str) -> &str {
    let Some(inner) = text.strip_suffix([')', ']']) else { return text };
    let digits = inner.trim_end_matches(|c: char| c.is_ascii_digit());
    match digits.strip_suffix(['(', '[']) {
        Some(before) if digits.len() < inner.len() => before,
        _ => text,
    }
}

/// What a sentence before a list says of the list: the last opener in it decides, of those that end there the longest.
pub(super) fn opener(reading: &Reading, sentence: Span) -> Option<(Announced, Span)> {
    let found = reading.wordings.headings.find_within(reading.folded, sentence);
    let openers = found.iter().filter_map(|f| {
        let means = reading.wordings.heading_means[f.phrase as usize];
        match means.what {
            Head::Section(announced) if means.reach == Reach::Opener => Some((announced, f.span)),
            _ => None,
        }
    });
    openers.fold(None, |best: Option<(Announced, Span)>, new| match best {
        // “It would help if you have:” ends like a criterion.
        Some((old, span)) if old.kind == SectionKind::Desirable && new.0.kind != SectionKind::Desirable && !new.1.contains(span) => best,
        Some((old, span)) if old.kind != SectionKind::Desirable && new.0.kind == SectionKind::Desirable && !span.contains(new.1) => Some(new),
        Some((_, span)) if new.1.end() < span.end() || new.1.end() == span.end() && new.1.len() <= span.len() => best,
        // A longer wording that began earlier and ends later takes a shorter one's place; so does any later one.
        _ => Some(new),
    })
}
