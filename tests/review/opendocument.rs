//! A reviewed OpenDocument text: each case of `docs/review.md`, taken apart again by undoing what jdlint did.

use jdlint::fix::{Reviewed, Rewrites};
use jdlint::{Document, Format};

use crate::package::{Odt, odt};
use crate::read_back::{entries, regex, text};
use crate::reviewed;
use crate::xml::{assert_only_more, assert_well_formed};

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub struct ReadBack {
    /// The words that comments stand beside, and what each says first.
    pub words: Vec<String>,
    about: Vec<String>,
    deleted: Vec<String>,
    inserted: Vec<String>,
}

/// Reviews a file in both ways, packed and flat, and checks what must hold for every file.
pub fn review(odt: &Odt) -> (ReadBack, String) {
    let bytes = odt.bytes();
    let plain = reviewed(&bytes, Format::OpenDocument, Rewrites::InComments).expect("it is reviewed");
    let (back, _) = read_back(&bytes, &plain);
    assert_eq!((back.deleted.len(), back.inserted.len(), plain.changes), (0, 0, 0), "comments change no word");
    assert_only_more("content.xml", &content(&bytes), &content(&plain.bytes));
    let tracked = reviewed(&bytes, Format::OpenDocument, Rewrites::Tracked).expect("it is reviewed");
    let (also, changed) = read_back(&bytes, &tracked);
    assert_eq!((&also.words, &also.about), (&back.words, &back.about), "comments stand beside the same words, with tracked changes and without");
    flat(odt, &also);
    (also, changed)
}

/// A flat file is reviewed like a packed one.
fn flat(odt: &Odt, packed: &ReadBack) {
    let bytes = odt.flat();
    let tracked = reviewed(&bytes, Format::OpenDocument, Rewrites::Tracked).expect("it is reviewed");
    let [old, new] = [&bytes, &tracked.bytes].map(|b| String::from_utf8(b.clone()).expect("it is text"));
    assert_well_formed("the flat file", &new);
    assert_eq!(one_spaced(&undone(&new)), one_spaced(&old), "without jdlint's marks it is the file that it was");
    assert_eq!(&taken_apart(&new), packed);
}

fn content(bytes: &[u8]) -> String {
    text(&entries(bytes), "content.xml")
}

/// Takes a reviewed file apart, and checks that it keeps all that the original has.
fn read_back(original: &[u8], reviewed: &Reviewed) -> (ReadBack, String) {
    let (old, new) = (entries(original), entries(&reviewed.bytes));
    assert_eq!(old.iter().map(|e| &e.name).collect::<Vec<_>>(), new.iter().map(|e| &e.name).collect::<Vec<_>>());
    for (old, new) in old.iter().zip(&new).filter(|(old, _)| old.name != "content.xml") {
        assert_eq!(old.packed, new.packed, "{} stays byte for byte, as it is packed", old.name);
    }
    assert_eq!((new[0].name.as_str(), &new[0].packed), ("mimetype", &new[0].bytes), "the first entry says what it is, and is stored as it is");
    let changed = content(&reviewed.bytes);
    assert_well_formed("content.xml", &changed);
    assert_eq!(one_spaced(&undone(&changed)), one_spaced(&content(original)), "without jdlint's marks it is the content that it was");
    let back = taken_apart(&changed);
    assert_eq!(back.words.len(), reviewed.comments, "as many comments as it says");
    (back, changed)
}

const BY: &str = "<dc:creator>jdlint</dc:creator><dc:date>2026-11-25T09:00:00Z</dc:date>";

/// jdlint's tracked changes of a kind: their names, and what they hold.
fn regions(content: &str, kind: &str) -> Vec<(String, String)> {
    let pattern = format!(
        r#"<text:changed-region xml:id="(jdlint\d+)" text:id="jdlint\d+"><text:{kind}><office:change-info>{BY}</office:change-info>(.*?)</text:{kind}></text:changed-region>"#
    );
    regex(&pattern).captures_iter(content).map(|c| (c[1].to_owned(), c[2].to_owned())).collect()
}

/// The content with all changes by jdlint rejected, and its comments, styles and list of changes taken out.
fn undone(content: &str) -> String {
    let mut out = content.to_owned();
    for (name, held) in regions(content, "deletion") {
        let words = regex("^<text:p[^>]*>(?:<text:span[^>]*>)*(.*?)(?:</text:span>)*</text:p>$").replace(&held, "$1").replace("<text:s/>", " ");
        let mark = format!("<text:change text:change-id=\"{name}\"/>");
        assert_eq!(out.matches(&mark).count(), 1, "{name} has one place");
        out = out.replace(&mark, &words);
    }
    for (name, _) in regions(content, "insertion") {
        let inserted = regex(&format!(r#"<text:change-start text:change-id="{name}"/>[^<]*<text:change-end text:change-id="{name}"/>"#));
        assert_eq!(inserted.find_iter(&out).count(), 1, "{name} has one place");
        out = inserted.replace(&out, "").into_owned();
    }
    without_additions(&out)
}

/// Several spaces are one to every reader of the format, and words that go are kept with one.
fn one_spaced(content: &str) -> String {
    regex(" +").replace_all(content, " ").into_owned()
}

fn without_additions(content: &str) -> String {
    let mut out = content.to_owned();
    for pattern in [
        r#"<office:annotation office:name="jdlint\d+">.*?</office:annotation>"#,
        r#"<office:annotation-end office:name="jdlint\d+"/>"#,
        r#"<text:changed-region xml:id="jdlint\d+".*?</text:changed-region>"#,
        r#"<style:style style:name="jdlint-[a-z]+" style:family="[a-z]+"><style:text-properties[^>]*/></style:style>"#,
        "<text:tracked-changes></text:tracked-changes>",
    ] {
        out = regex(pattern).replace_all(&out, "").into_owned();
    }
    out
}

fn taken_apart(content: &str) -> ReadBack {
    let plain = |xml: &str| quick_xml::escape::unescape(&regex("<[^>]*>").replace_all(xml, "")).expect("known entities").into_owned();
    let deletions = regions(content, "deletion");
    let mut restored = content.to_owned();
    for (name, held) in &deletions {
        restored = restored.replace(&format!("<text:change text:change-id=\"{name}\"/>"), &held.replace("<text:s/>", " "));
    }
    let mut back = ReadBack { words: Vec::new(), about: Vec::new(), deleted: Vec::new(), inserted: Vec::new() };
    for comment in regex(r#"<office:annotation office:name="(jdlint\d+)">(.*?)</office:annotation>"#).captures_iter(&restored) {
        assert!(comment[2].starts_with(BY), "{}", &comment[2]);
        let end = format!("<office:annotation-end office:name=\"{}\"/>", &comment[1]);
        let from = comment.get(0).expect("it is the whole").end();
        let words = &restored[from..from + restored[from..].find(&end).expect("it ends")];
        let words = regex("<office:annotation [^>]*>.*?</office:annotation>|<text:change-start text:change-id=\"jdlint.*?<text:change-end[^>]*>|<text:note .*?</text:note>|<draw:.*</draw:[a-z-]*>").replace_all(words, "");
        back.words.push(plain(&words));
        back.about.push(plain(&regex("<text:p [^>]*>(.*?)</text:p>").captures(&comment[2]).expect("it says something")[1]));
    }
    back.deleted = deletions.iter().map(|(_, held)| plain(&held.replace("<text:s/>", " "))).collect();
    back.inserted = regions(content, "insertion")
        .iter()
        .map(|(name, _)| {
            let pattern = format!(r#"<text:change-start text:change-id="{name}"/>(.*?)<text:change-end text:change-id="{name}"/>"#);
            plain(&regex(&pattern).captures(content).expect("it is there")[1])
        })
        .collect();
    back
}

fn p(inner: &str) -> String {
    format!("<text:p text:style-name=\"P1\">{inner}</text:p>")
}

/// A title that nothing is found in.
fn titled(body: &str) -> Odt {
    odt(&format!("<text:h text:outline-level=\"1\">Data Analyst</text:h>{body}"))
}

#[track_caller]
fn tracked(body: &str, words: &[&str], deleted: &[&str], inserted: &[&str]) {
    let (back, changed) = review(&titled(body));
    let seen = [&back.words, &back.deleted, &back.inserted].map(|list| list.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(seen, [words.to_vec(), deleted.to_vec(), inserted.to_vec()], "{changed}");
}

#[track_caller]
fn commented(body: &str, words: &[&str]) {
    tracked(body, words, &[], &[]);
}

#[track_caller]
fn elsewhere(odt: &Odt, host: &str, about: &str) {
    let (back, changed) = review(odt);
    assert_eq!((&back.words[..], &back.about[..]), (&[host.to_owned()][..], &[about.to_owned()][..]), "{changed}");
    assert!(back.deleted.is_empty() && back.inserted.is_empty(), "{changed}");
}

#[test]
fn words_in_one_paragraph() {
    tracked(&p("The chairman leads."), &["chairman"], &["chairman"], &["chair"]);
    let all = ["chairman", "salesman", "manpower planning"];
    tracked(
        &p("The chairman leads, the salesman sells, and manpower planning follows."),
        &all,
        &["chairman", "salesman", "manpower"],
        &["chair", "salesperson", "workforce"],
    );
    tracked(&p("chairman/salesman"), &all[..2], &all[..2], &["chair", "salesperson"]);
}

#[test]
fn words_over_several_spans_look_like_the_first() {
    let body = p("The <text:span text:style-name=\"T1\">chair</text:span><text:span text:style-name=\"T2\">man</text:span> leads.");
    tracked(&body, &["chairman"], &["chair", "man"], &["chair"]);
    let (_, changed) = review(&titled(&body));
    assert!(regex("<text:span text:style-name=\"T1\"><office:annotation .*<text:change-start [^>]*>chair<text:change-end ").is_match(&changed), "{changed}");
    let second = "<text:p text:style-name=\"P1\"><text:span text:style-name=\"T2\">man</text:span></text:p>";
    assert!(changed.contains(second), "what goes keeps its look: {changed}");
    tracked(&p("The chair<text:span text:style-name=\"T1\">man leads.</text:span>"), &["chairman"], &["chair", "man"], &["chair"]);
    tracked(&p("The chair<text:soft-page-break/>man leads."), &["chairman"], &["chair", "man"], &["chair"]);
    tracked(&p("The chair<text:bookmark text:name=\"b\"/>man leads."), &["chairman"], &["chair", "man"], &["chair"]);
}

#[test]
fn words_that_a_rewrite_keeps_are_not_tracked() {
    let body = p("You must have a full driving licence.");
    tracked(&body, &["full driving licence"], &["full "], &[" or another way to travel for work"]);
}

#[test]
fn a_take_out_and_an_addition() {
    let body = p("Essential criteria") + &p("A degree") + &p("We want a young and energetic colleague.");
    tracked(&body, &["degree", "young and energetic"], &["young and energetic", " "], &[" or equivalent experience"]);
    let (_, changed) = review(&titled(&body));
    assert!(changed.contains("><text:s/></text:p>"), "a space at the end of a paragraph is an element: {changed}");
}

#[test]
fn white_space_as_an_element_stays() {
    tracked(&p("The<text:s text:c=\"3\"/>chairman<text:tab/>leads."), &["chairman"], &["chairman"], &["chair"]);
    commented(&p("We want a young<text:s/>and energetic colleague."), &["youngand energetic"]);
    tracked(&p("\n  The\n  chairman\n  leads.\n"), &["chairman"], &["chairman"], &["chair"]);
}

#[test]
fn escaped_characters_stay_as_they_are_written() {
    tracked(&p("R&amp;D &#x2013; the chairman &lt;leads&gt;."), &["chairman"], &["chairman"], &["chair"]);
    tracked(&p("the chair<!-- who? -->man leads"), &["chairman"], &["chairman"], &["chair"]);
}

#[test]
fn a_link_is_changed_within() {
    let link = |words: &str| format!("<text:a l:type=\"simple\" l:href=\"https://example.org/\">{words}</text:a>");
    tracked(&p(&format!("See the {} page.", link("chairman"))), &["chairman"], &["chairman"], &["chair"]);
    commented(&p(&format!("The chair{} leads.", link("man"))), &["chairman"]);
}

#[test]
fn a_field_is_left() {
    commented(&p("The <text:user-field-get text:name=\"role\">chairman</text:user-field-get> leads."), &["chairman"]);
    commented(&p("The chair<text:text-input text:description=\"\">man</text:text-input> leads."), &["chairman"]);
    let (_, changed) = review(&titled(&p("The <text:user-field-get text:name=\"role\">chairman</text:user-field-get> leads.")));
    assert!(changed.contains("</office:annotation><text:user-field-get text:name=\"role\">chairman</text:user-field-get><office:annotation-end"), "{changed}");
}

#[test]
fn a_content_control_is_changed_within() {
    let control = |how: &str, words: &str| format!("<loext:content-control{how}><text:span>{words}</text:span></loext:content-control>");
    tracked(&p(&control("", "The chairman leads.")), &["chairman"], &["chairman"], &["chair"]);
    commented(&p(&format!("The chair{} leads.", control("", "man"))), &["chairman"]);
    for how in [" loext:dropdown=\"true\"", " loext:date=\"true\"", " loext:lock=\"contentLocked\""] {
        commented(&p(&control(how, "The chairman leads.")), &["chairman"]);
    }
    let field = "<text:user-field-get text:name=\"role\">chairman</text:user-field-get>";
    commented(&p(&control("", &format!("The {field} leads."))), &["chairman"]);
}

#[test]
fn a_protected_section_is_commented_and_not_changed() {
    commented(&format!("<text:section text:name=\"s\" text:protected=\"true\">{}</text:section>", p("The chairman leads.")), &["chairman"]);
    tracked(&format!("<text:section text:name=\"s\">{}</text:section>", p("The chairman leads.")), &["chairman"], &["chairman"], &["chair"]);
}

/// Anna's changes: c1 deleted “old ”, c2 is an insertion, c3 a change of look.
pub const ANNA: &str = "<text:tracked-changes><text:changed-region xml:id=\"c1\" text:id=\"c1\"><text:deletion><office:change-info><dc:creator>Anna</dc:creator></office:change-info><text:p>old<text:s/></text:p></text:deletion></text:changed-region><text:changed-region text:id=\"c2\"><text:insertion><office:change-info><dc:creator>Anna</dc:creator></office:change-info></text:insertion></text:changed-region><text:changed-region text:id=\"c3\"><text:format-change><office:change-info><dc:creator>Anna</dc:creator></office:change-info></text:format-change></text:changed-region></text:tracked-changes>";

#[test]
fn somebodys_changes_are_left_to_them() {
    let check = |body: &str, deleted: &[&str]| {
        let (back, changed) = review(&titled(&p(body)).prelude(ANNA));
        assert_eq!((back.words, back.deleted), (vec!["chairman".to_owned()], deleted.iter().map(|d| (*d).to_owned()).collect()), "{changed}");
        assert_eq!(changed.matches("<text:tracked-changes>").count(), 1);
        let ours = changed.find("xml:id=\"jdlint").unwrap_or(changed.len());
        assert!(changed.find("c3").expect("it is there") < ours, "the list goes on: {changed}");
    };
    let around = |id: &str, words: &str| format!("<text:change-start text:change-id=\"{id}\"/>{words}<text:change-end text:change-id=\"{id}\"/>");
    check(&format!("The {} leads.", around("c2", "chairman")), &[]);
    check(&format!("The chair{} leads.", around("c2", "man")), &[]);
    check(&format!("The {} leads.", around("c3", "chairman")), &["chairman"]);
    check("The chair<text:change text:change-id=\"c1\"/>man leads.", &["chair", "man"]);
    check(&format!("{} The chairman leads.", around("c2", "New.")), &["chairman"]);
}

#[test]
fn tables_and_lists() {
    let cell = |inner: &str| format!("<table:table-cell>{inner}</table:table-cell>");
    let table = |cells: &str| format!("<table:table><table:table-row>{cells}</table:table-row></table:table>");
    let inner = table(&(cell(&p("Role")) + &cell(&p("The chairman leads."))));
    tracked(&inner, &["chairman"], &["chairman"], &["chair"]);
    tracked(&table(&cell(&inner)), &["chairman"], &["chairman"], &["chair"]);
    tracked(&format!("<text:list><text:list-item>{}</text:list-item></text:list>", p("The chairman leads.")), &["chairman"], &["chairman"], &["chair"]);
}

#[test]
fn a_text_box_is_commented_where_it_hangs() {
    let framed = format!("<draw:frame draw:name=\"f\"><draw:text-box>{}</draw:text-box></draw:frame>", p("The chairman leads."));
    elsewhere(&titled(&p(&format!("We analyse data.{framed}"))), "We analyse data.", "About “chairman” near here:");
    let shape = format!("<draw:custom-shape>{}</draw:custom-shape>", p("The chairman leads."));
    elsewhere(&titled(&p(&format!("We analyse data.{shape}"))), "We analyse data.", "About “chairman” near here:");
    // On the page itself it hangs on no paragraph.
    elsewhere(&titled(&framed), "Data Analyst", "About “chairman” near here:");
}

#[test]
fn a_note_is_commented_at_its_mark() {
    for class in ["footnote", "endnote"] {
        let note = format!(
            "<text:note text:note-class=\"{class}\"><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>",
            p("The chairman leads.")
        );
        let body = titled(&p(&format!("We analyse data{note} daily.")));
        elsewhere(&body, "", &format!("About “chairman” in this {class}:"));
        let (_, changed) = review(&body);
        assert!(
            regex("data<office:annotation .*</office:annotation><text:note .*</text:note><office:annotation-end [^>]*> daily").is_match(&changed),
            "{changed}"
        );
    }
}

#[test]
fn a_header_or_footer_is_commented_on_the_title() {
    for kind in ["header", "footer"] {
        let odt = titled(&p("We analyse data.")).master(&format!("<style:{kind}>{}</style:{kind}>", p("The chairman leads.")));
        elsewhere(&odt, "Data Analyst", &format!("About “chairman” in the page {kind}:"));
    }
}

#[test]
fn comments_that_are_there_stay_and_names_are_free() {
    let body = "<office:annotation office:name=\"jdlint1\"><dc:creator>Anna</dc:creator><text:p>Chairman?</text:p></office:annotation>";
    let body = p(&format!("The {body}chairman<office:annotation-end office:name=\"jdlint1\"/> leads."));
    let bytes = titled(&body).bytes();
    let reviewed = reviewed(&bytes, Format::OpenDocument, Rewrites::Tracked).expect("it is reviewed");
    let changed = content(&reviewed.bytes);
    assert!(changed.contains("<office:annotation office:name=\"jdlint1\"><dc:creator>Anna"), "{changed}");
    assert!(changed.contains("<office:annotation office:name=\"jdlint2\"><dc:creator>jdlint"), "{changed}");
    assert_well_formed("content.xml", &changed);
}

#[test]
fn the_list_of_changes_stands_after_forms() {
    let forms = "<office:forms form:automatic-focus=\"false\"/>";
    let (_, changed) = review(&titled(&p("The chairman leads.")).prelude(&format!("{forms}<text:sequence-decls/>")));
    assert!(changed.contains(&format!("<office:text>{forms}<text:tracked-changes>")), "{changed}");
}

#[test]
fn styles_are_added_where_there_are_none() {
    let (_, changed) = review(&titled(&p("The chairman leads.")).automatic(Some("<style:style style:name=\"P1\" style:family=\"paragraph\"/>")));
    assert!(changed.contains("style:family=\"paragraph\"/><style:style style:name=\"jdlint-comment\""), "{changed}");
    let bytes = titled(&p("The chairman leads.")).automatic(None).bytes();
    let changed = content(&reviewed(&bytes, Format::OpenDocument, Rewrites::Tracked).expect("it is reviewed").bytes);
    assert!(regex("<office:automatic-styles><style:style .*</office:automatic-styles><office:body>").is_match(&changed), "{changed}");
}

#[test]
fn accepted_it_reads_as_the_rewrite() {
    let bytes = titled(&(p("The chairman leads.") + &p("We want a young and energetic colleague."))).bytes();
    let reviewed = reviewed(&bytes, Format::OpenDocument, Rewrites::Tracked).expect("it is reviewed");
    assert_eq!(reviewed.changes, 2);
    let read = Document::read(&reviewed.bytes, Format::OpenDocument).expect("it can be read");
    assert_eq!(read.text().as_str(), "Data Analyst\nThe chair leads.\nWe want a colleague.");
    assert!(read.notices().is_empty(), "{:?}", read.notices());
}

#[test]
fn a_review_of_a_review_adds_to_it() {
    let once = reviewed(&titled(&p("The chairman leads.")).bytes(), Format::OpenDocument, Rewrites::InComments).expect("it is reviewed");
    let twice = reviewed(&once.bytes, Format::OpenDocument, Rewrites::Tracked).expect("it is reviewed");
    let changed = content(&twice.bytes);
    assert_well_formed("content.xml", &changed);
    assert_eq!((changed.matches("<office:annotation ").count(), changed.matches("jdlint-strong\" style:family").count()), (2, 1), "{changed}");
}

#[test]
fn nothing_found_changes_no_byte() {
    let bytes = titled(&p("We analyse data.")).bytes();
    assert!(reviewed(&bytes, Format::OpenDocument, Rewrites::Tracked).expect("it is reviewed").bytes == bytes);
}

#[test]
fn a_signed_document_is_refused() {
    let bytes = titled(&p("The chairman leads.")).part("META-INF/documentsignatures.xml", "<document-signatures/>").bytes();
    let said = reviewed(&bytes, Format::OpenDocument, Rewrites::InComments).expect_err("it is refused").to_string();
    assert!(said.contains("digitally signed"), "{said}");
    // A signature of the macros alone does not mind comments.
    let bytes = titled(&p("The chairman leads.")).part("META-INF/macrosignatures.xml", "<document-signatures/>").bytes();
    assert!(reviewed(&bytes, Format::OpenDocument, Rewrites::InComments).is_ok());
}
