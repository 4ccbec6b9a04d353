-- nvim --headless --clean --cmd "set rtp^=editors/neovim" -S editors/neovim/test.lua advert.md
-- The words that Neovim underlines, by its own count, are the right ones; a rewrite goes where it belongs.

local function fail(what)
  io.stderr:write("neovim: " .. what .. "\n")
  vim.cmd("cquit 1")
end

local function underlined(code)
  local words = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    local of = d.code or (d.user_data and d.user_data.lsp and d.user_data.lsp.code)
    if of == code then
      table.insert(words, table.concat(vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {}), "\n"))
    end
  end
  return table.concat(words, ", ")
end

local function expect(code, wanted)
  local found = vim.wait(20000, function()
    return underlined(code) == wanted
  end, 20)
  if not found then
    fail(("%s underlines “%s”, not “%s”"):format(code, underlined(code), wanted))
  end
end

local ok, mistake = pcall(function()
  vim.cmd("filetype on")
  vim.cmd("doautocmd FileType")
  expect("gendered.title", "chairman")
  expect("prerequisite.degree", "degree")
  expect("prerequisite.language", "native English speaker")
  if vim.bo.fileformat ~= "dos" then
    fail("the advert should have lines that end in CRLF")
  end
  -- An edit before the words, with characters of two units each, moves what is underlined.
  vim.api.nvim_buf_set_text(0, 2, 0, 2, 0, { "👩‍💼🏗️é " })
  expect("gendered.title", "chairman")
  -- The preferred rewrite, as `vim.lsp.buf.code_action` makes it.
  local line = vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]
  vim.api.nvim_win_set_cursor(0, { 3, line:find("chairman") - 1 })
  local _, client = next((vim.lsp.get_clients or vim.lsp.buf_get_clients)())
  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  params.context = { diagnostics = {} }
  for id, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 20000) or {}) do
    for _, action in ipairs(answer.result or {}) do
      if action.isPreferred and action.title == "Write “chair”" then
        local resolved = vim.lsp.buf_request_sync(0, "codeAction/resolve", action, 20000)[id].result
        vim.lsp.util.apply_workspace_edit(resolved.edit, client.offset_encoding)
      end
    end
  end
  local wanted = line:gsub("chairman", "chair")
  local now = vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]
  if now ~= wanted then
    fail(("the rewrite made “%s”"):format(now))
  end
  expect("gendered.title", "")
  local version = vim.version()
  print(("\nneovim %d.%d.%d: the right words are underlined, and a rewrite is made\n"):format(version.major, version.minor, version.patch))
end)
if not ok then
  fail(mistake)
end
vim.cmd("qall!")
