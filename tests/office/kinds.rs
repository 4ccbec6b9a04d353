//! What paragraphs are: headings, list items, quotations, lines that stand out.

use super::package::{p, r, say, word};

fn styled(style: &str, words: &str) -> String {
    p(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}", r(words)))
}

fn style(id: &str, name: &str, inner: &str) -> String {
    format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{inner}</w:style>")
}

#[test]
fn headings_are_told_by_style_level_or_id() {
    let styles = style("berschrift1", "heading 1", "")
        + &style("Custom", "Criteria head", "<w:basedOn w:val=\"Own\"/>")
        + &style("Own", "Own", "<w:basedOn w:val=\"berschrift1\"/>")
        + &style("Level", "Level", "<w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>")
        + &style("Plain", "Plain", "<w:basedOn w:val=\"Level\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr>")
        + &style("Title", "Title", "")
        + &style("Sub", "Subtitle", "")
        + &style("Toc", "toc 1", "")
        + &style("Quote", "Quote", "")
        + &style("Circle", "Circle", "<w:basedOn w:val=\"Circle\"/>");
    let body = ["berschrift1", "Custom", "Level", "Plain", "Title", "Sub", "Toc", "Quote", "Circle", "Heading4", "Unknown"].map(|s| styled(s, s)).concat();
    let direct = p(&format!("<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>{}", r("direct")));
    let lines = word(&(body + &direct)).styles(&styles).lines();
    let expected = ["# berschrift1", "# Custom", "### Level", "Plain", "# Title", "## Sub", "> Quote", "Circle", "#### Heading4", "Unknown", "# direct"];
    assert_eq!(lines, expected);
}

#[test]
fn list_items_are_told_by_numbering_of_paragraph_or_style() {
    let numbering = r#"<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:pStyle w:val="Deep"/><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="none"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>"#;
    let num = |inner: &str| format!("<w:pPr><w:numPr>{inner}</w:numPr></w:pPr>");
    let styles = style("Bullet", "List Bullet", &num("<w:numId w:val=\"1\"/>"))
        + &style("Deep", "Deep", &num("<w:numId w:val=\"1\"/>"))
        + &style("Deeper", "Deeper", "<w:basedOn w:val=\"Deep\"/>")
        + &style("Head", "heading 2", &num("<w:numId w:val=\"1\"/>"));
    let direct = |inner: &str| p(&(num(inner) + &r("x")));
    let off = p(&format!("<w:pPr><w:pStyle w:val=\"Bullet\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>{}", r("off")));
    let body = direct("<w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/>")
        + &direct("<w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/>")
        + &direct("<w:ilvl w:val=\"2\"/><w:numId w:val=\"1\"/>")
        + &["Bullet", "Deep", "Deeper", "Head"].map(|s| styled(s, s)).concat()
        + &off
        + &say("• typed");
    let lines = word(&body).styles(&styles).numbering(numbering).lines();
    assert_eq!(lines, ["- x", "  - x", "x", "- Bullet", "  - Deep", "  - Deeper", "## Head", "off", "- typed"]);
}

#[test]
fn a_line_stands_out_when_the_whole_of_it_does() {
    let run = |properties: &str, words: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>");
    let bold_style = "<w:style w:type=\"character\" w:styleId=\"Strong\"><w:rPr><w:b/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Bold\"><w:rPr><w:b/></w:rPr></w:style><w:style w:type=\"character\" w:styleId=\"L\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:u w:val=\"single\"/></w:rPr></w:style>";
    let cases = [
        (run("<w:b/>", "bold"), "*bold*"),
        (run("<w:b w:val=\"false\"/>", "not"), "not"),
        (run("<w:b/>", "partly") + &r(" bold"), "partly bold"),
        (run("<w:u w:val=\"single\"/>", "underlined"), "*underlined*"),
        (run("<w:u w:val=\"none\"/>", "not"), "not"),
        (run("<w:caps/>", "Capitals"), "*Capitals*"),
        (run("<w:sz w:val=\"32\"/>", "large"), "*large*"),
        (run("<w:rStyle w:val=\"Strong\"/>", "by style"), "*by style*"),
        (run("<w:rStyle w:val=\"L\"/>", "a link"), "a link"),
        (format!("<w:hyperlink>{}</w:hyperlink>", run("<w:u w:val=\"single\"/>", "link")), "link"),
        (format!("<w:pPr><w:pStyle w:val=\"Bold\"/></w:pPr>{}", r("by paragraph")), "*by paragraph*"),
        // Bold in bold is not bold.
        (format!("<w:pPr><w:pStyle w:val=\"Bold\"/></w:pPr>{}", run("<w:rStyle w:val=\"Strong\"/>", "twice")), "twice"),
        (run("<w:b/>", "Essential") + &r(":"), "*Essential:*"),
        ("<w:r><w:rPr><w:b/></w:rPr><w:t>Head</w:t><w:br/></w:r>".to_owned() + &r("words"), "*Head*\nwords"),
    ];
    for (paragraph, expected) in cases {
        let body = p(&paragraph) + &say("A long line of ordinary text that says how large words are here.");
        let mut lines = word(&body).styles(bold_style).lines();
        lines.pop();
        assert_eq!(lines.join("\n"), expected, "{paragraph}");
    }
}
