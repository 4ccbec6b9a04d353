//! How much of a file is read before it is refused, as plain data: whoever reads strangers' files says what is enough.
//!
//! Time is no limit of the library's, which has no clock; the command line watches it. Nor are the entities that an XML or
//! HTML file declares itself: they are never expanded, so no file grows by them.

/// The most that reading a file may come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it is stored.
    pub file: u64,
    /// Bytes of what is read once it is unpacked: the parts of a Word or OpenDocument file, a PDF's streams, or a text
    /// file as it is. A PDF's pictures, which are not looked at, may come to [`PICTURES`] times as much.
    pub unpacked: u64,
    /// Elements within elements in Word and OpenDocument. HTML needs no limit, since a deep page costs no more than a flat
    /// one; JSON may nest 128 deep, whatever is set here.
    pub depth: usize,
    /// Paragraphs, lines, list items and table cells of the document.
    pub paragraphs: usize,
    /// Pages of a PDF. Those after them are not read, and a notice says so.
    pub pages: usize,
    /// Characters, lines and pictures that all pages of a PDF draw.
    pub drawings: usize,
}

/// How many times what else may be unpacked a PDF's pictures may come to.
pub const PICTURES: u64 = 4;

impl Default for Limits {
    /// What no advert and no pack of application papers reaches, and an ordinary computer bears.
    fn default() -> Limits {
        Limits { file: 512 << 20, unpacked: 128 << 20, depth: 5_000, paragraphs: 250_000, pages: 300, drawings: 3_000_000 }
    }
}

/// A limit that a file met, and how much it allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// [`Limits::file`]
    #[error("this file is too large: it has more than {}, far more than any advert", size(*.0))]
    File(u64),
    /// [`Limits::unpacked`]
    #[error("this file is too large: it unpacks to more than {}, far more than any advert", size(*.0))]
    Unpacked(u64),
    /// [`Limits::depth`]
    #[error("this file is too deep: it holds elements within elements, more than {0} of them, as no advert does")]
    Depth(usize),
    /// [`Limits::paragraphs`]
    #[error("this file is too large: it has more than {0} paragraphs or table cells, far more than any advert")]
    Paragraphs(usize),
    /// [`Limits::drawings`]
    #[error("this file is too large: its pages draw more than {0} characters and lines, more than anybody reads")]
    Drawings(usize),
}

/// Bytes in the unit that suits them.
fn size(n_bytes: u64) -> String {
    match n_bytes {
        n if n >= 1 << 20 && n % (1 << 20) == 0 => format!("{} MiB", n >> 20),
        n if n >= 1 << 10 && n % (1 << 10) == 0 => format!("{} KiB", n >> 10),
        1 => "1 byte".to_owned(),
        n => format!("{n} bytes"),
    }
}
