//! Tables, whose cells must not run into one another.

use jdlint::document::Document;

use super::file::{Pdf, pdf};

/// Each cell as its row, its column, what heads its column, and its words.
fn cells(document: &Document) -> Vec<String> {
    let words = |id: usize| document.slice(document.cells()[id].span).replace('\n', " / ");
    let cell = |(id, cell): (usize, &jdlint::document::Cell)| {
        let id = u32::try_from(id).expect("few cells");
        let heads: Vec<String> = document.column_headers(id).iter().map(|h| words(*h as usize)).collect();
        format!("{} {} [{}] {}", cell.row, cell.column, heads.join(", "), words(id as usize))
    };
    document.cells().iter().enumerate().filter(|(_, c)| !c.span.is_empty()).map(cell).collect()
}

/// A specification whose cells wrap.
fn specification() -> Pdf {
    pdf()
        .text("Bold", 11, 150, 100, "Essential")
        .text("Bold", 11, 350, 100, "Desirable")
        .lines(72, 130, &["Learning"])
        .lines(150, 130, &["Educated to degree level in", "any subject"])
        .lines(350, 130, &["A recognised qualification in", "official statistics"])
        .lines(72, 180, &["Work"])
        .lines(150, 180, &["Five years of complaints", "", "Difficult telephone calls"])
        .lines(350, 180, &["Eight years or more in a", "local authority"])
}

const SPECIFICATION: [&str; 8] = [
    "0 1 [] Essential",
    "0 2 [] Desirable",
    "1 0 [] Learning",
    "1 1 [Essential] Educated to degree level in any subject",
    "1 2 [Desirable] A recognised qualification in official statistics",
    "2 0 [] Work",
    "2 1 [Essential] Five years of complaints / Difficult telephone calls",
    "2 2 [Desirable] Eight years or more in a local authority",
];

#[test]
fn drawn_lines_make_cells() {
    let mut file = specification();
    for y in [85, 112, 160, 230] {
        file = file.rule((66, y), (530, y));
    }
    for x in [66, 144, 344, 530] {
        file = file.rule((x, 85), (x, 230));
    }
    assert_eq!(cells(&file.read()), SPECIFICATION);
}

#[test]
fn thin_rectangles_are_lines_and_the_outer_ones_may_be_missing() {
    let mut file = specification();
    for y in [112, 160] {
        file = file.raw(&format!("66 {} 464 0.5 re f", 842 - y));
    }
    for x in [144, 344] {
        file = file.raw(&format!("{x} {} 0.5 145 re f", 842 - 230));
    }
    assert_eq!(cells(&file.read()), SPECIFICATION);
}

#[test]
fn aligned_columns_make_cells_without_lines() {
    let document = specification().read();
    let found = cells(&document);
    for cell in ["Educated to degree level in any subject", "A recognised qualification in official statistics", "Eight years or more in a local authority"] {
        assert!(found.iter().any(|c| c.ends_with(cell)), "{cell} in {found:?}");
    }
    assert!(found.iter().any(|c| c.contains("[Desirable] Eight years")), "{found:?}");
}

#[test]
fn a_cell_without_a_line_through_it_spans_columns() {
    let mut file = pdf().lines(72, 100, &["Importance"]).lines(72, 130, &["Essential"]).lines(222, 130, &["Desirable"]).lines(72, 160, &["A degree"]).lines(
        222,
        160,
        &["A car"],
    );
    for y in [85, 112, 142, 172] {
        file = file.rule((66, y), (366, y));
    }
    file = file.rule((66, 85), (66, 172)).rule((366, 85), (366, 172)).rule((216, 112), (216, 172));
    let document = file.read();
    assert_eq!(document.cells().iter().map(|c| (c.row, c.column, c.columns)).collect::<Vec<_>>(), [(0, 0, 2), (1, 0, 1), (1, 1, 1), (2, 0, 1), (2, 1, 1)]);
}

#[test]
fn a_frame_round_text_is_no_table() {
    let file = pdf().lines(72, 100, &["Closing date: Friday"]).raw("66 700 300 60 re S");
    assert!(file.read().cells().is_empty());
}

#[test]
fn a_table_goes_on_over_the_page() {
    let ruled = |mut file: Pdf, top: u32, bottom: u32| {
        for y in [top, bottom] {
            file = file.rule((66, y), (366, y));
        }
        for x in [66, 216, 366] {
            file = file.rule((x, top), (x, bottom));
        }
        file
    };
    let file = ruled(pdf().page().lines(72, 690, &["Experience of"]).lines(222, 690, &["A car"]), 675, 705);
    let file = ruled(file.page().lines(72, 110, &["running an office"]), 95, 125);
    assert_eq!(cells(&file.read()), ["0 0 [] Experience of running an office", "0 1 [] A car"]);
}

#[test]
fn rows_that_begin_level_are_a_table_though_their_cells_are_full() {
    let left = [
        "Educated to degree level in any subject",
        "at all, with official proof of it",
        "Minimum of six years of experience of",
        "running a complaints office",
    ];
    let right =
        ["A recognised qualification in official", "statistics or a field close to it", "Eight years or more in a local authority", "or in a health service"];
    let document = pdf()
        .text("Bold", 11, 72, 100, "Essential")
        .text("Bold", 11, 320, 100, "Desirable")
        .lines(72, 122, &left[..2])
        .lines(320, 122, &right[..2])
        .lines(72, 160, &left[2..])
        .lines(320, 160, &right[2..])
        .read();
    assert_eq!(
        cells(&document),
        [
            "0 0 [] Essential".to_owned(),
            "0 1 [] Desirable".to_owned(),
            format!("1 0 [Essential] {}", left[..2].join(" ")),
            format!("1 1 [Desirable] {}", right[..2].join(" ")),
            format!("2 0 [Essential] {}", left[2..].join(" ")),
            format!("2 1 [Desirable] {}", right[2..].join(" ")),
        ]
    );
}

/// As word processors print a table without lines: cells centred in their rows, full ones near the next column.
#[test]
fn centred_cells_make_rows_without_lines() {
    let file = pdf()
        .text("Bold", 11, 72, 100, "Criterion")
        .text("Bold", 11, 316, 100, "E/D")
        .text("Bold", 11, 342, 100, "Assessed")
        .lines(72, 118, &["A full driving licence"])
        .lines(316, 118, &["E"])
        .lines(342, 118, &["A"])
        .lines(72, 136, &["Five years of experience in a care setting with", "older people in their homes"])
        .lines(316, 143, &["D"])
        .lines(342, 143, &["A/I"])
        .lines(72, 168, &["Good spoken English"])
        .lines(316, 168, &["E"])
        .lines(342, 168, &["I"]);
    assert_eq!(
        cells(&file.read()),
        [
            "0 0 [] Criterion",
            "0 1 [] E/D",
            "0 2 [] Assessed",
            "1 0 [Criterion] A full driving licence",
            "1 1 [E/D] E",
            "1 2 [Assessed] A",
            "2 0 [Criterion] Five years of experience in a care setting with older people in their homes",
            "2 1 [E/D] D",
            "2 2 [Assessed] A/I",
            "3 0 [Criterion] Good spoken English",
            "3 1 [E/D] E",
            "3 2 [Assessed] I",
        ]
    );
}

/// A narrow column's heading takes two lines, and the others' one, at the top or in the middle.
#[test]
fn a_heading_may_wrap_in_a_table_without_lines() {
    for (first, one_line) in [(100, 100), (100, 107)] {
        for [above, below] in [["Essential/", "Desirable"], ["E/", "D"]] {
            // The first line sticks out on both sides of the second.
            let mut file = pdf().text("Bold", 11, 328, first, above).text("Bold", 11, 330, first + 14, below);
            file = file.text("Bold", 11, 72, one_line, "Criterion").text("Bold", 11, 410, one_line, "Assessed");
            file = file.lines(72, 140, &["Five years of experience in a care setting with", "older people in their homes"]);
            file = file.lines(330, one_line + 40, &["E"]).lines(410, one_line + 40, &["Interview"]);
            let file = file.lines(72, 180, &["A full driving licence"]).lines(330, 180, &["D"]).lines(410, 180, &["Form"]);
            let head = format!("{above} {below}");
            let expected = [
                "0 0 [] Criterion".to_owned(),
                format!("0 1 [] {head}"),
                "0 2 [] Assessed".to_owned(),
                "1 0 [Criterion] Five years of experience in a care setting with older people in their homes".to_owned(),
                format!("1 1 [{head}] E"),
                "1 2 [Assessed] Interview".to_owned(),
                "2 0 [Criterion] A full driving licence".to_owned(),
                format!("2 1 [{head}] D"),
                "2 2 [Assessed] Form".to_owned(),
            ];
            assert_eq!(cells(&file.read()), expected);
        }
    }
}

#[test]
fn a_heading_ends_a_table_without_lines() {
    let table = |file: Pdf, y: u32, [left, right]: [&str; 2]| {
        let file = file.text("Bold", 11, 72, y, left).text("Bold", 11, 320, y, right);
        let file = file.lines(72, y + 20, &["Clear notes"]).lines(320, y + 20, &["Makaton"]);
        file.lines(72, y + 40, &["Kind to people"]).lines(320, y + 40, &["Some Welsh"])
    };
    let file = table(pdf(), 100, ["Essential", "Desirable"]).text("Bold", 16, 72, 175, "Terms");
    let document = table(file, 210, ["Days", "Hours"]).read();
    let found = cells(&document);
    assert!(found.iter().any(|c| c == "1 1 [Desirable] Makaton") && found.iter().any(|c| c == "1 1 [Hours] Makaton"), "{found:?}");
    let heading = document.blocks().iter().find(|b| document.slice(b.span) == "Terms").expect("it is there");
    assert!(heading.cell.is_none() && matches!(heading.kind, jdlint::document::BlockKind::Heading(_)), "{heading:?}");
}
