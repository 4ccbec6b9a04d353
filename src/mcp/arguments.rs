//! A tool's arguments → what is wanted, or what is wrong with them, in words that a model can act upon.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::config::{is_rule, nearest_rule};
use crate::document::{Document, Format};
use crate::lint::{Chosen, Linter};
use crate::rules::{Jurisdiction, Ruleset, Severity};

/// Bytes of text that a call may bring; an advert has some thousand.
const MOST: usize = 4 << 20;

/// What `check` and `criteria` are given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Draft {
    text: String,
    #[serde(default)]
    format: TextFormat,
    jurisdiction: Option<String>,
    min_severity: Option<Severity>,
    #[serde(default)]
    select: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum TextFormat {
    #[default]
    Markdown,
    Text,
    Html,
}

/// What `explain` is given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    pub(super) rule: String,
}

/// The schema of [`Draft`]; `more` are the properties that one tool has and the other has not.
pub(super) fn draft_schema(more: &[(&str, Value)]) -> Value {
    let codes: Vec<&str> = Jurisdiction::ALL.into_iter().map(Jurisdiction::code).chain(["auto"]).collect();
    let mut schema = json!({
        "type": "object",
        "properties": {
            "text": { "type": "string", "description": "The whole advert, job description or person specification: headings, duties and criteria are judged together" },
            "format": { "type": "string", "enum": ["markdown", "text", "html"], "default": "markdown", "description": "What the text is written in" },
            "jurisdiction": { "type": "string", "enum": codes, "description": "Whose law is meant; auto: as the advert tells. Default: the user's setting, else uk" },
            "with": { "type": "array", "items": { "type": "string" }, "description": "Other documents of the same advert, in the same format: a duty there bears out a criterion here" },
        },
        "required": ["text"],
        "additionalProperties": false,
    });
    for (name, property) in more {
        schema["properties"][*name] = property.clone();
    }
    schema
}

impl Draft {
    /// The name that reports call it by.
    pub(super) fn name(&self) -> &'static str {
        match self.format {
            TextFormat::Markdown => "advert.md",
            TextFormat::Text => "advert.txt",
            TextFormat::Html => "advert.html",
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    pub(super) fn shown_from(&self) -> Severity {
        self.min_severity.unwrap_or(Severity::Info)
    }

    /// How many other documents it came with.
    pub(super) fn n_others(&self) -> usize {
        self.with.len()
    }

    /// The draft, and the others of its advert after it.
    pub(super) fn documents(&self) -> Result<Vec<Document>, String> {
        let format = match self.format {
            TextFormat::Markdown => Format::Markdown,
            TextFormat::Text => Format::Text,
            TextFormat::Html => Format::Html,
        };
        let texts = || std::iter::once(&self.text).chain(&self.with);
        if texts().map(String::len).sum::<usize>() > MOST {
            return Err(format!("this is more than {} MB of text, which no advert is", MOST >> 20));
        }
        texts().map(|text| Document::read(text.as_bytes(), format).map_err(|e| e.to_string())).collect()
    }

    /// The linter that is wanted.
    pub(super) fn linter(&self, linter: &Linter) -> Result<Linter, String> {
        for name in self.select.iter().chain(&self.ignore) {
            if !is_rule(name, linter.ruleset()) {
                return Err(unknown_rule(name, linter.ruleset()));
            }
        }
        let mut settings = linter.settings().clone();
        if let Some(code) = &self.jurisdiction {
            let named = Jurisdiction::ALL.into_iter().find(|j| j.code() == code).map(Chosen::Named);
            let chosen = named.or((code == "auto").then_some(Chosen::Auto));
            settings.choose(chosen.ok_or_else(|| format!("there is no jurisdiction “{code}”; uk, us, ie, ca, au, eu and auto are there"))?);
        }
        if !self.select.is_empty() {
            settings.select.clone_from(&self.select);
        }
        settings.ignore.extend(self.ignore.iter().cloned());
        Ok(linter.under(settings))
    }
}

/// “there is no rule …”, with the one that was most likely meant.
pub(super) fn unknown_rule(name: &str, ruleset: &Ruleset) -> String {
    let near = nearest_rule(name, ruleset).map_or("a finding names its rule".to_owned(), |near| format!("did you mean “{near}”?"));
    format!("there is no rule or group “{name}”; {near}")
}
