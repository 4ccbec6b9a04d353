//! A place in a comment of ours or in `jdlint.toml` → the rules, keys and values that may stand there.

use tower_lsp::ls_types::*;

use super::owner::{Owner, View};
use crate::config::{NAME, format};
use crate::rules::keys::{Key, Shape};
use crate::rules::{Jurisdiction, Rule};

impl Owner {
    /// `textDocument/completion`
    pub(super) fn completion(&mut self, at: &TextDocumentPositionParams) -> Option<CompletionResponse> {
        let view = self.view(&at.text_document.uri)?;
        let place = view.places().offset(at.position);
        let (line, start) = view.current.lines.line_of(place);
        let before = view.current.text.get(start..place)?;
        let is_config = view.current.path.as_deref().and_then(|p| p.file_name()).is_some_and(|n| n == NAME);
        let wanted = if is_config { in_config(before, above(&view, line)) } else { in_comment(before) }?;
        let typed = before.len() - before.trim_end_matches(is_part).len();
        let range = view.places().range(place - typed..place);
        let items: Vec<CompletionItem> = self.offered(&wanted, &view).into_iter().map(|item| placed(item, range)).collect();
        (!items.is_empty()).then_some(CompletionResponse::Array(items))
    }

    fn offered(&self, wanted: &Wanted, view: &View) -> Vec<CompletionItem> {
        match wanted {
            Wanted::Words(words) => words.iter().map(|w| item(w, CompletionItemKind::KEYWORD)).collect(),
            Wanted::Rules => rules(view),
            Wanted::Keys(table, keys) => keys.iter().copied().flatten().map(|key| key_item(key, table)).collect(),
            Wanted::QuotedRules => rules(view).into_iter().map(|i| CompletionItem { insert_text: Some(format!("\"{}\"", i.label)), ..i }).collect(),
        }
    }
}

/// What may stand at a place.
#[derive(Debug)]
enum Wanted {
    Words(Vec<&'static str>),
    Rules,
    /// Rules as strings of TOML.
    QuotedRules,
    /// Keys of a table of the config, and what comes before the names of tables in it.
    Keys(&'static str, Vec<&'static [Key]>),
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '.' || c == '-' || c == '_'
}

/// “jdlint: allow RULE, RULE: reason”, up to a place in it.
fn in_comment(before: &str) -> Option<Wanted> {
    let (lead, said) = before.rsplit_once("jdlint:")?;
    let lead = lead.trim();
    if !(lead.is_empty() || lead.ends_with("<!--")) || said.contains("-->") {
        return None;
    }
    match said.trim_start().split_once(char::is_whitespace) {
        None => Some(Wanted::Words(vec!["allow", "allow-section", "allow-file"])),
        Some((_, rules)) => (!rules.contains(':')).then_some(Wanted::Rules),
    }
}

/// The lines above one, the nearest first.
fn above(view: &View, line: usize) -> impl Iterator<Item = &str> {
    let text = &view.current.text;
    (0..line).rev().filter_map(|n| view.current.lines.line_bytes(text, n).map(|bytes| &text[bytes]))
}

const SEVERITIES: [&str; 3] = ["info", "warning", "error"];

fn in_config<'v>(before: &str, mut above: impl Iterator<Item = &'v str>) -> Option<Wanted> {
    if before.trim_start().starts_with('#') {
        return None;
    }
    let quoted = before.matches(['"', '\'']).count() % 2 == 1;
    let rules = if quoted { Wanted::Rules } else { Wanted::QuotedRules };
    if let Some((key, value)) = before.split_once('=') {
        return match key.trim() {
            "select" | "ignore" => (!value.contains(']')).then_some(rules),
            "jurisdiction" => quoted.then(|| Wanted::Words(Jurisdiction::ALL.map(Jurisdiction::code).into_iter().chain(["auto"]).collect())),
            "fail-on" => quoted.then(|| Wanted::Words(SEVERITIES.to_vec())),
            key if key.starts_with(['"', '\'']) => quoted.then(|| Wanted::Words(SEVERITIES.to_vec())),
            _ => None,
        };
    }
    let (nearest, table) = within(&mut above);
    if (nearest.starts_with("select") || nearest.starts_with("ignore")) && nearest.contains('[') && !nearest.contains(']') {
        return Some(rules);
    }
    match table {
        "[severity]" | "[override.severity]" => Some(rules),
        _ if quoted => None,
        "[[allow]]" => Some(Wanted::Keys("allow.", vec![format::ALLOW])),
        "[[override]]" => Some(Wanted::Keys("override.", vec![format::PATHS, format::SETTINGS])),
        _ => Some(Wanted::Keys("", vec![format::SETTINGS, format::CONFIG])),
    }
}

/// The nearest of some lines that begins something, and the header of the table that it stands in.
fn within<'v>(above: &mut impl Iterator<Item = &'v str>) -> (&'v str, &'v str) {
    let (mut nearest, mut table) = ("", "");
    for line in above {
        let line = line.split('#').next().unwrap_or("").trim();
        let is_header = line.starts_with('[') && line.ends_with(']') && !line.contains('=');
        if nearest.is_empty() && (is_header || line.contains('=')) {
            nearest = line;
        }
        if is_header {
            table = line;
            break;
        }
    }
    (nearest, table)
}

/// All rules and groups.
fn rules(view: &View) -> Vec<CompletionItem> {
    let rules = view.current.linter.ruleset().rules();
    let mut groups: Vec<&str> = rules.iter().map(|r| r.id.group()).collect();
    groups.dedup();
    let group = |name: &str| CompletionItem { detail: Some("all rules of this group".to_owned()), ..item(name, CompletionItemKind::MODULE) };
    rules.iter().map(|rule| rule_item(rule)).chain(groups.into_iter().map(group)).collect()
}

fn rule_item(rule: &Rule) -> CompletionItem {
    CompletionItem {
        detail: Some(rule.name.clone()),
        documentation: Some(Documentation::String(rule.why.clone())),
        ..item(rule.id.as_str(), CompletionItemKind::VALUE)
    }
}

/// A key, or the header of the table that it is.
fn key_item(key: &Key, table: &str) -> CompletionItem {
    let label = match key.shape {
        Shape::Tables(_) => format!("[[{table}{}]]", key.name),
        Shape::Named(_) => format!("[{table}{}]", key.name),
        _ => key.name.to_owned(),
    };
    CompletionItem { documentation: Some(Documentation::String(key.about.to_owned())), ..item(&label, CompletionItemKind::KEYWORD) }
}

fn item(label: &str, kind: CompletionItemKind) -> CompletionItem {
    CompletionItem { label: label.to_owned(), kind: Some(kind), ..CompletionItem::default() }
}

/// Takes the place of what was typed of it: editors differ in what they hold for a word.
fn placed(item: CompletionItem, range: Range) -> CompletionItem {
    let new_text = item.insert_text.clone().unwrap_or_else(|| item.label.clone());
    CompletionItem { insert_text: None, text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })), ..item }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wanted, in words.
    fn said(wanted: Option<Wanted>) -> String {
        match wanted {
            None => "nothing".to_owned(),
            Some(Wanted::Rules) => "rules".to_owned(),
            Some(Wanted::QuotedRules) => "quoted rules".to_owned(),
            Some(Wanted::Words(words)) => words.join(" "),
            Some(Wanted::Keys(table, keys)) => keys.into_iter().flatten().map(|k| key_item(k, table).label).collect::<Vec<_>>().join(" "),
        }
    }

    #[test]
    fn places_tell_what_is_wanted() {
        assert_eq!(said(in_comment("<!-- jdlint: allow gend")), "rules");
        assert_eq!(said(in_comment("- A degree <!-- jdlint: allow a.b, ")), "rules");
        assert_eq!(said(in_comment("jdlint: ")), "allow allow-section allow-file");
        assert_eq!(said(in_comment("jdlint: allow a.b: because ")), "nothing");
        assert_eq!(said(in_comment("We use jdlint: allow ")), "nothing");
        let config = |before: &str, above: &[&'static str]| said(in_config(before, above.iter().copied()));
        assert_eq!(config("ignore = [\"", &[]), "rules");
        assert_eq!(config("  ", &["select = ["]), "quoted rules");
        assert_eq!(config("\"", &["[severity]"]), "rules");
        assert_eq!(config("", &["'gendered.title' = 'info'", "[severity] # ours", "ignore = []"]), "quoted rules");
        assert_eq!(config("\"gendered.title\" = \"", &["[severity]"]), "info warning error");
        assert_eq!(config("", &["reason = 'x'", "[[allow]]"]), "fingerprint reason rule file");
        assert_eq!(config("", &["[[override]]"]), "files jurisdiction select ignore fail-on [override.severity]");
        assert!(config("", &["ignore = []"]).starts_with("jurisdiction select ignore fail-on [severity] extends include"));
        assert_eq!(config("# ignore = [", &[]), "nothing");
    }
}
