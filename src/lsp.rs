//! The Language Server Protocol → the session and the rooms before it, in order; what they find → diagnostics, hovers,
//! code actions and the rest, one file for each.
//!
//! tower-lsp runs handlers concurrently, so that a handler does nothing but hand its message to one thread, before it first
//! waits (`server`). That thread (`owner`) does one thing after another: it owns the session, lints when nothing else is to
//! do, and so answers for the newest text only. What goes to the editor is sent in the order in which it was said,
//! save that diagnostics may overtake (`outbox`). Only here are the protocol's types known.

#![expect(clippy::disallowed_methods, reason = "the room has threads, and files of its own: rule pages and reports")]

mod actions;
mod changes;
mod client;
mod command;
mod completion;
mod diagnostics;
mod hover;
mod lens;
mod outbox;
mod owner;
mod pages;
mod position;
mod pull;
mod server;
mod settings;
mod status;
mod sweep;
mod symbols;
mod uri;
mod wire;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tower_lsp::{LspService, Server};

/// How a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The editor shut it down first, as the protocol wants.
    Orderly,
    /// The editor went away.
    Cut,
}

/// Serves the editor at standard input and output until it ends or goes away.
///
/// # Errors
/// Where the system gives no threads.
pub fn serve() -> std::io::Result<Ending> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let shut_down = Arc::new(AtomicBool::new(false));
    let (input, output, direct, written) = wire::connect(std::io::stdin(), std::io::stdout(), shut_down.clone());
    let told = shut_down.clone();
    runtime.block_on(async move {
        let (service, socket) = LspService::build(|client| server::Server::start(client, direct, told))
            .custom_method("window/workDoneProgress/cancel", server::Server::progress_cancelled)
            .finish();
        // Requests that wait for the owner hold a place each, and a `$/cancelRequest` has to get past all of them.
        Server::new(input, output, socket).concurrency_level(256).serve(service).await;
    });
    let _ = written.join();
    Ok(if shut_down.load(Ordering::Acquire) { Ending::Orderly } else { Ending::Cut })
}
