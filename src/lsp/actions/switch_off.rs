//! “Switch this rule off in jdlint.toml”: one more name in its `ignore`, the rest of the file as it is; a new file where
//! there is none.

use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, Value};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::*;

use super::cannot;
use crate::config::{NAME, read_text};
use crate::lint::Finding;
use crate::lsp::changes;
use crate::lsp::owner::{Owner, View};
use crate::lsp::position::Places;
use crate::lsp::uri;
use crate::text::LineIndex;

impl Owner {
    pub(super) fn switch_off(&mut self, view: &View, finding: &Finding) -> Result<WorkspaceEdit> {
        let document = view.current.path.as_deref().ok_or_else(|| Error::invalid_params("this text has no folder yet; save it first"))?;
        let known = self.session.config_of(document);
        let path = known.clone().unwrap_or_else(|| self.new_config(document));
        let open = self.session.name_of(&path).map(str::to_owned);
        let text = match open.as_deref().and_then(|name| self.session.text(name)) {
            Some(open) => Ok(open.as_str().to_owned()),
            None if known.is_some() => read_text(&path).map_err(|e| cannot(&format!("{}: {e}", path.display()))),
            None => Ok(String::new()),
        }?;
        let new = with_ignored(&text, finding.rule.as_str()).map_err(|_| cannot("jdlint.toml has mistakes; mend them first"))?;
        let version = open.as_deref().and_then(|name| self.session.text(name)).map(crate::session::OpenText::version);
        let name = open.and_then(|name| name.parse().ok()).or_else(|| uri::of_path(&path)).ok_or_else(|| cannot("jdlint.toml has no name here"))?;
        let lines = LineIndex::new(&text);
        let places = Places { text: &text, lines: &lines, units: self.units };
        let edit = changes::edit(&name, version, &changes::between(&text, &new), places, &self.client);
        Ok(if known.is_none() && version.is_none() { self.creating(&name, edit) } else { edit })
    }

    /// Where a config is to be made: in the open folder that holds the document, or else beside it.
    fn new_config(&self, document: &Path) -> PathBuf {
        let root = self.roots.iter().filter(|root| document.starts_with(root)).max_by_key(|root| root.as_os_str().len());
        root.map(PathBuf::as_path).or(document.parent()).unwrap_or(document).join(NAME)
    }

    /// The edit of a file that is made first.
    fn creating(&self, name: &Uri, edit: WorkspaceEdit) -> WorkspaceEdit {
        let Some(DocumentChanges::Edits(edits)) = edit.document_changes.clone().filter(|_| self.client.creates_files) else { return edit };
        let options = CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) };
        let create = ResourceOp::Create(CreateFile { uri: name.clone(), options: Some(options), annotation_id: None });
        let edits = edits.into_iter().map(DocumentChangeOperation::Edit);
        let all = std::iter::once(DocumentChangeOperation::Op(create)).chain(edits).collect();
        WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(all)), ..WorkspaceEdit::default() }
    }
}

/// A config with one more rule in its `ignore`.
fn with_ignored(text: &str, rule: &str) -> std::result::Result<String, toml_edit::TomlError> {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut config: DocumentMut = text.parse()?;
    let ignore = config.entry("ignore").or_insert_with(|| Item::Value(Value::Array(Array::new())));
    if let Some(rules) = ignore.as_array_mut()
        && !rules.iter().any(|r| r.as_str() == Some(rule))
    {
        rules.push(rule);
        // A list of one rule a line goes on so.
        let lead = rules.get(0).filter(|_| rules.len() > 1).and_then(|first| first.decor().prefix()?.as_str()).map(str::to_owned);
        if let (Some(lead), Some(last)) = (lead.filter(|l| l.contains('\n')), rules.get_mut(rules.len() - 1)) {
            last.decor_mut().set_prefix(lead);
        }
    }
    // It writes plain line ends.
    let out = config.to_string();
    Ok(if newline == "\r\n" { out.replace("\r\n", "\n").replace('\n', "\r\n") } else { out })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_the_config_stays() {
        let with = |text: &str| with_ignored(text, "a.b").unwrap_or_else(|e| format!("{e}"));
        assert_eq!(with(""), "ignore = [\"a.b\"]\n");
        assert_eq!(
            with("# ours\njurisdiction = 'ie' # here\n\n[severity]\nx = 'info'\n"),
            "# ours\njurisdiction = 'ie' # here\nignore = [\"a.b\"]\n\n[severity]\nx = 'info'\n"
        );
        assert_eq!(with("ignore = ['c']\r\n"), "ignore = ['c', \"a.b\"]\r\n");
        assert_eq!(with("ignore = [\n  'c',\n]\n"), "ignore = [\n  'c',\n  \"a.b\",\n]\n");
        assert_eq!(with("ignore = ['a.b']\n"), "ignore = ['a.b']\n");
    }
}
