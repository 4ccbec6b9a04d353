//! The gender balance and the number of essential criteria, above the text or beside its title, where the settings want it.

use tower_lsp::ls_types::*;

use super::command;
use super::owner::{Owner, View};
use crate::report::terminal::counted;
use crate::session::Checked;

impl Owner {
    /// `textDocument/codeLens`
    pub(super) fn lenses(&mut self, uri: &Uri) -> Option<Vec<CodeLens>> {
        let view = self.view(uri).filter(|_| self.settings.code_lens)?;
        let title = summary(view.checked()?);
        let arguments = vec![serde_json::to_value(uri).ok()?, serde_json::json!({ "show": true })];
        let command = Command { title, command: command::REPORT.to_owned(), arguments: Some(arguments) };
        Some(vec![CodeLens { range: Range::default(), command: Some(command), data: None }])
    }

    /// `textDocument/inlayHint`
    pub(super) fn hints(&mut self, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
        let view = self.view(&params.text_document.uri).filter(|_| self.settings.inlay_hints)?;
        let checked = view.checked()?;
        let position = end_of_title(&view, checked);
        if position < params.range.start || position > params.range.end {
            return None;
        }
        let hint = InlayHint {
            position,
            label: InlayHintLabel::String(summary(checked)),
            kind: None,
            text_edits: None,
            tooltip: Some(InlayHintTooltip::String("gender coding and criteria, as jdlint counts them".to_owned())),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        };
        Some(vec![hint])
    }
}

/// “masculine-coded · 12 essential criteria”.
fn summary(checked: &Checked) -> String {
    let scores = &checked.report.scores;
    let coding = scores.gender.as_ref().map(|g| if g.verdict == "empty" { "no gender-coded words" } else { g.verdict });
    let criteria = match scores.mandatory_criteria {
        1 => "1 essential criterion".to_owned(),
        n => format!("{n} essential criteria"),
    };
    let findings = counted(checked.report.findings.len(), "finding");
    coding.into_iter().map(str::to_owned).chain([criteria, findings]).collect::<Vec<_>>().join(" · ")
}

fn end_of_title(view: &View, checked: &Checked) -> Position {
    let title = checked.report.outline.title.as_ref().and_then(|t| checked.bytes(t.span?));
    let line = title.map_or(0, |bytes| view.current.lines.line_of(bytes.start).0);
    let end = view.current.lines.line_bytes(&view.current.text, line).map_or(0, |bytes| bytes.end);
    view.places().position(end)
}
