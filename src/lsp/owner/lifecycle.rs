//! From `initialize` on: what the server can, what the editor sets, which folders are open, what is watched.

use std::path::PathBuf;

use serde_json::Value;
use tower_lsp::ls_types::*;

use super::{Client, Owner, Say, Settings, Units, uri};
use crate::lsp::command;

impl Owner {
    pub(in crate::lsp) fn initialize(&mut self, params: InitializeParams) -> InitializeResult {
        self.client = Client::new(&params.capabilities);
        let offered = params.capabilities.general.and_then(|g| g.position_encodings);
        self.units = Units::agreed(offered.as_deref());
        #[expect(deprecated, reason = "older editors name their one folder so")]
        let old_root = params.root_uri.as_ref().and_then(uri::path);
        let folders = params.workspace_folders.unwrap_or_default();
        self.roots = folders.iter().filter_map(|f| uri::path(&f.uri)).collect();
        if self.roots.is_empty() {
            self.roots.extend(old_root);
        }
        self.take_settings(&params.initialization_options.unwrap_or_default());
        InitializeResult {
            capabilities: capabilities(self.units),
            server_info: Some(ServerInfo { name: "jdlint".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) }),
            ..InitializeResult::default()
        }
    }

    pub(in crate::lsp) fn initialized(&mut self) {
        if self.client.watches_files {
            self.outbox.say(Say::Register(vec![watch()]));
        }
        if self.client.configuration {
            self.outbox.say(Say::AskSettings);
        }
        self.meet_configs();
        self.sweep_if_wanted();
    }

    /// The editor says that its settings changed; it either tells them, or is to be asked.
    pub(in crate::lsp) fn configuration_changed(&mut self, told: &Value) {
        match self.client.configuration {
            true => self.outbox.say(Say::AskSettings),
            false if told.is_null() => {}
            false => self.configured(told),
        }
    }

    /// The editor told its settings. Nothing told leaves what it said when it started.
    pub(in crate::lsp) fn configured(&mut self, told: &Value) {
        let before = self.settings.clone();
        if !told.is_null() {
            self.take_settings(told);
        }
        if self.settings != before {
            self.all_is_due();
        }
    }

    fn take_settings(&mut self, told: &Value) {
        match Settings::read(told) {
            Ok(settings) => {
                self.session.set_overrides(settings.overrides());
                if let Some(name) = self.unknown_rule(&settings) {
                    self.outbox.say(Say::Warn(format!("jdlint: {name}; the editor’s settings name it, so none of its rules are chosen or left out")));
                }
                self.settings = settings;
            }
            Err(what) => self.outbox.say(Say::Warn(format!("jdlint: {what}"))),
        }
    }

    fn unknown_rule(&mut self, settings: &Settings) -> Option<String> {
        match crate::config::Setup::without_config(&settings.overrides()) {
            Err(crate::config::SetupError::UnknownRule(what)) => Some(what),
            _ => None,
        }
    }

    pub(in crate::lsp) fn folders_changed(&mut self, event: &WorkspaceFoldersChangeEvent) {
        let removed: Vec<PathBuf> = event.removed.iter().filter_map(|f| uri::path(&f.uri)).collect();
        self.roots.retain(|root| !removed.contains(root));
        self.roots.extend(event.added.iter().filter_map(|f| uri::path(&f.uri)));
        self.clear_told(|path, roots| !roots.iter().any(|root| path.starts_with(root)));
        self.meet_configs();
        self.sweep_if_wanted();
    }

    /// Reads the configs of the open folders, so that their mistakes are shown before a document is opened.
    fn meet_configs(&mut self) {
        for root in self.roots.clone() {
            self.session.setup(Some(&root.join(crate::config::NAME)));
        }
        self.faults_due = true;
    }
}

/// Tells us of changes to configs, rule files, and documents that are not open.
fn watch() -> Registration {
    let globs = ["**/*.toml", "**/*.{md,markdown,mdown,txt,text,rst,html,htm,xhtml,docx,odt,pdf}"];
    let watchers = globs.map(|glob| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None }).to_vec();
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    Registration { id: "jdlint/watch".to_owned(), method: "workspace/didChangeWatchedFiles".to_owned(), register_options: serde_json::to_value(options).ok() }
}

fn capabilities(units: Units) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(units.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        diagnostic_provider: Some(DiagnosticServerCapabilities::Options(DiagnosticOptions {
            identifier: Some("jdlint".to_owned()),
            inter_file_dependencies: true,
            workspace_diagnostics: true,
            ..DiagnosticOptions::default()
        })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE, super::super::actions::FIX_ALL]),
            resolve_provider: Some(true),
            ..CodeActionOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([" ", ",", "\"", "'", "."].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: None }),
        inlay_hint_provider: Some(OneOf::Left(true)),
        execute_command_provider: Some(ExecuteCommandOptions { commands: command::NAMES.map(str::to_owned).to_vec(), ..ExecuteCommandOptions::default() }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(OneOf::Left(true)) }),
            ..WorkspaceServerCapabilities::default()
        }),
        ..ServerCapabilities::default()
    }
}
