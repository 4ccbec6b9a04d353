//! What comments say, and which documents may be changed.

use jdlint::Format;
use jdlint::fix::{Choice, Rewrites};

use crate::package::{say, word};
use crate::read_back::{entries, text};
use crate::{reviewed, word_review};

#[test]
fn a_comment_says_what_why_and_who_says_so() {
    let (back, _) = word_review(word(&(say("Data Analyst") + &say("The chairman leads."))));
    let lines = &back.comments[0].lines;
    assert!(lines[0].contains("chairman") && lines[0].ends_with('.'), "{lines:?}");
    assert!(lines.iter().any(|line| line == "→ Write “chair”"), "{lines:?}");
    assert!(lines.last().is_some_and(|line| line.starts_with("Source")), "{lines:?}");
}

#[test]
fn sources_are_links_to_their_pages() {
    let (_, reviewed) = word_review(word(&(say("Data Analyst") + &say("The chairman leads."))));
    let parts = entries(&reviewed.bytes);
    let (comments, rels) = (text(&parts, "word/comments.xml"), text(&parts, "word/_rels/comments.xml.rels"));
    for link in crate::read_back::regex(r#"r:id="([^"]+)""#).captures_iter(&comments) {
        assert!(rels.contains(&format!("Id=\"{}\"", &link[1])), "{rels}");
    }
    assert!(rels.contains("TargetMode=\"External\"") && rels.contains("https://"), "{rels}");
}

#[test]
fn nothing_found_changes_no_byte() {
    let bytes = word(&(say("Data Analyst") + &say("We analyse data."))).bytes();
    for rewrites in [Rewrites::InComments, Rewrites::Tracked] {
        let reviewed = reviewed(&bytes, Format::Word, rewrites).expect("it is reviewed");
        assert_eq!((reviewed.bytes == bytes, reviewed.comments, reviewed.changes), (true, 0, 0));
    }
}

#[test]
fn only_chosen_rewrites_become_changes() {
    let bytes = word(&(say("Data Analyst") + &say("The chairman leads.") + &say("The salesman sells."))).bytes();
    let second = [Choice { finding: 1, fix: 0 }, Choice { finding: 9, fix: 0 }];
    let reviewed = reviewed(&bytes, Format::Word, Rewrites::Chosen(&second)).expect("it is reviewed");
    let back = crate::read_back::read_back(&bytes, &reviewed);
    assert_eq!((back.words(), reviewed.changes), (vec!["chairman", "salesman"], 1), "all are commented, and one is changed");
    assert!(back.accepted.contains("chairman") && !back.accepted.contains("salesman"), "{}", back.accepted);
}

#[test]
fn a_review_of_a_review_adds_to_it() {
    let once = reviewed(&word(&(say("Data Analyst") + &say("The chairman leads."))).bytes(), Format::Word, Rewrites::InComments).expect("it is reviewed");
    let twice = reviewed(&once.bytes, Format::Word, Rewrites::Tracked).expect("it is reviewed");
    let body = text(&entries(&twice.bytes), "word/document.xml");
    assert_eq!(body.matches("<w:commentReference").count(), 2, "{body}");
    crate::xml::assert_well_formed("word/document.xml", &body);
    // What was rewritten is not found again, since the change is read as accepted.
    let thrice = reviewed(&twice.bytes, Format::Word, Rewrites::Tracked).expect("it is reviewed");
    assert!(thrice.bytes == twice.bytes);
}

#[test]
fn a_protected_document_is_commented_and_not_changed() {
    let protected = |how: &str| {
        let body = say("Data Analyst") + &say("The chairman leads.");
        word_review(word(&body).part("settings", "settings", &format!("<w:documentProtection {how}/>")))
    };
    for edit in ["readOnly", "comments", "forms"] {
        let (back, reviewed) = protected(&format!("w:edit=\"{edit}\" w:enforcement=\"1\""));
        assert_eq!((back.words(), reviewed.changes), (vec!["chairman"], 0), "{edit}");
        assert!(reviewed.notices[0].contains("protected against changes"), "{:?}", reviewed.notices);
    }
    // Tracked changes are what this one asks for.
    assert_eq!(protected("w:edit=\"trackedChanges\" w:enforcement=\"1\"").1.changes, 1);
    assert_eq!(protected("w:edit=\"readOnly\" w:enforcement=\"0\"").1.changes, 1, "not enforced");
}
