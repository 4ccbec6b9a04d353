;;; test.el --- The words that Emacs underlines are the right ones  -*- lexical-binding: t -*-
;; emacs --batch -l editors/emacs/jdlint.el -l editors/emacs/test.el --eval '(jdlint-test-eglot "advert.md")'

(require 'cl-lib)
(require 'subr-x)

(defun jdlint-test--wait (what happened)
  "Wait until the function HAPPENED gives something; fail with WHAT."
  (let ((end (+ (float-time) 30)) found)
    (while (and (not (setq found (funcall happened))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (or found (progn (message "emacs: %s" (if (functionp what) (funcall what) what)) (kill-emacs 1)))))

(defun jdlint-test--words (ranges)
  "The words of the buffer at RANGES, sorted."
  (sort (mapcar (lambda (r) (buffer-substring-no-properties (car r) (cdr r))) ranges) #'string<))

(defun jdlint-test--expect (who underlined typed)
  "Expect that the function UNDERLINED gives the right words, also after TYPED; WHO is named."
  (jdlint-test--wait
   (lambda () (format "%s underlines %S" who (funcall underlined)))
   (lambda () (cl-subsetp '("chairman" "degree" "native English speaker") (funcall underlined) :test #'string=)))
  (unless (eq (coding-system-eol-type buffer-file-coding-system) 1)
    (message "emacs: the advert should have lines that end in CRLF")
    (kill-emacs 1))
  ;; An edit before the words moves what is underlined.
  (goto-char (point-min))
  (forward-line 2)
  (insert typed)
  (jdlint-test--wait
   (lambda () (format "%s, after an edit, underlines %S" who (funcall underlined)))
   (lambda () (and (member "chairman" (funcall underlined)) (member "degree" (funcall underlined)) t)))
  (message "emacs %s, %s: the right words are underlined" emacs-version who)
  (set-buffer-modified-p nil)
  (kill-emacs 0))

(defun jdlint-test-eglot (file)
  "Open FILE with eglot."
  (require 'package)
  (package-initialize)
  (require 'eglot)
  (require 'markdown-mode)
  (setq eglot-send-changes-idle-time 0 flymake-no-changes-timeout 0.1 create-lockfiles nil)
  (find-file file)
  (markdown-mode)
  (call-interactively #'eglot)
  (flymake-mode 1)
  (jdlint-test--expect
   "eglot"
   (lambda ()
     ;; What idle timers do where there is somebody to be idle.
     (eglot--signal-textDocument/didChange)
     (flymake-start)
     (jdlint-test--words (mapcar (lambda (d) (cons (flymake-diagnostic-beg d) (flymake-diagnostic-end d))) (flymake-diagnostics))))
   ;; Characters of two units each.
   "👩‍💼🏗️é "))

(defun jdlint-test-lsp-mode (file)
  "Open FILE with lsp-mode."
  (require 'package)
  (package-initialize)
  (require 'lsp-mode)
  (require 'markdown-mode)
  (setq lsp-auto-guess-root t lsp-idle-delay 0.05 lsp-diagnostics-provider :flymake create-lockfiles nil
        lsp-restart 'ignore lsp-enable-file-watchers nil lsp-session-file (make-temp-file "lsp-session"))
  (find-file file)
  (markdown-mode)
  (lsp-workspace-folders-add default-directory)
  (lsp)
  (require 'lsp-protocol)
  (jdlint-test--expect
   "lsp-mode"
   (lambda ()
     (let* ((path (lsp--fix-path-casing buffer-file-name)))
       (jdlint-test--words
        (mapcar (lambda (d) (let ((range (lsp:diagnostic-range d)))
                              (cons (lsp--position-to-point (lsp:range-start range)) (lsp--position-to-point (lsp:range-end range)))))
                (append (gethash path (lsp-diagnostics t)) nil)))))
   "é "))

(provide 'test)
;;; test.el ends here
