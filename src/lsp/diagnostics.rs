//! What was found in a text, or is wrong in a config → diagnostics.

use tower_lsp::ls_types::*;

use super::owner::{Owner, View};
use super::position::{Places, Units};
use crate::lint::{Finding, Fix};
use crate::rules::Severity;
use crate::session::{Checked, FileFaults, Outcome};
use crate::text::LineIndex;

/// The name under which they stand in the editor.
pub(super) const SOURCE: &str = "jdlint";

/// The diagnostics of a text; none where it is left alone.
pub(super) fn of(view: &View, owner: &mut Owner) -> Vec<Diagnostic> {
    match &view.current.outcome {
        Outcome::LeftAlone(_) => Vec::new(),
        Outcome::Unreadable(error) => vec![at_start(&error.to_string())],
        Outcome::Checked(checked) => {
            let shown = checked.report.findings.iter().filter(|f| owner.settings.shows(f.severity)).collect::<Vec<_>>();
            shown.into_iter().map(|f| diagnostic(f, view, checked, owner)).collect()
        }
    }
}

/// The diagnostic of a finding.
pub(super) fn diagnostic(finding: &Finding, view: &View, checked: &Checked, owner: &mut Owner) -> Diagnostic {
    let ruleset = view.current.setup.linter.ruleset();
    let page = ruleset.rule(finding.rule.as_str()).filter(|_| owner.client.code_descriptions).and_then(|rule| owner.pages.of(rule, &view.current.setup));
    Diagnostic {
        range: view.range(checked, finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_string())),
        code_description: page.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: owner.client.related_information.then(|| related(finding, view, checked)).filter(|r| !r.is_empty()),
        tags: (owner.client.tags && can_just_go(finding)).then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: Some(serde_json::json!({ "fingerprint": finding.fingerprint })),
    }
}

pub(super) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Error => DiagnosticSeverity::ERROR,
    }
}

/// A matter of style: words that the first rewrite takes out and puts nothing in their place.
fn can_just_go(finding: &Finding) -> bool {
    let takes_out = |fix: &Fix| fix.edits.iter().all(|e| e.insert.trim().is_empty());
    finding.severity == Severity::Info && finding.rewrite().is_some_and(takes_out)
}

fn related(finding: &Finding, view: &View, checked: &Checked) -> Vec<DiagnosticRelatedInformation> {
    let place = |span| Location { uri: view.uri.clone(), range: view.range(checked, span) };
    let told = |r: &crate::lint::Related| DiagnosticRelatedInformation { location: place(r.span), message: r.message.clone() };
    finding.related.iter().map(told).collect()
}

fn at_start(message: &str) -> Diagnostic {
    Diagnostic { severity: Some(DiagnosticSeverity::WARNING), source: Some(SOURCE.to_owned()), message: message.to_owned(), ..Diagnostic::default() }
}

/// The diagnostics of a config or rule file.
pub(super) fn of_faults(faults: &FileFaults, units: Units) -> Vec<Diagnostic> {
    let lines = LineIndex::new(&faults.text);
    let places = Places { text: &faults.text, lines: &lines, units };
    let diagnostic = |mistake: &crate::rules::Mistake| Diagnostic {
        range: places.range(mistake.at.clone()),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: mistake.help.as_ref().map_or_else(|| mistake.what.clone(), |help| format!("{}; {help}", mistake.what)),
        ..Diagnostic::default()
    };
    faults.mistakes.iter().map(diagnostic).collect()
}
