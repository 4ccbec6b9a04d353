//! The tools: a description for the model, a schema for its arguments, and what each gives.

use std::sync::Arc;

use rmcp::model::{Tool, ToolAnnotations};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::arguments::{Draft, Named, draft_schema, unknown_rule};
use crate::lint::{Advert, JurisdictionFrom, Linter};
use crate::report::criteria::CriteriaJson;
use crate::report::explain;
use crate::report::json::Json;
use crate::report::{Checked, Done, Writer, whole};
use crate::rules::Severity;

/// What a tool does with its arguments: gives JSON, or says why not.
pub(super) type Work = fn(Value, &Linter) -> Result<Value, String>;

/// The work of the tool of this name.
pub(super) fn of_name(name: &str) -> Option<Work> {
    match name {
        "check" => Some(check),
        "criteria" => Some(criteria),
        "explain" => Some(explained),
        _ => None,
    }
}

/// All tools. None of them changes anything or asks anybody.
pub(super) fn all() -> Vec<Tool> {
    let names = json!({ "type": "array", "items": { "type": "string" }, "description": "Rules or groups, as findings name them" });
    let severity =
        json!({ "type": "string", "enum": ["info", "warning", "error"], "default": "info", "description": "Severity from which findings are shown" });
    let check = draft_schema(&[("min_severity", severity), ("select", names.clone()), ("ignore", names)]);
    let rule = json!({
        "type": "object",
        "properties": { "rule": { "type": "string", "description": "The rule's id, as a finding shows it: prerequisite.degree" } },
        "required": ["rule"],
        "additionalProperties": false,
    });
    vec![
        tool(
            "check",
            "Find the wording of a job advert that turns people away: gendered words, prerequisites that the job does not need, exclusionary phrases. \
             Gives each finding with its words, place (bytes of the text), severity, reason, whom it concerns, and rewrites as edits.",
            check,
        ),
        tool(
            "criteria",
            "List what a job advert or person specification asks of the person, how binding each is, and whether the job needs it, with the reason.",
            draft_schema(&[]),
        ),
        tool("explain", "Explain a rule: why, for whom, when it is fine, with examples and the evidence it rests on.", rule),
    ]
}

fn tool(name: &'static str, description: &'static str, schema: Value) -> Tool {
    let Value::Object(schema) = schema else { unreachable!("schemas are objects") };
    let mut tool = Tool::new(name, description, Arc::new(schema));
    tool.annotations = Some(ToolAnnotations::new().read_only(true).idempotent(true).open_world(false));
    tool
}

fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, String> {
    serde_json::from_value(arguments).map_err(|e| format!("the arguments are not as the schema has them: {e}"))
}

fn check(arguments: Value, linter: &Linter) -> Result<Value, String> {
    let draft: Draft = read(arguments)?;
    let linter = draft.linter(linter)?;
    let settings = linter.settings();
    let json = Json { jurisdiction: (settings.jurisdiction_from == JurisdictionFrom::Settings).then_some(settings.jurisdiction) };
    told(&draft, &linter, &json)
}

fn criteria(arguments: Value, linter: &Linter) -> Result<Value, String> {
    let draft: Draft = read(arguments)?;
    let linter = draft.linter(linter)?;
    told(&draft, &linter, &CriteriaJson { wordings: linter.wordings() })
}

/// What a draft comes to, as the command line writes it.
fn told(draft: &Draft, linter: &Linter, writer: &dyn Writer) -> Result<Value, String> {
    let advert = Advert::new(draft.documents()?);
    let mut report = linter.check(&advert).into_iter().next().expect("each document of an advert has a report");
    if draft.n_others() > 0 {
        report.notices.push(format!("read together with {} other documents", draft.n_others()));
    }
    let checked = Checked {
        path: draft.name(),
        bytes: draft.bytes(),
        document: &advert.documents()[0],
        report: &report,
        ruleset: linter.ruleset(),
        fails_from: Severity::Warning,
    };
    parsed(&whole(writer, &[Done::Checked(checked)], draft.shown_from()))
}

fn explained(arguments: Value, linter: &Linter) -> Result<Value, String> {
    let named: Named = read(arguments)?;
    let ruleset = linter.ruleset();
    let rule = ruleset.rule(named.rule.trim_matches(['[', ']'])).ok_or_else(|| unknown_rule(&named.rule, ruleset))?;
    parsed(&explain::json(rule, ruleset, linter.wordings()))
}

fn parsed(json: &str) -> Result<Value, String> {
    serde_json::from_str(json).map_err(|e| format!("jdlint wrote what is no JSON ({e}); the mistake is ours, please report it"))
}
