//! Content → a whole page, with the style of reports and a policy that lets nothing else in.

use axum::body::Body;
use axum::http::{Response, header};
use axum::response::IntoResponse;

use crate::report::html::{attribute, text};

/// Where pages find their style.
pub(super) const STYLESHEET: &str = "jdlint.css";

/// What pages have beside the style of reports.
pub(super) const STYLE: &str = "
.prose label { display: block; font-weight: 600; margin: 1.25rem 0 .35rem; }
.prose .hint { color: var(--soft); font-size: .9rem; margin: 0 0 .35rem; }
.prose textarea, .prose select, .prose input[type=file] { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 4px; padding: .5rem .6rem; }
.prose textarea { min-height: 14rem; resize: vertical; }
.prose select { width: auto; }
.prose button { font: inherit; font-weight: 600; color: var(--paper); background: var(--link); border: 0; border-radius: 4px; padding: .6rem 1.4rem; margin-top: 1rem; cursor: pointer; }
";

/// Where a page's forms may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forms {
    ToUs,
    None,
}

/// A page of this title and content.
pub(super) fn page(title: &str, content: &str, forms: Forms) -> Response<Body> {
    let html = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<link rel=\"stylesheet\" href=\"/{STYLESHEET}\">\n</head>\n<body>\n\
        <header class=\"page\"><p>jdlint</p></header>\n<main class=\"prose\">\n{content}</main>\n\
        <footer><p>Served by jdlint on this machine. Nothing is kept, and nothing goes to the network. Its rules are for orientation; this is no legal advice.</p></footer>\n\
        </body>\n</html>\n",
        text(title)
    );
    let forms = if forms == Forms::ToUs { "'self'" } else { "'none'" };
    let policy = format!("default-src 'none'; style-src 'self'; form-action {forms}; base-uri 'none'; frame-ancestors 'none'");
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (header::CONTENT_SECURITY_POLICY, policy)], html).into_response()
}

/// A report, whose own policy lets its style through; the answer's says the same but for that.
pub(super) fn report(html: String) -> Response<Body> {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, policy)], html).into_response()
}

/// What is said where a form came without a document.
pub(super) const NOTHING: &str = "<h1>Nothing to check</h1>\n<p>No document was chosen and no text pasted. Go back and choose one.</p>\n";

/// The start page: the form for whoever has the token, and what programs may ask.
pub(super) fn start(token: Option<&str>, origin: &str) -> String {
    let what = "<h1>Check a job advert</h1>\n<p>jdlint shows the wording that turns people away, says why and for whom, and offers the rewrite.</p>\n";
    let form = match token {
        Some(token) => form(token),
        None => "<p>To check documents here, open the address that jdlint printed when it started: it holds the token that this page needs.</p>\n".to_owned(),
    };
    format!(
        "{what}{form}<h2>For the programs that you write in</h2>\n\
        <p>Where a program can be pointed at a LanguageTool server, give it <code>{}/v2</code>, and it shows these hints while you write.</p>\n",
        text(origin)
    )
}

fn form(token: &str) -> String {
    format!(
        "<form method=\"post\" action=\"/report\" enctype=\"multipart/form-data\">\n<input type=\"hidden\" name=\"token\" value=\"{}\">\n\
        <label for=\"files\">Files</label>\n<p class=\"hint\" id=\"files-hint\">Word, OpenDocument, PDF, HTML, Markdown or text; several at once if you like.</p>\n\
        <input type=\"file\" id=\"files\" name=\"file\" multiple aria-describedby=\"files-hint\">\n\
        <label for=\"text\">Or paste the text</label>\n<textarea id=\"text\" name=\"text\"></textarea>\n\
        <label for=\"jurisdiction\">Whose law is meant</label>\n<select id=\"jurisdiction\" name=\"jurisdiction\">\n\
        <option value=\"auto\">As each advert tells</option>\n<option value=\"uk\">UK</option>\n<option value=\"us\">US</option>\n<option value=\"ie\">Ireland</option>\n\
        <option value=\"ca\">Canada</option>\n<option value=\"au\">Australia</option>\n<option value=\"eu\">EU</option>\n</select>\n\
        <p><button type=\"submit\">Show the report</button></p>\n</form>\n",
        attribute(token)
    )
}
