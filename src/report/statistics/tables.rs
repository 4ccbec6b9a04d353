//! Figures → tables, for a terminal and as Markdown.

use std::cmp::Reverse;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use super::{Figures, Statistics, Told};
use crate::report::Look;
use crate::report::markdown::escaped;
use crate::report::safe::in_table;
use crate::report::snippet::wrapped;
use crate::report::terminal::counted;

/// Files that are shown: the worst; JSON has them all.
const FILES: usize = 20;

/// A table: its title, its heads (the first of words, the others of figures), its rows.
pub(super) struct Tabled {
    pub(super) title: String,
    pub(super) heads: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Statistics {
    /// For a terminal.
    pub fn text(&self, look: Look) -> String {
        let told = self.told();
        let mut out = format!("{}\n{}\n", look.strong("Statistics"), wrapped(&sentences(&told.figures), look.width));
        for table in tables(&told) {
            out.push_str(&table.text(look));
        }
        out
    }

    /// For a merge request.
    pub fn markdown(&self) -> String {
        let told = self.told();
        let mut out = format!("#### Statistics\n\n{}\n", sentences(&told.figures));
        for table in tables(&told) {
            out.push_str(&table.markdown());
        }
        out
    }
}

/// What the whole comes to.
fn sentences(figures: &Figures) -> String {
    let per = |n: usize| rate(n, figures.documents);
    let documents = format!("{}, {} without a warning", counted(figures.documents, "document"), figures.without_warnings);
    let findings = format!(
        "A document has {} findings ({} errors, {} warnings, {} notes)",
        per(figures.findings()),
        per(figures.errors),
        per(figures.warnings),
        per(figures.infos)
    );
    let criteria =
        format!("It asks {} things as must-haves, and {} of all that it asks are not shown to be needed", per(figures.mandatory), per(figures.not_shown));
    let accepted = if figures.accepted > 0 { format!(" {} accepted.", counted(figures.accepted, "finding")) } else { String::new() };
    if figures.documents == 0 { format!("{documents}.") } else { format!("{documents}. {findings}. {criteria}.{accepted}") }
}

/// How many of something a document has.
fn rate(n: usize, documents: usize) -> String {
    // Counts are far below 2^53.
    decimal(n as f64 / documents.max(1) as f64)
}

/// At most two decimals, and none that are zero.
pub(super) fn decimal(figure: f64) -> String {
    let text = format!("{figure:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn tables(told: &Told) -> Vec<Tabled> {
    let all = [by_rule(told), by_audience(told), by_folder(told), by_file(told), criteria(&told.figures)];
    all.into_iter().filter(|t| !t.rows.is_empty()).collect()
}

fn by_rule(told: &Told) -> Tabled {
    let mut rules: Vec<_> = told.rules.iter().collect();
    rules.sort_by_key(|r| Reverse((r.errors, r.warnings, r.infos)));
    let row = |r: &&super::RuleFigures| {
        vec![format!("{} ({})", r.name, r.rule), r.errors.to_string(), r.warnings.to_string(), r.infos.to_string(), r.documents.to_string()]
    };
    Tabled { title: "By rule".to_owned(), heads: vec!["Rule", "Errors", "Warnings", "Notes", "Documents"], rows: rules.iter().map(row).collect() }
}

fn by_audience(told: &Told) -> Tabled {
    let mut audiences: Vec<_> = told.audiences.iter().collect();
    audiences.sort_by_key(|a| (Reverse(a.findings), Reverse(a.documents)));
    let rows = audiences.iter().map(|a| vec![a.name.clone(), a.findings.to_string(), a.documents.to_string()]).collect();
    Tabled { title: "Who may read it as “not for me”".to_owned(), heads: vec!["Audience", "Findings", "Documents"], rows }
}

/// Where there is only one, there is nothing to tell apart.
fn by_folder(told: &Told) -> Tabled {
    let folders = if told.folders.len() > 1 { told.folders.as_slice() } else { &[] };
    let row = |f: &super::FolderFigures| {
        let figures = &f.figures;
        let name = if f.folder == "." { "(in no folder)".to_owned() } else { f.folder.clone() };
        let counts = [figures.documents, figures.without_warnings, figures.errors, figures.warnings, figures.infos];
        let per_document = [rate(figures.findings(), figures.documents), rate(figures.mandatory, figures.documents)];
        std::iter::once(name).chain(counts.map(|n| n.to_string())).chain(per_document).collect()
    };
    let heads = vec!["Folder", "Documents", "Without a warning", "Errors", "Warnings", "Notes", "Findings each", "Must-haves each"];
    Tabled { title: "By folder".to_owned(), heads, rows: folders.iter().map(row).collect() }
}

fn by_file(told: &Told) -> Tabled {
    let mut files: Vec<_> = told.files.iter().filter(|f| f.figures.findings() > 0).collect();
    files.sort_by_key(|f| Reverse((f.figures.errors, f.figures.warnings, f.figures.infos)));
    let title = if files.len() > FILES { format!("By file: the {FILES} worst of {}", files.len()) } else { "By file".to_owned() };
    let row = |f: &&super::FileFigures| {
        let counts = [f.figures.errors, f.figures.warnings, f.figures.infos, f.figures.mandatory];
        std::iter::once(f.path.clone()).chain(counts.map(|n| n.to_string())).collect()
    };
    Tabled { title, heads: vec!["File", "Errors", "Warnings", "Notes", "Must-haves"], rows: files.iter().take(FILES).map(row).collect() }
}

fn criteria(figures: &Figures) -> Tabled {
    let all =
        [("Must-haves", figures.mandatory), ("Expected", figures.expected), ("Desirable", figures.preferred), ("Not shown to be needed", figures.not_shown)];
    let row = |(name, n): (&str, usize)| vec![name.to_owned(), n.to_string(), rate(n, figures.documents)];
    let rows = if figures.documents > 0 { all.map(row).to_vec() } else { Vec::new() };
    Tabled { title: "What is asked of the person".to_owned(), heads: vec!["Criteria", "In all", "A document"], rows }
}

/// A line under the heads; figures need no more.
const RULED: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

impl Tabled {
    pub(super) fn text(&self, look: Look) -> String {
        let mut table = Table::new();
        table.load_style(RULED).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(look.width).unwrap_or(u16::MAX));
        table.set_header(self.heads.clone());
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| in_table(cell)));
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        let lines: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        format!("\n{}\n{lines}", look.strong(&self.title))
    }

    pub(super) fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let rules = (0..self.heads.len()).map(|n| if n == 0 { "---" } else { "---:" }.to_owned()).collect();
        let rows: String = self.rows.iter().map(|row| line(row.iter().map(|c| escaped(c)).collect())).collect();
        format!("\n**{}**\n\n{}{}{rows}", self.title, line(self.heads.iter().map(|h| (*h).to_owned()).collect()), line(rules))
    }
}
