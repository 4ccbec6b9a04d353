//! The `jdlint` command.

fn main() -> std::process::ExitCode {
    jdlint::cli::run()
}
