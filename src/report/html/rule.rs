//! A rule → its page's content, for whoever follows a finding's link: why, for whom, on what evidence, and when it is fine.

use super::escape::{attribute, text};
use crate::outline::Wordings;
use crate::report::explain::{Cited, Explained, Shown};
use crate::rules::{Rule, Ruleset};

/// What stands in the page's `main`.
pub fn rule(rule: &Rule, ruleset: &Ruleset, wordings: &Wordings) -> String {
    let explained = Explained::of(rule, ruleset, wordings);
    let head = format!(
        "<h1>{}</h1>\n<p class=\"rule\"><code>{}</code> · severity: {}</p>\n<h2>Why</h2>\n<p>{}</p>\n",
        text(explained.name),
        text(explained.id),
        text(&explained.severities),
        text(explained.why)
    );
    let audiences: Vec<String> = explained.audiences.iter().map(|a| format!("<strong>{}</strong>: {}", text(&a.name), text(&a.line))).collect();
    let plain = |points: &[String]| points.iter().map(|p| text(p)).collect::<Vec<_>>();
    let parts = [
        list("Who may read it as “not for me”", &audiences),
        list("It looks where", &plain(&explained.looks_where)),
        list("Exceptions", &plain(&explained.exceptions)),
        list("Found (in brackets)", &examples(&explained.found)),
        list("Left alone", &examples(&explained.left)),
        list(&format!("Evidence: {}", explained.strength), &explained.sources.iter().map(source).collect::<Vec<_>>()),
    ];
    head + &parts.concat()
}

fn list(heading: &str, points: &[String]) -> String {
    if points.is_empty() {
        return String::new();
    }
    let items: String = points.iter().map(|p| format!("<li>{p}</li>\n")).collect();
    format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", text(heading))
}

fn examples(examples: &[Shown]) -> Vec<String> {
    let better = |shown: &Shown| shown.better.as_ref().map_or(String::new(), |b| format!("<br>better: {}", text(b)));
    examples.iter().map(|shown| format!("{}{}", text(&shown.words), better(shown))).collect()
}

fn source(source: &Cited) -> String {
    let citation = text(&source.citation);
    // House rules bring their own sources; only links that lead to a page are links.
    let web = source.link.starts_with("https://") || source.link.starts_with("http://");
    let cited = if web { format!("<a href=\"{}\" rel=\"noreferrer noopener\">{citation}</a>", attribute(source.link)) } else { citation };
    if source.finding.is_empty() { cited } else { format!("{cited}<br>{}", text(source.finding)) }
}
