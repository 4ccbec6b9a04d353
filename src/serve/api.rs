//! jdlint's own HTTP API: what the command line's `check`, `criteria`, `review` and `rules` give, of documents that are sent.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};

use super::answer::raw_json;
use super::documents::{lint, run};
use super::upload::{Upload, upload};
use super::{App, Refusal};
use crate::config::nearest_rule;
use crate::fix::{Review, Reviewed, Rewrites, review};
use crate::lint::JurisdictionFrom;
use crate::report::criteria::CriteriaJson;
use crate::report::json::Json;
use crate::report::{explain, rule_list, whole};
use crate::rules::Severity;

pub(super) fn paths() -> Router<Arc<App>> {
    Router::new()
        .route("/api/check", post(check))
        .route("/api/criteria", post(criteria))
        .route("/api/review", post(reviewed))
        .route("/api/rules", get(rules))
        .route("/api/rules/{rule}", get(rule))
}

/// What an upload's documents came to, as `jdlint check --format json` writes it.
async fn check(State(app): State<Arc<App>>, request: Request) -> Result<Response<Body>, Refusal> {
    let upload = documents(&app, request).await?;
    let linter = upload.wish.linter(&app.linter)?;
    let shown_from = upload.wish.shown_from.unwrap_or(Severity::Info);
    let text = app.work.run(move || {
        let linted = lint(upload.files, upload.wish.together, &linter);
        let settings = linter.settings();
        let json = Json { jurisdiction: (settings.jurisdiction_from == JurisdictionFrom::Settings).then_some(settings.jurisdiction) };
        whole(&json, &run(&linted, &linter), shown_from)
    });
    Ok(raw_json(text.await?))
}

/// What documents ask, as `jdlint criteria --format json` writes it.
async fn criteria(State(app): State<Arc<App>>, request: Request) -> Result<Response<Body>, Refusal> {
    let upload = documents(&app, request).await?;
    let linter = upload.wish.linter(&app.linter)?;
    let text = app.work.run(move || {
        let linted = lint(upload.files, upload.wish.together, &linter);
        whole(&CriteriaJson { wordings: linter.wordings() }, &run(&linted, &linter), Severity::Info)
    });
    Ok(raw_json(text.await?))
}

/// The first document, a Word file, with comments; the others are read with it.
async fn reviewed(State(app): State<Arc<App>>, request: Request) -> Result<Response<Body>, Refusal> {
    let upload = documents(&app, request).await?;
    let linter = upload.wish.linter(&app.linter)?;
    let shown_from = upload.wish.shown_from.unwrap_or(Severity::Warning);
    let rewrites = upload.wish.rewrites.unwrap_or(Rewrites::InComments);
    let date = (app.date)();
    let work = move || -> Result<(Reviewed, String), Refusal> {
        let mut linted = lint(upload.files, upload.wish.together, &linter);
        let first = linted.swap_remove(0);
        let (document, mut report) = first.outcome.map_err(Refusal::Document)?;
        report.findings.retain(|f| f.severity >= shown_from);
        let how = Review { catalogue: linter.ruleset().catalogue(), date: &date, rewrites };
        let reviewed = review(&first.bytes, &document, &report, &how).map_err(|e| Refusal::Document(e.to_string()))?;
        Ok((reviewed, first.name))
    };
    let (reviewed, name) = app.work.run(work).await??;
    Ok(download(reviewed, &name))
}

/// A file to be saved: `advert.reviewed.docx`.
fn download(reviewed: Reviewed, name: &str) -> Response<Body> {
    let stem = std::path::Path::new(name).file_stem().map_or_else(|| "advert".into(), |s| s.to_string_lossy());
    let safe: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{safe}.reviewed.docx\"")).expect("only plain characters are left");
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let figures = [("x-jdlint-comments", reviewed.comments), ("x-jdlint-changes", reviewed.changes)].map(|(name, n)| (name, n.to_string()));
    (figures, [(header::CONTENT_TYPE, HeaderValue::from_static(word)), (header::CONTENT_DISPOSITION, disposition)], reviewed.bytes).into_response()
}

async fn rules(State(app): State<Arc<App>>) -> Response<Body> {
    raw_json(rule_list::json(&app.linter.ruleset().rules(), app.linter.settings()))
}

async fn rule(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response<Body>, Refusal> {
    let ruleset = app.linter.ruleset();
    let Some(rule) = ruleset.rule(&id) else {
        let hint = nearest_rule(&id, ruleset).map_or("/api/rules lists them".to_owned(), |near| format!("did you mean “{near}”?"));
        return Err(Refusal::Bad(format!("there is no rule “{id}”; {hint}")));
    };
    Ok(raw_json(explain::json(rule, ruleset, app.linter.wordings())))
}

/// An upload with a document in it.
async fn documents(app: &App, request: Request) -> Result<Upload, Refusal> {
    let upload = upload(app, request).await?;
    if upload.files.is_empty() {
        return Err(Refusal::Bad("there is no document in this; send one as the body, or several as files of a form".to_owned()));
    }
    Ok(upload)
}
