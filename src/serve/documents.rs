//! Documents as they were sent → what was found in each.

use axum::body::Bytes;

use super::upload::{Sent, Together};
use crate::document::{Document, Format};
use crate::lint::{Advert, Linter, Report};
use crate::report::{Checked, Done, Failed};
use crate::rules::Severity;

/// A document, and what came of it.
#[derive(Debug)]
pub(super) struct Linted {
    pub(super) name: String,
    pub(super) bytes: Bytes,
    format: Option<Format>,
    /// Its report, or why it could not be read.
    pub(super) outcome: Result<(Document, Report), String>,
}

/// Reads and lints documents: each for itself, or as one advert.
pub(super) fn lint(files: Vec<Sent>, together: Together, linter: &Linter) -> Vec<Linted> {
    let read = files.into_iter().map(|sent| {
        let format = Format::told(sent.format.or_else(|| Format::of_path(sent.name.as_ref())), &sent.bytes);
        let document = Document::read(&sent.bytes, format);
        (sent.name, sent.bytes, Some(format), document)
    });
    let (parts, documents): (Vec<_>, Vec<_>) = read.map(|(name, bytes, format, document)| ((name, bytes, format), document)).unzip();
    let readable: Vec<Document> = documents.iter().filter_map(|d| d.as_ref().ok()).cloned().collect();
    let reports = match together {
        Together::OneAdvert => linter.check(&Advert::new(readable)),
        Together::Apart => readable.into_iter().flat_map(|d| linter.check(&Advert::new(vec![d]))).collect(),
    };
    let mut reports = reports.into_iter();
    let outcome = |document: Result<Document, crate::document::ReadError>| match document {
        Ok(document) => Ok((document, reports.next().expect("each document of an advert has a report"))),
        Err(error) => Err(error.to_string()),
    };
    let outcomes: Vec<_> = documents.into_iter().map(outcome).collect();
    parts.into_iter().zip(outcomes).map(|((name, bytes, format), outcome)| Linted { name, bytes, format, outcome }).collect()
}

/// As a run, for a report.
pub(super) fn run<'a>(linted: &'a [Linted], linter: &'a Linter) -> Vec<Done<'a>> {
    let done = |one: &'a Linted| match &one.outcome {
        Ok((document, report)) => {
            Done::Checked(Checked { path: &one.name, bytes: &one.bytes, document, report, ruleset: linter.ruleset(), fails_from: Severity::Warning })
        }
        Err(message) => Done::Failed(Failed { path: &one.name, format: one.format, message }),
    };
    linted.iter().map(done).collect()
}
