//! Words, paragraphs, headings, lists and columns.

use jdlint::document::Location;

use super::file::{lines, pdf};

#[test]
fn gaps_end_words_whether_or_not_there_is_a_space() {
    let document = pdf().raw("BT /Plain 11 Tf 72 700 Td [(A) -300 (de) -20 (gree) -278 (in)] TJ ( law) Tj ET").read();
    assert_eq!(lines(&document), ["A degree in law"]);
}

#[test]
fn wrapped_lines_are_one_paragraph() {
    let document = pdf()
        .lines(72, 100, &["We are looking for somebody who likes to work with people and", "who has time on Mondays.", "Apply now"])
        .lines(72, 170, &["The next paragraph stands apart."])
        .read();
    assert_eq!(
        lines(&document),
        ["We are looking for somebody who likes to work with people and who has time on Mondays.", "Apply now", "The next paragraph stands apart."]
    );
}

#[test]
fn larger_lines_are_headings_and_bold_ones_stand_out() {
    let document = pdf()
        .text("Bold", 20, 72, 80, "Cook")
        .text("Bold", 15, 72, 120, "The kitchen")
        .lines(72, 150, &["It is large and bright, and it has windows on all of its sides."])
        .text("Bold", 11, 72, 180, "Essential")
        .lines(72, 196, &["A food hygiene certificate"])
        .read();
    assert_eq!(
        lines(&document),
        ["# Cook", "## The kitchen", "It is large and bright, and it has windows on all of its sides.", "! Essential", "A food hygiene certificate"]
    );
}

// A bold serif font's strokes are hardly thicker than those of a plain one without serifs.
#[test]
fn bold_words_stand_out_in_another_family_too() {
    let document = pdf()
        .lines(72, 100, &["We look for somebody who likes to cook for many people, and who"])
        .lines(72, 114, &["is there in the mornings and at noon, in the holidays as well."])
        .text("SerifBold", 11, 72, 150, "Essential")
        .text("Serif", 11, 72, 166, "A food hygiene certificate")
        .read();
    let paragraph = "We look for somebody who likes to cook for many people, and who is there in the mornings and at noon, in the holidays as well.";
    assert_eq!(lines(&document), [paragraph, "! Essential", "A food hygiene certificate"]);
}

#[test]
fn words_that_a_line_divides_are_whole() {
    let document = pdf()
        .lines(
            72,
            100,
            &[
                "The administration of all our li-",
                "cences needs a first-",
                "floor office and an award-",
                "winning up-to-",
                "date approach to pre-",
                "and post-natal care.",
            ],
        )
        .read();
    assert_eq!(
        lines(&document),
        ["The administration of all our licences needs a first-floor office and an award-winning up-to-date approach to pre- and post-natal care."]
    );
}

#[test]
fn bullets_are_list_items_by_their_indent() {
    let document = pdf()
        .text("Plain", 11, 72, 100, "You will")
        .text("Symbol", 11, 80, 116, "\\267")
        .text("Plain", 11, 98, 116, "look after the looms, the lathes and the kilns of all the")
        .text("Plain", 11, 98, 130, "workshops")
        .text("Mono", 11, 110, 144, "o")
        .text("Plain", 11, 128, 144, "at night, too")
        .text("Symbol", 11, 80, 158, "\\267")
        .text("Plain", 11, 98, 158, "teach")
        .text("Dingbats", 11, 80, 180, "n")
        .text("Plain", 11, 98, 180, "rest")
        .read();
    assert_eq!(
        lines(&document),
        ["You will", "* look after the looms, the lathes and the kilns of all the workshops", "  * at night, too", "* teach", "* rest"]
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let document = pdf()
        .text("Bold", 20, 72, 80, "An office manager for the fish market of the town")
        .lines(72, 120, &["Our office is where the fishers", "settle their accounts. It is a", "friendly place, with a staff of", "five. You have a degree."])
        .lines(
            320,
            123,
            &["Fill in the form at the office or", "ask for it by telephone. All the", "offers are subject to references", "and we pay your travel."],
        )
        .read();
    assert_eq!(
        lines(&document),
        [
            "# An office manager for the fish market of the town",
            "Our office is where the fishers settle their accounts. It is a friendly place, with a staff of five. You have a degree.",
            "Fill in the form at the office or ask for it by telephone. All the offers are subject to references and we pay your travel.",
        ]
    );
}

#[test]
fn raised_letters_stay_with_their_word() {
    let document = pdf()
        .lines(72, 86, &["Before that"])
        .text("Plain", 11, 72, 100, "On the 19")
        .text("Plain", 7, 120, 94, "th")
        .text("Plain", 11, 130, 100, "of May")
        .read();
    assert_eq!(lines(&document), ["Before that", "On the 19th of May"]);
}

#[test]
fn running_headers_are_read_once_and_page_numbers_not_at_all() {
    let mut file = pdf();
    for n in 1..=3 {
        file = file.page().text("Plain", 9, 72, 30, "Dunmarsh Council").text("Plain", 9, 290, 820, &format!("Page {n} of 3"));
        file = file.lines(72, 200, &[&format!("This is said on sheet {n}.")]);
    }
    assert_eq!(lines(&file.read()), ["This is said on sheet 1.", "This is said on sheet 2.", "This is said on sheet 3.", "Dunmarsh Council"]);
}

#[test]
fn a_page_end_does_not_end_a_sentence() {
    let document = pdf().page().lines(72, 700, &["You will look after the looms and"]).page().lines(72, 100, &["the kilns."]).read();
    assert_eq!(lines(&document), ["You will look after the looms and the kilns."]);
}

#[test]
fn places_are_pages_and_points() {
    let document = pdf().page().lines(72, 700, &["First."]).page().lines(72, 100, &["Second salesman."]).read();
    let text = document.text().as_str();
    let start = text.find("salesman").expect("it is there");
    let span = document.text().span(start, start + 8).expect("it is there");
    let Location::Page(place) = document.locate(span) else { panic!("it stands on a page") };
    assert_eq!((place.number, place.y), (2, 100));
    assert!(place.x > 72);
}
