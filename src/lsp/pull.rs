//! Diagnostics for editors that ask for them: of one text, or of the whole workspace, each under an id by which the editor
//! asks again, so that what did not change is not sent twice.

use std::collections::HashMap;

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::*;

use super::diagnostics;
use super::owner::Owner;
use crate::text::{BASIS_64, hash_64};

/// The protocol's code for “ask again”.
const SERVER_CANCELLED: i64 = -32802;

/// A workspace's diagnostics in the making, and who waits for them.
pub(super) struct Pull {
    reply: oneshot::Sender<Result<WorkspaceDiagnosticReportResult>>,
    previous: HashMap<Uri, String>,
    items: Vec<WorkspaceDocumentDiagnosticReport>,
}

impl Owner {
    /// `textDocument/diagnostic`
    pub(super) fn pulled(&mut self, params: &DocumentDiagnosticParams) -> DocumentDiagnosticReportResult {
        let found = self.view(&params.text_document.uri).map(|view| diagnostics::of(&view, self)).unwrap_or_default();
        let id = result_id(&found);
        let report = if params.previous_result_id.as_ref() == Some(&id) {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
            })
        } else {
            DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items: found },
            })
        };
        DocumentDiagnosticReportResult::Report(report)
    }

    /// `workspace/diagnostic`: answered when all documents are linted, which goes on beside other work.
    pub(super) fn workspace_pulled(&mut self, params: WorkspaceDiagnosticParams, reply: oneshot::Sender<Result<WorkspaceDiagnosticReportResult>>) {
        let previous = params.previous_result_ids.into_iter().map(|p| (p.uri, p.value)).collect();
        let pull = Pull { reply, previous, items: Vec::new() };
        if self.settings.workspace {
            self.sweep_for(pull, params.work_done_progress_params.work_done_token);
        } else {
            pull.answer();
        }
    }
}

impl Pull {
    /// Whether nobody waits any more.
    pub(super) fn is_cancelled(&self) -> bool {
        self.reply.is_closed()
    }

    /// The id under which the editor has a file's diagnostics.
    pub(super) fn previous(&self, uri: &Uri) -> Option<&str> {
        self.previous.get(uri).map(String::as_str)
    }

    pub(super) fn unchanged(&mut self, uri: Uri, result_id: String, version: Option<i64>) {
        let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
        self.items.push(WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version,
            unchanged_document_diagnostic_report,
        }));
    }

    pub(super) fn found(&mut self, uri: Uri, items: Vec<Diagnostic>, version: Option<i64>) {
        let id = result_id(&items);
        if self.previous(&uri) == Some(&id) {
            return self.unchanged(uri, id, version);
        }
        let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(id), items };
        self.items.push(WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report }));
    }

    /// What was found so far is not all there is, so that it is no answer; the editor asks again.
    pub(super) fn give_up(self) {
        let data = serde_json::to_value(DiagnosticServerCancellationData { retrigger_request: true }).ok();
        let code = ErrorCode::ServerError(SERVER_CANCELLED);
        let _ = self.reply.send(Err(Error { code, message: "the workspace changed meanwhile".into(), data }));
    }

    /// What the editor knows and is no more there is taken back.
    pub(super) fn answer(mut self) {
        let seen: Vec<Uri> = self.items.iter().map(|item| uri(item).clone()).collect();
        let gone: Vec<Uri> = self.previous.keys().filter(|known| !seen.contains(known)).cloned().collect();
        for uri in gone {
            self.found(uri, Vec::new(), None);
        }
        self.items.sort_by(|a, b| uri(a).cmp(uri(b)));
        let _ = self.reply.send(Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items: self.items })));
    }
}

fn uri(item: &WorkspaceDocumentDiagnosticReport) -> &Uri {
    match item {
        WorkspaceDocumentDiagnosticReport::Full(full) => &full.uri,
        WorkspaceDocumentDiagnosticReport::Unchanged(unchanged) => &unchanged.uri,
    }
}

/// The same for the same diagnostics, whenever they were found.
pub(super) fn result_id(found: &[Diagnostic]) -> String {
    let told = serde_json::to_vec(found).unwrap_or_default();
    // An editor may keep it longer than this process lives.
    format!("{:016x}", hash_64(BASIS_64, told))
}
