//! The HTTP API of a LanguageTool server: programs that can be pointed at one show jdlint's hints while people write.
//!
//! `query` reads a request, `annotated` keeps the way back to its markup, `matches` writes what was found as such clients
//! expect it: offsets in UTF-16 units, rewrites as whole replacements. Text comes as it is typed, often one paragraph at a
//! time, so what is said of a whole document (what is missing, say) has no place in these answers.

mod annotated;
mod matches;
mod query;
mod units;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::routing::get;
use serde::Serialize;

use super::answer::json;
use super::upload::{media_type, whole};
use super::{App, Refusal};
use crate::document::{Document, Format};
use crate::lint::Advert;
use query::Query;

/// Bytes that a request's body may have: some hundred pages of text, each byte of which a form may write as three.
const MOST: usize = 4 << 20;

pub(super) fn paths() -> Router<Arc<App>> {
    Router::new()
        .route("/v2/check", get(check).post(check))
        .route("/v2/languages", get(languages))
        .route("/v2/info", get(info))
        .route("/v2/maxtextlength", get(|| async { MOST.to_string() }))
        .route("/v2/healthcheck", get(|| async { "OK" }))
}

/// The languages that jdlint reads.
const LANGUAGES: [(&str, &str); 8] = [
    ("English", "en"),
    ("English (GB)", "en-GB"),
    ("English (Ireland)", "en-IE"),
    ("English (US)", "en-US"),
    ("English (Canadian)", "en-CA"),
    ("English (Australian)", "en-AU"),
    ("English (New Zealand)", "en-NZ"),
    ("English (South African)", "en-ZA"),
];

/// What clients call a language by its code.
fn language_name(code: &str) -> &str {
    LANGUAGES.iter().find(|(_, c)| c.eq_ignore_ascii_case(code)).map_or(code, |(name, _)| name)
}

#[derive(Serialize)]
struct Language {
    name: &'static str,
    code: &'static str,
    #[serde(rename = "longCode")]
    long_code: &'static str,
}

async fn languages() -> Response<Body> {
    let all = LANGUAGES.map(|(name, code)| Language { name, code: "en", long_code: code });
    json(&all)
}

/// What answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Software {
    name: &'static str,
    version: &'static str,
    build_date: &'static str,
    api_version: u32,
    premium: bool,
    status: &'static str,
}

const SOFTWARE: Software = Software { name: "jdlint", version: env!("CARGO_PKG_VERSION"), build_date: "", api_version: 1, premium: false, status: "" };

#[derive(Serialize)]
struct Info {
    software: Software,
}

async fn info() -> Response<Body> {
    json(&Info { software: SOFTWARE })
}

/// What is found in a text.
async fn check(State(app): State<Arc<App>>, request: Request) -> Result<Response<Body>, Refusal> {
    let (parts, body) = request.into_parts();
    let bytes = whole(body, &parts.headers, MOST, &app).await?;
    let sent = media_type(&parts.headers);
    if !bytes.is_empty() && !sent.is_empty() && sent != "application/x-www-form-urlencoded" {
        return Err(Refusal::Bad(format!("send a form (application/x-www-form-urlencoded), not {sent}")));
    }
    let query = Query::read(parts.uri.query().unwrap_or(""), &bytes, &app)?;
    let answering = Arc::clone(&app);
    app.work.run(move || answer(&query, &answering)).await?
}

fn answer(query: &Query, app: &App) -> Result<Response<Body>, Refusal> {
    let plain = query.text.plain();
    if query.nothing_wanted || plain.trim().is_empty() {
        return Ok(json(&matches::none(query)));
    }
    let document = Document::read(plain.as_bytes(), Format::Text).map_err(|e| Refusal::Document(e.to_string()))?;
    let advert = Advert::new(vec![document]);
    let report = query.linter.check(&advert).into_iter().next().expect("an advert of one document has one report");
    Ok(json(&matches::answer(query, &advert.documents()[0], &report, &app.origin)))
}
