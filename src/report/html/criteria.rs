//! Criteria → a table: what each asks of the person, how binding and why, whether the job needs it.

use super::escape;
use super::page::Page;
use crate::criteria::{Criterion, Verdict};
use crate::outline::{Because, Binding};

/// The columns, in order: how each is headed, and what it says of a criterion.
const COLUMNS: [(&str, fn(&Page, &Criterion) -> String); 4] = [("What it asks", asked), ("About", subject), ("How binding, and why", binding), ("Does the job need it?", needed)];

/// The section on criteria; nothing where nothing is asked of the person.
pub(super) fn section(page: &Page) -> String {
    let criteria = &page.checked.report.criteria;
    if criteria.is_empty() {
        return String::new();
    }
    let (essential, others): (Vec<&Criterion>, Vec<&Criterion>) = criteria.iter().partition(|c| is_essential(c));
    let id = page.id("criteria");
    let lead = lead(&essential, others.len());
    let tables = format!("{}{}", table(page, "What must be met", &essential), table(page, "What is a plus", &others));
    format!("<section aria-labelledby=\"{id}\">\n<h3 id=\"{id}\">What it asks of the person</h3>\n<p>{lead}</p>\n{tables}</section>\n")
}

fn is_essential(criterion: &Criterion) -> bool {
    matches!(criterion.binding, Binding::Mandatory | Binding::Expected)
}

/// The table in one sentence.
fn lead(essential: &[&Criterion], n_others: usize) -> String {
    let unshown = essential.iter().filter(|c| c.verdict == Verdict::NotShown).count();
    let must = match essential.len() {
        0 => "Nothing is stated as a must".to_owned(),
        1 => "One thing must be met".to_owned(),
        n => format!("{n} things must be met"),
    };
    let plus = if n_others > 0 { format!(", {n_others} more would be a plus") } else { String::new() };
    let verdict = match unshown {
        0 => String::new(),
        1 => " Of one of the musts nothing in the document shows that the job needs it.".to_owned(),
        n => format!(" Of {n} of the musts nothing in the document shows that the job needs them."),
    };
    format!("{must}{plus}.{verdict}")
}

fn table(page: &Page, caption: &str, criteria: &[&Criterion]) -> String {
    if criteria.is_empty() {
        return String::new();
    }
    let heads: String = COLUMNS.iter().map(|(head, _)| format!("<th scope=\"col\" role=\"columnheader\">{head}</th>")).collect();
    let rows: String = criteria.iter().map(|c| row(page, c)).collect();
    let table = format!("<caption>{caption}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">{heads}</tr></thead>\n<tbody role=\"rowgroup\">\n{rows}</tbody>");
    format!("<table class=\"facts criteria\" role=\"table\">\n{table}\n</table>\n")
}

fn row(page: &Page, criterion: &Criterion) -> String {
    let cell = |n: usize, (head, says): &(&str, fn(&Page, &Criterion) -> String)| {
        let words = says(page, criterion);
        match n {
            0 => format!("<th scope=\"row\" role=\"rowheader\">{words}</th>"),
            _ => format!("<td role=\"cell\" data-head=\"{head}\">{words}</td>"),
        }
    };
    let cells: String = COLUMNS.iter().enumerate().map(|(n, c)| cell(n, c)).collect();
    format!("<tr role=\"row\" class=\"{}\">{cells}</tr>\n", verdict_class(criterion.verdict))
}

fn asked(page: &Page, criterion: &Criterion) -> String {
    escape::isolated(page.document().slice(criterion.span))
}

fn subject(_: &Page, criterion: &Criterion) -> String {
    match criterion.subject.as_str() {
        "skill" => "skill, knowledge or attitude".to_owned(),
        subject => escape::text(&subject.replace('-', " ")),
    }
}

fn binding(page: &Page, criterion: &Criterion) -> String {
    let how = match criterion.binding {
        Binding::Mandatory => "A must",
        Binding::Expected => "Expected",
        Binding::Preferred => "A plus",
        Binding::Neutral => "Not asked",
    };
    let words = |span| escape::isolated(page.document().slice(span));
    let why = match criterion.because {
        Because::Section(span) => format!(": it stands under <q>{}</q>", words(span)),
        Because::Column(span) => format!(": its column says <q>{}</q>", words(span)),
        Because::OwnWords(span) => format!(": it says <q>{}</q>", words(span)),
        Because::Nothing => String::new(),
    };
    format!("{how}{why}")
}

fn needed(_: &Page, criterion: &Criterion) -> String {
    let words = match criterion.verdict {
        Verdict::Required => "Yes: the law, or the nature of the role, requires it",
        Verdict::BorneOut => "Yes: a duty bears it out",
        Verdict::Open => "It offers another way in",
        Verdict::NotShown => "Nothing here shows that it does",
        Verdict::NotBinding => "It need not: it is no must",
        Verdict::Unquestioned => "Not in question",
    };
    format!("<span class=\"verdict\">{words}</span>")
}

const fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotShown => "unshown",
        Verdict::Required | Verdict::BorneOut | Verdict::Open => "shown",
        Verdict::NotBinding | Verdict::Unquestioned => "quiet",
    }
}
