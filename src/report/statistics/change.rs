//! Two statistics, of two quarters say → what got better and what got worse, in words and figures.
//!
//! The two may speak of different numbers of documents, so what is held against what is a share or a mean of each.

use std::collections::BTreeMap;

use serde::Serialize;

use super::tables::{Tabled, decimal};
use super::{AudienceFigures, Figures, RuleFigures, Told};
use crate::report::json::to_line;
use crate::report::markdown::escaped;
use crate::report::terminal::counted;
use crate::report::{Look, shown};

/// A figure of both.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Pair {
    name: String,
    old: f64,
    new: f64,
    became: Became,
}

/// Whether a figure changed for those who apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Became {
    Better,
    Worse,
    Same,
}

/// Which of two figures is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Low,
    High,
}

/// Below this a change is none that two decimals show.
const VISIBLE: f64 = 0.005;

impl Pair {
    fn new(name: impl Into<String>, old: f64, new: f64, wanted: Wanted) -> Pair {
        let fell = new < old;
        let became = match wanted {
            _ if (new - old).abs() < VISIBLE => Became::Same,
            Wanted::Low if fell => Became::Better,
            Wanted::High if !fell => Became::Better,
            _ => Became::Worse,
        };
        Pair { name: name.into(), old, new, became }
    }

    /// “fell from 3.4 to 2.1 (−38 %)”.
    fn words(&self) -> String {
        let direction = if self.new < self.old { "fell" } else { "rose" };
        let share = if self.old > 0.0 { format!(" ({:+.0} %)", 100.0 * (self.new - self.old) / self.old).replace('-', "−") } else { String::new() };
        format!("{} {direction} from {} to {}{share}", self.name, decimal(self.old), decimal(self.new))
    }

    fn row(&self) -> Vec<String> {
        let sign = match self.became {
            Became::Better => "better",
            Became::Worse => "worse",
            Became::Same => "",
        };
        vec![self.name.clone(), decimal(self.old), decimal(self.new), sign.to_owned()]
    }
}

/// Two statistics held against one another.
struct Change {
    figures: Vec<Pair>,
    rules: Vec<Pair>,
    audiences: Vec<Pair>,
    notices: Vec<String>,
}

/// For people. `names` are those of the two files.
pub fn compare_text(names: [&str; 2], old: &Told, new: &Told, look: Look) -> String {
    let change = change(old, new);
    let mut out = format!("{}\n", look.strong(&shown(&heading(names, old, new))));
    for (title, lines) in change.told() {
        out.push_str(&format!("\n{}\n", look.strong(title)));
        lines.iter().for_each(|l| out.push_str(&format!("  {}\n", shown(l))));
    }
    for table in change.tables() {
        out.push_str(&table.text(look));
    }
    change.notices.iter().for_each(|n| out.push_str(&format!("\nnotice: {}\n", shown(n))));
    out
}

/// For a merge request or a wiki.
pub fn compare_markdown(names: [&str; 2], old: &Told, new: &Told) -> String {
    let change = change(old, new);
    let mut out = format!("## {}\n", escaped(&heading(names, old, new)));
    for (title, lines) in change.told() {
        out.push_str(&format!("\n### {title}\n\n"));
        lines.iter().for_each(|l| out.push_str(&format!("- {}\n", escaped(l))));
    }
    for table in change.tables() {
        out.push_str(&table.markdown());
    }
    change.notices.iter().for_each(|n| out.push_str(&format!("\nNotice: {}\n", escaped(n))));
    out
}

/// For scripts.
pub fn compare_json(names: [&str; 2], old: &Told, new: &Told) -> String {
    #[derive(Serialize)]
    struct Json<'a> {
        version: u8,
        old: &'a str,
        new: &'a str,
        documents: [usize; 2],
        figures: Vec<Pair>,
        rules: Vec<Pair>,
        audiences: Vec<Pair>,
        notices: Vec<String>,
    }
    let Change { figures, rules, audiences, notices } = change(old, new);
    let documents = [old.figures.documents, new.figures.documents];
    format!("{}\n", to_line(&Json { version: 1, old: names[0], new: names[1], documents, figures, rules, audiences, notices }))
}

fn heading(names: [&str; 2], old: &Told, new: &Told) -> String {
    let part = |name: &str, told: &Told| format!("{name} ({})", counted(told.figures.documents, "document"));
    format!("{} → {}", part(names[0], old), part(names[1], new))
}

fn change(old: &Told, new: &Told) -> Change {
    let of = [&old.figures, &new.figures];
    let rule = |r: &RuleFigures| (r.rule.clone(), format!("{} ({})", r.name, r.rule), r.findings());
    let audience = |a: &AudienceFigures| (a.audience.clone(), a.name.clone(), a.findings);
    let rules = paired(old.rules.iter().map(rule), new.rules.iter().map(rule), of);
    let audiences = paired(old.audiences.iter().map(audience), new.audiences.iter().map(audience), of);
    let versions = (old.jdlint != new.jdlint).then(|| {
        format!("these were counted by two versions of jdlint ({} and {}), so that some of the difference may come from the rules", old.jdlint, new.jdlint)
    });
    let [was, is] = [old, new].map(|t| per_document(t.figures.accepted, &t.figures));
    let accepted = (is - was >= VISIBLE)
        .then(|| format!("more findings are accepted than before ({} → {} per document), which are not counted here", decimal(was), decimal(is)));
    let few = (old.figures.documents.min(new.figures.documents) < 10).then(|| "these are few documents, of which one can change a mean".to_owned());
    Change { figures: figures(&old.figures, &new.figures), rules, audiences, notices: versions.into_iter().chain(accepted).chain(few).collect() }
}

fn figures(old: &Figures, new: &Figures) -> Vec<Pair> {
    let mean = |name: &str, f: fn(&Figures) -> usize| Pair::new(name, per_document(f(old), old), per_document(f(new), new), Wanted::Low);
    let share = |figures: &Figures| 100.0 * per_document(figures.without_warnings, figures);
    vec![
        mean("Findings per document", Figures::findings),
        mean("Errors per document", |f| f.errors),
        mean("Warnings per document", |f| f.warnings),
        Pair::new("Documents without a warning, in %", share(old), share(new), Wanted::High),
        mean("Essential criteria per document", |f| f.mandatory),
        mean("Criteria not shown to be needed, per document", |f| f.not_shown),
    ]
}

fn per_document(n: usize, figures: &Figures) -> f64 {
    // Counts are far below 2^53.
    n as f64 / figures.documents.max(1) as f64
}

/// What either of them has (id, name, number), those that changed most first; by the newer name.
fn paired(old: impl Iterator<Item = (String, String, usize)>, new: impl Iterator<Item = (String, String, usize)>, of: [&Figures; 2]) -> Vec<Pair> {
    let mut both: BTreeMap<String, (String, [usize; 2])> = old.map(|(id, name, n)| (id, (name, [n, 0]))).collect();
    for (id, name, n) in new {
        let pair = both.entry(id).or_default();
        *pair = (name, [pair.1[0], n]);
    }
    let pair = |(name, [was, is]): (String, [usize; 2])| Pair::new(name, per_document(was, of[0]), per_document(is, of[1]), Wanted::Low);
    let mut pairs: Vec<Pair> = both.into_values().map(pair).collect();
    pairs.sort_by(|a, b| (b.new - b.old).abs().total_cmp(&(a.new - a.old).abs()));
    pairs
}

/// Rules and audiences that are named in words.
const NAMED: usize = 3;

impl Change {
    /// What got better, what got worse; what is empty is left out.
    fn told(&self) -> Vec<(&'static str, Vec<String>)> {
        let of = |became| {
            let named = |pairs: &[Pair], what: &str| {
                let those = pairs.iter().filter(|p| p.became == became).take(NAMED);
                those.map(|p| format!("{what}{}", p.words())).collect::<Vec<_>>()
            };
            let figures = self.figures.iter().filter(|p| p.became == became).map(Pair::words);
            figures
                .chain(named(&self.rules, "Findings per document of: "))
                .chain(named(&self.audiences, "Findings per document that concern "))
                .collect::<Vec<_>>()
        };
        let all = [("Better", of(Became::Better)), ("Worse", of(Became::Worse))];
        let parts: Vec<_> = all.into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
        if parts.is_empty() { vec![("Nothing changed", Vec::new())] } else { parts }
    }

    fn tables(&self) -> Vec<Tabled> {
        let table = |title: &str, heads: [&'static str; 4], pairs: &[Pair]| Tabled {
            title: title.to_owned(),
            heads: heads.to_vec(),
            rows: pairs.iter().map(Pair::row).collect(),
        };
        let all = [
            table("Figures", ["Figure", "Before", "After", ""], &self.figures),
            table("Findings per document, by rule", ["Rule", "Before", "After", ""], &self.rules),
            table("Findings per document, by who may read “not for me”", ["Audience", "Before", "After", ""], &self.audiences),
        ];
        all.into_iter().filter(|t| !t.rows.is_empty()).collect()
    }
}
