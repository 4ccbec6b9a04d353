//! A place in a comment of ours or in `jdlint.toml` → the rules, keys and values that may stand there.

use tower_lsp::ls_types::*;

use super::owner::{Owner, View};
use crate::config::NAME;
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
            Wanted::QuotedRules => rules(view).into_iter().map(|i| CompletionItem { insert_text: Some(format!("\"{}\"", i.label)), ..i }).collect(),
        }
    }
}

/// What may stand at a place.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Words(Vec<&'static str>),
    Rules,
    /// Rules as strings of TOML.
    QuotedRules,
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

const KEYS: [&str; 9] = ["jurisdiction", "select", "ignore", "fail-on", "[severity]", "include", "exclude", "rules", "[[allow]]"];
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
    // Within an array of several lines, or under a table's header.
    let owner = above.find(|line| line.contains('=') || line.trim_start().starts_with('['));
    match owner.map(str::trim) {
        Some(line) if (line.starts_with("select") || line.starts_with("ignore")) && line.contains('[') && !line.contains(']') => Some(rules),
        Some("[severity]") => Some(rules),
        _ if quoted => None,
        Some(line) if line.starts_with("[[allow") => Some(Wanted::Words(vec!["fingerprint", "reason"])),
        _ => Some(Wanted::Words(KEYS.to_vec())),
    }
}

/// All rules and groups.
fn rules(view: &View) -> Vec<CompletionItem> {
    let rules = view.current.setup.linter.ruleset().rules();
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

    #[test]
    fn places_tell_what_is_wanted() {
        assert_eq!(in_comment("<!-- jdlint: allow gend"), Some(Wanted::Rules));
        assert_eq!(in_comment("- A degree <!-- jdlint: allow a.b, "), Some(Wanted::Rules));
        assert!(matches!(in_comment("jdlint: "), Some(Wanted::Words(_))));
        assert_eq!(in_comment("jdlint: allow a.b: because "), None);
        assert_eq!(in_comment("We use jdlint: allow "), None);
        let config = |before: &str, above: &[&'static str]| in_config(before, above.iter().copied());
        assert_eq!(config("ignore = [\"", &[]), Some(Wanted::Rules));
        assert_eq!(config("  ", &["select = ["]), Some(Wanted::QuotedRules));
        assert_eq!(config("\"", &["[severity]"]), Some(Wanted::Rules));
        assert_eq!(config("", &["ignore = []"]), Some(Wanted::Words(KEYS.to_vec())));
        assert_eq!(config("\"gendered.title\" = \"", &["[severity]"]), Some(Wanted::Words(SEVERITIES.to_vec())));
        assert_eq!(config("# ignore = [", &[]), None);
    }
}
