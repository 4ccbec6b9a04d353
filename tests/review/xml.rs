//! Whether XML is well-formed, namespaces included, and what is left of the old in the new.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Asserts that a part is well-formed: every tag closed, every prefix bound, no attribute twice, one root.
pub fn assert_well_formed(name: &str, part: &str) {
    let mut reader = Reader::from_str(part);
    let mut scopes: Vec<Vec<String>> = Vec::new();
    let mut n_roots = 0;
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{name}: {error} at {}: {part}", reader.error_position()));
        match event {
            Event::Start(start) => {
                n_roots += usize::from(scopes.is_empty());
                scopes.push(bound(&start, name));
                assert_bound(&start, &scopes, name);
            }
            Event::Empty(start) => {
                n_roots += usize::from(scopes.is_empty());
                scopes.push(bound(&start, name));
                assert_bound(&start, &scopes, name);
                scopes.pop();
            }
            Event::End(_) => drop(scopes.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(scopes.is_empty() && n_roots == 1, "{name} has {n_roots} roots and {} open elements: {part}", scopes.len());
}

fn bound(start: &BytesStart, name: &str) -> Vec<String> {
    let names = start.attributes().map(|a| a.unwrap_or_else(|error| panic!("{name}: {error}")).key.0.to_owned());
    names.filter_map(|name| Some(name.strip_prefix("xmlns:")?.to_owned())).collect()
}

fn assert_bound(start: &BytesStart, scopes: &[Vec<String>], name: &str) {
    let attributes = start.attributes().filter_map(Result::ok).map(|a| a.key.0.to_owned());
    for used in std::iter::once(start.name().0.to_owned()).chain(attributes) {
        let Some((prefix, _)) = used.split_once(':') else { continue };
        let known = ["xml", "xmlns"].contains(&prefix) || scopes.iter().flatten().any(|p| p == prefix);
        assert!(known, "{name}: nothing binds the prefix of {used}");
    }
}

/// Asserts that all that was is still there, in its order: the new part has only more.
pub fn assert_only_more(name: &str, old: &str, new: &str) {
    let mut rest = new.bytes();
    for (at, byte) in old.bytes().enumerate() {
        assert!(rest.any(|b| b == byte), "{name}: what stands at {at} is gone: {}", &old[at..(at + 60).min(old.len())]);
    }
}
