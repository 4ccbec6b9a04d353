//! Bytes → what kind of file they truly are, whatever its name says. Looks at first bytes only; for old Office files at
//! the names in their directory.

use super::{Format, ReadError};

/// A zip file begins so, as every Word and OpenDocument file does.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// A kind of file that jdlint does not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Its name, with its article: “a picture (PNG)”.
    pub name: &'static str,
    /// What to do with it, as an imperative.
    pub advice: &'static str,
}

/// What the first bytes say that a file is.
enum Seen {
    /// A format that is read, and its name with its article.
    Ours(Format, &'static str),
    Foreign(Foreign),
    Unknown,
}

const IN_A_WORD_PROCESSOR: &str = "open it in Word or LibreOffice and save it as .docx";
const BY_EYE: &str = "run it through text recognition and save its text as .docx";
const UNPACK: &str = "unpack it and name the documents in it";
pub(super) const SHEET: &str = "copy the advert into a document; a table of adverts, saved as CSV, is for `jdlint records`";
pub(super) const SLIDES: &str = "export it as a PDF";
pub(super) const PAGES: &str = "in Pages, export it as Word (.docx) or PDF";
const MESSAGE: &str = "save the document that is attached, or paste the words of the message into one";

/// How kinds begin that have bytes of their own.
const STARTS: [(&[u8], &str, &str); 13] = [
    (b"{\\rtf", "a rich text document (RTF)", IN_A_WORD_PROCESSOR),
    (b"\xFFWPC", "a WordPerfect document", IN_A_WORD_PROCESSOR),
    (b"\x89PNG", "a picture (PNG)", BY_EYE),
    (b"\xFF\xD8\xFF", "a picture (JPEG)", BY_EYE),
    (b"GIF89a", "a picture (GIF)", BY_EYE),
    (b"II*\0", "a picture (TIFF)", BY_EYE),
    (b"MM\0*", "a picture (TIFF)", BY_EYE),
    (b"\0\0\0\x18ftyphei", "a photograph (HEIC)", BY_EYE),
    (b"\0\0\0\x1Cftyphei", "a photograph (HEIC)", BY_EYE),
    (b"\x1F\x8B", "a gzip archive", UNPACK),
    (b"7z\xBC\xAF", "a 7-Zip archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"%!PS", "a PostScript file", "save it as a PDF"),
];

/// The format that a file's content is plainly of, whatever its name; `None` where only a name can tell (Markdown, text).
pub(super) fn format(bytes: &[u8]) -> Option<Format> {
    match look(bytes) {
        Seen::Ours(format, _) => Some(format),
        Seen::Foreign(_) | Seen::Unknown => None,
    }
}

/// Why a file cannot be read as text of any kind: it is none, or none to be read as it stands.
pub(super) fn no_text(bytes: &[u8]) -> Option<ReadError> {
    if bytes.starts_with(OLD_OFFICE) {
        return Some(old_office(bytes));
    }
    if let Some(foreign) = by_start(bytes) {
        return Some(ReadError::Foreign(foreign));
    }
    let head = head(bytes);
    is_own_report(&head).then_some(ReadError::OwnReport).or_else(|| mail(&head).or_else(|| word_xml(&head)).map(ReadError::Foreign))
}

/// What `report` writes for people to keep, which often lies beside the adverts: the page, and the summary in Markdown.
fn is_own_report(head: &str) -> bool {
    head.starts_with("### jdlint: ") || head.starts_with("<!doctype html") && head.contains("<title>jdlint report: ")
}

/// Why a file that is no zip cannot be read as what its name says, `expected`.
pub(super) fn refusal(bytes: &[u8], expected: &'static str) -> ReadError {
    if bytes.iter().all(|b| *b == 0) {
        return ReadError::Damaged { what: if bytes.is_empty() { "it is empty" } else { "it holds only zeros" }.into() };
    }
    if let Some(refusal) = no_text(bytes) {
        return refusal;
    }
    match look(bytes) {
        Seen::Foreign(foreign) => ReadError::Foreign(foreign),
        Seen::Ours(_, found) => ReadError::WrongKind { found, expected },
        _ if super::decode::decode(bytes, None).is_ok() => ReadError::WrongKind { found: "plain text", expected },
        _ => ReadError::Damaged { what: format!("it is not {expected}, nor anything else that jdlint knows") },
    }
}

/// What a package is whose first part states this media type.
pub(super) fn open_document(media_type: &str) -> Option<ReadError> {
    let media_type = media_type.trim();
    let foreign = |name, advice| Some(ReadError::Foreign(Foreign { name, advice }));
    if media_type == "application/epub+zip" {
        return foreign("an e-book (EPUB)", "save it as .docx or HTML");
    }
    let kind = media_type.strip_prefix("application/vnd.oasis.opendocument.")?;
    match kind.split('-').next()? {
        "text" => None,
        "spreadsheet" => foreign("an OpenDocument spreadsheet (.ods)", SHEET),
        "presentation" => foreign("an OpenDocument presentation (.odp)", SLIDES),
        _ => foreign("an OpenDocument file of another kind", "save it as .docx, .odt or PDF"),
    }
}

/// Bytes at the start that are looked at.
const HEAD: usize = 8192;

fn by_start(bytes: &[u8]) -> Option<Foreign> {
    STARTS.iter().find(|(start, ..)| bytes.starts_with(start)).map(|(_, name, advice)| Foreign { name, advice })
}

/// The beginning as text, in small letters.
fn head(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(HEAD)];
    super::decode::decode(head, None).map(|d| d.text).unwrap_or_default().trim_start().to_ascii_lowercase()
}

fn look(bytes: &[u8]) -> Seen {
    if let Some(foreign) = by_start(bytes) {
        return Seen::Foreign(foreign);
    }
    if is_zip(bytes) {
        return packed(bytes);
    }
    // A PDF may have rubbish before its header, which viewers forgive.
    if bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        #[cfg(feature = "pdf")]
        return Seen::Ours(Format::Pdf, "a PDF");
        #[cfg(not(feature = "pdf"))]
        return Seen::Foreign(Foreign { name: "a PDF", advice: "save it as .docx, HTML or text" });
    }
    let head = head(bytes);
    mail(&head).map_or_else(|| markup(&head), Seen::Foreign)
}

/// A zip file, by the names of its parts, which stand in it as they are.
fn packed(bytes: &[u8]) -> Seen {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|w| w == name);
    if bytes.get(30..).is_some_and(|rest| rest.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text")) {
        Seen::Ours(Format::OpenDocument, "an OpenDocument text (.odt)")
    } else if holds(b"word/document.xml") || holds(b"[Content_Types].xml") {
        Seen::Ours(Format::Word, "a Word document (.docx)")
    } else {
        Seen::Unknown
    }
}

/// A message or an archived page, which browsers and Word write as a message: lines of headers, and one that says so.
fn mail(head: &str) -> Option<Foreign> {
    let first = head.lines().next()?.split_once(':').filter(|(name, _)| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let mime = head.starts_with("mime-version:") || head.contains("\nmime-version:");
    if mime && (head.starts_with("from ") || first.is_some()) {
        let is_page = head.contains("multipart/related") && !head.contains("\nreceived:") && !head.contains("\nto:");
        return Some(if is_page {
            Foreign { name: "a web archive (MHT)", advice: "open it in a browser or in Word and save it as .html or .docx" }
        } else {
            Foreign { name: "an e-mail", advice: MESSAGE }
        });
    }
    None
}

/// What Word saves as “XML document”: of 2003, or a package in one file.
fn word_xml(head: &str) -> Option<Foreign> {
    let says = ["word.document", "wordml", "schemas.microsoft.com/office/2006/xmlpackage"].iter().any(|name| head.contains(name));
    (head.starts_with("<?xml") && says).then_some(Foreign { name: "a Word document as a single XML file", advice: IN_A_WORD_PROCESSOR })
}

fn markup(head: &str) -> Seen {
    let is_page = ["<!doctype html", "<html"].iter().any(|start| head.starts_with(start)) || head.starts_with('<') && head.contains("<html");
    if is_page {
        Seen::Ours(Format::Html, "a web page (HTML)")
    } else if head.starts_with("<?xml") && head.contains("office:document") {
        Seen::Ours(Format::OpenDocument, "a flat OpenDocument file (.fodt)")
    } else if let Some(foreign) = word_xml(head) {
        Seen::Foreign(foreign)
    } else if head.starts_with("<?xml") {
        Seen::Foreign(Foreign { name: "an XML file", advice: "export the advert as HTML or .docx" })
    } else if head.starts_with(['{', '[']) && head.contains("\"@type\"") {
        Seen::Ours(Format::JsonLd, "JSON-LD")
    } else {
        Seen::Unknown
    }
}

const OLD_OFFICE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Word, Excel and PowerPoint before 2007, and what Office makes of an encrypted file: a container with named streams.
fn old_office(bytes: &[u8]) -> ReadError {
    let holds = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        // Directory entries are 128 bytes and stand on multiples of that.
        bytes.chunks(128).any(|entry| entry.starts_with(&name))
    };
    if holds("EncryptedPackage") {
        return ReadError::Password;
    }
    let (name, advice) = if holds("Workbook") || holds("Book") {
        ("an old Excel workbook (.xls)", SHEET)
    } else if holds("PowerPoint Document") {
        ("an old PowerPoint presentation (.ppt)", SLIDES)
    } else if holds("__properties_version1.0") {
        ("an Outlook message (.msg)", MESSAGE)
    } else {
        return ReadError::OldWord;
    };
    ReadError::Foreign(Foreign { name, advice })
}
