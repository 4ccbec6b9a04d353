//! How documents were understood, for people: section by section, each statement with how binding it is and why.

use super::safe::blanked;
use super::snippet::wrapped;
use super::{Checked, Look, Writer, shown};
use crate::criteria::{Criterion, Verdict};
use crate::document::Document;
use crate::outline::{Because, Binding, Kind, Outline, Section, SectionKind, Seniority, Statement, StatementRole, Wordings};

/// Writes outlines as text.
#[derive(Clone, Copy, Debug)]
pub struct OutlineText<'w> {
    /// Names roles and activities.
    pub wordings: &'w Wordings,
    /// How it looks.
    pub look: Look,
}

impl Writer for OutlineText<'_> {
    fn checked(&self, checked: &Checked) -> String {
        let outline = &checked.report.outline;
        let mut out = self.headline(checked);
        let mut section = None;
        for (n, statement) in outline.statements.iter().enumerate() {
            if statement.section != section || n == 0 {
                section = statement.section;
                let found = section.and_then(|s| outline.sections.get(s as usize));
                out.push_str(&self.section(found, checked.document));
            }
            // A section's heading was just shown.
            let is_heading = statement.role == StatementRole::Heading;
            if !is_heading {
                out.push_str(&self.statement(n, statement, checked));
            }
        }
        for notice in &checked.report.notices {
            out.push_str(&format!("\n{}", self.line("notice", &shown(notice), "")));
        }
        out
    }

    fn between(&self) -> &'static str {
        "\n"
    }
}

/// Columns that the mark before a statement takes.
const MARK: usize = 11;

impl OutlineText<'_> {
    /// The file, what it is, and which post it speaks of.
    fn headline(&self, checked: &Checked) -> String {
        let outline = &checked.report.outline;
        let mut out = format!("{}: {}\n", self.look.strong(&shown(checked.path)), kind(outline.kind));
        if let Some(title) = &outline.title {
            out.push_str(&format!("Title: {}\n", blanked(&title.text)));
        }
        let mut roles: Vec<&str> = outline.roles.iter().map(|r| self.wordings.role_name(r.role)).collect();
        roles.dedup();
        if !roles.is_empty() {
            out.push_str(&format!("Role: {}\n", roles.join(", ")));
        }
        match outline.seniority {
            Seniority::Entry => out.push_str("Level: entry\n"),
            Seniority::Senior => out.push_str("Level: senior\n"),
            Seniority::Middle => {}
        }
        out
    }

    fn section(&self, section: Option<&Section>, document: &Document) -> String {
        let name = section.map_or("no section", |s| section_name(s.kind));
        let heading = section.and_then(|s| s.heading).map_or(String::new(), |h| format!(" (“{}”)", blanked(document.slice(h))));
        format!("\n{}{heading}\n", self.look.strong(name))
    }

    fn statement(&self, number: usize, statement: &Statement, checked: &Checked) -> String {
        let (document, outline) = (checked.document, &checked.report.outline);
        let criteria: Vec<&Criterion> = checked.report.criteria.iter().filter(|c| c.statement as usize == number).collect();
        let (mark, more) = match statement.role {
            StatementRole::Duty => ("duty", self.activities(number, outline)),
            StatementRole::Waiver => ("not asked", String::new()),
            _ if !criteria.is_empty() || statement.binding != Binding::Neutral => (binding(statement.binding), reasons(statement, &criteria, document)),
            _ => ("", String::new()),
        };
        self.line(mark, &blanked(document.slice(statement.span)), &more)
    }

    fn activities(&self, statement: usize, outline: &Outline) -> String {
        let duty = outline.duties.iter().find(|d| d.statement as usize == statement);
        let names = duty.map(|d| d.activities.iter().map(|a| self.wordings.activity_name(*a)).collect::<Vec<_>>());
        names.unwrap_or_default().join(", ")
    }

    /// A mark, words with a hanging indent, and what is to be said about them.
    fn line(&self, mark: &str, words: &str, more: &str) -> String {
        let more = if more.is_empty() { String::new() } else { format!(" [{more}]") };
        let words = wrapped(&format!("{words}{more}"), self.look.width.saturating_sub(MARK + 2).max(30));
        format!("  {mark:MARK$}{}\n", words.replace('\n', &format!("\n  {:MARK$}", "")))
    }
}

/// Why it binds, and whether the job needs it.
fn reasons(statement: &Statement, criteria: &[&Criterion], document: &Document) -> String {
    let why = match statement.because {
        Because::Section(span) => format!("heading “{}”", blanked(document.slice(span))),
        Because::Column(span) => format!("column “{}”", blanked(document.slice(span))),
        Because::OwnWords(span) => format!("says “{}”", blanked(document.slice(span))),
        Because::Nothing => String::new(),
    };
    let verdicts = criteria.iter().filter_map(|c| verdict(c.verdict).map(|v| format!("{}: {v}", c.subject)));
    std::iter::once(why).chain(verdicts).filter(|r| !r.is_empty()).collect::<Vec<_>>().join("; ")
}

fn verdict(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Required => Some("the role requires it"),
        Verdict::BorneOut => Some("a duty bears it out"),
        Verdict::Open => Some("another way in is offered"),
        Verdict::NotShown => Some("nothing here shows that the job needs it"),
        Verdict::Unassessable => Some("nobody can tell who meets it as it is written"),
        Verdict::NotBinding | Verdict::Unquestioned => None,
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Advert => "an advert",
        Kind::PersonSpecification => "a person specification",
        Kind::JobDescription => "a job description",
        Kind::Other => "no advert, job description or person specification",
    }
}

fn binding(binding: Binding) -> &'static str {
    match binding {
        Binding::Mandatory => "mandatory",
        Binding::Expected => "expected",
        Binding::Preferred => "preferred",
        Binding::Neutral => "",
    }
}

fn section_name(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Essential => "Essential",
        SectionKind::Desirable => "Desirable",
        SectionKind::Responsibilities => "Responsibilities",
        SectionKind::About => "About",
        SectionKind::Benefits => "Benefits",
        SectionKind::Apply => "How to apply",
        SectionKind::Equality => "Equality",
        SectionKind::Conditions => "Conditions",
        SectionKind::Other => "Other",
    }
}
