//! Bytes → what kind of file they truly are, whatever its name says. Looks at first bytes only; for old Office files at
//! the names in their directory.

use super::ReadError;

/// A zip file begins so, as every Word and OpenDocument file does.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Why a file that is no zip cannot be read as what its name says, `expected`.
pub(super) fn refusal(bytes: &[u8], expected: &'static str) -> ReadError {
    if bytes.iter().all(|b| *b == 0) {
        return ReadError::Damaged { what: if bytes.is_empty() { "it is empty" } else { "it holds only zeros" }.into() };
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return old_office(bytes, expected);
    }
    match name(bytes) {
        Some(found) => ReadError::WrongKind { found, expected },
        None => ReadError::Damaged { what: format!("it is not {expected}, nor anything else that jdlint knows") },
    }
}

/// What a package is whose first part states this media type.
pub(super) fn open_document(media_type: &str) -> Option<&'static str> {
    let media_type = media_type.trim();
    if media_type == "application/epub+zip" {
        return Some("an e-book (EPUB)");
    }
    let kind = media_type.strip_prefix("application/vnd.oasis.opendocument.")?;
    Some(match kind.split('-').next()? {
        "text" => "an OpenDocument text (.odt)",
        "spreadsheet" => "an OpenDocument spreadsheet (.ods)",
        "presentation" => "an OpenDocument presentation (.odp)",
        _ => "an OpenDocument file of another kind",
    })
}

/// The kind, with its article, by the first bytes.
fn name(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 10] = [
        (b"%PDF", "a PDF"),
        (b"{\\rtf", "a rich text document (RTF)"),
        (b"\x89PNG", "a picture (PNG)"),
        (b"\xFF\xD8\xFF", "a picture (JPEG)"),
        (b"GIF8", "a picture (GIF)"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"7z\xBC\xAF", "a 7-Zip archive"),
        (b"Rar!", "a RAR archive"),
        (b"\xFFWPC", "a WordPerfect document"),
        (b"From ", "an e-mail"),
    ];
    if let Some((_, found)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(found);
    }
    // A PDF may have rubbish before its header, which viewers forgive.
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Some("a PDF");
    }
    let text = super::decode::decode(bytes, None).ok()?.text;
    Some(markup(text.trim_start()).unwrap_or("plain text"))
}

fn markup(text: &str) -> Option<&'static str> {
    let head: String = text.chars().take(1000).collect::<String>().to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<html") {
        return Some("a web page (HTML)");
    }
    head.starts_with("<?xml").then_some(if head.contains("office:document") {
        "a flat OpenDocument file (.fodt)"
    } else if head.contains("word.document") || head.contains("wordml") {
        "a Word document as a single XML file"
    } else {
        "an XML file"
    })
}

/// Word, Excel and PowerPoint before 2007, and what Office makes of an encrypted file: a container with named streams.
fn old_office(bytes: &[u8], expected: &'static str) -> ReadError {
    let holds = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        // Directory entries are 128 bytes and stand on multiples of that.
        bytes.chunks(128).any(|entry| entry.starts_with(&name))
    };
    if holds("EncryptedPackage") {
        return ReadError::Password;
    }
    let found = if holds("Workbook") || holds("Book") {
        "an old Excel workbook (.xls)"
    } else if holds("PowerPoint Document") {
        "an old PowerPoint presentation (.ppt)"
    } else if holds("__properties_version1.0") {
        "an Outlook message (.msg)"
    } else {
        return ReadError::OldWord;
    };
    ReadError::WrongKind { found, expected }
}
