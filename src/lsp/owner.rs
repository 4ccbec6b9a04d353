//! The one thread that owns the session: texts as the editor holds them, its settings, and what is to be done when nothing
//! else is.

mod chores;
mod lifecycle;
mod texts;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::rc::Rc;
use std::str::FromStr;

use tower_lsp::ls_types::{Range, Uri};

use super::client::Client;
use super::outbox::{Outbox, Say};
use super::pages::Pages;
use super::position::{Places, Units};
use super::settings::Settings;
use super::sweep::{Sweep, Swept};
use super::uri;
use crate::session::{Checked, Current, Session};
use crate::text::Span;

/// All that the server knows.
pub(super) struct Owner {
    pub(super) session: Session,
    pub(super) client: Client,
    pub(super) settings: Settings,
    pub(super) units: Units,
    pub(super) outbox: Outbox,
    pub(super) pages: Pages,
    pub(super) roots: Vec<PathBuf>,
    /// Open texts whose diagnostics are to be sent.
    due: BTreeSet<String>,
    /// Whether the mistakes in configs and rules are to be sent.
    faults_due: bool,
    /// Files that were sent diagnostics though they are not open.
    told: BTreeSet<PathBuf>,
    pub(super) sweep: Option<Sweep>,
    /// What came of files that are not open, while they and the settings do not change.
    pub(super) swept: HashMap<PathBuf, Swept>,
    n_sweeps: usize,
}

/// An open text as the features see it.
pub(super) struct View {
    pub(super) uri: Uri,
    pub(super) current: Rc<Current>,
    pub(super) units: Units,
}

impl Owner {
    pub(super) fn new(outbox: Outbox) -> Owner {
        Owner {
            session: Session::default(),
            client: Client::default(),
            settings: Settings::default(),
            units: Units::default(),
            outbox,
            pages: Pages::default(),
            roots: Vec::new(),
            due: BTreeSet::new(),
            faults_due: false,
            told: BTreeSet::new(),
            sweep: None,
            swept: HashMap::new(),
            n_sweeps: 0,
        }
    }

    /// An open text, linted as it stands.
    pub(super) fn view(&mut self, uri: &Uri) -> Option<View> {
        let current = self.session.current(uri.as_str())?;
        Some(View { uri: uri.clone(), current, units: self.units })
    }

    /// Says that something broke; what it was stands on the error stream.
    pub(super) fn broke(&mut self) {
        self.outbox.say(Say::Log("jdlint broke on one request and goes on with the next; the mistake is ours, please report it".to_owned()));
    }
}

/// The name in the protocol of an open text.
fn uri_of(name: &str) -> Option<Uri> {
    Uri::from_str(name).ok()
}

impl View {
    /// A file that is not open.
    pub(super) fn of_file(current: Current, units: Units) -> Option<View> {
        let uri = uri::of_path(current.path.as_deref()?)?;
        Some(View { uri, current: Rc::new(current), units })
    }

    pub(super) fn places(&self) -> Places<'_> {
        Places { text: &self.current.text, lines: &self.current.lines, units: self.units }
    }

    pub(super) fn checked(&self) -> Option<&Checked> {
        self.current.checked()
    }

    /// The bytes that a finding is shown at: what is said of the whole document, at its title or first words.
    pub(super) fn bytes(&self, checked: &Checked, span: Span) -> std::ops::Range<usize> {
        let whole = span.is_empty() && span.start() == 0;
        let title = || checked.report.outline.title.as_ref().and_then(|t| t.span);
        let first = || checked.document().blocks().iter().map(|b| b.span).find(|s| !s.is_empty());
        let span = if whole { title().or_else(first).unwrap_or(span) } else { span };
        checked.bytes(span).unwrap_or(0..0)
    }

    pub(super) fn range(&self, checked: &Checked, span: Span) -> Range {
        self.places().range(self.bytes(checked, span))
    }
}
