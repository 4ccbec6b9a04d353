//! What the README shows and says is what the command does.

use std::path::Path;
use std::process::Command;

use snapbox::Data;
use snapbox::data::DataFormat;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn the_picture_in_the_readme_is_what_the_command_prints() {
    let output = Command::new(env!("CARGO_BIN_EXE_jdlint"))
        .args(["check", "--color", "always", "docs/check.md"])
        .current_dir(ROOT)
        .env_remove("NO_COLOR")
        .env_remove("COLUMNS")
        .output()
        .expect("it starts");
    let printed = Data::binary(output.stdout).coerce_to(DataFormat::TermSvg);
    let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    assert.eq(printed, Data::read_from(&Path::new(ROOT).join("docs/check.term.svg"), None).raw());
}
