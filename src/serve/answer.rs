//! What came of a request → an answer: JSON with the headers that all answers have, or why there is none.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use serde::Serialize;

/// Why a request is not answered as it would be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    /// Called by a name that is not ours: a page whose name was made to point here.
    #[error("jdlint answers only when it is called by this machine's own name and port, as 127.0.0.1 or localhost")]
    Host,
    /// A web page of somebody else.
    #[error("a page of another origin may not ask here")]
    Origin,
    /// No token, or a wrong one.
    #[error("this needs the token that jdlint printed when it started: Authorization: Bearer TOKEN")]
    Token,
    #[error("this is larger than the {limit} MB that may be sent here; `jdlint check` reads files of any size")]
    TooLarge { limit: usize },
    #[error("the request did not arrive within {seconds} seconds")]
    Slow { seconds: u64 },
    #[error("too many requests at once; try again in a moment")]
    Busy,
    #[error("this took longer than {seconds} seconds and was given up; `jdlint check` takes the time that it needs")]
    TooLong { seconds: u64 },
    #[error("jdlint broke on this text; the mistake is ours, please report it")]
    Broke,
    #[error("the request was cut off")]
    CutOff,
    /// The request itself, in words.
    #[error("{0}")]
    Bad(String),
    /// A document that cannot be read or reviewed, in words.
    #[error("{0}")]
    Document(String),
    #[error("there is nothing at this path; /v2/check, /v2/languages, /v2/info, /api/check, /api/criteria, /api/review and /api/rules are there")]
    NotFound,
    #[error("this path is asked in another way (GET or POST)")]
    Method,
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Refusal::Host | Refusal::Origin => StatusCode::FORBIDDEN,
            Refusal::Token => StatusCode::UNAUTHORIZED,
            Refusal::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::Slow { .. } => StatusCode::REQUEST_TIMEOUT,
            Refusal::Busy | Refusal::TooLong { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Broke => StatusCode::INTERNAL_SERVER_ERROR,
            Refusal::Bad(_) | Refusal::CutOff => StatusCode::BAD_REQUEST,
            Refusal::Document(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }
}

#[derive(Serialize)]
struct Told {
    version: u32,
    error: Error,
}

#[derive(Serialize)]
struct Error {
    status: u16,
    message: String,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        let status = self.status();
        let told = Told { version: 1, error: Error { status: status.as_u16(), message: self.to_string() } };
        let mut response = json(&told);
        *response.status_mut() = status;
        if self == Refusal::Busy {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        // What was not read of the request must not be taken for the next one.
        if matches!(self, Refusal::TooLarge { .. } | Refusal::Slow { .. } | Refusal::CutOff) {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// An answer as LanguageTool's clients expect it: a refusal in plain words. Some of them take whatever is JSON for a result.
pub(super) fn for_languagetool(mut response: Response<Body>) -> Response<Body> {
    if let Some(refusal) = response.extensions().get::<Refusal>() {
        *response.body_mut() = Body::from(format!("Error: {refusal}"));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    response
}

/// A value as JSON.
pub(super) fn json(value: &impl Serialize) -> Response<Body> {
    raw_json(serde_json::to_string(value).expect("only strings are keys, and writing to memory does not fail"))
}

/// What is JSON already.
pub(super) fn raw_json(text: String) -> Response<Body> {
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response()
}

/// Adds what every answer says: keep no copy, guess no type, show it in no frame, tell no other site where you were.
pub(super) async fn seal(request: Request, next: Next) -> Response<Body> {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &str); 5] = [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not `no-referrer`: then browsers would give the origin of our own form as “null”.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // A page brings a policy that lets its own parts through; nothing else may be shown as a page at all.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox"));
    response
}
