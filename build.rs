//! Compiles the wordings and rules under `rules/` into the binary: parsing TOML at start-up would cost more than a whole
//! advert may. The same code reads people's own rule packs at run time.

#[allow(dead_code, unused_imports, missing_docs, reason = "the build needs only a part of it")]
#[path = "src/phrase.rs"]
mod phrase;
#[allow(dead_code, unused_imports, missing_docs, reason = "the build needs only a part of it")]
#[path = "src/text.rs"]
mod text;
#[allow(dead_code, unused_imports, missing_docs, reason = "the build needs only a part of it")]
#[path = "src/outline/wordings.rs"]
mod wordings;

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    let rules = Path::new("rules");
    let out = std::env::var_os("OUT_DIR").expect("cargo sets it");
    write_wordings(rules, Path::new(&out));
}

/// `rules/outline.toml`, `roles.toml` and `activities.toml` → `wordings.bin`.
fn write_wordings(rules: &Path, out: &Path) {
    let read = |name: &str| std::fs::read_to_string(rules.join(name)).unwrap_or_else(|e| panic!("rules/{name}: {e}"));
    let wordings = wordings::Wordings::from_toml(&read("outline.toml"), &read("roles.toml"), &read("activities.toml"));
    let wordings = wordings.unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let bytes = postcard::to_allocvec(&wordings).expect("wordings are plain data");
    std::fs::write(out.join("wordings.bin"), bytes).expect("OUT_DIR can be written");
}
