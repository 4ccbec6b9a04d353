//! Commands: the report as a page of HTML, a rule's page, the list of rules.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{ExecuteCommandParams, ShowDocumentParams, Uri};

use super::outbox::Say;
use super::owner::{Owner, View};
use super::{pages, uri};
use crate::config::Setup;
use crate::report::html::{Html, rule_page};
use crate::report::{Checked, Look, Summary, Writer, explain};
use crate::rules::Severity;

/// Writes the report on a document.
pub(super) const REPORT: &str = "jdlint.report";
/// Gives the page of a rule.
pub(super) const EXPLAIN: &str = "jdlint.explain";
/// Lists the rules.
pub(super) const RULES: &str = "jdlint.rules";
pub(super) const NAMES: [&str; 3] = [REPORT, EXPLAIN, RULES];

/// What is to become of a report; by default it is only given back.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Wish {
    /// Where to write it.
    path: Option<PathBuf>,
    /// Whether the editor shall open it in a browser.
    show: bool,
}

impl Owner {
    /// `workspace/executeCommand`
    pub(super) fn command(&mut self, params: &ExecuteCommandParams) -> Result<Option<Value>> {
        let mut arguments = params.arguments.iter();
        match params.command.as_str() {
            REPORT => self.report(&argument(arguments.next())?, arguments.next().map_or(Ok(Wish::default()), |w| argument(Some(w)))?).map(Some),
            EXPLAIN => self.explain(&argument::<String>(arguments.next())?).map(Some),
            RULES => Ok(Some(self.rules())),
            other => Err(Error::invalid_params(format!("there is no command “{other}”; there are {}", NAMES.join(", ")))),
        }
    }

    fn report(&mut self, uri: &Uri, wish: Wish) -> Result<Value> {
        let view = self.view(uri).or_else(|| self.view_of_file(&uri::path(uri)?));
        let view = view.ok_or_else(|| Error::invalid_params("this document is not open, and there is no such file"))?;
        let html = html(&view).ok_or_else(|| Error::invalid_params("this document is left alone, so there is nothing to report"))?;
        let path = match (&wish.path, wish.show) {
            (Some(path), _) => path.clone(),
            (None, true) => shown_path(&view).ok_or_else(|| Error::invalid_params("there is no folder for the report; name a “path”"))?,
            (None, false) => return Ok(json!({ "html": html })),
        };
        write(&path, &html).map_err(|e| failed(&format!("{}: {e}", path.display())))?;
        if let (true, true, Some(uri)) = (wish.show, self.client.shows_documents, uri::of_path(&path)) {
            self.outbox.say(Say::Show(ShowDocumentParams { uri, external: Some(true), take_focus: Some(true), selection: None }));
        }
        Ok(json!({ "path": path }))
    }

    fn explain(&mut self, rule: &str) -> Result<Value> {
        let setup = self.first_setup();
        let (ruleset, wordings) = (setup.linter.ruleset(), setup.linter.wordings());
        let known = ruleset.rule(rule).ok_or_else(|| Error::invalid_params(crate::config::unknown_rule(rule, ruleset)))?;
        Ok(json!({ "text": explain::explain(known, ruleset, wordings, Look::default()), "html": rule_page(known, ruleset, wordings) }))
    }

    fn rules(&mut self) -> Value {
        let setup = self.first_setup();
        let rules: Vec<Value> = setup.linter.ruleset().rules().iter().map(|r| json!({ "id": r.id.as_str(), "name": r.name })).collect();
        json!({ "rules": rules })
    }

    /// The setup of the first folder: house rules are rules, too.
    fn first_setup(&mut self) -> Rc<Setup> {
        self.session.setup(self.roots.first().map(|r| r.join(crate::config::NAME)).as_deref())
    }
}

fn argument<T: serde::de::DeserializeOwned>(value: Option<&Value>) -> Result<T> {
    let value = value.ok_or_else(|| Error::invalid_params("an argument is missing: a document's URI, or a rule"))?;
    serde_json::from_value(value.clone()).map_err(|e| Error::invalid_params(e.to_string()))
}

fn failed(what: &str) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: what.to_owned().into(), data: None }
}

/// The protocol's code for a request that was understood and could not be done.
const REQUEST_FAILED: i64 = -32803;

/// The page of one document.
fn html(view: &View) -> Option<String> {
    let checked = view.checked()?;
    let linter = &view.current.linter;
    let writer = Html { ruleset: linter.ruleset(), wordings: linter.wordings() };
    let name = view.current.path.as_deref().and_then(Path::file_name).map_or_else(|| "untitled".to_owned(), |n| n.to_string_lossy().into_owned());
    let of = Checked {
        path: &name,
        bytes: view.current.text.as_bytes(),
        document: checked.document(),
        report: &checked.report,
        ruleset: linter.ruleset(),
        fails_from: view.current.fail_on,
    };
    let summary = Summary::of(&checked.report, Severity::Info);
    Some([writer.opening(&[writer.line(&of)], &summary), writer.checked(&of), writer.tail(&summary)].concat())
}

/// Where a report lies that is only to be looked at.
fn shown_path(view: &View) -> Option<PathBuf> {
    let name = view.current.path.as_deref().and_then(Path::file_stem).map_or_else(|| "untitled".into(), |n| n.to_string_lossy().into_owned());
    pages::cache().map(|cache| cache.join("jdlint").join("reports").join(format!("{name}.html")))
}

fn write(path: &Path, html: &str) -> std::io::Result<()> {
    let folder = path.parent().ok_or(std::io::ErrorKind::NotFound)?;
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, html.as_bytes())?;
    file.persist(path)?;
    Ok(())
}
