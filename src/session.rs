//! Open texts, and the configs that speak for them → what is found in each, kept current.
//!
//! What an editor holds wins over the file of that name, for documents, configs and house rules alike. A text is linted
//! anew when it, its config, or another document of its advert has changed, and only when somebody asks. Knows no
//! protocol and no threads.

#![expect(clippy::disallowed_methods, reason = "the room that keeps files and open texts together")]

mod configs;
mod current;
mod siblings;
mod text;

pub use configs::{Faults, FileFaults};
pub use current::{Checked, Current, Outcome, WhyLeft};
pub use siblings::{Stamp, stamp};
pub use text::OpenText;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::config::{Met, NAME, Overrides, Ruling, Setup, Wanted, read_text, read_together};
use crate::document::{Document, Format};
use crate::lint::{Advert, Linter, Memory};
use crate::outline::Kind;
use crate::text::LineIndex;
use configs::Configs;
use siblings::Siblings;

/// Texts that are open, by name, and all that is needed to lint them.
#[derive(Default)]
pub struct Session {
    texts: BTreeMap<String, OpenText>,
    configs: Configs,
    siblings: Siblings,
}

impl Session {
    /// Takes what is stronger than every config. All texts are linted anew.
    pub fn set_overrides(&mut self, overrides: Overrides) {
        if self.configs.set_overrides(overrides) {
            self.forget_reports();
        }
    }

    /// A text was opened, or opened anew. `format` is what the editor takes it for.
    pub fn open(&mut self, name: &str, text: OpenText) {
        let path = text.path().map(Path::to_owned);
        self.texts.insert(name.to_owned(), text);
        self.changed(name, path.as_deref());
    }

    /// Changes an open text; `None` where there is none of that name.
    pub fn edit<T>(&mut self, name: &str, change: impl FnOnce(&mut OpenText) -> T) -> Option<T> {
        let text = self.texts.get_mut(name)?;
        let done = change(text);
        let path = text.path().map(Path::to_owned);
        self.changed(name, path.as_deref());
        Some(done)
    }

    /// A text was closed: from now on its file counts.
    pub fn close(&mut self, name: &str) {
        let path = self.texts.remove(name).and_then(|t| t.path().map(Path::to_owned));
        self.changed(name, path.as_deref());
    }

    /// An open text.
    pub fn text(&self, name: &str) -> Option<&OpenText> {
        self.texts.get(name)
    }

    /// Names of all open texts, in order.
    pub fn names(&self) -> Vec<String> {
        self.texts.keys().cloned().collect()
    }

    /// The name of the open text of a file.
    pub fn name_of(&self, path: &Path) -> Option<&str> {
        self.texts.iter().find(|(_, t)| t.path() == Some(path)).map(|(name, _)| name.as_str())
    }

    /// Whether a text has changed since it was last linted.
    pub fn is_stale(&self, name: &str) -> bool {
        self.texts.get(name).is_some_and(|t| t.current.is_none())
    }

    /// What is found in an open text as it stands.
    pub fn current(&mut self, name: &str) -> Option<Rc<Current>> {
        let known = self.texts.get_mut(name)?;
        if let Some(current) = &known.current {
            return Some(current.clone());
        }
        let (snapshot, mut memory) = (known.snapshot(), std::mem::take(&mut known.memory));
        let current = Rc::new(self.lint(snapshot, &mut memory));
        let known = self.texts.get_mut(name)?;
        (known.current, known.memory) = (Some(current.clone()), memory);
        Some(current)
    }

    /// Clears away what was found in versions that are past: when what is found now has been told, and nobody waits.
    pub fn clear_outdated(&mut self) {
        self.texts.values_mut().for_each(|t| t.outdated = None);
    }

    /// What is found in a file that is not open.
    ///
    /// # Errors
    /// Where the file cannot be read as text.
    pub fn of_file(&mut self, path: &Path) -> std::io::Result<Current> {
        let text = read_text(path)?;
        Ok(self.lint(OpenText::new(Some(path.to_owned()), None, 0, text).snapshot(), &mut Memory::default()))
    }

    /// The setup for a file, or for texts without one.
    pub fn setup(&mut self, path: Option<&Path>) -> Rc<Setup> {
        self.configs.setup(path, &self.texts)
    }

    /// The config that speaks for a file.
    pub fn config_of(&mut self, path: &Path) -> Option<PathBuf> {
        self.configs.config_of(path)
    }

    /// What is wrong in the configs and house rules that are known, and in those that are open.
    pub fn faults(&mut self) -> Faults {
        self.configs.faults(&self.texts)
    }

    /// Reads anew what has changed on the disk: configs, house rules, other documents of an advert.
    pub fn refresh(&mut self) {
        self.siblings.forget();
        if self.configs.refresh(&self.texts) {
            self.forget_reports();
        }
    }

    /// Reads every config and house rule anew.
    pub fn reload(&mut self) {
        self.siblings.forget();
        self.configs.forget();
        self.forget_reports();
    }

    /// A file changed on the disk: what is read with it is linted anew.
    pub fn file_changed(&mut self, path: &Path) {
        self.siblings.forget();
        self.changed("", Some(path));
    }

    /// A text or file changed; what depends on it is stale.
    fn changed(&mut self, name: &str, path: Option<&Path>) {
        if let Some(text) = self.texts.get_mut(name) {
            text.outdate();
        }
        let Some(path) = path else { return };
        if path.extension().is_some_and(|e| e == "toml") {
            if path.file_name().is_some_and(|n| n == NAME) || self.configs.is_pack(path) {
                self.reload();
            }
            return;
        }
        // Who is read with this one, this one is read with, too.
        let others = self.siblings.others(path, &self.texts);
        for text in self.texts.values_mut().filter(|t| t.path().is_some_and(|p| others.iter().any(|o| o == p))) {
            text.outdate();
        }
    }

    fn forget_reports(&mut self) {
        self.texts.values_mut().for_each(OpenText::outdate);
    }

    fn lint(&mut self, text: text::Snapshot, memory: &mut Memory) -> Current {
        let setup = self.setup(text.path.as_deref());
        // A path may have overrides and accepted findings of its own.
        let Ruling { linter, fail_on, .. } = text.path.as_deref().map_or_else(|| setup.under(&Met::default()), |path| setup.for_file(path));
        let (outcome, format) = match format(&text, &setup) {
            Ok(format) => (self.outcome(&text, format, (&setup, &linter), memory), Some(format)),
            Err(why) => (Outcome::LeftAlone(why), None),
        };
        Current { lines: LineIndex::new(&text.text), text: text.text, version: text.version, path: text.path, format, outcome, linter, fail_on }
    }

    fn outcome(&mut self, text: &text::Snapshot, format: Format, (setup, linter): (&Setup, &Linter), memory: &mut Memory) -> Outcome {
        let document = match Document::read(text.text.as_bytes(), format) {
            Ok(document) => document,
            Err(error) => return Outcome::Unreadable(error),
        };
        let others = text.path.as_deref().map(|p| self.siblings.documents(p, &self.texts)).unwrap_or_default();
        let together = read_together(others.iter().map(|(path, _)| path.as_path()));
        let advert = Advert::new(std::iter::once(document).chain(others.into_iter().map(|(_, d)| d)).collect());
        let mut report = linter.recheck(&advert, memory).expect("each document of an advert has a report");
        let included = text.path.as_deref().is_some_and(|p| setup.wanted(p) == Wanted::Included);
        if report.kind == Kind::Other && !included {
            return Outcome::LeftAlone(WhyLeft::OtherKind);
        }
        report.notices.extend(together);
        Outcome::Checked(Box::new(Checked { advert, report }))
    }
}

/// What a text is read as; why it is left alone, where it is.
fn format(text: &text::Snapshot, setup: &Setup) -> Result<Format, WhyLeft> {
    let wanted = text.path.as_deref().map_or(Wanted::Unsaid, |p| setup.wanted(p));
    match (wanted, text.format) {
        (Wanted::Excluded, _) => Err(WhyLeft::Excluded),
        (_, Some(format @ (Format::Text | Format::Markdown | Format::Html))) => Ok(format),
        (Wanted::Included, None) => Ok(Format::Text),
        _ => Err(WhyLeft::NotText),
    }
}
