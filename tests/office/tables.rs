//! Tables: the grid, merged cells, and which cells head which.

use jdlint::document::Document;

use super::package::{cell, lines, p, row, say, table, word};

fn headers(document: &Document, words: &str) -> (Vec<String>, Vec<String>) {
    let block = document.blocks().iter().find(|b| document.slice(b.span) == words).expect("the words are there");
    let id = block.cell.expect("they stand in a cell");
    let said = |ids: Vec<u32>| ids.iter().map(|id| document.slice(document.cells()[*id as usize].span).to_owned()).collect();
    (said(document.column_headers(id)), said(document.row_headers(id)))
}

#[test]
fn cells_keep_their_place_in_the_grid() {
    let merge = |words: &str| cell("<w:vMerge w:val=\"restart\"/>", words);
    let merged = cell("<w:vMerge/>", "not shown");
    let tables = [
        (table(&[&["a", "b"], &["", "d"]]), vec!["0,0| a", "0,1| b", "1,1| d"]),
        (
            format!(
                "<w:tbl>{}{}</w:tbl>",
                row("", &(cell("<w:gridSpan w:val=\"2\"/>", "wide") + &cell("", "c"))),
                row("<w:gridBefore w:val=\"1\"/>", &(cell("", "b") + &cell("", "c")))
            ),
            vec!["0,0 1x2| wide", "0,2| c", "1,1| b", "1,2| c"],
        ),
        (
            format!(
                "<w:tbl>{}{}{}</w:tbl>",
                row("", &(merge("tall") + &cell("", "1"))),
                row("", &(merged.clone() + &cell("", "2"))),
                row("", &(cell("", "next") + &cell("", "3")))
            ),
            vec!["0,0 2x1| tall", "0,1| 1", "1,1| 2", "2,0| next", "2,1| 3"],
        ),
        // A merge that nothing began is a cell of its own.
        (format!("<w:tbl>{}</w:tbl>", row("", &(merged + &cell("", "b")))), vec!["0,0| not shown", "0,1| b"]),
        (format!("<w:tbl>{}{}</w:tbl>", row("<w:del/>", &cell("", "gone")), row("", &(cell("<w:cellDel/>", "gone") + &cell("", "kept")))), vec!["0,0| kept"]),
        (
            format!("<w:tbl><w:tr><w:tc>{}{}{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", say("before"), table(&[&["in"]]), say("after"), say("b")),
            vec!["0,0| before", "0,0| in", "0,0| after", "0,1| b"],
        ),
        (
            format!(
                "<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>",
                say("one"),
                p("<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>two</w:t></w:r>")
            ),
            vec!["0,0| one", "0,0| - two"],
        ),
    ];
    for (body, expected) in tables {
        assert_eq!(word(&body).lines(), expected, "{body}");
    }
}

#[test]
fn a_nested_table_knows_its_cell() {
    let read = word(&format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", table(&[&["in"]]))).read();
    assert_eq!(lines(&read), ["0,0| in"]);
    let parents: Vec<Option<u32>> = read.cells().iter().map(|c| c.parent).collect();
    assert_eq!(parents, [None, Some(0)]);
}

#[test]
fn the_first_row_and_column_are_headers() {
    let read = word(&table(&[&["Criteria", "Essential", "Desirable"], &["Skills", "", "Welsh"]])).read();
    assert_eq!(headers(&read, "Welsh"), (vec!["Desirable".into()], vec!["Skills".into()]));
}

#[test]
fn a_header_of_two_rows_is_read_as_one() {
    let rows = [
        cell("<w:vMerge w:val=\"restart\"/>", "Criteria") + &cell("<w:gridSpan w:val=\"2\"/>", "Importance"),
        cell("<w:vMerge/>", "") + &cell("", "Essential") + &cell("", "Desirable"),
        cell("", "A degree") + &cell("", "") + &cell("", "✓"),
    ];
    let read = word(&format!("<w:tbl>{}</w:tbl>", rows.map(|cells| row("", &cells)).concat())).read();
    assert_eq!(headers(&read, "✓"), (vec!["Importance".into(), "Desirable".into()], vec!["A degree".into()]));
    assert_eq!(headers(&read, "A degree").0, ["Criteria"]);
    assert_eq!(headers(&read, "Essential").0, ["Importance"]);
}

#[test]
fn rows_across_the_table_head_what_follows() {
    let across = |words: &str| row("", &cell("<w:gridSpan w:val=\"2\"/>", words));
    let entry = |a: &str, b: &str| row("", &(cell("", a) + &cell("", b)));
    let table = [
        "<w:tbl>".to_owned(),
        entry("Criterion", "Tested by"),
        across("Essential"),
        entry("Tact", "Interview"),
        across("Desirable"),
        entry("Welsh", "Form"),
        "</w:tbl>".into(),
    ];
    let read = word(&table.concat()).read();
    assert_eq!(headers(&read, "Tact").0, ["Criterion", "Essential"]);
    assert_eq!(headers(&read, "Form").0, ["Tested by", "Desirable"]);
    let is_header = |words: &str| read.blocks().iter().any(|b| read.slice(b.span) == words && b.cell.is_some_and(|c| read.is_header(c)));
    assert!(is_header("Desirable") && is_header("Tested by") && !is_header("Tact"));
}

#[test]
fn a_header_that_is_typed_again_is_no_entry() {
    let read =
        word(&table(&[&["Skills", "Essential", "Desirable"], &["", "Tact", "Welsh"], &["Experience", "Essential", "Desirable"], &["", "Sales", "Retail"]]))
            .read();
    assert_eq!(headers(&read, "Sales").0, ["Essential"]);
    let n_headers = (0..read.cells().len()).filter(|id| read.is_header(u32::try_from(*id).expect("few cells"))).count();
    assert_eq!(n_headers, 6);
}

#[test]
fn a_repeated_header_row_is_one_that_word_marks() {
    let rows = row("<w:tblHeader/>", &(cell("", "a") + &cell("", "b"))) + &row("", &(cell("", "c") + &cell("", "d")));
    let read = word(&format!("<w:tbl>{rows}</w:tbl>")).read();
    let marked: Vec<bool> = read.cells().iter().map(|c| c.header).collect();
    assert_eq!(marked, [true, true, false, false]);
}

#[test]
fn names_beside_their_values_are_no_column_headers() {
    let bold = |words: &str| format!("<w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r></w:p></w:tc>");
    let rows = [("Salary", "£27,000"), ("Hours", "20 a week")].map(|(name, value)| row("", &(bold(name) + &cell("", value)))).concat();
    let read = word(&format!("<w:tbl>{rows}</w:tbl>")).read();
    assert_eq!(headers(&read, "20 a week"), (vec![], vec!["Hours".into()]));
}
