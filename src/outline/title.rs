//! The title of the post, and what it says: role and seniority.

use super::headings::{Fit, Heading, said, split};
use super::reading::{Reading, Words};
use super::wordings::{Seniority, TitleMeans};
use super::{RoleMatch, Statement, StatementRole, Title};
use crate::document::{Block, BlockKind};
use crate::phrase::Found;
use crate::text::{Folded, Span, within};

/// How far down a document its title may stand.
const NEAR_TOP: usize = 40;
/// How many openers are tried: the post is named where the text first speaks of it.
const MOST_SOUGHT: usize = 4;
/// Where a post's name ends in running text.
const NAME_ENDS: [&str; 22] = [
    " to ",
    " who ",
    " with ",
    " for ",
    " in ",
    " on ",
    " at ",
    " that ",
    " which ",
    " as ",
    " join",
    " based",
    " within ",
    " from ",
    ", ",
    ". ",
    ".\n",
    ";",
    "(",
    "!",
    "\n",
    " \u{2013} ",
];
/// Bytes; what is longer is no title, whatever the page says.
const LONGEST: usize = 300;

/// The title of the post, where it can be told.
pub(super) fn title(reading: &Reading, headings: &[Option<Heading>], words: &Words) -> Option<Title> {
    let blocks = reading.document.blocks();
    let by_label = blocks.iter().take(NEAR_TOP).enumerate().find_map(|(n, b)| labelled(reading, n, b));
    let fact = reading.document.facts().title.as_ref();
    let in_text = || if fact.is_some() { None } else { top_line(reading, headings).or_else(|| sought(reading, words)) };
    let span = by_label.or_else(|| fact.and_then(|t| named(reading, t))).or_else(in_text);
    let span = span.map(|span| bare(reading, without_document(reading, span)));
    match (span, fact) {
        (Some(span), _) => Some(Title { text: reading.document.slice(span).to_owned(), span: Some(span) }),
        (None, Some(fact)) => Some(Title { text: fact.clone(), span: None }),
        (None, None) => None,
    }
}

/// “Job title: Nurse”, in one block or in a table's row.
fn labelled(reading: &Reading, n: usize, block: &Block) -> Option<Span> {
    if block.span.len() > 160 {
        return None;
    }
    let text = reading.document.slice(block.span);
    if let Some(at) = text.find(':')
        && at < 30
    {
        let whole = reading.document.text();
        let label = whole.trim(Span::of(block.span.start()..block.span.start() + at));
        let value = whole.trim(Span::of(block.span.start() + at + 1..block.span.end()));
        let is_title = !label.is_empty() && is_label(reading, label) && reading.document.slice(value).chars().filter(|c| c.is_alphabetic()).count() > 2;
        if is_title {
            return Some(value);
        }
    }
    let next = reading.document.blocks().get(n + 1)?;
    let in_row = matches!((block.cell, next.cell), (Some(a), Some(b)) if same_row(reading, a, b));
    (in_row && next.span.len() <= 120 && is_label(reading, block.span)).then_some(next.span)
}

fn is_label(reading: &Reading, span: Span) -> bool {
    span.len() <= 30 && said(reading, span).title_label
}

fn same_row(reading: &Reading, a: u32, b: u32) -> bool {
    let cells = reading.document.cells();
    let (a, b) = (&cells[a as usize], &cells[b as usize]);
    a.table == b.table && a.row == b.row && a.column < b.column
}

/// Where the text repeats a title that the job board's data gives.
fn named(reading: &Reading, title: &str) -> Option<Span> {
    let wanted = Folded::new(title);
    let blocks = reading.document.blocks().iter().take(NEAR_TOP);
    blocks.filter(|b| b.span.len() <= 2 * title.len() + 8).find(|b| reading.folded(b.span) == wanted.as_str()).map(|b| b.span)
}

/// The first heading of level 1, else the first short line, if it announces no section.
fn top_line(reading: &Reading, headings: &[Option<Heading>]) -> Option<Span> {
    let blocks = reading.document.blocks();
    let fits = |n: &usize| blocks[*n].span.len() <= 120 && !is_section(reading, &headings[*n], blocks[*n].span);
    let first_heading = (0..blocks.len().min(NEAR_TOP)).filter(|n| blocks[*n].kind == BlockKind::Heading(1)).find(fits);
    let is_line = |n: &usize| {
        let text = reading.document.slice(blocks[*n].span);
        let is_item = matches!(blocks[*n].kind, BlockKind::Item(_) | BlockKind::Code | BlockKind::Quotation);
        let is_entry = text.contains("://")
            || text.starts_with('[')
            || split(reading, blocks[*n].span).is_some_and(|(label, _)| said(reading, label).section.is_some_and(|(_, fit, _)| fit == Fit::Whole));
        !is_item && !is_entry && text.len() <= 100 && !text.ends_with(['.', ':', '!', '?', ';', ',']) && text.split_whitespace().count() <= 14
    };
    let n = first_heading.or_else(|| (0..blocks.len().min(3)).filter(is_line).find(fits))?;
    Some(blocks[n].span)
}

/// “We are looking for an experienced Head of Finance to lead …”, where no line names the post.
fn sought(reading: &Reading, words: &Words) -> Option<Span> {
    words.sought.iter().take(MOST_SOUGHT).find_map(|opener| {
        let text = reading.document.text();
        let tail = text.as_str().get(opener.end()..)?;
        let tail = &tail[..tail.char_indices().map(|(at, _)| at).find(|at| *at >= LONGEST).unwrap_or(tail.len())];
        let end = NAME_ENDS.iter().filter_map(|stop| tail.find(stop)).min().unwrap_or(tail.len());
        let name = text.trim(Span::of(opener.end()..opener.end() + end));
        let name = name_proper(reading, name)?;
        let n_words = reading.document.slice(name).split_whitespace().count();
        let known = || first_role(reading, name).is_some();
        (n_words <= 8 && (n_words > 1 || known())).then_some(name)
    })
}

/// “talented Web Developer” → “Web Developer”. In small letters only a known role is told from “a great person”.
fn name_proper(reading: &Reading, name: Span) -> Option<Span> {
    let text = reading.document.slice(name);
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let from = if text.split_whitespace().next_back().is_some_and(is_capital) {
        let word = text.split_whitespace().find(|w| is_capital(w))?;
        name.start() + text.find(word)?
    } else {
        first_role(reading, name)?.start()
    };
    Some(Span::of(from..name.end()))
}

fn first_role(reading: &Reading, name: Span) -> Option<Span> {
    let is_role = |f: &&Found| matches!(reading.wordings.title_means[f.phrase as usize], TitleMeans::Role(_));
    reading.wordings.titles.find_within(reading.folded, name).iter().find(is_role).map(|f| f.span)
}

/// Whether a line announces a section and holds no title behind it.
fn is_section(reading: &Reading, heading: &Option<Heading>, span: Span) -> bool {
    match said(reading, span).document {
        // “Job description (as advertised)” names no post.
        Some(document) => {
            let rest = reading.document.slice(Span::of(document.end()..span.end())).trim();
            rest.len() <= 2 || rest.starts_with('(') && rest.ends_with(')')
        }
        None => heading.is_some_and(|h| h.announced.is_some() && h.rest.is_none()),
    }
}

/// “Job description: Nurse” → “Nurse”.
fn without_document(reading: &Reading, span: Span) -> Span {
    let Some(document) = said(reading, span).document else { return span };
    let rest = Span::of(document.end().min(span.end())..span.end());
    let bare = reading.document.slice(rest).trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    if bare.is_empty() { span } else { Span::of(span.end() - bare.len()..span.end()) }
}

/// Without a bar or dash left over at its ends.
fn bare(reading: &Reading, span: Span) -> Span {
    let text = reading.document.slice(span);
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '-' | '\u{2013}' | ':' | '*' | '_'));
    let start =
        span.start() + (text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '-' | '\u{2013}' | ':' | '*' | '_')).len());
    if trimmed.is_empty() { span } else { Span::of(start..start + trimmed.len()) }
}

/// What a title says: its role and how senior it is.
pub(super) struct Says {
    pub(super) roles: Vec<RoleMatch>,
    pub(super) seniority: Seniority,
}

/// Reads a title.
pub(super) fn says(reading: &Reading, title: &Title, words: &Words) -> Says {
    if title.text.len() > LONGEST {
        return Says { roles: Vec::new(), seniority: Seniority::Middle };
    }
    let folded = Folded::new(&title.text);
    let found = reading.wordings.titles.find(&folded);
    let means = |f: &Found| reading.wordings.title_means[f.phrase as usize];
    let mut roles: Vec<RoleMatch> = Vec::new();
    for part in parts(&title.text) {
        let here: Vec<&Found> = found.iter().filter(|f| part.contains(Span::of(f.span.start()..f.span.start()))).collect();
        // The head of an English name stands at its end: the last role, and of those that end there the longest.
        let heads = here.iter().filter(|f| is_head(&title.text, f, &here, &found, &means));
        let last = heads.map(|f| (f.span.end(), f.span.len())).max();
        for f in here.iter().filter(|f| Some((f.span.end(), f.span.len())) == last) {
            let TitleMeans::Role(role) = means(f) else { continue };
            if roles.iter().all(|r| r.role != role) {
                roles.push(RoleMatch { role, span: title.span.map(|t| Span::of(t.start() + f.span.start()..t.start() + f.span.end())) });
            }
        }
        let other_post = here.iter().any(|f| means(f) == TitleMeans::Other);
        if !roles.is_empty() || other_post {
            break;
        }
    }
    Says { roles, seniority: seniority(&title.text, &found, &means, words.senior_pay) }
}

/// Whether a role's title in a title names the post itself: no other post's name behind it, no possessive, nothing longer
/// that says otherwise (“dental nurse”).
fn is_head(title: &str, f: &Found, here: &[&Found], all: &[Found], means: &impl Fn(&Found) -> TitleMeans) -> bool {
    let TitleMeans::Role(role) = means(f) else { return false };
    let trapped = all.iter().any(|o| means(o) == TitleMeans::NotRole(role) && o.span.overlaps(f.span) && o.span.len() >= f.span.len());
    let possessive = title[f.span.end()..].starts_with(['\'', '\u{2019}']);
    // “Nurse Recruiter”: the head of an English title stands at its end.
    let followed = here.iter().any(|o| means(o) == TitleMeans::Other && o.span.start() >= f.span.end());
    !trapped && !possessive && !followed
}

/// The parts of a title, the post's own name first: what stands before “to”, “for”, “at” … and between dashes and commas.
fn parts(title: &str) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut after_preposition = false;
    let cuts = [
        " - ",
        " \u{2013} ",
        " \u{2014} ",
        ", ",
        " (",
        "(",
        " | ",
        ": ",
        "/",
        " and ",
        " & ",
        " or ",
        " to ",
        " for ",
        " at ",
        " with ",
        " in ",
        " within ",
        " of ",
    ];
    let folded = title.to_ascii_lowercase();
    while from < title.len() {
        let next = cuts.iter().filter_map(|c| folded[from..].find(c).map(|at| (from + at, *c))).min_by_key(|(at, c)| (*at, std::cmp::Reverse(c.len())));
        let (end, cut) = next.unwrap_or((title.len(), ""));
        if end > from && !after_preposition {
            parts.push(Span::of(from..end));
        }
        let joins = matches!(cut, " and " | " & " | " or " | "/");
        after_preposition = if joins { after_preposition } else { cut.trim().chars().next().is_some_and(char::is_alphabetic) };
        from = end + cut.len().max(usize::from(next.is_none()));
    }
    parts
}

fn seniority(title: &str, found: &[Found], means: &impl Fn(&Found) -> TitleMeans, senior_pay: bool) -> Seniority {
    let own = parts(title);
    let head = own.first().copied().unwrap_or(Span::of(0..title.len()));
    let traps: Vec<Span> = found.iter().filter(|f| means(f) == TitleMeans::NotSenior).map(|f| f.span).collect();
    let says = |level: Seniority, within_head: bool| {
        found.iter().any(|f| means(f) == TitleMeans::Seniority(level) && !traps.iter().any(|t| t.contains(f.span)) && (!within_head || head.contains(f.span)))
    };
    let ends = |span: Span| own.iter().any(|part| part.contains(span) && part.end() - span.end() <= 1);
    if says(Seniority::Entry, false) || found.iter().any(|f| means(f) == TitleMeans::EntryAtEnd && ends(f.span)) {
        Seniority::Entry
    } else if says(Seniority::Senior, true) || senior_pay {
        Seniority::Senior
    } else {
        Seniority::Middle
    }
}

/// Roles by a regulator's name, where a criterion speaks of registration with it. A title that names a post on no register
/// outweighs it: a receptionist whose advert asks for the NMC is still a receptionist.
pub(super) fn by_regulator(reading: &Reading, words: &Words, statements: &[Statement], roles: &mut Vec<RoleMatch>) {
    let unregulated = reading.wordings.group("unregulated").unwrap_or_default();
    if roles.iter().any(|r| unregulated.contains(&r.role)) {
        return;
    }
    for (place, role) in &words.bodies {
        let at = statements.partition_point(|s| s.span.end() <= place.start());
        let Some(statement) = statements.get(at).filter(|s| s.span.contains(*place) && s.role == StatementRole::Criterion) else { continue };
        // A criterion of a few words, “NMC”, speaks of nothing else.
        let registered = statement.span.len() <= 40 || within(&words.registrations, statement.span, |s| *s).next().is_some();
        if registered && roles.iter().all(|r| r.role != *role) {
            roles.push(RoleMatch { role: *role, span: Some(*place) });
        }
    }
}
