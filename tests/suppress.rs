//! Comments that accept a finding, and what is said of those that accept nothing.

use jdlint::{Advert, Document, Format, Linter, Report, Ruleset, Settings};

fn check(text: &str, format: Format) -> Report {
    let linter = Linter::new(Ruleset::embedded(), Settings { select: vec!["gendered".to_owned()], ..Settings::default() });
    let document = Document::read(text.as_bytes(), format).expect("it is text");
    linter.check(&Advert::new(vec![document])).remove(0)
}

fn found(report: &Report) -> usize {
    report.findings.iter().filter(|f| f.rule.as_str() == "gendered.title").count()
}

#[test]
fn a_comment_accepts_what_the_next_block_holds() {
    let report = check("<!-- jdlint: allow gendered.title: the office's legal name -->\nThe chairman signs.\n\nA foreman helps.\n", Format::Markdown);
    assert_eq!((found(&report), report.suppressed), (1, 1), "{:?}", report.notices);
}

#[test]
fn a_line_of_a_text_does_so_too() {
    let report = check("jdlint: allow gendered.title: the office's legal name\nThe chairman signs.\n\nA foreman helps.\n", Format::Text);
    assert_eq!((found(&report), report.suppressed), (1, 1), "{:?}", report.notices);
}

#[test]
fn a_section_and_a_file_can_be_accepted_whole() {
    let text = "## One\n\n<!-- jdlint: allow-section gendered: quoted law -->\n\nThe chairman signs.\n\nThe foreman reads.\n\n## Two\n\nA foreman helps.\n";
    assert_eq!(found(&check(text, Format::Markdown)), 1);
    assert_eq!(found(&check(&text.replace("allow-section", "allow-file"), Format::Markdown)), 0);
}

#[test]
fn what_allows_nothing_is_told() {
    for (comment, said) in [
        ("jdlint: allow gendered.title: nothing here", "allows nothing"),
        ("jdlint: allow gendered.titel: a slip", "does not exist"),
        ("jdlint: allow gendered.title", "needs a rule and a reason"),
        ("jdlint: permit gendered.title: a slip", "is no word of a jdlint comment"),
    ] {
        let report = check(&format!("<!-- {comment} -->\nA calm office.\n"), Format::Markdown);
        assert!(report.notices.iter().any(|n| n.contains(said)), "{comment}: {:?}", report.notices);
    }
}
