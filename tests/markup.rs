//! What a person reads in Markdown, HTML, JSON-LD and plain text, and the way back from each word to its bytes.

use jdlint::document::{BlockKind, Document, Emphasis, Format, Location, ReadError};
use proptest::prelude::*;

fn read(text: &str, format: Format) -> Document {
    Document::read(text.as_bytes(), format).expect("it can be read")
}

/// The blocks as a person would type them: `# ` a heading, `- ` an item, `> ` a quotation, `` ` `` code, `!` what stands out,
/// `[row,column]` what stands in a cell, with a star where the cell is a header.
fn shape(document: &Document) -> Vec<String> {
    let shown = document.blocks().iter().map(|block| {
        let cell = block.cell.map(|c| &document.cells()[c as usize]);
        let place = cell.map(|c| format!("[{},{}]{} ", c.row, c.column, if c.header { "*" } else { "" })).unwrap_or_default();
        let kind = match block.kind {
            BlockKind::Heading(level) => format!("{} ", "#".repeat(level.into())),
            BlockKind::Paragraph => String::new(),
            BlockKind::Item(depth) => format!("{}- ", "  ".repeat(depth.into())),
            BlockKind::Quotation => "> ".to_owned(),
            BlockKind::Code => "` ".to_owned(),
        };
        let emphasis = if block.emphasis == Emphasis::Strong { "!" } else { "" };
        format!("{place}{kind}{emphasis}{}", document.slice(block.span))
    });
    shown.collect()
}

#[track_caller]
fn reads(text: &str, format: Format, expected: &[&str]) {
    assert_eq!(shape(&read(text, format)), expected, "{text}");
}

/// The stored bytes that a word of the document came from.
fn stored<'t>(document: &Document, text: &'t str, word: &str) -> &'t str {
    let start = document.text().as_str().find(word).expect("the word is read");
    let span = document.text().span(start, start + word.len()).expect("words end on character boundaries");
    match document.locate(span) {
        Location::Bytes(bytes) => &text[bytes.range()],
        other => panic!("{word} is at {other:?}"),
    }
}

mod html {
    use super::*;

    #[track_caller]
    fn html(text: &str, expected: &[&str]) {
        reads(text, Format::Html, expected);
    }

    #[test]
    fn words_split_by_tags_are_whole() {
        let text = "<p>sales<b>man</b>, wait<span>resses</span> and fore<wbr>men<sup>1</sup></p>";
        let document = read(text, Format::Html);
        assert_eq!(shape(&document), ["salesman, waitresses and foremen1"]);
        assert_eq!(stored(&document, text, "salesman"), "sales<b>man");
        assert_eq!(stored(&document, text, "foremen"), "fore<wbr>men");
        assert_eq!(stored(&document, text, "and"), "and");
    }

    #[test]
    fn words_between_blocks_are_apart() {
        html("<div>a<p>b</p>c</div><ul><li>d<li>e</ul><table><tr><td>f<td>g</table>h", &["a", "b", "c", "- d", "- e", "[0,0] f", "[0,1] g", "h"]);
    }

    #[test]
    fn entities_are_characters_and_keep_their_places() {
        let text = "<p>&ldquo;R&amp;D&rdquo; caf&eacute; 5&#43;&nbsp;years, caf&eacute\r\nx&semi;</p>";
        let document = read(text, Format::Html);
        assert_eq!(shape(&document), ["“R&D” café 5+ years, café x;"]);
        assert_eq!(stored(&document, text, "“R&D”"), "&ldquo;R&amp;D&rdquo;");
        assert_eq!(stored(&document, text, "R"), "R");
        assert_eq!(stored(&document, text, "5+ years"), "5&#43;&nbsp;years");
        assert_eq!(stored(&document, text, "é"), "&eacute;");
        assert_eq!(stored(&document, text, "x;"), "x&semi;");
        assert_eq!(stored(&document, text, ";"), "&semi;");
    }

    #[test]
    fn lines_with_typed_bullets_are_items() {
        html(
            "<b>What you&rsquo;ll do</b><br>&bull;&nbsp;Lead<br>- Plan<br>o Young team<br><br>1. Write<br/>",
            &["!What you’ll do", "- Lead", "- Plan", "- Young team", "- Write"],
        );
    }

    #[test]
    fn prose_wrapped_by_hand_is_one_paragraph() {
        html("<p>We want a friendly<br>barista who smiles.<br>We pay well.</p>", &["We want a friendly barista who smiles.", "We pay well."]);
    }

    #[test]
    fn lines_that_all_begin_small_are_a_list() {
        html("<p>You need:<br>a degree in law<br>a driving licence</p>", &["You need:", "a degree in law", "a driving licence"]);
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        html(
            "<head><title>T</title><style>p{}</style></head><script>ninja</script><nav><a>Jobs</a></nav><p hidden>a</p><div style='DISPLAY : none !important'>b</div>\
             <span style=visibility:hidden>c</span><select><option>d</select><button>e</button><textarea>f</textarea><svg><title>g</title></svg><template>h</template>\
             <noscript>i</noscript><del>j</del><p style='text-decoration:line-through'>k</p>seen",
            &["seen"],
        );
    }

    #[test]
    fn hidden_words_do_not_join_or_split_others() {
        html("<p>sales<span hidden>x</span>man</p><p>a<script>b</script>c</p>text<nav>menu</nav>text", &["salesman", "ac", "text", "text"]);
    }

    #[test]
    fn a_heading_that_is_a_button_is_read() {
        html("<h3><button>Essential criteria</button></h3><button>Apply</button><p>A car</p>", &["### Essential criteria", "A car"]);
    }

    #[test]
    fn a_page_without_script_is_read_where_nothing_else_is() {
        html("<noscript><p>A post</p></noscript>", &["A post"]);
        html("<noscript><p>Turn it on</p></noscript><p>A post</p>", &["A post"]);
    }

    #[test]
    fn blocks_stand_out_only_where_all_of_them_does() {
        html(
            "<p><strong>Duties</strong>:</p><p><b>You</b> will</p><p><span style='font-weight:700'>Ab</span><u>out</u></p><b style='font-weight:normal'>plain</b>",
            &["!Duties:", "You will", "!About", "plain"],
        );
    }

    #[test]
    fn lists_nest_and_their_cells_keep_them() {
        html("<ul><li>a<ol><li>b</li></ol></li><li><p>c</p></li></ul><table><tr><td><ul><li>d</ul>e</table>", &["- a", "  - b", "- c", "[0,0] - d", "[0,0] e"]);
    }

    #[test]
    fn merged_cells_take_their_rows_and_columns() {
        let text = "<table><thead><tr><td rowspan=2>Criteria<td colspan=2>Importance<tr><td>Essential<td>Desirable</thead>\
                    <tr><th rowspan=2>Skills<td>a<td>b<tr><td>c<td>d</table>";
        let document = read(text, Format::Html);
        let expected =
            ["[0,0]* Criteria", "[0,1]* Importance", "[1,1]* Essential", "[1,2]* Desirable", "[2,0]* Skills", "[2,1] a", "[2,2] b", "[3,1] c", "[3,2] d"];
        assert_eq!(shape(&document), expected);
        let last = u32::try_from(document.cells().len() - 1).expect("few cells");
        let words = |cells: Vec<u32>| cells.iter().map(|c| document.slice(document.cells()[*c as usize].span)).collect::<Vec<_>>();
        assert_eq!(words(document.column_headers(last)), ["Importance", "Desirable"]);
        assert_eq!(words(document.row_headers(last)), ["Skills"]);
    }

    #[test]
    fn tables_nest_and_layout_tables_are_none() {
        let document = read("<table><tr><td>a<table><tr><td>b</table>c</table>", Format::Html);
        assert_eq!(shape(&document), ["[0,0] a", "[0,0] b", "[0,0] c"]);
        assert_eq!(document.cells()[1].parent, Some(0));
        html("<table role=presentation><tr><td><h2>Duties</h2><td>b</table>", &["## Duties", "b"]);
    }

    #[test]
    fn comments_are_kept_for_tools() {
        let text = "<p>man<!-- jdlint: allow -->ager</p>";
        let document = read(text, Format::Html);
        assert_eq!(shape(&document), ["manager"]);
        let comment = &document.comments()[0];
        assert_eq!((comment.text.as_str(), comment.at), ("jdlint: allow", 3));
        assert_eq!(comment.bytes.map(|b| &text[b.range()]), Some("<!-- jdlint: allow -->"));
    }

    #[test]
    fn a_declared_encoding_is_heeded_and_places_are_those_of_the_file() {
        let bytes = b"<!-- \xe9 --><meta http-equiv=Content-Type content='text/html; charset=windows-1250'><p>\xb9ena x</p>";
        let document = Document::read(bytes, Format::Html).expect("it can be read");
        assert_eq!(shape(&document), ["ąena x"]);
        let Location::Bytes(place) = document.locate(document.text().span(0, 5).expect("ąena")) else { panic!("it has bytes") };
        assert_eq!(&bytes[place.range()], b"\xb9ena");
        assert_eq!(document.comments()[0].bytes.map(|b| &bytes[b.range()]), Some(&b"<!-- \xe9 -->"[..]));
    }

    #[test]
    fn utf16_is_told_without_a_mark() {
        let page = "<html><body><h1>Clerk – café</h1></body></html>";
        for bytes in [page.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), page.encode_utf16().flat_map(u16::to_be_bytes).collect()] {
            for format in [Format::Html, Format::Text] {
                let document = Document::read(&bytes, format).expect("it can be read");
                assert_eq!(document.text().as_str(), "Clerk – café");
            }
        }
        assert!(Document::read(b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", Format::Text).is_err(), "zeros are no text");
    }

    #[test]
    fn badly_nested_tags_lose_nothing() {
        html("<b>a <i>b</b> c</i> d</p></div></td> e<p>f<div>g</p>h", &["a b c d", "e", "f", "g", "h"]);
    }

    #[test]
    fn the_title_is_told_where_there_is_no_heading() {
        assert_eq!(read("<title>A &amp; B\n Ltd</title><p>x", Format::Html).facts().title.as_deref(), Some("A & B Ltd"));
        assert_eq!(read("<title>A</title><h1>B</h1>", Format::Html).facts().title, None);
    }

    #[test]
    fn an_empty_page_is_read_from_its_data() {
        let data = r#"<script type="application/ld+json">{"@type":"Organization"}</script><script type="application/ld+json">{"@type":"JobPosting","title":"Host","description":"&lt;p&gt;Greet the guests of our hotel.&lt;/p&gt;"}</script>"#;
        html(&format!("{data}<div id=root></div>"), &["# Host", "Greet the guests of our hotel."]);
        let whole = read(&format!("{data}<p>Greet the guests of our hotel.</p>"), Format::Html);
        assert_eq!(shape(&whole), ["Greet the guests of our hotel."]);
        assert_eq!(whole.facts().title.as_deref(), Some("Host"));
    }

    #[test]
    fn deep_nesting_is_no_harm() {
        for (open, close) in
            [("<div>", "</div>"), ("<b>", "</b>"), ("<table><tr><td>", "</table>"), ("<ul><li>", "</ul>"), ("<span>", "</b>"), ("<p hidden>", "</i>")]
        {
            let text = format!("{}x{}", open.repeat(100_000), close.repeat(100_000));
            assert!(Document::read(text.as_bytes(), Format::Html).is_ok(), "{open}");
        }
        let wide = format!("<table><tr>{}", "<td>x".repeat(50_000));
        assert_eq!(read(&wide, Format::Html).cells().len(), 50_000);
    }
}

mod markdown {
    use super::*;

    #[track_caller]
    fn markdown(text: &str, expected: &[&str]) {
        reads(text, Format::Markdown, expected);
    }

    #[test]
    fn structure_is_read_and_marks_are_gone() {
        markdown(
            "# Host {#host}\n\nGreet *our* guests,\nall [day](x.html \"t\").\n\n- a\n  1. b\n\n     c\n- ~~d~~ e\n- [ ] f\n\n> g\n\n    h\n\n**Duties:**\n\n![i](j) k[^1]\n\n[^1]: l\n",
            &["# Host", "Greet our guests, all day.", "- a", "  - b", "  - c", "- e", "- f", "> g", "` h", "!Duties:", "k", "l"],
        );
    }

    #[test]
    fn words_split_by_marks_keep_their_places() {
        let text = "A sales**man**, well\\-spoken, for R&amp;D, uses `grep` and ``a`b``";
        let document = read(text, Format::Markdown);
        assert_eq!(shape(&document), ["A salesman, well-spoken, for R&D, uses grep and a`b"]);
        assert_eq!(stored(&document, text, "salesman"), "sales**man");
        assert_eq!(stored(&document, text, "well-spoken"), "well\\-spoken");
        assert_eq!(stored(&document, text, "R&D"), "R&amp;D");
        assert_eq!(stored(&document, text, "grep"), "grep");
        assert_eq!(stored(&document, text, "a`b"), "a`b");
    }

    #[test]
    fn tables_have_headers() {
        markdown("| E | D |\n|---|:-:|\n| a \\| b | <b>c</b> |\n", &["[0,0]* E", "[0,1]* D", "[1,0] a | b", "[1,1] !c"]);
    }

    #[test]
    fn html_within_is_read_as_html() {
        let text = "<details><summary>What we offer</summary>\n\nA sand<wbr>wich &pound;5\n\n</details>\n\n<div style=\"display:none\">\n\nhidden\n\n</div>\n\n\
                    <!-- note -->\n> <p\n> align=x>quoted</p>\n";
        let document = read(text, Format::Markdown);
        assert_eq!(shape(&document), ["!What we offer", "A sandwich £5", "> quoted"]);
        assert_eq!(stored(&document, text, "offer"), "offer");
        assert_eq!(stored(&document, text, "£5"), "&pound;5");
        assert_eq!(stored(&document, text, "quoted"), "quoted");
        assert_eq!(document.comments()[0].bytes.map(|b| &text[b.range()]), Some("<!-- note -->"));
    }

    #[test]
    fn comments_over_several_indented_lines_are_no_text() {
        markdown("- a\n\n  <!-- b\n  c -->\n\n  d\n", &["- a", "- d"]);
    }

    #[test]
    fn front_matter_is_no_text() {
        let document = read("---\ntitle: \"Host\"\ntags: [ninja]\n---\n\nGreet the guests.\n", Format::Markdown);
        assert_eq!(shape(&document), ["Greet the guests."]);
        assert_eq!(document.facts().title.as_deref(), Some("Host"));
        // Text between two dividing lines is text.
        markdown("---\n\n# Host\n\n---\n\nGreet.\n\n---\nmore\n\n---\n", &["# Host", "Greet.", "more"]);
    }

    #[test]
    fn template_tags_are_no_text() {
        let text = "{% if x %}\n{{ page.org }} hires a **host** at {{ page.place }}.\n{% endif %}\n{% comment %} ninja\n\nb {% endcomment %}\nGreet.\n{: .lead}\n\n{{ unclosed\n";
        let document = read(text, Format::Markdown);
        assert_eq!(shape(&document), ["hires a host at .", "Greet.", "{{ unclosed"]);
        assert_eq!(stored(&document, text, "host"), "host");
    }

    #[test]
    fn typed_bullets_and_hard_breaks_begin_blocks() {
        markdown("You will:\n• lead\n• plan  \nPaid\\\nPlaced", &["You will:", "- lead", "- plan", "Paid", "Placed"]);
    }

    #[test]
    fn lines_with_labels_are_apart() {
        markdown("> Job title: Host\n> **Pay**: good\n> for one\n> Https://x", &["> Job title: Host", "> Pay: good for one Https://x"]);
    }

    #[test]
    fn a_page_of_a_static_site_is_read_as_what_follows_its_front_matter() {
        let document = read("---\ntitle: Host\n---\nGreet:\n\n* guests\n", Format::Html);
        assert_eq!((document.format(), shape(&document)), (Format::Markdown, vec!["Greet:".to_owned(), "- guests".to_owned()]));
        let text = "---\ntitle: Host\n---\n<p>Greet</p>";
        let document = read(text, Format::Html);
        assert_eq!((shape(&document), document.facts().title.as_deref()), (vec!["Greet".to_owned()], Some("Host")));
        assert_eq!(stored(&document, text, "Greet"), "Greet");
    }
}

mod json {
    use super::*;

    #[track_caller]
    fn json(text: &str, expected: &[&str]) {
        reads(text, Format::JsonLd, expected);
    }

    #[test]
    fn escaped_wording_is_read_however_often_it_was_escaped() {
        for description in [
            "<p>R&amp;D</p><ul><li>x</ul>",
            "&lt;p&gt;R&amp;amp;D&lt;/p&gt;&lt;ul&gt;&lt;li&gt;x",
            "&amp;lt;p&amp;gt;R&amp;amp;D&amp;lt;/p&amp;gt;&amp;lt;li&amp;gt;x",
        ] {
            json(&format!(r#"{{"@type":"JobPosting","description":"{description}"}}"#), &["R&D", "- x"]);
        }
    }

    #[test]
    fn plain_wording_is_read_by_its_lines() {
        json(r#"{"@type":"JobPosting","description":"We do R&amp;D.\n\n• lead\n• plan"}"#, &["We do R&D.", "- lead", "- plan"]);
    }

    #[test]
    fn a_posting_is_found_wherever_it_is() {
        let posting = r#"{"@type":["Thing","JobPosting"],"title":"Host","description":"Host guests. Greet."}"#;
        for text in [
            posting.to_owned(),
            format!("[1,{posting}]"),
            format!(r#"{{"@graph":[{{"@type":"WebPage"}},{posting}]}}"#),
            format!(r#"{{"a":{{"b":{posting}}}}}"#),
        ] {
            json(&text, &["Host guests. Greet."]);
        }
    }

    #[test]
    fn other_fields_follow_under_a_heading_unless_they_repeat() {
        json(
            r#"{"@type":"JobPosting","title":"Host","description":"<p>Greet.</p><p>Smile!</p>","skills":["Greek","Welsh"],"qualifications":"<p>Smile</p>","jobBenefits":""}"#,
            &["# Host", "Greet.", "Smile!", "## Skills", "- Greek", "- Welsh"],
        );
    }

    #[test]
    fn facts_are_words() {
        let text = r#"{"@type":"http://schema.org/JobPosting","title":"R&amp;D Host","description":"x","employmentType":["FULL_TIME","PART_TIME"],"validThrough":"2026-03-01",
            "hiringOrganization":{"name":"Inn"},"jobLocation":[{"address":{"addressLocality":"York"}}],
            "baseSalary":{"currency":"GBP","value":{"minValue":"20000","maxValue":24000,"unitText":"YEAR"}}}"#;
        let document = read(text, Format::JsonLd);
        let facts = document.facts();
        let told = [&facts.title, &facts.hours, &facts.closes, &facts.employer, &facts.place, &facts.pay].map(|f| f.as_deref().unwrap_or(""));
        assert_eq!(told, ["R&D Host", "FULL_TIME, PART_TIME", "2026-03-01", "Inn", "York", "20000 to 24000 GBP a year"]);
        let span = document.blocks()[1].span;
        assert_eq!(document.locate(span), Location::Field("description"));
    }

    #[test]
    fn what_holds_no_posting_is_refused() {
        let refused = |text: &str| Document::read(text.as_bytes(), Format::JsonLd).expect_err("it cannot be linted");
        assert_eq!(refused(r#"{"@type":"Event","description":"x"}"#), ReadError::NoJobPosting);
        assert_eq!(refused(r#"{"@type":"JobPosting","description":" "}"#), ReadError::NoJobPosting);
        assert!(refused("{\n\"a\":\n}").to_string().contains("line 3 column 1"));
        assert!(matches!(refused(&"[".repeat(100_000)), ReadError::DeepJson));
    }

    #[test]
    fn raw_line_breaks_in_strings_are_forgiven() {
        json("{\"@type\":\"JobPosting\",\"description\":\"<p>a</p>\n<p>b</p>\"}", &["a", "b"]);
    }
}

mod plain {
    use super::*;

    #[track_caller]
    fn plain(text: &str, expected: &[&str]) {
        reads(text, Format::Text, expected);
    }

    #[test]
    fn titles_are_underlined_or_set_off() {
        plain(
            "====\nHost\n====\n\nDuties\n^^^^^^\nGreet.\n-----\n\n=== PAY ===\n## Place\n**Hours**\nFull time",
            &["# Host", "## Duties", "Greet.", "## PAY", "## Place", "!Hours", "Full time"],
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_and_unwrapped_ones_are_not() {
        let wrapped = "The host greets the guests of our house at the door of the inn and\nshows them in. Some of them come from far away, from Spain or from\nFrance, and the host speaks with them.\nWe are open.";
        plain(
            wrapped,
            &[
                "The host greets the guests of our house at the door of the inn and shows them in. Some of them come from far away, from Spain or from France, and the host speaks with them.",
                "We are open.",
            ],
        );
        let list = "Ensure that all of the voting systems are updated and maintained\nTrain and supervise temporary workers until the work is completed\n";
        plain(list, &["Ensure that all of the voting systems are updated and maintained", "Train and supervise temporary workers until the work is completed"]);
    }

    #[test]
    fn items_nest_by_their_indent_and_hang() {
        plain(
            "  1. Keep the site\n     safe at\n     Night\n      a) brief the gangs\n  2. Plan\r\n• x\r\nText",
            &["- Keep the site safe at Night", "  - brief the gangs", "- Plan", "- x", "Text"],
        );
    }

    #[test]
    fn a_text_that_is_html_is_read_as_html() {
        plain("<p>a &amp; b</p>\n<ul><li>c</li></ul>", &["a & b", "- c"]);
        plain("<5 years of C, <b>or</b> C++", &["<5 years of C, <b>or</b> C++"]);
    }

    #[test]
    fn lines_for_the_tool_are_comments() {
        let text = "A post\njdlint: allow gendered.title\nmore";
        let document = read(text, Format::Text);
        assert_eq!(shape(&document), ["A post", "more"]);
        assert_eq!(document.comments()[0].text, "jdlint: allow gendered.title");
    }
}

mod any_text {
    use super::*;

    const FORMATS: [Format; 4] = [Format::Text, Format::Markdown, Format::Html, Format::JsonLd];

    /// Bits that mean something in one of the formats, so that chance puts them together badly.
    #[expect(clippy::too_many_lines, reason = "it is a list")]
    fn soup() -> impl Strategy<Value = String> {
        let bits = prop::sample::select(vec![
            "man",
            "ager",
            "é",
            "🏗️",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "    ",
            "\t",
            "- ",
            "1. ",
            "# ",
            "> ",
            "|",
            "|---|",
            "**",
            "*",
            "~~",
            "`",
            "```",
            "[",
            "](",
            ")",
            "\\",
            "---",
            "===",
            "&amp;",
            "&eacute",
            "&#8217;",
            "&#x",
            "&",
            ";",
            "<",
            ">",
            "</",
            "/>",
            "<b>",
            "</b>",
            "<i",
            "<p>",
            "</p>",
            "<br>",
            "<ul>",
            "<li>",
            "</li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
            "<th rowspan=3 colspan=2>",
            "</td>",
            "</table>",
            "<div hidden>",
            "</div>",
            "<pre>",
            "</pre>",
            "<script>",
            "</script>",
            "<title>",
            "</title>",
            "<!--",
            "-->",
            "<h2>",
            "</h2>",
            "<blockquote>",
            "<span style='display:block;font-weight:bold'>",
            "</span>",
            "{{",
            "}}",
            "{% comment %}",
            "{% endcomment %}",
            "{\"@type\":\"JobPosting\",\"description\":\"",
            "\"}",
            "\u{7f}",
            "\u{0}",
        ]);
        prop::collection::vec(bits, 0..40).prop_map(|bits| bits.concat())
    }

    fn holds_together(document: &Document, bytes: &[u8]) {
        let mut end = 0;
        for block in document.blocks() {
            assert!(block.span.start() >= end && !block.span.is_empty(), "blocks are in order and apart: {:?}", document.blocks());
            end = block.span.end();
            let words = document.slice(block.span);
            assert!(!words.is_empty() && words.trim() == words, "{words:?}");
            assert!(block.cell.is_none_or(|c| document.cells()[c as usize].span.contains(block.span)));
            if let Location::Bytes(place) = document.locate(block.span) {
                assert!(place.end() <= bytes.len());
                assert!(std::str::from_utf8(bytes).is_ok_and(|text| text.get(place.range()).is_some()) || std::str::from_utf8(bytes).is_err());
            }
        }
        for cell in document.cells() {
            assert!(document.text().span(cell.span.start(), cell.span.end()).is_some());
        }
        for comment in document.comments() {
            assert!(comment.at <= document.text().as_str().len());
        }
    }

    proptest! {
        #[test]
        fn is_read_without_panic(text in soup()) {
            for format in FORMATS {
                if let Ok(document) = Document::read(text.as_bytes(), format) {
                    holds_together(&document, text.as_bytes());
                }
            }
        }

        #[test]
        fn of_any_bytes_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for format in FORMATS {
                if let Ok(document) = Document::read(&bytes, format) {
                    holds_together(&document, &bytes);
                }
            }
        }

        #[test]
        fn in_html_leads_back_to_its_bytes(text in parts(&["man", "é", "x", " ", "\n", "&amp;", "&eacute;", "&#8217;", "&nbsp;", "<b>", "</b>", "<wbr>", "<p>", "<li>", "<td>", "<table>", "<br>", "<!-- c -->", "</table>", "\r\n"])) {
            leads_back(&text, Format::Html);
        }

        #[test]
        fn in_markdown_leads_back_to_its_bytes(text in parts(&["man", "é", "x", " ", "\n", "\n\n", "&amp;", "&eacute;", "\\-", "**", "*", "- ", "# ", "> ", "<b>", "</b>", "<wbr>", "  \n", "| a | b |\n|---|---|\n", "[", "](#)", "\r\n"])) {
            leads_back(&text, Format::Markdown);
        }

        #[test]
        fn in_plain_text_leads_back_to_its_bytes(text in parts(&["man", "é", "x", " ", "\n", "\r\n", "\r", "\t", "- ", "• ", "1. ", "---\n", "== ", "**", "\u{2028}"])) {
            leads_back(&text, Format::Text);
        }
    }

    fn parts(parts: &[&'static str]) -> impl Strategy<Value = String> + use<> {
        prop::collection::vec(prop::sample::select(parts.to_vec()), 0..30).prop_map(|parts| parts.concat())
    }

    /// Each word of the document came from bytes that spell it.
    fn leads_back(text: &str, format: Format) {
        let document = read(text, format);
        let whole = document.text().as_str();
        for word in whole.split_whitespace() {
            let start = word.as_ptr() as usize - whole.as_ptr() as usize;
            let span = document.text().span(start, start + word.len()).expect("words end on character boundaries");
            let Location::Bytes(place) = document.locate(span) else { panic!("{word} has no place") };
            let source = &text[place.range()];
            assert_eq!(letters(&resolved(source)), letters(word), "{source:?} of {text:?}");
            if !source.contains(['<', '&', '\\', '*', '[', ']', '~']) {
                assert_eq!(source, word, "of {text:?}");
            }
        }
    }

    /// A piece of source without its markup.
    fn resolved(source: &str) -> String {
        let mut words = String::new();
        let mut rest = source;
        while let Some((before, tag)) = rest.split_once('<') {
            words.push_str(before);
            rest = tag.split_once('>').map_or("", |(_, after)| after);
        }
        words.push_str(rest);
        let entities = [("&eacute;", "é"), ("&#8217;", "’"), ("&nbsp;", " "), ("&amp;", "&")];
        entities.iter().fold(words, |words, (from, to)| words.replace(from, to))
    }

    fn letters(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }
}
