//! A place in a text → what there is to say of it: over a finding the rule's reason, over a heading how its section was
//! understood, over a coded word the score, over a rule's name the rule.

mod page;

use std::ops::Range;

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, TextDocumentPositionParams};

use super::owner::{Owner, View};
use super::position::Places;
use crate::lint::{CodedWord, Finding, GenderScore};
use crate::outline::{Binding, Section};
use crate::report::{conditions, severity_name};
use crate::rules::{Rule, Ruleset};
use crate::session::Checked;
pub(super) use page::Markup;
use page::Page;

impl Owner {
    /// `textDocument/hover`
    pub(super) fn hover(&mut self, at: &TextDocumentPositionParams) -> Option<Hover> {
        let view = self.view(&at.text_document.uri)?;
        let place = view.places().offset(at.position);
        let mut page = Page::new(self.client.markup);
        let range = match view.checked() {
            Some(checked) => over_text(&view, checked, place, &mut page),
            None => None,
        };
        let range = range.or_else(|| over_rule_name(&view, place, &mut page))?;
        let contents = HoverContents::Markup(MarkupContent { kind: self.client.markup.kind(), value: page.finish() });
        Some(Hover { contents, range: Some(view.places().range(range)) })
    }
}

fn over_text(view: &View, checked: &Checked, place: usize, page: &mut Page) -> Option<Range<usize>> {
    let holds = |bytes: &Range<usize>| bytes.start <= place && place < bytes.end.max(bytes.start + 1);
    let found: Vec<(&Finding, Range<usize>)> =
        checked.report.findings.iter().map(|f| (f, view.bytes(checked, f.span))).filter(|(_, bytes)| holds(bytes)).collect();
    for (finding, _) in &found {
        over_finding(finding, view.current.setup.linter.ruleset(), checked, page);
    }
    if let Some((_, bytes)) = found.into_iter().min_by_key(|(_, bytes)| bytes.len()) {
        return Some(bytes);
    }
    let headed = checked.report.outline.sections.iter().filter_map(|s| Some((s, checked.bytes(s.heading?)?)));
    if let Some((section, bytes)) = headed.into_iter().find(|(_, bytes)| holds(bytes)) {
        over_heading(section, checked, page);
        return Some(bytes);
    }
    let score = checked.report.scores.gender.as_ref()?;
    let (bytes, word) = coded_word(view.places(), place, score)?;
    over_coded_word(word, score, page);
    Some(bytes)
}

fn over_finding(finding: &Finding, ruleset: &Ruleset, checked: &Checked, page: &mut Page) {
    let Some(rule) = ruleset.rule(finding.rule.as_str()) else { return };
    page.heading(&rule.name, &format!("{}, {}", finding.rule, severity_name(finding.severity)));
    page.paragraph(&finding.message);
    page.paragraph(&finding.why);
    if let Some(related) = finding.related.iter().find(|r| !r.span.is_empty()) {
        page.paragraph(&format!("“{}”: {}.", crate::text::one_line(checked.document().slice(related.span)), related.message));
    }
    let advice = finding.fixes.iter().filter(|f| f.edits.is_empty());
    advice.for_each(|fix| page.point(&fix.title));
    readers_and_evidence(rule, ruleset, &finding.sources, page);
}

/// Who may read it as “not for me”, and on what evidence that is said.
fn readers_and_evidence(rule: &Rule, ruleset: &Ruleset, sources: &[String], page: &mut Page) {
    let names: Vec<&str> = rule.audiences.iter().filter_map(|a| ruleset.catalogue().audience(a)).map(|a| a.name.as_str()).collect();
    if !names.is_empty() {
        page.labelled("May be read as “not for me” by", &names.join(", "));
    }
    page.labelled("Evidence", crate::report::explain::strength(rule.evidence));
    for source in sources.iter().filter_map(|id| ruleset.catalogue().source(id)) {
        page.linked_point(&source.citation(), &source.link);
    }
}

fn over_heading(section: &Section, checked: &Checked, page: &mut Page) {
    page.heading(&format!("Read as: {}", conditions::section(section.kind)), "section");
    let asked = checked.report.criteria.iter().filter(|c| section.span.contains(c.span));
    let (mut must, mut should, mut may) = (0, 0, 0);
    for criterion in asked {
        match criterion.binding {
            Binding::Mandatory => must += 1,
            Binding::Expected => should += 1,
            Binding::Preferred | Binding::Neutral => may += 1,
        }
    }
    let counts = [(must, "mandatory"), (should, "expected"), (may, "desirable")];
    let said: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    page.paragraph(&if said.is_empty() { "Nothing is asked of the person here.".to_owned() } else { format!("Criteria: {}.", said.join(", ")) });
}

/// The coded word at a place.
fn coded_word<'s>(places: Places, place: usize, score: &'s GenderScore) -> Option<(Range<usize>, (&'s CodedWord, &'static str))> {
    let (line, start) = places.lines.line_of(place);
    let words = places.lines.line_bytes(places.text, line).map(|b| places.text[b].to_lowercase())?;
    let within = place - start;
    let coded = score.masculine.iter().map(|w| (w, "masculine")).chain(score.feminine.iter().map(|w| (w, "feminine")));
    let mut here = coded.filter_map(|(word, coding)| {
        let (at, _) = words.match_indices(&word.word).find(|(at, _)| *at <= within && within < at + word.word.len())?;
        Some((start + at..start + at + word.word.len(), (word, coding)))
    });
    // Small letters may take more bytes than capitals: then the words are not where they seem.
    here.find(|(bytes, (word, _))| places.text.get(bytes.clone()).is_some_and(|w| w.to_lowercase() == word.word))
}

fn over_coded_word((word, coding): (&CodedWord, &str), score: &GenderScore, page: &mut Page) {
    page.heading(&format!("“{}” is {coding}-coded", word.word), "gender coding, for information");
    let list = |words: &[CodedWord]| {
        let said: Vec<String> = words.iter().map(|w| if w.count > 1 { format!("{} ({})", w.word, w.count) } else { w.word.clone() }).collect();
        if said.is_empty() { "none".to_owned() } else { said.join(", ") }
    };
    page.labelled("This document", score.verdict);
    page.labelled("Masculine-coded", &list(&score.masculine));
    page.labelled("Feminine-coded", &list(&score.feminine));
    if score.adjusted_verdict != score.verdict {
        page.labelled("Without words that belong to the job", score.adjusted_verdict);
    }
}

/// In a config or a comment: the rule that is named there.
fn over_rule_name(view: &View, place: usize, page: &mut Page) -> Option<Range<usize>> {
    let text = &view.current.text;
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    let start = text[..place].rfind(|c| !is_part(c)).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[place..].find(|c| !is_part(c)).map_or(text.len(), |at| place + at);
    let ruleset = view.current.setup.linter.ruleset();
    let rule = text.get(start..end).filter(|name| name.contains('.')).and_then(|name| ruleset.rule(name))?;
    page.heading(&rule.name, &format!("{}, {}", rule.id, severity_name(rule.severity)));
    page.paragraph(&rule.why);
    readers_and_evidence(rule, ruleset, &rule.sources, page);
    Some(start..end)
}
