//! jdlint

pub mod document;
pub mod outline;
pub mod phrase;
pub mod text;
