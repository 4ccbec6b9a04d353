//! A finding → the card beside its words: what it is, what to write, who may read it as “not for me”, why, on what evidence.

use super::escape;
use super::marks::class;
use super::page::Page;
use crate::document::Location;
use crate::lint::{Applicability, Finding};
use crate::report::explain::strength;
use crate::report::{place, severity_name};
use crate::rules::{Audience, Rule, Source};

/// The cards of some findings, in order.
pub(super) fn cards(page: &Page, findings: &[usize]) -> String {
    findings.iter().map(|n| card(page, *n)).collect()
}

fn card(page: &Page, n: usize) -> String {
    let finding = page.finding(n);
    let (id, number, class) = (page.card_id(n), page.number(n), class(finding.severity));
    let body = body(page, n);
    let says = escape::text(&finding.message);
    // How well a text reads is the quietest of matters: one line, until somebody asks.
    if finding.rule.group() == "readability" {
        let summary = format!("<summary><span class=\"no\">{number}</span> {says}</summary>");
        return format!("<details class=\"card fold {class}\" id=\"{id}\">{summary}{}{body}</details>\n", back(page, n));
    }
    let top = format!("<p class=\"top\">{} <span class=\"sev\">{}</span>{}</p>", badge(page, n), severity_name(finding.severity), place_words(page, finding));
    format!("<div class=\"card {class}\" id=\"{id}\" role=\"note\" aria-label=\"Finding {number}\">{top}<p class=\"says\">{says}</p>{body}</div>\n")
}

/// The number, which leads back to the words.
fn badge(page: &Page, n: usize) -> String {
    match page.home(n) {
        Some(_) => format!("<a class=\"no\" href=\"#{}\"><span class=\"vh\">back to the words of finding </span>{}</a>", page.mark_id(n), page.number(n)),
        None => format!("<span class=\"no\"><span class=\"vh\">finding </span>{}</span>", page.number(n)),
    }
}

fn back(page: &Page, n: usize) -> String {
    page.home(n).map_or(String::new(), |_| format!("<p class=\"back\"><a href=\"#{}\">Back to the words</a></p>", page.mark_id(n)))
}

/// Where to look it up in the file.
fn place_words(page: &Page, finding: &Finding) -> String {
    if finding.span.is_empty() {
        return String::new();
    }
    let location = page.document().locate(finding.span);
    let words = match (&location, place::margin(&location, page.lines())) {
        (Location::Bytes(_), Some(line)) => format!("line {line}"),
        (Location::Word(..), Some(paragraph)) => format!("paragraph {paragraph}"),
        (Location::Page(at), _) => format!("page {}", at.number),
        _ => return String::new(),
    };
    format!(" <span class=\"place\">{words}</span>")
}

fn body(page: &Page, n: usize) -> String {
    let finding = page.finding(n);
    format!("{}{}{}{}", quoted(page, n), fixes(finding), audiences(page, finding), reasons(page, n))
}

/// The words of a finding that lie in no block, so that no mark shows them.
fn quoted(page: &Page, n: usize) -> String {
    let finding = page.finding(n);
    if finding.span.is_empty() || page.home(n).is_some() {
        return String::new();
    }
    format!("<p class=\"who\">It is about <q>{}</q>.</p>", escape::isolated(page.document().slice(finding.span)))
}

fn fixes(finding: &Finding) -> String {
    let fix = |fix: &crate::lint::Fix| {
        let safe = if fix.applicability == Applicability::Safe { " <span class=\"safe\">keeps the meaning</span>" } else { "" };
        format!("<li>{}{safe}</li>", escape::text(&fix.title))
    };
    let all: String = finding.fixes.iter().map(fix).collect();
    if all.is_empty() { all } else { format!("<ul class=\"fixes\" role=\"list\">{all}</ul>") }
}

fn audiences(page: &Page, finding: &Finding) -> String {
    let names: Vec<&str> = finding.audiences.iter().map(|a| page.catalogue().audience(a).map_or(a.as_str(), |a| a.name.as_str())).collect();
    let all = match names.split_last() {
        None => return String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    };
    format!("<p class=\"who\">May say “not for me” to {}</p>", escape::text(&all))
}

/// What is there for whoever asks; a rule's reason is given once in a document.
fn reasons(page: &Page, n: usize) -> String {
    let Some(rule) = page.rule(n) else { return String::new() };
    let first = page.explained_at(n);
    let (title, why) = if first == n {
        (format!("Why, and the evidence: {}", evidence_word(rule)), why(page, n, rule))
    } else {
        let link =
            format!("<p>{}: the reason stands at <a href=\"#{}\">finding {}</a>.</p>", escape::text(&rule.name), page.card_id(first), page.number(first));
        ("Why, and where".to_owned(), link)
    };
    let accept =
        format!("<p class=\"accept\">Rule <code>{}</code>, fingerprint <code>{}</code></p>", escape::text(rule.id.as_str()), page.finding(n).fingerprint);
    format!(
        "<details class=\"why\"><summary>{title}<span class=\"vh\"> of finding {}</span></summary>{}{why}{accept}</details>",
        page.number(n),
        related(page, n)
    )
}

fn why(page: &Page, n: usize, rule: &Rule) -> String {
    let finding = page.finding(n);
    let catalogue = page.catalogue();
    let told: String = finding.audiences.iter().filter_map(|a| catalogue.audience(a)).map(audience).collect();
    let audiences = if told.is_empty() { told } else { format!("<p>Who, and what they read:</p><ul>{told}</ul>") };
    let sources: String = finding.sources.iter().filter_map(|s| catalogue.source(s)).map(source).collect();
    let why = escape::text(&finding.why);
    format!(
        "<p><strong>{}.</strong> {why}</p>{audiences}<p>Evidence: {}.</p><ul class=\"sources\">{sources}</ul>",
        escape::text(&rule.name),
        strength(rule.evidence)
    )
}

fn evidence_word(rule: &Rule) -> &'static str {
    strength(rule.evidence).split(' ').next().unwrap_or("")
}

fn audience(audience: &Audience) -> String {
    format!("<li><strong>{}</strong>: {}</li>", escape::text(&audience.name), escape::text(&audience.line))
}

/// A source, with what it found and the publisher's page.
pub(super) fn source(source: &Source) -> String {
    let found = if source.finding.is_empty() { String::new() } else { format!(" {}", escape::text(&source.finding)) };
    format!("<li><cite>{}.</cite>{found}{}</li>", escape::text(&source.citation()), link(&source.link))
}

/// Only web addresses become links, whatever a house rule's file says.
fn link(address: &str) -> String {
    let Some(shown) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else { return String::new() };
    format!(" <a rel=\"noopener noreferrer\" href=\"{}\">{}</a>", escape::attribute(address), escape::text(shown))
}

/// Other places that bear on a finding.
fn related(page: &Page, n: usize) -> String {
    const LONGEST: usize = 120;
    let one = |related: &crate::lint::Related| {
        let words: String = page.document().slice(related.span).chars().take(LONGEST).collect();
        let more = if words.len() < related.span.len() { "…" } else { "" };
        format!("<li><q>{}{more}</q>: {}</li>", escape::isolated(&words), escape::text(&related.message))
    };
    let all: String = page.finding(n).related.iter().map(one).collect();
    if all.is_empty() { all } else { format!("<ul class=\"related\">{all}</ul>") }
}
