//! PDFs that cannot be read, or that are made to do harm.

use jdlint::document::{Document, Format, Limit, Limits, ReadError};
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
    assert!(matches!(refusal(file.as_bytes()), ReadError::Beyond(Limit::Drawings(_))));
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

/// A file of these objects, numbered from 1, without a table of them; the first is the catalogue.
fn of_objects(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    for (n, object) in objects.iter().enumerate() {
        file.extend(format!("{} 0 obj ", n + 1).into_bytes());
        file.extend(object);
        file.extend(b" endobj\n");
    }
    file.extend(b"trailer << /Root 1 0 R >>\n%%EOF\n");
    file
}

/// A page whose content is this stream.
fn of_content(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut stream = format!("<< {dictionary} /Length {} >>\nstream\n", data.len()).into_bytes();
    stream.extend(data);
    stream.extend(b"\nendstream");
    let font = "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>";
    of_objects(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {font} /Contents 4 0 R >>").into_bytes(),
        stream,
    ])
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 9)
}

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|b| format!("{b:02x}").into_bytes()).chain(*b">").collect()
}

#[test]
fn streams_that_unpack_to_too_much_are_refused_however_they_are_packed() {
    let limits = Limits { unpacked: 4 << 20, ..Limits::default() };
    let large = vec![b' '; 20 << 20];
    let once = zlib(&large);
    let lzw = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8).encode(&large).expect("it is packed");
    let runs = [129, b' '].repeat(large.len() / 128);
    for (filters, data) in [
        ("/FlateDecode", once.clone()),
        ("[/FlateDecode /FlateDecode]", zlib(&once)),
        ("[/ASCIIHexDecode /FlateDecode]", hexadecimal(&once)),
        ("[/AHx /Fl /Fl]", hexadecimal(&zlib(&once))),
        ("/Fl#61teDecode", once[2..].to_vec()),
        ("/LZWDecode", lzw),
        ("/RunLengthDecode", runs),
        // It says that it is a picture, and is drawn as text.
        ("/FlateDecode /Subtype /Image", once.clone()),
    ] {
        let file = of_content(&format!("/Filter {filters}"), &data);
        let read = Document::read_within(&file, Format::Pdf, &limits);
        assert_eq!(read.err(), Some(ReadError::Beyond(Limit::Unpacked(4 << 20))), "{filters}");
    }
}

#[test]
fn packed_pages_are_read() {
    let content = b"BT /F 12 Tf 72 700 Td (We need a clerk.) Tj ET";
    for (filters, data) in [
        ("/FlateDecode", zlib(content)),
        ("[/ASCIIHexDecode /FlateDecode]", hexadecimal(&zlib(content))),
        ("[/FlateDecode /FlateDecode]", zlib(&zlib(content))),
        ("/ASCIIHexDecode", hexadecimal(content)),
    ] {
        let document = Document::read(&of_content(&format!("/Filter {filters}"), &data), Format::Pdf).expect("it is a page");
        assert_eq!(document.text().as_str().trim(), "We need a clerk.", "{filters}");
    }
}

#[test]
fn pages_without_end_are_cut_off_with_a_notice() {
    let n_pages = 20_000;
    let mut objects = vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), Vec::new()];
    objects.push(b"<< /Length 46 >>\nstream\nBT /F 12 Tf 72 700 Td (We need a clerk.) Tj ET\nendstream".to_vec());
    let font = "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>";
    let page = format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {font} /Contents 3 0 R >>");
    let kids: String = (0..n_pages).map(|n| format!("{} 0 R ", n + 4)).collect();
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {n_pages} >>").into_bytes();
    objects.extend((0..n_pages).map(|_| page.clone().into_bytes()));
    let document = Document::read(&of_objects(&objects), Format::Pdf).expect("it has pages");
    let notices: Vec<&str> = document.notices().iter().map(|n| n.0.as_str()).collect();
    assert_eq!(notices, ["only the first 300 of its 20000 pages were read; --max-pages reads more"]);
}

#[test]
fn page_trees_that_turn_back_or_go_deep_end() {
    let catalogue = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let circle = of_objects(&[catalogue.clone(), b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>".to_vec()]);
    let deep: Vec<Vec<u8>> = (0..50_000).map(|n| format!("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", n + 3).into_bytes()).collect();
    let deep = of_objects(&[vec![catalogue], deep].concat());
    for file in [circle, deep] {
        let read = Document::read(&file, Format::Pdf);
        assert!(matches!(read, Err(ReadError::Damaged { .. })), "{read:?}");
    }
}

#[test]
fn arrays_within_arrays_end() {
    let deep = [vec![b'['; 1_000_000], vec![b']'; 1_000_000]].concat();
    let text = b" BT /F 12 Tf 72 700 Td (We need a clerk.) Tj ET";
    _ = Document::read(&of_content("", &[deep.as_slice(), text].concat()), Format::Pdf);
    let content = of_content("", text);
    let with_array = String::from_utf8_lossy(&content).replace("trailer", &format!("5 0 obj {} endobj trailer", String::from_utf8_lossy(&deep)));
    assert!(Document::read(with_array.as_bytes(), Format::Pdf).is_ok(), "the array is nobody's");
}

#[test]
fn more_than_anybody_reads_is_refused() {
    let content = format!("BT /F 1 Tf 72 700 Td ({}) Tj ET", "clerk ".repeat(2_000));
    let limits = Limits { drawings: 10_000, ..Limits::default() };
    assert_eq!(Document::read_within(&of_content("", content.as_bytes()), Format::Pdf, &limits).err(), Some(ReadError::Beyond(Limit::Drawings(10_000))));
}
