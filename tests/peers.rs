//! Every term that `docs/peers.md` says is found, is found by that rule.

use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings};

#[test]
fn terms_of_other_word_lists_are_found_where_the_page_says_so() {
    let page = include_str!("../docs/peers.md");
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let rows = page.lines().filter_map(|l| l.strip_prefix("| `")?.split_once("` | "));
    let mut n_terms = 0;
    let mut missed = Vec::new();
    for (rule, terms) in rows {
        for term in terms.trim_end_matches(" |").split(" · ") {
            n_terms += 1;
            let text = format!("# Post\n\nThe post is based in Leeds. We work with the {term} in our team. It is fine.\n");
            let document = Document::read(text.as_bytes(), Format::Markdown).expect("a short text is read");
            let report = linter.check(&Advert::new(vec![document])).remove(0);
            if !report.findings.iter().any(|f| f.rule.as_str() == rule) {
                missed.push(format!("{rule}: {term}"));
            }
        }
    }
    assert!(n_terms > 300, "the page holds its table");
    assert!(missed.is_empty(), "not found:\n{}", missed.join("\n"));
}
