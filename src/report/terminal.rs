//! Reports for people: each finding under its passage, who may read it as “not for me”, the rewrite, why; then what is said of
//! the document as a whole, and one line on all.

use super::place::{self, FileLines};
use super::snippet::{Remark, Snippet, draw, remark, sentence, wrapped};
use super::{Checked, Look, Summary, Writer, placed_and_whole, shown};
use crate::document::Location;
use crate::lint::Finding;
use crate::rules::{Audience, Catalogue, Mistake, Rule, Severity};

/// Writes annotated text.
#[derive(Clone, Copy, Debug)]
pub struct Terminal<'c> {
    /// Names audiences in the summary.
    pub catalogue: &'c Catalogue,
    /// How it looks.
    pub look: Look,
}

impl Writer for Terminal<'_> {
    fn checked(&self, checked: &Checked) -> String {
        let mut out = String::new();
        let mut explained: Vec<&str> = Vec::new();
        let lines = place::lines_of(checked);
        let (placed, whole) = placed_and_whole(checked.report);
        for (n, finding) in placed.iter().chain(&whole).enumerate() {
            if n == placed.len() {
                out.push_str(&format!("{}\n\n", self.look.strong(&format!("The document as a whole: {}", shown(checked.path)))));
            }
            // A rule's reason is said once a file; its findings say where else it holds.
            let first = !explained.contains(&finding.rule.as_str());
            if first {
                explained.push(finding.rule.as_str());
            }
            out.push_str(&self.finding(finding, checked, lines.as_ref(), first.then_some(finding.why.as_str())));
            out.push('\n');
        }
        for notice in &checked.report.notices {
            let notice = wrapped(&shown(notice), self.look.width.saturating_sub(6).max(30)).replace('\n', "\n      ");
            out.push_str(&format!("{}: {}: {notice}\n", self.look.strong("notice"), shown(checked.path)));
        }
        out
    }

    fn tail(&self, summary: &Summary) -> String {
        let statistics = summary.statistics.as_ref().map_or(String::new(), |s| format!("\n{}", s.text(self.look)));
        format!("{}\n{statistics}", self.summary(summary))
    }
}

impl Terminal<'_> {
    fn finding(&self, finding: &Finding, checked: &Checked, lines: Option<&FileLines>, why: Option<&str>) -> String {
        let label = label(finding, checked.ruleset.rule(finding.rule.as_str()), checked.ruleset.catalogue());
        let related = finding.related.iter().map(|r| related(&r.message, r.span, checked, lines));
        let notes = related.chain(why.map(str::to_owned));
        let mut remark = Remark {
            severity: finding.severity,
            code: Some(finding.rule.as_str()),
            message: &finding.message,
            help: finding.fixes.iter().map(|f| f.title.clone()).collect(),
            notes: Vec::new(),
        };
        if finding.span.is_empty() {
            remark.notes = [sentence(&label)].into_iter().chain(notes).collect();
            return self::remark(&remark, self.look);
        }
        remark.notes = notes.collect();
        let location = checked.document.locate(finding.span);
        let snippet = Snippet {
            remark,
            place: &shown(&place::words(checked.path, &location, lines)),
            margin: place::margin(&location, lines),
            text: checked.document.text().as_str(),
            at: finding.span.range(),
            label: &label,
        };
        draw(&snippet, self.look)
    }

    /// One line that a person understands: what there is, who it concerns, what to do next.
    fn summary(&self, summary: &Summary) -> String {
        let documents = counted(summary.files, "document");
        let found = found(summary.errors, summary.warnings, summary.infos);
        let mut sentences = Vec::new();
        if summary.files > 0 || summary.failed == 0 {
            sentences.push(format!("{}.", self.look.strong(&format!("{documents}: {found}"))));
        }
        let most = self.most_affected(summary);
        if !most.is_empty() {
            sentences.push(format!("Most affect {}.", most.join(", ")));
        }
        if summary.suppressed > 0 {
            sentences.push(format!("{} accepted by comments or the config.", counted(summary.suppressed, "finding")));
        }
        if let Some(known) = summary.known.filter(|known| *known > 0) {
            sentences.push(format!("{} known from the baseline.", counted(known, "finding")));
        }
        if summary.hidden > 0 {
            sentences.push(format!("{} not shown (--min-severity).", counted(summary.hidden, "finding")));
        }
        if summary.left_alone > 0 {
            sentences.push(format!("{} left alone, being no advert, job description or person specification.", counted(summary.left_alone, "file")));
        }
        if summary.failed > 0 {
            sentences.push(format!("{} could not be read.", counted(summary.failed, "file")));
        }
        if summary.reaches(Severity::Info) {
            sentences.push("`jdlint explain RULE` says more.".to_owned());
        }
        sentences.join(" ")
    }

    /// The audiences that most findings concern, at most three, the most concerned first.
    fn most_affected(&self, summary: &Summary) -> Vec<String> {
        concerned(summary, self.catalogue).into_iter().take(3).map(|(a, _)| a.name.clone()).collect()
    }
}

/// Mistakes in files that people write for jdlint, each drawn into its file. `text` gives the content of a file by its name.
pub fn mistakes<'t>(mistakes: &[Mistake], text: impl Fn(&str) -> Option<&'t str>, look: Look) -> String {
    let drawn = mistakes.iter().map(|mistake| {
        let text = text(&mistake.file).unwrap_or("");
        // The parser points with bytes, perhaps past the end where something is missing there.
        let end = text.floor_char_boundary(mistake.at.end.min(text.len()));
        let start = text.floor_char_boundary(mistake.at.start.min(end));
        let lines = FileLines::new(text.as_bytes());
        let place = lines.place(start);
        let snippet = Snippet {
            remark: Remark { severity: Severity::Error, code: None, message: &mistake.what, help: Vec::new(), notes: Vec::new() },
            place: &shown(&format!("{}:{}:{}", mistake.file, place.line, place.column)),
            margin: Some(place.line),
            text,
            at: start..end,
            label: mistake.help.as_deref().unwrap_or(if end > start { "here" } else { "in this file" }),
        };
        draw(&snippet, look)
    });
    drawn.collect::<Vec<_>>().join("\n")
}

/// “1 document”, “2 documents”.
pub fn counted(n: usize, name: &str) -> String {
    format!("{n} {name}{}", if n == 1 { "" } else { "s" })
}

/// “2 errors, 1 note”.
pub(super) fn found(errors: usize, warnings: usize, infos: usize) -> String {
    let counts = [(errors, "error"), (warnings, "warning"), (infos, "note")];
    let found: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, name)| counted(*n, name)).collect();
    if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") }
}

/// The audiences that findings concern, and how many; the most concerned first.
pub(super) fn concerned<'c>(summary: &Summary, catalogue: &'c Catalogue) -> Vec<(&'c Audience, usize)> {
    let mut concerned: Vec<_> = catalogue.audiences.iter().filter_map(|a| Some((a, *summary.audiences.get(&a.id)?))).collect();
    concerned.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    concerned
}

/// Who may read the passage as “not for me”; what the rule is about where nobody in particular does.
fn label(finding: &Finding, rule: Option<&Rule>, catalogue: &Catalogue) -> String {
    let names: Vec<&str> = finding.audiences.iter().map(|a| audience(a, catalogue)).collect();
    match (names.split_last(), rule) {
        (None, Some(rule)) => rule.name.clone(),
        (None, None) => "here".to_owned(),
        (Some((only, [])), _) => format!("may put off {only}"),
        (Some((last, others)), _) => format!("may put off {} and {last}", others.join(", ")),
    }
}

fn audience<'a>(id: &'a str, catalogue: &'a Catalogue) -> &'a str {
    catalogue.audience(id).map_or(id, |a| a.name.as_str())
}

/// Another place in a line: “Essential criteria” (line 10): this makes it a requirement.
fn related(message: &str, span: crate::text::Span, checked: &Checked, lines: Option<&FileLines>) -> String {
    const LONGEST: usize = 100;
    let words: String = checked.document.slice(span).chars().take(LONGEST).collect();
    let more = if words.len() < span.len() { "…" } else { "" };
    let location = checked.document.locate(span);
    let place = match (place::margin(&location, lines), &location) {
        (Some(line), Location::Bytes(_)) => format!(" (line {line})"),
        (Some(paragraph), _) => format!(" (paragraph {paragraph})"),
        (None, _) => String::new(),
    };
    format!("“{words}{more}”{place}: {message}.")
}
