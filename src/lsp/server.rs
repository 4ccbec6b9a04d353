//! Messages of the protocol → work for the owner. Nothing is thought here: each handler enqueues before it first waits, so
//! that the owner sees messages in the order in which they came, whatever the runtime does.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer};

use super::outbox;
use super::owner::Owner;
use super::wire::Direct;

/// Work for the owner.
type Job = Box<dyn FnOnce(&mut Owner) + Send>;

/// Where work is put.
#[derive(Clone, Debug)]
pub(super) struct Jobs(Sender<Job>);

/// Hands messages on.
#[derive(Debug)]
pub(super) struct Server {
    jobs: Jobs,
    shut_down: Arc<AtomicBool>,
}

impl Jobs {
    /// Enqueues work that nobody waits for.
    pub(super) fn put(&self, work: impl FnOnce(&mut Owner) + Send + 'static) {
        // The owner ends only when there is no server any more.
        let _ = self.0.send(Box::new(work));
    }

    /// Enqueues work now; what is awaited is its result. What was cancelled meanwhile is not begun.
    fn ask<T, W>(&self, work: W) -> impl Future<Output = Result<T>> + Send + use<T, W>
    where
        T: Send + 'static,
        W: FnOnce(&mut Owner) -> Result<T> + Send + 'static,
    {
        self.ask_later(move |owner, reply| _ = reply.send(work(owner)))
    }

    /// Enqueues work now that may answer later.
    fn ask_later<T, W>(&self, work: W) -> impl Future<Output = Result<T>> + Send + use<T, W>
    where
        T: Send + 'static,
        W: FnOnce(&mut Owner, oneshot::Sender<Result<T>>) + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.put(move |owner| {
            if !reply.is_closed() {
                work(owner, reply);
            }
        });
        async move { answer.await.unwrap_or_else(|_| Err(broke())) }
    }
}

fn broke() -> Error {
    let message = "jdlint broke on this request; the mistake is ours, please report it".into();
    Error { code: ErrorCode::InternalError, message, data: None }
}

/// Does what is put, one after another; when there is nothing, what waits for a quiet moment.
fn work_off(jobs: &Receiver<Job>, owner: &mut Owner) {
    loop {
        let job = match jobs.try_recv() {
            Ok(job) => job,
            Err(TryRecvError::Empty) if owner.has_chores() => {
                guarded(owner, |owner| owner.chore());
                continue;
            }
            Err(TryRecvError::Empty) => match jobs.recv() {
                Ok(job) => job,
                Err(_) => return,
            },
            Err(TryRecvError::Disconnected) => return,
        };
        guarded(owner, job);
    }
}

/// A mistake of ours in one request must not take the others with it: who waits for this one gets an error, and the texts
/// are as they were.
fn guarded(owner: &mut Owner, work: impl FnOnce(&mut Owner)) {
    if catch_unwind(AssertUnwindSafe(|| work(owner))).is_err() {
        owner.broke();
    }
}

impl Server {
    /// Starts the owner.
    pub(super) fn start(client: Client, direct: Direct, shut_down: Arc<AtomicBool>) -> Server {
        let (put, jobs) = channel::<Job>();
        let put = Jobs(put);
        let outbox = outbox::open(client, direct, put.clone());
        std::thread::spawn(move || work_off(&jobs, &mut Owner::new(outbox)));
        Server { jobs: put, shut_down }
    }

    /// `window/workDoneProgress/cancel`
    pub(super) async fn progress_cancelled(&self, params: WorkDoneProgressCancelParams) {
        self.jobs.put(move |o| o.cancel_sweep(&params.token));
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.jobs.ask(move |o| Ok(o.initialize(params))).await
    }

    async fn initialized(&self, _: InitializedParams) {
        self.jobs.put(Owner::initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        self.shut_down.store(true, Ordering::Release);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.jobs.put(move |o| o.opened(params.text_document));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.jobs.put(move |o| o.changed(&params));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.jobs.put(move |o| o.saved(&params.text_document.uri));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.jobs.put(move |o| o.closed(&params.text_document.uri));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.jobs.put(move |o| o.configuration_changed(&params.settings));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.jobs.put(move |o| o.folders_changed(&params.event));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.jobs.put(move |o| o.files_changed(&params.changes));
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        self.jobs.ask(move |o| Ok(o.pulled(&params))).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        self.jobs.ask_later(move |o, reply| o.workspace_pulled(params, reply)).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.jobs.ask(move |o| Ok(o.code_actions(&params))).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        self.jobs.ask(move |o| o.resolve(action)).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.jobs.ask(move |o| Ok(o.hover(&params.text_document_position_params))).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.jobs.ask(move |o| Ok(o.completion(&params.text_document_position))).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.jobs.ask(move |o| Ok(o.symbols(&params.text_document.uri))).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.jobs.ask(move |o| Ok(o.lenses(&params.text_document.uri))).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.jobs.ask(move |o| Ok(o.hints(&params))).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        self.jobs.ask(move |o| o.command(&params)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_one_request_and_no_more() {
        let (put, jobs) = channel::<Job>();
        let put = Jobs(put);
        let broken = put.ask(|_| -> Result<()> { panic!("on purpose") });
        let sound = put.ask(|o| Ok(o.session.names()));
        drop(put);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            work_off(&jobs, &mut Owner::new(outbox::silent()));
            assert_eq!(broken.await.map_err(|e| e.code), Err(ErrorCode::InternalError));
            assert_eq!(sound.await, Ok(Vec::new()));
        });
    }
}
