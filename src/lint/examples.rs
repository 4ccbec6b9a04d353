//! Runs the examples of rules: each is a small document, with brackets round what its rule finds in it.

use super::{Advert, Edit, Finding, Linter, Settings};
use crate::document::{Document, Format, Location};
use crate::judge::{Ground, GroundPart, Outcome};
use crate::rules::{Example, Rule, RuleKind, Ruleset, Severity};
use crate::text::{Span, Text};

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFault {
    /// The rule.
    pub rule: String,
    /// The file that the example stands in.
    pub file: String,
    /// Where the example's words stand in that file, in bytes.
    pub at: (u32, u32),
    /// What was wanted and what was found, in words for an author.
    pub what: String,
    /// Why, or what to do.
    pub help: Option<String>,
}

/// Runs all examples of a rule set, made anew for each jurisdiction by `ruleset`.
pub fn check_examples(ruleset: impl Fn() -> Ruleset) -> Vec<ExampleFault> {
    check_examples_of(ruleset, |_| true)
}

/// Runs the examples that stand in some files, by the files' names.
pub fn check_examples_of(ruleset: impl Fn() -> Ruleset, wanted: impl Fn(&str) -> bool) -> Vec<ExampleFault> {
    let all = ruleset();
    let mut linters: Vec<(Settings, Linter)> = Vec::new();
    let mut faults = Vec::new();
    for rule in all.rules().into_iter().filter(|r| !r.off) {
        for example in all.examples(rule).iter().filter(|e| wanted(e.file(rule))) {
            let settings = Settings { jurisdiction: example.jurisdiction, ..Settings::default() };
            let known = linters.iter().position(|(s, _)| *s == settings);
            let at = known.unwrap_or_else(|| {
                linters.push((settings.clone(), Linter::new(ruleset(), settings)));
                linters.len() - 1
            });
            if let Err(Fault { what, help }) = run(rule, example, &linters[at].1) {
                faults.push(ExampleFault { rule: rule.id.to_string(), file: example.file(rule).to_owned(), at: example.at, what, help });
            }
        }
    }
    faults
}

/// What is wrong with an example.
struct Fault {
    what: String,
    help: Option<String>,
}

impl From<String> for Fault {
    fn from(what: String) -> Fault {
        Fault { what, help: None }
    }
}

fn run(rule: &Rule, example: &Example, linter: &Linter) -> Result<(), Fault> {
    let (text, marks) = example.unmarked();
    let document = Document::read(text.as_bytes(), Format::Markdown).map_err(|e| e.to_string())?;
    let advert = Advert::new(vec![document]);
    let document = &advert.documents()[0];
    let all = linter.check(&advert).remove(0).findings;
    let findings: Vec<&Finding> = all.iter().filter(|f| f.rule == rule.id).collect();
    if matches!(rule.kind, RuleKind::Absence(_) | RuleKind::Measure(_)) && marks.is_empty() {
        return as_a_whole(example.found.unwrap_or(false), !findings.is_empty());
    }
    let places: Vec<_> = findings.iter().map(|f| source(document, f.span)).collect();
    let missing: Vec<_> = marks.iter().filter(|m| !places.contains(m)).collect();
    let surplus: Vec<&&Finding> = findings.iter().filter(|f| !marks.contains(&source(document, f.span))).collect();
    if !missing.is_empty() || !surplus.is_empty() {
        let wanted: Vec<&str> = missing.iter().map(|m| &text[(*m).clone()]).collect();
        let found: Vec<&str> = surplus.iter().map(|f| document.slice(f.span)).collect();
        let place = missing.first().filter(|_| surplus.is_empty());
        let help = place.map(|place| why_missing(place, rule, &all, linter, &advert)).or_else(|| why_surplus(&wanted, &marks));
        return Err(Fault { what: unlike(&wanted, &found), help });
    }
    if let Some(severity) = example.severity
        && let Some(other) = findings.iter().find(|f| f.severity != severity)
    {
        return Err(format!("“{}” should be {} here, and is {}", document.slice(other.span), name(severity), name(other.severity)).into());
    }
    match &example.after {
        Some(after) => fixed_as_wanted(&findings, after, document).map_err(Fault::from),
        None => Ok(()),
    }
}

fn as_a_whole(wanted: bool, found: bool) -> Result<(), Fault> {
    match (wanted, found) {
        (true, false) => Err("this document as a whole should be found, and is not (found = true)".to_owned().into()),
        (false, true) => Err(Fault {
            what: "this document as a whole is found, and should not be".to_owned(),
            help: Some("where it should be, write found = true".to_owned()),
        }),
        _ => Ok(()),
    }
}

/// “A degree” should be found, and is not …
fn unlike(missing: &[&str], surplus: &[&str]) -> String {
    let quoted = |all: &[&str]| all.iter().map(|w| format!("“{w}”")).collect::<Vec<_>>().join(" and ");
    match (missing, surplus) {
        ([], _) => format!("{} should be left, and is found", quoted(surplus)),
        (_, []) => format!("{} should be found, and is not", quoted(missing)),
        _ => format!("{} should be found; instead, {} is", quoted(missing), quoted(surplus)),
    }
}

fn why_surplus(missing: &[&str], marks: &[std::ops::Range<usize>]) -> Option<String> {
    let help = match (missing.is_empty(), marks.is_empty()) {
        (true, true) => "if it is right to find it, put it in [brackets]; if not, add it to “leave”, or an [[unless]] that says when it is fine",
        (true, false) => "put all that is found in [brackets], or add what is fine to “leave”",
        _ => "brackets go round exactly what is found",
    };
    Some(help.to_owned())
}

/// Why the words at a place are not found: not among the rule's words, or left, or said by another rule.
fn why_missing(place: &std::ops::Range<usize>, rule: &Rule, all: &[Finding], linter: &Linter, advert: &Advert) -> String {
    let document = &advert.documents()[0];
    let here = |span: Span| {
        let at = source(document, span);
        at.start < place.end && place.start < at.end
    };
    let ground = linter.outcomes(advert, rule).into_iter().find(|(span, _)| here(*span)).map(|(_, outcome)| outcome);
    match ground {
        Some(Outcome::Left(ground)) => why_left(&ground, document),
        Some(Outcome::Found(..)) => match all.iter().find(|f| here(f.span)) {
            Some(other) if other.rule != rule.id => {
                format!("the rule {} finds “{}” there, and of two rules of one group the longer words stay", other.rule, document.slice(other.span))
            }
            _ => "the rule is off here".to_owned(),
        },
        None => "no entry of the rule has these words; add them to “find”".to_owned(),
    }
}

fn why_left(ground: &Ground, document: &Document) -> String {
    let words = ground.span.map(|span| format!(" (“{}”)", document.slice(span))).unwrap_or_default();
    match ground.part {
        GroundPart::Leave => format!("“leave” covers it{words}"),
        GroundPart::Where => "none of the rule’s [[where]] holds here: is it under the right heading?".to_owned(),
        GroundPart::Role(_) => format!("an [[unless]] leaves it for this post{words}"),
        GroundPart::Duty(_) => format!("an [[unless]] leaves it, because of a duty{words}"),
        GroundPart::Words => format!("an [[unless]] leaves it, because of words beside it{words}"),
        GroundPart::Route => format!("another item of the list is another way in{words}"),
        GroundPart::Condition => format!("it is asked of some people only{words}"),
        GroundPart::TakenBack => format!("another statement takes it back{words}"),
        GroundPart::Other => "an [[unless]] leaves it here".to_owned(),
        GroundPart::Passage => "quotations, program text and other languages are always left".to_owned(),
    }
}

/// As authors write it.
fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "“info”",
        Severity::Warning => "“warning”",
        Severity::Error => "“error”",
    }
}

fn source(document: &Document, span: Span) -> std::ops::Range<usize> {
    match document.locate(span) {
        Location::Bytes(bytes) => bytes.range(),
        _ => span.range(),
    }
}

/// The first fix of the first finding makes its line read as wanted.
fn fixed_as_wanted(findings: &[&Finding], after: &str, document: &Document) -> Result<(), String> {
    let finding = findings.first().ok_or("“after” says what a rewrite gives, but nothing is found")?;
    let fix = finding.fixes.first().ok_or("“after” says what a rewrite gives, but this entry has none: add “suggest” or “append”")?;
    let fixed = apply(document.text(), &fix.edits);
    let block = document.blocks().iter().find(|b| b.span.contains(finding.span)).map_or(document.text().whole(), |b| b.span);
    let grown = fixed.len() as i64 - document.text().as_str().len() as i64;
    let end = usize::try_from(block.end() as i64 + grown).unwrap_or(0);
    let line = fixed.get(block.start()..end).unwrap_or(&fixed);
    if line == after { Ok(()) } else { Err(format!("the rewrite should give “{after}”, and gives “{line}”")) }
}

/// A text with some edits made.
fn apply(text: &Text, edits: &[Edit]) -> String {
    let mut out = text.as_str().to_owned();
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    ordered.sort_by_key(|e| std::cmp::Reverse(e.span));
    for edit in ordered {
        out.replace_range(edit.span.range(), &edit.insert);
    }
    out
}
