//! The parameters of `/v2/check` → a text, and which findings are wanted.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::annotated::Annotated;
use crate::config::is_rule;
use crate::lint::{Linter, Settings};
use crate::rules::{Rule, Severity};
use crate::serve::{App, Refusal};

/// A request.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) text: Annotated,
    /// The code of the language as the client has it.
    pub(super) language: String,
    /// Whether the client left it to us to say which language this is.
    pub(super) language_told: LanguageTold,
    /// Whether nothing can be found: in a language that jdlint does not read, or by rules of LanguageTool's alone.
    pub(super) nothing_wanted: bool,
    pub(super) linter: Arc<Linter>,
    shown_from: Severity,
    /// Rules and groups that are wanted however quiet their findings are.
    enabled: Vec<String>,
}

/// Who says which language a text is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LanguageTold {
    ByClient,
    Auto,
}

/// Parameters by name. Clients send many that mean nothing here (`motherTongue`, `username`): those are passed by.
struct Parameters(BTreeMap<String, String>);

impl Parameters {
    fn read(query: &str, body: &[u8]) -> Parameters {
        let all = form_urlencoded::parse(query.as_bytes()).chain(form_urlencoded::parse(body));
        Parameters(all.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A list of names; categories are groups in capitals.
    fn names(&self, rules: &str, categories: &str) -> Vec<String> {
        let split = |value: Option<&str>| value.unwrap_or("").split(',').map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect::<Vec<_>>();
        let groups = split(self.get(categories)).into_iter().map(|c| c.to_ascii_lowercase().replace('_', "-"));
        split(self.get(rules)).into_iter().chain(groups).collect()
    }
}

impl Query {
    pub(super) fn read(query: &str, body: &[u8], app: &App) -> Result<Query, Refusal> {
        let parameters = Parameters::read(query, body);
        let text = text(&parameters)?;
        let asked = parameters.get("language").unwrap_or("auto");
        let language_told = if asked == "auto" { LanguageTold::Auto } else { LanguageTold::ByClient };
        let language = if asked == "auto" { preferred(&parameters) } else { asked.to_owned() };
        let is_english = language.split(['-', '_']).next().is_some_and(|l| l.eq_ignore_ascii_case("en"));
        let wanted = Wanted::read(&parameters, &app.linter)?;
        let shown_from = match parameters.get("level") {
            None | Some("default") => app.shown_from,
            Some("picky") => Severity::Info,
            Some(level) => return Err(Refusal::Bad(format!("“level” is default or picky, not “{level}”"))),
        };
        let linter = wanted.settings.map_or_else(|| Arc::clone(&app.linter), |settings| Arc::new(app.linter.under(settings)));
        let nothing_wanted = !is_english || wanted.of_others_alone;
        Ok(Query { text, language, language_told, nothing_wanted, linter, shown_from, enabled: wanted.enabled })
    }

    /// Whether findings of this rule and severity are shown.
    pub(super) fn shows(&self, rule: &Rule, severity: Severity) -> bool {
        let named = |name: &String| name == rule.id.as_str() || name == rule.id.group() || rule.aliases.contains(name);
        severity >= self.shown_from || self.enabled.iter().any(named)
    }
}

fn text(parameters: &Parameters) -> Result<Annotated, Refusal> {
    match (parameters.get("text"), parameters.get("data")) {
        (Some(text), None) => Ok(Annotated::of_text(text)),
        (None, Some(data)) => Annotated::of_data(data).map_err(Refusal::Bad),
        (Some(_), Some(_)) => Err(Refusal::Bad("send “text” or “data”, not both".to_owned())),
        (None, None) => Err(Refusal::Bad("there is no “text” and no “data” in this".to_owned())),
    }
}

/// The English that a client prefers where it leaves the language to us.
fn preferred(parameters: &Parameters) -> String {
    let variants = parameters.get("preferredVariants").unwrap_or("");
    variants.split(',').map(str::trim).find(|v| v.starts_with("en")).unwrap_or("en-GB").to_owned()
}

/// Which rules are wanted.
struct Wanted {
    /// Other settings than the server's, if any.
    settings: Option<Settings>,
    enabled: Vec<String>,
    /// Only rules are wanted that jdlint has not.
    of_others_alone: bool,
}

impl Wanted {
    fn read(parameters: &Parameters, linter: &Linter) -> Result<Wanted, Refusal> {
        // Clients name LanguageTool's own rules, too.
        let ours = |names: Vec<String>| names.into_iter().filter(|n| is_rule(n, linter.ruleset())).collect::<Vec<_>>();
        let enabled = parameters.names("enabledRules", "enabledCategories");
        let disabled = parameters.names("disabledRules", "disabledCategories");
        let only = parameters.get("enabledOnly").is_some_and(|v| matches!(v, "true" | "yes"));
        if only && enabled.is_empty() {
            return Err(Refusal::Bad("“enabledOnly” needs rules in “enabledRules” or “enabledCategories”".to_owned()));
        }
        if only && !disabled.is_empty() {
            return Err(Refusal::Bad("with “enabledOnly” no rules can be disabled".to_owned()));
        }
        let (enabled, disabled) = (ours(enabled), ours(disabled));
        let mut settings = linter.settings().clone();
        settings.ignore.extend(disabled);
        if only {
            settings.select.clone_from(&enabled);
        }
        let of_others_alone = only && enabled.is_empty();
        Ok(Wanted { settings: (settings != *linter.settings()).then_some(settings), enabled, of_others_alone })
    }
}
