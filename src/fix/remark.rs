//! Findings → what a comment beside their words says, line by line. Knows nothing of how a format writes comments.

use crate::document::Document;
use crate::lint::{Finding, Report};
use crate::rules::{Catalogue, Source};
use crate::text::{Span, one_line};

/// A comment to be written.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    /// The words that it is about; `None`: the whole document.
    pub(super) span: Option<Span>,
    pub(super) lines: Vec<Line>,
}

/// A paragraph of a comment.
pub(super) type Line = Vec<Piece>;

/// Some text of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Plain(String),
    Strong(String),
    Link { text: String, url: String },
}

/// The comments for the findings of a report: one for each, and one for all that is missing from the whole document.
pub(super) fn remarks(document: &Document, report: &Report, catalogue: &Catalogue) -> Vec<Remark> {
    let (whole, placed): (Vec<&Finding>, Vec<&Finding>) = report.findings.iter().partition(|f| f.span.is_empty());
    let about_whole = |lines: Vec<Line>| Remark { span: None, lines };
    let lines: Vec<Line> = whole.iter().flat_map(|f| lines(f, document, catalogue)).collect();
    let whole = (!lines.is_empty()).then(|| about_whole(lines));
    let placed = placed.into_iter().map(|f| Remark { span: Some(f.span), lines: lines_of(f, document, catalogue) });
    whole.into_iter().chain(placed).collect()
}

fn lines_of(finding: &Finding, document: &Document, catalogue: &Catalogue) -> Vec<Line> {
    lines(finding, document, catalogue).collect()
}

/// What to say of a finding: the sentence, what to write instead, the other place that it is about, why, and who says so.
fn lines<'a>(finding: &'a Finding, document: &'a Document, catalogue: &'a Catalogue) -> impl Iterator<Item = Line> + 'a {
    let message = vec![Piece::Strong(sentence(&finding.message))];
    let fixes = finding.fixes.iter().map(|fix| vec![Piece::Plain(format!("→ {}", fix.title))]);
    let related = finding.related.iter().map(|r| vec![Piece::Plain(format!("“{}”: {}.", shortened(document.slice(r.span)), r.message))]);
    let why = vec![Piece::Plain(finding.why.clone())];
    let sources = sources(finding, catalogue);
    [message].into_iter().chain(fixes).chain(related).chain([why]).chain(sources)
}

fn sources(finding: &Finding, catalogue: &Catalogue) -> Option<Line> {
    let mut line = Vec::new();
    for source in finding.sources.iter().filter_map(|id| catalogue.source(id)) {
        line.push(Piece::Plain(if line.is_empty() { "Source: ".to_owned() } else { "; ".to_owned() }));
        line.push(named(source));
    }
    if line.len() > 2 {
        line[0] = Piece::Plain("Sources: ".to_owned());
    }
    (!line.is_empty()).then_some(line)
}

/// A source by its title, or else its authors, and its year, with the publisher's page behind it.
fn named(source: &Source) -> Piece {
    let name = if source.title.is_empty() { &source.authors } else { &source.title };
    let text = source.year.map_or(name.clone(), |year| format!("{name} ({year})"));
    if source.link.is_empty() { Piece::Plain(text) } else { Piece::Link { text, url: source.link.clone() } }
}

/// Which words are meant, where a comment cannot stand beside them.
pub(super) fn about(words: &str, place: &str) -> Line {
    vec![Piece::Plain(format!("About “{}” {place}:", shortened(words)))]
}

/// Words on one line, the first of many.
fn shortened(words: &str) -> String {
    const LONGEST: usize = 100;
    let flat = one_line(words);
    let mut short: String = flat.chars().take(LONGEST).collect();
    if short.len() < flat.len() {
        short.push('…');
    }
    short
}

fn sentence(words: &str) -> String {
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}
