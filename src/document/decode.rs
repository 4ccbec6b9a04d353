//! Bytes → text: UTF-8, UTF-16 with a byte-order mark or without, Windows-1252, with the way back to the stored bytes.

use super::ReadError;
use super::source::Stored;
use crate::text::offset;

/// A decoded file.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) stored: Stored,
    /// Which encoding was guessed, where the file did not say.
    pub(super) guessed: Option<&'static str>,
}

/// Decodes a text file. `label` is the encoding that the document itself names (an HTML `meta` element).
///
/// # Errors
/// [`ReadError::NotText`] where the bytes are no text in any encoding that HR's files have.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, ReadError> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let body = &bytes[mark..];
        if encoding == encoding_rs::UTF_8 {
            let text = utf8(body).ok_or(ReadError::NotText { at: mark })?;
            return Ok(Decoded { text, stored: shifted(mark), guessed: None });
        }
        return Ok(utf16(body, encoding, mark));
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Ok(Decoded { guessed: Some(encoding.name()), ..utf16(bytes, encoding, 0) });
    }
    if let Some(at) = binary(bytes) {
        return Err(ReadError::NotText { at });
    }
    if let Some(text) = utf8(bytes) {
        return Ok(Decoded { text, stored: Stored::default(), guessed: None });
    }
    let named = label.and_then(|l| encoding_rs::Encoding::for_label(l.as_bytes())).filter(|e| *e != encoding_rs::UTF_8 && e.is_single_byte());
    let encoding = named.unwrap_or_else(|| guess(bytes));
    Ok(Decoded { guessed: named.is_none().then(|| encoding.name()), ..by_character(bytes, encoding) })
}

/// UTF-16 without a mark, as some exports are: in a text of European letters every other byte is zero, and few others are.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let n_zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (n_zeros(0), n_zeros(1));
    let n_units = head.len() / 2;
    let is_text = |zeros: usize, others: usize| n_units >= 8 && zeros * 10 >= n_units * 8 && others == 0;
    match () {
        () if is_text(odd, even) => Some(encoding_rs::UTF_16LE),
        () if is_text(even, odd) => Some(encoding_rs::UTF_16BE),
        () => None,
    }
}

fn utf8(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

fn shifted(mark: usize) -> Stored {
    Stored { steps: vec![(0, offset(mark))], unit: (1, 1), encoding: None }
}

/// A NUL, or one of the control characters that no text has, in the first bytes: a picture, a program, UTF-16 without a mark.
fn binary(bytes: &[u8]) -> Option<usize> {
    let head = &bytes[..bytes.len().min(8192)];
    head.iter().position(|b| matches!(b, 0..=6 | 14..=25 | 28..=31))
}

/// An old text without a label. A detector is asked only among single-byte encodings of the languages HR writes in. Where a
/// few letters leave it in doubt (the “ï” of “naïve” is Baltic, too), it goes by a western country.
fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(64 * 1024)], true);
    let guessed = detector.guess(Some(b"uk"), chardetng::Utf8Detection::Deny);
    if guessed.is_single_byte() { guessed } else { encoding_rs::WINDOWS_1252 }
}

/// Single-byte encodings: each stored byte is one character.
fn by_character(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Decoded {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut steps = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        if byte.is_ascii() {
            text.push(*byte as char);
            continue;
        }
        let one = [*byte];
        let (c, _) = encoding.decode_without_bom_handling(&one);
        text.push_str(&c);
        steps.push((offset(text.len()), offset(at + 1)));
    }
    Decoded { text, stored: Stored { steps, unit: (1, 1), encoding: Some(encoding) }, guessed: None }
}

/// UTF-16: two or four stored bytes a character.
fn utf16(body: &[u8], encoding: &'static encoding_rs::Encoding, mark: usize) -> Decoded {
    let little = encoding == encoding_rs::UTF_16LE;
    let units = body.chunks_exact(2).map(|b| if little { u16::from_le_bytes([b[0], b[1]]) } else { u16::from_be_bytes([b[0], b[1]]) });
    let mut text = String::with_capacity(body.len());
    let mut steps = vec![(0, offset(mark))];
    let mut at = mark;
    for unit in char::decode_utf16(units) {
        let c = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
        at += if c.len_utf16() == 2 && c != char::REPLACEMENT_CHARACTER { 4 } else { 2 };
        text.push(c);
        if c.len_utf8() > 1 {
            steps.push((offset(text.len()), offset(at)));
        }
    }
    Decoded { text, stored: Stored { steps, unit: (2, 1), encoding: Some(encoding) }, guessed: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_keeps_its_offsets() {
        let bytes = b"\x93term time\x94 caf\xe9 x";
        let decoded = decode(bytes, None).expect("it is text");
        assert_eq!(decoded.text, "“term time” café x");
        let at = decoded.text.find('x').expect("it is there");
        assert_eq!(decoded.stored.of(offset(at)) as usize, bytes.len() - 1);
    }

    #[test]
    fn a_single_letter_is_taken_for_a_western_one() {
        for (bytes, text) in [(&b"We seek a na\xefve clerk"[..], "We seek a naïve clerk"), (b"Zo\xeb", "Zoë"), (b"r\xe9sum\xe9", "résumé"), (b"\x80 5", "€ 5")]
        {
            assert_eq!(decode(bytes, None).expect("it is text").text, text);
        }
        let polish = b"Szukamy osoby, kt\xf3ra zna si\xea na ksi\xeagowo\x9cci i b\xeadzie pracowa\xe6 w naszym biurze w \xa3odzi";
        assert!(decode(polish, None).expect("it is text").text.contains("księgowości"), "what says more is still heard");
    }

    #[test]
    fn utf16_keeps_its_offsets() {
        let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain("a🏗b é".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let decoded = decode(&bytes, None).expect("it is text");
        assert_eq!(decoded.text, "a🏗b é");
        let b = decoded.text.find('b').expect("it is there");
        assert_eq!(decoded.stored.of(offset(b)), 2 + 2 + 4);
        assert_eq!(decoded.stored.of(offset(b + 1)), 2 + 2 + 4 + 2);
    }

    #[test]
    fn binary_is_refused() {
        assert!(matches!(decode(b"\x89PNG\r\n\x1a\n\0\0", None), Err(ReadError::NotText { .. })));
    }
}
