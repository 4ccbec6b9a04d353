//! The sum of a run → the beginning of the page: how much was found, whom it concerns, what to change first, the files.

use super::article::{kind, title};
use super::escape;
use super::marks::class;
use super::page::key;
use crate::report::terminal::{concerned, counted};
use crate::report::{Checked, Failed, RuleCount, Summary, severity_name};
use crate::rules::{Audience, RuleId, Ruleset, Severity};

/// What stands before the first article.
pub(super) fn overview(lines: &[String], summary: &Summary, ruleset: &Ruleset) -> String {
    let several = lines.len() > 1;
    let parts = [tiles(summary), remarks(summary), audiences(summary, ruleset), if several { rules(summary, ruleset) } else { String::new() }];
    let files = if several || summary.failed > 0 { files(lines) } else { String::new() };
    format!("<section class=\"overview\" aria-label=\"Summary\">\n{}</section>\n{files}", parts.concat())
}

/// The figures.
fn tiles(summary: &Summary) -> String {
    let tile = |n: usize, one: &str, class: &str| {
        let name = if n == 1 { one.to_owned() } else { format!("{one}s") };
        format!("<div class=\"tile {class}\"><dt>{name}</dt><dd>{n}</dd></div>")
    };
    let tiles = [
        tile(summary.files, "document", ""),
        tile(summary.errors, "error", "error"),
        tile(summary.warnings, "warning", "warning"),
        tile(summary.infos, "note", "info"),
    ];
    format!("<dl class=\"tiles\">{}</dl>\n", tiles.concat())
}

/// What the figures mean, and what they leave out.
fn remarks(summary: &Summary) -> String {
    let mut said = vec![
        "An <strong>error</strong> is likely unlawful where the post is, a <strong>warning</strong> is what most experts would change, a <strong>note</strong> is worth a thought.".to_owned(),
    ];
    if summary.suppressed > 0 {
        said.push(format!("{} accepted by comments or the config.", counted(summary.suppressed, "finding")));
    }
    if summary.hidden > 0 {
        said.push(format!("{} counted here and not shown below, being less grave than was asked for.", counted(summary.hidden, "finding")));
    }
    if summary.left_alone > 0 {
        said.push(format!("{} left alone, being no advert, job description or person specification.", counted(summary.left_alone, "file")));
    }
    if summary.failed > 0 {
        said.push(format!("<strong>{} could not be read.</strong>", counted(summary.failed, "file")));
    }
    format!("<p class=\"remarks\">{}</p>\n", said.join(" "))
}

/// How many findings each audience may read as “not for me”, most first.
pub(super) fn audiences(summary: &Summary, ruleset: &Ruleset) -> String {
    const FEW: usize = 5;
    let concerned = concerned(summary, ruleset.catalogue());
    let Some(most) = concerned.first().map(|(_, n)| *n) else { return String::new() };
    let (few, others) = concerned.split_at(concerned.len().min(FEW));
    let rows = |of: &[(&Audience, usize)]| of.iter().map(|(a, n)| audience(a, *n, most)).collect::<String>();
    let table = |of: &[(&Audience, usize)], caption: &str| {
        format!(
            "<table class=\"who-reads\"><caption class=\"vh\">{caption}</caption><thead class=\"vh\"><tr><th scope=\"col\">Who</th><th scope=\"col\">Findings</th></tr></thead><tbody>{}</tbody></table>",
            rows(of)
        )
    };
    let more = if others.is_empty() {
        String::new()
    } else {
        format!("<details><summary>{} more</summary>{}</details>", others.len(), table(others, "Others who may read it as not for them"))
    };
    format!("<div class=\"panel\"><h2>Who may read “not for me”</h2>{}{more}</div>\n", table(few, "Who may read it as not for them, and by how many findings"))
}

fn audience(audience: &Audience, n: usize, most: usize) -> String {
    let share = 100 * n / most.max(1);
    let bar = format!(
        "<svg class=\"bar\" aria-hidden=\"true\" focusable=\"false\" width=\"100%\" height=\"6\"><rect width=\"{share}%\" height=\"6\" rx=\"3\"/></svg>"
    );
    format!("<tr><th scope=\"row\">{}{bar}</th><td>{n}</td></tr>", escape::text(&audience.name))
}

/// What to change first over all files: the gravest rules, those of most files first.
fn rules(summary: &Summary, ruleset: &Ruleset) -> String {
    const FEW: usize = 5;
    let mut all: Vec<(&RuleId, &RuleCount)> = summary.rules.iter().filter(|(_, c)| c.worst > Severity::Info).collect();
    all.sort_by_key(|(id, c)| (std::cmp::Reverse(c.worst), std::cmp::Reverse(c.files), std::cmp::Reverse(c.findings), *id));
    let item = |(id, count): &(&RuleId, &RuleCount)| {
        let name = ruleset.rule(id.as_str()).map_or(id.as_str(), |r| r.name.as_str());
        let (class, severity) = (class(count.worst), severity_name(count.worst));
        let times = if count.findings > count.files { format!(", {} times", count.findings) } else { String::new() };
        format!(
            "<li><span class=\"sev {class}\">{severity}</span> {} <span class=\"rule\">in {} of {}{times}</span></li>",
            escape::text(name),
            count.files,
            counted(summary.files, "document")
        )
    };
    let items: String = all.iter().take(FEW).map(item).collect();
    if items.is_empty() { items } else { format!("<div class=\"panel\"><h2>Change first</h2><ol class=\"rules\">{items}</ol></div>\n") }
}

/// All files, each with a way to its article.
fn files(lines: &[String]) -> String {
    let heads = ["Document", "Errors", "Warnings", "Notes", "Musts"].map(|h| format!("<th scope=\"col\" role=\"columnheader\">{h}</th>")).concat();
    format!(
        "<nav aria-labelledby=\"documents\">\n<h2 id=\"documents\">Documents</h2>\n<table class=\"facts files\" role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\">{heads}</tr></thead>\n<tbody role=\"rowgroup\">\n{}</tbody>\n</table>\n</nav>\n",
        lines.concat()
    )
}

/// The row of a file that was linted.
pub(super) fn line(checked: &Checked) -> String {
    let report = checked.report;
    let of = |severity| report.count(severity);
    let figures =
        [("Errors", of(Severity::Error)), ("Warnings", of(Severity::Warning)), ("Notes", of(Severity::Info)), ("Musts", report.scores.mandatory_criteria)];
    let figure = |(head, n): (&str, usize)| format!("<td role=\"cell\" data-head=\"{head}\"{}>{n}</td>", if n == 0 { " class=\"nil\"" } else { "" });
    let name = format!(
        "<a href=\"#{}-top\">{}</a><span class=\"path\">{}, {}</span>",
        key(checked.path),
        title(checked),
        escape::isolated(checked.path),
        kind(report.kind)
    );
    format!("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">{name}</th>{}</tr>\n", figures.map(figure).concat())
}

/// The row of a file that could not be linted.
pub(super) fn failed_line(failed: &Failed) -> String {
    let name = format!("{}<span class=\"path\">could not be read</span>", escape::isolated(failed.path));
    let message = format!("<td role=\"cell\" colspan=\"4\" class=\"failed\">{}</td>", escape::text(failed.message));
    format!("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">{name}</th>{message}</tr>\n")
}
