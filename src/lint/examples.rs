//! Runs the examples of rules: each is a small document, with brackets round what its rule finds in it.

use super::{Advert, Edit, Finding, Linter, Settings};
use crate::document::{Document, Format, Location};
use crate::rules::{Example, Rule, RuleKind, Ruleset};
use crate::text::{Span, Text};

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFault {
    /// The rule.
    pub rule: String,
    /// Where the example stands in the rule's file, in bytes.
    pub at: (u32, u32),
    /// What was wanted and what was found, in words for an author.
    pub what: String,
}

/// Runs all examples of a rule set, made anew for each jurisdiction and rule by `ruleset`.
pub fn check_examples(ruleset: impl Fn() -> Ruleset) -> Vec<ExampleFault> {
    let rules: Vec<Rule> = ruleset().rules().into_iter().cloned().collect();
    let mut linters: Vec<(Settings, Linter)> = Vec::new();
    let mut faults = Vec::new();
    for rule in &rules {
        for example in &rule.examples {
            let settings = Settings { jurisdiction: example.jurisdiction, ..Settings::default() };
            let known = linters.iter().position(|(s, _)| *s == settings);
            let at = known.unwrap_or_else(|| {
                linters.push((settings.clone(), Linter::new(ruleset(), settings)));
                linters.len() - 1
            });
            if let Err(what) = run(rule, example, &linters[at].1) {
                faults.push(ExampleFault { rule: rule.id.to_string(), at: example.at, what });
            }
        }
    }
    faults
}

fn run(rule: &Rule, example: &Example, linter: &Linter) -> Result<(), String> {
    let (text, marks) = example.unmarked();
    let document = Document::read(text.as_bytes(), Format::Markdown).map_err(|e| e.to_string())?;
    let advert = Advert::new(vec![document]);
    let document = &advert.documents()[0];
    let findings: Vec<Finding> = linter.check(&advert).remove(0).findings.into_iter().filter(|f| f.rule == rule.id).collect();
    if matches!(rule.kind, RuleKind::Absence(_) | RuleKind::Measure(_)) && marks.is_empty() {
        let wanted = example.found.unwrap_or(false);
        return if wanted != findings.is_empty() { Ok(()) } else { Err(format!("the document as a whole should {}be found", if wanted { "" } else { "not " })) };
    }
    let found: Vec<String> = findings.iter().map(|f| document.slice(f.span).to_owned()).collect();
    let wanted: Vec<String> = marks.iter().map(|m| text[m.clone()].to_owned()).collect();
    let places: Vec<_> = findings.iter().map(|f| source(document, f.span)).collect();
    if places != marks {
        return Err(format!("should find {wanted:?}, finds {found:?} in {:?}", text.trim()));
    }
    if let Some(severity) = example.severity
        && let Some(other) = findings.iter().find(|f| f.severity != severity)
    {
        return Err(format!("{:?} should be {severity:?} and is {:?}", document.slice(other.span), other.severity));
    }
    match &example.after {
        Some(after) => fixed_as_wanted(&findings, after, document),
        None => Ok(()),
    }
}

fn source(document: &Document, span: Span) -> std::ops::Range<usize> {
    match document.locate(span) {
        Location::Bytes(bytes) => bytes.range(),
        _ => span.range(),
    }
}

/// The first fix of the first finding makes its line read as wanted.
fn fixed_as_wanted(findings: &[Finding], after: &str, document: &Document) -> Result<(), String> {
    let finding = findings.first().ok_or("“after” wants a fix, but nothing is found")?;
    let fix = finding.fixes.first().ok_or("“after” wants a fix, but the entry has none")?;
    let fixed = apply(document.text(), &fix.edits);
    let block = document.blocks().iter().find(|b| b.span.contains(finding.span)).map_or(document.text().whole(), |b| b.span);
    let grown = fixed.len() as i64 - document.text().as_str().len() as i64;
    let end = usize::try_from(block.end() as i64 + grown).unwrap_or(0);
    let line = fixed.get(block.start()..end).unwrap_or(&fixed);
    if line == after { Ok(()) } else { Err(format!("the fix should give {after:?} and gives {line:?}")) }
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
