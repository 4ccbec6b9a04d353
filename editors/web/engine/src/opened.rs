//! A document's name and bytes → it, read and linted as the setup has it for its name.

use std::path::Path;

use jdlint::config::{Ruling, Setup};
use jdlint::lint::Linter;
use jdlint::report::{Checked, Done};
use jdlint::{Advert, Document, Format, Memory, Report};

/// A document that was read and linted.
pub struct Opened<'a> {
    name: &'a str,
    bytes: &'a [u8],
    advert: Advert,
    report: Report,
    ruling: Ruling,
}

impl<'a> Opened<'a> {
    /// Reads and lints it; `memory` is of what was opened before.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub fn of(setup: &Setup, memory: &mut Memory, name: &'a str, bytes: &'a [u8]) -> Result<Opened<'a>, String> {
        if cfg!(not(feature = "pdf")) && bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
            return Err("this is a PDF, which this page cannot read; the page that `jdlint serve` opens can, or open the document that the PDF was made from"
                .to_owned());
        }
        let format = Format::told(Format::of_path(Path::new(name)), bytes);
        let document = Document::read(bytes, format).map_err(|e| e.to_string())?;
        let ruling = setup.for_file(&Path::new("/").join(name));
        let advert = Advert::new(vec![document]);
        let report = ruling.linter.recheck(&advert, memory).expect("there is a document");
        Ok(Opened { name, bytes, advert, report, ruling })
    }

    pub fn document(&self) -> &Document {
        &self.advert.documents()[0]
    }

    pub fn report(&self) -> &Report {
        &self.report
    }

    pub fn linter(&self) -> &Linter {
        &self.ruling.linter
    }

    pub fn bytes(&self) -> &[u8] {
        self.bytes
    }

    pub fn checked(&self) -> Checked<'_> {
        Checked {
            path: self.name,
            bytes: self.bytes,
            document: self.document(),
            report: &self.report,
            ruleset: self.linter().ruleset(),
            fails_from: self.ruling.fail_on,
        }
    }

    pub fn done(&self) -> Done<'_> {
        Done::Checked(self.checked())
    }
}
