//! schema.org JobPosting as JSON, alone or within other data → a document of its wording, and facts.
//!
//! Boards write the wording as HTML, escaped up to three times, or as plain text.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{State, Tokenizer};
use serde_json::{Map, Value};

use super::build::{Builder, Source};
use super::decode::decode;
use super::html::{self, Noscript, Page};
use super::source::{Origin, Stored};
use super::{BlockKind, Document, Emphasis, Facts, Format, Limits, ReadError, plain};
use crate::text::one_line;

/// Fields that hold wording, in reading order, with the heading that boards show them under.
const FIELDS: [(&str, &str); 8] = [
    ("description", ""),
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("educationRequirements", "Education"),
    ("experienceRequirements", "Experience"),
    ("skills", "Skills"),
    ("jobBenefits", "Benefits"),
    ("incentiveCompensation", "Bonus"),
];

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let decoded = decode(bytes, None)?;
    let value = parse(&decoded.text)?;
    let posting = Posting::find(&value).ok_or(ReadError::NoJobPosting)?;
    let mut builder = Builder::within(limits);
    posting.write(&mut builder);
    builder.facts = posting.facts();
    if n_postings(&value) > 1 {
        builder.notice(format!("the file holds {} job postings; only the first is read", n_postings(&value)));
    }
    builder.finish(Format::JsonLd, Stored::default())
}

/// Parses JSON, though it may hold raw line breaks in its strings, as that of many pages does.
pub(super) fn parse(json: &str) -> Result<Value, ReadError> {
    serde_json::from_str(json).or_else(|error| {
        let repaired: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        // serde_json has one kind of error for all that is wrong with the text.
        let why = |_| if error.to_string().starts_with("recursion limit") { ReadError::DeepJson } else { ReadError::Json(error.to_string()) };
        serde_json::from_str(&repaired).map_err(why)
    })
}

/// A JobPosting with wording in it.
pub(super) struct Posting<'v>(&'v Map<String, Value>);

impl<'v> Posting<'v> {
    /// The first in a value, however deep.
    pub(super) fn find(value: &'v Value) -> Option<Posting<'v>> {
        match value {
            Value::Array(values) => values.iter().find_map(Posting::find),
            Value::Object(map) => Posting::of(map).or_else(|| map.values().find_map(Posting::find)),
            _ => None,
        }
    }

    fn of(map: &'v Map<String, Value>) -> Option<Posting<'v>> {
        let names_job = |v: &Value| v.as_str().is_some_and(|t| t.rsplit(['/', '#', ':']).next() == Some("JobPosting"));
        let kind = map.get("@type").or(map.get("type"))?;
        let is_job = names_job(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(names_job));
        let posting = Posting(map);
        (is_job && FIELDS.iter().any(|(field, _)| posting.raw(field).next().is_some())).then_some(posting)
    }

    /// Writes its title and wording.
    pub(super) fn write(&self, builder: &mut Builder) {
        let fields: Vec<Field> = FIELDS.iter().map(|(name, label)| Field { name, label, texts: self.texts(name) }).filter(|f| !f.texts.is_empty()).collect();
        if let Some(title) = self.text("title")
            && !fields.first().is_some_and(|field| field.begins_with(&title))
        {
            builder.open(BlockKind::Heading(1));
            builder.flow(&title, Emphasis::None, |_, _| Origin::Field("title"));
        }
        let mut told = String::new();
        for (n, field) in fields.iter().enumerate() {
            // Many boards say again in a field what the description says already.
            let fresh: Vec<&String> = field.texts.iter().filter(|t| n == 0 || !told.contains(&letters(&words_of(t)))).collect();
            field.write(&fresh, builder);
            if fields.len() > n + 1 {
                fresh.iter().for_each(|text| told.push_str(&letters(&words_of(text))));
            }
        }
        builder.close();
    }

    /// What it says beside its wording.
    pub(super) fn facts(&self) -> Facts {
        Facts {
            title: self.text("title"),
            pay: self.0.get("baseSalary").and_then(pay),
            hours: self.0.get("employmentType").and_then(listed),
            place: self.0.get("jobLocation").and_then(place),
            employer: self.0.get("hiringOrganization").and_then(named),
            closes: self.text("validThrough"),
        }
    }

    /// A field of one short text.
    fn text(&self, field: &str) -> Option<String> {
        self.0.get(field).and_then(shown)
    }

    /// The texts of a field that holds wording.
    fn texts(&self, field: &str) -> Vec<String> {
        self.raw(field).map(unescape).collect()
    }

    /// The same, as they are escaped.
    fn raw(&self, field: &str) -> impl Iterator<Item = &'v str> {
        let values = match self.0.get(field) {
            Some(Value::Array(values)) => values.as_slice(),
            Some(value) => std::slice::from_ref(value),
            None => &[],
        };
        values.iter().filter_map(Value::as_str).filter(|t| !t.trim().is_empty())
    }
}

/// A field that holds wording.
struct Field {
    name: &'static str,
    label: &'static str,
    texts: Vec<String>,
}

impl Field {
    /// Whether its text begins with these words.
    fn begins_with(&self, words: &str) -> bool {
        // A title is seldom behind more than this much of tags.
        let text = self.texts.first().map_or("", |t| &t[..t.floor_char_boundary(words.len() * 2 + 1000)]);
        letters(&words_of(text)).starts_with(&letters(words))
    }

    /// Writes some of its texts, under the heading that boards show them under.
    fn write(&self, texts: &[&String], builder: &mut Builder) {
        if !texts.is_empty() && !self.label.is_empty() {
            builder.open(BlockKind::Heading(2));
            builder.flow(self.label, Emphasis::None, |_, _| Origin::Field(self.name));
        }
        for text in texts {
            builder.close();
            if texts.len() > 1 && html::n_tags(text) == 0 {
                builder.open(BlockKind::Item(0));
                builder.flow(&decoded(text), Emphasis::None, |_, _| Origin::Field(self.name));
            } else {
                write_text(builder, text, self.name);
            }
        }
    }
}

fn n_postings(value: &Value) -> usize {
    match value {
        Value::Array(values) => values.iter().map(n_postings).sum(),
        Value::Object(map) if Posting::of(map).is_some() => 1,
        Value::Object(map) => map.values().map(n_postings).sum(),
        _ => 0,
    }
}

/// Writes a text that is HTML or plain.
fn write_text(builder: &mut Builder, text: &str, field: &'static str) {
    let source = Source::Field(field);
    if html::n_tags(text) == 0 {
        return plain::write(builder, &decoded(text), source);
    }
    let mut page = Page::new(builder, source, Noscript::Read);
    html::read_markup(&mut page, text, 0);
    page.finish();
}

/// HTML that was escaped is HTML again.
fn unescape(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..3 {
        if html::n_tags(&text) > 0 || !text.contains("&lt;") && !text.contains("&#") && !text.contains("&amp;") {
            break;
        }
        text = decoded(&text);
    }
    text
}

/// A text with its character references as characters.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut decoded = String::with_capacity(text.len());
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| {
        if let CallbackEvent::String { value } = event {
            decoded.push_str(&String::from_utf8_lossy(value));
        }
        None::<Infallible>
    });
    let mut tokenizer = Tokenizer::new_with_emitter(text, emitter);
    // Here a tag is text like any other.
    tokenizer.set_state(State::RcData);
    let Ok(()) = tokenizer.finish();
    decoded
}

/// The words of a text that is HTML or plain.
fn words_of(text: &str) -> String {
    let mut builder = Builder::default();
    write_text(&mut builder, text, "description");
    builder.close();
    builder.into_text()
}

/// What two spellings of the same text have in common.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn shown(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => one_line(&decoded(&decoded(text))),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    Some(text).filter(|t| !t.is_empty())
}

/// One text, or several.
fn listed(value: &Value) -> Option<String> {
    let Value::Array(values) = value else { return shown(value) };
    Some(values.iter().filter_map(shown).collect::<Vec<_>>().join(", ")).filter(|t| !t.is_empty())
}

/// A thing's name, or the thing itself where it is only a name.
fn named(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => values.iter().find_map(named),
        Value::Object(map) => map.get("name").and_then(shown),
        _ => shown(value),
    }
}

fn place(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => values.iter().find_map(place),
        Value::Object(map) => match map.get("address") {
            Some(address) => place(address),
            None => ["addressLocality", "addressRegion", "name"].iter().find_map(|key| map.get(*key).and_then(shown)),
        },
        _ => shown(value),
    }
}

/// “24800 GBP a year”, “33620 to 56246 GBP a year”, or the words that stand in the place of a number.
fn pay(value: &Value) -> Option<String> {
    let Value::Object(salary) = value else { return shown(value) };
    let empty = Map::new();
    let quantity = salary.get("value").and_then(Value::as_object).unwrap_or(&empty);
    let find = |key: &str| quantity.get(key).or(salary.get(key)).and_then(shown);
    let amount = match (find("minValue"), find("maxValue")) {
        (Some(low), Some(high)) if low != high => format!("{low} to {high}"),
        (low, high) => find("value").or(low).or(high)?,
    };
    // “£31,365 pa” says all of it already.
    if amount.starts_with(|c: char| !c.is_ascii_digit()) {
        return Some(amount);
    }
    let currency = salary.get("currency").or(quantity.get("currency")).and_then(shown);
    let unit = find("unitText").map(|unit| match unit.to_ascii_uppercase().as_str() {
        "HOUR" => "an hour".to_owned(),
        unit => format!("a {}", unit.to_ascii_lowercase()),
    });
    Some([Some(amount), currency, unit].into_iter().flatten().collect::<Vec<_>>().join(" "))
}
