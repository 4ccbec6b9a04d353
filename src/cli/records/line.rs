//! A record → its line of the output: the document in its text column, linted, or why it could not be.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::columns::{Wanted, near};
use super::split::{BadRecord, Content, Fields, Raw};
use crate::cli::limits::Timed;
use crate::cli::read::FileError;
use crate::cli::run::guarded;
use crate::document::{Document, Format, Limits};
use crate::lint::{Advert, Fingerprint, Linter, Report};
use crate::report::json::{RecordName, bad_record, record};
use crate::report::{Checked, Failed, shown};
use crate::rules::{RuleId, Severity};

/// How records are linted.
pub(super) struct Linting<'a> {
    pub(super) linter: &'a Arc<Linter>,
    pub(super) timed: Timed,
    pub(super) wanted: &'a Wanted,
    pub(super) format: Format,
    pub(super) shown_from: Severity,
    pub(super) fail_on: Option<Severity>,
    /// Whether findings are wanted after their line was written.
    pub(super) keeps_findings: bool,
}

/// A record's line, without its line break.
pub(super) struct Line {
    pub(super) json: String,
    pub(super) what: What,
    /// The findings that it shows, save those of the document as a whole: they are the same in every record.
    pub(super) found: Vec<(Fingerprint, RuleId)>,
}

/// What came of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Passes,
    /// It has findings that were to fail the run.
    Fails,
    /// It could not be read.
    Bad,
}

/// What of a record is linted.
struct Cells {
    text: String,
    title: Option<String>,
}

/// Why a record could not be linted.
#[derive(Debug, thiserror::Error)]
enum RecordError {
    #[error(transparent)]
    Bad(#[from] BadRecord),
    #[error("“{}” is not UTF-8 (first at its byte {at}); save the table as UTF-8", shown(.column))]
    NotUtf8 { column: String, at: usize },
    #[error("this is no valid JSON: {0}")]
    Json(String),
    #[error("this is JSON, but no object with a value for each column")]
    NoObject,
    #[error("there is no “{}”; {hint}", shown(.column))]
    Missing { column: String, hint: String },
    #[error("“{}” holds {found}, not text", shown(.column))]
    NoText { column: String, found: &'static str },
    #[error("“{}”: {}", shown(.column), without_flags(.why))]
    Document { column: String, why: FileError },
    #[error(transparent)]
    Broke(#[from] FileError),
}

/// The reason, without the flags that other commands have for it.
fn without_flags(why: &FileError) -> String {
    if let FileError::Document(why) = why { why.to_string() } else { why.to_string() }
}

/// Lints a record.
pub(super) fn line(raw: Raw, linting: &Linting) -> Line {
    let (number, at) = (raw.number, raw.line);
    let mut id = Value::Null;
    let done = guarded(|| {
        let cells = cells(raw.content, linting.wanted, &mut id)?;
        lint(cells, linting, RecordName { id: &id, record: number })
    });
    done.map_err(RecordError::from).flatten().unwrap_or_else(|error| {
        let message = format!("line {at}: {error}");
        let failed = Failed { path: "", format: Some(linting.format), message: &message };
        Line { json: bad_record(RecordName { id: &id, record: number }, &failed), what: What::Bad, found: Vec::new() }
    })
}

fn lint(cells: Cells, linting: &Linting, name: RecordName) -> Result<Line, RecordError> {
    let (text, advert, mut report) = read_and_check(cells, linting)?;
    let fails = linting.fail_on.is_some_and(|from| report.findings.iter().any(|f| f.severity >= from));
    report.findings.retain(|f| f.severity >= linting.shown_from);
    let fails_from = linting.fail_on.unwrap_or(Severity::Warning);
    let checked =
        Checked { path: "", bytes: text.as_bytes(), document: &advert.documents()[0], report: &report, ruleset: linting.linter.ruleset(), fails_from };
    let found = report.findings.iter().filter(|f| !f.span.is_empty()).map(|f| (f.fingerprint, f.rule.clone())).collect();
    Ok(Line { json: record(name, &checked), what: if fails { What::Fails } else { What::Passes }, found })
}

/// Bytes of text that take milliseconds, whatever they are: a thread to watch them would only cost.
const QUICK: usize = 64 << 10;

fn read_and_check(cells: Cells, linting: &Linting) -> Result<(String, Advert, Report), RecordError> {
    let (linter, format) = (Arc::clone(linting.linter), linting.format);
    // The stream was cut into records no larger than they may be.
    let limits = Limits { file: u64::MAX, unpacked: u64::MAX, ..Limits::default() };
    let n_bytes = if cells.text.len() < QUICK { 0 } else { cells.text.len() };
    let work = move || {
        let document = Document::read_within(cells.text.as_bytes(), format, &limits)?;
        let document = cells.title.iter().fold(document, |document, title| document.titled(title));
        let advert = Advert::new(vec![document]);
        let report = linter.check(&advert).into_iter().next().expect("an advert of one document has one report");
        Ok((cells.text, advert, report))
    };
    let done = linting.timed.in_time(n_bytes, work).flatten();
    done.map_err(|why| RecordError::Document { column: linting.wanted.text.clone(), why })
}

/// The id is told apart, since a record whose text is bad is to be found by it.
fn cells(content: Content, wanted: &Wanted, id: &mut Value) -> Result<Cells, RecordError> {
    match content {
        Content::Bad(why) => Err(why.into()),
        Content::Fields(fields) => from_fields(fields, wanted, id),
        Content::Json(line) => from_json(&line, wanted, id),
    }
}

fn from_fields(fields: Fields, wanted: &Wanted, id: &mut Value) -> Result<Cells, RecordError> {
    let named = |bytes: Option<Vec<u8>>, name: &Option<String>| bytes.map(|b| utf8(b, name.as_deref().unwrap_or_default())).transpose();
    *id = named(fields.id, &wanted.id)?.map_or(Value::Null, Value::String);
    Ok(Cells { text: utf8(fields.text, &wanted.text)?, title: named(fields.title, &wanted.title)? })
}

fn from_json(line: &[u8], wanted: &Wanted, id: &mut Value) -> Result<Cells, RecordError> {
    let line = std::str::from_utf8(line).map_err(|e| RecordError::Json(format!("it is not UTF-8 (first at byte {} of the line)", e.valid_up_to())))?;
    // serde says where in the text it stopped, and every line is line 1.
    let json = |error: serde_json::Error| RecordError::Json(error.to_string().replace(" at line 1", " at"));
    let Value::Object(mut object) = serde_json::from_str(line).map_err(json)? else { return Err(RecordError::NoObject) };
    if let Some(name) = &wanted.id {
        *id = object.remove(name).ok_or_else(|| missing(name, &object))?;
    }
    let title = wanted.title.as_ref().map(|name| string(&mut object, name)).transpose()?;
    Ok(Cells { text: string(&mut object, &wanted.text)?, title })
}

fn string(object: &mut Map<String, Value>, name: &str) -> Result<String, RecordError> {
    let found = match object.get_mut(name) {
        Some(Value::String(text)) => return Ok(std::mem::take(text)),
        // Pipelines write null for an empty column.
        Some(Value::Null) => return Ok(String::new()),
        None => return Err(missing(name, object)),
        Some(Value::Bool(_)) => "true or false",
        Some(Value::Number(_)) => "a number",
        Some(Value::Array(_)) => "a list",
        Some(Value::Object(_)) => "an object",
    };
    Err(RecordError::NoText { column: name.to_owned(), found })
}

fn missing(name: &str, object: &Map<String, Value>) -> RecordError {
    let hint = if object.is_empty() { "the record holds nothing else".to_owned() } else { near(name, object.keys().map(String::as_str)) };
    RecordError::Missing { column: name.to_owned(), hint }
}

fn utf8(bytes: Vec<u8>, column: &str) -> Result<String, RecordError> {
    String::from_utf8(bytes).map_err(|e| RecordError::NotUtf8 { column: column.to_owned(), at: e.utf8_error().valid_up_to() })
}
