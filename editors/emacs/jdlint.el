;;; jdlint.el --- Hints for inclusive job adverts  -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "27.1"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Tells eglot and lsp-mode, whichever is there, how to start `jdlint lsp' for Markdown, text and HTML.
;; With eglot: M-x eglot in an advert, or (add-hook 'markdown-mode-hook #'eglot-ensure).
;; With lsp-mode: M-x lsp, or (add-hook 'markdown-mode-hook #'lsp-deferred).

;;; Code:

(defgroup jdlint nil
  "Hints for inclusive job adverts."
  :group 'tools)

(defcustom jdlint-command '("jdlint" "lsp")
  "How the language server is started."
  :type '(repeat string))

(defcustom jdlint-settings nil
  "What the server is told: a property list, as in (:jurisdiction \"ie\" :codeLens t).
docs/editors.md lists what there is to set."
  :type 'plist)

(defconst jdlint-modes '(markdown-mode gfm-mode text-mode html-mode mhtml-mode)
  "The modes of documents that jdlint reads.")

(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-register-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function lsp-activate-on "lsp-mode")
(defvar eglot-server-programs)
(defvar lsp-language-id-configuration)

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               (cons jdlint-modes
                     (lambda (&rest _)
                       (append jdlint-command (list :initializationOptions (or jdlint-settings (make-hash-table))))))))

(with-eval-after-load 'lsp-mode
  (dolist (mode '((markdown-mode . "markdown") (gfm-mode . "markdown") (html-mode . "html") (mhtml-mode . "html") (text-mode . "plaintext")))
    (add-to-list 'lsp-language-id-configuration mode))
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () jdlint-command))
    :major-modes jdlint-modes
    :initialization-options (lambda () (or jdlint-settings (make-hash-table)))
    :priority -1
    :add-on? t
    :server-id 'jdlint)))

(provide 'jdlint)
;;; jdlint.el ends here
