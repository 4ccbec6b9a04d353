//! PDFs that cannot be read, or that are made to do harm.

use jdlint::document::{Document, Format, ReadError};
use proptest::prelude::*;

use super::file::{pdf, refusal};

#[test]
fn other_kinds_of_file_are_named() {
    assert!(refusal(b"PK\x03\x04").to_string().contains("damaged"));
    assert!(refusal(b"Dear all").to_string().contains("plain text"));
    assert!(matches!(refusal(b""), ReadError::Damaged { .. }));
    assert!(matches!(refusal(b"%PDF-1.7 and no more"), ReadError::Damaged { .. }));
}

#[test]
fn pages_without_text_are_a_scan() {
    let message = refusal(&pdf().page().raw("10 10 500 700 re f").bytes()).to_string();
    assert!(message.contains("scan"), "{message}");
}

#[test]
fn a_password_is_asked_for_in_words() {
    let file = String::from_utf8(pdf().lines(72, 100, &["Secret"]).bytes()).expect("it is text");
    let key = "00".repeat(32);
    let encrypt = format!("/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{key}> /U <{key}> >> /ID [<00> <00>] /Root");
    let message = refusal(file.replace("/Root", &encrypt).as_bytes()).to_string();
    assert!(message.contains("password"), "{message}");
}

#[test]
fn forms_within_forms_end() {
    // Each form draws the next one ten times, and the last one nothing: ten to the power of twelve times.
    let mut file = String::from("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n");
    file += "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 10 0 R >> >> /Contents 4 0 R >> endobj\n";
    file += "4 0 obj << /Length 5 >>\nstream\n/X Do\nendstream endobj\n";
    for n in 10..22 {
        let draw = if n == 21 { "q Q ".to_owned() } else { "/X Do ".repeat(10) };
        let next = n + 1;
        file += &format!(
            "{n} 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X {next} 0 R >> >> /Length {} >>\nstream\n{draw}\nendstream endobj\n",
            draw.len()
        );
    }
    file += "trailer << /Root 1 0 R >>\n%%EOF\n";
    assert!(matches!(refusal(file.as_bytes()), ReadError::TooLarge { .. }));
}

/// A small file with a bit of everything.
fn sample() -> Vec<u8> {
    let file = pdf().text("Bold", 20, 72, 80, "Cook").lines(72, 120, &["We look for a cook who", "likes fish.", "• A degree"]);
    let file = file.rule((66, 150), (366, 150)).rule((66, 150), (66, 200)).rule((216, 150), (216, 200));
    file.lines(72, 170, &["Essential"]).lines(222, 170, &["Desirable"]).page().lines(72, 100, &["More."]).bytes()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_it(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>()) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = Document::read(&bytes, Format::Pdf);
        bytes.truncate(cut.index(bytes.len()));
        let _ = Document::read(&bytes, Format::Pdf);
    }

    #[test]
    fn no_places_break_it(words in prop::collection::vec((0_u32..700, 0_u32..900, 1_u32..60, "[a-z•.-]{1,9}"), 0..120), rules in prop::collection::vec((0_u32..600, 0_u32..850, 0_u32..300), 0..60)) {
        let mut file = pdf().page();
        for (x, y, size, word) in &words {
            file = file.text("Plain", *size, *x, (*y).min(842), word);
        }
        for (x, y, length) in rules {
            file = if length % 2 == 0 { file.rule((x, y.min(842)), (x + length, y.min(842))) } else { file.rule((x, y.min(842)), (x, (y + length).min(842))) };
        }
        if let Ok(document) = Document::read(&file.bytes(), Format::Pdf) {
            let n_letters = document.text().as_str().chars().filter(|c| c.is_alphabetic()).count();
            prop_assert!(n_letters <= words.iter().map(|w| w.3.chars().filter(|c| c.is_alphabetic()).count()).sum::<usize>());
        }
    }
}
