//! What the editor sets: its `initializationOptions`, or its answer to `workspace/configuration`.

use serde::Deserialize;
use serde_json::Value;

use crate::config::Overrides;
use crate::lint::Chosen;
use crate::rules::{Jurisdiction, Severity};

/// Settings of an editor. What it does not mention is as `jdlint.toml` has it, or as it is by default.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Settings {
    /// A code, or `auto`.
    jurisdiction: Option<String>,
    /// Only these rules or groups.
    select: Vec<String>,
    /// Not these rules or groups.
    ignore: Vec<String>,
    /// The quietest severity to be shown.
    min_severity: Option<Severity>,
    /// Whether the gender balance and the number of essential criteria stand above the text.
    pub(super) code_lens: bool,
    /// Whether they stand at the end of the title.
    pub(super) inlay_hints: bool,
    /// Whether all documents of the workspace are linted, not only those that are open.
    pub(super) workspace: bool,
    /// Whether the editor shows how a document was understood (`jdlint/status`).
    pub(super) status: bool,
}

impl Settings {
    /// Reads settings, bare or below the name `jdlint`; nothing at all is the defaults.
    ///
    /// # Errors
    /// In words, what is wrong with them.
    pub(super) fn read(told: &Value) -> Result<Settings, String> {
        let own = told.get("jdlint").unwrap_or(told);
        if own.is_null() {
            return Ok(Settings::default());
        }
        // An editor may send a key that it knows with null for “not set”.
        let set: serde_json::Map<String, Value> = match own {
            Value::Object(keys) => keys.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k.clone(), v.clone())).collect(),
            // Lua writes a table with nothing in it so.
            Value::Array(none) if none.is_empty() => return Ok(Settings::default()),
            _ => return Err("the jdlint settings are no table".to_owned()),
        };
        let settings: Settings = serde_json::from_value(Value::Object(set)).map_err(|e| format!("the jdlint settings cannot be read: {e}"))?;
        match &settings.jurisdiction {
            Some(code) if chosen(code).is_none() => Err(format!("“{code}” is no jurisdiction that jdlint knows: {}", codes().join(", "))),
            _ => Ok(settings),
        }
    }

    /// As what is stronger than `jdlint.toml`.
    pub(super) fn overrides(&self) -> Overrides {
        let jurisdiction = self.jurisdiction.as_deref().and_then(chosen);
        Overrides { jurisdiction, select: self.select.clone(), ignore: self.ignore.clone(), fail_on: None }
    }

    pub(super) fn shows(&self, severity: Severity) -> bool {
        self.min_severity.is_none_or(|from| severity >= from)
    }
}

fn chosen(code: &str) -> Option<Chosen> {
    let named = || Jurisdiction::ALL.into_iter().find(|j| j.code() == code).map(Chosen::Named);
    if code == "auto" { Some(Chosen::Auto) } else { named() }
}

fn codes() -> Vec<&'static str> {
    Jurisdiction::ALL.map(Jurisdiction::code).into_iter().chain(["auto"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_may_be_bare_nested_null_or_wrong() {
        let read = |text: &str| Settings::read(&serde_json::from_str(text).expect("it is JSON"));
        assert_eq!(read("null"), Ok(Settings::default()));
        assert_eq!(read(r#"{"jdlint":[]}"#), Ok(Settings::default()));
        assert_eq!(read(r#"{"jdlint":{"codeLens":true,"jurisdiction":null}}"#), Ok(Settings { code_lens: true, ..Settings::default() }));
        assert_eq!(read(r#"{"minSeverity":"warning"}"#).map(|s| s.shows(Severity::Info)), Ok(false));
        assert!(read(r#"{"jurisdiction":"fr"}"#).is_err_and(|e| e.contains("uk, us")));
        assert!(read(r#"{"select":3}"#).is_err());
    }
}
