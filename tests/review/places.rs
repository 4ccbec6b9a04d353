//! Where the comment on words stands, and whether their rewrite is tracked: each case of `docs/review.md`.

use jdlint::Document;
use jdlint::Format;

use crate::package::{Word, p, r, row, say, word};
use crate::read_back::{ReadBack, entries, regex, text};
use crate::word_review;

/// A title that nothing is found in.
fn titled(body: &str) -> Word {
    word(&format!("{}{body}", say("Data Analyst")))
}

fn review(word: Word) -> ReadBack {
    word_review(word).0
}

/// The words of the comments, of the deletions and of the insertions.
fn seen(back: &ReadBack) -> (Vec<&str>, Vec<&str>, Vec<&str>) {
    (back.words(), back.deleted.iter().map(String::as_str).collect(), back.inserted.iter().map(String::as_str).collect())
}

#[track_caller]
fn tracked(body: &str, words: &[&str], deleted: &[&str], inserted: &[&str]) {
    let back = review(titled(body));
    assert_eq!(seen(&back), (words.to_vec(), deleted.to_vec(), inserted.to_vec()), "{}", back.body);
}

/// Words that have their comment, and their rewrite only in it.
#[track_caller]
fn commented(body: &str, words: &[&str]) {
    tracked(body, words, &[], &[]);
}

/// A comment that stands beside other words than its own says which words are meant.
#[track_caller]
fn elsewhere(word: Word, host: &str, about: &str) {
    let back = review(word);
    assert_eq!(seen(&back), (vec![host], vec![], vec![]), "{}", back.body);
    assert_eq!(back.about(), [about]);
}

#[test]
fn words_in_one_run() {
    tracked(&say("The chairman leads."), &["chairman"], &["chairman"], &["chair"]);
}

#[test]
fn several_findings_in_one_run() {
    let body = say("The chairman leads, the salesman sells, and manpower planning follows.");
    tracked(&body, &["chairman", "salesman", "manpower planning"], &["chairman", "salesman", "manpower"], &["chair", "salesperson", "workforce"]);
}

#[test]
fn findings_side_by_side() {
    tracked(&say("chairman/salesman"), &["chairman", "salesman"], &["chairman", "salesman"], &["chair", "salesperson"]);
}

#[test]
fn words_over_several_runs_look_like_the_first() {
    let body = p(&format!("{}<w:r><w:rPr><w:b/></w:rPr><w:t>chair</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>man</w:t></w:r>{}", r("The "), r(" leads.")));
    let back = review(titled(&body));
    assert_eq!(seen(&back), (vec!["chairman"], vec!["chair", "man"], vec!["chair"]));
    assert!(back.accepted.ends_with("The chair leads."), "{}", back.accepted);
    let inserted = regex("<w:ins .*?</w:ins>").find(&back.body).expect("it is there").as_str().to_owned();
    assert!(inserted.contains("<w:rPr><w:b/></w:rPr>"), "{inserted}");
}

#[test]
fn words_in_one_run_with_a_break_in_the_text_elements() {
    let body = p("<w:r><w:t>The chair</w:t><w:t>man leads.</w:t></w:r>");
    commented(&body, &["chairman"]);
    let body = p("<w:r><w:t xml:space=\"preserve\">The </w:t><w:tab/><w:t>chairman</w:t><w:br/><w:t>leads.</w:t></w:r>");
    tracked(&body, &["chairman"], &["chairman"], &["chair"]);
}

#[test]
fn white_space_as_an_element_stays() {
    commented(&p("<w:r><w:t>We want a young</w:t><w:tab/><w:t>and energetic colleague.</w:t></w:r>"), &["youngand energetic"]);
}

#[test]
fn escaped_characters_stay_as_they_are_written() {
    let body = say("R&amp;D &#x2013; the chairman &lt;leads&gt;.");
    let back = review(titled(&body));
    assert_eq!(back.words(), ["chairman"]);
    assert!(back.accepted.ends_with("R&D – the chair <leads>."), "{}", back.accepted);
    let body = p("<w:r><w:t><![CDATA[The chairman leads & sells.]]></w:t></w:r>");
    // The marks of a comment cannot stand within CDATA, so they stand around it.
    commented(&body, &["The chairman leads & sells."]);
}

#[test]
fn a_link_is_changed_within() {
    let link = |words: &str| format!("<w:hyperlink r:id=\"l\" w:history=\"1\">{}</w:hyperlink>", r(words));
    let body = p(&format!("{}{}{}", r("See the "), link("chairman"), r(" page.")));
    let back = review(titled(&body));
    assert_eq!(seen(&back), (vec!["chairman"], vec!["chairman"], vec!["chair"]));
    let change = regex("<w:hyperlink [^>]*>.*<w:del .*</w:ins>.*</w:hyperlink>");
    assert!(change.is_match(&back.body), "{}", back.body);
    // Half in the link: whose is the new word?
    commented(&p(&format!("{}{}{}", r("The chair"), link("man"), r(" leads."))), &["chairman"]);
}

#[test]
fn the_result_of_a_field_is_the_word_processors() {
    let simple = p(&format!("{}<w:fldSimple w:instr=\" DOCPROPERTY Role \">{}</w:fldSimple>{}", r("The "), r("chairman"), r(" leads.")));
    commented(&simple, &["chairman"]);
    let around = "<w:commentRangeStart w:id=\"0\"/><w:fldSimple w:instr=\" DOCPROPERTY Role \"><w:r><w:t>chairman</w:t></w:r></w:fldSimple><w:commentRangeEnd";
    assert!(review(titled(&simple)).body.contains(around), "LibreOffice takes marks within for words of the field");
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = "<w:r><w:instrText> DOCPROPERTY Role </w:instrText></w:r>";
    let complex = p(&format!("{}{}{instruction}{}{}{}{}", r("The "), mark("begin"), mark("separate"), r("chairman"), mark("end"), r(" leads.")));
    commented(&complex, &["chairman"]);
    let whole =
        format!("<w:commentRangeStart w:id=\"0\"/>{}{instruction}{}{}{}<w:commentRangeEnd", mark("begin"), mark("separate"), r("chairman"), mark("end"));
    assert!(review(titled(&complex)).body.contains(&whole), "an update of the field would take a comment within it away");
    let link = complex.replace("DOCPROPERTY Role", "HYPERLINK \"https://example.org\"").replace("chairman", "See our chairman");
    commented(&link, &["chairman"]);
    let half = p(&format!("{}{}{instruction}{}{}{}{}", r("The chair"), mark("begin"), mark("separate"), r("man"), mark("end"), r(" leads.")));
    commented(&half, &["chairman"]);
    let beside = p(&format!("{}{}{instruction}{}{}{}{}", r("Page "), mark("begin"), mark("separate"), r("1"), mark("end"), r(": the chairman leads.")));
    tracked(&beside, &["chairman"], &["chairman"], &["chair"]);
}

fn control(properties: &str, inner: &str) -> String {
    format!("<w:sdt><w:sdtPr><w:id w:val=\"7\"/>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
}

#[test]
fn a_content_control_is_changed_within() {
    tracked(&p(&format!("{}{}{}", r("The "), control("", &r("chairman")), r(" leads."))), &["chairman"], &["chairman"], &["chair"]);
    tracked(&control("<w:text/>", &say("The chairman leads.")), &["chairman"], &["chairman"], &["chair"]);
    let cell = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", control("", &format!("<w:tc>{}</w:tc>", say("The chairman leads."))));
    tracked(&cell, &["chairman"], &["chairman"], &["chair"]);
    let half = p(&format!("{}{}{}", r("The chair"), control("", &r("man")), r(" leads.")));
    commented(&half, &["chairman"]);
}

#[test]
fn a_content_control_that_is_no_free_text_is_left() {
    for properties in [
        "<w:lock w:val=\"contentLocked\"/>",
        "<w:lock w:val=\"sdtContentLocked\"/>",
        "<w:dataBinding w:xpath=\"/a\" w:storeItemID=\"{0}\"/>",
        "<w:dropDownList><w:listItem w:value=\"chairman\"/></w:dropDownList>",
        "<w:comboBox/>",
        "<w:date/>",
    ] {
        commented(&p(&format!("{}{}", r("The "), control(properties, &r("chairman")))), &["chairman"]);
        commented(&control(properties, &say("The chairman leads.")), &["chairman"]);
    }
    // A lock of the control itself leaves its words free.
    tracked(&control("<w:lock w:val=\"sdtLocked\"/>", &say("The chairman leads.")), &["chairman"], &["chairman"], &["chair"]);
}

const ANNA: &str = "w:id=\"0\" w:author=\"Anna\" w:date=\"2026-01-01T00:00:00Z\"";

fn inserted(inner: &str) -> String {
    format!("<w:ins {ANNA}>{inner}</w:ins>")
}

fn deleted(words: &str) -> String {
    format!("<w:del {ANNA}><w:r><w:delText>{words}</w:delText></w:r></w:del>")
}

#[test]
fn somebodys_insertion_is_left_to_them() {
    commented(&p(&inserted(&r("The chairman leads."))), &["chairman"]);
    commented(&p(&format!("{}{}{}", r("The chair"), inserted(&r("man")), r(" leads."))), &["chairman"]);
}

#[test]
fn words_around_somebodys_deletion_are_changed_and_it_stays() {
    let body = p(&format!("{}{}{}", r("The chair"), deleted(" "), r("man leads.")));
    let back = review(titled(&body));
    assert_eq!(seen(&back), (vec!["chair man"], vec!["chair", "man"], vec!["chair"]));
    assert!(back.body.contains(&deleted(" ")), "{}", back.body);
    assert!(back.accepted.ends_with("The chair leads."), "{}", back.accepted);
    // What is deleted is not found.
    commented(&p(&format!("{}{}{}", r("The "), deleted("chairman"), inserted(&r("chair")))), &[]);
}

#[test]
fn moved_text_is_found_where_it_went() {
    let moved = |kind: &str, id: u32, inner: &str| {
        format!(
            "<w:{kind}RangeStart w:id=\"{id}\" w:name=\"m\" w:author=\"Anna\"/><w:{kind} w:id=\"{}\" w:author=\"Anna\">{inner}</w:{kind}><w:{kind}RangeEnd w:id=\"{id}\"/>",
            id + 1
        )
    };
    let body = p(&moved("moveFrom", 1, &r("The chairman leads."))) + &p(&moved("moveTo", 3, &r("The chairman leads.")));
    let back = review(titled(&body));
    assert_eq!(seen(&back), (vec!["chairman"], vec![], vec![]));
    let (from, to) = (back.body.find("<w:moveTo ").expect("it is there"), back.body.find("<w:commentRangeStart").expect("it is there"));
    assert!(from < to, "{}", back.body);
}

#[test]
fn an_inserted_row_is_left_to_its_author() {
    let body = row(&format!("<w:trPr><w:ins {ANNA}/></w:trPr>"), &[&say("Role"), &say("The chairman leads.")]);
    commented(&body, &["chairman"]);
    let body = row("", &[&say("Role"), &say("The chairman leads.")]);
    tracked(&body, &["chairman"], &["chairman"], &["chair"]);
}

#[test]
fn a_nested_table() {
    let inner = row("", &[&say("Role"), &say("The chairman leads.")]);
    let body = row("", &[&say("Duties"), &format!("{inner}{}", say("Note"))]);
    tracked(&body, &["chairman"], &["chairman"], &["chair"]);
}

#[test]
fn a_text_box_is_commented_where_it_hangs() {
    let inner = say("The chairman leads.");
    let shape = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    );
    elsewhere(titled(&p(&format!("{}{shape}", r("We analyse data.")))), "We analyse data.", "About “chairman” near here:");
    let old = format!("<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r>");
    elsewhere(titled(&p(&format!("{}{old}", r("We analyse data.")))), "We analyse data.", "About “chairman” near here:");
}

#[test]
fn a_note_is_commented_at_its_mark() {
    for (role, root, note, place) in [("footnotes", "footnotes", "footnote", "in this footnote"), ("endnotes", "endnotes", "endnote", "in this endnote")] {
        let body = p(&format!("{}<w:r><w:{note}Reference w:id=\"2\"/></w:r>{}", r("We analyse data"), r(" daily.")));
        let word = titled(&body).part(role, root, &format!("<w:{note} w:id=\"2\">{}</w:{note}>", say("The chairman leads.")));
        let back = review(word);
        assert_eq!(back.about(), [format!("About “chairman” {place}:")]);
        let mark = format!("<w:commentRangeStart w:id=\"0\"/><w:r><w:{note}Reference w:id=\"2\"/></w:r><w:commentRangeEnd w:id=\"0\"/>");
        assert!(back.body.contains(&mark), "{}", back.body);
    }
}

#[test]
fn notes_are_read_once_however_much_is_found_in_them() {
    // Read for each finding they would unpack to more than any file may.
    let note = |n: usize| format!("<w:footnote w:id=\"{n}\">{}</w:footnote>", say(&format!("The chairman leads. {}", "Plain words. ".repeat(500))));
    let reference = |n: usize| p(&format!("{}<w:r><w:footnoteReference w:id=\"{n}\"/></w:r>", r("We analyse data")));
    let body: String = (2..202).map(reference).collect();
    let word = titled(&body).part("footnotes", "footnotes", &(2..202).map(note).collect::<String>());
    let bytes = word.bytes();
    let reviewed = crate::reviewed(&bytes, Format::Word, jdlint::fix::Rewrites::InComments).expect("it is reviewed");
    assert_eq!(reviewed.comments, 200);
}

#[test]
fn a_header_or_footer_is_commented_on_the_title() {
    let section = |kind: &str| format!("<w:sectPr><w:{kind}Reference w:type=\"default\" r:id=\"{kind}1\"/></w:sectPr>");
    for (kind, root, place) in [("header", "hdr", "in the page header"), ("footer", "ftr", "in the page footer")] {
        let word = titled(&format!("{}{}", say("We analyse data."), section(kind))).part(&format!("{kind}1"), root, &say("The chairman leads."));
        elsewhere(word, "Data Analyst", &format!("About “chairman” {place}:"));
    }
}

#[test]
fn what_is_missing_is_said_on_the_title() {
    let long = say("Data Analyst")
        + &say("About the role")
        + &say("We analyse data for the whole council, and we tell people what we found in it. You will report to the head of service.")
        + &say("Essential criteria")
        + &say("Experience of statistics")
        + &say("How to apply")
        + &say("Send us your CV by Friday. Closing date: 3 May.");
    let bytes = word(&long).bytes();
    let linter = crate::linter();
    let advert = jdlint::Advert::new(vec![Document::read(&bytes, Format::Word).expect("it can be read")]);
    let mut report = linter.check(&advert).swap_remove(0);
    report.findings.retain(|f| f.span.is_empty());
    assert!(report.findings.len() > 1, "an advert without pay, hours and place");
    let how = jdlint::fix::Review { catalogue: linter.ruleset().catalogue(), date: crate::DATE, rewrites: jdlint::fix::Rewrites::InComments };
    let reviewed = jdlint::fix::review(&bytes, &advert.documents()[0], &report, &how).expect("it is reviewed");
    let back = crate::read_back(&bytes, &reviewed);
    assert_eq!(back.words(), ["Data Analyst"], "one comment on all of it");
}

#[test]
fn comments_that_are_there_stay_and_ids_go_on() {
    let anna = |id: u32| format!("<w:comment w:id=\"{id}\" w:author=\"Anna\" w:initials=\"A\">{}</w:comment>", say("Really?"));
    let marks = |id: u32, inner: &str| {
        format!("<w:commentRangeStart w:id=\"{id}\"/>{inner}<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>")
    };
    let body = p(&format!("{}{}", marks(0, &r("The chair")), marks(1, &r("man leads."))));
    // 2 is no comment's any more, but its number is taken by a bookmark.
    let body = format!("{body}<w:p><w:bookmarkStart w:id=\"2\" w:name=\"b\"/>{}<w:bookmarkEnd w:id=\"2\"/></w:p>", r("We analyse data."));
    let original = titled(&body).part("comments", "comments", &(anna(0) + &anna(1)));
    let (back, reviewed) = word_review(original);
    let numbers: Vec<String> = regex(r#"commentReference w:id="(\d+)""#).captures_iter(&back.body).map(|c| c[1].to_owned()).collect();
    assert_eq!(numbers, ["0", "3", "1"], "{}", back.body);
    let comments = text(&entries(&reviewed.bytes), "word/comments.xml");
    assert_eq!(comments.matches("Really?").count(), 2);
    assert!(comments.contains("w:author=\"Anna\"") && comments.contains("w:author=\"jdlint\""));
}

#[test]
fn a_strict_file_keeps_its_namespaces() {
    let (back, reviewed) = word_review(titled(&say("The chairman leads.")).strict());
    assert_eq!(seen(&back), (vec!["chairman"], vec!["chairman"], vec!["chair"]));
    let parts = entries(&reviewed.bytes);
    let comments = text(&parts, "word/comments.xml");
    assert!(comments.contains(crate::package::STRICT_W) && !comments.contains(crate::package::W), "{comments}");
    let rels = text(&parts, "word/_rels/document.xml.rels");
    assert!(rels.contains(&format!("{}/comments", crate::package::STRICT_R)), "{rels}");
}

#[test]
fn words_across_a_deleted_paragraph_mark() {
    let body = format!("<w:p><w:pPr><w:rPr><w:del {ANNA}/></w:rPr></w:pPr>{}</w:p>{}", r("The chair"), say("man leads."));
    commented(&body, &["chairman"]);
}

#[test]
fn words_across_two_cells_are_commented_in_the_first() {
    let bytes = titled(&row("", &[&say("The chairman leads."), &say("The salesman sells.")])).bytes();
    let advert = jdlint::Advert::new(vec![Document::read(&bytes, Format::Word).expect("it can be read")]);
    let mut report = crate::linter().check(&advert).swap_remove(0);
    report.findings.retain(|f| f.severity >= jdlint::Severity::Warning);
    assert_eq!(report.findings.len(), 2);
    let last = report.findings.remove(1);
    report.findings[0].span = report.findings[0].span.cover(last.span);
    let how = jdlint::fix::Review { catalogue: crate::linter().ruleset().catalogue(), date: crate::DATE, rewrites: jdlint::fix::Rewrites::Tracked };
    let reviewed = jdlint::fix::review(&bytes, &advert.documents()[0], &report, &how).expect("it is reviewed");
    assert_eq!(crate::read_back(&bytes, &reviewed).words(), ["chairman leads."], "up to the end of the first cell");
}

#[test]
fn words_that_a_rewrite_keeps_are_not_tracked() {
    let back = review(titled(&say("You must have a full driving licence.")));
    assert_eq!(seen(&back), (vec!["full driving licence"], vec!["full "], vec![" or another way to travel for work"]));
    assert!(back.accepted.ends_with("You must have a driving licence or another way to travel for work."), "{}", back.accepted);
}

#[test]
fn a_take_out_and_an_addition() {
    let body = say("Essential criteria") + &say("A degree") + &say("We want a young and energetic colleague.");
    let back = review(titled(&body));
    assert_eq!(back.inserted, [" or equivalent experience"], "the word that stays is not written anew");
    assert_eq!(back.deleted, ["young and energetic", " "], "the comment ends before the space");
    assert!(back.accepted.contains("A degree or equivalent experience\n"), "{}", back.accepted);
    assert!(back.accepted.ends_with("We want a colleague."), "{}", back.accepted);
}
