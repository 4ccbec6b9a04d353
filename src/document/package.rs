//! A zip file (Word, OpenDocument) → its parts as text. Counts what it unpacks, so that a small file cannot fill the
//! memory. Knows nothing of what is in the parts.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limit, Limits, ReadError};

/// An open zip file.
pub(crate) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that the parts that are read may unpack to, and how many of them are left.
    limit: u64,
    left: u64,
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Package<'b>, ReadError> {
        // The list of parts stands at the end of a zip file.
        let cut = |_| ReadError::Damaged { what: "its end is missing, as after a broken download".into() };
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(cut)?;
        Ok(Package { zip, limit: limits.unpacked, left: limits.unpacked })
    }

    /// A part's text, decoded; `None` where there is no such part.
    ///
    /// # Errors
    /// Damaged, encrypted or too large.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        Ok(self.part(name)?.map(decode))
    }

    /// A part's bytes; `None` where there is no such part.
    ///
    /// # Errors
    /// Damaged, encrypted or too large.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let file = self.zip.by_index(index).map_err(|error| refusal(name, &error))?;
        // The size that the zip states may be a lie, so it is only a hint.
        let hint = usize::try_from(file.size().min(1 << 20)).unwrap_or(0);
        let mut bytes = Vec::with_capacity(hint);
        file.take(self.left.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| ReadError::Damaged { what: format!("{name} does not unpack") })?;
        let n_bytes = bytes.len() as u64;
        if n_bytes > self.left {
            return Err(Limit::Unpacked(self.limit).into());
        }
        self.left -= n_bytes;
        Ok(Some(bytes))
    }

    /// Whether there is such a part.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// Part names do not mind case (Open Packaging Conventions), and some writers use a backslash.
    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        if let Some(index) = self.zip.index_for_name_raw(name.as_bytes()) {
            return Some(index);
        }
        let plain = |c: u8| if c == b'\\' { b'/' } else { c.to_ascii_lowercase() };
        self.zip.file_names_raw().position(|raw| raw.iter().map(|c| plain(*c)).eq(name.bytes().map(plain)))
    }
}

fn refusal(part: &str, error: &ZipError) -> ReadError {
    let what = match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => return ReadError::Password,
        ZipError::CompressionMethodNotSupported(_) => format!("{part} is compressed in an unusual way"),
        _ => format!("{part} cannot be read"),
    };
    ReadError::Damaged { what }
}

/// XML parts are UTF-8 or, with a mark, UTF-16.
fn decode(bytes: Vec<u8>) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned();
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
