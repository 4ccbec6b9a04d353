//! Pages: the one that jdlint was built with or else a small one of its own, what its form gives, and a page for each rule.
//!
//! The small page has no script. Its token is in its address, and from there in its form: a cookie would be shared with
//! every other server of this machine, for browsers tell cookies apart by the host and not by the port.

mod shell;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{Response, Uri, header};
use axum::response::IntoResponse;
use axum::routing::post;

use super::documents::{lint, run};
use super::upload::upload;
use super::{App, Refusal};
use crate::report::html::{Html, STYLE, rule as rule_page};
use crate::report::whole;
use crate::rules::Severity;
use shell::{Forms, page};

// The files of the page that jdlint was built with, by their paths; none without one. Written by build.rs.
include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// What the page that jdlint was built with may do: nothing of any other origin.
const APP_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
    connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Keeps the page for when its host is away. A port is not ours alone: what has it tomorrow would be shown as jdlint.
const OFFLINE: &str = "sw.js";

/// The address that opens the page with its token. What stands after `#` stays in the browser; a page without a script
/// cannot read it.
pub(super) fn address(origin: &str, token: &str) -> String {
    let sign = if file("index.html").is_some() { "#" } else { "?" };
    format!("{origin}/{sign}token={token}")
}

/// What the forms of pages send.
pub(super) fn forms() -> Router<Arc<App>> {
    Router::new().route("/report", post(report))
}

/// The start page.
pub(super) async fn start(State(app): State<Arc<App>>, uri: Uri) -> Response<Body> {
    if let Some(index) = file("index.html") {
        return asset("index.html", index);
    }
    let query = uri.query().unwrap_or("");
    let given = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "token").map(|(_, token)| token);
    let token = given.filter(|token| app.guard.token().is(token));
    page("jdlint", &shell::start(token.as_deref(), &app.origin), Forms::ToUs)
}

/// The page of a rule, where the links of findings lead.
pub(super) async fn rule(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response<Body>, Refusal> {
    let ruleset = app.linter.ruleset();
    let rule = ruleset.rule(&id).ok_or(Refusal::NotFound)?;
    Ok(page(&format!("{}: jdlint", rule.name), &rule_page(rule, ruleset, app.linter.wordings()), Forms::None))
}

/// A file of the page that jdlint was built with, or the style of its own pages.
pub(super) async fn other(uri: Uri) -> Result<Response<Body>, Refusal> {
    let path = uri.path().strip_prefix('/').unwrap_or("");
    if path == shell::STYLESHEET {
        return Ok(([(header::CONTENT_TYPE, "text/css; charset=utf-8")], format!("{STYLE}{}", shell::STYLE)).into_response());
    }
    // Only a path that is, letter by letter, in the list leads to anything.
    file(path).map(|bytes| asset(path, bytes)).ok_or(Refusal::NotFound)
}

fn file(path: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(name, _)| *name == path && path != OFFLINE).map(|(_, bytes)| *bytes)
}

fn asset(path: &str, bytes: &'static [u8]) -> Response<Body> {
    let media_type = match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, media_type), (header::CONTENT_SECURITY_POLICY, APP_POLICY)], bytes).into_response()
}

/// The report on what a form sent, as `jdlint check --format html` writes it.
async fn report(State(app): State<Arc<App>>, request: Request) -> Result<Response<Body>, Refusal> {
    let upload = upload(&app, request).await?;
    if !upload.wish.token.as_deref().is_some_and(|given| app.guard.token().is(given)) {
        return Err(Refusal::Token);
    }
    if upload.files.is_empty() {
        return Ok(page("Nothing to check: jdlint", shell::NOTHING, Forms::None));
    }
    let linter = upload.wish.linter(&app.linter)?;
    let shown_from = upload.wish.shown_from.unwrap_or(Severity::Info);
    let work = app.work.run(move || {
        let linted = lint(upload.files, upload.wish.together, &linter);
        whole(&Html { ruleset: linter.ruleset(), wordings: linter.wordings() }, &run(&linted, &linter), shown_from)
    });
    Ok(shell::report(work.await?))
}
