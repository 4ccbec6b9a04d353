//! Findings at a place → what can be done about them, each as an action whose edit is made when it is chosen, for the
//! version of the text that is open then.

mod allow;
mod desirable;
mod fix_all;
mod switch_off;

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::*;

use super::changes::{self, Change};
use super::diagnostics;
use super::owner::{Owner, View};
use crate::document::Document;
use crate::fix::byte_edits;
use crate::lint::{Advert, Finding, Fix, Report};
use crate::session::Checked;

/// All rewrites of a text that keep the meaning.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.jdlint");

/// What an action is, for when it is chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Chosen {
    uri: Uri,
    /// The finding's fingerprint; empty for what concerns the whole text.
    finding: String,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum What {
    /// The finding's rewrite of this number.
    Rewrite(usize),
    Allow,
    SwitchOff,
    Desirable,
    FixAll,
}

impl Owner {
    /// `textDocument/codeAction`
    pub(super) fn code_actions(&mut self, params: &CodeActionParams) -> Option<CodeActionResponse> {
        let view = self.view(&params.text_document.uri)?;
        let checked = view.checked()?;
        let wanted = |kind: &CodeActionKind| params.context.only.as_ref().is_none_or(|only| only.iter().any(|o| includes(o, kind)));
        let mut actions = Vec::new();
        if wanted(&CodeActionKind::QUICKFIX) {
            for finding in checked.report.findings.iter().filter(|f| touches(view.range(checked, f.span), params.range)) {
                if self.settings.shows(finding.severity) {
                    self.offer(finding, &view, checked, &mut actions);
                }
            }
        }
        if wanted(&FIX_ALL) && fix_all::has_any(&view, checked) {
            let chosen = Chosen { uri: view.uri.clone(), finding: String::new(), what: What::FixAll };
            actions.push(action("Make all rewrites that keep the meaning".to_owned(), FIX_ALL, chosen));
        }
        let resolve_later = self.client.resolves_edits;
        let finish = |action: CodeAction| if resolve_later { Some(action) } else { self.resolve(action).ok() };
        Some(actions.into_iter().filter_map(finish).map(CodeActionOrCommand::CodeAction).collect())
    }

    fn offer(&mut self, finding: &Finding, view: &View, checked: &Checked, actions: &mut Vec<CodeAction>) {
        let diagnostic = diagnostics::diagnostic(finding, view, checked, self);
        let mut preferred = Some(true);
        let mut add = |title: String, what: What| {
            let is_preferred = if matches!(what, What::Rewrite(_)) { preferred.take() } else { None };
            let chosen = Chosen { uri: view.uri.clone(), finding: finding.fingerprint.to_string(), what };
            let diagnostics = Some(vec![diagnostic.clone()]);
            actions.push(CodeAction { diagnostics, is_preferred, ..action(title, CodeActionKind::QUICKFIX, chosen) });
        };
        for (n, fix) in finding.fixes.iter().enumerate().filter(|(_, fix)| rewrite(fix, view, checked).is_some()) {
            add(fix.title.clone(), What::Rewrite(n));
        }
        if desirable::could_be(finding, checked) {
            add("Make this criterion desirable".to_owned(), What::Desirable);
        }
        let words = shortened(checked.document().slice(finding.span));
        let here = if words.is_empty() { format!("{} in this document", finding.rule) } else { format!("“{words}” here") };
        add(format!("Allow {here}, because …"), What::Allow);
        if view.current.path.is_some() {
            add(format!("Switch {} off in jdlint.toml", finding.rule), What::SwitchOff);
        }
    }

    /// `codeAction/resolve`
    pub(super) fn resolve(&mut self, mut action: CodeAction) -> Result<CodeAction> {
        let data = action.data.clone().unwrap_or_default();
        let chosen: Chosen = serde_json::from_value(data).map_err(|_| Error::invalid_params("this is no action of jdlint"))?;
        let view = self.view(&chosen.uri).ok_or_else(|| Error::invalid_params("this document is not open"))?;
        let checked = view.checked().ok_or_else(Error::content_modified)?;
        let finding = checked.report.findings.iter().find(|f| f.fingerprint.to_string() == chosen.finding);
        let finding = || finding.ok_or_else(Error::content_modified);
        let changes = match chosen.what {
            What::SwitchOff => {
                action.edit = Some(self.switch_off(&view, finding()?)?);
                return Ok(action);
            }
            What::Rewrite(n) => finding()?.fixes.get(n).and_then(|fix| rewrite(fix, &view, checked)),
            What::Allow => allow::changes(&view, checked, finding()?),
            What::Desirable => desirable::changes(&view, checked, finding()?),
            What::FixAll => fix_all::changes(&view, checked),
        };
        let changes = changes.ok_or_else(|| cannot("the markup around these words is in the way, so this is yours to do by hand"))?;
        action.edit = Some(changes::edit(&view.uri, Some(view.current.version), &changes, view.places(), &self.client));
        Ok(action)
    }
}

fn cannot(why: &str) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: why.to_owned().into(), data: None }
}

fn action(title: String, kind: CodeActionKind, chosen: Chosen) -> CodeAction {
    CodeAction { title, kind: Some(kind), data: serde_json::to_value(chosen).ok(), ..CodeAction::default() }
}

/// Whether a kind that was asked for includes another: `source` includes `source.fixAll.jdlint`.
fn includes(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let (asked, kind) = (asked.as_str(), kind.as_str());
    asked.is_empty() || kind == asked || kind.strip_prefix(asked).is_some_and(|rest| rest.starts_with('.'))
}

fn touches(a: Range, b: Range) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// The first words of a passage.
fn shortened(words: &str) -> String {
    let words = crate::text::one_line(words);
    match words.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words,
    }
}

/// A rewrite as changes of the text; `None` where it has a gap to fill, or markup stands in the middle.
fn rewrite(fix: &Fix, view: &View, checked: &Checked) -> Option<Vec<Change>> {
    let edits = byte_edits(view.current.text.as_bytes(), checked.document(), &fix.edits).ok()?;
    edits.into_iter().map(|e| Some(Change { bytes: e.range, insert: String::from_utf8(e.insert).ok()? })).collect()
}

/// What would be found if the text were this one.
fn linted(text: &str, view: &View, checked: &Checked) -> Option<(Advert, Report)> {
    let document = Document::read(text.as_bytes(), view.current.format?).ok()?;
    let others = checked.advert.documents()[1..].iter().cloned();
    let advert = Advert::new(std::iter::once(document).chain(others).collect());
    let report = view.current.setup.linter.check(&advert).into_iter().next()?;
    Some((advert, report))
}
