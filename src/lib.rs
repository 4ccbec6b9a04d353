//! Shows, in a job advert, the wording that turns people away, says why, and offers the rewrite.
//!
//! ```
//! use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings};
//!
//! let advert = "# Site Manager\n\n## Essential\n\n- A degree in construction\n";
//! let document = Document::read(advert.as_bytes(), Format::Markdown)?;
//! let linter = Linter::new(Ruleset::embedded(), Settings::default());
//! let advert = Advert::new(vec![document]);
//! let report = &linter.check(&advert)[0];
//! assert_eq!(report.findings[0].rule.as_str(), "prerequisite.degree");
//! # Ok::<(), jdlint::ReadError>(())
//! ```
//!
//! Data flows one way: bytes → [`Document`] → [`Outline`](outline::Outline) → judgements and criteria → [`Report`].

#![deny(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)]

#[cfg(feature = "cli")]
#[expect(clippy::disallowed_methods, reason = "the outermost room: files, threads, clock and screen are its work")]
pub mod cli;
#[cfg(feature = "config")]
pub mod config;
pub mod criteria;
pub mod document;
// A part of `rules` that build.rs, which compiles that room, must not see: it reads what build.rs writes.
#[path = "rules/embedded.rs"]
mod embedded_rules;
pub mod fix;
pub mod judge;
pub mod lint;
#[cfg(feature = "lsp")]
pub mod lsp;
#[cfg(feature = "mcp")]
pub mod mcp;
pub mod outline;
pub mod phrase;
pub mod report;
pub mod rules;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "lsp")]
pub mod session;
pub mod text;

pub use document::{Document, Format, ReadError};
pub use lint::{Advert, Finding, Linter, Memory, Report, Settings};
pub use rules::{Jurisdiction, Ruleset, Severity};
