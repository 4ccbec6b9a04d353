//! What is done when nothing else is to do: linting what changed, telling the editor, and file by file the rest of the
//! workspace. Whatever comes in meanwhile is done first, so that of many edits in a row only the last is linted.

use std::path::{Path, PathBuf};

use tower_lsp::ls_types::{Diagnostic, Uri};

use super::{Owner, Say, View, uri, uri_of};
use crate::lsp::diagnostics;
use crate::lsp::status::Status;

impl Owner {
    pub(in crate::lsp) fn has_chores(&self) -> bool {
        !self.due.is_empty() || self.faults_due || self.sweep.is_some()
    }

    /// Does the most urgent one.
    pub(in crate::lsp) fn chore(&mut self) {
        if let Some(name) = self.due.pop_first() {
            self.tell(&name);
        } else if std::mem::take(&mut self.faults_due) {
            self.tell_faults();
        } else if let Some(sweep) = self.sweep.take() {
            self.go_on(sweep);
        }
    }

    /// Lints an open text and tells what was found; an editor that pulls finds it ready.
    fn tell(&mut self, name: &str) {
        let Some(view) = uri_of(name).and_then(|uri| self.view(&uri)) else { return };
        if !self.client.pulls {
            let found = diagnostics::of(&view, self);
            self.outbox.publish(view.uri.clone(), found, Some(view.current.version));
        }
        if self.settings.status {
            self.outbox.say(Say::Status(Status::of(&view)));
        }
        self.session.clear_outdated();
    }

    /// Tells the mistakes in configs and rule files, open or not.
    fn tell_faults(&mut self) {
        for (path, faults) in self.session.faults() {
            if faults.mistakes.is_empty() && !self.told.contains(&path) {
                continue;
            }
            let name = self.session.name_of(&path).and_then(uri_of).or_else(|| uri::of_path(&path));
            let Some(name) = name else { continue };
            let found = diagnostics::of_faults(&faults, self.units);
            self.tell_file(path, name, found, None);
        }
    }

    /// Tells what was found in a file, unless there is nothing to tell and nothing to take back.
    pub(in crate::lsp) fn tell_file(&mut self, path: PathBuf, name: Uri, found: Vec<Diagnostic>, version: Option<i32>) {
        let had = if found.is_empty() { self.told.remove(&path) } else { !self.told.insert(path) };
        if had || !found.is_empty() {
            self.outbox.publish(name, found, version);
        }
    }

    /// Lints a file that changed and is not open, where the whole workspace is linted.
    pub(super) fn file_is_due(&mut self, path: PathBuf) {
        if !self.settings.workspace || self.client.pulls || !self.roots.iter().any(|root| path.starts_with(root)) {
            return;
        }
        if let Some(view) = self.view_of_file(&path) {
            let found = diagnostics::of(&view, self);
            self.tell_file(path, view.uri, found, None);
        }
    }

    pub(in crate::lsp) fn view_of_file(&mut self, path: &Path) -> Option<View> {
        let takes = self.session.setup(Some(path)).takes(path);
        let current = self.session.of_file(path).ok().filter(|_| takes)?;
        View::of_file(current, self.units)
    }

    pub(in crate::lsp) fn told(&self) -> &std::collections::BTreeSet<PathBuf> {
        &self.told
    }

    /// A name for progress that no other has.
    pub(in crate::lsp) fn next_token(&mut self) -> String {
        self.n_sweeps += 1;
        format!("jdlint/workspace/{}", self.n_sweeps)
    }

    /// All is to be linted anew: the settings, a config or a rule changed.
    pub(super) fn all_is_due(&mut self) {
        let names = self.session.names();
        self.due.extend(names.into_iter().filter(|n| !n.ends_with(".toml")));
        self.faults_due = true;
        self.swept.clear();
        for (can, say) in [
            (self.client.pulls && self.client.refreshes_diagnostics, Say::RefreshDiagnostics),
            (self.client.refreshes_lenses, Say::RefreshLenses),
            (self.client.refreshes_hints, Say::RefreshHints),
        ] {
            if can {
                self.outbox.say(say);
            }
        }
        self.sweep_if_wanted();
    }

    /// Takes back what was told of a text that was closed.
    pub(super) fn clear(&mut self, name: &Uri) {
        if !self.client.pulls && !name.as_str().ends_with(".toml") {
            self.outbox.publish(name.clone(), Vec::new(), None);
        }
    }

    /// Takes back what was told of some files that are not open.
    pub(in crate::lsp) fn clear_told(&mut self, which: impl Fn(&Path, &[PathBuf]) -> bool) {
        let gone: Vec<PathBuf> = self.told.iter().filter(|p| which(p, &self.roots)).cloned().collect();
        for path in gone {
            self.told.remove(&path);
            if let Some(name) = uri::of_path(&path) {
                self.outbox.publish(name, Vec::new(), None);
            }
        }
    }
}
