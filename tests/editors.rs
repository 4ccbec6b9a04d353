//! The configurations for editors that cannot be started here are at least well-formed, and start the server as it is started.

use std::fs;
use std::path::Path;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("editors").join(name)).expect("it is there")
}

#[test]
fn helix_starts_the_server_for_three_languages() {
    let config: toml::Table = read("helix/languages.toml").parse().expect("it is TOML");
    let server = &config["language-server"]["jdlint"];
    assert_eq!((server["command"].as_str(), server["args"][0].as_str()), (Some("jdlint"), Some("lsp")));
    let languages = config["language"].as_array().expect("a list");
    let names: Vec<&str> = languages.iter().filter_map(|l| l["name"].as_str()).collect();
    assert_eq!(names, ["markdown", "html", "text"]);
    assert!(languages.iter().all(|l| l["language-servers"][0].as_str() == Some("jdlint")));
}

#[test]
fn kate_sublime_and_jetbrains_start_it() {
    let kate: serde_json::Value = serde_json::from_str(&read("kate/settings.json")).expect("it is JSON");
    let servers = kate["servers"].as_object().expect("a table");
    assert!(servers.len() == 3 && servers.values().all(|s| s["command"] == serde_json::json!(["jdlint", "lsp"])));
    // Sublime's JSON has comments.
    let plain: String = read("sublime/LSP.sublime-settings").lines().filter(|l| !l.trim_start().starts_with("//")).collect();
    let sublime: serde_json::Value = serde_json::from_str(&plain).expect("it is JSON");
    assert_eq!(sublime["clients"]["jdlint"]["command"], serde_json::json!(["jdlint", "lsp"]));
    let jetbrains: serde_json::Value = serde_json::from_str(&read("jetbrains/template/template.json")).expect("it is JSON");
    assert_eq!(jetbrains["programArgs"]["default"], "jdlint lsp");
}

#[test]
fn zed_knows_the_server_by_the_name_that_its_settings_have() {
    let extension: toml::Table = read("zed/extension.toml").parse().expect("it is TOML");
    assert_eq!(extension["language_servers"]["jdlint"]["language_ids"]["Plain Text"].as_str(), Some("plaintext"));
}

fn vscode() -> serde_json::Value {
    serde_json::from_str(&read("vscode/package.json")).expect("it is JSON")
}

#[test]
fn the_extension_has_the_version_of_the_jdlint_that_comes_with_it() {
    assert_eq!(vscode()["version"], env!("CARGO_PKG_VERSION"));
    let log = read("vscode/CHANGELOG.md");
    assert!(log.contains(concat!("## ", env!("CARGO_PKG_VERSION"))), "{log}");
}

#[test]
fn the_extension_knows_every_setting_of_the_server() {
    let page = read("../docs/editors.md");
    let (_, section) = page.split_once("\n## Settings\n").expect("the page has settings");
    let (section, _) = section.split_once("\n## ").expect("and something after them");
    let first_cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let named: Vec<&str> = first_cells.flat_map(|cell| cell.split("`, `").map(|name| name.trim_end_matches('`'))).collect();
    assert!(named.len() > 5, "{named:?}");
    // The extension itself turns the status on.
    for name in named.into_iter().filter(|name| *name != "status") {
        let known = &vscode()["contributes"]["configuration"]["properties"][format!("jdlint.{name}")];
        assert!(known["description"].is_string() || known["markdownDescription"].is_string(), "{name}");
        assert!(read("vscode/src/settings.ts").contains(&format!("\"{name}\"")), "{name} is passed on");
    }
}

#[test]
fn every_command_of_the_extension_is_carried_out() {
    let commands = vscode()["contributes"]["commands"].as_array().expect("a list").clone();
    let names: Vec<&str> = commands.iter().filter_map(|c| c["command"].as_str()).collect();
    assert!(names.len() > 5);
    let source = read("vscode/src/commands.ts");
    let left_out: Vec<&&str> = names.iter().filter(|name| !source.contains(&format!("\"{name}\": ("))).collect();
    assert_eq!(left_out, [] as [&&str; 0]);
}
