//! What the owner has to say → the editor, in order; only diagnostics may overtake the rest. Requests to the editor are waited for aside; their answers come back
//! as work for the owner.

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;
use tower_lsp::ls_types::notification::{Progress, PublishDiagnostics};
use tower_lsp::ls_types::request::{
    CodeLensRefresh, InlayHintRefreshRequest, RegisterCapability, Request, ShowDocument, WorkDoneProgressCreate, WorkspaceConfiguration,
    WorkspaceDiagnosticRefresh,
};
use tower_lsp::ls_types::{
    ConfigurationItem, ConfigurationParams, Diagnostic, MessageType, ProgressParams, ProgressParamsValue, ProgressToken, PublishDiagnosticsParams,
    Registration, RegistrationParams, ShowDocumentParams, Uri, WorkDoneProgress, WorkDoneProgressCreateParams,
};

use super::server::Jobs;
use super::status::Status;
use super::wire::Direct;

/// Something to say.
#[derive(Debug)]
pub(super) enum Say {
    /// A line in the editor's log.
    Log(String),
    /// A line that the person sees.
    Warn(String),
    Status(Status),
    BeginProgress(ProgressToken, WorkDoneProgress),
    Progress(ProgressToken, WorkDoneProgress),
    /// Asks for the settings; the answer is work for the owner.
    AskSettings,
    Register(Vec<Registration>),
    Show(ShowDocumentParams),
    RefreshDiagnostics,
    RefreshLenses,
    RefreshHints,
}

/// Where the owner says it.
#[derive(Clone, Debug)]
pub(super) struct Outbox {
    say: UnboundedSender<Say>,
    /// For what is said after every key; none where nobody listens.
    direct: Option<Direct>,
}

/// Starts to send what is said.
pub(super) fn open(client: Client, direct: Direct, jobs: Jobs) -> Outbox {
    let (send, said) = unbounded_channel();
    tokio::spawn(speak(client, jobs, said));
    Outbox { say: send, direct: Some(direct) }
}

/// Where nobody listens.
#[cfg(test)]
pub(super) fn silent() -> Outbox {
    Outbox { say: unbounded_channel().0, direct: None }
}

impl Outbox {
    pub(super) fn say(&self, say: Say) {
        // Where the editor is gone there is nobody to tell.
        let _ = self.say.send(say);
    }

    /// The diagnostics of a text, at once: they may overtake what was said before them.
    pub(super) fn publish(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        if let Some(direct) = &self.direct {
            direct.notify::<PublishDiagnostics>(&PublishDiagnosticsParams { uri, diagnostics, version });
        }
    }
}

async fn speak(client: Client, jobs: Jobs, mut said: UnboundedReceiver<Say>) {
    while let Some(say) = said.recv().await {
        match say {
            Say::Log(line) => client.log_message(MessageType::INFO, line).await,
            Say::Warn(line) => client.show_message(MessageType::WARNING, line).await,
            Say::Status(status) => client.send_notification::<Status>(status).await,
            // No progress is shown under a token before the editor has it.
            Say::BeginProgress(token, value) => {
                if client.send_request::<WorkDoneProgressCreate>(WorkDoneProgressCreateParams { token: token.clone() }).await.is_ok() {
                    client.send_notification::<Progress>(progress(token, value)).await;
                }
            }
            Say::Progress(token, value) => client.send_notification::<Progress>(progress(token, value)).await,
            Say::AskSettings => ask_settings(&client, &jobs),
            Say::Register(registrations) => ask::<RegisterCapability>(&client, RegistrationParams { registrations }),
            Say::Show(params) => ask::<ShowDocument>(&client, params),
            Say::RefreshDiagnostics => ask::<WorkspaceDiagnosticRefresh>(&client, ()),
            Say::RefreshLenses => ask::<CodeLensRefresh>(&client, ()),
            Say::RefreshHints => ask::<InlayHintRefreshRequest>(&client, ()),
        }
    }
}

fn progress(token: ProgressToken, value: WorkDoneProgress) -> ProgressParams {
    ProgressParams { token, value: ProgressParamsValue::WorkDone(value) }
}

/// Sends a request whose answer changes nothing here.
fn ask<R>(client: &Client, params: R::Params)
where
    R: Request,
    R::Params: Send + Sync + 'static,
    R::Result: Send,
{
    let client = client.clone();
    tokio::spawn(async move { client.send_request::<R>(params).await });
}

fn ask_settings(client: &Client, jobs: &Jobs) {
    let (client, jobs) = (client.clone(), jobs.clone());
    tokio::spawn(async move {
        let items = vec![ConfigurationItem { scope_uri: None, section: Some("jdlint".to_owned()) }];
        if let Ok(mut told) = client.send_request::<WorkspaceConfiguration>(ConfigurationParams { items }).await {
            let settings = if told.is_empty() { Value::Null } else { told.swap_remove(0) };
            jobs.put(move |owner| owner.configured(&settings));
        }
    });
}
