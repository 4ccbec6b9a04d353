//! A Word file (`.docx`, `.dotx`, `.docm`, `.dotm`, strict or not) → a document: finds the parts, reads their stories.
//!
//! Read as a person sees it printed, with tracked changes accepted: body, notes, headers, footers.

pub(crate) mod anatomy;
mod cells;
mod look;
mod numbering;
mod paragraph;
pub(crate) mod parts;
mod run;
mod styles;
mod tags;
mod walk;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::build::Builder;
use super::package::Package;
use super::source::Stored;
use super::xml::{End, Xml, own_entities};
use super::{Document, Format, Limit, Limits, ReadError, sniff};
use numbering::Numbering;
use parts::{Parts, Role};
use styles::Styles;
use walk::{Read, Wanted, walk};

const EXPECTED: &str = "a Word document";

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    if !sniff::is_zip(bytes) {
        return Err(sniff::refusal(bytes, EXPECTED));
    }
    let mut package = Package::open(bytes, limits)?;
    let parts = Parts::find(&mut package)?;
    let mut reading = Reading { limits, builder: Builder::within(limits), broken: Vec::new(), imports: false };
    let styles = reading.part(&mut package, parts.first(Role::Styles))?.map_or_else(Styles::default, |part| Styles::read(&part));
    let numbering = reading.part(&mut package, parts.first(Role::Numbering))?.map_or_else(Numbering::default, |part| Numbering::read(&part));
    let shape = Shape { styles, numbering };
    let main = Arc::from(parts.main.as_str());
    let body = walk(Arc::clone(&main), Xml::within(&parts.body, limits), &shape, &Wanted::Everything);
    if body.end == End::Broken && body.story.steps.is_empty() {
        return Err(ReadError::Damaged { what: format!("{main} is no XML") });
    }
    reading.write(&body)?;
    reading.notes(&mut package, &parts, &shape, &body)?;
    reading.furniture(&mut package, &parts, &shape, &body)?;
    reading.finish()
}

/// What the walk through a story needs to know of the other parts.
pub(super) struct Shape {
    styles: Styles,
    numbering: Numbering,
}

struct Reading<'l> {
    limits: &'l Limits,
    builder: Builder,
    /// Parts that could not be read to their end.
    broken: Vec<String>,
    /// Another file's content belongs in the document, which was not read.
    imports: bool,
}

impl Reading<'_> {
    /// A part beside the body. One that is damaged is left out: the body can be read without it.
    fn part(&mut self, package: &mut Package, name: Option<&str>) -> Result<Option<String>, ReadError> {
        let Some(name) = name else { return Ok(None) };
        match package.text(name) {
            Err(ReadError::Damaged { .. }) => {
                self.broken.push(name.to_owned());
                Ok(None)
            }
            other => other,
        }
    }

    fn write(&mut self, read: &Read) -> Result<(), ReadError> {
        match read.end {
            End::Whole => {}
            End::Broken => self.broken.push(read.story.part.to_string()),
            End::TooDeep => return Err(Limit::Depth(self.limits.depth).into()),
        }
        if read.declares_entities {
            self.builder.notice(own_entities(&read.story.part));
        }
        self.imports |= read.imports;
        read.story.write(&mut self.builder);
        Ok(())
    }

    /// Footnotes and endnotes that the body refers to.
    fn notes(&mut self, package: &mut Package, parts: &Parts, shape: &Shape, body: &Read) -> Result<(), ReadError> {
        for (role, ids) in [(Role::Footnotes, &body.footnotes), (Role::Endnotes, &body.endnotes)] {
            let Some(name) = parts.first(role).filter(|_| !ids.is_empty()) else { continue };
            if let Some(part) = self.part(package, Some(name))? {
                self.write(&walk(Arc::from(name), Xml::within(&part, self.limits), shape, &Wanted::Notes(ids)))?;
            }
        }
        Ok(())
    }

    /// Headers, then footers. The same words often stand in several of them, for the first page and the others, say.
    fn furniture(&mut self, package: &mut Package, parts: &Parts, shape: &Shape, body: &Read) -> Result<(), ReadError> {
        let mut said = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let even_differs = body.furniture.iter().any(|f| f.is_even)
            && self.part(package, parts.first(Role::Settings))?.is_some_and(|settings| settings.contains("evenAndOddHeaders"));
        for role in [Role::Header, Role::Footer] {
            for furniture in body.furniture.iter().filter(|f| !f.is_even || even_differs) {
                let Some(name) = parts.by_id(role, &furniture.id).filter(|name| seen.insert(*name)) else { continue };
                let Some(part) = self.part(package, Some(name))? else { continue };
                let read = walk(Arc::from(name), Xml::within(&part, self.limits), shape, &Wanted::Everything);
                if said.insert(read.story.words(&read.story.steps)) {
                    self.write(&read)?;
                }
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Document, ReadError> {
        for part in std::mem::take(&mut self.broken) {
            self.builder.notice(format!("{part} is damaged; it was read as far as it could be"));
        }
        if self.imports {
            self.builder.notice("the document takes in another file when Word opens it, which was not read");
        }
        self.builder.finish(Format::Word, Stored::default())
    }
}
