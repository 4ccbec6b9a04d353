//! Zed's question how to start the language server → `jdlint lsp`, found on the path of the project's shell.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{Command, Extension, LanguageServerId, Result, Worktree, register_extension, serde_json};

struct Jdlint;

impl Extension for Jdlint {
    fn new() -> Jdlint {
        Jdlint
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let set = LspSettings::for_worktree("jdlint", worktree).ok().and_then(|s| s.binary).and_then(|b| b.path);
        let found = set.or_else(|| worktree.which("jdlint"));
        let command = found.ok_or("jdlint is not on the path; install it, or name it in lsp.jdlint.binary.path")?;
        Ok(Command { command, args: vec!["lsp".to_owned()], env: worktree.shell_env() })
    }

    fn language_server_initialization_options(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree("jdlint", worktree)?.initialization_options)
    }

    fn language_server_workspace_configuration(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree("jdlint", worktree)?.settings;
        Ok(settings.map(|set| serde_json::json!({ "jdlint": set })))
    }
}

register_extension!(Jdlint);
