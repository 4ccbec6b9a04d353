//! A PDF → a document. A PDF holds glyphs with places, and lines; words, paragraphs, columns and tables are what a person
//! sees in them, so they are told here by where things stand.

mod dots;
mod draw;
mod fonts;
mod furniture;
mod grid;
mod guard;
mod hyphens;
mod lines;
mod paragraphs;
mod regions;
mod weight;
mod write;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::build::Builder;
use super::source::Stored;
use super::{Document, Format, Limit, Limits, ReadError, sniff};
use draw::{Drawing, Drawings};
use regions::Node;

const EXPECTED: &str = "a PDF";

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    if !bytes[..bytes.len().min(1024)].windows(4).any(|w| w == b"%PDF") {
        return Err(sniff::refusal(bytes, EXPECTED));
    }
    guard::check(bytes, limits)?;
    // The interpreter is careful, but PDFs are stranger than anybody foresees: a mistake in it must not end the caller.
    let drawn = catch_unwind(AssertUnwindSafe(|| drawings(bytes, limits)));
    let drawings = drawn.unwrap_or_else(|reason| Err(refusal(&*reason, limits)))?;
    let mut builder = Builder::within(limits);
    notices(&drawings, &mut builder, limits)?;
    let mut pages = lines::pages(drawings.pages);
    let furniture = furniture::take(&mut pages);
    let nodes: Vec<Vec<Node>> = pages.into_iter().map(regions::nodes).collect();
    write::write(&mut builder, nodes, furniture);
    builder.finish(Format::Pdf, Stored::default())
}

/// What stands on each page.
fn drawings(bytes: &[u8], limits: &Limits) -> Result<Drawings, ReadError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::Password,
        LoadPdfError::Decryption(_) => damaged("its encryption is unknown"),
        LoadPdfError::Invalid => damaged("its list of objects cannot be read"),
    })?;
    guard::check_objects(&pdf, limits)?;
    if pdf.pages().is_empty() {
        return Err(damaged("it has no pages"));
    }
    Ok(draw::drawings(&pdf, limits))
}

fn refusal(reason: &dyn std::any::Any, limits: &Limits) -> ReadError {
    if reason.is::<draw::TooMuch>() {
        return Limit::Drawings(limits.drawings).into();
    }
    damaged("its pages cannot be drawn")
}

fn damaged(what: &str) -> ReadError {
    ReadError::Damaged { what: what.into() }
}

fn notices(drawings: &Drawings, builder: &mut Builder, limits: &Limits) -> Result<(), ReadError> {
    let count = |of: fn(&Drawing) -> usize| drawings.pages.iter().map(of).sum::<usize>();
    let (n_glyphs, n_unknown) = (count(|d| d.glyphs.len()), count(|d| d.n_unknown));
    if drawings.n_drawn == 0 {
        return Err(damaged("its pages are blank"));
    }
    if n_glyphs == 0 || n_unknown * 2 > n_glyphs {
        return Err(ReadError::ScannedPdf);
    }
    if n_unknown * 50 > n_glyphs {
        builder.notice("some of its fonts do not say which letters they show, so words may be missing");
    }
    if drawings.n_left_out > 0 {
        let n_pages = limits.pages + drawings.n_left_out;
        builder.notice(format!("only the first {} of its {n_pages} pages were read; --max-pages reads more", limits.pages));
    }
    Ok(())
}
