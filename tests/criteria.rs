//! What each criterion is judged to be, where a statement holds several, a list offers ways in, or another line takes back.

use jdlint::criteria::{Criterion, Verdict, WayBy};
use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings};

fn criteria(markdown: &str) -> Vec<(String, String, Verdict)> {
    let (document, criteria) = read(markdown);
    criteria.iter().map(|c| (document.slice(c.span).to_owned(), c.subject.clone(), c.verdict)).collect()
}

fn read(markdown: &str) -> (Document, Vec<Criterion>) {
    let document = Document::read(markdown.as_bytes(), Format::Markdown).expect("it is text");
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let report = linter.check(&Advert::new(vec![document.clone()])).remove(0);
    (document, report.criteria)
}

fn essential(items: &str) -> String {
    format!("# Data Analyst\n\n## Essential\n\n{items}\n")
}

fn are(markdown: &str, expected: &[(&str, &str, Verdict)]) {
    let found = criteria(markdown);
    let found: Vec<(&str, &str, Verdict)> = found.iter().map(|(t, s, v)| (t.as_str(), s.as_str(), *v)).collect();
    assert_eq!(found, expected, "{markdown}");
}

#[test]
fn one_statement_holds_several() {
    are(
        &essential("- A degree in statistics and five years' experience in the NHS, ideally in a hospital"),
        &[
            ("A degree in statistics", "degree", Verdict::NotShown),
            ("five years' experience in the NHS", "years", Verdict::NotShown),
            ("five years' experience in the NHS", "sector", Verdict::NotShown),
            ("ideally in a hospital", "sector", Verdict::NotBinding),
        ],
    );
}

#[test]
fn items_of_which_one_will_do_are_ways_in() {
    let list = "- Literate\n- One or more of:\n  - A degree in mathematics\n  - Three years of practice in analysis\n- PRINCE2 Practitioner";
    are(
        &essential(list),
        &[
            ("Literate", "skill", Verdict::Unquestioned),
            ("A degree in mathematics", "degree", Verdict::Open),
            ("Three years of practice in analysis", "years", Verdict::Open),
            ("PRINCE2 Practitioner", "certification", Verdict::NotShown),
        ],
    );
}

#[test]
fn one_of_two_degrees_is_still_a_degree() {
    are(
        &essential("- One of the following:\n  - A degree in mathematics\n  - A degree in economics"),
        &[("A degree in mathematics", "degree", Verdict::NotShown), ("A degree in economics", "degree", Verdict::NotShown)],
    );
}

#[test]
fn or_between_two_items_opens_both() {
    are(
        &essential("- A Master's degree, or\n- Five years' experience of leading analysts\n- Tact"),
        &[
            ("A Master's degree, or", "degree", Verdict::Open),
            ("Five years' experience of leading analysts", "years", Verdict::Open),
            ("Tact", "behaviour", Verdict::Unquestioned),
        ],
    );
}

#[test]
fn what_is_taken_back_later_is_open() {
    let text = essential("- A Master's degree in statistics\n- A degree in statistics") + "\nWe will consider applicants without a Master's degree.\n";
    are(&text, &[("A Master's degree in statistics", "degree", Verdict::Open), ("A degree in statistics", "degree", Verdict::NotShown)]);
    let (document, criteria) = read(&text);
    let way = criteria[0].other_ways[0];
    assert_eq!(way.by, WayBy::TakenBack);
    assert_eq!(way.span.map(|s| document.slice(s)), Some("We will consider applicants without a Master's degree."));
}

#[test]
fn what_is_asked_of_some_only_is_open() {
    let (document, criteria) = read(&essential("- If you drive, a full clean licence"));
    assert_eq!(criteria[0].verdict, Verdict::Open);
    assert_eq!(criteria[0].condition.map(|s| document.slice(s)), Some("If you drive"));
}

#[test]
fn what_exactly_is_asked_is_told() {
    let (document, criteria) =
        read(&essential("- At least six years' experience\n- A Master's degree in economics, in any country\n- Bachelor's or Master's degree"));
    assert_eq!(criteria[0].asked.number, Some(6.0));
    assert_eq!(criteria[1].asked.field.map(|s| document.slice(s)), Some("economics"));
    assert_eq!(criteria[1].asked.level, Some(3));
    assert_eq!(criteria[2].asked.level, Some(2), "the lower is enough");
}

#[test]
fn how_a_criterion_is_assessed_is_read_from_its_row_or_its_end() {
    let table = "# Clerk\n\n| Criterion | Essential | Assessed by |\n|---|---|---|\n| Skills | Types letters | Test |\n";
    let (document, criteria) = read(table);
    assert_eq!(criteria[0].assessed.map(|s| document.slice(s)), Some("Test"));
    let (document, criteria) = read(&essential("- Types letters (A/I)"));
    assert_eq!(criteria[0].assessed.map(|s| document.slice(s)), Some("A/I"));
}
