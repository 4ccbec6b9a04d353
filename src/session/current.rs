//! What is found in a text at one of its versions.

use std::ops::Range;
use std::path::PathBuf;
use std::rc::Rc;

use crate::config::Setup;
use crate::document::{Document, Format, Location, ReadError};
use crate::lint::{Advert, Report};
use crate::text::{LineIndex, Span};

/// A text and what was found in it.
#[derive(Debug)]
pub struct Current {
    /// The text that was linted.
    pub text: String,
    /// Its lines.
    pub lines: LineIndex,
    /// Which version of the open text it is.
    pub version: i32,
    /// Its file, if it has one.
    pub path: Option<PathBuf>,
    /// What it was read as.
    pub format: Option<Format>,
    /// What came of it.
    pub outcome: Outcome,
    /// What it was linted by.
    pub setup: Rc<Setup>,
}

/// What came of a text.
#[derive(Debug)]
pub enum Outcome {
    /// It was linted.
    Checked(Box<Checked>),
    /// It is none of ours.
    LeftAlone(WhyLeft),
    /// It cannot be read.
    Unreadable(ReadError),
}

/// A linted text.
#[derive(Debug)]
pub struct Checked {
    /// Its document, and after it the others that were read with it.
    pub advert: Advert,
    /// What was found.
    pub report: Report,
}

/// Why a text is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyLeft {
    /// The config excludes it, or includes only others.
    Excluded,
    /// It is no text, Markdown or HTML, as far as its name and the editor tell.
    NotText,
    /// It is no advert, job description or person specification.
    OtherKind,
}

impl WhyLeft {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            WhyLeft::Excluded => "jdlint.toml leaves this file out",
            WhyLeft::NotText => "this is no text, Markdown or HTML",
            WhyLeft::OtherKind => "this reads like no job advert, description or specification; “include” in jdlint.toml can name it",
        }
    }
}

impl Current {
    /// What was found, where it was linted.
    pub fn checked(&self) -> Option<&Checked> {
        match &self.outcome {
            Outcome::Checked(checked) => Some(checked),
            _ => None,
        }
    }
}

impl Checked {
    /// The document.
    pub fn document(&self) -> &Document {
        &self.advert.documents()[0]
    }

    /// The bytes of the open text that a span of the document's text was read from.
    pub fn bytes(&self, span: Span) -> Option<Range<usize>> {
        match self.document().locate(span) {
            Location::Bytes(bytes) => Some(bytes.range()),
            _ => None,
        }
    }
}
