" jdlint in Vim, by ALE (https://github.com/dense-analysis/ale): source this after ALE is loaded.
" let g:jdlint_settings = {'jurisdiction': 'ie'}
for s:filetype in ['markdown', 'text', 'html']
  call ale#linter#Define(s:filetype, {
  \   'name': 'jdlint',
  \   'lsp': 'stdio',
  \   'executable': {buffer -> get(g:, 'jdlint_command', 'jdlint')},
  \   'command': '%e lsp',
  \   'initialization_options': {buffer -> get(g:, 'jdlint_settings', {})},
  \   'language': {buffer -> getbufvar(buffer, '&filetype') is# 'text' ? 'plaintext' : getbufvar(buffer, '&filetype')},
  \   'project_root': {buffer -> s:Root(buffer)},
  \ })
endfor

function! s:Root(buffer) abort
  let l:config = ale#path#FindNearestFile(a:buffer, 'jdlint.toml')
  return empty(l:config) ? fnamemodify(bufname(a:buffer), ':p:h') : fnamemodify(l:config, ':h')
endfunction
