//! A request's head → whether it may pass: whom it calls, whence it comes, what it holds.
//!
//! Against pages of strangers in the same browser: `Host` tells those whose name was made to point here (DNS rebinding),
//! `Origin` and `Sec-Fetch-Site` those that ask across origins, and the token stops whatever else runs on this machine.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, Response, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use subtle::ConstantTimeEq;

use super::answer::for_languagetool;
use super::{App, Reach, Refusal};

/// Whom requests may call and what they must hold.
#[derive(Debug)]
pub(super) struct Guard {
    /// `localhost:8081`: what `Host` may say.
    hosts: Vec<String>,
    port: u16,
    token: Token,
    reach: Reach,
}

/// The doors, by what lies behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// The LanguageTool API: its clients hold no token. Browser add-ons come from an origin of their own.
    LanguageTool,
    /// jdlint's own API: needs the token.
    Token,
    /// The page's form: its token comes in the body, which the form's own handler looks at.
    Form,
    /// Pages that hold nothing of anybody's.
    Page,
}

/// The address that a connection reached us by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Local(pub(super) SocketAddr);

/// A word that nobody can guess.
pub(super) struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// 128 random bits.
    pub(super) fn random() -> Result<Token, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Token(bytes.iter().map(|b| format!("{b:02x}")).collect()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is it, told in a time that says nothing of how much of it was right.
    pub(super) fn is(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

impl Guard {
    pub(super) fn new(port: u16, token: Token, reach: Reach) -> Guard {
        let mut names: Vec<&str> = vec!["127.0.0.1", "localhost", "[::1]"];
        if let Reach::Network(more) = &reach {
            names.extend(more.iter().map(String::as_str));
        }
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(names.iter().map(|name| (*name).to_owned()));
        }
        Guard { hosts, port, token, reach }
    }

    /// The token.
    pub(super) fn token(&self) -> &Token {
        &self.token
    }

    /// Whether a `Host` is ours.
    fn is_ours(&self, host: &str, local: Option<Local>) -> bool {
        let by_address = || match (&self.reach, local) {
            (Reach::Network(_), Some(Local(address))) => host == SocketAddr::new(address.ip().to_canonical(), self.port).to_string(),
            _ => false,
        };
        self.hosts.iter().any(|h| h.eq_ignore_ascii_case(host)) || by_address()
    }

    fn check(&self, door: Door, request: &Request) -> Result<(), Refusal> {
        let local = request.extensions().get::<Local>().copied();
        let headers = request.headers();
        let host = only(headers, &header::HOST).ok_or(Refusal::Host)?;
        // A request to a proxy names its host in the first line, too.
        let named = request.uri().authority().map(|a| a.as_str());
        if !self.is_ours(host, local) || named.is_some_and(|n| !self.is_ours(n, local)) {
            return Err(Refusal::Host);
        }
        self.check_origin(door, request, local)?;
        match door {
            Door::Token if !bearer(headers).is_some_and(|given| self.token.is(given)) => Err(Refusal::Token),
            _ => Ok(()),
        }
    }

    fn check_origin(&self, door: Door, request: &Request, local: Option<Local>) -> Result<(), Refusal> {
        let headers = request.headers();
        if headers.contains_key(header::ORIGIN) {
            let origin = only(headers, &header::ORIGIN).ok_or(Refusal::Origin)?;
            let own = origin.strip_prefix("http://").is_some_and(|host| self.is_ours(host, local));
            let add_on = door == Door::LanguageTool && is_add_on(origin);
            return if own || add_on { Ok(()) } else { Err(Refusal::Origin) };
        }
        // Pictures, scripts and links of other pages come without an origin, but browsers say that they are foreign.
        let foreign = headers.get_all("sec-fetch-site").iter().any(|s| s != "same-origin" && s != "none");
        let says = |name: &str, value: &str| headers.get(name).is_some_and(|v| v == value);
        // In a window of its own, that is, and in no frame.
        let follows_link = door == Door::Page && says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document");
        if foreign && !follows_link { Err(Refusal::Origin) } else { Ok(()) }
    }
}

/// Origins that no web page can have: add-ons of browsers and mail programs, and Obsidian's window.
fn is_add_on(origin: &str) -> bool {
    let schemes = ["moz-extension://", "chrome-extension://", "safari-web-extension://"];
    schemes.iter().any(|s| origin.starts_with(s)) || origin == "app://obsidian.md"
}

/// A header that stands once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    only(headers, &header::AUTHORIZATION)?.strip_prefix("Bearer ").map(str::trim)
}

/// Lets a request through its door, or says why not.
pub(super) async fn admit(State((app, door)): State<(Arc<App>, Door)>, request: Request, next: Next) -> Response<Body> {
    let response = match app.guard.check(door, &request) {
        Ok(()) => within(&app, door, request, next).await,
        Err(refusal) => refusal.into_response(),
    };
    if door == Door::LanguageTool { for_languagetool(response) } else { response }
}

/// Answers a request that may pass.
async fn within(app: &App, door: Door, request: Request, next: Next) -> Response<Body> {
    let origin = request.headers().get(header::ORIGIN).cloned().filter(|_| door == Door::LanguageTool);
    let asks_first = request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match app.work.place() {
        _ if asks_first && origin.is_some() => preflight(),
        Ok(_place) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    if let Some(origin) = origin {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

/// What a browser asks before an add-on's request: whether it may be sent.
fn preflight() -> Response<Body> {
    let allowed = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "accept, content-type"),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
        (HeaderName::from_static("access-control-allow-private-network"), "true"),
    ];
    (StatusCode::NO_CONTENT, allowed).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_compared_whole() {
        let token = Token::random().expect("the system has random bytes");
        assert_eq!(token.as_str().len(), 32);
        assert!(token.is(token.as_str()));
        assert!(!token.is(&token.as_str()[..31]) && !token.is("") && !token.is(&format!("{}0", token.as_str())));
        assert_ne!(token.as_str(), Token::random().expect("there are more").as_str());
        assert_eq!(format!("{token:?}"), "Token(…)", "it is in no log");
    }
}
