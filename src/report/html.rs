//! A linted file → an article of one page for a browser, which needs no network and no script: the summary, each document
//! with its text, the findings marked in place and their cards beside them, the criteria, the coded words.
//!
//! The summary stands first on the page, for the eye, for the keyboard and for a screen reader alike, so a run is held until
//! its end ([`Begins::WithTheSum`]): a page that a browser can show fits into memory.

mod article;
mod card;
mod coding;
mod criteria;
mod escape;
mod flow;
mod marks;
mod overview;
mod page;
mod parts;
mod rule;
mod table;

#[cfg(feature = "serve")]
pub(crate) use escape::{attribute, text};
pub use parts::{Parts, parts};
pub use rule::rule;

use super::{Begins, Checked, Failed, Summary, Writer};
use crate::outline::Wordings;
use crate::report::terminal::counted;
use crate::rules::{Rule, Ruleset};

/// Writes one page of HTML.
#[derive(Clone, Copy, Debug)]
pub struct Html<'r> {
    /// Names rules and audiences in the summary.
    pub ruleset: &'r Ruleset,
    /// Names roles and activities.
    pub wordings: &'r Wordings,
}

/// How the page looks.
pub(crate) const STYLE: &str = include_str!("html/style.css");
/// The style's SHA-256, which lets it, and nothing else, through the page's policy. A golden file: `tests/report_html.rs`.
const STYLE_HASH: &str = include_str!("html/style.css.sha256");

impl Writer for Html<'_> {
    fn checked(&self, checked: &Checked) -> String {
        article::article(checked, self.wordings)
    }

    fn tail(&self, _: &Summary) -> String {
        let by = "Written by jdlint, without any network. Its rules and their sources are for orientation; this is no legal advice.";
        format!("</main>\n<footer><p>{by}</p></footer>\n</body>\n</html>\n")
    }

    fn begins(&self) -> Begins {
        Begins::WithTheSum
    }

    fn opening(&self, lines: &[String], summary: &Summary) -> String {
        let heading = if summary.files == 1 { "How this document reads" } else { "How these documents read" };
        let overview = overview::overview(lines, summary, self.ruleset);
        format!(
            "{}<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header class=\"page\" id=\"top\"><p>jdlint report</p></header>\n<main id=\"main\" tabindex=\"-1\">\n<h1>{heading}</h1>\n{overview}",
            head(&title(summary))
        )
    }

    fn line(&self, checked: &Checked) -> String {
        overview::line(checked)
    }

    fn failed_line(&self, failed: &Failed) -> String {
        overview::failed_line(failed)
    }
}

/// A rule's page, whole, as an editor or a browser shows it.
pub fn rule_page(of: &Rule, ruleset: &Ruleset, wordings: &Wordings) -> String {
    let content = rule(of, ruleset, wordings);
    format!(
        "{}<body>\n<header class=\"page\"><p>jdlint</p></header>\n<main class=\"prose\">\n{content}</main>\n</body>\n</html>\n",
        head(&escape::text(&format!("jdlint: {}", of.name)))
    )
}

fn title(summary: &Summary) -> String {
    format!("jdlint report: {}, {}", counted(summary.files, "document"), counted(summary.errors + summary.warnings + summary.infos, "finding"))
}

/// The head of a page with this title. Its policy: nothing is fetched, nothing runs, nothing is sent; only our style applies.
fn head(title: &str) -> String {
    let policy = format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'", STYLE_HASH.trim());
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
        <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n"
    )
}
