//! The gender-coding score gives the figures that users of the Gender Decoder know.

use std::fmt::Write as _;

use jdlint::lint::GenderScore;
use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings};

/// The published stems, as the decoder has them (Gaucher, Friesen & Kay 2011, appendix A, with later additions).
const MASCULINE: &str = "active adventurous aggress ambitio analy assert athlet autonom battle boast challeng champion compet confident courag decid \
    decision decisive defend determin domina dominant driven fearless fight force greedy head-strong headstrong hierarch hostil impulsive independen \
    individual intellect lead logic objective opinion outspoken persist principle reckless self-confiden self-relian self-sufficien selfconfiden \
    selfrelian selfsufficien stubborn superior unreasonab";
const FEMININE: &str = "agree affectionate child cheer collab commit communal compassion connect considerate cooperat co-operat depend emotiona empath feel \
    flatterable gentle honest interpersonal interdependen interpersona inter-personal inter-dependen inter-persona kind kinship loyal modesty nag nurtur \
    pleasant polite quiet respon sensitiv submissive support sympath tender together trust understand warm whin enthusias inclusive yield share sharin";

fn linter() -> Linter {
    Linter::new(Ruleset::embedded(), Settings::default())
}

fn score(linter: &Linter, text: &str) -> GenderScore {
    let document = Document::read(text.as_bytes(), Format::Text).expect("a short text is read");
    linter.check(&Advert::new(vec![document])).remove(0).scores.gender.expect("the rules hold coded words")
}

fn counts(score: &GenderScore) -> (usize, usize) {
    (score.masculine.iter().map(|w| w.count).sum(), score.feminine.iter().map(|w| w.count).sum())
}

/// The decoder's own way: words by their beginnings, each stem for itself.
fn decoded(text: &str) -> (usize, usize) {
    let clean: String =
        text.chars().map(|c| if c.is_ascii() && !c.is_whitespace() && !".,<>*?!\"'[]@:;()/&".contains(c) { c.to_ascii_lowercase() } else { ' ' }).collect();
    let stems = |list: &'static str| list.split_ascii_whitespace().collect::<Vec<_>>();
    let (masculine, feminine) = (stems(MASCULINE), stems(FEMININE));
    let whole = |w: &str| masculine.iter().chain(&feminine).any(|s| s.contains('-') && w.starts_with(s));
    let words = clean.split_ascii_whitespace().flat_map(|w| if whole(w) { vec![w] } else { w.split('-').collect() });
    let words: Vec<&str> = words.filter(|w| *w != "sharepoint").collect();
    let count = |stems: &[&str]| words.iter().map(|w| stems.iter().filter(|s| w.starts_with(**s)).count()).sum();
    (count(&masculine), count(&feminine))
}

#[test]
fn every_published_stem_counts_as_the_decoder_counts_it() {
    let linter = linter();
    for stem in MASCULINE.split_ascii_whitespace().chain(FEMININE.split_ascii_whitespace()) {
        // Within a longer hyphenated word the decoder misses its own hyphenated stems; nobody would want that kept.
        let joint = if stem.contains('-') { "" } else { "semi-" };
        for text in [format!("We seek {stem} people."), format!("We seek {stem}ing people, un{stem} or {joint}{stem}.")] {
            assert_eq!(counts(&score(&linter, &text)), decoded(&text), "{text}");
        }
    }
}

#[test]
fn whole_texts_count_as_the_decoder_counts_them() {
    let linter = linter();
    let texts = [
        "You are a dominant, self-confident leader with head-strong opinions who analyses SharePoint data.",
        "Inter-personal skills, co-operation, and a kind/gentle manner; interdependent teams share responsibility.",
        "Competitive salary. Independent, individual decisions; challenging, challenging work. Child-centred, child's play.",
        "Plain words about nothing at all.",
    ];
    for text in texts {
        assert_eq!(counts(&score(&linter, text)), decoded(text), "{text}");
    }
}

#[test]
fn the_verdict_keeps_to_the_published_thresholds() {
    let linter = linter();
    let cases = [
        (0, 0, "empty"),
        (2, 2, "neutral"),
        (1, 0, "masculine-coded"),
        (4, 1, "masculine-coded"),
        (5, 1, "strongly masculine-coded"),
        (0, 1, "feminine-coded"),
        (1, 4, "feminine-coded"),
        (1, 5, "strongly feminine-coded"),
    ];
    for (masculine, feminine, verdict) in cases {
        let mut text = String::from("A post in our office.");
        for _ in 0..masculine {
            let _ = write!(text, " You are fearless.");
        }
        for _ in 0..feminine {
            let _ = write!(text, " You are gentle.");
        }
        assert_eq!(score(&linter, &text).verdict, verdict, "{masculine} masculine, {feminine} feminine");
    }
}

#[test]
fn words_that_belong_to_the_job_are_left_out_of_the_adjusted_figure() {
    let text = "SUPPORT WORKER\n\nYou will be responsible for data analysis and support the team.\n\nYou are fearless.\n";
    let score = score(&linter(), text);
    assert_eq!(counts(&score), (2, 3));
    assert_eq!(score.adjusted, (1, 0));
    assert_eq!(score.adjusted_verdict, "masculine-coded");
}
