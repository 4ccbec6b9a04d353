//! jdlint

pub mod document;
pub mod outline;
pub mod phrase;
pub mod rules;
pub mod text;
