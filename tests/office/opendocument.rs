//! OpenDocument text: what is read, what it is, and where it stands.

use jdlint::document::{Document, Format, Location, ReadError};
use proptest::prelude::*;

use super::package::{lines, zipped};

/// The parts of an OpenDocument text with this body.
struct Odt {
    automatic: String,
    body: String,
    styles: String,
    manifest: String,
}

fn odt(body: &str) -> Odt {
    Odt { automatic: String::new(), body: body.to_owned(), styles: String::new(), manifest: String::new() }
}

const ROOT: &str = r#"xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:fo="f" xmlns:draw="d""#;

impl Odt {
    fn automatic(self, styles: &str) -> Odt {
        Odt { automatic: styles.to_owned(), ..self }
    }

    /// What `styles.xml` holds.
    fn styles(self, styles: &str) -> Odt {
        Odt { styles: styles.to_owned(), ..self }
    }

    fn bytes(self) -> Vec<u8> {
        let content = format!(
            "<office:document-content {ROOT}><office:automatic-styles>{}</office:automatic-styles><office:body><office:text>{}</office:text></office:body></office:document-content>",
            self.automatic, self.body
        );
        let styles = format!("<office:document-styles {ROOT}>{}</office:document-styles>", self.styles);
        let media_type = "application/vnd.oasis.opendocument.text";
        let parts = [("mimetype", media_type), ("content.xml", &content), ("styles.xml", &styles), ("META-INF/manifest.xml", &self.manifest)];
        zipped(&parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())))
    }

    fn read(self) -> Document {
        Document::read(&self.bytes(), Format::OpenDocument).expect("it is one")
    }

    fn lines(self) -> Vec<String> {
        lines(&self.read())
    }
}

fn text(body: &str) -> String {
    odt(body).lines().join("\n")
}

fn p(inner: &str) -> String {
    format!("<text:p>{inner}</text:p>")
}

#[test]
fn deleted_words_that_stay_in_the_text_are_not_read() {
    let region = |id: &str, kind: &str| format!("<text:changed-region xml:id=\"{id}\"><text:{kind}><office:change-info/></text:{kind}></text:changed-region>");
    let list = format!("<text:tracked-changes>{}{}</text:tracked-changes>", region("a", "deletion"), region("b", "insertion"));
    let marked = |id: &str, words: &str| format!("<text:change-start text:change-id=\"{id}\"/>{words}<text:change-end text:change-id=\"{id}\"/>");
    assert_eq!(text(&format!("{list}{}", p(&format!("crafts{}man{}", marked("a", " old"), marked("b", "ship"))))), "craftsmanship");
}

#[test]
fn text_is_what_a_person_reads() {
    let cases = [
        (p("sales<text:span>man</text:span>"), "salesman"),
        (p("a<text:s text:c=\"3\"/>b<text:tab/>c"), "a b c"),
        (p("one<text:line-break/>two"), "one\ntwo"),
        (p("a<text:soft-page-break/>b &amp; <text:a>link</text:a>"), "ab & link"),
        (p("\n  spread\n  out\n"), "spread out"),
        (p("kept<office:annotation><dc:creator>B</dc:creator><text:p>handyman</text:p></office:annotation> on"), "kept on"),
        (p("x<text:change text:change-id=\"c\"/><text:change-start/>new<text:change-end/>"), "xnew"),
        (p("page <text:page-number>3</text:page-number>"), "page 3"),
        (p("<text:placeholder>click here</text:placeholder>x"), "x"),
        ("<text:section text:display=\"none\"><text:p>no</text:p></text:section><text:section><text:p>yes</text:p></text:section>".into(), "yes"),
        ("<text:table-of-content><text:index-body><text:p>Duties 3</text:p></text:index-body></text:table-of-content>".to_owned() + &p("x"), "x"),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
                .to_owned()
                + &p("x"),
            "x",
        ),
        (
            p("be<draw:frame>\n <draw:text-box>\n <text:p>boxed</text:p></draw:text-box><svg:desc>alt</svg:desc></draw:frame>fore") + &p("after"),
            "before\nboxed\nafter",
        ),
        (
            p(
                "body<text:note text:note-class=\"endnote\"><text:note-citation>i</text:note-citation><text:note-body><text:p>end</text:p></text:note-body></text:note><text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>foot</text:p></text:note-body></text:note>.",
            ) + &p("next"),
            "body.\nnext\nfoot\nend",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(text(&body), expected, "{body}");
    }
}

#[test]
fn headings_lists_and_quotations_are_told() {
    let list = |inner: &str| format!("<text:list text:style-name=\"L\">{inner}</text:list>");
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let styled = |style: &str| format!("<text:p text:style-name=\"{style}\">{style}</text:p>");
    let styles = r#"<office:styles><style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"/><style:style style:name="Quotations" style:family="paragraph"/></office:styles>"#;
    let automatic = r#"<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/><text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format=""/></text:list-style>"#;
    let body = "<text:h text:outline-level=\"3\">three</text:h><text:h text:style-name=\"P1\" text:outline-level=\"10\">ten</text:h>".to_owned()
        + &["P1", "Quotations", "Title"].map(styled).concat()
        + &list(&(item(&(p("a") + &p("more") + &format!("<text:list>{}</text:list>", item(&p("b"))))) + &item(&p("c"))))
        + "<text:list text:style-name=\"N\"><text:list-item><text:p>silent</text:p></text:list-item></text:list>"
        + &p("• typed");
    let lines = odt(&body).styles(styles).automatic(automatic).lines();
    assert_eq!(lines, ["### three", "## ten", "## P1", "> Quotations", "# Title", "- a", "more", "  - b", "- c", "silent", "- typed"]);
}

#[test]
fn looks_are_inherited_and_hidden_text_is_not_read() {
    let automatic = r#"<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="Q" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="P" style:family="paragraph" style:parent-style-name="Q"/><style:style style:name="Big" style:family="paragraph"><style:text-properties fo:font-size="150%"/></style:style><style:style style:name="W" style:family="text"><style:text-properties style:font-name="Wingdings"/></style:style>"#;
    let styles =
        r#"<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt"/></style:default-style></office:styles>"#;
    let body = "<text:p><text:span text:style-name=\"B\">bold</text:span>:</text:p><text:p>not <text:span text:style-name=\"B\">all</text:span></text:p><text:p text:style-name=\"P\">parent</text:p><text:p text:style-name=\"Big\">big</text:p><text:p>a<text:span text:style-name=\"H\">hidden</text:span>b</text:p><text:p><text:span text:style-name=\"W\">ü</text:span></text:p><text:p>Ordinary words, most of the text.</text:p>";
    let mut lines = odt(body).styles(styles).automatic(automatic).lines();
    lines.pop();
    assert_eq!(lines, ["*bold:*", "not all", "*parent*", "*big*", "ab", "✓"]);
}

#[test]
fn tables_keep_their_grid() {
    let cell = |attributes: &str, words: &str| format!("<table:table-cell {attributes}>{}</table:table-cell>", p(words));
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let body = format!(
        "<table:table><table:table-column/><table:table-header-rows>{}</table:table-header-rows>{}{}{}</table:table>",
        row(&(cell("", "Area") + &cell("", "Essential") + &cell("", "Desirable"))),
        row(&(cell("table:number-rows-spanned=\"2\"", "Skills") + &cell("", "Tact") + &cell("", "Welsh"))),
        row(&("<table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell>".to_owned() + &cell("table:number-columns-spanned=\"2\"", "wide"))),
        row(&("<table:table-cell table:number-columns-repeated=\"2\"/>".to_owned() + &cell("", "last"))),
    );
    let read = odt(&body).read();
    assert_eq!(lines(&read), ["0,0| Area", "0,1| Essential", "0,2| Desirable", "1,0 2x1| Skills", "1,1| Tact", "1,2| Welsh", "2,1 1x2| wide", "3,2| last"]);
    assert!(read.cells()[0].header && !read.cells()[3].header);
}

#[test]
fn headers_and_footers_of_used_pages_follow_the_body() {
    let page = |name: &str, inner: &str| format!("<style:master-page style:name=\"{name}\">{inner}</style:master-page>");
    let furniture = |kind: &str, words: &str| format!("<style:{kind}>{}</style:{kind}>", p(words));
    let styles = format!(
        "<office:master-styles>{}{}{}</office:master-styles>",
        page("Standard", &(furniture("header", "Ostrey Council") + &furniture("footer", "Ostrey Council") + &furniture("footer-left", "left"))),
        page("Used", &furniture("header", "used")),
        page("Unused", &furniture("header", "unused")),
    );
    let automatic = "<style:style style:name=\"P1\" style:family=\"paragraph\" style:master-page-name=\"Used\"/>";
    assert_eq!(odt(&p("body")).styles(&styles).automatic(automatic).lines(), ["body", "Ostrey Council", "left", "used"]);
}

#[test]
fn a_flat_file_is_read_like_a_package() {
    let flat = format!(
        "<?xml version=\"1.0\"?><office:document {ROOT}><office:master-styles><style:master-page><style:header>{}</style:header></style:master-page></office:master-styles><office:body><office:text>{}</office:text></office:body></office:document>",
        p("top"),
        p("body")
    );
    let read = Document::read(flat.as_bytes(), Format::OpenDocument).expect("it is one");
    assert_eq!(lines(&read), ["body", "top"]);
    let at = read.text().as_str().find("body").expect("it is there");
    let Location::Word(from, _) = read.locate(read.text().span(at, at + 4).expect("a span")) else { panic!("a place") };
    assert_eq!((&*from.part, from.paragraph, from.run), ("", 1, 0));
}

#[test]
fn a_place_is_a_stretch_of_characters_between_tags() {
    let body = p("first") + &p("We want a sales<text:span>m&amp;n</text:span><office:annotation><text:p>no</text:p></office:annotation> now");
    let read = odt(&body).read();
    for (words, paragraph, run, at) in [("first", 0, 0, 0), ("sales", 1, 0, 10), ("&n", 1, 1, 1), ("now", 1, 2, 1)] {
        let start = read.text().as_str().find(words).expect("it is there");
        let Location::Word(from, to) = read.locate(read.text().span(start, start + words.len()).expect("a span")) else { panic!("a place") };
        assert_eq!((&*from.part, from.paragraph, from.run, from.at), ("content.xml", paragraph, run, at), "{words}");
        assert_eq!(to.at as usize, at as usize + words.len(), "{words}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_the_reason() {
    let refusal = |bytes: &[u8]| Document::read(bytes, Format::OpenDocument).expect_err("it is refused");
    let mut locked = odt(&p("x"));
    locked.manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>".into();
    assert_eq!(refusal(&locked.bytes()), ReadError::Password);
    let sheet = zipped(&[("mimetype".into(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec())]);
    assert!(refusal(&sheet).to_string().contains("spreadsheet"));
    assert!(refusal(&zipped(&[("word/document.xml".into(), Vec::new())])).to_string().contains("Word document"));
    assert!(refusal(b"%PDF-1.7").to_string().contains("a PDF, not an OpenDocument text"));
    assert!(matches!(refusal(&odt("x").bytes()[..200]), ReadError::Damaged { .. }));
    let broken = Document::read(&odt(&(p("whole") + "<text:p>half</text:q>")).bytes(), Format::OpenDocument).expect("some of it is there");
    assert_eq!(lines(&broken), ["whole", "half"]);
    assert!(broken.notices()[0].0.contains("content.xml is damaged"));
}

#[test]
fn deep_nesting_does_no_harm() {
    for (open, close) in [
        ("<text:list><text:list-item>", "</text:list-item></text:list>"),
        ("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>"),
        ("<text:p><draw:frame><draw:text-box>", "</draw:text-box></draw:frame></text:p>"),
        ("<text:p><text:span>", "</text:span></text:p>"),
    ] {
        let body = p("before") + &open.repeat(1_000) + &p("deep") + &close.repeat(1_000) + &p("after");
        assert_eq!(odt(&body).lines().last().map(String::as_str), Some("after"), "{open}");
    }
}

proptest! {
    #[test]
    fn a_changed_document_does_not_panic(cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, "[<>/&\"a-z:]{0,8}"), 1..6)) {
        let mut body = p("a<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note><draw:text-box><text:p>é</text:p></draw:text-box>")
            + "<text:list><text:list-item><text:p>i</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>";
        for (at, len, instead) in cuts {
            let start = (0..=at.index(body.len())).rev().find(|i| body.is_char_boundary(*i)).unwrap_or(0);
            let end = (start + len..=body.len()).find(|i| body.is_char_boundary(*i)).unwrap_or(body.len());
            body.replace_range(start..end, &instead);
        }
        if let Ok(read) = Document::read(&odt(&body).bytes(), Format::OpenDocument) {
            for block in read.blocks() {
                read.locate(block.span);
            }
        }
    }
}
