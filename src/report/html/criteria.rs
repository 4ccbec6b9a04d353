//! Criteria → a table: what each asks of the person, how binding and why, whether the job needs it.

use super::escape;
use super::page::Page;
use crate::criteria::{Criterion, Verdict};
use crate::outline::{Because, Binding};
use crate::report::criteria::{Row, rows};

/// A criterion with its words.
type Said<'c> = (&'c Criterion, Row);

/// A column: how it is headed, and what it says of a criterion.
type Column = (&'static str, fn(&Page, &Said) -> String);

/// The columns, in order.
const COLUMNS: [Column; 4] = [("What it asks", asked), ("About", subject), ("How binding, and why", binding), ("Does the job need it?", needed)];

/// The section on criteria; nothing where nothing is asked of the person.
pub(super) fn section(page: &Page) -> String {
    let criteria = page.checked.report.criteria.iter().zip(rows(page.checked, page.wordings));
    let (essential, others): (Vec<Said>, Vec<Said>) = criteria.partition(|(c, _)| is_essential(c));
    if essential.is_empty() && others.is_empty() {
        return String::new();
    }
    let id = page.id("criteria");
    let lead = lead(&essential, others.len());
    let tables = format!("{}{}", table(page, "What must be met", &essential), table(page, "What is a plus", &others));
    format!("<section>\n<h3 id=\"{id}\">What it asks of the person</h3>\n<p>{lead}</p>\n{tables}</section>\n")
}

fn is_essential(criterion: &Criterion) -> bool {
    matches!(criterion.binding, Binding::Mandatory | Binding::Expected)
}

/// The table in one sentence.
fn lead(essential: &[Said], n_others: usize) -> String {
    let unshown = essential.iter().filter(|(c, _)| c.verdict == Verdict::NotShown).count();
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

fn table(page: &Page, caption: &str, criteria: &[Said]) -> String {
    if criteria.is_empty() {
        return String::new();
    }
    let heads: String = COLUMNS.iter().map(|(head, _)| format!("<th scope=\"col\" role=\"columnheader\">{head}</th>")).collect();
    let rows: String = criteria.iter().map(|c| row(page, c)).collect();
    let table =
        format!("<caption>{caption}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">{heads}</tr></thead>\n<tbody role=\"rowgroup\">\n{rows}</tbody>");
    format!("<table class=\"facts criteria\" role=\"table\">\n{table}\n</table>\n")
}

fn row(page: &Page, said: &Said) -> String {
    let cell = |n: usize, (head, says): &(&str, fn(&Page, &Said) -> String)| {
        let words = says(page, said);
        match n {
            0 => format!("<th scope=\"row\" role=\"rowheader\">{words}</th>"),
            _ => format!("<td role=\"cell\" data-head=\"{head}\">{words}</td>"),
        }
    };
    let cells: String = COLUMNS.iter().enumerate().map(|(n, c)| cell(n, c)).collect();
    format!("<tr role=\"row\" class=\"{}\">{cells}</tr>\n", verdict_class(said.0.verdict))
}

fn asked(_: &Page, (_, row): &Said) -> String {
    let assessed = if row.assessed.is_empty() || row.words.contains(&row.assessed) {
        String::new()
    } else {
        format!("<p class=\"aside\">Assessed by {}</p>", escape::isolated(&row.assessed))
    };
    format!("{}{assessed}", escape::isolated(&row.words))
}

fn subject(_: &Page, (_, row): &Said) -> String {
    match row.subject.as_str() {
        "skill" => "skill or knowledge".to_owned(),
        subject => escape::text(subject),
    }
}

fn binding(page: &Page, (criterion, _): &Said) -> String {
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
        Because::Nothing => ": its list reads so".to_owned(),
    };
    let condition = criterion.condition.map_or(String::new(), |span| format!("<p class=\"aside\">Asked of some only: <q>{}</q></p>", words(span)));
    format!("{how}{why}{condition}")
}

/// The verdict, what needs it, and the other ways in.
fn needed(_: &Page, (criterion, row): &Said) -> String {
    let words = match criterion.verdict {
        Verdict::Required => "Yes, the role requires it",
        Verdict::BorneOut => "Yes, the work bears it out",
        Verdict::Open => "There is another way in",
        Verdict::NotShown => "Nothing here shows that it does",
        Verdict::Unassessable => "Nobody can tell who meets it, as it is written",
        Verdict::NotBinding => "It keeps nobody out",
        Verdict::Unquestioned => "Not in question",
    };
    let aside = |name: &str, words: &str| if words.is_empty() { String::new() } else { format!("<p class=\"aside\">{name}: {}</p>", escape::isolated(words)) };
    format!("<span class=\"verdict\">{words}</span>{}{}", aside("Needed by", &row.needs), aside("Other ways in", &row.other_ways))
}

const fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotShown | Verdict::Unassessable => "unshown",
        Verdict::Required | Verdict::BorneOut | Verdict::Open => "shown",
        Verdict::NotBinding | Verdict::Unquestioned => "quiet",
    }
}
