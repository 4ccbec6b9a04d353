//! The outline → the editor's: sections by their headings, in each what it asks of the person and what the person will do.

use tower_lsp::ls_types::*;

use super::owner::{Owner, View};
use crate::outline::{Binding, Section, Statement, StatementRole};
use crate::report::conditions;
use crate::session::Checked;
use crate::text::{Span, one_line};

impl Owner {
    /// `textDocument/documentSymbol`
    pub(super) fn symbols(&mut self, uri: &Uri) -> Option<DocumentSymbolResponse> {
        let view = self.view(uri)?;
        let checked = view.checked()?;
        let sections: Vec<DocumentSymbol> = checked.report.outline.sections.iter().filter_map(|s| section(s, &view, checked)).collect();
        if self.client.nested_symbols {
            return Some(DocumentSymbolResponse::Nested(nested(sections)));
        }
        let mut flat = Vec::new();
        sections.into_iter().for_each(|symbol| flatten(symbol, None, &view.uri, &mut flat));
        Some(DocumentSymbolResponse::Flat(flat))
    }
}

/// A column of a table is a section within the section around the table.
fn nested(sections: Vec<DocumentSymbol>) -> Vec<DocumentSymbol> {
    let mut out: Vec<DocumentSymbol> = Vec::new();
    for section in sections {
        match out.last_mut() {
            Some(last) if contains(last.range, section.range) => last.children.get_or_insert_with(Vec::new).push(section),
            _ => out.push(section),
        }
    }
    out
}

fn contains(outer: Range, inner: Range) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && outer != inner
}

fn section(section: &Section, view: &View, checked: &Checked) -> Option<DocumentSymbol> {
    let heading = section.heading.filter(|h| !h.is_empty())?;
    let outline = &checked.report.outline;
    let own = outline.statements.iter().filter(|s| s.section.and_then(|n| outline.sections.get(n as usize)) == Some(section));
    let children: Vec<DocumentSymbol> = own.filter_map(|s| statement(s, view, checked)).collect();
    let selection_range = view.places().range(checked.bytes(heading)?);
    let all = view.places().range(checked.bytes(section.span)?);
    // The protocol wants the heading within the section, and markup may stand around either.
    let range = Range::new(all.start.min(selection_range.start), all.end.max(selection_range.end));
    Some(DocumentSymbol {
        children: Some(children),
        ..symbol(name(checked, heading), conditions::section(section.kind), SymbolKind::NAMESPACE, range, selection_range)
    })
}

fn statement(statement: &Statement, view: &View, checked: &Checked) -> Option<DocumentSymbol> {
    let (detail, kind) = match (statement.role, statement.binding) {
        (StatementRole::Duty, _) => ("duty", SymbolKind::METHOD),
        (StatementRole::Criterion, binding @ (Binding::Mandatory | Binding::Expected)) => (conditions::binding(binding), SymbolKind::FIELD),
        (StatementRole::Criterion, Binding::Preferred) => ("desirable", SymbolKind::PROPERTY),
        _ => return None,
    };
    let range = view.places().range(checked.bytes(statement.span)?);
    Some(symbol(name(checked, statement.span), detail, kind, range, range))
}

fn symbol(name: String, detail: &str, kind: SymbolKind, range: Range, selection_range: Range) -> DocumentSymbol {
    #[expect(deprecated, reason = "the type has the field still")]
    DocumentSymbol { name, detail: Some(detail.to_owned()), kind, tags: None, deprecated: None, range, selection_range, children: None }
}

/// The words in one line, shortened to what fits a side bar; never empty, which editors refuse.
fn name(checked: &Checked, span: Span) -> String {
    let words = one_line(checked.document().slice(span));
    match words.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None if words.is_empty() => "…".to_owned(),
        None => words,
    }
}

fn flatten(symbol: DocumentSymbol, within: Option<&str>, uri: &Uri, flat: &mut Vec<SymbolInformation>) {
    let location = Location { uri: uri.clone(), range: symbol.range };
    let name = symbol.name;
    #[expect(deprecated, reason = "the type has the field still")]
    flat.push(SymbolInformation { name: name.clone(), kind: symbol.kind, tags: None, deprecated: None, location, container_name: within.map(str::to_owned) });
    symbol.children.into_iter().flatten().for_each(|child| flatten(child, Some(&name), uri, flat));
}
