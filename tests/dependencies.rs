//! `docs/dependencies.md` gives a reason for each crate of Cargo.toml, the one that stands beside it there, and for no other.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use toml::Table;

/// Crates by name, and what the comment beside them says.
type Reasons = BTreeMap<String, String>;

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("it is there")
}

/// The crates of these sections, by the name that they have in the registry.
fn named(manifest: &Table, sections: &[&str]) -> BTreeMap<String, String> {
    let dependencies = sections.iter().flat_map(|s| manifest[*s].as_table().expect("it is a table"));
    dependencies.map(|(key, spec)| (key.clone(), spec.get("package").and_then(|p| p.as_str()).unwrap_or(key).to_owned())).collect()
}

/// What the comment at the end of a crate's line says.
fn commented(manifest: &str, names: &BTreeMap<String, String>) -> Reasons {
    let mut reasons = Reasons::new();
    for (key, line) in manifest.lines().filter_map(|line| Some((line.split_once(" = ")?.0, line))) {
        if let (Some(name), Some((_, why))) = (names.get(key), line.rsplit_once(" # ")) {
            reasons.entry(name.clone()).or_insert(why.trim().trim_start_matches("… ").to_owned());
        }
    }
    reasons
}

/// The rows of the page's tables.
fn on_the_page() -> Reasons {
    let page = read("docs/dependencies.md");
    let rows = page.lines().filter_map(|l| l.strip_prefix("| `")?.split_once("` | "));
    rows.map(|(name, rest)| (name.to_owned(), rest.split(" | ").next().unwrap_or("").trim_start_matches("… ").to_owned())).collect()
}

#[test]
fn the_page_gives_the_reason_for_each_crate_and_for_no_other() {
    let text = read("Cargo.toml");
    let manifest: Table = text.parse().expect("it is TOML");
    let names = named(&manifest, &["dependencies", "build-dependencies", "dev-dependencies"]);
    let (reasons, page) = (commented(&text, &names), on_the_page());
    for name in names.values() {
        let why = reasons.get(name).unwrap_or_else(|| panic!("Cargo.toml does not say what {name} is for: add a comment at the end of its line"));
        let told = page.get(name).unwrap_or_else(|| panic!("docs/dependencies.md has no row for {name}: | `{name}` | {why} | licence | version | instead |"));
        assert_eq!(told, why, "what {name} is for, in docs/dependencies.md and in Cargo.toml");
    }
    let gone: Vec<&String> = page.keys().filter(|name| !names.values().any(|n| n == *name)).collect();
    assert!(gone.is_empty(), "docs/dependencies.md has rows for crates that Cargo.toml does not name: {gone:?}");
}

#[test]
fn every_row_has_its_licence_its_version_and_what_own_code_would_cost() {
    for row in read("docs/dependencies.md").lines().filter(|l| l.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells.len(), 5, "{row}");
        assert!(cells.iter().all(|c| !c.is_empty()), "{row}");
        assert!(cells[3].contains(" · 20"), "its version and when it was released: {row}");
    }
}
