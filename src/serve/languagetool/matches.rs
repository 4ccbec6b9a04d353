//! A report → LanguageTool's answer: each finding as a match, with its place, its rule and its rewrites.

use serde::Serialize;

use super::annotated::Stretch;
use super::query::{LanguageTold, Query};
use super::{SOFTWARE, Software, language_name};
use crate::document::{Document, Location};
use crate::fix::{self, ByteEdit};
use crate::lint::{Finding, Fix, Report};
use crate::rules::{Catalogue, Condition, Rule, Severity};
use crate::text::one_line;

/// Bytes of context on each side of a match.
const CONTEXT: usize = 40;
/// A rewrite may take a match this far, in bytes: “or equivalent experience” goes at the end of a criterion.
const LONGEST_REWRITE: usize = 240;
/// Clients show a handful.
const MOST_REPLACEMENTS: usize = 5;

#[derive(Serialize)]
pub(super) struct Answer<'a> {
    software: Software,
    warnings: Warnings,
    language: Language<'a>,
    matches: Vec<Match<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Warnings {
    incomplete_results: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Language<'a> {
    name: &'a str,
    code: &'a str,
    detected_language: Detected<'a>,
}

#[derive(Serialize)]
struct Detected<'a> {
    name: &'a str,
    code: &'a str,
    confidence: f64,
    source: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Match<'a> {
    message: String,
    short_message: &'a str,
    replacements: Vec<Replacement>,
    offset: usize,
    length: usize,
    context: Context,
    sentence: String,
    r#type: Type,
    rule: MatchRule<'a>,
    ignore_for_incomplete_sentence: bool,
    context_for_sure_match: i32,
}

#[derive(Serialize)]
struct Replacement {
    value: String,
}

#[derive(Serialize)]
struct Context {
    text: String,
    offset: usize,
    length: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Type {
    type_name: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MatchRule<'a> {
    id: &'a str,
    description: &'a str,
    issue_type: &'static str,
    urls: Vec<Url>,
    category: Category,
    is_premium: bool,
}

#[derive(Serialize)]
struct Url {
    value: String,
}

#[derive(Serialize)]
struct Category {
    id: String,
    name: String,
}

/// What a report comes to.
pub(super) fn answer<'a>(query: &'a Query, document: &Document, report: &Report, origin: &str) -> Answer<'a> {
    let ruleset = query.linter.ruleset();
    let rule = |finding: &Finding| ruleset.rule(finding.rule.as_str()).filter(|rule| query.shows(rule, finding.severity));
    let placed: Vec<(&Finding, &Rule, Range)> = report.findings.iter().filter_map(|f| Some((f, rule(f)?, range(f, document)?))).collect();
    let maker = Maker { query, document, report, origin };
    let made = |(n, (finding, rule, range)): (usize, &(&Finding, &'a Rule, Range))| {
        // Findings stand in order, so that only neighbours can be in the way.
        let others = placed.iter().enumerate().skip(n.saturating_sub(8)).take(17).filter(|(m, _)| *m != n);
        let others: Vec<Range> = others.map(|(_, (.., other))| other.clone()).collect();
        maker.one(finding, rule, Rewrites::of(finding, range, &others, query, document))
    };
    Answer { matches: placed.iter().enumerate().map(made).collect(), ..none(query) }
}

/// An answer without matches.
pub(super) fn none(query: &Query) -> Answer<'_> {
    let (name, code) = (language_name(&query.language), query.language.as_str());
    let source = if query.language_told == LanguageTold::Auto { "preferred" } else { "given" };
    let detected_language = Detected { name, code, confidence: 1.0, source };
    Answer { software: SOFTWARE, warnings: Warnings { incomplete_results: false }, language: Language { name, code, detected_language }, matches: Vec::new() }
}

/// Bytes of the plain text.
type Range = std::ops::Range<usize>;

/// Where a finding stands; what is said of the whole text stands nowhere.
fn range(finding: &Finding, document: &Document) -> Option<Range> {
    match document.locate(finding.span) {
        Location::Bytes(bytes) if !finding.span.is_empty() => Some(bytes.range()),
        _ => None,
    }
}

/// A match's place and what may take it.
struct Rewrites {
    range: Range,
    values: Vec<String>,
    /// Advice that is no words for this place.
    advice: Option<String>,
}

impl Rewrites {
    /// LanguageTool knows one kind of rewrite: other words for a match. Where the first rewrite reaches beyond the finding, the
    /// match does, too, unless another finding or markup stands there; then the rewrite is told instead.
    fn of(finding: &Finding, own: &Range, others: &[Range], query: &Query, document: &Document) -> Rewrites {
        let plain = query.text.plain();
        let edits = |fix: &Fix| fix::byte_edits(plain.as_bytes(), document, &fix.edits).ok();
        let edited: Vec<Vec<ByteEdit>> = finding.fixes.iter().filter(|f| !f.edits.is_empty()).filter_map(edits).collect();
        let wide = edited.first().map_or(own.clone(), |edits| reach(plain, own, edits));
        let is_free = || !others.iter().any(|o| o.start < wide.end && wide.start < o.end) && !plain[wide.clone()].contains(['\n', '\r']);
        let range = if wide == *own || (wide.len() <= LONGEST_REWRITE && is_free()) { wide } else { own.clone() };
        let fits = |edits: &&Vec<ByteEdit>| edits.iter().all(|e| range.start <= e.range.start && e.range.end <= range.end);
        let mut values: Vec<String> = edited.iter().filter(fits).map(|edits| applied(plain, &range, edits)).take(MOST_REPLACEMENTS).collect();
        // A client has nothing to show for no words, and words cannot take the place of half an element.
        values.retain(|v| !v.is_empty() && !query.text.holds_markup(range.start, range.end));
        let mut range = range;
        // A space that stays is no part of what changes.
        while !values.is_empty() && range.end > own.end && plain[range.clone()].ends_with(' ') && values.iter().all(|v| v.ends_with(' ') && v.len() > 1) {
            range.end -= 1;
            values.iter_mut().for_each(|v| v.truncate(v.len() - 1));
        }
        let advice = finding.fixes.first().filter(|_| values.is_empty()).map(|fix| fix.title.clone());
        Rewrites { range, values, advice }
    }
}

/// The bytes that a rewrite changes, with the finding's own; where that leaves no words, with the word before or after them.
fn reach(plain: &str, own: &Range, edits: &[ByteEdit]) -> Range {
    let all = edits.iter().fold(own.clone(), |r, e| r.start.min(e.range.start)..r.end.max(e.range.end));
    if !applied(plain, &all, edits).is_empty() {
        return all;
    }
    let before = plain[..all.start].rsplit(['\n', '\r']).next().unwrap_or("").trim_end();
    if let Some(word) = before.split_whitespace().next_back() {
        let start = plain[..all.start].trim_end().len() - word.len();
        return start..all.end;
    }
    let after = plain[all.end..].split(['\n', '\r']).next().unwrap_or("");
    let word = after.split_whitespace().next().unwrap_or("");
    let spaces = after.len() - after.trim_start().len();
    all.start..all.end + if word.is_empty() { 0 } else { spaces + word.len() }
}

/// The words of a range after edits in it.
fn applied(plain: &str, range: &Range, edits: &[ByteEdit]) -> String {
    let mut edits: Vec<&ByteEdit> = edits.iter().collect();
    edits.sort_by_key(|e| e.range.start);
    let (mut out, mut at) = (String::new(), range.start);
    for edit in edits {
        out.push_str(&plain[at..edit.range.start]);
        out.push_str(&String::from_utf8_lossy(&edit.insert));
        at = edit.range.end;
    }
    out + &plain[at..range.end]
}

/// What every match of an answer is made from.
struct Maker<'q, 'a> {
    query: &'q Query,
    document: &'a Document,
    report: &'a Report,
    origin: &'a str,
}

impl<'q> Maker<'q, '_> {
    fn one(&self, finding: &Finding, rule: &'q Rule, rewrites: Rewrites) -> Match<'q> {
        let Rewrites { range, values, advice } = rewrites;
        let Stretch { offset, length } = self.query.text.stretch(range.start, range.end);
        let is_fragment = self.document.blocks().len() == 1;
        let unknown = if is_fragment && depends_on_the_rest(rule) { UNKNOWN } else { "" };
        let advice = advice.map_or(String::new(), |advice| format!(" ({advice})"));
        let message = format!("{}{unknown}{advice}", finding.message);
        let type_name = if finding.severity == Severity::Info { "Hint" } else { "Other" };
        Match {
            message,
            short_message: &rule.name,
            replacements: values.into_iter().map(|value| Replacement { value }).collect(),
            offset,
            length,
            context: self.context(&range),
            sentence: self.sentence(finding),
            r#type: Type { type_name },
            rule: MatchRule {
                id: rule.id.as_str(),
                description: &rule.name,
                issue_type: issue_type(finding),
                urls: urls(rule, self.origin, self.query.linter.ruleset().catalogue()),
                category: category(rule),
                is_premium: false,
            },
            ignore_for_incomplete_sentence: false,
            context_for_sure_match: 0,
        }
    }

    /// The words around a match. Line breaks are spaces there, so that offsets stay.
    fn context(&self, range: &Range) -> Context {
        let plain = self.query.text.plain();
        let start = plain.floor_char_boundary(range.start.saturating_sub(CONTEXT));
        let end = plain.ceil_char_boundary((range.end + CONTEXT).min(plain.len()));
        let before = if start > 0 { "..." } else { "" };
        let after = if end < plain.len() { "..." } else { "" };
        let text = format!("{before}{}{after}", plain[start..end].replace(['\n', '\r', '\t'], " "));
        let units = |start, end| self.query.text.units_between(start, end);
        Context { text, offset: before.len() + units(start, range.start), length: units(range.start, range.end) }
    }

    fn sentence(&self, finding: &Finding) -> String {
        let statements = &self.report.outline.statements;
        let next = statements.partition_point(|s| s.span.end() < finding.span.end());
        let around = statements.get(next).filter(|s| s.span.contains(finding.span)).map_or(finding.span, |s| s.span);
        one_line(self.document.slice(around))
    }
}

/// What is said where the rest of an advert could change the judgement, and was not sent.
const UNKNOWN: &str = "; the rest of the advert, which was not sent with this paragraph, may show that the job needs it";

/// Whether words outside a paragraph (the title, a duty) can make a rule leave what is asked in it, or only mention it.
fn depends_on_the_rest(rule: &Rule) -> bool {
    let elsewhere = |c: &Condition| !(c.role.is_empty() && c.duty.is_empty() && c.document.is_empty());
    rule.asks_of_person() && rule.unless.iter().chain(rule.soften.iter().map(|s| &s.when)).any(elsewhere)
}

/// Kinds as the Internationalization Tag Set names them, by which clients choose colours.
fn issue_type(finding: &Finding) -> &'static str {
    match (finding.severity, finding.rule.group()) {
        (Severity::Error, _) => "legal",
        (_, "consistency") => "inconsistency",
        (_, "omission") => "omission",
        _ => "style",
    }
}

/// The rule's page first: clients show the first link.
fn urls(rule: &Rule, origin: &str, catalogue: &Catalogue) -> Vec<Url> {
    let page = format!("{origin}/rules/{}", rule.id);
    let links = rule.sources.iter().filter_map(|s| catalogue.source(s)).map(|s| s.link.clone()).filter(|l| !l.is_empty());
    std::iter::once(page).chain(links).map(|value| Url { value }).collect()
}

/// A rule's group, as clients show it and name it in `disabledCategories`.
fn category(rule: &Rule) -> Category {
    let group = rule.id.group();
    let name = match group {
        "gendered" => "Gendered wording".to_owned(),
        "prerequisite" => "Prerequisites".to_owned(),
        "exclusionary" => "Exclusionary wording".to_owned(),
        "omission" => "Left unsaid".to_owned(),
        "readability" => "Readability".to_owned(),
        "consistency" => "Consistency".to_owned(),
        other => other.replace('-', " "),
    };
    Category { id: group.to_ascii_uppercase().replace('-', "_"), name }
}
