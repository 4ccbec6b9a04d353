" vim -es -u NONE --not-a-term -S editors/vim/test.vim advert.md: the words that ALE marks are the right ones.
set nocompatible encoding=utf-8
execute 'set runtimepath^=' . $ALE
filetype on
runtime plugin/ale.vim
source editors/vim/jdlint.vim
let g:ale_linters_explicit = 1
let g:ale_linters = {'markdown': ['jdlint']}

function! Marked() abort
  let l:words = []
  for l:item in ale#engine#GetLoclist(bufnr('%'))
    call add(l:words, strpart(getline(l:item.lnum), l:item.col - 1, l:item.end_col - l:item.col + 1))
  endfor
  return l:words
endfunction

function! Expect(words) abort
  for l:n in range(400)
    let l:marked = Marked()
    if empty(filter(copy(a:words), 'index(l:marked, v:val) < 0'))
      return
    endif
    sleep 50m
  endfor
  call writefile(['vim: ALE marks ' . string(l:marked)], '/dev/stderr')
  cquit 1
endfunction

edit
setfiletype markdown
call ale#Queue(0)
call Expect(['chairman', 'degree', 'native English speaker'])
if &fileformat isnot# 'dos'
  call writefile(['vim: the advert should have lines that end in CRLF'], '/dev/stderr')
  cquit 1
endif
call setline(3, 'Well: ' . getline(3))
call ale#Queue(0)
call Expect(['chairman'])
call writefile(['vim ' . v:version / 100 . '.' . v:version % 100 . ', ALE: the right words are marked'], '/dev/stderr')
qall!
