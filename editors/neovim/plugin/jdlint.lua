-- Starts `jdlint lsp` for Markdown, text and HTML, whatever the version of Neovim.
if vim.g.loaded_jdlint then
  return
end
vim.g.loaded_jdlint = true

if vim.lsp.enable then -- 0.11
  vim.lsp.enable("jdlint")
  return
end

-- 0.7 to 0.10: one server for each folder with a jdlint.toml or a .git, kept in `clients`.
local config = dofile(vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":h:h") .. "/lsp/jdlint.lua")
local clients = {}

local function root(name)
  local folder = vim.fn.fnamemodify(name, ":p:h")
  for _, marker in ipairs(config.root_markers) do
    local found = vim.fn.finddir(marker, folder .. ";")
    if found == "" then
      found = vim.fn.findfile(marker, folder .. ";")
    end
    if found ~= "" then
      return vim.fn.fnamemodify(found, ":p:h" .. (marker == ".git" and ":h" or ""))
    end
  end
  return folder
end

vim.api.nvim_create_autocmd("FileType", {
  pattern = config.filetypes,
  callback = function(event)
    local folder = root(event.match and vim.api.nvim_buf_get_name(event.buf) or "")
    clients[folder] = clients[folder] or vim.lsp.start_client({ name = "jdlint", cmd = config.cmd, root_dir = folder, settings = config.settings })
    if clients[folder] then
      vim.lsp.buf_attach_client(event.buf, clients[folder])
    end
  end,
})
