-- jdlint for Neovim 0.11 and later: `vim.lsp.enable("jdlint")`, which plugin/jdlint.lua does.
-- To set something: vim.lsp.config("jdlint", { settings = { jdlint = { jurisdiction = "ie" } } })
return {
  cmd = { "jdlint", "lsp" },
  filetypes = { "markdown", "text", "html", "toml" },
  root_markers = { "jdlint.toml", ".git" },
  settings = { jdlint = {} },
}
