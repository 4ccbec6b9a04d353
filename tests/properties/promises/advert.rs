//! Bytes → a whole check: outline, criteria and report speak of places in the text, comments do what they say, and every
//! report format can be written.

use std::sync::OnceLock;

use jdlint::document::{Document, Format};
use jdlint::report::checkstyle::Checkstyle;
use jdlint::report::github::GitHub;
use jdlint::report::gitlab::GitLab;
use jdlint::report::html::Html;
use jdlint::report::json::Json;
use jdlint::report::junit::JUnit;
use jdlint::report::markdown::Markdown;
use jdlint::report::rdjsonl::RdJsonLines;
use jdlint::report::sarif::Sarif;
use jdlint::report::terminal::Terminal;
use jdlint::report::{Checked, Done, Look, Writer, whole};
use jdlint::rules::Ruleset;
use jdlint::{Advert, Finding, Linter, Report, Settings, Severity};

use super::document::{is_within, read};

/// The embedded rules, compiled once.
pub fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::new(Ruleset::embedded(), Settings::default()))
}

/// The whole of a check, as Markdown, and as text and HTML where it looks so.
pub fn check(bytes: &[u8]) {
    let format = match bytes.first() {
        Some(b'<') => Format::Html,
        Some(b'#' | b'|') => Format::Markdown,
        _ => Format::Text,
    };
    let Some(document) = read(bytes, format) else { return };
    let report = report(&document);
    reports(bytes, &document, &report);
}

/// What is found in a document; it holds together.
pub fn report(document: &Document) -> Report {
    let report = linter().check(&Advert::new(vec![document.clone()])).remove(0);
    outline(document, &report);
    findings(document, &report.findings);
    comments(document, &report);
    report
}

fn outline(document: &Document, report: &Report) {
    let outline = &report.outline;
    let n_blocks = document.blocks().len();
    let mut end = 0;
    for statement in &outline.statements {
        is_within(document, statement.span);
        assert!(statement.span.start() >= end, "statements stand in order and do not overlap: {statement:?}");
        assert!((statement.block as usize) < n_blocks && statement.section.is_none_or(|s| (s as usize) < outline.sections.len()));
        assert!(document.blocks()[statement.block as usize].span.contains(statement.span), "a statement stands in its block");
        statement.because.span().into_iter().chain(statement.condition).for_each(|span| is_within(document, span));
        end = statement.span.end();
    }
    for section in &outline.sections {
        is_within(document, section.span);
        section.heading.into_iter().for_each(|span| is_within(document, span));
    }
    outline.title.iter().filter_map(|t| t.span).for_each(|span| is_within(document, span));
    assert!(outline.duties.iter().all(|d| (d.statement as usize) < outline.statements.len()));
    for criterion in &report.criteria {
        is_within(document, criterion.span);
        assert!((criterion.statement as usize) < outline.statements.len());
        criterion.condition.into_iter().chain(criterion.assessed).for_each(|span| is_within(document, span));
    }
}

fn findings(document: &Document, findings: &[Finding]) {
    let mut start = 0;
    for finding in findings {
        is_within(document, finding.span);
        assert!(finding.span.start() >= start, "findings stand in order");
        assert!(!finding.message.trim().is_empty() && !finding.message.contains('{'), "a finding says something: {:?}", finding.message);
        finding.related.iter().for_each(|r| is_within(document, r.span));
        for fix in &finding.fixes {
            fix.edits.iter().for_each(|e| is_within(document, e.span));
            let mut spans: Vec<_> = fix.edits.iter().map(|e| e.span).collect();
            spans.sort_unstable();
            assert!(spans.windows(2).all(|w| !w[0].overlaps(w[1])), "edits of a fix do not overlap: {fix:?}");
        }
        start = finding.span.start();
    }
    let mut fingerprints: Vec<String> = findings.iter().map(|f| f.fingerprint.to_string()).collect();
    let n_findings = fingerprints.len();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), n_findings, "each finding has a fingerprint of its own");
}

/// A comment that is meant for jdlint accepts something, or its reader is told that it does not.
fn comments(document: &Document, report: &Report) {
    let meant = document.comments().iter().any(|c| c.text.strip_prefix("jdlint:").is_some_and(|said| !said.trim().is_empty()));
    assert!(!meant || report.suppressed > 0 || !report.notices.is_empty(), "a comment that does nothing is told of: {:?}", document.comments());
}

/// Every report format, in whole; what claims to be JSON is.
fn reports(bytes: &[u8], document: &Document, report: &Report) {
    let linter = linter();
    let (ruleset, settings) = (linter.ruleset(), linter.settings());
    let checked = Checked { path: "advert", bytes, document, report, ruleset, fails_from: Severity::Warning };
    let write = |writer: &dyn Writer| whole(writer, &[Done::Checked(checked)], Severity::Info);
    for json in [write(&Json { jurisdiction: None }), write(&Sarif::new([(ruleset, settings)])), write(&GitLab)] {
        serde_json::from_str::<serde_json::Value>(&json).expect("it is JSON");
    }
    write(&RdJsonLines).lines().for_each(|line| _ = serde_json::from_str::<serde_json::Value>(line).expect("each line is JSON"));
    let catalogue = ruleset.catalogue();
    let plain = write(&Terminal { catalogue, look: Look::default() });
    assert!(!plain.contains(['\u{1b}', '\0', '\u{202e}']), "nothing of a stranger's steers the terminal");
    let page = write(&Html { ruleset, wordings: linter.wordings() });
    assert!(!page.contains("<script"), "no page runs what a stranger wrote");
    write(&Markdown { catalogue });
    for xml in [write(&JUnit), write(&Checkstyle)] {
        is_xml(&xml);
    }
    let commands = ["warning", "error", "notice", "group", "endgroup"];
    for line in write(&GitHub).lines().filter_map(|line| line.trim_start().strip_prefix("::")) {
        assert!(commands.iter().any(|command| line.starts_with(command)), "no command is a stranger's: {line}");
    }
}

fn is_xml(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        if matches!(reader.read_event().expect("it is XML"), quick_xml::events::Event::Eof) {
            return;
        }
    }
}
