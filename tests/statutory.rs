//! What the law, or a rule of the trade, asks of a post, both ways: the registered nurse's registration is left, the same words
//! for a receptionist are found. The data are `tests/statutory/<jurisdiction>.toml`.

use std::path::Path;

use jdlint::criteria::{Criterion, Verdict};
use jdlint::rules::{Jurisdiction, Severity};
use jdlint::{Advert, Document, Format, Linter, Report, Ruleset, Settings};
use serde::Deserialize;

/// The post that no law asks anything of.
const OTHER: &str = "Receptionist";

#[derive(Deserialize)]
struct Table {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// Whose requirement it is.
    of: String,
    /// Posts of whom it may be asked.
    titles: Vec<String>,
    /// Wordings of it.
    asks: Vec<String>,
    /// The type of rule that judges it.
    #[serde(default = "certification")]
    subject: String,
    /// The weightiest finding in the advert of such a post.
    #[serde(default)]
    own: Loudest,
    /// … in that of a receptionist.
    #[serde(default = "warning")]
    other: Loudest,
    /// What the criterion is judged to be for such a post.
    #[serde(default)]
    verdict: Wanted,
}

/// The weightiest finding that there is to be.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
enum Loudest {
    #[default]
    None,
    Info,
    Warning,
    Error,
}

/// A verdict, where it matters which.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "kebab-case")]
enum Wanted {
    #[default]
    Required,
    Any,
}

fn certification() -> String {
    "certification".to_owned()
}

fn warning() -> Loudest {
    Loudest::Warning
}

fn rows(jurisdiction: Jurisdiction) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/statutory/{}.toml", jurisdiction.code()));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str::<Table>(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display())).row
}

fn report(linter: &Linter, title: &str, asks: &str) -> (Document, Report) {
    let text = format!("# {title}\n\n## Essential criteria\n\n- {asks}\n- Good with people\n");
    let document = Document::read(text.as_bytes(), Format::Markdown).expect("it is text");
    let report = linter.check(&Advert::new(vec![document.clone()])).remove(0);
    (document, report)
}

fn loudest(report: &Report, subject: &str) -> Loudest {
    let rule = format!("prerequisite.{subject}");
    match report.findings.iter().filter(|f| f.rule.as_str() == rule).map(|f| f.severity).max() {
        None => Loudest::None,
        Some(Severity::Info) => Loudest::Info,
        Some(Severity::Warning) => Loudest::Warning,
        Some(Severity::Error) => Loudest::Error,
    }
}

fn faults(row: &Row, linter: &Linter) -> Vec<String> {
    let mut faults = Vec::new();
    for asks in &row.asks {
        for title in &row.titles {
            let (document, report) = report(linter, title, asks);
            let found = loudest(&report, &row.subject);
            if found != row.own {
                faults.push(format!("{title}: “{asks}” is found as {found:?}, should be {:?}", row.own));
            }
            let asked = |c: &&Criterion| asks.contains(document.slice(c.span)) && c.verdict == Verdict::Required;
            if row.verdict == Wanted::Required && report.criteria.iter().find(asked).is_none() {
                let told: Vec<_> = report.criteria.iter().map(|c| (document.slice(c.span), &c.subject, c.verdict)).collect();
                faults.push(format!("{title}: “{asks}” isn't judged to be required: {told:?}"));
            }
        }
        let found = loudest(&report(linter, OTHER, asks).1, &row.subject);
        if found != row.other {
            faults.push(format!("{OTHER}: “{asks}” is found as {found:?}, should be {:?}", row.other));
        }
    }
    faults
}

#[test]
fn what_the_law_asks_of_a_post_is_left_there_and_found_elsewhere() {
    let mut short = Vec::new();
    for jurisdiction in [Jurisdiction::Uk, Jurisdiction::Us, Jurisdiction::Ca, Jurisdiction::Ie, Jurisdiction::Au] {
        let linter = Linter::new(Ruleset::embedded(), Settings { jurisdiction, ..Settings::default() });
        for row in rows(jurisdiction) {
            let faults = faults(&row, &linter);
            if !faults.is_empty() {
                short.push(format!("{}, {}:\n  {}", jurisdiction.name(), row.of, faults.join("\n  ")));
            }
        }
    }
    assert!(short.is_empty(), "{} rows are misjudged.\n\n{}", short.len(), short.join("\n\n"));
}

#[test]
fn a_regulators_name_makes_no_nurse_of_a_receptionist() {
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let (document, report) = report(&linter, OTHER, "Registered with the NMC; a degree in nursing");
    let degree = report.findings.iter().find(|f| f.rule.as_str() == "prerequisite.degree");
    assert_eq!(degree.map(|f| f.severity), Some(Severity::Warning), "{:?}", document.text().as_str());
}
