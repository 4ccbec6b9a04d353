//! A linted file → its article: what it is, what to change first, its text with the findings, criteria, coded words.

use super::card::cards;
use super::page::Page;
use super::{coding, criteria, escape, flow};
use crate::lint::Report;
use crate::outline::{Kind, Wordings};
use crate::report::Checked;
use crate::report::terminal::{counted, found};
use crate::rules::{Evidence, Severity};

/// The article of a file.
pub(super) fn article(checked: &Checked, wordings: &Wordings) -> String {
    let page = Page::new(checked, wordings);
    let id = page.id("top");
    let parts = [header(&page, &id), first(&page), text(&page), of_the_whole(&page), criteria::section(&page), coding::section(&page)];
    format!("<article aria-labelledby=\"{id}\">\n{}<p class=\"up\"><a href=\"#top\">Back to the top</a></p>\n</article>\n", parts.concat())
}

/// The title of the post, else the file's name.
pub(super) fn title(checked: &Checked) -> String {
    let title = checked.report.outline.title.as_ref().map(|t| t.text.trim()).filter(|t| !t.is_empty());
    escape::isolated(title.unwrap_or_else(|| name(checked.path)))
}

/// The last part of a path.
fn name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|p| !p.is_empty()).unwrap_or(path)
}

fn header(page: &Page, id: &str) -> String {
    let facts = facts(page.checked).join(" · ");
    let notices: String = page.checked.report.notices.iter().map(|n| format!("<li>{}</li>", escape::text(&sentence(n)))).collect();
    let notices = if notices.is_empty() { notices } else { format!("<ul class=\"notices\">{notices}</ul>\n") };
    format!("<header>\n<h2 id=\"{id}\" tabindex=\"-1\">{}</h2>\n<p class=\"facts\">{facts}</p>\n{notices}</header>\n", title(page.checked))
}

/// What it is, and its figures.
pub(super) fn facts(checked: &Checked) -> Vec<String> {
    let Report { scores, suppressed, findings, jurisdiction, .. } = checked.report;
    let mut facts = vec![
        format!("<span class=\"path\">{}</span>", escape::isolated(checked.path)),
        kind(checked.report.kind).to_owned(),
        counts(checked.report),
        counted(scores.words, "word"),
        format!("read by the law of {}", jurisdiction.name()),
    ];
    facts.extend(scores.reading_grade.map(|g| format!("reads at US school grade {g}")));
    if *suppressed > 0 {
        facts.push(format!("{} accepted by comments or the config", counted(*suppressed, "finding")));
    }
    if findings.is_empty() {
        facts.push("<strong>no finding to show</strong>".to_owned());
    }
    facts
}

/// “2 errors, 1 note”.
fn counts(report: &Report) -> String {
    found(report.count(Severity::Error), report.count(Severity::Warning), report.count(Severity::Info))
}

/// The few changes that matter most: the gravest, on the best evidence, for most people, one of each rule.
fn first(page: &Page) -> String {
    const FEW: usize = 3;
    let findings = &page.checked.report.findings;
    let strength = |n: usize| page.rule(n).map_or(std::cmp::Reverse(Evidence::Contested), |r| std::cmp::Reverse(r.evidence));
    let mut order: Vec<usize> = (0..findings.len()).filter(|n| findings[*n].severity > Severity::Info).collect();
    order.sort_by_key(|n| (std::cmp::Reverse(findings[*n].severity), std::cmp::Reverse(strength(*n)), std::cmp::Reverse(findings[*n].audiences.len()), *n));
    let mut rules = Vec::new();
    order.retain(|n| {
        !rules.contains(&&findings[*n].rule) && {
            rules.push(&findings[*n].rule);
            rules.len() <= FEW
        }
    });
    if order.is_empty() {
        return String::new();
    }
    let id = page.id("first");
    let all: String = order.iter().map(|n| change(page, *n)).collect();
    format!("<section class=\"first\">\n<h3 id=\"{id}\">Change first</h3>\n<ol>{all}</ol>\n</section>\n")
}

/// What to change, and the first rewrite.
fn change(page: &Page, n: usize) -> String {
    let finding = page.finding(n);
    let words = page.document().slice(finding.span);
    let name = page.rule(n).map_or(String::new(), |r| escape::text(&r.name));
    let what = if words.is_empty() { escape::text(&finding.message) } else { format!("<q>{}</q>", escape::isolated(words)) };
    let fix = finding.fixes.first().map_or(String::new(), |f| format!(" {}.", escape::text(&f.title)));
    let name = if words.is_empty() { String::new() } else { format!(" <span class=\"rule\">{name}.</span>") };
    format!("<li><a href=\"#{}\">{what}</a>{name}{fix}</li>", page.card_id(n))
}

/// What is said of the document as a whole.
fn of_the_whole(page: &Page) -> String {
    let whole = page.of_the_whole();
    if whole.is_empty() {
        return String::new();
    }
    let id = page.id("whole");
    format!("<section>\n<h3 id=\"{id}\">On the document as a whole</h3>\n<div class=\"cards whole\">\n{}</div>\n</section>\n", cards(page, &whole))
}

fn text(page: &Page) -> String {
    let id = page.id("text");
    let text = flow::text(page);
    let text = if text.is_empty() { "<p>There is no text in it.</p>\n".to_owned() } else { text };
    format!("<section>\n<h3 id=\"{id}\">The text, with the findings</h3>\n<div class=\"text\">\n{text}</div>\n</section>\n")
}

/// What kind of document it is.
pub(super) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Advert => "job advert",
        Kind::PersonSpecification => "person specification",
        Kind::JobDescription => "job description",
        Kind::Other => "another kind of document",
    }
}

/// A notice as a sentence: it begins small, since elsewhere a path stands before it.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map_or(String::new(), |c| c.to_uppercase().collect());
    let end = if words.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}
