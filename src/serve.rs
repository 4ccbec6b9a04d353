//! HTTP requests from this machine → reports: the LanguageTool HTTP API, jdlint's own, and a page.
//!
//! A request passes three doors before anything is done for it: `connection` (how many, how slowly), `guard` (from whom),
//! `work` (how much at once, how long). Nothing that was sent is kept or logged. Knows nothing of files and of arguments.

mod answer;
mod api;
mod connection;
mod documents;
mod guard;
mod languagetool;
mod page;
mod upload;
mod work;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use crate::lint::Linter;
use crate::rules::Severity;
use answer::Refusal;
use guard::{Door, Guard, Token};
use work::Work;

/// What is served, and to whom.
#[derive(Debug)]
pub struct Serving {
    /// By which rules and settings, where a request says nothing else.
    pub linter: Linter,
    /// From which severity on findings are shown, where a request says nothing else.
    pub shown_from: Severity,
    /// The moment of a review, as word processors write it: there is no clock here.
    pub date: fn() -> String,
    /// How long a request may take to arrive, and how long it may be worked on.
    pub patience: Duration,
    /// Who may ask.
    pub reach: Reach,
}

/// Who may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Programs on this machine.
    ThisMachine,
    /// Whoever reaches it, by its address or by one of these names.
    Network(Vec<String>),
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Somebody else has the port.
    #[error("port {0} is taken, perhaps by another jdlint; choose one with --port, or any free one with --port 0")]
    PortTaken(u16),
    /// The system says no.
    #[error("{address} cannot be listened on ({why})")]
    Address {
        /// Which.
        address: SocketAddr,
        /// The system's words.
        why: std::io::Error,
    },
    /// No token can be made.
    #[error("the system gives no random bytes for a token ({0})")]
    NoToken(getrandom::Error),
    /// No threads.
    #[error("the server cannot start ({0})")]
    Runtime(std::io::Error),
}

/// A server that holds its port and does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    /// The same port of `[::1]`, where `localhost` leads first on many machines, and waits long where nobody listens.
    beside: Option<TcpListener>,
    address: SocketAddr,
    token: Token,
}

/// What every request is served with.
#[derive(Debug)]
struct App {
    linter: Arc<Linter>,
    shown_from: Severity,
    date: fn() -> String,
    patience: Duration,
    guard: Guard,
    work: Work,
    /// `http://127.0.0.1:8081`: where links of answers lead.
    origin: String,
}

impl Server {
    /// Takes a port; 0: any free one.
    ///
    /// # Errors
    /// The port is taken or not allowed, or the system has no random bytes.
    pub fn bind(host: IpAddr, port: u16) -> Result<Server, ServeError> {
        let address = SocketAddr::new(host, port);
        let wrong = |why: std::io::Error| match why.kind() {
            std::io::ErrorKind::AddrInUse => ServeError::PortTaken(port),
            _ => ServeError::Address { address, why },
        };
        let listener = TcpListener::bind(address).map_err(wrong)?;
        let address = listener.local_addr().map_err(wrong)?;
        let ipv6 = SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), address.port());
        let beside = (host == IpAddr::V4(Ipv4Addr::LOCALHOST)).then(|| TcpListener::bind(ipv6).ok()).flatten();
        Ok(Server { listener, beside, address, token: Token::random().map_err(ServeError::NoToken)? })
    }

    /// Where it answers: `http://127.0.0.1:8081`.
    pub fn origin(&self) -> String {
        // “Any address” is one to listen on, not one to call.
        let unspecified = self.address.ip().is_unspecified();
        let host = if unspecified { SocketAddr::new(IpAddr::from([127, 0, 0, 1]), self.address.port()) } else { self.address };
        format!("http://{host}")
    }

    /// The address of the page, with the token.
    pub fn page(&self) -> String {
        page::address(&self.origin(), self.token.as_str())
    }

    /// Serves until the process is asked to stop.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn run(self, serving: Serving) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(ServeError::Runtime)?;
        let origin = self.origin();
        let guard = Guard::new(self.address.port(), self.token, serving.reach);
        let Serving { linter, shown_from, date, patience, .. } = serving;
        let app = App { linter: Arc::new(linter), shown_from, date, patience, guard, work: Work::new(patience), origin };
        let served = runtime.block_on(async {
            let listener = connection::listener(self.listener)?;
            let beside = self.beside.map(connection::listener).transpose()?;
            connection::serve((listener, beside), router(Arc::new(app)), patience, connection::asked_to_stop()).await;
            Ok(())
        });
        // A check that is still running has nobody left to tell.
        runtime.shutdown_background();
        served.map_err(ServeError::Runtime)
    }
}

/// Which door leads to which paths. A path that is none of these is not found behind the page's door.
fn router(app: Arc<App>) -> Router {
    let behind = |door: Door, paths: Router<Arc<App>>| {
        // Whoever may not ask at all is not told how to ask.
        paths.method_not_allowed_fallback(|| async { Refusal::Method }).layer(from_fn_with_state((Arc::clone(&app), door), guard::admit))
    };
    let pages = Router::new().route("/", get(page::start)).route("/rules/{rule}", get(page::rule)).fallback(page::other);
    Router::new()
        .merge(behind(Door::LanguageTool, languagetool::paths()))
        .merge(behind(Door::Token, api::paths()))
        .merge(behind(Door::Form, page::forms()))
        .merge(behind(Door::Page, pages))
        .layer(axum::middleware::from_fn(answer::seal))
        .with_state(app)
}
