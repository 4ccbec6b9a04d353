//! What the editor can: its capabilities, asked once.

use tower_lsp::ls_types::{ClientCapabilities, MarkupKind, ResourceOperationKind};

use super::hover::Markup;

/// What an editor can that not all can.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    /// It asks for diagnostics rather than being told.
    pub(super) pulls: bool,
    pub(super) related_information: bool,
    pub(super) code_descriptions: bool,
    pub(super) tags: bool,
    /// It takes edits of a named version.
    pub(super) document_changes: bool,
    pub(super) creates_files: bool,
    /// It asks for an action's edit once somebody chose it.
    pub(super) resolves_edits: bool,
    pub(super) configuration: bool,
    pub(super) watches_files: bool,
    pub(super) progress: bool,
    pub(super) refreshes_diagnostics: bool,
    pub(super) refreshes_lenses: bool,
    pub(super) refreshes_hints: bool,
    pub(super) nested_symbols: bool,
    pub(super) shows_documents: bool,
    /// What its hovers show.
    pub(super) markup: Markup,
}

impl Client {
    pub(super) fn new(can: &ClientCapabilities) -> Client {
        let workspace = can.workspace.clone().unwrap_or_default();
        let text = can.text_document.clone().unwrap_or_default();
        let window = can.window.clone().unwrap_or_default();
        let diagnostics = text.publish_diagnostics.unwrap_or_default();
        let edits = workspace.workspace_edit.unwrap_or_default();
        let resolves = text.code_action.and_then(|a| a.resolve_support).map(|r| r.properties).unwrap_or_default();
        let formats = text.hover.and_then(|h| h.content_format).unwrap_or_default();
        Client {
            markup: if formats.contains(&MarkupKind::Markdown) { Markup::Markdown } else { Markup::Plain },
            pulls: text.diagnostic.is_some(),
            related_information: diagnostics.related_information == Some(true),
            code_descriptions: diagnostics.code_description_support == Some(true),
            tags: diagnostics.tag_support.is_some(),
            document_changes: edits.document_changes == Some(true),
            creates_files: edits.resource_operations.is_some_and(|kinds| kinds.contains(&ResourceOperationKind::Create)),
            resolves_edits: resolves.iter().any(|p| p == "edit"),
            configuration: workspace.configuration == Some(true),
            watches_files: workspace.did_change_watched_files.is_some_and(|w| w.dynamic_registration == Some(true)),
            progress: window.work_done_progress == Some(true),
            refreshes_diagnostics: workspace.diagnostics.is_some_and(|d| d.refresh_support == Some(true)),
            refreshes_lenses: workspace.code_lens.is_some_and(|l| l.refresh_support == Some(true)),
            refreshes_hints: workspace.inlay_hint.is_some_and(|h| h.refresh_support == Some(true)),
            nested_symbols: text.document_symbol.is_some_and(|s| s.hierarchical_document_symbol_support == Some(true)),
            shows_documents: window.show_document.is_some_and(|s| s.support),
        }
    }
}
