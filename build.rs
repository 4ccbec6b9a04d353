//! Compiles the wordings and rules under `rules/` into the binary: parsing TOML at start-up would cost more than a whole
//! advert may. The same code reads people's own rule packs at run time.

#![allow(dead_code, unused_imports, missing_docs, reason = "the rooms are whole; the build uses a part of each")]

#[path = "src/outline/wordings.rs"]
mod outline;
#[path = "src/phrase.rs"]
mod phrase;
#[path = "src/rules.rs"]
mod rules;
#[path = "src/text.rs"]
mod text;

use std::path::Path;

use rules::{Catalogue, Names, Pack, PackSource, Signs};

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/outline");
    println!("cargo::rerun-if-changed=src/phrase");
    println!("cargo::rerun-if-changed=src/rules");
    println!("cargo::rerun-if-changed=src/text");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    write(&out, "wordings.bin", &wordings());
    let (catalogue, mut pack) = rules();
    // Examples are for people and tests: a run that lints never reads them.
    let examples: Vec<Vec<rules::Example>> = pack.rules.iter_mut().map(|r| std::mem::take(&mut r.examples)).collect();
    write(&out, "examples.bin", &examples);
    write(&out, "catalogue.bin", &catalogue);
    write(&out, "rules.bin", &pack);
    write(&out, "files.bin", &files());
    std::fs::write(Path::new(&out).join("page.rs"), page()).expect("the build folder can be written");
    write(&out, "jurisdictions.bin", &Signs::read("rules/jurisdictions.toml", &read("jurisdictions.toml")).unwrap_or_else(|mistakes| fail(&mistakes)));
}

fn wordings() -> outline::Wordings {
    outline::Wordings::from_toml(&read("outline.toml"), &read("roles.toml"), &read("activities.toml")).unwrap_or_else(|mistakes| fail(&[mistakes]))
}

fn rules() -> (Catalogue, Pack) {
    let (sources, audiences) = (read("sources.toml"), read("audiences.toml"));
    let mut catalogue = Catalogue::read(("rules/sources.toml", &sources), ("rules/audiences.toml", &audiences)).unwrap_or_else(|mistakes| fail(&mistakes));
    let (roles, activities) = (read("roles.toml"), read("activities.toml"));
    let names = Names::read(("rules/roles.toml", &roles), ("rules/activities.toml", &activities)).unwrap_or_else(|mistakes| fail(&mistakes));
    let lists = read("lists.toml");
    let source = PackSource { lists: ("rules/lists.toml", &lists), files: &files(), names: &names, base: None };
    let pack = Pack::compile(&source, &mut catalogue).unwrap_or_else(|mistakes| fail(&mistakes));
    (catalogue, pack)
}

/// The web page that `jdlint serve` shows, as code that holds its files; none without the feature `page`.
fn page() -> String {
    const FOLDER: &str = "editors/web/dist";
    let mut files = Vec::new();
    if std::env::var_os("CARGO_FEATURE_PAGE").is_some() {
        println!("cargo::rerun-if-changed={FOLDER}");
        page_files(Path::new(FOLDER), &mut files);
        if files.is_empty() {
            println!("cargo::warning=there is no page in {FOLDER}, so `jdlint serve` has only its small one; build the page first");
        }
    }
    files.sort();
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let entry = |path: &std::path::PathBuf| {
        let name = path.strip_prefix(FOLDER).expect("it lies below").to_string_lossy().replace('\\', "/");
        format!("({name:?}, include_bytes!({:?}) as &[u8]),\n", Path::new(&root).join(path))
    };
    format!("const FILES: &[(&str, &[u8])] = &[\n{}];\n", files.iter().map(entry).collect::<String>())
}

fn page_files(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().map(|e| e.expect("it can be read").path()) {
        if path.is_dir() { page_files(&path, files) } else { files.push(path) }
    }
}

/// The rule files, `rules/<group>/<type>.toml`, in order.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let entries = |path: &Path| std::fs::read_dir(path).expect("the folder is there").map(|e| e.expect("it can be read").path()).collect::<Vec<_>>();
    for group in entries(Path::new("rules")).into_iter().filter(|p| p.is_dir()) {
        for file in entries(&group).into_iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
            let name = file.to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read_to_string(&file).expect("it can be read")));
        }
    }
    files.sort();
    files
}

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new("rules").join(name)).unwrap_or_else(|e| fail(&[format!("rules/{name}: {e}")]))
}

fn write<T: serde::Serialize>(out: &str, name: &str, value: &T) {
    let bytes = postcard::to_allocvec(value).expect("it is plain data");
    std::fs::write(Path::new(out).join(name), bytes).expect("the build folder can be written");
}

fn fail<T: std::fmt::Display>(mistakes: &[T]) -> ! {
    for mistake in mistakes {
        println!("cargo::error={mistake}");
    }
    std::process::exit(1)
}
