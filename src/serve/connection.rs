//! Connections → requests for the router: so many at once, and none that keeps us waiting.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::guard::Local;

/// Connections at once. A browser holds six to one server.
const MOST_CONNECTIONS: usize = 256;
/// A connection ends after this time, whatever it is used for: nobody holds one by reading slowly.
const LIFE: Duration = Duration::from_secs(300);
/// The first line and all headers of a request. A LanguageTool client may send its text in the first line.
const MOST_HEAD: usize = 128 * 1024;

/// A listener that is waited for with others.
pub(super) fn listener(listener: std::net::TcpListener) -> std::io::Result<TcpListener> {
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

/// The next connection of either.
async fn accept((first, second): &(TcpListener, Option<TcpListener>)) -> std::io::Result<TcpStream> {
    let (stream, _) = match second {
        Some(second) => tokio::select! {
            accepted = first.accept() => accepted?,
            accepted = second.accept() => accepted?,
        },
        None => first.accept().await?,
    };
    Ok(stream)
}

/// Accepts connections until `stop`; what is being answered then is finished.
pub(super) async fn serve(listeners: (TcpListener, Option<TcpListener>), router: Router, patience: Duration, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let (closing, closed) = watch::channel(());
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listeners) => accepted,
            () = &mut stop => break,
        };
        let Ok(stream) = accepted else {
            // No descriptors are left; some will be.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            refuse(&stream);
            continue;
        };
        let one = one(stream, router.clone(), patience, closed.clone());
        tokio::spawn(async move {
            one.await;
            drop(place);
        });
    }
    drop(listeners);
    drop(closed);
    let _ = closing.send(());
    let _ = timeout(patience.min(Duration::from_secs(3)), closing.closed()).await;
}

/// Tells a client that there is no room, if that takes no time.
fn refuse(stream: &TcpStream) {
    const FULL: &str = r#"{"version":1,"error":{"status":503,"message":"too many connections at once; try again in a moment"}}"#;
    let head = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json; charset=utf-8\r\nConnection: close\r\nRetry-After: 1";
    let _ = stream.try_write(format!("{head}\r\nContent-Length: {}\r\n\r\n{FULL}", FULL.len()).as_bytes());
}

/// Answers the requests of one connection.
async fn one(stream: TcpStream, router: Router, patience: Duration, mut closing: watch::Receiver<()>) {
    let local = stream.local_addr().ok().map(Local);
    let service = service_fn(move |mut request: Request<Incoming>| {
        if let Some(local) = local {
            request.extensions_mut().insert(local);
        }
        let answer = TowerToHyperService::new(router.clone()).call(request);
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience).max_header_size(MOST_HEAD);
    let connection = http.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        () = sleep(LIFE) => {}
        _ = closing.changed() => {}
    }
    connection.as_mut().graceful_shutdown();
    // Twice: a body may take that long, and so may the work on it.
    let _ = timeout(patience * 2, connection).await;
}

/// Ends when the process is asked to stop: Ctrl-C, or `kill`.
pub(super) async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
