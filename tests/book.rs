//! The book holds every page of docs/, and every page is in the book.

use std::fs;
use std::path::{Path, PathBuf};

/// Not pages: the book's own list, and what the README's picture is made from.
const NO_PAGES: [&str; 2] = ["SUMMARY.md", "check.md"];
/// Written when the book is built.
const WRITTEN: &str = "all-rules.md";

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("it is there").map(|e| e.expect("it can be read").path());
    let below = entries.flat_map(|path| if path.is_dir() { pages(&path) } else { vec![path] });
    below.filter(|p| p.extension().is_some_and(|e| e == "md")).collect()
}

/// Links of a page to other files, without their marks.
fn links(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).expect("it is there");
    let links = text.split("](").skip(1).filter_map(|l| l.split(')').next()).filter(|l| !l.contains("://") && !l.starts_with(['#', '<']) && !l.contains(' '));
    links.map(|l| l.split('#').next().unwrap_or(l).to_owned()).collect()
}

#[test]
fn every_page_is_in_the_summary() {
    let listed = links(&docs().join("SUMMARY.md"));
    for page in pages(&docs()) {
        let name = page.strip_prefix(docs()).expect("it lies there").to_string_lossy().replace('\\', "/");
        assert!(NO_PAGES.contains(&name.as_str()) || listed.contains(&name), "add docs/{name} to docs/SUMMARY.md");
    }
}

#[test]
fn every_link_leads_to_a_file() {
    let root = docs().join("..");
    let others = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map(|n| root.join(n));
    for page in pages(&docs())
        .into_iter()
        .chain(others)
        .chain(pages(&root.join("editors")).into_iter().filter(|p| !p.components().any(|c| c.as_os_str() == "node_modules")))
    {
        for link in links(&page).iter().filter(|l| *l != WRITTEN) {
            assert!(page.parent().expect("it lies in a folder").join(link).exists(), "{} links to {link}", page.display());
        }
    }
}
