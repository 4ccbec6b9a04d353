//! What is written for one version says that of Cargo.toml.

use std::fs;
use std::path::Path;

#[test]
fn the_version_is_the_same_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    for (file, said) in [
        ("ci/gitlab.yml", vec![format!("JDLINT_VERSION: {version}\n"), format!("/raw/v{version}/")]),
        ("action.yml", vec![format!("jdlint@v{version}\n")]),
        ("docs/gate.md", vec![format!("jdlint@v{version}\n"), format!("/raw/v{version}/"), format!("jdlint=={version}]")]),
        ("schemas/jdlint.schema.json", vec![format!("/raw/v{version}/")]),
    ] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("it is there");
        said.iter().for_each(|said| assert!(text.contains(said.as_str()), "{file}: {said}"));
    }
}
