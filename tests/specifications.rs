//! Short specifications, each with what an expert makes of every criterion in it: what it asks, how binding it is, whether the
//! job needs it, and whether there is a finding. The data are `tests/specifications/<field>.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use jdlint::criteria::Criterion;
use jdlint::rules::{Jurisdiction, Severity};
use jdlint::{Advert, Document, Format, Linter, Report, Ruleset, Settings};
use serde::Deserialize;

/// The fields of work; a file of specifications for each.
const FIELDS: [&str; 8] = ["health", "care", "digital", "education", "trades", "transport", "retail", "law"];

#[derive(Deserialize)]
struct Field {
    specification: Vec<Specification>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Specification {
    /// Unique.
    name: String,
    spelling: Spelling,
    form: Form,
    #[serde(default)]
    jurisdiction: Jurisdiction,
    /// Whether nothing in it may be found at warning or above.
    #[serde(default)]
    trap: Trap,
    markdown: String,
    #[serde(default)]
    criterion: Vec<Expected>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "lowercase")]
enum Spelling {
    British,
    American,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "lowercase")]
enum Form {
    Sentence,
    Bullet,
    Table,
    Prose,
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(from = "bool")]
enum Trap {
    Yes,
    #[default]
    No,
}

impl From<bool> for Trap {
    fn from(is: bool) -> Trap {
        if is { Trap::Yes } else { Trap::No }
    }
}

/// What an expert makes of a criterion.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// The criterion's words hold these, or lie within them.
    text: String,
    subject: String,
    binding: String,
    verdict: String,
    /// The severity of what the rule of this subject finds there.
    finding: Option<Severity>,
}

fn fields() -> BTreeMap<&'static str, Vec<Specification>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specifications");
    let read = |field: &'static str| {
        let text = std::fs::read_to_string(folder.join(format!("{field}.toml"))).unwrap_or_else(|e| panic!("{field}: {e}"));
        let file: Field = toml::from_str(&text).unwrap_or_else(|e| panic!("{field}: {e}"));
        (field, file.specification)
    };
    FIELDS.into_iter().map(read).collect()
}

#[test]
fn every_criterion_is_judged_as_an_expert_judges_it() {
    let mut short = Vec::new();
    for (field, specification) in fields().iter().flat_map(|(f, s)| s.iter().map(move |s| (f, s))) {
        let linter = Linter::new(Ruleset::embedded(), Settings { jurisdiction: specification.jurisdiction, ..Settings::default() });
        let document = Document::read(specification.markdown.as_bytes(), Format::Markdown).expect("it is text");
        let report = linter.check(&Advert::new(vec![document.clone()])).remove(0);
        let faults = faults(specification, &document, &report);
        if !faults.is_empty() {
            short.push(format!("{field}, {}:\n  {}", specification.name, faults.join("\n  ")));
        }
    }
    assert!(short.is_empty(), "{} specifications are misjudged.\n\n{}", short.len(), short.join("\n\n"));
}

fn faults(specification: &Specification, document: &Document, report: &Report) -> Vec<String> {
    let mut faults = Vec::new();
    let mut from = 0;
    for wanted in &specification.criterion {
        let fits = |c: &Criterion| (holds(document.slice(c.span), &wanted.text)) && c.subject == wanted.subject;
        match report.criteria[from..].iter().position(fits) {
            Some(at) => {
                faults.extend(unlike(wanted, &report.criteria[from + at], document, report));
                from += at;
            }
            None => faults.push(format!("{:?} as {} is not among {}", wanted.text, wanted.subject, all(document, report))),
        }
    }
    let loud = report.findings.iter().filter(|f| f.severity >= Severity::Warning && f.rule.as_str().starts_with("prerequisite."));
    if specification.trap == Trap::Yes {
        faults.extend(loud.map(|f| format!("a trap, yet {} finds {:?}", f.rule, document.slice(f.span))));
    }
    faults
}

fn holds(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}

/// Where a criterion is judged otherwise than an expert does.
fn unlike(wanted: &Expected, criterion: &Criterion, document: &Document, report: &Report) -> Vec<String> {
    let binding = serde_name(&criterion.binding);
    let verdict = serde_name(&criterion.verdict);
    let rule = format!("prerequisite.{}", wanted.subject);
    let here = report.findings.iter().filter(|f| f.rule.as_str() == rule && f.span.overlaps(criterion.span));
    let finding = here.map(|f| f.severity).max();
    let said = document.slice(criterion.span);
    let told = [("binding", &wanted.binding, binding), ("verdict", &wanted.verdict, verdict)];
    let mut faults: Vec<String> = told.iter().filter(|(_, w, is)| *w != is).map(|(what, w, is)| format!("{said:?}: {what} is {is}, should be {w}")).collect();
    if finding != wanted.finding {
        faults.push(format!("{said:?}: finding is {finding:?}, should be {:?}", wanted.finding));
    }
    faults
}

/// The name that reports give a value.
fn serde_name<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn all(document: &Document, report: &Report) -> String {
    let told = report.criteria.iter().map(|c| format!("[{} {:?} {:?}]", c.subject, c.verdict, document.slice(c.span)));
    told.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_specifications_are_many_and_of_every_kind() {
    let fields = fields();
    let all: Vec<&Specification> = fields.values().flatten().collect();
    let traps = all.iter().filter(|s| s.trap == Trap::Yes).count();
    assert!(all.len() >= 150, "there are {}", all.len());
    assert!(traps * 3 >= all.len(), "{traps} of {} are traps", all.len());
    let names: std::collections::BTreeSet<&str> = all.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names.len(), all.len(), "two bear one name");
    for form in [Form::Sentence, Form::Bullet, Form::Table, Form::Prose] {
        assert!(all.iter().any(|s| s.form == form), "none is a {form:?}");
    }
    for spelling in [Spelling::British, Spelling::American] {
        assert!(all.iter().any(|s| s.spelling == spelling), "none is {spelling:?}");
    }
    for (field, specifications) in &fields {
        assert!(specifications.len() >= 10, "{field} has {}", specifications.len());
    }
}
