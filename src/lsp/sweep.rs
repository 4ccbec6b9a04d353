//! All documents of the workspace, one by one, when nothing else is to do: for an editor that asks for all, or to tell one
//! that wants to be told. Progress is shown, and may be cancelled.

use tower_lsp::ls_types::*;

use super::diagnostics;
use super::outbox::Say;
use super::owner::Owner;
use super::pull::{Pull, result_id};
use super::uri;
use crate::config::Below;
use crate::document::Format;
use crate::session::{Stamp, stamp};

/// Linting under way.
pub(super) struct Sweep {
    /// Folders that are not begun yet.
    folders: Vec<std::path::PathBuf>,
    walk: Option<Below>,
    n_linted: u32,
    purpose: Purpose,
    progress: Option<ProgressToken>,
}

enum Purpose {
    /// The editor wants to be told.
    Push,
    /// The editor asked and waits.
    Pull(Pull),
}

/// How a sweep ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Done,
    Cancelled,
    /// Another begins in its place.
    Superseded,
}

/// What came of a file: its stamp, and the id of its diagnostics.
pub(super) struct Swept {
    stamp: Stamp,
    result_id: String,
}

/// So often progress is told, in documents.
const STRIDE: u32 = 16;

impl Owner {
    /// Begins to lint the workspace, where the settings want it and the editor does not ask by itself.
    pub(super) fn sweep_if_wanted(&mut self) {
        if self.client.pulls {
            return;
        }
        self.end_sweep(End::Superseded);
        if !self.settings.workspace {
            let open = |o: &Owner, p: &std::path::Path| o.session.name_of(p).is_some() || p.extension().is_some_and(|e| e == "toml");
            let stays: Vec<_> = self.told().iter().filter(|p| open(self, p)).cloned().collect();
            return self.clear_told(|path, _| !stays.iter().any(|s| s == path));
        }
        let token = self.client.progress.then(|| ProgressToken::String(self.next_token()));
        if let Some(token) = token.clone() {
            self.outbox.say(Say::BeginProgress(token, begin()));
        }
        self.sweep = Some(Sweep { folders: self.roots.clone(), walk: None, n_linted: 0, purpose: Purpose::Push, progress: token });
    }

    /// Begins to lint the workspace for an editor that waits.
    pub(super) fn sweep_for(&mut self, pull: Pull, progress: Option<ProgressToken>) {
        self.end_sweep(End::Superseded);
        if let Some(token) = progress.clone() {
            self.outbox.say(Say::Progress(token, begin()));
        }
        self.sweep = Some(Sweep { folders: self.roots.clone(), walk: None, n_linted: 0, purpose: Purpose::Pull(pull), progress });
    }

    /// Does the next file.
    pub(super) fn go_on(&mut self, mut sweep: Sweep) {
        let cancelled = matches!(&sweep.purpose, Purpose::Pull(pull) if pull.is_cancelled());
        let next = if cancelled { None } else { sweep.next() };
        let Some(entry) = next else {
            self.sweep = Some(sweep);
            return self.end_sweep(if cancelled { End::Cancelled } else { End::Done });
        };
        let path = entry.path();
        let is_document = entry.file_type().is_some_and(|t| t.is_file()) && Format::of_path(path).is_some();
        if is_document && self.session.name_of(path).is_none() {
            self.sweep_file(path, &mut sweep);
            sweep.n_linted += 1;
            if sweep.n_linted.is_multiple_of(STRIDE) {
                self.report_progress(&sweep);
            }
        }
        self.sweep = Some(sweep);
    }

    fn sweep_file(&mut self, path: &std::path::Path, sweep: &mut Sweep) {
        let now = stamp(path);
        let known = self.swept.get(path).filter(|s| s.stamp == now).map(|s| s.result_id.clone());
        if let (Purpose::Pull(pull), Some(id), Some(uri)) = (&mut sweep.purpose, known, uri::of_path(path))
            && pull.previous(&uri) == Some(&id)
        {
            return pull.unchanged(uri, id, None);
        }
        let Some(view) = self.view_of_file(path) else { return };
        let found = diagnostics::of(&view, self);
        self.swept.insert(path.to_owned(), Swept { stamp: now, result_id: result_id(&found) });
        match &mut sweep.purpose {
            Purpose::Push => self.tell_file(path.to_owned(), view.uri, found, None),
            Purpose::Pull(pull) => pull.found(view.uri, found, None),
        }
    }

    /// The editor's person has seen enough.
    pub(super) fn cancel_sweep(&mut self, token: &ProgressToken) {
        if self.sweep.as_ref().is_some_and(|s| s.progress.as_ref() == Some(token)) {
            self.end_sweep(End::Cancelled);
        }
    }

    fn end_sweep(&mut self, end: End) {
        let Some(sweep) = self.sweep.take() else { return };
        if let Some(token) = sweep.progress {
            let message = Some(if end == End::Done { documents(sweep.n_linted) } else { "cancelled".to_owned() });
            self.outbox.say(Say::Progress(token, WorkDoneProgress::End(WorkDoneProgressEnd { message })));
        }
        if let Purpose::Pull(mut pull) = sweep.purpose {
            if end != End::Done {
                return pull.give_up();
            }
            for name in self.session.names() {
                let Some(view) = name.parse().ok().and_then(|uri| self.view(&uri)).filter(|v| v.checked().is_some()) else { continue };
                let found = diagnostics::of(&view, self);
                pull.found(view.uri, found, Some(i64::from(view.current.version)));
            }
            pull.answer();
        }
    }

    fn report_progress(&mut self, sweep: &Sweep) {
        let Some(token) = sweep.progress.clone() else { return };
        let message = Some(documents(sweep.n_linted));
        self.outbox.say(Say::Progress(token, WorkDoneProgress::Report(WorkDoneProgressReport { cancellable: Some(true), message, percentage: None })));
    }
}

impl Sweep {
    /// The next entry of the folders, in a fixed order.
    fn next(&mut self) -> Option<ignore::DirEntry> {
        loop {
            if let Some(entry) = self.walk.as_mut().and_then(|walk| walk.find_map(Result::ok)) {
                return Some(entry);
            }
            let folder = if self.folders.is_empty() { return None } else { self.folders.remove(0) };
            self.walk = Some(Below::of(&folder));
        }
    }
}

fn begin() -> WorkDoneProgress {
    let message = Some("reading the workspace".to_owned());
    WorkDoneProgress::Begin(WorkDoneProgressBegin { title: "jdlint".to_owned(), cancellable: Some(true), message, percentage: None })
}

fn documents(n: u32) -> String {
    if n == 1 { "1 document".to_owned() } else { format!("{n} documents") }
}
