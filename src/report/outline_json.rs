//! How documents were understood, as JSON: the second stable contract (DESIGN.md).

use serde::Serialize;

use super::json::{Error, JsonSpan, to_line};
use super::{Checked, Failed, Summary, Writer};
use crate::criteria::{Criterion, Need, Verdict, WayBy};
use crate::document::{Document, Format};
use crate::outline::{Because, Binding, Duty, Kind, Language, Outline, SectionKind, Wordings};
use crate::text::Span;

/// Writes outlines as JSON.
#[derive(Clone, Copy, Debug)]
pub struct OutlineJson<'w> {
    /// Names roles and activities.
    pub wordings: &'w Wordings,
}

impl Writer for OutlineJson<'_> {
    fn head(&self) -> String {
        "{\"version\":1,\"files\":[\n".to_owned()
    }

    fn checked(&self, checked: &Checked) -> String {
        let (document, outline) = (checked.document, &checked.report.outline);
        let section =
            |s: &crate::outline::Section| JsonSection { kind: s.kind, heading: s.heading.map(|h| document.slice(h)), start: s.span.start(), end: s.span.end() };
        to_line(&File {
            path: checked.path,
            format: Some(document.format()),
            kind: Some(outline.kind),
            title: outline.title.as_ref().map(|t| t.text.as_str()),
            role: outline.roles.first().map(|r| self.wordings.role_name(r.role)),
            language: Some(language(outline)),
            text: document.text().as_str(),
            sections: outline.sections.iter().map(section).collect(),
            criteria: checked.report.criteria.iter().map(|c| criterion(c, document, self.wordings)).collect(),
            duties: outline.duties.iter().map(|d| self.duty(d, outline, document)).collect(),
            notices: &checked.report.notices,
            error: None,
        })
    }

    fn failed(&self, failed: &Failed) -> String {
        to_line(&File {
            path: failed.path,
            format: failed.format,
            kind: None,
            title: None,
            role: None,
            language: None,
            text: "",
            sections: Vec::new(),
            criteria: Vec::new(),
            duties: Vec::new(),
            notices: &[],
            error: Some(Error { message: failed.message }),
        })
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn tail(&self, _: &Summary) -> String {
        "\n]}\n".to_owned()
    }
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    format: Option<Format>,
    kind: Option<Kind>,
    title: Option<&'a str>,
    role: Option<&'a str>,
    language: Option<Language>,
    text: &'a str,
    sections: Vec<JsonSection<'a>>,
    criteria: Vec<JsonCriterion<'a>>,
    duties: Vec<JsonDuty<'a>>,
    notices: &'a [String],
    error: Option<Error<'a>>,
}

#[derive(Serialize)]
struct JsonSection<'a> {
    kind: SectionKind,
    heading: Option<&'a str>,
    start: usize,
    end: usize,
}

/// A criterion; the fields from `asked` on were added to the contract later.
#[derive(Serialize)]
pub(super) struct JsonCriterion<'a> {
    text: &'a str,
    span: JsonSpan,
    subject: &'a str,
    binding: Binding,
    because: Option<JsonBecause<'a>>,
    section: SectionKind,
    verdict: Verdict,
    asked: JsonAsked<'a>,
    needed_by: Vec<JsonNeed<'a>>,
    other_ways: Vec<JsonWay<'a>>,
    condition: Option<&'a str>,
    assessed: Option<&'a str>,
    rule: Option<&'a str>,
}

/// What exactly is asked.
#[derive(Serialize)]
struct JsonAsked<'a> {
    name: Option<&'a str>,
    field: Option<&'a str>,
    number: Option<f64>,
    level: Option<u8>,
}

/// What needs a criterion: a role, a duty's activity, or words beside it.
#[derive(Serialize)]
struct JsonNeed<'a> {
    by: &'static str,
    name: Option<&'a str>,
    text: Option<&'a str>,
    span: Option<JsonSpan>,
}

/// Another way in; without a place where it stands in another document of the advert.
#[derive(Serialize)]
struct JsonWay<'a> {
    by: WayBy,
    text: Option<&'a str>,
    span: Option<JsonSpan>,
}

/// What makes a criterion bind as it does.
#[derive(Serialize)]
struct JsonBecause<'a> {
    by: &'static str,
    text: &'a str,
    span: JsonSpan,
}

#[derive(Serialize)]
struct JsonDuty<'a> {
    text: &'a str,
    activities: Vec<&'a str>,
}

pub(super) fn criterion<'a>(criterion: &'a Criterion, document: &'a Document, wordings: &'a Wordings) -> JsonCriterion<'a> {
    let because = |by, span: Span| Some(JsonBecause { by, text: document.slice(span), span: span.into() });
    let words = |span: Option<Span>| span.map(|s| document.slice(s));
    let asked = &criterion.asked;
    JsonCriterion {
        text: document.slice(criterion.span),
        span: criterion.span.into(),
        subject: &criterion.subject,
        binding: criterion.binding,
        because: match criterion.because {
            Because::Section(span) => because("section", span),
            Because::Column(span) => because("column", span),
            Because::OwnWords(span) => because("own-words", span),
            Because::Nothing => None,
        },
        section: criterion.section,
        verdict: criterion.verdict,
        asked: JsonAsked { name: words(asked.name), field: words(asked.field), number: asked.number, level: asked.level },
        needed_by: criterion.needs.iter().map(|n| need(*n, document, wordings)).collect(),
        other_ways: criterion.other_ways.iter().map(|w| JsonWay { by: w.by, text: words(w.span), span: w.span.map(Into::into) }).collect(),
        condition: words(criterion.condition),
        assessed: words(criterion.assessed),
        rule: criterion.rule.as_ref().map(|r| r.as_str()),
    }
}

fn need<'a>(need: Need, document: &'a Document, wordings: &'a Wordings) -> JsonNeed<'a> {
    let (by, name, span) = match need {
        Need::Role(role, span) => ("role", Some(wordings.role_name(role)), span),
        Need::Duty(activity, span) => ("duty", Some(wordings.activity_slug(activity)), span),
        Need::Words(span) => ("words", None, Some(span)),
    };
    JsonNeed { by, name, text: span.map(|s| document.slice(s)), span: span.map(Into::into) }
}

impl OutlineJson<'_> {
    fn duty<'a>(&'a self, duty: &Duty, outline: &Outline, document: &'a Document) -> JsonDuty<'a> {
        let statement = outline.statements.get(duty.statement as usize);
        JsonDuty {
            text: statement.map_or("", |s| document.slice(s.span)),
            activities: duty.activities.iter().map(|a| self.wordings.activity_slug(*a)).collect(),
        }
    }
}

/// The language that most of the text is in.
fn language(outline: &Outline) -> Language {
    let bytes = |language| outline.statements.iter().filter(|s| s.language == language).map(|s| s.span.len()).sum::<usize>();
    if bytes(Language::Other) > bytes(Language::English) { Language::Other } else { Language::English }
}
