//! A zip file and its changed parts → the zip file with these parts changed. All other entries are copied as they are
//! packed, in their order; new parts stand at the end.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{ByteEdit, ReviewError, spliced};
use crate::document::package::Package;

/// A part as text, for reading, and the way back to its bytes.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) text: String,
    /// Bytes of the mark before the text.
    mark: usize,
}

/// What becomes of a part.
pub(super) struct PartChange {
    name: String,
    bytes: Vec<u8>,
    /// Where it stands in the package; `None` for a new one.
    index: Option<usize>,
}

impl Part {
    /// Reads a part that is to be changed; `None` where there is no such part.
    ///
    /// # Errors
    /// Damaged, or not in UTF-8, as every word processor writes it.
    pub(super) fn read(package: &mut Package, name: &str) -> Result<Option<Part>, ReviewError> {
        let Some(bytes) = package.part(name)? else { return Ok(None) };
        Part::of(name, &bytes).map(Some)
    }

    /// A part of these bytes.
    ///
    /// # Errors
    /// Not in UTF-8.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Part, ReviewError> {
        let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let text = std::str::from_utf8(&bytes[mark..]).ok().filter(|text| !text.contains('\0'));
        let text = text.ok_or_else(|| ReviewError::Encoding { part: name.to_owned() })?;
        Ok(Part { name: name.to_owned(), text: text.to_owned(), mark })
    }

    /// Its bytes with these edits, whose places are bytes of the text.
    pub(super) fn edited(&self, edits: Vec<ByteEdit>) -> Vec<u8> {
        let mark: &[u8] = if self.mark > 0 { b"\xef\xbb\xbf" } else { b"" };
        [mark, &spliced(self.text.as_bytes(), edits)].concat()
    }

    /// The part with these edits.
    pub(super) fn change(&self, package: &Package, edits: Vec<ByteEdit>) -> PartChange {
        PartChange { name: self.name.clone(), bytes: self.edited(edits), index: package.index(&self.name) }
    }
}

impl PartChange {
    /// A part that there was not.
    pub(super) fn new_part(name: String, text: String) -> PartChange {
        PartChange { name, bytes: text.into_bytes(), index: None }
    }
}

/// The package with these parts changed.
///
/// # Errors
/// A zip file that can be read, but not copied: two entries of one name, say.
pub(super) fn rewritten(bytes: &[u8], changes: &[PartChange]) -> Result<Vec<u8>, ReviewError> {
    let broken = |error: zip::result::ZipError| ReviewError::Package { what: error.to_string() };
    let mut old = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut new = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + 4096)));
    new.set_raw_comment(old.comment().into()).map_err(broken)?;
    for index in 0..old.len() {
        let file = old.by_index_raw(index).map_err(broken)?;
        let Some(change) = changes.iter().find(|c| c.index == Some(index)) else {
            new.raw_copy_file(file).map_err(broken)?;
            continue;
        };
        let (name, options) = (file.name().map_err(broken)?.into_owned(), file.options());
        drop(file);
        put(&mut new, &name, options, &change.bytes).map_err(broken)?;
    }
    for change in changes.iter().filter(|c| c.index.is_none()) {
        put(&mut new, &change.name, SimpleFileOptions::default(), &change.bytes).map_err(broken)?;
    }
    Ok(new.finish().map_err(broken)?.into_inner())
}

fn put(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, options: SimpleFileOptions, bytes: &[u8]) -> zip::result::ZipResult<()> {
    zip.start_file(name, options)?;
    Ok(zip.write_all(bytes)?)
}
