//! The tables of keys that the readers go by → JSON Schemas, by which editors complete and check as one types.

use serde_json::{Map, Value, json};

use super::format::{CONFIG, SETTINGS};
use crate::rules::format::{EXTENSION, RULE};
use crate::rules::keys::{Key, Need, Shape};

/// Where the schemas of this version are kept.
const HOME: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/v", env!("CARGO_PKG_VERSION"), "/schemas/");

/// The schema of `jdlint.toml`.
pub fn config_schema() -> Value {
    let mut tables = Tables::default();
    let body = tables.table(&[CONFIG, SETTINGS]);
    tables.whole("jdlint.schema.json", "jdlint.toml: which adverts are linted, and how", body)
}

/// The schema of a rule file.
pub fn rules_schema() -> Value {
    let mut tables = Tables::default();
    let (adds, rule) = (tables.table(&[EXTENSION]), tables.table(&[RULE]));
    let body = json!({ "if": { "type": "object", "required": ["extends"] }, "then": adds, "else": rule });
    tables.whole("rules.schema.json", "A rule of jdlint, or what a house adds to one", body)
}

/// The address of the schema of `jdlint.toml`.
pub fn config_schema_address() -> String {
    format!("{HOME}jdlint.schema.json")
}

/// The tables within a schema, each said once.
#[derive(Default)]
struct Tables {
    definitions: Map<String, Value>,
}

impl Tables {
    fn whole(self, file: &str, title: &str, body: Value) -> Value {
        let mut schema = Map::new();
        schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
        schema.insert("$id".to_owned(), json!(format!("{HOME}{file}")));
        schema.insert("title".to_owned(), json!(title));
        if let Value::Object(body) = body {
            schema.extend(body);
        }
        schema.insert("definitions".to_owned(), Value::Object(self.definitions));
        Value::Object(schema)
    }

    /// A table that has keys of these groups and no others.
    fn table(&mut self, groups: &[&[Key]]) -> Value {
        let keys = || groups.iter().copied().flatten();
        let properties: Map<String, Value> = keys().map(|key| (key.name.to_owned(), self.described(key))).collect();
        let required: Vec<&str> = keys().filter(|k| k.need == Need::Required).map(|k| k.name).collect();
        let mut schema = json!({ "type": "object", "additionalProperties": false, "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    }

    fn described(&mut self, key: &Key) -> Value {
        let mut schema = self.shape(key);
        schema["description"] = json!(key.about);
        schema
    }

    /// A table under the name of the key that first holds it; one that is told already is not told again.
    fn refer(&mut self, name: &str, groups: &[&[Key]]) -> Value {
        let table = self.table(groups);
        let known = self.definitions.iter().find(|(_, t)| **t == table).map(|(name, _)| name.clone());
        let name = known.unwrap_or_else(|| {
            let taken = self.definitions.contains_key(name);
            let name = if taken { format!("{name}-{}", self.definitions.len()) } else { name.to_owned() };
            self.definitions.insert(name.clone(), table);
            name
        });
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    fn shape(&mut self, key: &Key) -> Value {
        let text = || json!({ "type": "string" });
        let one_of = |names: &[&str]| json!({ "type": "string", "enum": names });
        let or_list = |one: Value| json!({ "anyOf": [one, { "type": "array", "items": one }] });
        match &key.shape {
            Shape::Text => text(),
            Shape::OneOf(names) => one_of(names),
            Shape::Texts => or_list(text()),
            Shape::AnyOf(names) => or_list(one_of(names)),
            Shape::Exactly(number) => json!({ "const": number }),
            Shape::Whole => json!({ "type": "integer" }),
            Shape::Number => json!({ "type": "number" }),
            Shape::Flag => json!({ "type": "boolean" }),
            // `gendered.title = "info"` without quotes is a table in a table.
            Shape::Named(names) => json!({
                "type": "object",
                "additionalProperties": { "anyOf": [one_of(names), { "type": "object", "additionalProperties": one_of(names) }] },
            }),
            Shape::Lists => json!({ "type": "object", "additionalProperties": or_list(text()) }),
            Shape::Table(groups) => json!({ "allOf": [self.refer(key.name, groups)] }),
            Shape::Tables(groups) => or_list(self.refer(key.name, groups)),
            Shape::NamedTables(names, groups) => {
                let table = self.refer(key.name, groups);
                let properties: Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), table.clone())).collect();
                json!({ "type": "object", "additionalProperties": false, "properties": properties })
            }
        }
    }
}
