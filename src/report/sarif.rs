//! SARIF 2.1.0 (OASIS), which GitHub code scanning, Azure DevOps, editors and viewers read: one run with its rules and a result
//! for each finding.
//!
//! Columns are UTF-16 code units, which is what most readers of the format count and what it takes for granted. What has no
//! place in the file (Word, PDF, JSON-LD) has no region, and its message says where it is. The gravest 25,000 results are
//! written; a notification says how many were left out.

mod rules;

use serde::Serialize;
use serde_json::{Value, json};

use super::held::{Part, Piece};
use super::json::to_line;
use super::place::{self, Columns, FileLines, Region, slashed};
use super::{Begins, Checked, Failed, Summary, Writer, push_joined};
use crate::fix;
use crate::lint::{Finding, Fix, Settings};
use crate::rules::{Ruleset, Severity};
use crate::text::{Span, one_line};

/// Writes SARIF.
#[derive(Clone, Debug)]
pub struct Sarif {
    rules: rules::Rules,
}

impl Sarif {
    /// Knows the rules of each configuration of the run.
    pub fn new<'r>(configurations: impl IntoIterator<Item = (&'r Ruleset, &'r Settings)>) -> Sarif {
        Sarif { rules: rules::Rules::new(configurations) }
    }
}

/// Results that GitHub takes in one run; it rejects a file with more.
const RESULTS: usize = 25_000;
/// Related locations that GitHub takes for one result.
const RELATED: usize = 1_000;

impl Writer for Sarif {
    fn head(&self) -> String {
        let driver = json!({
            "name": "jdlint",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "shortDescription": { "text": env!("CARGO_PKG_DESCRIPTION") },
            "rules": self.rules.descriptors(),
        });
        let head = format!("{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{}}},", to_line(&driver));
        format!("{head}\"language\":\"en-GB\",\"columnKind\":\"utf16CodeUnits\",\n")
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn tail(&self, _: &Summary) -> String {
        "\n]}]}\n".to_owned()
    }

    fn begins(&self) -> Begins {
        Begins::WithTheSum
    }

    fn room(&self) -> usize {
        RESULTS
    }

    fn part(&self, checked: &Checked) -> Part {
        let lines = place::lines_of(checked);
        let piece = |f: &Finding| Piece { severity: f.severity, text: to_line(&self.result(f, checked, lines.as_ref())), otherwise: String::new() };
        Part { pieces: checked.report.findings.iter().map(piece).collect(), ..Part::default() }
    }

    /// What could not be checked is no result, but a notification.
    fn failed_part(&self, failed: &Failed) -> Part {
        let location = json!({ "physicalLocation": { "artifactLocation": { "uri": uri(failed.path) } } });
        let message = format!("Could not be checked: {}.", failed.message);
        Part { text: to_line(&json!({ "level": "error", "message": { "text": plain(&message) }, "locations": [location] })), ..Part::default() }
    }

    fn whole(&self, parts: &[Part], summary: &Summary) -> String {
        let n_found = (summary.errors + summary.warnings + summary.infos).saturating_sub(summary.hidden);
        let left_out = n_found.saturating_sub(parts.iter().map(|p| p.pieces.len()).sum());
        let mut notifications: Vec<String> = parts.iter().filter(|p| !p.text.is_empty()).map(|p| p.text.clone()).collect();
        if left_out > 0 {
            let text = format!("{left_out} findings were left out: GitHub takes {RESULTS} results in a run. The gravest are here; --output jsonl holds all.");
            notifications.push(to_line(&json!({ "level": "warning", "message": { "text": text } })));
        }
        let invocation =
            format!("\"invocations\":[{{\"executionSuccessful\":{},\"toolExecutionNotifications\":[{}]}}],\n", summary.failed == 0, notifications.join(","));
        let mut out = format!("{}{invocation}\"results\":[\n", self.head());
        push_joined(&mut out, parts.iter().flat_map(|p| &p.pieces).map(|p| p.text.as_str()), self.between());
        out + &self.tail(summary)
    }
}

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

impl Sarif {
    fn result(&self, finding: &Finding, checked: &Checked, lines: Option<&FileLines>) -> Sarified {
        let related = finding.related.iter().take(RELATED).enumerate().map(|(n, r)| {
            let message = json!({ "text": plain(&sentence(&place::message(&r.message, r.span, checked))) });
            json!({ "id": n + 1, "message": message, "physicalLocation": physical(r.span, checked, lines) })
        });
        Sarified {
            rule_id: finding.rule.to_string(),
            rule_index: self.rules.index(&finding.rule),
            level: level(finding.severity),
            message: json!({ "text": plain(&told(finding, checked)) }),
            locations: vec![json!({ "physicalLocation": physical(finding.span, checked, lines) })],
            partial_fingerprints: json!({ "jdlint/v1": finding.fingerprint }),
            related_locations: related.collect(),
            fixes: lines.map(|lines| finding.fixes.iter().filter_map(|f| fix(f, checked, lines)).collect()).unwrap_or_default(),
            properties: (!finding.audiences.is_empty()).then(|| json!({ "audiences": finding.audiences })),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sarified {
    rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Value,
    locations: Vec<Value>,
    partial_fingerprints: Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Value>,
}

pub(super) const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// What was found and what to write instead, since few readers show a fix.
fn told(finding: &Finding, checked: &Checked) -> String {
    let found = sentence(&place::message(&finding.message, finding.span, checked));
    finding.fixes.first().map_or(found.clone(), |fix| format!("{found} {}", sentence(&fix.title)))
}

fn sentence(words: &str) -> String {
    let line = one_line(words);
    if line.ends_with(['.', '?', '!']) { line } else { format!("{line}.") }
}

/// A message is plain text, but readers make a link of `[words](target)`.
fn plain(text: &str) -> String {
    super::shown(text).replace("](", "] (")
}

fn physical(span: Span, checked: &Checked, lines: Option<&FileLines>) -> Value {
    let artifact = json!({ "uri": uri(checked.path) });
    match place::region(span, checked, lines, Columns::Utf16) {
        None => json!({ "artifactLocation": artifact }),
        Some(found) => {
            let mut region = region(&found);
            region["snippet"] = json!({ "text": checked.document.decode(&checked.bytes[found.bytes]) });
            json!({ "artifactLocation": artifact, "region": region })
        }
    }
}

fn region(region: &Region) -> Value {
    json!({ "startLine": region.start.line, "startColumn": region.start.column, "endLine": region.end.line, "endColumn": region.end.column })
}

/// A rewrite that can be made in the bytes of the file.
fn fix(fix: &Fix, checked: &Checked, lines: &FileLines) -> Option<Value> {
    let edits = fix::byte_edits(checked.bytes, checked.document, &fix.edits).ok()?;
    let replacement = |edit: &fix::ByteEdit| {
        let deleted = region(&lines.region(edit.range.clone(), Columns::Utf16));
        json!({ "deletedRegion": deleted, "insertedContent": { "text": checked.document.decode(&edit.insert) } })
    };
    let replacements: Vec<Value> = edits.iter().map(replacement).collect();
    let change = json!({ "artifactLocation": { "uri": uri(checked.path) }, "replacements": replacements });
    Some(json!({ "description": { "text": plain(&sentence(&fix.title)) }, "artifactChanges": [change] }))
}

/// A path as a URI: relative to the folder that jdlint ran in, as code scanning wants it, or with `file:`.
fn uri(path: &str) -> String {
    let path = slashed(path);
    let (mut out, rest) = match path.as_bytes() {
        [b'/', ..] => ("file://".to_owned(), path.as_str()),
        // A Windows drive.
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => (format!("file:///{}:", char::from(*drive)), &path[2..]),
        _ => (String::new(), path.as_str()),
    };
    for byte in rest.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("./adverts/a b:c%.md"), "adverts/a%20b%3Ac%25.md");
        assert_eq!(uri("/tmp/é.md"), "file:///tmp/%C3%A9.md");
        assert_eq!(uri("C:/a.md"), "file:///C:/a.md");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }

    #[test]
    fn no_words_become_a_link() {
        assert_eq!(plain("see [here](https://example.org)"), "see [here] (https://example.org)");
    }
}
