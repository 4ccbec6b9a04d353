//! Parts as text → a zip file of them, so that a mutation reaches the XML instead of breaking a checksum.
//!
//! `=== NAME` on a line of its own begins a part, which goes to the next such line. Bytes without one are taken as they are.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

const MARK: &[u8] = b"=== ";

/// The zip file of parts, or the bytes themselves.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    if !bytes.starts_with(MARK) {
        return bytes.to_vec();
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts(bytes) {
        // A name that stands twice, or one that no zip file can hold.
        if zip.start_file(name, options).is_ok() {
            zip.write_all(content).expect("memory takes everything");
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn parts(bytes: &[u8]) -> Vec<(String, &[u8])> {
    let begins = |at: usize| bytes[at..].starts_with(MARK) && (at == 0 || bytes[at - 1] == b'\n');
    let starts: Vec<usize> = (0..bytes.len()).filter(|at| begins(*at)).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let part = |(start, end): (usize, usize)| {
        let part = &bytes[start + MARK.len()..end];
        let line = part.iter().position(|b| *b == b'\n').unwrap_or(part.len());
        (String::from_utf8_lossy(&part[..line]).into_owned(), part.get(line + 1..).unwrap_or_default())
    };
    starts.iter().copied().zip(ends).map(part).collect()
}
