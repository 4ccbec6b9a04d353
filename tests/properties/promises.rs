//! Any bytes → a promise that jdlint keeps whatever they are, or a panic that says which was broken.
//!
//! The fuzz targets in `fuzz/` and the stable property tests beside this file both run these. A promise takes any bytes: what
//! cannot be read must be refused in words, what can be read must hold together.

#[path = "promises/advert.rs"]
mod advert;
#[path = "promises/document.rs"]
mod document;
#[path = "promises/editing.rs"]
mod editing;
#[path = "promises/fixing.rs"]
mod fixing;
#[path = "promises/packed.rs"]
mod packed;
#[path = "promises/parsed.rs"]
mod parsed;
#[path = "promises/records.rs"]
mod records;
#[path = "promises/reviewing.rs"]
mod reviewing;

use jdlint::document::Format;

/// Keeps what it promises for these bytes, or panics.
pub type Promise = fn(&[u8]);

/// All promises, by the name of their fuzz target and of their folder of seeds.
pub const ALL: [(&str, Promise); 16] = [
    ("check", advert::check),
    ("config", parsed::config),
    ("docx", |bytes| _ = document::read(&packed::packed(bytes), Format::Word)),
    ("fix", fixing::fix),
    ("html", |bytes| _ = document::read(bytes, Format::Html)),
    ("jsonld", |bytes| _ = document::read(bytes, Format::JsonLd)),
    ("markdown", |bytes| _ = document::read(bytes, Format::Markdown)),
    ("odt", |bytes| _ = document::read(&packed::packed(bytes), Format::OpenDocument)),
    ("pdf", |bytes| _ = document::read(bytes, Format::Pdf)),
    ("phrase", parsed::phrase),
    ("plain", |bytes| _ = document::read(bytes, Format::Text)),
    ("records", records::split),
    ("review", reviewing::review),
    ("rules", parsed::rules),
    ("session", editing::session),
    ("sniff", document::told),
];

/// The promise of a name.
pub fn named(name: &str) -> Promise {
    ALL.iter().find(|(n, _)| *n == name).map(|(_, promise)| *promise).expect("a promise has this name")
}

/// Bytes as text, whatever they are.
fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// A sentence for a person: it says something, in one line, without Rust's own words.
#[track_caller]
fn is_sentence(said: &str) {
    assert!(said.len() > 10, "it says what is wrong: {said:?}");
    // What stands in quotes is the stranger's.
    let said: String = said.split('“').map(|part| part.rsplit('”').next().unwrap_or(part)).collect();
    for word in ["panicked", "unwrap", "Some(", "None", "Err("] {
        assert!(!said.contains(word), "it speaks to people: {said:?}");
    }
}
