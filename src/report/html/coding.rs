//! The gender-coding score → a picture of the coded words, the same in words, and what is known of its effect.

use super::card::source;
use super::escape;
use super::page::Page;
use crate::lint::{CodedWord, GenderScore};
use crate::rules::{Rule, RuleKind};

/// The section on coded words; nothing where none was counted.
pub(super) fn section(page: &Page) -> String {
    let Some(score) = page.checked.report.scores.gender.as_ref().filter(|s| !s.masculine.is_empty() || !s.feminine.is_empty()) else {
        return String::new();
    };
    let id = page.id("coding");
    let picture = picture(page, score);
    let words = format!("<p>{}</p><p>{}</p>", said("Masculine-coded", &score.masculine), said("Feminine-coded", &score.feminine));
    let contested = "<p class=\"contested\"><strong>The evidence is contested</strong>, so this is a figure to know and never a finding: \
        in the laboratory women liked adverts with masculine-coded words less, in the field the effect on who applied ranged from none to some.</p>";
    format!(
        "<section>\n<h3 id=\"{id}\">Masculine- and feminine-coded words</h3>\n<p>{}</p>\n{picture}\n<div class=\"coded\">{words}</div>\n{contested}\n{}</section>\n",
        verdicts(score),
        evidence(page)
    )
}

/// As the gender decoder counts, and without the words that belong to the job.
fn verdicts(score: &GenderScore) -> String {
    let (masculine, feminine) = score.adjusted;
    let counted = format!("Counted as the Gender Decoder counts, the text is <strong>{}</strong>", escape::text(score.verdict));
    let adjusted = match score.adjusted_verdict {
        "empty" => "no coded word is left".to_owned(),
        verdict => format!("it is {} ({masculine} to {feminine})", escape::text(verdict)),
    };
    format!("{counted}. Without headings, what the employer says of itself, and phrases that say nothing of a person, {adjusted}.")
}

fn said(name: &str, words: &[CodedWord]) -> String {
    let all: Vec<String> = words.iter().map(|w| if w.count > 1 { format!("{} ×{}", escape::text(&w.word), w.count) } else { escape::text(&w.word) }).collect();
    let n: usize = words.iter().map(|w| w.count).sum();
    format!("<strong>{name}, {n}</strong>{}{}", if all.is_empty() { "" } else { ": " }, all.join(", "))
}

/// Where the words part, and how far they may reach to either side.
const MIDDLE: usize = 220;
const REACH: usize = 96;
const ROW: usize = 24;
const TOP: usize = 34;
/// More rows than this are for the list below.
const MOST: usize = 12;

/// Bars from a middle line: masculine-coded words to the left, feminine-coded ones to the right, the commonest on top.
fn picture(page: &Page, score: &GenderScore) -> String {
    let (left, right) = (commonest(&score.masculine), commonest(&score.feminine));
    let longest = left.iter().chain(&right).map(|w| w.count).max().unwrap_or(1);
    let height = TOP + ROW * left.len().max(right.len()).min(MOST) + 8;
    let bars = |words: &[&CodedWord], side: Side| words.iter().take(MOST).enumerate().map(|(n, w)| bar(w, n, longest, side)).collect::<String>();
    let (title, about) = (page.id("coding-title"), page.id("coding-about"));
    let alternative = format!("{}. {}.", plain("Masculine-coded", &score.masculine), plain("Feminine-coded", &score.feminine));
    format!(
        "<svg class=\"picture\" role=\"img\" aria-labelledby=\"{title} {about}\" viewBox=\"0 0 440 {height}\" width=\"440\" height=\"{height}\">\
        <title id=\"{title}\">Coded words and how often each stands</title><desc id=\"{about}\">{alternative}</desc>\
        <text class=\"head\" x=\"{}\" y=\"18\" text-anchor=\"end\">masculine-coded</text><text class=\"head\" x=\"{}\" y=\"18\">feminine-coded</text>\
        <line x1=\"{MIDDLE}\" x2=\"{MIDDLE}\" y1=\"6\" y2=\"{height}\"/>{}{}</svg>",
        MIDDLE - 8,
        MIDDLE + 8,
        bars(&left, Side::Masculine),
        bars(&right, Side::Feminine),
    )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Masculine,
    Feminine,
}

fn commonest(words: &[CodedWord]) -> Vec<&CodedWord> {
    let mut sorted: Vec<&CodedWord> = words.iter().collect();
    sorted.sort_by_key(|w| std::cmp::Reverse(w.count));
    sorted
}

fn bar(word: &CodedWord, n: usize, longest: usize, side: Side) -> String {
    const LONGEST: usize = 18;
    let width = (REACH * word.count / longest).max(4);
    let y = TOP + ROW * n;
    let shown: String = word.word.chars().take(LONGEST).collect();
    let words = format!("{} {}", escape::attribute(&shown), word.count);
    let (class, x, words_at, anchor) = match side {
        Side::Masculine => ("masculine", MIDDLE - 1 - width, MIDDLE - width - 8, "end"),
        Side::Feminine => ("feminine", MIDDLE + 1, MIDDLE + width + 8, "start"),
    };
    format!(
        "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"16\"/><text x=\"{words_at}\" y=\"{}\" text-anchor=\"{anchor}\">{words}</text>",
        y + 13
    )
}

/// One side in words, for whoever cannot see the picture.
fn plain(name: &str, words: &[CodedWord]) -> String {
    let all: Vec<String> = words.iter().map(|w| format!("{} {}", escape::attribute(&w.word), w.count)).collect();
    if all.is_empty() { format!("{name}: none") } else { format!("{name}: {}", all.join(", ")) }
}

/// The reason and sources of the rule that counts them.
fn evidence(page: &Page) -> String {
    let rules = page.checked.ruleset.rules();
    let Some(rule): Option<&&Rule> = rules.iter().find(|r| r.kind == RuleKind::Score) else { return String::new() };
    let sources: String = rule.sources.iter().filter_map(|s| page.catalogue().source(s)).map(source).collect();
    format!("<details class=\"why\"><summary>What studies found</summary><p>{}</p><ul class=\"sources\">{sources}</ul></details>", escape::text(&rule.why))
}
