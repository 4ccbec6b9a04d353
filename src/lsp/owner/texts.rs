//! Texts opened, edited, saved, closed; files changed by others.

use tower_lsp::ls_types::{DidChangeTextDocumentParams, FileChangeType, FileEvent, TextDocumentItem, Uri};

use super::{Owner, Places, uri};
use crate::document::Format;
use crate::session::OpenText;

impl Owner {
    pub(in crate::lsp) fn opened(&mut self, document: TextDocumentItem) {
        let name = document.uri.as_str().to_owned();
        let path = uri::path(&document.uri);
        // The rule pages that we write quote the words that they speak of.
        if path.as_deref().is_some_and(|p| self.pages.holds(p)) {
            return;
        }
        self.session.refresh();
        self.faults_due = true;
        let text = OpenText::new(path, format(&document.language_id), document.version, document.text);
        self.session.open(&name, text);
        self.text_changed(name);
    }

    pub(in crate::lsp) fn changed(&mut self, params: &DidChangeTextDocumentParams) {
        let name = params.text_document.uri.as_str();
        let units = self.units;
        let known = self.session.edit(name, |text| {
            for change in &params.content_changes {
                match change.range {
                    Some(range) => {
                        let bytes = Places { text: text.as_str(), lines: text.lines(), units }.bytes(range);
                        text.replace(bytes, &change.text);
                    }
                    None => text.replace_all(change.text.clone()),
                }
            }
            text.set_version(params.text_document.version);
        });
        if known.is_some() {
            self.text_changed(name.to_owned());
        }
    }

    /// Editors that watch no files save them, at least.
    pub(in crate::lsp) fn saved(&mut self, document: &Uri) {
        self.session.refresh();
        self.faults_due |= is_toml(document.as_str());
        self.stale_is_due();
    }

    pub(in crate::lsp) fn closed(&mut self, document: &Uri) {
        let name = document.as_str();
        self.session.close(name);
        self.due.remove(name);
        self.faults_due |= is_toml(name);
        self.stale_is_due();
        self.clear(document);
        if let Some(path) = uri::path(document) {
            self.file_is_due(path);
        }
    }

    pub(in crate::lsp) fn files_changed(&mut self, changes: &[FileEvent]) {
        let configs = changes.iter().any(|c| is_toml(c.uri.as_str()));
        if configs {
            self.session.reload();
            self.all_is_due();
        }
        self.session.refresh();
        for change in changes {
            let Some(path) = uri::path(&change.uri).filter(|p| self.session.name_of(p).is_none()) else { continue };
            self.session.file_changed(&path);
            self.swept.remove(&path);
            match change.typ {
                FileChangeType::DELETED => self.clear_told(|p, _| p == path),
                _ => self.file_is_due(path),
            }
        }
        self.stale_is_due();
    }

    /// Its diagnostics are due, and those of what depends on it: all texts for a config, the rest of its advert otherwise.
    fn text_changed(&mut self, name: String) {
        if is_toml(&name) {
            self.faults_due = true;
            self.swept.clear();
        } else {
            self.due.insert(name);
        }
        self.stale_is_due();
    }

    fn stale_is_due(&mut self) {
        let stale: Vec<String> = self.session.names().into_iter().filter(|n| !is_toml(n) && self.session.is_stale(n)).collect();
        if self.client.pulls && self.client.refreshes_diagnostics && stale.iter().any(|n| !self.due.contains(n)) {
            self.outbox.say(super::Say::RefreshDiagnostics);
        }
        self.due.extend(stale);
    }
}

fn is_toml(name: &str) -> bool {
    name.ends_with(".toml")
}

/// The format that an editor's name for a language stands for; `None`: the file's name tells.
fn format(language: &str) -> Option<Format> {
    match language {
        "markdown" | "md" | "gfm" | "pandoc" | "rmd" | "quarto" => Some(Format::Markdown),
        "html" | "xhtml" | "htm" => Some(Format::Html),
        "plaintext" | "text" | "txt" | "plain" | "restructuredtext" | "rst" => Some(Format::Text),
        _ => None,
    }
}
