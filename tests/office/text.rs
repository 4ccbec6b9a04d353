//! What is read as text, and in which order.

use super::package::{Word, p, r, say, word};

fn text(body: &str) -> String {
    word(body).lines().join("\n")
}

#[test]
fn words_split_over_runs_are_whole() {
    let cases = [
        (r("sales") + &r("man"), "salesman"),
        (format!("{}<w:proofErr w:type=\"spellStart\"/>{}", r("work"), r("ers")), "workers"),
        (format!("<w:smartTag><w:smartTagPr/>{}</w:smartTag>{}", r("Lon"), r("don")), "London"),
        (format!("<w:hyperlink>{}</w:hyperlink>{}", r("a link"), r(" here")), "a link here"),
        (format!("<w:fldSimple w:instr=\" DOCPROPERTY manned \">{}</w:fldSimple>", r("PG-14")), "PG-14"),
        ("<w:r><w:t>post</w:t><w:noBreakHyphen/><w:t>graduate</w:t></w:r>".into(), "post\u{2011}graduate"),
        ("<w:r><w:t>fore</w:t><w:softHyphen/><w:t>man</w:t></w:r>".into(), "fore\u{AD}man"),
        ("<w:r><w:t>Pay:</w:t><w:tab/><w:t>£20</w:t></w:r>".into(), "Pay: £20"),
        ("<w:r><w:t>R&amp;D &lt;b&gt; &#233;</w:t></w:r>".into(), "R&D <b> é"),
        ("<w:r><w:t>  a\n  b\u{A0} </w:t></w:r>".into(), "a b"),
        (format!("<w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>", r("aid"), r("base")), "base"),
        ("<m:oMath xmlns:m=\"m\"><m:r><m:t>x</m:t></m:r></m:oMath>".to_owned() + &r("y"), "y"),
    ];
    for (runs, words) in cases {
        assert_eq!(text(&p(&runs)), words, "{runs}");
    }
}

#[test]
fn a_line_within_a_paragraph_is_a_block_of_its_own() {
    let one = "<w:r><w:t>Essential</w:t><w:br/><w:t>a degree</w:t><w:cr/><w:t>a smile</w:t></w:r>";
    assert_eq!(text(&p(one)), "Essential\na degree\na smile");
}

#[test]
fn a_field_is_its_result() {
    let field = |result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>HYPERLINK ninja</w:instrText></w:r>{}<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{result}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            r("hidden")
        )
    };
    assert_eq!(text(&p(&(r("two ") + &field(&r("years")) + &r(" of it")))), "two years of it");
    assert_eq!(text(&p(&field(&(field(&r("inner")) + &r(" outer"))))), "inner outer");
}

#[test]
fn a_field_that_never_ends_hides_its_paragraph_at_most() {
    let begun = p("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>gone</w:t></w:r>");
    assert_eq!(text(&(begun + &say("A degree"))), "A degree");
}

#[test]
fn symbols_are_what_they_look_like() {
    let sym = |font: &str, code: &str| format!("<w:r><w:sym w:font=\"{font}\" w:char=\"{code}\"/></w:r>");
    for (run, shown) in [
        (sym("Wingdings", "F0FC"), "✓"),
        (sym("Wingdings 2", "F050"), "✓"),
        (sym("Wingdings", "F0FB"), "✗"),
        ("<w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/></w:rPr><w:t>ü</w:t></w:r>".into(), "✓"),
        (sym("Symbol", "F0B7") + &r(" a degree"), "- a degree"),
        (r("x") + &sym("Wingdings", "F04A") + &r("y"), "x y"),
        (
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"w16se\"><w16se:symEx w16se:font=\"Segoe UI Emoji\" w16se:char=\"1F642\"/></mc:Choice><mc:Fallback><w:t>🙂</w:t></mc:Fallback></mc:AlternateContent><w:t> all</w:t></w:r>"
                .into(),
            "🙂 all",
        ),
    ] {
        assert_eq!(text(&p(&run)), shown, "{run}");
    }
}

#[test]
fn tracked_changes_are_as_if_accepted() {
    let del = |words: &str| format!("<w:del w:id=\"1\"><w:r><w:delText>{words}</w:delText></w:r></w:del>");
    let marked = |mark: &str, inner: &str| format!("<w:p><w:pPr><w:rPr><w:{mark} w:id=\"1\"/></w:rPr></w:pPr>{inner}</w:p>");
    let cases = [
        (p(&(r("the ") + &del("Chairman") + &format!("<w:ins w:id=\"2\">{}</w:ins>", r("Chair")))), "the Chair"),
        (p(&format!("<w:moveFrom>{}</w:moveFrom>{}", r("here"), r("x"))) + &p(&format!("<w:moveTo>{}</w:moveTo>", r("here"))), "x\nhere"),
        (marked("del", &r("Able to")) + &p(&r(" write")), "Able to write"),
        (marked("moveFrom", &format!("<w:moveFrom>{}</w:moveFrom>", r("gone"))) + &say("stays"), "stays"),
        (marked("del", &r("one")) + &marked("del", &r(" two")) + &p(&r(" three")), "one two three"),
        (marked("ins", &r("one")) + &say("two"), "one\ntwo"),
        // It cannot join what is no paragraph.
        (marked("del", &r("one")) + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" + &say("two"), "one\ntwo"),
        (
            "<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>plain</w:t></w:r></w:p>".into(),
            "plain",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(text(&body), expected, "{body}");
    }
}

#[test]
fn joined_paragraphs_are_what_the_first_one_is() {
    let heading = "<w:p><w:pPr><w:pStyle w:val=\"Heading2\"/><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Essen</w:t></w:r></w:p>";
    assert_eq!(text(&(heading.to_owned() + &say("tial"))), "## Essential");
}

#[test]
fn comments_and_hidden_text_are_not_read() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>rockstar</w:t></w:r>";
    let shown = "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>seen</w:t></w:r>";
    let comment = "<w:commentRangeStart w:id=\"1\"/><w:r><w:t>a</w:t></w:r><w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r>";
    assert_eq!(text(&p(&format!("{hidden}{comment}{shown}"))), "aseen");
    let style = r#"<w:style w:type="character" w:styleId="N"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="P"><w:basedOn w:val="Q"/></w:style><w:style w:type="paragraph" w:styleId="Q"><w:rPr><w:vanish/></w:rPr></w:style>"#;
    let body =
        r#"<w:p><w:r><w:rPr><w:rStyle w:val="N"/></w:rPr><w:t>not</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="P"/></w:pPr><w:r><w:t>nor</w:t></w:r></w:p>"#;
    assert_eq!(word(&(body.to_owned() + &say("yes"))).styles(style).lines(), ["yes"]);
}

#[test]
fn content_controls_are_looked_through_but_for_placeholders() {
    let control = |properties: &str, inner: &str| format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>");
    let list = "<w:dropDownList><w:listItem w:displayText=\"Headmaster\"/></w:dropDownList>";
    let cases = [
        (control(list, &say("block")), "block"),
        (p(&(r("in") + &control("<w:alias w:val=\"manpower\"/>", &r("line")))), "inline"),
        (p(&(r("Salary:") + &control("<w:showingPlcHdr/>", &r("Click here")))), "Salary:"),
        (control("<w:showingPlcHdr w:val=\"0\"/>", &say("kept")), "kept"),
        (control("<w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj>", &say("Contents 3")) + &say("x"), "x"),
        (
            format!(
                "<w:tbl>{0}</w:tbl>",
                control(
                    "",
                    &format!(
                        "<w:tr>{}</w:tr>",
                        control("<w:showingPlcHdr/>", "<w:tc><w:p><w:r><w:t>no</w:t></w:r></w:p></w:tc>") + "<w:tc><w:p><w:r><w:t>yes</w:t></w:r></w:p></w:tc>"
                    )
                )
            ),
            "0,1| yes",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(text(&body), expected, "{body}");
    }
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let boxed = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", say(words));
    let both = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{0}</w:drawing></mc:Choice><mc:Fallback><w:pict>{0}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        boxed("boxed")
    );
    assert_eq!(text(&(p(&(r("be") + &both + &r("fore"))) + &say("after"))), "before\nboxed\nafter");
    assert_eq!(text(&p(&format!("<w:r><w:pict>{}</w:pict></w:r>{}", boxed("old"), r("x")))), "x\nold");
    let only_fallback = format!("<w:r><mc:AlternateContent><mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r>", boxed("back"));
    assert_eq!(text(&p(&only_fallback)), "back");
}

#[test]
fn notes_and_furniture_follow_the_body() {
    let note = |id: &str, kind: &str, words: &str| format!("<w:footnote {kind} w:id=\"{id}\">{}</w:footnote>", say(words));
    let refer = |id: &str| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>");
    let section = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header1\"/><w:headerReference w:type=\"first\" r:id=\"header2\"/><w:footerReference w:type=\"default\" r:id=\"footer1\"/><w:headerReference w:type=\"even\" r:id=\"header3\"/></w:sectPr>";
    let body = |title: &str| {
        p(&(r("body") + &refer("2")))
            + &p(&format!("<w:del>{}</w:del>", refer("3")))
            + &section.replace("</w:sectPr>", title).replace("titlePg/>", "titlePg/></w:sectPr>")
    };
    let file = |title: &str| -> Word {
        word(&body(title))
            .part("footnotes", "footnotes", &(note("0", "w:type=\"separator\"", "line") + &note("2", "", "note") + &note("3", "", "deleted")))
            .part("header1", "hdr", &say("Ostrey Council"))
            .part("header2", "hdr", &say("First page"))
            .part("header3", "hdr", &say("Even page"))
            .part("footer1", "ftr", &say("Ostrey  Council"))
    };
    assert_eq!(file("</w:sectPr>").lines(), ["body", "note", "Ostrey Council"]);
    assert_eq!(file("<w:titlePg/>").lines(), ["body", "note", "First page", "Ostrey Council"]);
    let even = file("</w:sectPr>").part("settings", "settings", "<w:evenAndOddHeaders/>");
    assert_eq!(even.lines(), ["body", "note", "Ostrey Council", "Even page"]);
}

#[test]
fn a_broken_part_beside_the_body_is_a_notice() {
    let broken = word(&format!("{}<w:sectPr><w:headerReference r:id=\"header1\"/></w:sectPr>", say("body")))
        .part("header1", "hdr", &format!("{}<w:p></w:r>", say("top")))
        .read();
    assert_eq!(super::package::lines(&broken), ["body", "top"]);
    assert!(broken.notices()[0].0.contains("header1.xml is damaged"), "{:?}", broken.notices());
}

#[test]
fn what_another_file_brings_in_is_a_notice() {
    let read = word(&(say("body") + "<w:altChunk r:id=\"x\"/>")).read();
    assert!(read.notices()[0].0.contains("another file"));
}

#[test]
fn an_empty_document_is_read_as_empty() {
    let read = word("<w:p/>").read();
    assert_eq!(read.blocks(), []);
    assert_eq!(read.notices()[0].0, "the document holds no text");
}
